//! Whether what was seen of one lab could have been seen of another.

use super::history::{Change, History, PLACES};
use std::time::Duration;
use tcp_core::Instant;

/// What was seen, and would not have been.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Differs {
    /// The place where they differ.
    pub(crate) place: usize,
    /// The moment since which they differ.
    pub(crate) at: Instant,
    /// Which of the changes there.
    pub(crate) number: usize,
    /// What would have been seen instead; nothing if nothing would have changed.
    pub(crate) would: Option<Change>,
}

/// How far apart the same thing may be seen: a fifth of a second, or 5 % of the time since the beginning.
pub(crate) fn tolerance(at: Instant) -> Duration {
    const LEAST: Duration = Duration::from_millis(200);
    LEAST.max(at.since(Instant::START) / 20)
}

/// The first thing seen by `now` that another lab has not shown in time, if there is one.
pub(crate) fn differs(seen: &History, other: &History, now: Instant) -> Option<Differs> {
    let pairs = seen.places.iter().zip(&other.places);
    let found = pairs.enumerate().filter_map(|(place, (seen, other))| at_place(place, seen, other, now));
    found.min_by_key(|differs| differs.at)
}

/// The first thing that another lab could still show in time, and will not if nobody does anything more. `ahead` is what it
/// will have shown by a later time.
pub(crate) fn will_differ(
    seen: &History,
    other: &History,
    ahead: impl FnOnce(Instant) -> History,
) -> Option<Differs> {
    let late = (0..PLACES).filter(|place| seen.places[*place].len() > other.places[*place].len());
    let late: Vec<usize> = late.collect();
    let last = late.iter().filter_map(|place| seen.places[*place].last()).map(|change| change.at).max()?;
    let until = last + tolerance(last);
    let other = ahead(until);
    let found = late.into_iter().filter_map(|place| {
        let (seen, other) = (&seen.places[place], &other.places[place]);
        let known = &other[..other.len().min(seen.len())];
        at_place(place, seen, known, until)
    });
    found.min_by_key(|differs| differs.at)
}

fn at_place(place: usize, seen: &[Change], other: &[Change], now: Instant) -> Option<Differs> {
    for number in 0..seen.len().max(other.len()) {
        match (seen.get(number), other.get(number)) {
            (Some(one), Some(two)) if one.shows == two.shows && is_near(one.at, two.at) => {}
            // The one that comes first differs from what the other still shows.
            (Some(one), Some(two)) => {
                let is_late = one.at < two.at && !is_near(one.at, two.at);
                let would = Some(two.clone()).filter(|_| !is_late);
                return Some(Differs { place, at: one.at.min(two.at), number, would });
            }
            (Some(one), None) if one.at + tolerance(one.at) <= now => {
                return Some(Differs { place, at: one.at, number, would: None });
            }
            (None, Some(two)) if two.at + tolerance(two.at) <= now => {
                return Some(Differs { place, at: two.at, number, would: Some(two.clone()) });
            }
            // It is too early.
            _ => return None,
        }
    }
    None
}

fn is_near(one: Instant, two: Instant) -> bool {
    let (early, late) = (one.min(two), one.max(two));
    late.since(early) <= tolerance(early)
}
