//! Acting on single segments on the wire.

use super::super::*;
use super::DELAY;
use crate::tcp::{Flags, ProfileName, Segment, Seq, State};
use crate::{Instant, millis};
use std::time::Duration;

const NC: ProcessId = ProcessId(1);

/// A client that is about to connect to a server, over a wire of 100 ms.
struct Lab {
    world: World,
    client: SocketId,
}

impl Lab {
    fn new() -> Lab {
        let mut world = World::new(ProfileName::Article, 1);
        let [client, server] = [HostId::Client, HostId::Server].map(|host| {
            world.apply(Command::SetDelay { from: host, delay: millis(100) }).unwrap();
            match world.apply(Command::Socket { host, owner: NC }) {
                Ok(Answer::Socket(socket)) => socket,
                other => panic!("{other:?}"),
            }
        });
        world.apply(Command::Bind { socket: server, to: Endpoint::any(5555) }).unwrap();
        world.apply(Command::Listen { socket: server, backlog: 1 }).unwrap();
        world.apply(Command::Bind { socket: client, to: Endpoint::any(7000) }).unwrap();
        let to = Endpoint::new(HostId::Server.address(), 5555);
        world.apply(Command::Connect { socket: client, to }).unwrap();
        Lab { world, client }
    }

    fn act(&mut self, number: u32, act: WireAct) -> Result<Answer, Errno> {
        let packet = self.world.log().departure(number).unwrap().id;
        self.world.apply(Command::OnWire { packet, act })
    }

    fn run_to(&mut self, ms: u64) {
        self.world.advance_to(Instant::from_millis(ms));
    }

    fn states(&self) -> (State, Vec<State>) {
        let server = self.world.sockets(HostId::Server);
        let children = server.iter().filter(|row| row.foreign.is_some()).map(|row| row.state);
        (self.world.state(self.client), children.collect())
    }

    fn packet(&self, number: u32) -> Passage<'_> {
        self.world.log().departure(number).unwrap()
    }
}

fn ms(ms: u64) -> Instant {
    Instant::from_millis(ms)
}

#[test]
fn the_wire_takes_5_ms_where_nothing_else_is_said() {
    assert_eq!(World::new(ProfileName::Article, 1).delay(HostId::Site), DELAY);
}

#[test]
fn what_is_dropped_by_hand_is_lost_and_sent_again() {
    let mut lab = Lab::new();
    lab.run_to(30);
    lab.act(1, WireAct::Drop).unwrap();
    assert!(matches!(lab.packet(1).fate(), Fate::Lost(_, None)));
    assert_eq!((lab.world.lost(), lab.world.log().in_flight().count()), (1, 0));
    assert_eq!(lab.world.next_event(), Some(ms(1000)), "it does not arrive");
    lab.run_to(2000);
    assert_eq!(lab.states(), (State::Established, vec![State::Established]));
    assert_eq!(lab.packet(2).repeats(), Some(lab.packet(1).id));
}

#[test]
fn what_is_held_waits_and_then_goes_the_rest_of_its_way() {
    let mut lab = Lab::new();
    lab.run_to(30);
    lab.act(1, WireAct::Hold).unwrap();
    assert_eq!(lab.act(1, WireAct::Hold), Err(Errno::Invalid));
    assert!(matches!(lab.packet(1).fate(), Fate::Held(..)));
    assert_eq!((lab.packet(1).departed(), lab.packet(1).arrives()), (Some(ms(0)), None));
    lab.run_to(500);
    assert_eq!(lab.states(), (State::SynSent, vec![]));
    let way = lab.packet(1).way().unwrap();
    assert_eq!((way.gone(ms(20)), way.gone(ms(400)), way.whole), (millis(20), millis(30), millis(100)));
    lab.act(1, WireAct::Release).unwrap();
    assert_eq!(lab.act(1, WireAct::Release), Err(Errno::Invalid));
    assert_eq!(lab.packet(1).arrives(), Some(ms(570)));
    let way = lab.packet(1).way().unwrap();
    assert_eq!((way.gone(ms(510)), way.gone(ms(900)), way.whole), (millis(40), millis(100), millis(100)));
    assert_eq!(way.legs.len(), 3);
    lab.run_to(570);
    assert_eq!(lab.states(), (State::SynSent, vec![State::SynReceived]));
    // Each fact names the one before it on the way.
    let log = lab.world.log();
    let arrived = log.facts().find(|fact| matches!(fact.what, Happened::Arrived { .. })).unwrap();
    let names = log.chain(arrived.id).skip(1).take(3).map(|fact| match fact.what {
        Happened::Released { .. } => "released",
        Happened::Held { .. } => "held",
        Happened::Departed { .. } => "departed",
        _ => "another",
    });
    assert_eq!(names.collect::<Vec<_>>(), ["released", "held", "departed"]);
}

