//! The drawing as SVG: classes and data attributes only, no colour and no inline style (`web/styles/diagram.css` and
//! the page's policy see to that).
//!
//! ```text
//! svg.diagram[data-beyond?]
//!   text.lane[data-phase]
//!   g.edge[data-row="3"][data-phase][data-from][data-to][data-beyond?][data-loop?][data-lit?]
//!     title, path.line, path.head, text.event, text.action
//!   g.node[data-node="syn-sent"][data-state="SYN_SENT"][data-phase][data-here?]
//!     rect, text
//!   g.badge[data-node]       how many further connections
//!   g.token[data-host="C"]   over all
//! ```
//! What is beyond the figure is drawn once for each pair of states: `data-row` lists its rows (select one by
//! `[data-row~="24"]`), and its two texts stay empty until one of them is lit.

use super::edges::carries;
use super::routes::{Label, ROUTES, Route};
use super::{Edge, HEIGHT, LANES, Marks, NODES, Node, NodeId, Point, TOKEN_RADIUS, WIDTH, edge};
use tcp_core::tcp::TABLE;

/// The letters on the tokens.
const HOSTS: [&str; 2] = ["C", "S"];

/// The drawing, to stand in a page.
pub fn svg(marks: &Marks) -> String {
    drawing(marks, "")
}

/// The drawing as a file of its own, with its style sheet inside.
pub fn svg_file(marks: &Marks, style: &str) -> String {
    drawing(marks, &["<style>", style, "</style>"].concat())
}

fn drawing(marks: &Marks, head: &str) -> String {
    let mut out = Markup(String::with_capacity(20_000));
    out.put("<svg xmlns=\"http://www.w3.org/2000/svg\"").text_attr("class", "diagram");
    out.text_attr("viewBox", &["0 0 ", &WIDTH.to_string(), " ", &HEIGHT.to_string()].concat());
    out.text_attr("role", "group").text_attr("aria-label", "The TCP state machine");
    out.flag("data-beyond", marks.beyond).put(">").put(head);
    lanes(&mut out);
    for route in ROUTES {
        route_group(&mut out, route, marks);
    }
    for node in &NODES {
        node_group(&mut out, node, marks);
    }
    for (id, count) in &marks.others {
        badge(&mut out, *id, *count);
    }
    for (host, id) in marks.tokens.iter().enumerate() {
        if let Some(id) = id {
            token(&mut out, HOSTS[host], id.node().berths()[host]);
        }
    }
    out.put("</svg>\n");
    out.0
}

fn lanes(out: &mut Markup) {
    for lane in &LANES {
        let (x, y) = (lane.centre.x.to_string(), lane.centre.y.to_string());
        let turn = ["rotate(", &lane.turn.to_string(), " ", &x, " ", &y, ")"].concat();
        out.put("<text").text_attr("class", "lane").text_attr("data-phase", lane.phase);
        out.text_attr("x", &x).text_attr("y", &y).text_attr("transform", &turn);
        out.put(">").put(lane.label).put("</text>\n");
    }
}

fn route_group(out: &mut Markup, route: &Route, marks: &Marks) {
    let edges: Vec<Edge> =
        (0..TABLE.len()).filter(|row| carries(route, &TABLE[*row])).filter_map(edge).collect();
    let Some(first) = edges.first() else { return };
    let lit = edges.iter().find(|edge| marks.lit.contains(&edge.row));
    let rows: Vec<String> = edges.iter().map(|edge| edge.row.to_string()).collect();
    let words: Vec<String> = edges.iter().map(|edge| [edge.event, ", ", edge.action].concat()).collect();
    let words = [&route.words(), ": ", words.join("; ").as_str()].concat();

    out.put("<g").text_attr("class", "edge").text_attr("data-row", &rows.join(" "));
    out.text_attr("data-phase", lit.unwrap_or(first).phase);
    out.text_attr("data-from", route.from.key()).text_attr("data-to", route.to.key());
    out.flag("data-beyond", !first.drawn).flag("data-loop", first.is_loop()).flag("data-lit", lit.is_some());
    out.text_attr("role", "img").text_attr("aria-label", &words).put(">");
    if first.drawn {
        out.put("<title>").put(first.says).put("</title>");
    }
    out.put("<path").text_attr("class", "line").text_attr("d", route.path).put("/>");
    let tip = ["M", &route.tip.x.to_string(), " ", &route.tip.y.to_string(), route.heading.head()].concat();
    out.put("<path").text_attr("class", "head").text_attr("d", &tip).put("/>");
    let shown = lit.or(Some(first).filter(|edge| edge.drawn));
    let [event, action] = shown.map_or(["", ""], |edge| [edge.event, edge.action]);
    line(out, "event", &route.label, route.label.event_y, event);
    line(out, "action", &route.label, route.label.action_y, action);
    out.put("</g>\n");
}

