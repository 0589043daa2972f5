//! Link headers: Ethernet on one interface, LINUX_SLL2 on all.

use super::{Captured, Direction, Interface};
use tcp_core::net::HostId;

/// Kind of link header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkType {
    /// Of one interface.
    Ethernet,
    /// Of all interfaces at once (`-i any`): the second version of the cooked capture.
    Cooked,
}

impl LinkType {
    /// Its number in capture files.
    pub const fn number(self) -> u32 {
        match self {
            LinkType::Ethernet => 1,
            LinkType::Cooked => 276,
        }
    }

    /// The kind with this number.
    pub const fn with_number(number: u32) -> Option<LinkType> {
        match number {
            1 => Some(LinkType::Ethernet),
            276 => Some(LinkType::Cooked),
            _ => None,
        }
    }

    /// Length of its header, in octets.
    pub const fn octets(self) -> usize {
        match self {
            LinkType::Ethernet => 14,
            LinkType::Cooked => 20,
        }
    }
}

/// The hardware address of a host's card.
pub(crate) const fn hardware(host: HostId) -> [u8; 6] {
    match host {
        HostId::Client => [0x00, 0x1c, 0x42, 0x3b, 0x5d, 0x02],
        HostId::Server => [0x00, 0x1c, 0x42, 0x8e, 0x17, 0x0a],
        HostId::Site | HostId::Other(_) => [0x00, 0x1c, 0x42, 0xc4, 0x90, 0x90],
    }
}

/// The number by which the kernel knows an interface.
const fn index(interface: Interface) -> u32 {
    match interface {
        Interface::Loopback => 1,
        Interface::Link => 2,
    }
}

impl Captured {
    /// The link header of this packet. `from` and `to` are the hosts between which it goes.
    pub fn link_header(&self, kind: LinkType, from: HostId, to: Option<HostId>) -> Vec<u8> {
        let address = |host: Option<HostId>| match (self.interface, host) {
            (Interface::Link, Some(host)) => hardware(host),
            _ => [0; 6],
        };
        let ethertype =
            if self.octets.first().is_some_and(|octet| octet >> 4 == 6) { 0x86dd } else { 0x0800_u16 };
        let mut out = Vec::with_capacity(kind.octets());
        match kind {
            LinkType::Ethernet => {
                out.extend(address(to));
                out.extend(address(Some(from)));
                out.extend(ethertype.to_be_bytes());
            }
            LinkType::Cooked => {
                out.extend(ethertype.to_be_bytes());
                out.extend([0, 0]);
                out.extend(index(self.interface).to_be_bytes());
                // ARPHRD_LOOPBACK or ARPHRD_ETHER, then what kind of packet it is to this host.
                out.extend(if self.interface == Interface::Loopback { [3, 4] } else { [0, 1] });
                out.push(if self.direction == Direction::Out { 4 } else { 0 });
                out.push(6);
                out.extend(address(Some(from)));
                out.extend([0, 0]);
            }
        }
        out
    }
}
