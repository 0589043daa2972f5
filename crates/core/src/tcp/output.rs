//! Sending: SYN, SYN|ACK, data, FIN, ACK and RST.

use super::connection::{Connection, Context};
use super::{Effect, Flags, Options, Payload, Running, Sack, Segment, Seq, State, Timer, Timestamps};
use std::time::Duration;

impl Connection {
    /// The reset that answers a segment for which there is no connection (RFC 9293 §3.10.7.1); none answers a reset.
    pub fn reset_for(segment: &Segment) -> Option<Segment> {
        if segment.is_rst() {
            return None;
        }
        let reset = if segment.is_ack() {
            Segment { seq: segment.ack, flags: Flags::RST, ..Segment::default() }
        } else {
            let ack = segment.seq + segment.len();
            Segment { ack, flags: Flags::RST | Flags::ACK, ..Segment::default() }
        };
        Some(reset)
    }

    /// This host's OUTPUT chain refused `segment`. A SYN or an ACK counts as lost on the way; data and FIN count as never
    /// sent (traces 13a, 17b); a SYN|ACK that the timer repeats ends the half-open entry (trace 04a).
    pub fn not_sent(&mut self, cx: Context<'_>, segment: &Segment, out: &mut Vec<Effect>) {
        // A SYN|ACK: the entry has not answered. If the timer sent it, the entry is forgotten at once.
        if self.state() == State::SynReceived && self.is_passive() && segment.is_syn() {
            self.resend.answers = self.resend.answers.saturating_sub(1);
            if self.resend.by_timer {
                self.walk(super::Trigger::NotSent, out);
            }
            return;
        }
        // New data or a FIN goes back to where it was before it was sent. A repetition, a SYN or a bare ACK counts as sent:
        // its timer runs, or its peer asks again.
        let end = segment.seq + segment.len();
        let is_new =
            !segment.is_syn() && !segment.is_empty() && end == self.tcb.snd.nxt && !self.resend.by_timer;
        if is_new {
            self.tcb.snd.nxt = segment.seq;
            self.resend.unsent();
            if self.tcb.in_flight() == 0 {
                // Nothing is out, so no acknowledgement will come to try it again: the probe timer does (trace 13a).
                self.timers.stop(Timer::Retransmit);
                self.start_probe(cx, out);
            } else if self.resend.retries > 0 && self.resend.doublings == 0 {
                // The loss probe did not leave: the timeout is due as if there had been none (variation v90).
                let passed = cx.now.since(self.resend.since.unwrap_or(cx.now));
                let span = self.rtt.timeout(cx.profile);
                self.start_late(cx, Timer::Retransmit, span, span.saturating_sub(passed), out);
            }
        }
    }

    pub(super) fn start_probe(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        let span = doubled(self.rtt.timeout(cx.profile), self.resend.probes, cx.profile.rto_max);
        self.start(cx, Timer::Probe, span, out);
    }

    /// Sends what is queued and not yet sent, as far as the peer's window goes, then the FIN.
    pub(super) fn output(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        if !self.state().is_synchronized() {
            return;
        }
        let idle = self.tcb.in_flight() == 0;
        while let Some(segment) = self.next_segment(cx) {
            let end = segment.seq + segment.len();
            self.tcb.snd.nxt = end;
            self.resend.sent(end, cx.now, segment.data_len() >= self.mss(cx));
            self.timers.stop(Timer::DelayedAck);
            // What this host's firewall refused before is tried again.
            out.push(Effect::Send { segment, again: self.resend.probes });
        }
        if idle && self.tcb.in_flight() > 0 {
            self.resend.since = Some(cx.now);
            self.restart_retransmission(cx, out);
        } else if self.tcb.in_flight() == 0
            && self.tcb.has_unsent()
            && self.timers.deadline(Timer::Probe).is_none()
        {
            // The peer's window is shut: ask from time to time (RFC 9293 §3.8.6.1).
            self.start_probe(cx, out);
        }
    }

