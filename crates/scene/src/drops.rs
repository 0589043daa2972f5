//! What the toggles drop, and how that is typed.

use crate::words::{DropPlace, Kind};
use tcp_core::net::firewall::{ChainName, FlagsMatch, Match, Protocol, Rule, Target};
use tcp_core::net::{HostId, Loss, PayloadMatch, Takes};
use tcp_core::tcp::Flags;
use tcp_shell::{Lab, TerminalId};

/// What a toggle drops, and how that is typed.
pub(crate) struct Drop {
    pub(crate) kind: Kind,
    /// The value of `--tcp-flags`, as typed: mask and flags.
    pub(crate) typed: (&'static str, &'static str),
    pub(crate) mask: Flags,
    pub(crate) value: Flags,
    /// The same in the network's language: flags, and the payload's length.
    pub(crate) network: (&'static str, &'static str),
    pub(crate) payload: PayloadMatch,
    /// Who sends it first.
    pub(crate) sender: HostId,
}

impl Drop {
    /// The line that adds or deletes the toggle's rule.
    pub(crate) fn line(&self, change: &str, host: HostId, chain: ChainName, port: u16) -> String {
        let (end, (mask, value), chain) = (ports(host, chain), self.typed, chain.name());
        format!("sudo iptables {change} {chain} -p tcp {end} {port} --tcp-flags {mask} {value} -j DROP")
    }

    /// C_m opens and S_m answers, so that the first two segments have one direction; all others have both.
    pub(crate) const fn misses(&self, spot: DropPlace) -> bool {
        match self.kind {
            Kind::Syn => matches!(spot, DropPlace::ClientInput | DropPlace::ServerOutput),
            Kind::SynAck => matches!(spot, DropPlace::ClientOutput | DropPlace::ServerInput),
            _ => false,
        }
    }

    /// The toggle that would take the same in this chain.
    pub(crate) fn of_rule(is: &Rule, host: HostId, chain: ChainName, port: u16) -> Option<&'static Drop> {
        DROPS.iter().find(|drop| drop.is_rule(is, host, chain, port))
    }

    /// The rule takes what the toggle's own would take of a connection with this port: whatever its mask is.
    pub(crate) fn is_rule(&self, is: &Rule, host: HostId, chain: ChainName, port: u16) -> bool {
        let own = rule(self, host, chain, port);
        let Some(flags) = &is.flags else { return false };
        let all_ports = Rule { source_port: None, destination_port: None, ..own.clone() };
        let same = |of: Rule| *is == Rule { flags: is.flags.clone(), ..of };
        let of_toggle = FlagsMatch { mask: self.mask, value: self.value };
        (same(own) || same(all_ports))
            && SEEN
                .into_iter()
                .all(|seen| (takes(&flags.value, seen) != flags.inverted) == takes(&of_toggle, seen))
    }

    /// The toggle whose loss this is.
    pub(crate) fn of_loss(loss: &Loss) -> Option<&'static Drop> {
        DROPS.iter().find(|drop| drop.is_loss(loss))
    }

    pub(crate) fn is_loss(&self, Loss { rule, .. }: &Loss) -> bool {
        !matches!(rule.takes, Takes::Share(_))
            && rule.from == self.sender
            && rule.flags.is_some_and(|flags| flags.and(HANDSHAKE) == network_flags(self))
            && rule.payload == self.payload
    }
}

/// The flags that segments have: SYN, SYN|ACK, ACK, data, FIN, data with FIN, and both kinds of RST.
const SEEN: [u8; 8] = [0x02, 0x12, 0x10, 0x18, 0x11, 0x19, 0x04, 0x14];

const fn takes(flags: &FlagsMatch, seen: u8) -> bool {
    Flags::from_bits(seen).and(flags.mask).bits() == flags.value.bits()
}

const HANDSHAKE: Flags = Flags::from_bits(0x17);

pub(crate) const DROPS: [Drop; 6] = [
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

/// The server's port is the destination of what the client sends, and the source of what it gets.
pub(crate) fn ports(host: HostId, chain: ChainName) -> &'static str {
    match (host, chain) {
        (HostId::Client, ChainName::Output) | (HostId::Server, ChainName::Input) => "--dport",
        _ => "--sport",
    }
}

/// The lower terminal observes; while a program owns it, the upper is asked, and then a third. That is the answer, too,
/// where a program owns them all.
pub(crate) fn free_terminal(lab: &Lab, host: HostId) -> TerminalId {
    let (lower, upper, third) = match host {
        HostId::Server => (TerminalId::ServerLower, TerminalId::ServerUpper, TerminalId::ServerThird),
        _ => (TerminalId::ClientLower, TerminalId::ClientUpper, TerminalId::ClientThird),
    };
    [lower, upper].into_iter().find(|id| lab.terminal(*id).is_free()).unwrap_or(third)
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
pub(crate) fn rule(drop: &Drop, host: HostId, chain: ChainName, port: u16) -> Rule {
    let port = Some(Match::is((port, port)));
    let destination = ports(host, chain) == "--dport";
    let flags = Some(Match::is(FlagsMatch { mask: drop.mask, value: drop.value }));
    let protocol = Match::is(Protocol::TCP);
    let any = Rule { protocol, flags, ..Rule::any(Target::Drop) };
    if destination { Rule { destination_port: port, ..any } } else { Rule { source_port: port, ..any } }
}
