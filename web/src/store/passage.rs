//! How time goes on from the playhead.

use tcp_course::Session;
use tcp_scene::pace::{self, Leg, Pace, Passing};

/// How many events [`skip`] goes through at most: a session that never rests must not hang the page.
const SKIP_LIMIT: usize = 2000;

/// The next leg: to what the lab has before it, or to an input that is still to come after a rewind.
pub(super) fn leg(session: &Session, pace: Pace, typing: bool) -> Option<Leg> {
    let lab = session.lab();
    let coming = session.next_event();
    let leg = pace::leg(lab, pace, lab.now(), typing);
    match (leg, coming) {
        (Some(leg), Some(coming)) => Some(Leg { until: leg.until.min(coming), ..leg }),
        (Some(leg), None) => Some(leg),
        (None, Some(until)) => {
            let rate = match pace {
                Pace::Fixed(rate) => rate,
                Pace::Auto => until.since(lab.now()).as_secs_f64().max(1.0),
            };
            Some(Leg { until, rate, what: Passing::Waiting })
        }
        (None, None) => None,
    }
}

/// Moves on through all crossings, and the next timer.
pub(super) fn skip(session: &mut Session) {
    for _ in 0..SKIP_LIMIT {
        let lab = session.lab();
        let passing = pace::leg(lab, Pace::Auto, lab.now(), false).map(|leg| leg.what);
        if !session.step() || passing != Some(Passing::Crossing) {
            return;
        }
    }
}