    /// The next segment of new data or FIN that the window allows.
    pub(super) fn next_segment(&self, cx: Context<'_>) -> Option<Segment> {
        let tcb = &self.tcb;
        if !tcb.has_unsent() {
            return None;
        }
        // After a timeout one segment is out at a time: what is new waits for its acknowledgement (RFC 5681 §3.1).
        if self.resend.doublings > 0 && tcb.in_flight() > 0 {
            return None;
        }
        let mss = self.mss(cx);
        let room = tcb.snd.wnd.saturating_sub(tcb.in_flight());
        let unsent = tcb.data_end().distance_from(tcb.snd.nxt);
        let len = unsent.min(mss).min(room);
        let fin = tcb.fin_queued && len == unsent;
        if len == 0 && !fin {
            return None;
        }
        // Nagle's algorithm (RFC 9293 §3.7.4), as Minshall changed it and Linux has it: while one segment that was not
        // full is out, what does not fill one waits.
        if len < mss && !fin && self.resend.small_end.is_some_and(|end| end.after(tcb.snd.una)) {
            return None;
        }
        let payload = tcb.data(tcb.snd.nxt, len);
        Some(self.data_segment(cx, tcb.snd.nxt, payload, fin))
    }

    /// The oldest unacknowledged segment once more.
    pub(super) fn oldest_segment(&self, cx: Context<'_>) -> Option<Segment> {
        self.sent_segment(cx, 0)
    }

    /// The last segment that was sent once more: a loss probe asks for what came before it (RFC 8985 §7).
    pub(super) fn last_segment(&self, cx: Context<'_>) -> Option<Segment> {
        self.sent_segment(cx, self.resend.out.len().saturating_sub(1))
    }

    /// Number `at` of the segments that are sent and not acknowledged, as it was.
    fn sent_segment(&self, cx: Context<'_>, at: usize) -> Option<Segment> {
        let tcb = &self.tcb;
        if tcb.in_flight() == 0 {
            return None;
        }
        // A SYN that is still out (closed in SYN-RECEIVED) is not data: begin after it.
        let una = if tcb.snd.una.before(tcb.data_start) { tcb.data_start } else { tcb.snd.una };
        let before = at.checked_sub(1).and_then(|before| self.resend.out.get(before)).map(|sent| sent.end);
        let from = before.filter(|end| end.after(una)).unwrap_or(una);
        let end = self.resend.out.get(at).map_or(tcb.snd.nxt, |sent| sent.end);
        let brings_fin = tcb.fin_sent() && end.after(tcb.data_end());
        let data_end = if brings_fin { tcb.data_end() } else { end };
        let payload = tcb.data(from, self.mss(cx).min(data_end.distance_from(from)));
        let sent = from + payload.octets();
        Some(self.data_segment(cx, from, payload, brings_fin && sent == tcb.data_end()))
    }

    fn data_segment(&self, cx: Context<'_>, seq: Seq, payload: Payload, fin: bool) -> Segment {
        let mut flags = Flags::ACK;
        // The end of what a call sent is pushed: a full segment with more after it is not (RFC 9293 §3.9.1.2).
        let len = payload.octets();
        if len > 0 && (len < self.mss(cx) || seq + len == self.tcb.data_end()) {
            flags = flags | Flags::PSH;
        }
        if fin {
            flags = flags | Flags::FIN;
        }
        let (ack, window) = (self.tcb.rcv.nxt, self.window());
        Segment { seq, ack, flags, window, options: self.options(cx), payload }
    }

    pub(super) fn send_syn(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        let passive = self.state() == State::SynReceived;
        let flags = if passive { Flags::SYN | Flags::ACK } else { Flags::SYN };
        let ack = if passive { self.tcb.rcv.nxt } else { Seq(0) };
        let (seq, window) = (self.tcb.snd.iss, self.tcb.rcv.wnd);
        let options = if passive { Options::of_answer(cx, &self.tcb.offer) } else { Options::of_syn(cx) };
        let segment = Segment { seq, ack, flags, window, options, ..Segment::default() };
        // Of one that is sent again, only the timestamp in the answer gives the round trip.
        let again = if self.is_passive() { self.resend.answers > 0 } else { self.resend.by_timer };
        self.tcb.snd.nxt = self.tcb.snd.iss + 1;
        self.resend.answers += u32::from(passive);
        self.resend.timed = (!again).then_some((self.tcb.snd.nxt, cx.now));
        out.push(Effect::Send { segment, again: self.resend.retries });
    }

