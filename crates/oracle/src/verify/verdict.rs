//! How one aspect of two outcomes compared, and what all aspects share.

use super::tolerance::MOMENT;
use crate::outcome::Outcome;

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect {
    /// The set of connections and listeners.
    Connections,
    /// Which states they went through, and when.
    States,
    /// Segments other than bare ACKs.
    Segments,
    /// The intervals between retransmissions.
    Retransmissions,
    /// What programs and commands printed, and how they ended.
    Programs,
    /// The rows of netstat and ss.
    Rows,
    /// What iptables printed.
    Firewall,
}

impl Aspect {
    /// As it is printed.
    pub const fn name(self) -> &'static str {
        match self {
            Aspect::Connections => "connections",
            Aspect::States => "states",
            Aspect::Segments => "segments",
            Aspect::Retransmissions => "retransmissions",
            Aspect::Programs => "programs",
            Aspect::Rows => "rows",
            Aspect::Firewall => "iptables",
        }
    }
}

/// How one aspect compared.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// Which.
    pub aspect: Aspect,
    /// How many things were compared.
    pub compared: usize,
    /// What does not agree.
    pub against: Vec<String>,
}

impl Verdict {
    pub(super) const fn new(aspect: Aspect) -> Verdict {
        Verdict { aspect, compared: 0, against: Vec::new() }
    }

    /// Everything agrees.
    pub fn agrees(&self) -> bool {
        self.against.is_empty()
    }

    /// One thing was compared; `disagreement` if it does not agree.
    pub(super) fn note(&mut self, disagreement: Option<String>) {
        self.compared += 1;
        self.against.extend(disagreement);
    }

    /// One thing was compared for equality.
    pub(super) fn equal<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, trace: &T, replay: &T) {
        self.note((trace != replay).then(|| format!("{what}: trace {trace:?}, replay {replay:?}")));
    }
}

/// How far a moment of a connection may be off: by the time since its last change in `states` before `at`.
pub(super) fn allowance(states: &[(f64, String)], at: f64) -> f64 {
    let last = states.iter().map(|(t, _)| *t).take_while(|t| *t < at).last();
    MOMENT.over(last.map_or(0.0, |last| at - last))
}

/// The states of a connection in one outcome; none if it is not there.
pub(super) fn states_of<'a>(outcome: &'a Outcome, host: &str, name: &str) -> &'a [(f64, String)] {
    outcome.state_trajectory.get(host).and_then(|all| all.get(name)).map_or(&[], Vec::as_slice)
}

/// Milliseconds as seconds, to be read.
pub(super) fn seconds(ms: f64) -> String {
    format!("{:.3} s", ms / 1000.0)
}
