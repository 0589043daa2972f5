//! Fifth: the ACK field, and what it says of what was sent.

use super::Check::{self, End, Pass, Push};
use crate::tcp::connection::{Connection, Context};
use crate::tcp::{Counter, Discard, Effect, FinAckHabit, Notice, Payload, Segment, State, Timer, Trigger};

impl Connection {
    /// RFC 9293 §3.10.7.4, fifth check.
    pub(super) fn check_ack(&mut self, cx: Context<'_>, segment: &Segment, out: &mut Vec<Effect>) -> Check {
        // "If the ACK bit is off, drop the segment": every segment after the SYNs has it.
        if !segment.is_ack() {
            out.push(Effect::Discarded(Discard::NoAck));
            return End;
        }
        if self.state() == State::SynReceived {
            return self.check_ack_of_syn(cx, segment, out);
        }
        self.count_ack(segment, out);
        // It acknowledges something not yet sent: say what was sent, and take nothing from it.
        if segment.ack.after(self.tcb.snd.nxt) {
            self.challenge(cx, segment, Discard::BadAck, out);
            return End;
        }
        self.heard_from_peer(cx.now);
        // Data in order that says nothing new of what was sent is taken without a look at what waits here (the kernel's
        // fast path).
        let nothing_out = self.tcb.in_flight() == 0;
        if segment.ack == self.tcb.snd.una && self.only_brings_data(cx, segment) {
            self.update_window(segment);
            return Pass;
        }
        self.resend.probes = 0;
        // An answer came: what an ICMP error said of the way is out of date.
        self.advised &= segment.ack.before(self.tcb.snd.una);
        // Nothing new: an older number is a duplicate and ignored; the same number may show a hole or open the window.
        if !segment.ack.after(self.tcb.snd.una) {
            if segment.ack == self.tcb.snd.una {
                let news = self.hear(cx, segment);
                let before = self.tcb.snd.wnd;
                self.update_window(segment);
                self.repair(cx, segment, &news, self.tcb.snd.wnd != before, out);
                if nothing_out {
                    self.heard_while_held(cx, out);
                }
            }
            return Push;
        }
        // New: SND.UNA moves on, the window and the timer follow, and then what waited.
        let had_fin_acked = self.tcb.fin_acked;
        let news = self.hear(cx, segment);
        self.update_window(segment);
        self.repair(cx, segment, &news, false, out);
        if self.tcb.fin_acked && !had_fin_acked {
            return self.fin_was_acked(cx, segment, out);
        }
        self.loop_through(Trigger::Ack, out);
        self.notify_of_room(out);
        Push
    }

    /// Data in order and no more: there is neither a FIN nor a block nor a hole, and what waits here does not wait for the window. The
    /// first segment after a SYN|ACK is never taken so, because the window in a SYN has another scale.
    fn only_brings_data(&self, cx: Context<'_>, segment: &Segment) -> bool {
        let (snd, rcv) = (&self.tcb.snd, &self.tcb.rcv);
        self.state() == State::Established
            && !segment.payload.is_empty()
            && !segment.is_fin()
            && segment.options.sacks.is_empty()
            && segment.seq == rcv.nxt
            && self.head_fits(cx)
            && snd.wl1 != rcv.irs
            && self.tcb.blocks().is_empty()
    }

    /// In SYN-RECEIVED: only an acknowledgement of our SYN completes the handshake; another one is of an old connection.
    pub(super) fn check_ack_of_syn(
        &mut self,
        cx: Context<'_>,
        segment: &Segment,
        out: &mut Vec<Effect>,
    ) -> Check {
        let covers = segment.ack.after(self.tcb.snd.una) && segment.ack.at_or_before(self.tcb.snd.nxt);
        if !covers {
            self.reset(segment, Discard::BadAck, out);
            return End;
        }
        self.count_ack(segment, out);
        self.begin_window(cx, segment);
        self.resend.progress();
        self.hear(cx, segment);
        self.update_window(segment);
        self.timers.stop(Timer::Retransmit);
        self.walk(Trigger::AckOfSyn, out);
        if self.is_passive() {
            self.begin_keepalive(cx, out);
        }
        out.push(Effect::Notify(Notice::Connected));
        if segment.is_syn() {
            // The SYN|ACK of a simultaneous open; the peer wants its own acknowledged.
            self.send_ack(cx, out);
            return End;
        }
        Pass
    }

    /// Our FIN is acknowledged: FIN-WAIT-1 goes on to FIN-WAIT-2, CLOSING to TIME-WAIT, LAST-ACK to CLOSED.
    pub(super) fn fin_was_acked(
        &mut self,
        cx: Context<'_>,
        segment: &Segment,
        out: &mut Vec<Effect>,
    ) -> Check {
        // The article's Figure 1 has an edge of its own for a FIN that comes with this ACK, in order and without data.
        let one_edge = self.state() == State::FinWait1
            && cx.profile.fin_ack == FinAckHabit::OneEdge
            && segment.is_fin()
            && segment.payload.is_empty()
            && segment.seq == self.tcb.rcv.nxt;
        if one_edge {
            self.tcb.keep(segment.seq, &Payload::EMPTY, true);
            self.walk(Trigger::FinAndAckOfFin, out);
            self.end_of_peer(cx, out);
            return End;
        }
        self.walk(Trigger::AckOfFin, out);
        match self.state() {
            State::Closed => {
                self.leave_trip(cx, out);
                return End;
            }
            State::TimeWait => self.start_time_wait(cx, out),
            // It will be reset, and never is an entry.
            State::FinWait2 if !segment.is_empty() && self.is_for_nobody(segment) => {
                out.push(Effect::Count(Counter::AbortOnData, 1))
            }
            State::FinWait2 if self.released => {
                let counts_in = if segment.is_fin() { State::TimeWait } else { State::FinWait2 };
                self.start_orphan_wait(cx, counts_in, out);
            }
            _ => {}
        }
        Pass
    }

    /// RFC 9293 §3.10.7.4: a window update must not be older than the last.
    pub(super) fn update_window(&mut self, segment: &Segment) {
        let snd = &mut self.tcb.snd;
        let newer =
            snd.wl1.before(segment.seq) || (snd.wl1 == segment.seq && snd.wl2.at_or_before(segment.ack));
        if newer || segment.is_syn() {
            snd.wnd = segment.window;
            snd.wl1 = segment.seq;
            snd.wl2 = segment.ack;
        }
    }
}
