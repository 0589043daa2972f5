//! The log: everything that happened, each fact with its cause, and the queries about it.
//!
//! It only grows, and nothing in it is overwritten: the end of a packet's way, the end of a socket and the last edge
//! are ids of facts. A moment of the past is therefore a *length*. After [`Log::restore`] the log reads as it did then:
//! every query is answered from the facts before that place and from no others. The later facts are kept, because
//! whoever plays the same again writes the same facts again; [`Log::fork`] drops them.

mod chunks;
mod fact;
mod kept;
mod packets;
mod passage;
mod pen;
mod sockets;

use super::firewall::{ChainId, OwnChainId, Rule, RuleId};
use super::{Endpoint, HostId, LossId, LossRule, PacketId, SocketId};
use crate::Instant;
use chunks::Chunks;
pub use fact::{CallName, ChainChange, Fact, FactId, Happened, NetworkChange, Place};
use kept::{Kept, Link};
use passage::PacketEntry;
pub use passage::{Fate, Leg, Passage, Way};
pub use pen::Pen;
pub use sockets::SocketEntry;
use sockets::StoredSocket;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

/// Everything that ever happened, up to now.
#[derive(Clone, Debug)]
pub struct Log {
    facts: Chunks<Kept>,
    /// Facts of rare kinds, stored whole.
    rare: Vec<Happened>,
    packets: Chunks<PacketEntry>,
    /// The packets that went out on the wire, in order of departure.
    departures: Chunks<PacketId>,
    /// The first packets of connections: those that carry SYN and no ACK.
    opens: Vec<PacketId>,
    /// Sockets by id, which counts from 1.
    sockets: Chunks<StoredSocket>,
    /// The newest socket between two ends, by the two ends in sorted order.
    newest_socket: BTreeMap<(Endpoint, Endpoint), SocketId>,
    /// The newest packet between two ends, likewise.
    newest_packet: BTreeMap<(Endpoint, Endpoint), PacketId>,
    rules: Vec<(HostId, ChainId, Rule)>,
    chains: Vec<(HostId, Rc<str>)>,
    losses: Vec<LossRule>,
    here: Mark,
}

/// The length of the log at some moment, and the counts up to there.
#[derive(Clone, Debug, Default)]
pub(super) struct Mark {
    facts: usize,
    packets: usize,
    departures: usize,
    sockets: usize,
    rules: usize,
    chains: usize,
    losses: usize,
    /// The cause of the facts that are written now.
    cause: Option<FactId>,
    /// Packets that have departed and not come to an end, by id. Most come to an end in the order of departure.
    in_flight: VecDeque<PacketId>,
    stopped: u64,
    lost: u64,
}

impl Mark {
    /// Enters a packet that departed, which is nearly always the newest.
    fn departs(&mut self, packet: PacketId) {
        if self.in_flight.back().is_none_or(|last| *last < packet) {
            self.in_flight.push_back(packet);
        } else if let Err(place) = self.in_flight.binary_search(&packet) {
            self.in_flight.insert(place, packet);
        }
    }

    /// Removes a packet that came to its end, which is nearly always the oldest.
    fn ends(&mut self, packet: PacketId) {
        if self.in_flight.front() == Some(&packet) {
            self.in_flight.pop_front();
        } else if let Ok(place) = self.in_flight.binary_search(&packet) {
            self.in_flight.remove(place);
        }
    }
}

/// Enters the newest id between two ends, if there is any.
fn set_newest<T>(all: &mut BTreeMap<(Endpoint, Endpoint), T>, ends: (Endpoint, Endpoint), newest: Option<T>) {
    match newest {
        Some(newest) => _ = all.insert(ends, newest),
        None => _ = all.remove(&ends),
    }
}

impl Default for Log {
    fn default() -> Log {
        Log::new()
    }
}

/// Two ends in sorted order, so that both directions have the same key.
fn pair(one: Endpoint, other: Endpoint) -> (Endpoint, Endpoint) {
    (one.min(other), one.max(other))
}

impl Log {
    /// A log in which nothing has happened.
    pub const fn new() -> Log {
        Log {
            facts: Chunks::new(),
            rare: Vec::new(),
            packets: Chunks::new(),
            departures: Chunks::new(),
            opens: Vec::new(),
            sockets: Chunks::new(),
            newest_socket: BTreeMap::new(),
            newest_packet: BTreeMap::new(),
            rules: Vec::new(),
            chains: Vec::new(),
            losses: Vec::new(),
            here: Mark {
                facts: 0,
                packets: 0,
                departures: 0,
                sockets: 0,
                rules: 0,
                chains: 0,
                losses: 0,
                cause: None,
                in_flight: VecDeque::new(),
                stopped: 0,
                lost: 0,
            },
        }
    }

