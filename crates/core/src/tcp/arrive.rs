//! SEGMENT ARRIVES (RFC 9293 §3.10.7), in the RFC's order, one function a check.

use super::connection::{Connection, Context};
use super::{Discard, Effect, FinAckHabit, Notice, Segment, State, Timer, Trigger, find};
use std::time::Duration;

/// A check lets the segment pass on, or ends its processing.
enum Check {
    Pass,
    End,
}
use Check::{End, Pass};

impl Connection {
    /// A segment of this connection arrived. In CLOSED and LISTEN, see [`Connection::reset_for`].
    pub fn arrive(&mut self, cx: Context<'_>, segment: &Segment, out: &mut Vec<Effect>) {
        self.by_timer = false;
        match self.state() {
            State::Closed => {}
            State::Listen => self.arrive_in_listen(cx, segment, out),
            State::SynSent => self.arrive_in_syn_sent(cx, segment, out),
            _ => self.arrive_otherwise(cx, segment, out),
        }
    }

    /// An ICMP error about this connection, or no answer from the link. It ends an open that is under way; later it
    /// is only advice (RFC 9293 §3.9.2.2). Gives whether it ended the connection.
    pub fn unreachable(&mut self, out: &mut Vec<Effect>) -> bool {
        !self.is_passive() && self.walk(Trigger::Unreachable, out)
    }

    /// §3.10.7.2
    fn arrive_in_listen(&mut self, cx: Context<'_>, segment: &Segment, out: &mut Vec<Effect>) {
        if segment.is_rst() {
            out.push(Effect::Discarded(Discard::NotExpected));
        } else if segment.is_ack() {
            self.reset(segment, Discard::BadAck, out);
        } else if segment.is_syn() {
            self.tcb.rcv.irs = segment.seq;
            self.tcb.rcv.nxt = segment.seq + 1;
            self.recent = segment.stamp.filter(|_| cx.profile.timestamps);
            self.tcb.snd.wnd = segment.window;
            self.tcb.snd.wl1 = segment.seq;
            self.walk(Trigger::Syn, out);
            self.send_syn(cx, out);
            self.start(cx, Timer::Retransmit, cx.profile.rto_initial, out);
        } else {
            out.push(Effect::Discarded(Discard::NoAck));
        }
    }

    /// §3.10.7.3
    fn arrive_in_syn_sent(&mut self, cx: Context<'_>, segment: &Segment, out: &mut Vec<Effect>) {
        let acceptable = segment.is_ack() && segment.ack == self.tcb.snd.nxt;
        if segment.is_ack() && !acceptable {
            self.reset(segment, Discard::BadAck, out);
            return;
        }
        if segment.is_rst() {
            if acceptable {
                self.walk(Trigger::RstOfOpen, out);
                out.push(Effect::Notify(Notice::Reset));
            } else {
                out.push(Effect::Discarded(Discard::BadReset));
            }
            return;
        }
        if !segment.is_syn() {
            out.push(Effect::Discarded(Discard::NotExpected));
            return;
        }
        self.tcb.rcv.irs = segment.seq;
        self.tcb.rcv.nxt = segment.seq + 1;
        self.recent = segment.stamp.filter(|_| cx.profile.timestamps);
        self.update_window(segment);
        if acceptable {
            self.measure(cx, segment);
            self.tcb.snd.una = segment.ack;
            self.timers.stop(Timer::Retransmit);
            self.retries = 0;
            self.walk(Trigger::SynAckOfSyn, out);
            self.send_ack(out);
            out.push(Effect::Notify(Notice::Connected));
            self.output(cx, out);
        } else {
            // The timer of the SYN runs on (trace 12a).
            self.walk(Trigger::Syn, out);
            self.send_syn(cx, out);
        }
    }

    /// §3.10.7.4
    fn arrive_otherwise(&mut self, cx: Context<'_>, segment: &Segment, out: &mut Vec<Effect>) {
        // First check sequence number, second RST, fourth SYN, fifth ACK; then data and FIN. (Third, security, and
        // sixth, urgent data, are left out.)
        for check in [
            Connection::check_repetition,
            Connection::check_sequence,
            Connection::check_reset,
            Connection::check_syn,
            Connection::check_ack,
        ] {
            if let End = check(self, cx, segment, out) {
                return;
            }
        }
        self.take_data_and_fin(cx, segment, out);
    }

