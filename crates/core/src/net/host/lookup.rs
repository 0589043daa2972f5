//! Looking for the other hosts on the link (ARP): what is to be sent waits until somebody answers for its address.
//!
//! There is one lookup for each address, and all packets for it wait in its queue. It asks three times, a second apart. If
//! nobody has answered a second after that, everything that waits is thrown away, and its senders hear that the host is
//! unreachable. The next packet begins another lookup at once. (Asked of Linux 6.18 in namespaces: `ip neigh` shows
//! INCOMPLETE meanwhile and FAILED after it.)
//!
//! Left out on purpose: that the table of neighbours has room for 1024 addresses. Of the ICMP errors of one lookup only as
//! many are sent as may be sent in one moment; Linux sends some more, depending on how fast it is.

use super::link::Reachability;
use super::socket::Socket;
use super::{Cx, Host, Output};
use crate::net::{Body, FactId, Happened, HostId, IpAddr, Packet, Place, SocketId};
use crate::tcp::Segment;
use crate::{Instant, millis};
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

/// How often a host asks (`mcast_solicit`), and how long it waits each time (`retrans_time_ms`).
const REQUESTS: u32 = 3;
const INTERVAL: Duration = millis(1_000);
/// What is due in the same tick as a request comes before what is answered, or given up: a retransmission of what the
/// lookup still holds (traces 08a, v86).
const LAST_OF_TICK: Duration = Duration::from_micros(100);
/// Memory that the packets of a lookup may take (`unres_qlen_bytes`), and what one takes beside its data: 256 SYNs have room.
const ROOM: u32 = 212_992;
const PACKET: u32 = 832;
/// ICMP errors that may be sent in one moment (`icmp_msgs_burst`).
const ERRORS: usize = 50;

/// Failed lookups that are kept for whoever wants to see them (`gc_thresh1`).
const KEPT: usize = 128;

/// A lookup of an address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Lookup {
    /// How many times it has asked.
    asked: u32,
    /// When it asks again, or gives up; `None` once it has failed.
    due: Option<Instant>,
    /// Oldest first.
    waiting: VecDeque<Waiting>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Waiting {
    packet: Rc<Packet>,
    /// The fact that it was sent.
    sent: Option<FactId>,
}

impl Lookup {
    fn holds(&self, is: impl Fn(&Packet) -> bool) -> bool {
        self.waiting.iter().any(|waiting| is(&waiting.packet))
    }

    /// Whether another packet would be one too many.
    fn is_full(&self, packet: &Packet) -> bool {
        let held: u32 = self.waiting.iter().map(|waiting| memory(&waiting.packet)).sum();
        !self.waiting.is_empty() && held + memory(packet) > ROOM
    }
}

fn memory(packet: &Packet) -> u32 {
    PACKET + packet.segment().map_or(0, Segment::data_len)
}

impl Host {
    /// When the lookup of an address goes on, if there is one.
    pub fn lookup_due(&self, address: IpAddr) -> Option<Instant> {
        self.lookups.get(&address)?.due
    }

    /// The addresses that it looks for, or for which nobody answered the last time.
    pub fn lookups(&self) -> impl Iterator<Item = (IpAddr, Reachability)> {
        self.lookups.iter().map(|(address, lookup)| match lookup.due {
            Some(_) => (*address, Reachability::Incomplete),
            None => (*address, Reachability::Failed),
        })
    }

    /// Whether a packet need not wait for an answer.
    pub(super) fn finds(&mut self, cx: &Cx<'_>, packet: &Packet) -> bool {
        let Some(to) = packet.to else { return false };
        if to == self.id || self.link.is_fixed() {
            return true;
        }
        // As for nearly every packet.
        if self.lookups.is_empty() && self.link.heard_lately(to, cx.now) {
            return true;
        }
        if self.lookup_due(packet.dst.addr).is_some() {
            return false;
        }
        let answers = cx.answers(packet.dst.addr).is_some();
        if self.knows(to, cx.now, answers) {
            return true;
        }
        if answers {
            self.link.hears(to, cx.now);
            self.lookups.remove(&packet.dst.addr);
        }
        answers
    }

