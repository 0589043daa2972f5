//! When an acknowledgement leaves (RFC 9293 §3.8.6.3): at once, with what is sent, when the program reads, or after a delay.
//!
//! Linux acknowledges the first segments of a connection at once. Later it waits for the program: one that reads all is
//! followed by an acknowledgement, unless it tends to answer, so that its answer may carry it. More than one full segment
//! is acknowledged when the program has read, and whatever else is out after the delay. Of what comes beyond a hole the
//! first three are answered one by one, and the rest is gathered for a moment.

use super::connection::{Connection, Context};
use super::options::MSS_UNSAID;
use super::{Counter, Effect, Profile, Running, Segment, Timer};
use std::time::Duration;

impl Connection {
    /// What is offered to the peer: the buffer less what is not yet read. Less than a segment or a sixteenth of the buffer
    /// is not offered (RFC 9293 §3.8.6.2.2), but what was offered is not taken back.
    pub(super) fn window(&self) -> u32 {
        self.free_window().max(self.receive_window())
    }

    fn free_window(&self) -> u32 {
        let whole = self.tcb.rcv.wnd;
        let free = whole.saturating_sub(self.unread());
        if free < whole / 2 && free < (whole / 16).max(self.acking.full) { 0 } else { free }
    }

    /// RCV.WND: what was offered and not used yet.
    pub(super) fn receive_window(&self) -> u32 {
        let (nxt, edge) = (self.tcb.rcv.nxt, self.acking.edge);
        if edge.after(nxt) { edge.distance_from(nxt) } else { 0 }
    }

    /// The handshake offers the whole buffer.
    pub(super) fn open_window(&mut self) {
        let nxt = self.tcb.rcv.nxt;
        (self.acking.acked, self.acking.edge) = (nxt, nxt + self.tcb.rcv.wnd);
        self.acking.promised = self.tcb.rcv.wnd;
        self.acking.full = MSS_UNSAID.into();
    }

    /// A segment with an acknowledgement leaves.
    pub(super) fn acknowledges(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        let (window, promised) = (self.window(), self.grown_window(cx));
        let acking = &mut self.acking;
        if acking.gathered > 0 {
            out.push(Effect::Count(Counter::AckCompressed, acking.gathered));
            acking.gathered = 0;
        }
        if acking.owed && acking.quick > 0 {
            acking.quick -= 1;
        }
        (acking.owed, acking.at_once, acking.pushed) = (false, false, 0);
        // What was promised is not taken back.
        let kept = acking.promised.saturating_sub(self.tcb.rcv.nxt.distance_from(acking.acked));
        acking.promised = promised.max(kept);
        (acking.acked, acking.edge) = (self.tcb.rcv.nxt, self.tcb.rcv.nxt + window);
        self.timers.stop(Timer::DelayedAck);
    }

    /// Data leaves: an answer, if something came just before.
    pub(super) fn may_answer(&mut self, cx: Context<'_>) {
        let acking = &mut self.acking;
        acking.answers |= acking.heard.is_some_and(|heard| cx.now.since(heard) < acking.delay);
    }

    /// Data came in order.
    pub(super) fn hear_data(&mut self, cx: Context<'_>, segment: &Segment) {
        let (len, window) = (segment.data_len(), self.receive_window());
        let most = cx.profile.ack_delay;
        let timeout = self.timeout(cx);
        let acking = &mut self.acking;
        acking.owed = true;
        acking.at_once |= most.is_zero();
        acking.measure(segment);
        let gap = acking.heard.map_or(Duration::ZERO, |heard| cx.now.since(heard));
        if acking.delay.is_zero() {
            acking.hurry(window);
            acking.delay = most;
        } else if gap <= most / 2 {
            acking.delay = acking.delay / 2 + most / 2;
        } else if gap < acking.delay {
            acking.delay = (acking.delay / 2 + gap).min(timeout);
        } else if gap > timeout {
            // A long pause: the sender may have to start again.
            acking.hurry(window);
        }
        acking.heard = Some(cx.now);
        /// A shorter segment does not let the window grow: it would take more memory than it is long.
        const LONG: u32 = 128;
        if len >= LONG {
            self.grow_window(cx);
        }
    }

    /// Data came beyond a hole.
    pub(super) fn hear_early(&mut self, cx: Context<'_>, segment: &Segment) {
        self.acking.owed = true;
        self.acking.measure(segment);
        self.grow_window(cx);
    }

    /// The window of Linux grows with what comes, by two segments for each, as long as the buffer has room for more, and
    /// then an acknowledgement leaves at once (`tcp_grow_window`; variations v280, v291, v300). The window in our segments
    /// stays that of the profile.
    fn grow_window(&mut self, cx: Context<'_>) {
        let early = self.tcb.early_octets();
        let held = self.unread().saturating_add(early).saturating_add(self.acking.grown);
        let room = cx.profile.window_growth.saturating_sub(held);
        if room > 0 {
            self.acking.grown += room.min(2 * self.acking.full);
            self.acking.quick |= 1;
        }
    }

    /// The window that Linux would offer by now, of which only the changes count here.
    fn grown_window(&self, cx: Context<'_>) -> u32 {
        let unread = self.unread().saturating_add(self.tcb.early_octets());
        let most = self.tcb.rcv.wnd.saturating_add(cx.profile.window_growth).saturating_sub(unread);
        self.tcb.rcv.wnd.saturating_add(self.acking.grown).min(most)
    }