    /// What came before, and by coming again tells that our answer was lost: it is answered again.
    fn check_repetition(&mut self, cx: Context<'_>, segment: &Segment, out: &mut Vec<Effect>) -> Check {
        let tcb = &self.tcb;
        let again = !segment.is_rst() && !segment.is_ack() && segment.is_syn() && segment.seq == tcb.rcv.irs;
        if again && self.state() == State::SynReceived {
            // The SYN|ACK is sent again, and its timer starts the current interval anew (trace 04e).
            self.walk(Trigger::SynAgain, out);
            self.send_syn(cx, out);
            let span = super::output::doubled(cx.profile.rto_initial, self.retries, cx.profile.rto_max);
            self.start(cx, Timer::Retransmit, span, out);
            return End;
        }
        let tcb = &self.tcb;
        let fin_again = segment.is_fin() && tcb.peer_fin && segment.seq + segment.len() == tcb.rcv.nxt;
        // A SYN that is not the old connection's own begins a new one: its timestamp is later (RFC 9293 §3.10.7.4,
        // MAY-2; RFC 6191; trace 09c).
        let fresh = segment.is_syn() && !segment.is_ack() && !segment.is_rst() && segment.seq != tcb.rcv.irs;
        if fresh && self.walk(Trigger::NewSyn, out) {
            return End;
        }
        if fin_again && !segment.is_rst() && find(self.state(), Trigger::FinAgain).is_some() {
            self.walk(Trigger::FinAgain, out);
            self.send_ack_with_sacks(self.state() != State::TimeWait, out);
            if self.state() == State::TimeWait {
                self.start_time_wait(cx, out);
            } else if segment.is_ack() {
                self.check_ack(cx, segment, out);
            }
            return End;
        }
        Pass
    }

    /// Outside the window: an ACK tells the sender what we expect, unless it is a reset.
    fn check_sequence(&mut self, cx: Context<'_>, segment: &Segment, out: &mut Vec<Effect>) -> Check {
        let (nxt, wnd) = (self.tcb.rcv.nxt, self.window());
        let len = segment.len();
        let acceptable = match (len, wnd) {
            (0, 0) => segment.seq == nxt,
            (0, _) => segment.seq.within(nxt, wnd),
            (_, 0) => false,
            _ => segment.seq.within(nxt, wnd) || (segment.seq + (len - 1)).within(nxt, wnd),
        };
        // In a simultaneous open the SYN|ACK repeats the SYN that came already; its ACK is news (RFC 9293 figure 7).
        let crossed = self.state() == State::SynReceived
            && segment.is_syn()
            && segment.is_ack()
            && segment.seq == self.tcb.rcv.irs;
        if acceptable || crossed {
            if segment.seq.at_or_before(nxt) && !segment.is_rst() {
                self.recent = segment.stamp;
            }
            return Pass;
        }
        // A shut window refuses the data, not the acknowledgement.
        if wnd == 0 && segment.is_ack() && !segment.is_rst() && segment.seq == nxt {
            self.acknowledged(segment);
        }
        out.push(Effect::Discarded(Discard::OutOfWindow));
        if !segment.is_rst() {
            let twice = len > 0 && segment.seq.before(nxt) && !segment.is_syn();
            if twice && segment.seq + len == nxt {
                // The last one once more lies at the window's edge: Linux takes it for acceptable.
                self.answer_repetition(cx, twice, out);
            } else {
                self.send_ack_with_sacks(twice, out);
            }
        }
        End
    }

    /// A reset must have exactly the number that we expect (RFC 5961 §3.2).
    fn check_reset(&mut self, _: Context<'_>, segment: &Segment, out: &mut Vec<Effect>) -> Check {
        if !segment.is_rst() {
            return Pass;
        }
        if segment.seq != self.tcb.rcv.nxt {
            out.push(Effect::Discarded(Discard::BadReset));
            self.send_ack(out);
            return End;
        }
        let opening = self.state() == State::SynReceived && !self.is_passive();
        self.walk(if opening { Trigger::RstOfOpen } else { Trigger::Rst }, out);
        out.push(Effect::Notify(Notice::Reset));
        End
    }

    /// A SYN has no place here any more (RFC 5961 §4.2).
    fn check_syn(&mut self, _: Context<'_>, segment: &Segment, out: &mut Vec<Effect>) -> Check {
        if !segment.is_syn() || self.state() == State::SynReceived {
            return Pass;
        }
        out.push(Effect::Discarded(Discard::SynInside));
        self.send_ack(out);
        End
    }

