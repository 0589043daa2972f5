//! A host's firewall: chains of rules, as `iptables` shows them.

mod chains;
mod condition;
mod parts;

use crate::Instant;
use crate::net::rng::Rng;
use crate::net::{Body, Endpoint, Packet, Unreachable};
pub use chains::{Chain, ChainId, ChainName, OwnChain, OwnChainId};
use condition::Memory;
pub use condition::{Condition, Connections, Rate, Side, StateMatch, Tracked};
pub use parts::{FlagsMatch, LogStyle, Match, Network, Protocol};

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
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// It passes.
    Accept,
    /// It is dropped, and nobody is notified.
    Drop,
    /// It is dropped, and its sender is notified.
    Reject(RejectWith),
    /// It is logged, and the next rule decides.
    Log(LogStyle),
    /// It passes the rest of the chain: the rule after the jump decides, or the policy.
    Return,
    /// `-j`: the rules of that chain decide, and if none does, the next rule here.
    Jump(OwnChainId),
    /// `-g`: the rules of that chain decide, and if none does, the rule after the jump that led here.
    Goto(OwnChainId),
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
    /// These connections.
    pub connections: &'a dyn Connections,
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
    /// `--tcp-option`: the kind of an option that the segment has
    pub tcp_option: Option<Match<u8>>,
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
            tcp_option: None,
            conditions: Vec::new(),
            conditions_first: 0,
            multiport_first: false,
            target,
        }
    }

    /// Whether it has conditions of the protocol's own match: one port or a range, flags, or an option.
    pub const fn has_own_match(&self) -> bool {
        self.source_port.is_some()
            || self.destination_port.is_some()
            || self.flags.is_some()
            || self.tcp_option.is_some()
    }

    /// Whether it asks for the states of connections.
    fn asks_for_states(&self) -> bool {
        let asks = |condition: &Match<Condition>| {
            matches!(condition.value, Condition::State(..) | Condition::Connections { .. })
        };
        self.conditions.iter().any(asks)
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
            Body::Icmp { .. } | Body::Echo(_) => Protocol::ICMP,
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
            && holds(&self.tcp_option, |kind| {
                packet.segment().is_some_and(|segment| segment.has_option(*kind))
            })
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

/// The chains of a host.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Firewall {
    built_in: [Chain; 3],
    /// Those that `iptables -N` made, in the order of their names.
    own: Vec<OwnChain>,
    /// What conditions draw that hold by chance.
    chance: Rng,
}

impl Firewall {
    /// Empty chains that let everything pass. What their rules draw comes from the seed.
    pub const fn new(seed: u64) -> Firewall {
        let built_in = [Chain::new(), Chain::new(), Chain::new()];
        Firewall { built_in, own: Vec::new(), chance: Rng::new(seed) }
    }

    /// Whether a rule asks for the states of connections.
    pub fn asks_for_states(&self) -> bool {
        self.filed().any(|filed| filed.rule.asks_for_states())
    }

    /// All rules: those of the built-in chains, then those of the others.
    pub fn filed(&self) -> impl Iterator<Item = &Filed> {
        let own = self.own.iter().map(|own| &own.chain);
        self.built_in.iter().chain(own).flat_map(|chain| &chain.rules)
    }

    /// All rules, to be changed.
    pub(super) fn filed_mut(&mut self) -> impl Iterator<Item = &mut Filed> {
        let own = self.own.iter_mut().map(|own| &mut own.chain);
        self.built_in.iter_mut().chain(own).flat_map(|chain| &mut chain.rules)
    }

    /// The built-in chain with this name.
    pub const fn chain(&self, name: ChainName) -> &Chain {
        &self.built_in[name as usize]
    }

    /// The chains that `iptables -N` made, in the order of their names.
    pub fn own_chains(&self) -> &[OwnChain] {
        &self.own
    }

    /// A chain, if it is there.
    pub fn get(&self, id: ChainId) -> Option<&Chain> {
        match id {
            ChainId::BuiltIn(name) => Some(self.chain(name)),
            ChainId::Own(id) => self.own.iter().find(|own| own.id == id).map(|own| &own.chain),
        }
    }

    /// A chain, to be changed.
    pub(super) fn get_mut(&mut self, id: ChainId) -> Option<&mut Chain> {
        chains::find(&mut self.built_in, &mut self.own, id)
    }

    /// Sends a packet down a chain: the first rule that matches decides, and counts the packet. What a rule logs is given
    /// to `log`.
    pub fn judge(&mut self, seen: &Seen<'_>, mut log: impl FnMut(RuleAt)) -> Verdict {
        let (mut here, mut next) = (ChainId::BuiltIn(seen.chain), 0);
        let mut back = Vec::new();
        loop {
            let Firewall { built_in, own, chance } = self;
            let rules = chains::find(built_in, own, here).map(|chain| &mut chain.rules);
            let Some(filed) = rules.and_then(|rules| rules.get_mut(next)) else {
                match back.pop() {
                    Some(place) => (here, next) = place,
                    None => break,
                }
                continue;
            };
            next += 1;
            if !filed.fits(seen, chance) {
                continue;
            }
            filed.counter.count(seen.packet);
            let place = RuleAt { id: filed.id, number: next };
            match &filed.rule.target {
                Target::Accept => return Verdict::Accept,
                Target::Drop => return Verdict::Drop(Some(place)),
                Target::Reject(with) => return Verdict::Reject(place, *with),
                Target::Log(_) => log(place),
                Target::Count => {}
                Target::Return => match back.pop() {
                    Some(place) => (here, next) = place,
                    None => break,
                },
                Target::Jump(chain) => {
                    back.push((here, next));
                    (here, next) = (ChainId::Own(*chain), 0);
                }
                Target::Goto(chain) => (here, next) = (ChainId::Own(*chain), 0),
            }
        }
        let chain = &mut self.built_in[seen.chain as usize];
        chain.counter.count(seen.packet);
        match chain.policy {
            Policy::Accept => Verdict::Accept,
            Policy::Drop => Verdict::Drop(None),
        }
    }
}
