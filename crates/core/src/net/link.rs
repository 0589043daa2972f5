//! The link layer: which host has which address, as ARP finds out.

use super::{HostId, IpAddr};

/// The addresses of all hosts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Link {
    /// In the order of the hosts.
    holders: Vec<(HostId, IpAddr)>,
    /// Hosts whose interface is down.
    deaf: Vec<HostId>,
}

impl Link {
    /// A link on which nobody has an address.
    pub const fn new() -> Link {
        Link { holders: Vec::new(), deaf: Vec::new() }
    }

    /// The host that has `address`; the first host, if several claim it.
    pub fn holder(&self, address: IpAddr) -> Option<HostId> {
        self.holders.iter().find(|(_, held)| *held == address).map(|(host, _)| *host)
    }

    /// The host that answers when it is asked for `address`: it has it, and its interface is up.
    pub fn answers(&self, address: IpAddr) -> Option<HostId> {
        self.holder(address).filter(|host| !self.deaf.contains(host))
    }

    /// Sets the interface of a host up or down.
    pub fn plug(&mut self, host: HostId, up: bool) {
        self.deaf.retain(|other| *other != host);
        if !up {
            self.deaf.push(host);
        }
    }

    /// Sets the addresses of a host, in place of those that it had.
    pub fn set(&mut self, host: HostId, addresses: impl IntoIterator<Item = IpAddr>) {
        self.holders.retain(|(other, _)| *other != host);
        let place = self.holders.partition_point(|(other, _)| *other < host);
        self.holders.splice(place..place, addresses.into_iter().map(|address| (host, address)));
    }
}
