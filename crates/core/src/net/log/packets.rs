//! The packets that the log knows, and the fate of each.

use super::kept::Link;
use super::passage::{PacketEntry, Passage};
use super::{Fact, Happened, Log, pair, set_newest};
use crate::net::{Endpoint, Packet, PacketId};
use crate::tcp::Segment;
use std::rc::Rc;

impl Log {
    /// All packets ever made, in the order of their ids.
    pub fn packets(&self) -> impl DoubleEndedIterator<Item = Passage<'_>> + ExactSizeIterator + Clone + '_ {
        (0..self.here.packets).map(|at| self.passage(at))
    }

    /// The packet with this id.
    pub fn packet(&self, id: PacketId) -> Option<Passage<'_>> {
        let at = id.0 as usize;
        (at < self.here.packets).then(|| self.passage(at))
    }

    /// The packets that have departed and not come to an end, oldest first.
    pub fn in_flight(&self) -> impl DoubleEndedIterator<Item = Passage<'_>> + '_ {
        self.here.in_flight.iter().map(|id| self.passage(id.0 as usize))
    }

    /// The packets that ask for a connection (SYN without ACK), newest first.
    pub fn opens(&self) -> impl Iterator<Item = Passage<'_>> + '_ {
        self.opens.iter().rev().filter_map(|id| self.packet(*id))
    }

    /// The packets that went in either direction between two ends, newest first.
    pub fn conversation(&self, one: Endpoint, other: Endpoint) -> impl Iterator<Item = Passage<'_>> + '_ {
        let newest = self.newest_packet.get(&pair(one, other)).copied();
        self.packets_from(newest).filter_map(|id| self.packet(id))
    }

    /// The packets that went out on the wire, in order of departure.
    pub fn departures(&self) -> impl DoubleEndedIterator<Item = Passage<'_>> + '_ {
        (0..self.here.departures).filter_map(|at| self.packet(*self.departures.get(at)?))
    }

    /// The packet that went out on the wire as number `number`, counted from 1.
    pub fn departure(&self, number: u32) -> Option<Passage<'_>> {
        let at = (number as usize).checked_sub(1).filter(|at| *at < self.here.departures)?;
        self.packet(*self.departures.get(at)?)
    }

    pub(super) fn packets_from(&self, newest: Option<PacketId>) -> impl Iterator<Item = PacketId> + '_ {
        let before = |id: &PacketId| self.packets.get(id.0 as usize)?.before;
        std::iter::successors(newest, before)
    }

    fn passage(&self, at: usize) -> Passage<'_> {
        let entry = self.packets.get(at).expect("the log has every packet before its length");
        Passage { log: self, entry }
    }
}

impl Log {
    /// The id of the next packet.
    pub(in crate::net) fn next_packet(&self) -> PacketId {
        PacketId(u32::try_from(self.here.packets).unwrap_or(u32::MAX))
    }

    /// Stores a packet, which has the next id.
    pub(in crate::net) fn keep(&mut self, packet: Packet) -> Rc<Packet> {
        let at = self.here.packets;
        if let Some(entry) = self.packets.get(at).filter(|entry| entry.packet == packet) {
            self.here.packets += 1;
            return Rc::new(entry.packet.clone());
        }
        self.fork();
        self.here.packets += 1;
        let id = packet.id;
        if packet.segment().is_some_and(|segment| segment.is_syn() && !segment.is_ack()) {
            self.opens.push(id);
        }
        let repeats = self.original(&packet);
        let before = self.newest_packet.insert(pair(packet.src, packet.dst), id);
        let (sent, way, end) = (Link::NONE, Link::NONE, Link::NONE);
        let kept = Rc::new(packet.clone());
        self.packets.push(PacketEntry { packet, sent, way, end, number: 0, repeats, before });
        kept
    }

    /// Drops the newest packet.
    pub(super) fn drop_packet(&mut self) {
        let Some(PacketEntry { packet, before, .. }) = self.packets.pop() else { return };
        set_newest(&mut self.newest_packet, pair(packet.src, packet.dst), before);
        self.opens.pop_if(|id| *id == packet.id);
    }

    /// Whether the packet leaves its host.
    pub(super) fn goes_out(&self, id: PacketId) -> bool {
        self.packets.get(id.0 as usize).is_some_and(|entry| entry.packet.to != Some(entry.packet.from))
    }

    /// If `fact` is about a packet's way, makes it the last such fact; returns the previous one.
    pub(super) fn link_packet(&mut self, fact: &Fact) -> Link {
        let (Happened::Queued { packet, .. }
        | Happened::Departed { packet, .. }
        | Happened::Held { packet, .. }
        | Happened::Released { packet, .. }) = fact.what
        else {
            return Link::NONE;
        };
        let departs = matches!(fact.what, Happened::Departed { .. }) && self.goes_out(packet);
        let Some(entry) = self.packets.get_mut(packet.0 as usize) else { return Link::NONE };
        if departs {
            self.departures.push(packet);
            entry.number = u32::try_from(self.departures.len()).unwrap_or(u32::MAX);
        }
        std::mem::replace(&mut entry.way, Link::from(Some(fact.id)))
    }

    /// Stores the fact that a packet was sent, or that its way ended.
    pub(super) fn link_end(&mut self, fact: &Fact) {
        self.set_end(fact, Link::from(Some(fact.id)));
    }

    /// Undoes [`Log::link_packet`] and [`Log::link_end`]. `before` is what the former returned.
    pub(super) fn unlink_packet(&mut self, fact: &Fact, before: Link) {
        self.set_end(fact, Link::NONE);
        let (Happened::Queued { packet, .. }
        | Happened::Departed { packet, .. }
        | Happened::Held { packet, .. }
        | Happened::Released { packet, .. }) = fact.what
        else {
            return;
        };
        let Some(entry) = self.packets.get_mut(packet.0 as usize) else { return };
        entry.way = before;
        if matches!(fact.what, Happened::Departed { .. }) && entry.number > 0 {
            entry.number = 0;
            self.departures.pop();
        }
    }

    fn set_end(&mut self, fact: &Fact, link: Link) {
        let ended = fact.what.ended();
        if let Happened::Sent { packet, .. } = fact.what {
            if let Some(entry) = self.packets.get_mut(packet.0 as usize) {
                entry.sent = link;
            }
        } else if let Some(entry) = ended.and_then(|packet| self.packets.get_mut(packet.0 as usize)) {
            entry.end = link;
        }
    }

    /// The first packet with the segment that this one repeats. Only packets of the last window were sent after it, so
    /// that the way back to it is short. What no TCP sent, such as a copy, is nobody's original. A SYN|ACK may repeat one
    /// that TCP did not count: the answer to a SYN that came again.
    fn original(&self, packet: &Packet) -> Option<PacketId> {
        let counts = |segment: &&Segment| packet.again > 0 || (segment.is_syn() && segment.is_ack());
        let segment = packet.segment().filter(counts)?;
        let newest = self.newest_packet.get(&pair(packet.src, packet.dst)).copied();
        let entries = self.packets_from(newest).filter_map(|id| self.packets.get(id.0 as usize));
        let same = |entry: &&PacketEntry| {
            entry.sent.id().is_some()
                && entry.packet.src == packet.src
                && entry.packet.segment().is_some_and(|other| {
                    let alike = other.is_syn() == segment.is_syn() && (packet.again > 0 || other.is_ack());
                    other.seq == segment.seq && alike && !other.is_empty()
                })
        };
        let found = entries.into_iter().find(same)?;
        Some(found.repeats.unwrap_or(found.packet.id))
    }
}
