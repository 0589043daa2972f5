//! Lengths: how wide words are, where lines run.
//!
//! Widths are estimated, generously: those of DejaVu Sans Bold, the widest of the usual faces, rounded up (an
//! edge's words are bold while it is lit).

use crate::diagram::routes::{Anchor, Route};
use crate::diagram::*;

/// A place as SVG has it.
pub(super) type Spot = (f32, f32);

/// An upright rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
}

impl Area {
    pub(super) fn around((x, y): Spot, half_width: f32, half_height: f32) -> Area {
        Area { left: x - half_width, top: y - half_height, right: x + half_width, bottom: y + half_height }
    }

    pub(super) fn of(node: &Node) -> Area {
        let [x, y, w, h] = [node.x, node.y, node.w, node.h].map(f32::from);
        Area { left: x, top: y, right: x + w, bottom: y + h }
    }

    pub(super) fn line(text: &str, x: i16, baseline: i16, anchor: Anchor) -> Area {
        /// Above and below the baseline, in em.
        const ASCENT: f32 = 0.76;
        const DESCENT: f32 = 0.22;
        let (x, y) = (f32::from(x), f32::from(baseline));
        let width = width(text) * LABEL_SIZE;
        let left = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        let (top, bottom) = (y - ASCENT * LABEL_SIZE, y + DESCENT * LABEL_SIZE);
        Area { left, top, right: left + width, bottom }
    }

    pub(super) fn grown(self, by: f32) -> Area {
        let Area { left, top, right, bottom } = self;
        Area { left: left - by, top: top - by, right: right + by, bottom: bottom + by }
    }

    pub(super) fn meets(self, other: Area) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    pub(super) fn holds(self, (x, y): Spot) -> bool {
        self.left < x && x < self.right && self.top < y && y < self.bottom
    }

    pub(super) fn holds_area(self, other: Area) -> bool {
        self.holds((other.left, other.top)) && self.holds((other.right, other.bottom))
    }
}

/// The width of a text in em.
pub(super) fn width(text: &str) -> f32 {
    text.chars().map(em).sum()
}

#[rustfmt::skip]
fn em(character: char) -> f32 {
    match character {
        'i' | 'j' | 'l' | ' ' => 0.35,
        '|' | 'I' | ':' => 0.40,
        'f' | 't' | 'r' | '_' | '–' => 0.50,
        'z' | 'c' | 's' => 0.60,
        'L' | 'x' | 'v' | 'y' | 'k' => 0.67,
        'a' | 'e' | 'o' | 'E' | 'F' | 'T' | '0'..='9' => 0.70,
        'b' | 'd' | 'g' | 'h' | 'n' | 'p' | 'q' | 'u' | 'S' | 'Y' | 'Z' | 'C' | 'P' => 0.74,
        'A' | 'B' | 'K' | 'R' | 'V' | 'X' => 0.78,
        'D' | 'G' | 'H' | 'N' | 'O' | 'Q' | 'U' => 0.86,
        'w' | 'M' => 1.00,
        'm' | 'W' => 1.11,
        other => panic!("how wide is {other:?}?"),
    }
}

/// A point as SVG has it.
pub(super) fn spot(point: Point) -> Spot {
    (f32::from(point.x), f32::from(point.y))
}

/// The shortest way from the one line to the other.
pub(super) fn distance(one: &[Spot], other: &[Spot]) -> f32 {
    let distances = one.iter().flat_map(|a| other.iter().map(|b| (a.0 - b.0).hypot(a.1 - b.1)));
    distances.fold(f32::INFINITY, f32::min)
}

/// Points along a route, some two units apart.
pub(super) fn points(route: &Route) -> Vec<Spot> {
    let mut points = Vec::new();
    for (command, numbers) in commands(route.path) {
        let here = points.last().copied().unwrap_or((0.0, 0.0));
        match (command, numbers.as_slice()) {
            ('M', [x, y]) => points.push((*x, *y)),
            ('H', [x]) => curve(&mut points, [here, here, (*x, here.1), (*x, here.1)]),
            ('V', [y]) => curve(&mut points, [here, here, (here.0, *y), (here.0, *y)]),
            ('C', [a, b, c, d, x, y]) => curve(&mut points, [here, (*a, *b), (*c, *d), (*x, *y)]),
            other => panic!("{}: not absolute M, H, V or C: {other:?}", route.path),
        }
    }
    points
}

fn curve(points: &mut Vec<Spot>, [a, b, c, d]: [Spot; 4]) {
    const STEPS: u8 = 200;
    for step in 1..=STEPS {
        let t = f32::from(step) / f32::from(STEPS);
        let u = 1.0 - t;
        let [ka, kb, kc, kd] = [u * u * u, 3.0 * t * u * u, 3.0 * t * t * u, t * t * t];
        let mix = |a: f32, b: f32, c: f32, d: f32| ka * a + kb * b + kc * c + kd * d;
        points.push((mix(a.0, b.0, c.0, d.0), mix(a.1, b.1, c.1, d.1)));
    }
}

/// The commands of path data, each with its numbers.
fn commands(path: &str) -> Vec<(char, Vec<f32>)> {
    let mut commands: Vec<(char, Vec<f32>)> = Vec::new();
    let mut digits = String::new();
    for character in path.chars().chain(['\n']) {
        if character.is_ascii_digit() {
            digits.push(character);
            continue;
        }
        if !digits.is_empty() {
            commands.last_mut().unwrap().1.push(digits.parse().unwrap());
            digits.clear();
        }
        if character.is_ascii_alphabetic() {
            commands.push((character, Vec::new()));
        }
    }
    commands
}
