//! Seventh and eighth: the data, in order or with a hole before it, and the FIN.

use crate::tcp::connection::{Connection, Context};
use crate::tcp::{Discard, Effect, Notice, Running, Sack, Segment, State, Timer, Trigger, find};
use std::time::Duration;

impl Connection {
    /// Seventh and eighth: the data, then the FIN.
    pub(super) fn take_data_and_fin(&mut self, cx: Context<'_>, segment: &Segment, out: &mut Vec<Effect>) {
        // A bare ACK has been taken in wholly.
        if segment.payload.is_empty() && !segment.is_fin() {
            return;
        }
        // "This should not occur since a FIN has been received from the remote side": in the other states it is ignored.
        let open = matches!(self.state(), State::Established | State::FinWait1 | State::FinWait2);
        if !open {
            return;
        }
        // Nobody can read it: a reset says so to the sender (RFC 9293 §3.6.1).
        if self.is_for_nobody(segment) && self.walk(Trigger::DataForNobody, out) {
            self.reset_reply(segment, out);
            return;
        }
        let unread = self.unread();
        let moved = self.tcb.keep(segment.seq, &segment.payload, segment.is_fin());
        if !moved {
            // Old, or early: the ACK names what is still missing.
            let twice = self.repeated(segment);
            if twice.is_some() {
                out.push(Effect::Discarded(Discard::Duplicate));
            }
            self.answer_repetition(cx, twice, out);
            return;
        }
        if self.unread() > unread {
            self.loop_through(Trigger::Data, out);
            out.push(Effect::Notify(Notice::Readable));
        }
        // The FIN counts when everything before it has come, with this segment or with one that waited.
        if self.tcb.peer_fin {
            self.walk(Trigger::Fin, out);
            self.end_of_peer(cx, out);
        } else {
            self.send_ack(cx, out);
        }
    }

    /// The peer has something beyond a hole: what is missing is sent again as soon as its answer is overdue by a quarter
    /// of a round trip, for it may just be late (RACK, RFC 8985 §6).
    pub(super) fn fill_hole(&mut self, cx: Context<'_>, segment: &Segment, out: &mut Vec<Effect>) {
        // Once for each SND.UNA, only on a report of something beyond it, and not after a timeout, which has its own way
        // of filling holes.
        let Some(first) = self.resend.out.front() else { return };
        let una = self.tcb.snd.una;
        if !(cx.profile.loss_probe
            && segment.shows_hole()
            && self.resend.doublings == 0
            && self.resend.filled != Some(una))
        {
            return;
        }
        self.resend.filled = Some(una);
        let patience = self.rtt.smoothed() * 5 / 4;
        match patience.saturating_sub(cx.now.since(first.at)) {
            // It is overdue.
            Duration::ZERO => self.repeat_oldest(cx, out),
            // It may still come: the timer waits for the rest, and then fills the hole instead of counting a timeout.
            rest => {
                self.resend.hole = true;
                self.start(cx, Timer::Retransmit, rest, out);
            }
        }
    }

    /// The oldest once more, and its timer starts again.
    pub(in crate::tcp) fn repeat_oldest(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        if let Some(segment) = self.oldest_segment(cx) {
            self.resend.timed = None;
            out.push(Effect::Send { segment, again: 1 });
            self.start(cx, Timer::Retransmit, self.rtt.timeout(cx.profile), out);
        }
    }

    /// An ACK for what came twice or too early. What waits to be sent carries it.
    pub(super) fn answer_repetition(&mut self, cx: Context<'_>, twice: Option<Sack>, out: &mut Vec<Effect>) {
        let first = out.len();
        self.output(cx, out);
        match out.get_mut(first) {
            Some(Effect::Send { segment, .. }) => {
                let block = twice.filter(|_| self.tcb.offer.sack_permitted);
                block.into_iter().for_each(|block| segment.options.sacks.push(block));
            }
            _ => self.send_ack_with_sacks(cx, twice, out),
        }
    }

    /// It brings new data, and no process is there any more to read it.
    pub(super) fn is_for_nobody(&self, segment: &Segment) -> bool {
        let brings_data = (segment.seq + segment.data_len()).after(self.tcb.rcv.nxt);
        self.released && brings_data && find(self.state(), Trigger::DataForNobody).is_some()
    }

    /// The peer's FIN was taken: acknowledge it, notify the user. A user who closes at once spares the ACK: our FIN
    /// carries it.
    pub(super) fn end_of_peer(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        if self.state() == State::CloseWait {
            let (at, span) = (cx.now + cx.profile.fin_ack_delay, cx.profile.fin_ack_delay);
            self.timers.set(Timer::DelayedAck, Running { fires: at, due: at, span });
            out.push(Effect::TimerSet(Timer::DelayedAck, at));
        } else {
            self.send_ack(cx, out);
        }
        out.push(Effect::Notify(Notice::PeerClosed));
        if self.state() == State::TimeWait {
            self.start_time_wait(cx, out);
        }
    }
}
