//! The ladder as shapes: classes and data attributes only, no colour and no inline style (`web/styles/ladder.css`).
//!
//! ```text
//! path.chain ×2
//! rect.lifeline ×2, rect.life[data-phase][data-listens?]
//! g.fold: path.broken ×2, path.dots, rect, text     a long wait
//! path.again                                        from a segment to its repetition
//! g.way[data-kind][data-stopped?]: path.line, path.rest?   all of them below all words
//! g.rung[data-packet][data-kind][data-from][data-stopped?][data-held?]
//!   path.touch, path.head, path.crossed or path.pause, rect, text: tspan.called, tspan.numbers
//! text.when, text.state[data-phase], text.listens   beside the lifelines; [data-due?]
//! g.due                                             what is due next
//! ```

use super::free::cleared;
use super::label::{BESIDE, GATES, LIFE, LIVES, Label, Line, Side, anchor, x};
use super::rows::{Rows, Zoom, pill};
use crate::measure::Area;
use crate::model::{Ladder, Rung, Scope, Spot};
use crate::names::{letter, state_phase};
use crate::shape::{Shape, Stop};
use crate::timebar::Scale;
use crate::words::{Message, Page, Said, Say};
use std::rc::Rc;
use tcp_core::Instant;
use tcp_core::Order;
use tcp_core::net::HostId;

/// Width of the view box.
pub const WIDTH: i32 = 432;
/// From left to right, what is between the words beside the lifelines.
pub const LANE: (i32, i32) = (LIVES[0] - LIFE, LIVES[1] + LIFE);
/// Height of what is above the lifelines.
pub const HEAD: i32 = 24;

/// A ladder that is placed.
#[derive(Clone, Debug)]
pub struct Drawing {
    /// Height of the view box.
    pub height: i32,
    /// Where each moment is, from the top.
    pub scale: Rc<Scale>,
    /// All that is drawn, in the order of drawing.
    pub shapes: Vec<Shape>,
    /// What is due next; it is drawn last.
    pub due: Option<Shape>,
}

impl Drawing {
    /// Places a ladder, with its words from a catalogue.
    pub fn of(ladder: &Ladder, zoom: Zoom, say: Say) -> Drawing {
        let rows = cleared(ladder, zoom, say);
        let knots = rows.rows.iter().chain([&rows.end]).map(|row| (row.at, f64::from(row.y)));
        let scale = Rc::new(Scale::of(knots.collect()));
        let height = whole(rows.height);
        let mut shapes = lifelines(ladder, &rows, height);
        shapes.extend(rows.waits.iter().map(|wait| fold(whole(wait.y), &say(&Message::Span(wait.span)))));
        shapes
            .extend(ladder.rungs.iter().enumerate().filter_map(|(at, rung)| again(ladder, at, rung, &rows)));
        let (ways, segments): (Vec<Shape>, Vec<Shape>) =
            (0..ladder.rungs.len()).map(|at| segment(ladder, at, &rows, say)).unzip();
        shapes.extend(ways.into_iter().chain(segments));
        shapes.extend(rows.sides.iter().flat_map(beside));
        Drawing { height, scale, shapes, due: rows.due.as_ref().map(due) }
    }

    /// The place of a moment.
    pub fn place(&self, at: Instant) -> i32 {
        whole(narrow(self.scale.place(at)))
    }

    /// The moment of a place, or of the row that is no farther from it than `reach`.
    pub fn moment(&self, place: f64, reach: f64) -> Instant {
        self.scale.near(place, reach)
    }
}

/// What is above the lifelines: whose they are, whose firewalls, and what the times beside them count from.
pub fn heads(ladder: &Ladder, say: Say) -> Vec<Shape> {
    let hosts = [HostId::Client, HostId::Server];
    let head = |at: usize| {
        let disc = Shape::new("circle").number("r", 10);
        let place = format!("translate({} 12)", LIVES[at]);
        let group = Shape::group("token").attr("data-host", letter(hosts[at])).attr("transform", place);
        group.with([disc, Shape::text(0, 4, letter(hosts[at]))])
    };
    let gate = |at: usize| {
        let (x, anchor) = [(LIVES[0] + 13, "start"), (LIVES[1] - 13, "end")][at];
        let text = Shape::text(x, 16, say(&Message::FirewallOf(hosts[at])));
        text.attr("class", "chain").attr("text-anchor", anchor)
    };
    let from = if ladder.begins.is_empty() { Page::ZeroAtStart } else { Page::ZeroAtSyn };
    let zero = Shape::text(BESIDE[0], 16, say(&Message::Page(from)));
    let zero = zero.attr("class", "when").attr("text-anchor", "end");
    vec![head(0), head(1), gate(0), gate(1), zero]
}

