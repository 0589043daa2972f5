//! Primitives of a filter: a value with its qualifiers.

use super::{Filter, Header, Place, SYNTAX, Side};
use crate::names::{protocol, service_port};
use tcp_core::net::{IpAddr, Ipv4, Ipv6};

const ICMP: u8 = 1;
const TCP: u8 = 6;
const UDP: u8 = 17;
const ICMP6: u8 = 58;
const SCTP: u8 = 132;

/// The protocols that have ports, as a filter knows them.
const WITH_PORTS: &[u8] = &[TCP, UDP, SCTP];

/// A protocol that qualifies a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Protocol {
    Ether,
    Ip,
    Ip6,
    /// ARP and what else the lab has not.
    None(&'static str),
    /// A protocol over IP, by its number.
    Over(&'static str, u8),
}

/// The kind of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Host,
    Net,
    Port,
    Portrange,
    Proto,
    Gateway,
}

/// The qualifiers of a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) protocol: Option<Protocol>,
    pub(super) side: Option<Side>,
    pub(super) kind: Option<Kind>,
}

/// What the qualifiers go for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Name(String),
    Number(u32),
    /// An IPv4 address, or the beginning of one.
    Dotted(String),
    /// The same with the length of its mask.
    Masked(String, u32),
    /// The same with its mask.
    WithMask(String, String),
    Colons(String),
}

impl Head {
    pub(super) fn protocol(word: &str) -> Option<Protocol> {
        Some(match word {
            "ether" | "link" => Protocol::Ether,
            "ip" => Protocol::Ip,
            "ip6" => Protocol::Ip6,
            "arp" => Protocol::None("arp"),
            "rarp" => Protocol::None("rarp"),
            "tcp" => Protocol::Over("tcp", TCP),
            "udp" => Protocol::Over("udp", UDP),
            "icmp" => Protocol::Over("icmp", ICMP),
            "icmp6" => Protocol::Over("icmp6", ICMP6),
            "sctp" => Protocol::Over("sctp", SCTP),
            "igmp" => Protocol::Over("igmp", 2),
            "esp" => Protocol::Over("esp", 50),
            "ah" => Protocol::Over("ah", 51),
            _ => return None,
        })
    }

    pub(super) fn kind(word: &str) -> Option<Kind> {
        Some(match word {
            "host" => Kind::Host,
            "net" => Kind::Net,
            "port" => Kind::Port,
            "portrange" => Kind::Portrange,
            "proto" => Kind::Proto,
            "gateway" => Kind::Gateway,
            _ => return None,
        })
    }
}

impl Protocol {
    /// The condition that a packet is of this protocol.
    pub(super) fn alone(self) -> Result<Filter, String> {
        Ok(match self {
            Protocol::Ip => Filter::Version(4),
            Protocol::Ip6 => Filter::Version(6),
            Protocol::None(_) => {
                Filter::Not(Box::new(Filter::Or(Box::new(Filter::Version(4)), Box::new(Filter::Version(6)))))
            }
            Protocol::Over(_, number @ ICMP) => Filter::Protocol(Some(4), number),
            Protocol::Over(_, number @ ICMP6) => Filter::Protocol(Some(6), number),
            Protocol::Over(_, number) => Filter::Protocol(None, number),
            Protocol::Ether => return Err(SYNTAX.into()),
        })
    }

    /// The header that is read by `name[index]`.
    pub(super) const fn header(self) -> Option<Header> {
        match self {
            Protocol::Ether => Some(Header::Link),
            Protocol::Ip => Some(Header::Ip(4)),
            Protocol::Ip6 => Some(Header::Ip(6)),
            Protocol::Over(_, number) => Some(Header::Within(number)),
            Protocol::None(_) => None,
        }
    }
}

/// The condition of a value and its qualifiers.
pub(super) fn primitive(head: Head, value: &Value, place: Place) -> Result<Filter, String> {
    let side = head.side.unwrap_or(Side::Either);
    match head.kind.unwrap_or(Kind::Host) {
        Kind::Host => host(head, side, value, place, false),
        Kind::Net => host(head, side, value, place, true),
        kind @ (Kind::Port | Kind::Portrange) => {
            let protocols = match head.protocol {
                None => WITH_PORTS,
                Some(Protocol::Over(_, TCP)) => &[TCP],
                Some(Protocol::Over(_, UDP)) => &[UDP],
                Some(Protocol::Over(_, SCTP)) => &[SCTP],
                Some(_) => return Err("illegal qualifier of 'port'".into()),
            };
            let (from, to) = if kind == Kind::Port { (port(value)?, None) } else { range(value)? };
            let to = to.unwrap_or(from);
            Ok(Filter::Port(side, protocols, from.min(to)..=from.max(to)))
        }
        Kind::Proto => proto(head, value),
        Kind::Gateway => Err(SYNTAX.into()),
    }
}

