//! The firewall's row: toggles that type.

use crate::model::{DropPlace, FirewallBar, Look, ToggleView};
use tcp_core::net::firewall::{ChainName, FlagsMatch, Match, Protocol, Rule, Target};
use tcp_core::net::{HostId, Loss, PayloadMatch, World};
use tcp_core::tcp::Flags;
use tcp_shell::{Lab, PrintedKind, TerminalId};

/// What a toggle drops.
struct Kind {
    label: &'static str,
    /// The value of `--tcp-flags`, as typed: mask and flags.
    typed: (&'static str, &'static str),
    mask: Flags,
    value: Flags,
    /// The same in the network's language: flags, and the payload's length.
    network: (&'static str, &'static str),
    payload: PayloadMatch,
    /// Who sends it first.
    sender: HostId,
}

const HANDSHAKE: Flags = Flags::from_bits(0x17);

const KINDS: [Kind; 6] = [
    Kind {
        label: "SYN",
        typed: ("SYN,ACK,FIN,RST", "SYN"),
        mask: HANDSHAKE,
        value: Flags::SYN,
        network: ("S", "*"),
        payload: PayloadMatch::Any,
        sender: HostId::Client,
    },
    Kind {
        label: "SYN|ACK",
        typed: ("SYN,ACK,FIN,RST", "SYN,ACK"),
        mask: HANDSHAKE,
        value: Flags::from_bits(0x12),
        network: ("SA", "*"),
        payload: PayloadMatch::Any,
        sender: HostId::Server,
    },
    Kind {
        label: "ACK",
        typed: ("SYN,ACK,FIN,RST", "ACK"),
        mask: HANDSHAKE,
        value: Flags::ACK,
        network: ("A", "0"),
        payload: PayloadMatch::Empty,
        sender: HostId::Client,
    },
    Kind {
        label: "data",
        typed: ("PSH", "PSH"),
        mask: Flags::PSH,
        value: Flags::PSH,
        network: ("A", "+"),
        payload: PayloadMatch::Data,
        sender: HostId::Client,
    },
    Kind {
        label: "FIN",
        typed: ("FIN", "FIN"),
        mask: Flags::FIN,
        value: Flags::FIN,
        network: ("FA", "*"),
        payload: PayloadMatch::Any,
        sender: HostId::Client,
    },
    Kind {
        label: "RST",
        typed: ("RST", "RST"),
        mask: Flags::RST,
        value: Flags::RST,
        network: ("R", "*"),
        payload: PayloadMatch::Any,
        sender: HostId::Server,
    },
];

/// A chain as a toggle sees it: `C_m OUTPUT`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spot {
    Chain(HostId, ChainName, &'static str),
    Network,
}

impl Spot {
    const fn name(self) -> &'static str {
        match self {
            Spot::Chain(_, _, name) => name,
            Spot::Network => "the network",
        }
    }
}

const SPOTS: [Spot; 5] = [
    Spot::Chain(HostId::Client, ChainName::Output, "C_m OUTPUT"),
    Spot::Chain(HostId::Client, ChainName::Input, "C_m INPUT"),
    Spot::Chain(HostId::Server, ChainName::Input, "S_m INPUT"),
    Spot::Chain(HostId::Server, ChainName::Output, "S_m OUTPUT"),
    Spot::Network,
];

pub(crate) fn firewall(lab: &Lab, look: &Look, port: u16) -> FirewallBar {
    let world = lab.world();
    let toggles: Vec<ToggleView> = KINDS.iter().map(|kind| toggle(lab, kind, look.place, port)).collect();
    let of_toggles = KINDS.iter().flat_map(|kind| SPOTS[..4].iter().map(move |spot| (kind, *spot)));
    let theirs = of_toggles.filter(|(kind, spot)| count(world, kind, *spot, port).is_some()).count();
    FirewallBar {
        dropped: world.stopped(),
        last_line: last_line(lab),
        further_rules: stopping(world).saturating_sub(theirs),
        toggles,
    }
}

/// A toggle puts its rule at the chosen place, or takes it away from there.
fn toggle(lab: &Lab, kind: &Kind, place: DropPlace, port: u16) -> ToggleView {
    let world = lab.world();
    let spot = spot(kind, place);
    let taken = count(world, kind, spot, port);
    let other = SPOTS.into_iter().find(|other| *other != spot && count(world, kind, *other, port).is_some());
    let (terminal, line) = match spot {
        Spot::Chain(host, chain, _) => {
            let change = if taken.is_some() { "-D" } else { "-I" };
            let end = ports(host, chain);
            let (mask, value) = kind.typed;
            let chain = chain.name();
            let line = format!(
                "sudo iptables {change} {chain} -p tcp {end} {port} --tcp-flags {mask} {value} -j DROP"
            );
            (free_terminal(lab, host), line)
        }
        Spot::Network => {
            let (flags, length) = kind.network;
            let (word, count) = if taken.is_some() { ("undrop", "") } else { ("drop", " -1") };
            (TerminalId::Network, format!("{word} {} {flags} {length}{count}", kind.sender))
        }
    };
    ToggleView {
        label: kind.label,
        on: taken.is_some(),
        elsewhere: other.map_or("", Spot::name),
        terminal,
        line: line.into(),
        count: taken.unwrap_or(0),
        place: spot.name(),
    }
}

