//! The result of comparing one aspect of two outcomes, and what all aspects share.

use super::tolerance::MOMENT;
use crate::outcome::Outcome;

/// An aspect of an outcome that is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect {
    /// The set of connections and listeners.
    Connections,
    /// The states that they went through, and when.
    States,
    /// Segments other than bare ACKs.
    Segments,
    /// The intervals between retransmissions.
    Retransmissions,
    /// The output of programs and commands, and how they ended.
    Programs,
    /// The rows of netstat and ss.
    Rows,
    /// The output of iptables.
    Firewall,
}

impl Aspect {
    /// The name that is printed.
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

/// The result of comparing one aspect.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The aspect.
    pub aspect: Aspect,
    /// Number of comparisons.
    pub compared: usize,
    /// Descriptions of what does not agree.
    pub against: Vec<String>,
}

impl Verdict {
    pub(super) const fn new(aspect: Aspect) -> Verdict {
        Verdict { aspect, compared: 0, against: Vec::new() }
    }

    /// Whether everything agrees.
    pub fn agrees(&self) -> bool {
        self.against.is_empty()
    }

    /// Counts one comparison; `disagreement` describes it if the two sides do not agree.
    pub(super) fn note(&mut self, disagreement: Option<String>) {
        self.compared += 1;
        self.against.extend(disagreement);
    }

    /// Compares two values for equality.
    pub(super) fn equal<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, trace: &T, replay: &T) {
        self.note((trace != replay).then(|| format!("{what}: trace {trace:?}, replay {replay:?}")));
    }
}

/// How far an event at `at` may be off, by the time since the connection's last change in `states` before it.
pub(super) fn allowance(states: &[(f64, String)], at: f64) -> f64 {
    let last = states.iter().map(|(t, _)| *t).take_while(|t| *t < at).last();
    MOMENT.over(last.map_or(0.0, |last| at - last))
}

/// The states of a connection in one outcome; empty if the connection does not exist.
pub(super) fn states_of<'a>(outcome: &'a Outcome, host: &str, name: &str) -> &'a [(f64, String)] {
    outcome.state_trajectory.get(host).and_then(|all| all.get(name)).map_or(&[], Vec::as_slice)
}

/// Milliseconds as seconds, for a person to read.
pub(super) fn seconds(ms: f64) -> String {
    format!("{:.3} s", ms / 1000.0)
}
