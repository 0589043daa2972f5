//! Fingerprints: of the facts, and of everything.
//!
//! Both are FNV-1a of 64 bits. The fingerprint of the facts takes in a line for each fact and each packet. The lines
//! hold only whole numbers and names, so that they are the same natively and in WebAssembly, and in every version of
//! this program that behaves the same; they do not hold the table's sentences, which may be reworded. The fingerprint
//! of everything also takes in hosts, wire, queue, terminals and processes, whatever they are made of.

use std::fmt::{self, Write};
use std::hash::{Hash, Hasher};
use tcp_core::net::firewall::ChainId;
use tcp_core::net::{
    Body, ChainChange, Fact, Happened, Impairment, Netem, NetworkChange, Passage, Place, QdiscDrop, World,
};
use tcp_core::{Instant, micros};
use tcp_shell::Lab;

/// Sixteen hexadecimal digits for what happened.
pub(super) fn of_facts(world: &World) -> String {
    let mut hash = Fnv::new();
    hash.take_facts(world);
    format!("{:016x}", hash.0)
}

/// Sixteen hexadecimal digits for what happened and for what exists now.
pub(super) fn of_all(lab: &Lab) -> String {
    let mut hash = Fnv::new();
    hash.take_facts(lab.world());
    lab.hash(&mut hash);
    format!("{:016x}", hash.0)
}

struct Fnv(u64);

impl Fnv {
    const fn new() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }

    fn take_facts(&mut self, world: &World) {
        for fact in world.facts() {
            // Writing to the hash cannot fail.
            let _ = write_fact(&fact, self);
        }
        for packet in world.packets() {
            let _ = write_packet(packet, self);
        }
    }
}

impl Write for Fnv {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        Hasher::write(self, text.as_bytes());
        Ok(())
    }
}

