//! One host, driven by hand.

use super::firewall::{ChainName, Match, Protocol, Rule, Target};
use super::*;
use crate::millis;
use crate::net::{
    Answer, Body, Command, Errno, Fact, Happened, IpAddr, Link, Log, Packet, PacketId, ProcessId, Wake,
};
use crate::tcp::{Flags, Notice, ProfileName, Segment, State, Trigger};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

const HERE: HostId = HostId::Other(7);
const PEER: HostId = HostId::Other(9);
const OWN: Ipv4 = Ipv4::new(192, 0, 2, 7);
const FAR: Ipv4 = Ipv4::new(192, 0, 2, 9);
const NC: ProcessId = ProcessId(1);

/// A host with everything around it.
struct Bench {
    host: Host,
    now: Instant,
    log: Log,
    link: Link,
    out: Vec<Output>,
    arrived: u32,
}

impl Bench {
    fn at(now: Instant) -> Bench {
        let profile = HostProfile::new(ProfileName::Article);
        let networks = vec![Network::new(OWN, 24)];
        let setup = HostSetup { id: HERE, profile, address: OWN, networks, port_offset: 0, secret: 1 };
        let mut link = Link::new();
        link.set(PEER, [IpAddr::V4(FAR)]);
        Bench { host: Host::new(setup), now, log: Log::new(), link, out: Vec::new(), arrived: 1000 }
    }

