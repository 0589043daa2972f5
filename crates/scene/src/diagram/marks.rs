//! What changes in the drawing.

use super::NodeId;
use crate::MachineView;
use crate::model::Piece;
use crate::names::Figure;

/// What changes in the drawing: who stands where, and what was taken last. Nothing by default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Where C_m's and S_m's tokens stand.
    pub tokens: [Option<NodeId>; 2],
    /// Rows of the table that are lit.
    pub lit: Vec<usize>,
    /// Further connections at a node, each node at most once.
    pub others: Vec<(NodeId, usize)>,
    /// The piece that is looked at closely.
    pub looked: Option<Piece>,
    /// The rows that each host's end of the connection took, from its first; shown where they are asked for.
    pub trails: [Vec<usize>; 2],
    /// Which part of the machine is shown.
    pub figure: Figure,
}

impl From<&MachineView> for Marks {
    fn from(view: &MachineView) -> Marks {
        let mut others: Vec<(NodeId, usize)> = Vec::new();
        for more in &view.others {
            match others.iter_mut().find(|(at, _)| *at == more.node) {
                Some((_, count)) => *count += more.count,
                None => others.push((more.node, more.count)),
            }
        }
        let lit = view.lit.iter().map(|lit| lit.row).collect();
        let trails = view.trails.clone();
        let tokens = view.tokens.each_ref().map(|token| Some(token.node));
        Marks { tokens, lit, others, trails, ..Marks::default() }
    }
}
