//! How many segments may be out: slow start and congestion avoidance (RFC 5681), counted in segments as Linux's Reno does.
//!
//! What can be seen of it: ten segments leave at first (RFC 6928), or one if the SYN was lost twice. After a timeout it is
//! one. A loss that is found in another way leaves half: while it is repaired, one segment leaves for about two that arrive
//! (RFC 6937). If nothing was lost after all, the window is as before (RFC 5682, RFC 3522, RFC 2883).

use super::{Profile, Seq};
use crate::Instant;

/// The window as it was before a loss, which counts again if there was none: Linux's `undo_marker`, `undo_retrans`,
/// `prior_cwnd` and `prior_ssthresh`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Undo {
    /// SND.UNA when the loss was found.
    pub(super) from: Seq,
    /// Repetitions that were not reported as received twice; `None` before the first.
    pub(super) again: Option<u32>,
    pub(super) window: u32,
    pub(super) threshold: u32,
}

/// The congestion window of one connection, in segments.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Congestion {
    /// cwnd: how many may be out.
    pub(super) window: u32,
    /// ssthresh: below it the window grows by what is acknowledged, above it by one for each window of that.
    pub(super) threshold: u32,
    /// Segments that were acknowledged above the threshold and have not made the window grow (`snd_cwnd_cnt`).
    pub(super) credit: u32,
    /// In the present flight something waited for room in this window (`is_cwnd_limited`).
    pub(super) limited: bool,
    /// The most that were out in the present flight (`max_packets_out`).
    pub(super) most_out: u32,
    /// SND.NXT when the flight began: it is over when that is acknowledged (`cwnd_usage_seq`).
    pub(super) flight_end: Seq,
    /// When data was last sent.
    pub(super) sent_at: Option<Instant>,
    /// The window when holes were found, which Linux takes for RFC 6937's RecoverFS; what has arrived since (prr_delivered),
    /// and what was sent (prr_out).
    pub(super) before: u32,
    pub(super) delivered: u32,
    pub(super) sent: u32,
    /// Something was found to be lost since an acknowledgement was last reckoned with.
    pub(super) loses: bool,
    pub(super) undo: Option<Undo>,
}

impl Congestion {
    pub(super) const fn new(profile: &Profile) -> Congestion {
        Congestion {
            window: profile.initial_window,
            threshold: u32::MAX,
            credit: 0,
            limited: false,
            most_out: 0,
            flight_end: Seq(0),
            sent_at: None,
            before: 0,
            delivered: 0,
            sent: 0,
            loses: false,
            undo: None,
        }
    }

    pub(super) fn each_instant(&mut self, act: impl Fn(&mut Instant)) {
        self.sent_at.iter_mut().for_each(act);
    }

    /// The threshold that the present window is worth (`tcp_current_ssthresh`).
    pub(super) fn worth(&self) -> u32 {
        self.threshold.max(self.window / 2 + self.window / 4)
    }

    pub(super) fn halve(&mut self, profile: &Profile) {
        self.threshold = (self.window / 2).max(profile.least_threshold);
        self.credit = 0;
    }

    /// Whether the program, and not this window, decides how much is out.
    fn is_ample(&self) -> bool {
        !self.limited && (self.window >= self.threshold || self.window >= self.most_out.saturating_mul(2))
    }

    /// `count` segments were acknowledged.
    pub(super) fn grow(&mut self, count: u32) {
        if self.is_ample() {
            return;
        }
        let slow = count.min(self.threshold.saturating_sub(self.window));
        self.window += slow;
        self.credit += count - slow;
        if slow < count && self.credit >= self.window {
            (self.window, self.credit) = (self.window + self.credit / self.window, self.credit % self.window);
        }
    }

    /// `count` segments arrived while holes are filled, with `flying` (pipe) on their way; the window follows to the
    /// threshold (RFC 6937 §3.1; Linux's `tcp_cwnd_reduction`).
    pub(super) fn shrink(&mut self, count: u32, flying: u32, advanced: bool) {
        self.delivered += count;
        let more = match self.threshold.checked_sub(flying) {
            None => self
                .threshold
                .saturating_mul(self.delivered)
                .div_ceil(self.before.max(1))
                .saturating_sub(self.sent),
            Some(room) => {
                let made = self.delivered.saturating_sub(self.sent).max(count);
                room.min(made + u32::from(advanced && !self.loses))
            }
        };
        self.window = flying + more.max(u32::from(self.sent == 0));
    }

    /// There was no loss: the window is as before.
    pub(super) fn restore(&mut self) {
        if let Some(undo) = self.undo.take() {
            self.window = self.window.max(undo.window);
            self.threshold = self.threshold.max(undo.threshold);
        }
    }
}
