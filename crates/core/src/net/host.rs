//! A host: addresses, sockets, ports, firewall, constants.

use super::firewall::Firewall;
use super::socket::{Kind, Socket};
use super::{Endpoint, Errno, Family, HostId, HostProfile, IpAddr, Ipv6, SocketId, rng};
use crate::tcp::{Seq, State};
use crate::{Instant, Sorted};
use std::time::Duration;

/// The interface that everything but loopback goes through.
pub(super) const INTERFACE: &str = "eth0";

/// One host.
#[derive(Clone, Debug)]
pub(super) struct Host {
    pub(super) id: HostId,
    pub(super) firewall: Firewall,
    pub(super) profile: HostProfile,
    pub(super) sockets: Sorted<SocketId, Box<Socket>>,
    /// Connections that have a row, by (local, foreign).
    pub(super) tuples: Sorted<(Endpoint, Endpoint), SocketId>,
    /// Listeners, the newest last.
    pub(super) listeners: Vec<(Endpoint, SocketId)>,
    /// An IPv6 address that a user gave it, in a network of 64 bits.
    pub(super) address6: Option<Ipv6>,
    /// Sockets whose port was asked for by `bind()`; some may be gone.
    pub(super) bound: Vec<SocketId>,
    /// Half of where the search for the next ephemeral port begins.
    pub(super) port_offset: u32,
    /// Scatters its initial numbers.
    secret: u64,
    /// Of the ICMP errors that it may send to another host: how many at once, and as of when.
    pub(super) icmp: (u32, Instant),
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
    pub(super) const fn new(id: HostId, profile: HostProfile, port_offset: u32, secret: u64) -> Host {
        Host {
            id,
            firewall: Firewall::new(),
            profile,
            sockets: Sorted::new(),
            tuples: Sorted::new(),
            listeners: Vec::new(),
            address6: None,
            bound: Vec::new(),
            port_offset,
            secret,
            icmp: (u32::MAX, Instant::START),
        }
    }

    /// The initial number of a connection between `ends` that begins now.
    pub(super) fn initial_number(&self, ends: (Endpoint, Endpoint), now: Instant) -> Seq {
        Seq::initial(now, rng::low(rng::scatter(self.secret, ends)))
    }

    /// The socket, if it is one of this host's.
    pub(super) fn socket(&self, id: SocketId) -> Option<&Socket> {
        self.sockets.get(&id).map(|socket| &**socket)
    }

    pub(super) fn socket_mut(&mut self, id: SocketId) -> Option<&mut Socket> {
        self.sockets.get_mut(&id).map(|socket| &mut **socket)
    }

    /// This host's own address for a connection to `to`.
    pub(super) fn own_address(&self, to: IpAddr) -> IpAddr {
        match to {
            _ if to.is_loopback() => to,
            IpAddr::V4(_) => self.id.address().into(),
            IpAddr::V6(_) => self.address6.unwrap_or(Ipv6::LOCALHOST).into(),
        }
    }

    /// Where `to` lies; `None` if there is no route. C_m alone has one to the web site.
    pub(super) fn route(&self, to: IpAddr) -> Option<Route> {
        if self.has_address(to) || to.is_unspecified() {
            return Some(Route::Loopback);
        }
        let to = match to {
            IpAddr::V4(to) => to,
            IpAddr::V6(to) => {
                let near = |own: Ipv6| own.segments().starts_with(&to.segments()[..4]);
                return self.address6.filter(|own| near(*own)).map(|_| Route::Nobody);
            }
        };
        match HostId::with_address(to) {
            Some(HostId::Server) if self.id == HostId::Site => None,
            Some(HostId::Site) if self.id == HostId::Server => None,
            Some(host) => Some(Route::Wire(host)),
            None if to.octets().starts_with(&[10, 211, 55]) && self.id != HostId::Site => Some(Route::Nobody),
            None => None,
        }
    }

    /// `addr` is one of this host's own.
    pub(super) fn has_address(&self, addr: IpAddr) -> bool {
        addr == self.id.address() || addr.is_loopback() || self.address6.is_some_and(|own| addr == own)
    }

    /// The listener that takes a SYN for `to`: the exact address before any, and any of its own family before any of
    /// both. Several that share a port (SO_REUSEPORT) take turns; the kernel chooses by a hash of both ends.
    pub(super) fn listener_for(&self, (to, from): (Endpoint, Endpoint)) -> Option<SocketId> {
        let any = if to.addr.is_ipv4() { Endpoint::any } else { Endpoint::any6 };
        [to, any(to.port), Endpoint::any6(to.port)].into_iter().find_map(|at| {
            let takes = |id| self.socket(id).is_some_and(|s| s.takes(to.addr));
            let group = || self.listeners.iter().filter(|(end, id)| *end == at && takes(*id));
            let turn = usize::from(from.port / 2) % group().count().max(1);
            group().nth(turn).map(|(_, id)| *id)
        })
    }

