//! The sockets that the log knows. It never forgets one.

use super::kept::Link;
use super::{Fact, FactId, Happened, Log, pair, set_newest};
use crate::net::{Endpoint, Family, HostId, SocketId};
use crate::tcp::Row;

/// A listener, or one end of a connection, past or present.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SocketEntry {
    /// Its id.
    pub socket: SocketId,
    /// Its host.
    pub host: HostId,
    /// The family that it was made for.
    pub family: Family,
    /// The local end.
    pub local: Endpoint,
    /// The foreign end; `None` for a listener.
    pub foreign: Option<Endpoint>,
    /// The listener that it came from.
    pub parent: Option<SocketId>,
    /// The fact of its first edge.
    pub opened: FactId,
    /// The fact that it was forgotten, if it has been.
    pub closed: Option<FactId>,
}

/// A socket as it is stored. Its id is its place, counted from 1.
#[derive(Clone, Debug)]
pub(super) struct StoredSocket {
    host: HostId,
    /// Its ends, once it has opened.
    ends: Option<Ends>,
    closed: Link,
    /// Its last edge.
    edge: Link,
    /// The last fact about it.
    last: Link,
}

/// What does not change while a socket is open.
#[derive(Clone, Debug)]
struct Ends {
    family: Family,
    local: Endpoint,
    foreign: Option<Endpoint>,
    parent: Option<SocketId>,
    opened: FactId,
    /// The previous socket between the same two ends.
    before: Option<SocketId>,
}

impl Log {
    /// A socket that ever listened or was connected, however long it has been gone.
    pub fn socket(&self, socket: SocketId) -> Option<SocketEntry> {
        let stored = self.stored(socket)?;
        let ends = stored.ends.as_ref().filter(|ends| self.has(ends.opened))?;
        Some(SocketEntry {
            socket,
            host: stored.host,
            family: ends.family,
            local: ends.local,
            foreign: ends.foreign,
            parent: ends.parent,
            opened: ends.opened,
            closed: self.happened(stored.closed),
        })
    }

    /// The facts about a socket, newest first.
    pub fn of_socket(&self, socket: SocketId) -> impl Iterator<Item = Fact> + '_ {
        self.back_from(self.stored(socket).and_then(|stored| stored.last.id()))
    }

    /// The facts of a chain that have happened by now, newest first.
    pub(super) fn back_from(&self, last: Option<FactId>) -> impl Iterator<Item = Fact> + '_ {
        let before = |id: &FactId| self.facts.get(id.0 as usize)?.before.id();
        let links = std::iter::successors(last, before);
        links.filter(|id| self.has(*id)).map(|id| self.read(id.0 as usize))
    }

    /// The last edge that a socket took.
    pub fn last_edge(&self, socket: SocketId) -> Option<(&'static Row, FactId)> {
        let edge = |fact: Fact| match fact.what {
            Happened::Moved { row, .. } => Some((row, fact.id)),
            _ => None,
        };
        match self.happened(self.stored(socket)?.edge) {
            Some(id) => edge(self.read(id.0 as usize)),
            // It has taken no edge yet, or the last one was taken after the present moment.
            None => self.of_socket(socket).find_map(edge),
        }
    }

    /// The sockets that a host has or had between these two ends, newest first.
    pub fn sockets_of(
        &self,
        host: HostId,
        local: Endpoint,
        foreign: Endpoint,
    ) -> impl Iterator<Item = SocketEntry> + '_ {
        let newest = self.newest_socket.get(&pair(local, foreign)).copied();
        let before = |socket: &SocketId| self.sockets.get(place(*socket))?.ends.as_ref()?.before;
        let all = std::iter::successors(newest, before).filter_map(|socket| self.socket(socket));
        all.filter(move |entry| (entry.host, entry.local) == (host, local))
    }

    fn stored(&self, socket: SocketId) -> Option<&StoredSocket> {
        let at = place(socket);
        self.sockets.get(at).filter(|_| at < self.here.sockets)
    }
}

fn place(socket: SocketId) -> usize {
    (socket.0 as usize).wrapping_sub(1)
}

impl Log {
    /// The host of a socket, even of one that never opened.
    pub(in crate::net) fn host_of(&self, socket: SocketId) -> Option<HostId> {
        self.stored(socket).map(|stored| stored.host)
    }

    /// An id for a new socket.
    pub(in crate::net) fn new_socket(&mut self, host: HostId) -> SocketId {
        let at = self.here.sockets;
        if self.sockets.get(at).is_none_or(|stored| stored.host != host) {
            self.fork();
            let (closed, edge, last) = (Link::NONE, Link::NONE, Link::NONE);
            self.sockets.push(StoredSocket { host, ends: None, closed, edge, last });
        }
        self.here.sockets += 1;
        SocketId(u32::try_from(at + 1).unwrap_or(u32::MAX))
    }

    /// Notes that a socket is about to take its first edge, between these ends.
    pub(in crate::net) fn open(
        &mut self,
        socket: SocketId,
        family: Family,
        (local, foreign): (Endpoint, Option<Endpoint>),
        parent: Option<SocketId>,
    ) {
        let opened = FactId(u32::try_from(self.here.facts).unwrap_or(u32::MAX));
        let same = |ends: &Ends| {
            (ends.family, ends.local, ends.foreign, ends.parent, ends.opened)
                == (family, local, foreign, parent, opened)
        };
        let at = place(socket);
        if self.sockets.get(at).is_some_and(|stored| stored.ends.as_ref().is_some_and(same)) {
            return;
        }
        self.fork();
        let before = foreign.and_then(|foreign| self.newest_socket.insert(pair(local, foreign), socket));
        if let Some(stored) = self.sockets.get_mut(at) {
            stored.ends = Some(Ends { family, local, foreign, parent, opened, before });
        }
    }

    /// Makes `fact` the last one about the socket; returns the previous one.
    pub(super) fn link_socket(&mut self, socket: SocketId, fact: &Fact) -> Link {
        let Some(stored) = self.sockets.get_mut(place(socket)) else { return Link::NONE };
        let link = Link::from(Some(fact.id));
        match fact.what {
            Happened::Moved { .. } => stored.edge = link,
            Happened::Forgotten { .. } => stored.closed = link,
            _ => {}
        }
        std::mem::replace(&mut stored.last, link)
    }

    /// Undoes [`Log::link_socket`].
    pub(super) fn unlink_socket(&mut self, socket: SocketId, fact: &Fact, before: Link) {
        let Some(stored) = self.sockets.get_mut(place(socket)) else { return };
        stored.last = before;
        match fact.what {
            // `last_edge` finds it again through the facts about the socket.
            Happened::Moved { .. } => stored.edge = Link::NONE,
            Happened::Forgotten { .. } => stored.closed = Link::NONE,
            _ => {}
        }
        if stored.ends.as_ref().is_some_and(|ends| ends.opened == fact.id)
            && let Some(ends) = stored.ends.take()
            && let Some(foreign) = ends.foreign
        {
            set_newest(&mut self.newest_socket, pair(ends.local, foreign), ends.before);
        }
    }
}
