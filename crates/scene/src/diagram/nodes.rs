//! The twelve nodes: eleven states, CLOSED twice.

use super::{Point, article_name, at, edge, state_phase};
use crate::names::NodeId;
use tcp_core::tcp::State;

impl NodeId {
    /// The node that a row of the table leads to.
    pub fn entered_by(row: usize) -> Option<NodeId> {
        Some(edge(row)?.route.to)
    }

    /// Its place and its state.
    pub fn node(self) -> &'static Node {
        &NODES[self as usize]
    }
}

/// A state's box.
#[derive(Debug, PartialEq, Eq)]
pub struct Node {
    /// Names it.
    pub id: NodeId,
    /// What it stands for.
    pub state: State,
    /// Its left edge.
    pub x: i16,
    /// Its upper edge.
    pub y: i16,
    /// Its width.
    pub w: i16,
    /// Its height.
    pub h: i16,
}

impl Node {
    /// The article's spelling.
    pub const fn label(&self) -> &'static str {
        article_name(self.state)
    }

    /// The key of its colour.
    pub const fn phase(&self) -> &'static str {
        state_phase(self.state)
    }

    /// Its middle, where the name is centred.
    pub const fn centre(&self) -> Point {
        at(self.x + self.w / 2, self.y + self.h / 2)
    }

    /// Where the centres of C_m's and S_m's tokens stand: inside its left and its right end.
    pub const fn berths(&self) -> [Point; 2] {
        let y = self.y + self.h / 2;
        [at(self.x + 15, y), at(self.x + self.w - 15, y)]
    }

    /// The middle of the badge that counts further connections: on its lower border, where no arrow begins.
    pub const fn badge(&self) -> Point {
        let left = match self.id {
            NodeId::Listen | NodeId::Established => self.w / 2,
            NodeId::TimeWait | NodeId::LastAck => self.w - 4,
            _ => 4,
        };
        at(self.x + left, self.y + self.h + 1)
    }
}

const HALF_HEIGHT: i16 = 15;

const fn node(id: NodeId, state: State, cx: i16, cy: i16) -> Node {
    let w = if matches!(state, State::Established) { 166 } else { 156 };
    Node { id, state, x: cx - w / 2, y: cy - HALF_HEIGHT, w, h: 2 * HALF_HEIGHT }
}

/// All nodes, in the order of [`NodeId`].
pub static NODES: [Node; 12] = [
    node(NodeId::Start, State::Closed, 370, 20),
    node(NodeId::Listen, State::Listen, 370, 84),
    node(NodeId::SynRecv, State::SynReceived, 113, 156),
    node(NodeId::SynSent, State::SynSent, 627, 156),
    node(NodeId::Established, State::Established, 370, 242),
    node(NodeId::FinWait1, State::FinWait1, 113, 314),
    node(NodeId::Closing, State::Closing, 370, 314),
    node(NodeId::CloseWait, State::CloseWait, 627, 314),
    node(NodeId::FinWait2, State::FinWait2, 113, 402),
    node(NodeId::TimeWait, State::TimeWait, 370, 402),
    node(NodeId::LastAck, State::LastAck, 627, 402),
    node(NodeId::End, State::Closed, 370, 466),
];
