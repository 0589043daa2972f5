//! Names of hosts, endpoints and sockets.

use std::cmp::Ordering;
use std::fmt;
pub use std::net::{IpAddr, Ipv4Addr as Ipv4, Ipv6Addr as Ipv6};

/// A host of the lab.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HostId {
    /// `C_m`, 10.211.55.2.
    Client,
    /// `S_m`, 10.211.55.10.
    Server,
    /// The web site of Exercise 1.f, 94.130.104.144, ports 80 and 443.
    Site,
    /// A host outside the lab, in a world that the caller sets up.
    Other(u8),
}

impl HostId {
    /// The hosts of the lab.
    pub const ALL: [HostId; 3] = [HostId::Client, HostId::Server, HostId::Site];

    /// A unique number, from 0; the hosts of the lab come first.
    pub const fn number(self) -> u16 {
        match self {
            HostId::Client => 0,
            HostId::Server => 1,
            HostId::Site => 2,
            HostId::Other(number) => 3 + number as u16,
        }
    }

    /// The article's name.
    pub const fn name(self) -> &'static str {
        match self {
            HostId::Client => "C_m",
            HostId::Server => "S_m",
            HostId::Site => "site",
            HostId::Other(_) => "other",
        }
    }

    /// Its name in recordings, traces and messages.
    pub const fn word(self) -> &'static str {
        match self {
            HostId::Client => "client",
            HostId::Server => "server",
            HostId::Site => "site",
            HostId::Other(_) => "other",
        }
    }

    /// The host with this [`HostId::word`].
    pub fn with_word(word: &str) -> Option<HostId> {
        HostId::ALL.into_iter().find(|host| host.word() == word)
    }

    /// Its address in the lab; 0.0.0.0 for a host outside the lab.
    pub const fn address(self) -> Ipv4 {
        match self {
            HostId::Client => Ipv4::new(10, 211, 55, 2),
            HostId::Server => Ipv4::new(10, 211, 55, 10),
            HostId::Site => Ipv4::new(94, 130, 104, 144),
            HostId::Other(_) => Ipv4::UNSPECIFIED,
        }
    }

    /// The host that has `address` in the lab.
    pub fn with_address(address: impl Into<IpAddr>) -> Option<HostId> {
        let address = address.into();
        HostId::ALL.into_iter().find(|host| address == host.address())
    }
}

impl fmt::Display for HostId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// An address and a port. Ordered by family (IPv4 before IPv6), then by address, then by port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Endpoint {
    /// The address; 0.0.0.0 and :: mean any address of this host.
    pub addr: IpAddr,
    /// The port; 0 if it is not chosen yet.
    pub port: u16,
}

impl Endpoint {
    /// An endpoint from its parts.
    pub fn new(addr: impl Into<IpAddr>, port: u16) -> Endpoint {
        Endpoint { addr: addr.into(), port }
    }

    /// This port at any IPv4 address of the host.
    pub const fn any(port: u16) -> Endpoint {
        Endpoint { addr: IpAddr::V4(Ipv4::UNSPECIFIED), port }
    }

    /// This port at any address of the host.
    pub const fn any6(port: u16) -> Endpoint {
        Endpoint { addr: IpAddr::V6(Ipv6::UNSPECIFIED), port }
    }
}

impl PartialOrd for Endpoint {
    fn partial_cmp(&self, other: &Endpoint) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Endpoint {
    fn cmp(&self, other: &Endpoint) -> Ordering {
        // Numbers compare faster than octets, and a storm looks up its connections by their ends.
        match (self.addr, other.addr) {
            (IpAddr::V4(one), IpAddr::V4(two)) => {
                (one.to_bits(), self.port).cmp(&(two.to_bits(), other.port))
            }
            (IpAddr::V6(one), IpAddr::V6(two)) => {
                (one.to_bits(), self.port).cmp(&(two.to_bits(), other.port))
            }
            (IpAddr::V4(_), IpAddr::V6(_)) => Ordering::Less,
            (IpAddr::V6(_), IpAddr::V4(_)) => Ordering::Greater,
        }
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.addr, self.port)
    }
}

/// The family that a socket was made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// IPv4.
    V4,
    /// IPv6, and IPv4 too if it is bound to any address.
    V6,
    /// IPv6 and nothing else.
    V6Only,
}

/// A socket, or a half-open entry that is not a socket yet. Unique in the world, and never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SocketId(pub u32);
