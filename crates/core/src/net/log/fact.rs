//! Facts: what happened, in the past tense, each with the one that caused it.

use crate::Instant;
use crate::net::firewall::{ChainName, Policy, RejectWith, RuleAt};
use crate::net::{Errno, HostId, Ipv6, LossId, PacketId, Setting, SocketId};
use crate::tcp::{Discard, Row, Timer};
use std::time::Duration;

/// Names a fact: its place in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactId(pub u32);

/// One thing that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// By a rule or the policy (`None`) of a chain.
    Chain(HostId, ChainName, Option<RuleAt>),
    /// In the network.
    Network,
}

/// What was done to a chain of a firewall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChainChange {
    /// A rule was inserted, or appended, at this place.
    Inserted(RuleAt),
    /// The rule that was at this place was removed.
    Removed(RuleAt),
    /// All rules were removed.
    Flushed,
    /// All counters were set to zero.
    Zeroed,
    /// The policy is now this one.
    Policy(Policy),
}

/// How the network was told to behave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NetworkChange {
    /// What a host sends takes this long, one way.
    Delay {
        /// The sending host.
        from: HostId,
        /// One way.
        delay: Duration,
    },
    /// It loses what this rule takes.
    Loses(LossId),
    /// It no longer loses what this rule took.
    StopsLosing(LossId),
    /// It delivers twice what this rule takes.
    Duplicates(LossId),
    /// All its rules were removed.
    Cleared,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happened {
    /// A program called. If the call is refused at once, [`Happened::Refused`] follows.
    Called {
        /// On this socket.
        socket: SocketId,
        /// The call.
        call: CallName,
    },
    /// A call failed at once. Its cause is the call.
    Refused {
        /// On this socket.
        socket: SocketId,
        /// The call.
        call: CallName,
        /// Why.
        error: Errno,
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
        /// The rule that took it; `None` if it was dropped by hand.
        rule: Option<LossId>,
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
        /// When it reaches the other end, if nothing stops it.
        arrives: Instant,
    },
    /// A packet on the wire was told to wait where it is.
    Held {
        /// Which.
        packet: PacketId,
        /// How long it has still to go from there.
        left: Duration,
    },
    /// A packet that was held goes on.
    Released {
        /// Which.
        packet: PacketId,
        /// When it reaches the other end, if nothing stops it.
        arrives: Instant,
    },
    /// A packet was put on the wire by hand. No host sent it.
    Injected {
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
        /// What was done.
        change: ChainChange,
    },
    /// A constant was changed.
    Configured {
        /// Which, and its new value.
        setting: Setting,
    },
    /// A host was given an IPv6 address, in place of the one it had.
    AddressAdded {
        /// The address.
        address: Ipv6,
    },
    /// The network was told to behave otherwise.
    NetworkChanged {
        /// How.
        change: NetworkChange,
    },
}

impl Happened {
    /// The socket that it is about, if it is about one.
    pub const fn socket(&self) -> Option<SocketId> {
        match *self {
            Happened::Called { socket, .. }
            | Happened::Refused { socket, .. }
            | Happened::Moved { socket, .. }
            | Happened::Forgotten { socket }
            | Happened::QueueFull { socket, .. }
            | Happened::Cookie { socket, .. }
            | Happened::TimerSet { socket, .. }
            | Happened::TimerExpired { socket, .. } => Some(socket),
            Happened::Sent { socket, .. } | Happened::Arrived { socket, .. } => socket,
            _ => None,
        }
    }

    /// The packet whose way ends with it, if it ends one.
    pub const fn ended(&self) -> Option<PacketId> {
        match *self {
            Happened::Dropped { packet, .. }
            | Happened::Rejected { packet, .. }
            | Happened::Lost { packet, .. }
            | Happened::Arrived { packet, .. }
            | Happened::NobodyThere { packet } => Some(packet),
            _ => None,
        }
    }
}
