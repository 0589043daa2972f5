//! SEGMENT ARRIVES (RFC 9293 §3.10.7), check by check: what a forged segment does to an end. Numbers count from those that the
//! end expects, and B's begin just before 2³².

use super::*;
use crate::tcp::{Discard, Sack};

/// A segment to `to`, with its number counted from RCV.NXT and its acknowledgement from SND.NXT.
fn forged(to: &Connection, flags: Flags, seq: i32, ack: i32, octets: &[u8]) -> Segment {
    let tcb = to.tcb();
    let [seq, ack] =
        [(tcb.rcv.nxt, seq), (tcb.snd.nxt, ack)].map(|(from, by)| Seq(from.0.wrapping_add_signed(by)));
    Segment { seq, ack, flags, window: 64_240, payload: Payload::from(octets), ..Segment::default() }
}

impl Pair {
    /// Lets a segment arrive at an end. Returns the flags of what it sends, and why it discards the segment, if it does.
    fn meets(&mut self, end: usize, segment: &Segment) -> (String, Option<Discard>) {
        let (mut sent, mut why) = (Vec::new(), None);
        self.drive(end, |connection, cx, out| {
            connection.arrive(cx, segment, out);
            for effect in out.iter() {
                match effect {
                    Effect::Send { segment, .. } => sent.push(segment.flags.join("|")),
                    Effect::Discarded(discard) => why = Some(*discard),
                    _ => {}
                }
            }
        });
        (sent.join(" "), why)
    }
}

/// The article's hosts, whose acknowledgements neither wait nor are rationed.
fn established() -> Pair {
    Pair::established(ProfileName::Article)
}

/// First check: some octet of the segment must lie in the window, the first or the last.
#[test]
fn what_is_new_of_a_segment_is_taken_if_it_lies_in_the_window() {
    let window = 64_240;
    for (seq, octets, takes, early) in [
        (0, &b"hello"[..], &b"hello"[..], 0),
        (-3, b"hello", b"lo", 0),
        (-5, b"hello", b"", 0),
        (-6, b"hello", b"", 0),
        (window - 1, b"hello", b"", 5),
        (window, b"hello", b"", 0),
    ] {
        let mut pair = established();
        let segment = forged(&pair.ends[A], Flags::ACK, seq, 0, octets);
        let (sent, why) = pair.meets(A, &segment);
        assert_eq!(sent, "ACK", "{seq}: it says what it expects");
        assert_eq!(why.is_some(), takes.is_empty() && early == 0, "{seq}: {why:?}");
        assert_eq!(pair.ends[A].tcb().early_octets(), early, "{seq}");
        assert_eq!(&*pair.receive(A), takes, "{seq}");
    }
}

/// What came too early may overlap what comes after it.
#[test]
fn segments_that_overlap_leave_the_stream_as_it_was_sent() {
    let stream = b"abcdefghij";
    for order in [[(4, 10), (2, 6), (0, 3)], [(2, 6), (4, 10), (0, 3)], [(6, 10), (0, 7), (3, 8)]] {
        let mut pair = established();
        let end = pair.ends[A].clone();
        for (from, to) in order {
            let seq = i32::try_from(from).expect("small");
            let segment = forged(&end, Flags::ACK, seq, 0, &stream[from..to]);
            pair.meets(A, &segment);
        }
        assert_eq!(&*pair.receive(A), stream, "{order:?}");
        assert_eq!(pair.ends[A].tcb().blocks(), [] as [Sack; 0], "{order:?}");
    }
}

/// First check: "if the RCV.WND is zero, … special allowance should be made to accept valid ACKs".
#[test]
fn a_shut_window_refuses_the_data_and_takes_the_acknowledgement() {
    let mut pair = established();
    pair.send(A, &[b'x'; 100_000]);
    pair.run(2_000);
    assert_eq!(pair.ends[B].window(), 0);
    pair.send(B, b"hello");
    let probe = forged(&pair.ends[B], Flags::ACK, 0, 0, b"x");
    assert_eq!(pair.meets(B, &probe), ("ACK".to_owned(), Some(Discard::OutOfWindow)));
    assert_eq!((pair.ends[B].unread(), pair.ends[B].unacknowledged()), (64_240, 0));
}

/// RFC 7323 §4.3: TS.Recent is the timestamp of the last segment that left no gap.
#[test]
fn the_timestamp_that_is_echoed_is_of_the_last_segment_in_order() {
    let mut pair = established();
    let end = pair.ends[A].clone();
    let at = |ms| Some(Timestamps { value: Instant::from_millis(ms), echo: None });
    let stamped = |seq, ms| Segment {
        options: Options { timestamps: at(ms), ..Options::NONE },
        ..forged(&end, Flags::ACK, seq, 0, b"x")
    };
    for (seq, ms, echo) in [(0, 200, 200), (2, 300, 200), (1, 250, 250), (3, 400, 400), (-1, 90, 400)] {
        pair.meets(A, &stamped(seq, ms));
        let cx = Context { now: pair.now, profile: &pair.profile };
        let echoed = pair.ends[A].options(cx).timestamps.and_then(|timestamps| timestamps.echo);
        assert_eq!(echoed, Some(Instant::from_millis(echo)), "{seq} at {ms}");
    }
}

