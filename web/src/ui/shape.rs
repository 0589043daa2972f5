//! Shapes, as `tcp_scene` describes a drawing, as elements of the page.

use tcp_scene::shape::{Point, Shape, Stop};
use yew::prelude::*;
use yew::virtual_dom::VTag;

#[derive(Properties, PartialEq)]
pub(super) struct DrawnProps {
    pub shape: Shape,
}

/// A part of a drawing that is drawn again only if it has changed.
#[component]
pub(super) fn Drawn(DrawnProps { shape }: &DrawnProps) -> Html {
    drawn(shape)
}

/// A shape as an element of the page. [`crate::hooks::use_places`] moves it by a style, so that it can glide; the
/// attribute is for a page that is only painted.
pub(super) fn drawn(shape: &Shape) -> Html {
    let mut tag = VTag::new(shape.tag);
    for (name, value) in &shape.attrs {
        tag.add_attribute(name, value.to_string());
    }
    if let Some(Point { x, y }) = shape.place {
        tag.add_attribute("transform", format!("translate({x} {y})"));
    }
    if let Some(words) = &shape.words {
        tag.add_attribute("role", shape.role);
        tag.add_attribute("aria-label", words.clone());
    }
    match shape.stop {
        Stop::Never => {}
        Stop::ByArrow => tag.add_attribute("tabindex", "-1"),
        Stop::ByTab => tag.add_attribute("tabindex", "0"),
    }
    tag.add_children(shape.children.iter().map(drawn));
    if !shape.text.is_empty() {
        tag.add_child(shape.text.to_string().into());
    }
    tag.into()
}