fn lifelines(ladder: &Ladder, rows: &Rows, height: i32) -> Vec<Shape> {
    let mut all: Vec<Shape> =
        GATES.iter().map(|x| Shape::path("chain", format!("M{x} 0V{height}"))).collect();
    let bar = |class, x: i32, y: i32, width: i32, height: i32| {
        let bar = Shape::new("rect").attr("class", class).number("x", x).number("y", y);
        bar.number("width", width).number("height", height.max(1))
    };
    all.extend(LIVES.iter().map(|x| bar("lifeline", x - LIFE / 2, 0, LIFE, height)));
    // Several connections are side by side, in the order of their ports.
    let mut ports: Vec<u16> = ladder.lives.iter().filter_map(|life| life.connection).collect();
    ports.order();
    ports.dedup();
    let lanes = if ladder.scope == Scope::All { 3 } else { 1 };
    for (life, (from, to)) in ladder.lives.iter().zip(&rows.lives) {
        let middle = LIVES[usize::from(!life.of_client)];
        let lane = life.connection.and_then(|port| ports.binary_search(&port).ok());
        let (left, width) = match lane {
            Some(lane) => {
                (i32::try_from(lane % lanes).unwrap_or(0), LIFE / i32::try_from(lanes).unwrap_or(1))
            }
            None => (0, LIFE),
        };
        let (from, to) = (whole(*from), whole(*to).min(height));
        let shape = bar("life", middle - LIFE / 2 + left * width, from, width, to - from);
        all.push(shape.attr("data-phase", state_phase(life.state)).flag("data-listens", life.listens()));
    }
    all
}

/// A long wait: the lifelines are broken, and its length is between them.
fn fold(y: i32, length: &str) -> Shape {
    let broken = LIVES.map(|x| {
        let (left, right) = (x - LIFE / 2 - 3, x + LIFE / 2 + 3);
        Shape::path("broken", format!("M{left} {}L{right} {}V{}L{left} {}Z", y + 1, y - 5, y - 1, y + 5))
    });
    let Area { left, top, right, bottom } = pill(narrow(y.into()), length);
    let middle = (LIVES[0] + LIVES[1]) / 2;
    let dots = Shape::path("dots", format!("M{} {y}H{}", LIVES[0] + LIFE, LIVES[1] - LIFE));
    let text = Shape::text(middle, y + 5, length.to_owned()).attr("text-anchor", "middle");
    let pill = rect(Area { left, top, right, bottom }).number("rx", 8);
    Shape::group("fold").with(broken).with([dots, pill, text])
}

/// A curve outside the lifeline, from the segment that this one repeats.
fn again(ladder: &Ladder, at: usize, rung: &Rung, rows: &Rows) -> Option<Shape> {
    let original = ladder.rungs.iter().position(|other| Some(other.packet) == rung.repeats)?;
    let y = |at: usize| Some(whole(rows.rows[*rows.corners[at].first()?].y));
    let (from, to) = (y(original)?, y(at)?);
    let side = if rung.from_client { -1 } else { 1 };
    let edge = LIVES[usize::from(!rung.from_client)] + side * LIFE / 2;
    let (out, tip) = (edge + side * 14, edge + side);
    let bend = ((to - from) / 3).min(40);
    let head = format!("M{tip} {to}l{} -6l{} 4z", side * 2, side * 5);
    let line = format!("M{edge} {}C{out} {} {out} {} {tip} {to}", from + 2, from + bend, to - bend);
    let shape = Shape::group("again").attr("data-kind", rung.kind);
    Some(shape.with([Shape::path("line", line), Shape::path("head", head)]))
}

