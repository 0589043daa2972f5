//! The states that each connection was in, and when.
//!
//! The kernel's events are exact, but not all states have one: a half-open connection is not a socket yet, and
//! TIME_WAIT and an orphaned FIN_WAIT2 no longer are. These three are read from the table, and begin with the packet
//! that caused them. A listener is read from the table too, because its events do not name a host; it begins and ends
//! with the event at its port. Without tracefs everything is read from the table, and what is shorter than its period
//! is not seen.

use std::collections::{BTreeMap, BTreeSet};

use crate::events::{Event, Kind};
use crate::host::Host;
use crate::packets::{FIN, Packet, Proto, SYN};
use crate::rows::{Key, Seen, connection};

/// Milliseconds by which a reading of the table may lag behind the event that it shows.
const BEHIND: f64 = 20.0;
/// Milliseconds that a reading takes at most.
const READING: f64 = 3.0;

/// The states of one connection, each with the millisecond at which it began.
pub(crate) type States = Vec<(f64, &'static str)>;

/// Evidence about one connection on one host.
#[derive(Clone, Debug)]
enum Fact {
    /// The kernel reported this change of state.
    Event(&'static str, &'static str),
    /// The table showed this state, or no row.
    Row(Option<&'static str>),
    /// A SYN left.
    SynOut,
    /// A SYN without ACK arrived.
    SynIn,
    /// A FIN arrived.
    FinIn,
}

/// The connections of a host, in the order in which they appeared.
pub(crate) fn of(
    host: Host,
    events: Option<&[Event]>,
    seen: &Seen,
    packets: &[Packet],
) -> Vec<(Key, States)> {
    let mut facts: BTreeMap<Key, Vec<(f64, Fact)>> = BTreeMap::new();
    for (at, key, state) in &seen.changes {
        facts.entry(key.clone()).or_default().push((*at, Fact::Row(*state)));
    }
    for packet in packets {
        let Proto::Tcp(segment) = &packet.proto else { continue };
        let flags = segment.header.flags;
        let key = connection(&segment.src, &segment.dst);
        let fact = match (packet.from == host, flags & SYN != 0, flags & FIN != 0) {
            (true, true, _) if segment.header.ack.is_none() => (packet.at, Fact::SynOut),
            (false, true, _) if segment.header.ack.is_none() => {
                (packet.rx.unwrap_or(f64::INFINITY), Fact::SynIn)
            }
            (false, false, true) => (packet.rx.unwrap_or(f64::INFINITY), Fact::FinIn),
            _ => continue,
        };
        if fact.0.is_finite() && !packet.to_itself {
            facts.entry(key).or_default().push(fact);
        }
    }
    let mut dials = Vec::new();
    let mut listens: BTreeMap<Key, Vec<f64>> = BTreeMap::new();
    for event in events.unwrap_or_default().iter().filter(|event| event.host == host) {
        let Kind::State(from, to) = event.kind else { continue };
        if event.is_of_listener() {
            listens.entry(listener(&event.local)).or_default().push(event.at);
        } else if event.local.ends_with(":0") {
            dials.push((event.at, event.remote.as_str()));
        } else if from != "LISTEN" && to != "LISTEN" || to == "SYN_RECV" {
            facts
                .entry(connection(&event.local, &event.remote))
                .or_default()
                .push((event.at, Fact::Event(from, to)));
        }
    }
    let mut all: Vec<(Key, States)> = Vec::new();
    for (key, mut facts) in facts {
        facts.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut states = Builder {
            key: &key,
            facts: &facts,
            dials: &dials,
            listens: listens.get(&key).map(Vec::as_slice).unwrap_or_default(),
            seen,
            exact: events.is_some() && !is_ipv6(&key),
            states: vec![],
            detached: false,
        };
        for (at, fact) in &facts {
            states.take(*at, fact);
        }
        let states = states.states;
        if !states.is_empty() {
            all.push((key, states));
        }
    }
    all.sort_by(|a, b| a.1[0].0.total_cmp(&b.1[0].0));
    all
}

/// Keeps the events of this scenario, and drops those of another recorder at the same time: kept are connections that
/// the table or a packet knows, and those that begin in this recorder's range of ports. Others in this range were left by
/// an earlier recorder, whose orphans outlive their host's namespace.
pub(crate) fn ours(
    seen: [&Seen; 2],
    packets: &[Packet],
    events: &mut Vec<Event>,
    ports: std::ops::RangeInclusive<u16>,
) {
    let mut known: BTreeSet<Key> =
        seen.iter().flat_map(|seen| seen.changes.iter().map(|(_, key, _)| key.clone())).collect();
    for packet in packets {
        if let Proto::Tcp(segment) = &packet.proto {
            known.insert(connection(&segment.src, &segment.dst));
        }
    }
    let port = |end: &str| end.rsplit_once(':').and_then(|(_, port)| port.parse::<u16>().ok());
    for event in events.iter() {
        let begins = matches!(
            event.kind,
            Kind::State("SYN_SENT" | "CLOSED" | "LISTEN", _) | Kind::State(_, "SYN_SENT")
        );
        let mut ends = [&event.local, &event.remote].into_iter().filter_map(|end| port(end));
        if begins && ends.any(|port| ports.contains(&port)) {
            known.insert(connection(&event.local, &event.remote));
        }
    }
    events.retain(|event| {
        event.local.ends_with(":0")
            || event.is_of_listener()
            || known.contains(&connection(&event.local, &event.remote))
    });
}

/// The name of a listener.
fn listener(end: &str) -> Key {
    format!("LISTEN {end}")
}

/// Whether a connection is an IPv6 one, which [`Event`] does not report.
fn is_ipv6(key: &str) -> bool {
    key.matches(':').count() > 2
}

struct Builder<'a> {
    key: &'a str,
    facts: &'a [(f64, Fact)],
    /// Connects seen before the kernel picked a local port: time and destination.
    dials: &'a [(f64, &'a str)],
    /// When a listener with this name began or ended.
    listens: &'a [f64],
    seen: &'a Seen,
    exact: bool,
    states: States,
    /// Whether the row no longer belongs to a socket, so that it comes and goes without an event.
    detached: bool,
}

