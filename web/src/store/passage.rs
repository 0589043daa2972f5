//! How time goes on from the playhead.

use tcp_core::Instant;
use tcp_course::Session;
use tcp_scene::pace::{self, Leg, Pace, Passing};

/// How many events [`skip`] goes through at most: a session that never rests must not hang the page.
const SKIP_LIMIT: usize = 2000;

/// The next leg: to what the lab has before it, or to an input that is still to come after a rewind.
pub(super) fn leg(session: &Session, pace: Pace, typing: bool) -> Option<Leg> {
    if session.waits() {
        return None;
    }
    pace::leg(session.lab(), session.next_event(), pace, typing)
}

/// Lets time pass up to a moment, but not beyond the last one at which anything is due.
pub(super) fn pass(session: &mut Session, to: Instant) {
    while session.next_event().is_some_and(|at| at <= to) && session.step() {}
    // Any pace: only where the leg ends counts.
    if let Some(leg) = leg(session, Pace::Normal, false) {
        session.advance_to(to.min(leg.until));
    }
}

/// Moves on through all crossings, and the next timer.
pub(super) fn skip(session: &mut Session) {
    for _ in 0..SKIP_LIMIT {
        let passing = leg(session, Pace::Normal, false).map(|leg| leg.what);
        if !session.step() || session.waits() || passing != Some(Passing::Crossing) {
            return;
        }
    }
}