#[test]
fn what_is_held_for_a_while_goes_on_by_itself() {
    let mut lab = Lab::new();
    lab.run_to(30);
    lab.act(1, WireAct::HoldFor(millis(500))).unwrap();
    assert_eq!(lab.act(1, WireAct::HoldFor(millis(9))), Err(Errno::Invalid));
    assert!(matches!(lab.packet(1).fate(), Fate::Held(_, Some(until)) if until == ms(530)));
    assert_eq!(lab.world.next_event(), Some(ms(530)));
    lab.run_to(529);
    assert!(matches!(lab.packet(1).fate(), Fate::Held(..)));
    lab.run_to(530);
    assert!(matches!(lab.packet(1).fate(), Fate::OnItsWay(_)));
    assert_eq!(lab.packet(1).arrives(), Some(ms(600)));
    let released = lab.packet(1).stations().next().unwrap();
    let held = lab.world.fact(released.cause.unwrap()).unwrap();
    assert!(matches!(held.what, Happened::Held { .. }), "what released it is that it was held for so long");
    lab.run_to(600);
    assert_eq!(lab.states(), (State::SynSent, vec![State::SynReceived]));
}

#[test]
fn what_was_to_be_held_for_a_while_may_be_released_or_dropped_before() {
    let mut lab = Lab::new();
    lab.run_to(30);
    lab.act(1, WireAct::HoldFor(millis(500))).unwrap();
    lab.run_to(100);
    lab.act(1, WireAct::Release).unwrap();
    lab.act(1, WireAct::Hold).unwrap();
    lab.run_to(900);
    assert!(
        matches!(lab.packet(1).fate(), Fate::Held(_, None)),
        "the end of the first hold is not that of the second"
    );
    assert_eq!(lab.packet(1).stations().count(), 4);
    lab.act(1, WireAct::Release).unwrap();
    lab.act(1, WireAct::HoldFor(millis(50))).unwrap();
    lab.act(1, WireAct::Drop).unwrap();
    lab.run_to(990);
    assert!(matches!(lab.packet(1).fate(), Fate::Lost(..)));
    assert_eq!(lab.world.next_event(), Some(ms(1000)), "only the next try is left");
}

#[test]
fn a_duplicate_follows_its_original() {
    let mut lab = Lab::new();
    lab.run_to(30);
    lab.act(1, WireAct::Hold).unwrap();
    lab.act(1, WireAct::Duplicate).unwrap();
    lab.run_to(40);
    let (original, copy) = (lab.packet(1), lab.packet(2));
    assert_eq!((original.segment(), original.src), (copy.segment(), copy.src));
    // The rest of the way, and a quarter of the delay.
    assert_eq!(copy.arrives(), Some(ms(30 + 70 + 25)));
    lab.run_to(2000);
    assert_eq!(lab.states(), (State::Established, vec![State::Established]));
    lab.act(1, WireAct::Drop).unwrap();
    assert_eq!(lab.act(1, WireAct::Drop), Err(Errno::Invalid), "it is there no more");
    assert_eq!(lab.act(2, WireAct::Hold), Err(Errno::Invalid), "it has arrived");
}

#[test]
fn a_segment_that_a_rule_takes_is_lost_half_way_of_what_it_moves() {
    let mut lab = Lab::new();
    lab.run_to(990);
    let any = LossRule { from: HostId::Client, flags: None, payload: PayloadMatch::Any, takes: Takes::All };
    lab.world.apply(Command::Impair(Impairment::Loss, any)).unwrap();
    lab.world.apply(Command::Send { socket: lab.client, data: b"x"[..].into() }).unwrap();
    let number = u32::try_from(lab.world.packets().len()).unwrap();
    lab.act(number, WireAct::Hold).unwrap();
    lab.run_to(1100);
    lab.act(number, WireAct::Release).unwrap();
    lab.run_to(1149);
    assert!(matches!(lab.packet(number).fate(), Fate::OnItsWay(_)));
    lab.run_to(1150);
    assert!(matches!(lab.packet(number).fate(), Fate::Lost(_, Some(_))));
}

