//! What an entry does that Linux keeps in place of a socket, as hping3 found on Linux 6.18.

use super::*;

/// A in TIME-WAIT or, as an orphan, in FIN-WAIT-2.
fn entry(state: State) -> Pair {
    let mut pair = Pair::established(ProfileName::Linux);
    pair.call(A, Call::Close);
    pair.call(A, Call::Release);
    pair.run(100);
    if state == State::TimeWait {
        pair.call(B, Call::Close);
        pair.run(1100);
    }
    assert_eq!(pair.ends[A].state(), state);
    assert!(pair.ends[A].is_entry());
    pair.log.clear();
    pair
}

/// What A does with `octets` and `flags` that begin `beyond` the number that it expects: its state, what it sends, and
/// whether its time begins again.
fn met(state: State, flags: Flags, beyond: i32, octets: &[u8]) -> (State, String, bool) {
    let mut pair = entry(state);
    let due = |pair: &Pair| pair.ends[A].timers().deadline(Timer::TimeWait);
    let before = due(&pair);
    let tcb = pair.ends[A].tcb();
    let seq = Seq(tcb.rcv.nxt.0.wrapping_add_signed(beyond));
    // It acknowledges what was never sent: nobody looks.
    let ack = tcb.snd.nxt + 5000;
    let segment = Segment { seq, ack, flags, payload: Payload::from(octets), ..Segment::default() };
    pair.drive(A, |connection, cx, out| connection.arrive(cx, &segment, out));
    let sent = pair.log.lines().filter_map(|line| line.split("sends ").nth(1)?.split(' ').next());
    let after = due(&pair);
    (pair.ends[A].state(), sent.collect(), after.is_some() && after != before)
}

#[test]
fn an_entry_answers_by_the_number_alone() {
    let (ack, rst, none) = (Flags::ACK, Flags::RST, &b""[..]);
    for (state, flags, beyond, octets, expected, sends, again) in [
        (State::TimeWait, ack, 0, none, State::TimeWait, "", true),
        (State::TimeWait, ack, -1, none, State::TimeWait, "ACK", true),
        (State::TimeWait, ack, 50, none, State::TimeWait, "ACK", true),
        (State::TimeWait, ack, -6, b"hello", State::TimeWait, "ACK", true),
        (State::TimeWait, Flags::FIN, 50, none, State::TimeWait, "ACK", false),
        (State::TimeWait, rst, 100, none, State::TimeWait, "", false),
        (State::TimeWait, rst, -100, none, State::TimeWait, "", false),
        (State::TimeWait, rst, 0, none, State::Closed, "", false),
        (State::FinWait2, ack, 0, none, State::FinWait2, "", false),
        (State::FinWait2, ack, -5, none, State::FinWait2, "ACK", false),
        (State::FinWait2, ack, -5, b"hello", State::FinWait2, "ACK", false),
        (State::FinWait2, rst, -100, none, State::FinWait2, "ACK", false),
        (State::FinWait2, rst, 100, none, State::Closed, "", false),
    ] {
        let seen = met(state, flags, beyond, octets);
        assert_eq!(seen, (expected, sends.to_owned(), again), "{state}: {} {beyond}", flags.join("|"));
    }
}
