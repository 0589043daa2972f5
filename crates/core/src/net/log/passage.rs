//! A packet and its way, as the log has it.

use super::kept::Link;
use super::{Fact, FactId, Happened, Log, Place};
use crate::Instant;
use crate::net::{LossId, Packet, PacketId};
use std::ops::Deref;
use std::time::Duration;

/// A packet as it is stored.
#[derive(Clone, Debug)]
pub(super) struct PacketEntry {
    pub(super) packet: Packet,
    /// The fact that it was sent.
    pub(super) sent: Link,
    /// The last fact about its way: that it was queued, departed, was held, or was released.
    pub(super) way: Link,
    /// The fact by which its way ended.
    pub(super) end: Link,
    /// Its number among the packets that departed, from 1; 0 until it departs, or if it stays within its host.
    pub(super) number: u32,
    /// The first packet that carried the same segment.
    pub(super) repeats: Option<PacketId>,
    /// The previous packet between the same two ends.
    pub(super) before: Option<PacketId>,
}

/// The fate of a packet, with the fact that shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It was made, and has neither departed nor been stopped: the link is still looking for its destination.
    Waits,
    /// It waits in its host's netem until this time.
    Queued(FactId, Instant),
    /// It is on the wire.
    OnItsWay(FactId),
    /// It is held on the wire: until this time, or (`None`) until somebody releases it.
    Held(FactId, Option<Instant>),
    /// It passed the receiver's firewall.
    Arrived(FactId),
    /// It was dropped at a host: by a firewall, a queue, a link that is down, or while it waited for an address.
    Dropped(FactId, Place),
    /// A firewall rejected it.
    Rejected(FactId, Place),
    /// The network lost it by a rule, or (`None`) a user dropped it.
    Lost(FactId, Option<LossId>),
    /// The link found nobody with its destination.
    NobodyThere(FactId),
}

impl Fate {
    /// The fact by which a host or the network stopped it, if one did.
    pub const fn stopped(self) -> Option<FactId> {
        match self {
            Fate::Dropped(fact, _) | Fate::Rejected(fact, _) | Fate::Lost(fact, _) => Some(fact),
            _ => None,
        }
    }
}

/// A part of a packet's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leg {
    /// It moves evenly.
    Moves {
        /// Beginning of this part.
        from: Instant,
        /// Time at which it arrives, or was held.
        until: Instant,
    },
    /// It is held.
    Rests {
        /// Beginning of this part.
        from: Instant,
        /// Time of its release; `None` if it has not been released.
        until: Option<Instant>,
    },
}

/// The way of a packet over the wire. The position of the packet follows from the way and the time alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// The parts of the way, in order.
    pub legs: Vec<Leg>,
    /// Total time, without the waits.
    pub whole: Duration,
}

impl Way {
    /// How much of `whole` the packet has covered at this time.
    pub fn gone(&self, now: Instant) -> Duration {
        let moved = |leg: &Leg| match *leg {
            Leg::Moves { from, until } => until.min(now).since(from),
            Leg::Rests { .. } => Duration::ZERO,
        };
        self.legs.iter().map(moved).sum()
    }
}

/// A packet and its way, as far as it has gone.
#[derive(Clone, Copy, Debug)]
pub struct Passage<'a> {
    pub(super) log: &'a Log,
    pub(super) entry: &'a PacketEntry,
}

impl Deref for Passage<'_> {
    type Target = Packet;
    fn deref(&self) -> &Packet {
        &self.entry.packet
    }
}

