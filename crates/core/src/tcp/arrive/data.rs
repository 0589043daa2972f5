//! Seventh and eighth: the data, in order or with a hole before it, and the FIN.

use crate::tcp::connection::{Connection, Context};
use crate::tcp::resend::Answer;
use crate::tcp::{Counter, Discard, Effect, Notice, Sack, Sacks, Segment, State, Trigger, find};

impl Connection {
    /// Seventh and eighth: the data, then the FIN. Gives whether an acknowledgement may be owed, which leaves with what
    /// waits, or alone.
    pub(super) fn take_data_and_fin(
        &mut self,
        cx: Context<'_>,
        segment: &Segment,
        out: &mut Vec<Effect>,
    ) -> bool {
        // A bare ACK has been taken in wholly.
        if segment.payload.is_empty() && !segment.is_fin() {
            return false;
        }
        // "This should not occur since a FIN has been received from the remote side": in the other states it is ignored.
        let open = matches!(self.state(), State::Established | State::FinWait1 | State::FinWait2);
        if !open {
            return false;
        }
        // Nobody can read it: a reset says so to the sender (RFC 9293 §3.6.1).
        if self.is_for_nobody(segment) && self.walk(Trigger::DataForNobody, out) {
            self.reset_reply(segment, out);
            return false;
        }
        let unread = self.unread();
        let fills_gap = !self.tcb.blocks().is_empty();
        let moved = self.tcb.keep(segment.seq, &segment.payload, segment.is_fin());
        if !moved {
            // Old, or early: the ACK names what is still missing.
            let twice = self.repeated(segment);
            if twice.is_some() {
                out.push(Effect::Discarded(Discard::Duplicate));
                self.hear_repetition(cx);
            } else {
                out.push(Effect::Count(Counter::OfoQueue, 1));
                self.hear_early(cx, segment);
            }
            self.answer(cx, Answer::Repetition(twice), out);
            return false;
        }
        self.acking.at_once |= fills_gap;
        if self.unread() > unread {
            self.hear_data(cx, segment);
            self.loop_through(Trigger::Data, out);
            out.push(Effect::Notify(Notice::Readable));
        }
        // The FIN counts when everything before it has come, with this segment or with one that waited.
        if self.tcb.peer_fin {
            self.walk(Trigger::Fin, out);
            self.end_of_peer(cx, out);
        }
        true
    }

    /// An ACK for what came twice or too early. What waits to be sent carries it, and gives the blocks room; otherwise it
    /// leaves alone, at once or with others.
    pub(super) fn answer_repetition(&mut self, cx: Context<'_>, twice: Option<Sack>, out: &mut Vec<Effect>) {
        self.count_repetition(twice, out);
        let (first, sacks) = (out.len(), self.sacks(twice));
        self.resend.cut = None;
        if twice.is_some() {
            self.cut_head(cx, self.mss_without_blocks(cx).saturating_sub(Sacks::octets(sacks.len())));
        }
        self.output_as_cut(cx, out);
        if let Some(Effect::Send { segment, .. }) = out.get_mut(first) {
            segment.options.sacks = sacks;
        } else if twice.is_some() || !self.gathers(cx, out) {
            self.send_ack_with_sacks(cx, twice, out);
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
            (self.acking.owed, self.acking.answers) = (true, true);
            self.acking.at_once &= !cx.profile.ack_delay.is_zero();
        } else {
            self.send_ack(cx, out);
        }
        out.push(Effect::Notify(Notice::PeerClosed));
        if self.state() == State::TimeWait {
            self.start_time_wait(cx, out);
        }
    }
}