    fn check_ack(&mut self, cx: Context<'_>, segment: &Segment, out: &mut Vec<Effect>) -> Check {
        if !segment.is_ack() {
            out.push(Effect::Discarded(Discard::NoAck));
            return End;
        }
        if self.state() == State::SynReceived {
            return self.check_ack_of_syn(cx, segment, out);
        }
        if segment.ack.after(self.tcb.snd.nxt) {
            out.push(Effect::Discarded(Discard::BadAck));
            self.send_ack(out);
            return End;
        }
        if !segment.ack.after(self.tcb.snd.una) {
            if segment.ack == self.tcb.snd.una {
                self.fill_hole(cx, segment, out);
                let before = self.tcb.snd.wnd;
                self.update_window(segment);
                // Data that brings no news for what waits here pushes nothing (the kernel's fast path; data for nobody
                // ends the connection before anything else leaves).
                if segment.payload.is_empty() || (self.tcb.snd.wnd != before && !self.is_for_nobody(segment))
                {
                    self.output(cx, out);
                }
            }
            return Pass;
        }
        self.measure(cx, segment);
        let had_fin_acked = self.tcb.fin_acked;
        let timed_out = self.backoff > 0;
        self.acknowledged(segment);
        self.update_window(segment);
        self.rearm(cx, out);
        if timed_out {
            // After a timeout all that is out counts as lost: the next follows at once.
            self.repeat_oldest(cx, out);
        }
        if self.tcb.fin_acked && !had_fin_acked {
            return self.fin_was_acked(cx, segment, out);
        }
        self.loop_through(Trigger::Ack, out);
        self.output(cx, out);
        out.push(Effect::Notify(Notice::Writable));
        Pass
    }

    fn check_ack_of_syn(&mut self, cx: Context<'_>, segment: &Segment, out: &mut Vec<Effect>) -> Check {
        let covers = segment.ack.after(self.tcb.snd.una) && segment.ack.at_or_before(self.tcb.snd.nxt);
        if !covers {
            self.reset(segment, Discard::BadAck, out);
            return End;
        }
        self.measure(cx, segment);
        self.retries = 0;
        self.acknowledged(segment);
        self.update_window(segment);
        self.timers.stop(Timer::Retransmit);
        self.walk(Trigger::AckOfSyn, out);
        out.push(Effect::Notify(Notice::Connected));
        if segment.is_syn() {
            // The SYN|ACK of a simultaneous open; the peer wants its own acknowledged.
            self.send_ack(out);
            return End;
        }
        Pass
    }

    fn fin_was_acked(&mut self, cx: Context<'_>, segment: &Segment, out: &mut Vec<Effect>) -> Check {
        let one_edge = self.state() == State::FinWait1
            && cx.profile.fin_ack == FinAckHabit::OneEdge
            && segment.is_fin()
            && segment.payload.is_empty()
            && segment.seq == self.tcb.rcv.nxt;
        if one_edge {
            self.tcb.keep(segment.seq, &[], true);
            self.walk(Trigger::FinAndAckOfFin, out);
            self.end_of_peer(cx, out);
            return End;
        }
        self.walk(Trigger::AckOfFin, out);
        match self.state() {
            State::Closed => return End,
            State::TimeWait => self.start_time_wait(cx, out),
            State::FinWait2 if self.released => self.start_orphan_wait(cx, out),
            _ => {}
        }
        Pass
    }

    /// Seventh and eighth: the data, then the FIN.
    fn take_data_and_fin(&mut self, cx: Context<'_>, segment: &Segment, out: &mut Vec<Effect>) {
        if segment.payload.is_empty() && !segment.is_fin() {
            return;
        }
        let open = matches!(self.state(), State::Established | State::FinWait1 | State::FinWait2);
        if !open {
            return;
        }
        let nxt = self.tcb.rcv.nxt;
        if self.is_for_nobody(segment) && self.walk(Trigger::DataForNobody, out) {
            self.reset_reply(segment, out);
            return;
        }
        let unread = self.unread();
        let moved = self.tcb.keep(segment.seq, &segment.payload, segment.is_fin());
        if !moved {
            // Old, or early: the ACK names what is still missing.
            let twice = segment.seq.before(nxt);
            if twice {
                out.push(Effect::Discarded(Discard::Duplicate));
            }
            self.answer_repetition(cx, twice, out);
            return;
        }
        if self.unread() > unread {
            self.loop_through(Trigger::Data, out);
            out.push(Effect::Notify(Notice::Readable));
        }
        if self.tcb.peer_fin {
            self.walk(Trigger::Fin, out);
            self.end_of_peer(cx, out);
        } else {
            self.send_ack(out);
        }
    }

