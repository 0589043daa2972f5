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
use super::shape::{Shape, Stop};
use super::{Edge, LANES, Lane, Marks, NODES, Node, NodeId, Point, TOKEN_RADIUS, edges};
use crate::names::letter;
use tcp_core::net::HostId;

/// The hosts in the order of their tokens.
const HOSTS: [HostId; 2] = [HostId::Client, HostId::Server];

/// All that is drawn, in the order of drawing; the group of the tokens is the last.
pub fn shapes(marks: &Marks) -> Vec<Shape> {
    let written = words(marks);
    let edges = ROUTES.iter().filter_map(|route| edge_shape(route, marks, &written));
    let badges = marks.others.iter().map(|(id, count)| badge(*id, *count));
    let tokens = HOSTS.iter().zip(marks.tokens).enumerate();
    let tokens = tokens.filter_map(|(at, (host, id))| Some(token(letter(*host), id?.node().berths()[at])));
    let lanes = LANES.iter().map(lane);
    let nodes = NODES.iter().map(|it| node(it, marks));
    let groups = [Shape::new("g").with(badges), Shape::new("g").with(tokens)];
    lanes.chain(edges).chain(nodes).chain(groups).collect()
}

fn lane(lane: &Lane) -> Shape {
    let Point { x, y } = lane.centre;
    let text = Shape::text(x, y, lane.label).attr("class", "lane").attr("data-phase", lane.phase);
    text.attr("transform", format!("rotate({} {x} {y})", lane.turn))
}

fn edge_shape(route: &'static Route, marks: &Marks, written: &[Words]) -> Option<Shape> {
    let edges: Vec<Edge> = edges().filter(|edge| std::ptr::eq(edge.route, route)).collect();
    let first = edges.first()?;
    let lit = edges.iter().find(|edge| marks.lit.contains(&edge.row));
    let rows: Vec<String> = edges.iter().map(|edge| edge.row.to_string()).collect();
    let says: Vec<String> = edges.iter().map(|edge| format!("{}. {}", edge.words(), edge.says)).collect();
    let stop = if first.drawn { Stop::ByArrow } else { Stop::Never };
    let group = Shape::group("edge")
        .attr("data-row", rows.join(" "))
        .attr("data-phase", lit.unwrap_or(first).phase)
        .attr("data-from", route.from.key())
        .attr("data-to", route.to.key())
        .flag("data-beyond", !first.drawn)
        .flag("data-loop", first.is_loop())
        .flag("data-lit", lit.is_some())
        .says(says.join(" "), stop);
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

fn node(node: &'static Node, marks: &Marks) -> Shape {
    let here =
        || HOSTS.iter().zip(marks.tokens).filter(|(_, id)| *id == Some(node.id)).map(|(host, _)| *host);
    let letters: Vec<&str> = here().map(letter).collect();
    let standing: String = here().map(|host| format!(" {} is here.", host.name())).collect();
    let words = format!("{}: {}{standing}", node.id.words(), node.id.says());
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
    group.says(words, stop).with(parts)
}

fn badge(id: NodeId, count: usize) -> Shape {
    let Point { x, y } = id.node().badge();
    let text = format!("+{}", short(count));
    let width = 12 + 8 * i16::try_from(text.len()).unwrap_or(5);
    let group = Shape::group("badge").attr("data-node", id.key());
    let says = format!("{count} more in {}", id.words());
    group
        .says(says, Stop::Never)
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
