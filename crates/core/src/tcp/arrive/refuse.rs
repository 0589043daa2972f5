//! What answers a segment that has no place in a connection, and how often.

use super::Check::{self, End, Pass};
use crate::tcp::connection::{Connection, Context};
use crate::tcp::{Counter, Discard, Effect, Notice, Segment, State, Trigger};

impl Connection {
    /// `segment` has no effect, and an ACK says what is expected: a *challenge* to a peer that may have forgotten the
    /// connection, and then answers with a reset (RFC 5961).
    pub(super) fn challenge(
        &mut self,
        cx: Context<'_>,
        segment: &Segment,
        why: Discard,
        out: &mut Vec<Effect>,
    ) {
        out.push(Effect::Discarded(why));
        if self.deserves_answer(cx, segment) {
            out.push(Effect::Count(Counter::ChallengeAck, 1));
            self.send_ack(cx, out);
        }
    }

    /// Whether a segment that has no place here is answered. Two ends that each think the other wrong would answer one
    /// another without end, so only one in each `tcp_invalid_ratelimit` is, unless it brings data or a FIN.
    pub(super) fn deserves_answer(&mut self, cx: Context<'_>, segment: &Segment) -> bool {
        if !segment.is_empty() && !segment.is_syn() {
            return true;
        }
        let soon = self.answered.is_some_and(|at| cx.now.since(at) < cx.profile.invalid_ratelimit);
        if !soon {
            self.answered = Some(cx.now);
        }
        !soon
    }

    /// A half-open entry looks first whether the SYN comes again, and at an ACK before the sequence number: one of another
    /// connection is answered by a reset (as Linux does; RFC 9293 §3.10.7.4 looks at the number first).
    pub(super) fn check_half_open(
        &mut self,
        cx: Context<'_>,
        segment: &Segment,
        out: &mut Vec<Effect>,
    ) -> Check {
        if self.state() != State::SynReceived || !self.is_passive() {
            return Pass;
        }
        let is_first = segment.is_syn() && segment.seq == self.tcb.rcv.irs;
        if is_first && !segment.is_ack() && !segment.is_rst() {
            if self.deserves_answer(cx, segment) {
                // Its timer is set when it is known that the answer has left.
                self.walk(Trigger::SynAgain, out);
                self.resend.answered_again = true;
                self.send_syn(cx, out);
            } else {
                out.push(Effect::Discarded(Discard::Duplicate));
            }
            return End;
        }
        if segment.is_ack() && segment.ack != self.tcb.snd.nxt {
            self.reset(segment, Discard::BadAck, out);
            return End;
        }
        Pass
    }

    /// Whether it is a reset with the number of the FIN that came before it.
    pub(super) fn resets_at_fin(&self, cx: Context<'_>, segment: &Segment) -> bool {
        let after_fin = matches!(self.state(), State::CloseWait | State::Closing | State::LastAck);
        cx.profile.reset_at_fin && after_fin && segment.is_rst() && segment.seq + 1 == self.tcb.rcv.nxt
    }

    /// A reset must have exactly the number that we expect (RFC 5961 §3.2); for a half-open entry, and for one of an orphan in
    /// FIN-WAIT-2, one in the window (variation v348).
    pub(super) fn check_reset(&mut self, cx: Context<'_>, segment: &Segment, out: &mut Vec<Effect>) -> Check {
        if !segment.is_rst() {
            return Pass;
        }
        let half_open = self.state() == State::SynReceived && self.is_passive();
        let entry = half_open || self.is_entry();
        if segment.seq != self.tcb.rcv.nxt && !entry && !self.resets_at_fin(cx, segment) {
            // In the window and yet not the number: a true peer answers the challenge with the right one.
            self.challenge(cx, segment, Discard::BadReset, out);
            return End;
        }
        // In a simultaneous open it refuses our own call; a half-open child just goes back to its listener.
        let opening = self.state() == State::SynReceived && !self.is_passive();
        self.walk(if opening { Trigger::RstOfOpen } else { Trigger::Rst }, out);
        out.push(Effect::Notify(Notice::Reset));
        End
    }

    /// A SYN has no place here any more (RFC 5961 §4.2).
    pub(super) fn check_syn(&mut self, cx: Context<'_>, segment: &Segment, out: &mut Vec<Effect>) -> Check {
        // In SYN-RECEIVED it is the SYN|ACK of a simultaneous open, whose ACK the next check takes.
        if !segment.is_syn() || self.state() == State::SynReceived {
            return Pass;
        }
        out.push(Effect::Count(Counter::SynChallenge, 1));
        self.challenge(cx, segment, Discard::SynInside, out);
        End
    }
}
