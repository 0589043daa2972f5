//! The drawing as shapes: classes and data attributes only, no colour and no inline style (`web/styles/diagram.css` and
//! the page's policy see to that).
//!
//! ```text
//! text.lane[data-phase]
//! g.edge[data-row="3"][data-phase][data-from][data-to][data-beyond?][data-loop?][data-lit?]
//!   path.touch, path.line, path.head, then text.event and text.action for each row whose words are written
//! g.node[data-node="syn-sent"][data-state="SYN_SENT"][data-phase][data-here?]
//!   rect, text
//! g > g.badge[data-node]       how many further connections
//! g > g.token[data-host="C"]   over all
//! ```
//! What is beyond the figure is drawn once for each pair of states: `data-row` lists its rows (select one by
//! `[data-row~="24"]`), and nothing is written there until one of them is lit.

use super::labels::{Words, words};
use super::routes::{ROUTES, Route};
use super::{Edge, Figure, LANES, Lane, Marks, NODES, Node, NodeId, Point, TOKEN_RADIUS, edges};
use crate::model::Piece;
use crate::names::letter;
use crate::shape::{Shape, Stop};
use crate::words::{Message, Say};
use std::borrow::Cow;
use tcp_core::net::HostId;

/// The hosts in the order of their tokens.
const HOSTS: [HostId; 2] = [HostId::Client, HostId::Server];

/// All that is drawn, in the order of drawing, with its words from a catalogue. The group of the tokens is the last.
pub fn shapes(marks: &Marks, say: Say) -> Vec<Shape> {
    let written = words(marks);
    let mut all: Vec<Shape> = LANES.iter().map(|it| lane(it, say)).collect();
    all.extend(ROUTES.iter().filter_map(|route| edge_shape(route, marks, &written, say)));
    all.extend(NODES.iter().map(|it| node(it, marks, say)));
    let badges = marks.others.iter().map(|(id, count)| badge(*id, *count, say));
    let tokens = HOSTS.iter().zip(marks.tokens).enumerate();
    let tokens = tokens.filter_map(|(at, (host, id))| Some(token(letter(*host), id?.node().berths()[at])));
    all.extend([Shape::new("g").with(badges), Shape::new("g").with(tokens)]);
    all
}

fn lane(lane: &Lane, say: Say) -> Shape {
    let Point { x, y } = lane.centre;
    let half = if y < NodeId::Established.node().y { "open" } else { "close" };
    let text = Shape::text(x, y, say(&Message::Lane(lane.name)))
        .attr("class", "lane")
        .attr("data-half", half)
        .attr("data-phase", lane.phase);
    text.attr("transform", format!("rotate({} {x} {y})", lane.turn))
}

fn edge_shape(route: &'static Route, marks: &Marks, written: &[Words], say: Say) -> Option<Shape> {
    let edges: Vec<Edge> = edges().filter(|edge| std::ptr::eq(edge.route, route)).collect();
    let first = edges.first()?;
    let lit = edges.iter().find(|edge| marks.lit.contains(&edge.row));
    let rows: Vec<usize> = edges.iter().map(|edge| edge.row).collect();
    let names: Vec<String> = rows.iter().map(usize::to_string).collect();
    let beyond = marks.figure == Figure::Beyond && !is_hidden(route);
    let stop = if first.drawn || beyond || lit.is_some() { Stop::ByArrow } else { Stop::Never };
    let group = Shape::group("edge")
        .attr("data-row", names.join(" "))
        .attr("data-phase", lit.unwrap_or(first).phase)
        .attr("data-from", route.from.key())
        .attr("data-to", route.to.key())
        .attr("data-half", halves([route.from, route.to]))
        .flag("data-beyond", !first.drawn)
        .flag("data-hidden", is_hidden(route))
        .flag("data-loop", first.is_loop())
        .flag("data-lit", lit.is_some())
        .flag("data-looked", rows.iter().any(|row| marks.looked == Some(Piece::Edge(*row))))
        .says(say(&Message::Ways(rows)), stop)
        .pressed();
    let lines = written.iter().filter(|words| std::ptr::eq(words.edge.route, route)).flat_map(lines);
    let trails =
        HOSTS.iter().zip(&marks.trails).filter(|(_, rows)| edges.iter().any(|edge| rows.contains(&edge.row)));
    let trails = trails.map(|(host, _)| Shape::path("trail", route.path).attr("data-host", letter(*host)));
    Some(group.with(trails).with(arrow(route)).with(lines))
}

