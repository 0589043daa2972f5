//! The time bar: the whole past of a course on one line.
//!
//! Five milliseconds and a minute do not share a linear scale. A short time is as wide as the logarithm of its length; a
//! long wait is folded: it has the same width whatever its length, and is labelled with it. Between two marks time runs
//! evenly. What is drawn stays where it is while more happens, until the line is full; then all of it moves together.

mod seen;
mod sign;

pub use seen::{filled_bar, seen_bar};
pub use sign::{Fold, Shows, Sign, lane};

use std::rc::Rc;
use std::time::Duration;
use tcp_core::Instant;
use tcp_course::{Mark, Marked, Session};

/// A wait from here on is folded.
pub(crate) const FOLD: Duration = Duration::from_millis(250);
/// Width of a wait that is folded. Widths are in units: one is about as wide as the first 2 ms.
const FOLD_WIDTH: f64 = 7.0;
/// Width of the whole line at the beginning.
const ROOM: f64 = 60.0;
/// The line grows by this factor when it is full.
const GROWTH: f64 = 1.5;
/// Signs nearer to each other than this part of the line are one. At most one for each of these places is drawn.
const PLACES: f64 = 400.0;
/// A moment that nobody knows yet is drawn at least this far after what is known, in units.
const LEAST_AHEAD: f64 = 3.0;
/// A fold narrower than this part of the line is not drawn.
const LEAST_FOLD: f64 = 0.012;

/// The time bar. Places are parts of the line, from 0 to 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TimeBar {
    /// What happened, ordered by time.
    pub signs: Rc<[Sign]>,
    /// Long waits.
    pub folds: Rc<[Fold]>,
    /// Where the course was changed: what came after it was dropped.
    pub forks: Vec<f64>,
    /// One undo brings back what was dropped at the last fork.
    pub undoes_fork: bool,
    /// The latest moment that was reached.
    pub end: Instant,
    /// The next event after that, if one is known.
    pub due: Option<Instant>,
    /// Where each moment is.
    pub scale: Rc<Scale>,
    /// Width of a unit.
    unit: f64,
}

/// Where each moment is on the line.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// Moments with their places; both only grow. Between two of them time runs evenly.
    knots: Vec<(Instant, f64)>,
}

impl Default for Scale {
    fn default() -> Scale {
        Scale { knots: vec![(Instant::START, 0.0)] }
    }
}

impl Scale {
    /// A scale of moments with their places, both ordered. Where a moment has several places, it is at the last of them.
    pub(crate) const fn of(knots: Vec<(Instant, f64)>) -> Scale {
        Scale { knots }
    }

    /// The place of a moment. What is later than all that is known is at the last known place.
    pub fn place(&self, at: Instant) -> f64 {
        let next = self.knots.partition_point(|(knot, _)| *knot <= at);
        let Some(before) = next.checked_sub(1).and_then(|before| self.knots.get(before)) else { return 0.0 };
        let Some(after) = self.knots.get(next) else { return before.1 };
        let part = at.since(before.0).as_secs_f64() / after.0.since(before.0).as_secs_f64();
        before.1 + part * (after.1 - before.1)
    }

    /// The moment of a place, or of the knot that is no farther from it than `reach`.
    pub(crate) fn near(&self, place: f64, reach: f64) -> Instant {
        let distance = |knot: &(Instant, f64)| (knot.1 - place).abs();
        let nearest = self.knots.iter().min_by(|one, other| distance(one).total_cmp(&distance(other)));
        nearest.filter(|knot| distance(knot) <= reach).map_or_else(|| self.moment(place), |knot| knot.0)
    }

    /// The moment of a place. Beyond the last known place it is the last known moment.
    pub fn moment(&self, place: f64) -> Instant {
        let next = self.knots.partition_point(|(_, knot)| *knot <= place);
        let Some(before) = next.checked_sub(1).and_then(|before| self.knots.get(before)) else {
            return Instant::START;
        };
        let Some(after) = self.knots.get(next) else { return before.0 };
        let part = (place - before.1) / (after.1 - before.1);
        before.0 + after.0.since(before.0).mul_f64(part.clamp(0.0, 1.0))
    }
}