    /// Something came twice: the next are acknowledged at once.
    pub(super) fn hear_repetition(&mut self, cx: Context<'_>) {
        let window = self.receive_window();
        self.acking.hurry(window);
        (self.acking.owed, self.acking.answers, self.acking.delay) = (true, false, cx.profile.ack_delay);
    }

    /// Something was taken in: its acknowledgement leaves at once, or its timer starts.
    pub(super) fn acknowledge_now_or_later(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        if !self.acking.owed {
            return;
        }
        if self.owes_at_once(cx) {
            self.send_ack(cx, out);
        } else {
            self.acknowledge_later(cx, out);
        }
    }

    fn owes_at_once(&self, cx: Context<'_>) -> bool {
        let acking = &self.acking;
        // More than a full segment, and the window does not shrink by what is unread.
        let much = self.owes_much() && (self.unread() == 0 || self.grown_window(cx) >= acking.promised);
        let quick = acking.quick > 0 && !acking.answers;
        much || quick || acking.at_once
    }

    /// Whether the acknowledgement of what came beyond a hole waits for a moment, so that one names several (Linux's
    /// `tcp_comp_sack_delay_ns`; variation v300).
    pub(super) fn gathers(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) -> bool {
        /// A sender takes as many for a loss (RFC 5681 §3.2): none of them waits.
        const TELLING: u8 = 3;
        let Profile { sack_delay, sack_slack, sack_most, .. } = *cx.profile;
        let nxt = self.tcb.rcv.nxt;
        if sack_delay.is_zero() || !self.tcb.offer.sack_permitted || self.owes_at_once(cx) {
            return false;
        }
        let acking = &mut self.acking;
        if acking.gathered >= sack_most {
            return false;
        }
        if acking.hole != nxt {
            (acking.hole, acking.beyond) = (nxt, 0);
        }
        if acking.beyond < TELLING {
            acking.beyond += 1;
            return false;
        }
        acking.gathered += 1;
        if self.timers.get(Timer::DelayedAck).is_none() {
            // A twentieth of the round trip.
            let span = sack_delay.min(self.rtt.smoothed() / 20) + sack_slack;
            let due = cx.now + span;
            self.timers.set(Timer::DelayedAck, Running { fires: due, due, span, tick: None });
            out.push(Effect::TimerSet(Timer::DelayedAck, due));
        }
        true
    }

    fn owes_much(&self) -> bool {
        self.tcb.rcv.nxt.distance_from(self.acking.acked) > self.acking.full
    }

    /// The timer of the delay starts, or runs on.
    fn acknowledge_later(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        let least = cx.profile.ack_delay;
        // No longer than a round trip, unless that is shorter than the least. Before the first data it is the next tick of the clock (trace 10a).
        let mut span = if self.acking.delay.is_zero() { cx.profile.fin_ack_delay } else { self.acking.delay };
        if span > least {
            span = span.min(cx.profile.in_ticks(self.rtt.smoothed()).max(least));
        }
        // A sender must not take the delay for a loss.
        span = span.min(self.rtt.least.saturating_sub(cx.profile.tick()));
        match self.timers.get(Timer::DelayedAck) {
            Some(running) if running.due <= cx.now + span / 4 => self.send_ack(cx, out),
            Some(running) if running.due <= cx.now + span => {}
            _ if self.acking.delay.is_zero() => {
                let due = cx.now + span;
                self.timers.set(Timer::DelayedAck, Running { fires: due, due, span, tick: None });
                out.push(Effect::TimerSet(Timer::DelayedAck, due));
            }
            _ => self.start(cx, Timer::DelayedAck, span, out),
        }
    }

    /// The delay is over.
    pub(super) fn expire_delayed_ack(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        if !self.acking.owed {
            return;
        }
        if let Some(spared) = self.acking.gathered.checked_sub(1) {
            self.acking.gathered = spared;
            self.send_ack_with_sacks(cx, None, out);
            return;
        }
        let (least, timeout) = (cx.profile.ack_delay, self.timeout(cx));
        let acking = &mut self.acking;
        acking.delay = if acking.answers { least } else { (acking.delay * 2).min(timeout) };
        acking.answers = false;
        out.push(Effect::Count(Counter::DelayedAcks, 1));
        self.send_ack(cx, out);
    }

    /// The program read `octets`: what it read may be acknowledged, or the window opens again.
    pub(super) fn was_read(&mut self, cx: Context<'_>, octets: usize, out: &mut Vec<Effect>) {
        let acking = &self.acking;
        let is_end = octets > 0
            && self.unread() == 0
            && (acking.pushed > 1 || (acking.pushed == 1 && !acking.answers));
        let before = self.receive_window();
        // A window that has at least doubled is worth saying, unless there is nothing more to come.
        let opens = octets > 0
            && !self.tcb.peer_fin
            && 2 * before <= self.tcb.rcv.wnd
            && self.free_window() >= (2 * before).max(1);
        if (acking.owed && (self.owes_much() || is_end)) || opens {
            self.send_ack(cx, out);
        }
    }
}
