//! The drawing as SVG text: for a page whose program has not arrived, or for a file.

use super::draw::shapes;
use super::{HEIGHT, Marks, WIDTH};
use crate::shape::{escaped, write};
use crate::words::{Message, Page, Say};
use std::fmt::{self, Write as _};

/// The drawing as SVG, with its words from a catalogue.
pub fn svg(marks: &Marks, say: Say) -> String {
    let mut out = String::with_capacity(24_000);
    // Writing to a string cannot fail.
    let _ = drawing(&mut out, marks, say);
    out
}

fn drawing(out: &mut String, marks: &Marks, say: Say) -> fmt::Result {
    write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"diagram\" viewBox=\"0 0 {WIDTH} {HEIGHT}\""
    )?;
    write!(out, " role=\"group\" aria-label=\"{}\"", escaped(&say(&Message::Page(Page::Machine))))?;
    out.write_str(if marks.beyond { " data-beyond=\"\">\n" } else { ">\n" })?;
    for part in shapes(marks, say) {
        write(out, &part)?;
        out.write_char('\n')?;
    }
    out.write_str("</svg>\n")
}
