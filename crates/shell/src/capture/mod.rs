//! What passes a host's interfaces: the packets that a capture on this host sees, read from the log.
//!
//! A capture sees what left the OUTPUT chain and then netem, and what comes in before the INPUT chain. So it sees neither
//! what this host's OUTPUT drops, nor what its netem or the network loses, and it does see what INPUT will drop. `tcpdump` prints these packets,
//! and the export of captures writes them.
//!
//! Left out on purpose: ARP, because the lab's link answers by itself; and octets that nothing in the lab decides. Those
//! are made up, the same ones each time: identifications, the beginning of each clock of timestamps, hardware addresses.

mod link;
mod octets;

use crate::clock::ORIGIN;
pub use link::LinkType;
pub(crate) use link::hardware;
pub use octets::checksum;
use std::collections::BTreeMap;
use tcp_core::Instant;
use tcp_core::net::{Body, Endpoint, Fact, FactId, Happened, HostId, Log, Packet, PacketId, Passage, Place};

/// The most octets of a packet that a capture keeps, where nothing else is asked for: that of tcpdump 4.99. No packet of
/// the lab is as long.
pub const SNAPSHOT_LENGTH: u32 = 262_144;

/// An interface of a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Interface {
    /// `lo`
    Loopback,
    /// `eth0`
    Link,
}

/// Direction of a packet, relative to the host that captures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// It comes in.
    In,
    /// It goes out.
    Out,
}

/// A moment of the lab in microseconds since 1970, UTC.
pub fn micros_since_1970(at: Instant) -> u64 {
    u64::try_from(ORIGIN).unwrap_or(0).saturating_mul(1_000_000).saturating_add(at.as_micros())
}

/// A packet that passed an interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Captured {
    /// When it passed.
    pub at: Instant,
    /// The interface.
    pub interface: Interface,
    /// Direction relative to the host.
    pub direction: Direction,
    /// The packet.
    pub packet: PacketId,
    /// The fact by which it passed.
    pub fact: FactId,
    /// Its octets, from the IP header on.
    pub octets: Vec<u8>,
}

/// A place at a host's interfaces that reads the log from the beginning to its present end, again and again as it grows.
#[derive(Clone, Debug)]
pub struct Tap {
    host: HostId,
    /// Number of facts that it has read.
    read: usize,
    /// The window scale that the last SYN from the one end to the other offers, if there was a SYN.
    offers: BTreeMap<(Endpoint, Endpoint), Option<u8>>,
}

impl Tap {
    /// A tap on `host` that has read nothing yet.
    pub const fn new(host: HostId) -> Tap {
        Tap { host, read: 0, offers: BTreeMap::new() }
    }

    /// Whether the log has more than it has read.
    pub const fn is_behind(&self, log: &Log) -> bool {
        self.read < log.len()
    }

    /// Passes over everything that has happened.
    pub fn skip(&mut self, log: &Log) {
        for fact in facts_from(self.read, log) {
            self.learn(log, &fact);
        }
        self.read = log.len();
    }

    /// The next packet that passed.
    pub fn next(&mut self, log: &Log) -> Option<Captured> {
        for fact in facts_from(self.read, log) {
            self.read += 1;
            self.learn(log, &fact);
            if let Some((passage, direction)) = passes(self.host, log, &fact) {
                return Some(Captured {
                    at: fact.at,
                    interface: if stays(passage) { Interface::Loopback } else { Interface::Link },
                    direction,
                    packet: passage.id,
                    fact: fact.id,
                    octets: self.octets(log, passage),
                });
            }
        }
        None
    }

    /// The next packet that a rule of the host's firewall logged, with the fact and its octets.
    pub(crate) fn next_logged(&mut self, log: &Log) -> Option<(Fact, Vec<u8>)> {
        for fact in facts_from(self.read, log) {
            self.read += 1;
            self.learn(log, &fact);
            if let Happened::Logged { packet, .. } = fact.what
                && fact.host == Some(self.host)
                && let Some(passage) = log.packet(packet)
            {
                return Some((fact, self.octets(log, passage)));
            }
        }
        None
    }

    /// Remembers what a SYN offers.
    fn learn(&mut self, log: &Log, fact: &Fact) {
        let (Happened::Sent { packet, .. } | Happened::Departed { packet, .. }) = fact.what else { return };
        let Some(passage) = log.packet(packet) else { return };
        if let Some(segment) = passage.segment().filter(|segment| segment.is_syn()) {
            self.offers.insert((passage.src, passage.dst), segment.options.window_scale);
        }
    }

