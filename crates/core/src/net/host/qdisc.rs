//! The queueing disciplines of a host: netem, between the OUTPUT chain and the device.
//!
//! As in Linux, the sender learns nothing of what netem loses; what finds it full was not sent, as if OUTPUT had dropped it.
//! What still waits here is not sent again (`TCPSpuriousRtxHostQueues`), whatever its timer says.
//! A draw never depends on what is drawn for another purpose: each has a stream of numbers of its own, from the secret of
//! the host.
//!
//! Left out on purpose: the disciplines that a host has without it (`fq_codel`, `noqueue`), which let everything pass at
//! once where no link is slower than its host; what netem does to ARP, so that the first packet to a host would wait for two
//! more delays, or for a request that was lost; and that TCP halves its congestion window when it finds netem full. Linux
//! counts spans in ticks of 64 ns, and so a delay may be that much shorter there.

use super::send::{Sent, hand_out};
use super::socket::Socket;
use super::{Cx, Host, Output};
use crate::Instant;
use crate::net::rng::{Rng, mix};
use crate::net::{
    Answer, Device, Errno, FactId, Happened, HostId, Netem, Odds, Packet, PacketId, Place, QdiscDrop,
    SocketId,
};
use crate::tcp::{Counter, Segment, Seq};
use std::rc::Rc;
use std::time::Duration;

/// Makes what netem draws differ from all else that follows from the host's secret.
const NETEM: u64 = 0x6e65_7465_6d71_6469;

/// Octets of the header of a frame, which a queueing discipline counts.
const FRAME_HEADER: u32 = 14;

/// The handle before the first that Linux gives.
const BEFORE_FIRST_HANDLE: u16 = 0x8000;

/// The queueing disciplines that a user set.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Qdiscs {
    /// In the order of the devices.
    all: Vec<Qdisc>,
    /// How many there have ever been.
    made: u32,
    last_handle: u16,
    /// What was not sent again while it waited: by socket, the sequence number of the segment, and how many times.
    withheld: Vec<(SocketId, Seq, u32)>,
}

impl Qdiscs {
    pub(super) const fn new() -> Qdiscs {
        Qdiscs { all: Vec::new(), made: 0, last_handle: BEFORE_FIRST_HANDLE, withheld: Vec::new() }
    }

    fn get_mut(&mut self, device: Device) -> Option<&mut Qdisc> {
        self.all.iter_mut().find(|qdisc| qdisc.device == device)
    }

    fn withheld(&self, id: SocketId, seq: Seq) -> u32 {
        let of = |(socket, of, _): &&(SocketId, Seq, u32)| (*socket, *of) == (id, seq);
        self.withheld.iter().find(of).map_or(0, |(.., times)| *times)
    }

    fn next_handle(&mut self) -> u16 {
        self.last_handle = self.last_handle.checked_add(1).unwrap_or(BEFORE_FIRST_HANDLE + 1);
        self.last_handle
    }
}

/// A netem at the root of a device.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Qdisc {
    device: Device,
    handle: u16,
    netem: Netem,
    counters: QdiscCounters,
    draws: [Draw; 4],
    /// How many packets waited since one overtook.
    waited: u32,
    /// In the order in which they will leave.
    waiting: Vec<Waiting>,
}

/// What a queueing discipline counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct QdiscCounters {
    /// Octets that left it, in frames.
    pub octets: u64,
    /// Packets that left it.
    pub packets: u32,
    /// Packets that it dropped.
    pub dropped: u32,
    /// Packets that overtook others.
    pub requeued: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Waiting {
    leaves: Instant,
    packet: Rc<Packet>,
    /// The fact that it waits.
    queued: FactId,
}

/// What something is drawn for.
#[derive(Clone, Copy, Debug)]
enum Purpose {
    Delay,
    Loss,
    Duplication,
    Reordering,
}

/// A stream of numbers, each of which may resemble the one before.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Draw {
    rng: Rng,
    last: u32,
}

impl Draw {
    fn new(seed: u64) -> Draw {
        let mut rng = Rng::new(seed);
        let last = rng.next();
        Draw { rng, last }
    }

    /// The mean of a new number and the last result, weighed by `correlation`.
    fn next(&mut self, correlation: u32) -> u32 {
        let new = self.rng.next();
        if correlation == 0 {
            return new;
        }
        let weight = u64::from(correlation) + 1;
        let mean =
            u128::from(new) * u128::from((1_u64 << 32) - weight) + u128::from(self.last) * u128::from(weight);
        self.last = u32::try_from(mean >> 32).unwrap_or(u32::MAX);
        self.last
    }
}

impl Qdisc {
    fn new(device: Device, handle: u16, netem: Netem, seed: u64) -> Qdisc {
        Qdisc {
            device,
            handle,
            netem,
            counters: QdiscCounters::default(),
            draws: [0, 1, 2, 3].map(|purpose: u64| Draw::new(mix(seed ^ mix(purpose + 1)))),
            waited: 0,
            waiting: Vec::new(),
        }
    }

    /// Its number, as in `8001:`.
    pub const fn handle(&self) -> u16 {
        self.handle
    }

