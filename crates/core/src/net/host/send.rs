//! A packet's way out: the own OUTPUT chain, the wire, and to whom it goes.

use super::firewall::{ChainName, RejectWith, Verdict};
use super::host::{INTERFACE, Route};
use super::queue::Event;
use super::{
    Body, Endpoint, Errno, FactId, Happened, HostId, IpAddr, LossId, Packet, PacketId, Place, SocketId,
    Unreachable, World,
};
use crate::millis;
use crate::tcp::{Connection, Segment};
use std::time::Duration;

/// The link asks for a host three times, a second apart, and gives up a moment after (trace 08a).
const ARP_REQUESTS: u32 = 3;
const ARP_INTERVAL: Duration = millis(1_000);
const LINK_GIVES_UP: Duration = millis(60);

/// A packet left the host, or its own firewall kept it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sent {
    Out,
    Kept,
}

impl World {
    /// Hands a segment down: firewall, then wire.
    pub(super) fn send_segment(
        &mut self,
        host: HostId,
        socket: Option<SocketId>,
        (src, dst): (Endpoint, Endpoint),
        segment: Segment,
        again: u32,
    ) -> Sent {
        let packet = self.make_packet(host, (src, dst), Body::Tcp(segment), again);
        let sent = self.note(Some(host), Happened::Sent { packet, socket });
        let outer = self.log.cause(Some(sent));
        let result = self.send_packet(host, packet);
        self.log.cause(outer);
        result
    }

    fn make_packet(
        &mut self,
        host: HostId,
        (src, dst): (Endpoint, Endpoint),
        body: Body,
        again: u32,
    ) -> PacketId {
        let id = self.log.next_packet();
        let to = match self.route(host, dst.addr) {
            Some(Route::Loopback) => Some(host),
            Some(Route::Wire(to)) => Some(to),
            Some(Route::Nobody) | None => None,
        };
        let made = self.now;
        if let Body::Tcp(segment) = &body {
            self.octets += segment.payload.len() as u64;
        }
        self.log.keep(Packet { id, from: host, to, src, dst, body, again, made });
        id
    }

    fn send_packet(&mut self, host: HostId, id: PacketId) -> Sent {
        let interface = if self.packet_of(id).to == Some(host) { "lo" } else { INTERFACE };
        let packet = self.packet_of(id).clone();
        let verdict = self.judge(host, ChainName::Output, interface, &packet);
        match self.pass(host, ChainName::Output, id, verdict) {
            Sent::Kept => Sent::Kept,
            Sent::Out => {
                self.depart(host, id, &packet);
                Sent::Out
            }
        }
    }

    /// What a chain says to a packet. IPv6 has tables of its own (`ip6tables`), which are empty here.
    pub(super) fn judge(
        &mut self,
        host: HostId,
        chain: ChainName,
        interface: &str,
        packet: &Packet,
    ) -> Verdict {
        match packet.dst.addr {
            IpAddr::V4(_) => {
                let firewall = &mut self.hosts[host as usize].firewall;
                self.work += 10 * firewall.chain(chain).rules.len() as u64;
                firewall.judge(chain, interface, packet)
            }
            IpAddr::V6(_) => Verdict::Accept,
        }
    }

    /// Where a packet for `to` goes.
    fn route(&self, host: HostId, to: IpAddr) -> Option<Route> {
        match self.host(host).route(to)? {
            Route::Nobody => {
                let holder = self.hosts.iter().find(|other| other.address6.is_some_and(|addr| to == addr));
                Some(holder.map_or(Route::Nobody, |other| Route::Wire(other.id)))
            }
            route => Some(route),
        }
    }

    /// Carries a verdict out: notes it, and tells the sender of what was rejected.
    pub(super) fn pass(&mut self, host: HostId, chain: ChainName, id: PacketId, verdict: Verdict) -> Sent {
        match verdict {
            Verdict::Accept => return Sent::Out,
            Verdict::Drop(rule) => {
                let place = Place::Chain(host, chain, rule);
                self.note(Some(host), Happened::Dropped { packet: id, place });
            }
            Verdict::Reject(rule, with) => {
                let place = Place::Chain(host, chain, Some(rule));
                let fact = self.note(Some(host), Happened::Rejected { packet: id, place, with });
                let outer = self.log.cause(Some(fact));
                self.answer_rejected(host, chain, id, with);
                self.log.cause(outer);
            }
        }
        Sent::Kept
    }

