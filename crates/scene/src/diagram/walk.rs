//! Where keys lead in the drawing: from state to state as the eye goes, and through the edges of a state.

use super::{Heading, NODES, NodeId, Point, edge, edges};
use crate::model::Piece;

/// How much a step aside counts against a step in the direction of the key.
const ASIDE: i32 = 4;

/// The state that an arrow key leads to.
pub fn toward(from: Piece, to: Heading) -> Option<NodeId> {
    let here = middle(from)?;
    let distance = |there: Point| {
        let (right, down) = (i32::from(there.x - here.x), i32::from(there.y - here.y));
        let (ahead, aside) = match to {
            Heading::Up => (-down, right),
            Heading::Down => (down, right),
            Heading::Left => (-right, down),
            Heading::Right => (right, down),
        };
        (ahead > 0).then_some(ahead + ASIDE * aside.abs())
    };
    let others = NODES.iter().filter(|node| from != Piece::Node(node.id));
    let far = others.filter_map(|node| Some((distance(node.centre())?, node.id)));
    far.min_by_key(|(distance, _)| *distance).map(|(_, node)| node)
}

/// The next edge of the state that is left, or the one before; of an edge, the state that it leaves.
pub fn around(from: Piece, beyond: bool, on: bool) -> Option<usize> {
    let (node, row) = match from {
        Piece::Node(node) => (node, None),
        Piece::Edge(row) => (edge(row)?.route.from, Some(row)),
    };
    let mut rows: Vec<usize> = Vec::new();
    for edge in edges().filter(|edge| edge.route.from == node && (edge.drawn || beyond)) {
        // Rows that share an arrow are one stop.
        if !rows.iter().any(|row| super::edge(*row).is_some_and(|it| std::ptr::eq(it.route, edge.route))) {
            rows.push(edge.row);
        }
    }
    let at = rows.iter().position(|it| Some(*it) == row);
    let count = rows.len();
    let next = match (at, on) {
        (Some(at), true) => at + 1,
        (Some(at), false) => at + count - 1,
        (None, true) => 0,
        (None, false) => count.checked_sub(1)?,
    };
    rows.get(next.checked_rem(count)?).copied()
}

fn middle(piece: Piece) -> Option<Point> {
    match piece {
        Piece::Node(node) => Some(node.node().centre()),
        Piece::Edge(row) => {
            edge(row).map(|edge| Point { x: edge.route.label.x, y: edge.route.label.event_y })
        }
    }
}
