//! The same drawing for a hand: on a sheet that is about as high as wide, with the names alone.
//!
//! Columns and rows of nodes come nearer to each other, and what is between them follows, so that each arrow still ends at
//! the border of its node. There is no room for words beside the arrows, and none for the names at the sides.

use super::Point;
use crate::shape::Shape;

/// Width and height of that sheet.
pub const TALL: Point = Point { x: 362, y: 344 };
/// The borders of the columns: on the whole sheet, and here.
const COLUMNS: [[i16; 2]; 8] =
    [[0, 0], [35, 12], [191, 112], [287, 123], [453, 239], [549, 250], [705, 350], [740, 362]];
/// The borders of the rows.
#[rustfmt::skip]
const ROWS: [[i16; 2]; 16] = [
    [0, 0], [5, 3], [35, 32], [69, 48], [99, 77], [141, 100], [171, 129], [227, 155], [257, 184],
    [299, 210], [329, 239], [387, 262], [417, 291], [451, 312], [481, 341], [488, 344],
];
/// Radius of a token.
const TOKEN: &str = "9";

/// The shapes of a whole drawing, on that sheet.
pub fn tall(shapes: Vec<Shape>) -> Vec<Shape> {
    shapes.into_iter().filter(|shape| of(shape, "class") != Some("lane")).map(moved).collect()
}

/// A point of the whole sheet, on that one.
pub fn tall_at(at: Point) -> Point {
    Point { x: between(&COLUMNS, at.x), y: between(&ROWS, at.y) }
}

fn between(knots: &[[i16; 2]], at: i16) -> i16 {
    let next = knots.partition_point(|knot| knot[0] <= at).clamp(1, knots.len() - 1);
    let ([from, to], [end, end_to]) = (knots[next - 1].map(i32::from), knots[next].map(i32::from));
    let far = ((i32::from(at) - from) * (end_to - to) * 2 + (end - from)).div_euclid(2 * (end - from));
    i16::try_from(to + far).unwrap_or(knots[next][1])
}

fn of<'a>(shape: &'a Shape, name: &str) -> Option<&'a str> {
    shape.attrs.iter().find(|(key, _)| *key == name).map(|(_, value)| &**value)
}

fn moved(mut shape: Shape) -> Shape {
    let number = |name| of(&shape, name).and_then(|value| value.parse::<i16>().ok());
    let at = number("x").zip(number("y")).map(|(x, y)| Point { x, y });
    let size = number("width").zip(number("height"));
    let mut set = |name: &str, value: i16| {
        shape
            .attrs
            .iter_mut()
            .filter(|(key, _)| *key == name)
            .for_each(|(_, old)| *old = value.to_string().into());
    };
    match (at, size) {
        // The count of further connections stays as large as it is.
        (Some(Point { x, y }), Some((width, height))) if width < 100 => {
            let middle = tall_at(Point { x: x + width / 2, y: y + height / 2 });
            set("x", middle.x - width / 2);
            set("y", middle.y - height / 2);
        }
        (Some(at), Some((width, height))) => {
            let (from, to) = (tall_at(at), tall_at(Point { x: at.x + width, y: at.y + height }));
            set("x", from.x);
            set("y", from.y);
            set("width", to.x - from.x);
            set("height", to.y - from.y);
            set("rx", (to.y - from.y) / 2);
        }
        (Some(at), None) => {
            let to = tall_at(at);
            set("x", to.x);
            set("y", to.y);
        }
        (None, _) => {}
    }
    for (name, value) in &mut shape.attrs {
        match *name {
            "d" => *value = path(value).into(),
            "r" => *value = TOKEN.into(),
            _ => {}
        }
    }
    let is_edge = of(&shape, "class") == Some("edge");
    // What belongs to a token is drawn around the origin.
    shape.children = match shape.place {
        Some(_) => {
            shape.children.into_iter().map(|it| if it.tag == "circle" { moved(it) } else { it }).collect()
        }
        None => shape.children.into_iter().filter(|it| !is_edge || it.tag != "text").map(moved).collect(),
    };
    shape.place = shape.place.map(tall_at);
    shape
}