    /// What it does.
    pub const fn netem(&self) -> &Netem {
        &self.netem
    }

    /// What it has counted.
    pub const fn counters(&self) -> QdiscCounters {
        self.counters
    }

    /// The packets that wait in it, in the order in which they will leave.
    pub fn waiting(&self) -> impl ExactSizeIterator<Item = &Packet> {
        self.waiting.iter().map(|waiting| &*waiting.packet)
    }

    /// When the next packet will leave it.
    pub fn next_leaves(&self) -> Option<Instant> {
        self.waiting.first().map(|waiting| waiting.leaves)
    }

    /// Octets of the frames that wait.
    pub fn backlog(&self) -> u64 {
        self.waiting().map(|packet| u64::from(frame(packet))).sum()
    }

    fn happens(&mut self, purpose: Purpose, odds: Odds) -> bool {
        odds.share > 0 && odds.share >= self.draws[purpose as usize].next(odds.correlation)
    }

    /// How long the next packet waits.
    fn delay(&mut self) -> Duration {
        let Netem { delay, jitter, correlation, .. } = self.netem;
        if jitter == 0 {
            return self.netem.delay();
        }
        let drawn = self.draws[Purpose::Delay as usize].next(correlation);
        let varied = u64::from(delay) + u64::from(drawn) % (2 * u64::from(jitter));
        Duration::from_micros(varied.saturating_sub(u64::from(jitter)))
    }

    /// Whether the next packet overtakes those that wait.
    fn overtakes(&mut self) -> bool {
        let Netem { gap, reorder, .. } = self.netem;
        let overtakes = gap > 0 && self.waited >= gap - 1 && self.happens(Purpose::Reordering, reorder);
        self.waited = if overtakes { 0 } else { self.waited.saturating_add(1) };
        self.counters.requeued += u32::from(overtakes);
        overtakes
    }

    fn lose(&mut self, cx: &mut Cx<'_>, place: (HostId, QdiscDrop), packet: &Packet) {
        self.counters.dropped += 1;
        cx.pen.note(Happened::Dropped { packet: packet.id, place: Place::Qdisc(place.0, place.1) });
    }

    /// Lets a packet wait, or leave at once.
    fn take(&mut self, cx: &mut Cx<'_>, host: HostId, packet: &Rc<Packet>) -> Sent {
        if u32::try_from(self.waiting.len()).is_ok_and(|waiting| waiting >= self.netem.limit) {
            self.lose(cx, (host, QdiscDrop::Full), packet);
            return Sent::Kept;
        }
        let overtakes = self.overtakes();
        let delay = if overtakes { Duration::ZERO } else { self.delay() };
        let leaves = cx.now + delay;
        if overtakes || delay > Duration::ZERO {
            let queued = cx.pen.note(Happened::Queued { packet: packet.id, leaves });
            if !overtakes {
                let place = self.waiting.partition_point(|other| other.leaves <= leaves);
                self.waiting.insert(place, Waiting { leaves, packet: Rc::clone(packet), queued });
                cx.hand_out(Output::Queued { packet: packet.id, leaves });
                return Sent::Out;
            }
            let outer = cx.pen.cause(Some(queued));
            self.let_go(cx, packet);
            cx.pen.cause(outer);
            return Sent::Out;
        }
        self.let_go(cx, packet);
        Sent::Out
    }

    fn let_go(&mut self, cx: &mut Cx<'_>, packet: &Rc<Packet>) {
        self.counters.packets = self.counters.packets.wrapping_add(1);
        self.counters.octets += u64::from(frame(packet));
        hand_out(cx, packet);
    }

    /// Drops all that waits. It counts nothing: whoever empties a queue resets it, or removes it.
    fn empty(&mut self, cx: &mut Cx<'_>, host: HostId) {
        for Waiting { packet, .. } in std::mem::take(&mut self.waiting) {
            let place = Place::Qdisc(host, QdiscDrop::Emptied);
            cx.pen.note(Happened::Dropped { packet: packet.id, place });
        }
    }
}

fn frame(packet: &Packet) -> u32 {
    packet.ip_octets() + FRAME_HEADER
}

impl Host {
    /// The netem at the root of a device, if a user set one.
    pub fn qdisc(&self, device: Device) -> Option<&Qdisc> {
        self.qdiscs.all.iter().find(|qdisc| qdisc.device == device)
    }

