//! What the hosts were in while the segments of a ladder went.

use super::Tuple;
use crate::model::{Ladder, Life, Moment, Scope};
use crate::sight::Sight;
use tcp_core::Instant;
use tcp_core::Order;
use tcp_core::net::{Fact, FactId, Happened, HostId, Log, SocketEntry, SocketId};
use tcp_core::tcp::State;

/// The states of these connections, and of what listens for them.
pub(super) fn lives(sight: &Sight<'_>, ladder: &Ladder, tuples: &[Tuple]) -> Vec<Life> {
    let start = begin(ladder);
    let mut all = Vec::new();
    for host in [HostId::Client, HostId::Server] {
        let mut side = Side { log: sight.log, start, host, lives: Vec::new(), listeners: Vec::new() };
        for (client, server) in tuples {
            let (local, foreign) =
                if host == HostId::Client { (*client, *server) } else { (*server, *client) };
            let known = (ladder.scope == Scope::All).then(|| client.port.max(server.port));
            for entry in sight.log.sockets_of(host, local, foreign) {
                if side.is_over(&entry) {
                    break;
                }
                side.listeners.extend(entry.parent);
                side.connection(&entry, known);
            }
        }
        let port =
            tuples.first().map(|(client, server)| if host == HostId::Client { client } else { server });
        let listens = sight
            .rows(host)
            .iter()
            .filter(|row| row.foreign.is_none() && port.is_none_or(|port| port.port == row.local.port));
        side.listeners.extend(listens.map(|row| row.socket));
        side.lives.order_by_key(|life| life.from);
        let listening = side.listening();
        all.extend(side.lives);
        all.extend(listening);
    }
    all
}

/// When what is drawn begins: with the first segment, or now.
fn begin(ladder: &Ladder) -> Instant {
    let first = ladder.rungs.first().and_then(|rung| rung.way.first());
    first.map_or(ladder.until, |corner| corner.at.at)
}

struct Side<'a> {
    log: &'a Log,
    start: Instant,
    host: HostId,
    lives: Vec<Life>,
    listeners: Vec<SocketId>,
}

impl Side<'_> {
    /// It ended before what is drawn.
    fn is_over(&self, entry: &SocketEntry) -> bool {
        entry.closed.is_some_and(|closed| !self.is_shown(closed))
    }

    fn is_shown(&self, fact: FactId) -> bool {
        self.log.at(fact).is_some_and(|at| at >= self.start)
    }

    /// The states that a connection was in.
    fn connection(&mut self, entry: &SocketEntry, connection: Option<u16>) {
        let life =
            |state, from, to| Life { of_client: self.host == HostId::Client, connection, state, from, to };
        let mut found = Vec::new();
        let mut to = None;
        let mut before = None;
        let shown = self.log.of_socket(entry.socket).take_while(|fact| fact.at >= self.start);
        for fact in shown {
            match fact.what {
                Happened::Forgotten { .. } => to = Some(moment(&fact)),
                Happened::Moved { row, .. } if !row.is_loop() => {
                    if !is_out(row.to) {
                        found.push(life(row.to, Some(moment(&fact)), to));
                    }
                    (to, before) = (Some(moment(&fact)), Some(row.from));
                }
                _ => {}
            }
        }
        let before = before.or_else(|| self.log.last_edge(entry.socket).map(|(row, _)| row.to));
        if let Some(state) = before.filter(|state| !is_out(*state) && !self.is_shown(entry.opened)) {
            found.push(life(state, None, to));
        }
        self.lives.extend(found);
    }

    /// What listens while there is no connection.
    fn listening(&self) -> Vec<Life> {
        let mut listeners = self.listeners.clone();
        listeners.order();
        listeners.dedup();
        let mut found = Vec::new();
        for entry in listeners.iter().filter_map(|listener| self.log.socket(*listener)) {
            let of = |from, to| Life {
                of_client: self.host == HostId::Client,
                connection: None,
                state: State::Listen,
                from,
                to,
            };
            let at = |fact: FactId| self.log.at(fact).map(|at| Moment { at, fact: fact.0 });
            if self.is_over(&entry) {
                continue;
            }
            let end = entry.closed.and_then(at);
            let mut from = Some(entry.opened).filter(|opened| self.is_shown(*opened)).and_then(at);
            let mut covered = false;
            for life in &self.lives {
                let to = end.map_or(life.from, |end| life.from.min(Some(end)));
                if to > from {
                    found.push(of(from, to));
                }
                covered = life.to.is_none();
                if covered {
                    break;
                }
                from = from.max(life.to);
            }
            if !covered && end.is_none_or(|end| Some(end) > from) {
                found.push(of(from, end));
            }
        }
        found
    }
}

/// No connection is in this state.
const fn is_out(state: State) -> bool {
    matches!(state, State::Closed | State::Listen)
}

fn moment(fact: &Fact) -> Moment {
    Moment { at: fact.at, fact: fact.id.0 }
}
