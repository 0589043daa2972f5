//! The wire: how long it takes, what it loses and what it delivers twice.

use super::{Errno, HostId, LossId, LossRule, Packet, PayloadMatch};
use crate::millis;
use crate::tcp::Flags;
use std::time::Duration;

/// A rule by which the network loses or duplicates, and what it took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// Its name.
    pub id: LossId,
    /// What it takes, and how many more.
    pub rule: LossRule,
    /// How many packets it took.
    pub taken: u64,
}

/// The network between the hosts.
#[derive(Clone, Debug)]
pub(super) struct Wire {
    delays: [Duration; 3],
    pub(super) losses: Vec<Loss>,
    pub(super) duplications: Vec<Loss>,
}

impl Wire {
    /// 5 ms each way, nothing lost.
    pub(super) const fn new() -> Wire {
        Wire { delays: [millis(5); 3], losses: Vec::new(), duplications: Vec::new() }
    }

    pub(super) const fn delay(&self, from: HostId) -> Duration {
        self.delays[from as usize]
    }

    pub(super) const fn set_delay(&mut self, from: HostId, delay: Duration) {
        self.delays[from as usize] = delay;
    }

    /// The network loses this packet; the rule that says so is used up by one.
    pub(super) fn loses(&mut self, packet: &Packet) -> Option<LossId> {
        use_up(&mut self.losses, packet)
    }

    /// Takes back the rule that takes the same segments, however many it has left.
    pub(super) fn stop_losing(&mut self, rule: &LossRule) -> Result<LossId, Errno> {
        let same = |other: &Loss| {
            let other = &other.rule;
            (other.from, other.flags, other.payload) == (rule.from, rule.flags, rule.payload)
        };
        let at = self.losses.iter().position(same).ok_or(Errno::Invalid)?;
        Ok(self.losses.remove(at).id)
    }

    /// The network delivers this packet twice.
    pub(super) fn duplicates(&mut self, packet: &Packet) -> bool {
        use_up(&mut self.duplications, packet).is_some()
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
