//! What is owed to the peer in acknowledgements and in window.

use super::{Flags, Segment, Seq};
use crate::Instant;
use std::time::Duration;

/// Segments that are acknowledged at once, to let a sender start quickly.
const QUICK: u32 = 16;

/// What is owed to the peer, and how soon.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Acking {
    /// An acknowledgement is owed.
    pub(super) owed: bool,
    /// A gap was filled: it is owed at once.
    pub(super) at_once: bool,
    /// How many more are sent at once (`icsk_ack.quick`).
    pub(super) quick: u32,
    /// The program has answered within the delay: what it sends carries the acknowledgement (Linux's "pingpong mode").
    pub(super) answers: bool,
    /// How long one may wait; zero before the first data (`icsk_ack.ato`).
    pub(super) delay: Duration,
    /// When data came last (`icsk_ack.lrcvtime`).
    pub(super) heard: Option<Instant>,
    /// The octets of a full segment of the peer, as far as it can be known from what came (`icsk_ack.rcv_mss`).
    pub(super) full: u32,
    /// Ends of calls of the peer (PSH, or a segment that is not full) since the last acknowledgement: 0, 1, or 2 for more
    /// (`ICSK_ACK_PUSHED`, `ICSK_ACK_PUSHED2`).
    pub(super) pushed: u8,
    /// RCV.NXT when one was last sent (`rcv_wup`).
    pub(super) acked: Seq,
    /// The number up to which that opened the window: RCV.NXT + RCV.WND of then.
    pub(super) edge: Seq,
    /// How far the window has grown with what came.
    pub(super) grown: u32,
    /// What Linux's growing window was when one was last sent.
    pub(super) promised: u32,
    /// The first number of the hole beyond which something came last (`compressed_ack_rcv_nxt`).
    pub(super) hole: Seq,
    /// How many segments beyond it were answered at once (`dup_ack_counter`).
    pub(super) beyond: u8,
    /// How many beyond it wait for one acknowledgement (`compressed_ack`).
    pub(super) gathered: u32,
}

impl Acking {
    pub(super) fn each_instant(&mut self, act: impl Fn(&mut Instant)) {
        self.heard.iter_mut().for_each(act);
    }

    /// Learns from what came how long a full segment of the peer is, and whether a call of the peer ends.
    pub(super) fn measure(&mut self, segment: &Segment) {
        let len = segment.data_len();
        if len < self.full {
            self.pushed = (self.pushed + 1).min(2);
        } else {
            self.full = len;
            self.pushed = self.pushed.max(u8::from(segment.flags.contains(Flags::PSH)));
        }
    }

    /// The next segments are acknowledged at once, up to half of the window.
    pub(super) fn hurry(&mut self, window: u32) {
        let segments = window.checked_div(2 * self.full).unwrap_or(0).max(2);
        self.quick = self.quick.max(segments.min(QUICK));
    }
}
