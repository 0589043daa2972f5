//! The way of a packet, as corners in space and time.

use crate::model::{Corner, Moment, Spot};
use std::time::Duration;
use tcp_core::Instant;
use tcp_core::net::{Fact, FactId, Fate, Happened, Log, Passage, Place};

/// From a host to where its segments are on the wire, beyond its gate, as a part of the way.
const BEYOND_GATE: f32 = 0.1;

/// The way of a packet so far. What is on its way goes on to its destination. A copy that the network made begins where its
/// original was then.
pub(super) fn way(log: &Log, packet: &Passage<'_>) -> Vec<Corner> {
    let mut stations: Vec<Fact> = packet.stations().collect();
    stations.reverse();
    let whole = packet.way().map_or(Duration::ZERO, |way| way.whole);
    let gone = |at: Instant| packet.way().map_or(Duration::ZERO, |way| way.gone(at));
    let begins = made_on_the_wire(log, packet);
    let wire = |at: Instant| {
        let part = gone(at).as_secs_f32() / whole.as_secs_f32();
        let part = if part.is_finite() { part.clamp(0.0, 1.0) } else { 0.5 };
        Spot::Wire(begins.map_or(part, |begins| begins + (1.0 - begins) * part))
    };
    let station = |fact: &Fact| match fact.what {
        Happened::Held { .. } | Happened::Released { .. } => corner(moment(fact.id, fact.at), wire(fact.at)),
        _ => corner(moment(fact.id, fact.at), begins.map_or(Spot::Sender, Spot::Wire)),
    };
    let queued = packet.queued().map(|fact| corner(moment(fact.id, fact.at), Spot::Sender));
    let mut corners: Vec<Corner> = queued.into_iter().chain(stations.iter().map(station)).collect();
    if corners.is_empty() {
        let fact = packet.sent().map_or(u32::MAX, |fact| fact.0);
        corners.push(corner(Moment { at: packet.made, fact }, Spot::Sender));
    }
    corners.extend(end(log, packet, &stations, &wire));
    corners
}

/// Where the network made it, as a part of the way, if it is a copy; one that a netem made comes from its host.
fn made_on_the_wire(log: &Log, packet: &Passage<'_>) -> Option<f32> {
    let original = log.packet(packet.copy_of()?)?;
    if packet.queued().is_some() {
        return None;
    }
    let way = original.way()?;
    let part = way.gone(packet.made).as_secs_f32() / way.whole.as_secs_f32();
    Some(if part.is_finite() { part.clamp(BEYOND_GATE, 0.9) } else { 0.5 })
}

/// Where its way ended, or will end.
fn end(log: &Log, packet: &Passage<'_>, stations: &[Fact], wire: &dyn Fn(Instant) -> Spot) -> Option<Corner> {
    let (fact, spot): (FactId, fn(bool) -> Spot) = match packet.fate() {
        Fate::Waits | Fate::Queued(..) | Fate::Held(..) => return None,
        Fate::OnItsWay(_) => {
            let at = packet.arrives()?;
            return Some(corner(Moment { at, fact: u32::MAX }, Spot::Receiver));
        }
        Fate::Lost(fact, _) | Fate::Dropped(fact, Place::Network) | Fate::Rejected(fact, Place::Network) => {
            let at = log.at(fact)?;
            return Some(corner(moment(fact, at), wire(at)));
        }
        Fate::Arrived(fact) => (fact, |_| Spot::Receiver),
        Fate::NobodyThere(fact) => (fact, |_| Spot::SendersGate),
        Fate::Dropped(fact, _) | Fate::Rejected(fact, _) => {
            (fact, |left| if left { Spot::ReceiversGate } else { Spot::SendersGate })
        }
    };
    Some(corner(moment(fact, log.at(fact)?), spot(!stations.is_empty())))
}

const fn moment(fact: FactId, at: Instant) -> Moment {
    Moment { at, fact: fact.0 }
}

const fn corner(at: Moment, spot: Spot) -> Corner {
    Corner { at, spot }
}