    /// REJECT answers as the destination would: with a RST or an ICMP error. What was rejected in OUTPUT is answered
    /// to the host itself (trace 06a).
    fn answer_rejected(&mut self, host: HostId, chain: ChainName, id: PacketId, with: RejectWith) {
        let packet = self.packet_of(id);
        let (src, dst, from) = (packet.src, packet.dst, packet.from);
        let body = match (with, packet.segment()) {
            (RejectWith::Icmp(unreachable), Some(_)) => Body::Icmp { unreachable, about: (src, dst) },
            (RejectWith::TcpReset, Some(segment)) => match Connection::reset_for(segment) {
                Some(reset) => Body::Tcp(reset),
                None => return,
            },
            (_, None) => return,
        };
        let ends = match body {
            Body::Tcp(_) => (dst, src),
            Body::Icmp { .. } => (Endpoint::new(host.address(), 0), Endpoint::new(src.addr, 0)),
        };
        let own = chain == ChainName::Output || from == host;
        if !own && matches!(body, Body::Icmp { .. }) && !self.may_send_icmp(host) {
            return;
        }
        let answer = self.make_packet(host, ends, body, 0);
        let fact = self.note(Some(host), Happened::Sent { packet: answer, socket: None });
        let outer = self.log.cause(Some(fact));
        if own {
            self.fly(answer, from, Duration::ZERO);
        } else {
            self.send_packet(host, answer);
        }
        self.log.cause(outer);
    }

    /// Counts an ICMP error to another host, unless there were too many lately: then it is silently not sent.
    fn may_send_icmp(&mut self, host: HostId) -> bool {
        let now = self.now;
        let host = self.host_mut(host);
        let burst = host.profile.icmp_burst;
        let (left, since) = host.icmp;
        let regained = u32::try_from(now.since(since).as_secs()).unwrap_or(u32::MAX);
        let left = left.saturating_add(regained).min(burst);
        let since = if left == burst { now } else { since + Duration::from_secs(u64::from(regained)) };
        host.icmp = (left.saturating_sub(1), since);
        left > 0
    }

    fn depart(&mut self, host: HostId, id: PacketId, packet: &Packet) {
        let delay = self.wire.delay(host);
        match self.route(host, packet.dst.addr) {
            Some(Route::Loopback) => self.fly(id, host, Duration::ZERO),
            Some(Route::Wire(to)) => {
                if let Some(rule) = self.wire.loses(packet) {
                    let cause = self.leave(id, delay);
                    self.queue.plan(self.now + delay / 2, Event::Loss { packet: id, rule, cause });
                    return;
                }
                self.fly(id, to, delay);
                if self.wire.duplicates(packet) {
                    let ends = (packet.src, packet.dst);
                    let copy = self.make_packet(host, ends, packet.body.clone(), packet.again);
                    self.note(None, Happened::Duplicated { packet: id, copy });
                    // A little behind the original, so that the eye can tell them apart.
                    self.fly(copy, to, delay + delay / 4);
                }
            }
            Some(Route::Nobody) => {
                let profile = &self.host(host).profile.tcp;
                let last = (0..ARP_REQUESTS).fold(self.now, |at, _| profile.fires_at(at, ARP_INTERVAL));
                if let Some(cause) = self.log.present_cause() {
                    self.queue.plan(last + LINK_GIVES_UP, Event::NobodyThere { host, packet: id, cause });
                }
            }
            None => {}
        }
    }

    /// Half-way the packet is lost. Nobody is told.
    pub(super) fn lose(&mut self, packet: PacketId, rule: LossId) {
        self.note(None, Happened::Lost { packet, rule });
    }

    /// The packet is on the wire and will arrive.
    fn fly(&mut self, id: PacketId, to: HostId, delay: Duration) {
        let cause = self.leave(id, delay);
        self.queue.plan(self.now + delay, Event::Arrival { host: to, packet: id, cause });
    }

    fn leave(&mut self, packet: PacketId, delay: Duration) -> FactId {
        self.note(None, Happened::Departed { packet, arrives: self.now + delay })
    }

    /// ARP found nobody: as if an ICMP host-unreachable had come (trace 08a).
    pub(super) fn nobody_there(&mut self, host: HostId, id: PacketId) {
        let packet = self.packet_of(id);
        let about = (packet.src, packet.dst);
        if self.host(host).tuples.get(&about).is_none() {
            // The first of several tries has told the connection already.
            return;
        }
        self.begin(Some(host), Happened::NobodyThere { packet: id });
        self.take_unreachable(host, about, Unreachable::Host);
    }

    /// An ICMP error about one of this host's connections.
    pub(super) fn take_unreachable(&mut self, host: HostId, about: (Endpoint, Endpoint), why: Unreachable) {
        let Some(id) = self.host(host).tuples.get(&about).copied() else { return };
        let error = match why {
            Unreachable::Net | Unreachable::NetProhibited => Errno::NetUnreach,
            Unreachable::Host | Unreachable::HostProhibited | Unreachable::AdminProhibited => {
                Errno::HostUnreach
            }
            Unreachable::Protocol => Errno::NoProtoOpt,
            Unreachable::Port => Errno::ConnRefused,
        };
        self.drive(host, id, |connection, cx, out| {
            if connection.unreachable(out) {
                out.push(crate::tcp::Effect::Notify(crate::tcp::Notice::Reset));
            } else if matches!(why, Unreachable::Net | Unreachable::Host) {
                connection.revert_backoff(cx, out);
            }
        });
        if let Some(socket) = self.host_mut(host).socket_mut(id)
            && socket.is_gone()
        {
            socket.error = Some(error);
        }
    }
}
