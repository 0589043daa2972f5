//! Looking at the world without changing it.

use super::firewall::Firewall;
use super::socket::{Kind, Listening, Socket};
use super::view::{SocketRow, TimerKind, TimerView};
use super::{
    Endpoint, Fact, FactId, Family, HostId, HostProfile, Ipv6, Log, Loss, PacketId, Passage, SocketId, World,
};
use crate::Instant;
use crate::tcp::{State, Timer};
use std::time::Duration;

impl World {
    /// The time.
    pub const fn now(&self) -> Instant {
        self.now
    }

    /// How many packets a firewall or the network stopped, all told.
    pub const fn stopped(&self) -> u64 {
        self.log.stopped()
    }

    /// How many packets the network lost.
    pub const fn lost(&self) -> u64 {
        self.log.lost()
    }

    /// How much memory all that happened takes, in octets and roughly. It only grows.
    pub const fn weight(&self) -> u64 {
        self.log.weight() + self.octets
    }

    /// How much was done, in steps of about a nanosecond. It only grows.
    pub const fn work(&self) -> u64 {
        self.work
    }

    /// The log.
    pub const fn log(&self) -> &Log {
        &self.log
    }

    /// All facts, oldest first; a fact's id is its place.
    pub fn facts(&self) -> impl DoubleEndedIterator<Item = Fact> + ExactSizeIterator + Clone + '_ {
        self.log.facts()
    }

    /// The fact of that name.
    pub fn fact(&self, id: FactId) -> Option<Fact> {
        self.log.fact(id)
    }

    /// All packets ever made, in the order of their ids.
    pub fn packets(&self) -> impl DoubleEndedIterator<Item = Passage<'_>> + ExactSizeIterator + Clone + '_ {
        self.log.packets()
    }

    /// The packet of that name. Every [`PacketId`] in a fact of this world has one.
    pub fn packet(&self, id: PacketId) -> Passage<'_> {
        self.log.packet(id).expect("a packet is kept before a fact names it")
    }

    /// The rows of netstat: IPv4 before IPv6, listeners before connections, each in order of creation.
    pub fn sockets(&self, host: HostId) -> Vec<SocketRow> {
        let with_row = |v4: bool, listening: bool| {
            let of_kind = move |s: &&Socket| (s.family == Family::V4, s.is_listener()) == (v4, listening);
            let sockets = self.host(host).sockets.iter().map(|(_, socket)| &**socket).filter(of_kind);
            sockets.filter(|s| s.connection().is_some() && !s.is_gone()).map(move |s| self.row(host, s))
        };
        let kinds = [(true, true), (true, false), (false, true), (false, false)];
        kinds.into_iter().flat_map(|(v4, listening)| with_row(v4, listening)).collect()
    }

    /// The IPv6 address that a host was given.
    pub const fn address6(&self, host: HostId) -> Option<Ipv6> {
        self.host(host).address6
    }

    /// This end of a socket; port 0 if it has none yet. `None` if there is no such socket.
    pub fn local(&self, socket: SocketId) -> Option<Endpoint> {
        self.find_socket(socket).map(|(_, s)| s.local)
    }

    /// The other end of a connection.
    pub fn peer(&self, socket: SocketId) -> Option<Endpoint> {
        self.find_socket(socket).and_then(|(_, s)| s.foreign())
    }

    /// The state of a socket; CLOSED if it is neither listening nor connected, or there is none.
    pub fn state(&self, socket: SocketId) -> State {
        self.find_socket(socket).map_or(State::Closed, |(_, s)| s.state())
    }

    /// A host's firewall.
    pub const fn firewall(&self, host: HostId) -> &Firewall {
        &self.host(host).firewall
    }

    /// A host's constants.
    pub const fn profile(&self, host: HostId) -> &HostProfile {
        &self.host(host).profile
    }

    /// One-way delay of what `from` sends.
    pub const fn delay(&self, from: HostId) -> Duration {
        self.wire.delay(from)
    }

    /// What the network loses.
    pub fn losses(&self) -> &[Loss] {
        &self.wire.losses
    }

    /// What the network delivers twice.
    pub fn duplications(&self) -> &[Loss] {
        &self.wire.duplications
    }

    pub(super) fn find_socket(&self, id: SocketId) -> Option<(HostId, &Socket)> {
        self.hosts.iter().find_map(|host| Some((host.id, host.socket(id)?)))
    }

    fn row(&self, host: HostId, socket: &Socket) -> SocketRow {
        let connection = socket.connection();
        let (recv_q, backlog) = match &socket.kind {
            Kind::Listener(Listening { queue, backlog, .. }) => {
                (u32::try_from(queue.len()).unwrap_or(u32::MAX), *backlog)
            }
            // The peer's FIN is one more octet to read (trace 14b), while there is a socket to read it from.
            Kind::Stream { connection, .. } => {
                let unread = connection.unread();
                let unread = unread.saturating_add(u32::from(connection.has_unread_end()));
                (if connection.state() == State::TimeWait { 0 } else { unread }, 0)
            }
            Kind::Fresh => (0, 0),
        };
        SocketRow {
            socket: socket.id,
            host,
            recv_q,
            send_q: connection.map_or(0, |c| if socket.is_listener() { 0 } else { c.unacknowledged() }),
            backlog,
            family: socket.family,
            local: socket.local,
            foreign: socket.foreign(),
            state: socket.state(),
            since: socket.since,
            timer: self.timer(socket),
            shut: socket.shut,
            owner: socket.owner,
        }
    }

    fn timer(&self, socket: &Socket) -> TimerView {
        let Some(connection) = socket.connection() else { return TimerView::OFF };
        let Some((timer, running)) = connection.timers().next() else { return TimerView::OFF };
        TimerView {
            kind: match timer {
                Timer::Retransmit => TimerKind::On,
                Timer::Probe => TimerKind::Probe,
                Timer::TimeWait => TimerKind::TimeWait,
                Timer::DelayedAck => TimerKind::Off,
                Timer::Keepalive => TimerKind::Keepalive,
            },
            left: running.due.since(self.now),
            span: running.span,
            retransmits: connection.retries(),
            resent: connection.answers().saturating_sub(1),
            probes: if timer == Timer::TimeWait { 0 } else { connection.probes() },
        }
    }
}
