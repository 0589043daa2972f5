//! The header of an IP packet.

use std::fmt::Write;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The header of an IP packet, with what it carries.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ip<'a> {
    pub(super) src: IpAddr,
    pub(super) dst: IpAddr,
    pub(super) protocol: u8,
    /// What follows the header, as far as it is there.
    pub(super) body: &'a [u8],
    /// How long that is by the header's account.
    pub(super) length: usize,
}

pub(super) fn is_v6(octets: &[u8]) -> bool {
    octets.first().is_some_and(|octet| octet >> 4 == 6)
}

/// The checksum that would be right, from the one that is there and the sum over all.
pub(super) fn corrected(had: u16, sum: u16) -> u16 {
    let sum = u32::from(had) + u32::from(sum);
    u16::try_from((sum & 0xffff) + (sum >> 16)).unwrap_or(0)
}

/// The parenthesis of `-v`.
pub(super) fn header(octets: &[u8], ip: &Ip<'_>, out: &mut String) {
    let word = |at: usize| octets.get(at..at + 2).map_or(0, |two| u16::from_be_bytes([two[0], two[1]]));
    let octet = |at: usize| octets.get(at).copied().unwrap_or(0);
    let name = match ip.protocol {
        6 => "TCP".to_owned(),
        1 => "ICMP".to_owned(),
        17 => "UDP".to_owned(),
        other => crate::names::protocol_name(other).map_or_else(|| "unknown".to_owned(), str::to_uppercase),
    };
    if is_v6(octets) {
        let label = u32::from(octet(1) & 15) << 16 | u32::from(word(2));
        let label = if label == 0 { String::new() } else { format!("flowlabel 0x{label:05x}, ") };
        let _ = write!(
            out,
            "({label}hlim {}, next-header {name} ({}) payload length: {}) ",
            octet(7),
            ip.protocol,
            word(4)
        );
        return;
    }
    let flags = match octet(6) >> 5 {
        0 => "none",
        1 => "+",
        2 => "DF",
        _ => "+, DF",
    };
    let _ = write!(
        out,
        "(tos 0x{:x}, ttl {}, id {}, offset {}, flags [{flags}], proto {name} ({}), length {})\n    ",
        octet(1),
        octet(8),
        word(4),
        u32::from(word(6) & 0x1fff) * 8,
        ip.protocol,
        word(2)
    );
}

impl<'a> Ip<'a> {
    /// `None` if the octets are no IP packet with a whole header.
    pub(super) fn read(octets: &'a [u8]) -> Option<Ip<'a>> {
        let word = |at: usize| Some(u16::from_be_bytes([*octets.get(at)?, *octets.get(at + 1)?]));
        if is_v6(octets) {
            let address = |at: usize| {
                let address: [u8; 16] = octets.get(at..at + 16)?.try_into().ok()?;
                Some(IpAddr::from(Ipv6Addr::from(address)))
            };
            let (src, dst) = (address(8)?, address(24)?);
            let length = usize::from(word(4)?);
            return Some(Ip { src, dst, protocol: octets[6], body: &octets[40..], length });
        }
        let address = |at: usize| {
            let address: [u8; 4] = octets.get(at..at + 4)?.try_into().ok()?;
            Some(IpAddr::from(Ipv4Addr::from(address)))
        };
        let (src, dst) = (address(12)?, address(16)?);
        let begin = usize::from(octets[0] & 15) * 4;
        let length = usize::from(word(2)?).checked_sub(begin.max(20))?;
        let body = octets.get(begin.max(20)..)?;
        Some(Ip { src, dst, protocol: octets[9], body: &body[..body.len().min(length)], length })
    }
}
