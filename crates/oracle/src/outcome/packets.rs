//! Packets, as a recorder on both interfaces sees them.

use super::PacketSeen;
use super::ms;
use std::collections::{BTreeMap, BTreeSet};
use tcp_core::Instant;
use tcp_core::net::{Body, Endpoint, Happened, Packet, PacketId, Passage, Place, Unreachable, World};
use tcp_core::tcp::{Flags, Segment, Seq};

/// All packets that left a host, in order of departure.
pub(super) fn seen(world: &World) -> Vec<PacketSeen> {
    let lost: BTreeSet<PacketId> = losses(world).map(|(packet, _)| packet.id).collect();
    let mut first: BTreeMap<(Endpoint, Endpoint), Seq> = BTreeMap::new();
    let mut all = Vec::new();
    for packet in world.packets() {
        if let Some(segment) = packet.segment().filter(|segment| segment.is_syn()) {
            first.insert((packet.src, packet.dst), segment.seq);
        }
        let Some(departed) = packet.departed() else { continue };
        let arrives = packet.arrives().filter(|at| *at <= world.now() && !lost.contains(&packet.id));
        let mut seen = PacketSeen {
            t_ms: ms(departed),
            rx_ms: arrives.map(ms),
            from: packet.from.word().to_owned(),
            to: packet.to.filter(|to| *to == packet.from).map(|to| to.word().to_owned()),
            ..PacketSeen::default()
        };
        match &packet.body {
            Body::Tcp(segment) => fill_in(&mut seen, &packet, segment, &first),
            Body::Echo(echo) => {
                seen.proto = "icmp".to_owned();
                let what = if echo.is_reply { "reply" } else { "request" };
                let (id, number, length) = (echo.id, echo.number, 8 + u32::from(echo.octets));
                seen.text = format!(
                    "IP {} > {}: ICMP echo {what}, id {id}, seq {number}, length {length}",
                    packet.src.addr, packet.dst.addr
                );
            }
            Body::Icmp { unreachable, about, .. } => {
                seen.proto = "icmp".to_owned();
                seen.text =
                    format!("IP {} > {}: {}", packet.src.addr, packet.dst.addr, icmp(*unreachable, about.1));
            }
        }
        all.push((departed, seen));
    }
    all.sort_by_key(|(departed, _)| *departed);
    all.into_iter().map(|(_, seen)| seen).collect()
}

/// Packets that the network lost: the time at which each was sent, and its text.
pub(super) fn lost(world: &World) -> impl Iterator<Item = (Instant, String)> {
    losses(world).map(|(packet, at)| {
        let (letters, len) = packet.segment().map_or((String::new(), 0), |segment| {
            let letters =
                [(Flags::ACK, 'A'), (Flags::FIN, 'F'), (Flags::RST, 'R'), (Flags::SYN, 'S')].into_iter();
            let set = letters.filter(|(flag, _)| segment.flags.contains(*flag)).map(|(_, letter)| letter);
            (set.collect(), segment.payload.len())
        });
        let from = packet.from.word();
        (
            packet.departed().unwrap_or(at),
            format!("dropped in the network: from {from} flags {letters} len {len}"),
        )
    })
}

fn losses(world: &World) -> impl Iterator<Item = (Passage<'_>, Instant)> {
    world.facts().filter_map(|fact| match fact.what {
        Happened::Lost { packet, .. } => Some((world.packet(packet), fact.at)),
        Happened::Dropped { packet, place: Place::Link(at) } if world.packet(packet).from != at => {
            Some((world.packet(packet), fact.at))
        }
        _ => None,
    })
}

fn fill_in(
    seen: &mut PacketSeen,
    packet: &Packet,
    segment: &Segment,
    first: &BTreeMap<(Endpoint, Endpoint), Seq>,
) {
    let relative = |number: Seq, ends| first.get(&ends).map(|first| number.distance_from(*first));
    let ack = segment.is_ack().then_some(segment.ack);
    seen.proto = "tcp".to_owned();
    (seen.src, seen.dst) = (packet.src.to_string(), packet.dst.to_string());
    seen.flags = segment.flags.join(",");
    (seen.seq, seen.ack) = (Some(segment.seq.0), ack.map(|ack| ack.0));
    seen.len = segment.data_len();
    seen.rel_seq = relative(segment.seq, (packet.src, packet.dst));
    seen.rel_ack = ack.and_then(|ack| relative(ack, (packet.dst, packet.src)));
}

/// An ICMP message as tcpdump writes it.
fn icmp(unreachable: Unreachable, to: Endpoint) -> String {
    let what = match unreachable {
        Unreachable::Net => format!("net {} unreachable", to.addr),
        Unreachable::Host => format!("host {} unreachable", to.addr),
        Unreachable::Protocol => format!("{} protocol 6 unreachable", to.addr),
        Unreachable::Port => format!("{} tcp port {} unreachable", to.addr, to.port),
        Unreachable::NetProhibited => format!("net {} unreachable - admin prohibited", to.addr),
        Unreachable::HostProhibited => format!("host {} unreachable - admin prohibited", to.addr),
        Unreachable::AdminProhibited => format!("host {} unreachable - admin prohibited filter", to.addr),
    };
    format!("ICMP {what}, length 68")
}