/// A route beyond the figure that runs where one of the figure does: there that one is pressed for both.
fn is_hidden(route: &Route) -> bool {
    let same = |other: &&Route| other.trigger.is_some() && other.path == route.path;
    route.trigger.is_none() && ROUTES.iter().any(|other| same(&other))
}

/// The halves of the machine in which all of these are: how a connection comes about, and how it ends.
fn halves(nodes: [NodeId; 2]) -> &'static str {
    let middle = NodeId::Established.node().y;
    let [one, other] = nodes.map(|id| id.node().y);
    match (one.max(other) <= middle, one.min(other) >= middle) {
        (true, true) => "open close",
        (true, false) => "open",
        (false, true) => "close",
        (false, false) => "",
    }
}

/// The line of an edge and its head; the first is only there to be touched.
fn arrow(route: &'static Route) -> [Shape; 3] {
    let tip = format!("M{} {}{}", route.tip.x, route.tip.y, route.heading.head());
    [Shape::path("touch", route.path), Shape::path("line", route.path), Shape::path("head", tip)]
}

fn lines(words: &Words) -> [Shape; 2] {
    let label = &words.label;
    // The blank is not drawn; without it those who read out what is written would read one word.
    let event = format!("{} ", words.event()).into();
    let two = [("event", label.event_y, event), ("action", label.action_y, Cow::from(words.edge.action))];
    two.map(|(class, y, text)| {
        let line = Shape::text(label.x, y, text).attr("class", class);
        line.attr("text-anchor", label.anchor.key())
    })
}

fn node(node: &'static Node, marks: &Marks, say: Say) -> Shape {
    let here = HOSTS.iter().zip(marks.tokens).filter(|(_, id)| *id == Some(node.id));
    let here: Vec<HostId> = here.map(|(host, _)| *host).collect();
    let letters: Vec<&str> = here.iter().map(|host| letter(*host)).collect();
    let mut group = Shape::group("node")
        .attr("data-node", node.id.key())
        .attr("data-state", node.label())
        .attr("data-phase", node.phase());
    if !letters.is_empty() {
        group = group.attr("data-here", letters.join(" "));
    }
    group = group.attr("data-half", halves([node.id, node.id]));
    group = group.flag("data-looked", marks.looked == Some(Piece::Node(node.id)));
    let Point { x, y } = node.centre();
    let stop = if node.id == NodeId::Start { Stop::ByTab } else { Stop::ByArrow };
    let parts = [Shape::pill(node.x, node.y, node.w, node.h), Shape::text(x, y + 5, node.label())];
    group.says(say(&Message::Node { node: node.id, here }), stop).pressed().with(parts)
}

fn badge(id: NodeId, count: usize, say: Say) -> Shape {
    let Point { x, y } = id.node().badge();
    let text = format!("+{}", short(count));
    let width = 12 + 8 * i16::try_from(text.len()).unwrap_or(5);
    let says = say(&Message::Further { count, node: id });
    let group = Shape::group("badge").attr("data-node", id.key());
    let parts = [
        Shape::title(says.clone()),
        Shape::pill(x - width / 2, y - 8, width, 16),
        Shape::text(x, y + 4, text),
    ];
    group.says(says, Stop::Never).with(parts)
}

/// `999`, `28k`: three characters at most, up to 999 999.
fn short(count: usize) -> String {
    if count < 1_000 { count.to_string() } else { format!("{}k", count / 1_000) }
}

fn token(letter: &'static str, at: Point) -> Shape {
    let group = Shape::group("token").attr("data-host", letter).attr("aria-hidden", "true");
    let disc = Shape::new("circle").number("r", TOKEN_RADIUS);
    Shape { place: Some(at), ..group.with([disc, Shape::text(0, 5, letter)]) }
}
