//! The two hosts, by the names and addresses of the traces.

use std::net::Ipv4Addr;

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

    /// As the traces spell it.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Server => "server",
        }
    }

    /// By that spelling.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::BOTH.into_iter().find(|host| host.word() == word)
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
