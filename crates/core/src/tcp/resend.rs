//! What is out, and what was tried to get it acknowledged.

use super::{Counter, Sack, Seq};
use crate::Instant;
use std::collections::VecDeque;
use std::time::Duration;

/// What is known of a segment that is sent and not acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Mark {
    /// It is on its way, for all that is known.
    Out,
    /// It arrived beyond a hole (RFC 2018).
    Sacked,
    /// It counts as lost, and was not sent again since.
    Lost,
}

/// A segment that is sent and not acknowledged, as it was: it is sent again with the same end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Sent {
    /// The number after its last octet, or after its FIN.
    pub(super) end: Seq,
    /// When it was last sent.
    pub(super) at: Instant,
    /// And in which order: several leave at the same time.
    pub(super) order: u32,
    /// How often it was sent again.
    pub(super) again: u32,
    pub(super) mark: Mark,
    /// It has as much data as a segment can have.
    pub(super) full: bool,
}

/// What the retransmission timer runs for: RTO, PTO of a tail loss probe (TLP), or RACK's reordering timer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Due {
    /// Nothing was acknowledged for too long (RFC 6298).
    #[default]
    Timeout,
    /// To ask whether the last of it was lost (RFC 8985 §7).
    LossProbe,
    /// Something that was sent later has arrived: what is late is lost when the timer runs out (RFC 8985 §6).
    Reordering,
}

/// Where the connection is in repairing a loss, as Linux's congestion state (`icsk_ca_state`) says it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Repair {
    /// Nothing is known to be lost: `TCP_CA_Open`.
    #[default]
    Idle,
    /// Something arrived beyond a hole, or the oldest was sent again: there may be a loss. `TCP_CA_Disorder`.
    Doubtful,
    /// What later arrivals show to be lost is sent again: `TCP_CA_Recovery`.
    Holes,
    /// After a timeout, all that was out counts as lost: `TCP_CA_Loss`.
    Timeout,
}

/// A loss probe that is out (RFC 8985 §7.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct LossProbe {
    /// SND.NXT when it was sent.
    pub(super) end: Seq,
    /// It repeats the last segment; otherwise it brings new data.
    pub(super) repeats: bool,
}

/// The latest segment that is known to have arrived, in the order of sending: RACK.segment and RACK.rtt (RFC 8985 §6.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Latest {
    /// Its number in that order.
    pub(super) order: u32,
    /// The round trip of what arrived last.
    pub(super) trip: Duration,
    /// Something arrived since what is late was last looked for.
    pub(super) is_news: bool,
}

/// What follows when a segment has been taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Answer {
    /// What waits to be sent, with the acknowledgement that is owed, if one may be.
    Waiting { owes: bool },
    /// An acknowledgement of what came twice, which the block names, or too early.
    Repetition(Option<Sack>),
}

/// What is sent again in one go, until it is known what left this host: [`Connection::settle`] empties it.
///
/// [`Connection::settle`]: super::Connection::settle
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Again {
    /// Each as it was before: it is so again if it does not leave.
    pub(super) before: Vec<Sent>,
    /// What those count as that leave, if an arrival showed them to be lost.
    pub(super) counter: Option<Counter>,
    /// The timer starts again when they have left: the oldest is the first of them.
    pub(super) restarts: bool,
    /// It is a loss probe, repeated or new.
    pub(super) probes: bool,
    /// This host's OUTPUT chain refused one, and those that were to follow it are not tried.
    pub(super) refused: bool,
    /// What the arrival that caused it is answered with: whether that has room is known only then.
    pub(super) answer: Option<Answer>,
}