impl TimeBar {
    /// With the signs of what a netstat shows alone.
    #[must_use]
    pub fn closed(mut self) -> TimeBar {
        let shows = |what: Shows| matches!(what, Shows::Happened(Marked::Entered(..) | Marked::Removed(_)));
        self.signs = self.signs.iter().filter(|sign| shows(sign.what)).copied().collect();
        self.due = None;
        self
    }

    /// The moment of a place, or of a sign that is no farther from it than `reach`; never later than the end.
    pub fn moment(&self, place: f64, reach: f64) -> Instant {
        let distance = |sign: &Sign| (sign.place - place).abs();
        let near = self.signs.iter().filter(|sign| distance(sign) <= reach);
        let nearest = near.min_by(|one, other| distance(one).total_cmp(&distance(other)));
        nearest.map_or_else(|| self.scale.moment(place), |sign| sign.at).min(self.end)
    }

    /// The moment of the last sign before this one, or the beginning.
    pub fn before(&self, at: Instant) -> Instant {
        let place = self.signs.partition_point(|sign| sign.at < at);
        place.checked_sub(1).map_or(Instant::START, |place| self.signs[place].at)
    }

    /// The moment of the next sign after this one, or the end.
    pub fn after(&self, at: Instant) -> Instant {
        let place = self.signs.partition_point(|sign| sign.at <= at);
        self.signs.get(place).map_or(self.end, |sign| sign.at)
    }

    /// The place of a moment that may be later than all that is known: `at`, or, as long as nobody knows when that will be,
    /// so long after whatever begins it. Then it is drawn as if that began with the last moment that is known.
    pub fn ahead(&self, at: Option<Instant>, after: Duration) -> f64 {
        let Some((known, last)) = self.scale.knots.last().copied() else { return 0.0 };
        let span = match at {
            Some(at) if at <= known => return self.scale.place(at),
            Some(at) => at.since(known),
            None => after,
        };
        // Beside the playhead, and not under it.
        let width = width(span).max(if at.is_some() { 0.0 } else { LEAST_AHEAD });
        (last + width * self.unit).min(1.0)
    }

    /// What the last sign up to this moment stands for.
    pub fn last(&self, at: Instant) -> Option<Sign> {
        let place = self.signs.partition_point(|sign| sign.at <= at);
        place.checked_sub(1).map(|place| self.signs[place])
    }
}

/// The time bar of a session. `due` is when the next event after its end is due, if that is known.
pub fn time_bar(session: &Session, due: Option<Instant>) -> TimeBar {
    Ruler::default().bar(session, due)
}

/// Makes the time bar of a session, and keeps what it has measured: a course that only went on costs what is new.
#[derive(Clone, Debug)]
pub struct Ruler {
    /// The course that was measured, and how many marks of it.
    course: Option<u32>,
    taken: usize,
    /// Width of the whole line.
    room: f64,
    /// Moments with the widths before them. None is nearer to its neighbour than a sign may be.
    knots: Vec<(Instant, f64)>,
    /// The last moment, and the width before it.
    tip: (Instant, f64),
    /// Places are widths here.
    signs: Vec<Sign>,
    folds: Vec<Fold>,
}

impl Default for Ruler {
    fn default() -> Ruler {
        Ruler::of_room(ROOM)
    }
}

impl Ruler {
    fn of_room(room: f64) -> Ruler {
        let start = (Instant::START, 0.0);
        Ruler {
            course: None,
            taken: 0,
            room,
            knots: vec![start],
            tip: start,
            signs: Vec::new(),
            folds: Vec::new(),
        }
    }

    /// The time bar of a session. `due` is when the next event after its end is due, if that is known.
    pub fn bar(&mut self, session: &Session, due: Option<Instant>) -> TimeBar {
        let trail = session.trail();
        if self.course != Some(trail.course()) {
            *self = Ruler { course: Some(trail.course()), ..Ruler::of_room(ROOM) };
        }
        let marks = trail.marks();
        self.measure(shown(&marks[self.taken.min(marks.len())..]));
        self.taken = marks.len();
        let end = session.end();
        let due = due.filter(|due| *due > end && *due > self.tip.0);
        let known = due.unwrap_or(end).max(end);
        if let Some(room) = self.grown(known) {
            *self = Ruler { course: self.course, ..Ruler::of_room(room) };
            self.measure(shown(marks));
            self.taken = marks.len();
        }
        TimeBar { undoes_fork: session.undoes_fork(), ..self.drawn(session.forks(), end, due, known) }
    }

