//! Lengths: how wide words are, and what they cover.
//!
//! Widths are estimated, generously: those of DejaVu Sans Bold, the widest of the usual faces, rounded up (an edge's words
//! are bold while it is lit).

/// A place as SVG has it.
pub(crate) type Spot = (f32, f32);

/// An upright rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Area {
    pub(crate) left: f32,
    pub(crate) top: f32,
    pub(crate) right: f32,
    pub(crate) bottom: f32,
}

impl Area {
    /// A view box.
    pub(crate) fn whole(width: i16, height: i16) -> Area {
        Area { left: 0.0, top: 0.0, right: f32::from(width), bottom: f32::from(height) }.grown(0.1)
    }

    /// A line of text of this width at a point of its baseline.
    pub(crate) fn text(width: f32, (x, y): Spot, anchor: Anchor, size: f32) -> Area {
        /// Above and below the baseline, in em.
        const ASCENT: f32 = 0.76;
        const DESCENT: f32 = 0.22;
        let left = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        Area { left, top: y - ASCENT * size, right: left + width, bottom: y + DESCENT * size }
    }

    pub(crate) fn grown(self, by: f32) -> Area {
        let Area { left, top, right, bottom } = self;
        Area { left: left - by, top: top - by, right: right + by, bottom: bottom + by }
    }

    pub(crate) fn meets(self, other: Area) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    pub(crate) fn holds(self, (x, y): Spot) -> bool {
        self.left < x && x < self.right && self.top < y && y < self.bottom
    }

    pub(crate) fn holds_area(self, other: Area) -> bool {
        self.holds((other.left, other.top)) && self.holds((other.right, other.bottom))
    }
}

/// What of a line stands at its `x`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

impl Anchor {
    /// The value of SVG's `text-anchor`.
    pub const fn key(self) -> &'static str {
        match self {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        }
    }
}

/// The width of a text in em.
pub(crate) fn width(text: &str) -> f32 {
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
