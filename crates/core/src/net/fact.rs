//! The log: what happened, in the past tense, each fact with the one that caused it.

use super::firewall::{ChainName, RejectWith};
use super::{Errno, HostId, PacketId, SocketId};
use crate::Instant;
use crate::tcp::{Discard, Row, Timer};
use std::time::Duration;

/// Names a fact: its place in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactId(pub u32);

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Its place in the log.
    pub id: FactId,
    /// When.
    pub at: Instant,
    /// Where; `None` is in the network.
    pub host: Option<HostId>,
    /// What made it happen, if anything in the world did.
    pub cause: Option<FactId>,
    /// What.
    pub what: Happened,
}

/// A socket call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CallName {
    /// `bind()`
    Bind,
    /// `listen()`
    Listen,
    /// `connect()`
    Connect,
    /// `accept()`
    Accept,
    /// `send()`
    Send,
    /// `recv()`
    Recv,
    /// `shutdown()`
    Shutdown,
    /// `close()`
    Close,
}

/// Where a packet was stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// By a rule (its number from 1) or the policy (`None`) of a chain.
    Chain(HostId, ChainName, Option<usize>),
    /// In the network.
    Network,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happened {
    /// A program called.
    Called {
        /// On this socket.
        socket: SocketId,
        /// The call.
        call: CallName,
        /// How it ended, as far as it ended at once.
        result: Result<(), Errno>,
    },
    /// A connection took an edge.
    Moved {
        /// Which.
        socket: SocketId,
        /// The edge.
        row: &'static Row,
    },
    /// An entry without a row any more: it was CLOSED, or a half-open child back in LISTEN.
    Forgotten {
        /// Which.
        socket: SocketId,
    },
    /// TCP handed a packet down.
    Sent {
        /// Which.
        packet: PacketId,
        /// For this socket, if for any.
        socket: Option<SocketId>,
    },
    /// A packet was dropped by a firewall: nobody is told.
    Dropped {
        /// Which.
        packet: PacketId,
        /// Where.
        place: Place,
    },
    /// A packet was refused by a firewall, and its sender is told.
    Rejected {
        /// Which.
        packet: PacketId,
        /// Where.
        place: Place,
        /// How its sender is told.
        with: RejectWith,
    },
    /// A packet was lost in the network.
    Lost {
        /// Which.
        packet: PacketId,
    },
    /// The network made a second one of a packet.
    Duplicated {
        /// The original.
        packet: PacketId,
        /// The copy.
        copy: PacketId,
    },
    /// A packet went out on the wire.
    Departed {
        /// Which.
        packet: PacketId,
    },
    /// A packet passed the receiver's firewall and reached its TCP.
    Arrived {
        /// Which.
        packet: PacketId,
        /// The socket that takes it, if any.
        socket: Option<SocketId>,
    },
    /// An arrived segment had no effect.
    Discarded {
        /// Which.
        packet: PacketId,
        /// Why.
        why: Discard,
    },
    /// A listener had no room for a SYN or for the end of a handshake.
    QueueFull {
        /// The listener.
        socket: SocketId,
        /// The packet that found no room.
        packet: PacketId,
    },
    /// A listener with too many half-open connections answered a SYN without an entry, by a cookie.
    Cookie {
        /// The listener.
        socket: SocketId,
        /// The SYN.
        packet: PacketId,
    },
    /// A timer was set.
    TimerSet {
        /// Of this connection.
        socket: SocketId,
        /// Which.
        timer: Timer,
        /// It runs for so long.
        span: Duration,
    },
    /// A timer ran out.
    TimerExpired {
        /// Of this connection.
        socket: SocketId,
        /// Which.
        timer: Timer,
    },
    /// The link found nobody with that address (ARP).
    NobodyThere {
        /// What could not be delivered.
        packet: PacketId,
    },
    /// A firewall was changed.
    FirewallChanged {
        /// Which chain.
        chain: ChainName,
    },
    /// A constant was changed.
    Configured,
    /// The network was told to behave otherwise.
    NetworkChanged,
}
