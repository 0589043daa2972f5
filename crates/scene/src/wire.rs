//! The wire: gates, and segments between them.

use crate::drops::free_terminal;
use crate::model::{ButtonView, CableView, Fate, Flight, GateView, RuleView, WireView};
use crate::names::segment_kind;
use crate::subject::is_between_hosts;
use crate::words::{Header, Message, PacketName};
use std::time::Duration;
use tcp_core::net::firewall::{ChainName, Policy, Rule, Target};
use tcp_core::net::{
    Body, Device, Fate as PacketFate, HostId, Impairment, LossRule, Packet, Passage, PayloadMatch, Place,
    Qdisc, Share, Takes, Way, World,
};
use tcp_core::{Instant, micros};
use tcp_course::Action;
use tcp_shell::{IMPAIRMENTS, Lab, TerminalId, command};

/// The gates from left to right.
pub(crate) const GATES: [(HostId, ChainName, &str); 4] = [
    (HostId::Client, ChainName::Output, "OUT"),
    (HostId::Client, ChainName::Input, "IN"),
    (HostId::Server, ChainName::Input, "IN"),
    (HostId::Server, ChainName::Output, "OUT"),
];

pub(crate) fn wire(lab: &Lab, rules: &[RuleView]) -> WireView {
    let world = lab.world();
    let delay = |host| u32::try_from(micros(world.delay(host)) / 1000).unwrap_or(u32::MAX);
    WireView {
        gates: std::array::from_fn(|at| GateView {
            rules: rules.iter().filter(|rule| rule.gate == Some(at)).cloned().collect(),
            ..gate(world, at)
        }),
        flights: flights(world),
        delay_ms: [delay(HostId::Client), delay(HostId::Server)],
        shares: [HostId::Client, HostId::Server].map(|from| IMPAIRMENTS.map(|what| share(world, from, what))),
        cables: [HostId::Client, HostId::Server].map(|host| cable(lab, host)),
        next: [HostId::Client, HostId::Server].map(|from| IMPAIRMENTS.map(|what| next(from, what))),
    }
}

/// Plugged in or not, and the line that changes it.
fn cable(lab: &Lab, host: HostId) -> CableView {
    let plugged = lab.world().is_linked(host);
    let line = format!("sudo ip link set eth0 {}", if plugged { "down" } else { "up" });
    CableView {
        plugged,
        act: ButtonView {
            label: Message::Cable { host, plug: !plugged },
            types: line.as_str().into(),
            action: Action::enter(free_terminal(lab, host), line),
            enabled: true,
            primary: false,
        },
    }
}

/// Which share of all that a host sends the network does this to.
fn share(world: &World, from: HostId, what: Impairment) -> Option<Share> {
    world.impairments(what).iter().find_map(|loss| match loss.rule {
        LossRule { flags: None, payload: PayloadMatch::Any, takes: Takes::Share(share), .. }
            if loss.rule.from == from =>
        {
            Some(share)
        }
        _ => None,
    })
}

/// Does something to whatever segment comes next from a host.
fn next(from: HostId, what: Impairment) -> ButtonView {
    let line = format!("{} {} * * 1", command(what), from.word());
    ButtonView {
        label: Message::ToNext(what),
        types: line.as_str().into(),
        action: Action::enter(TerminalId::Network, line),
        enabled: true,
        primary: false,
    }
}

fn gate(world: &World, at: usize) -> GateView {
    let (host, name, label) = GATES[at];
    let firewall = world.firewall(host);
    let chain = firewall.chain(name);
    let through = firewall.led_through(name);
    let stopping = || through.iter().filter(|(_, filed)| stops(&filed.rule));
    let policy = chain.policy == Policy::Drop;
    let by_policy = if policy { chain.counter.packets } else { 0 };
    let stopped = by_policy + stopping().map(|(_, filed)| filed.counter.packets).sum::<u64>();
    let rules = stopping().count();
    // After the OUTPUT chain comes the netem, if there is one.
    let netem = netem(world, host).filter(|_| name == ChainName::Output);
    let lost = netem.map_or(0, |qdisc| u64::from(qdisc.counters().dropped));
    let loses = netem.is_some_and(|qdisc| qdisc.netem().loss.share > 0 || qdisc.netem().limit == 0);
    let stopped = stopped + lost;
    let says = Message::Gate { host, chain: name.name(), rules, policy, netem: netem.is_some(), stopped };
    GateView {
        host,
        label,
        says,
        shut: policy || rules > 0 || loses,
        stopped,
        rules: Vec::new(),
        toggles: Vec::new(),
    }
}

/// The rule drops or rejects what fits it.
pub(crate) const fn stops(rule: &Rule) -> bool {
    matches!(rule.target, Target::Drop | Target::Reject(_))
}

