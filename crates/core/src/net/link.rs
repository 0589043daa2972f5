//! Who has which address: what ARP and its like find out.

use super::{HostId, IpAddr};

/// The addresses of all hosts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Link {
    holders: Vec<(HostId, IpAddr)>,
}

impl Link {
    /// Nobody has an address.
    pub const fn new() -> Link {
        Link { holders: Vec::new() }
    }

    /// The host that has `address`; the first, if several claim it.
    pub fn holder(&self, address: IpAddr) -> Option<HostId> {
        self.holders.iter().find(|(_, held)| *held == address).map(|(host, _)| *host)
    }

    /// A host has these addresses, and no others any more.
    pub fn set(&mut self, host: HostId, addresses: impl IntoIterator<Item = IpAddr>) {
        self.holders.retain(|(other, _)| *other != host);
        self.holders.extend(addresses.into_iter().map(|address| (host, address)));
        self.holders.sort();
    }
}
