//! Sockets, and the half-open entries that become sockets.

use crate::Instant;
use crate::net::{Endpoint, Errno, Family, IpAddr, ProcessId, SocketId, Uid};
use crate::tcp::{Connection, Keepalive, State};
use std::collections::VecDeque;

/// The kind of a socket.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    /// Neither listening nor connected.
    Fresh,
    /// Listening. It stays in LISTEN; its children take the edges.
    Listener(Listening),
    /// A connection, or what remains of one.
    Stream {
        connection: Connection,
        foreign: Endpoint,
        /// The listener that it came from, until it is accepted.
        parent: Option<SocketId>,
    },
}

/// A listener and its queues.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Listening {
    pub(super) connection: Connection,
    /// Each queue takes one more than this.
    pub(super) backlog: u32,
    /// Number of children in SYN-RECEIVED.
    pub(super) half_open: u32,
    /// Connections that wait for `accept()`.
    pub(super) queue: VecDeque<SocketId>,
}

impl Listening {
    /// Whether there is no room for another connection to be accepted.
    pub(super) fn is_full(&self) -> bool {
        self.queue.len() > self.backlog as usize
    }
}

/// A socket of a host.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Socket {
    pub(super) id: SocketId,
    /// The process that holds it.
    pub(super) owner: Option<ProcessId>,
    /// The user of the process that made it, or that made its listener.
    pub(super) uid: Uid,
    /// This end; port 0 until bound or connected.
    local: Endpoint,
    /// Whether the port was asked for by `bind()`, not chosen by `connect()`.
    pub(super) bound: bool,
    pub(super) reuse_addr: bool,
    pub(super) reuse_port: bool,
    pub(super) family: Family,
    pub(super) linger_zero: bool,
    pub(super) keepalive: Keepalive,
    /// Whether `shutdown()` was called before there was a connection: the call fails with ENOTCONN, but the flag stays
    /// set, as on Linux (trace v62).
    pub(super) shut: bool,
    /// The error that the next call will return.
    pub(super) error: Option<Errno>,
    /// What the last ICMP error said; of no account once [`Connection::is_advised`] is false.
    pub(super) soft_error: Option<Errno>,
    /// When the current state was entered.
    pub(super) since: Instant,
    /// The state before the last edge.
    pub(super) left: State,
    pub(super) kind: Kind,
}

impl Socket {
    pub(super) const fn fresh(id: SocketId, owner: Option<ProcessId>, now: Instant) -> Socket {
        Socket {
            id,
            owner,
            uid: Uid::ROOT,
            local: Endpoint::any(0),
            bound: false,
            reuse_addr: false,
            reuse_port: false,
            family: Family::V4,
            linger_zero: false,
            keepalive: Keepalive { is_on: false, idle: None, interval: None, count: None },
            shut: false,
            error: None,
            soft_error: None,
            since: now,
            left: State::Closed,
            kind: Kind::Fresh,
        }
    }

    /// This end; port 0 until bound or connected.
    pub(super) const fn local(&self) -> Endpoint {
        self.local
    }

    /// For use by [`Sockets`](super::sockets::Sockets) only, once the socket is among them.
    pub(super) const fn set_local(&mut self, local: Endpoint) {
        self.local = local;
    }

    pub(super) const fn connection(&self) -> Option<&Connection> {
        match &self.kind {
            Kind::Fresh => None,
            Kind::Listener(Listening { connection, .. }) | Kind::Stream { connection, .. } => {
                Some(connection)
            }
        }
    }

    pub(super) const fn connection_mut(&mut self) -> Option<&mut Connection> {
        match &mut self.kind {
            Kind::Fresh => None,
            Kind::Listener(Listening { connection, .. }) | Kind::Stream { connection, .. } => {
                Some(connection)
            }
        }
    }

    /// The error that `SO_ERROR` returns, which clears it: that of the connection's end, else a soft one.
    pub(super) fn take_error(&mut self) -> Option<Errno> {
        self.error.take().or_else(|| {
            let soft = self.soft_error();
            self.soft_error = None;
            soft
        })
    }

    /// What the last ICMP error said, if nothing was acknowledged since.
    pub(super) fn soft_error(&self) -> Option<Errno> {
        self.soft_error.filter(|_| self.connection().is_none_or(Connection::is_advised))
    }

    pub(super) fn state(&self) -> State {
        self.connection().map_or(State::Closed, Connection::state)
    }

    pub(super) const fn foreign(&self) -> Option<Endpoint> {
        match &self.kind {
            Kind::Stream { foreign, .. } => Some(*foreign),
            _ => None,
        }
    }

    /// Both ends of a connection.
    pub(super) fn ends(&self) -> Option<(Endpoint, Endpoint)> {
        self.foreign().map(|foreign| (self.local, foreign))
    }

    pub(super) const fn is_listener(&self) -> bool {
        matches!(self.kind, Kind::Listener(_))
    }

    /// Whether a packet for `addr` may be for this listener.
    pub(super) fn takes(&self, addr: IpAddr) -> bool {
        addr.is_ipv6() || self.family != Family::V6Only
    }

    /// Whether the socket has no row any more: a child that went back to LISTEN, or anything that reached CLOSED.
    pub(super) fn is_gone(&self) -> bool {
        match &self.kind {
            Kind::Fresh => false,
            Kind::Listener(Listening { connection, .. }) => connection.state() == State::Closed,
            Kind::Stream { connection, .. } => matches!(connection.state(), State::Closed | State::Listen),
        }
    }
}
