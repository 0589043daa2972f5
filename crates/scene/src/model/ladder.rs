//! The segments of a connection, one below the other, and the states of both ends beside them.

use crate::words::{Due, PacketName, SegmentFate};
use std::time::Duration;
use tcp_core::Instant;
use tcp_core::net::PacketId;
use tcp_core::tcp::State;

/// What was sent by now, of one connection or of all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ladder {
    /// Which connections.
    pub scope: Scope,
    /// The newest segments, oldest first.
    pub rungs: Vec<Rung>,
    /// How many were sent before these.
    pub earlier: usize,
    /// When the last of those was sent.
    pub before: Option<Instant>,
    /// What both hosts were in meanwhile: ordered by host, C_m's first.
    pub lives: Vec<Life>,
    /// When connections began, oldest first. Times are counted from the last of them.
    pub begins: Vec<Instant>,
    /// How far time is drawn: until now, or until what is due next.
    pub until: Instant,
    /// What is due then.
    pub due: Option<Due>,
}

impl Ladder {
    /// How long after the beginning of the connection a moment is.
    pub fn after(&self, at: Instant) -> Duration {
        let next = self.begins.partition_point(|begin| *begin <= at);
        at.since(next.checked_sub(1).map_or(Instant::START, |last| self.begins[last]))
    }

    /// A host is closed from where a state ends and it enters no other; among several connections that says nothing of the
    /// host. Each with the place of that state among the lives.
    pub fn closed(&self) -> impl Iterator<Item = (usize, Life)> + '_ {
        let alone = |life: &Life| !life.listens() && life.connection.is_none() && life.to.is_some();
        self.lives.iter().enumerate().filter(move |(_, life)| alone(life)).filter_map(|(at, life)| {
            let enters = |next: &Life| next.of_client == life.of_client && next.from == life.to;
            let closed = Life { state: State::Closed, from: life.to, to: None, ..*life };
            (!self.lives.iter().any(enters)).then_some((at, closed))
        })
    }
}

/// Which connections are on a ladder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// The one that the diagram shows.
    #[default]
    One,
    /// All between the two hosts.
    All,
}

/// A segment.
#[derive(Clone, Debug, PartialEq)]
pub struct Rung {
    /// Which packet.
    pub packet: PacketId,
    /// When it was sent.
    pub at: Instant,
    /// How long after the first segment of the connection that was.
    pub after: Duration,
    /// From C_m to S_m; else the other way.
    pub from_client: bool,
    /// The port that its connection is known by, if there may be several connections.
    pub connection: Option<u16>,
    /// What it is called: `SYN|ACK #2`.
    pub name: PacketName,
    /// No host sent it: it was put on the wire by hand.
    pub by_hand: bool,
    /// Its colour: `syn`, `data`, `ack`, `fin`, `rst`, `icmp`.
    pub kind: &'static str,
    /// Its sequence number, counted from that of its sender's SYN: less than zero before it; none in ICMP.
    pub seq: Option<i32>,
    /// What it acknowledges, counted from the other end's SYN.
    pub ack: Option<i32>,
    /// Octets of data.
    pub octets: u32,
    /// What became of it.
    pub fate: SegmentFate,
    /// No TCP sent it: the network, or its host's netem, made it of another.
    pub is_copy: bool,
    /// The last packet before it with the same segment; none of a copy.
    pub repeats: Option<PacketId>,
    /// Its way, from its sender on.
    pub way: Vec<Corner>,
}

impl Rung {
    /// It was stopped.
    pub const fn is_stopped(&self) -> bool {
        self.fate.is_stopped()
    }
}

/// A place on a segment's way, with the moment at which it was there, or will be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Corner {
    /// The moment.
    pub at: Moment,
    /// The place.
    pub spot: Spot,
}

/// A place between two hosts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spot {
    /// At the host that sends.
    Sender,
    /// In its firewall.
    SendersGate,
    /// On the wire: so much of the way is gone.
    Wire(f32),
    /// In the firewall of the host that receives.
    ReceiversGate,
    /// At the host that receives.
    Receiver,
}

/// A moment, and its place among the facts of that moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The time.
    pub at: Instant,
    /// The number of the fact; the highest number if it is still to come.
    pub fact: u32,
}

/// What a host was in for some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    /// It is C_m's; else S_m's.
    pub of_client: bool,
    /// The port that its connection is known by, if there may be several connections.
    pub connection: Option<u16>,
    /// The state.
    pub state: State,
    /// When it was entered; `None` if that was before all that is drawn.
    pub from: Option<Moment>,
    /// When it was left; `None` if it lasts.
    pub to: Option<Moment>,
}

impl Life {
    /// It is a listener's.
    pub const fn listens(&self) -> bool {
        matches!(self.state, State::Listen)
    }
}