#[test]
fn a_forged_reset_ends_a_connection() {
    let mut lab = Lab::new();
    lab.run_to(500);
    let row = lab.world.sockets(HostId::Server).into_iter().find(|row| row.foreign.is_some()).unwrap();
    let (dst, src) = (row.local, row.foreign.unwrap());
    let syn = lab.packet(1).segment().unwrap().seq;
    let reset = |seq: Seq| Segment { flags: Flags::RST, seq, ..Segment::default() };
    let inject = |lab: &mut Lab, src, dst, segment| {
        lab.world.apply(Command::Inject { src, dst, segment: Box::new(segment) })
    };
    inject(&mut lab, src, dst, reset(syn + 77)).unwrap();
    lab.run_to(800);
    assert_eq!(lab.states(), (State::Established, vec![State::Established]), "a guess is challenged");
    inject(&mut lab, src, dst, reset(syn + 1)).unwrap();
    lab.run_to(1000);
    assert_eq!(lab.states(), (State::Established, vec![]));
    let log = lab.world.log();
    let injected = log.facts().find(|fact| matches!(fact.what, Happened::Injected { .. })).unwrap();
    assert_eq!(injected.cause, None);
    // From an address that no host has, and to such an address.
    let nobody = Endpoint::new(Ipv4::new(192, 0, 2, 1), 9);
    inject(&mut lab, nobody, dst, Segment { flags: Flags::SYN, ..Segment::default() }).unwrap();
    lab.run_to(1200);
    assert_eq!(lab.states().1, [State::SynReceived]);
    assert_eq!(inject(&mut lab, src, nobody, reset(syn)), Err(Errno::HostUnreach));
}

#[test]
fn a_world_that_goes_back_has_the_same_on_its_wire() {
    let mut lab = Lab::new();
    lab.run_to(30);
    lab.act(1, WireAct::Hold).unwrap();
    let checkpoint = lab.world.checkpoint();
    let facts = |lab: &Lab| lab.world.facts().map(|fact| format!("{fact:?}")).collect::<Vec<_>>();
    let on = |lab: &mut Lab| {
        lab.run_to(50);
        lab.act(1, WireAct::Duplicate).unwrap();
        lab.act(1, WireAct::Release).unwrap();
        lab.run_to(900);
        lab.act(3, WireAct::Drop)
    };
    let done = on(&mut lab);
    let (ways, seen) = (lab.packet(1).way(), facts(&lab));
    lab.world.restore(&checkpoint);
    assert_eq!(lab.packet(1).way().unwrap().legs.len(), 2);
    assert_eq!(lab.world.log().departure(2).map(|packet| packet.id), None);
    assert_eq!((on(&mut lab), lab.packet(1).way(), facts(&lab)), (done, ways, seen));
    lab.world.restore(&checkpoint);
    lab.act(1, WireAct::Drop).unwrap();
    assert_eq!(lab.world.log().departure(2).map(|packet| packet.id), None);
    assert_eq!(lab.packet(1).way().unwrap().legs.len(), 2);
}

/// Which of the segments that a side sends, one a second, a share of them takes: by the fate of each, in their order.
fn taken(world: &mut World, from: HostId, share: u32, count: u32) -> Vec<bool> {
    let rule = rule(from, Share::new(share).map_or(Takes::All, Takes::Share));
    world.apply(Command::Impair(Impairment::Loss, rule)).unwrap();
    (0..count).map(|_| is_lost(world, from)).collect()
}

/// One more datagram of TCP from a side, to a port where nobody listens, and whether it is lost.
fn is_lost(world: &mut World, from: HostId) -> bool {
    let lost = world.lost();
    let Ok(Answer::Socket(socket)) = world.apply(Command::Socket { host: from, owner: NC }) else { panic!() };
    let to = if from == HostId::Client { HostId::Server } else { HostId::Client };
    let _ = world.apply(Command::Connect { socket, to: Endpoint::new(to.address(), 9) });
    world.advance_to(world.now() + millis(4));
    let lost = world.lost() > lost;
    // Before anything answers.
    let _ = world.apply(Command::Close { socket });
    world.advance_to(world.now() + millis(100));
    lost
}

const fn rule(from: HostId, takes: Takes) -> LossRule {
    LossRule { from, flags: None, payload: PayloadMatch::Any, takes }
}

