//! Two hosts without a shell: the results of socket calls, and the contents of the log.

use super::firewall::{ChainName, FlagsMatch, Match, Protocol, Rule, Target};
use super::*;
use crate::tcp::{Flags, Payload, ProfileName, State};
use crate::{Instant, millis};
use expect_test::{Expect, expect};
use std::fmt::Write;

const NC: ProcessId = ProcessId(1);

struct Lab {
    world: World,
    server: SocketId,
    client: SocketId,
}

impl Lab {
    fn new(profile: ProfileName) -> Lab {
        let mut world = World::new(profile, 7);
        let server = socket(&mut world, HostId::Server);
        for command in [
            Command::ReuseAddr { socket: server },
            Command::Bind { socket: server, to: Endpoint::any(5555) },
            Command::Listen { socket: server, backlog: 1 },
        ] {
            world.apply(command).unwrap();
        }
        let client = socket(&mut world, HostId::Client);
        Lab { world, server, client }
    }

    fn connect(&mut self) {
        let to = Endpoint::new(HostId::Server.address(), 5555);
        self.world.apply(Command::Connect { socket: self.client, to }).unwrap();
    }

    fn run(&mut self, ms: u64) {
        let to = self.world.now() + millis(ms);
        self.world.advance_to(to);
    }

    fn accept(&mut self) -> SocketId {
        match self.world.apply(Command::Accept { socket: self.server, owner: NC }).unwrap() {
            Answer::Accepted { socket, .. } => socket,
            other => panic!("{other:?}"),
        }
    }

    fn drop_rule(&mut self, host: HostId, chain: ChainName, flags: Flags) {
        let mask = Flags::SYN | Flags::ACK | Flags::FIN | Flags::RST;
        let rule = Rule {
            protocol: Match::is(Protocol::TCP),
            flags: Some(Match::is(FlagsMatch { mask, value: flags })),
            ..Rule::any(Target::Drop)
        };
        self.world.apply(Command::InsertRule { host, chain: chain.into(), number: 1, rule }).unwrap();
    }

    fn pair(&self) -> (State, State) {
        let server =
            self.world.sockets(HostId::Server).iter().rev().find(|r| r.foreign.is_some()).map(|r| r.state);
        (self.world.state(self.client), server.unwrap_or(State::Closed))
    }

    fn check(&self, expect: Expect) {
        expect.assert_eq(&transcript(&self.world));
    }
}

fn socket(world: &mut World, host: HostId) -> SocketId {
    match world.apply(Command::Socket { host, owner: NC }).unwrap() {
        Answer::Socket(socket) => socket,
        other => panic!("{other:?}"),
    }
}

/// The moves and the packets, one in each line.
fn transcript(world: &World) -> String {
    let mut text = String::new();
    for fact in world.facts() {
        let at = fact.at.as_micros() / 1000;
        let host = fact.host.map_or("wire", HostId::name);
        let flags = |id: &PacketId| match world.packet(*id).segment() {
            Some(s) if s.payload.is_empty() => s.flags.join("|"),
            Some(s) => format!("{} +{}", s.flags.join("|"), s.payload.len()),
            None => "ICMP".to_owned(),
        };
        match &fact.what {
            Happened::Moved { row, .. } => {
                writeln!(text, "{at:<6} {host} {} --{}--> {}", row.from, row.trigger, row.to).unwrap();
            }
            Happened::Sent { packet, .. } => {
                writeln!(text, "{at:<6} {host} sends {}", flags(packet)).unwrap()
            }
            Happened::Dropped { packet, .. } => {
                writeln!(text, "{at:<6} {host} drops {}", flags(packet)).unwrap();
            }
            Happened::Forgotten { .. } => writeln!(text, "{at:<6} {host} forgets").unwrap(),
            _ => {}
        }
    }
    text
}

