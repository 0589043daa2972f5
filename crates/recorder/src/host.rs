//! The two hosts, by the names and addresses of the traces.

use std::net::Ipv4Addr;

use tcp_core::net::HostId;

/// One of the two ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Host {
    /// The one that dials, 10.211.55.2.
    Client,
    /// The one that waits, 10.211.55.10.
    Server,
}

impl Host {
    /// Both.
    pub(crate) const BOTH: [Self; 2] = [Self::Client, Self::Server];

    /// By its name in recordings. None of the site, which nobody records.
    pub(crate) const fn of(id: HostId) -> Option<Self> {
        match id {
            HostId::Client => Some(Self::Client),
            HostId::Server => Some(Self::Server),
            HostId::Site | HostId::Other(_) => None,
        }
    }

    /// By the spelling of the traces.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        HostId::with_word(word).and_then(Self::of)
    }

    /// As the traces spell it.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Client => HostId::Client.word(),
            Self::Server => HostId::Server.word(),
        }
    }

    /// Its address inside the namespaces.
    pub(crate) const fn addr(self) -> Ipv4Addr {
        match self {
            Self::Client => Ipv4Addr::new(10, 211, 55, 2),
            Self::Server => Ipv4Addr::new(10, 211, 55, 10),
        }
    }

    /// The other one.
    pub(crate) const fn peer(self) -> Self {
        match self {
            Self::Client => Self::Server,
            Self::Server => Self::Client,
        }
    }
}
