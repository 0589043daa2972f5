//! Where lines run.

use crate::diagram::measure::{Area, Spot};
use crate::diagram::routes::Route;
use crate::diagram::*;

impl Area {
    pub(in crate::diagram) fn around((x, y): Spot, half_width: f32, half_height: f32) -> Area {
        Area { left: x - half_width, top: y - half_height, right: x + half_width, bottom: y + half_height }
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