/// What is on its way now or waits to leave, and what was stopped last in each direction and has not been followed by another.
fn flights(world: &World) -> Vec<Flight> {
    let log = world.log();
    let on_its_way = log.in_flight().filter(|packet| is_between_hosts(packet));
    let mut shown: Vec<Passage<'_>> =
        on_its_way.filter(|packet| packet.arrives().is_none_or(|at| at > world.now())).collect();
    for packet in queued(world) {
        shown.insert(shown.partition_point(|other| other.id < packet.id), packet);
    }
    for from in [HostId::Client, HostId::Server] {
        let newest = log.packets().rev().find(|packet| packet.from == from && is_between_hosts(packet));
        if let Some(packet) = newest.filter(|packet| ending(packet.from, packet.fate()).is_some()) {
            shown.insert(shown.partition_point(|other| other.id < packet.id), packet);
        }
    }
    let ports = || shown.iter().map(|packet| client_port(packet));
    let several = ports().any(|port| Some(port) != ports().next());
    shown.iter().map(|packet| flight(world, *packet, several.then(|| client_port(packet)))).collect()
}

/// The port at C_m's end, which distinguishes connections: the server's is the same for all.
fn client_port(packet: &Packet) -> u16 {
    if packet.from == HostId::Client { packet.src.port } else { packet.dst.port }
}

/// How the packet's way ended, if it ended before its destination.
fn ending(from: HostId, fate: PacketFate) -> Option<Fate> {
    match fate {
        PacketFate::Dropped(_, place) | PacketFate::Rejected(_, place) => match place {
            Place::Chain(host, chain, _) => {
                GATES.iter().position(|gate| (gate.0, gate.1) == (host, chain)).map(Fate::StoppedAt)
            }
            Place::Link(host) => GATES
                .iter()
                .position(|gate| {
                    (gate.0, gate.1)
                        == (host, if from == host { ChainName::Output } else { ChainName::Input })
                })
                .map(Fate::StoppedAt),
            Place::Qdisc(host, _) | Place::Lookup(host) => own_gate(host).map(Fate::StoppedAt),
            Place::Network => Some(Fate::Lost),
        },
        PacketFate::Lost(..) => Some(Fate::Lost),
        _ => None,
    }
}

/// The gate by which a host sends.
fn own_gate(host: HostId) -> Option<usize> {
    GATES.iter().position(|gate| (gate.0, gate.1) == (host, ChainName::Output))
}

/// The netem of a host's card.
pub(crate) fn netem(world: &World, host: HostId) -> Option<&Qdisc> {
    world.host(host).qdisc(Device::Link)
}

/// The packets that wait in the netems of both hosts.
fn queued(world: &World) -> impl Iterator<Item = Passage<'_>> {
    let netems = [HostId::Client, HostId::Server].into_iter().filter_map(|host| netem(world, host));
    let waiting = netems.flat_map(|netem| netem.waiting());
    waiting.map(|packet| world.packet(packet.id)).filter(|packet| is_between_hosts(packet))
}

/// When a packet was stopped by hand, if it stays there.
fn stopped_by_hand(world: &World, fate: PacketFate) -> Option<Instant> {
    match fate {
        PacketFate::Held(fact, _) | PacketFate::Lost(fact, None) => world.log().at(fact),
        _ => None,
    }
}

/// When a copy would have departed, had it come all the way with the original up to where it was made.
fn beside(original: &Way, made: Instant, arrives: Instant) -> Instant {
    let left = 1.0 - original.gone(made).as_secs_f64() / original.whole.as_secs_f64();
    let before = arrives.since(made).as_secs_f64() * (1.0 / left - 1.0);
    let before = Duration::try_from_secs_f64(before).unwrap_or_default();
    made - before.min(made.since(Instant::START))
}

fn flight(world: &World, packet: Passage<'_>, port: Option<u16>) -> Flight {
    let end = ending(packet.from, packet.fate());
    let way = packet.way();
    let part = |at| way.as_ref().map(|way| way.gone(at).as_secs_f64() / way.whole.as_secs_f64());
    let rests = stopped_by_hand(world, packet.fate()).and_then(part).filter(|part| part.is_finite());
    let rests = if let PacketFate::Queued(..) = packet.fate() { Some(0.0) } else { rests };
    let departed = packet.departed().unwrap_or(packet.made);
    let arrives = packet.arrives().unwrap_or(departed);
    // What was held is as if it had departed later, and a copy as if it had come with the original.
    let original = packet.copy_of().and_then(|original| world.log().packet(original)?.way());
    let departed = match (original, &way) {
        (Some(original), _) if packet.queued().is_none() => beside(&original, departed, arrives),
        (_, Some(way)) => departed.max(arrives - way.whole),
        _ => departed,
    };
    let name = PacketName::of(&packet);
    let (kind, header) = match packet.segment() {
        Some(segment) => {
            let header = Header::Tcp {
                name,
                seq: segment.seq,
                ack: segment.is_ack().then_some(segment.ack),
                octets: segment.data_len(),
                window: segment.window,
                all: packet.ip_octets(),
            };
            (segment_kind(segment), header)
        }
        None => match packet.packet().body {
            Body::Echo(echo) => ("icmp", Header::Echo { is_reply: echo.is_reply }),
            _ => ("icmp", Header::Icmp),
        },
    };
    Flight {
        packet: packet.id,
        label: Message::Segment(name),
        kind,
        from_client: packet.from == HostId::Client,
        departed,
        arrives,
        rests,
        fate: end.unwrap_or(Fate::Arrives),
        stopped: end.is_some(),
        header,
        again: packet.times_before(),
        port: port.filter(|port| *port > 0),
    }
}
