//! Addresses and routes of a host.

use super::{Cx, Host};
use crate::net::{Endpoint, HostId, IpAddr, Ipv6};

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
        [Some(IpAddr::V4(self.address)), self.address6.map(IpAddr::V6)].into_iter().flatten()
    }

    /// The IPv6 address that it was given, if any.
    pub const fn address6(&self) -> Option<Ipv6> {
        self.address6
    }

    /// Whether `addr` is one of this host's addresses.
    pub(super) fn has_address(&self, addr: IpAddr) -> bool {
        addr.is_loopback() || self.addresses().any(|own| own == addr)
    }

    /// This host's address for a connection to `to`.
    pub(super) fn own_address(&self, to: IpAddr) -> IpAddr {
        match to {
            _ if to.is_loopback() => to,
            IpAddr::V4(_) => self.address.into(),
            IpAddr::V6(_) => self.address6.unwrap_or(Ipv6::LOCALHOST).into(),
        }
    }

    /// How `to` is reached; `None` if there is no route.
    pub(super) fn route(&self, to: IpAddr) -> Option<Route> {
        if self.has_address(to) || to.is_unspecified() {
            return Some(Route::Loopback);
        }
        let near = match to {
            IpAddr::V4(_) => self.networks.iter().any(|network| network.contains(to)),
            IpAddr::V6(to) => {
                self.address6.is_some_and(|own| own.segments().starts_with(&to.segments()[..4]))
            }
        };
        near.then_some(Route::Link)
    }

    /// The host that receives what is sent to `to`; `None` if nobody has the address.
    pub(super) fn receiver(&self, cx: &Cx<'_>, to: IpAddr) -> Option<HostId> {
        match self.route(to)? {
            Route::Loopback => Some(self.id),
            Route::Link => cx.holder(to),
        }
    }

    /// The source of this host's ICMP messages.
    pub(super) fn icmp_end(&self) -> Endpoint {
        Endpoint::new(self.address, 0)
    }
}
