//! Which edges have their words written, and where: what was taken last comes first, and no words cover others.

use super::measure::Area;
use super::routes::Label;
use super::{Edge, Figure, HEIGHT, LANES, Marks, NODES, WIDTH, edge, edges};
use std::borrow::Cow;

/// The words of an edge, and where they are.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Words {
    pub(super) edge: Edge,
    pub(super) label: Label,
    /// Further rows share its arrow, and only this one is written.
    pub(super) more: bool,
    /// What its two lines cover.
    pub(super) areas: [Area; 2],
}

/// The words that are written. Those of a lit edge move aside if the place is taken; those of the others give way.
pub(super) fn words(marks: &Marks) -> Vec<Words> {
    let mut written: Vec<Words> = Vec::new();
    for edge in marks.lit.iter().rev().filter_map(|row| edge(*row)) {
        if written.iter().any(|words| words.edge.row == edge.row) {
            continue;
        }
        let free = places(edge).find(|words| words.fit(&written));
        written.extend(free);
    }
    if marks.figure == Figure::Beyond {
        beyond(&mut written);
    }
    for edge in edges().filter(|edge| edge.drawn && !marks.lit.contains(&edge.row)) {
        let words = Words::new(edge, edge.route.label);
        if written.iter().all(|other| !other.meet(&words)) {
            written.push(words);
        }
    }
    written
}

/// The words of what the figures leave out: one row for each arrow that has none yet.
fn beyond(written: &mut Vec<Words>) {
    for edge in edges().filter(|edge| !edge.drawn) {
        let same = |other: &Edge| std::ptr::eq(other.route, edge.route);
        if written.iter().any(|words| same(&words.edge)) {
            continue;
        }
        let more = edges().filter(same).count() > 1;
        let free = places(edge).map(|words| words.with_more(more)).find(|words| words.fit(written));
        written.extend(free);
    }
}

/// The place of an edge's words, and places around it: the nearest first, above before below.
fn places(edge: Edge) -> impl Iterator<Item = Words> {
    /// Two lines of words, and the air above the next two.
    const HEIGHT: i16 = 30;
    /// A little less than the narrowest words.
    const WIDTH: i16 = 48;
    let home = edge.route.label;
    let steps = (0..=6_i16).flat_map(|far| {
        let rows = (0..=far).flat_map(|n| [-n, n]);
        rows.flat_map(move |down| [-1, 1].map(|side| (side * (far - down.abs()), down)))
    });
    steps.map(move |(right, down)| {
        let Label { x, event_y, action_y, anchor } = home;
        let (x, down) = (x + right * WIDTH, down * HEIGHT);
        Words::new(edge, Label { x, event_y: event_y + down, action_y: action_y + down, anchor })
    })
}

impl Words {
    fn new(edge: Edge, label: Label) -> Words {
        let Label { x, event_y, action_y, anchor } = label;
        let lines = [(edge.event, event_y), (edge.action, action_y)];
        Words { edge, label, more: false, areas: lines.map(|(text, y)| Area::line(text, x, y, anchor)) }
    }

    /// The same, with a sign that there are further rows.
    fn with_more(mut self, more: bool) -> Words {
        self.more = more;
        let Label { x, event_y, anchor, .. } = self.label;
        self.areas[0] = Area::line(&self.event(), x, event_y, anchor);
        self
    }

    /// Its upper line.
    pub(super) fn event(&self) -> Cow<'static, str> {
        if self.more { format!("{} …", self.edge.event).into() } else { self.edge.event.into() }
    }

    fn meet(&self, other: &Words) -> bool {
        self.areas.iter().any(|area| other.areas.iter().any(|other| area.meets(*other)))
    }

    fn fit(&self, written: &[Words]) -> bool {
        let all = Area::whole(WIDTH, HEIGHT);
        let clear =
            |area: &Area| all.holds_area(*area) && !NODES.iter().any(|node| area.meets(Area::of(node)));
        let kept = |area: &Area| !kept().any(|other| area.meets(other));
        self.areas.iter().all(clear)
            && self.areas.iter().all(kept)
            && !written.iter().any(|other| self.meet(other))
    }
}

/// Where no words go: the names at the sides, and the corners in which a page has its choices.
fn kept() -> impl Iterator<Item = Area> {
    /// Half of the longest name, which is written upright, and half of its height.
    const NAME: (f32, f32) = (60.0, 7.0);
    const CORNERS: [Area; 2] = [
        Area { left: 0.0, top: 0.0, right: 272.0, bottom: 34.0 },
        Area { left: 618.0, top: 448.0, right: 740.0, bottom: 488.0 },
    ];
    let names = LANES.iter().map(|lane| {
        let (x, y) = (f32::from(lane.centre.x), f32::from(lane.centre.y));
        Area { left: x - NAME.1, top: y - NAME.0, right: x + NAME.1, bottom: y + NAME.0 }
    });
    names.chain(CORNERS)
}
