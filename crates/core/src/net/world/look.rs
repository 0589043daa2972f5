//! Read-only access to the world.

use super::{World, find};
use crate::net::firewall::Firewall;
use crate::net::view::SocketRow;
use crate::net::{
    Endpoint, Fact, FactId, Host, HostId, HostProfile, Impairment, Ipv6, Log, Loss, PacketId, Passage,
    SocketId,
};
use crate::tcp::State;
use std::time::Duration;

impl World {
    /// The log.
    pub const fn log(&self) -> &Log {
        &self.log
    }

    /// All facts, oldest first; a fact's id is its place in this order.
    pub fn facts(&self) -> impl DoubleEndedIterator<Item = Fact> + ExactSizeIterator + Clone + '_ {
        self.log.facts()
    }

    /// The fact with this id.
    pub fn fact(&self, id: FactId) -> Option<Fact> {
        self.log.fact(id)
    }

    /// All packets ever made, in the order of their ids.
    pub fn packets(&self) -> impl DoubleEndedIterator<Item = Passage<'_>> + ExactSizeIterator + Clone + '_ {
        self.log.packets()
    }

    /// The packet with this id. Every [`PacketId`] in a fact of this world has one.
    ///
    /// # Panics
    ///
    /// If the world has not made this packet by now: [`Log::packet`] is for ids from elsewhere.
    pub fn packet(&self, id: PacketId) -> Passage<'_> {
        self.log.packet(id).expect("a packet is kept before a fact names it")
    }

    /// Number of packets that were stopped: dropped or rejected at a host, or lost by the network.
    pub const fn stopped(&self) -> u64 {
        self.log.stopped()
    }

    /// Number of packets that the network lost.
    pub const fn lost(&self) -> u64 {
        self.log.lost()
    }

    /// A host of this world.
    ///
    /// # Panics
    ///
    /// If the world was made without it, as do the other queries here that name a host.
    pub fn host(&self, id: HostId) -> &Host {
        find(&self.here.hosts, id).expect("the host is one of those that the world was made with")
    }

    /// All hosts.
    pub fn hosts(&self) -> impl Iterator<Item = &Host> {
        self.here.hosts.iter()
    }

    /// The rows of a host's netstat.
    #[inline] // As `World::checkpoint`.
    pub fn sockets(&self, host: HostId) -> Vec<SocketRow> {
        self.host(host).rows(self.now())
    }

    /// The IPv6 address that a host was given, if any.
    pub fn address6(&self, host: HostId) -> Option<Ipv6> {
        self.host(host).address6()
    }

    /// Whether a host's network interface is up.
    pub fn is_linked(&self, host: HostId) -> bool {
        find(&self.here.hosts, host).is_some_and(Host::is_linked)
    }

    /// A host's firewall.
    pub fn firewall(&self, host: HostId) -> &Firewall {
        self.host(host).firewall()
    }

    /// A host's constants.
    pub fn profile(&self, host: HostId) -> &HostProfile {
        self.host(host).profile()
    }

    /// The local end of a socket; port 0 if it has none yet. `None` if there is no such socket.
    pub fn local(&self, socket: SocketId) -> Option<Endpoint> {
        self.host(self.log.host_of(socket)?).local(socket)
    }

    /// The other end of a connection.
    pub fn peer(&self, socket: SocketId) -> Option<Endpoint> {
        self.host(self.log.host_of(socket)?).peer(socket)
    }

    /// The state of a socket; CLOSED if it is neither listening nor connected, or does not exist.
    pub fn state(&self, socket: SocketId) -> State {
        self.log.host_of(socket).map_or(State::Closed, |host| self.host(host).state(socket))
    }

    /// One-way delay of what `from` sends.
    pub fn delay(&self, from: HostId) -> Duration {
        self.here.wire.delay(from)
    }

    /// Rules by which the network loses packets.
    pub fn losses(&self) -> &[Loss] {
        self.impairments(Impairment::Loss)
    }

    /// Rules by which the network does this to packets.
    pub fn impairments(&self, what: Impairment) -> &[Loss] {
        self.here.wire.rules(what)
    }
}
