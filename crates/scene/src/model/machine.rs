//! The state machine: which end is on which node.

use crate::names::NodeId;
use std::cmp::Ordering;
use tcp_core::Instant;
use tcp_core::net::HostId;

/// Which end is on which node of the diagram.
#[derive(Clone, Debug, PartialEq)]
pub struct MachineView {
    /// C_m's token, then S_m's.
    pub tokens: [Token; 2],
    /// The edges last taken by the selected connection, at most one for each host; the newest last.
    pub lit: Vec<Lit>,
    /// The rows that C_m's and S_m's end of the selected connection took, if they are asked for.
    pub trails: [Vec<usize>; 2],
    /// Further connections, by state and host.
    pub others: Vec<Others>,
}

/// A host's token.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// The host that it stands for.
    pub host: HostId,
    /// `C` or `S`
    pub letter: &'static str,
    /// The node it is on.
    pub node: NodeId,
}

/// An edge that was taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Lit {
    /// Its place in the transition table.
    pub row: usize,
    /// The host whose connection took the edge.
    pub host: HostId,
    /// When it was taken.
    pub at: Instant,
}

/// Connections besides the selected one.
#[derive(Clone, Debug, PartialEq)]
pub struct Others {
    /// On this node.
    pub node: NodeId,
    /// On this host.
    pub host: HostId,
    /// How many.
    pub count: usize,
}

/// A third of the diagram: a column of its nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Of an end that was asked, and later closes first.
    Left,
    /// From CLOSED by ESTABLISHED to TIME_WAIT.
    Middle,
    /// Of an end that asks, and later is closed upon.
    Right,
}

impl MachineView {
    /// A column in which there is no token. Two tokens leave one, and the right one is taken first.
    pub fn free_column(&self) -> Column {
        let middle = NodeId::Start.node().centre().x;
        let is_free = |side: Ordering| {
            self.tokens.iter().all(|token| token.node.node().centre().x.cmp(&middle) != side)
        };
        match (is_free(Ordering::Greater), is_free(Ordering::Less)) {
            (true, _) => Column::Right,
            (_, true) => Column::Left,
            _ => Column::Middle,
        }
    }

    /// The right of the diagram is in use, and its left is not: by their tokens.
    pub fn is_right_alone(&self) -> bool {
        let middle = NodeId::Start.node().centre().x;
        let places = || self.tokens.iter().map(|token| token.node.node().centre().x);
        places().any(|x| x > middle) && places().all(|x| x >= middle)
    }
}
