//! The wire: how long it takes, what it loses and what it delivers twice.

use super::log::Log;
use super::queue::{Event, Queue};
use super::{
    Command, Errno, FactId, Happened, HostId, LossId, LossRule, NetworkChange, Packet, PacketId, PayloadMatch,
};
use crate::tcp::Flags;
use crate::{Instant, millis};
use std::collections::BTreeMap;
use std::time::Duration;

/// How long the wire takes one way, where nothing else is said.
const DELAY: Duration = millis(5);

/// A rule by which the network loses or duplicates, and what it took.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Loss {
    /// Its name.
    pub id: LossId,
    /// What it takes, and how many more.
    pub rule: LossRule,
    /// How many packets it took.
    pub taken: u64,
}

/// The network between the hosts.
#[derive(Clone, Debug, Hash)]
pub(super) struct Wire {
    /// By sender, where it is not [`DELAY`].
    delays: BTreeMap<HostId, Duration>,
    losses: Vec<Loss>,
    duplications: Vec<Loss>,
}

/// What a packet on its way needs of the world: the time, the log, and the queue of what is due.
pub(super) struct Road<'a> {
    pub(super) now: Instant,
    pub(super) log: &'a mut Log,
    pub(super) queue: &'a mut Queue,
}

impl Road<'_> {
    /// The packet is on its way and will arrive.
    pub(super) fn fly(&mut self, packet: PacketId, to: HostId, delay: Duration) {
        let cause = self.depart(packet, delay);
        self.queue.plan(self.now + delay, Event::Arrival { host: to, packet, cause });
    }

    fn depart(&mut self, packet: PacketId, delay: Duration) -> FactId {
        self.log.note(self.now, None, Happened::Departed { packet, arrives: self.now + delay })
    }
}

impl Wire {
    /// 5 ms each way, nothing lost.
    pub(super) const fn new() -> Wire {
        Wire { delays: BTreeMap::new(), losses: Vec::new(), duplications: Vec::new() }
    }

    /// How long what `from` sends takes, one way.
    pub(super) fn delay(&self, from: HostId) -> Duration {
        self.delays.get(&from).copied().unwrap_or(DELAY)
    }

    /// What it loses.
    pub(super) fn losses(&self) -> &[Loss] {
        &self.losses
    }

    /// What it delivers twice.
    pub(super) fn duplications(&self) -> &[Loss] {
        &self.duplications
    }

    /// A packet leaves its host for another: it is lost half-way, or arrives, perhaps twice.
    pub(super) fn transmit(&mut self, road: &mut Road<'_>, packet: &Packet, to: HostId) {
        let delay = self.delay(packet.from);
        let id = packet.id;
        if let Some(rule) = use_up(&mut self.losses, packet) {
            let cause = road.depart(id, delay);
            road.queue.plan(road.now + delay / 2, Event::Loss { packet: id, rule, cause });
            return;
        }
        road.fly(id, to, delay);
        if use_up(&mut self.duplications, packet).is_some() {
            let copy = Packet { id: road.log.next_packet(), made: road.now, ..packet.clone() };
            let copy = road.log.keep(copy).id;
            road.log.note(road.now, None, Happened::Duplicated { packet: id, copy });
            // A little after the original, so that the eye can tell them apart.
            road.fly(copy, to, delay + delay / 4);
        }
    }

    /// Does what is asked of the network, and says what changed.
    pub(super) fn instruct(&mut self, log: &mut Log, command: Command) -> Result<NetworkChange, Errno> {
        Ok(match command {
            Command::SetDelay { from, delay } => {
                self.delays.insert(from, delay);
                NetworkChange::Delay { from, delay }
            }
            Command::Lose(rule) => {
                let id = log.new_loss(&rule);
                self.losses.push(Loss { id, rule, taken: 0 });
                NetworkChange::Loses(id)
            }
            Command::StopLosing(rule) => NetworkChange::StopsLosing(self.stop_losing(&rule)?),
            Command::Duplicate(rule) => {
                let id = log.new_loss(&rule);
                self.duplications.push(Loss { id, rule, taken: 0 });
                NetworkChange::Duplicates(id)
            }
            Command::ClearNetwork => {
                self.losses.clear();
                self.duplications.clear();
                NetworkChange::Cleared
            }
            _ => return Err(Errno::Invalid),
        })
    }

    /// Takes back the rule that takes the same segments, however many it has left.
    fn stop_losing(&mut self, rule: &LossRule) -> Result<LossId, Errno> {
        let same = |other: &Loss| {
            let other = &other.rule;
            (other.from, other.flags, other.payload) == (rule.from, rule.flags, rule.payload)
        };
        let at = self.losses.iter().position(same).ok_or(Errno::Invalid)?;
        Ok(self.losses.remove(at).id)
    }
}

fn use_up(rules: &mut Vec<Loss>, packet: &Packet) -> Option<LossId> {
    let at = rules.iter().position(|loss| fits(&loss.rule, packet))?;
    let Loss { id, rule, taken } = rules.get_mut(at)?;
    let id = *id;
    *taken += 1;
    if let Some(left) = &mut rule.left {
        *left = left.saturating_sub(1);
    }
    if rule.left == Some(0) {
        rules.remove(at);
    }
    Some(id)
}

fn fits(rule: &LossRule, packet: &Packet) -> bool {
    let Some(segment) = packet.segment() else { return false };
    let looked_at = Flags::SYN | Flags::ACK | Flags::FIN | Flags::RST;
    rule.from == packet.from
        && rule.flags.is_none_or(|flags| segment.flags.and(looked_at) == flags)
        && match rule.payload {
            PayloadMatch::Any => true,
            PayloadMatch::Empty => segment.payload.is_empty(),
            PayloadMatch::Data => !segment.payload.is_empty(),
        }
}
