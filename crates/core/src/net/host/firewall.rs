//! A host's firewall: chains of rules, as `iptables` shows them.

use crate::net::{Body, Endpoint, IpAddr, Ipv4, Packet, Unreachable};
use crate::tcp::Flags;

/// The chains of the `filter` table. Nothing passes FORWARD here: the hosts route for nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChainName {
    /// What arrives for this host.
    Input,
    /// What passes through.
    Forward,
    /// What this host sends.
    Output,
}

impl ChainName {
    /// In the order of a listing.
    pub const ALL: [ChainName; 3] = [ChainName::Input, ChainName::Forward, ChainName::Output];

    /// As iptables writes it.
    pub const fn name(self) -> &'static str {
        match self {
            ChainName::Input => "INPUT",
            ChainName::Forward => "FORWARD",
            ChainName::Output => "OUTPUT",
        }
    }
}

/// What happens to a packet that no rule takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Policy {
    /// It passes.
    Accept,
    /// It vanishes.
    Drop,
}

/// How a rejected packet's sender is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RejectWith {
    /// By an ICMP error.
    Icmp(Unreachable),
    /// By a RST.
    TcpReset,
}

/// What a rule does with a packet that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// It passes.
    Accept,
    /// It vanishes and nobody is told.
    Drop,
    /// It vanishes and its sender is told.
    Reject(RejectWith),
    /// It is noted; the next rule decides.
    Log,
    /// No target: only counted.
    Count,
}

/// A condition that may be inverted by `!`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Match<T> {
    /// With `!`.
    pub inverted: bool,
    /// What is compared.
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

/// A protocol number; 0 is all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Protocol(pub u8);

impl Protocol {
    /// Any.
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
    /// The prefix, its other bits zero.
    pub addr: Ipv4,
    /// Its length in bits, 0 to 32.
    pub prefix: u8,
}

impl Network {
    /// The network of `addr`, the bits behind `prefix` cleared; a prefix beyond 32 is 32.
    pub fn new(addr: Ipv4, prefix: u8) -> Network {
        let prefix = prefix.min(32);
        Network { addr: Ipv4::from(u32::from(addr) & Network::mask(prefix)), prefix }
    }

    /// Has `addr`.
    pub fn contains(&self, addr: IpAddr) -> bool {
        matches!(addr, IpAddr::V4(addr) if u32::from(addr) & Network::mask(self.prefix) == u32::from(self.addr))
    }

    fn mask(prefix: u8) -> u32 {
        u32::MAX.checked_shl(32 - u32::from(prefix)).unwrap_or(0)
    }
}

/// Which of `mask` must be set: exactly `value`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FlagsMatch {
    /// The flags that are looked at.
    pub mask: Flags,
    /// Those of them that must be set.
    pub value: Flags,
}

/// Names a rule of a firewall. It stays the same when rules before it come and go, and is never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub u32);

/// A rule and its number in its chain, from 1, at some moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleAt {
    /// Which rule.
    pub id: RuleId,
    /// The number that it had then.
    pub number: usize,
}

/// A rule in a chain.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Filed {
    /// Its name.
    pub id: RuleId,
    /// What it says.
    pub rule: Rule,
    /// What it took.
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
    /// `-j`
    pub target: Target,
}

impl Rule {
    /// A rule that every packet fits.
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
            target,
        }
    }

    /// The packet fits all conditions. `interface` is the one it comes in by (INPUT) or goes out by (OUTPUT).
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

/// Packets and octets that a rule or a policy took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Counter {
    /// Packets
    pub packets: u64,
    /// Octets, IP header included
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
    /// The rules in their order, each with what it took.
    pub rules: Vec<Filed>,
    /// What happens to a packet that no rule takes.
    pub policy: Policy,
    /// What the policy took.
    pub counter: Counter,
}

impl Chain {
    /// No rules, everything passes.
    pub const fn new() -> Chain {
        Chain { rules: Vec::new(), policy: Policy::Accept, counter: Counter { packets: 0, octets: 0 } }
    }
}

impl Default for Chain {
    fn default() -> Chain {
        Chain::new()
    }
}

/// What a chain decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It passes.
    Accept,
    /// It vanishes: by this rule, or by the policy.
    Drop(Option<RuleAt>),
    /// It vanishes by this rule, and its sender is told so.
    Reject(RuleAt, RejectWith),
}

/// The three chains of a host.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Firewall {
    chains: [Chain; 3],
}

impl Firewall {
    /// Empty chains; everything passes.
    pub const fn new() -> Firewall {
        Firewall { chains: [Chain::new(), Chain::new(), Chain::new()] }
    }

    /// The chain of that name.
    pub const fn chain(&self, name: ChainName) -> &Chain {
        &self.chains[name as usize]
    }

    /// The chain of that name, to change it.
    pub const fn chain_mut(&mut self, name: ChainName) -> &mut Chain {
        &mut self.chains[name as usize]
    }

    /// Sends a packet down a chain: the first rule that fits decides, and counts it.
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
