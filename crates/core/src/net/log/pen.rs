//! Writing to the log without reading it.

use super::{FactId, Happened, Log};
use crate::Instant;
use crate::net::firewall::{ChainId, OwnChainId, Rule, RuleId};
use crate::net::{Body, Endpoint, Family, HostId, Packet, PacketId, SocketId};
use std::rc::Rc;

/// The writer through which a host writes its facts. It assigns ids, and shows nothing of what the log contains: no
/// decision of a host can rest on the log.
#[derive(Debug)]
pub struct Pen<'a> {
    log: &'a mut Log,
    now: Instant,
    host: HostId,
}

impl<'a> Pen<'a> {
    /// A pen for what `host` does at `now`.
    pub const fn new(log: &'a mut Log, now: Instant, host: HostId) -> Pen<'a> {
        Pen { log, now, host }
    }

    /// Writes a fact, caused by the present cause.
    pub(in crate::net) fn note(&mut self, what: Happened) -> FactId {
        self.log.note(self.now, Some(self.host), what)
    }

    /// Writes a fact that causes all that follow, until another such fact or [`Pen::cause`] changes the cause.
    pub(in crate::net) fn begin(&mut self, what: Happened) {
        self.log.begin(self.now, Some(self.host), what);
    }

    /// Sets the cause of the facts that follow; returns the cause before.
    pub(in crate::net) const fn cause(&mut self, cause: Option<FactId>) -> Option<FactId> {
        self.log.cause(cause)
    }

    /// The cause of the facts that are written now.
    pub(in crate::net) const fn present_cause(&self) -> Option<FactId> {
        self.log.present_cause()
    }

    /// An id for a new socket.
    pub(in crate::net) fn new_socket(&mut self) -> SocketId {
        self.log.new_socket(self.host)
    }

    /// Notes that a socket is about to take its first edge, between these ends.
    pub(in crate::net) fn open(
        &mut self,
        socket: SocketId,
        family: Family,
        ends: (Endpoint, Option<Endpoint>),
        parent: Option<SocketId>,
    ) {
        self.log.open(socket, family, ends, parent);
    }

    /// Stores a packet that the host made for `to`.
    pub(in crate::net) fn packet(
        &mut self,
        to: Option<HostId>,
        (src, dst): (Endpoint, Endpoint),
        body: Body,
        again: u32,
    ) -> Rc<Packet> {
        let id: PacketId = self.log.next_packet();
        self.log.keep(Packet { id, from: self.host, to, src, dst, body, again, made: self.now })
    }

    /// Stores a copy of a packet.
    pub(in crate::net) fn copy(&mut self, packet: &Packet) -> Rc<Packet> {
        self.log.keep(Packet { id: self.log.next_packet(), made: self.now, ..packet.clone() })
    }

    /// An id for a chain that is made or renamed.
    pub(in crate::net) fn new_chain(&mut self, name: &Rc<str>) -> OwnChainId {
        self.log.new_chain(self.host, name)
    }

    /// An id for a rule that is put into a chain.
    pub(in crate::net) fn new_rule(&mut self, chain: ChainId, rule: &Rule) -> RuleId {
        self.log.new_rule(self.host, chain, rule)
    }
}
