//! The local ports that are taken for each destination.

use crate::net::Endpoint;
use std::collections::BTreeMap;

/// The ports of connections, as runs of every second port. The search for a free port goes from run to run, because a
/// host in a storm has half its ports in TIME-WAIT.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Taken {
    /// The last port of each run, by the run's [`key`]. Two runs never touch.
    runs: BTreeMap<(Endpoint, Endpoint), u32>,
}

/// The foreign end, and the local end with the first port of the run. The bits of this port are rotated, which puts all
/// even ports before all odd ones: no other run is between the ports of a run.
const fn key(local: Endpoint, foreign: Endpoint, first: u16) -> (Endpoint, Endpoint) {
    (foreign, Endpoint { port: first.rotate_right(1), ..local })
}

impl Taken {
    /// The last port of the run that contains the port of `local`, if that port is taken for `foreign`.
    pub(super) fn run_end(&self, local: Endpoint, foreign: Endpoint) -> Option<u16> {
        self.run(local, foreign).map(|(_, last)| last)
    }

    pub(super) fn insert(&mut self, local: Endpoint, foreign: Endpoint) {
        if self.run(local, foreign).is_some() {
            return;
        }
        let port = local.port;
        let before = port.checked_sub(2).and_then(|port| self.run(Endpoint { port, ..local }, foreign));
        let first = before.map_or(port, |(first, _)| first);
        let after = port.checked_add(2).and_then(|next| self.runs.remove(&key(local, foreign, next)));
        self.runs.insert(key(local, foreign, first), after.unwrap_or(port.into()));
    }

    pub(super) fn remove(&mut self, local: Endpoint, foreign: Endpoint) {
        let Some((first, last)) = self.run(local, foreign) else { return };
        let port = local.port;
        self.runs.remove(&key(local, foreign, first));
        if first < port {
            self.runs.insert(key(local, foreign, first), (port - 2).into());
        }
        if port < last {
            self.runs.insert(key(local, foreign, port + 2), last.into());
        }
    }

    /// The first and the last port of the run.
    fn run(&self, local: Endpoint, foreign: Endpoint) -> Option<(u16, u16)> {
        let (port, is_odd) = (local.port, local.port % 2);
        let mut runs = self.runs.range(key(local, foreign, is_odd)..=key(local, foreign, port));
        let ((_, first), last) = runs.next_back()?;
        let last = u16::try_from(*last).unwrap_or(u16::MAX);
        (port <= last).then_some((first.port.rotate_left(1), last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::Ipv4;
    use crate::net::rng::Rng;
    use std::collections::BTreeSet;

    #[test]
    fn runs_are_the_ports_that_were_taken() {
        let foreign = Endpoint::new(Ipv4::LOCALHOST, 80);
        let at = |port| Endpoint::new(Ipv4::LOCALHOST, port);
        let (mut taken, mut ports, mut rng) = (Taken::default(), BTreeSet::new(), Rng::new(1));
        for _ in 0..4000 {
            // At both ends of the range of numbers, where a run could overflow.
            let port = u16::try_from(rng.next() % 24).unwrap();
            let port = if rng.next() % 2 == 0 { port } else { u16::MAX - port };
            if rng.next() % 2 == 0 {
                ports.insert(port);
                taken.insert(at(port), foreign);
            } else {
                ports.remove(&port);
                taken.remove(at(port), foreign);
            }
            for port in (0..24).chain(u16::MAX - 23..=u16::MAX) {
                let run = (port..=u16::MAX).step_by(2).take_while(|port| ports.contains(port));
                assert_eq!(taken.run_end(at(port), foreign), run.last());
            }
            assert_eq!(taken.run_end(at(8), at(81)), None);
        }
    }
}
