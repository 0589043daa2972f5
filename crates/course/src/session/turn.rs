//! Undo and redo: the inputs that were replaced, and where the playhead was.
//!
//! Every change of a course keeps a number of its inputs and replaces the rest. So the way back is the rest that was
//! replaced, and taking it returns the way forward again.

use super::Session;
use crate::recording::Step;
use tcp_core::Instant;

/// Where a playhead is on its course.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) deeds: u64,
    at: Instant,
}

/// The way to another course.
#[derive(Clone, Debug)]
pub(super) struct Turn {
    /// Number of inputs that both courses share.
    kept: usize,
    /// Number of deeds that both courses share, at least.
    shared: u64,
    /// The inputs after the shared ones.
    rest: Vec<Step>,
    end: Instant,
    place: Place,
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

    /// Starts again at the beginning, with only the inputs that the session was loaded with. This can be undone.
    pub fn restart(&mut self) {
        self.fork(self.before, 0);
        self.inputs.extend(self.loaded.iter().cloned());
        self.restore(|_| false);
        self.end = Instant::START;
        self.resume();
    }

    /// Where the playhead is.
    pub(super) fn place(&self) -> Place {
        Place { deeds: self.head.deeds, at: self.lab().now() }
    }

    /// Drops all inputs but the first `kept`, and with them everything that followed `shared` deeds. [`Session::undo`]
    /// brings them back.
    pub(super) fn fork(&mut self, kept: usize, shared: u64) {
        let turn = Turn { kept, shared, rest: Vec::new(), end: self.lab().now(), place: self.place() };
        let back = self.exchange(turn);
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
        let Turn { kept, shared, rest, end, .. } = turn;
        let back = Turn {
            kept,
            shared,
            rest: self.inputs.split_off(kept),
            end: std::mem::replace(&mut self.end, end),
            place: self.place(),
        };
        self.inputs.extend(rest);
        self.checkpoints.forget_after(shared);
        back
    }
}