    /// All facts, oldest first. Reading from the end costs no more than reading from the beginning.
    pub fn facts(&self) -> impl DoubleEndedIterator<Item = Fact> + ExactSizeIterator + Clone + '_ {
        (0..self.here.facts).map(|at| self.read(at))
    }

    /// Number of facts, which is the id of the next one.
    pub const fn len(&self) -> usize {
        self.here.facts
    }

    /// Whether nothing has happened.
    pub const fn is_empty(&self) -> bool {
        self.here.facts == 0
    }

    /// The facts from `id` on, oldest first.
    pub fn since(&self, id: FactId) -> impl DoubleEndedIterator<Item = Fact> + Clone + '_ {
        (id.0 as usize..self.here.facts).map(|at| self.read(at))
    }

    /// The fact with this id, if it has happened by now.
    pub fn fact(&self, id: FactId) -> Option<Fact> {
        self.has(id).then(|| self.read(id.0 as usize))
    }

    /// When a fact happened, if it has happened by now.
    pub fn at(&self, id: FactId) -> Option<Instant> {
        self.facts.get(id.0 as usize).filter(|_| self.has(id)).map(Kept::at)
    }

    /// The fact and the causes that lead to it, newest first.
    pub fn chain(&self, id: FactId) -> impl Iterator<Item = Fact> + '_ {
        std::iter::successors(self.fact(id), |fact| fact.cause.and_then(|cause| self.fact(cause)))
    }

    /// A rule that was ever in a firewall, with its host and chain.
    pub fn rule(&self, id: RuleId) -> Option<&(HostId, ChainId, Rule)> {
        let at = id.0 as usize;
        self.rules.get(at).filter(|_| at < self.here.rules)
    }

    /// The name of a chain that was ever made, as it was made or renamed.
    pub fn chain_name(&self, id: OwnChainId) -> Option<&Rc<str>> {
        let at = id.0 as usize;
        self.chains.get(at).filter(|_| at < self.here.chains).map(|(_, name)| name)
    }

    /// A rule by which the network ever lost or duplicated.
    pub fn loss(&self, id: LossId) -> Option<&LossRule> {
        let at = id.0 as usize;
        self.losses.get(at).filter(|_| at < self.here.losses)
    }

    /// Number of packets that were stopped: dropped or rejected at a host, or lost by the network.
    pub const fn stopped(&self) -> u64 {
        self.here.stopped
    }

    /// Number of packets that the network lost; these are also counted as stopped.
    pub const fn lost(&self) -> u64 {
        self.here.lost
    }

    /// Octets of memory that the facts up to now take, without payload, approximately.
    pub(super) const fn weight(&self) -> u64 {
        const FACT: u64 = size_of::<Kept>() as u64;
        const PACKET: u64 = size_of::<PacketEntry>() as u64 + 16;
        const SOCKET: u64 = 512;
        let Mark { facts, packets, sockets, .. } = self.here;
        FACT * facts as u64 + PACKET * packets as u64 + SOCKET * sockets as u64
    }

    fn has(&self, id: FactId) -> bool {
        (id.0 as usize) < self.here.facts
    }

    /// The fact that `link` leads to, if it has happened by now.
    fn happened(&self, link: Link) -> Option<FactId> {
        link.id().filter(|id| self.has(*id))
    }

    fn read(&self, at: usize) -> Fact {
        let id = FactId(u32::try_from(at).unwrap_or(u32::MAX));
        self.facts.get(at).expect("the log has every fact before its length").fact(id, &self.rare)
    }
}

/// Writing to the log. A host writes through a [`Pen`], and can do none of the above.
impl Log {
    /// Writes a fact, caused by the present cause.
    pub(super) fn note(&mut self, at: Instant, host: Option<HostId>, what: Happened) -> FactId {
        let id = FactId(u32::try_from(self.here.facts).unwrap_or(u32::MAX));
        let fact = Fact { id, at, host, cause: self.here.cause, what };
        self.count(&fact.what);
        if !self.is_known(&fact) {
            self.append(&fact);
        }
        self.here.facts += 1;
        id
    }

    /// Writes a fact that causes all that follow, until another such fact or [`Log::cause`] changes the cause.
    pub(super) fn begin(&mut self, at: Instant, host: Option<HostId>, what: Happened) {
        self.here.cause = Some(self.note(at, host, what));
    }

    /// Sets the cause of the facts that follow; returns the cause before.
    pub(super) const fn cause(&mut self, cause: Option<FactId>) -> Option<FactId> {
        std::mem::replace(&mut self.here.cause, cause)
    }

