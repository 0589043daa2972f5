//! What netem does to what a host sends.

use super::Draw;
use crate::net::*;
use crate::tcp::{Counter, Flags, ProfileName, Segment, State};
use crate::{Instant, millis};

const C: HostId = HostId::Client;

/// The share of a percentage.
fn share(percent: u32) -> Odds {
    let share = u64::from(u32::MAX) * u64::from(percent) / 100;
    Odds { share: u32::try_from(share).unwrap(), correlation: 0 }
}

fn ms(ms: u32) -> u32 {
    ms * 1000
}

/// A world in which C_m's `eth0` has this netem.
fn world(netem: Netem) -> World {
    let mut world = World::new(ProfileName::Linux, 7);
    set(&mut world, Device::Link, Some(netem));
    world
}

fn set(world: &mut World, device: Device, netem: Option<Netem>) {
    world.apply(Command::SetQdisc { host: C, device, handle: 0, netem }).unwrap();
}

/// C_m sends a segment, which nobody expects.
fn send(world: &mut World, to: HostId) -> PacketId {
    let before = world.packets().len();
    let (src, dst) = (Endpoint::new(C.address(), 999), Endpoint::new(to.address(), 1));
    // A reset has no answer.
    let segment = Box::new(Segment { flags: Flags::RST, ..Segment::default() });
    world.apply(Command::SendRaw { host: C, src, dst, segment }).unwrap();
    world.packets().nth(before).unwrap().id
}

/// One packet each millisecond, and the milliseconds at which it and its copies left.
fn sent(netem: Netem, count: u64) -> Vec<(PacketId, Option<u64>)> {
    let mut world = world(netem);
    for n in 0..count {
        world.advance_to(Instant::from_millis(n));
        send(&mut world, HostId::Server);
    }
    world.advance_to(Instant::from_millis(count + 5_000));
    world.packets().map(|packet| (packet.id, packet.departed().map(|at| at.as_micros() / 1000))).collect()
}

#[test]
fn a_delay_comes_before_the_wire() {
    let mut world = world(Netem { delay: ms(100), ..Netem::IDLE });
    let id = send(&mut world, HostId::Server);
    let leaves = Instant::from_millis(100);
    assert!(matches!(world.packet(id).fate(), Fate::Queued(_, at) if at == leaves));
    assert_eq!((world.packet(id).departed(), world.packet(id).way()), (None, None));
    assert_eq!(world.next_event(), Some(leaves));
    let qdisc = world.host(C).qdisc(Device::Link).unwrap();
    assert_eq!((qdisc.waiting().len(), qdisc.backlog(), qdisc.counters().packets), (1, 54, 0));
    world.advance_to(Instant::from_millis(102));
    let packet = world.packet(id);
    assert_eq!((packet.departed(), packet.arrives()), (Some(leaves), Some(leaves + millis(5))));
    assert!(matches!(packet.fate(), Fate::OnItsWay(_)));
    let departed = packet.stations().next().unwrap();
    let causes: Vec<Happened> = world.log().chain(departed.id).skip(1).map(|fact| fact.what).collect();
    assert_eq!(
        causes,
        [Happened::Queued { packet: id, leaves }, Happened::Sent { packet: id, socket: None }]
    );
    world.advance_to(Instant::from_millis(105));
    assert!(matches!(world.packet(id).fate(), Fate::Arrived(_)));
    let counters = world.host(C).qdisc(Device::Link).unwrap().counters();
    assert_eq!((counters.packets, counters.octets, counters.dropped), (1, 54, 0));
}

#[test]
fn what_is_lost_is_counted_and_its_sender_does_not_know() {
    let mut world = world(Netem { loss: share(100), ..Netem::IDLE });
    let Ok(Answer::Socket(socket)) = world.apply(Command::Socket { host: C, owner: ProcessId(1) }) else {
        panic!("no socket");
    };
    let to = Endpoint::new(HostId::Server.address(), 5555);
    assert_eq!(world.apply(Command::Connect { socket, to }), Ok(Answer::Done));
    world.advance_to(Instant::from_millis(3_500));
    assert_eq!(world.state(socket), State::SynSent);
    let places: Vec<Fate> = world.packets().map(Passage::fate).collect();
    assert_eq!(places.len(), 4, "the SYN comes again each second");
    let here = Place::Qdisc(C, QdiscDrop::Lost);
    assert!(places.iter().all(|fate| matches!(fate, Fate::Dropped(_, place) if *place == here)));
    assert_eq!(world.host(C).qdisc(Device::Link).unwrap().counters().dropped, 4);
}

