//! Queries to the log at every length that it ever had.

use super::super::firewall::{ChainId, ChainName, FlagsMatch, LogStyle, Match, Protocol, Rule, Target};
use super::super::*;
use super::*;
use crate::millis;
use crate::tcp::{Flags, ProfileName, Row, State};

const NC: ProcessId = ProcessId(1);

fn socket(world: &mut World, host: HostId) -> SocketId {
    match world.apply(Command::Socket { host, owner: NC }).unwrap() {
        Answer::Socket(socket) => socket,
        other => panic!("{other:?}"),
    }
}

/// A world in which a server listens and a client is about to connect; `port` is the client's.
fn begun(port: u16) -> (World, SocketId, SocketId) {
    let mut world = World::new(ProfileName::Linux, 3);
    let (server, client) = (socket(&mut world, HostId::Server), socket(&mut world, HostId::Client));
    world.apply(Command::Bind { socket: server, to: Endpoint::any(5555) }).unwrap();
    world.apply(Command::Listen { socket: server, backlog: 1 }).unwrap();
    world.apply(Command::Bind { socket: client, to: Endpoint::any(port) }).unwrap();
    (world, server, client)
}

fn drop_syn_acks() -> Rule {
    let mask = Flags::SYN | Flags::ACK;
    let flags = Some(Match::is(FlagsMatch { mask, value: mask }));
    Rule { protocol: Match::is(Protocol::TCP), flags, ..Rule::any(Target::Drop) }
}

/// Lets the network lose the first few answers of the server.
fn lose_answers(world: &mut World) {
    let flags = Some(Flags::SYN | Flags::ACK);
    let rule = LossRule { from: HostId::Server, flags, payload: PayloadMatch::Any, takes: Takes::Next(3) };
    world.apply(Command::Impair(Impairment::Loss, rule)).unwrap();
}

fn connect(world: &mut World, client: SocketId) {
    let to = Endpoint::new(HostId::Server.address(), 5555);
    world.apply(Command::Connect { socket: client, to }).unwrap();
}

/// Plays a handshake whose SYN|ACKs are dropped for a while, data of which a segment is lost, and an end.
fn live(world: &mut World, client: SocketId) {
    let host = HostId::Client;
    let rule = drop_syn_acks();
    world
        .apply(Command::AppendRule {
            host,
            chain: ChainName::Input.into(),
            rule: Rule::any(Target::Log(LogStyle::PLAIN)),
        })
        .unwrap();
    world.apply(Command::AppendRule { host, chain: ChainName::Input.into(), rule }).unwrap();
    connect(world, client);
    world.advance_to(world.now() + millis(1500));
    world.apply(Command::FlushRules { host, chain: None }).unwrap();
    world.advance_to(world.now() + millis(4000));
    let lose = LossRule { from: host, flags: None, payload: PayloadMatch::Data, takes: Takes::Next(1) };
    world.apply(Command::Impair(Impairment::Loss, lose)).unwrap();
    world.apply(Command::Send { socket: client, data: b"hello"[..].into() }).unwrap();
    world.advance_to(world.now() + millis(1000));
    world.apply(Command::Abort { socket: client }).unwrap();
    world.advance_to(world.now() + millis(100_000));
}

