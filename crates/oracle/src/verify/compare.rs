//! All aspects of two outcomes.

use super::verdict::Verdict;
use super::{firewall, ports, programs, retransmissions, rows, segments, states};
use crate::outcome::Outcome;

/// Compares a trace with its replay.
pub fn compare(trace: &Outcome, replay: &Outcome) -> Vec<Verdict> {
    let (trace, mut replay) = (ports::symbolic(trace), ports::symbolic(replay));
    if !ports::follows_loopback(&trace.state_trajectory) {
        // Its recorder did not follow the states of such connections.
        let of_hosts = replay.state_trajectory.values_mut();
        of_hosts.for_each(|all| all.retain(|name, _| !ports::is_loopback(name)));
    }
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
