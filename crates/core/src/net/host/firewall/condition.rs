//! Conditions that a rule loads by `-m`, besides those of its protocol.

use super::Seen;
use crate::Instant;
use crate::net::rng::Rng;
use std::time::Duration;

/// What a packet is to the connections that the host has tracked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tracked {
    /// It belongs to none that can be followed.
    Invalid,
    /// It begins one, or none has been answered yet.
    New,
    /// It belongs to another connection, as an ICMP error does.
    Related,
    /// Packets have gone both ways.
    Established,
    /// No rule asked for it to be tracked.
    Untracked,
    /// Its source address was translated, which happens to none here.
    Snat,
    /// Its destination address was translated, which happens to none here.
    Dnat,
}

impl Tracked {
    /// All, in the order of a listing.
    pub const ALL: [Tracked; 7] = [
        Tracked::Invalid,
        Tracked::New,
        Tracked::Related,
        Tracked::Established,
        Tracked::Untracked,
        Tracked::Snat,
        Tracked::Dnat,
    ];

    /// The name that iptables prints.
    pub const fn name(self) -> &'static str {
        match self {
            Tracked::Invalid => "INVALID",
            Tracked::New => "NEW",
            Tracked::Related => "RELATED",
            Tracked::Established => "ESTABLISHED",
            Tracked::Untracked => "UNTRACKED",
            Tracked::Snat => "SNAT",
            Tracked::Dnat => "DNAT",
        }
    }
}

/// Which match names the states of connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StateMatch {
    /// `-m state --state`
    State,
    /// `-m conntrack --ctstate`
    Conntrack,
}

/// How many packets in which time, and how many at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rate {
    /// Packets in each `unit`; at least 1.
    pub packets: u32,
    /// A second, a minute, an hour or a day.
    pub unit: Duration,
    /// Packets that may come at once after a pause.
    pub burst: u32,
}

impl Rate {
    /// Time in which one more packet is allowed.
    fn cost(self) -> Duration {
        self.unit / self.packets.max(1)
    }
}

/// What a condition remembers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Memory {
    /// Count of packets.
    turn: u32,
    /// Time that was saved, for packets to spend, at some moment.
    saved: (Duration, Instant),
}

/// A condition of a match.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Condition {
    /// `-m state`, `-m conntrack`: one of these, in the order of [`Tracked::ALL`].
    State(StateMatch, Vec<Tracked>),
    /// `-m comment`: holds for every packet.
    Comment(String),
    /// `-m length`: octets of the packet with its IP header, first and last.
    Length(u16, u16),
    /// `-m statistic --mode nth`: of as many packets as `every`, the one with the number `packet`, from 0.
    Nth {
        /// How many make a round; at least 1.
        every: u32,
        /// Which of them.
        packet: u32,
    },
    /// `-m limit`: no more packets than that on the average.
    Limit(Rate),
    /// `-m statistic --mode random`: with this probability, in parts of 2³¹.
    Random(u32),
}

impl Condition {
    /// What it remembers at the beginning.
    pub(super) fn beginning(&self) -> Memory {
        match self {
            Condition::Nth { every, packet } => {
                Memory { turn: every.saturating_sub(1).saturating_sub(*packet), ..Memory::default() }
            }
            Condition::Limit(rate) => Memory {
                saved: (rate.cost().saturating_mul(rate.burst), Instant::START),
                ..Memory::default()
            },
            _ => Memory::default(),
        }
    }

    /// Whether the packet meets it.
    pub(super) fn fits(&self, seen: &Seen<'_>, memory: &mut Memory, chance: &mut Rng) -> bool {
        let Memory { turn, saved } = memory;
        match self {
            Condition::State(_, states) => states.contains(&seen.tracked),
            Condition::Comment(_) => true,
            Condition::Length(first, last) => {
                (u32::from(*first)..=u32::from(*last)).contains(&seen.packet.ip_octets())
            }
            Condition::Nth { every, .. } => {
                *turn = if *turn >= every.saturating_sub(1) { 0 } else { *turn + 1 };
                *turn == 0
            }
            Condition::Limit(rate) => {
                let most = rate.cost().saturating_mul(rate.burst);
                let now = saved.0.saturating_add(seen.now.since(saved.1)).min(most);
                let rest = now.checked_sub(rate.cost());
                *saved = (rest.unwrap_or(now), seen.now);
                rest.is_some()
            }
            Condition::Random(probability) => chance.next() >> 1 < *probability,
        }
    }
}