    fn act<T>(&mut self, act: impl FnOnce(&mut Host, &mut Cx<'_>) -> T) -> T {
        let mut cx = Cx::new(HERE, self.now, &mut self.log, &self.link, &mut self.out);
        act(&mut self.host, &mut cx)
    }

    fn ask(&mut self, command: Command) -> Result<Answer, Errno> {
        self.act(|host, cx| host.apply(cx, command))
    }

    fn socket(&mut self) -> SocketId {
        match self.ask(Command::Socket { host: HERE, owner: NC }) {
            Ok(Answer::Socket(socket)) => socket,
            other => panic!("{other:?}"),
        }
    }

    fn listener(&mut self, port: u16) -> SocketId {
        let socket = self.socket();
        self.ask(Command::Bind { socket, to: Endpoint::any(port) }).unwrap();
        self.ask(Command::Listen { socket, backlog: 1 }).unwrap();
        socket
    }

    /// Lets a segment of the peer arrive.
    fn receive(&mut self, ends: (Endpoint, Endpoint), segment: Segment) {
        self.arrived += 1;
        let (id, body) = (PacketId(self.arrived), Body::Tcp(segment));
        let (src, dst) = ends;
        let packet = Packet { id, from: PEER, to: Some(HERE), src, dst, body, again: 0, made: self.now };
        self.act(|host, cx| host.receive(cx, &packet));
    }

    /// The segments that the host has sent since the last look.
    fn sent(&mut self) -> Vec<Segment> {
        let packet = |output: &Output| match output {
            Output::Packet { packet, .. } => packet.segment().cloned(),
            _ => None,
        };
        let sent = self.out.iter().filter_map(packet).collect();
        self.out.clear();
        sent
    }

    fn expire_next(&mut self) {
        let next = self.out.iter().rev().find_map(|output| match output {
            Output::Timer { socket, timer, at, .. } => Some((*socket, *timer, *at)),
            _ => None,
        });
        let (socket, timer, at) = next.unwrap();
        self.now = at;
        self.act(|host, cx| host.expire(cx, socket, timer));
    }
}

fn segment(flags: Flags, seq: u32, ack: Seq) -> Segment {
    Segment { flags, seq: Seq(seq), ack, window: 1000, ..Segment::default() }
}

fn ends() -> (Endpoint, Endpoint) {
    (Endpoint::new(FAR, 40_000), Endpoint::new(OWN, 5555))
}

/// Opens a connection from the peer, up to ESTABLISHED.
fn open(bench: &mut Bench) -> SocketId {
    let listener = bench.listener(5555);
    bench.receive(ends(), segment(Flags::SYN, 100, Seq(0)));
    let answer = bench.sent().remove(0);
    assert_eq!((answer.flags, answer.ack), (Flags::SYN | Flags::ACK, Seq(101)));
    bench.receive(ends(), segment(Flags::ACK, 101, answer.seq + 1));
    listener
}

/// The edges that were taken without a connection: state and trigger.
fn edges_of_nobody(bench: &Bench) -> Vec<(State, Trigger)> {
    let edge = |fact: Fact| match fact.what {
        Happened::Moved { socket: None, row } => Some((row.from, row.trigger)),
        _ => None,
    };
    bench.log.facts().filter_map(edge).collect()
}

#[test]
fn a_segment_for_a_closed_end_takes_the_edge_of_the_table() {
    let mut bench = Bench::at(Instant::START);
    bench.receive(ends(), segment(Flags::RST, 100, Seq(0)));
    assert_eq!((bench.sent(), edges_of_nobody(&bench)), (vec![], vec![]), "nothing answers a reset");
    bench.receive(ends(), segment(Flags::SYN, 100, Seq(0)));
    let answers: Vec<Flags> = bench.sent().iter().map(|segment| segment.flags).collect();
    assert_eq!(answers, [Flags::RST | Flags::ACK]);
    assert_eq!(edges_of_nobody(&bench), [(State::Closed, Trigger::Stray)]);
    assert_eq!(bench.host.rows(bench.now), []);
}

#[test]
fn a_listener_resets_without_that_edge() {
    let mut bench = Bench::at(Instant::START);
    bench.listener(5555);
    bench.receive(ends(), segment(Flags::ACK, 100, Seq(7)));
    assert_eq!(bench.sent().len(), 1);
    assert_eq!(edges_of_nobody(&bench), []);
}

#[test]
fn a_host_takes_a_connection_in_without_a_world() {
    let mut bench = Bench::at(Instant::START);
    let listener = open(&mut bench);
    let wake = Wake { socket: listener, owner: NC, notice: Notice::Connected };
    assert!(bench.out.iter().any(|output| matches!(output, Output::Wake { wake: w, .. } if *w == wake)));
    let Ok(Answer::Accepted { socket, peer }) = bench.ask(Command::Accept { socket: listener, owner: NC })
    else {
        panic!()
    };
    assert_eq!((peer, bench.host.state(socket)), (ends().0, State::Established));
    bench.ask(Command::Close { socket }).unwrap();
    assert_eq!(bench.sent()[0].flags, Flags::FIN | Flags::ACK);
}

#[test]
fn a_host_tries_again_when_its_timer_runs_out() {
    let mut bench = Bench::at(Instant::START);
    let socket = bench.socket();
    bench.ask(Command::Connect { socket, to: Endpoint::new(FAR, 80) }).unwrap();
    let first = bench.out.iter().find_map(|output| match output {
        Output::Packet { packet, .. } => Some(Rc::clone(packet)),
        _ => None,
    });
    bench.expire_next();
    let [_, again] = bench.sent().try_into().unwrap();
    assert_eq!(first.unwrap().segment().map(|s| (s.seq, s.flags)), Some((again.seq, again.flags)));
    assert_eq!(bench.now, Instant::from_millis(1000));
    // Letting a timer expire too early, or twice, has no effect.
    let facts = bench.log.len();
    bench.act(|host, cx| host.expire(cx, socket, Timer::Retransmit));
    assert_eq!(bench.log.len(), facts);
}

#[test]
fn routes_are_data() {
    let mut bench = Bench::at(Instant::START);
    let mut connect = |to| {
        let socket = bench.socket();
        let answer = bench.ask(Command::Connect { socket, to: Endpoint::new(to, 80) });
        let receivers: Vec<Option<HostId>> = bench
            .out
            .drain(..)
            .filter_map(|output| match output {
                Output::Packet { packet, .. } => Some(packet.to),
                _ => None,
            })
            .collect();
        (answer.map(|_| ()), receivers)
    };
    assert_eq!(connect(FAR), (Ok(()), vec![Some(PEER)]));
    assert_eq!(connect(OWN), (Ok(()), vec![Some(HERE)]));
    assert_eq!(connect(Ipv4::new(192, 0, 2, 77)), (Ok(()), vec![]), "it looks for that host");
    assert_eq!(connect(Ipv4::new(198, 51, 100, 1)), (Err(Errno::NetUnreach), vec![]));
}

#[test]
fn what_its_own_firewall_drops_does_not_leave() {
    let mut bench = Bench::at(Instant::START);
    let rule = Rule { protocol: Match::is(Protocol::TCP), ..Rule::any(Target::Drop) };
    bench.ask(Command::AppendRule { host: HERE, chain: ChainName::Output.into(), rule }).unwrap();
    let socket = bench.socket();
    bench.ask(Command::Connect { socket, to: Endpoint::new(FAR, 80) }).unwrap();
    assert_eq!(bench.sent(), []);
    assert!(bench.log.facts().any(|fact| matches!(fact.what, Happened::Dropped { .. })));
}

fn hash(host: &Host) -> u64 {
    let mut hasher = DefaultHasher::new();
    host.hash(&mut hasher);
    hasher.finish()
}

/// After this span the clock of the initial numbers shows the same value again.
const ROUND: Instant = Instant::from_micros(34_359_738_368);

#[test]
fn hosts_that_differ_in_names_and_clock_are_canonically_the_same() {
    let live = |now: Instant, others: u32| {
        let mut bench = Bench::at(now);
        for _ in 0..others {
            let socket = bench.socket();
            let rule = Rule::any(Target::Count);
            bench.ask(Command::AppendRule { host: HERE, chain: ChainName::Input.into(), rule }).unwrap();
            bench.ask(Command::FlushRules { host: HERE, chain: None }).unwrap();
            bench.ask(Command::Close { socket }).unwrap();
        }
        let rule = Rule::any(Target::Accept);
        bench.ask(Command::AppendRule { host: HERE, chain: ChainName::Input.into(), rule }).unwrap();
        open(&mut bench);
        bench.now = bench.now + millis(300);
        let socket = bench.socket();
        bench.ask(Command::Connect { socket, to: Endpoint::new(FAR, 80) }).unwrap();
        bench
    };
    let (early, late) = (live(Instant::START, 0), live(ROUND, 3));
    assert_ne!(early.host, late.host);
    let [one, other] = [&early, &late].map(|bench| bench.host.canonical(bench.now));
    assert_eq!(one, other);
    assert_eq!(hash(&one), hash(&other));
    // The time that has passed makes a difference.
    assert_ne!(one, early.host.canonical(early.now + millis(1)));
    // From here on it behaves as the other does.
    let mut later = early;
    later.now = later.now + millis(1);
    open_another(&mut later);
    assert_ne!(one, later.host.canonical(later.now));
}

/// As hping3 found on Linux 6.18.
#[test]
fn a_listener_answers_a_syn_and_what_acknowledges_and_nothing_else() {
    let (fin, syn, ack, psh) = (Flags::FIN, Flags::SYN, Flags::ACK, Flags::PSH);
    for (flags, answer) in [
        (fin, None),
        (Flags::NONE, None),
        (syn | fin, None),
        (psh | Flags::URG, None),
        (Flags::RST, None),
        (syn | Flags::RST, None),
        (ack, Some(Flags::RST)),
        (fin | ack, Some(Flags::RST)),
        (syn | psh, Some(syn | ack)),
    ] {
        let mut bench = Bench::at(Instant::START);
        bench.listener(5555);
        let ends = (Endpoint::new(FAR, 40_000), Endpoint::new(OWN, 5555));
        bench.receive(ends, segment(flags, 7, Seq(0)));
        let sent: Vec<Flags> = bench.sent().iter().map(|segment| segment.flags).collect();
        assert_eq!(sent, Vec::from_iter(answer), "{flags:?}");
    }
}

fn open_another(bench: &mut Bench) {
    let src = Endpoint::new(FAR, 40_001);
    bench.receive((src, ends().1), segment(Flags::SYN, 7, Seq(0)));
}
