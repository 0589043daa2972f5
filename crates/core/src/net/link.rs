//! The link layer: which host has which address, as ARP finds out.

use super::{HostId, IpAddr};

/// The addresses of all hosts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Link {
    /// In the order of the hosts.
    holders: Vec<(HostId, IpAddr)>,
}

impl Link {
    /// A link on which nobody has an address.
    pub const fn new() -> Link {
        Link { holders: Vec::new() }
    }

    /// The host that has `address`; the first host, if several claim it.
    pub fn holder(&self, address: IpAddr) -> Option<HostId> {
        self.holders.iter().find(|(_, held)| *held == address).map(|(host, _)| *host)
    }

    /// Sets the addresses of a host, in place of those that it had.
    pub fn set(&mut self, host: HostId, addresses: impl IntoIterator<Item = IpAddr>) {
        self.holders.retain(|(other, _)| *other != host);
        let place = self.holders.partition_point(|(other, _)| *other < host);
        self.holders.splice(place..place, addresses.into_iter().map(|address| (host, address)));
    }
}
