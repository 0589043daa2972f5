//! The drawing of the state machine (the article's Figures 1 and 4), as plain data, from [`TABLE`].
//!
//! The table says which edges there are and what is written on them; this module only says where. Every row has a place:
//! those of the figure have each their own, the rows beyond it share one for each pair of states, and their words are
//! written only while one of them is lit. All lengths are whole units of the view box, [`WIDTH`] by [`HEIGHT`]; a
//! label is [`LABEL_SIZE`] units high, which is 12 pixels when the drawing is 690 pixels wide.
//!
//! One visual language: the machine's life runs down the spine, opening at the top, closing at the bottom; the end that
//! asks is on the right above and the end that closes first on the left below, as in the article. Edges leave and enter
//! at right angles. Each node has two berths inside its ends, C on the left and S on the right, so that a token never
//! covers a word or an arrow.

mod draw;
mod edges;
mod labels;
mod marks;
mod measure;
mod nodes;
mod routes;
mod svg;
mod tall;
mod text;
mod walk;

#[cfg(test)]
mod tests;

pub use crate::names::{Figure, NodeId, article_name, phase_key, state_phase};
pub use crate::shape::Point;
pub use draw::shapes;
pub use edges::{Edge, LANES, Lane, edge, edges};
pub use marks::Marks;
pub use nodes::{NODES, Node};
pub use routes::{Anchor, Heading, Label, Route};
pub use svg::svg;
pub(crate) use svg::{SIZE, sheet};
pub use tall::{TALL, tall, tall_at};
pub use text::{dot, text_twin};
pub use walk::{around, toward};

#[cfg(doc)]
use tcp_core::tcp::TABLE;

/// Width of the view box.
pub const WIDTH: i16 = 740;
/// Height of the view box.
pub const HEIGHT: i16 = 488;
/// Font size of an edge's two lines, in units.
pub const LABEL_SIZE: f32 = 13.0;
/// Font size of a node's name, in units.
pub const NODE_SIZE: f32 = 13.5;
/// Radius of a token, in units.
pub const TOKEN_RADIUS: i16 = 12;

const fn at(x: i16, y: i16) -> Point {
    Point { x, y }
}
