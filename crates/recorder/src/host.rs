//! The two hosts, by the names and addresses of the traces.

use std::net::Ipv4Addr;

use tcp_core::net::HostId;

/// One of the two ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Host {
    /// The host that connects, 10.211.55.2.
    Client,
    /// The host that listens, 10.211.55.10.
    Server,
}

impl Host {
    /// Both hosts.
    pub(crate) const BOTH: [Self; 2] = [Self::Client, Self::Server];

    /// The host of this name in recordings; `None` for the site, which is not recorded.
    pub(crate) const fn of(id: HostId) -> Option<Self> {
        match id {
            HostId::Client => Some(Self::Client),
            HostId::Server => Some(Self::Server),
            HostId::Site | HostId::Other(_) => None,
        }
    }

    /// The host that the traces spell so.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        HostId::with_word(word).and_then(Self::of)
    }

    /// The spelling of the traces.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Client => HostId::Client.word(),
            Self::Server => HostId::Server.word(),
        }
    }

    /// Its name in the hosts' files.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Client => HostId::Client.name(),
            Self::Server => HostId::Server.name(),
        }
    }

    /// The host's address inside the namespaces.
    pub(crate) const fn addr(self) -> Ipv4Addr {
        match self {
            Self::Client => Ipv4Addr::new(10, 211, 55, 2),
            Self::Server => Ipv4Addr::new(10, 211, 55, 10),
        }
    }

    /// The other host.
    pub(crate) const fn peer(self) -> Self {
        match self {
            Self::Client => Self::Server,
            Self::Server => Self::Client,
        }
    }
}