    /// Lets a packet wait for an answer. If too much waits, the oldest is thrown away, and nobody is notified.
    pub(super) fn look_up(&mut self, cx: &mut Cx<'_>, packet: &Rc<Packet>) {
        let address = packet.dst.addr;
        let due = self.profile.tcp.fires_at(cx.now, INTERVAL) + LAST_OF_TICK;
        let lookup = self.lookups.entry(address).or_default();
        if lookup.due.is_none() {
            (lookup.asked, lookup.due) = (1, Some(due));
            cx.hand_out(Output::Lookup { address, due });
        }
        while lookup.is_full(packet)
            && let Some(oldest) = lookup.waiting.pop_front()
        {
            discard(cx, self.id, &oldest);
        }
        lookup.waiting.push_back(Waiting { packet: Rc::clone(packet), sent: cx.pen.present_cause() });
    }

    /// A second has passed since a host asked for an address: what waits leaves if somebody answers now. Otherwise it waits
    /// on, or is thrown away.
    pub fn ask_again(&mut self, cx: &mut Cx<'_>, address: IpAddr) {
        let Some(lookup) = self.lookups.get_mut(&address) else { return };
        if lookup.asked == REQUESTS {
            return self.give_up(cx, address);
        }
        if let Some(host) = cx.answers(address) {
            self.link.hears(host, cx.now);
            return self.found(cx, address);
        }
        lookup.asked += 1;
        let due = self.profile.tcp.fires_at(cx.now - LAST_OF_TICK, INTERVAL) + LAST_OF_TICK;
        lookup.due = Some(due);
        cx.hand_out(Output::Lookup { address, due });
    }

    /// Somebody answered for an address, or asked from there: what waits for it leaves.
    pub(super) fn found(&mut self, cx: &mut Cx<'_>, address: IpAddr) {
        let Some(lookup) = self.lookups.remove(&address) else { return };
        let outer = cx.pen.present_cause();
        for Waiting { packet, sent } in lookup.waiting {
            cx.pen.cause(sent);
            if packet.to.is_some() {
                self.leave(cx, &packet);
            } else {
                self.leave_after_all(cx, &packet);
            }
        }
        cx.pen.cause(outer);
    }

    /// When the packet was made, nobody had the address: it is made again for the host that has it now.
    fn leave_after_all(&mut self, cx: &mut Cx<'_>, packet: &Packet) {
        let (id, ends) = (packet.id, (packet.src, packet.dst));
        cx.pen.begin(Happened::NobodyThere { packet: id });
        let made = cx.pen.packet(cx.answers(ends.1.addr), ends, packet.body.clone(), packet.again);
        cx.pen.begin(Happened::Sent { packet: made.id, socket: self.sockets.between(ends) });
        self.leave(cx, &made);
    }

    fn give_up(&mut self, cx: &mut Cx<'_>, address: IpAddr) {
        let Some(Lookup { waiting, .. }) = self.lookups.remove(&address) else { return };
        if self.lookups.len() < KEPT {
            self.lookups.insert(address, Lookup::default());
        }
        for (number, Waiting { packet, sent }) in waiting.into_iter().enumerate() {
            cx.pen.cause(sent);
            cx.pen.begin(Happened::NobodyThere { packet: packet.id });
            if number < ERRORS && !matches!(packet.body, Body::Icmp { .. }) {
                self.nobody_there(cx, &packet);
            }
        }
    }

    /// The link is down: no lookup goes on, and what waits is thrown away.
    pub(super) fn stop_lookups(&mut self, cx: &mut Cx<'_>) {
        for lookup in std::mem::take(&mut self.lookups).into_values() {
            lookup.waiting.iter().for_each(|waiting| discard(cx, self.id, waiting));
        }
    }

    /// Whether a lookup still holds the segment.
    pub(super) fn lookup_holds(&self, id: SocketId, is: impl Fn(&Segment) -> bool) -> bool {
        let Some(ends) = self.sockets.get(id).and_then(Socket::ends) else { return false };
        let lookup = self.lookups.get(&ends.1.addr);
        lookup.is_some_and(|lookup| {
            lookup.holds(|packet| (packet.src, packet.dst) == ends && packet.segment().is_some_and(&is))
        })
    }
}

fn discard(cx: &mut Cx<'_>, host: HostId, waiting: &Waiting) {
    cx.pen.note(Happened::Dropped { packet: waiting.packet.id, place: Place::Lookup(host) });
}

#[cfg(test)]
mod tests;
