//! Connection tracking: what the packets that pass a host's firewall are to the connections that it has seen, as Linux's
//! `nf_conntrack` has it.
//!
//! A host tracks while one of its rules asks for states. A packet that the rules drop begins nothing, so the next try is
//! new again; a connection that is older than the rules is taken up in the middle (`nf_conntrack_tcp_loose`). Times run out
//! by themselves: an entry whose time is over is one no more.
//!
//! Left out on purpose: whether a segment lies in the window. An observer could notice that a segment with numbers far out
//! of the window is ESTABLISHED here and INVALID on Linux; only the number of a reset is examined. There is no translation
//! of addresses, and nothing is expected, as by the helper of FTP. Linux 6.18.44 drops what comes to a rule with `connlimit`
//! when it counts no connection at all, be it the last ACK of the only one; here such a rule does not match.

mod entry;
mod machine;

use super::firewall::{Connections, Tracked};
use crate::Instant;
use crate::net::{Body, Echo, Endpoint, Packet, PacketId};
use entry::{Entry, Seen};
use machine::{Direction, Kind};
use std::collections::BTreeMap;

/// How many connections are tracked at most; the kernel's bound depends on its memory.
const MOST: usize = 65_536;

/// Both ends of a connection, that of its first packet's sender first.
type Ends = (Endpoint, Endpoint);

/// The connections that a host tracks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Conntrack {
    entries: BTreeMap<Ends, Entry>,
    /// Packets that are not judged by themselves: those that pass this host twice, and answers of REJECT.
    known: BTreeMap<PacketId, Tracked>,
    /// Who asks whom by echo with which identifier, and whether there was a reply.
    echoes: BTreeMap<(Ends, u16), bool>,
}

/// A connection that begins with a packet if the rules let it pass.
pub(super) type Begun = Option<(Ends, Entry)>;

impl Conntrack {
    /// Tracks nothing yet.
    pub(super) const fn new() -> Conntrack {
        Conntrack { entries: BTreeMap::new(), known: BTreeMap::new(), echoes: BTreeMap::new() }
    }

    /// What the packet is, and which connection it would begin.
    pub(super) fn track(&mut self, now: Instant, packet: &Packet) -> (Tracked, Begun) {
        if let Some(tracked) = self.known.remove(&packet.id) {
            return (tracked, None);
        }
        let segment = match &packet.body {
            Body::Tcp(segment) => segment,
            Body::Echo(echo) => return (self.track_echo((packet.src, packet.dst), *echo), None),
            Body::Icmp { about, .. } => {
                let of_echo = self.echoes.keys().any(|(ends, _)| ends == about);
                let known = of_echo || self.find(now, *about).is_some();
                return (if known { Tracked::Related } else { Tracked::Invalid }, None);
            }
        };
        let Some(kind) = Kind::of(segment.flags) else { return (Tracked::Invalid, None) };
        let seen = Seen::of(segment);
        let ends = (packet.src, packet.dst);
        if let Some((key, direction)) = self.find(now, ends) {
            let Some(entry) = self.entries.get_mut(&key) else { return (Tracked::Invalid, None) };
            let tracked = entry.standing(direction);
            match entry.takes(now, direction, kind, &seen) {
                entry::Fate::Stays => return (tracked, None),
                entry::Fate::Invalid => return (Tracked::Invalid, None),
                entry::Fate::Ends => {
                    self.entries.remove(&key);
                    return (tracked, None);
                }
                entry::Fate::BeginsAgain => _ = self.entries.remove(&key),
            }
        }
        match Entry::begun(now, kind, &seen) {
            Some(entry) if self.has_room(now) => (Tracked::New, Some((ends, entry))),
            _ => (Tracked::Invalid, None),
        }
    }

    /// A request is new until there was a reply; a reply without a request is nothing.
    fn track_echo(&mut self, (src, dst): Ends, echo: Echo) -> Tracked {
        let key = if echo.is_reply { ((dst, src), echo.id) } else { ((src, dst), echo.id) };
        match (self.echoes.get_mut(&key), echo.is_reply) {
            (Some(replied), true) => {
                *replied = true;
                Tracked::Established
            }
            (Some(true), false) => Tracked::Established,
            (Some(false), false) => Tracked::New,
            (None, true) => Tracked::Invalid,
            (None, false) => {
                if self.echoes.len() < MOST {
                    self.echoes.insert(key, false);
                }
                Tracked::New
            }
        }
    }

    /// Keeps the connection that a packet has begun that passed all rules.
    pub(super) fn confirm(&mut self, begun: Begun) {
        self.entries.extend(begun);
    }

    /// Says what a packet is when it is looked at next.
    pub(super) fn expect(&mut self, packet: PacketId, tracked: Tracked) {
        self.known.insert(packet, tracked);
    }

    /// The entry of a connection, and the direction of a packet with these ends.
    fn find(&self, now: Instant, (src, dst): Ends) -> Option<(Ends, Direction)> {
        let lives = |key: &Ends| self.entries.get(key).is_some_and(|entry| entry.lives(now));
        let ways = [((src, dst), Direction::Original), ((dst, src), Direction::Reply)];
        ways.into_iter().find(|(key, _)| lives(key))
    }

    fn has_room(&mut self, now: Instant) -> bool {
        if self.entries.len() >= MOST {
            self.entries.retain(|_, entry| entry.lives(now));
        }
        self.entries.len() < MOST
    }
}

impl Connections for Conntrack {
    fn ends(&self, now: Instant, src: Endpoint, dst: Endpoint) -> Ends {
        self.find(now, (src, dst)).map_or((src, dst), |(ends, _)| ends)
    }

    fn is_open(&self, now: Instant, ends: Ends) -> Option<bool> {
        self.entries.get(&ends).filter(|entry| entry.lives(now)).map(entry::Entry::is_open)
    }
}
