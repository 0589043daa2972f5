//! The wire: its delay, the packets on it, and what it loses, duplicates and reorders.

mod flights;
mod rules;

use super::log::Log;
use super::queue::{Event, Queue, Ticket};
use super::{
    Body, Command, Endpoint, Errno, FactId, Happened, HostId, Impairment, LossId, NetworkChange, Packet,
    PacketId, WireAct,
};
use crate::tcp::Segment;
use crate::{Instant, millis};
use flights::Flights;
pub use rules::Loss;
use rules::Rules;
use std::rc::Rc;
use std::time::Duration;

/// One-way delay of the wire unless it is set otherwise.
const DELAY: Duration = millis(5);

/// What is reordered comes at least so much later.
const LATER: Duration = millis(1);

/// The network between the hosts.
#[derive(Clone, Debug, Hash)]
pub(super) struct Wire {
    /// Delay by sending host, where it is not [`DELAY`].
    delays: Vec<(HostId, Duration)>,
    rules: Rules,
    /// The packets that have departed and not come to an end.
    flights: Flights<Flight>,
}

/// A packet that has departed.
#[derive(Clone, Debug, Hash)]
struct Flight {
    packet: Rc<Packet>,
    to: HostId,
    /// The rule that takes it half-way, if any.
    lost_by: Option<LossId>,
    /// Time from the end of its leg to the other host.
    beyond: Duration,
    /// The last fact about its way: that it departed, was held, or was released.
    cause: FactId,
    leg: Leg,
}

#[derive(Clone, Copy, Debug, Hash)]
enum Leg {
    /// It moves, and reaches the end of its leg at this time, by this entry of the queue.
    Moves { until: Instant, due: Ticket },
    /// It is held, and still needs this much time. This entry of the queue, if any, ends the leg.
    Rests { left: Duration, due: Option<Ticket> },
}

/// How a flight ended.
pub(super) enum Landed {
    /// It reached this host.
    At(HostId, Rc<Packet>),
    /// The network lost it.
    Lost(LossId),
}

/// What a packet on its way needs of the world: the time, the log, and the queue of events.
pub(super) struct Road<'a> {
    pub(super) now: Instant,
    pub(super) log: &'a mut Log,
    pub(super) queue: &'a mut Queue,
}

impl Road<'_> {
    fn note(&mut self, what: Happened) -> FactId {
        self.log.note(self.now, None, what)
    }

    /// Plans the end of a leg.
    fn plan(&mut self, packet: PacketId, left: Duration) -> Leg {
        let until = self.now + left;
        Leg::Moves { until, due: self.queue.plan(until, Event::Packet { packet }) }
    }
}

impl Wire {
    /// A wire of 5 ms each way that loses nothing. What it draws comes from `seed`.
    pub(super) const fn new(seed: u64) -> Wire {
        Wire { delays: Vec::new(), rules: Rules::new(seed), flights: Flights::new() }
    }

    /// One-way delay of what `from` sends.
    pub(super) fn delay(&self, from: HostId) -> Duration {
        self.delays.iter().find(|(host, _)| *host == from).map_or(DELAY, |(_, delay)| *delay)
    }

    /// Rules by which it does this.
    pub(super) fn rules(&self, what: Impairment) -> &[Loss] {
        self.rules.of(what)
    }

    /// Takes a packet from its host to another: it is lost half-way, or arrives, perhaps twice, perhaps late.
    pub(super) fn transmit(&mut self, road: &mut Road<'_>, packet: Rc<Packet>, to: HostId) {
        let delay = self.delay(packet.from);
        let lost_by = self.rules.take(Impairment::Loss, &packet);
        let mut unless_lost = |what| if lost_by.is_none() { self.rules.take(what, &packet) } else { None };
        let late_by = unless_lost(Impairment::Reordering);
        let twice_by = unless_lost(Impairment::Duplication);
        match late_by {
            Some(rule) => self.reorder(road, Rc::clone(&packet), to, delay, rule),
            None => self.fly(road, Rc::clone(&packet), to, delay, lost_by),
        }
        if twice_by.is_some() {
            self.copy(road, &packet, to, delay, twice_by);
        }
    }

    /// Sends the packet on a way that takes twice as long.
    fn reorder(
        &mut self,
        road: &mut Road<'_>,
        packet: Rc<Packet>,
        to: HostId,
        delay: Duration,
        rule: LossId,
    ) {
        let fact = road.note(Happened::Reordered { packet: packet.id, rule });
        let outer = road.log.cause(Some(fact));
        self.fly(road, packet, to, delay + delay.max(LATER), None);
        road.log.cause(outer);
    }

    /// Sends the packet on its way; it arrives if no rule takes it.
    pub(super) fn fly(
        &mut self,
        road: &mut Road<'_>,
        packet: Rc<Packet>,
        to: HostId,
        delay: Duration,
        lost_by: Option<LossId>,
    ) {
        let id = packet.id;
        let cause = road.note(Happened::Departed { packet: id, arrives: road.now + delay });
        let beyond = if lost_by.is_some() { delay - delay / 2 } else { Duration::ZERO };
        let leg = road.plan(id, delay - beyond);
        self.flights.insert(id, Flight { packet, to, lost_by, beyond, cause, leg });
    }

