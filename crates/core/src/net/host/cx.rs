//! What a host has at hand while it acts, and what it hands out.

use crate::Instant;
use crate::net::{FactId, Link, Log, Packet, Pen, SocketId, Wake};
use crate::net::{HostId, IpAddr};
use crate::tcp::{Effect, Timer};
use std::rc::Rc;

/// What a host hands out, to be carried out in the order in which it comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// A packet that its firewall let out. [`Packet::to`] says who gets it; nobody has the address if it is `None`.
    Packet {
        /// The packet.
        packet: Rc<Packet>,
        /// The fact that it was sent.
        sent: FactId,
    },
    /// [`Host::expire`](super::Host::expire) is to be called at this time, unless [`Host::deadline`] is another by then.
    ///
    /// [`Host::deadline`]: super::Host::deadline
    Timer {
        /// Of this socket.
        socket: SocketId,
        /// Which.
        timer: Timer,
        /// When.
        at: Instant,
        /// The fact that it was set.
        set: FactId,
    },
    /// A process is to be told; a moment later if it is that its peer has closed.
    Wake {
        /// Of what.
        wake: Wake,
        /// What made it happen.
        cause: Option<FactId>,
    },
}

/// The time, a pen for the log, the link, and a list for what the host hands out.
#[derive(Debug)]
pub struct Cx<'a> {
    /// The time.
    pub(super) now: Instant,
    /// Writes facts, and reads none.
    pub(super) pen: Pen<'a>,
    link: &'a Link,
    out: &'a mut Vec<Output>,
    /// An empty list for what a connection decides.
    pub(super) effects: Vec<Effect>,
}

impl<'a> Cx<'a> {
    /// For what `host` does at `now`. What it hands out is put at the end of `out`.
    pub const fn new(
        host: HostId,
        now: Instant,
        log: &'a mut Log,
        link: &'a Link,
        out: &'a mut Vec<Output>,
    ) -> Cx<'a> {
        Cx { now, pen: Pen::new(log, now, host), link, out, effects: Vec::new() }
    }

    /// The same with a list to use again; [`Cx::into_effects`] gives it back.
    pub(in crate::net) fn with_effects(self, effects: Vec<Effect>) -> Cx<'a> {
        Cx { effects, ..self }
    }

    /// The list of [`Cx::with_effects`], empty.
    pub(in crate::net) fn into_effects(self) -> Vec<Effect> {
        self.effects
    }

    /// The host on the link that has `address`.
    pub(super) fn holder(&self, address: IpAddr) -> Option<HostId> {
        self.link.holder(address)
    }

    pub(super) fn hand_out(&mut self, output: Output) {
        self.out.push(output);
    }
}
