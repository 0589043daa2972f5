//! Timers (RFC 9293 §3.8.1, §3.8.3, §3.10.8).

use super::connection::{Connection, Context};
use super::output::doubled;
use super::profile::ORPHAN_RETRIES;
use super::resend::{Due, LossProbe};
use super::{Effect, Notice, Profile, State, Timer, Trigger};
use crate::millis;
use std::time::Duration;

/// From this one the doublings are reckoned that `tcp_retries2` and `tcp_orphan_retries` allow, whatever
/// `tcp_rto_min_us` says.
const LEAST_TIMEOUT: Duration = millis(200);

impl Connection {
    /// `timer` ran out. Call it only when its deadline has come; a timer that does not run does nothing.
    pub fn expire(&mut self, cx: Context<'_>, timer: Timer, out: &mut Vec<Effect>) {
        if self.timers.deadline(timer).is_none_or(|at| at > cx.now) {
            return;
        }
        self.timers.stop(timer);
        self.resend.by_timer = true;
        let lost = self.timeout_begins(timer);
        match (timer, self.state()) {
            (Timer::Keepalive, State::FinWait2) if self.released => self.go_on_orphan_wait(cx, out),
            (Timer::Keepalive, _) => self.expire_keepalive(cx, out),
            (Timer::TimeWait, State::FinWait2) => _ = self.walk(Trigger::OrphanOver, out),
            (Timer::TimeWait, _) => _ = self.walk(Trigger::TimeWaitOver, out),
            (Timer::DelayedAck, _) => self.expire_delayed_ack(cx, out),
            (Timer::Probe, _) => self.expire_probe(cx, out),
            (Timer::Retransmit, State::SynSent) => self.expire_syn(cx, out),
            (Timer::Retransmit, State::SynReceived) => self.expire_synack(cx, out),
            (Timer::Retransmit, _) => self.expire_data(cx, out),
        }
        if let Some(lost) = lost {
            self.timeout_ends(lost, out);
        }
    }

    /// SYN: `syn_linear_timeouts` times after the same time, then doubling (traces 03a, 03b); no more often than that and
    /// `syn_retries` together, and no longer than `syn_retries` doublings take (traces k01).
    fn expire_syn(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        let Profile { syn_retries, syn_linear_timeouts: linear, rto_initial, .. } = *cx.profile;
        if self.resend.retries >= syn_retries + linear || self.waited_for(cx, syn_retries, rto_initial) {
            self.give_up(out);
        } else {
            let grows = self.resend.retries >= linear;
            self.repeat_syn(cx, grows, out);
        }
    }

    /// SYN|ACK: always doubling (trace 05a). The entry of a listener is bounded by its count alone; where both ends opened
    /// at once, it is the bound of the SYN.
    fn expire_synack(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        let Profile { syn_retries, synack_retries, rto_initial, .. } = *cx.profile;
        let is_over = if self.is_passive() {
            self.resend.retries >= synack_retries
        } else {
            self.resend.retries >= syn_retries || self.waited_for(cx, syn_retries, rto_initial)
        };
        if is_over {
            self.give_up(out);
        } else {
            self.repeat_syn(cx, true, out);
        }
    }

    /// The SYN or SYN|ACK once more. The next time it is after twice as long if the timeout grows.
    fn repeat_syn(&mut self, cx: Context<'_>, grows: bool, out: &mut Vec<Effect>) {
        self.resend.retries += 1;
        self.resend.doublings += u32::from(grows);
        self.resend.syn_refused = false;
        self.walk(Trigger::Retry, out);
        self.send_syn(cx, out);
        let span = doubled(cx.profile.rto_initial, self.resend.doublings, self.rto_max);
        self.start(cx, Timer::Retransmit, span, out);
    }

    /// Data and FIN: the timer ran for a loss probe, for what may be lost, or as a timeout.
    fn expire_data(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        match self.resend.due {
            Due::Timeout => self.expire_timeout(cx, out),
            Due::LossProbe => self.expire_loss_probe(cx, out),
            Due::Reordering => self.expire_reordering(cx, out),
        }
    }

    /// The oldest that is not acknowledged once more (traces 13h, 17a).
    fn expire_timeout(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        if self.waited_for(cx, self.patience(cx), LEAST_TIMEOUT) {
            self.give_up(out);
            return;
        }
        // The time that `tcp_retries2` stands for begins here, if there was a loss probe before (trace 17d).
        let left = self.resend.out.front().map(|first| if cx.profile.loss_probe { cx.now } else { first.at });
        self.resend.since = self.resend.since.or(left);
        self.lose_all(cx);
        self.resend.retries += 1;
        self.resend.doublings += 1;
        self.walk(Trigger::Retry, out);
        self.send_again(cx, 0, out);
        self.set_timeout(cx, out);
    }

