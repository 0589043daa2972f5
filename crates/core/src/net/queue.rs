//! What happens next.

use super::{FactId, HostId, LossId, PacketId, SocketId, Wake};
use crate::Instant;
use crate::tcp::Timer;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::hash::{Hash, Hasher};

/// Something that is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Event {
    /// A packet reaches a host; `cause` is the fact that it departed.
    Arrival { host: HostId, packet: PacketId, cause: FactId },
    /// A timer runs out, if it still runs and was not set anew. `set` is the fact that set it.
    Timer { host: HostId, socket: SocketId, timer: Timer, set: FactId },
    /// The network loses a packet, half-way, by this rule; `cause` is the fact that it departed.
    Loss { packet: PacketId, rule: LossId, cause: FactId },
    /// A program notices that the peer has closed; `cause` is what told its host.
    Notice { wake: Wake, cause: Option<FactId> },
    /// The link gave up looking for the packet's destination; `cause` is the fact that it was sent.
    NobodyThere { host: HostId, packet: PacketId, cause: FactId },
}

impl Event {
    /// What causes that which happens then.
    pub(super) const fn cause(self) -> Option<FactId> {
        match self {
            Event::Arrival { cause, .. } | Event::Loss { cause, .. } | Event::NobodyThere { cause, .. } => {
                Some(cause)
            }
            Event::Timer { set, .. } => Some(set),
            Event::Notice { cause, .. } => cause,
        }
    }
}

/// Events by (time, insertion): two at the same time happen in the order in which they were planned.
#[derive(Clone, Debug, Default)]
pub(super) struct Queue {
    heap: BinaryHeap<Reverse<(Instant, u64, Event)>>,
    planned: u64,
}

/// Equal for queues from which the same will be taken.
impl Hash for Queue {
    fn hash<H: Hasher>(&self, to: &mut H) {
        let mut planned: Vec<_> = self.heap.iter().map(|Reverse(planned)| planned).collect();
        planned.sort_unstable();
        planned.into_iter().for_each(|(at, _, event)| (at, event).hash(to));
    }
}

impl Queue {
    pub(super) fn plan(&mut self, at: Instant, event: Event) {
        self.heap.push(Reverse((at, self.planned, event)));
        self.planned += 1;
    }

    pub(super) fn next(&self) -> Option<(Instant, Event)> {
        self.heap.peek().map(|Reverse((at, _, event))| (*at, *event))
    }

    pub(super) fn len(&self) -> usize {
        self.heap.len()
    }

    pub(super) fn take(&mut self) -> Option<(Instant, Event)> {
        self.heap.pop().map(|Reverse((at, _, event))| (at, event))
    }
}
