//! The drawing as SVG: for a page whose program has not arrived, or for a file.

use super::draw::shapes;
use super::{HEIGHT, Marks, WIDTH};
use crate::shape::Shape;
use crate::words::{Message, Page, Say};

/// The drawing as SVG, with its words from a catalogue.
pub fn svg(marks: &Marks, say: Say) -> String {
    sheet(marks, say).with(shapes(marks, say)).to_svg()
}

/// The sheet on which it is drawn.
pub(crate) fn sheet(marks: &Marks, say: Say) -> Shape {
    let size = (i32::from(WIDTH), i32::from(HEIGHT));
    Shape::sheet("diagram", size, say(&Message::Page(Page::Machine))).attr("data-figure", marks.figure.key())
}
