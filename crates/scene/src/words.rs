//! Facts as sentences. What a reader of the page is told stands here and in [`crate::notes`], and nowhere else.

use crate::names::{article_name, segment_label};
use tcp_core::net::firewall::RuleAt;
use tcp_core::net::{Errno, Fact, Happened, HostId, Packet, PacketId, Place, World};
use tcp_core::tcp::{Discard, Row, Segment, State, Timer};

/// `SYN #2`: what a packet is, and the how manieth of its kind.
pub fn packet_name(packet: &Packet) -> String {
    match packet.segment() {
        Some(segment) if packet.again > 0 => format!("{} #{}", segment_label(segment), packet.again + 1),
        Some(segment) => segment_label(segment),
        None => "the ICMP error".to_owned(),
    }
}

/// `rule 1 in C_m OUTPUT`
pub fn place_name(place: Place) -> String {
    match place {
        Place::Chain(host, chain, Some(RuleAt { number, .. })) => {
            format!("rule {number} in {host} {}", chain.name())
        }
        Place::Chain(host, chain, None) => format!("the policy of {host} {}", chain.name()),
        Place::Network => "the network".to_owned(),
    }
}

/// The fact as one sentence; `None` if it is too small to be told.
pub fn sentence(world: &World, fact: &Fact) -> Option<String> {
    let name = |id: &PacketId| packet_name(&world.packet(*id));
    let host = fact.host.map_or("the network", HostId::name);
    let text = match &fact.what {
        Happened::Moved { row, .. } if row.is_loop() => format!("{host}: {}", row.says),
        Happened::Moved { row, .. } if forgets_half_open(row) => {
            format!("{host} forgets the half-open connection. {}", row.says)
        }
        Happened::Sent { packet, socket: None } if is_reset(&world.packet(*packet)) => {
            format!("{host} answers with {}: it has no such connection.", name(packet))
        }
        Happened::Moved { row, .. } => format!("{host} enters {}. {}", article_name(row.to), row.says),
        Happened::Dropped { packet, place } => {
            format!("{} hit {}. Nobody is told.", name(packet), place_name(*place))
        }
        Happened::Rejected { packet, place, .. } => {
            format!("{} was rejected by {}; its sender is told.", name(packet), place_name(*place))
        }
        Happened::Lost { packet, .. } => format!("{} was lost in the network. Nobody is told.", name(packet)),
        Happened::Duplicated { packet, .. } => format!("The network delivers {} twice.", name(packet)),
        Happened::QueueFull { packet, .. } => {
            format!("{host} has no room in its queue: {} is ignored.", name(packet))
        }
        Happened::Cookie { packet, .. } => {
            format!(
                "{host} has too many half-open connections: it answers {} and keeps no entry.",
                name(packet)
            )
        }
        Happened::NobodyThere { packet } => {
            format!("No host has the address {}.", world.packet(*packet).dst.addr)
        }
        Happened::Discarded { packet, why: Discard::OutOfWindow } if world.packet(*packet).again > 0 => {
            format!("{} came before; {host} acknowledges it once more.", name(packet))
        }
        Happened::Discarded { packet, why } => {
            format!("{} has no effect at {host}: {}.", name(packet), discard_reason(*why))
        }
        Happened::Refused { error, call, .. } if !is_patience(*error) => {
            format!("{host}: {}() fails: {error}.", call_name(*call))
        }
        _ => return None,
    };
    Some(text)
}

/// The fact as a link in a chain of causes; `None` if the chain reads better without it.
pub fn link(world: &World, fact: &Fact) -> Option<String> {
    let name = |id: &PacketId| packet_name(&world.packet(*id));
    let host = fact.host.map_or("the network", HostId::name);
    let text = match &fact.what {
        Happened::Sent { packet, .. } => format!("{host} sent {}", name(packet)),
        Happened::Arrived { packet, .. } => format!("{} reached {host}", name(packet)),
        Happened::TimerExpired { timer, .. } => match timer {
            Timer::Retransmit => format!("no answer came to {host} in time"),
            Timer::Probe => format!("{host} tries once more what it could not send"),
            Timer::TimeWait | Timer::Keepalive => format!("the wait at {host} is over"),
            Timer::DelayedAck => format!("the program on {host} has not closed yet"),
        },
        Happened::Called { call, .. } => {
            format!("the program on {host} called {}()", call_name(*call))
        }
        _ => return sentence(world, fact).map(|text| text.trim_end_matches('.').to_owned()),
    };
    Some(text)
}

/// A half-open entry ends; its listener stays where it is.
fn forgets_half_open(row: &Row) -> bool {
    row.from == State::SynReceived && matches!(row.to, State::Closed | State::Listen)
}

fn is_reset(packet: &Packet) -> bool {
    packet.segment().is_some_and(Segment::is_rst)
}

fn is_patience(error: Errno) -> bool {
    matches!(error, Errno::Again | Errno::InProgress)
}

fn call_name(call: tcp_core::net::CallName) -> &'static str {
    use tcp_core::net::CallName;
    match call {
        CallName::Bind => "bind",
        CallName::Listen => "listen",
        CallName::Connect => "connect",
        CallName::Accept => "accept",
        CallName::Send => "send",
        CallName::Recv => "recv",
        CallName::Shutdown => "shutdown",
        CallName::Close => "close",
    }
}

fn discard_reason(why: Discard) -> &'static str {
    match why {
        Discard::OutOfWindow => "it lies outside the window",
        Discard::Duplicate => "all of it came before",
        Discard::BadReset => "its sequence number is not the one expected",
        Discard::BadAck => "it acknowledges what was never sent",
        Discard::NoAck => "it carries no ACK",
        Discard::SynInside => "a SYN has no place in an open connection",
        Discard::NotExpected => "nothing waits for it",
    }
}
