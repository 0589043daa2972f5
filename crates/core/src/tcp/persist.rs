//! What is held back: by this host's OUTPUT chain, or by a window that the peer has shut (RFC 9293 §3.8.6.1).
//!
//! Data or a FIN that the chain refuses was never sent, and nothing after it is tried. It waits for the next call, for the
//! next segment that arrives, or for the probe timer, whichever comes first; the timer runs while nothing is out. Answers
//! to its probes prove that the peer is there: they set the count to 0, and the interval goes on growing to its maximum.

use super::connection::{Connection, Context};
use super::output::doubled;
use super::profile::ORPHAN_RETRIES;
use super::resend::{Again, Due, Mark, Repair, Sent};
use super::{Counter, Effect, Segment, Seq, State, Timer};
use std::time::Duration;

impl Connection {
    /// This host's OUTPUT chain refused `segment`. A SYN or an ACK counts as lost on the way: its timer runs, or its peer
    /// asks again. Data and FIN count as never sent (traces 13a, 17b), and true is returned: what was to follow them does
    /// not leave either (variation v121). What was sent before, and was to be sent again, is as it was: what is lost is
    /// tried once more at the next acknowledgement (variation v301). A SYN|ACK that the timer repeats ends the half-open
    /// entry (trace 04a).
    ///
    /// Without a route what is to be sent again is not even tried (`routed` is false; variation v333).
    pub fn not_sent(
        &mut self,
        cx: Context<'_>,
        segment: &Segment,
        routed: bool,
        out: &mut Vec<Effect>,
    ) -> bool {
        // A SYN|ACK: a repetition that did not leave does not count, the first does (variation v231). If the timer sent
        // it, the entry is forgotten at once.
        if self.state() == State::SynReceived && self.is_passive() && segment.is_syn() {
            self.resend.answers = self.resend.answers.saturating_sub(1).max(1);
            self.resend.answered_again = false;
            if self.resend.by_timer {
                self.walk(super::Trigger::NotSent, out);
            }
            return false;
        }
        self.resend.syn_refused |= segment.is_syn();
        if segment.is_empty() || segment.is_syn() {
            return false;
        }
        let end = segment.seq + segment.len();
        let again = self.resend.unsent_again(end, routed);
        if again > 0 {
            if self.resend.repair == Repair::Holes {
                let again = u32::try_from(again).unwrap_or(u32::MAX);
                self.congestion.sent = self.congestion.sent.saturating_sub(again);
            }
            self.ask_no_more(cx, end, out);
            return false;
        }
        // What was sent once, and not again.
        if self.resend.out.iter().rev().find(|sent| sent.end == end).is_none_or(|sent| sent.again > 0) {
            return false;
        }
        self.tcb.snd.nxt = segment.seq;
        self.resend.unsent(segment.seq);
        if std::mem::take(&mut self.resend.twice) && self.resend.tried == Some(segment.seq) {
            self.output(cx, out);
        } else {
            self.ask_no_more(cx, end, out);
        }
        true
    }

    /// If it was the loss probe that did not leave, the timeout is due as if there had been none (variation v90).
    fn ask_no_more(&mut self, cx: Context<'_>, end: Seq, out: &mut Vec<Effect>) {
        if self.resend.loss_probe.take_if(|probe| probe.end == end).is_some() {
            self.resend.due = Due::LossProbe;
            self.set_timeout(cx, out);
        }
    }

    /// Whether `segment` does not leave because another was refused that was to be sent again before it.
    pub fn is_withdrawn(&self, segment: &Segment) -> bool {
        let end = segment.seq + segment.len();
        let is_lost = |sent: &Sent| sent.end == end && sent.mark == Mark::Lost;
        self.resend.again.refused && !segment.is_empty() && self.resend.out.iter().any(is_lost)
    }

