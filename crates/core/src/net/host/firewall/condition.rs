//! Conditions that a rule loads by `-m`, besides those of its protocol.

use super::{Network, Seen};
use crate::Instant;
use crate::net::rng::Rng;
use crate::net::{Body, Endpoint, IpAddr, Ipv4};
use std::fmt::Debug;
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

/// Which address of a packet a condition looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// That of its sender.
    Source,
    /// That of its receiver.
    Destination,
}

/// The connections that a host tracks.
pub trait Connections: Debug {
    /// Both ends of the connection to which a packet with these ends belongs, its opener's first.
    fn ends(&self, now: Instant, src: Endpoint, dst: Endpoint) -> (Endpoint, Endpoint);

    /// Whether the connection between these ends is neither in TIME_WAIT nor closed. `None` if it is not tracked.
    fn is_open(&self, now: Instant, ends: (Endpoint, Endpoint)) -> Option<bool>;
}

/// What a condition remembers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Memory {
    /// Count of packets.
    turn: u32,
    /// Time that was saved, for packets to spend, at some moment.
    saved: (Duration, Instant),
    /// Connections that it has seen, each with the network by which it is counted.
    seen: Vec<(Ipv4, (Endpoint, Endpoint))>,
}

/// A condition of a match.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Condition {
    /// `-m state`, `-m conntrack`: one of these, in the order of [`Tracked::ALL`].
    State(StateMatch, Vec<Tracked>),
    /// `-m comment`: holds for every packet.
    Comment(String),
    /// `-m icmp`: a type, of which 255 is any, and a code.
    Icmp(u8, Option<u8>),
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
    /// `-m connlimit`: more open connections than `above` of the network to which one side belongs, this one included.
    Connections {
        /// How many there may be.
        above: u32,
        /// Bits of the address that make the network.
        prefix: u8,
        /// Whose address.
        side: Side,
    },
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
        let Memory { turn, saved, .. } = memory;
        match self {
            Condition::State(_, states) => states.contains(&seen.tracked),
            Condition::Comment(_) => true,
            Condition::Icmp(kind, code) => is_icmp(&seen.packet.body, *kind, *code),
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
            Condition::Connections { above, prefix, side } => memory.count(seen, *prefix, *side) > *above,
        }
    }
}

/// Whether the packet is an ICMP message of this type and code.
fn is_icmp(body: &Body, kind: u8, code: Option<u8>) -> bool {
    let (of, with) = match body {
        Body::Tcp(_) => return false,
        Body::Echo(echo) => (if echo.is_reply { 0 } else { 8 }, 0),
        Body::Icmp { unreachable, .. } => (3, unreachable.code()),
    };
    (kind == 255 || kind == of) && code.is_none_or(|code| code == with)
}

impl Memory {
    /// Enters the connection of a packet, and counts those of its network that are still open. One that the rules then
    /// drop is tracked by nobody, and is forgotten with the next packet.
    fn count(&mut self, seen: &Seen<'_>, prefix: u8, side: Side) -> u32 {
        let (packet, now) = (seen.packet, seen.now);
        let end = match side {
            Side::Source => packet.src,
            Side::Destination => packet.dst,
        };
        let IpAddr::V4(addr) = end.addr else { return 0 };
        let network = Network::new(addr, prefix).addr;
        let ends = seen.connections.ends(now, packet.src, packet.dst);
        // The one that begins is not tracked yet. One that has just been closed counts no more (v330).
        self.seen.retain(|(of, known)| {
            *of != network || *known != ends && seen.connections.is_open(now, *known) == Some(true)
        });
        if seen.connections.is_open(now, ends) != Some(false) {
            self.seen.push((network, ends));
        }
        let number = self.seen.iter().filter(|known| known.0 == network).count();
        u32::try_from(number).unwrap_or(u32::MAX)
    }
}