fn spot(kind: &Kind, place: DropPlace) -> Spot {
    match (place, kind.sender) {
        (DropPlace::Sender, HostId::Server) | (DropPlace::ServerOutput, _) => SPOTS[3],
        (DropPlace::Sender, _) | (DropPlace::ClientOutput, _) => SPOTS[0],
        (DropPlace::ClientInput, _) => SPOTS[1],
        (DropPlace::ServerInput, _) => SPOTS[2],
        (DropPlace::Network, _) => Spot::Network,
    }
}

/// The server's port is the destination of what the client sends, and the source of what it gets.
fn ports(host: HostId, chain: ChainName) -> &'static str {
    match (host, chain) {
        (HostId::Client, ChainName::Output) | (HostId::Server, ChainName::Input) => "--dport",
        _ => "--sport",
    }
}

/// The lower terminal observes; while a program owns it, the upper is asked.
fn free_terminal(lab: &Lab, host: HostId) -> TerminalId {
    let (lower, upper) = match host {
        HostId::Server => (TerminalId::ServerLower, TerminalId::ServerUpper),
        _ => (TerminalId::ClientLower, TerminalId::ClientUpper),
    };
    let busy = |id| lab.terminal(id).foreground.is_some();
    if busy(lower) && !busy(upper) { upper } else { lower }
}

/// Packets taken by the toggle's rule, if it stands there.
fn count(world: &World, kind: &Kind, spot: Spot, port: u16) -> Option<u64> {
    match spot {
        Spot::Chain(host, chain, _) => {
            let wanted = rule(kind, host, chain, port);
            let rules = &world.firewall(host).chain(chain).rules;
            rules.iter().find(|filed| filed.rule == wanted).map(|filed| filed.counter.packets)
        }
        Spot::Network => {
            let wanted = |loss: &&Loss| {
                let rule = &loss.rule;
                rule.from == kind.sender
                    && rule.flags.is_some_and(|flags| flags.and(HANDSHAKE) == network_flags(kind))
                    && rule.payload == kind.payload
            };
            world.losses().iter().find(wanted).map(|_| world.lost())
        }
    }
}

/// What the network's `drop` makes of the toggle's letters.
fn network_flags(kind: &Kind) -> Flags {
    kind.network.0.chars().fold(Flags::NONE, |flags, letter| {
        flags
            | match letter {
                'S' => Flags::SYN,
                'A' => Flags::ACK,
                'F' => Flags::FIN,
                _ => Flags::RST,
            }
    })
}

/// What iptables makes of the toggle's line.
fn rule(kind: &Kind, host: HostId, chain: ChainName, port: u16) -> Rule {
    let port = Some(Match::is((port, port)));
    let destination = ports(host, chain) == "--dport";
    let flags = Some(Match::is(FlagsMatch { mask: kind.mask, value: kind.value }));
    let protocol = Match::is(Protocol::TCP);
    let any = Rule { protocol, flags, ..Rule::any(Target::Drop) };
    if destination { Rule { destination_port: port, ..any } } else { Rule { source_port: port, ..any } }
}

fn stopping(world: &World) -> usize {
    let rules = |host| ChainName::ALL.into_iter().flat_map(move |c| &world.firewall(host).chain(c).rules);
    HostId::ALL.into_iter().flat_map(rules).filter(|filed| stops(&filed.rule)).count()
}

fn stops(rule: &Rule) -> bool {
    matches!(rule.target, Target::Drop | Target::Reject(_))
}

/// The line that last told a firewall or the network what to do.
fn last_line(lab: &Lab) -> std::rc::Rc<str> {
    TerminalId::ALL
        .into_iter()
        .flat_map(|id| {
            let printed = &lab.terminal(id).printed;
            // The newest stand at the end; of two at one moment the later is wanted.
            printed.iter().skip(printed.len().saturating_sub(64)).map(move |printed| (id, printed))
        })
        .filter(|(id, p)| p.kind == PrintedKind::Command && changes(*id, &p.text))
        .max_by_key(|(_, printed)| printed.at)
        .map_or_else(|| "".into(), |(_, printed)| printed.text.trim_end().into())
}

/// The line is of those that change what is dropped.
fn changes(terminal: TerminalId, line: &str) -> bool {
    let words = if terminal == TerminalId::Network {
        &["drop", "undrop", "duplicate", "clear"][..]
    } else {
        &["iptables -I", "iptables -A", "iptables -D", "iptables -F", "iptables -P"][..]
    };
    words.iter().any(|word| line.contains(word))
}
