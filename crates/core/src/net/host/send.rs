//! The way out of a packet: this host's OUTPUT chain, and the answer to a packet that a chain rejects.

use super::firewall::{ChainName, RejectWith, Seen, Tracked, Verdict};
use super::{Cx, Host, INTERFACE, Output};
use crate::Instant;
use crate::net::{Body, Endpoint, Happened, HostId, IpAddr, Packet, Place, SocketId, Unreachable};
use crate::tcp::{Connection, Segment};
use std::rc::Rc;
use std::time::Duration;

/// Whether a packet left the host, or this host's firewall stopped it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sent {
    Out,
    Kept,
}

impl Host {
    /// Sends a segment through the firewall and onto the wire.
    pub(super) fn send_segment(
        &mut self,
        cx: &mut Cx<'_>,
        socket: Option<SocketId>,
        (src, dst): (Endpoint, Endpoint),
        segment: Segment,
        again: u32,
    ) -> (Sent, Rc<Packet>) {
        let to = self.receiver(cx, dst.addr);
        let repeats = self.repeats(socket, &segment, again);
        let packet = cx.pen.packet(to, (src, dst), Body::Tcp(segment), again);
        let sent = cx.pen.note(Happened::Sent { packet: packet.id, socket });
        let outer = cx.pen.cause(Some(sent));
        let result = self.send_packet(cx, &packet);
        cx.pen.cause(outer);
        match socket {
            // What is sent again looks for its route before anything else is done.
            Some(socket) if repeats && !self.is_linked() && to != Some(self.id) => {
                self.keep_soft(socket, Unreachable::Net);
            }
            _ => self.count_sent(&packet, repeats, result),
        }
        (result, packet)
    }

    pub(super) fn send_packet(&mut self, cx: &mut Cx<'_>, packet: &Rc<Packet>) -> Sent {
        if !self.link.is_up() && packet.to != Some(self.id) {
            self.counters.ip.no_routes += 1;
            cx.pen.note(Happened::Dropped { packet: packet.id, place: Place::Link(self.id) });
            return Sent::Kept;
        }
        let interface = if packet.to == Some(self.id) { "lo" } else { INTERFACE };
        self.counters.ip.requests += 1;
        let sent = self.pass(cx, ChainName::Output, interface, packet);
        if sent == Sent::Out && self.route(packet.dst.addr).is_some() {
            self.counters.left(packet.ip_octets());
            if self.finds(cx, packet) {
                return self.leave(cx, packet);
            }
            self.look_up(cx, packet);
        }
        sent
    }

    /// Sends a packet down a chain. Notes whether it is dropped or rejected, and notifies the sender of a rejected one.
    /// IPv6 has separate tables (`ip6tables`), which are empty here.
    pub(super) fn pass(
        &mut self,
        cx: &mut Cx<'_>,
        chain: ChainName,
        interface: &str,
        packet: &Packet,
    ) -> Sent {
        let verdict = match packet.dst.addr {
            IpAddr::V4(_) => self.judge(cx, chain, interface, packet),
            IpAddr::V6(_) => Verdict::Accept,
        };
        match verdict {
            Verdict::Accept => return Sent::Out,
            Verdict::Drop(rule) => {
                let place = Place::Chain(self.id, chain, rule);
                cx.pen.note(Happened::Dropped { packet: packet.id, place });
            }
            Verdict::Reject(rule, with) => {
                let place = Place::Chain(self.id, chain, Some(rule));
                let fact = cx.pen.note(Happened::Rejected { packet: packet.id, place, with });
                let outer = cx.pen.cause(Some(fact));
                self.answer_rejected(cx, chain, packet, with);
                cx.pen.cause(outer);
            }
        }
        Sent::Kept
    }

