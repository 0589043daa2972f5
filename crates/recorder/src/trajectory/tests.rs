use super::*;
use crate::frame::Header;
use crate::packets::Segment;

const CONNECTION: &str = "10.211.55.2:42612 - 10.211.55.10:5555";
const ENDS: [&str; 2] = ["10.211.55.2:42612", "10.211.55.10:5555"];

fn packet(at: f64, from: Host, flags: u8) -> Packet {
    let (src, dst) = if from == Host::Client { (ENDS[0], ENDS[1]) } else { (ENDS[1], ENDS[0]) };
    let header = Header {
        sport: 0,
        dport: 0,
        seq: 0,
        ack: if flags & 0x10 == 0 { None } else { Some(1) },
        flags,
        win: 0,
    };
    let segment = Segment { src: src.into(), dst: dst.into(), header, len: 0, rel_seq: None, rel_ack: None };
    Packet {
        at,
        rx: Some(at + 0.02),
        from,
        to_itself: false,
        text: String::new(),
        proto: Proto::Tcp(segment),
    }
}

fn event(at: f64, host: Host, from: &'static str, to: &'static str) -> Event {
    let [client, server] = ENDS.map(str::to_owned);
    let (local, remote) = if host == Host::Client { (client, server) } else { (server, client) };
    Event { at, host, local, remote, kind: Kind::State(from, to) }
}

