//! What is drawn on the time bar.

use std::time::Duration;
use tcp_core::Instant;
use tcp_core::net::HostId;
use tcp_course::Marked;

/// Something that happened, or several things at nearly the same place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sign {
    /// Where it is.
    pub place: f64,
    /// The moment of the last of them.
    pub at: Instant,
    /// The last of them.
    pub what: Shows,
    /// How many they are.
    pub count: usize,
}

/// What a sign stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// A fact.
    Happened(Marked),
    /// What netstat shows of this host has changed.
    Changed(HostId),
    /// Somebody typed a line on this host, which is the look of this number.
    Typed(HostId, usize),
}

/// A long wait.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fold {
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// How long it is.
    pub span: Duration,
}

/// Which of three lines a sign is on: C_m's, S_m's, or the one between them.
pub const fn lane(what: Shows) -> Option<HostId> {
    match what {
        Shows::Happened(Marked::Entered(host, _) | Marked::Removed(host)) | Shows::Changed(host) => {
            Some(host)
        }
        Shows::Happened(Marked::Stopped | Marked::Passed) | Shows::Typed(..) => None,
    }
}
