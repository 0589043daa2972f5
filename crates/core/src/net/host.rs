//! A host: one machine with its addresses, sockets, ports, firewall and constants.
//!
//! It does nothing by itself: [`Host::apply`] carries out a command, [`Host::receive`] takes a packet in,
//! [`Host::expire`] lets a timer run out. What comes of it goes to the [`Cx`]: facts to the log, packets, timers and
//! wakes to a list. A host is a value: it can be compared, hashed and cloned, and knows neither the log nor the others.

mod administer;
mod backlog;
mod calls;
mod canonical;
mod cx;
mod deliver;
mod drive;
pub mod firewall;
mod ports;
mod profile;
mod route;
mod rows;
mod send;
mod socket;
mod sockets;
mod taken;
pub mod view;

use crate::Instant;
use crate::net::{Endpoint, HostId, Ipv4, Ipv6, SocketId, rng};
use crate::tcp::{Connection, Seq, State, Timer};
pub use cx::{Cx, Output};
use firewall::{Firewall, Network};
pub use profile::HostProfile;
use socket::Socket;
use sockets::Sockets;
use std::time::Duration;

/// The interface that everything but loopback goes through.
const INTERFACE: &str = "eth0";

/// What a host is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostSetup {
    /// Its name.
    pub id: HostId,
    /// Its constants.
    pub profile: HostProfile,
    /// Its IPv4 address.
    pub address: Ipv4,
    /// What it reaches over its link. Beyond that there is no route.
    pub networks: Vec<Network>,
    /// From where it looks for the first free port, counted from the first of its range.
    pub port_offset: u32,
    /// Scatters its initial sequence numbers.
    pub secret: u64,
}

/// One host.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Host {
    id: HostId,
    address: Ipv4,
    /// An IPv6 address that a user gave it, in a network of 64 bits.
    address6: Option<Ipv6>,
    networks: Vec<Network>,
    profile: HostProfile,
    firewall: Firewall,
    sockets: Sockets,
    /// From where the search for the next ephemeral port begins, counted from the first of the range.
    port_offset: u32,
    secret: u64,
    /// Of the ICMP errors that it may send to another host: how many at once, and as of when.
    icmp: (u32, Instant),
}

impl Host {
    /// A host without sockets, which lets everything pass.
    pub fn new(setup: HostSetup) -> Host {
        let HostSetup { id, profile, address, networks, port_offset, secret } = setup;
        Host {
            id,
            address,
            address6: None,
            networks,
            profile,
            firewall: Firewall::new(),
            sockets: Sockets::default(),
            port_offset,
            secret,
            icmp: (u32::MAX, Instant::START),
        }
    }

    /// Its name.
    pub const fn id(&self) -> HostId {
        self.id
    }

    /// Its constants.
    pub const fn profile(&self) -> &HostProfile {
        &self.profile
    }

    /// Its firewall.
    pub const fn firewall(&self) -> &Firewall {
        &self.firewall
    }

    /// This end of a socket; port 0 if it has none yet. `None` if there is no such socket here.
    pub fn local(&self, socket: SocketId) -> Option<Endpoint> {
        self.sockets.get(socket).map(Socket::local)
    }

    /// The other end of a connection.
    pub fn peer(&self, socket: SocketId) -> Option<Endpoint> {
        self.sockets.get(socket).and_then(Socket::foreign)
    }

    /// The state of a socket; CLOSED if it is neither listening nor connected, or there is none.
    pub fn state(&self, socket: SocketId) -> State {
        self.sockets.get(socket).map_or(State::Closed, Socket::state)
    }

    /// What a socket is as a connection, or as a listener.
    pub fn connection(&self, socket: SocketId) -> Option<&Connection> {
        self.sockets.get(socket)?.connection()
    }

    /// When a timer of a socket runs out, if it runs.
    pub fn deadline(&self, socket: SocketId, timer: Timer) -> Option<Instant> {
        self.connection(socket)?.timers().deadline(timer)
    }

    /// How many sockets there are, of all kinds.
    pub fn sockets_held(&self) -> usize {
        self.sockets.len()
    }

    /// How many rules and listeners a packet may be held against.
    pub fn things_to_look_at(&self) -> usize {
        let rules = |chain| self.firewall.chain(chain).rules.len();
        firewall::ChainName::ALL.into_iter().map(rules).sum::<usize>() + self.sockets.listeners_held()
    }

    /// Sets where the slots of its timer wheel begin.
    pub const fn set_timer_phase(&mut self, phase: Duration) {
        self.profile.tcp.timer_phase = phase;
    }

    /// The initial number of a connection between `ends` that begins now.
    fn initial_number(&self, ends: (Endpoint, Endpoint), now: Instant) -> Seq {
        Seq::initial(now, rng::low(rng::scatter(self.secret, ends)))
    }
}

#[cfg(test)]
mod tests;
