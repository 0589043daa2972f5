//! Sockets, and the half-open entries that become some.

use super::{Endpoint, Errno, ProcessId, SocketId};
use crate::Instant;
use crate::tcp::{Connection, State};
use std::collections::VecDeque;

/// What a socket is.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// Neither listening nor connected.
    Fresh,
    /// Listening. It stays in LISTEN; its children take the edges.
    Listener {
        connection: Connection,
        backlog: u32,
        /// Connections that wait for `accept()`.
        queue: VecDeque<SocketId>,
    },
    /// A connection, or what is left of one.
    Stream {
        connection: Connection,
        foreign: Endpoint,
        /// The listener it came from, until it is accepted.
        parent: Option<SocketId>,
    },
}

/// A socket of a host.
#[derive(Clone, Debug)]
pub(super) struct Socket {
    pub(super) id: SocketId,
    /// The process that holds it.
    pub(super) owner: Option<ProcessId>,
    /// This end; port 0 until bound or connected.
    pub(super) local: Endpoint,
    /// The port was asked for by `bind()`, not given out by `connect()`.
    pub(super) bound: bool,
    pub(super) reuse_addr: bool,
    pub(super) linger_zero: bool,
    /// What the next call will be told.
    pub(super) error: Option<Errno>,
    /// When the state was entered.
    pub(super) since: Instant,
    pub(super) kind: Kind,
}

impl Socket {
    pub(super) const fn fresh(id: SocketId, owner: Option<ProcessId>, now: Instant) -> Socket {
        Socket {
            id,
            owner,
            local: Endpoint::any(0),
            bound: false,
            reuse_addr: false,
            linger_zero: false,
            error: None,
            since: now,
            kind: Kind::Fresh,
        }
    }

    pub(super) const fn connection(&self) -> Option<&Connection> {
        match &self.kind {
            Kind::Fresh => None,
            Kind::Listener { connection, .. } | Kind::Stream { connection, .. } => Some(connection),
        }
    }

    pub(super) const fn connection_mut(&mut self) -> Option<&mut Connection> {
        match &mut self.kind {
            Kind::Fresh => None,
            Kind::Listener { connection, .. } | Kind::Stream { connection, .. } => Some(connection),
        }
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

    pub(super) const fn is_listener(&self) -> bool {
        matches!(self.kind, Kind::Listener { .. })
    }

    /// A child that went back to LISTEN, or anything that reached CLOSED: no row any more.
    pub(super) fn is_gone(&self) -> bool {
        match &self.kind {
            Kind::Fresh => false,
            Kind::Listener { connection, .. } => connection.state() == State::Closed,
            Kind::Stream { connection, .. } => matches!(connection.state(), State::Closed | State::Listen),
        }
    }
}
