//! Where a segment's words stand while other segments are on their way beside it: on nobody else's way, if there is such a
//! place. Rows stay where they are; what gives way is first the place along its own way, then its numbers.
//!
//! Without such a place its words stay where they were, on a ground that covers what runs below.

use super::label::{CLEAR, INDENT, Label, SIZE, measured, x};
use super::rows::{Rows, Zoom, rows};
use crate::measure::Area;
use crate::model::{Corner, Ladder, Rung, Spot};
use crate::words::Say;

/// More segments than these beside each other leave no room between them.
const MANY: usize = 6;
/// Between words and another segment's way.
const AIR: f32 = 1.5;

/// From a way down to the baseline of words below it.
const BELOW_WAY: f32 = 0.76 * SIZE + 2.0;

/// A straight piece of a way.
pub(super) type Leg = ((f32, f32), (f32, f32));

/// Places all that is on a ladder, each segment's words where there is room for them.
pub(super) fn cleared(ladder: &Ladder, zoom: Zoom, say: Say) -> Rows {
    let mut rows = rows(ladder, zoom, say);
    clear(&mut rows, ladder, say);
    rows
}

/// Gives each segment's words a free place.
fn clear(rows: &mut Rows, ladder: &Ladder, say: Say) {
    let ways = ways(rows, ladder);
    let fixed = rows.fixed(say);
    for at in 0..rows.labels.len() {
        let is_free = |label: &Label| {
            let area = label.area.grown(AIR);
            let near = |other: usize| other != at && rows.labels[other].area.meets(label.area);
            !meets_ways(area, at, &ways)
                && !(0..rows.labels.len()).any(near)
                && !fixed.iter().any(|area| area.meets(label.area))
        };
        if beside(rows.labels[at].area, at, &ways) > MANY || is_free(&rows.labels[at]) {
            continue;
        }
        let found = places(&rows.labels[at], &ways[at]).into_iter().find(is_free);
        if let Some(label) = found {
            rows.labels[at] = label;
        }
    }
}

/// Where else the words of a segment may be, the best first: with fewer numbers where they are, then along its way, above
/// and below. The list has what they do not say.
fn places(label: &Label, way: &[Leg]) -> Vec<Label> {
    let shorter = label.shorter();
    let here = shorter.iter().map(|parts| Label::set(parts.clone(), (label.x, label.baseline), label.anchor));
    let mut all: Vec<Label> = here.collect();
    if let [(from, to)] = way {
        let below = from.1.max(to.1) + BELOW_WAY;
        let here = |parts: &Vec<_>| Label::set(parts.clone(), (label.x, below), label.anchor);
        all.extend(shorter.iter().filter(|_| from.1 == to.1).map(here));
    }
    let [((x0, y0), (x1, y1))] = way else { return all };
    let (length, to) = ((x1 - x0).abs(), (x1 - x0).signum());
    for parts in shorter {
        let wide = measured(&parts);
        let room = length - INDENT - CLEAR - wide;
        if room < 0.0 {
            continue;
        }
        for part in [0.0, 0.25, 0.5, 0.75, 1.0] {
            let near = INDENT + part * room;
            let y = |along: f32| y0 + (y1 - y0) * along / length;
            for baseline in [y(near) - 3.0, y(near + wide) + BELOW_WAY] {
                all.push(Label::set(parts.clone(), (x0 + to * near, baseline), label.anchor));
            }
        }
    }
    all
}

/// How many other segments are on their way at the height of an area.
pub(super) fn beside(area: Area, own: usize, ways: &[Vec<Leg>]) -> usize {
    let passes = |((_, from), (_, to)): &Leg| from.min(*to) < area.bottom && from.max(*to) > area.top;
    ways.iter().enumerate().filter(|(at, legs)| *at != own && legs.iter().any(passes)).count()
}

/// An area lies on a way that is not that of this segment.
pub(super) fn meets_ways(area: Area, own: usize, ways: &[Vec<Leg>]) -> bool {
    ways.iter().enumerate().any(|(at, legs)| at != own && legs.iter().any(|leg| meets(area, *leg)))
}

/// The ways of all segments.
pub(super) fn ways(rows: &Rows, ladder: &Ladder) -> Vec<Vec<Leg>> {
    let way = |(rung, corners): (&Rung, &Vec<usize>)| {
        let spot = |(corner, row): (&Corner, &usize)| (x(corner.spot, rung.from_client), rows.rows[*row].y);
        let mut places: Vec<(f32, f32)> = rung.way.iter().zip(corners).map(spot).collect();
        let last = rung.way.last().map(|corner| corner.spot);
        // Where it is held, it waits.
        if let (Some(Spot::Wire(_)), Some((x, _)), false) = (last, places.last().copied(), rung.is_stopped())
        {
            places.push((x, rows.end.y));
        }
        places.windows(2).map(|pair| (pair[0], pair[1])).collect()
    };
    ladder.rungs.iter().zip(&rows.corners).map(way).collect()
}

/// A straight line goes through an area.
fn meets(area: Area, ((x0, y0), (x1, y1)): Leg) -> bool {
    let (mut from, mut to) = (0.0_f32, 1.0_f32);
    for (start, end, low, high) in [(x0, x1, area.left, area.right), (y0, y1, area.top, area.bottom)] {
        let step = end - start;
        if step.abs() < f32::EPSILON {
            if start <= low || start >= high {
                return false;
            }
            continue;
        }
        let (one, other) = ((low - start) / step, (high - start) / step);
        from = from.max(one.min(other));
        to = to.min(one.max(other));
    }
    from < to
}