    /// The first time only asks whether anything was lost (RFC 8985 §7.3): with what was never sent, Nagle's algorithm or
    /// not, or else with the last that was. One such question is out at a time.
    fn expire_loss_probe(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        if self.resend.loss_probe.is_some() {
            self.set_timeout(cx, out);
            return;
        }
        let new = self.unsent_segment(cx);
        let repeats = new.is_none();
        self.resend.by_timer = repeats;
        match new {
            Some(segment) => self.send_new(cx, segment, 0, out),
            None => {
                self.walk(Trigger::Retry, out);
                self.send_again(cx, self.resend.out.len().saturating_sub(1), out);
            }
        }
        self.resend.again.probes = true;
        self.resend.loss_probe = Some(LossProbe { end: self.tcb.snd.nxt, repeats });
        self.resend.due = Due::Timeout;
        self.set_timeout(cx, out);
    }

    /// How many doublings this connection may go through without an answer. Of an orphan whose timeout can grow no more,
    /// none where the profile says so (trace m17), unless `tcp_orphan_retries` names some and no ICMP error came.
    fn patience(&self, cx: Context<'_>) -> u32 {
        let is_longest = self.timeout(cx) >= self.rto_max && cx.profile.orphans_end_at_rto_max;
        match cx.profile.orphan_retries {
            _ if !self.released => cx.profile.retries2,
            _ if is_longest && self.advised => 0,
            0 if !is_longest => ORPHAN_RETRIES,
            retries => retries,
        }
    }

    /// It went on for as long as `retries` doublings from `first` take (traces 17a, 17b, k01).
    fn waited_for(&self, cx: Context<'_>, retries: u32, first: Duration) -> bool {
        let mut limit = Duration::ZERO;
        for doublings in 0..=retries.min(255) {
            limit += doubled(first, doublings, self.rto_max);
        }
        self.resend.retries > 0 && cx.now.since(self.resend.since.unwrap_or(cx.now)) >= limit
    }

    pub(super) fn give_up(&mut self, out: &mut Vec<Effect>) {
        self.walk(Trigger::GiveUp, out);
        out.push(Effect::Notify(Notice::TimedOut));
    }

    /// FIN-WAIT-2 without a process: it lasts `tcp_fin_timeout` (trace 14a), or 3½ timeouts if that is longer (k06). If
    /// it is longer than TIME-WAIT, Linux waits for the difference, and then once more for the difference: 20 s for 70 s.
    /// It counts as an entry in the state `counts_in`: in TIME-WAIT, if the peer's FIN is there already.
    pub(super) fn start_orphan_wait(&mut self, cx: Context<'_>, counts_in: State, out: &mut Vec<Effect>) {
        let span = cx.profile.fin_timeout.max(self.few_timeouts(cx));
        match span.saturating_sub(cx.profile.time_wait) {
            Duration::ZERO => {
                self.timers.stop(Timer::Keepalive);
                let lasts = if counts_in == State::TimeWait { cx.profile.time_wait } else { span };
                self.leave_entry(cx, lasts, out);
                self.start(cx, Timer::TimeWait, span, out);
            }
            difference => self.start(cx, Timer::Keepalive, difference, out),
        }
    }

    /// The second part of an orphan's wait that is longer than TIME-WAIT.
    fn go_on_orphan_wait(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        let few = self.few_timeouts(cx);
        let difference = cx.profile.fin_timeout.max(few).saturating_sub(cx.profile.time_wait);
        self.leave_entry(cx, difference.max(few), out);
        self.start(cx, Timer::TimeWait, difference.max(few), out);
    }

    /// 3½ timeouts: time for a FIN to come again.
    fn few_timeouts(&self, cx: Context<'_>) -> Duration {
        self.timeout(cx) * 7 / 2
    }

    /// It waits for the end of 2MSL, or as an orphan for the peer's FIN: an entry, and no socket any more in Linux.
    pub fn is_entry(&self) -> bool {
        self.state() == State::TimeWait
            || (self.state() == State::FinWait2 && self.timers.get(Timer::TimeWait).is_some())
    }

    /// There are too many such entries: this one is forgotten at once.
    pub fn find_no_room(&mut self, out: &mut Vec<Effect>) {
        self.walk(Trigger::NoRoom, out);
    }

    /// TIME-WAIT begins, or begins again.
    pub(super) fn start_time_wait(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        if self.timers.get(Timer::TimeWait).is_none() {
            self.leave_entry(cx, cx.profile.time_wait, out);
        }
        self.timers.stop_all();
        self.start(cx, Timer::TimeWait, cx.profile.time_wait, out);
    }
}
