//! A host's firewall: chains of rules, as `iptables` shows them.

mod condition;
mod parts;

use crate::Instant;
use crate::net::rng::Rng;
use crate::net::{Body, Endpoint, Packet, Unreachable};
use condition::Memory;
pub use condition::{Condition, Rate, StateMatch, Tracked};
pub use parts::{FlagsMatch, Match, Network, Protocol};

/// The chains of the `filter` table. Nothing passes FORWARD here, because the hosts do not route for others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChainName {
    /// Packets that arrive for this host.
    Input,
    /// Packets that pass through.
    Forward,
    /// Packets that this host sends.
    Output,
}

impl ChainName {
    /// All chains in the order of a listing.
    pub const ALL: [ChainName; 3] = [ChainName::Input, ChainName::Forward, ChainName::Output];

    /// The name that iptables prints.
    pub const fn name(self) -> &'static str {
        match self {
            ChainName::Input => "INPUT",
            ChainName::Forward => "FORWARD",
            ChainName::Output => "OUTPUT",
        }
    }
}

/// What happens to a packet that no rule matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Policy {
    /// It passes.
    Accept,
    /// It is dropped.
    Drop,
}

/// How the sender of a rejected packet is notified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RejectWith {
    /// By an ICMP error.
    Icmp(Unreachable),
    /// By a RST.
    TcpReset,
}

/// What a rule does with a packet that matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// It passes.
    Accept,
    /// It is dropped, and nobody is notified.
    Drop,
    /// It is dropped, and its sender is notified.
    Reject(RejectWith),
    /// It is logged, and the next rule decides.
    Log,
    /// It passes the rest of the chain: the policy decides.
    Return,
    /// It is only counted: the rule has no target.
    Count,
}

/// Identifies a rule of a firewall. It stays the same when rules before it come and go, and is never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub u32);

/// A rule and the number that it had in its chain at some moment, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleAt {
    /// The rule.
    pub id: RuleId,
    /// The number that it had then.
    pub number: usize,
}

/// A rule in a chain.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Filed {
    /// Its id.
    pub id: RuleId,
    /// The rule itself.
    pub rule: Rule,
    /// Packets and octets that it matched.
    pub counter: Counter,
    /// What each of its conditions remembers.
    memories: Vec<Memory>,
}

impl Filed {
    /// A rule that has matched nothing yet.
    pub fn new(id: RuleId, rule: Rule) -> Filed {
        let mut filed = Filed { id, rule, counter: Counter::default(), memories: Vec::new() };
        filed.zero();
        filed
    }

    /// `iptables -Z`, which also makes the conditions forget: the kernel replaces the rule.
    pub fn zero(&mut self) {
        self.counter = Counter::default();
        self.memories = self.rule.conditions.iter().map(|condition| condition.value.beginning()).collect();
    }

    /// Whether the packet meets all conditions, in the order in which the rule names them.
    fn fits(&mut self, seen: &Seen<'_>, chance: &mut Rng) -> bool {
        let Filed { rule, memories, .. } = self;
        let first = rule.conditions_first;
        let mut met = |from: usize, to: usize| {
            let conditions = rule.conditions.iter().zip(memories.iter_mut()).take(to).skip(from);
            conditions
                .into_iter()
                .all(|(condition, memory)| condition.holds(|it| it.fits(seen, memory, chance)))
        };
        rule.fits_header(seen) && met(0, first) && rule.fits_protocol(seen.packet) && met(first, usize::MAX)
    }
}

/// A packet on its way through a chain.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// The chain.
    pub chain: ChainName,
    /// The interface by which it comes in (INPUT) or goes out (OUTPUT).
    pub interface: &'a str,
    /// The packet.
    pub packet: &'a Packet,
    /// What it is to the connections that the host tracks.
    pub tracked: Tracked,
    /// The moment.
    pub now: Instant,
}

/// The conditions of a rule, and what it does.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rule {
    /// `-p`
    pub protocol: Match<Protocol>,
    /// `-s`
    pub source: Option<Match<Network>>,
    /// `-d`
    pub destination: Option<Match<Network>>,
    /// `-i`
    pub in_interface: Option<Match<String>>,
    /// `-o`
    pub out_interface: Option<Match<String>>,
    /// `--sport`, first and last
    pub source_port: Option<Match<(u16, u16)>>,
    /// `--dport`, first and last
    pub destination_port: Option<Match<(u16, u16)>>,
    /// `-m multiport --sports`
    pub source_ports: Option<Match<Vec<(u16, u16)>>>,
    /// `-m multiport --dports`
    pub destination_ports: Option<Match<Vec<(u16, u16)>>>,
    /// `--tcp-flags`
    pub flags: Option<Match<FlagsMatch>>,
    /// What `-m` loads besides, in the order of the line.
    pub conditions: Vec<Match<Condition>>,
    /// How many of these were named before the protocol's own conditions.
    pub conditions_first: usize,
    /// Whether multiport was named before the protocol's own conditions. Listings keep the order of matches.
    pub multiport_first: bool,
    /// `-j`
    pub target: Target,
}

impl Rule {
    /// A rule that matches every packet.
    pub const fn any(target: Target) -> Rule {
        Rule {
            protocol: Match::is(Protocol::ALL),
            source: None,
            destination: None,
            in_interface: None,
            out_interface: None,
            source_port: None,
            destination_port: None,
            source_ports: None,
            destination_ports: None,
            flags: None,
            conditions: Vec::new(),
            conditions_first: 0,
            multiport_first: false,
            target,
        }
    }

