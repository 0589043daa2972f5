//! What the diagram's nodes and words cover.

use super::routes::Anchor;
use super::{LABEL_SIZE, Node};
pub(super) use crate::measure::*;

impl Area {
    pub(super) fn of(node: &Node) -> Area {
        let [x, y, w, h] = [node.x, node.y, node.w, node.h].map(f32::from);
        Area { left: x, top: y, right: x + w, bottom: y + h }
    }

    pub(super) fn line(text: &str, x: i16, baseline: i16, anchor: Anchor) -> Area {
        Area::text(width(text) * LABEL_SIZE, (f32::from(x), f32::from(baseline)), anchor, LABEL_SIZE)
    }
}
