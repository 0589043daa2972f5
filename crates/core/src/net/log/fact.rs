//! Facts: what happened, in the past tense, each with the fact that caused it.

use crate::Instant;
use crate::net::firewall::{ChainId, ChainName, OwnChainId, Policy, RejectWith, RuleAt};
use crate::net::{
    Device, Errno, HostId, Impairment, IpAddr, LossId, Netem, PacketId, QdiscDrop, Setting, SocketId,
};
use crate::tcp::{Discard, Row, Timer};
use std::time::Duration;

/// Identifies a fact by its place in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactId(pub u32);

/// One thing that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Its place in the log.
    pub id: FactId,
    /// When it happened.
    pub at: Instant,
    /// Host on which it happened; `None` for the network.
    pub host: Option<HostId>,
    /// The fact that caused it; `None` if nothing in the world did.
    pub cause: Option<FactId>,
    /// What happened.
    pub what: Happened,
}

/// A socket call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CallName {
    /// `bind()`.
    Bind,
    /// `listen()`.
    Listen,
    /// `connect()`.
    Connect,
    /// `accept()`.
    Accept,
    /// `send()`.
    Send,
    /// `recv()`.
    Recv,
    /// `shutdown()`.
    Shutdown,
    /// `close()`.
    Close,
    /// The kernel's `disconnect()`, into which `close()` turns if SO_LINGER is 0 and no data is unread.
    Disconnect,
}

/// Where a packet was stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In a chain, by a rule or by the policy (`None`).
    Chain(HostId, ChainName, Option<RuleAt>),
    /// In the network.
    Network,
    /// At the network interface of this host, which is down.
    Link(HostId),
    /// At this host, while it waited for somebody to answer for its address: too many others did, or the host's network
    /// interface went down.
    Lookup(HostId),
    /// In the queueing discipline of this host, for this reason.
    Qdisc(HostId, QdiscDrop),
}

/// A change to a chain of a firewall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChainChange {
    /// The chain was made.
    Made,
    /// The chain was removed.
    Unmade,
    /// The chain was given another name, and this id.
    Renamed(OwnChainId),
    /// A rule was inserted, or appended, at this place.
    Inserted(RuleAt),
    /// The rule that was at this place was removed.
    Removed(RuleAt),
    /// All rules were removed.
    Flushed,
    /// All counters were set to zero.
    Zeroed,
    /// The policy was set to this one.
    Policy(Policy),
}

