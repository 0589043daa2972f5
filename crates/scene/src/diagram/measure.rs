//! Lengths: how wide words are, and what they cover.
//!
//! Widths are estimated, generously: those of DejaVu Sans Bold, the widest of the usual faces, rounded up (an
//! edge's words are bold while it is lit).

use super::routes::Anchor;
use super::{LABEL_SIZE, Node};

/// A place as SVG has it.
pub(super) type Spot = (f32, f32);

/// An upright rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) right: f32,
    pub(super) bottom: f32,
}

impl Area {
    /// A view box.
    pub(super) fn whole(width: i16, height: i16) -> Area {
        Area { left: 0.0, top: 0.0, right: f32::from(width), bottom: f32::from(height) }.grown(0.1)
    }

    pub(super) fn of(node: &Node) -> Area {
        let [x, y, w, h] = [node.x, node.y, node.w, node.h].map(f32::from);
        Area { left: x, top: y, right: x + w, bottom: y + h }
    }

    pub(super) fn line(text: &str, x: i16, baseline: i16, anchor: Anchor) -> Area {
        /// Above and below the baseline, in em.
        const ASCENT: f32 = 0.76;
        const DESCENT: f32 = 0.22;
        let (x, y) = (f32::from(x), f32::from(baseline));
        let width = width(text) * LABEL_SIZE;
        let left = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        let (top, bottom) = (y - ASCENT * LABEL_SIZE, y + DESCENT * LABEL_SIZE);
        Area { left, top, right: left + width, bottom }
    }

    pub(super) fn grown(self, by: f32) -> Area {
        let Area { left, top, right, bottom } = self;
        Area { left: left - by, top: top - by, right: right + by, bottom: bottom + by }
    }

    pub(super) fn meets(self, other: Area) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    pub(super) fn holds(self, (x, y): Spot) -> bool {
        self.left < x && x < self.right && self.top < y && y < self.bottom
    }

    pub(super) fn holds_area(self, other: Area) -> bool {
        self.holds((other.left, other.top)) && self.holds((other.right, other.bottom))
    }
}

/// The width of a text in em.
pub(super) fn width(text: &str) -> f32 {
    text.chars().map(em).sum()
}

#[rustfmt::skip]
fn em(character: char) -> f32 {
    match character {
        'i' | 'j' | 'l' | ' ' => 0.35,
        '|' | 'I' | ':' => 0.40,
        'f' | 't' | 'r' | '_' | '–' => 0.50,
        'z' | 'c' | 's' => 0.60,
        'L' | 'x' | 'v' | 'y' | 'k' => 0.67,
        'a' | 'e' | 'o' | 'E' | 'F' | 'T' | '0'..='9' => 0.70,
        'b' | 'd' | 'g' | 'h' | 'n' | 'p' | 'q' | 'u' | 'S' | 'Y' | 'Z' | 'C' | 'P' => 0.74,
        'A' | 'B' | 'K' | 'R' | 'V' | 'X' => 0.78,
        'D' | 'G' | 'H' | 'N' | 'O' | 'Q' | 'U' => 0.86,
        'w' | 'M' => 1.00,
        'm' | 'W' => 1.11,
        // As wide as the widest but two: no letter that is not listed covers more than it is given.
        _ => 1.00,
    }
}
