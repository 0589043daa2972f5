//! Addresses and routes of a host.

use super::firewall::Network;
use super::{Cx, Host};
use crate::net::{Endpoint, HostId, IpAddr, Ipv4, Ipv6};

/// How a destination is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// It is this host itself.
    Loopback,
    /// It is on the link, if it exists.
    Link,
}

impl Host {
    /// Its addresses, except loopback.
    pub fn addresses(&self) -> impl Iterator<Item = IpAddr> + use<> {
        let given: Vec<IpAddr> = self.aliases.iter().map(|(address, _)| IpAddr::V4(*address)).collect();
        [Some(IpAddr::V4(self.address)), self.address6.map(IpAddr::V6)].into_iter().flatten().chain(given)
    }

    /// The IPv6 address that it was given, if any.
    pub const fn address6(&self) -> Option<Ipv6> {
        self.address6
    }

    /// Whether `addr` is one of this host's addresses.
    pub(super) fn has_address(&self, addr: IpAddr) -> bool {
        addr.is_loopback()
            || match addr {
                IpAddr::V4(addr) => addr == self.address || self.aliases.iter().any(|(own, _)| *own == addr),
                IpAddr::V6(addr) => self.address6 == Some(addr),
            }
    }

    /// This host's address for a connection to `to`.
    pub(super) fn own_address(&self, to: IpAddr) -> IpAddr {
        match to {
            _ if to.is_loopback() => to,
            IpAddr::V4(_) => self.own_ipv4(to).into(),
            IpAddr::V6(_) => self.address6.unwrap_or(Ipv6::LOCALHOST).into(),
        }
    }

    /// Its own address is for all, but for what only a given one is near.
    fn own_ipv4(&self, to: IpAddr) -> Ipv4 {
        let near = self.networks.iter().any(|network| network.contains(to));
        self.alias_near(to).filter(|_| !near).unwrap_or(self.address)
    }

    /// The given address in whose network `to` is.
    fn alias_near(&self, to: IpAddr) -> Option<Ipv4> {
        let near = |(address, prefix): &&(Ipv4, u8)| Network::new(*address, *prefix).contains(to);
        self.aliases.iter().find(near).map(|(address, _)| *address)
    }

    /// How `to` is reached; `None` if there is no route. An interface that is down has none.
    pub(super) fn route(&self, to: IpAddr) -> Option<Route> {
        self.route_if_up(to).filter(|route| *route == Route::Loopback || self.is_linked())
    }

    /// How `to` is reached if the interface is up.
    fn route_if_up(&self, to: IpAddr) -> Option<Route> {
        if self.has_address(to) || to.is_unspecified() {
            return Some(Route::Loopback);
        }
        let far = self.link.has_default_route();
        let reaches =
            |network: &Network| network.contains(to) && (far || network.contains(self.address.into()));
        let near = match to {
            IpAddr::V4(_) => self.networks.iter().any(reaches) || self.alias_near(to).is_some(),
            IpAddr::V6(to) => {
                self.address6.is_some_and(|own| own.segments().starts_with(&to.segments()[..4]))
            }
        };
        near.then_some(Route::Link)
    }

    /// The host that receives what is sent to `to` if the interface is up; `None` if nobody has the address.
    pub(super) fn receiver(&self, cx: &Cx<'_>, to: IpAddr) -> Option<HostId> {
        match self.route_if_up(to)? {
            Route::Loopback => Some(self.id),
            Route::Link => cx.holder(to),
        }
    }

    /// The source of this host's ICMP messages.
    pub(super) fn icmp_end(&self) -> Endpoint {
        Endpoint::new(self.address, 0)
    }
}
