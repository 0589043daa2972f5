//! What a connection knows of itself, for `ss -i`.

use super::connection::{Connection, Context};
use super::options::MSS_UNSAID;
use super::resend::{Mark, Repair};
use super::{State, Timer};
use crate::Instant;
use std::time::Duration;

/// Linux's `tcp_info`, as far as this TCP has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Info {
    /// Both ends send timestamps.
    pub timestamps: bool,
    /// Both ends understand SACK.
    pub sack: bool,
    /// The window scales of the peer and of this end, in bits.
    pub scales: Option<(u8, u8)>,
    /// The timeout with its doublings.
    pub rto: Duration,
    /// Doublings in force, of the timeout or of the probe timer's interval.
    pub backoff: u32,
    /// The smoothed round-trip time and its mean deviation; zero before the first.
    pub rtt: (Duration, Duration),
    /// The shortest round-trip time; zero before the first.
    pub shortest: Duration,
    /// How long an acknowledgement may wait; zero before the first data.
    pub ack_delay: Duration,
    /// The largest data of a segment that is sent, of one that the peer has sent, and of one that is offered to the peer.
    pub mss: (u32, u32, u32),
    /// The congestion window and its threshold, in segments.
    pub window: (u32, u32),
    /// Octets that the peer has acknowledged, and that came in order. Those of an open count a SYN that was sent.
    pub octets: (u32, u32),
    /// Segments that are out; of these those that were sent again, that count as lost, and that arrived beyond a hole.
    pub out: [u32; 4],
    /// Octets that were never sent.
    pub unsent: u32,
    /// The window that the peer offers, in octets.
    pub peer_window: u32,
    /// When data came last that was new.
    pub heard: Option<Instant>,
    /// It was opened by an arriving SYN.
    pub passive: bool,
}

/// What a segment has room for if the peer has not said how much it takes.
const UNSAID: u32 = MSS_UNSAID as u32;
/// The peer's segments as Linux imagines them while it knows none (`TCP_MIN_MSS`).
const LEAST: u32 = 88;

impl Connection {
    /// What it knows of itself.
    pub fn info(&self, cx: Context<'_>) -> Info {
        let (snd, rcv, offer) = (&self.tcb.snd, &self.tcb.rcv, &self.tcb.offer);
        let opens = self.state() == State::SynSent;
        let resend = &self.resend;
        let again = resend.out.iter().map(|sent| u32::from(sent.again > 0 && sent.mark == Mark::Out)).sum();
        let out = match (opens, resend.retries) {
            (true, 0) => [1, 0, 0, 0],
            (true, _) => [1, u32::from(!resend.syn_refused), 1, 0],
            _ => {
                // What was sent again after a loss still counts as lost, until it is acknowledged.
                let still = if resend.repair < Repair::Holes { 0 } else { again };
                let lost = resend.count(Mark::Lost) + still;
                [u32::try_from(resend.out.len()).unwrap_or(u32::MAX), again, lost, resend.count(Mark::Sacked)]
            }
        };
        let span = self.timers().get(Timer::Retransmit).map(|running| running.span).filter(|_| opens);
        let backoff = match span {
            Some(span) => {
                let times = span.as_millis().checked_div(cx.profile.rto_initial.as_millis());
                times.and_then(u128::checked_ilog2).unwrap_or(0)
            }
            None => resend.doublings.max(resend.backoff),
        };
        // A SYN that is sent again is a loss like any other, and leaves the same window.
        let tried = opens && resend.retries > 0;
        let window = match tried {
            true => (cx.profile.loss_window, cx.profile.initial_window / 2),
            false => (self.congestion.window, self.congestion.threshold),
        };
        let options = if self.recent.is_some() || (opens && cx.profile.timestamps) {
            super::Timestamps::OCTETS
        } else {
            0
        };
        let own = u32::from(cx.profile.mss);
        let passive = self.is_passive();
        Info {
            timestamps: self.recent.is_some(),
            sack: offer.sack_permitted,
            scales: offer.window_scale.map(|peer| (peer, cx.profile.window_scale)),
            rto: span.unwrap_or_else(|| self.timeout(cx)),
            backoff,
            rtt: (self.rtt.smoothed(), self.rtt.deviation()),
            shortest: self.rtt.shortest(),
            ack_delay: self.acking.delay,
            mss: match opens {
                true => (UNSAID - options, LEAST, own),
                false => {
                    (self.mss_without_blocks(cx), self.acking.full.max(UNSAID), own.saturating_sub(options))
                }
            },
            window,
            octets: match opens {
                true => (0, 0),
                false => {
                    (snd.una.distance_from(snd.iss + u32::from(passive)), rcv.nxt.distance_from(rcv.irs + 1))
                }
            },
            out,
            unsent: match !opens && snd.nxt.before(self.tcb.data_end()) {
                true => self.tcb.data_end().distance_from(snd.nxt),
                false => 0,
            },
            peer_window: snd.wnd,
            heard: self.acking.heard,
            passive,
        }
    }
}
