//! A host's firewall: chains of rules, as `iptables` shows them.

use crate::net::{Body, Endpoint, IpAddr, Ipv4, Packet, Unreachable};
use crate::tcp::Flags;

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
    /// It is only counted: the rule has no target.
    Count,
}

/// A condition that may be inverted by `!`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Match<T> {
    /// Whether the condition is inverted by `!`.
    pub inverted: bool,
    /// The value to compare with.
    pub value: T,
}

impl<T> Match<T> {
    /// The condition without `!`.
    pub const fn is(value: T) -> Match<T> {
        Match { inverted: false, value }
    }

    fn holds(&self, fits: impl FnOnce(&T) -> bool) -> bool {
        fits(&self.value) != self.inverted
    }
}

/// A protocol number; 0 for all protocols.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Protocol(pub u8);

impl Protocol {
    /// Any protocol.
    pub const ALL: Protocol = Protocol(0);
    /// ICMP
    pub const ICMP: Protocol = Protocol(1);
    /// TCP
    pub const TCP: Protocol = Protocol(6);
    /// UDP
    pub const UDP: Protocol = Protocol(17);
}

/// Addresses with a common prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Network {
    /// The prefix, with all other bits zero.
    pub addr: Ipv4,
    /// Its length in bits, 0 to 32.
    pub prefix: u8,
}

impl Network {
    /// The network of `addr`, with the bits after `prefix` cleared; a prefix greater than 32 counts as 32.
    pub fn new(addr: Ipv4, prefix: u8) -> Network {
        let prefix = prefix.min(32);
        Network { addr: Ipv4::from(u32::from(addr) & Network::mask(prefix)), prefix }
    }

    /// Whether the network contains `addr`.
    pub fn contains(&self, addr: IpAddr) -> bool {
        matches!(addr, IpAddr::V4(addr) if u32::from(addr) & Network::mask(self.prefix) == u32::from(self.addr))
    }

    fn mask(prefix: u8) -> u32 {
        u32::MAX.checked_shl(32 - u32::from(prefix)).unwrap_or(0)
    }
}

/// A condition on flags: of those in `mask`, exactly those in `value` must be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FlagsMatch {
    /// The flags that are examined.
    pub mask: Flags,
    /// The flags among them that must be set.
    pub value: Flags,
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
            multiport_first: false,
            target,
        }
    }

    /// Whether it has conditions of the protocol's own match: one port or a range, or flags.
    pub const fn has_own_match(&self) -> bool {
        self.source_port.is_some() || self.destination_port.is_some() || self.flags.is_some()
    }

    /// Whether the packet meets all conditions. `interface` is the one by which it comes in (INPUT) or goes out
    /// (OUTPUT).
    pub fn fits(&self, chain: ChainName, interface: &str, packet: &Packet) -> bool {
        let (incoming, outgoing) = match chain {
            ChainName::Output => ("", interface),
            ChainName::Input | ChainName::Forward => (interface, ""),
        };
        let (protocol, flags) = match &packet.body {
            Body::Tcp(segment) => (Protocol::TCP, Some(segment.flags)),
            Body::Icmp { .. } => (Protocol::ICMP, None),
        };
        let name_fits = |wanted: &String, name: &str| match wanted.strip_suffix('+') {
            Some(stem) => name.starts_with(stem),
            None => wanted == name,
        };
        let within = |range: &(u16, u16), end: Endpoint| (range.0..=range.1).contains(&end.port);
        let one_of = |ranges: &Vec<(u16, u16)>, end: Endpoint| ranges.iter().any(|range| within(range, end));
        self.protocol.holds(|wanted| *wanted == Protocol::ALL || *wanted == protocol)
            && holds(&self.source, |net| net.contains(packet.src.addr))
            && holds(&self.destination, |net| net.contains(packet.dst.addr))
            && holds(&self.in_interface, |name| name_fits(name, incoming))
            && holds(&self.out_interface, |name| name_fits(name, outgoing))
            && holds(&self.source_port, |range| within(range, packet.src))
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Firewall {
    chains: [Chain; 3],
}

impl Firewall {
    /// Empty chains that let everything pass.
    pub const fn new() -> Firewall {
        Firewall { chains: [Chain::new(), Chain::new(), Chain::new()] }
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
    pub fn judge(&mut self, name: ChainName, interface: &str, packet: &Packet) -> Verdict {
        let chain = self.chain_mut(name);
        for (at, Filed { id, rule, counter }) in chain.rules.iter_mut().enumerate() {
            if !rule.fits(name, interface, packet) {
                continue;
            }
            counter.count(packet);
            let place = RuleAt { id: *id, number: at + 1 };
            match rule.target {
                Target::Accept => return Verdict::Accept,
                Target::Drop => return Verdict::Drop(Some(place)),
                Target::Reject(with) => return Verdict::Reject(place, with),
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
