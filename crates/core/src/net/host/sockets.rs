//! The tables of a host's sockets: by id, by both ends, by listening end, by port.

use super::socket::{Kind, Socket};
use super::taken::Taken;
use crate::net::{Endpoint, SocketId};
use std::collections::{BTreeMap, BTreeSet};

/// All sockets of a host.
///
/// Invariants: every id in a table is in `all`; `ports` has exactly the sockets that have a port; the end under which a
/// listener is found is that of its socket.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Sockets {
    all: BTreeMap<SocketId, Box<Socket>>,
    /// Connections that have a row, by (local, foreign).
    tuples: BTreeMap<(Endpoint, Endpoint), SocketId>,
    /// Listeners and their ends, newest last.
    listeners: Vec<(Endpoint, SocketId)>,
    /// Sockets by their local port.
    ports: BTreeSet<(u16, SocketId)>,
    /// The ports in `tuples`, by the ends that they are connected to.
    taken: Taken,
}

impl Sockets {
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn listeners_held(&self) -> usize {
        self.listeners.len()
    }

    #[inline(never)] // Otherwise every use of it has the search in full: fifty times 150 octets.
    pub(super) fn get(&self, id: SocketId) -> Option<&Socket> {
        self.all.get(&id).map(|socket| &**socket)
    }

    #[inline(never)] // As `get`.
    pub(super) fn get_mut(&mut self, id: SocketId) -> Option<&mut Socket> {
        self.all.get_mut(&id).map(|socket| &mut **socket)
    }

    /// All sockets, oldest first.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Socket> {
        self.all.values().map(|socket| &**socket)
    }

    /// The connection between these ends: (local, foreign).
    pub(super) fn between(&self, ends: (Endpoint, Endpoint)) -> Option<SocketId> {
        self.tuples.get(&ends).copied()
    }

    /// If there is a connection between these ends, the last port of its run: the ports, each two above the one before,
    /// from which this host is connected to `foreign`.
    pub(super) fn run_end(&self, (local, foreign): (Endpoint, Endpoint)) -> Option<u16> {
        self.taken.run_end(local, foreign)
    }

    /// Sockets that listen at exactly this end, newest last.
    pub(super) fn listeners_at(&self, end: Endpoint) -> impl Iterator<Item = &Socket> {
        self.listeners.iter().filter(move |(at, _)| *at == end).filter_map(|(_, id)| self.get(*id))
    }

    /// Sockets with this local port, which is not 0.
    pub(super) fn with_port(&self, port: u16) -> impl Iterator<Item = &Socket> {
        let range = (port, SocketId(0))..=(port, SocketId(u32::MAX));
        self.ports.range(range).filter_map(|(_, id)| self.get(*id))
    }

    /// Adds a socket.
    pub(super) fn insert(&mut self, socket: Socket) {
        let (id, local) = (socket.id, socket.local());
        self.all.insert(id, Box::new(socket));
        self.place(id, local);
    }

    /// Sets the local end of a socket.
    pub(super) fn place(&mut self, id: SocketId, local: Endpoint) {
        let Some(socket) = self.all.get_mut(&id) else { return };
        self.ports.remove(&(socket.local().port, id));
        socket.set_local(local);
        if local.port != 0 {
            self.ports.insert((local.port, id));
        }
    }

    /// Enters a socket that now listens at its end.
    pub(super) fn add_listener(&mut self, id: SocketId) {
        if let Some(end) = self.get(id).map(Socket::local) {
            self.listeners.push((end, id));
        }
    }

    /// Enters a socket that now is the connection between its ends.
    pub(super) fn add_connection(&mut self, id: SocketId) {
        if let Some(ends) = self.get(id).and_then(Socket::ends) {
            self.tuples.insert(ends, id);
            self.taken.insert(ends.0, ends.1);
        }
    }

    /// Removes a connection or listener from the tables; the socket itself stays while a process holds it.
    pub(super) fn forget(&mut self, id: SocketId) {
        let Some(socket) = self.all.get(&id) else { return };
        match &socket.kind {
            Kind::Stream { foreign, .. } => {
                let ends = (socket.local(), *foreign);
                if self.tuples.get(&ends) == Some(&id) {
                    self.tuples.remove(&ends);
                    self.taken.remove(ends.0, ends.1);
                }
            }
            Kind::Listener(_) => self.listeners.retain(|(_, listener)| *listener != id),
            Kind::Fresh => {}
        }
        if socket.owner.is_none() {
            self.remove(id);
        }
    }

    /// The same sockets, in the same order, with other ids.
    pub(super) fn renamed(&self, mut rename: impl FnMut(&Socket) -> Socket) -> Sockets {
        let mut names = BTreeMap::new();
        let mut renamed = Sockets::default();
        for socket in self.iter() {
            let new = rename(socket);
            names.insert(socket.id, new.id);
            renamed.insert(new);
        }
        let new_name = |id: &SocketId| names.get(id).copied();
        for (ends, id) in self.tuples.iter().filter_map(|(ends, id)| Some((*ends, new_name(id)?))) {
            renamed.tuples.insert(ends, id);
        }
        renamed.listeners.extend(self.listeners.iter().filter_map(|(end, id)| Some((*end, new_name(id)?))));
        renamed.taken = self.taken.clone();
        renamed
    }

    /// Removes a socket.
    pub(super) fn remove(&mut self, id: SocketId) {
        if let Some(socket) = self.all.remove(&id) {
            self.ports.remove(&(socket.local().port, id));
        }
    }
}
