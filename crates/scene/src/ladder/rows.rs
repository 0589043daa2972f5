//! Where everything on the ladder is: rows from top to bottom, each for a moment.
//!
//! What happens at one time has a row each, in the order of the facts. Between two times is as much room as the time bar
//! gives them ([`width`]), so that long waits are folded; and never less than the words need. A ladder that grows keeps
//! the rows that it has.

use super::label::{LIVES, Label, Line, SIDE_LINE, SIZE, Side, due, label, side, stamp};
use super::plan::{Plan, Planner, plan};
use crate::measure::{Area, width as em};
use crate::model::{Ladder, Life, Spot};
use crate::timebar::{FOLD, width};
use crate::words::{Due, Message, Say};
use std::time::Duration;
use tcp_core::Instant;

/// Height of a unit of the time bar where nothing is zoomed.
const UNIT: f32 = 9.0;
/// From one row to the next at the least.
const LEAST: f32 = 8.0;
/// From one row to the next if a segment leaves there: its words are above its row.
const LEAST_LEAVE: f32 = 14.5;
/// Of a wait that is folded, at the least: its length needs that much.
const LEAST_FOLD: f32 = 42.0;
/// Half the height of the length of a wait.
pub(super) const FOLD_HALF: f32 = 8.5;
/// From words to a way that goes below them, and how much farther down a segment arrives for that at the most.
const UNDER: f32 = 2.0;
const MORE: f32 = 48.0;
/// Between words that are one above the other.
const AIR: f32 = 1.0;
/// Above the first row.
const TOP: f32 = 16.0;
/// After the last row.
const BOTTOM: f32 = 14.0;

/// How much room time has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Zoom(usize);

impl Default for Zoom {
    fn default() -> Zoom {
        Zoom(1)
    }
}

impl Zoom {
    const FACTORS: [f32; 4] = [0.4, 1.0, 2.0, 4.0];

    /// More room, if there is more.
    #[must_use]
    pub const fn nearer(self) -> Option<Zoom> {
        if self.0 + 1 < Zoom::FACTORS.len() { Some(Zoom(self.0 + 1)) } else { None }
    }

    /// Less room, if there is less.
    pub const fn farther(self) -> Option<Zoom> {
        match self.0 {
            0 => None,
            at => Some(Zoom(at - 1)),
        }
    }

    const fn factor(self) -> f32 {
        Zoom::FACTORS[self.0]
    }
}

/// Height of a unit of the time bar.
pub(super) const fn unit(zoom: Zoom) -> f32 {
    UNIT * zoom.factor()
}

/// Where a row is, and the moment that it is for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) at: Instant,
    pub(super) y: f32,
}

/// A long wait.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Wait {
    /// The middle of it.
    pub(super) y: f32,
    pub(super) span: Duration,
}

/// Where everything is.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rows {
    pub(super) rows: Vec<Row>,
    /// Of each corner of each segment's way, its row.
    pub(super) corners: Vec<Vec<usize>>,
    /// Of each segment, its words.
    pub(super) labels: Vec<Label>,
    /// The words beside the lifelines, C_m's and S_m's.
    pub(super) sides: Vec<Side>,
    /// Of each state, where it begins and ends.
    pub(super) lives: Vec<(f32, f32)>,
    pub(super) waits: Vec<Wait>,
    /// What is due at the end.
    pub(super) due: Option<Line>,
    /// How far time is drawn.
    pub(super) end: Row,
    pub(super) height: f32,
}

/// Places all that is on a ladder, each segment's words where it leaves.
pub(super) fn rows(ladder: &Ladder, zoom: Zoom, say: Say) -> Rows {
    place(ladder, &plan(ladder), zoom, say)
}

/// Of each row, the segments that arrive there, each with the row that it left.
fn arriving(planner: &Planner<'_>, ladder: &Ladder) -> Vec<Vec<(usize, usize)>> {
    let mut all = vec![Vec::new(); planner.plans.len()];
    for (at, corners) in planner.corners.iter().enumerate() {
        if let [.., from, to] = corners[..]
            && ladder.rungs[at].way.last().is_some_and(|corner| corner.spot == Spot::Receiver)
        {
            all[to].push((at, from));
        }
    }
    all
}

