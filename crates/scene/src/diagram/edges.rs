//! The table's rows, each with its place.

use super::routes::{ROUTES, Route};
use super::{Point, at, phase_key};
use crate::words::Lane as Name;
use std::sync::LazyLock;
use tcp_core::tcp::{Row, TABLE};

/// A row of the table, placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Its index in the table, which names it.
    pub row: usize,
    /// Where it runs and where its words stand; shared by the rows beyond the figure of one pair of states.
    pub route: &'static Route,
    /// The upper line: `recv: SYN`.
    pub event: &'static str,
    /// The lower line: `send: SYN|ACK`.
    pub action: &'static str,
    /// The key of its colour.
    pub phase: &'static str,
    /// In the article's figures; the others are shown on demand, and while they are lit.
    pub drawn: bool,
}

impl Edge {
    /// Enters the node it leaves.
    pub fn is_loop(&self) -> bool {
        self.route.from == self.route.to
    }
}

/// All edges, in the order of the table.
pub fn edges() -> impl Iterator<Item = Edge> {
    EDGES.iter().copied()
}

/// The edge of a row of the table; `None` if there is no such row.
pub fn edge(row: usize) -> Option<Edge> {
    EDGES.get(row).copied()
}

static EDGES: LazyLock<Vec<Edge>> = LazyLock::new(|| TABLE.iter().enumerate().filter_map(placed).collect());

fn placed((row, of): (usize, &Row)) -> Option<Edge> {
    let route = ROUTES.iter().find(|route| carries(route, of))?;
    Some(Edge {
        row,
        route,
        event: of.trigger.label(),
        action: of.reply.label(),
        phase: phase_key(of.phase),
        drawn: of.drawn,
    })
}

/// The route is the row's, or the one shared by all rows beyond the figure from there to there.
pub(super) fn carries(route: &Route, row: &Row) -> bool {
    let of_figure = route.trigger == Some(row.trigger);
    route.from.node().state == row.from
        && route.to.node().state == row.to
        && if row.drawn { of_figure } else { route.trigger.is_none() }
}

/// One of the four names at the sides.
#[derive(Debug, PartialEq, Eq)]
pub struct Lane {
    /// What it says.
    pub name: Name,
    /// The key of its colour.
    pub phase: &'static str,
    /// The middle of its text.
    pub centre: Point,
    /// In degrees: it reads upwards on the left, downwards on the right.
    pub turn: i16,
}

/// The four names at the sides.
pub static LANES: [Lane; 4] = [
    Lane { name: Name::PassiveOpen, phase: "passive-open", centre: at(9, 98), turn: -90 },
    Lane { name: Name::ActiveOpen, phase: "active-open", centre: at(731, 98), turn: 90 },
    Lane { name: Name::ActiveClose, phase: "active-close", centre: at(9, 358), turn: -90 },
    Lane { name: Name::PassiveClose, phase: "passive-close", centre: at(731, 358), turn: 90 },
];
