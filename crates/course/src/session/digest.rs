//! The fingerprint of all that happened.
//!
//! FNV-1a of 64 bits over one line for each fact and each packet. The lines hold whole numbers and names only, so that
//! they are the same natively and in WebAssembly; they do not hold the table's sentences, which may be reworded.

use std::fmt::{self, Write};
use tcp_core::Instant;
use tcp_core::net::{Body, Fact, Happened, Packet, Place, World};

/// Sixteen hexadecimal digits.
pub(super) fn digest(world: &World) -> String {
    let mut hash = Fnv(0xcbf2_9ce4_8422_2325);
    for fact in world.facts() {
        // The hash takes everything.
        let _ = write_fact(fact, &mut hash);
    }
    for packet in world.packets() {
        let _ = write_packet(packet, &mut hash);
    }
    format!("{:016x}", hash.0)
}

/// FNV-1a, fed as text.
struct Fnv(u64);

impl Write for Fnv {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for octet in text.bytes() {
            self.0 = (self.0 ^ u64::from(octet)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        Ok(())
    }
}

fn write_fact(fact: &Fact, to: &mut impl Write) -> fmt::Result {
    let host = fact.host.map_or("network", tcp_core::net::HostId::name);
    let cause = fact.cause.map_or(-1, |cause| i64::from(cause.0));
    write!(to, "{} {} {host} {cause} ", fact.id.0, fact.at.as_micros())?;
    match &fact.what {
        Happened::Called { socket, call, result } => {
            write!(
                to,
                "called {} {call:?} {}",
                socket.0,
                result.map_or_else(|errno| errno.symbol(), |()| "ok")
            )
        }
        Happened::Moved { socket, row } => {
            write!(to, "moved {} {} {:?} {}", socket.0, row.from, row.trigger, row.to)
        }
        Happened::Forgotten { socket } => write!(to, "forgotten {}", socket.0),
        Happened::Sent { packet, socket } => {
            write!(to, "sent {} {}", packet.0, socket.map_or(-1, |socket| i64::from(socket.0)))
        }
        Happened::Dropped { packet, place } => {
            write!(to, "dropped {} ", packet.0)?;
            write_place(place, to)
        }
        Happened::Rejected { packet, place, with } => {
            write!(to, "rejected {} {with:?} ", packet.0)?;
            write_place(place, to)
        }
        Happened::Lost { packet } => write!(to, "lost {}", packet.0),
        Happened::Duplicated { packet, copy } => write!(to, "duplicated {} {}", packet.0, copy.0),
        Happened::Departed { packet } => write!(to, "departed {}", packet.0),
        Happened::Arrived { packet, socket } => {
            write!(to, "arrived {} {}", packet.0, socket.map_or(-1, |socket| i64::from(socket.0)))
        }
        Happened::Discarded { packet, why } => write!(to, "discarded {} {why:?}", packet.0),
        Happened::QueueFull { socket, packet } => write!(to, "full {} {}", socket.0, packet.0),
        Happened::Cookie { socket, packet } => write!(to, "cookie {} {}", socket.0, packet.0),
        Happened::TimerSet { socket, timer, span } => {
            write!(to, "set {} {timer:?} {}", socket.0, span.as_micros())
        }
        Happened::TimerExpired { socket, timer } => write!(to, "expired {} {timer:?}", socket.0),
        Happened::NobodyThere { packet } => write!(to, "nobody {}", packet.0),
        Happened::FirewallChanged { chain } => write!(to, "firewall {}", chain.name()),
        Happened::Configured => to.write_str("configured"),
        Happened::NetworkChanged => to.write_str("network"),
    }?;
    to.write_char('\n')
}

fn write_place(place: &Place, to: &mut impl Write) -> fmt::Result {
    match place {
        Place::Chain(host, chain, rule) => {
            write!(to, "{} {} {}", host.name(), chain.name(), rule.unwrap_or(0))
        }
        Place::Network => to.write_str("network"),
    }
}

fn write_packet(packet: &Packet, to: &mut impl Write) -> fmt::Result {
    let time = |at: Option<Instant>| at.map_or(0, Instant::as_micros);
    write!(to, "{} {} {} {} ", packet.id.0, packet.src, packet.dst, packet.again)?;
    write!(to, "{} {} {} ", packet.made.as_micros(), time(packet.departed), time(packet.arrives))?;
    match &packet.body {
        Body::Tcp(segment) => {
            let flags = segment.flags.bits();
            write!(to, "{} {} {flags} {} {:?}", segment.seq, segment.ack, segment.window, segment.payload)?;
        }
        Body::Icmp { unreachable, about } => write!(to, "{unreachable:?} {} {}", about.0, about.1)?,
    }
    to.write_char('\n')
}
