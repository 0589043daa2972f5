//! What the retransmission timer is set for when something is out: a loss probe, a timeout (RFC 6298 §5, RFC 8985 §7.2).

use super::connection::{Connection, Context};
use super::output::doubled;
use super::resend::{Due, Repair};
use super::{Effect, Profile, Timer};
use std::time::Duration;

impl Connection {
    /// The timeout of what is sent now, with the doublings that are in force.
    pub(super) fn timeout(&self, cx: Context<'_>) -> Duration {
        doubled(self.rtt.timeout(cx.profile), self.resend.doublings, self.rto_max)
    }

    /// An earlier connection to the peer measured this round trip.
    pub fn recall_trip(&mut self, trip: Duration, profile: &Profile) {
        self.rtt.recall(trip, profile);
    }

    /// The connection is over, and leaves its round trip to the next one; none if its last tries were in vain.
    pub(super) fn leave_trip(&self, cx: Context<'_>, out: &mut Vec<Effect>) {
        if cx.profile.keeps_trips {
            let is_sure = self.resend.doublings == 0 && self.resend.backoff == 0;
            out.push(Effect::Trip(if is_sure { self.rtt.smoothed() } else { Duration::ZERO }));
        }
    }

    /// New segments went out; nothing was out before if `was_idle`.
    pub(super) fn set_timer_of_new(&mut self, cx: Context<'_>, was_idle: bool, out: &mut Vec<Effect>) {
        if was_idle {
            self.resend.due = Due::Timeout;
        }
        let rest = self.rest_of_timeout(cx);
        if !self.set_loss_probe(cx, rest, out) && (was_idle || self.resend.due == Due::LossProbe) {
            self.set_timeout(cx, out);
        }
    }

    /// Something was acknowledged: the timer stops, or starts again for what is still out.
    pub(super) fn set_timer_again(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        if self.resend.out.is_empty() {
            self.timers.stop(Timer::Retransmit);
            self.resend.due = Due::Timeout;
        } else if !self.set_loss_probe(cx, self.timeout(cx), out) {
            self.set_timeout(cx, out);
        }
    }

    /// A loss probe is due two round trips after the last segment went out or was acknowledged; if only one is out, later
    /// by the time that its receiver may delay an acknowledgement; and never later than the timeout, of which `rest` is
    /// left. It is left out while a loss is repaired, and for a peer that does not say what it received.
    fn set_loss_probe(&mut self, cx: Context<'_>, rest: Duration, out: &mut Vec<Effect>) -> bool {
        let segments = self.resend.out.len();
        let asks = cx.profile.loss_probe && self.tcb.offer.sack_permitted;
        if !asks || segments == 0 || self.resend.repair != Repair::Idle {
            return false;
        }
        let span = self.rtt.probe_span(segments, cx.profile);
        let span = if rest.is_zero() { span } else { span.min(cx.profile.in_ticks(rest)) };
        self.resend.due = Due::LossProbe;
        self.start(cx, Timer::Retransmit, span, out);
        true
    }

    /// The timeout. A timer that ran for something else goes over to the rest of it.
    pub(super) fn set_timeout(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        let span = match self.resend.due {
            Due::Timeout => self.timeout(cx),
            Due::LossProbe | Due::Reordering => {
                cx.profile.in_ticks(self.rest_of_timeout(cx)).max(cx.profile.tick())
            }
        };
        self.resend.due = Due::Timeout;
        self.start(cx, Timer::Retransmit, span, out);
    }

    /// What is left of the timeout, which counts from when the oldest segment was last sent; zero if it is over.
    fn rest_of_timeout(&self, cx: Context<'_>) -> Duration {
        let passed = self.resend.out.front().map_or(Duration::ZERO, |first| cx.now.since(first.at));
        self.timeout(cx).saturating_sub(passed)
    }
}
