//! A piece of the diagram that is looked at closely: a node, or an edge.

use super::Why;
use crate::names::NodeId;
use crate::words::Message;
use tcp_core::Instant;
use tcp_core::net::HostId;
use tcp_course::scenes::Goal;

/// A node or an edge of the diagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A node.
    Node(NodeId),
    /// The edge of this row of the transition table, with the rows that share its arrow.
    Edge(usize),
}

/// All that is said of a piece.
#[derive(Clone, Debug, PartialEq)]
pub struct PieceView {
    /// The piece.
    pub piece: Piece,
    /// A node has one part; an edge one for each row that shares its arrow.
    pub parts: Vec<PiecePart>,
}

/// What is said of a node, or of a row of the transition table.
#[derive(Clone, Debug, PartialEq)]
pub struct PiecePart {
    /// Its name: `SYN_SENT`, or from where to where.
    pub title: Message,
    /// Its colour.
    pub phase: &'static str,
    /// The event and the action of a row, as the figure writes them.
    pub notation: Option<[&'static str; 2]>,
    /// It is in none of the article's figures.
    pub beyond: bool,
    /// One sentence.
    pub says: Message,
    /// Where the rule stands: `RFC 9293 §3.10.7.3`, or what shows it.
    pub rfc: &'static str,
    /// When each host was last brought there, or took the edge, in this session.
    pub taken: Vec<Taken>,
    /// How to get there from the beginning.
    pub ways: Vec<WayView>,
}

/// When a host last entered a state or took an edge.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// The host.
    pub host: HostId,
    /// When it was.
    pub at: Instant,
    /// `C_m entered it`
    pub says: Message,
    /// How it came to that.
    pub why: Why,
}

/// How to get somewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct WayView {
    /// Where it leads.
    pub goal: Goal,
    /// `Take C_m there`
    pub label: Message,
    /// How long the way is, or that no way is known.
    pub says: Message,
    /// There is a way.
    pub found: bool,
}
