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
    /// How many more are sent at once.
    pub(super) quick: u32,
    /// The program has answered within the delay: what it sends carries the acknowledgement.
    pub(super) answers: bool,
    /// How long one may wait; zero before the first data.
    pub(super) delay: Duration,
    /// When data came last.
    pub(super) heard: Option<Instant>,
    /// The octets of a full segment of the peer.
    pub(super) full: u32,
    /// Ends of calls of the peer (PSH, or a segment that is not full) since the last: none, one, or more.
    pub(super) pushed: u8,
    /// RCV.NXT when one was last sent, and the number up to which it opened the window.
    pub(super) acked: Seq,
    pub(super) edge: Seq,
    /// How far the window has grown with what came.
    pub(super) grown: u32,
    /// What Linux's growing window was when one was last sent.
    pub(super) promised: u32,
    /// The hole beyond which something came last: its first number, and how much of that was answered at once.
    pub(super) hole: Seq,
    pub(super) beyond: u8,
    /// How much that came beyond it waits for one acknowledgement.
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
