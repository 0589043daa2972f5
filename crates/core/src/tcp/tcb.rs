//! The transmission control block: the variables of RFC 9293 §3.3.1, by their names.

use super::Seq;
use std::collections::VecDeque;

/// SND.*
#[derive(Clone, Debug, Default)]
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
#[derive(Clone, Debug, Default)]
pub struct Rcv {
    /// RCV.NXT: the next number expected.
    pub nxt: Seq,
    /// RCV.WND: the window that we offer, in octets.
    pub wnd: u32,
    /// IRS: the peer's initial number.
    pub irs: Seq,
}

/// The variables of one connection.
#[derive(Clone, Debug, Default)]
pub struct Tcb {
    /// SND.*
    pub snd: Snd,
    /// RCV.*
    pub rcv: Rcv,
    /// Data from `data_start` on: sent and not acknowledged, then not yet sent.
    pub(super) send_queue: VecDeque<u8>,
    /// The number of the first octet in `send_queue`.
    pub(super) data_start: Seq,
    /// The user closed: a FIN follows the last octet.
    pub(super) fin_queued: bool,
    /// The peer acknowledged our FIN.
    pub(super) fin_acked: bool,
    /// Received in order and not yet read.
    pub(super) receive_queue: VecDeque<u8>,
    /// Received out of order: (number, data, FIN follows), in no particular order, none empty.
    pub(super) out_of_order: Vec<(Seq, Vec<u8>, bool)>,
    /// The peer's FIN was received in order.
    pub(super) peer_fin: bool,
}

impl Tcb {
    /// The number behind the last octet of data: our FIN's, if one is queued.
    pub(super) fn data_end(&self) -> Seq {
        self.data_start + u32::try_from(self.send_queue.len()).unwrap_or(u32::MAX)
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
    pub(super) fn data(&self, from: Seq, max: u32) -> Vec<u8> {
        let skip = from.distance_from(self.data_start) as usize;
        self.send_queue.iter().skip(skip).take(max as usize).copied().collect()
    }

    /// Takes `ack` as acknowledged; the data before it is let go.
    pub(super) fn acknowledge(&mut self, ack: Seq) {
        let queued = u32::try_from(self.send_queue.len()).unwrap_or(u32::MAX);
        let done =
            if ack.before(self.data_start) { 0 } else { ack.distance_from(self.data_start).min(queued) };
        self.fin_acked |= self.fin_sent() && ack.after(self.data_end());
        self.send_queue.drain(..done as usize);
        self.data_start = self.data_start + done;
        self.snd.una = ack;
    }

    /// Keeps a segment's data, in order or not. True if RCV.NXT moved on.
    pub(super) fn keep(&mut self, seq: Seq, data: &[u8], fin: bool) -> bool {
        let before = self.rcv.nxt;
        if !data.is_empty() || fin {
            self.out_of_order.push((seq, data.to_vec(), fin));
        }
        // Each round takes what now fits; a piece that brings nothing new is let go.
        while let Some(at) = self.out_of_order.iter().position(|(seq, ..)| seq.at_or_before(self.rcv.nxt)) {
            let (seq, data, fin) = self.out_of_order.swap_remove(at);
            let old = self.rcv.nxt.distance_from(seq) as usize;
            if old > data.len() {
                continue;
            }
            self.receive_queue.extend(data.get(old..).unwrap_or_default());
            self.rcv.nxt = seq + u32::try_from(data.len()).unwrap_or(0);
            if fin && !self.peer_fin {
                self.peer_fin = true;
                self.rcv.nxt = self.rcv.nxt + 1;
            }
        }
        self.rcv.nxt != before
    }
}
