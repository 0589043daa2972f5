//! The rule that a line describes, gathered option by option.

use super::conditions::Conditions;
use super::log::Log;
use super::options::{
    BEYOND, DESTINATION_PORT, DESTINATION_PORTS, Extension, LOG_IP_OPTIONS, LOG_LEVEL, LOG_PREFIX,
    LOG_SEQUENCE, LOG_TCP_OPTIONS, LOG_UID, OTHER_MATCHES, OTHER_TARGETS, REJECT_WITH, SOURCE_PORT,
    SOURCE_PORTS, SYN, TCP_FLAGS, TCP_OPTION, is_in,
};
use super::problem::Problem;
use super::values;
use crate::getopt::Getopt;
use crate::number::strtoul;
use tcp_core::net::Unreachable;
use tcp_core::net::firewall::{
    ChainName, Firewall, FlagsMatch, Match, Network, Protocol, RejectWith, Rule, Target,
};
use tcp_core::tcp::Flags;

/// Protocols with ports, which multiport accepts: TCP, UDP, UDP-Lite, SCTP, DCCP.
const WITH_PORTS: [u8; 5] = [6, 17, 136, 132, 33];

/// Parts of a rule, before its addresses are looked up.
#[derive(Clone, Debug, Default)]
pub(super) struct RuleParts {
    /// Extensions in the order in which they were loaded.
    pub(super) loaded: Vec<Extension>,
    /// Whether it asks for something real that the firewall here cannot do.
    pub(super) beyond: bool,
    protocol: Option<Match<Protocol>>,
    source: Option<Match<String>>,
    destination: Option<Match<String>>,
    in_interface: Option<Match<String>>,
    out_interface: Option<Match<String>>,
    source_port: Option<Match<(u16, u16)>>,
    destination_port: Option<Match<(u16, u16)>>,
    source_ports: Option<Match<Vec<(u16, u16)>>>,
    destination_ports: Option<Match<Vec<(u16, u16)>>>,
    flags: Option<Match<FlagsMatch>>,
    tcp_option: Option<Match<u8>>,
    conditions: Conditions,
    /// Option that the multiport being read already has.
    ports_here: Option<&'static str>,
    target: Option<String>,
    /// Whether the target was named by `-g`.
    goes: bool,
    log: Log,
    reject_with: Option<RejectWith>,
}

impl RuleParts {
    /// Loads the extension of `-p`, which happens when it is first needed. Returns false if there is no extension, or
    /// if it is loaded already.
    pub(super) fn load_protocol(&mut self) -> bool {
        let extension = match self.protocol.as_ref().map(|p| p.value) {
            Some(Protocol::TCP) => Extension::Tcp,
            Some(Protocol::UDP) => Extension::Udp,
            Some(Protocol::ICMP) => Extension::Icmp,
            _ => return false,
        };
        let fresh = !self.loaded.contains(&extension);
        if fresh {
            self.loaded.push(extension);
            self.conditions.own_match_begins();
            if extension == Extension::Icmp {
                self.conditions.load(extension);
            }
        }
        fresh
    }

    /// `-m NAME`
    pub(super) fn load(&mut self, name: &str) -> Result<(), Problem> {
        let unknown = || match is_in(OTHER_MATCHES, name) {
            true => Problem::OtherMatch(name.to_owned()),
            false => Problem::NoMatch(name.to_owned()),
        };
        let extension = Extension::of_match(name).ok_or_else(unknown)?;
        match extension {
            Extension::Multiport => self.ports_here = None,
            Extension::Reject | Extension::Log => {}
            _ => self.conditions.load(extension),
        }
        if matches!(extension, Extension::Tcp | Extension::Udp | Extension::Multiport) {
            self.conditions.own_match_begins();
        }
        if !self.loaded.contains(&extension) {
            self.loaded.push(extension);
        }
        Ok(())
    }

    /// `-j NAME`, `-g NAME`
    pub(super) fn jump(&mut self, letter: char, name: &str) -> Result<(), Problem> {
        if name.is_empty() {
            return Err(Problem::TargetEmpty);
        }
        if name.len() > 28 {
            return Err(Problem::TargetLength(name.to_owned()));
        }
        if name.contains(char::is_whitespace) {
            return Err(Problem::TargetName(name.to_owned()));
        }
        match name {
            _ if letter == 'g' => self.goes = true,
            "REJECT" => self.loaded.push(Extension::Reject),
            "LOG" => self.loaded.push(Extension::Log),
            _ => {}
        }
        self.target = Some(name.to_owned());
        Ok(())
    }

