//! The time bar of somebody who has to find a hidden fault: what was seen and what was typed, and once it is over, all that
//! happened.

use super::{Ruler, Shows, TimeBar};
use tcp_core::{Instant, Order};
use tcp_course::{Marked, Session};

/// The time bar of what was seen up to `end`, ordered by time.
pub fn seen_bar(seen: &[(Instant, Shows)], end: Instant) -> TimeBar {
    let steps: Vec<(Instant, Shows)> = seen.iter().copied().filter(|(at, _)| *at <= end).collect();
    Ruler::of(&steps, end).drawn([].into_iter(), end, None, end)
}

/// The time bar of all that happened in a session, and of what was typed.
pub fn filled_bar(session: &Session, typed: &[(Instant, Shows)]) -> TimeBar {
    let end = session.end();
    let facts = session.trail().marks().iter().map(|mark| (mark.at, Shows::Happened(mark.what)));
    let mut steps: Vec<(Instant, Shows)> = facts.collect();
    steps.extend(typed.iter().filter(|(at, _)| *at <= end));
    steps.order_by_key(|(at, _)| *at);
    Ruler::of(&steps, end).drawn([].into_iter(), end, None, end)
}

impl Shows {
    /// Only time passed.
    pub(super) const fn is_nothing(self) -> bool {
        matches!(self, Shows::Happened(Marked::Passed))
    }
}