/// From top to bottom: each row after the last, where its words have room.
struct Placer<'a> {
    ladder: &'a Ladder,
    zoom: Zoom,
    say: Say,
    placed: Rows,
    /// Down to where the words between the lifelines reach, and those beside them.
    between: f32,
    beside: [f32; 2],
    /// The time that is written last on each side.
    written: [Option<String>; 2],
}

fn place(ladder: &Ladder, planner: &Planner<'_>, zoom: Zoom, say: Say) -> Rows {
    let start = planner.plans.first().map_or(ladder.until, |plan| plan.moment.at);
    let none = Row { at: start, y: TOP };
    let placed = Rows {
        rows: Vec::new(),
        corners: planner.corners.clone(),
        labels: Vec::new(),
        sides: Vec::new(),
        lives: Vec::new(),
        waits: Vec::new(),
        due: None,
        end: none,
        height: 0.0,
    };
    let mut placer =
        Placer { ladder, zoom, say, placed, between: 0.0, beside: [0.0; 2], written: [None, None] };
    placer.begin();
    let mut labels = vec![None; ladder.rungs.len()];
    let closed: Vec<(Option<usize>, Life)> =
        ladder.closed().map(|(at, life)| (planner.lives[at].1, life)).collect();
    for (at, (plan, arriving)) in planner.plans.iter().zip(arriving(planner, ladder)).enumerate() {
        let closed = closed.iter().filter(|(row, _)| *row == Some(at)).map(|(_, life)| *life);
        placer.row(plan, closed, &arriving, &mut labels);
    }
    placer.placed.labels = labels.into_iter().flatten().collect();
    placer.end(planner)
}

