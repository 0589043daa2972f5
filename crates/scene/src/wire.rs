//! The wire: gates, and segments between them.

use crate::model::{Fate, Flight, GateView, WireView};
use crate::names::{segment_kind, segment_label};
use crate::words::packet_name;
use tcp_core::net::firewall::{ChainName, Target};
use tcp_core::net::{Fate as PacketFate, HostId, Packet, Passage, Place, World};

/// The gates from left to right.
const GATES: [(HostId, ChainName, &str, &str); 4] = [
    (HostId::Client, ChainName::Output, "OUT", "C_m OUTPUT"),
    (HostId::Client, ChainName::Input, "IN", "C_m INPUT"),
    (HostId::Server, ChainName::Input, "IN", "S_m INPUT"),
    (HostId::Server, ChainName::Output, "OUT", "S_m OUTPUT"),
];

pub(crate) fn wire(world: &World) -> WireView {
    let delay = |host| u32::try_from(world.delay(host).as_millis()).unwrap_or(u32::MAX);
    WireView {
        gates: std::array::from_fn(|at| gate(world, at)),
        flights: flights(world),
        delay_ms: [delay(HostId::Client), delay(HostId::Server)],
    }
}

fn gate(world: &World, at: usize) -> GateView {
    let (host, chain, label, name) = GATES[at];
    let stops = |target: &Target| matches!(target, Target::Drop | Target::Reject(_));
    let rules = &world.firewall(host).chain(chain).rules;
    GateView {
        host,
        label,
        name,
        rules: rules.iter().filter(|filed| stops(&filed.rule.target)).count(),
        stopped: rules
            .iter()
            .filter(|filed| stops(&filed.rule.target))
            .map(|filed| filed.counter.packets)
            .sum(),
    }
}

/// What is on its way now, and what was stopped last in each direction and has not been followed by another.
fn flights(world: &World) -> Vec<Flight> {
    let log = world.log();
    let on_its_way = log.in_flight().filter(|packet| between_hosts(packet));
    let mut shown: Vec<Passage<'_>> =
        on_its_way.filter(|packet| packet.arrives() > Some(world.now())).collect();
    for from in [HostId::Client, HostId::Server] {
        let newest = log.packets().rev().find(|packet| packet.from == from && between_hosts(packet));
        shown.extend(newest.filter(|packet| ending(packet.fate()).is_some()));
    }
    shown.sort_by_key(|packet| packet.id);
    shown.into_iter().map(flight).collect()
}

fn between_hosts(packet: &Packet) -> bool {
    let other = |host| matches!(host, Some(HostId::Client | HostId::Server));
    packet.from != HostId::Site && other(packet.to) && packet.to != Some(packet.from)
}

/// How the packet's way ended, if it ended before its destination.
fn ending(fate: PacketFate) -> Option<Fate> {
    match fate {
        PacketFate::Dropped(_, place) | PacketFate::Rejected(_, place) => match place {
            Place::Chain(host, chain, _) => {
                GATES.iter().position(|gate| (gate.0, gate.1) == (host, chain)).map(Fate::StoppedAt)
            }
            Place::Network => Some(Fate::Lost),
        },
        PacketFate::Lost(..) => Some(Fate::Lost),
        _ => None,
    }
}

fn flight(packet: Passage<'_>) -> Flight {
    let end = ending(packet.fate());
    let departed = packet.departed().unwrap_or(packet.made);
    let (label, kind, detail) = match packet.segment() {
        Some(segment) => {
            let ack = if segment.is_ack() { format!(", ACK {}", segment.ack) } else { String::new() };
            let detail = format!(
                "{}: SEQ {}{ack}, {} octets of data, window {}, {} octets in all",
                packet_name(&packet),
                segment.seq,
                segment.data_len(),
                segment.window,
                packet.ip_octets()
            );
            (segment_label(segment), segment_kind(segment), detail)
        }
        None => ("ICMP".to_owned(), "icmp", "ICMP: destination unreachable".to_owned()),
    };
    Flight {
        packet: packet.id,
        label: label.into(),
        kind,
        from_client: packet.from == HostId::Client,
        departed,
        arrives: packet.arrives().unwrap_or(departed),
        fate: end.unwrap_or(Fate::Arrives),
        stopped: end.is_some(),
        detail: detail.into(),
        again: packet.again,
    }
}
