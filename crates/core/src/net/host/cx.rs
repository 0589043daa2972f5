//! The context in which a host acts, and the outputs that it hands to the caller.

use crate::Instant;
use crate::net::{FactId, Link, Log, Packet, PacketId, Pen, SocketId, Wake};
use crate::net::{HostId, IpAddr};
use crate::tcp::{Effect, Timer};
use std::rc::Rc;

/// An output of a host. Outputs are to be carried out in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// A packet that the firewall let out. [`Packet::to`] is its receiver, or `None` if nobody has the address.
    Packet {
        /// The packet.
        packet: Rc<Packet>,
        /// The fact that it was sent.
        sent: FactId,
    },
    /// A call of [`Host::let_go`](super::Host::let_go) at this time, unless the packet waits no more.
    Queued {
        /// The packet.
        packet: PacketId,
        /// When it leaves.
        leaves: Instant,
    },
    /// A call of [`Host::ask_again`](super::Host::ask_again) at this time, unless
    /// [`Host::lookup_due`](super::Host::lookup_due) has changed by then.
    Lookup {
        /// The address.
        address: IpAddr,
        /// When it goes on.
        due: Instant,
    },
    /// A call of [`Host::expire`](super::Host::expire) at this time, unless [`Host::deadline`] has changed by then.
    ///
    /// [`Host::deadline`]: super::Host::deadline
    Timer {
        /// The socket.
        socket: SocketId,
        /// The timer.
        timer: Timer,
        /// When it expires.
        at: Instant,
        /// The fact that it was set.
        set: FactId,
    },
    /// A notification to a process; to be delivered a moment later if it is that the peer has closed.
    Wake {
        /// The notification.
        wake: Wake,
        /// The fact that caused it.
        cause: Option<FactId>,
    },
}

/// The context of a host: the time, a pen for the log, the link, and a list for its outputs.
#[derive(Debug)]
pub struct Cx<'a> {
    /// The current time.
    pub(super) now: Instant,
    /// Writes facts, and cannot read any.
    pub(super) pen: Pen<'a>,
    link: &'a Link,
    out: &'a mut Vec<Output>,
    /// An empty list for the effects of a connection.
    pub(super) effects: Vec<Effect>,
}

impl<'a> Cx<'a> {
    /// The context for what `host` does at `now`. Its outputs are appended to `out`.
    pub const fn new(
        host: HostId,
        now: Instant,
        log: &'a mut Log,
        link: &'a Link,
        out: &'a mut Vec<Output>,
    ) -> Cx<'a> {
        Cx { now, pen: Pen::new(log, now, host), link, out, effects: Vec::new() }
    }

    /// The same context with a list to reuse, which [`Cx::into_effects`] returns.
    pub(in crate::net) fn with_effects(self, effects: Vec<Effect>) -> Cx<'a> {
        Cx { effects, ..self }
    }

    /// The list given to [`Cx::with_effects`], empty.
    pub(in crate::net) fn into_effects(self) -> Vec<Effect> {
        self.effects
    }

    /// The host on the link that has `address`.
    pub(super) fn holder(&self, address: IpAddr) -> Option<HostId> {
        self.link.holder(address)
    }

    /// The host that answers when the link is asked for `address`.
    pub(super) fn answers(&self, address: IpAddr) -> Option<HostId> {
        self.link.answers(address)
    }

    pub(super) fn hand_out(&mut self, output: Output) {
        self.out.push(output);
    }
}
