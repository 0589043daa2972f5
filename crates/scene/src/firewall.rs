//! The firewall's row: toggles that type.

use crate::model::{DropPlace, FirewallBar, Look, ToggleView};
use crate::wire::stops;
use crate::words::Kind;
use tcp_core::net::firewall::{Chain, ChainName, FlagsMatch, Match, Policy, Protocol, Rule, Target};
use tcp_core::net::{HostId, Loss, PayloadMatch, World};
use tcp_core::tcp::Flags;
use tcp_shell::{Lab, TerminalId};

/// What a toggle drops, and how that is typed.
struct Drop {
    kind: Kind,
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

const DROPS: [Drop; 6] = [
    Drop {
        kind: Kind::Syn,
        typed: ("SYN,ACK,FIN,RST", "SYN"),
        mask: HANDSHAKE,
        value: Flags::SYN,
        network: ("S", "*"),
        payload: PayloadMatch::Any,
        sender: HostId::Client,
    },
    Drop {
        kind: Kind::SynAck,
        typed: ("SYN,ACK,FIN,RST", "SYN,ACK"),
        mask: HANDSHAKE,
        value: Flags::from_bits(0x12),
        network: ("SA", "*"),
        payload: PayloadMatch::Any,
        sender: HostId::Server,
    },
    Drop {
        kind: Kind::Ack,
        typed: ("SYN,ACK,FIN,RST", "ACK"),
        mask: HANDSHAKE,
        value: Flags::ACK,
        network: ("A", "0"),
        payload: PayloadMatch::Empty,
        sender: HostId::Client,
    },
    Drop {
        kind: Kind::Data,
        typed: ("PSH", "PSH"),
        mask: Flags::PSH,
        value: Flags::PSH,
        network: ("A", "+"),
        payload: PayloadMatch::Data,
        sender: HostId::Client,
    },
    Drop {
        kind: Kind::Fin,
        typed: ("FIN", "FIN"),
        mask: Flags::FIN,
        value: Flags::FIN,
        network: ("FA", "*"),
        payload: PayloadMatch::Any,
        sender: HostId::Client,
    },
    Drop {
        kind: Kind::Rst,
        typed: ("RST", "RST"),
        mask: Flags::RST,
        value: Flags::RST,
        network: ("R", "*"),
        payload: PayloadMatch::Any,
        sender: HostId::Server,
    },
];

/// The four chains and the network, as a toggle sees them.
const SPOTS: [DropPlace; 5] = [
    DropPlace::ClientOutput,
    DropPlace::ClientInput,
    DropPlace::ServerInput,
    DropPlace::ServerOutput,
    DropPlace::Network,
];

/// The chain at a place; `None` in the network.
const fn chain(place: DropPlace) -> Option<(HostId, ChainName)> {
    match place {
        DropPlace::ClientOutput | DropPlace::Sender => Some((HostId::Client, ChainName::Output)),
        DropPlace::ClientInput => Some((HostId::Client, ChainName::Input)),
        DropPlace::ServerInput => Some((HostId::Server, ChainName::Input)),
        DropPlace::ServerOutput => Some((HostId::Server, ChainName::Output)),
        DropPlace::Network => None,
    }
}

pub(crate) fn firewall(lab: &Lab, look: &Look, port: u16) -> FirewallBar {
    let world = lab.world();
    let toggles: Vec<ToggleView> = DROPS.iter().map(|drop| toggle(lab, drop, look.place, port)).collect();
    let of_toggles = DROPS.iter().flat_map(|drop| SPOTS[..4].iter().map(move |spot| (drop, *spot)));
    let theirs = of_toggles.filter(|(drop, spot)| count(world, drop, *spot, port).is_some()).count();
    FirewallBar {
        dropped: world.stopped(),
        last_line: lab.last_change().cloned(),
        further_rules: stopping(world).saturating_sub(theirs),
        toggles,
    }
}

/// A toggle puts its rule at the chosen place, or takes it away from there.
fn toggle(lab: &Lab, drop: &Drop, place: DropPlace, port: u16) -> ToggleView {
    let world = lab.world();
    let spot = spot(drop, place);
    let taken = count(world, drop, spot, port);
    let other = SPOTS.into_iter().find(|other| *other != spot && count(world, drop, *other, port).is_some());
    let (terminal, line) = match chain(spot) {
        Some((host, chain)) => {
            let change = if taken.is_some() { "-D" } else { "-I" };
            let end = ports(host, chain);
            let (mask, value) = drop.typed;
            let chain = chain.name();
            let line = format!(
                "sudo iptables {change} {chain} -p tcp {end} {port} --tcp-flags {mask} {value} -j DROP"
            );
            (free_terminal(lab, host), line)
        }
        None => {
            let (flags, length) = drop.network;
            let (word, count) = if taken.is_some() { ("undrop", "") } else { ("drop", " -1") };
            (TerminalId::Network, format!("{word} {} {flags} {length}{count}", drop.sender))
        }
    };
    ToggleView {
        kind: drop.kind,
        on: taken.is_some(),
        elsewhere: other,
        terminal,
        line: line.into(),
        count: taken.unwrap_or(0),
        place: spot,
    }
}

/// The place that is chosen, with the sender's own chain in the place of `Sender`.
const fn spot(drop: &Drop, place: DropPlace) -> DropPlace {
    match (place, drop.sender) {
        (DropPlace::Sender, HostId::Server) => DropPlace::ServerOutput,
        (DropPlace::Sender, _) => DropPlace::ClientOutput,
        (place, _) => place,
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
fn count(world: &World, drop: &Drop, spot: DropPlace, port: u16) -> Option<u64> {
    match chain(spot) {
        Some((host, chain)) => {
            let wanted = rule(drop, host, chain, port);
            let rules = &world.firewall(host).chain(chain).rules;
            rules.iter().find(|filed| filed.rule == wanted).map(|filed| filed.counter.packets)
        }
        None => {
            let wanted = |loss: &&Loss| {
                let rule = &loss.rule;
                rule.from == drop.sender
                    && rule.flags.is_some_and(|flags| flags.and(HANDSHAKE) == network_flags(drop))
                    && rule.payload == drop.payload
            };
            world.losses().iter().find(wanted).map(|loss| loss.taken)
        }
    }
}

/// What the network's `drop` makes of the toggle's letters.
fn network_flags(drop: &Drop) -> Flags {
    drop.network.0.chars().fold(Flags::NONE, |flags, letter| {
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
fn rule(drop: &Drop, host: HostId, chain: ChainName, port: u16) -> Rule {
    let port = Some(Match::is((port, port)));
    let destination = ports(host, chain) == "--dport";
    let flags = Some(Match::is(FlagsMatch { mask: drop.mask, value: drop.value }));
    let protocol = Match::is(Protocol::TCP);
    let any = Rule { protocol, flags, ..Rule::any(Target::Drop) };
    if destination { Rule { destination_port: port, ..any } } else { Rule { source_port: port, ..any } }
}

/// How many rules and policies drop or reject something.
fn stopping(world: &World) -> usize {
    let chains =
        HostId::ALL.into_iter().flat_map(|host| ChainName::ALL.map(|name| world.firewall(host).chain(name)));
    let of_chain = |chain: &Chain| {
        let rules = chain.rules.iter().filter(|filed| stops(&filed.rule)).count();
        rules + usize::from(chain.policy == Policy::Drop)
    };
    chains.map(of_chain).sum()
}