impl<'a> Passage<'a> {
    /// The packet itself, which never changes.
    pub fn packet(self) -> &'a Packet {
        &self.entry.packet
    }

    /// The fact that TCP handed it down.
    pub fn sent(self) -> Option<FactId> {
        self.log.happened(self.entry.sent)
    }

    /// When it left its host, after the OUTPUT chain; `None` if it has not.
    pub fn departed(self) -> Option<Instant> {
        self.stations().last().map(|fact| fact.at)
    }

    /// When it reaches the other end, or would have done so if nothing had stopped it. `None` while it is held.
    pub fn arrives(self) -> Option<Instant> {
        match self.stations().next()?.what {
            Happened::Departed { arrives, .. } | Happened::Released { arrives, .. } => Some(arrives),
            _ => None,
        }
    }

    /// The link finds nobody with its destination: no host has the address, or the one that has it does not answer.
    pub fn finds_nobody(self) -> bool {
        self.to.is_none() || matches!(self.fate(), Fate::Waits | Fate::NobodyThere(_))
    }

    /// Its number among all packets that went out on the wire, from 1; `None` if it has not departed, or stays within
    /// its host.
    pub fn number(self) -> Option<u32> {
        Some(self.entry.number).filter(|number| *number > 0 && self.departed().is_some())
    }

    /// Its way over the wire, if it has departed.
    #[inline] // As `World::checkpoint`.
    pub fn way(self) -> Option<Way> {
        let mut stations: Vec<Fact> = self.stations().collect();
        stations.reverse();
        let mut legs = Vec::new();
        let (mut whole, mut last) = (Duration::ZERO, stations.first()?.at);
        for (at, fact) in stations.iter().enumerate() {
            let next = stations.get(at + 1).map(|next| next.at);
            match fact.what {
                Happened::Held { left, .. } => {
                    legs.push(Leg::Rests { from: fact.at, until: next });
                    last = fact.at + left;
                }
                Happened::Departed { arrives, .. } | Happened::Released { arrives, .. } => {
                    let until = next.unwrap_or(arrives);
                    legs.push(Leg::Moves { from: fact.at, until });
                    whole += until.since(fact.at);
                    last = until;
                }
                _ => {}
            }
        }
        if let Some(Fact { at, what: Happened::Held { .. }, .. }) = stations.last() {
            whole += last.since(*at);
        }
        Some(Way { legs, whole })
    }

    /// The facts about its way, newest first: that it was released, was held, departed.
    pub fn stations(self) -> impl Iterator<Item = Fact> + 'a {
        self.log.back_from(self.entry.way.id()).filter(|fact| !matches!(fact.what, Happened::Queued { .. }))
    }

    /// The fact that it waited in its host's netem, or overtook what waits there, if it did.
    pub fn queued(self) -> Option<Fact> {
        let first = self.log.back_from(self.entry.way.id()).last();
        first.filter(|fact| matches!(fact.what, Happened::Queued { .. }))
    }

    /// Its fate so far.
    #[inline] // As `World::checkpoint`.
    pub fn fate(self) -> Fate {
        let Some(end) = self.log.happened(self.entry.end).and_then(|id| self.log.fact(id)) else {
            return match self.stations().next() {
                Some(Fact { id, what: Happened::Held { until, .. }, .. }) => Fate::Held(id, until),
                Some(Fact { id, .. }) => Fate::OnItsWay(id),
                None => match self.queued() {
                    Some(Fact { id, what: Happened::Queued { leaves, .. }, .. }) => Fate::Queued(id, leaves),
                    _ => Fate::Waits,
                },
            };
        };
        match end.what {
            Happened::Dropped { place, .. } => Fate::Dropped(end.id, place),
            Happened::Rejected { place, .. } => Fate::Rejected(end.id, place),
            Happened::Lost { rule, .. } => Fate::Lost(end.id, rule),
            Happened::NobodyThere { .. } => Fate::NobodyThere(end.id),
            _ => Fate::Arrived(end.id),
        }
    }

    /// How many times its host had sent the same before, whether by a timer or because it was asked for again. A copy that
    /// the network made is what it copies.
    pub fn times_before(self) -> u32 {
        if let Some(original) = self.copy_of().and_then(|original| self.log.packet(original)) {
            return original.times_before();
        }
        let Some(first) = self.repeats() else { return self.again };
        let earlier = self.log.packets_from(self.entry.before).take_while(|id| *id >= first);
        let same = earlier.filter_map(|id| self.log.packet(id)).filter(|other| {
            other.entry.sent.id().is_some() && (other.id == first || other.entry.repeats == Some(first))
        });
        same.map(|_| 1).sum()
    }

    /// The packet of which the network, or a netem, made it.
    pub fn copy_of(self) -> Option<PacketId> {
        if self.entry.sent.id().is_some() {
            return None;
        }
        let way = self.log.back_from(self.entry.way.id()).last()?;
        self.log.chain(way.id).find_map(|fact| match fact.what {
            Happened::Duplicated { packet, copy, .. } if copy == self.id => Some(packet),
            _ => None,
        })
    }

    /// The packet that it repeats, if it is a repetition, or a copy of one.
    pub fn repeats(self) -> Option<PacketId> {
        self.entry.repeats.filter(|_| self.again > 0 || self.entry.sent.id().is_some())
    }
}
