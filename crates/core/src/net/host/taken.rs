//! The local ports that are taken for each destination.

use crate::net::{Endpoint, IpAddr};
use std::collections::BTreeMap;

/// The ports of connections, as runs of every second port. The search for a free port goes from run to run, because a
/// host in a storm has half its ports in TIME-WAIT.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Taken {
    /// The last port of a run, by destination and first port. Two runs never touch.
    runs: BTreeMap<(Line, u16), u16>,
}

/// Local address, foreign end, and whether the ports are odd.
type Line = (IpAddr, Endpoint, bool);

const fn line(local: Endpoint, foreign: Endpoint) -> Line {
    (local.addr, foreign, local.port % 2 == 1)
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
        let (line, port) = (line(local, foreign), local.port);
        let before = port.checked_sub(2).and_then(|port| self.run(Endpoint { port, ..local }, foreign));
        let first = before.map_or(port, |(first, _)| first);
        let after = port.checked_add(2).and_then(|next| self.runs.remove(&(line, next)));
        self.runs.insert((line, first), after.unwrap_or(port));
    }

    pub(super) fn remove(&mut self, local: Endpoint, foreign: Endpoint) {
        let Some((first, last)) = self.run(local, foreign) else { return };
        let (line, port) = (line(local, foreign), local.port);
        self.runs.remove(&(line, first));
        if first < port {
            self.runs.insert((line, first), port - 2);
        }
        if port < last {
            self.runs.insert((line, port + 2), last);
        }
    }

    fn run(&self, local: Endpoint, foreign: Endpoint) -> Option<(u16, u16)> {
        let line = line(local, foreign);
        let (&(_, first), &last) = self.runs.range((line, 0)..=(line, local.port)).next_back()?;
        (local.port <= last).then_some((first, last))
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
