//! Packets that travel between hosts.

use super::{Endpoint, HostId};
use crate::Instant;
use crate::tcp::{Segment, Seq};

/// Octets of the IP header and the ICMP header of an ICMP error.
const ICMP_HEADERS: u32 = 28;
/// Octets of an ICMP error, at most (RFC 1812 §4.3.2.3).
const MOST_ICMP: u32 = 576;

/// Octets of an ICMP error about a packet of `octets`, of which it quotes as much as it has room for.
pub(super) fn icmp_octets(octets: u32) -> u32 {
    octets.saturating_add(ICMP_HEADERS).min(MOST_ICMP)
}

/// Identifies a packet. Unique in the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PacketId(pub u32);

/// Why a destination cannot be reached (ICMP type 3, by its code).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unreachable {
    /// Code 0.
    Net,
    /// Code 1.
    Host,
    /// Code 2.
    Protocol,
    /// Code 3.
    Port,
    /// Code 9.
    NetProhibited,
    /// Code 10.
    HostProhibited,
    /// Code 13.
    AdminProhibited,
}

impl Unreachable {
    /// The code of ICMP type 3.
    pub const fn code(self) -> u8 {
        match self {
            Unreachable::Net => 0,
            Unreachable::Host => 1,
            Unreachable::Protocol => 2,
            Unreachable::Port => 3,
            Unreachable::NetProhibited => 9,
            Unreachable::HostProhibited => 10,
            Unreachable::AdminProhibited => 13,
        }
    }
}

/// An ICMP echo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Echo {
    /// It answers a request.
    pub is_reply: bool,
    /// Identifies who asks.
    pub id: u16,
    /// Number of the request, from 1.
    pub number: u16,
    /// Octets of data.
    pub octets: u16,
}

impl Echo {
    /// How an ICMP error about it quotes it: its identifier and its number.
    pub const fn quoted(self) -> Seq {
        Seq((self.id as u32) << 16 | self.number as u32)
    }
}

/// What a packet carries.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Body {
    /// A TCP segment.
    Tcp(Segment),
    /// An ICMP error about a segment that the receiver of this packet had sent.
    Icmp {
        /// The error.
        unreachable: Unreachable,
        /// Source and destination of that segment.
        about: (Endpoint, Endpoint),
        /// Its sequence number; of an echo, [`Echo::quoted`].
        seq: Seq,
        /// Octets of the packet in which it was.
        octets: u32,
    },
    /// An ICMP echo request, or the reply to one.
    Echo(Echo),
}

/// A packet as it was made. The log knows what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Packet {
    /// Its id.
    pub id: PacketId,
    /// The host that made it.
    pub from: HostId,
    /// The host it is for; `None` if no host has that address.
    pub to: Option<HostId>,
    /// Source address and port (port 0 in ICMP).
    pub src: Endpoint,
    /// Destination address and port (port 0 in ICMP).
    pub dst: Endpoint,
    /// What it carries.
    pub body: Body,
    /// How many times the same segment was sent before.
    pub again: u32,
    /// When TCP handed it down.
    pub made: Instant,
}

impl Packet {
    /// The segment, if the packet carries one.
    pub const fn segment(&self) -> Option<&Segment> {
        match &self.body {
            Body::Tcp(segment) => Some(segment),
            Body::Icmp { .. } | Body::Echo(_) => None,
        }
    }

    /// Length in octets as iptables counts it.
    pub fn ip_octets(&self) -> u32 {
        match &self.body {
            Body::Tcp(segment) => segment.ip_octets(),
            Body::Icmp { octets, .. } => icmp_octets(*octets),
            Body::Echo(echo) => ICMP_HEADERS + u32::from(echo.octets),
        }
    }
}
