//! Timers (RFC 9293 §3.8.1, §3.8.3, §3.10.8).

use super::connection::{Connection, Context};
use super::output::doubled;
use super::{Effect, Flags, Notice, Profile, State, Timer, Trigger};
use std::time::Duration;

impl Connection {
    /// `timer` ran out. Call it only when its deadline has come; a timer that does not run does nothing.
    pub fn expire(&mut self, cx: Context<'_>, timer: Timer, out: &mut Vec<Effect>) {
        if self.timers.deadline(timer).is_none_or(|at| at > cx.now) {
            return;
        }
        self.timers.stop(timer);
        self.resend.by_timer = true;
        match (timer, self.state()) {
            (Timer::Keepalive, _) => self.start(cx, Timer::TimeWait, longer_than_time_wait(cx), out),
            (Timer::TimeWait, State::FinWait2) => _ = self.walk(Trigger::OrphanOver, out),
            (Timer::TimeWait, _) => _ = self.walk(Trigger::TimeWaitOver, out),
            (Timer::DelayedAck, _) => self.send_ack(cx, out),
            (Timer::Probe, _) => self.expire_probe(cx, out),
            (Timer::Retransmit, State::SynSent) => self.expire_syn(cx, out),
            (Timer::Retransmit, State::SynReceived) => self.expire_synack(cx, out),
            (Timer::Retransmit, _) => self.expire_data(cx, out),
        }
    }

    /// After an effect of [`Connection::expire`] was carried out: what leaves from now on is no repetition.
    pub fn end_of_expiry(&mut self) {
        self.resend.by_timer = false;
    }

    /// SYN: `syn_linear_timeouts` times after the same time, then doubling (traces 03a, 03b).
    fn expire_syn(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        let linear = cx.profile.syn_linear_timeouts;
        if self.resend.retries >= cx.profile.syn_retries + linear {
            self.give_up(out);
            return;
        }
        self.resend.retries += 1;
        self.walk(Trigger::Retry, out);
        self.send_syn(cx, out);
        let doublings = self.resend.retries.saturating_sub(linear);
        self.start(
            cx,
            Timer::Retransmit,
            doubled(cx.profile.rto_initial, doublings, cx.profile.rto_max),
            out,
        );
    }

    /// SYN|ACK: always doubling (trace 05a).
    fn expire_synack(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        if self.resend.retries >= cx.profile.synack_retries {
            self.give_up(out);
            return;
        }
        self.resend.retries += 1;
        self.walk(Trigger::Retry, out);
        self.send_syn(cx, out);
        let span = doubled(cx.profile.rto_initial, self.resend.retries, cx.profile.rto_max);
        self.start(cx, Timer::Retransmit, span, out);
    }

    /// Data and FIN: the oldest unacknowledged once more (traces 13h, 17a).
    fn expire_data(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        if self.waited_too_long(cx) {
            self.give_up(out);
            return;
        }
        // The timer ran for a hole, not for a timeout: no doubling (see `fill_hole`).
        if std::mem::take(&mut self.resend.hole) {
            self.repeat_oldest(cx, out);
            return;
        }
        // The first time only asks whether anything was lost (RFC 8985 §7).
        let probe = cx.profile.loss_probe && self.resend.retries == 0;
        if probe && self.next_segment(cx).is_some() {
            // What was never sent asks as well as what was (RFC 8985 §7.3).
            self.resend.retries += 1;
            self.resend.by_timer = false;
            self.start(cx, Timer::Retransmit, self.rtt.timeout(cx.profile), out);
            self.output(cx, out);
            return;
        }
        let repeated = if probe { self.last_segment(cx) } else { self.oldest_segment(cx) };
        let Some(segment) = repeated else { return };
        self.resend.retries += 1;
        if !probe {
            if cx.profile.loss_probe && self.resend.doublings == 0 {
                // The time that `tcp_retries2` stands for begins here (trace 17d).
                self.resend.since = Some(cx.now);
            }
            self.resend.double();
        }
        // Which of the two is acknowledged cannot be known (Karn's algorithm, RFC 6298 §3).
        self.resend.timed = None;
        self.walk(Trigger::Retry, out);
        out.push(Effect::Send { segment, again: self.resend.retries });
        let span = doubled(self.rtt.timeout(cx.profile), self.resend.doublings, cx.profile.rto_max);
        self.start(cx, Timer::Retransmit, span, out);
    }

    /// What this host's firewall refused, or what a shut window keeps back, is tried again.
    fn expire_probe(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        if !self.tcb.has_unsent() {
            return;
        }
        if self.resend.probes >= self.patience(cx.profile) {
            self.give_up(out);
            return;
        }
        self.resend.probes += 1;
        // A try at something that never left is no repetition.
        self.resend.by_timer = false;
        if self.tcb.snd.wnd > self.tcb.in_flight() {
            let (probes, first) = (self.resend.probes, out.len());
            self.output(cx, out);
            self.resend.probes = probes;
            // The kernel pushes what it probes with (trace 13f).
            if let Some(Effect::Send { segment, .. }) = out.get_mut(first) {
                segment.flags = segment.flags | Flags::PSH;
            }
        } else {
            let mut probe = self.ack(cx);
            probe.seq = probe.seq - 1;
            out.push(Effect::Send { segment: probe, again: self.resend.probes });
            self.start_probe(cx, out);
        }
    }

    /// How many doublings this connection may go through without an answer.
    fn patience(&self, profile: &Profile) -> u32 {
        match (self.released, profile.orphan_retries) {
            (false, _) => profile.retries2,
            (true, 0) => 8,
            (true, retries) => retries,
        }
    }

    /// `tcp_retries2` is a time, not a count: that of as many doublings from the least timeout (traces 17a, 17b).
    fn waited_too_long(&self, cx: Context<'_>) -> bool {
        let mut limit = Duration::ZERO;
        for doublings in 0..=self.patience(cx.profile).min(255) {
            limit += doubled(cx.profile.rto_min, doublings, cx.profile.rto_max);
        }
        self.resend.retries > 0 && cx.now.since(self.resend.since.unwrap_or(cx.now)) >= limit
    }

    fn give_up(&mut self, out: &mut Vec<Effect>) {
        self.walk(Trigger::GiveUp, out);
        out.push(Effect::Notify(Notice::TimedOut));
    }

    /// FIN-WAIT-2 without a process: it lasts `tcp_fin_timeout` (trace 14a). If that is longer than TIME-WAIT, Linux
    /// waits for the difference, and then once more for the difference: 20 s for 70 s.
    pub(super) fn start_orphan_wait(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        match longer_than_time_wait(cx) {
            Duration::ZERO => self.start(cx, Timer::TimeWait, cx.profile.fin_timeout, out),
            difference => self.start(cx, Timer::Keepalive, difference, out),
        }
    }

    /// TIME-WAIT begins, or begins again.
    pub(super) fn start_time_wait(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        self.timers.stop_all();
        self.start(cx, Timer::TimeWait, cx.profile.time_wait, out);
    }
}

/// By how much `tcp_fin_timeout` is longer than TIME-WAIT.
fn longer_than_time_wait(cx: Context<'_>) -> Duration {
    cx.profile.fin_timeout.saturating_sub(cx.profile.time_wait)
}