    /// What the rules do with a packet. The connection that it begins is tracked only if they let it pass.
    fn judge(&mut self, cx: &mut Cx<'_>, chain: ChainName, interface: &str, packet: &Packet) -> Verdict {
        let now = cx.now;
        let (tracked, begun) = match self.firewall.asks_for_states() {
            true => self.conntrack.track(now, packet),
            false => (Tracked::Untracked, None),
        };
        let Host { firewall, conntrack, .. } = self;
        let seen = Seen { chain, interface, packet, tracked, connections: conntrack, now };
        let verdict = firewall.judge(&seen, |rule| {
            cx.pen.note(Happened::Logged { packet: packet.id, chain, rule });
        });
        if verdict == Verdict::Accept && tracked != Tracked::Untracked {
            self.conntrack.confirm(begun);
            if packet.to == Some(self.id) && chain == ChainName::Output {
                // It will come in again, and is the same then.
                self.conntrack.expect(packet.id, tracked);
            }
        }
        verdict
    }

    /// REJECT answers as the destination would: with a RST or an ICMP error. If OUTPUT rejected the packet, the answer
    /// goes to this host itself (trace 06a).
    fn answer_rejected(&mut self, cx: &mut Cx<'_>, chain: ChainName, packet: &Packet, with: RejectWith) {
        let (src, dst) = (packet.src, packet.dst);
        let octets = packet.ip_octets();
        let body = match (with, &packet.body) {
            (RejectWith::Icmp(unreachable), Body::Tcp(segment)) => {
                Body::Icmp { unreachable, about: (src, dst), seq: segment.seq, octets }
            }
            (RejectWith::Icmp(unreachable), Body::Echo(echo)) => {
                Body::Icmp { unreachable, about: (src, dst), seq: echo.quoted(), octets }
            }
            (RejectWith::TcpReset, Body::Tcp(segment)) => match Connection::reset_for(segment) {
                Some(reset) => Body::Tcp(reset),
                None => return,
            },
            (_, Body::Icmp { .. } | Body::Echo(_)) => return,
        };
        let ends = match body {
            Body::Tcp(_) => (dst, src),
            Body::Icmp { .. } | Body::Echo(_) => (self.icmp_end(), Endpoint::new(src.addr, 0)),
        };
        let own = chain == ChainName::Output || packet.from == self.id;
        if !own && matches!(body, Body::Icmp { .. }) && !self.may_send_icmp(cx.now) {
            return;
        }
        let to: Option<HostId> = if own { Some(self.id) } else { self.receiver(cx, ends.1.addr) };
        let answer = cx.pen.packet(to, ends, body, 0);
        let fact = cx.pen.note(Happened::Sent { packet: answer.id, socket: None });
        self.counters.ip.icmp_sent += u32::from(answer.segment().is_none());
        let outer = cx.pen.cause(Some(fact));
        if self.firewall.asks_for_states() {
            self.conntrack.expect(answer.id, Tracked::Related);
        }
        // Also on its way to this host it passes OUTPUT.
        self.send_packet(cx, &answer);
        cx.pen.cause(outer);
    }

    /// Counts an ICMP error to another host and returns true, unless there were too many lately: then the error is not
    /// sent.
    fn may_send_icmp(&mut self, now: Instant) -> bool {
        let (left, since) = self.icmp_left(now);
        self.icmp = (left.saturating_sub(1), since);
        left > 0
    }

    /// ICMP errors that may go to another host now, and the time up to which regained ones are counted: one more is
    /// allowed each second.
    pub(super) fn icmp_left(&self, now: Instant) -> (u32, Instant) {
        let burst = self.profile.icmp_burst;
        let (left, since) = self.icmp;
        let regained = u32::try_from(now.since(since).as_secs()).unwrap_or(u32::MAX);
        let left = left.saturating_add(regained).min(burst);
        let since = if left == burst { now } else { since + Duration::from_secs(u64::from(regained)) };
        (left, since)
    }
}

/// Hands out a packet that leaves the host, caused by the fact that it was sent.
pub(super) fn hand_out(cx: &mut Cx<'_>, packet: &Rc<Packet>) {
    if let Some(sent) = cx.pen.present_cause() {
        cx.hand_out(Output::Packet { packet: Rc::clone(packet), sent });
    }
}
