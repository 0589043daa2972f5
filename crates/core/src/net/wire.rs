//! The wire: how long it takes, what it loses and what it delivers twice.

use super::{Errno, HostId, LossRule, Packet, PayloadMatch};
use crate::millis;
use crate::tcp::Flags;
use std::time::Duration;

/// The network between the hosts.
#[derive(Clone, Debug)]
pub(super) struct Wire {
    delays: [Duration; 3],
    pub(super) losses: Vec<LossRule>,
    pub(super) duplications: Vec<LossRule>,
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
    pub(super) fn loses(&mut self, packet: &Packet) -> bool {
        use_up(&mut self.losses, packet)
    }

    /// Takes back the rule that takes the same segments, however many it has left.
    pub(super) fn stop_losing(&mut self, rule: &LossRule) -> Result<(), Errno> {
        let same = |other: &LossRule| {
            (other.from, other.flags, other.payload) == (rule.from, rule.flags, rule.payload)
        };
        let at = self.losses.iter().position(same).ok_or(Errno::Invalid)?;
        self.losses.remove(at);
        Ok(())
    }

    /// The network delivers this packet twice.
    pub(super) fn duplicates(&mut self, packet: &Packet) -> bool {
        use_up(&mut self.duplications, packet)
    }
}

fn use_up(rules: &mut Vec<LossRule>, packet: &Packet) -> bool {
    let Some(at) = rules.iter().position(|rule| fits(rule, packet)) else { return false };
    let used_up = rules.get_mut(at).is_some_and(|rule| match &mut rule.left {
        Some(left) => {
            *left = left.saturating_sub(1);
            *left == 0
        }
        None => false,
    });
    if used_up {
        rules.remove(at);
    }
    true
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