impl Hasher for Fnv {
    fn write(&mut self, octets: &[u8]) {
        for octet in octets {
            self.0 = (self.0 ^ u64::from(*octet)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    /// Hashes the same number of octets on every machine.
    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    /// Hashes the same number of octets on every machine.
    fn write_isize(&mut self, number: isize) {
        self.write_i64(number as i64);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

fn write_fact(fact: &Fact, to: &mut impl Write) -> fmt::Result {
    let host = fact.host.map_or("network", tcp_core::net::HostId::name);
    let cause = fact.cause.map_or(-1, |cause| i64::from(cause.0));
    write!(to, "{} {} {host} {cause} ", fact.id.0, fact.at.as_micros())?;
    match &fact.what {
        Happened::Called { socket, call } => write!(to, "called {} {call:?}", socket.0),
        Happened::Refused { socket, call, error } => {
            write!(to, "refused {} {call:?} {}", socket.0, error.symbol())
        }
        Happened::Moved { socket, row } => {
            let socket = socket.map_or(-1, |socket| i64::from(socket.0));
            write!(to, "moved {socket} {} {:?} {}", row.from, row.trigger, row.to)
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
        Happened::Lost { packet, rule } => {
            write!(to, "lost {} {}", packet.0, rule.map_or(-1, |rule| i64::from(rule.0)))
        }
        Happened::Held { packet, left, until } => {
            write!(to, "held {} {}", packet.0, left.as_micros())?;
            until.map_or(Ok(()), |until| write!(to, " until {}", until.as_micros()))
        }
        Happened::Released { packet, arrives } => {
            write!(to, "released {} {}", packet.0, arrives.as_micros())
        }
        Happened::Injected { packet } => write!(to, "injected {}", packet.0),
        Happened::Reordered { packet, rule } => write!(to, "reordered {} {}", packet.0, rule.0),
        Happened::Duplicated { packet, copy, .. } => write!(to, "duplicated {} {}", packet.0, copy.0),
        Happened::Queued { packet, leaves } => write!(to, "queued {} {}", packet.0, leaves.as_micros()),
        Happened::Departed { packet, arrives } => {
            write!(to, "departed {} {}", packet.0, arrives.as_micros())
        }
        Happened::Arrived { packet, socket } => {
            write!(to, "arrived {} {}", packet.0, socket.map_or(-1, |socket| i64::from(socket.0)))
        }
        Happened::Discarded { packet, why } => write!(to, "discarded {} {why:?}", packet.0),
        Happened::QueueFull { socket, packet } => write!(to, "full {} {}", socket.0, packet.0),
        Happened::Cookie { socket, packet } => write!(to, "cookie {} {}", socket.0, packet.0),
        Happened::TimerSet { socket, timer, span } => {
            write!(to, "set {} {timer:?} {}", socket.0, micros(*span))
        }
        Happened::TimerExpired { socket, timer } => write!(to, "expired {} {timer:?}", socket.0),
        Happened::NobodyThere { packet } => write!(to, "nobody {}", packet.0),
        Happened::Logged { packet, chain, rule } => {
            write!(to, "logged {} {} {} {}", packet.0, chain.name(), rule.id.0, rule.number)
        }
        Happened::FirewallChanged { chain, change } => {
            match chain {
                ChainId::BuiltIn(name) => write!(to, "firewall {} ", name.name()),
                ChainId::Own(id) => write!(to, "firewall own {} ", id.0),
            }?;
            write_chain_change(change, to)
        }
        Happened::Configured { setting } => write!(to, "configured {setting:?}"),
        Happened::AddressAdded { address } => write!(to, "address {address}"),
        Happened::AddressRemoved { address } => write!(to, "no address {address}"),
        Happened::DefaultRouteSet { there } => write!(to, "default route {there}"),
        Happened::LinkSet { up } => write!(to, "link {}", if *up { "up" } else { "down" }),
        Happened::QdiscSet { device, netem } => {
            write!(to, "qdisc {} ", device.name())?;
            match netem {
                Some(netem) => write_netem(netem, to),
                None => to.write_str("none"),
            }
        }
        Happened::NetworkChanged { change } => write_network_change(change, to),
    }?;
    to.write_char('\n')
}

fn write_place(place: &Place, to: &mut impl Write) -> fmt::Result {
    match place {
        Place::Chain(host, chain, rule) => {
            write!(to, "{} {} ", host.name(), chain.name())?;
            match rule {
                Some(rule) => write!(to, "{} {}", rule.id.0, rule.number),
                None => to.write_str("policy"),
            }
        }
        Place::Network => to.write_str("network"),
        Place::Link(host) => write!(to, "link {}", host.name()),
        Place::Lookup(host) => write!(to, "lookup {}", host.name()),
        Place::Qdisc(host, QdiscDrop::Lost) => write!(to, "netem {} lost", host.name()),
        Place::Qdisc(host, QdiscDrop::Full) => write!(to, "netem {} full", host.name()),
        Place::Qdisc(host, QdiscDrop::Emptied) => write!(to, "netem {} emptied", host.name()),
    }
}

fn write_netem(netem: &Netem, to: &mut impl Write) -> fmt::Result {
    let Netem { limit, delay, jitter, correlation, loss, duplicate, reorder, gap } = netem;
    write!(to, "{limit} {delay} {jitter} {correlation} {gap}")?;
    [loss, duplicate, reorder]
        .into_iter()
        .try_for_each(|odds| write!(to, " {} {}", odds.share, odds.correlation))
}

fn write_chain_change(change: &ChainChange, to: &mut impl Write) -> fmt::Result {
    match change {
        ChainChange::Made => to.write_str("made"),
        ChainChange::Unmade => to.write_str("unmade"),
        ChainChange::Renamed(id) => write!(to, "renamed {}", id.0),
        ChainChange::Inserted(rule) => write!(to, "inserted {} {}", rule.id.0, rule.number),
        ChainChange::Removed(rule) => write!(to, "removed {} {}", rule.id.0, rule.number),
        ChainChange::Flushed => to.write_str("flushed"),
        ChainChange::Zeroed => to.write_str("zeroed"),
        ChainChange::Policy(policy) => write!(to, "policy {policy:?}"),
    }
}

fn write_network_change(change: &NetworkChange, to: &mut impl Write) -> fmt::Result {
    match change {
        NetworkChange::Delay { from, delay } => write!(to, "delay {from} {}", micros(*delay)),
        NetworkChange::Impairs(what, id) => write!(to, "{} {}", does(*what), id.0),
        NetworkChange::Spares(what, id) => write!(to, "{} no more {}", does(*what), id.0),
        NetworkChange::Cleared => to.write_str("network cleared"),
    }
}

const fn does(what: Impairment) -> &'static str {
    match what {
        Impairment::Loss => "loses",
        Impairment::Duplication => "duplicates",
        Impairment::Reordering => "reorders",
    }
}

fn write_packet(packet: Passage<'_>, to: &mut impl Write) -> fmt::Result {
    let time = |at: Option<Instant>| at.map_or(0, Instant::as_micros);
    write!(to, "{} {} {} {} ", packet.id.0, packet.src, packet.dst, packet.again)?;
    write!(to, "{} {} {} ", packet.made.as_micros(), time(packet.departed()), time(packet.arrives()))?;
    match &packet.body {
        Body::Tcp(segment) => {
            let flags = segment.flags.bits();
            write!(to, "{} {} {flags} {} {:?}", segment.seq, segment.ack, segment.window, segment.payload)?;
        }
        Body::Echo(echo) => write!(to, "{echo:?}")?,
        Body::Icmp { unreachable, about, .. } => write!(to, "{unreachable:?} {} {}", about.0, about.1)?,
    }
    to.write_char('\n')
}