/// The answers to all queries, as text.
fn everything(world: &World) -> String {
    let log = world.log();
    let mut text = String::new();
    for fact in log.facts() {
        text += &format!("{fact:?}\n");
    }
    for packet in log.packets() {
        let times = (packet.sent(), packet.departed(), packet.arrives(), packet.number(), packet.way());
        text += &format!("{:?} {times:?} {:?} {:?}\n", packet.packet(), packet.fate(), packet.repeats());
        let ids: Vec<PacketId> = log.conversation(packet.src, packet.dst).map(|p| p.id).collect();
        text += &format!("{ids:?}\n");
    }
    for socket in (1..9).map(SocketId) {
        let facts: Vec<FactId> = log.of_socket(socket).map(|fact| fact.id).collect();
        text += &format!("{:?} {:?} {facts:?}\n", log.socket(socket), log.last_edge(socket));
        if let Some((entry, foreign)) = log.socket(socket).and_then(|entry| Some((entry, entry.foreign?))) {
            let same: Vec<SocketId> =
                log.sockets_of(entry.host, entry.local, foreign).map(|entry| entry.socket).collect();
            text += &format!("{same:?}\n");
        }
    }
    let flying: Vec<PacketId> = log.in_flight().map(|packet| packet.id).collect();
    let opens: Vec<PacketId> = log.opens().map(|packet| packet.id).collect();
    let rules: Vec<_> = (0..9).map_while(|id| log.rule(RuleId(id))).collect();
    let losses: Vec<_> = (0..9).map_while(|id| log.loss(LossId(id))).collect();
    text + &format!("{flying:?} {opens:?} {rules:?} {losses:?} {} {}\n", log.stopped(), log.lost())
}

/// The world after each event, with the answers of the log at that time.
fn each_moment(world: &mut World) -> Vec<(Checkpoint, String)> {
    let mut moments = vec![(world.checkpoint(), everything(world))];
    while world.step() {
        moments.push((world.checkpoint(), everything(world)));
    }
    moments
}

#[test]
fn the_log_at_an_earlier_moment_is_its_own_prefix() {
    let (mut world, _, client) = begun(7000);
    live(&mut world, client);
    let next = socket(&mut world, HostId::Client);
    lose_answers(&mut world);
    connect(&mut world, next);
    let moments = each_moment(&mut world);
    assert!(moments.len() > 5);
    for (checkpoint, text) in moments.iter().rev().chain(&moments) {
        world.restore(checkpoint);
        assert_eq!(everything(&world), *text);
    }
}

#[test]
fn living_again_through_the_same_writes_nothing() {
    let (mut world, _, client) = begun(7000);
    let (beginning, length) = (world.checkpoint(), world.log().len());
    live(&mut world, client);
    let (end, facts) = (everything(&world), world.log().facts.len());
    world.restore(&beginning);
    assert_eq!((world.log().len(), world.log().facts.len()), (length, facts));
    live(&mut world, client);
    assert_eq!(everything(&world), end);
    assert_eq!(world.log().facts.len(), facts);
}

#[test]
fn a_fork_leaves_nothing_of_the_other_future() {
    let mut forks = 0;
    let (mut world, server, client) = begun(7000);
    let beginning = world.checkpoint();
    live(&mut world, client);
    let mut count = 0;
    world.restore(&beginning);
    lose_answers(&mut world);
    connect(&mut world, client);
    while world.step() && count < 40 {
        count += 1;
        let checkpoint = world.checkpoint();
        // Another future, by a command that writes a fact, or by a fork that is announced.
        if count % 2 == 0 {
            world.apply(Command::Close { socket: server }).unwrap();
        } else {
            world.fork();
        }
        world.advance_to(world.now() + millis(2000));
        let seen = everything(&world);
        // The same in a world that has no other future.
        let (mut alone, server, client) = begun(7000);
        lose_answers(&mut alone);
        connect(&mut alone, client);
        for _ in 0..count {
            alone.step();
        }
        if count % 2 == 0 {
            alone.apply(Command::Close { socket: server }).unwrap();
        }
        alone.advance_to(alone.now() + millis(2000));
        assert_eq!(seen, everything(&alone), "after {count} steps");
        forks += 1;
        world.restore(&checkpoint);
    }
    assert!(forks > 4, "{forks}");
}