impl Builder<'_> {
    fn now(&self) -> Option<&'static str> {
        self.states.last().map(|(_, state)| *state).filter(|state| *state != "CLOSED")
    }

    fn push(&mut self, at: f64, state: &'static str) {
        let last = self.states.last().map(|(at, _)| *at);
        if self.now() != Some(state) && (state != "CLOSED" || self.now().is_some()) {
            self.states.push((last.map_or(at, |last| last.max(at)), state));
        }
    }

    fn take(&mut self, at: f64, fact: &Fact) {
        match *fact {
            Fact::Event(from, to) => self.event(at, from, to),
            Fact::Row(row) => self.row(at, row),
            Fact::SynOut | Fact::SynIn | Fact::FinIn => {}
        }
    }

    fn event(&mut self, at: f64, from: &'static str, to: &'static str) {
        // Another socket tries the same two ends while this one has them, and is refused at once.
        let taken = self.now().is_some_and(|now| !matches!(now, "SYN_SENT" | "TIME_WAIT"));
        if taken && (to == "SYN_SENT" || (from, to) == ("SYN_SENT", "CLOSED")) {
            return;
        }
        if from == "SYN_SENT" && self.now() != Some("SYN_SENT") {
            self.push(self.dialled(at), "SYN_SENT");
        }
        self.detached = false;
        match to {
            "SYN_RECV" if from == "LISTEN" && self.now() != Some("SYN_RECV") => {
                let syn = self.last(at, |fact| matches!(fact, Fact::SynIn)).unwrap_or(at);
                // With a SYN cookie there is no row in between, and therefore no such state.
                let hidden = self.seen.read_between(syn + READING, at - READING);
                self.push(if hidden { at } else { syn }, "SYN_RECV");
            }
            "CLOSED" => match self.seen.next_after(at, self.key) {
                Some(row @ ("TIME_WAIT" | "FIN_WAIT2"))
                    if matches!(from, "FIN_WAIT1" | "FIN_WAIT2" | "CLOSING") =>
                {
                    self.detached = true;
                    self.push(at, row);
                }
                _ => self.push(at, "CLOSED"),
            },
            _ => self.push(at, to),
        }
    }

    fn row(&mut self, at: f64, row: Option<&'static str>) {
        let syn_in = |fact: &Fact| matches!(fact, Fact::SynIn);
        let fin_in = |fact: &Fact| matches!(fact, Fact::FinIn);
        match (row, self.now()) {
            (Some(row), Some(now)) if row == now => {}
            (None, None) => {}
            (Some("LISTEN"), _) => self.push(self.listened(at), "LISTEN"),
            (None, Some("LISTEN")) => self.push(self.listened(at), "CLOSED"),
            (None, _) if self.detached || !self.event_near(at) => {
                self.detached = false;
                self.push(at, "CLOSED");
            }
            (Some("SYN_RECV"), now) if now.is_none() || self.detached => {
                self.detached = true;
                self.push(self.cause(at, syn_in), "SYN_RECV");
            }
            (Some("TIME_WAIT"), Some("FIN_WAIT2")) if self.detached => {
                self.push(self.cause(at, fin_in), "TIME_WAIT")
            }
            (Some("SYN_SENT"), now) if now.is_none() || self.detached => {
                self.detached = false;
                self.push(self.dialled(at), "SYN_SENT");
            }
            (Some(row), _) if !self.exact => {
                self.detached = true;
                let any = |_: &Fact| true;
                self.push(self.cause(at, any), row);
            }
            _ => {}
        }
    }

    /// The time of the packet that explains what the table showed at `at`.
    fn cause(&self, at: f64, is_it: impl Fn(&Fact) -> bool) -> f64 {
        let packet = |fact: &Fact| matches!(fact, Fact::SynOut | Fact::SynIn | Fact::FinIn) && is_it(fact);
        self.last(at + READING, packet).filter(|when| *when > at - BEHIND).unwrap_or(at)
    }

    /// When the listener began or ended of which this was seen at `at`.
    fn listened(&self, at: f64) -> f64 {
        let event = self.listens.iter().rev().find(|when| **when <= at + READING).copied();
        event.filter(|when| *when > at - BEHIND).unwrap_or(at)
    }

    /// When connect() was called, of which the first sign was seen at `at`.
    fn dialled(&self, at: f64) -> f64 {
        let remote = self.key.split_once(" - ").map_or("", |(_, remote)| remote);
        let dial = self.dials.iter().rev().find(|(when, to)| *when <= at + READING && *to == remote);
        let closed = self.states.last().map_or(f64::NEG_INFINITY, |(at, _)| *at);
        let syn = self.facts.iter().find(|(when, fact)| matches!(fact, Fact::SynOut) && *when >= closed);
        match (syn, dial) {
            (Some((syn, _)), _) if *syn <= at + READING => *syn,
            (_, Some((dial, _))) if *dial > at - BEHIND => *dial,
            _ => at,
        }
    }

    fn last(&self, until: f64, is_it: impl Fn(&Fact) -> bool) -> Option<f64> {
        self.facts.iter().rev().find(|(at, fact)| *at <= until && is_it(fact)).map(|(at, _)| *at)
    }

    fn event_near(&self, at: f64) -> bool {
        self.exact
            && self
                .facts
                .iter()
                .any(|(when, fact)| matches!(fact, Fact::Event(..)) && (when - at).abs() < BEHIND)
    }
}

#[cfg(test)]
mod tests;
