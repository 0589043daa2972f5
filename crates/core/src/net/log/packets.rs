//! The packets that the log knows, and what became of each.

use super::kept::Link;
use super::{Fact, FactId, Happened, Log, Place, pair};
use crate::Instant;
use crate::net::{Endpoint, LossId, Packet, PacketId};
use std::ops::Deref;
use std::rc::Rc;

/// A packet as it is kept.
#[derive(Clone, Debug)]
pub(super) struct PacketEntry {
    packet: Rc<Packet>,
    sent: Link,
    departed: Link,
    end: Link,
    /// The first packet that carried the same segment.
    repeats: Option<PacketId>,
    /// The packet before it between the same two ends.
    before: Option<PacketId>,
}

/// What has become of a packet, each with the fact that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It was made, and has neither departed nor been stopped: the link still looks for its destination.
    Waits,
    /// It is on the wire.
    OnItsWay(FactId),
    /// It passed the receiver's firewall.
    Arrived(FactId),
    /// A firewall dropped it.
    Dropped(FactId, Place),
    /// A firewall rejected it.
    Rejected(FactId, Place),
    /// The network lost it.
    Lost(FactId, LossId),
    /// The link found nobody with that address.
    NobodyThere(FactId),
}

impl Fate {
    /// The fact by which a firewall or the network stopped it, if one did.
    pub const fn stopped(self) -> Option<FactId> {
        match self {
            Fate::Dropped(fact, _) | Fate::Rejected(fact, _) | Fate::Lost(fact, _) => Some(fact),
            Fate::Waits | Fate::OnItsWay(_) | Fate::Arrived(_) | Fate::NobodyThere(_) => None,
        }
    }
}

/// A packet and its way, as far as it has gone.
#[derive(Clone, Copy, Debug)]
pub struct Passage<'a> {
    log: &'a Log,
    entry: &'a PacketEntry,
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
        self.log.at(self.entry.departed.id()?)
    }

    /// When it reaches the other end, or would have if nothing had stopped it.
    pub fn arrives(self) -> Option<Instant> {
        match self.log.fact(self.entry.departed.id()?)?.what {
            Happened::Departed { arrives, .. } => Some(arrives),
            _ => None,
        }
    }

    /// What has become of it.
    pub fn fate(self) -> Fate {
        let Some(end) = self.log.happened(self.entry.end).and_then(|id| self.log.fact(id)) else {
            return self.log.happened(self.entry.departed).map_or(Fate::Waits, Fate::OnItsWay);
        };
        match end.what {
            Happened::Dropped { place, .. } => Fate::Dropped(end.id, place),
            Happened::Rejected { place, .. } => Fate::Rejected(end.id, place),
            Happened::Lost { rule, .. } => Fate::Lost(end.id, rule),
            Happened::NobodyThere { .. } => Fate::NobodyThere(end.id),
            _ => Fate::Arrived(end.id),
        }
    }

    /// The original of which this is a repetition.
    pub const fn repeats(self) -> Option<PacketId> {
        self.entry.repeats
    }
}

impl Log {
    /// All packets ever made, in the order of their ids.
    pub fn packets(&self) -> impl DoubleEndedIterator<Item = Passage<'_>> + ExactSizeIterator + Clone + '_ {
        (0..self.here.packets).map(|at| self.passage(at))
    }

    /// The packet of that name.
    pub fn packet(&self, id: PacketId) -> Option<Passage<'_>> {
        let at = id.0 as usize;
        (at < self.here.packets).then(|| self.passage(at))
    }

    /// The packets that have departed and have not come to an end, oldest first.
    pub fn in_flight(&self) -> impl DoubleEndedIterator<Item = Passage<'_>> + '_ {
        self.here.in_flight.iter().map(|id| self.passage(id.0 as usize))
    }

    /// The packets that ask for a connection (SYN without ACK), newest first.
    pub fn opens(&self) -> impl Iterator<Item = Passage<'_>> + '_ {
        self.opens.iter().rev().filter_map(|id| self.packet(*id))
    }

    /// The packets that went either way between two ends, newest first.
    pub fn conversation(&self, one: Endpoint, other: Endpoint) -> impl Iterator<Item = Passage<'_>> + '_ {
        let newest = self.pairs.get(&pair(one, other)).and_then(|pair| pair.packet);
        self.back_from(newest).filter_map(|id| self.packet(id))
    }

    fn back_from(&self, newest: Option<PacketId>) -> impl Iterator<Item = PacketId> + '_ {
        let before = |id: &PacketId| self.packets.get(id.0 as usize)?.before;
        std::iter::successors(newest, before)
    }

    fn passage(&self, at: usize) -> Passage<'_> {
        let entry = self.packets.get(at).expect("the log has every packet before its length");
        Passage { log: self, entry }
    }
}