    /// The peer has something beyond a hole: what is missing is sent again as soon as its answer is overdue by a quarter
    /// of a round trip, for it may just be late (RACK, RFC 8985 §6).
    fn fill_hole(&mut self, cx: Context<'_>, segment: &Segment, out: &mut Vec<Effect>) {
        let Some((_, first)) = self.sent_ends.front() else { return };
        let una = self.tcb.snd.una;
        if !(cx.profile.loss_probe && segment.beyond && self.backoff == 0 && self.filled != Some(una)) {
            return;
        }
        self.filled = Some(una);
        let patience = self.rtt.smoothed() * 5 / 4;
        match patience.saturating_sub(cx.now.since(*first)) {
            Duration::ZERO => self.repeat_oldest(cx, out),
            rest => {
                self.hole = true;
                self.start(cx, Timer::Retransmit, rest, out);
            }
        }
    }

    /// The oldest once more, and the timer for it anew.
    pub(super) fn repeat_oldest(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        if let Some(segment) = self.oldest_segment(cx) {
            self.timed = None;
            out.push(Effect::Send { segment, again: 1 });
            self.start(cx, Timer::Retransmit, self.rtt.timeout(cx.profile), out);
        }
    }

    /// An ACK for what came twice or too early. What waits to be sent carries it.
    fn answer_repetition(&mut self, cx: Context<'_>, twice: bool, out: &mut Vec<Effect>) {
        let first = out.len();
        self.output(cx, out);
        match out.get_mut(first) {
            Some(Effect::Send { segment, .. }) => segment.sacks = u8::from(twice),
            _ => self.send_ack_with_sacks(twice, out),
        }
    }

    /// It brings new data, and no process is there any more to read it.
    fn is_for_nobody(&self, segment: &Segment) -> bool {
        let brings_data = (segment.seq + segment.data_len()).after(self.tcb.rcv.nxt);
        self.released && brings_data && find(self.state(), Trigger::DataForNobody).is_some()
    }

    /// The peer's FIN was taken: acknowledge it, tell the user. A user who closes at once spares the ACK: the own FIN
    /// carries it.
    fn end_of_peer(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        if self.state() == State::CloseWait {
            let at = cx.now + cx.profile.fin_ack_delay;
            self.timers.set(Timer::DelayedAck, at);
            out.push(Effect::TimerSet(Timer::DelayedAck, at));
        } else {
            self.send_ack(out);
        }
        out.push(Effect::Notify(Notice::PeerClosed));
        if self.state() == State::TimeWait {
            self.start_time_wait(cx, out);
        }
    }

    fn acknowledged(&mut self, segment: &Segment) {
        if segment.ack.after(self.tcb.snd.una) && segment.ack.at_or_before(self.tcb.snd.nxt) {
            self.tcb.acknowledge(segment.ack);
            while self.sent_ends.front().is_some_and(|(end, _)| end.at_or_before(segment.ack)) {
                self.sent_ends.pop_front();
            }
        }
    }

    /// Progress: the timer stops, or starts anew for what is still out (RFC 6298 §5.2, §5.3).
    fn rearm(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        self.timers.stop(Timer::Retransmit);
        self.hole = false;
        self.retries = 0;
        self.backoff = 0;
        if self.tcb.in_flight() > 0 {
            self.first_sent = cx.now;
            self.restart_retransmission(cx, out);
        }
    }

    /// RFC 9293 §3.10.7.4: a window update must not be older than the last.
    fn update_window(&mut self, segment: &Segment) {
        let snd = &mut self.tcb.snd;
        let newer =
            snd.wl1.before(segment.seq) || (snd.wl1 == segment.seq && snd.wl2.at_or_before(segment.ack));
        if newer || segment.is_syn() {
            snd.wnd = segment.window;
            snd.wl1 = segment.seq;
            snd.wl2 = segment.ack;
        }
    }

    fn measure(&mut self, cx: Context<'_>, segment: &Segment) {
        if let Some((end, left)) = self.timed
            && end.at_or_before(segment.ack)
        {
            self.rtt.sample(cx.now.since(left), cx.profile);
            self.timed = None;
        } else if let Some(echo) = segment.echo.filter(|_| self.timed.is_none()) {
            // What was sent again is timed by what the peer gives back.
            self.rtt.sample(cx.now.since(echo), cx.profile);
        }
    }

    fn reset(&mut self, segment: &Segment, why: Discard, out: &mut Vec<Effect>) {
        out.push(Effect::Discarded(why));
        self.reset_reply(segment, out);
    }

    fn reset_reply(&mut self, segment: &Segment, out: &mut Vec<Effect>) {
        if let Some(segment) = Connection::reset_for(segment) {
            out.push(Effect::Send { segment, again: 0 });
        }
    }
}
