//! Ports: which socket may have which, and which one is assigned.

use super::Host;
use super::socket::{Kind, Socket};
use crate::Instant;
use crate::net::{Endpoint, Errno, Family, IpAddr, SocketId, rng};
use crate::tcp::{Connection, State};
use std::time::Duration;

impl Host {
    /// The listener that takes a SYN for `to`: one at the exact address before one at any address, and one of its own
    /// family before one of both. Among several that share a port (SO_REUSEPORT) Linux chooses by a hash of both ends
    /// and a secret; without a secret, they take turns.
    pub(super) fn listener_for(&self, (to, from): (Endpoint, Endpoint)) -> Option<SocketId> {
        let any = if to.addr.is_ipv4() { Endpoint::any } else { Endpoint::any6 };
        [to, any(to.port), Endpoint::any6(to.port)].into_iter().find_map(|at| {
            let group = || self.sockets.listeners_at(at).filter(|listener| listener.takes(to.addr));
            let turn = match self.listener_secret {
                0 => usize::from(from.port / 2),
                secret => usize::try_from(rng::low(rng::scatter(secret, (to, from)))).unwrap_or_default(),
            };
            group().nth(turn % group().count().max(1)).map(|listener| listener.id)
        })
    }

    /// Whether `bind()` or `listen()` may give `to` to a socket.
    ///
    /// Two sockets may share a port if both have SO_REUSEADDR and neither listens (traces 09a, 09b), or if both have
    /// SO_REUSEPORT (trace 19b). A connection in TIME-WAIT still counts: this is the article's Figure 12.
    pub(super) fn may_bind(&self, id: SocketId, to: Endpoint) -> bool {
        let Some(socket) = self.sockets.get(id) else { return false };
        self.sockets.with_port(to.port).all(|other| {
            other.id == id
                || !overlap((&other.local().addr, other.family), (&to.addr, socket.family))
                || !holds_port(other)
                || (socket.reuse_addr && other.reuse_addr && other.state() != State::Listen)
                || (socket.reuse_port && other.reuse_port)
        })
    }

    /// Chooses a local end for a connection to `foreign`: an ephemeral port whose tuple is free.
    ///
    /// As Linux does, it tries every second port of the range first, and passes over a port that a program asked for by
    /// `bind()`. Each search misses one port with an odd number, not always the same one.
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
        let half = count.div_ceil(2);
        let mut turn = 0;
        while turn < count {
            let (step, parity) = if turn < half { (2 * turn, 0) } else { (2 * (turn - half), 1) };
            let port = low + start + parity + step;
            let port = if port > high { port - count } else { port };
            turn += 1;
            let Ok(port) = u16::try_from(port) else { continue };
            let local = Endpoint::new(addr, port);
            if let Some(last) = self.sockets.run_end((local, foreign))
                && !self.gives_away((local, foreign), now)
            {
                // The ports up to the last of the run are taken too. If none can be given away, none need be examined.
                let taken = (last.min(self.profile.port_range.1) - port) / 2;
                if self.reuses(addr) || taken == 0 {
                    continue;
                }
                let pass = if turn <= half { half } else { count };
                turn = (turn + u32::from(taken)).min(pass);
            } else if !self.is_asked_for(port) {
                self.port_offset = (start + step + 2) % count;
                return Ok(local);
            }
        }
        Err(Errno::AddrNotAvail)
    }

    /// Whether a program holds the port that asked for it by `bind()`.
    fn is_asked_for(&self, port: u16) -> bool {
        self.sockets.with_port(port).any(|socket| socket.bound && holds_port(socket))
    }

    /// Whether `tcp_tw_reuse` lets connections in TIME-WAIT at this address be given away.
    fn reuses(&self, addr: IpAddr) -> bool {
        match self.profile.tw_reuse {
            0 => false,
            2 => addr.is_loopback(),
            _ => true,
        }
    }

    /// Whether the connection between these ends is in TIME-WAIT, and old enough (one second) to be given away.
    fn gives_away(&self, ends: (Endpoint, Endpoint), now: Instant) -> bool {
        const AGE: Duration = Duration::from_secs(1);
        let old = || self.sockets.between(ends).and_then(|id| self.sockets.get(id));
        let waits = |s: &Socket| {
            let stamped = s.connection().is_some_and(Connection::has_timestamps);
            stamped && s.state() == State::TimeWait && now.since(s.since) >= AGE
        };
        self.reuses(ends.0.addr) && old().is_some_and(waits)
    }

    /// Chooses a free port for `bind()` with port 0.
    pub(super) fn any_port(&mut self, socket: SocketId, addr: IpAddr) -> Result<Endpoint, Errno> {
        let (low, high) = self.profile.port_range;
        let count = u32::from(high.saturating_sub(low)) + 1;
        let start = self.port_offset;
        let port = (0..count)
            .filter_map(|turn| low.checked_add(u16::try_from((start + turn) % count).ok()?))
            .find(|port| self.is_unused(socket, Endpoint::new(addr, *port)))
            .ok_or(Errno::AddrInUse)?;
        self.port_offset = u32::from(port - low) + 1;
        Ok(Endpoint::new(addr, port))
    }

    /// Whether no other socket has the port at this address (v334).
    fn is_unused(&self, id: SocketId, end: Endpoint) -> bool {
        let Some(socket) = self.sockets.get(id) else { return false };
        self.sockets.with_port(end.port).all(|other| {
            other.id == id
                || !holds_port(other)
                || !overlap((&other.local().addr, other.family), (&end.addr, socket.family))
        })
    }
}

/// Whether a socket holds its port: it does so until it is closed and has no row any more.
fn holds_port(socket: &Socket) -> bool {
    match socket.kind {
        Kind::Fresh => socket.bound,
        _ => !socket.is_gone() || (socket.bound && socket.owner.is_some()),
    }
}

/// Whether some packet could be for either of the two.
fn overlap((one, of): (&IpAddr, Family), (other, of_other): (&IpAddr, Family)) -> bool {
    let any = |addr: &IpAddr, other: &IpAddr, family| {
        addr.is_unspecified()
            && (addr.is_ipv4() == other.is_ipv4() || (addr.is_ipv6() && family == Family::V6))
    };
    one == other || any(one, other, of) || any(other, one, of_other)
}