fn host(head: Head, side: Side, value: &Value, place: Place, net: bool) -> Result<Filter, String> {
    let version = match head.protocol {
        None => None,
        Some(Protocol::Ip) => Some(4),
        Some(Protocol::Ip6) => Some(6),
        Some(Protocol::None(_)) => return Ok(Filter::Constant(false)),
        Some(Protocol::Ether) => return Err("illegal link layer address".into()),
        Some(Protocol::Over(name, _)) => {
            let what = if net { "net" } else { "host" };
            return Err(format!("'{name}' modifier applied to {what}"));
        }
    };
    let of = |addr: Ipv4, mask: u32| match version {
        Some(6) => Filter::Constant(false),
        _ => Filter::Net(side, addr, mask),
    };
    match value {
        Value::Name(name) => {
            let unknown = if net { "network" } else { "host" };
            let addr = place.names.resolve(name).map_err(|_| format!("unknown {unknown} '{name}'"))?;
            if net { Err(format!("unknown network '{name}'")) } else { Ok(of(addr, u32::MAX)) }
        }
        Value::Number(number) => {
            let (mut bits, mut mask) = (*number, u32::MAX);
            while net && bits != 0 && bits >> 24 == 0 {
                (bits, mask) = (bits << 8, mask << 8);
            }
            Ok(of(Ipv4::from_bits(bits), mask))
        }
        Value::Dotted(text) => {
            let (bits, length) = address(text)?;
            Ok(of(Ipv4::from_bits(bits), mask_of(length)))
        }
        Value::Masked(text, length) => {
            let (bits, _) = address(text)?;
            if *length > 32 {
                return Err("mask length must be <= 32".into());
            }
            let mask = mask_of(*length);
            if bits & !mask != 0 {
                return Err(format!("non-network bits set in \"{text}/{length}\""));
            }
            if !net && head.kind.is_some() {
                return Err("Mask syntax for networks only".into());
            }
            Ok(of(Ipv4::from_bits(bits), mask))
        }
        Value::WithMask(text, mask) => {
            let ((bits, _), (mask_bits, _)) = (address(text)?, address(mask)?);
            if bits & !mask_bits != 0 {
                return Err(format!("non-network bits set in \"{text} mask {mask}\""));
            }
            if !net {
                return Err("Mask syntax for networks only".into());
            }
            Ok(of(Ipv4::from_bits(bits), mask_bits))
        }
        Value::Colons(text) => match text.parse::<IpAddr>() {
            Ok(IpAddr::V6(addr)) if version != Some(4) => Ok(host6(side, addr)),
            Ok(_) => Ok(Filter::Constant(false)),
            Err(_) => Err(SYNTAX.into()),
        },
    }
}

const fn host6(side: Side, addr: Ipv6) -> Filter {
    Filter::Host6(side, addr)
}

const fn mask_of(length: u32) -> u32 {
    if length == 0 { 0 } else { u32::MAX << (32 - length) }
}

/// The bits of an address or its beginning, and how many these are.
fn address(text: &str) -> Result<(u32, u32), String> {
    let invalid = || format!("invalid IPv4 address '{text}'");
    let mut bits = 0_u32;
    let mut length = 0;
    for part in text.split('.') {
        let octet: u8 = part.parse().map_err(|_| invalid())?;
        if length == 32 {
            return Err(invalid());
        }
        bits = bits << 8 | u32::from(octet);
        length += 8;
    }
    Ok((bits << (32 - length), length))
}

fn port(value: &Value) -> Result<u16, String> {
    match value {
        Value::Number(number) => {
            u16::try_from(*number).map_err(|_| format!("illegal port number {number} > 65535"))
        }
        Value::Name(name) => service_port(name).ok_or_else(|| format!("unknown port '{name}'")),
        Value::Dotted(_) | Value::Masked(..) | Value::WithMask(..) | Value::Colons(_) => {
            Err("illegal qualifier of 'port'".into())
        }
    }
}

fn range(value: &Value) -> Result<(u16, Option<u16>), String> {
    let Value::Name(name) = value else { return Ok((port(value)?, None)) };
    let unknown = || format!("unknown port in range '{name}'");
    let of = |text: &str| match text.parse::<u16>() {
        Ok(number) => Ok(number),
        Err(_) => service_port(text).ok_or_else(unknown),
    };
    if let Some(single) = service_port(name) {
        return Ok((single, None));
    }
    let (from, to) = name.split_once('-').ok_or_else(unknown)?;
    Ok((of(from)?, Some(of(to)?)))
}

fn proto(head: Head, value: &Value) -> Result<Filter, String> {
    let number = match value {
        Value::Number(number) => u8::try_from(*number).ok(),
        Value::Name(name) => {
            if let Some(named) = Head::protocol(name)
                && matches!(named, Protocol::Ip | Protocol::Ip6 | Protocol::None(_))
            {
                return named.alone();
            }
            let number = protocol(name);
            if number.is_none() {
                return Err(format!("unknown protocol '{name}'"));
            }
            number
        }
        _ => return Err(SYNTAX.into()),
    };
    let Some(number) = number else { return Ok(Filter::Constant(false)) };
    match head.protocol {
        None => Ok(Filter::Protocol(None, number)),
        Some(Protocol::Ip) => Ok(Filter::Protocol(Some(4), number)),
        Some(Protocol::Ip6) => Ok(Filter::Protocol(Some(6), number)),
        Some(Protocol::Over(name, _)) | Some(Protocol::None(name)) => Err(format!("'{name} proto' is bogus")),
        Some(Protocol::Ether) => Ok(Filter::Constant(false)),
    }
}