    /// Whether `bind()` or `listen()` may give `to` to a socket.
    ///
    /// Two may share a port if both have SO_REUSEADDR and neither listens (traces 09a, 09b), or if both have
    /// SO_REUSEPORT (trace 19b). A connection in TIME-WAIT still counts: that is the article's Figure 12.
    pub(super) fn may_bind(&self, id: SocketId, to: Endpoint) -> bool {
        let Some(socket) = self.socket(id) else { return false };
        self.sockets.iter().all(|(_, other)| {
            other.id == id
                || other.local.port != to.port
                || other.local.port == 0
                || !overlap((&other.local.addr, other.family), (&to.addr, socket.family))
                || !holds_port(other)
                || (socket.reuse_addr && other.reuse_addr && other.state() != State::Listen)
                || (socket.reuse_port && other.reuse_port)
        })
    }

    /// A local end for a connection to `foreign`: an ephemeral port whose tuple is free.
    ///
    /// As Linux does: every second port of the range first; a port that someone asked for by `bind()` is passed over.
    /// One port of an odd number is missed by each search, not always the same.
    pub(super) fn ephemeral(
        &mut self,
        addr: IpAddr,
        foreign: Endpoint,
        now: Instant,
    ) -> Result<Endpoint, Errno> {
        let (low, high) = (u32::from(self.profile.port_range.0), u32::from(self.profile.port_range.1));
        let all = high.saturating_sub(low) + 1;
        let count = if all > 1 { all & !1 } else { all };
        let start = (self.port_offset % count) & !1;
        let sockets = &self.sockets;
        self.bound.retain(|id| sockets.get(id).is_some_and(|socket| holds_port(socket)));
        let mut asked_for = Sorted::new();
        for socket in self.bound.iter().filter_map(|id| sockets.get(id)) {
            asked_for.insert(socket.local.port, ());
        }
        for turn in 0..count {
            let half = count.div_ceil(2);
            let (step, parity) = if turn < half { (2 * turn, 0) } else { (2 * (turn - half), 1) };
            let port = low + start + parity + step;
            let port = if port > high { port - count } else { port };
            let Ok(port) = u16::try_from(port) else { continue };
            let local = Endpoint::new(addr, port);
            if asked_for.get(&port).is_none() && self.is_free(local, foreign, now) {
                self.port_offset = (start + step + 2) % count;
                return Ok(local);
            }
        }
        Err(Errno::AddrNotAvail)
    }

    /// No connection has the tuple, or one in TIME-WAIT that `tcp_tw_reuse` gives away after a second.
    fn is_free(&self, local: Endpoint, foreign: Endpoint, now: Instant) -> bool {
        const AGE: Duration = Duration::from_secs(1);
        let Some(old) = self.tuples.get(&(local, foreign)) else { return true };
        let reuse = match self.profile.tw_reuse {
            0 => false,
            2 => local.addr.is_loopback(),
            _ => true,
        };
        reuse && self.socket(*old).is_some_and(|s| s.state() == State::TimeWait && now.since(s.since) >= AGE)
    }

    /// Free for `bind()` with port 0.
    pub(super) fn any_port(&mut self, socket: SocketId, addr: IpAddr) -> Result<Endpoint, Errno> {
        let (low, high) = self.profile.port_range;
        let count = u32::from(high.saturating_sub(low)) + 1;
        let start = self.port_offset;
        let port = (0..count)
            .filter_map(|turn| low.checked_add(u16::try_from((start + turn) % count).ok()?))
            .find(|port| self.is_unused(socket, *port))
            .ok_or(Errno::AddrInUse)?;
        self.port_offset = u32::from(port - low) + 1;
        Ok(Endpoint::new(addr, port))
    }

    fn is_unused(&self, socket: SocketId, port: u16) -> bool {
        self.sockets.iter().all(|(id, other)| *id == socket || other.local.port != port || !holds_port(other))
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
            Kind::Listener(_) => {
                self.listeners.retain(|(_, listener)| *listener != id);
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

/// Some packet could be for either.
fn overlap((one, of): (&IpAddr, Family), (other, of_other): (&IpAddr, Family)) -> bool {
    let any = |addr: &IpAddr, other: &IpAddr, family| {
        addr.is_unspecified()
            && (addr.is_ipv4() == other.is_ipv4() || (addr.is_ipv6() && family == Family::V6))
    };
    one == other || any(one, other, of) || any(other, one, of_other)
}
