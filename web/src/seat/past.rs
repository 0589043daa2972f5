//! What the time bar shows: what was seen, and once the puzzle is over, all that happened.

use tcp_core::Instant;
use tcp_course::Session;
use tcp_lessons::puzzle::{Marked, Puzzle};
use tcp_scene::timebar::{Shows, TimeBar, filled_bar, seen_bar};

/// What is known of the past.
#[derive(Default)]
pub(super) struct Past {
    /// The open lab up to the latest moment that was seen; none before the puzzle is over.
    open: Option<Session>,
}

impl Past {
    /// Something was done. If it was more than to let time pass or to go elsewhere, what was typed may be other lines now.
    pub(super) fn follow(&mut self, puzzle: &Puzzle, typed: bool) {
        if puzzle.over().is_none() {
            return;
        }
        match &mut self.open {
            Some(session) if !typed => session.advance_to(puzzle.end()),
            open => *open = Some(puzzle.opened_at(puzzle.end())),
        }
    }

    /// The time bar.
    pub(super) fn bar(&self, puzzle: &Puzzle) -> TimeBar {
        let sign = |mark: &Marked| {
            let what = mark.look.map_or(Shows::Changed(mark.host), |look| Shows::Typed(mark.host, look));
            (mark.at, what)
        };
        let seen: Vec<(Instant, Shows)> = puzzle.marks().iter().map(sign).collect();
        let Some(session) = &self.open else { return seen_bar(&seen, puzzle.end()) };
        let typed: Vec<(Instant, Shows)> =
            seen.into_iter().filter(|(_, what)| matches!(what, Shows::Typed(..))).collect();
        filled_bar(session, &typed)
    }
}