#[test]
fn a_socket_is_never_forgotten() {
    let (mut world, server, client) = begun(7000);
    live(&mut world, client);
    let log = world.log();
    let entry = log.socket(client).unwrap();
    let foreign = Endpoint::new(HostId::Server.address(), 5555);
    assert_eq!(entry.local, Endpoint::new(HostId::Client.address(), 7000));
    assert_eq!((entry.foreign, entry.parent), (Some(foreign), None));
    let closed = entry.closed.and_then(|id| log.fact(id)).unwrap();
    assert_eq!(closed.what, Happened::Forgotten { socket: client });
    let child = log.sockets_of(HostId::Server, foreign, entry.local).next().unwrap();
    assert_eq!(child.parent, Some(server));
    let last = |socket| log.last_edge(socket).map(|(row, _): (&Row, _)| (row.from, row.to));
    assert_eq!(last(client), Some((State::Established, State::Closed)));
    assert_eq!(last(server), Some((State::Closed, State::Listen)));
}

#[test]
fn a_packet_has_its_fate_and_its_original() {
    let (mut world, _, client) = begun(7000);
    live(&mut world, client);
    let log = world.log();
    let mut dropped = Vec::new();
    for packet in log.packets() {
        let original = packet.repeats().and_then(|id| log.packet(id));
        assert_eq!(original.is_some(), packet.again > 0, "{:?}", packet.packet());
        if let (Some(one), Some(other)) = (packet.segment(), original.and_then(|p| p.packet().segment())) {
            assert_eq!((one.seq, one.flags, &one.payload), (other.seq, other.flags, &other.payload));
        }
        match packet.fate() {
            Fate::Dropped(_, Place::Chain(host, chain, Some(rule))) => {
                assert_eq!(log.rule(rule.id), Some(&(host, chain.into(), drop_syn_acks())));
                dropped.push(rule.number);
            }
            Fate::Lost(_, rule) => assert_eq!(log.loss(rule.unwrap()).unwrap().payload, PayloadMatch::Data),
            Fate::Arrived(_) => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(dropped, [2, 2, 2]);
    assert_eq!((log.lost(), log.stopped()), (1, 4));
    assert_eq!(world.losses(), []);
}

#[test]
fn a_rule_keeps_its_name_when_its_number_changes() {
    let (mut world, _, client) = begun(7000);
    let (host, chain) = (HostId::Client, ChainId::BuiltIn(ChainName::Input));
    world.apply(Command::AppendRule { host, chain, rule: drop_syn_acks() }).unwrap();
    connect(&mut world, client);
    world.advance_to(world.now() + millis(500));
    world.apply(Command::InsertRule { host, chain, number: 1, rule: Rule::any(Target::Count) }).unwrap();
    world.advance_to(world.now() + millis(1500));
    world.apply(Command::DeleteRuleAt { host, chain, number: 2 }).unwrap();
    let rules: Vec<_> = world
        .facts()
        .filter_map(|fact| match fact.what {
            Happened::Dropped { place: Place::Chain(_, _, rule), .. } => rule,
            Happened::FirewallChanged { change: ChainChange::Removed(rule), .. } => Some(rule),
            _ => None,
        })
        .map(|rule| (rule.id, rule.number))
        .collect();
    let id = rules[0].0;
    assert_eq!(rules.first(), Some(&(id, 1)));
    assert_eq!(rules.last(), Some(&(id, 2)));
    assert!(rules.iter().all(|(other, _)| *other == id));
}

#[test]
fn a_loss_rule_counts_what_it_took() {
    let (mut world, _, client) = begun(7000);
    let rule =
        |flags| LossRule { from: HostId::Client, flags, payload: PayloadMatch::Any, takes: Takes::All };
    world.apply(Command::Impair(Impairment::Loss, rule(Some(Flags::SYN)))).unwrap();
    world.apply(Command::Impair(Impairment::Loss, rule(Some(Flags::FIN)))).unwrap();
    connect(&mut world, client);
    world.advance_to(world.now() + millis(2500));
    assert_eq!(world.losses().iter().map(|loss| loss.taken).collect::<Vec<_>>(), [3, 0]);
}
