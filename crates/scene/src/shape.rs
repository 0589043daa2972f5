//! Shapes: a drawing as a small tree of elements, which a page and a text write each in its own way.

use std::borrow::Cow;
use std::fmt::{self, Write};

/// A point of a view box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// To the right.
    pub x: i16,
    /// Downwards.
    pub y: i16,
}

/// An element of the drawing. Its tag and its attributes are those of SVG.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// `g`, `path`, `rect`, `circle` or `text`.
    pub tag: &'static str,
    /// Its attributes, in the order in which they are written.
    pub attrs: Vec<(&'static str, Cow<'static, str>)>,
    /// What it says to those who hear; `None` if it is part of something that speaks for it.
    pub words: Option<String>,
    /// What it is to those who hear: `img`, or `button` if it can be pressed in a page.
    pub role: &'static str,
    /// The tab key, or an arrow key, can stop here.
    pub stop: Stop,
    /// It is drawn around the origin and moved here: a page may let it glide.
    pub place: Option<Point>,
    /// The text inside.
    pub text: Cow<'static, str>,
    /// What it consists of, drawn in this order.
    pub children: Vec<Shape>,
}

/// Whether the focus can be moved to a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// It cannot.
    Never,
    /// By an arrow key, from another shape of the drawing.
    ByArrow,
    /// By the tab key: the way into the drawing.
    ByTab,
}

impl Shape {
    pub(crate) fn new(tag: &'static str) -> Shape {
        let (attrs, children) = (Vec::new(), Vec::new());
        Shape {
            tag,
            attrs,
            words: None,
            role: "img",
            stop: Stop::Never,
            place: None,
            text: "".into(),
            children,
        }
    }

    /// A group of that class.
    pub(crate) fn group(class: &'static str) -> Shape {
        Shape::new("g").attr("class", class)
    }

    pub(crate) fn path(class: &'static str, d: impl Into<Cow<'static, str>>) -> Shape {
        Shape::new("path").attr("class", class).attr("d", d)
    }

    /// A line of text at a point.
    pub(crate) fn text(x: impl Into<i32>, y: impl Into<i32>, text: impl Into<Cow<'static, str>>) -> Shape {
        Shape { text: text.into(), ..Shape::new("text").number("x", x).number("y", y) }
    }

    /// What is said of a group to whoever points at it.
    pub(crate) fn title(text: impl Into<Cow<'static, str>>) -> Shape {
        Shape { text: text.into(), ..Shape::new("title") }
    }

    /// A box with round ends.
    pub(crate) fn pill(x: i16, y: i16, width: i16, height: i16) -> Shape {
        let corner = Shape::new("rect").number("x", x).number("y", y);
        corner.number("width", width).number("height", height).number("rx", height / 2)
    }

    pub(crate) fn attr(mut self, name: &'static str, value: impl Into<Cow<'static, str>>) -> Shape {
        self.attrs.push((name, value.into()));
        self
    }

    pub(crate) fn number(self, name: &'static str, value: impl Into<i32>) -> Shape {
        self.attr(name, value.into().to_string())
    }

    /// An attribute without a value, if `set`.
    pub(crate) fn flag(self, name: &'static str, set: bool) -> Shape {
        if set { self.attr(name, "") } else { self }
    }

    pub(crate) fn says(self, words: String, stop: Stop) -> Shape {
        Shape { words: Some(words), stop, ..self }
    }

    /// It can be pressed in a page.
    pub(crate) fn pressed(self) -> Shape {
        Shape { role: "button", ..self }
    }

    pub(crate) fn with(mut self, children: impl IntoIterator<Item = Shape>) -> Shape {
        self.children.extend(children);
        self
    }
}

impl Shape {
    /// A whole drawing of that class and size, named for those who hear.
    pub(crate) fn sheet(class: &'static str, (width, height): (i32, i32), name: String) -> Shape {
        let root = Shape::new("svg").attr("xmlns", "http://www.w3.org/2000/svg").attr("class", class);
        let root = root.attr("viewBox", format!("0 0 {width} {height}"));
        root.attr("role", "group").attr("aria-label", name)
    }

    /// A sheet that stands by itself is as large as its units say, which a program that draws pictures has to know.
    pub(crate) fn sized(self, (width, height): (i32, i32)) -> Shape {
        self.number("width", width).number("height", height)
    }

    /// The shape as SVG text: of a whole drawing, each part is on a line of its own.
    pub(crate) fn to_svg(&self) -> String {
        let mut out = String::with_capacity(24_000);
        // Writing to a string cannot fail.
        let _ = write(&mut out, self);
        out
    }
}

fn write(out: &mut String, shape: &Shape) -> fmt::Result {
    let end = if shape.tag == "svg" { "\n" } else { "" };
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
    write!(out, ">{}{end}", escaped(&shape.text))?;
    for child in &shape.children {
        write(out, child)?;
        out.write_str(end)?;
    }
    write!(out, "</{}>{end}", shape.tag)
}

/// What would end a text or an attribute is written by name.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
