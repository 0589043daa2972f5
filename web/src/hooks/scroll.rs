//! Scrolling. It is done when all has been drawn: to ask for a height between two changes has the browser lay out the page
//! once more.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DomRect, Element};
use yew::prelude::*;

/// Keeps the end of the element that gets the returned reference in view, whenever its `length` or its `room` changes.
#[hook]
pub(crate) fn use_end_in_view(length: usize, room: impl PartialEq + 'static) -> NodeRef {
    let node = use_node_ref();
    use_effect_with((node.clone(), length, room), |(node, ..)| {
        once_drawn(node, |element| element.set_scroll_top(element.scroll_height()));
    });
    node
}

/// As [`use_end_in_view`], unless somebody has scrolled away from the end. What is now, as a part of the height from 0 to 1,
/// stays in view, however much is still to come after it.
#[hook]
pub(crate) fn use_end_followed(length: usize, now: f64) -> NodeRef {
    /// What is no farther from its place than this is there, in pixels.
    const NEAR: i32 = 32;
    let node = use_node_ref();
    // How far it was scrolled, or would have been.
    let before = use_mut_ref(|| 0_i32);
    use_effect_with((node.clone(), length), move |(node, _)| {
        once_drawn(node, move |element| {
            let (height, seen) = (element.scroll_height(), element.client_height());
            let place = (height - seen).min(middle(height, seen, now));
            if element.scroll_top() + NEAR >= before.replace(place).min(height - seen) {
                element.set_scroll_top(place);
            }
        });
    });
    node
}

/// Keeps a place, as parts of width and height from 0 to 1, in the middle of the element that gets the returned
/// reference, where the element has to be scrolled at all; also when its `room` has become another.
#[hook]
pub(crate) fn use_middle_in_view(place: [f64; 2], room: impl PartialEq + 'static) -> NodeRef {
    let node = use_node_ref();
    use_effect_with((node.clone(), place, room), |(node, [x, y], _)| {
        let (x, y) = (*x, *y);
        once_drawn(node, move |element| {
            element.set_scroll_left(middle(element.scroll_width(), element.client_width(), x));
            element.set_scroll_top(middle(element.scroll_height(), element.client_height(), y));
        });
    });
    node
}

/// Keeps what the selector finds in the element that gets the returned reference in view, whenever `which` changes: no
/// more of the page than the element is scrolled, and no farther than needed.
#[hook]
pub(crate) fn use_part_in_view(selector: &'static str, which: impl PartialEq + 'static) -> NodeRef {
    let node = use_node_ref();
    use_effect_with((node.clone(), which), move |(node, _)| {
        once_drawn(node, move |element| {
            let Ok(parts) = element.query_selector_all(selector) else { return };
            let parts = (0..parts.length()).filter_map(|at| parts.item(at)?.dyn_into::<Element>().ok());
            let parts: Vec<DomRect> = parts.map(|part| part.get_bounding_client_rect()).collect();
            let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return };
            let seen = element.get_bounding_client_rect();
            // What is higher than its place begins where that begins.
            let above = seen.top() - first.top();
            let down = (last.bottom() - seen.bottom()).min(-above);
            element.set_scroll_top(element.scroll_top() - pixels(above.ceil()) + pixels(down.ceil()));
        });
    });
    node
}

/// How far to scroll for that.
fn middle(whole: i32, seen: i32, part: f64) -> i32 {
    pixels(f64::from(whole) * part - f64::from(seen) / 2.0)
}

/// Nothing, if it is less.
fn pixels(length: f64) -> i32 {
    crate::text::whole(length).try_into().unwrap_or(0)
}

/// Scrolls the element when all that is drawn now is there, and before anybody sees it.
fn once_drawn(node: &NodeRef, scroll: impl FnOnce(&Element) + 'static) {
    if let Some(element) = node.cast::<Element>() {
        spawn_local(async move { scroll(&element) });
    }
}