impl Placer<'_> {
    /// The states that were there before all that is drawn.
    fn begin(&mut self) {
        for at in 0..2 {
            let is_here = |life: &&Life| life.from.is_none() && life.of_client == (at == 0);
            let here = self.ladder.lives.iter().filter(is_here);
            for life in here.take(1) {
                let side = side(at, None, std::slice::from_ref(life), TOP, self.ladder);
                self.beside[at] = side.bottom();
                self.placed.sides.push(side);
            }
        }
    }

    fn row(
        &mut self,
        plan: &Plan,
        closed: impl Iterator<Item = Life>,
        arriving: &[(usize, usize)],
        labels: &mut [Option<Label>],
    ) {
        let at = plan.moment.at;
        let mut y = self.after(at);
        for (rung, from) in arriving {
            let under = self.under(self.ladder.rungs[*rung].from_client, self.placed.rows[*from].y, labels);
            y = if under <= y + MORE * self.zoom.factor().max(1.0) { y.max(under) } else { y };
        }
        // Words begin above their row.
        let begun: Vec<Life> =
            plan.begins.iter().map(|life| self.ladder.lives[*life]).chain(closed).collect();
        let time = stamp(self.ladder.after(at));
        let beside =
            plan.side.map(|side| (side, Some(at).filter(|_| self.written[side].as_ref() != Some(&time))));
        if let Some((at, time)) = beside
            && (time.is_some() || !begun.is_empty())
        {
            y = y.max(self.beside[at] + SIDE_LINE / 2.0);
        }
        if let Some(rung) = plan.leaves {
            let last = self.placed.rows.last().map_or(0.0, |row| row.y);
            y = y.max(last + LEAST_LEAVE);
            let label = label(&self.ladder.rungs[rung], self.say);
            y = y.max(self.between + AIR - label.area.top);
            let label = label.moved(y);
            self.between = label.area.bottom;
            labels[rung] = Some(label);
        }
        if let Some((which, time)) = beside
            && (time.is_some() || !begun.is_empty())
        {
            let due = plan.moment.fact == u32::MAX;
            let side = Side { due, ..side(which, time, &begun, y, self.ladder) };
            self.written[which] = Some(stamp(self.ladder.after(at)));
            self.beside[which] = side.bottom();
            self.placed.sides.push(side);
        }
        self.placed.rows.push(Row { at, y });
        self.placed.end = Row { at, y };
    }

    /// Where a segment arrives at the earliest that goes below the words of those that left at the other host after it did,
    /// in so far as they name them.
    fn under(&self, from_client: bool, left: f32, labels: &[Option<Label>]) -> f32 {
        let mut lowest = 0.0_f32;
        for (rung, label) in self.ladder.rungs.iter().zip(labels).rev() {
            let Some(label) = label else { continue };
            if label.baseline <= left {
                break;
            }
            if rung.from_client != from_client {
                lowest = lowest.max(left + (label.area.bottom + UNDER - left) / label.named(rung));
            }
        }
        lowest
    }

    /// Where the next row may be at the earliest; a long wait is folded.
    fn after(&mut self, at: Instant) -> f32 {
        let last = self.placed.end;
        if self.placed.rows.is_empty() && at <= last.at {
            return last.y;
        }
        let span = at.since(last.at);
        if span.is_zero() {
            return last.y + LEAST;
        }
        let room = unit(self.zoom) * narrow(width(span));
        if span < FOLD {
            return last.y + room.max(LEAST);
        }
        let top = last.y.max(self.between);
        let middle = last.y + (room / 2.0).max(LEAST_FOLD / 2.0).max(top - last.y + FOLD_HALF + 2.0);
        self.between = middle + FOLD_HALF;
        self.placed.waits.push(Wait { y: middle, span });
        last.y + room.max(2.0 * (middle - last.y))
    }

    /// When that is due, at C_m's side.
    fn due_time(&mut self, at: Instant, y: f32) -> Side {
        let y = y.max(self.beside[0] + SIDE_LINE / 2.0);
        let side = Side { due: true, ..side(0, Some(at), &[], y, self.ladder) };
        self.beside[0] = side.bottom();
        side
    }

    fn end(mut self, planner: &Planner<'_>) -> Rows {
        let until = self.ladder.until;
        if until > self.placed.end.at {
            let mut y = self.after(until);
            let due = self.ladder.due.filter(|due| *due != Due::Arrival);
            if let Some(due) = due.map(|due| (self.say)(&Message::Due(due))) {
                y = y.max(self.between + AIR + SIDE_LINE);
                self.placed.due = Some(self::due(due, y));
                let time = self.due_time(until, y);
                self.placed.sides.push(time);
            }
            self.placed.end = Row { at: until, y };
        }
        let rows = &self.placed.rows;
        let end = self.placed.end.y;
        let y = |row: Option<usize>| row.map(|row| rows[row].y);
        self.placed.lives = planner
            .lives
            .iter()
            .map(|(from, to)| (y(*from).unwrap_or(0.0), y(*to).unwrap_or(end + BOTTOM)))
            .collect();
        let words = self.between.max(self.beside[0]).max(self.beside[1]);
        self.placed.height = (end + BOTTOM).max(words + 4.0);
        self.placed
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a width is small")]
const fn narrow(width: f64) -> f32 {
    width as f32
}

/// What the length of a wait covers.
pub(super) fn pill(y: f32, length: &str) -> Area {
    let half = em(length) * SIZE / 2.0 + 6.0;
    let middle = (LIVES[0] + LIVES[1]) as f32 / 2.0;
    Area { left: middle - half, top: y - FOLD_HALF, right: middle + half, bottom: y + FOLD_HALF }
}

impl Rows {
    /// What the words between the lifelines cover that are no segment's.
    pub(super) fn fixed(&self, say: Say) -> Vec<Area> {
        let waits = self.waits.iter().map(|wait| pill(wait.y, &say(&Message::Span(wait.span))));
        waits.chain(self.due.iter().map(Line::area)).collect()
    }

    /// What all words cover.
    #[cfg(test)]
    pub(super) fn words(&self, say: Say) -> Vec<Area> {
        let labels = self.labels.iter().map(|label| label.area);
        let sides = self.sides.iter().flat_map(|side| side.areas());
        labels.chain(sides).chain(self.fixed(say)).collect()
    }
}
