//! Moments, down to single deeds: several things may happen at the same time, and a step goes between them.

use super::{Circumstances, Session};
use crate::recording::Recording;
use tcp_core::Instant;

/// Where a playhead is on its course, without counting what happened before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The time.
    pub at: Instant,
    /// How many deeds are done at this very time, if others are still to come at it.
    pub done: Option<u64>,
}

impl Session {
    /// A session at the beginning of a recording, `before` of whose steps are done before the beginning. The others are
    /// still to come.
    pub(crate) fn begun_with(recording: &Recording, before: usize) -> Session {
        Session::begun(recording, Circumstances::default(), before.min(recording.steps.len()))
    }

    /// The session, but a restart begins with nothing but what was done before the beginning.
    pub(crate) fn with_nothing_loaded(self) -> Session {
        Session { loaded: Vec::new(), ..self }
    }

    /// How many inputs were done before the beginning.
    pub(crate) const fn before(&self) -> usize {
        self.before
    }

    /// The moment at which the playhead is.
    pub fn moment(&self) -> Moment {
        let at = self.lab().now();
        let (last, count) = self.head.last;
        let done = if last == at { count } else { 0 };
        Moment { at, done: self.due().filter(|due| *due <= at).map(|_| done) }
    }

    /// Moves the playhead to a moment.
    pub fn go_to_moment(&mut self, to: Moment) {
        let Some(done) = to.done else { return self.go_to(to.at) };
        if to.at > Instant::START {
            self.go_to(Instant::from_micros(to.at.as_micros() - 1));
        } else {
            self.restore(|_| false);
        }
        for _ in 0..done {
            if self.due().is_none_or(|due| due > to.at) || !self.step() {
                break;
            }
        }
        // Advancing to the same time again would run what is due at that moment and may not have happened there.
        if self.lab().now() < to.at {
            self.head.lab.advance_to(to.at);
        }
        self.resume();
    }
}