#[test]
fn what_finds_no_room_was_not_sent() {
    let mut world = world(Netem { limit: 0, ..Netem::IDLE });
    let Ok(Answer::Socket(socket)) = world.apply(Command::Socket { host: C, owner: ProcessId(1) }) else {
        panic!("no socket");
    };
    let to = Endpoint::new(HostId::Server.address(), 5555);
    assert_eq!(world.apply(Command::Connect { socket, to }), Ok(Answer::Done));
    let fate = world.packets().next().unwrap().fate();
    assert!(matches!(fate, Fate::Dropped(_, Place::Qdisc(C, QdiscDrop::Full))), "{fate:?}");
    set(&mut world, Device::Link, Some(Netem { limit: 1, delay: ms(10), ..Netem::IDLE }));
    let [first, second] = [0, 1].map(|_| send(&mut world, HostId::Server));
    assert!(matches!(world.packet(first).fate(), Fate::Queued(..)));
    assert!(matches!(world.packet(second).fate(), Fate::Dropped(_, Place::Qdisc(C, QdiscDrop::Full))));
}

/// The fast clone of a segment is busy while it waits: Linux does not send it again.
#[test]
fn what_waits_is_not_sent_again() {
    let mut world = world(Netem { delay: ms(2_500), ..Netem::IDLE });
    let rule = LossRule { from: C, flags: None, payload: PayloadMatch::Any, takes: Takes::All };
    world.apply(Command::Impair(Impairment::Loss, rule)).unwrap();
    let Ok(Answer::Socket(socket)) = world.apply(Command::Socket { host: C, owner: ProcessId(1) }) else {
        panic!("no socket");
    };
    let to = Endpoint::new(HostId::Server.address(), 5555);
    assert_eq!(world.apply(Command::Connect { socket, to }), Ok(Answer::Done));
    world.advance_to(Instant::from_millis(3_900));
    let made: Vec<(u64, u32)> =
        world.packets().map(|packet| (packet.made.as_micros() / 1_000_000, packet.again)).collect();
    assert_eq!(made, [(0, 0), (3, 1)], "the tries after one and two seconds were none");
    assert_eq!(world.host(C).counters().get(Counter::SpuriousRtxHostQueues), 2);
    assert_eq!(world.host(C).counters().get(Counter::SynRetrans), 1);
}

#[test]
fn a_share_is_lost_whatever_else_is_drawn() {
    let lost = |netem| -> Vec<PacketId> {
        sent(netem, 2_000).into_iter().filter(|(_, left)| left.is_none()).map(|(id, _)| id).collect()
    };
    let netem = Netem { loss: share(10), ..Netem::IDLE };
    let without = lost(netem);
    assert!((150..250).contains(&without.len()), "{}", without.len());
    assert_eq!(lost(Netem { delay: ms(50), jitter: ms(20), gap: 1, reorder: share(50), ..netem }), without);
}

#[test]
fn jitter_varies_the_delay_and_lets_overtake() {
    let all = sent(Netem { delay: ms(100), jitter: ms(20), ..Netem::IDLE }, 1_000);
    let waits: Vec<u64> = (0..).zip(&all).map(|(at, (_, left))| left.unwrap() - at).collect();
    let (least, most) = (*waits.iter().min().unwrap(), *waits.iter().max().unwrap());
    assert!((80..=82).contains(&least) && (118..=120).contains(&most), "{least} to {most}");
    assert!(all.windows(2).any(|pair| pair[0].1 > pair[1].1), "some overtook");
    let short = sent(Netem { delay: ms(1), jitter: ms(20), ..Netem::IDLE }, 100);
    assert!((0..).zip(&short).any(|(at, (_, left))| *left == Some(at)), "no delay is less than nothing");
}

#[test]
fn all_are_sent_twice() {
    let mut world = world(Netem { duplicate: share(100), ..Netem::IDLE });
    let id = send(&mut world, HostId::Server);
    let copy = world.packets().last().unwrap();
    assert_eq!((world.packets().len(), copy.sent()), (2, None));
    let causes: Vec<Fact> = world.log().chain(copy.stations().next().unwrap().id).collect();
    assert_eq!(causes[1].what, Happened::Duplicated { packet: id, copy: copy.id, rule: None });
    assert_eq!(causes[1].host, Some(C));
    assert_eq!((world.packet(id).departed(), copy.departed()), (Some(Instant::START), Some(Instant::START)));
    assert_eq!(world.host(C).qdisc(Device::Link).unwrap().counters().packets, 2);
    // Of two, one is lost.
    let all = sent(Netem { duplicate: share(100), loss: share(100), ..Netem::IDLE }, 10);
    assert_eq!(all.iter().filter(|(_, left)| left.is_some()).count(), 10);
}

