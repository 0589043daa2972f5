//! A host: addresses, sockets, ports, firewall, constants.

use super::firewall::Firewall;
use super::socket::{Kind, Socket};
use super::{Endpoint, Errno, HostId, Ipv4, SocketId};
use crate::Sorted;
use crate::tcp::{Profile, State};

/// The interface that everything but loopback goes through.
pub(super) const INTERFACE: &str = "eth0";

/// One host.
#[derive(Clone, Debug)]
pub(super) struct Host {
    pub(super) id: HostId,
    pub(super) firewall: Firewall,
    pub(super) profile: Profile,
    pub(super) sockets: Sorted<SocketId, Box<Socket>>,
    /// Connections that have a row, by (local, foreign).
    pub(super) tuples: Sorted<(Endpoint, Endpoint), SocketId>,
    /// Listeners, by local end.
    pub(super) listeners: Sorted<Endpoint, SocketId>,
    /// Half of where the search for the next ephemeral port begins.
    pub(super) port_offset: u32,
}

/// How a destination is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// This host itself.
    Loopback,
    /// Another host of the lab.
    Wire(HostId),
    /// The own subnet, but no host has the address.
    Nobody,
}

impl Host {
    pub(super) const fn new(id: HostId, profile: Profile, port_offset: u32) -> Host {
        Host {
            id,
            firewall: Firewall::new(),
            profile,
            sockets: Sorted::new(),
            tuples: Sorted::new(),
            listeners: Sorted::new(),
            port_offset,
        }
    }

    /// The socket, if it is one of this host's.
    pub(super) fn socket(&self, id: SocketId) -> Option<&Socket> {
        self.sockets.get(&id).map(|socket| &**socket)
    }

    pub(super) fn socket_mut(&mut self, id: SocketId) -> Option<&mut Socket> {
        self.sockets.get_mut(&id).map(|socket| &mut **socket)
    }

    /// Where `to` lies; `None` if there is no route. C_m alone has one to the web site.
    pub(super) fn route(&self, to: Ipv4) -> Option<Route> {
        if self.has_address(to) || to.is_unspecified() {
            return Some(Route::Loopback);
        }
        match HostId::with_address(to) {
            Some(HostId::Server) if self.id == HostId::Site => None,
            Some(HostId::Site) if self.id == HostId::Server => None,
            Some(host) => Some(Route::Wire(host)),
            None if to.octets().starts_with(&[10, 211, 55]) && self.id != HostId::Site => Some(Route::Nobody),
            None => None,
        }
    }

    /// `addr` is one of this host's own.
    pub(super) fn has_address(&self, addr: Ipv4) -> bool {
        addr == self.id.address() || addr.is_loopback()
    }

    /// The listener that takes a SYN for `to`: the exact address before any.
    pub(super) fn listener_for(&self, to: Endpoint) -> Option<SocketId> {
        self.listeners.get(&to).or_else(|| self.listeners.get(&Endpoint::any(to.port))).copied()
    }

    /// Whether `bind()` may give `to` to a socket (SO_REUSEADDR as `reuse`).
    ///
    /// Two may share a port if both have SO_REUSEADDR and neither listens (traces 09a, 09b). A connection in
    /// TIME-WAIT still counts: that is the article's Figure 12.
    pub(super) fn may_bind(&self, socket: SocketId, to: Endpoint, reuse: bool) -> bool {
        self.sockets.iter().all(|(_, other)| {
            other.id == socket
                || other.local.port != to.port
                || other.local.port == 0
                || !overlap(other.local.addr, to.addr)
                || !holds_port(other)
                || (reuse && other.reuse_addr && other.state() != State::Listen)
        })
    }

    /// A local end for a connection to `foreign`: an ephemeral port whose tuple is free.
    ///
    /// As Linux does: every second port of the range first; a port that someone asked for by `bind()` is passed over.
    pub(super) fn ephemeral(&mut self, addr: Ipv4, foreign: Endpoint) -> Result<Endpoint, Errno> {
        let (low, high) = self.profile.port_range;
        let count = u32::from(high.saturating_sub(low)) + 1;
        let start = (self.port_offset % count) & !1;
        for turn in 0..count {
            let even = count.div_ceil(2);
            let step = if turn < even { 2 * turn } else { 2 * (turn - even) + 1 };
            let offset = (start + step) % (count + count % 2);
            let Some(port) =
                u16::try_from(offset).ok().and_then(|o| low.checked_add(o)).filter(|p| *p <= high)
            else {
                continue;
            };
            let local = Endpoint::new(addr, port);
            if self.is_free(local, foreign) {
                self.port_offset = (start + step + 2) % count;
                return Ok(local);
            }
        }
        Err(Errno::AddrNotAvail)
    }

    fn is_free(&self, local: Endpoint, foreign: Endpoint) -> bool {
        let asked_for = self.listeners.iter().any(|(at, _)| at.port == local.port)
            || self.sockets.iter().any(|(_, s)| s.bound && s.local.port == local.port && holds_port(s));
        !asked_for && self.tuples.get(&(local, foreign)).is_none()
    }

    /// Free for `bind()` with port 0.
    pub(super) fn any_port(&mut self, socket: SocketId, addr: Ipv4) -> Result<Endpoint, Errno> {
        let (low, high) = self.profile.port_range;
        let count = u32::from(high.saturating_sub(low)) + 1;
        let start = self.port_offset;
        let port = (0..count)
            .filter_map(|turn| low.checked_add(u16::try_from((start + turn) % count).ok()?))
            .find(|port| self.may_bind(socket, Endpoint::new(addr, *port), false))
            .ok_or(Errno::AddrInUse)?;
        self.port_offset = u32::from(port - low) + 1;
        Ok(Endpoint::new(addr, port))
    }

    /// Takes a connection out of the tables; the socket itself stays while a process holds it.
    pub(super) fn forget(&mut self, id: SocketId) {
        let Some(socket) = self.sockets.get(&id) else { return };
        match &socket.kind {
            Kind::Stream { foreign, .. } => {
                let key = (socket.local, *foreign);
                if self.tuples.get(&key) == Some(&id) {
                    self.tuples.remove(&key);
                }
            }
            Kind::Listener { .. } => {
                let key = socket.local;
                if self.listeners.get(&key) == Some(&id) {
                    self.listeners.remove(&key);
                }
            }
            Kind::Fresh => {}
        }
        if socket.owner.is_none() {
            self.sockets.remove(&id);
        }
    }
}

/// A socket keeps its port until it is closed and has no row any more.
fn holds_port(socket: &Socket) -> bool {
    match socket.kind {
        Kind::Fresh => socket.bound,
        _ => !socket.is_gone() || (socket.bound && socket.owner.is_some()),
    }
}

fn overlap(one: Ipv4, other: Ipv4) -> bool {
    one == other || one.is_unspecified() || other.is_unspecified()
}