    /// The cause of the facts that are written now.
    pub(super) const fn present_cause(&self) -> Option<FactId> {
        self.here.cause
    }

    /// An id for a rule that is put into a chain.
    pub(super) fn new_rule(&mut self, host: HostId, chain: ChainId, rule: &Rule) -> RuleId {
        let at = self.here.rules;
        let known = |(h, c, r): &(HostId, ChainId, Rule)| (*h, *c) == (host, chain) && r == rule;
        if !self.rules.get(at).is_some_and(known) {
            self.fork();
            self.rules.push((host, chain, rule.clone()));
        }
        self.here.rules += 1;
        RuleId(u32::try_from(at).unwrap_or(u32::MAX))
    }

    /// An id for a chain that is made or renamed.
    pub(super) fn new_chain(&mut self, host: HostId, name: &Rc<str>) -> OwnChainId {
        let at = self.here.chains;
        if self.chains.get(at).is_none_or(|known| *known != (host, Rc::clone(name))) {
            self.fork();
            self.chains.push((host, Rc::clone(name)));
        }
        self.here.chains += 1;
        OwnChainId(u32::try_from(at).unwrap_or(u32::MAX))
    }

    /// An id for a rule by which the network loses or duplicates.
    pub(super) fn new_loss(&mut self, rule: &LossRule) -> LossId {
        let at = self.here.losses;
        if self.losses.get(at) != Some(rule) {
            self.fork();
            self.losses.push(*rule);
        }
        self.here.losses += 1;
        LossId(u32::try_from(at).unwrap_or(u32::MAX))
    }

    /// The present length of the log.
    pub(super) fn mark(&self) -> Mark {
        self.here.clone()
    }

    /// Makes the log read as it did when the mark was taken.
    pub(super) fn restore(&mut self, mark: &Mark) {
        self.here.clone_from(mark);
    }

    /// Drops the facts after the present place.
    pub(super) fn fork(&mut self) {
        if self.is_at_its_end() {
            return;
        }
        while self.facts.len() > self.here.facts {
            let id = self.facts.len() - 1;
            let fact = self.read(id);
            if let Some(kept) = self.facts.pop() {
                self.unlink(&fact, kept.before);
                if let Some(place) = kept.rare() {
                    self.rare.truncate(place as usize);
                }
            }
        }
        while self.packets.len() > self.here.packets {
            self.drop_packet();
        }
        while self.sockets.len() > self.here.sockets {
            self.sockets.pop();
        }
        self.rules.truncate(self.here.rules);
        self.chains.truncate(self.here.chains);
        self.losses.truncate(self.here.losses);
    }

    /// Whether there are no facts after the present place.
    fn is_at_its_end(&self) -> bool {
        let Mark { facts, packets, sockets, rules, chains, losses, .. } = self.here;
        (self.facts.len(), self.packets.len(), self.sockets.len()) == (facts, packets, sockets)
            && (self.rules.len(), self.chains.len(), self.losses.len()) == (rules, chains, losses)
    }

    /// Whether this very fact was written here before the log was restored. A different fact in its place makes a fork.
    fn is_known(&mut self, fact: &Fact) -> bool {
        let at = self.here.facts;
        if at == self.facts.len() {
            return false;
        }
        let known = self.read(at) == *fact;
        if !known {
            self.fork();
        }
        known
    }

    fn append(&mut self, fact: &Fact) {
        let before = match fact.what.socket() {
            Some(socket) => self.link_socket(socket, fact),
            None => self.link_packet(fact),
        };
        self.link_end(fact);
        self.facts.push(Kept::new(fact, before, &mut self.rare));
    }

    /// Removes a dropped fact from the entries that refer to it. `before` is the previous fact in its chain.
    fn unlink(&mut self, fact: &Fact, before: Link) {
        if let Some(socket) = fact.what.socket() {
            self.unlink_socket(socket, fact, before);
        }
        self.unlink_packet(fact, before);
    }

    fn count(&mut self, what: &Happened) {
        let lost = matches!(what, Happened::Lost { .. });
        let stopped = lost || matches!(what, Happened::Dropped { .. } | Happened::Rejected { .. });
        self.here.lost += u64::from(lost);
        self.here.stopped += u64::from(stopped);
        if let Happened::Departed { packet, .. } = what {
            self.here.departs(*packet);
            self.here.departures += usize::from(self.goes_out(*packet));
        } else if let Some(packet) = what.ended() {
            self.here.ends(packet);
        }
    }
}

#[cfg(test)]
mod tests;
