//! Storage of a fact in 32 octets, because a storm of connections makes millions of them.

use super::{Fact, FactId, Happened};
use crate::Instant;
use crate::net::{CallName, HostId, PacketId, SocketId};
use crate::tcp::{Discard, Row, TABLE, Timer};
use std::num::NonZeroU32;
use std::ptr;
use std::time::Duration;

/// A stored fact. Its id is its place in the log.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    at: Instant,
    cause: Link,
    /// The previous fact about the same socket, or about the way of the same packet.
    pub(super) before: Link,
    what: What,
    host: Option<HostId>,
}

const _: () = assert!(size_of::<Kept>() == 32, "a fact takes 32 octets");

/// The id of a fact, or none, in four octets: one more than the id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Link(Option<NonZeroU32>);

impl From<Option<FactId>> for Link {
    fn from(id: Option<FactId>) -> Link {
        Link(id.and_then(|id| NonZeroU32::new(id.0.wrapping_add(1))))
    }
}

impl Link {
    pub(super) const NONE: Link = Link(None);

    pub(super) fn id(self) -> Option<FactId> {
        self.0.map(|number| FactId(number.get() - 1))
    }
}

/// What happened, in twelve octets. Rare kinds are in a list beside the log, at this place.
#[derive(Clone, Copy, Debug)]
enum What {
    Called { socket: SocketId, call: CallName },
    Moved { socket: Option<NonZeroU32>, row: u8 },
    Forgotten { socket: SocketId },
    Sent { packet: PacketId, socket: Option<NonZeroU32> },
    Departed { packet: PacketId, micros: u32 },
    Arrived { packet: PacketId, socket: Option<NonZeroU32> },
    Discarded { packet: PacketId, why: Discard },
    TimerSet { socket: SocketId, timer: Timer, micros: u32 },
    TimerExpired { socket: SocketId, timer: Timer },
    Rare { place: u32 },
}

impl Kept {
    /// Stores a fact; one of a rare kind is appended to `rare`.
    pub(super) fn new(fact: &Fact, before: Link, rare: &mut Vec<Happened>) -> Kept {
        let what = What::common(&fact.what, fact.at).unwrap_or_else(|| {
            rare.push(fact.what);
            What::Rare { place: u32::try_from(rare.len() - 1).unwrap_or(u32::MAX) }
        });
        Kept { at: fact.at, cause: fact.cause.into(), before, what, host: fact.host }
    }

    /// The fact, which has this id.
    pub(super) fn fact(&self, id: FactId, rare: &[Happened]) -> Fact {
        let what = self.what.happened(self.at, rare);
        Fact { id, at: self.at, host: self.host, cause: self.cause.id(), what }
    }

    /// When it happened.
    pub(super) const fn at(&self) -> Instant {
        self.at
    }

    /// Its place in the list of rare facts, if it is there.
    pub(super) const fn rare(&self) -> Option<u32> {
        match self.what {
            What::Rare { place } => Some(place),
            _ => None,
        }
    }
}

impl What {
    fn common(what: &Happened, at: Instant) -> Option<What> {
        let micros = |span: Duration| u32::try_from(crate::micros(span)).ok();
        Some(match *what {
            Happened::Called { socket, call } => What::Called { socket, call },
            Happened::Moved { socket, row } => What::Moved { socket: number(socket)?, row: place(row)? },
            Happened::Forgotten { socket } => What::Forgotten { socket },
            Happened::Sent { packet, socket } => What::Sent { packet, socket: number(socket)? },
            Happened::Departed { packet, arrives } => {
                What::Departed { packet, micros: micros(arrives.since(at))? }
            }
            Happened::Arrived { packet, socket } => What::Arrived { packet, socket: number(socket)? },
            Happened::Discarded { packet, why } => What::Discarded { packet, why },
            Happened::TimerSet { socket, timer, span } => {
                What::TimerSet { socket, timer, micros: micros(span)? }
            }
            Happened::TimerExpired { socket, timer } => What::TimerExpired { socket, timer },
            _ => return None,
        })
    }

    fn happened(self, at: Instant, rare: &[Happened]) -> Happened {
        let span = |micros| Duration::from_micros(u64::from(micros));
        let socket_of = |number: Option<NonZeroU32>| number.map(|number| SocketId(number.get()));
        match self {
            What::Called { socket, call } => Happened::Called { socket, call },
            What::Moved { socket, row } => {
                Happened::Moved { socket: socket_of(socket), row: &TABLE[usize::from(row)] }
            }
            What::Forgotten { socket } => Happened::Forgotten { socket },
            What::Sent { packet, socket } => Happened::Sent { packet, socket: socket_of(socket) },
            What::Departed { packet, micros } => Happened::Departed { packet, arrives: at + span(micros) },
            What::Arrived { packet, socket } => Happened::Arrived { packet, socket: socket_of(socket) },
            What::Discarded { packet, why } => Happened::Discarded { packet, why },
            What::TimerSet { socket, timer, micros } => {
                Happened::TimerSet { socket, timer, span: span(micros) }
            }
            What::TimerExpired { socket, timer } => Happened::TimerExpired { socket, timer },
            What::Rare { place } => rare[place as usize],
        }
    }
}

/// The number of a socket, which counts from 1. The outer `None` is for id 0, which no socket has.
fn number(socket: Option<SocketId>) -> Option<Option<NonZeroU32>> {
    match socket {
        Some(SocketId(id)) => NonZeroU32::new(id).map(Some),
        None => Some(None),
    }
}

/// The place of a row in the table, found by its address: comparing rows would be too slow for so frequent a fact.
fn place(row: &'static Row) -> Option<u8> {
    let at = (ptr::from_ref(row).addr().checked_sub(TABLE.as_ptr().addr())?) / size_of::<Row>();
    TABLE.get(at).filter(|found| ptr::eq(*found, row)).and_then(|_| u8::try_from(at).ok())
}