/// A change to the behaviour of the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NetworkChange {
    /// The one-way delay of what a host sends was set.
    Delay {
        /// The sending host.
        from: HostId,
        /// One-way delay.
        delay: Duration,
    },
    /// The network now does this to what this rule takes.
    Impairs(Impairment, LossId),
    /// The network no longer does this to what this rule took.
    Spares(Impairment, LossId),
    /// All rules of the network were removed.
    Cleared,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happened {
    /// A program made a socket call. If the call is refused at once, [`Happened::Refused`] follows.
    Called {
        /// The socket.
        socket: SocketId,
        /// The call.
        call: CallName,
    },
    /// A call failed at once. Its cause is the call.
    Refused {
        /// The socket.
        socket: SocketId,
        /// The call.
        call: CallName,
        /// The error.
        error: Errno,
    },
    /// A connection took an edge.
    Moved {
        /// The entry; `None` if the host took the edge for a segment that found no connection.
        socket: Option<SocketId>,
        /// The edge.
        row: &'static Row,
    },
    /// An entry lost its row: it was CLOSED, or a half-open child went back to LISTEN.
    Forgotten {
        /// The entry.
        socket: SocketId,
    },
    /// TCP handed a packet down.
    Sent {
        /// The packet.
        packet: PacketId,
        /// The socket that sent it, if any.
        socket: Option<SocketId>,
    },
    /// A packet was dropped at a host, by its firewall or on the way to or from its link; its sender gets no answer.
    Dropped {
        /// The packet.
        packet: PacketId,
        /// Where it was dropped.
        place: Place,
    },
    /// A firewall rejected a packet; its sender is notified.
    Rejected {
        /// The packet.
        packet: PacketId,
        /// Where it was rejected.
        place: Place,
        /// How its sender is notified.
        with: RejectWith,
    },
    /// The network lost a packet.
    Lost {
        /// The packet.
        packet: PacketId,
        /// The rule that took it; `None` if a user dropped it.
        rule: Option<LossId>,
    },
    /// The network, or its host's netem, made a copy of a packet.
    Duplicated {
        /// The original.
        packet: PacketId,
        /// The copy.
        copy: PacketId,
        /// The rule that took it; `None` if a user duplicated it, or netem.
        rule: Option<LossId>,
    },
    /// The network lets a packet, which departs next, take twice as long, so that others may overtake it.
    Reordered {
        /// The packet.
        packet: PacketId,
        /// The rule that took it.
        rule: LossId,
    },
    /// A packet waits in its host's netem, or overtakes there what waits.
    Queued {
        /// The packet.
        packet: PacketId,
        /// When it leaves its host, unless it is dropped before.
        leaves: Instant,
    },
    /// A packet went out on the wire.
    Departed {
        /// The packet.
        packet: PacketId,
        /// When it reaches the other end, if nothing stops it.
        arrives: Instant,
    },
    /// A packet on the wire was held where it was.
    Held {
        /// The packet.
        packet: PacketId,
        /// Time that it still needs from there.
        left: Duration,
        /// When it goes on by itself, unless somebody releases it before.
        until: Option<Instant>,
    },
    /// A packet that was held was released.
    Released {
        /// The packet.
        packet: PacketId,
        /// When it reaches the other end, if nothing stops it.
        arrives: Instant,
    },
    /// A user put a packet on the wire that no host had sent.
    Injected {
        /// The packet.
        packet: PacketId,
    },
    /// A packet passed the receiver's firewall and reached its TCP.
    Arrived {
        /// The packet.
        packet: PacketId,
        /// The socket that takes it, if any.
        socket: Option<SocketId>,
    },
    /// An arrived segment had no effect.
    Discarded {
        /// The packet.
        packet: PacketId,
        /// The reason.
        why: Discard,
    },
    /// A listener had no room for a SYN or for the end of a handshake.
    QueueFull {
        /// The listener.
        socket: SocketId,
        /// The packet that found no room.
        packet: PacketId,
    },
    /// A listener answered a SYN with a cookie, without making an entry: too many connections are half-open, or
    /// `tcp_syncookies` says so always.
    Cookie {
        /// The listener.
        socket: SocketId,
        /// The SYN.
        packet: PacketId,
    },
    /// A timer was set, or set again for another moment.
    TimerSet {
        /// The connection.
        socket: SocketId,
        /// The timer.
        timer: Timer,
        /// Time from now until it fires.
        span: Duration,
    },
    /// A timer ran out.
    TimerExpired {
        /// The connection.
        socket: SocketId,
        /// The timer.
        timer: Timer,
    },
    /// The link found nobody with the packet's destination (ARP).
    NobodyThere {
        /// The packet.
        packet: PacketId,
    },
    /// A rule logged a packet, and the rules after it went on.
    Logged {
        /// The packet.
        packet: PacketId,
        /// The chain that the packet went down.
        chain: ChainName,
        /// The rule.
        rule: RuleAt,
    },
    /// A firewall was changed.
    FirewallChanged {
        /// The chain.
        chain: ChainId,
        /// The change.
        change: ChainChange,
    },
    /// A constant was changed.
    Configured {
        /// The constant and its new value.
        setting: Setting,
    },
    /// A host was given an address. An IPv6 address takes the place of the one that it had.
    AddressAdded {
        /// The address.
        address: IpAddr,
    },
    /// An address that a host had been given was taken from it.
    AddressRemoved {
        /// The address.
        address: IpAddr,
    },
    /// A host was given its default route, or lost it.
    DefaultRouteSet {
        /// Whether it has the route.
        there: bool,
    },
    /// A host's network interface was set up or down, which is like plugging or unplugging its cable.
    LinkSet {
        /// Whether it is up.
        up: bool,
    },
    /// A device of a host was given a netem, or its netem was changed or removed.
    QdiscSet {
        /// The device.
        device: Device,
        /// What its netem does; `None` if it has none any more.
        netem: Option<Netem>,
    },
    /// The behaviour of the network was changed.
    NetworkChanged {
        /// The change.
        change: NetworkChange,
    },
}

impl Happened {
    /// The socket that the fact is about, if any.
    pub const fn socket(&self) -> Option<SocketId> {
        match *self {
            Happened::Called { socket, .. }
            | Happened::Refused { socket, .. }
            | Happened::Forgotten { socket }
            | Happened::QueueFull { socket, .. }
            | Happened::Cookie { socket, .. }
            | Happened::TimerSet { socket, .. }
            | Happened::TimerExpired { socket, .. } => Some(socket),
            Happened::Moved { socket, .. }
            | Happened::Sent { socket, .. }
            | Happened::Arrived { socket, .. } => socket,
            _ => None,
        }
    }

    /// The packet whose way ends with the fact, if any.
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
