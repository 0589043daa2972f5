//! Whether a packet meets a filter.

use super::{Filter, Header, Number, Operator, Relation, Side};
use crate::capture::Direction;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A packet as a filter sees it.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Subject<'a> {
    pub(in super::super) direction: Option<Direction>,
    /// The link header.
    pub(in super::super) link: &'a [u8],
    /// The packet, from the IP header on.
    pub(in super::super) ip: &'a [u8],
}

impl Filter {
    /// Whether the filter lets the packet pass. One that asks for octets beyond the end does not.
    pub(in super::super) fn takes(&self, subject: Subject<'_>) -> bool {
        self.holds(subject).unwrap_or(false)
    }

    /// `None` if it asks for what the packet has not.
    fn holds(&self, on: Subject<'_>) -> Option<bool> {
        Some(match self {
            Filter::Constant(value) => *value,
            Filter::Not(inner) => !inner.holds(on)?,
            Filter::And(one, other) => one.holds(on)? && other.holds(on)?,
            Filter::Or(one, other) => one.holds(on)? || other.holds(on)?,
            Filter::Version(version) => on.version() == *version,
            Filter::Protocol(version, number) => {
                version.is_none_or(|version| on.version() == version) && on.protocol() == Some(*number)
            }
            Filter::Net(side, addr, mask) => {
                let bits = addr.to_bits() & mask;
                let fits = |end| matches!(end, IpAddr::V4(end) if Ipv4Addr::to_bits(end) & mask == bits);
                on.ends().is_some_and(|(src, dst)| side.holds(fits(src), fits(dst)))
            }
            Filter::Host6(side, addr) => {
                on.ends().is_some_and(|(src, dst)| side.holds(src == *addr, dst == *addr))
            }
            Filter::Port(side, protocols, range) => {
                let (Some(protocol), Some((src, dst))) = (on.protocol(), on.ports()) else {
                    return Some(false);
                };
                protocols.contains(&protocol) && side.holds(range.contains(&src), range.contains(&dst))
            }
            Filter::Inbound(inbound) => match on.direction {
                Some(direction) => (direction == Direction::In) == *inbound,
                None => *inbound,
            },
            Filter::Compare(left, relation, right) => {
                if !(left.is_readable(on) && right.is_readable(on)) {
                    return Some(false);
                }
                relation.holds(left.value(on)?, right.value(on)?)
            }
        })
    }
}

impl Subject<'_> {
    pub(in super::super) fn version(&self) -> u8 {
        self.ip.first().map_or(0, |octet| octet >> 4)
    }

    pub(in super::super) fn protocol(&self) -> Option<u8> {
        self.ip.get(if self.version() == 4 { 9 } else { 6 }).copied()
    }

    fn ends(&self) -> Option<(IpAddr, IpAddr)> {
        let four = |at: usize| self.ip.get(at..at + 4)?.try_into().ok().map(|octets: [u8; 4]| octets.into());
        let six = |at: usize| {
            self.ip.get(at..at + 16)?.try_into().ok().map(|octets: [u8; 16]| Ipv6Addr::from(octets).into())
        };
        match self.version() {
            4 => Some((four(12)?, four(16)?)),
            6 => Some((six(8)?, six(24)?)),
            _ => None,
        }
    }

    /// Where what IP carries begins.
    fn body(&self) -> usize {
        match self.version() {
            4 => self.ip.first().map_or(20, |octet| usize::from(octet & 15) * 4),
            _ => 40,
        }
    }

    fn ports(&self) -> Option<(u16, u16)> {
        let at = self.body();
        let octets = self.ip.get(at..at + 4)?;
        Some((u16::from_be_bytes([octets[0], octets[1]]), u16::from_be_bytes([octets[2], octets[3]])))
    }
}

impl Side {
    const fn holds(self, src: bool, dst: bool) -> bool {
        match self {
            Side::Source => src,
            Side::Destination => dst,
            Side::Either => src || dst,
            Side::Both => src && dst,
        }
    }
}

impl Number {
    /// Whether the packet has the headers that are read.
    fn is_readable(&self, on: Subject<'_>) -> bool {
        on.protocol().is_some_and(|protocol| self.is_within(on.version(), protocol))
    }

    /// The same, by the version of IP and the protocol.
    pub(super) fn is_within(&self, version: u8, protocol: u8) -> bool {
        match self {
            Number::Constant(_) | Number::Length => true,
            Number::Octets(header, at, _) => {
                let has = match header {
                    Header::Link => true,
                    Header::Ip(number) => version == *number,
                    Header::Within(58) => (version, protocol) == (6, 58),
                    Header::Within(number) => (version, protocol) == (4, *number),
                };
                has && at.is_within(version, protocol)
            }
            // As libpcap: of two numbers that are combined, it asks only for the headers of the first.
            Number::Negative(one) | Number::Pair(one, ..) => one.is_within(version, protocol),
        }
    }

    fn value(&self, on: Subject<'_>) -> Option<u32> {
        match self {
            Number::Constant(value) => Some(*value),
            Number::Length => u32::try_from(on.link.len() + on.ip.len()).ok(),
            Number::Octets(header, at, size) => {
                let begin = match header {
                    Header::Link => 0,
                    Header::Ip(_) => on.link.len(),
                    Header::Within(_) => on.link.len() + on.body(),
                };
                let begin = begin.checked_add(at.value(on)? as usize)?;
                let octet = |at: usize| on.link.get(at).or_else(|| on.ip.get(at.checked_sub(on.link.len())?));
                let mut value = 0;
                for at in 0..*size as usize {
                    value = value << 8 | u32::from(*octet(begin.checked_add(at)?)?);
                }
                Some(value)
            }
            Number::Negative(one) => Some(one.value(on)?.wrapping_neg()),
            Number::Pair(one, operator, other) => operator.apply(one.value(on)?, other.value(on)?),
        }
    }
}

impl Operator {
    /// `None` for a division by zero.
    pub(super) const fn apply(self, one: u32, other: u32) -> Option<u32> {
        Some(match self {
            Operator::Plus => one.wrapping_add(other),
            Operator::Minus => one.wrapping_sub(other),
            Operator::Times => one.wrapping_mul(other),
            Operator::Over => return one.checked_div(other),
            Operator::Rest => return one.checked_rem(other),
            Operator::And => one & other,
            Operator::Or => one | other,
            Operator::Xor => one ^ other,
            Operator::Left if other > 31 => 0,
            Operator::Left => one << other,
            Operator::Right if other > 31 => 0,
            Operator::Right => one >> other,
        })
    }
}

impl Relation {
    pub(super) const fn holds(self, one: u32, other: u32) -> bool {
        match self {
            Relation::Equal => one == other,
            Relation::Unequal => one != other,
            Relation::Less => one < other,
            Relation::LessEqual => one <= other,
            Relation::Greater => one > other,
            Relation::GreaterEqual => one >= other,
        }
    }
}
