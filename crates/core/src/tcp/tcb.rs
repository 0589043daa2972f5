//! The transmission control block: the variables of RFC 9293 §3.3.1, by their names.

use super::payload::Octets;
use super::{Options, Payload, Sack, Segment, Seq};
use std::collections::VecDeque;

/// SND.*
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Snd {
    /// SND.UNA: the oldest number not acknowledged.
    pub una: Seq,
    /// SND.NXT: the next number to be sent.
    pub nxt: Seq,
    /// SND.WND: the window that the peer offers, in octets.
    pub wnd: u32,
    /// SND.WL1: the segment number of the last window update.
    pub wl1: Seq,
    /// SND.WL2: the acknowledgement number of the last window update.
    pub wl2: Seq,
    /// ISS: the initial number.
    pub iss: Seq,
}

/// RCV.*
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Rcv {
    /// RCV.NXT: the next number expected.
    pub nxt: Seq,
    /// RCV.WND: the window that we offer, in octets.
    pub wnd: u32,
    /// IRS: the peer's initial number.
    pub irs: Seq,
}

/// A segment's data that came before its turn.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Early {
    seq: Seq,
    data: Payload,
    /// A FIN follows the data.
    fin: bool,
}

/// The variables of one connection.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Tcb {
    /// SND.*
    pub snd: Snd,
    /// RCV.*
    pub rcv: Rcv,
    /// Data from `data_start` on: sent and not acknowledged, then not yet sent.
    pub(super) send_queue: Octets,
    /// The number of the first octet in `send_queue`.
    pub(super) data_start: Seq,
    /// The user closed: a FIN follows the last octet.
    pub(super) fin_queued: bool,
    /// The peer acknowledged our FIN.
    pub(super) fin_acked: bool,
    /// Received in order and not yet read.
    pub(super) receive_queue: Octets,
    /// Received too early, by number; all of it is after RCV.NXT.
    early: VecDeque<Early>,
    /// The same as blocks without gaps, the newest first.
    blocks: Vec<Sack>,
    /// The peer's FIN was received in order.
    pub(super) peer_fin: bool,
    /// The options of the peer's SYN, as far as this host took them.
    pub(super) offer: Options,
}

impl Tcb {
    /// Takes in what the peer's SYN said of it.
    pub(super) fn begin_with(&mut self, syn: &Segment) {
        self.rcv.irs = syn.seq;
        self.rcv.nxt = syn.seq + 1;
    }

    /// What came too early, as blocks: the newest first.
    pub(super) fn blocks(&self) -> &[Sack] {
        &self.blocks
    }

    /// The number after the last octet of data: our FIN's, if one is queued.
    pub(super) fn data_end(&self) -> Seq {
        self.data_start + self.send_queue.len()
    }

    /// Octets (and FIN) that are sent and not acknowledged.
    pub(super) fn in_flight(&self) -> u32 {
        self.snd.nxt.distance_from(self.snd.una)
    }

    /// There is data or a FIN that was never sent.
    pub(super) fn has_unsent(&self) -> bool {
        self.snd.nxt.before(self.data_end()) || (self.fin_queued && !self.fin_sent())
    }

    /// Our FIN was sent (and perhaps acknowledged).
    pub(super) fn fin_sent(&self) -> bool {
        self.fin_queued && self.snd.nxt.after(self.data_end())
    }

    /// At most `max` octets of data from `from` on.
    pub(super) fn data(&self, from: Seq, max: u32) -> Payload {
        self.send_queue.get(from.distance_from(self.data_start), max)
    }

    /// Takes `ack` as acknowledged; the data before it is let go.
    pub(super) fn acknowledge(&mut self, ack: Seq) {
        let queued = self.send_queue.len();
        let done =
            if ack.before(self.data_start) { 0 } else { ack.distance_from(self.data_start).min(queued) };
        self.fin_acked |= self.fin_sent() && ack.after(self.data_end());
        self.send_queue.drop_front(done);
        self.data_start = self.data_start + done;
        self.snd.una = ack;
    }

    /// Keeps a segment's data, in order or not. True if RCV.NXT moved on.
    pub(super) fn keep(&mut self, seq: Seq, data: &Payload, fin: bool) -> bool {
        if seq.after(self.rcv.nxt) {
            self.keep_early(Early { seq, data: data.clone(), fin });
            return false;
        }
        let before = self.rcv.nxt;
        self.take(seq, data, fin);
        // What came too early may fit now.
        while self.early.front().is_some_and(|early| early.seq.at_or_before(self.rcv.nxt)) {
            if let Some(Early { seq, data, fin }) = self.early.pop_front() {
                self.take(seq, &data, fin);
            }
        }
        let nxt = self.rcv.nxt;
        self.blocks.retain(|block| block.end.after(nxt));
        nxt != before
    }

    /// The octets that came before their turn.
    pub(super) fn early_octets(&self) -> u32 {
        self.early.iter().map(|early| early.data.octets()).sum()
    }

    /// Takes what begins at RCV.NXT or before it. What brings nothing new is let go.
    fn take(&mut self, seq: Seq, data: &Payload, fin: bool) {
        let old = self.rcv.nxt.distance_from(seq) as usize;
        if old > data.len() {
            return;
        }
        self.receive_queue.push(data.slice(old, usize::MAX));
        self.rcv.nxt = seq + data.octets();
        if fin && !self.peer_fin {
            self.peer_fin = true;
            self.rcv.nxt = self.rcv.nxt + 1;
        }
    }

    /// Keeps what came before its turn, and notes the block that it makes with its neighbours as the newest
    /// (RFC 2018 §4).
    fn keep_early(&mut self, early: Early) {
        let Early { seq, ref data, fin } = early;
        let mut block = Sack { start: seq, end: seq + data.octets() + u32::from(fin) };
        self.blocks.retain(|other| {
            let apart = other.end.before(block.start) || block.end.before(other.start);
            if !apart {
                block.start = if other.start.before(block.start) { other.start } else { block.start };
                block.end = if other.end.after(block.end) { other.end } else { block.end };
            }
            apart
        });
        self.blocks.insert(0, block);
        let place = self.early.partition_point(|other| other.seq.at_or_before(seq));
        self.early.insert(place, early);
    }
}
