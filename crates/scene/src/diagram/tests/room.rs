//! Room for everything: no word touches a node, an arrow, a token or another word.

use super::InWords;
use super::measure::{distance, points, spot};
use crate::diagram::measure::{Area, width};
use crate::diagram::routes::{Heading, ROUTES, Route};
use crate::diagram::*;
use crate::words::{Message, en};

/// From an arrow's middle to a word: half of a lit line, and some air.
const AIR_AT_AN_ARROW: f32 = 3.0;
/// Between two arrows of the figure.
const AIR_BETWEEN_ARROWS: f32 = 8.0;

/// A line of an edge's words.
struct Words {
    edge: Edge,
    text: &'static str,
    area: Area,
}

impl Words {
    fn of(edge: Edge) -> [Words; 2] {
        let label = edge.route.label;
        [(edge.event, label.event_y), (edge.action, label.action_y)].map(|(text, y)| Words {
            edge,
            text,
            area: Area::line(text, label.x, y, label.anchor),
        })
    }

    fn all() -> Vec<Words> {
        edges().flat_map(Words::of).collect()
    }

    fn name(&self) -> String {
        format!("`{}` of {}", self.text, self.edge.words())
    }
}

/// Fails with all that was found, not only with the first.
#[track_caller]
fn nothing(found: Vec<String>) {
    assert!(found.is_empty(), "{} found:\n{}", found.len(), found.join("\n"));
}

#[test]
fn words_stay_inside_the_drawing() {
    let all = Area::around((370.0, 244.0), f32::from(WIDTH) / 2.0 + 0.1, f32::from(HEIGHT) / 2.0 + 0.1);
    let outside = Words::all().into_iter().filter(|words| !all.holds_area(words.area));
    nothing(outside.map(|words| format!("{}: {:?}", words.name(), words.area)).collect());
}

#[test]
fn words_keep_off_nodes() {
    let mut found = Vec::new();
    for words in Words::all() {
        for node in NODES.iter().filter(|node| words.area.meets(Area::of(node).grown(1.0))) {
            found.push(format!("{} on {}", words.name(), node.label()));
        }
    }
    nothing(found);
}

#[test]
fn the_lanes_names_stand_apart() {
    let mut found = Vec::new();
    for lane in &LANES {
        let name = en::say(&Message::Lane(lane.name));
        // Capitals of 12 units, spaced out, upright.
        let half = (width(&name) + 0.12 * 12.0) * 12.0 / 2.0;
        let area = Area::around(spot(lane.centre), 4.5, half);
        for words in Words::all().iter().filter(|words| words.area.meets(area.grown(AIR_AT_AN_ARROW))) {
            found.push(format!("{} on {}", words.name(), name));
        }
        for route in ROUTES {
            if points(route).iter().any(|point| area.grown(AIR_AT_AN_ARROW).holds(*point)) {
                found.push(format!("the arrow {} on {}", route.words(), name));
            }
        }
    }
    nothing(found);
}

#[test]
fn badges_keep_off_the_figure() {
    let mut found = Vec::new();
    // No connection is counted on CLOSED.
    for node in NODES.iter().filter(|node| node.phase() != "closed") {
        let badge = Area::around(spot(node.badge()), 22.0, 8.0);
        for words in Words::all().iter().filter(|words| words.edge.drawn && words.area.meets(badge)) {
            found.push(format!("badge of {} on {}", node.label(), words.name()));
        }
        for route in figure() {
            if points(route).iter().any(|point| badge.grown(2.0).holds(*point)) {
                found.push(format!("badge of {} on the arrow {}", node.label(), route.words()));
            }
        }
    }
    nothing(found);
}

/// At rest the figure is whole: every edge of it has its words at home (`lit` looks at what is taken).
#[test]
fn the_figures_words_keep_off_each_other() {
    let home = |words: &crate::diagram::labels::Words| (words.edge.row, words.label);
    let written: Vec<_> = crate::diagram::labels::words(&Marks::default()).iter().map(home).collect();
    let figure = edges().filter(|edge| edge.drawn).map(|edge| (edge.row, edge.route.label));
    assert_eq!(written, figure.collect::<Vec<_>>());
}

#[test]
fn words_keep_off_arrows() {
    let mut found = Vec::new();
    for words in Words::all() {
        for route in figure().chain([words.edge.route]) {
            let near = words.area.grown(AIR_AT_AN_ARROW);
            if let Some(point) = points(route).iter().find(|point| near.holds(**point)) {
                found.push(format!("{} on the arrow {} at {point:?}", words.name(), route.words()));
            }
        }
    }
    nothing(found);
}

#[test]
fn tokens_stand_inside_their_nodes_beside_the_name() {
    let mut found = Vec::new();
    for node in &NODES {
        let radius = f32::from(TOKEN_RADIUS);
        // Capitals: a corner of the name is 5 units above the middle.
        let half_name = width(node.label()) * NODE_SIZE / 2.0;
        let [left, right] =
            [-half_name, half_name].map(|x| (spot(node.centre()).0 + x, spot(node.centre()).1 - 5.0));
        for berth in node.berths().map(spot) {
            let clear = distance(&[berth], &[left, right]) >= radius;
            if !clear || !Area::of(node).holds_area(Area::around(berth, radius, radius)) {
                found.push(format!("{}: token at {berth:?}, name from {left:?}", node.label()));
            }
        }
    }
    nothing(found);
}

#[test]
fn arrows_run_from_border_to_border_and_over_no_node() {
    let mut found = Vec::new();
    for route in ROUTES {
        let points = points(route);
        let [from, to] = [route.from, route.to].map(|id| Area::of(id.node()));
        if !from.grown(0.5).holds(points[0]) || from.grown(-0.5).holds(points[0]) {
            found.push(format!("{}: begins at {:?}", route.words(), points[0]));
        }
        if !to.grown(2.0).holds(spot(route.tip)) || to.holds(spot(route.tip)) {
            found.push(format!("{}: ends at {:?}", route.words(), route.tip));
        }
        for node in &NODES {
            if let Some(point) = points.iter().find(|point| Area::of(node).grown(-0.5).holds(**point)) {
                found.push(format!("{}: over {} at {point:?}", route.words(), node.label()));
            }
        }
    }
    nothing(found);
}

#[test]
fn arrowheads_sit_on_the_ends_of_their_lines() {
    let mut found = Vec::new();
    for route in ROUTES {
        let (x, y) = spot(route.tip);
        let base = match route.heading {
            Heading::Up => (x, y + 8.0),
            Heading::Down => (x, y - 8.0),
            Heading::Left => (x + 8.0, y),
            Heading::Right => (x - 8.0, y),
        };
        let end = *points(route).last().unwrap();
        if distance(&[end], &[base]) > 2.0 {
            found.push(format!("{}: the line ends at {end:?}, the head begins at {base:?}", route.words()));
        }
    }
    nothing(found);
}

#[test]
fn arrows_of_the_figure_keep_off_each_other() {
    let figure: Vec<&Route> = figure().collect();
    let mut found = Vec::new();
    for (place, one) in figure.iter().enumerate() {
        for other in &figure[place + 1..] {
            let near = distance(&points(one), &points(other));
            if near < AIR_BETWEEN_ARROWS {
                found.push(format!("{} and {}: {near}", one.words(), other.words()));
            }
        }
    }
    nothing(found);
}

fn figure() -> impl Iterator<Item = &'static Route> {
    ROUTES.iter().filter(|route| route.trigger.is_some())
}
