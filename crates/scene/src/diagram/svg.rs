//! The drawing as SVG: for a page whose program has not arrived, or for a file.

use super::draw::shapes;
use super::{HEIGHT, Marks, WIDTH};
use crate::shape::Shape;
use crate::words::{Message, Page, Say};

/// The drawing as SVG, with its words from a catalogue.
pub fn svg(marks: &Marks, say: Say) -> String {
    sheet(marks, say).with(shapes(marks, say)).to_svg()
}

/// The room of the whole drawing, in its units.
pub(crate) const SIZE: (i32, i32) = (WIDTH as i32, HEIGHT as i32);

/// The sheet on which it is drawn.
pub(crate) fn sheet(marks: &Marks, say: Say) -> Shape {
    Shape::sheet("diagram", SIZE, say(&Message::Page(Page::Machine))).attr("data-figure", marks.figure.key())
}
