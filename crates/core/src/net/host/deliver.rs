//! The way in of a packet: this host's INPUT chain, then the socket that the packet is for.

use super::firewall::ChainName;
use super::send::Sent;
use super::socket::Socket;
use super::unreachable::Report;
use super::{Cx, Host, INTERFACE};
use crate::net::{Body, Endpoint, Happened, Packet, PacketId, Place, SocketId};
use crate::tcp::{Connection, Counter, Discard, Segment, State, Timer, Trigger, find};

impl Host {
    /// Takes in a packet that reached this host: INPUT chain, then the socket that it is for.
    pub fn receive(&mut self, cx: &mut Cx<'_>, packet: &Packet) {
        let interface = if packet.from == self.id { "lo" } else { INTERFACE };
        if packet.from != self.id {
            if !self.link.is_up() {
                cx.pen.note(Happened::Dropped { packet: packet.id, place: Place::Link(self.id) });
                return;
            }
            self.link.hears(packet.from, cx.now);
            if !self.lookups.is_empty() && cx.holder(packet.src.addr) == Some(packet.from) {
                // It has asked for this host first.
                self.found(cx, packet.src.addr);
            }
        }
        self.counters.came(packet.ip_octets());
        if self.pass(cx, ChainName::Input, interface, packet) == Sent::Kept {
            return;
        }
        self.counters.ip.delivered += 1;
        match &packet.body {
            Body::Icmp { unreachable, about, seq, .. } => {
                let socket = self.sockets.between(*about);
                cx.pen.begin(Happened::Arrived { packet: packet.id, socket });
                self.counters.ip.icmp_received += 1;
                self.take_report(cx, Report { why: *unreachable, about: *about, seq: *seq });
            }
            Body::Echo(echo) => self.take_echo(cx, packet, *echo),
            Body::Tcp(segment) => self.receive_segment(cx, packet.id, (packet.dst, packet.src), segment),
        }
    }

    fn receive_segment(
        &mut self,
        cx: &mut Cx<'_>,
        id: PacketId,
        ends: (Endpoint, Endpoint),
        segment: &Segment,
    ) {
        self.counters.count(&[Counter::InSegs]);
        let socket = self.sockets.between(ends);
        let state = socket.map_or(State::Closed, |socket| self.state(socket));
        // The listener matters only if no connection takes the segment, to a half-open entry, and if the segment may end
        // a connection in TIME-WAIT.
        let is_new = matches!(state, State::Closed | State::SynReceived | State::TimeWait);
        let listener = if is_new { self.listener_for(ends) } else { None };
        cx.pen.begin(Happened::Arrived { packet: id, socket: socket.or(listener) });
        if let Some(socket) = socket.filter(|_| !is_new) {
            self.drive_with(cx, socket, Some(id), |connection, cx, out| connection.arrive(cx, segment, out));
            return;
        }
        let socket = socket.filter(|socket| !self.drop_abandoned(cx, *socket));
        if let Some(socket) = socket {
            if self.no_room_to_complete(cx, socket, id, segment) {
                return;
            }
            let connection = self.sockets.get(socket).and_then(Socket::connection);
            let replaces = connection.is_some_and(|connection| connection.gives_way_to(segment));
            let nobody = replaces && listener.is_none();
            self.drive_with(cx, socket, Some(id), |connection, cx, out| match nobody {
                true => connection.keep_waiting(cx, out),
                false => connection.arrive(cx, segment, out),
            });
            let gone = self.sockets.get(socket).is_none_or(Socket::is_gone);
            if !(replaces && gone) {
                return;
            }
        }
        let bare = segment.is_syn() && !segment.is_fin();
        match listener {
            // Without ACK a listener waits for a SYN alone (RFC 9293 §3.10.7.2, fourth).
            Some(_) if !bare && !segment.is_ack() && !segment.is_rst() => {
                cx.pen.note(Happened::Discarded { packet: id, why: Discard::NotExpected });
            }
            Some(listener) if bare && !segment.is_ack() && !segment.is_rst() => {
                self.open_child(cx, listener, id, ends, segment);
            }
            Some(listener) if self.is_cookie(cx.now, ends, segment) => {
                self.redeem_cookie(cx, listener, id, ends, segment);
            }
            Some(_) => {
                self.count_wrong_cookie(cx.now, segment);
                self.reset(cx, ends, segment);
            }
            None => self.answer_stray(cx, ends, segment),
        }
    }

    /// Takes the edge for a segment whose end is CLOSED, where no socket exists (RFC 9293 §3.10.7.1). A reset takes none.
    fn answer_stray(&mut self, cx: &mut Cx<'_>, ends: (Endpoint, Endpoint), segment: &Segment) {
        if let Some(row) = find(State::Closed, Trigger::Stray).filter(|_| !segment.is_rst()) {
            cx.pen.note(Happened::Moved { socket: None, row });
            self.reset(cx, ends, segment);
        }
    }

    /// Answers a segment that belongs to no connection with a reset, unless it is one.
    pub(super) fn reset(&mut self, cx: &mut Cx<'_>, ends: (Endpoint, Endpoint), segment: &Segment) {
        if let Some(reset) = Connection::reset_for(segment) {
            self.send_segment(cx, None, ends, reset, 0);
        }
    }

    /// Lets a timer expire, unless it was stopped or set again. The cause is that it was set.
    pub fn expire(&mut self, cx: &mut Cx<'_>, socket: SocketId, timer: Timer) {
        if self.deadline(socket, timer) != Some(cx.now) {
            return;
        }
        cx.pen.begin(Happened::TimerExpired { socket, timer });
        if self.drop_abandoned(cx, socket) {
            return;
        }
        self.drive(cx, socket, |connection, cx, out| connection.expire(cx, timer, out));
    }
}
