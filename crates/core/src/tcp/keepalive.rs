//! Keep-alives (RFC 9293 §3.8.4): whether the peer is still there, when nothing has come from it for long.
//!
//! A probe is an acknowledgement with a number that the peer has had, so that it answers. The timer never stops while the
//! option is set: with something out or held back it only starts again (Linux's `tcp_keepalive_timer`).

use super::connection::{Connection, Context};
use super::{Counter, Effect, Notice, Profile, State, Timer, Trigger};
use crate::Instant;
use std::time::Duration;

/// What a socket asks for by `SO_KEEPALIVE` and the options beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Keepalive {
    /// `SO_KEEPALIVE`
    pub is_on: bool,
    /// `TCP_KEEPIDLE`, where it is not `tcp_keepalive_time`.
    pub idle: Option<Duration>,
    /// `TCP_KEEPINTVL`, where it is not `tcp_keepalive_intvl`.
    pub interval: Option<Duration>,
    /// `TCP_KEEPCNT`, where it is not `tcp_keepalive_probes`.
    pub count: Option<u32>,
}

/// One of these options.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeepaliveOption {
    /// `SO_KEEPALIVE`
    On,
    /// The end of it.
    Off,
    /// `TCP_KEEPIDLE`
    Idle(Duration),
    /// `TCP_KEEPINTVL`
    Interval(Duration),
    /// `TCP_KEEPCNT`
    Count(u32),
}

impl Keepalive {
    /// With this option set.
    pub const fn set(&mut self, option: KeepaliveOption) {
        match option {
            KeepaliveOption::On => self.is_on = true,
            KeepaliveOption::Off => self.is_on = false,
            KeepaliveOption::Idle(span) => self.idle = Some(span),
            KeepaliveOption::Interval(span) => self.interval = Some(span),
            KeepaliveOption::Count(count) => self.count = Some(count),
        }
    }

    fn idle(self, profile: &Profile) -> Duration {
        self.idle.unwrap_or(profile.keepalive_time)
    }
}

impl Connection {
    /// The options of the socket, set before the connection.
    pub const fn with_keepalive(mut self, keepalive: Keepalive) -> Connection {
        self.keepalive = keepalive;
        self
    }

    /// Sets an option of a socket that has a connection. The timer starts with the option; another wait counts from when
    /// the peer was heard last (variation v328).
    pub fn set_keepalive(&mut self, cx: Context<'_>, option: KeepaliveOption, out: &mut Vec<Effect>) {
        let was_on = self.keepalive.is_on;
        self.keepalive.set(option);
        if matches!(self.state(), State::Closed | State::Listen) || self.is_entry() {
            return;
        }
        let idle = self.keepalive.idle(cx.profile);
        match option {
            KeepaliveOption::On if !was_on => self.wait_for_peer(cx, idle, out),
            KeepaliveOption::Off => self.timers.stop(Timer::Keepalive),
            KeepaliveOption::Idle(_) if was_on => {
                let left = idle.saturating_sub(self.silence(cx));
                self.wait_for_peer(cx, left, out);
            }
            _ => {}
        }
    }

    /// The handshake is over.
    pub(super) fn begin_keepalive(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        self.heard_from_peer(cx.now);
        if self.keepalive.is_on {
            self.wait_for_peer(cx, self.keepalive.idle(cx.profile), out);
        }
    }

    fn wait_for_peer(&mut self, cx: Context<'_>, span: Duration, out: &mut Vec<Effect>) {
        /// A tick of the kernel's clock: no timer is shorter, whatever the options say.
        const LEAST: Duration = crate::millis(4);
        self.start(cx, Timer::Keepalive, span.max(LEAST), out);
    }

    /// An acknowledgement or data of the peer was taken.
    pub(super) const fn heard_from_peer(&mut self, now: Instant) {
        self.heard = Some(now);
    }

    /// How long nothing was heard from the peer.
    fn silence(&self, cx: Context<'_>) -> Duration {
        self.heard.map_or(Duration::ZERO, |heard| cx.now.since(heard))
    }

    /// Nothing was heard for as long as the option says: the peer is asked, again after a shorter wait each time, and after
    /// as many probes as it says the connection ends with a reset (variation v329).
    pub(super) fn expire_keepalive(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        if !self.keepalive.is_on || !self.state().is_synchronized() {
            return;
        }
        let (idle, silence) = (self.keepalive.idle(cx.profile), self.silence(cx));
        if self.tcb.in_flight() > 0 || self.tcb.has_unsent() {
            self.wait_for_peer(cx, idle, out);
        } else if silence < idle {
            self.wait_for_peer(cx, idle.saturating_sub(silence), out);
        } else if self.resend.probes >= self.keepalive.count.unwrap_or(cx.profile.keepalive_probes) {
            self.send_reset(cx, out);
            self.walk(Trigger::KeepaliveOver, out);
            out.push(Effect::Notify(Notice::TimedOut));
        } else {
            let mut probe = self.ack(cx, out);
            probe.seq = probe.seq - 1;
            self.resend.probes += 1;
            out.push(Effect::Count(Counter::KeepAlive, 1));
            out.push(Effect::Send { segment: probe, again: 0 });
            let interval = self.keepalive.interval.unwrap_or(cx.profile.keepalive_interval);
            self.wait_for_peer(cx, interval, out);
        }
    }
}
