//! The trail: what is worth a mark in the past of a course.
//!
//! A log reads only up to the playhead. The trail has all that happened on the course up to the latest moment that was
//! reached, also while the playhead is before it, and it comes back when the course does.

use tcp_core::Instant;
use tcp_core::net::{Fact, FactId, Happened, HostId, Log};
use tcp_core::tcp::State;

/// A fact that is worth a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// When it happened.
    pub at: Instant,
    /// The fact.
    pub fact: FactId,
    /// What happened.
    pub what: Marked,
}

/// What happened, where it is worth a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marked {
    /// A connection of this host entered this state.
    Entered(HostId, State),
    /// An entry of this host was removed.
    Removed(HostId),
    /// A segment was stopped, by a firewall or the network.
    Stopped,
    /// Something else. Of several such facts at one moment only the first is here.
    Passed,
}

/// The marks of a course.
#[derive(Clone, Debug)]
pub struct Trail {
    /// Ordered by fact.
    marks: Vec<Mark>,
    /// Number of facts of the course that were looked at.
    facts: usize,
    /// Counts how often the course was changed.
    course: u32,
}

/// The part of a trail that belongs to one of two courses.
#[derive(Clone, Debug)]
pub(super) struct Tail {
    marks: Vec<Mark>,
    facts: usize,
}

impl Tail {
    /// Nothing has happened after this number of facts.
    pub(super) const fn none(facts: usize) -> Tail {
        Tail { marks: Vec::new(), facts }
    }
}

impl Trail {
    /// A trail that begins after the facts of this log.
    pub(super) fn after(log: &Log) -> Trail {
        Trail { marks: Vec::new(), facts: log.len(), course: 0 }
    }

    /// All marks, ordered by time.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// A number that is another one once the course was changed: then earlier marks may be gone.
    pub const fn course(&self) -> u32 {
        self.course
    }

    /// Takes in the facts that are new.
    pub(super) fn follow(&mut self, log: &Log) {
        if log.len() <= self.facts {
            return;
        }
        let from = FactId(u32::try_from(self.facts).unwrap_or(u32::MAX));
        for fact in log.since(from) {
            let what = marked(&fact);
            if what != Marked::Passed || self.marks.last().is_none_or(|last| last.at != fact.at) {
                self.marks.push(Mark { at: fact.at, fact: fact.id, what });
            }
        }
        self.facts = log.len();
    }

    /// Exchanges what follows this number of facts.
    pub(super) fn exchange(&mut self, shared: usize, tail: Tail) -> Tail {
        let place = self.marks.partition_point(|mark| (mark.fact.0 as usize) < shared);
        let old = Tail { marks: self.marks.split_off(place), facts: self.facts };
        self.marks.extend(tail.marks);
        self.facts = tail.facts;
        self.course += 1;
        old
    }
}

fn marked(fact: &Fact) -> Marked {
    match (fact.what, fact.host) {
        // That an entry is gone has a fact of its own.
        (Happened::Moved { socket: Some(_), row }, Some(host))
            if !row.is_loop()
                && row.to != State::Closed
                && !(row.from, row.to).eq(&(State::SynReceived, State::Listen)) =>
        {
            Marked::Entered(host, row.to)
        }
        (Happened::Forgotten { .. }, Some(host)) => Marked::Removed(host),
        (Happened::Dropped { .. } | Happened::Rejected { .. } | Happened::Lost { .. }, _) => Marked::Stopped,
        _ => Marked::Passed,
    }
}
