//! What only an entry does with a segment: TIME-WAIT, and FIN-WAIT-2 without a process.

use super::Check::{self, End, Pass};
use crate::tcp::connection::{Connection, Context};
use crate::tcp::{Discard, Effect, Flags, Segment, State};
use std::cmp::Ordering;

impl Connection {
    /// In TIME-WAIT: `segment` is the SYN of a new connection between the same ends, and this one may make room for it.
    ///
    /// Its timestamp is later than the last of the old connection, or its number is after all that the old one had
    /// (RFC 9293 §3.10.7.4, MAY-2; RFC 6191 §2). An initial number is a clock that goes round in 275 s: without
    /// timestamps a SYN that comes 137 s after the first is refused (variation v87), with them it is taken (v88).
    pub fn gives_way_to(&self, segment: &Segment) -> bool {
        self.state() == State::TimeWait
            && segment.flags.and(Flags::SYN | Flags::ACK | Flags::RST) == Flags::SYN
            && match self.age(segment) {
                Ordering::Less => false,
                Ordering::Equal => segment.seq.after(self.tcb.rcv.nxt),
                Ordering::Greater => true,
            }
    }

    /// In TIME-WAIT: a SYN for which this one would make room finds nobody who listens. It is acknowledged like any
    /// segment that has no place here, and its sender answers with a reset (variation v89).
    pub fn keep_waiting(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        out.push(Effect::Discarded(Discard::NotExpected));
        self.send_ack(cx, out);
    }

    /// `segment` has no place at an entry, which has forgotten all but the numbers and the timestamp that it expects: it
    /// names nothing that came twice, and counts nothing (variation v345). In TIME-WAIT, 2MSL begin again with whatever
    /// the peer repeats, not only with its FIN (variation v346).
    pub(super) fn answer_from_entry(&mut self, cx: Context<'_>, segment: &Segment, out: &mut Vec<Effect>) {
        out.push(Effect::Discarded(Discard::OutOfWindow));
        if segment.is_rst() && self.state() == State::TimeWait {
            return;
        }
        if self.deserves_answer(cx, segment) {
            self.send_ack(cx, out);
        }
        if self.state() == State::TimeWait && segment.is_ack() {
            self.start_time_wait(cx, out);
        }
    }

    /// `segment` is in the window of an entry. In FIN-WAIT-2 only data, a FIN or a reset say anything. In TIME-WAIT nothing
    /// does: with a bare ACK 2MSL begin again, and a reset must have the number that is expected.
    pub(super) fn check_entry(&mut self, cx: Context<'_>, segment: &Segment, out: &mut Vec<Effect>) -> Check {
        if !self.is_entry() || segment.is_syn() {
            return Pass;
        }
        let exact = segment.seq == self.tcb.rcv.nxt;
        match (self.state(), segment.is_rst()) {
            (State::TimeWait, true) if !exact => out.push(Effect::Discarded(Discard::BadReset)),
            (_, true) => return Pass,
            (State::TimeWait, false) if exact && segment.is_empty() => self.start_time_wait(cx, out),
            (State::TimeWait, false) => self.answer_from_entry(cx, segment, out),
            (_, false) if segment.is_empty() => {}
            (_, false) => return Pass,
        }
        End
    }

    /// In TIME-WAIT: a SYN with a timestamp before the last of this connection.
    pub(super) fn is_wandering_syn(&self, segment: &Segment) -> bool {
        let is_syn = segment.is_syn() && !segment.is_rst();
        self.state() == State::TimeWait && is_syn && self.age(segment) == Ordering::Less
    }

    /// Whether the timestamp of `segment` is before TS.Recent or after it; equal if either has none.
    fn age(&self, segment: &Segment) -> Ordering {
        match (segment.stamp(), self.recent) {
            (Some(stamp), Some(recent)) => stamp.cmp(&recent),
            _ => Ordering::Equal,
        }
    }
}