impl Log {
    /// The name of the next packet.
    pub(in crate::net) fn next_packet(&self) -> PacketId {
        PacketId(u32::try_from(self.here.packets).unwrap_or(u32::MAX))
    }

    /// A packet that was kept.
    pub(in crate::net) fn shared(&self, id: PacketId) -> Option<Rc<Packet>> {
        self.packets.get(id.0 as usize).map(|entry| Rc::clone(&entry.packet))
    }

    /// Keeps a packet, which has the next name.
    pub(in crate::net) fn keep(&mut self, packet: Packet) -> Rc<Packet> {
        let at = self.here.packets;
        if let Some(entry) = self.packets.get(at).filter(|entry| *entry.packet == packet) {
            self.here.packets += 1;
            return Rc::clone(&entry.packet);
        }
        self.fork();
        self.here.packets += 1;
        let packet = Rc::new(packet);
        let id = packet.id;
        if packet.segment().is_some_and(|segment| segment.is_syn() && !segment.is_ack()) {
            self.opens.push(id);
        }
        let repeats = self.original(&packet);
        let newest = self.pairs.entry(pair(packet.src, packet.dst)).or_default();
        let before = newest.packet.replace(id);
        let (sent, departed, end) = (Link::NONE, Link::NONE, Link::NONE);
        let kept = Rc::clone(&packet);
        self.packets.push(PacketEntry { packet, sent, departed, end, repeats, before });
        kept
    }

    /// Drops the newest packet of all.
    pub(super) fn drop_packet(&mut self) {
        let Some(PacketEntry { packet, before, .. }) = self.packets.pop() else { return };
        if let Some(newest) = self.pairs.get_mut(&pair(packet.src, packet.dst)) {
            newest.packet = before;
        }
        self.opens.pop_if(|id| *id == packet.id);
    }

    pub(super) fn link_packet(&mut self, fact: &Fact) {
        self.set_packet_links(fact, Link::from(Some(fact.id)));
    }

    pub(super) fn unlink_packet(&mut self, fact: &Fact) {
        self.set_packet_links(fact, Link::NONE);
    }

    fn set_packet_links(&mut self, fact: &Fact, link: Link) {
        let id = match fact.what {
            Happened::Sent { packet, .. } | Happened::Departed { packet, .. } => packet,
            what => match what.ended() {
                Some(packet) => packet,
                None => return,
            },
        };
        let Some(entry) = self.packets.get_mut(id.0 as usize) else { return };
        match fact.what {
            Happened::Sent { .. } => entry.sent = link,
            Happened::Departed { .. } => entry.departed = link,
            _ => entry.end = link,
        }
    }

    /// The first packet with the segment that this one sends again. It was sent after everything that is older than
    /// a window, so that the way back to it is short.
    fn original(&self, packet: &Packet) -> Option<PacketId> {
        let segment = packet.segment().filter(|_| packet.again > 0)?;
        let newest = self.pairs.get(&pair(packet.src, packet.dst))?.packet;
        let entries = self.back_from(newest).filter_map(|id| self.packets.get(id.0 as usize));
        let same = |entry: &&PacketEntry| {
            entry.packet.src == packet.src
                && entry.packet.segment().is_some_and(|other| {
                    other.seq == segment.seq && other.is_syn() == segment.is_syn() && !other.is_empty()
                })
        };
        let found = entries.into_iter().find(same)?;
        Some(found.repeats.unwrap_or(found.packet.id))
    }
}
