//! Shapes: the drawing as a small tree of elements, which a page and a text write each in its own way.

use super::Point;
use std::borrow::Cow;

/// An element of the drawing. Its tag and its attributes are those of SVG.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// `g`, `path`, `rect`, `circle` or `text`.
    pub tag: &'static str,
    /// Its attributes, in the order in which they are written.
    pub attrs: Vec<(&'static str, Cow<'static, str>)>,
    /// What it says to those who hear; `None` if it is part of something that speaks for it.
    pub words: Option<String>,
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
    pub(super) fn new(tag: &'static str) -> Shape {
        let (attrs, children) = (Vec::new(), Vec::new());
        Shape { tag, attrs, words: None, stop: Stop::Never, place: None, text: "".into(), children }
    }

    /// A group of that class.
    pub(super) fn group(class: &'static str) -> Shape {
        Shape::new("g").attr("class", class)
    }

    pub(super) fn path(class: &'static str, d: impl Into<Cow<'static, str>>) -> Shape {
        Shape::new("path").attr("class", class).attr("d", d)
    }

    /// A line of text at a point.
    pub(super) fn text(x: i16, y: i16, text: impl Into<Cow<'static, str>>) -> Shape {
        Shape { text: text.into(), ..Shape::new("text").number("x", x).number("y", y) }
    }

    /// A box with round ends.
    pub(super) fn pill(x: i16, y: i16, width: i16, height: i16) -> Shape {
        let corner = Shape::new("rect").number("x", x).number("y", y);
        corner.number("width", width).number("height", height).number("rx", height / 2)
    }

    pub(super) fn attr(mut self, name: &'static str, value: impl Into<Cow<'static, str>>) -> Shape {
        self.attrs.push((name, value.into()));
        self
    }

    pub(super) fn number(self, name: &'static str, value: i16) -> Shape {
        self.attr(name, value.to_string())
    }

    /// An attribute without a value, if `set`.
    pub(super) fn flag(self, name: &'static str, set: bool) -> Shape {
        if set { self.attr(name, "") } else { self }
    }

    pub(super) fn says(self, words: String, stop: Stop) -> Shape {
        Shape { words: Some(words), stop, ..self }
    }

    pub(super) fn with(mut self, children: impl IntoIterator<Item = Shape>) -> Shape {
        self.children.extend(children);
        self
    }
}
