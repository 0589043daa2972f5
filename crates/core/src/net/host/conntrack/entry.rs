//! One tracked connection.

use super::super::firewall::Tracked;
use super::machine::{Direction, Kind, Move, State, first, next};
use crate::Instant;
use crate::tcp::{Segment, Seq};
use std::time::Duration;

/// How long an entry lives at most while something is unacknowledged, sent again too often, or held by a shut window
/// (`nf_conntrack_tcp_timeout_unacknowledged`, `…_max_retrans`).
const DOUBTFUL: Duration = Duration::from_secs(300);
/// Repetitions of one segment after which the connection is in doubt (`nf_conntrack_tcp_max_retrans`).
const MOST_REPETITIONS: u8 = 3;

/// What is kept of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Seen {
    seq: Seq,
    /// SEG.ACK, if the segment has one.
    ack: Option<Seq>,
    /// The number after its last octet.
    end: Seq,
    window: u32,
}

impl Seen {
    pub(super) fn of(segment: &Segment) -> Seen {
        let ack = segment.is_ack().then_some(segment.ack);
        Seen { seq: segment.seq, ack, end: segment.seq + segment.len(), window: segment.window }
    }
}

/// What becomes of an entry by a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Stays,
    /// The segment is no part of the connection.
    Invalid,
    /// The connection never was: its first packet was answered by a reset.
    Ends,
    /// The segment begins another connection between the same ends.
    BeginsAgain,
}

/// One end of a connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct End {
    /// The highest number that it sent.
    end: Option<Seq>,
    /// The highest number that it acknowledged.
    acked: Option<Seq>,
    /// Whether it was the first to close.
    closed_first: bool,
}

/// One tracked connection.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::net::host) struct Entry {
    state: State,
    until: Instant,
    /// Whether a packet came from the other end.
    answered: bool,
    /// Whether it was established in both directions.
    assured: bool,
    simultaneous: bool,
    ends: [End; 2],
    last: (Direction, Kind, Seen),
    repetitions: u8,
}

impl Entry {
    /// A connection that begins with this segment; `None` if none can.
    pub(super) fn begun(now: Instant, kind: Kind, seen: &Seen) -> Option<Entry> {
        let state = first(kind)?;
        let mut entry = Entry {
            state,
            until: now,
            answered: false,
            assured: false,
            simultaneous: false,
            ends: [End::default(); 2],
            last: (Direction::Original, kind, *seen),
            repetitions: 0,
        };
        entry.note(now, Direction::Original, seen);
        Some(entry)
    }

    /// Whether its time has not run out.
    pub(super) fn lives(&self, now: Instant) -> bool {
        now < self.until
    }

    /// Whether the connection is neither in TIME_WAIT nor closed.
    pub(super) const fn is_open(&self) -> bool {
        !matches!(self.state, State::TimeWait | State::Close)
    }

    /// What a packet of the connection is.
    pub(super) const fn standing(&self, direction: Direction) -> Tracked {
        match direction {
            Direction::Original if !self.answered => Tracked::New,
            _ => Tracked::Established,
        }
    }

    /// Moves by a segment.
    pub(super) fn takes(&mut self, now: Instant, direction: Direction, kind: Kind, seen: &Seen) -> Fate {
        let (last_from, last_kind, last) = self.last;
        let answers_last = direction != last_from && seen.ack == Some(last.end);
        let state = match next(self.state, direction, kind) {
            Move::Invalid => return Fate::Invalid,
            // It answers a SYN that was ignored, so that was right and the entry is not.
            Move::Ignored if kind == Kind::SynAck && last_kind == Kind::Syn && answers_last => State::SynRecv,
            Move::Ignored => {
                self.last = (direction, kind, *seen);
                self.answered |= direction == Direction::Reply;
                return Fate::Stays;
            }
            Move::To(State::SynSent) if self.state >= State::TimeWait => {
                let over = self.ends.iter().any(|end| end.closed_first);
                if over || (last_from, last_kind) == (direction, Kind::Rst) {
                    return Fate::BeginsAgain;
                }
                self.last = (direction, kind, *seen);
                return Fate::Stays;
            }
            Move::To(State::SynRecv) if kind == Kind::Ack && self.simultaneous => State::Established,
            Move::To(_) if kind == Kind::Rst => match self.by_reset(direction, seen) {
                Some(state) => state,
                None => return Fate::Invalid,
            },
            Move::To(state) => state,
        };
        if !self.answered && kind == Kind::Rst {
            return Fate::Ends;
        }
        self.simultaneous |= state == State::SynSent2;
        let same = (last_from, last) == (direction, *seen);
        self.repetitions = if same { self.repetitions.saturating_add(1) } else { 0 };
        if state == State::FinWait && self.state != state {
            self.ends[direction as usize].closed_first = true;
        }
        let stood = matches!(self.state, State::SynRecv | State::Established);
        self.assured |= self.answered && stood && state == State::Established;
        (self.state, self.last) = (state, (direction, kind, *seen));
        self.note(now, direction, seen);
        self.answered |= direction == Direction::Reply;
        Fate::Stays
    }

    /// The state after a reset; `None` if it is older than what the other end acknowledged. One that does not fit exactly
    /// may be answered by an ACK, and leaves an established connection as it is (RFC 5961).
    fn by_reset(&self, direction: Direction, seen: &Seen) -> Option<State> {
        let other = 1 - direction as usize;
        let Some(acked) = self.ends[other].acked else { return Some(State::Close) };
        let (last_from, last_kind, last) = self.last;
        let follows = (last_from, last_kind) == (direction, Kind::Ack) && seen.seq == last.end;
        let stands = self.state == State::Established && self.assured;
        match seen.seq {
            seq if seq.before(acked) => None,
            seq if !stands || seq == acked || follows => Some(State::Close),
            _ => Some(self.state),
        }
    }

    /// Notes the numbers of a segment, and how long the entry lives from now on.
    fn note(&mut self, now: Instant, direction: Direction, seen: &Seen) {
        let later = |known: Option<Seq>, new: Seq| match known {
            Some(known) if !known.before(new) => Some(known),
            _ => Some(new),
        };
        let end = &mut self.ends[direction as usize];
        end.end = later(end.end, seen.end);
        if let Some(ack) = seen.ack {
            end.acked = later(end.acked, ack);
        }
        let [one, other] = self.ends;
        let waits = |sent: Option<Seq>, acked: Option<Seq>| {
            sent.is_some_and(|sent| acked.is_none_or(|acked| acked.before(sent)))
        };
        let doubtful = self.repetitions >= MOST_REPETITIONS
            || waits(one.end, other.acked)
            || waits(other.end, one.acked)
            || seen.window == 0
            || !self.answered && self.state == State::Established;
        let lasts = self.state.lasts();
        self.until = now + if doubtful { lasts.min(DOUBTFUL) } else { lasts };
    }
}