#[test]
fn a_share_is_drawn_from_the_seed_by_direction() {
    let world = |seed| World::new(ProfileName::Article, seed);
    let first = taken(&mut world(1), HostId::Client, 2_000, 400);
    let lost = first.iter().filter(|lost| **lost).count();
    assert!((55..=105).contains(&lost), "about a fifth: {lost}");
    assert_eq!(taken(&mut world(1), HostId::Client, 2_000, 400), first, "it replays");
    assert_ne!(taken(&mut world(2), HostId::Client, 2_000, 400), first, "another seed");
    assert_ne!(taken(&mut world(1), HostId::Server, 2_000, 400), first, "another direction");
    // What is lost the other way, doubled or late shifts nothing.
    let mut busy = world(1);
    for (what, from) in [
        (Impairment::Loss, HostId::Server),
        (Impairment::Duplication, HostId::Client),
        (Impairment::Reordering, HostId::Client),
    ] {
        let share = Takes::Share(Share::new(5_000).unwrap());
        busy.apply(Command::Impair(what, rule(from, share))).unwrap();
    }
    assert_eq!(taken(&mut busy, HostId::Client, 2_000, 40), first[..40]);
}

#[test]
fn all_and_next_to_nothing_are_shares_too() {
    let mut world = World::new(ProfileName::Article, 1);
    assert_eq!(taken(&mut world, HostId::Client, 10_000, 30), [true; 30]);
    assert!(taken(&mut world, HostId::Client, 1, 30).iter().filter(|lost| **lost).count() < 2);
    assert_eq!(world.losses().len(), 1, "one share takes the place of the other");
    assert_eq!((Share::new(0), Share::new(10_001)), (None, None));
}

#[test]
fn a_world_that_goes_back_draws_the_same() {
    let mut world = World::new(ProfileName::Article, 7);
    taken(&mut world, HostId::Client, 3_000, 10);
    let checkpoint = world.checkpoint();
    let on = |world: &mut World| (0..50).map(|_| is_lost(world, HostId::Client)).collect::<Vec<_>>();
    let first = on(&mut world);
    world.restore(&checkpoint);
    assert_eq!(on(&mut world), first);
}

#[test]
fn what_is_reordered_is_overtaken_and_says_why() {
    let mut lab = Lab::new();
    lab.run_to(990);
    let next = rule(HostId::Client, Takes::Next(1));
    lab.world.apply(Command::Impair(Impairment::Reordering, next)).unwrap();
    let departed = lab.world.packets().filter(|packet| packet.number().is_some()).count();
    let number = u32::try_from(departed).unwrap() + 1;
    lab.world.apply(Command::Send { socket: lab.client, data: b"x"[..].into() }).unwrap();
    lab.world.apply(Command::Shutdown { socket: lab.client }).unwrap();
    assert_eq!(
        (lab.packet(number).arrives(), lab.packet(number + 1).arrives()),
        (Some(ms(1190)), Some(ms(1090)))
    );
    let departed = lab.packet(number).stations().last().unwrap();
    let why = lab.world.fact(departed.cause.unwrap()).unwrap();
    assert!(matches!(why.what, Happened::Reordered { .. }), "{why:?}");
    assert!(matches!(lab.world.fact(why.cause.unwrap()).unwrap().what, Happened::Sent { .. }));
    assert!(lab.world.impairments(Impairment::Reordering).is_empty(), "it took its one");
    lab.run_to(3000);
    assert_eq!(lab.states().1, [State::CloseWait], "all came, in whatever order");
}

#[test]
fn without_a_delay_what_is_reordered_is_late_all_the_same() {
    let mut lab = Lab::new();
    lab.run_to(990);
    lab.world.apply(Command::SetDelay { from: HostId::Client, delay: Duration::ZERO }).unwrap();
    lab.world.apply(Command::Impair(Impairment::Reordering, rule(HostId::Client, Takes::All))).unwrap();
    lab.world.apply(Command::Send { socket: lab.client, data: b"x"[..].into() }).unwrap();
    let newest = lab.world.packets().next_back().unwrap();
    assert_eq!(newest.arrives(), Some(ms(991)));
    lab.world.apply(Command::Spare(Impairment::Reordering, rule(HostId::Client, Takes::All))).unwrap();
    assert_eq!(
        lab.world.apply(Command::Spare(Impairment::Reordering, rule(HostId::Client, Takes::All))),
        Err(Errno::Invalid)
    );
}
