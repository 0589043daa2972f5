//! A host: one machine with its addresses, sockets, ports, firewall and constants.
//!
//! A host does nothing by itself: [`Host::apply`] carries out a command, [`Host::receive`] takes in a packet,
//! [`Host::expire`] lets a timer expire. The results go to the [`Cx`]: facts to the log; packets, timers and wakes to a
//! list. A host is a value: it can be compared, hashed and cloned, and knows neither the log nor the other hosts.

mod administer;
mod backlog;
mod calls;
mod canonical;
mod conntrack;
mod counters;
mod cx;
mod deliver;
mod drive;
mod echo;
pub mod firewall;
mod forecast;
mod link;
mod lookup;
mod ports;
mod profile;
mod qdisc;
mod raw;
mod route;
mod rows;
mod send;
mod socket;
mod sockets;
mod taken;
mod trips;
mod unreachable;
pub mod view;

use crate::Instant;
use crate::net::{Endpoint, HostId, IpAddr, Ipv4, Ipv6, SocketId, rng};
use crate::tcp::{Connection, Context, Info, Seq, State, Timer};
use conntrack::Conntrack;
pub use counters::{Counters, IpCounters};
pub use cx::{Cx, Output};
use firewall::{Firewall, Network};
use link::Interface;
pub use link::Reachability;
use lookup::Lookup;
pub use profile::HostProfile;
use qdisc::Qdiscs;
pub use qdisc::{Qdisc, QdiscCounters};
use socket::Socket;
use sockets::Sockets;
use std::collections::BTreeMap;
use std::time::Duration;

/// Makes what the firewall's rules draw differ from all else that follows from the host's secret.
const FIREWALL: u64 = 0x6970_7461_626c_6573;

/// The interface for everything but loopback.
const INTERFACE: &str = "eth0";

/// The description from which a host is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostSetup {
    /// Its id.
    pub id: HostId,
    /// Its constants.
    pub profile: HostProfile,
    /// Its IPv4 address.
    pub address: Ipv4,
    /// Networks that it reaches over its link. It has no route to anything else.
    pub networks: Vec<Network>,
    /// Where the search for a free port begins, counted from the first port of the range.
    pub port_offset: u32,
    /// Secret that scatters its initial sequence numbers.
    pub secret: u64,
}

/// One host.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Host {
    id: HostId,
    address: Ipv4,
    /// The IPv6 address that a user gave it, in a network of 64 bits.
    address6: Option<Ipv6>,
    /// IPv4 addresses that a user gave it, each with the length of its network's prefix.
    aliases: Vec<(Ipv4, u8)>,
    networks: Vec<Network>,
    link: Interface,
    /// By the address that is asked for.
    lookups: BTreeMap<IpAddr, Lookup>,
    qdiscs: Qdiscs,
    profile: HostProfile,
    firewall: Firewall,
    conntrack: Conntrack,
    sockets: Sockets,
    /// Where the search for the next ephemeral port begins, counted from the first port of the range.
    port_offset: u32,
    secret: u64,
    /// Secret by which it chooses among listeners that share a port; 0 if they take turns.
    listener_secret: u64,
    /// ICMP errors that may still go to another host, and the time up to which regained ones are counted.
    icmp: (u32, Instant),
    counters: Counters,
    /// The round trips that connections to these addresses left.
    trips: BTreeMap<IpAddr, Duration>,
}

impl Host {
    /// A host without sockets, whose firewall lets everything pass.
    pub fn new(setup: HostSetup) -> Host {
        let HostSetup { id, profile, address, networks, port_offset, secret } = setup;
        Host {
            id,
            address,
            address6: None,
            aliases: Vec::new(),
            networks,
            link: Interface::default(),
            lookups: BTreeMap::new(),
            qdiscs: Qdiscs::new(),
            profile,
            firewall: Firewall::new(rng::mix(secret ^ FIREWALL)),
            conntrack: Conntrack::new(),
            sockets: Sockets::default(),
            port_offset,
            secret,
            listener_secret: 0,
            icmp: (u32::MAX, Instant::START),
            counters: Counters::default(),
            trips: BTreeMap::new(),
        }
    }

    /// Its id.
    pub const fn id(&self) -> HostId {
        self.id
    }

    /// Its constants.
    pub const fn profile(&self) -> &HostProfile {
        &self.profile
    }

    /// What it has counted.
    pub const fn counters(&self) -> &Counters {
        &self.counters
    }

    /// Its firewall.
    pub const fn firewall(&self) -> &Firewall {
        &self.firewall
    }

    /// The local end of a socket; port 0 if it has none yet. `None` if there is no such socket here.
    pub fn local(&self, socket: SocketId) -> Option<Endpoint> {
        self.sockets.get(socket).map(Socket::local)
    }

    /// The other end of a connection.
    pub fn peer(&self, socket: SocketId) -> Option<Endpoint> {
        self.sockets.get(socket).and_then(Socket::foreign)
    }

    /// The state of a socket; CLOSED if it is neither listening nor connected, or does not exist.
    pub fn state(&self, socket: SocketId) -> State {
        self.sockets.get(socket).map_or(State::Closed, Socket::state)
    }

    /// The connection or listener that a socket is.
    pub fn connection(&self, socket: SocketId) -> Option<&Connection> {
        self.sockets.get(socket)?.connection()
    }

    /// What a connection or listener knows of itself.
    pub fn info(&self, socket: SocketId, now: Instant) -> Option<Info> {
        Some(self.connection(socket)?.info(Context { now, profile: &self.profile.tcp }))
    }

    /// When a timer of a socket expires, if it is running.
    pub fn deadline(&self, socket: SocketId, timer: Timer) -> Option<Instant> {
        self.connection(socket)?.timers().deadline(timer)
    }

    /// Number of sockets of all kinds.
    pub fn sockets_held(&self) -> usize {
        self.sockets.len()
    }

    /// Number of rules and listeners with which a packet may be compared.
    pub fn things_to_look_at(&self) -> usize {
        self.firewall.filed().count() + self.sockets.listeners_held()
    }

    /// Sets the offset of the slots of its timer wheel.
    pub const fn set_timer_phase(&mut self, phase: Duration) {
        self.profile.tcp.timer_phase = phase;
    }

    /// Sets the moment from which cookies count their timestamps, if they do.
    pub const fn set_cookie_clock(&mut self, clock: Duration) {
        if let Some(own) = &mut self.profile.cookie_clock {
            *own = clock;
        }
    }

    /// Sets the secret by which it chooses among listeners that share a port.
    pub const fn set_listener_secret(&mut self, secret: u64) {
        self.listener_secret = secret;
    }

    /// The initial sequence number of a connection between `ends` that begins now.
    fn initial_number(&self, ends: (Endpoint, Endpoint), now: Instant) -> Seq {
        Seq::initial(now, rng::low(rng::scatter(self.secret, ends)))
    }
}

#[cfg(test)]
mod tests;
