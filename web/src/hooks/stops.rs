//! One stop of the tab key for many elements: arrow keys go from one to the next.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::prelude::*;

/// The stops inside an element: all with a `tabindex`.
pub(crate) struct Stops {
    /// For the element.
    pub node: NodeRef,
    /// For the element.
    pub on_key: Callback<KeyboardEvent>,
}

/// Lets arrow keys, Home and End move the focus. This redraws nothing.
#[hook]
pub(crate) fn use_stops() -> Stops {
    let node = use_node_ref();
    let root = node.clone();
    let on_key = Callback::from(move |event: KeyboardEvent| {
        // Down and up stay in the column, if the stops name theirs.
        let fits: fn(&Element, &Element) -> bool = match event.key().as_str() {
            "ArrowDown" | "ArrowUp" => |one, other| column(one) == column(other),
            _ => |_, _| true,
        };
        let by: fn(u32, u32) -> u32 = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => |at, last| (at + 1).min(last),
            "ArrowLeft" | "ArrowUp" => |at, _| at.saturating_sub(1),
            "Home" => |_, _| 0,
            "End" => |_, last| last,
            _ => return,
        };
        if let Some(root) = root.cast::<Element>() {
            event.prevent_default();
            go(&root, event.target_dyn_into::<Element>().as_ref(), by, fits);
        }
    });
    Stops { node, on_key }
}

/// Moves the one stop of the tab key, and the focus, from a shape to another one of its drawing, which a selector finds.
pub(crate) fn stop_at(from: &Element, selector: &str) {
    let drawing = from.closest("svg").ok().flatten();
    if let Some(to) = drawing.and_then(|drawing| drawing.query_selector(selector).ok()?) {
        hand_over(from, &to);
    }
}

/// Moves the one stop of the tab key of a drawing, and the focus, to the shape that a selector finds. False if that is not
/// to be seen.
pub(crate) fn focus_stop(selector: &str) -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    let Some((document, to)) = document.and_then(|it| Some((it.clone(), it.query_selector(selector).ok()??)))
    else {
        return false;
    };
    let from = to.closest("svg").ok().flatten().and_then(|it| it.query_selector("[tabindex='0']").ok()?);
    hand_over(from.as_ref().unwrap_or(&to), &to);
    document.active_element().as_ref() == Some(&to)
}

fn hand_over(old: &Element, new: &Element) {
    let _ = old.set_attribute("tabindex", "-1");
    let _ = new.set_attribute("tabindex", "0");
    // SVG's elements have the same `focus` as HTML's.
    let _ = new.unchecked_ref::<HtmlElement>().focus();
}

fn column(stop: &Element) -> Option<String> {
    stop.get_attribute("data-column")
}

/// From a stop to the next one that fits it.
fn go(root: &Element, from: Option<&Element>, by: fn(u32, u32) -> u32, fits: fn(&Element, &Element) -> bool) {
    let Ok(stops) = root.query_selector_all("[tabindex]") else { return };
    let stop = |at: u32| stops.item(at).map(JsCast::unchecked_into::<Element>);
    let Some(last) = stops.length().checked_sub(1) else { return };
    let at = (0..=last).find(|at| stop(*at).as_ref() == from).unwrap_or(0);
    let Some(old) = stop(at) else { return };
    let steps = std::iter::successors(Some(by(at, last)), |to| Some(by(*to, last)).filter(|next| next != to));
    if let Some(new) = steps.filter_map(stop).find(|new| fits(&old, new)) {
        hand_over(&old, &new);
    }
}
