//! Values in a rule: ports, addresses, flags, protocols, as `iptables` reads them.

use super::problem::Problem;
use crate::names;
use crate::number::strtoul;
use tcp_core::net::firewall::{Network, Protocol, RejectWith};
use tcp_core::net::{Ipv4, Unreachable};
use tcp_core::tcp::Flags;

/// TCP flags in the order of a listing.
pub(super) const FLAG_NAMES: [(Flags, &str); 6] = [
    (Flags::FIN, "FIN"),
    (Flags::SYN, "SYN"),
    (Flags::RST, "RST"),
    (Flags::PSH, "PSH"),
    (Flags::ACK, "ACK"),
    (Flags::URG, "URG"),
];

/// Types of rejection: the name, its short form, and the value.
pub(super) const REJECT_TYPES: [(&str, &str, RejectWith); 8] = [
    ("icmp-net-unreachable", "net-unreach", RejectWith::Icmp(Unreachable::Net)),
    ("icmp-host-unreachable", "host-unreach", RejectWith::Icmp(Unreachable::Host)),
    ("icmp-proto-unreachable", "proto-unreach", RejectWith::Icmp(Unreachable::Protocol)),
    ("icmp-port-unreachable", "port-unreach", RejectWith::Icmp(Unreachable::Port)),
    ("icmp-net-prohibited", "net-prohib", RejectWith::Icmp(Unreachable::NetProhibited)),
    ("icmp-host-prohibited", "host-prohib", RejectWith::Icmp(Unreachable::HostProhibited)),
    ("tcp-reset", "tcp-rst", RejectWith::TcpReset),
    ("icmp-admin-prohibited", "admin-prohib", RejectWith::Icmp(Unreachable::AdminProhibited)),
];

/// `-p`: a name or a number below 256; 0 and `all` stand for all.
pub(super) fn protocol(text: &str) -> Result<Protocol, Problem> {
    let text = text.to_ascii_lowercase();
    if let Some(number) = strtoul(&text) {
        return Ok(Protocol(number));
    }
    match text.as_str() {
        "all" | "ip" => Ok(Protocol::ALL),
        "icmpv6" => Ok(Protocol(58)),
        name => names::protocol(name).map(Protocol).ok_or(Problem::Protocol(text)),
    }
}

/// A port, by number or name.
pub(super) fn port(text: &str) -> Result<u16, Problem> {
    strtoul(text).or_else(|| names::service_port(text)).ok_or_else(|| Problem::Port(text.to_owned()))
}

/// `--dport`: one port, or the first and last separated by a colon; either may be left out.
pub(super) fn port_range(text: &str) -> Result<(u16, u16), Problem> {
    let Some((first, last)) = text.split_once(':') else {
        return port(text).map(|port| (port, port));
    };
    let first = if first.is_empty() { 0 } else { port(first)? };
    let last = if last.is_empty() { u16::MAX } else { port(last)? };
    if first > last { Err(Problem::PortRange) } else { Ok((first, last)) }
}

/// `--dports`: at most fifteen ports, a range counting as two.
pub(super) fn port_list(text: &str) -> Result<Vec<(u16, u16)>, Problem> {
    let mut ranges = Vec::new();
    let mut room = 15;
    for item in text.split(',') {
        let (first, last) = match item.split_once(':') {
            None => (item, None),
            Some((first, last)) => (first, Some(last)),
        };
        room -= if last.is_some() { 2 } else { 1 };
        if room < 0 {
            return Err(Problem::TooManyPorts);
        }
        let first = port(first)?;
        let last = last.map_or(Ok(first), port)?;
        if first > last || (item.contains(':') && first == last) {
            return Err(Problem::PortsRange);
        }
        ranges.push((first, last));
    }
    Ok(ranges)
}

/// `--tcp-flags`: names separated by commas, in upper or lower case; also ALL and NONE.
pub(super) fn flags(text: &str) -> Result<Flags, Problem> {
    let mut flags = Flags::NONE;
    for name in text.split(',').filter(|name| !name.is_empty()) {
        let upper = name.to_ascii_uppercase();
        let known = FLAG_NAMES.iter().find(|(_, known)| *known == upper);
        flags = match (known, upper.as_str()) {
            (Some((flag, _)), _) => flags | *flag,
            (None, "ALL") => FLAG_NAMES.iter().fold(flags, |all, (flag, _)| all | *flag),
            (None, "NONE") => flags,
            (None, _) => return Err(Problem::TcpFlag(name.to_owned())),
        };
    }
    Ok(flags)
}

/// `--reject-with`: a name or the beginning of one, in upper or lower case.
pub(super) fn reject_type(text: &str) -> Result<RejectWith, Problem> {
    let lower = text.to_ascii_lowercase();
    REJECT_TYPES
        .iter()
        .find(|(name, short, _)| name.starts_with(&lower) || short.starts_with(&lower))
        .map(|(_, _, with)| *with)
        .ok_or_else(|| Problem::RejectType(text.to_owned()))
}

/// `-s`, `-d`: addresses separated by commas, each with or without a mask.
pub(super) fn networks(text: &str) -> Result<Vec<Network>, Problem> {
    text.split(',').map(network).collect()
}

fn network(text: &str) -> Result<Network, Problem> {
    let (host, mask) = match text.split_once('/') {
        Some((host, mask)) => (host, Some(mask)),
        None => (text, None),
    };
    let prefix = mask.map_or(Ok(32), prefix)?;
    let addr = short_network(host).or_else(|| address(host)).or_else(|| names::host(host));
    let addr = addr.ok_or_else(|| Problem::Host(host.to_owned()))?;
    Ok(Network::new(addr, prefix))
}

fn prefix(mask: &str) -> Result<u8, Problem> {
    let bad = || Problem::Mask(mask.to_owned());
    if let Ok(mask) = mask.parse::<Ipv4>() {
        return dotted_prefix(mask).ok_or_else(bad);
    }
    strtoul(mask).filter(|n| *n <= 32).ok_or_else(bad)
}

/// The length of a prefix whose mask this is. The firewall here knows only masks without holes.
pub(super) fn dotted_prefix(mask: Ipv4) -> Option<u8> {
    let mask = u32::from(mask);
    u8::try_from(mask.leading_ones()).ok().filter(|_| mask.count_ones() == mask.leading_ones())
}

/// `10/8` and `10.1/16`: what is left out on the right is zero.
fn short_network(host: &str) -> Option<Ipv4> {
    let mut octets = [0; 4];
    let parts: Vec<&str> = host.split('.').collect();
    if parts.len() > 4 {
        return None;
    }
    for (octet, part) in octets.iter_mut().zip(parts) {
        *octet = strtoul(part)?;
    }
    Some(Ipv4::from(octets))
}

/// An address as `inet_aton` reads it: the last of one to four numbers fills what is left, so 16909060 is 1.2.3.4.
fn address(host: &str) -> Option<Ipv4> {
    let numbers: Vec<u32> = host.split('.').map(strtoul).collect::<Option<_>>()?;
    let (last, front) = numbers.split_last()?;
    if front.len() > 3 || front.iter().any(|n| *n > 255) {
        return None;
    }
    let free = 32 - 8 * u32::try_from(front.len()).ok()?;
    if u64::from(*last) >> free != 0 {
        return None;
    }
    let high = front.iter().enumerate().fold(0, |sum, (at, octet)| sum | octet << (24 - 8 * at));
    Some(Ipv4::from(high | last))
}