    fn octets(&self, log: &Log, passage: Passage<'_>) -> Vec<u8> {
        let packet = passage.packet();
        let ip = octets::Ip { id: identification(log, passage), src: packet.src.addr, dst: packet.dst.addr };
        match &packet.body {
            Body::Tcp(segment) => {
                let (src, dst) = (packet.src, packet.dst);
                let shift = if segment.is_syn() { 0 } else { self.shift(src, dst) };
                octets::tcp(ip, (src.port, dst.port), segment, shift)
            }
            Body::Echo(echo) => octets::echo(ip, *echo),
            Body::Icmp { unreachable, .. } => {
                let quoted = rejected(log, passage).map(|quoted| self.octets(log, quoted));
                octets::icmp(ip, *unreachable, &quoted.unwrap_or_default())
            }
        }
    }

    /// By how many bits windows from `src` to `dst` are shifted: both ends must have offered it.
    fn shift(&self, src: Endpoint, dst: Endpoint) -> u8 {
        let offer = |ends| self.offers.get(&ends).copied().flatten();
        offer((dst, src)).and(offer((src, dst))).unwrap_or(0)
    }
}

fn facts_from(read: usize, log: &Log) -> impl Iterator<Item = Fact> + '_ {
    log.since(FactId(u32::try_from(read).unwrap_or(u32::MAX)))
}

/// The packet that passes an interface of `host` by this fact, and its direction.
fn passes<'a>(host: HostId, log: &'a Log, fact: &Fact) -> Option<(Passage<'a>, Direction)> {
    match fact.what {
        Happened::Departed { packet, .. } => {
            let passage = log.packet(packet)?;
            // What the network repeats, and what a user forges, was never sent by a host.
            let own = passage.sent().is_some() || is_of_netem(log, passage);
            (passage.from == host && own).then_some((passage, Direction::Out))
        }
        Happened::Arrived { packet, .. } => {
            let passage = log.packet(packet)?;
            (passage.to == Some(host)).then_some((passage, Direction::In))
        }
        Happened::Dropped { packet, place } | Happened::Rejected { packet, place, .. } => {
            let passage = log.packet(packet)?;
            let here = matches!(place, Place::Chain(at, ..) if at == host);
            // A chain that sees it after it has departed is one of those on the way in.
            let came = here && passage.to == Some(host) && passage.departed().is_some();
            came.then_some((passage, Direction::In))
        }
        _ => None,
    }
}

/// Whether the packet never leaves its host.
fn stays(packet: Passage<'_>) -> bool {
    packet.to == Some(packet.from)
}

/// The packet about which an ICMP error is.
fn rejected<'a>(log: &'a Log, error: Passage<'_>) -> Option<Passage<'a>> {
    let cause = log.fact(error.sent()?)?.cause?;
    match log.fact(cause)?.what {
        Happened::Rejected { packet, .. } => log.packet(packet),
        _ => None,
    }
}

/// The fact that made this copy of another packet, if it is one. It departed because of that, perhaps after it waited.
fn copied(log: &Log, copy: Passage<'_>) -> Option<Fact> {
    let departed = copy.stations().last()?;
    let is_made = |fact: &Fact| matches!(fact.what, Happened::Duplicated { copy: id, .. } if id == copy.id);
    log.chain(departed.id).take(3).find(is_made)
}

/// Whether its host's netem made it, as a copy of what that host sent.
fn is_of_netem(log: &Log, packet: Passage<'_>) -> bool {
    copied(log, packet).is_some_and(|fact| fact.host.is_some())
}

/// The packet of which the network, or netem, made this copy, if one did.
fn original<'a>(log: &'a Log, copy: Passage<'a>) -> Passage<'a> {
    match copied(log, copy).map(|fact| fact.what) {
        Some(Happened::Duplicated { packet, .. }) => {
            log.packet(packet).map_or(copy, |packet| original(log, packet))
        }
        _ => copy,
    }
}

/// The identification in its IP header. It is 0 if no connection has sent it, and in a SYN,ACK, as on Linux; otherwise
/// it is made up, but grows from packet to packet. In IPv6, the label of its flow, which stays the same.
fn identification(log: &Log, passage: Passage<'_>) -> u16 {
    let flow = octets::mixed(passage.src, passage.dst);
    if passage.dst.addr.is_ipv6() {
        return low(flow);
    }
    let first = original(log, passage);
    let by_socket = first
        .sent()
        .and_then(|sent| log.fact(sent))
        .is_some_and(|fact| matches!(fact.what, Happened::Sent { socket: Some(_), .. }));
    let packet: &Packet = first.packet();
    let anonymous = match packet.segment() {
        Some(segment) => !by_socket || (segment.is_syn() && segment.is_ack()),
        None => false,
    };
    if anonymous {
        return 0;
    }
    low(flow.wrapping_add(packet.id.0))
}

fn low(number: u32) -> u16 {
    u16::try_from(number & 0xffff).unwrap_or(0)
}

#[cfg(test)]
mod tests;
