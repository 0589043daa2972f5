//! Whether a log obeys the laws by which pairs of states are excluded.

use std::collections::BTreeMap;
use tcp_core::net::{Endpoint, FactId, Happened, Log};
use tcp_core::tcp::State;
use tcp_course::scenes::Law;

/// The first fact after which both ends of one connection were in a pair of states that a law excludes, in words. A log
/// in which a segment was forged is read up to there.
pub fn broken(log: &Log) -> Option<String> {
    let mut states: BTreeMap<(Endpoint, Endpoint), State> = BTreeMap::new();
    for fact in log.facts() {
        match fact.what {
            Happened::Injected { .. } => return None,
            Happened::Moved { socket: Some(socket), row } => {
                let Some((local, foreign)) = ends(log, socket) else { continue };
                states.insert((local, foreign), row.to);
                let Some(peer) = states.get(&(foreign, local)) else { continue };
                if let Some((law, _)) = Law::on([row.to, *peer]) {
                    let FactId(id) = fact.id;
                    return Some(format!(
                        "{law:?} is broken by {:?} and {peer:?} at {} (fact {id})",
                        row.to, fact.at
                    ));
                }
            }
            Happened::Forgotten { socket } => {
                if let Some(ends) = ends(log, socket) {
                    states.remove(&ends);
                }
            }
            _ => {}
        }
    }
    None
}

fn ends(log: &Log, socket: tcp_core::net::SocketId) -> Option<(Endpoint, Endpoint)> {
    let entry = log.socket(socket)?;
    Some((entry.local, entry.foreign?))
}
