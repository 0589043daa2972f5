//! What moves between two facts, written straight to its element: the virtual DOM never sees a frame.

use crate::hooks::use_playhead;
use std::cell::RefCell;
use tcp_core::Instant;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// Keeps the text of the element that gets the returned reference, or for a `bar` its `transform`: what `write` gives
/// for the moment. Of children it may only have a text that never changes.
#[hook]
pub(crate) fn use_moving<D: PartialEq + Clone + 'static>(
    depends: D,
    bar: bool,
    write: fn(&D, Instant) -> String,
) -> NodeRef {
    let node = use_node_ref();
    let playhead = use_playhead();
    use_effect_with((node.clone(), depends), move |(node, depends)| {
        let (element, depends) = (node.cast::<Element>(), depends.clone());
        let written = RefCell::new(String::new());
        let listening = playhead.listen(move |now| {
            let fresh = write(&depends, now);
            let Some(element) = element.as_ref().filter(|_| *written.borrow() != fresh) else { return };
            if bar {
                place(element, &fresh);
            } else {
                say(element, &fresh);
            }
            written.replace(fresh);
        });
        move || drop(listening)
    });
    node
}

/// Where something is at a moment.
pub(crate) struct Spot {
    /// As a transformation.
    pub transform: String,
    /// It has met its end: the element gets a `data-gone`.
    pub gone: bool,
}

/// Keeps each child of the element that gets the returned reference at the spot of the item at the same place.
#[hook]
pub(crate) fn use_moves<T: PartialEq + Clone + 'static>(
    items: Vec<T>,
    spot: fn(&T, Instant) -> Spot,
) -> NodeRef {
    let node = use_node_ref();
    let playhead = use_playhead();
    use_effect_with((node.clone(), items), move |(node, items)| {
        let moving: Vec<(T, Element)> = items.iter().cloned().zip(children(node)).collect();
        let listening = playhead.listen(move |now| {
            for (item, element) in &moving {
                let Spot { transform, gone } = spot(item, now);
                place(element, &transform);
                if element.has_attribute("data-gone") != gone {
                    // Refused only for a name that no attribute can have.
                    let _ = element.toggle_attribute_with_force("data-gone", gone);
                }
            }
        });
        move || drop(listening)
    });
    node
}

/// Keeps the `transform` of each child of the element that gets the returned reference, whatever the time is. A style,
/// unlike an attribute, can be animated by a transition.
#[hook]
pub(crate) fn use_places(places: Vec<String>) -> NodeRef {
    let node = use_node_ref();
    use_effect_with((node.clone(), places), |(node, places)| {
        for (transform, element) in places.iter().zip(children(node)) {
            place(&element, transform);
        }
    });
    node
}

fn children(node: &NodeRef) -> Vec<Element> {
    let children = node.cast::<Element>().map(|element| element.children());
    children.map_or_else(Vec::new, |all| (0..all.length()).filter_map(|at| all.item(at)).collect())
}

/// Changes the text of an element that has no other children. The node stays, because a new one makes the browser lay out more.
fn say(element: &Element, text: &str) {
    match element.first_child() {
        Some(node) => node.set_node_value(Some(text)),
        None => element.set_text_content(Some(text)),
    }
}

/// Refused by no browser: `transform` takes any text.
fn place(element: &Element, transform: &str) {
    // SVG's elements have the same `style` as HTML's.
    let _ = element.unchecked_ref::<HtmlElement>().style().set_property("transform", transform);
}
