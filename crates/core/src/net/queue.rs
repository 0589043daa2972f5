//! What happens next.

use super::{FactId, HostId, PacketId, SocketId, Wake};
use crate::Instant;
use crate::tcp::Timer;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Something that is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Event {
    /// A packet reaches a host.
    Arrival { host: HostId, packet: PacketId },
    /// A timer runs out, if it still runs and was not set anew. `set` is the fact that set it.
    Timer { host: HostId, socket: SocketId, timer: Timer, set: FactId },
    /// The network loses a packet, half-way.
    Loss { packet: PacketId },
    /// A program notices that the peer has closed; `cause` is what told its host.
    Notice { wake: Wake, cause: Option<FactId> },
    /// The link gave up looking for the packet's destination.
    NobodyThere { host: HostId, packet: PacketId },
}

/// Events by (time, insertion): two at the same time happen in the order in which they were planned.
#[derive(Clone, Debug, Default)]
pub(super) struct Queue {
    heap: BinaryHeap<Reverse<(Instant, u64, Event)>>,
    planned: u64,
}

impl Queue {
    pub(super) fn plan(&mut self, at: Instant, event: Event) {
        self.heap.push(Reverse((at, self.planned, event)));
        self.planned += 1;
    }

    pub(super) fn next(&self) -> Option<(Instant, Event)> {
        self.heap.peek().map(|Reverse((at, _, event))| (*at, *event))
    }

    pub(super) fn take(&mut self) -> Option<(Instant, Event)> {
        self.heap.pop().map(|Reverse((at, _, event))| (at, event))
    }
}