#[test]
fn the_fifth_overtakes() {
    let all = sent(Netem { delay: ms(10), reorder: share(100), gap: 5, ..Netem::IDLE }, 20);
    let at_once: Vec<u64> =
        (0..).zip(&all).filter(|(at, (_, left))| *left == Some(*at)).map(|(at, _)| at).collect();
    assert_eq!(at_once, [4, 9, 14, 19]);
    let some = sent(Netem { delay: ms(10), reorder: share(25), gap: 1, ..Netem::IDLE }, 1_000);
    let at_once = (0..).zip(&some).filter(|(at, (_, left))| *left == Some(*at)).count();
    assert!((200..300).contains(&at_once), "{at_once}");
}

#[test]
fn a_draw_may_resemble_the_one_before() {
    let changes = |correlation| {
        let mut draw = Draw::new(7);
        let drawn: Vec<u32> = (0..1_000).map(|_| draw.next(correlation)).collect();
        drawn.windows(2).map(|pair| u64::from(pair[0].abs_diff(pair[1]))).sum::<u64>() / 999
    };
    assert!(changes(u32::MAX / 2) < changes(0) * 3 / 4);
    assert_eq!(changes(u32::MAX), 0);
}

#[test]
fn a_change_keeps_what_waits_and_a_removal_does_not() {
    let mut world = world(Netem { delay: ms(100), ..Netem::IDLE });
    let [first, second] = [0, 1].map(|_| send(&mut world, HostId::Server));
    world.advance_to(Instant::from_millis(10));
    set(&mut world, Device::Link, Some(Netem { delay: ms(1), ..Netem::IDLE }));
    let third = send(&mut world, HostId::Server);
    world.advance_to(Instant::from_millis(50));
    assert_eq!(world.packet(third).departed(), Some(Instant::from_millis(11)));
    assert!(matches!(world.packet(first).fate(), Fate::Queued(..)));
    set(&mut world, Device::Link, None);
    for id in [first, second] {
        let fate = world.packet(id).fate();
        assert!(matches!(fate, Fate::Dropped(_, Place::Qdisc(C, QdiscDrop::Emptied))), "{fate:?}");
    }
    assert_eq!(world.next_event(), None, "nothing is left that could leave");
    assert_eq!(
        world.apply(Command::SetQdisc { host: C, device: Device::Link, handle: 0, netem: None }),
        Err(Errno::Invalid)
    );
}

#[test]
fn a_link_that_goes_down_empties_its_queue() {
    let mut world = world(Netem { delay: ms(100), ..Netem::IDLE });
    let id = send(&mut world, HostId::Server);
    world.apply(Command::SetLink { host: C, up: false }).unwrap();
    assert!(matches!(world.packet(id).fate(), Fate::Dropped(_, Place::Qdisc(C, QdiscDrop::Emptied))));
    assert!(world.host(C).qdisc(Device::Link).is_some());
}

#[test]
fn only_what_leaves_by_the_device_passes_its_netem() {
    let mut world = world(Netem { delay: ms(100), ..Netem::IDLE });
    let within = send(&mut world, C);
    assert_eq!(world.packet(within).departed(), Some(Instant::START));
    set(&mut world, Device::Loopback, Some(Netem { delay: ms(30), ..Netem::IDLE }));
    set(&mut world, Device::Link, None);
    let [within, beyond] = [C, HostId::Server].map(|to| send(&mut world, to));
    assert_eq!(world.packet(beyond).departed(), Some(Instant::START));
    world.advance_to(Instant::from_millis(30));
    assert_eq!(world.packet(within).departed(), Some(Instant::from_millis(30)));
}

#[test]
fn the_same_again_is_the_same() {
    let play = |world: &mut World| {
        for n in 0..50 {
            world.advance_to(Instant::from_millis(n));
            send(world, HostId::Server);
        }
        world.advance_to(Instant::from_millis(500));
        world.facts().collect::<Vec<Fact>>()
    };
    let netem = Netem { delay: ms(9), jitter: ms(5), loss: share(20), duplicate: share(20), ..Netem::IDLE };
    let mut world = world(netem);
    let checkpoint = world.checkpoint();
    let facts = play(&mut world);
    world.restore(&checkpoint);
    assert_eq!(play(&mut world), facts);
    world.restore(&checkpoint);
    set(&mut world, Device::Link, Some(Netem { loss: share(60), ..netem }));
    assert_ne!(play(&mut world), facts);
}
