//! Watching the log for a condition, fact by fact.

use super::condition::{Condition, Kind, Segments};
use std::collections::BTreeMap;
use tcp_core::net::{Fact, FactId, Happened, HostId, Log, PacketId, Place, SocketId};
use tcp_core::tcp::State;

/// Reads a log as it grows, and says when a condition has been fulfilled.
///
/// It never reads a fact twice. If the log becomes shorter or is forked, a new watch must begin.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    /// Number of facts read.
    read: usize,
    /// How many times the present condition has been fulfilled.
    count: u32,
    /// Host and state of each entry that netstat shows.
    rows: BTreeMap<SocketId, (HostId, State)>,
    /// A connection has had a row.
    connected: bool,
}

impl Watch {
    /// Reads on until `condition` has been fulfilled `times` times since the last one that was. Returns true if it has
    /// been; the facts after that are left for the next condition.
    pub fn look(&mut self, log: &Log, condition: &Condition, times: u32) -> bool {
        let mut fulfilled = matches!(condition, Condition::Start);
        while !fulfilled && self.read < log.len() {
            let Some(fact) = log.fact(FactId(u32::try_from(self.read).unwrap_or(u32::MAX))) else { break };
            self.read += 1;
            self.follow(&fact);
            self.count += u32::from(self.is_fulfilled(log, condition, &fact));
            fulfilled = self.count >= times;
        }
        // A state is one that lasts: it is still there when all of an event has happened.
        if let Condition::Reaches(goal) = condition {
            fulfilled |= goal.is_in([HostId::Client, HostId::Server].map(|host| self.shown(host)));
        }
        if fulfilled {
            self.count = 0;
        }
        fulfilled
    }

    /// Every fact of `log` that fulfils `condition`, the oldest first.
    pub fn facts(log: &Log, condition: &Condition) -> Vec<FactId> {
        let mut watch = Watch::default();
        let fulfils = |fact: &Fact| {
            watch.follow(fact);
            watch.is_fulfilled(log, condition, fact)
        };
        log.facts().filter(fulfils).map(|fact| fact.id).collect()
    }

    /// The state that a host shows, that of its newest connection or else of its listener, and the fact that made it so.
    pub fn state(log: &Log, host: HostId) -> (State, Option<FactId>) {
        let mut watch = Watch::default();
        let mut shown = (State::Closed, None);
        for fact in log.facts() {
            watch.follow(&fact);
            let now = watch.shown(host);
            if now != shown.0 {
                shown = (now, Some(fact.id));
            }
        }
        shown
    }

    /// The state of a host's newest connection; else that of its listener.
    fn shown(&self, host: HostId) -> State {
        let states = || self.rows.values().rev().filter(|row| row.0 == host).map(|(_, state)| *state);
        states().find(|state| *state != State::Listen).or_else(|| states().next()).unwrap_or(State::Closed)
    }

    fn follow(&mut self, fact: &Fact) {
        match fact.what {
            Happened::Moved { socket: Some(socket), row } => {
                if let Some(host) = fact.host {
                    self.rows.insert(socket, (host, row.to));
                }
                self.connected |= !matches!(row.to, State::Listen | State::Closed);
            }
            Happened::Forgotten { socket } => _ = self.rows.remove(&socket),
            _ => {}
        }
    }

    fn is_fulfilled(&self, log: &Log, condition: &Condition, fact: &Fact) -> bool {
        let is_on = |host: HostId| fact.host == Some(host);
        match (condition, &fact.what) {
            (Condition::Departed(which), Happened::Departed { packet, .. })
            | (Condition::Held(which), Happened::Held { packet, .. })
            | (Condition::Arrived(which), Happened::Arrived { packet, .. })
            | (Condition::Discarded(which), Happened::Discarded { packet, .. }) => {
                includes(which, log, *packet, None)
            }
            (
                Condition::Stopped(which),
                Happened::Dropped { packet, place } | Happened::Rejected { packet, place, .. },
            ) => includes(which, log, *packet, Some(*place)),
            (Condition::Stopped(which), Happened::Lost { packet, .. }) => {
                includes(which, log, *packet, Some(Place::Network))
            }
            (Condition::Enters { host, state }, Happened::Moved { row, .. }) => {
                is_on(*host) && row.to == *state && !row.is_loop()
            }
            (Condition::Refused { host, call }, Happened::Refused { call: refused, .. }) => {
                is_on(*host) && call == refused
            }
            (Condition::Expired { host, timer }, Happened::TimerExpired { timer: expired, .. }) => {
                is_on(*host) && timer == expired
            }
            (Condition::QueueFull { host }, Happened::QueueFull { .. })
            | (Condition::Cookie { host }, Happened::Cookie { .. }) => is_on(*host),
            (Condition::Rows { client, server }, Happened::Moved { .. } | Happened::Forgotten { .. }) => {
                let all = [(HostId::Client, client), (HostId::Server, server)];
                all.iter()
                    .all(|(host, wanted)| wanted.as_ref().is_none_or(|wanted| *wanted == self.states(*host)))
            }
            (Condition::Reaches(goal), Happened::Moved { row, .. }) => {
                (is_on(HostId::Client) || is_on(HostId::Server)) && goal.row() == Some(*row)
            }
            (Condition::Ended, Happened::Forgotten { .. }) => {
                self.connected && self.rows.values().all(|(_, state)| *state == State::Listen)
            }
            _ => false,
        }
    }

    /// The states of a host's rows, sorted.
    fn states(&self, host: HostId) -> Vec<State> {
        // State by state: to sort them, std adds another kilobyte to the page.
        let rows_in =
            |state| self.rows.values().filter(move |row| **row == (host, state)).map(|(_, state)| *state);
        State::ALL.into_iter().flat_map(rows_in).collect()
    }
}

fn includes(which: &Segments, log: &Log, packet: PacketId, place: Option<Place>) -> bool {
    let Segments { segment, from, at, window } = which;
    let Some(passage) = log.packet(packet) else { return false };
    Kind::of(passage.packet()) == *segment
        && from.is_none_or(|from| from == passage.from)
        && at.is_none_or(|stop| place.is_some_and(|place| stop.is(place)))
        && window.is_none_or(|window| passage.segment().is_some_and(|segment| segment.window == window))
}
