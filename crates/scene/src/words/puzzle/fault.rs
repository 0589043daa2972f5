//! What may be wrong in a puzzle, as an answer says it.

use crate::words::Kind;
use tcp_core::net::HostId;

/// How far somebody has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The pair of states alone.
    Pair,
    /// The counters of both hosts, too.
    Counters,
    /// How long it lasts.
    Time,
    /// A connection is closed.
    Teardown,
    /// Programs that do not do their part.
    Applications,
    /// It happens to a connection that is in use.
    Live,
    /// Two things at once.
    Two,
}

impl Level {
    /// All, from the first to the last.
    pub const ALL: [Level; 7] = [
        Level::Pair,
        Level::Counters,
        Level::Time,
        Level::Teardown,
        Level::Applications,
        Level::Live,
        Level::Two,
    ];

    /// Its name in addresses and in the storage.
    pub const fn key(self) -> &'static str {
        match self {
            Level::Pair => "pair",
            Level::Counters => "counters",
            Level::Time => "time",
            Level::Teardown => "teardown",
            Level::Applications => "applications",
            Level::Live => "live",
            Level::Two => "two",
        }
    }

    /// The level of this name.
    pub fn of(key: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.key() == key)
    }

    /// Whether an answer says how long it lasts.
    pub const fn asks_how_long(self) -> bool {
        matches!(self, Level::Time)
    }

    /// How many things may be wrong at once.
    pub const fn most(self) -> usize {
        if matches!(self, Level::Two) { 2 } else { 1 }
    }

    /// Whether `sudo tcpdump` is allowed.
    pub const fn captures(self) -> bool {
        matches!(self, Level::Time | Level::Teardown | Level::Live | Level::Two)
    }
}

/// Where on its way a segment is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spot {
    /// In the OUTPUT chain of the host that sends it.
    Output,
    /// In the network.
    Network,
    /// In the INPUT chain of the host that it is sent to.
    Input,
}

impl Spot {
    /// In the order of the way.
    pub const ALL: [Spot; 3] = [Spot::Output, Spot::Network, Spot::Input];
}

/// How long something is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Span {
    /// All of them.
    Always,
    /// The first alone.
    Once,
    /// For a while.
    While,
}

impl Span {
    /// In the order in which they are offered.
    pub const ALL: [Span; 3] = [Span::Always, Span::Once, Span::While];
}

/// A loss: of which segment, and in which place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Loss {
    /// What is lost.
    pub segment: Kind,
    /// Who sends it.
    pub from: HostId,
    /// Where it is lost.
    pub spot: Spot,
}

/// What is wrong with a host or its programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trouble {
    /// No program listens on S_m.
    NobodyListens,
    /// It listens on another port.
    ListensElsewhere,
    /// S_m's program does not accept.
    NeverAccepts,
    /// S_m's program accepts, and does not read.
    NeverReads,
    /// S_m's program reads to the end, and does not close.
    NeverCloses,
    /// The queue of S_m's listener is full.
    QueueFull,
    /// S_m has lost the connection without a word to C_m.
    Vanished,
    /// S_m's cable is unplugged.
    Unplugged,
}

/// One thing that is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Claim {
    /// Something is lost; for how long, if that is said.
    Lost(Loss, Option<Span>),
    /// S_m's firewall rejects it, with RST or with an ICMP error.
    Rejected {
        /// With RST.
        reset: bool,
    },
    /// A host or its program.
    Trouble(Trouble),
}
