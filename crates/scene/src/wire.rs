//! The wire: gates, and segments between them.

use crate::model::{Fate, Flight, GateView, WireView};
use crate::names::{segment_kind, segment_label};
use crate::words::packet_name;
use tcp_core::net::firewall::{ChainName, Target};
use tcp_core::net::{Happened, HostId, Packet, PacketId, Place, World};

/// The gates from left to right.
const GATES: [(HostId, ChainName, &str, &str); 4] = [
    (HostId::Client, ChainName::Output, "OUT", "C_m OUTPUT"),
    (HostId::Client, ChainName::Input, "IN", "C_m INPUT"),
    (HostId::Server, ChainName::Input, "IN", "S_m INPUT"),
    (HostId::Server, ChainName::Output, "OUT", "S_m OUTPUT"),
];

/// How many of the newest packets are looked at.
const HORIZON: usize = 128;

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
        rules: rules.iter().filter(|(rule, _)| stops(&rule.target)).count(),
        stopped: rules.iter().filter(|(rule, _)| stops(&rule.target)).map(|(_, c)| c.packets).sum(),
    }
}

/// What is on its way now, and what was stopped last in each direction and has not been followed by another.
fn flights(world: &World) -> Vec<Flight> {
    let mut newest_seen = [false; 2];
    let mut flights: Vec<Flight> = Vec::new();
    let recent = world.packets().iter().rev().take(HORIZON);
    for packet in recent.filter(|p| between_hosts(p)) {
        let from_client = packet.from == HostId::Client;
        let newest = !std::mem::replace(&mut newest_seen[usize::from(from_client)], true);
        let end = ending(world, packet.id);
        let stopped = end.is_some();
        let on_its_way = !stopped && packet.arrives.is_some_and(|at| at > world.now());
        if on_its_way || (newest && stopped) {
            flights.push(flight(packet, end.unwrap_or(Fate::Arrives), stopped));
        }
    }
    flights.reverse();
    flights
}

fn between_hosts(packet: &Packet) -> bool {
    let other = |host| matches!(host, Some(HostId::Client | HostId::Server));
    packet.from != HostId::Site && other(packet.to) && packet.to != Some(packet.from)
}

/// How the packet's way ended, if it ended before its destination.
fn ending(world: &World, id: PacketId) -> Option<Fate> {
    world.facts().iter().rev().take(8 * HORIZON).find_map(|fact| match fact.what {
        Happened::Dropped { packet, place } | Happened::Rejected { packet, place, .. } if packet == id => {
            match place {
                Place::Chain(host, chain, _) => {
                    GATES.iter().position(|gate| (gate.0, gate.1) == (host, chain)).map(Fate::StoppedAt)
                }
                Place::Network => Some(Fate::Lost),
            }
        }
        Happened::Lost { packet } if packet == id => Some(Fate::Lost),
        _ => None,
    })
}

fn flight(packet: &Packet, fate: Fate, stopped: bool) -> Flight {
    let departed = packet.departed.unwrap_or(packet.made);
    let (label, kind, detail) = match packet.segment() {
        Some(segment) => {
            let ack = if segment.is_ack() { format!(", ACK {}", segment.ack) } else { String::new() };
            let detail = format!(
                "{}: SEQ {}{ack}, {} octets of data, window {}, {} octets in all",
                packet_name(packet),
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
        arrives: packet.arrives.unwrap_or(departed),
        fate,
        stopped,
        detail: detail.into(),
        again: packet.again,
    }
}
