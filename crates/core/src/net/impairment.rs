//! What the network shall do to segments: which ones, and how many.

use super::HostId;
use crate::tcp::Flags;
use std::time::Duration;

/// Identifies a rule by which the network loses, duplicates or reorders. Never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LossId(pub u32);

/// What the network does to the segments that a rule takes. Firewalls do nothing of the kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Impairment {
    /// It loses them.
    Loss,
    /// It delivers them twice.
    Duplication,
    /// It lets them take twice as long, so that what follows may overtake them.
    Reordering,
}

/// The segments that the network loses, duplicates or reorders, by their exact flags among SYN, ACK, FIN, RST.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LossRule {
    /// The sender.
    pub from: HostId,
    /// Exactly these of SYN, ACK, FIN and RST; `None` for any.
    pub flags: Option<Flags>,
    /// Whether they carry data.
    pub payload: PayloadMatch,
    /// Which of them the rule takes.
    pub takes: Takes,
}

/// Which of the segments that match a rule takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Takes {
    /// All of them.
    All,
    /// As many of the next ones.
    Next(u32),
    /// This share of them, drawn from the world's seed.
    Share(Share),
}

/// A share, in hundredths of a percent: from 1 to 10 000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Share(u32);

impl Share {
    /// All of them: 100 %.
    const WHOLE: u32 = 10_000;

    /// A number of hundredths of a percent; `None` of what is no share.
    pub const fn new(hundredths: u32) -> Option<Share> {
        if hundredths > 0 && hundredths <= Share::WHOLE { Some(Share(hundredths)) } else { None }
    }

    /// Hundredths of a percent.
    pub const fn hundredths(self) -> u32 {
        self.0
    }

    /// Whether what was drawn, any of the numbers of 32 bits, is among the share.
    pub(super) fn has(self, drawn: u32) -> bool {
        (u64::from(drawn) * u64::from(Share::WHOLE)) >> 32 < u64::from(self.0)
    }
}

/// Whether a segment carries data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PayloadMatch {
    /// With or without data.
    Any,
    /// Without data.
    Empty,
    /// With data.
    Data,
}

/// An action on a packet on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WireAct {
    /// Lose it.
    Drop,
    /// Hold it where it is.
    Hold,
    /// Hold it where it is for this long, unless it is released before.
    HoldFor(Duration),
    /// Release it.
    Release,
    /// Send a copy after it.
    Duplicate,
}