    /// One that has measured these steps, ordered by time, up to a moment.
    fn of(steps: &[(Instant, Shows)], known: Instant) -> Ruler {
        let measured = |room: f64| {
            let mut ruler = Ruler::of_room(room);
            ruler.measure(steps.iter().copied());
            ruler
        };
        let ruler = measured(ROOM);
        ruler.grown(known).map_or(ruler, measured)
    }

    /// How wide the line has to be where it is too short.
    fn grown(&self, known: Instant) -> Option<f64> {
        let whole = self.tip.1 + width(known.since(self.tip.0));
        let mut room = self.room;
        while whole > room {
            room *= GROWTH;
        }
        (whole > self.room).then_some(room)
    }

    fn measure(&mut self, steps: impl Iterator<Item = (Instant, Shows)>) {
        for (at, what) in steps {
            self.go_to(at);
            if !what.is_nothing() {
                self.sign(at, what);
            }
        }
    }

    fn go_to(&mut self, at: Instant) {
        let (last, before) = self.tip;
        let span = at.since(last);
        if span.is_zero() {
            return;
        }
        let to = before + width(span);
        self.tip = (at, to);
        if span >= FOLD {
            self.folds.push(Fold { from: before, to, span });
        }
        // A knot that is hardly farther than the one before the last takes the place of the last.
        let near = |(_, width): &(Instant, f64)| to - width < self.room / PLACES;
        if self.knots.len() > 2 && span < FOLD && self.knots.get(self.knots.len() - 2).is_some_and(near) {
            self.knots.pop();
        }
        self.knots.push(self.tip);
    }

    fn sign(&mut self, at: Instant, what: Shows) {
        let place = |width: f64| (width / self.room * PLACES).floor();
        let here = place(self.tip.1);
        let near = self.signs.iter().rposition(|sign| lane(sign.what) == lane(what));
        let same = near.filter(|at| place(self.signs[*at].place) == here).map(|at| self.signs.remove(at));
        let (first, before) = same.map_or((self.tip.1, 0), |sign| (sign.place, sign.count));
        self.signs.push(Sign { place: first, at, what, count: before + 1 });
    }

    fn drawn(
        &self,
        forks: impl Iterator<Item = Instant>,
        end: Instant,
        due: Option<Instant>,
        known: Instant,
    ) -> TimeBar {
        let part = |width: f64| width / self.room;
        let (last, before) = self.tip;
        let wait = known.since(last);
        let open = (wait >= FOLD).then(|| Fold { from: before, to: before + width(wait), span: wait });
        let beyond = (!wait.is_zero()).then(|| (known, before + width(wait)));
        let knots = self.knots.iter().copied().chain(beyond).map(|(at, width)| (at, part(width)));
        let scale = Scale { knots: knots.collect() };
        let folds = self.folds.iter().copied().chain(open);
        let folds = folds.map(|fold| Fold { from: part(fold.from), to: part(fold.to), ..fold });
        TimeBar {
            signs: self.signs.iter().map(|sign| Sign { place: part(sign.place), ..*sign }).collect(),
            folds: folds.filter(|fold| fold.to - fold.from >= LEAST_FOLD).collect(),
            forks: forks.map(|at| scale.place(at)).collect(),
            undoes_fork: false,
            end,
            due,
            scale: Rc::new(scale),
            unit: part(1.0),
        }
    }
}

fn shown(marks: &[Mark]) -> impl Iterator<Item = (Instant, Shows)> {
    marks.iter().map(|mark| (mark.at, Shows::Happened(mark.what)))
}

/// Width of a span of time, in units.
pub(crate) fn width(span: Duration) -> f64 {
    if span < FOLD { (1.0 + span.as_secs_f64() * 1000.0).ln() } else { FOLD_WIDTH }
}

#[cfg(test)]
mod tests;