fn seen(until: f64, changes: &[(f64, Option<&'static str>)]) -> Seen {
    let ticks = (0..).map(|tick| f64::from(tick) * 6.0).take_while(|tick| *tick < until).collect();
    let changes = changes.iter().map(|(at, state)| (*at, CONNECTION.to_owned(), *state)).collect();
    Seen { ticks, changes }
}

/// The times of each state, in whole milliseconds.
fn times(all: Vec<(Key, States)>) -> Vec<(i32, &'static str)> {
    assert_eq!(all.len(), 1, "{all:?}");
    #[expect(clippy::cast_possible_truncation, reason = "a test lasts less than a month")]
    all.into_iter().flat_map(|(_, states)| states).map(|(at, state)| (at.round() as i32, state)).collect()
}

#[test]
fn time_wait_begins_with_the_event_and_ends_with_the_row() {
    let host = Host::Client;
    let events = [
        event(600.1, host, "SYN_SENT", "ESTABLISHED"),
        event(2000.0, host, "ESTABLISHED", "FIN_WAIT1"),
        event(2000.1, host, "FIN_WAIT1", "FIN_WAIT2"),
        event(2000.2, host, "FIN_WAIT2", "CLOSED"),
    ];
    let seen = seen(63_000.0, &[(606.0, Some("ESTABLISHED")), (2004.0, Some("TIME_WAIT")), (62_004.0, None)]);
    let states = times(of(host, Some(&events), &seen, &[packet(600.0, host, SYN)]));
    let want = [
        (600, "SYN_SENT"),
        (600, "ESTABLISHED"),
        (2000, "FIN_WAIT1"),
        (2000, "FIN_WAIT2"),
        (2000, "TIME_WAIT"),
        (62_004, "CLOSED"),
    ];
    assert_eq!(states, want);
}

#[test]
fn a_half_open_entry_begins_with_its_syn_and_may_come_again() {
    let packets = [packet(590.0, Host::Client, SYN), packet(3610.0, Host::Client, SYN)];
    let rows = [(594.0, Some("SYN_RECV")), (2646.0, None), (3612.0, Some("SYN_RECV")), (4650.0, None)];
    let states = times(of(Host::Server, Some(&[]), &seen(5000.0, &rows), &packets));
    assert_eq!(states, [(590, "SYN_RECV"), (2646, "CLOSED"), (3610, "SYN_RECV"), (4650, "CLOSED")]);
}

#[test]
fn with_a_cookie_there_is_no_half_open_entry() {
    let host = Host::Server;
    let events = [event(700.0, host, "LISTEN", "SYN_RECV"), event(700.1, host, "SYN_RECV", "ESTABLISHED")];
    let packets = [packet(500.0, Host::Client, SYN)];
    let states = times(of(host, Some(&events), &seen(900.0, &[(702.0, Some("ESTABLISHED"))]), &packets));
    assert_eq!(states, [(700, "SYN_RECV"), (700, "ESTABLISHED")]);
}

#[test]
fn an_orphan_in_fin_wait_2_gets_the_fin_without_an_event() {
    let host = Host::Client;
    let events = [
        event(10.0, host, "ESTABLISHED", "FIN_WAIT1"),
        event(20.0, host, "FIN_WAIT1", "FIN_WAIT2"),
        event(20.1, host, "FIN_WAIT2", "CLOSED"),
    ];
    let packets = [packet(100.0, Host::Server, 0x11)];
    let rows = [(12.0, Some("FIN_WAIT1")), (24.0, Some("FIN_WAIT2")), (102.0, Some("TIME_WAIT"))];
    let states = times(of(host, Some(&events), &seen(200.0, &rows), &packets));
    assert_eq!(states, [(10, "FIN_WAIT1"), (20, "FIN_WAIT2"), (100, "TIME_WAIT")]);
}

#[test]
fn without_tracefs_the_table_alone_is_told() {
    let rows = [(606.0, Some("ESTABLISHED")), (2004.0, Some("TIME_WAIT")), (62_004.0, None)];
    let states = times(of(Host::Client, None, &seen(63_000.0, &rows), &[packet(600.0, Host::Client, SYN)]));
    assert_eq!(states, [(600, "ESTABLISHED"), (2004, "TIME_WAIT"), (62_004, "CLOSED")]);
}

#[test]
fn a_new_syn_replaces_time_wait_at_once() {
    let host = Host::Server;
    let events = [
        event(10.0, host, "FIN_WAIT1", "FIN_WAIT2"),
        event(10.1, host, "FIN_WAIT2", "CLOSED"),
        event(340.0, host, "LISTEN", "SYN_RECV"),
        event(340.1, host, "SYN_RECV", "ESTABLISHED"),
    ];
    let rows = [(12.0, Some("TIME_WAIT")), (102.0, Some("SYN_RECV")), (342.0, Some("ESTABLISHED"))];
    let states = times(of(host, Some(&events), &seen(400.0, &rows), &[packet(100.0, Host::Client, SYN)]));
    assert_eq!(states, [(10, "FIN_WAIT2"), (10, "TIME_WAIT"), (100, "SYN_RECV"), (340, "ESTABLISHED")]);
}

#[test]
fn what_an_earlier_recorder_left_is_not_an_event_of_this_one() {
    let none = seen(100.0, &[]);
    let kept = |events: &[Event], packets: &[Packet]| {
        let mut events = events.to_vec();
        ours([&none, &none], packets, &mut events, 42_600..=42_699);
        events.len()
    };
    let again = Event { kind: Kind::Retransmit("FIN_WAIT1", 0), ..event(10.0, Host::Client, "", "") };
    let over = event(20.0, Host::Client, "FIN_WAIT1", "CLOSED");
    assert_eq!(
        kept(&[again.clone(), over.clone()], &[]),
        0,
        "an orphan in this range, of which nothing else is seen"
    );
    assert_eq!(kept(&[again.clone(), over], &[packet(1.0, Host::Client, SYN)]), 2);
    assert_eq!(kept(&[event(1.0, Host::Client, "CLOSED", "SYN_SENT"), again], &[]), 2);
}

#[test]
fn a_second_socket_with_the_same_ends_changes_nothing() {
    let host = Host::Client;
    let events = [
        event(600.1, host, "SYN_SENT", "ESTABLISHED"),
        event(800.0, host, "CLOSED", "SYN_SENT"),
        event(800.1, host, "SYN_SENT", "CLOSED"),
    ];
    let rows = seen(900.0, &[(606.0, Some("ESTABLISHED"))]);
    let states = times(of(host, Some(&events), &rows, &[packet(600.0, host, SYN)]));
    assert_eq!(states, [(600, "SYN_SENT"), (600, "ESTABLISHED")]);
}

#[test]
fn a_listener_begins_and_ends_with_the_events_at_its_port() {
    let host = Host::Server;
    let listens = |at, from, to| Event {
        local: "0.0.0.0:5555".to_owned(),
        remote: "0.0.0.0:0".to_owned(),
        ..event(at, host, from, to)
    };
    let events = [listens(402.1, "CLOSED", "LISTEN"), listens(804.2, "LISTEN", "CLOSED")];
    let key = "LISTEN 0.0.0.0:5555".to_owned();
    let changes = vec![(406.0, key.clone(), Some("LISTEN")), (808.0, key, None)];
    let seen = |changes| Seen { ticks: vec![], changes };
    assert_eq!(times(of(host, Some(&events), &seen(changes), &[])), [(402, "LISTEN"), (804, "CLOSED")]);
}
