//! All aspects of two outcomes.

use super::verdict::Verdict;
use super::{firewall, ports, programs, retransmissions, rows, segments, states};
use crate::outcome::Outcome;

/// Compares a trace with its replay.
pub fn compare(trace: &Outcome, replay: &Outcome) -> Vec<Verdict> {
    let (trace, replay) = (ports::symbolic(trace), ports::symbolic(replay));
    vec![
        states::connections(&trace, &replay),
        states::states(&trace, &replay),
        segments::segments(&trace, &replay),
        retransmissions::retransmissions(&trace, &replay),
        programs::programs(&trace, &replay),
        rows::rows(&trace, &replay),
        firewall::firewall(&trace, &replay),
    ]
}