    /// An acknowledgement of all that came in order.
    pub(super) fn ack(&mut self, cx: Context<'_>) -> Segment {
        self.timers.stop(Timer::DelayedAck);
        let window = self.window();
        self.window_shut = window == 0;
        Segment {
            seq: self.tcb.snd.nxt,
            ack: self.tcb.rcv.nxt,
            flags: Flags::ACK,
            window,
            options: self.options(cx),
            ..Segment::default()
        }
    }

    /// The options of a segment without SYN: timestamps, if both ends send them.
    fn options(&self, cx: Context<'_>) -> Options {
        let timestamps = self.recent.map(|recent| Timestamps { value: cx.now, echo: Some(recent) });
        Options { timestamps, ..Options::NONE }
    }

    /// The largest data of one segment: what the peer takes, and this host's link, less the octets of timestamps.
    pub(super) fn mss(&self, cx: Context<'_>) -> u32 {
        /// What a peer takes that does not say (RFC 9293 §3.7.1, MUST-15).
        const UNSAID: u16 = 536;
        let timestamps = if self.recent.is_some() { Timestamps::OCTETS } else { 0 };
        let most = self.tcb.offer.mss.unwrap_or(UNSAID).min(cx.profile.mss);
        u32::from(most).saturating_sub(timestamps).max(1)
    }

    pub(super) fn send_ack(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        let segment = self.ack(cx);
        out.push(Effect::Send { segment, again: 0 });
    }

    /// An acknowledgement that names what came twice, if anything did, and what came too early.
    pub(super) fn send_ack_with_sacks(
        &mut self,
        cx: Context<'_>,
        twice: Option<Sack>,
        out: &mut Vec<Effect>,
    ) {
        let mut segment = self.ack(cx);
        if self.tcb.offer.sack_permitted {
            let room = Options::room_for_sacks(self.recent.is_some());
            segment.options.sacks =
                twice.into_iter().chain(self.tcb.blocks().iter().copied()).take(room).collect();
        }
        out.push(Effect::Send { segment, again: 0 });
    }

    /// The part of `segment` that was received before, as a block (RFC 2883 §4).
    pub(super) fn repeated(&self, segment: &Segment) -> Option<Sack> {
        let (nxt, end) = (self.tcb.rcv.nxt, segment.seq + segment.len());
        let end = if end.after(nxt) { nxt } else { end };
        end.after(segment.seq).then_some(Sack { start: segment.seq, end })
    }

    /// What we offer: the buffer less what is not yet read.
    pub(super) fn window(&self) -> u32 {
        self.tcb.rcv.wnd.saturating_sub(self.unread())
    }

    /// The retransmission timer starts again, undoubled.
    pub(super) fn restart_retransmission(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        self.resend.progress();
        self.resend.probes = 0;
        self.timers.stop(Timer::Probe);
        self.start(cx, Timer::Retransmit, self.rtt.patience(cx.profile), out);
    }

    pub(super) fn start(&mut self, cx: Context<'_>, timer: Timer, span: Duration, out: &mut Vec<Effect>) {
        self.start_late(cx, timer, span, span, out);
    }

    /// Starts a timer of `span` of which only `rest` is left.
    pub(super) fn start_late(
        &mut self,
        cx: Context<'_>,
        timer: Timer,
        span: Duration,
        rest: Duration,
        out: &mut Vec<Effect>,
    ) {
        let fires = cx.profile.fires_at(cx.now, rest);
        self.timers.set(timer, Running { fires, due: cx.now + rest, span });
        out.push(Effect::TimerSet(timer, fires));
    }
}

/// `span` doubled `times` times, but never above `most`.
pub(super) fn doubled(span: Duration, times: u32, most: Duration) -> Duration {
    span.checked_mul(1u32.checked_shl(times).unwrap_or(u32::MAX)).unwrap_or(most).min(most)
}