/// The state of retransmission (RFC 6298, RFC 8985).
///
/// What holds between calls: `out` has one entry for each segment of data or FIN between SND.UNA and SND.NXT, in their
/// order, and is empty if nothing is out. `due` means nothing while the retransmission
/// timer does not run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Resend {
    /// The segments that are out. A SYN is not among them.
    pub(super) out: VecDeque<Sent>,
    /// Timeouts in a row without progress, as `netstat -o` counts them; a loss probe is not one.
    pub(super) retries: u32,
    /// Doublings of the timeout that are in force: until a round trip is measured.
    pub(super) doublings: u32,
    /// SYN|ACKs of a half-open entry: the first, whether it left or not, and its repetitions that did.
    pub(super) answers: u32,
    /// Tries in a row of the probe timer to which no answer came.
    pub(super) probes: u32,
    /// Doublings of the probe timer's interval: answers do not shorten it (RFC 9293 §3.8.6.1).
    pub(super) backoff: u32,
    /// SND.NXT before what is new was tried; its timer is set when it is known what left this host.
    pub(super) tried: Option<Seq>,
    /// It was the probe timer that tried.
    pub(super) probing: bool,
    /// The call that is being made filled the first segment and brought more: refused, it is tried once more at the end.
    pub(super) twice: bool,
    /// The number of a segment that the probe timer has tried.
    pub(super) pushed: Option<Seq>,
    /// Where a segment was cut that was too long for what it had to carry, or for the window.
    pub(super) cut: Option<Seq>,
    /// From when on the time counts that `tcp_retries2` allows: the first repetition since all was well (`retrans_stamp`).
    pub(super) since: Option<Instant>,
    /// When the SYN left, if only one did: its round trip is measured.
    pub(super) syn_at: Option<Instant>,
    /// The last SYN did not leave this host.
    pub(super) syn_refused: bool,
    pub(super) due: Due,
    pub(super) repair: Repair,
    /// SND.NXT when the repair began, RFC 6675's RecoveryPoint (`high_seq`): it is over when that is acknowledged.
    pub(super) repair_end: Seq,
    /// The first acknowledgement after a timeout has not come: it may show that nothing was lost (F-RTO, RFC 5682).
    pub(super) in_doubt: bool,
    pub(super) loss_probe: Option<LossProbe>,
    pub(super) latest: Option<Latest>,
    /// How many were sent, repetitions too, modulo 2³².
    order: u32,
    /// Segments were seen to overtake one another.
    pub(super) reordered: bool,
    /// The number after the last segment that was not full (Nagle's algorithm; `snd_sml`).
    pub(super) small_end: Option<Seq>,
    /// The segment on its way out was made by the retransmission timer.
    pub(super) by_timer: bool,
    pub(super) again: Again,
    /// Whether a SYN|ACK answers a repeated SYN, and has not been refused by this host's OUTPUT chain.
    pub(super) answered_again: bool,
}

impl Resend {
    /// A segment that ends at `end` goes out for the first time.
    pub(super) fn sent(&mut self, end: Seq, now: Instant, full: bool) {
        let order = self.next_order();
        self.out.push_back(Sent { end, at: now, order, again: 0, mark: Mark::Out, full });
        if !full {
            self.small_end = Some(end);
        }
    }

    /// The number of what is sent next, of all that this connection sends.
    pub(super) const fn next_order(&mut self) -> u32 {
        self.order = self.order.wrapping_add(1);
        self.order
    }

    /// What begins at `seq` did not leave this host, and nothing after it.
    pub(super) fn unsent(&mut self, seq: Seq) {
        while self.out.back().is_some_and(|sent| sent.end.after(seq)) {
            self.out.pop_back();
        }
        self.small_end = self.out.iter().rev().find(|sent| !sent.full).map(|sent| sent.end);
    }

    /// The segment that ends at `end` was to be sent again, and did not leave this host: it counts as lost if it did before,
    /// and as tried now (variation v302) if it was tried. Those that were to follow it are as before. Gives how many all these are; 0 if it
    /// was not to be sent again.
    pub(super) fn unsent_again(&mut self, end: Seq, tried: bool) -> usize {
        let before = &mut self.again.before;
        let unsent =
            before.split_off(before.iter().position(|before| before.end == end).unwrap_or(before.len()));
        for before in &unsent {
            if let Some(sent) = self.out.iter_mut().find(|sent| sent.end == before.end) {
                let as_now = if tried && before.end == end { *sent } else { *before };
                *sent = Sent { mark: before.mark, order: before.order, ..as_now };
            }
        }
        self.again.refused |= !unsent.is_empty();
        unsent.len()
    }

    /// How many segments are marked so.
    pub(super) fn count(&self, mark: Mark) -> u32 {
        self.out.iter().map(|sent| u32::from(sent.mark == mark)).sum()
    }

    /// The handshake is over, or an older try at it: what was tried in vain no longer counts.
    pub(super) fn progress(&mut self) {
        (self.retries, self.doublings, self.backoff, self.since) = (0, 0, 0, None);
    }

    pub(super) fn each_instant(&mut self, act: impl Fn(&mut Instant)) {
        self.out.iter_mut().for_each(|sent| act(&mut sent.at));
        self.since.iter_mut().chain(&mut self.syn_at).for_each(act);
    }
}
