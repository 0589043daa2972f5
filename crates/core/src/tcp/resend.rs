//! What is out, and what was tried to get it acknowledged.

use super::Seq;
use crate::Instant;
use std::collections::VecDeque;

/// A segment that is sent and not acknowledged, as it was: it is sent again with the same end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Sent {
    /// The number after its last octet, or after its FIN.
    pub(super) end: Seq,
    /// When it was last sent.
    pub(super) at: Instant,
    /// It was sent more than once.
    pub(super) again: bool,
}

/// The state of retransmission (RFC 6298, RFC 8985).
///
/// What holds between calls: `out` has one entry for each segment of data or FIN between SND.UNA and SND.NXT, in their
/// order, and is empty if nothing is out. `doublings` is at most `retries`, and both are 0 after progress. `hole` holds
/// only while the retransmission timer runs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Resend {
    /// The segments that are out. A SYN is not among them.
    pub(super) out: VecDeque<Sent>,
    /// Timeouts in a row without progress, a loss probe counted.
    pub(super) retries: u32,
    /// Doublings of the timeout that are in force.
    pub(super) doublings: u32,
    /// Doublings that were taken back; `netstat -o` still counts them. See `Connection::revert_backoff`.
    pub(super) taken_back: u32,
    /// SYN|ACKs sent by a half-open entry.
    pub(super) answers: u32,
    /// Tries in a row that this host's firewall refused, or that asked about a shut window.
    pub(super) probes: u32,
    /// From when on the time counts that `tcp_retries2` allows: the oldest segment that is out was first sent, or its
    /// first timeout came.
    pub(super) since: Option<Instant>,
    /// When the SYN left, if only one did: its round trip is measured.
    pub(super) syn_at: Option<Instant>,
    /// SND.UNA for which a hole was filled without a timeout: once for each.
    pub(super) filled: Option<Seq>,
    /// The timer runs to fill a hole.
    pub(super) hole: bool,
    /// The number after the last segment that was not full (Nagle's algorithm).
    pub(super) small_end: Option<Seq>,
    /// The segment on its way out was made by the retransmission timer.
    pub(super) by_timer: bool,
}

impl Resend {
    /// A segment that ends at `end` goes out for the first time.
    pub(super) fn sent(&mut self, end: Seq, now: Instant, full: bool) {
        self.out.push_back(Sent { end, at: now, again: false });
        if !full {
            self.small_end = Some(end);
        }
    }

    /// The last segment did not leave this host.
    pub(super) fn unsent(&mut self) {
        self.out.pop_back();
        self.small_end = None;
    }

    /// Everything before `ack` arrived. Gives when the oldest of it left, unless some was sent twice: which of the two is
    /// acknowledged cannot be known then (Karn's algorithm, RFC 6298 §3).
    pub(super) fn acknowledged(&mut self, ack: Seq) -> Option<Instant> {
        let (mut left, mut again) = (self.syn_at.take(), false);
        while let Some(sent) = self.out.front().filter(|sent| sent.end.at_or_before(ack)) {
            left = left.or(Some(sent.at));
            again |= sent.again;
            self.out.pop_front();
        }
        left.filter(|_| !again)
    }

    /// Something arrived that had not before: what was tried in vain no longer counts.
    pub(super) fn progress(&mut self) {
        self.hole = false;
        (self.retries, self.doublings, self.taken_back) = (0, 0, 0);
    }

    pub(super) fn each_instant(&mut self, act: impl Fn(&mut Instant)) {
        self.out.iter_mut().for_each(|sent| act(&mut sent.at));
        self.since.iter_mut().for_each(&act);
        self.syn_at.iter_mut().for_each(act);
    }

    /// One more timeout.
    pub(super) fn double(&mut self) {
        self.doublings += 1;
    }

    /// One doubling less.
    pub(super) fn take_back(&mut self) {
        self.doublings = self.doublings.saturating_sub(1);
        self.taken_back += 1;
    }
}