    /// `-p`, `-s`, `-d`, `-i`, `-o`
    pub(super) fn condition(&mut self, letter: char, word: &str, inverted: bool) -> Result<(), Problem> {
        let text = Match { inverted, value: word.to_owned() };
        match letter {
            'p' => {
                let value = values::protocol(word)?;
                if value == Protocol::ALL && inverted {
                    return Err(Problem::NeverMatches);
                }
                self.protocol = Some(Match { inverted, value });
            }
            's' => self.source = Some(text),
            'd' => self.destination = Some(text),
            _ if word.is_empty() => return Err(Problem::InterfaceEmpty),
            _ if word.len() > 15 => return Err(Problem::InterfaceLength(word.to_owned())),
            'i' => self.in_interface = Some(text).filter(not_every_interface),
            _ => self.out_interface = Some(text).filter(not_every_interface),
        }
        Ok(())
    }

    /// An option of an extension.
    pub(super) fn extension(
        &mut self,
        letter: char,
        value: &str,
        inverted: bool,
        scan: &mut Getopt<'_>,
    ) -> Result<(), Problem> {
        match letter {
            SOURCE_PORT if self.source_port.is_some() => Err(Problem::OnlyOne("source-port")),
            SOURCE_PORT => {
                self.source_port = Some(Match { inverted, value: self.port_range(value)? });
                Ok(())
            }
            DESTINATION_PORT if self.destination_port.is_some() => Err(Problem::OnlyOne("destination-port")),
            DESTINATION_PORT => {
                self.destination_port = Some(Match { inverted, value: self.port_range(value)? });
                Ok(())
            }
            SYN | TCP_FLAGS => self.flags(letter, value, inverted, scan),
            TCP_OPTION if self.tcp_option.is_some() => Err(Problem::OnlyOne("tcp-option")),
            TCP_OPTION => {
                let kind = strtoul(value).filter(|kind| *kind > 0);
                let value = kind.ok_or_else(|| Problem::Bad("TCP option", value.to_owned()))?;
                self.tcp_option = Some(Match { inverted, value });
                Ok(())
            }
            LOG_LEVEL | LOG_PREFIX | LOG_SEQUENCE | LOG_TCP_OPTIONS | LOG_IP_OPTIONS | LOG_UID => {
                self.log.option(letter, value, inverted)
            }
            SOURCE_PORTS | DESTINATION_PORTS => self.ports(letter, value, inverted),
            REJECT_WITH if self.reject_with.is_some() => Err(Problem::Once("REJECT", "reject-with")),
            REJECT_WITH if inverted => Err(Problem::NotInverted("REJECT", "reject-with")),
            REJECT_WITH => {
                self.reject_with = Some(values::reject_type(value)?);
                Ok(())
            }
            BEYOND => {
                self.beyond = true;
                Ok(())
            }
            other => self.conditions.option(other, value, inverted),
        }
    }

    /// Whether `-p tcp` was given.
    pub(super) fn is_tcp(&self) -> bool {
        self.is(Protocol::TCP)
    }

    /// Checks that nothing is missing that an extension needs.
    pub(super) fn complete(&self) -> Result<(), Problem> {
        let ports = self.source_ports.is_some() || self.destination_ports.is_some() || self.beyond;
        if self.loaded.contains(&Extension::Multiport) && !ports {
            return Err(Problem::PortsMissing);
        }
        self.conditions.complete(self.beyond)
    }

    /// Checks that the addresses can be read.
    pub(super) fn check_addresses(&self) -> Result<(), Problem> {
        networks(self.source.as_ref())?;
        networks(self.destination.as_ref()).map(|_| ())
    }