    /// Sends a copy of the packet, a little after the original, so that a viewer can distinguish the two.
    fn copy(
        &mut self,
        road: &mut Road<'_>,
        packet: &Packet,
        to: HostId,
        left: Duration,
        rule: Option<LossId>,
    ) {
        let copy = Packet { id: road.log.next_packet(), made: road.now, ..packet.clone() };
        let copy = road.log.keep(copy);
        let fact = road.note(Happened::Duplicated { packet: packet.id, copy: copy.id, rule });
        let outer = road.log.cause(Some(fact));
        let delay = left + self.delay(packet.from) / 4;
        self.fly(road, copy, to, delay, None);
        road.log.cause(outer);
    }

    /// Sends a segment that no host made, from the side of `from`. No rule takes it.
    pub(super) fn inject(
        &mut self,
        road: &mut Road<'_>,
        from: HostId,
        to: HostId,
        (src, dst): (Endpoint, Endpoint),
        segment: Segment,
    ) -> Rc<Packet> {
        let (id, body, made) = (road.log.next_packet(), Body::Tcp(segment), road.now);
        let packet = road.log.keep(Packet { id, from, to: Some(to), src, dst, body, again: 0, made });
        let outer = road.log.cause(None);
        let fact = road.note(Happened::Injected { packet: id });
        road.log.cause(Some(fact));
        self.fly(road, Rc::clone(&packet), to, self.delay(from), None);
        road.log.cause(outer);
        packet
    }

    /// Whether this entry of the queue is the end of the leg that the packet is on.
    pub(super) fn awaits(&self, packet: PacketId, ticket: Ticket) -> bool {
        let due = self.flights.get(packet).and_then(|flight| match flight.leg {
            Leg::Moves { due, .. } => Some(due),
            Leg::Rests { due, .. } => due,
        });
        due == Some(ticket)
    }

    /// Ends the leg of the packet: it was held long enough and goes on (`None`), or its way ends, caused by the fact that
    /// it departed or was released.
    pub(super) fn land(&mut self, road: &mut Road<'_>, packet: PacketId) -> Option<(FactId, Landed)> {
        if let Flight { leg: Leg::Rests { .. }, cause, .. } = *self.flights.get(packet)? {
            road.log.cause(Some(cause));
            // It rests: nothing can refuse it.
            _ = self.act(road, packet, WireAct::Release);
            return None;
        }
        let Flight { packet, to, lost_by, cause, .. } = self.flights.remove(packet)?;
        Some((cause, lost_by.map_or_else(|| Landed::At(to, packet), Landed::Lost)))
    }

    /// Acts on a packet that is on its way to another host. Refused if it is not on such a way, or if it is held or
    /// released already.
    pub(super) fn act(&mut self, road: &mut Road<'_>, id: PacketId, act: WireAct) -> Result<(), Errno> {
        let flight = self.flights.get(id).filter(|flight| flight.packet.from != flight.to);
        let mut flight = flight.ok_or(Errno::Invalid)?.clone();
        let outer = road.log.cause(Some(flight.cause));
        let done = match (act, flight.leg) {
            (WireAct::Drop, _) => {
                road.note(Happened::Lost { packet: id, rule: None });
                self.flights.remove(id);
                Ok(())
            }
            (WireAct::Duplicate, _) => {
                self.copy(road, &flight.packet, flight.to, flight.to_go(road.now), None);
                Ok(())
            }
            (WireAct::Hold | WireAct::HoldFor(_), Leg::Moves { until: end, .. }) => {
                let until = if let WireAct::HoldFor(span) = act { Some(road.now + span) } else { None };
                let left = flight.to_go(road.now);
                flight.cause = road.note(Happened::Held { packet: id, left, until });
                let due = until.map(|until| road.queue.plan(until, Event::Packet { packet: id }));
                flight.leg = Leg::Rests { left: end.since(road.now), due };
                self.flights.insert(id, flight);
                Ok(())
            }
            (WireAct::Release, Leg::Rests { left, .. }) => {
                let arrives = road.now + flight.to_go(road.now);
                flight.cause = road.note(Happened::Released { packet: id, arrives });
                flight.leg = road.plan(id, left);
                self.flights.insert(id, flight);
                Ok(())
            }
            (WireAct::Hold | WireAct::HoldFor(_), Leg::Rests { .. })
            | (WireAct::Release, Leg::Moves { .. }) => Err(Errno::Invalid),
        };
        road.log.cause(outer);
        done
    }

    /// Carries out a command to the network, and returns what changed.
    pub(super) fn instruct(&mut self, log: &mut Log, command: Command) -> Result<NetworkChange, Errno> {
        Ok(match command {
            Command::SetDelay { from, delay } => {
                self.delays.retain(|(host, _)| *host != from);
                let place = self.delays.partition_point(|(host, _)| *host < from);
                self.delays.insert(place, (from, delay));
                NetworkChange::Delay { from, delay }
            }
            Command::Impair(what, rule) => {
                let id = log.new_loss(&rule);
                self.rules.add(what, Loss { id, rule, taken: 0 });
                NetworkChange::Impairs(what, id)
            }
            Command::Spare(what, rule) => {
                NetworkChange::Spares(what, self.rules.remove(what, &rule).ok_or(Errno::Invalid)?)
            }
            Command::ClearNetwork => {
                self.rules.clear();
                NetworkChange::Cleared
            }
            _ => return Err(Errno::Invalid),
        })
    }
}

impl Flight {
    /// Time from now to its arrival, if nothing stops it.
    fn to_go(&self, now: Instant) -> Duration {
        let left = match self.leg {
            Leg::Moves { until, .. } => until.since(now),
            Leg::Rests { left, .. } => left,
        };
        left + self.beyond
    }
}

#[cfg(test)]
mod tests;
