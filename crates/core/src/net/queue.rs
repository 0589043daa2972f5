//! The queue of events to come.

use super::{FactId, HostId, IpAddr, PacketId, SocketId, Wake};
use crate::Instant;
use crate::Order;
use crate::tcp::Timer;
use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, VecDeque};
use std::hash::{Hash, Hasher};

/// An event that is due at some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Event {
    /// A packet reaches the end of its leg: it arrives, or is lost.
    Packet { packet: PacketId },
    /// A timer expires, unless it was stopped or set again. `set` is the fact that it was set.
    Timer { host: HostId, socket: SocketId, timer: Timer, set: FactId },
    /// A program notices that the peer has closed; `cause` is the fact by which its host learned of it.
    Notice { wake: Wake, cause: Option<FactId> },
    /// A packet has waited in its host's netem.
    Queued { host: HostId, packet: PacketId },
    /// A host that looks for an address on the link asks once more, or gives up.
    Lookup { host: HostId, address: IpAddr },
}

/// Identifies an entry of the queue. Never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ticket(u64);

/// All tickets are hashed alike: they identify entries, and do not affect what happens.
impl Hash for Ticket {
    fn hash<H: Hasher>(&self, _to: &mut H) {}
}

/// An event with its time. Of two events at the same time, the one that was planned first happens first.
#[derive(Clone, Copy, Debug)]
struct Planned {
    at: Instant,
    ticket: Ticket,
    event: Event,
}

impl Planned {
    const fn key(&self) -> (Instant, Ticket) {
        (self.at, self.ticket)
    }
}

impl PartialEq for Planned {
    fn eq(&self, other: &Planned) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Planned {}

impl PartialOrd for Planned {
    fn partial_cmp(&self, other: &Planned) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Planned {
    fn cmp(&self, other: &Planned) -> Ordering {
        self.key().cmp(&other.key())
    }
}

/// A lane for each timer, one for what is on its way, and one for notices.
const LANES: usize = WAY + 2;
/// The first lane after those of timers.
const WAY: usize = Timer::ALL.len();

/// Where in the queue an event waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Lane(usize),
    Heap,
}

/// Events by (time, insertion): two at the same time happen in the order in which they were planned.
///
/// Most events of a kind are planned in the order in which they will happen, because a wire takes equally long for each
/// packet and a timer is usually set for the same span. So each kind has a lane, whose events are in order; an event
/// that would break the order goes to a heap.
#[derive(Clone, Debug, Default)]
pub(super) struct Queue {
    lanes: [VecDeque<Planned>; LANES],
    heap: BinaryHeap<Reverse<Planned>>,
    /// The next event and where it waits; `None` if there are no events.
    next: Option<(Planned, Place)>,
    planned: u64,
}

/// Two queues are hashed alike if the same events will be taken from them.
impl Hash for Queue {
    fn hash<H: Hasher>(&self, to: &mut H) {
        let heap = self.heap.iter().map(|Reverse(planned)| planned);
        let mut planned: Vec<_> = self.lanes.iter().flatten().chain(heap).collect();
        planned.order();
        planned.into_iter().for_each(|Planned { at, event, .. }| (at, event).hash(to));
    }
}

impl Queue {
    pub(super) fn plan(&mut self, at: Instant, event: Event) -> Ticket {
        let ticket = Ticket(self.planned);
        let planned = Planned { at, ticket, event };
        self.planned += 1;
        let lane = lane(&event);
        let place = match self.lanes.get_mut(lane) {
            Some(waiting) if waiting.back().is_none_or(|last| last.at <= at) => {
                waiting.push_back(planned);
                Place::Lane(lane)
            }
            _ => {
                self.heap.push(Reverse(planned));
                Place::Heap
            }
        };
        if self.next.is_none_or(|(next, _)| planned < next) {
            self.next = Some((planned, place));
        }
        ticket
    }

    pub(super) fn next(&self) -> Option<(Instant, Ticket, Event)> {
        self.next.map(|(Planned { at, ticket, event }, _)| (at, ticket, event))
    }

    pub(super) fn len(&self) -> usize {
        self.lanes.iter().map(VecDeque::len).sum::<usize>() + self.heap.len()
    }

    pub(super) fn take(&mut self) -> Option<(Instant, Event)> {
        let (Planned { at, event, .. }, place) = self.next?;
        match place {
            Place::Lane(lane) => _ = self.lanes.get_mut(lane).and_then(VecDeque::pop_front),
            Place::Heap => _ = self.heap.pop(),
        }
        self.next = self.first();
        Some((at, event))
    }

    /// Finds the next event.
    fn first(&self) -> Option<(Planned, Place)> {
        let mut first = self.heap.peek().map(|Reverse(planned)| (planned, Place::Heap));
        for (lane, waiting) in self.lanes.iter().enumerate() {
            if let Some(planned) = waiting.front()
                && first.is_none_or(|(first, _)| planned.key() < first.key())
            {
                first = Some((planned, Place::Lane(lane)));
            }
        }
        first.map(|(planned, place)| (*planned, place))
    }
}

/// The lane of an event's kind.
const fn lane(event: &Event) -> usize {
    match event {
        Event::Timer { timer, .. } => *timer as usize,
        Event::Packet { .. } | Event::Queued { .. } | Event::Lookup { .. } => WAY,
        Event::Notice { .. } => WAY + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::rng::Rng;

    #[test]
    fn events_come_by_time_and_then_as_planned() {
        let (mut queue, mut rng) = (Queue::default(), Rng::new(3));
        let (mut expected, mut taken, mut now) = (Vec::new(), Vec::new(), 0);
        for number in 0..4000 {
            let at = Instant::from_micros(now + u64::from(rng.next() % 9));
            let (host, packet, cause) = (HostId::Client, PacketId(number), FactId(0));
            let timer = Timer::ALL[rng.next() as usize % Timer::ALL.len()];
            let event = match rng.next() % 3 {
                0 => Event::Packet { packet },
                1 => Event::Timer { host, socket: SocketId(number), timer, set: cause },
                _ => Event::Queued { host, packet },
            };
            queue.plan(at, event);
            expected.push((at, number, event));
            while rng.next() % 2 == 0 {
                let next = queue.next().map(|(at, _, event)| (at, event));
                assert_eq!(queue.take(), next);
                now = next.map_or(now, |(at, _)| at.as_micros());
                taken.extend(next);
            }
        }
        assert_eq!(queue.len(), expected.len() - taken.len());
        taken.extend(std::iter::from_fn(|| queue.take()));
        expected.order_by_key(|(at, number, _)| (*at, *number));
        assert_eq!(taken, expected.into_iter().map(|(at, _, event)| (at, event)).collect::<Vec<_>>());
    }
}