    /// Whether it has conditions of the protocol's own match: one port or a range, or flags.
    pub const fn has_own_match(&self) -> bool {
        self.source_port.is_some() || self.destination_port.is_some() || self.flags.is_some()
    }

    /// Whether it asks for the states of connections.
    fn asks_for_states(&self) -> bool {
        self.conditions.iter().any(|condition| matches!(condition.value, Condition::State(..)))
    }

    /// Whether the packet meets what is said of its IP header and its way.
    fn fits_header(&self, seen: &Seen<'_>) -> bool {
        let Seen { chain, interface, packet, .. } = seen;
        let (incoming, outgoing) = match chain {
            ChainName::Output => ("", *interface),
            ChainName::Input | ChainName::Forward => (*interface, ""),
        };
        let protocol = match &packet.body {
            Body::Tcp(_) => Protocol::TCP,
            Body::Icmp { .. } => Protocol::ICMP,
        };
        let name_fits = |wanted: &String, name: &str| match wanted.strip_suffix('+') {
            Some(stem) => name.starts_with(stem),
            None => wanted == name,
        };
        self.protocol.holds(|wanted| *wanted == Protocol::ALL || *wanted == protocol)
            && holds(&self.source, |net| net.contains(packet.src.addr))
            && holds(&self.destination, |net| net.contains(packet.dst.addr))
            && holds(&self.in_interface, |name| name_fits(name, incoming))
            && holds(&self.out_interface, |name| name_fits(name, outgoing))
    }

    /// Whether the packet meets what is said of its ports and flags.
    fn fits_protocol(&self, packet: &Packet) -> bool {
        let flags = packet.segment().map(|segment| segment.flags);
        let within = |range: &(u16, u16), end: Endpoint| (range.0..=range.1).contains(&end.port);
        let one_of = |ranges: &Vec<(u16, u16)>, end: Endpoint| ranges.iter().any(|range| within(range, end));
        holds(&self.source_port, |range| within(range, packet.src))
            && holds(&self.destination_port, |range| within(range, packet.dst))
            && holds(&self.source_ports, |ranges| one_of(ranges, packet.src))
            && holds(&self.destination_ports, |ranges| one_of(ranges, packet.dst))
            && holds(&self.flags, |wanted| flags.is_some_and(|f| f.and(wanted.mask) == wanted.value))
    }
}

fn holds<T>(condition: &Option<Match<T>>, fits: impl FnOnce(&T) -> bool) -> bool {
    condition.as_ref().is_none_or(|c| c.holds(fits))
}

/// Number of packets and octets that a rule or a policy matched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Counter {
    /// Packets.
    pub packets: u64,
    /// Octets, including IP headers.
    pub octets: u64,
}

impl Counter {
    fn count(&mut self, packet: &Packet) {
        self.packets += 1;
        self.octets += u64::from(packet.ip_octets());
    }
}

/// One chain.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Chain {
    /// The rules in order, each with its counter.
    pub rules: Vec<Filed>,
    /// What happens to a packet that no rule matches.
    pub policy: Policy,
    /// Packets and octets that reached the policy.
    pub counter: Counter,
}

impl Chain {
    /// A chain without rules that lets everything pass.
    pub const fn new() -> Chain {
        Chain { rules: Vec::new(), policy: Policy::Accept, counter: Counter { packets: 0, octets: 0 } }
    }
}

impl Default for Chain {
    fn default() -> Chain {
        Chain::new()
    }
}

/// The decision of a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It passes.
    Accept,
    /// It is dropped, by this rule or by the policy.
    Drop(Option<RuleAt>),
    /// It is dropped by this rule, and its sender is notified.
    Reject(RuleAt, RejectWith),
}

/// The three chains of a host.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Firewall {
    chains: [Chain; 3],
    /// What conditions draw that hold by chance.
    chance: Rng,
}

impl Firewall {
    /// Empty chains that let everything pass. What their rules draw comes from the seed.
    pub const fn new(seed: u64) -> Firewall {
        Firewall { chains: [Chain::new(), Chain::new(), Chain::new()], chance: Rng::new(seed) }
    }

    /// Whether a rule asks for the states of connections.
    pub fn asks_for_states(&self) -> bool {
        let mut rules = self.chains.iter().flat_map(|chain| &chain.rules);
        rules.any(|filed| filed.rule.asks_for_states())
    }

    /// The chain with this name.
    pub const fn chain(&self, name: ChainName) -> &Chain {
        &self.chains[name as usize]
    }

    /// The chain with this name, to be changed.
    pub const fn chain_mut(&mut self, name: ChainName) -> &mut Chain {
        &mut self.chains[name as usize]
    }

    /// Sends a packet down a chain: the first rule that matches decides, and counts the packet.
    pub fn judge(&mut self, seen: &Seen<'_>) -> Verdict {
        let Firewall { chains, chance } = self;
        let (chain, packet) = (&mut chains[seen.chain as usize], seen.packet);
        for (at, filed) in chain.rules.iter_mut().enumerate() {
            if !filed.fits(seen, chance) {
                continue;
            }
            filed.counter.count(packet);
            let place = RuleAt { id: filed.id, number: at + 1 };
            match filed.rule.target {
                Target::Accept => return Verdict::Accept,
                Target::Drop => return Verdict::Drop(Some(place)),
                Target::Reject(with) => return Verdict::Reject(place, with),
                Target::Return => break,
                Target::Log | Target::Count => {}
            }
        }
        chain.counter.count(packet);
        match chain.policy {
            Policy::Accept => Verdict::Accept,
            Policy::Drop => Verdict::Drop(None),
        }
    }
}
