//! Listeners that share a port (SO_REUSEPORT): Linux chooses among them by a hash of a connection's ends and a secret of the
//! machine (`reuseport_select_sock`), so that another run of the same recording chooses otherwise.
//!
//! The secret is a circumstance of the recording. A trace does not name it, and shows it only by what followed: which program
//! printed what was sent, whose end reset what. So a few secrets are tried, and the first counts under which the replay
//! agrees as a whole. Nothing but the choice depends on a secret.

use crate::outcome::{Outcome, Sample};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// Secrets that are tried. Three connections among three listeners are chosen for in 27 ways: that none of 128 secrets
/// chooses as the kernel did has a chance of one in 125.
pub(super) const SECRETS: RangeInclusive<u64> = 1..=128;

/// Whether at some moment several sockets of one host listened on one port.
pub(super) fn is_asked_for(trace: &Outcome) -> bool {
    trace.samples.iter().any(has_a_shared_port)
}

fn has_a_shared_port(sample: &Sample) -> bool {
    let mut ports = BTreeSet::new();
    let listeners = sample.netstat_nato.iter().filter(|row| row.contains(" LISTEN "));
    let mut ends = listeners.filter_map(|row| row.split_whitespace().nth(3));
    // Sockets of the two families share a port without SO_REUSEPORT, but then no choice is left.
    ends.any(|end| !ports.insert(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_shared_by_two_listeners_at_one_moment() {
        let row = |port: &u16| {
            format!(
                "tcp        0      0 0.0.0.0:{port}            0.0.0.0:*               LISTEN      off (0.00/0/0)"
            )
        };
        let asked = |rows: &[&[u16]]| {
            let sample = |ports: &&[u16]| Sample {
                netstat_nato: ports.iter().map(row).collect(),
                ..Sample::default()
            };
            is_asked_for(&Outcome { samples: rows.iter().map(sample).collect(), ..Outcome::default() })
        };
        assert!(asked(&[&[5555], &[80, 5555, 5555]]));
        assert!(!asked(&[&[5555], &[5555, 80]]));
    }
}
