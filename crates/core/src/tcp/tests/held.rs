//! What this host's firewall holds back, and what a shut window does.

use super::*;

fn brings_data(_: usize, segment: &Segment) -> Fate {
    if segment.data_len() > 0 { Fate::Refused } else { Fate::Arrives }
}

fn brings_anything(end: usize, segment: &Segment) -> Fate {
    if end == A && !segment.is_empty() { Fate::Refused } else { Fate::Arrives }
}

/// The probe timer of an end: when it fires, in milliseconds from now, and its count.
fn probe(pair: &Pair, end: usize) -> Option<(u128, u32)> {
    let fires = pair.ends[end].timers().deadline(Timer::Probe)?;
    Some((fires.since(pair.now).as_millis(), pair.ends[end].probes()))
}

#[test]
fn a_second_line_that_is_held_too_leaves_timer_and_count_alone() {
    let mut pair = Pair::established(ProfileName::Article);
    pair.fate = brings_data;
    pair.send(A, b"one\n");
    assert_eq!(probe(&pair, A), Some((210, 0)));
    pair.run(700);
    assert_eq!(probe(&pair, A), Some((770, 2)));
    pair.send(A, b"two\n");
    pair.call(A, Call::Close);
    assert_eq!(probe(&pair, A), Some((770, 2)));
    assert_eq!(pair.ends[A].timers().get(Timer::Retransmit), None);
}