    /// Sets the timer of what was tried. Call it when all effects of a call, an arrival or a timer have been carried out:
    /// it is known then what has left this host.
    pub fn settle(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        self.resend.by_timer = false;
        self.settle_again(cx, out);
        if std::mem::take(&mut self.resend.answered_again) && self.state() == State::SynReceived {
            // A repeated SYN was answered: the SYN|ACK's timer starts the current interval again (trace 04e), unless the
            // answer was refused here (variation v202).
            let span = doubled(cx.profile.rto_initial, self.resend.doublings, self.rto_max);
            self.start(cx, Timer::Retransmit, span, out);
        }
        let Some(tried) = self.resend.tried.take() else { return };
        let probing = std::mem::take(&mut self.resend.probing);
        self.resend.twice = false;
        if !self.state().is_synchronized() {
            return;
        }
        let nothing_out = self.tcb.in_flight() == 0;
        match (nothing_out, probing) {
            (true, true) => {
                self.resend.probes += 1;
                self.resend.backoff = cx.profile.retries2.min(self.resend.backoff + 1);
                self.start_probe(cx, self.resend.backoff, out);
            }
            // A timer that runs goes on: a second line that is held too changes nothing (variation v120).
            (true, false) if self.tcb.has_unsent() && self.timers.get(Timer::Probe).is_none() => {
                self.start_probe(cx, 0, out);
            }
            (false, _) if self.tcb.snd.nxt.after(tried) => {
                let was_idle = tried == self.tcb.snd.una;
                if was_idle {
                    self.timers.stop(Timer::Probe);
                }
                if probing {
                    // What the probe timer sends has a timeout and no loss probe.
                    (self.resend.probes, self.resend.due) = (0, Due::Timeout);
                    self.set_timeout(cx, out);
                } else {
                    self.set_timer_of_new(cx, was_idle, out);
                }
            }
            _ => {}
        }
    }

    /// What was sent again has left, or was refused: it is counted, its timer starts, and the segment that caused it is
    /// answered.
    fn settle_again(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        let Again { before, counter, restarts, probes, answer, .. } = std::mem::take(&mut self.resend.again);
        if probes && self.resend.loss_probe.is_some() {
            out.push(Effect::Count(Counter::LossProbes, 1));
        }
        if let Some(counter) = counter {
            out.push(Effect::Count(counter, u32::try_from(before.len()).unwrap_or(u32::MAX)));
        }
        if restarts && !before.is_empty() && self.state().is_synchronized() {
            self.resend.due = Due::Timeout;
            self.set_timeout(cx, out);
        }
        if let Some(answer) = answer {
            self.answer(cx, answer, out);
        }
    }

    fn start_probe(&mut self, cx: Context<'_>, doublings: u32, out: &mut Vec<Effect>) {
        self.start(cx, Timer::Probe, self.probe_span(cx, doublings), out);
    }

    fn probe_span(&self, cx: Context<'_>, doublings: u32) -> Duration {
        doubled(self.timeout(cx), doublings, self.rto_max)
    }

    /// The first segment of what is held is tried once more, as much of it as the window takes. If that is nothing, the
    /// peer is asked by a segment without data whose number it has had.
    pub(super) fn expire_probe(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        if !self.tcb.has_unsent() || self.tcb.in_flight() > 0 {
            self.resend.probes = 0;
            return;
        }
        if self.probed_enough(cx) {
            self.give_up(out);
            return;
        }
        (self.resend.tried, self.resend.probing) = (Some(self.tcb.snd.nxt), true);
        let again = self.resend.probes + 1;
        let (seq, room) = (self.tcb.snd.nxt, self.tcb.snd.wnd);
        if room == 0 {
            let mut probe = self.ack(cx, out);
            probe.seq = probe.seq - 1;
            out.push(Effect::Count(Counter::WinProbe, 1));
            out.push(Effect::Send { segment: probe, again });
        } else {
            self.cut_head(cx, room);
            self.resend.pushed = Some(seq);
            let (len, fin) = self.head(cx);
            let segment = self.data_segment(cx, seq, self.tcb.data(seq, len), fin && len < room);
            self.send_new(cx, segment, again, out);
        }
    }

    /// Whether the probe timer has asked often enough in vain. An orphan is also given up when its interval has reached the
    /// longest, where the profile says so, even if the peer answers.
    fn probed_enough(&self, cx: Context<'_>) -> bool {
        let (profile, backoff) = (cx.profile, self.resend.backoff);
        let most = if self.released {
            let at_most = self.probe_span(cx, backoff) >= self.rto_max && profile.orphans_end_at_rto_max;
            // After an ICMP error none is tried any more (Linux's `tcp_orphan_retries`).
            if at_most && (self.advised || backoff >= profile.orphan_retries) {
                return true;
            }
            if profile.orphan_retries == 0 { ORPHAN_RETRIES } else { profile.orphan_retries }
        } else {
            profile.retries2
        };
        self.resend.probes >= most
    }

    /// An acknowledgement came while nothing was out: either what waits may go now, or the peer answered a probe, and the
    /// interval that runs starts again.
    pub(super) fn heard_while_held(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        if !self.tcb.has_unsent() {
            return;
        }
        if self.head_fits(cx) {
            self.resend.backoff = 0;
            self.timers.stop(Timer::Probe);
        } else {
            self.start_probe(cx, self.resend.backoff, out);
        }
    }
}