/// Path data: what is absolute is moved, and an arrowhead, which follows its tip, stays as it is.
fn path(d: &str) -> String {
    let mut out = String::with_capacity(d.len());
    let mut rest = d;
    while let Some(command) = rest.chars().next().filter(char::is_ascii_uppercase) {
        let end = rest[1..].find(|it: char| it.is_ascii_alphabetic()).map_or(rest.len(), |at| at + 1);
        let numbers = rest[1..end].split(' ').filter_map(|number| number.parse().ok());
        out.push(command);
        for (at, number) in numbers.enumerate() {
            let across = match command {
                'H' => true,
                'V' => false,
                _ => at % 2 == 0,
            };
            if at > 0 {
                out.push(' ');
            }
            out.push_str(&between(if across { &COLUMNS } else { &ROWS }, number).to_string());
        }
        rest = &rest[end..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::routes::ROUTES;
    use crate::diagram::{Marks, NODES, NodeId, shapes};
    use crate::words::en;

    /// Left, top, right and bottom of a node.
    fn sides(id: NodeId) -> [i16; 4] {
        let node = id.node();
        let (from, to) = (
            tall_at(Point { x: node.x, y: node.y }),
            tall_at(Point { x: node.x + node.w, y: node.y + node.h }),
        );
        [from.x, from.y, to.x, to.y]
    }

    #[test]
    fn nodes_are_apart_and_rows_of_them_are_as_far_as_a_finger_needs() {
        for one in &NODES {
            for other in NODES.iter().filter(|other| other.id != one.id) {
                let ([l, t, r, b], [left, top, right, bottom]) = (sides(one.id), sides(other.id));
                assert!(
                    r + 8 <= left || right + 8 <= l || b + 12 <= top || bottom + 12 <= t,
                    "{:?} {:?}",
                    one.id,
                    other.id
                );
                let same_column = l < right && left < r;
                assert!(!same_column || (top - t).abs() >= 44, "{:?} {:?}", one.id, other.id);
            }
            let [left, top, right, bottom] = sides(one.id);
            assert!(left >= 10 && right <= TALL.x - 10 && top >= 0 && bottom <= TALL.y, "{:?}", one.id);
        }
    }

    #[test]
    fn arrows_end_at_the_border_of_their_node() {
        for route in ROUTES {
            let tip = tall_at(route.tip);
            let [left, top, right, bottom] = sides(route.to);
            let far = [left - tip.x, tip.x - right, top - tip.y, tip.y - bottom].into_iter().max().unwrap();
            assert!((0..=1).contains(&far), "{:?} to {:?}: {far}", route.from, route.to);
        }
    }

    #[test]
    fn only_names_are_written() {
        let marks =
            Marks { tokens: [Some(NodeId::SynSent), Some(NodeId::Listen)], lit: vec![1], ..Marks::default() };
        let drawn = tall(shapes(&marks, en::say));
        let texts = |shape: &Shape| shape.children.iter().filter(|it| it.tag == "text").count();
        assert_eq!(drawn.iter().map(texts).sum::<usize>(), NODES.len());
        let tokens: Vec<_> = drawn.last().unwrap().children.iter().filter_map(|it| it.place).collect();
        let [[left, top, _, bottom], [_, _, right, _]] = [sides(NodeId::SynSent), sides(NodeId::Listen)];
        assert!(tokens[0].x - left < 14 && (top..bottom).contains(&tokens[0].y));
        assert!(right - tokens[1].x < 14);
    }

    #[test]
    fn a_path_is_moved_and_its_head_is_not() {
        assert_eq!(path("M448 20C600 20 672 45 672 132"), "M236 18C283 18 329 37 329 95");
        assert_eq!(path("M672 140l-4.5-8h9z"), "M329 99l-4.5-8h9z");
        assert_eq!(path("M191 314H283"), "M112 225H123");
    }
}
