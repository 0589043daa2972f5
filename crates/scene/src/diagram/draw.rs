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
use super::{Edge, LANES, Lane, Marks, NODES, Node, NodeId, Point, TOKEN_RADIUS, edges};
use crate::names::letter;
use crate::shape::{Shape, Stop};
use crate::words::{Message, Say};
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
    let text = Shape::text(x, y, say(&Message::Lane(lane.name)))
        .attr("class", "lane")
        .attr("data-phase", lane.phase);
    text.attr("transform", format!("rotate({} {x} {y})", lane.turn))
}

fn edge_shape(route: &'static Route, marks: &Marks, written: &[Words], say: Say) -> Option<Shape> {
    let edges: Vec<Edge> = edges().filter(|edge| std::ptr::eq(edge.route, route)).collect();
    let first = edges.first()?;
    let lit = edges.iter().find(|edge| marks.lit.contains(&edge.row));
    let rows: Vec<usize> = edges.iter().map(|edge| edge.row).collect();
    let names: Vec<String> = rows.iter().map(usize::to_string).collect();
    let stop = if first.drawn { Stop::ByArrow } else { Stop::Never };
    let group = Shape::group("edge")
        .attr("data-row", names.join(" "))
        .attr("data-phase", lit.unwrap_or(first).phase)
        .attr("data-from", route.from.key())
        .attr("data-to", route.to.key())
        .flag("data-beyond", !first.drawn)
        .flag("data-loop", first.is_loop())
        .flag("data-lit", lit.is_some())
        .says(say(&Message::Ways(rows)), stop);
    let lines = written.iter().filter(|words| std::ptr::eq(words.edge.route, route)).flat_map(lines);
    Some(group.with(arrow(route)).with(lines))
}

/// The line of an edge and its head; the first is only there to be touched.
fn arrow(route: &'static Route) -> [Shape; 3] {
    let tip = format!("M{} {}{}", route.tip.x, route.tip.y, route.heading.head());
    [Shape::path("touch", route.path), Shape::path("line", route.path), Shape::path("head", tip)]
}

fn lines(words: &Words) -> [Shape; 2] {
    let label = &words.label;
    let two = [("event", label.event_y, words.edge.event), ("action", label.action_y, words.edge.action)];
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
    let Point { x, y } = node.centre();
    let stop = if node.id == NodeId::Start { Stop::ByTab } else { Stop::ByArrow };
    let parts = [Shape::pill(node.x, node.y, node.w, node.h), Shape::text(x, y + 5, node.label())];
    group.says(say(&Message::Node { node: node.id, here }), stop).with(parts)
}

fn badge(id: NodeId, count: usize, say: Say) -> Shape {
    let Point { x, y } = id.node().badge();
    let text = format!("+{}", short(count));
    let width = 12 + 8 * i16::try_from(text.len()).unwrap_or(5);
    let group = Shape::group("badge").attr("data-node", id.key());
    group
        .says(say(&Message::Further { count, node: id }), Stop::Never)
        .with([Shape::pill(x - width / 2, y - 8, width, 16), Shape::text(x, y + 4, text)])
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