/// Second check, RFC 5961 §3.2: the very number that is expected, or a challenge.
#[test]
fn a_reset_must_have_the_number_that_is_expected() {
    for (seq, sends, why, ends) in [
        (0, "", None, true),
        (1, "ACK", Some(Discard::BadReset), false),
        (-1, "", Some(Discard::OutOfWindow), false),
        (64_240, "", Some(Discard::OutOfWindow), false),
    ] {
        let mut pair = established();
        let reset = forged(&pair.ends[A], Flags::RST, seq, 0, b"");
        assert_eq!(pair.meets(A, &reset), (sends.to_owned(), why), "{seq}");
        assert_eq!(pair.ends[A].state() == State::Closed, ends, "{seq}");
    }
}

/// Fifth check, ESTABLISHED.
#[test]
fn an_acknowledgement_of_what_was_never_sent_is_answered_and_not_taken() {
    for (ack, why, una) in [(0, None, 5), (-5, None, 0), (-2, None, 3), (1, Some(Discard::BadAck), 0)] {
        let mut pair = established();
        pair.send(A, b"hello");
        let before = pair.ends[A].tcb().snd.una;
        let segment = forged(&pair.ends[A], Flags::ACK, 0, ack, b"answer");
        assert_eq!(pair.meets(A, &segment), ("ACK".to_owned(), why), "{ack}");
        assert_eq!(pair.ends[A].tcb().snd.una, before + una, "{ack}");
        assert_eq!(pair.receive(A).is_empty(), why.is_some(), "{ack}: with it goes its data");
    }
}

/// Fifth check: SND.WL1 and SND.WL2 keep an old segment from changing the window.
#[test]
fn an_older_segment_does_not_change_the_window() {
    for (seq, ack, window) in
        [(3, 0, 9000), (2, 1, 9000), (2, 0, 9000), (2, -1, 500), (1, 0, 500), (0, 1, 500)]
    {
        let mut pair = established();
        pair.send(A, b"ab");
        let end = pair.ends[A].clone();
        let newest = Segment { window: 500, ..forged(&end, Flags::ACK, 2, -1, b"x") };
        pair.meets(A, &newest);
        assert_eq!(pair.ends[A].tcb().snd.wnd, 500);
        let other = Segment { window: 9000, ..forged(&end, Flags::ACK, seq, ack - 1, b"x") };
        pair.meets(A, &other);
        assert_eq!(pair.ends[A].tcb().snd.wnd, window, "{seq} {ack}");
    }
}

/// Fifth check, SYN-RECEIVED after a simultaneous open: SND.UNA < SEG.ACK =< SND.NXT.
#[test]
fn only_an_acknowledgement_of_the_syn_completes_a_simultaneous_open() {
    for (ack, sends, state) in
        [(0, "", State::Established), (-1, "RST", State::SynReceived), (1, "RST", State::SynReceived)]
    {
        let mut pair = Pair::new(ProfileName::Article);
        pair.call(A, Call::ActiveOpen);
        let syn = Segment { seq: Seq(7), flags: Flags::SYN, ..Segment::default() };
        assert_eq!(pair.meets(A, &syn), ("SYN|ACK".to_owned(), None));
        let segment = forged(&pair.ends[A], Flags::ACK, 0, ack, b"");
        let (sent, _) = pair.meets(A, &segment);
        assert_eq!((sent.as_str(), pair.ends[A].state()), (sends, state), "{ack}");
    }
}

/// §3.10.7.3: in SYN-SENT an acknowledgement of anything but the SYN is answered by a reset, and a reset counts only with one.
#[test]
fn an_open_listens_only_to_what_acknowledges_its_syn() {
    let synack = Flags::SYN | Flags::ACK;
    let refusal = Flags::RST | Flags::ACK;
    for (flags, ack, sends, state) in [
        (synack, 0, "ACK", State::Established),
        (synack, 1, "RST", State::SynSent),
        (synack, -1, "RST", State::SynSent),
        (refusal, 0, "", State::Closed),
        (refusal, 1, "", State::SynSent),
        (Flags::RST, 0, "", State::SynSent),
        (Flags::ACK, 0, "", State::SynSent),
    ] {
        let mut pair = Pair::new(ProfileName::Article);
        pair.call(A, Call::ActiveOpen);
        let segment = forged(&pair.ends[A], flags, 7, ack, b"");
        let (sent, _) = pair.meets(A, &segment);
        assert_eq!((sent.as_str(), pair.ends[A].state()), (sends, state), "{} {ack}", flags.join("|"));
    }
}

/// Seventh: "this should not occur, since a FIN has been received from the remote side".
#[test]
fn data_after_the_peer_s_fin_is_ignored() {
    let mut pair = established();
    pair.call(B, Call::Close);
    pair.run(5);
    assert_eq!(pair.ends[A].state(), State::CloseWait);
    let nxt = pair.ends[A].tcb().rcv.nxt;
    let segment = forged(&pair.ends[A], Flags::ACK, 0, 0, b"late");
    pair.meets(A, &segment);
    assert_eq!((pair.ends[A].unread(), pair.ends[A].tcb().rcv.nxt), (0, nxt));
}
