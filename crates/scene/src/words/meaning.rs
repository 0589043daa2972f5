//! What a pair of states means, as data.

use super::{Ground, PacketName, Stopped};
use tcp_core::Instant;
use tcp_core::net::HostId;
use tcp_core::net::verdict::Part;

/// What the states of both ends mean: what is being lost and where, or what they wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Nobody has asked for a connection.
    NoConnection {
        /// The host that listens, rather the server.
        listens: Option<HostId>,
    },
    /// Nobody answers for the address.
    NobodyThere {
        /// The host that has it.
        of: Option<HostId>,
        /// That host's cable is out.
        unplugged: bool,
    },
    /// No try of a segment arrived.
    Lost(Loss),
    /// No try of a segment but the newest was let through, and that one is on its way.
    UnderWay(Loss),
    /// A firewall rejected a packet, and its answer ended the connection.
    Rejected(Ground),
    /// A segment is on its way.
    OnItsWay {
        /// The segment.
        name: PacketName,
        /// Where it goes.
        to: HostId,
        /// It is held on its way, perhaps until a known time.
        held: Option<Option<Instant>>,
    },
    /// A segment waits in the netem of the host that sends it.
    Queued {
        /// The segment.
        name: PacketName,
        /// The host.
        host: HostId,
        /// When it leaves.
        until: Instant,
    },
    /// A listener ignores a segment, because its queue is full.
    NoRoom {
        /// The listener's host.
        host: HostId,
        /// The segment.
        name: PacketName,
    },
    /// The peer is done, and the program on this host has not closed.
    NotClosed {
        /// The host.
        host: HostId,
        /// The peer has forgotten the connection.
        alone: bool,
    },
    /// This host's end has no room for more data, so the other end waits.
    WindowShut(HostId),
    /// This host's end waits for what the other has not sent yet.
    Waits(HostId),
    /// Both ends are connected.
    Connected,
    /// This host's end waits out 2MSL, and the other end is done.
    TimeWait(HostId),
    /// This host's end goes on, and the other has no such connection any more.
    Alone(HostId),
    /// This host's end is connected, and the other keeps no entry for it: a cookie.
    NoEntry(HostId),
    /// This host refused the connection by a reset.
    Refused(HostId),
    /// This host ended the connection by a reset.
    Reset(HostId),
    /// A reset that was made by hand, as if this host had sent it, ended the connection.
    Forged(HostId),
    /// Nothing is left of the connection.
    Over,
}

impl Meaning {
    /// Something does not get through, or did not.
    pub const fn is_loss(self) -> bool {
        matches!(self, Meaning::Lost(_) | Meaning::UnderWay(_) | Meaning::Rejected(_))
    }
}

/// A segment that is still under way, although what it carries has reached the other end otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stray {
    /// What it is called.
    pub name: PacketName,
    /// It is held.
    pub held: bool,
}

/// A segment that does not get through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loss {
    /// Its purpose.
    pub segment: Part,
    /// The host that sends it.
    pub from: HostId,
    /// Where it was stopped last.
    pub at: Stopped,
    /// It was rejected there.
    pub rejected: bool,
    /// Its sender has no connection any more.
    pub over: bool,
    /// Who cannot know it.
    pub ignorance: Ignorance,
}

/// Who cannot know of a loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ignorance {
    /// Neither end can know what was lost.
    Both,
    /// This end misses an answer, and cannot know what was lost.
    CannotTell(HostId),
    /// This end misses nothing.
    Unaware(HostId),
    /// An answer came, so that it is known.
    Nobody,
}
