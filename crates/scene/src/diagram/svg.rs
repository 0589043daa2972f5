//! The drawing as SVG text: for a page whose program has not arrived, or for a file.

use super::draw::shapes;
use super::shape::Shape;
use super::{HEIGHT, Marks, WIDTH};
use crate::words::{Message, Page, Say};
use std::fmt::{self, Write};

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
        shape(out, &part)?;
        out.write_char('\n')?;
    }
    out.write_str("</svg>\n")
}

fn shape(out: &mut String, shape: &Shape) -> fmt::Result {
    write!(out, "<{}", shape.tag)?;
    for (name, value) in &shape.attrs {
        write!(out, " {name}=\"{}\"", escaped(value))?;
    }
    if let Some(place) = shape.place {
        write!(out, " transform=\"translate({} {})\"", place.x, place.y)?;
    }
    if let Some(words) = &shape.words {
        write!(out, " role=\"img\" aria-label=\"{}\"", escaped(words))?;
    }
    if shape.children.is_empty() && shape.text.is_empty() {
        return out.write_str("/>");
    }
    write!(out, ">{}", escaped(&shape.text))?;
    for child in &shape.children {
        self::shape(out, child)?;
    }
    write!(out, "</{}>", shape.tag)
}

/// What would end a text or an attribute is written by name.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