/// A segment: its way, and what is over all ways.
fn segment(ladder: &Ladder, at: usize, rows: &Rows, say: Say) -> (Shape, Shape) {
    let rung = &ladder.rungs[at];
    let places: Vec<(f32, f32)> = rung
        .way
        .iter()
        .zip(&rows.corners[at])
        .map(|(corner, row)| (x(corner.spot, rung.from_client), rows.rows[*row].y))
        .collect();
    let last = rung.way.last().map(|corner| corner.spot);
    let held = matches!(last, Some(Spot::Wire(_))) && !rung.is_stopped();
    // Where it is held, it waits: a path of its own.
    let (mut line, mut rest) = (String::new(), String::new());
    for (n, (x, y)) in places.iter().enumerate() {
        let (x, y) = (whole(*x), whole(*y));
        let rests = n > 0 && whole(places[n - 1].0) == x;
        if rests {
            rest += &format!("M{x} {}V{y}", whole(places[n - 1].1));
        }
        line += &format!("{}{x} {y}", if n == 0 || rests { "M" } else { "L" });
    }
    let group = Shape::group("rung")
        .attr("data-packet", rung.packet.0.to_string())
        .attr("data-kind", rung.kind)
        .attr("data-from", if rung.from_client { "C" } else { "S" })
        .flag("data-stopped", rung.is_stopped())
        .flag("data-held", held)
        .says(say(&said(rung)), if at + 1 == ladder.rungs.len() { Stop::ByTab } else { Stop::ByArrow });
    let end = match (places.as_slice(), last) {
        ([.., from, to], Some(Spot::Receiver)) => Some(head(*from, *to)),
        ([.., to], _) if rung.is_stopped() => Some(mark("crossed", "M-4-4 4 4M-4 4 4-4", *to)),
        ([.., to], _) if held => {
            rest += &format!("M{} {}V{}", whole(to.0), whole(to.1), whole(rows.end.y));
            Some(mark("pause", "M-2-4v8M3-4v8", *to))
        }
        _ => None,
    };
    let touch = Shape::path("touch", format!("{line}{rest}"));
    let rest = (!rest.is_empty()).then(|| Shape::path("rest", rest));
    let way = Shape::group("way").attr("data-kind", rung.kind).flag("data-stopped", rung.is_stopped());
    let segment = group.pressed().with([touch]).with(end).with(words(&rows.labels[at]));
    (way.with([Shape::path("line", line)]).with(rest), segment)
}

/// A segment in words.
fn said(rung: &Rung) -> Message {
    let from = if rung.from_client { HostId::Client } else { HostId::Server };
    let Rung { name, by_hand, is_copy, seq, ack, after, fate, connection: port, .. } = *rung;
    Message::Rung(Said { port, name, by_hand, is_copy, seq, ack, from, after, fate })
}

/// The head of an arrow, in tenths, so that it points exactly.
fn head(from: (f32, f32), to: (f32, f32)) -> Shape {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy).max(1.0);
    let (along, across) =
        ((-80.0 * dx / length, -80.0 * dy / length), (-32.0 * dy / length, 32.0 * dx / length));
    let corner =
        |side: f32| format!("{} {}", whole(along.0 + side * across.0), whole(along.1 + side * across.1));
    let path = Shape::path("head", format!("M0 0L{}L{}z", corner(1.0), corner(-1.0)));
    path.attr("transform", format!("translate({} {}) scale(.1)", whole(to.0), whole(to.1)))
}

fn mark(class: &'static str, path: &'static str, (x, y): (f32, f32)) -> Shape {
    Shape::path(class, path).attr("transform", format!("translate({} {})", whole(x), whole(y)))
}

/// On a ground of their own: an arrow from above may run there.
fn words(label: &Label) -> [Shape; 2] {
    let part = |(at, (class, text)): (usize, &(&'static str, String))| {
        let space = if at == 0 { "" } else { " " };
        Shape { text: format!("{space}{text}").into(), ..Shape::new("tspan").attr("class", *class) }
    };
    let text = Shape::text(whole(label.x), whole(label.baseline), "").attr("text-anchor", label.anchor.key());
    let Area { left, right, .. } = label.area;
    // Some letters are wider than they say.
    [
        rect(Area { left: left - 1.5, right: right + 1.5, ..label.area }),
        text.with(label.parts.iter().enumerate().map(part)),
    ]
}

fn rect(Area { left, top, right, bottom }: Area) -> Shape {
    let shape = Shape::new("rect").number("x", whole(left)).number("y", whole(top));
    shape.number("width", whole(right - left)).number("height", whole(bottom - top))
}

/// What is due next.
fn due(line: &Line) -> Shape {
    let (y, middle) = (whole(line.baseline), (LIVES[0] + LIVES[1]) / 2);
    let text = Shape::text(middle, y, line.text.clone()).attr("text-anchor", "middle");
    let path = format!("M{} {}H{}", LIVES[0] + LIFE, y + 3, LIVES[1] - LIFE);
    Shape::group("due").with([Shape::path("line", path), rect(line.area()), text])
}

fn beside(side: &Side) -> impl Iterator<Item = Shape> + '_ {
    side.lines.iter().map(|line| {
        let text = Shape::text(whole(line.x), whole(line.baseline), line.text.clone());
        let text = text.attr("class", line.class).attr("text-anchor", anchor(side.which).key());
        let text = text.flag("data-due", side.due);
        match line.phase {
            Some(phase) => text.attr("data-phase", phase),
            None => text,
        }
    })
}

#[expect(clippy::cast_possible_truncation, reason = "a place is small")]
const fn narrow(place: f64) -> f32 {
    place as f32
}

#[expect(clippy::cast_possible_truncation, reason = "the cast saturates, as it should")]
fn whole(number: f32) -> i32 {
    number.round() as i32
}
