//! What becomes of a socket if nothing comes for it any more and nobody changes anything here.

use super::firewall::{ChainName, Seen, Tracked, Verdict};
use super::route::Route;
use super::socket::{Kind, Socket};
use super::{Host, INTERFACE};
use crate::net::{Body, IpAddr, Packet, PacketId, SocketId};
use crate::tcp::{Forecast, Next, Segment, State};

impl Host {
    /// What becomes of a connection. A half-open entry also depends on its listener, and on the OUTPUT chain as it is.
    pub fn forecast(&self, id: SocketId) -> Option<Forecast> {
        let socket = self.sockets.get(id)?;
        let mut told = socket.connection()?.forecast(&self.profile.tcp)?;
        if self.is_abandoned(socket) {
            told.next = Next::Abandoned;
        } else if let Kind::Stream { parent: Some(_), .. } = socket.kind
            && socket.state() == State::SynReceived
            && told.first.take().is_some_and(|segment| self.would_refuse(socket, segment))
        {
            told.next = Next::Refused;
        }
        if matches!(told.next, Next::Abandoned | Next::Refused) {
            told.tries = 0;
        }
        Some(told)
    }

    /// A half-open entry whose listener is gone.
    pub(super) fn is_abandoned(&self, socket: &Socket) -> bool {
        let Kind::Stream { parent: Some(listener), .. } = socket.kind else { return false };
        socket.state() == State::SynReceived && self.listening(listener).is_none()
    }

    /// Whether the OUTPUT chain would stop a segment of this socket.
    fn would_refuse(&self, socket: &Socket, segment: Segment) -> bool {
        let Some((src, dst)) = socket.ends().filter(|(_, dst)| matches!(dst.addr, IpAddr::V4(_))) else {
            return false;
        };
        let interface = if matches!(self.route(dst.addr), Some(Route::Loopback)) { "lo" } else { INTERFACE };
        let (id, made) = (PacketId(0), socket.since);
        let packet =
            Packet { id, from: self.id, to: None, src, dst, body: Body::Tcp(segment), again: 1, made };
        // A copy counts what it judges.
        let tracked = match self.firewall.asks_for_states() {
            true => self.conntrack.clone().track(socket.since, &packet).0,
            false => Tracked::Untracked,
        };
        let (chain, now) = (ChainName::Output, socket.since);
        let connections = &self.conntrack;
        let seen = Seen { chain, interface, packet: &packet, tracked, connections, now };
        self.firewall.clone().judge(&seen, |_| {}) != Verdict::Accept
    }
}