#[test]
fn the_first_segment_that_is_refused_stops_those_after_it() {
    let mut pair = Pair::established(ProfileName::Linux);
    pair.fate = brings_anything;
    pair.send(A, &[b'x'; 4000]);
    // The first is tried when it is full, and once more when all is queued.
    pair.check(expect![[r#"
        100    A ESTABLISHED --appl: send data--> ESTABLISHED
        100    A sends ACK 1001+1448 ack 4294967295
               refused
        100    A sends ACK 1001+1448 ack 4294967295
               refused
    "#]]);
    assert_eq!(probe(&pair, A).map(|(_, count)| count), Some(0));
    // What the timer tries is one segment, pushed; the others follow its acknowledgement.
    pair.fate = |_, _| Fate::Arrives;
    pair.log.clear();
    pair.run(240);
    pair.check(expect![[r#"
        316    A sends PSH|ACK 1001+1448 ack 4294967295
        321    B ESTABLISHED --recv: data--> ESTABLISHED
        321    B notice: Readable
        321    B sends ACK 4294967295+0 ack 2449
        326    A ESTABLISHED --recv: ACK--> ESTABLISHED
        326    A sends ACK 2449+1448 ack 4294967295
        326    A sends PSH|ACK 3897+1104 ack 4294967295
        331    B ESTABLISHED --recv: data--> ESTABLISHED
        331    B notice: Readable
        331    B sends ACK 4294967295+0 ack 3897
        331    B ESTABLISHED --recv: data--> ESTABLISHED
        331    B notice: Readable
        331    B sends ACK 4294967295+0 ack 5001
        336    A ESTABLISHED --recv: ACK--> ESTABLISHED
        336    A ESTABLISHED --recv: ACK--> ESTABLISHED
    "#]]);
    assert_eq!(pair.receive(B).len(), 4000);
    assert_eq!(probe(&pair, A), None);
}

#[test]
fn what_is_held_goes_out_with_the_next_segment_that_arrives() {
    let mut pair = Pair::established(ProfileName::Article);
    pair.fate = |end, segment| if end == A && segment.is_fin() { Fate::Refused } else { Fate::Arrives };
    pair.call(A, Call::Close);
    pair.fate = |_, _| Fate::Arrives;
    pair.send(B, b"hello\n");
    pair.run(5);
    // One segment closes and acknowledges.
    pair.check(expect![[r#"
        100    A ESTABLISHED --appl: close--> FIN-WAIT-1
        100    A sends FIN|ACK 1001+0 ack 4294967295
               refused
        100    B ESTABLISHED --appl: send data--> ESTABLISHED
        100    B sends PSH|ACK 4294967295+6 ack 1001
        105    A FIN-WAIT-1 --recv: data--> FIN-WAIT-1
        105    A notice: Readable
        105    A sends FIN|ACK 1001+0 ack 5
    "#]]);
}

#[test]
fn a_fin_is_answered_by_what_is_held_and_so_by_nothing() {
    let mut pair = Pair::established(ProfileName::Article);
    pair.fate = brings_data;
    pair.send(A, b"one\n");
    pair.run(50);
    pair.log.clear();
    pair.call(B, Call::Close);
    pair.run(300);
    assert_eq!(pair.states(), [State::CloseWait, State::FinWait1]);
    pair.check(expect![[r#"
        150    B ESTABLISHED --appl: close--> FIN-WAIT-1
        150    B sends FIN|ACK 4294967295+0 ack 1001
        155    A ESTABLISHED --recv: FIN--> CLOSE-WAIT
        155    A notice: PeerClosed
        155    A sends PSH|ACK 1001+4 ack 0
               refused
        360    B FIN-WAIT-1 --timeout: retry--> FIN-WAIT-1
        360    B sends FIN|ACK 4294967295+0 ack 1001
        365    A CLOSE-WAIT --recv: FIN again--> CLOSE-WAIT
        365    A sends PSH|ACK 1001+4 ack 0
               refused
    "#]]);
    // The peer repeats its FIN, and learns that it arrived as soon as something leaves.
    pair.fate = |_, _| Fate::Arrives;
    pair.run(1000);
    assert_eq!(pair.states(), [State::CloseWait, State::FinWait2]);
}

/// A sends more than B's buffer takes, and B does not read.
fn shut(name: ProfileName) -> Pair {
    let mut pair = Pair::established(name);
    pair.send(A, &[b'x'; 100_000]);
    pair.run(2_000);
    assert_eq!(pair.ends[B].window(), 0);
    pair
}

#[test]
fn a_shut_window_whose_probes_are_answered_never_ends_a_connection() {
    for name in [ProfileName::Article, ProfileName::Linux] {
        let mut pair = shut(name);
        for _ in 0..100 {
            pair.run(100_000);
            assert_eq!(pair.states(), [State::Established; 2]);
        }
        // The count is 0 at each answer, and the interval has grown to its maximum.
        assert_eq!(pair.ends[A].probes(), 0);
        assert_eq!(pair.ends[A].timers().get(Timer::Probe).map(|timer| timer.span), Some(millis(120_000)));
        assert_eq!(pair.receive(B).len(), 64_240);
        pair.run(1_000);
        assert_eq!(pair.receive(B).len(), 100_000 - 64_240);
    }
}

/// RFC 9293 §3.8.6.2.2: a window that was shut opens by a segment, or by a sixteenth of the buffer, and not by less.
#[test]
fn a_shut_window_opens_when_there_is_room_worth_a_segment() {
    for name in [ProfileName::Article, ProfileName::Linux] {
        let mut pair = shut(name);
        pair.fate = |_, _| Fate::Lost;
        for (read, window) in [(1000, 0), (3000, 0), (100, 4100), (1000, 4100), (8000, 13_100)] {
            pair.log.clear();
            let before = pair.ends[B].window();
            pair.drive(B, |connection, cx, out| assert_eq!(connection.receive(cx, read, out).len(), read));
            let offered = pair.ends[B].tcb().rcv.nxt.distance_from(Seq(1001)) + pair.ends[B].receive_window();
            assert_eq!(offered - 64_240, window, "{name:?}: after {read} more are read");
            // What it says, it says at once: when the window has at least doubled.
            assert_eq!(pair.log.contains("B sends ACK"), window > before, "{name:?}: {read}: {}", pair.log);
        }
    }
}

/// A FIN takes a number, and so it takes room (RFC 9293 §3.4): none is left after data that fills the window.
#[test]
fn a_fin_waits_at_a_window_that_is_just_filled() {
    let mut pair = Pair::established(ProfileName::Article);
    pair.send(A, &[b'x'; 64_240]);
    pair.run(2_000);
    assert_eq!((pair.ends[B].unread(), pair.ends[A].unacknowledged()), (64_240, 0));
    pair.call(A, Call::Close);
    pair.run(100);
    assert!(!pair.log.contains("sends FIN"), "{}", pair.log);
    assert_eq!(pair.states(), [State::FinWait1, State::Established]);
    pair.receive(B);
    pair.run(100);
    assert_eq!(pair.states(), [State::FinWait2, State::CloseWait]);
}

#[test]
fn an_answer_within_half_a_second_of_the_last_is_left_out() {
    let mut pair = Pair::established(ProfileName::Linux);
    pair.send(A, &[b'x'; 100_000]);
    pair.run(100);
    // What does not fit whole into the window waits for the timer.
    assert_eq!(pair.ends[A].tcb().snd.nxt.distance_from(Seq(1001)), 44 * 1448);
    pair.log.clear();
    pair.run(820);
    let counts: Vec<_> = (0..2).map(|_| (pair.run(550), pair.ends[A].probes()).1).collect();
    pair.check(expect![[r#"
        380    A sends PSH|ACK 64713+528 ack 4294967295
        385    B ESTABLISHED --recv: data--> ESTABLISHED
        385    B notice: Readable
        385    B sends ACK 4294967295+0 ack 65241
        390    A ESTABLISHED --recv: ACK--> ESTABLISHED
        608    A sends ACK 65240+0 ack 4294967295
        613    B discards: OutOfWindow
        613    B sends ACK 4294967295+0 ack 65241
        1056   A sends ACK 65240+0 ack 4294967295
        1061   B discards: OutOfWindow
        1952   A sends ACK 65240+0 ack 4294967295
        1957   B discards: OutOfWindow
        1957   B sends ACK 4294967295+0 ack 65241
    "#]]);
    assert_eq!(counts, [1, 0]);
}

#[test]
fn a_shut_window_holds_an_orphan_too_but_linux_ends_it_at_the_longest_interval() {
    for (name, after) in [(ProfileName::Article, State::FinWait1), (ProfileName::Linux, State::Closed)] {
        let mut pair = shut(name);
        pair.call(A, Call::Close);
        pair.call(A, Call::Release);
        pair.run(100_000);
        assert_eq!(pair.states(), [State::FinWait1, State::Established]);
        for _ in 0..10 {
            pair.run(100_000);
        }
        assert_eq!(pair.states(), [after, State::Established]);
    }
}

#[test]
fn the_first_answer_counts_also_if_it_is_held() {
    let mut pair = Pair::new(ProfileName::Linux);
    pair.fate = |end, segment| match (end, segment.is_syn()) {
        (B, true) => Fate::Refused,
        _ => Fate::Arrives,
    };
    pair.call(A, Call::ActiveOpen);
    pair.run(100);
    assert_eq!((pair.states()[B], pair.ends[B].answers()), (State::SynReceived, 1));
    pair.fate = |end, segment| if end == B && segment.is_syn() { Fate::Lost } else { Fate::Arrives };
    pair.run(1000);
    assert!(pair.ends[B].answers() > 1, "the next is made again");
}

#[test]
fn a_repetition_that_is_refused_is_tried_at_each_arrival_and_its_timer_runs_on() {
    let mut pair = Pair::established(ProfileName::Linux);
    pair.fate = |end, segment| if end == A && segment.data_len() > 0 { Fate::Lost } else { Fate::Arrives };
    pair.send(A, b"one\n");
    pair.run(300);
    pair.fate = |end, segment| if end == A && segment.data_len() > 0 { Fate::Refused } else { Fate::Arrives };
    pair.run(300);
    pair.log.clear();
    let due = pair.ends[A].timers().deadline(Timer::Retransmit);
    for _ in 0..2 {
        pair.send(B, b"two\n");
        pair.run(50);
    }
    pair.check(expect![[r#"
        700    B ESTABLISHED --appl: send data--> ESTABLISHED
        700    B sends PSH|ACK 4294967295+4 ack 1001
        705    A sends PSH|ACK 1001+4 ack 4294967295
               refused
        705    A ESTABLISHED --recv: data--> ESTABLISHED
        705    A notice: Readable
        705    A sends ACK 1005+0 ack 3
        710    B ESTABLISHED --recv: ACK--> ESTABLISHED
        750    B ESTABLISHED --appl: send data--> ESTABLISHED
        750    B sends PSH|ACK 3+4 ack 1001
        755    A ESTABLISHED --recv: data--> ESTABLISHED
        755    A notice: Readable
        755    A sends ACK 1005+0 ack 7
        760    B ESTABLISHED --recv: ACK--> ESTABLISHED
    "#]]);
    assert_eq!(pair.ends[A].timers().deadline(Timer::Retransmit), due);
    // It takes no room: the FIN may leave before it.
    pair.call(A, Call::Close);
    assert_eq!(pair.states(), [State::FinWait1, State::Established]);
    pair.fate = |_, _| Fate::Arrives;
    pair.send(B, b"three\n");
    pair.run(50);
    assert_eq!(pair.receive(B).len(), 4);
    assert!(pair.ends[A].timers().deadline(Timer::Retransmit) != due);
}

#[test]
fn of_several_to_be_sent_again_the_first_that_is_refused_stops_the_others() {
    let mut pair = Pair::established(ProfileName::Linux);
    pair.fate = |end, segment| if end == A && segment.data_len() > 0 { Fate::Lost } else { Fate::Arrives };
    pair.send(A, &[b'x'; 4000]);
    pair.run(230);
    pair.log.clear();
    // The oldest arrives, and its acknowledgement makes room for two.
    pair.fate = |end, segment| match segment.seq {
        Seq(1001) => Fate::Arrives,
        _ if end == A && segment.data_len() > 0 => Fate::Refused,
        _ => Fate::Arrives,
    };
    pair.run(400);
    pair.check(expect![[r#"
        348    A ESTABLISHED --timeout: retry--> ESTABLISHED
        348    A sends ACK 1001+1448 ack 4294967295
        353    B ESTABLISHED --recv: data--> ESTABLISHED
        353    B notice: Readable
        353    B sends ACK 4294967295+0 ack 2449
        358    A sends ACK 2449+1448 ack 4294967295
               refused
        358    A ESTABLISHED --recv: ACK--> ESTABLISHED
        572    A ESTABLISHED --timeout: retry--> ESTABLISHED
        572    A sends ACK 2449+1448 ack 4294967295
               refused
    "#]]);
    pair.fate = |_, _| Fate::Arrives;
    pair.run(1000);
    assert_eq!(pair.receive(B).len(), 4000);
}
