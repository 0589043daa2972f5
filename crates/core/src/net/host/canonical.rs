//! Comparing hosts by what they contain, regardless of names and times.

use super::firewall::RuleId;
use super::socket::{Kind, Socket};
use super::{Counters, Host};
use crate::Instant;
use crate::net::{ProcessId, SocketId};
use std::collections::BTreeMap;

/// The time on a canonical host's clock: every span that a host remembers fits before it.
const NOW: Instant = Instant::from_millis(1 << 40);

/// New names, assigned in the order in which the old ones appear.
struct Names<T>(BTreeMap<T, u32>);

impl<T: Ord> Names<T> {
    fn of(&mut self, old: T) -> u32 {
        let next = u32::try_from(self.0.len() + 1).unwrap_or(u32::MAX);
        *self.0.entry(old).or_insert(next)
    }
}

impl Host {
    /// The same host with names assigned in order, and with a fixed time in place of `now`. Two hosts that differ only
    /// in the names of sockets, processes and rules, and in the time at which everything happened, become equal.
    ///
    /// Effects of the time on the host's own values remain: the slots of a timer wheel, and initial sequence numbers,
    /// which follow a clock.
    pub fn canonical(&self, now: Instant) -> Host {
        let mut host = self.clone();
        host.counters = Counters::default();
        host.link.forget();
        host.lookups.clear();
        let (left, since) = self.icmp_left(now);
        host.icmp = (left, on_clock(since, now));
        let (mut sockets, mut processes) = (Names(BTreeMap::new()), Names(BTreeMap::new()));
        host.sockets = self.sockets.renamed(|socket| {
            renamed(socket, now, &mut |id| SocketId(sockets.of(id)), &mut |id| ProcessId(processes.of(id)))
        });
        for (number, filed) in (1..).zip(host.firewall.filed_mut()) {
            filed.id = RuleId(number);
        }
        host
    }
}

fn renamed(
    socket: &Socket,
    now: Instant,
    name: &mut impl FnMut(SocketId) -> SocketId,
    process: &mut impl FnMut(ProcessId) -> ProcessId,
) -> Socket {
    let mut socket = socket.clone();
    socket.id = name(socket.id);
    socket.owner = socket.owner.map(process);
    socket.since = on_clock(socket.since, now);
    if let Some(connection) = socket.connection_mut() {
        *connection = connection.on_clock(now, NOW);
    }
    match &mut socket.kind {
        Kind::Listener(listening) => listening.queue.iter_mut().for_each(|id| *id = name(*id)),
        Kind::Stream { parent, .. } => *parent = parent.map(name),
        Kind::Fresh => {}
    }
    socket
}

fn on_clock(at: Instant, now: Instant) -> Instant {
    if at < now { NOW - now.since(at) } else { NOW + at.since(now) }
}
