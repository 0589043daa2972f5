//! What is out, and what was tried to get it acknowledged.

use super::Seq;
use crate::Instant;
use std::collections::VecDeque;

/// A segment that is sent and not acknowledged, as it was: it is sent again with the same end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Sent {
    /// The number after its last octet, or after its FIN.
    pub(super) end: Seq,
    /// When it was first sent.
    pub(super) at: Instant,
}

/// The state of retransmission (RFC 6298, RFC 8985).
///
/// What holds between calls: `out` has one entry for each segment of data or FIN between SND.UNA and SND.NXT, in their
/// order, and is empty if nothing is out. `doublings` is at most `retries`, and both are 0 after progress. `timed` is
/// never a segment that was sent twice (Karn's algorithm). `hole` holds only while the retransmission timer runs.
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
    /// A segment whose round trip is being measured: the number that acknowledges it, and when it left.
    pub(super) timed: Option<(Seq, Instant)>,
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
        self.timed = self.timed.or(Some((end, now)));
        self.out.push_back(Sent { end, at: now });
        if !full {
            self.small_end = Some(end);
        }
    }

    /// The last segment did not leave this host.
    pub(super) fn unsent(&mut self) {
        self.out.pop_back();
        self.small_end = None;
        self.timed = None;
    }

    /// Everything before `ack` arrived.
    pub(super) fn acknowledged(&mut self, ack: Seq) {
        while self.out.front().is_some_and(|sent| sent.end.at_or_before(ack)) {
            self.out.pop_front();
        }
    }

    /// Something arrived that had not before: what was tried in vain no longer counts.
    pub(super) fn progress(&mut self) {
        self.hole = false;
        (self.retries, self.doublings, self.taken_back) = (0, 0, 0);
    }

    pub(super) fn each_instant(&mut self, act: impl Fn(&mut Instant)) {
        self.out.iter_mut().for_each(|sent| act(&mut sent.at));
        self.since.iter_mut().for_each(&act);
        self.timed.iter_mut().for_each(|(_, left)| act(left));
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
