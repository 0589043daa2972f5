//! The filter of a capture, as pcap-filter(7) describes it: `tcp port 5555 and not host S_m`.
//!
//! Left out on purpose: link layers other than Ethernet and LINUX_SLL2 and what only they carry (VLAN, MPLS, wireless),
//! and the qualifiers `gateway` and `protochain`. Of these libpcap says on a machine without them that they are not
//! supported.

mod impossible;
mod lex;
mod matches;
mod parse;
mod primitive;

pub(super) use matches::Subject;
pub(super) use parse::parse;

use crate::names::Names;
use std::ops::RangeInclusive;
use tcp_core::net::{Ipv4, Ipv6};

const SYNTAX: &str = "can't parse filter expression: syntax error";

/// Where a filter is used.
#[derive(Clone, Copy, Debug)]
struct Place {
    names: Names,
    source: Source,
}

/// What the filter chooses from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// One interface, whose link is an Ethernet.
    Ethernet,
    /// A file with packets of such an interface.
    SavedEthernet,
    /// All interfaces, or a file of them.
    Cooked,
}

/// A condition on packets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Filter {
    /// Every packet, or none.
    Constant(bool),
    Not(Box<Filter>),
    And(Box<Filter>, Box<Filter>),
    Or(Box<Filter>, Box<Filter>),
    /// IP of this version.
    Version(u8),
    /// This protocol in IP of either version, or of one.
    Protocol(Option<u8>, u8),
    /// An address of these ends, as far as the mask goes.
    Net(Side, Ipv4, u32),
    /// An address of these ends.
    Host6(Side, Ipv6),
    /// A port of these ends, in one of these protocols.
    Port(Side, &'static [u8], RangeInclusive<u16>),
    /// It comes in, or goes out.
    Inbound(bool),
    Compare(Number, Relation, Number),
}

/// Which end of a packet is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Source,
    Destination,
    Either,
    Both,
}

/// A number that is computed from a packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Number {
    Constant(u32),
    /// Length of the packet with its link header.
    Length,
    /// Octets from a place in a header of this kind on: one, two or four.
    Octets(Header, Box<Number>, u32),
    Negative(Box<Number>),
    Pair(Box<Number>, Operator, Box<Number>),
}

/// A header that is read octet by octet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Header {
    /// The link's.
    Link,
    /// IP of this version.
    Ip(u8),
    /// That of a protocol in IPv4.
    Within(u8),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Plus,
    Minus,
    Times,
    Over,
    Rest,
    And,
    Or,
    Xor,
    Left,
    Right,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    Equal,
    Unequal,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}

#[cfg(test)]
mod tests;
