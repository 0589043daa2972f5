//! Two connections driven by hand: no hosts, no sockets, no world.

mod arrive;
mod beyond;
mod entry;
mod half_open;
mod held;
mod window;

use super::{
    Call, CallError, Connection, Context, Effect, Flags, Options, Payload, Profile, ProfileName, Segment,
    Seq, State, Timer, Timestamps,
};
use crate::{Instant, millis};
use expect_test::{Expect, expect};
use std::collections::VecDeque;
use std::fmt::Write;
use std::time::Duration;

/// What becomes of a segment that is sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Arrives,
    /// Lost on the way.
    Lost,
    /// Refused by the sender's own firewall.
    Refused,
}

/// Two ends, A and B, with 5 ms between them unless a test says otherwise.
struct Pair {
    now: Instant,
    way: Duration,
    profile: Profile,
    ends: [Connection; 2],
    wire: VecDeque<(Instant, usize, Segment)>,
    /// Decides on each segment: by its sender and itself.
    fate: fn(usize, &Segment) -> Fate,
    log: String,
}

const A: usize = 0;
const B: usize = 1;
/// More events than any test here needs.
const MOST: usize = 1000;

impl Pair {
    /// A opens actively, B is the child of a listener.
    fn new(name: ProfileName) -> Pair {
        Pair::with(Profile::new(name))
    }

    /// The same, with constants of its own.
    fn with(profile: Profile) -> Pair {
        let ends = [Connection::new(Seq(1000), &profile), Connection::child(Seq(u32::MAX - 1), &profile)];
        let (now, wire) = (Instant::START, VecDeque::new());
        Pair { now, way: millis(5), profile, ends, wire, fate: |_, _| Fate::Arrives, log: String::new() }
    }

    /// The handshake is done, and its log forgotten.
    fn established(name: ProfileName) -> Pair {
        Pair::established_with(Profile::new(name))
    }

    /// The same, with constants of its own.
    fn established_with(profile: Profile) -> Pair {
        let mut pair = Pair::with(profile);
        pair.call(A, Call::ActiveOpen);
        pair.run(100);
        assert_eq!(pair.states(), [State::Established; 2]);
        pair.log.clear();
        pair
    }