    /// The resulting rules, one for each pair of addresses. `verb` and `chain` are for messages.
    pub(super) fn rules(
        &self,
        firewall: &Firewall,
        verb: &'static str,
        chain: &str,
    ) -> Result<Vec<Rule>, Problem> {
        let sources = networks(self.source.as_ref())?;
        let destinations = networks(self.destination.as_ref())?;
        if verb == "RULE_REPLACE" && sources.len() * destinations.len() != 1 {
            return Err(Problem::ReplaceAddresses);
        }
        let target = self.target(firewall)?;
        if self.is_impossible() || sources.iter().chain(&destinations).any(is_nobody) {
            return Err(Problem::KernelInvalid(verb, chain.to_owned()));
        }
        let Some(target) = target.filter(|_| !self.beyond) else {
            return Err(Problem::KernelUnsupported(verb, chain.to_owned()));
        };
        let mut rule = Rule {
            protocol: self.protocol.clone().unwrap_or(Match::is(Protocol::ALL)),
            in_interface: self.in_interface.clone(),
            out_interface: self.out_interface.clone(),
            source_port: self.source_port.clone().filter(not_every_port),
            destination_port: self.destination_port.clone().filter(not_every_port),
            source_ports: self.source_ports.clone(),
            destination_ports: self.destination_ports.clone(),
            conditions: self.conditions.all(),
            conditions_first: self.conditions.first(),
            flags: self.flags.clone().filter(|m| m.inverted || m.value.mask != Flags::NONE),
            tcp_option: self.tcp_option.clone(),
            ..Rule::any(target)
        };
        let of_ports = |e: &&Extension| matches!(e, Extension::Tcp | Extension::Udp | Extension::Multiport);
        rule.multiport_first =
            rule.has_own_match() && self.loaded.iter().find(of_ports) == Some(&Extension::Multiport);
        let one = |source: &Side, destination: &Side| Rule {
            source: source.clone().filter(|m| m.value.prefix > 0),
            destination: destination.clone().filter(|m| m.value.prefix > 0),
            ..rule.clone()
        };
        Ok(sources.iter().flat_map(|s| destinations.iter().map(move |d| one(s, d))).collect())
    }

    /// The problem if `chain` forbids the given `-i` or `-o`.
    pub(super) fn wrong_interface(&self, chain: &str) -> Option<Problem> {
        match chain {
            "INPUT" if self.out_interface.is_some() => Some(Problem::InterfaceChain('o', "INPUT")),
            "OUTPUT" if self.in_interface.is_some() => Some(Problem::InterfaceChain('i', "OUTPUT")),
            _ => None,
        }
    }

    /// Whether the rule jumps to a built-in chain, which the kernel refuses.
    fn is_built_in(&self) -> bool {
        ChainName::ALL.into_iter().any(|chain| self.target.as_deref() == Some(chain.name()))
    }

    /// Where the rule jumps to: `None` for a real target that the firewall here does not have.
    pub(super) fn target(&self, firewall: &Firewall) -> Result<Option<Target>, Problem> {
        let Some(name) = &self.target else {
            return Ok(Some(Target::Count));
        };
        let own = || firewall.own_chain(name).map(|own| own.id);
        match name.as_str() {
            _ if self.is_built_in() => Ok(None),
            _ if self.goes => match own() {
                Some(chain) => Ok(Some(Target::Goto(chain))),
                None => Err(Problem::NoTarget(name.clone())),
            },
            "ACCEPT" => Ok(Some(Target::Accept)),
            "DROP" => Ok(Some(Target::Drop)),
            "REJECT" => {
                Ok(Some(Target::Reject(self.reject_with.unwrap_or(RejectWith::Icmp(Unreachable::Port)))))
            }
            "LOG" => Ok(Some(Target::Log(self.log.style()))),
            "RETURN" => Ok(Some(Target::Return)),
            "QUEUE" | "TRACE" => Ok(None),
            other => match own() {
                Some(chain) => Ok(Some(Target::Jump(chain))),
                None if is_in(OTHER_TARGETS, other) => Err(Problem::OtherTarget(other.to_owned())),
                None => Err(Problem::NoTarget(other.to_owned())),
            },
        }
    }

    /// Whether the target is one of those that iptables brings and this lab does not.
    pub(super) fn has_other_target(&self) -> bool {
        self.target.as_deref().is_some_and(|name| is_in(OTHER_TARGETS, name))
    }

