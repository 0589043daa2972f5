//! Conditions that a rule loads by `-m`, besides those of its protocol.

use crate::net::Packet;
use crate::net::rng::Rng;

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
    /// `-m statistic --mode random`: with this probability, in parts of 2³¹.
    Random(u32),
}

impl Condition {
    /// Where the count of packets begins that the condition keeps.
    pub(super) const fn beginning(&self) -> u32 {
        match self {
            Condition::Nth { every, packet } => every.saturating_sub(1).saturating_sub(*packet),
            _ => 0,
        }
    }

    /// Whether the packet meets it. `turn` is the count that it keeps.
    pub(super) fn fits(&self, packet: &Packet, tracked: Tracked, turn: &mut u32, chance: &mut Rng) -> bool {
        match self {
            Condition::State(_, states) => states.contains(&tracked),
            Condition::Comment(_) => true,
            Condition::Length(first, last) => {
                (u32::from(*first)..=u32::from(*last)).contains(&packet.ip_octets())
            }
            Condition::Nth { every, .. } => {
                *turn = if *turn >= every.saturating_sub(1) { 0 } else { *turn + 1 };
                *turn == 0
            }
            Condition::Random(probability) => chance.next() >> 1 < *probability,
        }
    }
}
