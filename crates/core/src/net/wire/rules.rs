//! By which rules the network loses, duplicates and reorders.

use crate::net::rng::{Rng, mix};
use crate::net::{Body, HostId, Impairment, LossId, LossRule, Packet, PayloadMatch, Takes};
use crate::tcp::Flags;

/// A rule by which the network loses, duplicates or reorders, and what it took.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Loss {
    /// Its id.
    pub id: LossId,
    /// The segments that it takes, and how many more.
    pub rule: LossRule,
    /// How many packets it has taken.
    pub taken: u64,
}

/// All rules, and what is drawn for those that take a share.
///
/// Each direction has a stream of numbers of its own for each impairment: what else is sent, the other way or under
/// another impairment's rule, does not change which segments are taken.
#[derive(Clone, Debug, Hash)]
pub(super) struct Rules {
    seed: u64,
    /// By impairment.
    rules: [Vec<Loss>; 3],
    /// The streams from which something was drawn.
    streams: Vec<((Impairment, HostId), Rng)>,
}

impl Rules {
    pub(super) const fn new(seed: u64) -> Rules {
        Rules { seed, rules: [const { Vec::new() }; 3], streams: Vec::new() }
    }

    pub(super) fn of(&self, what: Impairment) -> &[Loss] {
        &self.rules[what as usize]
    }

    pub(super) fn add(&mut self, what: Impairment, loss: Loss) {
        if is_share(&loss.rule) {
            self.rules[what as usize]
                .retain(|other| !is_share(&other.rule) || !same(&other.rule, &loss.rule));
        }
        self.rules[what as usize].push(loss);
    }

    /// Removes the rule that takes the same segments: one for a share if that is wanted, and else such a one last.
    pub(super) fn remove(&mut self, what: Impairment, rule: &LossRule) -> Option<LossId> {
        let rules = &mut self.rules[what as usize];
        let first = |share| rules.iter().position(|it| same(&it.rule, rule) && is_share(&it.rule) == share);
        let at = if is_share(rule) { first(true) } else { first(false).or_else(|| first(true)) }?;
        Some(rules.remove(at).id)
    }

    pub(super) fn clear(&mut self) {
        self.rules.iter_mut().for_each(Vec::clear);
    }

    /// The first rule that takes this packet. It takes one less from now on.
    pub(super) fn take(&mut self, what: Impairment, packet: &Packet) -> Option<LossId> {
        let Rules { seed, rules, streams } = self;
        let rules = &mut rules[what as usize];
        let at = rules.iter().position(|loss| {
            fits(&loss.rule, packet)
                && match loss.rule.takes {
                    Takes::Share(share) => share.has(draw(streams, *seed, (what, packet.from))),
                    Takes::All | Takes::Next(_) => true,
                }
        })?;
        let loss = rules.get_mut(at)?;
        let id = loss.id;
        loss.taken += 1;
        if let Takes::Next(left) = &mut loss.rule.takes {
            *left = left.saturating_sub(1);
            if *left == 0 {
                rules.remove(at);
            }
        }
        Some(id)
    }
}

/// The next number of a stream, which begins where nothing was drawn yet.
fn draw(streams: &mut Vec<((Impairment, HostId), Rng)>, seed: u64, stream: (Impairment, HostId)) -> u32 {
    let at = streams.iter().position(|(it, _)| *it == stream).unwrap_or_else(|| {
        let number = u64::from(stream.1.number()) << 2 | stream.0 as u64;
        streams.push((stream, Rng::new(mix(seed ^ mix(number + 1)))));
        streams.len() - 1
    });
    streams[at].1.next()
}

const fn is_share(rule: &LossRule) -> bool {
    matches!(rule.takes, Takes::Share(_))
}

fn same(one: &LossRule, other: &LossRule) -> bool {
    (one.from, one.flags, one.payload) == (other.from, other.flags, other.payload)
}

fn fits(rule: &LossRule, packet: &Packet) -> bool {
    if let Body::Echo(_) = packet.body {
        // It has no flags, and is among what is meant by any.
        return rule.from == packet.from && rule.flags.is_none() && rule.payload == PayloadMatch::Any;
    }
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