    /// Sends a packet that passed OUTPUT, and whose receiver was found, through the device's queueing discipline.
    pub(super) fn leave(&mut self, cx: &mut Cx<'_>, packet: &Rc<Packet>) -> Sent {
        let (host, device) = (self.id, Device::between(self.id, packet.to));
        let Some(qdisc) = self.qdiscs.get_mut(device) else {
            hand_out(cx, packet);
            return Sent::Out;
        };
        let Netem { loss, duplicate, .. } = qdisc.netem;
        let twice = qdisc.happens(Purpose::Duplication, duplicate);
        let lost = qdisc.happens(Purpose::Loss, loss);
        match (twice, lost) {
            (false, true) => {
                qdisc.lose(cx, (host, QdiscDrop::Lost), packet);
                Sent::Out
            }
            (true, false) if qdisc.take(cx, host, packet) == Sent::Out => {
                let copy = cx.pen.copy(packet);
                let made = Happened::Duplicated { packet: packet.id, copy: copy.id, rule: None };
                let fact = cx.pen.note(made);
                let outer = cx.pen.cause(Some(fact));
                // It draws for itself, but is not sent twice again.
                if qdisc.happens(Purpose::Loss, loss) {
                    qdisc.lose(cx, (host, QdiscDrop::Lost), &copy);
                } else {
                    qdisc.take(cx, host, &copy);
                }
                cx.pen.cause(outer);
                Sent::Out
            }
            (true, false) => Sent::Kept,
            // Of two, one is lost.
            (true, true) | (false, false) => qdisc.take(cx, host, packet),
        }
    }

    /// Whether a segment is not to be sent again, because it still waits in a queue of this host; that is counted. What a
    /// half-open entry answers is made each time, and is sent.
    pub(super) fn withholds(&mut self, id: SocketId, segment: &Segment) -> bool {
        let answers = segment.is_syn() && segment.is_ack();
        let same = |it: &Segment| it.seq == segment.seq && it.len() == segment.len();
        if segment.is_empty() || answers || !(self.qdisc_holds(id, same) || self.lookup_holds(id, same)) {
            return false;
        }
        self.counters.count(&[Counter::SpuriousRtxHostQueues]);
        let withheld = self.qdiscs.withheld(id, segment.seq);
        self.qdiscs.withheld.retain(|(socket, ..)| *socket != id);
        self.qdiscs.withheld.push((id, segment.seq, withheld + 1));
        true
    }

    fn qdisc_holds(&self, id: SocketId, is: impl Fn(&Segment) -> bool) -> bool {
        if self.qdiscs.all.is_empty() {
            return false;
        }
        let Some(ends) = self.sockets.get(id).and_then(Socket::ends) else { return false };
        let held = |packet: &Packet| (packet.src, packet.dst) == ends && packet.segment().is_some_and(&is);
        self.qdiscs.all.iter().any(|qdisc| qdisc.waiting().any(held))
    }

    /// How many times a segment was sent before, if its connection has meant it to be `again` times.
    pub(super) fn sent_before(&self, id: SocketId, segment: &Segment, again: u32) -> u32 {
        again.saturating_sub(self.qdiscs.withheld(id, segment.seq))
    }

    /// When a packet that waits will leave.
    pub fn leaves(&self, packet: PacketId) -> Option<Instant> {
        let mut waiting = self.qdiscs.all.iter().flat_map(|qdisc| &qdisc.waiting);
        waiting.find(|waiting| waiting.packet.id == packet).map(|waiting| waiting.leaves)
    }

    /// Sends a packet that has waited. Its cause is the fact that it waited.
    pub fn let_go(&mut self, cx: &mut Cx<'_>, packet: PacketId) {
        for qdisc in &mut self.qdiscs.all {
            if let Some(at) = qdisc.waiting.iter().position(|waiting| waiting.packet.id == packet) {
                let Waiting { packet, queued, .. } = qdisc.waiting.remove(at);
                cx.pen.cause(Some(queued));
                qdisc.let_go(cx, &packet);
                return;
            }
        }
    }

    /// `tc qdisc add|change|del dev DEVICE root netem`. Handle 0 is the next that is free.
    pub(super) fn set_qdisc(
        &mut self,
        cx: &mut Cx<'_>,
        device: Device,
        handle: u16,
        netem: Option<Netem>,
    ) -> Result<Answer, Errno> {
        let known = self.qdiscs.all.iter().position(|qdisc| qdisc.device == device);
        let fact = |cx: &mut Cx<'_>| cx.pen.note(Happened::QdiscSet { device, netem });
        match (known, netem) {
            (None, None) => return Err(Errno::Invalid),
            (Some(at), Some(netem)) => {
                fact(cx);
                self.qdiscs.all[at].netem = netem;
            }
            (None, Some(netem)) => {
                fact(cx);
                let handle = if handle == 0 { self.qdiscs.next_handle() } else { handle };
                self.qdiscs.made += 1;
                let seed = mix(self.secret ^ NETEM).wrapping_add(u64::from(self.qdiscs.made));
                let place = self.qdiscs.all.partition_point(|other| other.device < device);
                self.qdiscs.all.insert(place, Qdisc::new(device, handle, netem, seed));
            }
            (Some(at), None) => {
                let removed = fact(cx);
                let outer = cx.pen.cause(Some(removed));
                self.qdiscs.all.remove(at).empty(cx, self.id);
                cx.pen.cause(outer);
            }
        }
        Ok(Answer::Done)
    }

    /// Its link was set down, which resets the queue.
    pub(super) fn reset_queue(&mut self, cx: &mut Cx<'_>) {
        let host = self.id;
        if let Some(qdisc) = self.qdiscs.get_mut(Device::Link) {
            qdisc.empty(cx, host);
        }
    }
}

#[cfg(test)]
mod tests;
