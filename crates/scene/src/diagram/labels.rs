//! Which edges have their words written, and where: what was taken last comes first, and no words cover others.

use super::measure::Area;
use super::routes::Label;
use super::{Edge, HEIGHT, Marks, NODES, WIDTH, edge, edges};

/// The words of an edge, and where they are.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Words {
    pub(super) edge: Edge,
    pub(super) label: Label,
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
    for edge in edges().filter(|edge| edge.drawn && !marks.lit.contains(&edge.row)) {
        let words = Words::new(edge, edge.route.label);
        if written.iter().all(|other| !other.meet(&words)) {
            written.push(words);
        }
    }
    written
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
        Words { edge, label, areas: lines.map(|(text, y)| Area::line(text, x, y, anchor)) }
    }

    fn meet(&self, other: &Words) -> bool {
        self.areas.iter().any(|area| other.areas.iter().any(|other| area.meets(*other)))
    }

    fn fit(&self, written: &[Words]) -> bool {
        let all = Area::whole(WIDTH, HEIGHT);
        let clear =
            |area: &Area| all.holds_area(*area) && !NODES.iter().any(|node| area.meets(Area::of(node)));
        self.areas.iter().all(clear) && !written.iter().any(|other| self.meet(other))
    }
}
