//! Undo and redo: the inputs that were replaced, and where the playhead was.
//!
//! Every change of a course keeps a number of its inputs and replaces the rest. So the way back is the rest that was
//! replaced, and taking it returns the way forward again.

use super::{Session, Tail};
use crate::recording::Step;
use tcp_core::Instant;

/// Where a playhead is on its course.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) deeds: u64,
    at: Instant,
}

/// What two courses share, at least, before they part.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shared {
    /// Number of inputs.
    pub(super) inputs: usize,
    /// Number of deeds.
    pub(super) deeds: u64,
    /// Number of facts.
    pub(super) facts: usize,
    /// When they part.
    pub(super) until: Instant,
}

/// The way to another course.
#[derive(Clone, Debug)]
pub(super) struct Turn {
    shared: Shared,
    /// The inputs after the shared ones.
    rest: Vec<Step>,
    /// The marks after the shared facts.
    tail: Tail,
    end: Instant,
    place: Place,
}

impl Turn {
    /// The course to which it leads went on after the place from which it was left.
    fn has_future(&self) -> bool {
        self.end > self.shared.until
    }
}

impl Session {
    /// Takes back the last input, and brings back the future that was dropped for it. Returns false if there is nothing
    /// to undo.
    pub fn undo(&mut self) -> bool {
        let Some(turn) = self.undo.pop() else { return false };
        let back = self.take(turn);
        self.redo.push(back);
        true
    }

    /// Does again what was undone last. Returns false if nothing was undone, or something was done since.
    pub fn redo(&mut self) -> bool {
        let Some(turn) = self.redo.pop() else { return false };
        let back = self.take(turn);
        self.undo.push(back);
        true
    }

    /// Whether there is something to undo.
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Whether something was undone, and nothing was done since.
    pub fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }

    /// What was done until now was prepared: nothing of it can be undone.
    pub fn prepared(&mut self) {
        self.undo.clear();
    }

    /// Something else was done, outside this session: what was undone is not done again.
    pub fn forget_redo(&mut self) {
        self.redo.clear();
    }

    /// Starts again at the beginning, with only the inputs that the session was loaded with. This can be undone.
    pub fn restart(&mut self) {
        let facts = self.checkpoints.beginning_facts();
        self.fork(Shared { inputs: self.before, deeds: 0, facts, until: Instant::START });
        self.inputs.extend(self.loaded.iter().cloned());
        self.restore(|_| false);
        self.end = Instant::START;
        self.resume();
    }

    /// Where the playhead is.
    pub(super) fn place(&self) -> Place {
        Place { deeds: self.head.deeds, at: self.lab().now() }
    }

    /// Where this course parted from another one, which has a future that was dropped; the latest first.
    pub fn forks(&self) -> impl Iterator<Item = Instant> + '_ {
        let mut shared = u64::MAX;
        let forks = self.undo.iter().rev().filter(move |turn| {
            let is_here = turn.shared.deeds <= shared;
            shared = shared.min(turn.shared.deeds);
            is_here && turn.has_future()
        });
        forks.map(|turn| turn.shared.until)
    }

    /// Whether one undo brings back a future that was dropped.
    pub fn undoes_fork(&self) -> bool {
        self.undo.last().is_some_and(Turn::has_future)
    }

    /// What a course that parts here shares with this one.
    pub(super) fn up_to_here(&self) -> Shared {
        let Place { deeds, at } = self.place();
        Shared { inputs: self.head.done, deeds, facts: self.lab().world().log().len(), until: at }
    }

    /// Drops all inputs but the shared ones, and with them everything that followed. [`Session::undo`] brings them back.
    pub(super) fn fork(&mut self, shared: Shared) {
        let (rest, tail) = (Vec::new(), Tail::none(shared.facts));
        let back = self.exchange(Turn { shared, rest, tail, end: self.lab().now(), place: self.place() });
        self.undo.push(back);
        self.redo.clear();
        self.head.lab.fork();
    }

    /// Takes a turn, and returns the one that leads back.
    fn take(&mut self, turn: Turn) -> Turn {
        let place = turn.place;
        let back = self.exchange(turn);
        // All remaining checkpoints are on the part that both courses share.
        self.restore(|checkpoint| checkpoint.deeds <= place.deeds);
        while self.head.deeds < place.deeds && self.head.deed(&self.inputs).is_some() {
            self.checkpoints.offer(&self.head);
        }
        // Advancing to the same time again would run what is due at that moment and may not have happened there.
        if self.lab().now() < place.at {
            self.head.lab.advance_to(place.at);
        }
        self.resume();
        back
    }

    /// Exchanges only the inputs; the playhead stays.
    fn exchange(&mut self, turn: Turn) -> Turn {
        let Turn { shared, rest, tail, end, .. } = turn;
        let back = Turn {
            shared,
            rest: self.inputs.split_off(shared.inputs),
            tail: self.trail.exchange(shared.facts, tail),
            end: std::mem::replace(&mut self.end, end),
            place: self.place(),
        };
        self.inputs.extend(rest);
        self.checkpoints.forget_after(shared.deeds);
        back
    }
}
