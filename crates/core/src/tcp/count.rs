//! When a connection counts something for its host: where Linux does.

use super::connection::{Connection, Context};
use super::resend::{Due, Mark, Repair};
use super::{Counter, Effect, Sack, Segment, State, Timer};
use crate::millis;
use std::time::Duration;

/// Windows are compared in the unit in which Linux's window scale of 10 writes them.
const WINDOW_UNIT: u32 = 1 << 10;
/// An entry that waits no longer counts as "killed" in Linux's words.
const SHORT_WAIT: Duration = millis(4_000);

impl Connection {
    /// Whether `segment`, on its way out for the `again`th time, repeats one that left this host.
    pub fn repeats(&self, segment: &Segment, again: u32) -> bool {
        let end = segment.seq + segment.len();
        match (segment.is_syn(), self.is_passive()) {
            (true, true) => self.resend.answers > 1,
            (true, false) => again > 0,
            _ => self.resend.out.iter().any(|sent| sent.end == end && sent.again > 0) && !segment.is_empty(),
        }
    }

    /// Before `timer` runs out: if it does as a time-out, how many segments were lost that had been sent again.
    pub(super) fn timeout_begins(&self, timer: Timer) -> Option<u32> {
        let opens = !self.state().is_synchronized();
        if timer != Timer::Retransmit || !(opens || self.resend.due == Due::Timeout) {
            return None;
        }
        let repeated = |sent: &&super::resend::Sent| sent.again > 0 && sent.mark == Mark::Out;
        let lost = match (self.resend.retries, opens) {
            (0, true) => 0,
            // A SYN that the firewall of its host refused was never sent again (variation v316).
            (_, true) => usize::from(!self.resend.syn_refused),
            // A loss probe is no repetition of what was lost.
            (0, false) if self.resend.repair < Repair::Holes => 0,
            _ => self.resend.out.iter().filter(repeated).count(),
        };
        Some(u32::try_from(lost).unwrap_or(u32::MAX))
    }

    /// After a time-out. A half-open entry is no socket yet, and has but the first of these counters.
    pub(super) fn timeout_ends(&self, lost: u32, out: &mut Vec<Effect>) {
        out.push(Effect::Count(Counter::Timeouts, 1));
        let entry = self.state() == State::SynReceived && self.is_passive();
        if !entry && !matches!(self.state(), State::Closed | State::Listen) {
            out.push(Effect::Count(Counter::LostRetransmit, lost));
            out.push(Effect::Count(Counter::TimeoutRehash, 1));
        }
    }

    /// An acknowledgement is taken in that is neither too old nor too new. Predicted is one that changes no window and
    /// acknowledges something; the first after the peer's SYN|ACK never is (`tcp_rcv_established`).
    pub(super) fn count_ack(&self, segment: &Segment, out: &mut Vec<Effect>) {
        let waits = self.timers.get(Timer::TimeWait).is_some();
        let (una, nxt) = (self.tcb.snd.una, self.tcb.snd.nxt);
        let taken = segment.ack.at_or_before(nxt) && !segment.ack.before(una);
        if !segment.is_empty() || waits || !taken {
            return;
        }
        let units = |window: u32| window.div_ceil(WINDOW_UNIT);
        let predicted = self.state() == State::Established
            && segment.ack.after(una)
            && units(segment.window) == units(self.tcb.snd.wnd)
            && self.tcb.snd.wl1 != self.tcb.rcv.irs;
        out.push(Effect::Count(if predicted { Counter::HpAcks } else { Counter::PureAcks }, 1));
    }

    /// A segment came again, of which `twice` had been received.
    pub(super) fn count_repetition(&self, twice: Option<Sack>, out: &mut Vec<Effect>) {
        if twice.is_some() {
            out.push(Effect::Count(Counter::DelayedAckLost, 1));
            out.push(Effect::Count(Counter::DsackOldSent, u32::from(self.tcb.offer.sack_permitted)));
        }
    }

    /// The kernel keeps a small entry in place of the socket, for `span`.
    pub(super) fn leave_entry(&self, cx: Context<'_>, span: Duration, out: &mut Vec<Effect>) {
        self.leave_trip(cx, out);
        out.push(Effect::Count(if span <= SHORT_WAIT { Counter::TwKilled } else { Counter::Tw }, 1));
    }
}