    /// Whether the kernel's own checks of an extension fail.
    fn is_impossible(&self) -> bool {
        self.loaded.contains(&Extension::Tcp) && !self.is(Protocol::TCP)
            || self.loaded.contains(&Extension::Udp) && !self.is(Protocol::UDP)
            || self.loaded.contains(&Extension::Icmp) && !self.is(Protocol::ICMP)
            || self.reject_with == Some(RejectWith::TcpReset) && !self.is(Protocol::TCP)
    }

    /// Whether the protocol is `protocol`, or everything except it: the tool looks only at the number.
    fn is(&self, protocol: Protocol) -> bool {
        self.protocol.as_ref().is_some_and(|p| p.value == protocol)
    }

    fn port_range(&self, value: &str) -> Result<(u16, u16), Problem> {
        let tcp = self.loaded.contains(&Extension::Tcp);
        if tcp && !self.is(Protocol::TCP) {
            return Err(Problem::MatchProtocol("TCP", "tcp"));
        }
        if !tcp && !self.is(Protocol::UDP) {
            return Err(Problem::MatchProtocol("UDP", "udp"));
        }
        values::port_range(value).map_err(|problem| match problem {
            Problem::Port(name) if !tcp && strtoul::<u64>(&name).is_none() => Problem::UdpPort(name),
            other => other,
        })
    }

    fn ports(&mut self, letter: char, value: &str, inverted: bool) -> Result<(), Problem> {
        match self.protocol.as_ref() {
            Some(p) if !p.inverted && WITH_PORTS.contains(&p.value.0) => {}
            Some(p) if !p.inverted && p.value != Protocol::ALL => return Err(Problem::PortsOtherProtocol),
            _ => return Err(Problem::PortsProtocol),
        }
        let name = if letter == SOURCE_PORTS { "source-ports" } else { "destination-ports" };
        match self.ports_here.replace(name) {
            Some(other) if other == name => return Err(Problem::Once("multiport", name)),
            Some(other) => return Err(Problem::NotTogether("multiport", name, other)),
            None => {}
        }
        let place = match letter {
            SOURCE_PORTS => &mut self.source_ports,
            _ => &mut self.destination_ports,
        };
        // The firewall here keeps one list of each kind.
        self.beyond |= place.is_some();
        *place = Some(Match { inverted, value: values::port_list(value)? });
        Ok(())
    }

    fn flags(
        &mut self,
        letter: char,
        value: &str,
        inverted: bool,
        scan: &mut Getopt<'_>,
    ) -> Result<(), Problem> {
        if self.flags.is_some() {
            return Err(Problem::OnlyOneFlags);
        }
        if !self.is(Protocol::TCP) {
            return Err(Problem::MatchProtocol("TCP", "tcp"));
        }
        let value = if letter == SYN {
            let mask = Flags::SYN | Flags::RST | Flags::ACK | Flags::FIN;
            FlagsMatch { mask, value: Flags::SYN }
        } else {
            let second = scan.operand().ok_or(Problem::TcpFlagsOperands)?;
            FlagsMatch { mask: values::flags(value)?, value: values::flags(second)? }
        };
        self.flags = Some(Match { inverted, value });
        Ok(())
    }
}

/// One network of `-s` or `-d`.
type Side = Option<Match<Network>>;

/// The networks of `-s` or `-d`; a single `None` if it was not given.
fn networks(text: Option<&Match<String>>) -> Result<Vec<Side>, Problem> {
    let Some(Match { inverted, value }) = text else {
        return Ok(vec![None]);
    };
    let list = values::networks(value)?;
    if *inverted && list.len() > 1 {
        return Err(Problem::InvertedAddresses);
    }
    Ok(list.into_iter().map(|value| Some(Match { inverted: *inverted, value })).collect())
}

/// Whether no address matches: the network is inverted and holds every address.
fn is_nobody(side: &Side) -> bool {
    side.as_ref().is_some_and(|m| m.inverted && m.value.prefix == 0)
}

fn not_every_interface(name: &Match<String>) -> bool {
    name.inverted || name.value != "+"
}

fn not_every_port(ports: &Match<(u16, u16)>) -> bool {
    ports.inverted || ports.value != (0, u16::MAX)
}