#[test]
fn a_connection_opens_and_closes() {
    let mut lab = Lab::new(ProfileName::Article);
    lab.connect();
    lab.run(100);
    let child = lab.accept();
    lab.world.apply(Command::Send { socket: lab.client, data: b"hello\n"[..].into() }).unwrap();
    lab.run(100);
    let got = lab.world.apply(Command::Recv { socket: child, max: 100 }).unwrap();
    assert_eq!(got, Answer::Data(b"hello\n"[..].into()));
    lab.world.apply(Command::Close { socket: lab.client }).unwrap();
    lab.run(100);
    lab.world.apply(Command::Close { socket: child }).unwrap();
    lab.run(130_000);
    lab.check(expect![[r#"
        0      S_m CLOSED --appl: passive open--> LISTEN
        0      C_m CLOSED --appl: active open--> SYN-SENT
        0      C_m sends SYN
        5      S_m LISTEN --recv: SYN--> SYN-RECEIVED
        5      S_m sends SYN|ACK
        10     C_m SYN-SENT --recv: SYN|ACK--> ESTABLISHED
        10     C_m sends ACK
        15     S_m SYN-RECEIVED --recv: ACK--> ESTABLISHED
        100    C_m ESTABLISHED --appl: send data--> ESTABLISHED
        100    C_m sends PSH|ACK +6
        105    S_m ESTABLISHED --recv: data--> ESTABLISHED
        105    S_m sends ACK
        110    C_m ESTABLISHED --recv: ACK--> ESTABLISHED
        200    C_m ESTABLISHED --appl: close--> FIN-WAIT-1
        200    C_m sends FIN|ACK
        205    S_m ESTABLISHED --recv: FIN--> CLOSE-WAIT
        206    S_m sends ACK
        211    C_m FIN-WAIT-1 --recv: ACK--> FIN-WAIT-2
        300    S_m CLOSE-WAIT --appl: close--> LAST-ACK
        300    S_m sends FIN|ACK
        305    C_m FIN-WAIT-2 --recv: FIN--> TIME-WAIT
        305    C_m sends ACK
        310    S_m LAST-ACK --recv: ACK--> CLOSED
        310    S_m forgets
        120305 C_m TIME-WAIT --timeout: 2MSL--> CLOSED
        120305 C_m forgets
    "#]]);
}

#[test]
fn a_dropped_syn_is_tried_seven_times() {
    let mut lab = Lab::new(ProfileName::Article);
    lab.drop_rule(HostId::Client, ChainName::Output, Flags::SYN);
    lab.connect();
    lab.run(4000);
    assert_eq!(lab.pair(), (State::SynSent, State::Closed));
    lab.run(130_000);
    let error = lab.world.apply(Command::TakeError { socket: lab.client }).unwrap();
    assert_eq!(error, Answer::Error(Some(Errno::TimedOut)));
    lab.check(expect![[r#"
        0      S_m CLOSED --appl: passive open--> LISTEN
        0      C_m CLOSED --appl: active open--> SYN-SENT
        0      C_m sends SYN
        0      C_m drops SYN
        1000   C_m SYN-SENT --timeout: retry--> SYN-SENT
        1000   C_m sends SYN
        1000   C_m drops SYN
        3000   C_m SYN-SENT --timeout: retry--> SYN-SENT
        3000   C_m sends SYN
        3000   C_m drops SYN
        7000   C_m SYN-SENT --timeout: retry--> SYN-SENT
        7000   C_m sends SYN
        7000   C_m drops SYN
        15000  C_m SYN-SENT --timeout: retry--> SYN-SENT
        15000  C_m sends SYN
        15000  C_m drops SYN
        31000  C_m SYN-SENT --timeout: retry--> SYN-SENT
        31000  C_m sends SYN
        31000  C_m drops SYN
        63000  C_m SYN-SENT --timeout: retry--> SYN-SENT
        63000  C_m sends SYN
        63000  C_m drops SYN
        127000 C_m SYN-SENT --timeout: give up--> CLOSED
        127000 C_m forgets
    "#]]);
}

#[test]
fn a_syn_ack_dropped_by_the_own_firewall_is_forgotten_at_the_first_timer() {
    let mut lab = Lab::new(ProfileName::Article);
    lab.drop_rule(HostId::Server, ChainName::Output, Flags::SYN | Flags::ACK);
    lab.connect();
    lab.run(500);
    assert_eq!(lab.pair(), (State::SynSent, State::SynReceived));
    lab.run(4000);
    lab.check(expect![[r#"
        0      S_m CLOSED --appl: passive open--> LISTEN
        0      C_m CLOSED --appl: active open--> SYN-SENT
        0      C_m sends SYN
        5      S_m LISTEN --recv: SYN--> SYN-RECEIVED
        5      S_m sends SYN|ACK
        5      S_m drops SYN|ACK
        1000   C_m SYN-SENT --timeout: retry--> SYN-SENT
        1000   C_m sends SYN
        1005   S_m SYN-RECEIVED --timeout: retry--> SYN-RECEIVED
        1005   S_m sends SYN|ACK
        1005   S_m drops SYN|ACK
        1005   S_m SYN-RECEIVED --timeout: SYN|ACK not sent--> CLOSED
        1005   S_m forgets
        1005   S_m LISTEN --recv: SYN--> SYN-RECEIVED
        1005   S_m sends SYN|ACK
        1005   S_m drops SYN|ACK
        2005   S_m SYN-RECEIVED --timeout: retry--> SYN-RECEIVED
        2005   S_m sends SYN|ACK
        2005   S_m drops SYN|ACK
        2005   S_m SYN-RECEIVED --timeout: SYN|ACK not sent--> CLOSED
        2005   S_m forgets
        3000   C_m SYN-SENT --timeout: retry--> SYN-SENT
        3000   C_m sends SYN
        3005   S_m LISTEN --recv: SYN--> SYN-RECEIVED
        3005   S_m sends SYN|ACK
        3005   S_m drops SYN|ACK
        4005   S_m SYN-RECEIVED --timeout: retry--> SYN-RECEIVED
        4005   S_m sends SYN|ACK
        4005   S_m drops SYN|ACK
        4005   S_m SYN-RECEIVED --timeout: SYN|ACK not sent--> CLOSED
        4005   S_m forgets
    "#]]);
}

#[test]
fn a_dropped_third_segment_leaves_established_and_syn_received() {
    let mut lab = Lab::new(ProfileName::Article);
    lab.drop_rule(HostId::Client, ChainName::Output, Flags::ACK);
    lab.connect();
    lab.run(20_000);
    assert_eq!(lab.pair(), (State::Established, State::SynReceived));
    lab.run(50_000);
    assert_eq!(lab.pair(), (State::Established, State::Closed));
    lab.check(expect![[r#"
        0      S_m CLOSED --appl: passive open--> LISTEN
        0      C_m CLOSED --appl: active open--> SYN-SENT
        0      C_m sends SYN
        5      S_m LISTEN --recv: SYN--> SYN-RECEIVED
        5      S_m sends SYN|ACK
        10     C_m SYN-SENT --recv: SYN|ACK--> ESTABLISHED
        10     C_m sends ACK
        10     C_m drops ACK
        1005   S_m SYN-RECEIVED --timeout: retry--> SYN-RECEIVED
        1005   S_m sends SYN|ACK
        1010   C_m sends ACK
        1010   C_m drops ACK
        3005   S_m SYN-RECEIVED --timeout: retry--> SYN-RECEIVED
        3005   S_m sends SYN|ACK
        3010   C_m sends ACK
        3010   C_m drops ACK
        7005   S_m SYN-RECEIVED --timeout: retry--> SYN-RECEIVED
        7005   S_m sends SYN|ACK
        7010   C_m sends ACK
        7010   C_m drops ACK
        15005  S_m SYN-RECEIVED --timeout: retry--> SYN-RECEIVED
        15005  S_m sends SYN|ACK
        15010  C_m sends ACK
        15010  C_m drops ACK
        31005  S_m SYN-RECEIVED --timeout: retry--> SYN-RECEIVED
        31005  S_m sends SYN|ACK
        31010  C_m sends ACK
        31010  C_m drops ACK
        63005  S_m SYN-RECEIVED --timeout: give up--> CLOSED
        63005  S_m forgets
    "#]]);
}

#[test]
fn both_ends_may_ask_at_once() {
    let mut world = World::new(ProfileName::Article, 7);
    let (one, other) = (socket(&mut world, HostId::Client), socket(&mut world, HostId::Server));
    let (a, b) =
        (Endpoint::new(HostId::Client.address(), 7000), Endpoint::new(HostId::Server.address(), 7000));
    world.apply(Command::Bind { socket: one, to: Endpoint::any(7000) }).unwrap();
    world.apply(Command::Bind { socket: other, to: Endpoint::any(7000) }).unwrap();
    world.apply(Command::Connect { socket: one, to: b }).unwrap();
    world.apply(Command::Connect { socket: other, to: a }).unwrap();
    world.advance_to(Instant::from_millis(50));
    world.apply(Command::Close { socket: one }).unwrap();
    world.apply(Command::Close { socket: other }).unwrap();
    world.advance_to(Instant::from_millis(200));
    expect![[r#"
        0      C_m CLOSED --appl: active open--> SYN-SENT
        0      C_m sends SYN
        0      S_m CLOSED --appl: active open--> SYN-SENT
        0      S_m sends SYN
        5      S_m SYN-SENT --recv: SYN--> SYN-RECEIVED
        5      S_m sends SYN|ACK
        5      C_m SYN-SENT --recv: SYN--> SYN-RECEIVED
        5      C_m sends SYN|ACK
        10     C_m SYN-RECEIVED --recv: ACK--> ESTABLISHED
        10     C_m sends ACK
        10     S_m SYN-RECEIVED --recv: ACK--> ESTABLISHED
        10     S_m sends ACK
        50     C_m ESTABLISHED --appl: close--> FIN-WAIT-1
        50     C_m sends FIN|ACK
        50     S_m ESTABLISHED --appl: close--> FIN-WAIT-1
        50     S_m sends FIN|ACK
        55     S_m FIN-WAIT-1 --recv: FIN--> CLOSING
        55     S_m sends ACK
        55     C_m FIN-WAIT-1 --recv: FIN--> CLOSING
        55     C_m sends ACK
        60     C_m CLOSING --recv: ACK--> TIME-WAIT
        60     S_m CLOSING --recv: ACK--> TIME-WAIT
    "#]]
    .assert_eq(&transcript(&world));
}

#[test]
fn data_that_is_lost_is_sent_again_until_patience_ends() {
    let mut lab = Lab::new(ProfileName::Linux);
    lab.connect();
    lab.run(100);
    lab.world
        .apply(Command::Impair(
            Impairment::Loss,
            LossRule { from: HostId::Client, flags: None, payload: PayloadMatch::Data, takes: Takes::All },
        ))
        .unwrap();
    lab.world.apply(Command::Send { socket: lab.client, data: b"hello\n"[..].into() }).unwrap();
    lab.run(1_000_000);
    lab.check(expect![[r#"
        0      S_m CLOSED --appl: passive open--> LISTEN
        0      C_m CLOSED --appl: active open--> SYN-SENT
        0      C_m sends SYN
        5      S_m LISTEN --recv: SYN--> SYN-RECEIVED
        5      S_m sends SYN|ACK
        10     C_m SYN-SENT --recv: SYN|ACK--> ESTABLISHED
        10     C_m sends ACK
        15     S_m SYN-RECEIVED --recv: ACK--> ESTABLISHED
        100    C_m ESTABLISHED --appl: send data--> ESTABLISHED
        100    C_m sends PSH|ACK +6
        316    C_m ESTABLISHED --timeout: retry--> ESTABLISHED
        316    C_m sends PSH|ACK +6
        532    C_m ESTABLISHED --timeout: retry--> ESTABLISHED
        532    C_m sends PSH|ACK +6
        960    C_m ESTABLISHED --timeout: retry--> ESTABLISHED
        960    C_m sends PSH|ACK +6
        1824   C_m ESTABLISHED --timeout: retry--> ESTABLISHED
        1824   C_m sends PSH|ACK +6
        3552   C_m ESTABLISHED --timeout: retry--> ESTABLISHED
        3552   C_m sends PSH|ACK +6
        7136   C_m ESTABLISHED --timeout: retry--> ESTABLISHED
        7136   C_m sends PSH|ACK +6
        14048  C_m ESTABLISHED --timeout: retry--> ESTABLISHED
        14048  C_m sends PSH|ACK +6
        27872  C_m ESTABLISHED --timeout: retry--> ESTABLISHED
        27872  C_m sends PSH|ACK +6
        56288  C_m ESTABLISHED --timeout: retry--> ESTABLISHED
        56288  C_m sends PSH|ACK +6
        111584 C_m ESTABLISHED --timeout: retry--> ESTABLISHED
        111584 C_m sends PSH|ACK +6
        222176 C_m ESTABLISHED --timeout: retry--> ESTABLISHED
        222176 C_m sends PSH|ACK +6
        343008 C_m ESTABLISHED --timeout: retry--> ESTABLISHED
        343008 C_m sends PSH|ACK +6
        463840 C_m ESTABLISHED --timeout: retry--> ESTABLISHED
        463840 C_m sends PSH|ACK +6
        584672 C_m ESTABLISHED --timeout: retry--> ESTABLISHED
        584672 C_m sends PSH|ACK +6
        705504 C_m ESTABLISHED --timeout: retry--> ESTABLISHED
        705504 C_m sends PSH|ACK +6
        826336 C_m ESTABLISHED --timeout: retry--> ESTABLISHED
        826336 C_m sends PSH|ACK +6
        947168 C_m ESTABLISHED --timeout: give up--> CLOSED
        947168 C_m forgets
    "#]]);
}

#[test]
fn nobody_listens() {
    let mut lab = Lab::new(ProfileName::Article);
    let to = Endpoint::new(HostId::Server.address(), 9999);
    lab.world.apply(Command::Connect { socket: lab.client, to }).unwrap();
    lab.run(20);
    let error = lab.world.apply(Command::TakeError { socket: lab.client }).unwrap();
    assert_eq!(error, Answer::Error(Some(Errno::ConnRefused)));
}

#[test]
fn no_such_host_and_no_route() {
    let mut lab = Lab::new(ProfileName::Article);
    let to = Endpoint::new(Ipv4::new(10, 211, 55, 77), 5555);
    lab.world.apply(Command::Connect { socket: lab.client, to }).unwrap();
    lab.run(4000);
    let error = lab.world.apply(Command::TakeError { socket: lab.client }).unwrap();
    assert_eq!(error, Answer::Error(Some(Errno::HostUnreach)));
    let other = socket(&mut lab.world, HostId::Client);
    let to = Endpoint::new(Ipv4::new(198, 51, 100, 7), 5555);
    assert_eq!(lab.world.apply(Command::Connect { socket: other, to }), Err(Errno::NetUnreach));
}

#[test]
fn a_port_in_time_wait_is_locked() {
    let mut lab = Lab::new(ProfileName::Article);
    lab.world.apply(Command::Bind { socket: lab.client, to: Endpoint::any(6666) }).unwrap();
    lab.connect();
    lab.run(100);
    let child = lab.accept();
    lab.world.apply(Command::Close { socket: lab.client }).unwrap();
    lab.run(20);
    lab.world.apply(Command::Close { socket: child }).unwrap();
    lab.run(20);
    let next = socket(&mut lab.world, HostId::Client);
    let bind = |lab: &mut Lab| lab.world.apply(Command::Bind { socket: next, to: Endpoint::any(6666) });
    assert_eq!(bind(&mut lab), Err(Errno::AddrInUse));
    lab.run(119_900);
    assert_eq!(bind(&mut lab), Err(Errno::AddrInUse));
    lab.run(200);
    assert_eq!(bind(&mut lab), Ok(Answer::Done));
}

#[test]
fn a_full_queue_ignores_further_syns() {
    let mut lab = Lab::new(ProfileName::Article);
    lab.connect();
    let to = Endpoint::new(HostId::Server.address(), 5555);
    let others = [(); 3].map(|()| socket(&mut lab.world, HostId::Client));
    for socket in others {
        lab.run(100);
        lab.world.apply(Command::Connect { socket, to }).unwrap();
    }
    lab.run(100);
    let states = others.map(|socket| lab.world.state(socket));
    assert_eq!(states, [State::Established, State::SynSent, State::SynSent]);
    assert_eq!(lab.world.sockets(HostId::Server)[0].recv_q, 2);
}

#[test]
fn closing_with_unread_data_resets() {
    let mut lab = Lab::new(ProfileName::Article);
    lab.connect();
    lab.run(100);
    let child = lab.accept();
    lab.world.apply(Command::Send { socket: lab.client, data: b"x"[..].into() }).unwrap();
    lab.run(100);
    lab.world.apply(Command::Close { socket: child }).unwrap();
    lab.run(100);
    assert_eq!(
        lab.world.apply(Command::Recv { socket: lab.client, max: 9 }),
        Err(Errno::ConnReset),
        "the first call after a reset is told so"
    );
    assert_eq!(
        lab.world.apply(Command::Recv { socket: lab.client, max: 9 }),
        Ok(Answer::Data(Payload::EMPTY))
    );
    assert_eq!(
        lab.world.apply(Command::Send { socket: lab.client, data: b"y"[..].into() }),
        Err(Errno::Pipe)
    );
}

/// The times in milliseconds at which `host` sent data, since the first.
fn sendings(lab: &Lab, host: HostId) -> Vec<u64> {
    let data = |p: &&Packet| p.from == host && p.segment().is_some_and(|s| !s.payload.is_empty());
    let times: Vec<u64> =
        lab.world.packets().map(Passage::packet).filter(data).map(|p| p.made.as_micros() / 1000).collect();
    times.iter().map(|time| time - times[0]).collect()
}

/// The kernel's times must agree within a twelfth: its timers fire late.
fn near(ours: &[u64], kernels: &[u64]) {
    let fits = |(a, b): (&u64, &u64)| a.abs_diff(*b) * 12 <= *b;
    assert!(ours.len() == kernels.len() && ours.iter().zip(kernels).all(fits), "{ours:?} {kernels:?}");
}

#[test]
fn a_loss_probe_waits_for_two_round_trips() {
    let mut lab = Lab::new(ProfileName::Linux);
    lab.world.apply(Command::SetDelay { from: HostId::Client, delay: millis(200) }).unwrap();
    lab.world.apply(Command::SetDelay { from: HostId::Server, delay: millis(200) }).unwrap();
    lab.connect();
    lab.run(1000);
    lab.drop_rule(HostId::Server, ChainName::Input, Flags::ACK);
    lab.world.apply(Command::Send { socket: lab.client, data: b"x"[..].into() }).unwrap();
    lab.run(12_000);
    near(&sendings(&lab, HostId::Client), &[0, 1010, 2230, 4820, 9690]);
    let row = &lab.world.sockets(HostId::Client)[0];
    assert_eq!(row.timer.retransmits, 3, "a loss probe does not count (trace 17a)");
}

#[test]
fn after_a_lost_third_segment_the_server_has_seen_a_long_round_trip() {
    let mut lab = Lab::new(ProfileName::Linux);
    lab.world
        .apply(Command::Impair(
            Impairment::Loss,
            LossRule {
                from: HostId::Client,
                flags: Some(Flags::ACK),
                payload: PayloadMatch::Empty,
                takes: Takes::Next(1),
            },
        ))
        .unwrap();
    lab.connect();
    lab.run(2000);
    assert_eq!(lab.pair(), (State::Established, State::Established));
    lab.drop_rule(HostId::Client, ChainName::Input, Flags::ACK);
    let child = lab.accept();
    lab.world.apply(Command::Send { socket: child, data: b"x"[..].into() }).unwrap();
    lab.run(13_000);
    // As observed on the kernel, in a hurry.
    near(&sendings(&lab, HostId::Server), &[0, 2320, 5390, 11540]);
}

#[test]
fn a_half_open_entry_ends_with_its_listener() {
    let mut lab = Lab::new(ProfileName::Linux);
    lab.drop_rule(HostId::Client, ChainName::Input, Flags::SYN | Flags::ACK);
    lab.connect();
    lab.run(500);
    assert_eq!(lab.pair().1, State::SynReceived);
    lab.world.apply(Command::Close { socket: lab.server }).unwrap();
    assert_eq!(lab.pair().1, State::SynReceived);
    lab.run(600);
    assert_eq!(lab.world.sockets(HostId::Server), []);
    // The next SYN finds no connection.
    lab.run(1000);
    assert_eq!(lab.world.sockets(HostId::Client), []);
}

#[test]
fn a_cookie_is_good_for_a_while_and_for_its_own_client() {
    for (wait, state) in [(50_000, State::Established), (130_000, State::Closed)] {
        let mut lab = Lab::new(ProfileName::Linux);
        lab.world
            .apply(Command::Configure { host: HostId::Server, setting: Setting::Syncookies(2) })
            .unwrap();
        lab.drop_rule(HostId::Client, ChainName::Output, Flags::ACK);
        lab.connect();
        lab.run(wait);
        assert_eq!(lab.pair(), (State::Established, State::Closed), "no entry, and no SYN|ACK again");
        lab.world.apply(Command::FlushRules { host: HostId::Client, chain: None }).unwrap();
        lab.world.apply(Command::Send { socket: lab.client, data: b"x"[..].into() }).unwrap();
        lab.run(1000);
        assert_eq!(lab.pair(), (state, state));
    }
}

#[test]
fn half_open_entries_are_bounded_without_cookies() {
    // Limited by the backlog, above which one more may wait, and by the part of tcp_max_syn_backlog that leaves its
    // last quarter free.
    for (backlog, expected) in [(2, 3), (20, 7)] {
        let mut lab = Lab::new(ProfileName::Linux);
        for setting in [Setting::Syncookies(0), Setting::MaxSynBacklog(8)] {
            lab.world.apply(Command::Configure { host: HostId::Server, setting }).unwrap();
        }
        let listener = socket(&mut lab.world, HostId::Server);
        lab.world.apply(Command::Bind { socket: listener, to: Endpoint::any(6666) }).unwrap();
        lab.world.apply(Command::Listen { socket: listener, backlog }).unwrap();
        lab.drop_rule(HostId::Client, ChainName::Input, Flags::SYN | Flags::ACK);
        let to = Endpoint::new(HostId::Server.address(), 6666);
        for _ in 0..10 {
            let socket = socket(&mut lab.world, HostId::Client);
            lab.world.apply(Command::Connect { socket, to }).unwrap();
        }
        lab.run(100);
        let rows = lab.world.sockets(HostId::Server);
        assert_eq!(rows.iter().filter(|row| row.state == State::SynReceived).count(), expected);
    }
}

#[test]
fn how_many_ephemeral_ports_there_are() {
    // As counted on the kernel.
    for (last, expected) in [(50_000, 1), (50_001, 2), (50_002, 2), (50_003, 4)] {
        let mut lab = Lab::new(ProfileName::Linux);
        let setting = Setting::PortRange(50_000, last);
        lab.world.apply(Command::Configure { host: HostId::Client, setting }).unwrap();
        let to = Endpoint::new(HostId::Server.address(), 5555);
        let tries = [(); 9].map(|()| socket(&mut lab.world, HostId::Client));
        let connected = tries.map(|socket| lab.world.apply(Command::Connect { socket, to }));
        assert_eq!(connected.iter().filter(|result| result.is_ok()).count(), expected);
        assert!(connected.iter().all(|r| matches!(r, Ok(_) | Err(Errno::AddrNotAvail))));
    }
}

#[test]
fn the_timestamp_that_comes_back_with_a_cookie_tells_the_round_trip() {
    let mut lab = Lab::new(ProfileName::Linux);
    lab.world.apply(Command::Configure { host: HostId::Server, setting: Setting::Syncookies(2) }).unwrap();
    for from in [HostId::Client, HostId::Server] {
        lab.world.apply(Command::SetDelay { from, delay: millis(200) }).unwrap();
    }
    lab.connect();
    lab.run(1000);
    let child = lab.accept();
    lab.drop_rule(HostId::Client, ChainName::Input, Flags::ACK);
    lab.world.apply(Command::Send { socket: child, data: b"x"[..].into() }).unwrap();
    lab.run(9000);
    // It says that the cookie was sent 46 ms earlier: the last time before 200 ms whose lowest six bits are 26, which is a
    // scale of 10, and SACK (variation v347). So the round trip is 446 ms.
    near(&sendings(&lab, HostId::Server), &[0, 1112, 2456, 5368]);
}

#[test]
fn a_world_of_four_hosts_with_other_addresses() {
    let address = |number: u8| Ipv4::new(203, 0, 113, number);
    let hosts = [1, 2, 3, 4].map(|number| HostSetup {
        id: HostId::Other(number),
        profile: HostProfile::new(ProfileName::Linux),
        address: address(number),
        // The fourth host is reached by the first one only.
        networks: match number {
            1 => vec![firewall::Network::new(address(0), 24)],
            4 => vec![firewall::Network::new(address(1), 32)],
            _ => vec![firewall::Network::new(address(0), 30)],
        },
        port_offset: 0,
        secret: u64::from(number),
    });
    let mut world = World::of(Setup { hosts: hosts.into(), seed: 1 });
    for number in 1..=4 {
        let listener = socket(&mut world, HostId::Other(number));
        world.apply(Command::Bind { socket: listener, to: Endpoint::any(80) }).unwrap();
        world.apply(Command::Listen { socket: listener, backlog: 9 }).unwrap();
    }
    let mut reached = Vec::new();
    for from in 1..=4 {
        for to in 1..=4 {
            let client = socket(&mut world, HostId::Other(from));
            let connected =
                world.apply(Command::Connect { socket: client, to: Endpoint::new(address(to), 80) });
            world.advance_to(world.now() + millis(100));
            match (connected, world.state(client)) {
                (Ok(_), State::Established) => reached.push((from, to)),
                (Err(Errno::NetUnreach), State::Closed) => {}
                other => panic!("{from} {to} {other:?}"),
            }
        }
    }
    assert_eq!(reached.len(), 4 + 2 * 3 + 2);
    let none = Command::Socket { host: HostId::Client, owner: NC };
    assert_eq!(world.apply(none), Err(Errno::Invalid), "the lab's hosts are not in this world");
}

#[test]
fn a_segment_more_shifts_no_random_number() {
    let numbers = |other: bool| {
        let mut lab = Lab::new(ProfileName::Article);
        if other {
            let to = Endpoint::new(HostId::Client.address(), 9999);
            let early = socket(&mut lab.world, HostId::Server);
            lab.world.apply(Command::Connect { socket: early, to }).unwrap();
        }
        lab.connect();
        lab.run(100);
        let opening =
            |p: &Passage<'_>| p.src.port != 9999 && p.dst.port != 9999 && p.segment().unwrap().is_syn();
        let syns = lab.world.packets().filter(opening);
        syns.map(|p| (p.src, p.segment().unwrap().seq)).collect::<Vec<_>>()
    };
    assert_eq!(numbers(false).len(), 2);
    assert_eq!(numbers(false), numbers(true));
}

/// A program that is woken by what such a call brings is woken because of it, not because of the call.
#[test]
fn over_a_wire_without_delay_an_answer_is_there_when_the_call_ends() {
    let mut lab = Lab::new(ProfileName::Linux);
    lab.connect();
    lab.run(100);
    let child = lab.accept();
    for from in [HostId::Client, HostId::Server] {
        lab.world.apply(Command::SetDelay { from, delay: millis(0) }).unwrap();
    }
    lab.world.take_wakes();
    let newest = FactId(u32::try_from(lab.world.log().len()).unwrap());
    lab.world.apply(Command::Send { socket: lab.client, data: b"hello\n".as_slice().into() }).unwrap();
    let arrived: Vec<Fact> =
        lab.world.log().since(newest).filter(|fact| matches!(fact.what, Happened::Arrived { .. })).collect();
    assert_eq!(
        arrived.iter().filter_map(|fact| fact.host).collect::<Vec<_>>(),
        [HostId::Server, HostId::Client]
    );
    assert!(lab.world.take_wakes().is_empty(), "the other program runs when the call is over");
    while lab.world.take_wakes().iter().all(|wake| wake.socket != child) {
        assert!(lab.world.step(), "it is woken");
    }
    lab.world.apply(Command::Close { socket: child }).unwrap();
    let closed = lab.world.log().since(newest).last().unwrap();
    assert!(lab.world.log().chain(closed.id).any(|fact| fact.id == arrived[0].id), "the data woke it");
}