fn line(out: &mut Markup, class: &str, label: &Label, y: i16, text: &str) {
    out.put("<text").text_attr("class", class).number("x", label.x).number("y", y);
    out.text_attr("text-anchor", label.anchor.key()).put(">").put(text).put("</text>");
}

fn node_group(out: &mut Markup, node: &Node, marks: &Marks) {
    let here: Vec<&str> =
        (0..2).filter(|host| marks.tokens[*host] == Some(node.id)).map(|host| HOSTS[host]).collect();
    out.put("<g").text_attr("class", "node").text_attr("data-node", node.id.key());
    out.text_attr("data-state", node.label()).text_attr("data-phase", node.phase());
    if !here.is_empty() {
        out.text_attr("data-here", &here.join(" "));
    }
    out.text_attr("role", "img").text_attr("aria-label", node.id.words()).put(">");
    out.put("<rect").number("x", node.x).number("y", node.y);
    out.number("width", node.w).number("height", node.h).number("rx", node.h / 2).put("/>");
    let Point { x, y } = node.centre();
    out.put("<text").number("x", x).number("y", y + 5).put(">").put(node.label()).put("</text></g>\n");
}

fn badge(out: &mut Markup, id: NodeId, count: usize) {
    let Point { x, y } = id.node().badge();
    let text = ["+", &short(count)].concat();
    let width = 12 + 8 * i16::try_from(text.len()).unwrap_or(5);
    out.put("<g").text_attr("class", "badge").text_attr("data-node", id.key()).put(">");
    out.put("<rect").number("x", x - width / 2).number("y", y - 8);
    out.number("width", width).number("height", 16).number("rx", 8).put("/>");
    out.put("<text").number("x", x).number("y", y + 4).put(">").put(&text).put("</text></g>\n");
}

/// `999`, `28k`: three characters at most, up to 999 999.
fn short(count: usize) -> String {
    if count < 1_000 { count.to_string() } else { [&(count / 1_000).to_string(), "k"].concat() }
}

fn token(out: &mut Markup, letter: &str, at: Point) {
    let place = ["translate(", &at.x.to_string(), " ", &at.y.to_string(), ")"].concat();
    out.put("<g").text_attr("class", "token").text_attr("data-host", letter).text_attr("transform", &place);
    out.put("><circle").number("r", TOKEN_RADIUS).put("/><text").number("y", 5).put(">");
    out.put(letter).put("</text></g>\n");
}

/// Builds markup. The texts of the table hold nothing that would have to be escaped (a test sees to it).
struct Markup(String);

impl Markup {
    fn put(&mut self, text: &str) -> &mut Self {
        self.0.push_str(text);
        self
    }

    fn text_attr(&mut self, name: &str, value: &str) -> &mut Self {
        self.put(" ").put(name).put("=\"").put(value).put("\"")
    }

    fn number(&mut self, name: &str, value: i16) -> &mut Self {
        self.text_attr(name, &value.to_string())
    }

    fn flag(&mut self, name: &str, set: bool) -> &mut Self {
        if set { self.put(" ").put(name).put("=\"\"") } else { self }
    }
}