    fn drive(&mut self, end: usize, act: impl FnOnce(&mut Connection, Context<'_>, &mut Vec<Effect>)) {
        let mut out = Vec::new();
        act(&mut self.ends[end], Context { now: self.now, profile: &self.profile }, &mut out);
        self.carry_out(end, out);
        let mut more = Vec::new();
        self.ends[end].settle(Context { now: self.now, profile: &self.profile }, &mut more);
        self.carry_out(end, more);
    }

    fn carry_out(&mut self, end: usize, effects: Vec<Effect>) {
        let mut held = false;
        for effect in effects {
            if held && matches!(&effect, Effect::Send { segment, .. } if !segment.is_empty()) {
                continue;
            }
            if matches!(&effect, Effect::Send { segment, .. } if self.ends[end].is_withdrawn(segment)) {
                continue;
            }
            self.note(end, &effect);
            if let Effect::Send { segment, .. } = effect {
                match (self.fate)(end, &segment) {
                    Fate::Arrives => self.wire.push_back((self.now + self.way, 1 - end, segment)),
                    Fate::Lost => _ = writeln!(self.log, "       lost"),
                    Fate::Refused => {
                        let _ = writeln!(self.log, "       refused");
                        let mut more = Vec::new();
                        let cx = Context { now: self.now, profile: &self.profile };
                        held |= self.ends[end].not_sent(cx, &segment, true, &mut more);
                        self.carry_out(end, more);
                    }
                }
            }
        }
    }

    fn note(&mut self, end: usize, effect: &Effect) {
        let (now, name) = (self.now.as_micros() / 1000, ["A", "B"][end]);
        let text = match effect {
            Effect::Moved(row) => format!("{} --{}--> {}", row.from, row.trigger, row.to),
            Effect::Send { segment, .. } => {
                let Segment { seq, ack, flags, .. } = segment;
                format!("sends {} {seq}+{} ack {ack}", flags.join("|"), segment.data_len())
            }
            Effect::Notify(notice) => format!("notice: {notice:?}"),
            Effect::Discarded(why) => format!("discards: {why:?}"),
            Effect::TimerSet(..) | Effect::Count(..) | Effect::Trip(_) => return,
        };
        let _ = writeln!(self.log, "{now:<6} {name} {text}");
    }

    fn call(&mut self, end: usize, call: Call) {
        self.drive(end, |connection, cx, out| connection.call(cx, call, out).expect("the state allows it"));
    }

    fn send(&mut self, end: usize, data: &[u8]) {
        self.drive(end, |connection, cx, out| {
            assert_eq!(connection.send(cx, &Payload::from(data), out), Ok(data.len()));
        });
    }

    fn receive(&mut self, end: usize) -> Payload {
        let mut data = Payload::EMPTY;
        self.drive(end, |connection, cx, out| data = connection.receive(cx, usize::MAX, out));
        data
    }

    /// Lets arrivals and timers happen for `ms`.
    fn run(&mut self, ms: u64) {
        let end = self.now + millis(ms);
        for _ in 0..MOST {
            let arrival = self.wire.iter().map(|(at, ..)| *at).min();
            let timer = (0..2)
                .flat_map(|end| Timer::ALL.map(|timer| (end, timer)))
                .filter_map(|(end, timer)| Some((self.ends[end].timers().deadline(timer)?, end, timer)));
            let timer = timer.min();
            let next = [arrival, timer.map(|(at, ..)| at)].into_iter().flatten().min();
            let Some(next) = next.filter(|at| *at <= end) else {
                self.now = end;
                return;
            };
            self.now = next;
            if arrival == Some(next) {
                let at = self.wire.iter().position(|(at, ..)| *at == next).expect("one arrives now");
                let (_, to, segment) = self.wire.remove(at).expect("it is on the wire");
                self.drive(to, |connection, cx, out| connection.arrive(cx, &segment, out));
            } else if let Some((_, end, timer)) = timer {
                self.drive(end, |connection, cx, out| connection.expire(cx, timer, out));
            }
        }
        panic!("{MOST} events were not enough:\n{}", self.log);
    }

    fn states(&self) -> [State; 2] {
        [A, B].map(|end| self.ends[end].state())
    }

    /// The milliseconds before the first line of the log that contains `words`.
    fn now_of(&self, words: &str) -> u64 {
        let line = self.log.lines().find(|line| line.contains(words)).expect("it is in the log");
        line.split(' ').next().expect("the time").parse().expect("a number")
    }

    fn check(&self, expected: Expect) {
        expected.assert_eq(&self.log);
    }
}

#[test]
fn opening_talking_and_closing() {
    let mut pair = Pair::new(ProfileName::Linux);
    pair.call(A, Call::ActiveOpen);
    pair.run(100);
    pair.send(A, b"hello");
    pair.run(100);
    assert_eq!(&*pair.receive(B), b"hello");
    pair.call(A, Call::Close);
    pair.run(100);
    pair.call(B, Call::Close);
    pair.run(70_000);
    pair.check(expect![[r#"
        0      A CLOSED --appl: active open--> SYN-SENT
        0      A sends SYN 1000+0 ack 0
        5      B LISTEN --recv: SYN--> SYN-RECEIVED
        5      B sends SYN|ACK 4294967294+0 ack 1001
        10     A SYN-SENT --recv: SYN|ACK--> ESTABLISHED
        10     A sends ACK 1001+0 ack 4294967295
        10     A notice: Connected
        15     B SYN-RECEIVED --recv: ACK--> ESTABLISHED
        15     B notice: Connected
        100    A ESTABLISHED --appl: send data--> ESTABLISHED
        100    A sends PSH|ACK 1001+5 ack 4294967295
        105    B ESTABLISHED --recv: data--> ESTABLISHED
        105    B notice: Readable
        105    B sends ACK 4294967295+0 ack 1006
        110    A ESTABLISHED --recv: ACK--> ESTABLISHED
        200    A ESTABLISHED --appl: close--> FIN-WAIT-1
        200    A sends FIN|ACK 1006+0 ack 4294967295
        205    B ESTABLISHED --recv: FIN--> CLOSE-WAIT
        205    B notice: PeerClosed
        248    B sends ACK 4294967295+0 ack 1007
        253    A FIN-WAIT-1 --recv: ACK--> FIN-WAIT-2
        300    B CLOSE-WAIT --appl: close--> LAST-ACK
        300    B sends FIN|ACK 4294967295+0 ack 1007
        305    A FIN-WAIT-2 --recv: FIN--> TIME-WAIT
        305    A sends ACK 1007+0 ack 0
        305    A notice: PeerClosed
        310    B LAST-ACK --recv: ACK--> CLOSED
        60384  A TIME-WAIT --timeout: 2MSL--> CLOSED
    "#]]);
}

#[test]
fn a_lost_segment_is_sent_again_and_the_stream_stays_in_order() {
    let mut pair = Pair::established(ProfileName::Article);
    let mss = 1448;
    let data: Vec<u8> = (0..3 * mss).map(|n| u8::try_from(n % 251).expect("below 251")).collect();
    pair.fate = |end, segment| if end == A && segment.seq == Seq(1001) { Fate::Lost } else { Fate::Arrives };
    pair.send(A, &data);
    pair.run(100);
    assert_eq!(pair.ends[B].unread(), 0);
    pair.fate = |_, _| Fate::Arrives;
    pair.run(1000);
    assert_eq!(*pair.receive(B), data);
    assert_eq!(pair.ends[A].unacknowledged(), 0);
    pair.check(expect![[r#"
        100    A ESTABLISHED --appl: send data--> ESTABLISHED
        100    A sends ACK 1001+1448 ack 4294967295
               lost
        100    A sends ACK 2449+1448 ack 4294967295
        100    A sends PSH|ACK 3897+1448 ack 4294967295
        105    B sends ACK 4294967295+0 ack 1001
        105    B sends ACK 4294967295+0 ack 1001
        310    A ESTABLISHED --timeout: retry--> ESTABLISHED
        310    A sends ACK 1001+1448 ack 4294967295
        315    B ESTABLISHED --recv: data--> ESTABLISHED
        315    B notice: Readable
        315    B sends ACK 4294967295+0 ack 5345
        320    A ESTABLISHED --recv: ACK--> ESTABLISHED
    "#]]);
}

#[test]
fn a_reset_ends_the_other_side() {
    let mut pair = Pair::established(ProfileName::Linux);
    pair.call(B, Call::Abort);
    pair.run(100);
    assert_eq!(pair.states(), [State::Closed; 2]);
    pair.check(expect![[r#"
        100    B sends RST|ACK 4294967295+0 ack 1001
        100    B ESTABLISHED --appl: abort--> CLOSED
        105    A ESTABLISHED --recv: RST--> CLOSED
        105    A notice: Reset
    "#]]);
}

#[test]
fn nobody_answers_and_the_open_is_given_up() {
    let mut pair = Pair::new(ProfileName::Article);
    pair.fate = |_, _| Fate::Lost;
    pair.call(A, Call::ActiveOpen);
    pair.run(130_000);
    assert_eq!(pair.states(), [State::Closed, State::Listen]);
    assert!(pair.log.ends_with("127000 A notice: TimedOut\n"), "{}", pair.log);
}

/// Traces k01: with four repetitions after the same time, it is the time that ends a short series.
#[test]
fn few_tries_at_an_open_are_bounded_by_time() {
    let tries = |retries| {
        let mut pair = Pair::new(ProfileName::Linux);
        pair.profile.syn_retries = retries;
        pair.fate = |_, _| Fate::Lost;
        pair.call(A, Call::ActiveOpen);
        pair.run(100_000);
        (pair.log.matches("sends SYN").count(), pair.now_of("TimedOut"))
    };
    assert_eq!(tries(1), (3, 3072));
    assert_eq!(tries(2), (6, 7136));
    assert_eq!(tries(3), (8, 19_424));
}

/// Trace k06, and the same with so long a way that 3½ timeouts are longer than TIME-WAIT.
#[test]
fn an_orphan_waits_for_a_few_timeouts() {
    let wait = |way| {
        let mut pair = Pair::new(ProfileName::Linux);
        pair.profile.fin_timeout = millis(2000);
        pair.way = millis(way);
        pair.call(A, Call::ActiveOpen);
        pair.run(5 * way);
        pair.call(A, Call::Close);
        pair.call(A, Call::Release);
        pair.run(3 * way);
        assert_eq!(pair.states(), [State::FinWait2, State::CloseWait]);
        let (timer, running) = pair.ends[A].timers().next().expect("the orphan's");
        (timer, running.span.as_millis())
    };
    assert_eq!(wait(5), (Timer::TimeWait, 2000));
    assert_eq!(wait(300), (Timer::TimeWait, 6314));
    assert_eq!(wait(10_000), (Timer::Keepalive, 150_014));
}

/// Trace m17: with `tcp_rto_max_ms=1000` the orphan is given up when its timeout has grown to that.
#[test]
fn an_orphan_whose_timeout_is_at_its_longest_is_given_up() {
    let mut pair =
        Pair::established_with(Profile { rto_max: millis(1000), ..Profile::new(ProfileName::Linux) });
    pair.fate = |end, _| if end == A { Fate::Lost } else { Fate::Arrives };
    pair.call(A, Call::Close);
    pair.call(A, Call::Release);
    pair.run(100_000);
    assert_eq!(pair.states(), [State::Closed, State::Established]);
    assert_eq!(pair.log.matches("sends FIN").count(), 5, "{}", pair.log);
}

/// Variation v314: a socket keeps the `tcp_rto_max_ms` with which it was made.
#[test]
fn a_longest_timeout_that_is_set_later_is_for_later_sockets() {
    let mut pair = Pair::established(ProfileName::Linux);
    pair.profile.rto_max = millis(1000);
    pair.fate = |end, _| if end == A { Fate::Lost } else { Fate::Arrives };
    pair.send(A, b"x");
    pair.run(10_000);
    assert_eq!(pair.log.matches("sends PSH|ACK").count(), 7, "{}", pair.log);
}

/// With `tcp_orphan_retries=6` it goes on, unless an ICMP error said that the path is broken.
#[test]
fn an_orphan_with_retries_of_its_own_goes_on_unless_an_error_came() {
    let tries = |error: bool| {
        let linux = Profile::new(ProfileName::Linux);
        let mut pair = Pair::established_with(Profile { rto_max: millis(1000), orphan_retries: 6, ..linux });
        pair.fate = |end, _| if end == A { Fate::Lost } else { Fate::Arrives };
        pair.call(A, Call::Close);
        pair.call(A, Call::Release);
        pair.run(500);
        if error {
            pair.drive(A, |connection, _, _| connection.advise());
        }
        pair.run(100_000);
        assert_eq!(pair.states(), [State::Closed, State::Established]);
        pair.log.matches("sends FIN").count()
    };
    assert_eq!((tries(false), tries(true)), (9, 5));
}

/// Variation v100: nobody reads, and after sixteen segments an ACK waits for 40 ms.
#[test]
fn the_first_segments_are_acknowledged_at_once() {
    let waits = |read: bool| {
        let mut pair = Pair::established(ProfileName::Linux);
        let mut waits = Vec::new();
        for _ in 0..18 {
            pair.log.clear();
            pair.send(A, b"line");
            pair.run(8);
            if read {
                pair.receive(B);
            }
            pair.run(100);
            waits.push(pair.now_of("B sends ACK") - pair.now_of("A sends"));
        }
        waits
    };
    let unread = waits(false);
    assert!(unread[..16].iter().all(|wait| *wait == 5), "{unread:?}");
    assert!(unread[16..].iter().all(|wait| (45..=53).contains(wait)), "{unread:?}");
    // A program that reads has them sent when it does.
    let read = waits(true);
    assert!(read[16..].iter().all(|wait| *wait == 8), "{read:?}");
}

/// Variation v101: who answered within 40 ms is trusted to answer again.
#[test]
fn an_answer_carries_the_acknowledgement() {
    let mut pair = Pair::established(ProfileName::Linux);
    for text in ["question", "more"] {
        pair.log.clear();
        pair.send(A, text.as_bytes());
        pair.run(10);
        pair.receive(B);
        pair.send(B, b"answer");
        pair.run(200);
    }
    assert_eq!(pair.log.matches("B sends").count(), 1, "{}", pair.log);
    pair.log.clear();
    pair.send(A, b"last");
    pair.run(10);
    pair.receive(B);
    pair.run(200);
    assert!(pair.now_of("B sends ACK") - pair.now_of("A sends") >= 45, "{}", pair.log);
}

/// Trace m20, variation v90: a probe waits longer for one segment than for two, and there is no second probe until something
/// newer is acknowledged (m21).
#[test]
fn a_loss_probe_asks_once() {
    let mut pair = Pair::established(ProfileName::Linux);
    pair.fate = |end, _| if end == A { Fate::Lost } else { Fate::Arrives };
    pair.send(A, &[1; 1448 + 553]);
    pair.run(100);
    // Two round trips of 10 ms, and two ticks.
    let running = pair.ends[A].timers().next().expect("the timeout after the probe").1;
    assert_eq!(pair.log.matches("A sends PSH|ACK 2449+553").count(), 2, "{}", pair.log);
    assert_eq!(running.span, millis(212));
    pair.fate = |_, _| Fate::Arrives;
    pair.run(1000);
    assert_eq!(pair.ends[A].unacknowledged(), 0);
    // The second time no probe is sent: the first repetition is a timeout, and counts as one.
    let mut pair = Pair::established(ProfileName::Linux);
    for retries in [0, 1] {
        pair.log.clear();
        pair.fate = |end, _| if end == A { Fate::Lost } else { Fate::Arrives };
        pair.send(A, b"x");
        pair.run(100);
        pair.fate = |_, _| Fate::Arrives;
        pair.run(130);
        assert_eq!(pair.log.matches("A sends").count(), 2, "{}", pair.log);
        assert_eq!(pair.ends[A].retries(), retries);
        pair.run(1000);
        assert_eq!(pair.ends[A].unacknowledged(), 0);
    }
}

/// Random seed 301, scenario 16: the peer's FIN acknowledges nothing new, but is no duplicate that shows the probe needless.
#[test]
fn a_fin_leaves_a_loss_probe_as_it_is() {
    let mut pair = Pair::established(ProfileName::Linux);
    for retries in [0, 1] {
        pair.fate = |end, _| if end == A { Fate::Lost } else { Fate::Arrives };
        pair.send(A, b"x");
        pair.run(100);
        pair.fate = |_, _| Fate::Arrives;
        pair.run(130);
        assert_eq!(pair.ends[A].retries(), retries);
        pair.run(1000);
        if retries == 0 {
            pair.call(B, Call::Close);
            pair.run(1000);
        }
    }
}

/// Variations v220, v221: what was lost goes again as one segment, the FIN too.
#[test]
fn what_follows_goes_again_in_the_same_segment() {
    let mut pair = Pair::established(ProfileName::Linux);
    pair.fate = |end, _| if end == A { Fate::Lost } else { Fate::Arrives };
    pair.send(A, b"one");
    pair.run(100);
    // Nagle's algorithm keeps it, until the loss probe brings it.
    pair.send(A, b"two");
    pair.call(A, Call::Close);
    pair.run(200);
    pair.fate = |_, _| Fate::Arrives;
    pair.run(1000);
    assert_eq!(pair.log.matches("A sends FIN|PSH|ACK 1001+6").count(), 1, "{}", pair.log);
    assert_eq!(pair.ends[A].unacknowledged(), 0);
}

/// Variation v49: what was sent before the latest arrival, and is overdue by a quarter of a round trip, is lost.
#[test]
fn a_hole_is_filled_when_its_segment_is_overdue() {
    let mut pair = Pair::established(ProfileName::Linux);
    pair.fate = |end, segment| {
        if end == A && segment.seq == Seq(1001) && segment.data_len() > 0 {
            Fate::Lost
        } else {
            Fate::Arrives
        }
    };
    pair.send(A, &[1; 2 * 1448]);
    pair.run(1);
    pair.fate = |_, _| Fate::Arrives;
    pair.run(100);
    assert_eq!(pair.ends[B].unread(), 2 * 1448);
    let again = pair.log.lines().filter(|line| line.contains("A sends ACK 1001")).nth(1).expect("sent again");
    assert!(again.starts_with("12") || again.starts_with("11"), "{}", pair.log);
}

/// A in TIME-WAIT at 310 ms, whose peer's last number is 0; what it does with a SYN.
fn syn_in_time_wait(timestamps: bool, syn: Segment) -> (State, String) {
    let mut pair = Pair::new(ProfileName::Linux);
    pair.profile.timestamps = timestamps;
    pair.call(A, Call::ActiveOpen);
    pair.run(100);
    pair.call(A, Call::Close);
    pair.run(100);
    pair.call(B, Call::Close);
    pair.run(110);
    assert_eq!(pair.states(), [State::TimeWait, State::Closed]);
    pair.log.clear();
    pair.drive(A, |connection, cx, out| connection.arrive(cx, &syn, out));
    (pair.ends[A].state(), pair.log)
}

#[test]
fn a_new_syn_ends_time_wait_by_its_number_or_its_timestamp() {
    let syn = |seq, stamp: Option<u64>| {
        let timestamps = stamp.map(|ms| Timestamps { value: Instant::from_millis(ms), echo: None });
        let options = Options { timestamps, ..Options::NONE };
        Segment { seq: Seq(seq), flags: Flags::SYN, options, ..Segment::default() }
    };
    // After all that the old connection had, before it, and the very next number.
    let (after, before, next) = (1 << 20, u32::MAX - (1 << 20), 0);
    for (agreed, seq, stamp, ends) in [
        (false, after, None, true),
        (false, before, None, false),
        (false, next, None, false),
        (true, after, Some(310), true),
        (true, before, Some(310), true),
        (true, after, None, true),
        (true, before, None, false),
        // An old one that wandered.
        (true, after, Some(50), false),
    ] {
        let (state, log) = syn_in_time_wait(agreed, syn(seq, stamp));
        let expected = if ends { State::Closed } else { State::TimeWait };
        assert_eq!(state, expected, "{agreed} {seq} {stamp:?}: {log}");
        assert_eq!(log.contains("A sends ACK 1002+0 ack 0"), !ends, "{agreed} {seq} {stamp:?}: {log}");
    }
}

#[test]
fn the_same_at_another_time_is_equal_on_one_clock() {
    let at = |start: u64| {
        let mut pair = Pair::new(ProfileName::Article);
        pair.now = Instant::from_millis(start);
        pair.call(A, Call::ActiveOpen);
        pair.run(100);
        pair.send(A, b"hello");
        pair.run(7);
        pair.ends.map(|end| end.on_clock(pair.now, Instant::from_millis(1 << 40)))
    };
    assert_eq!(at(0), at(77_777));
    let (now, then) = (Instant::from_millis(5), Instant::from_millis(9));
    let [a, _] = at(0);
    assert_ne!(a.on_clock(now, then), a);
    assert_eq!(a.on_clock(now, then).on_clock(then, now), a);
}

#[test]
fn room_is_notified_when_a_third_is_free() {
    let mut pair = Pair::established(ProfileName::Linux);
    let data = Payload::from(vec![7; 300_000]);
    pair.drive(A, |connection, cx, out| assert_eq!(connection.send(cx, &data, out), Ok(1 << 18)));
    pair.drive(A, |connection, cx, out| assert_eq!(connection.send(cx, &data, out), Err(CallError::NoRoom)));
    let mut received = 0;
    while !pair.log.contains("A notice: Writable") {
        received += pair.receive(B).len();
        pair.run(5);
    }
    assert!(received >= (1 << 18) / 3, "{received}");
    let before = pair.log.matches("Writable").count();
    while received < 1 << 18 {
        pair.run(5);
        received += pair.receive(B).len();
    }
    assert_eq!((before, pair.log.matches("Writable").count()), (1, 1));
}

#[test]
fn each_timer_keeps_its_own_due_time() {
    let mut pair = Pair::established(ProfileName::Article);
    // The data is lost, and 100 ms later this host's firewall refuses the FIN.
    pair.fate = |end, segment| match (end, segment.is_fin()) {
        (A, true) => Fate::Refused,
        (A, false) => Fate::Lost,
        _ => Fate::Arrives,
    };
    pair.send(A, b"x");
    let sent = pair.now;
    pair.run(100);
    pair.call(A, Call::Close);
    let (timer, running) = pair.ends[A].timers().next().expect("data is out");
    assert_eq!(timer, Timer::Retransmit);
    // Without slots of a timer wheel a timer fires when it is due.
    assert_eq!(running.fires, running.due);
    assert_eq!(running.due.since(sent), running.span);
}
