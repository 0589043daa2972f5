//! Scrolling. It is done when all has been drawn: to ask for a height between two changes has the browser lay out the page
//! once more.

use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use yew::prelude::*;

/// Keeps the end of the element that gets the returned reference in view, whenever `length` changes.
#[hook]
pub(crate) fn use_end_in_view(length: usize) -> NodeRef {
    let node = use_node_ref();
    use_effect_with((node.clone(), length), |(node, _)| {
        once_drawn(node, |element| element.set_scroll_top(element.scroll_height()));
    });
    node
}

/// As [`use_end_in_view`], unless somebody has scrolled away from the end.
#[hook]
pub(crate) fn use_end_followed(length: usize) -> NodeRef {
    /// What is no farther from the end than this is at the end, in pixels.
    const NEAR: i32 = 32;
    let node = use_node_ref();
    // How high the content was.
    let before = use_mut_ref(|| 0_i32);
    use_effect_with((node.clone(), length), move |(node, _)| {
        once_drawn(node, move |element| {
            let seen = element.scroll_top() + element.client_height();
            if seen + NEAR >= before.replace(element.scroll_height()) {
                element.set_scroll_top(element.scroll_height());
            }
        });
    });
    node
}

/// Keeps the place at `part` of the width, from 0 to 1, in the middle of the element that gets the returned reference,
/// where the element has to be scrolled at all.
#[hook]
pub(crate) fn use_middle_in_view(part: f64) -> NodeRef {
    let node = use_node_ref();
    use_effect_with((node.clone(), part), |(node, part)| {
        let part = *part;
        once_drawn(node, move |element| {
            let (whole, seen) = (element.scroll_width(), element.client_width());
            if whole > seen {
                let middle = f64::from(whole) * part - f64::from(seen) / 2.0;
                element.set_scroll_left(crate::text::whole(middle).try_into().unwrap_or(0));
            }
        });
    });
    node
}

/// Scrolls the element when all that is drawn now is there, and before anybody sees it.
fn once_drawn(node: &NodeRef, scroll: impl FnOnce(&Element) + 'static) {
    if let Some(element) = node.cast::<Element>() {
        spawn_local(async move { scroll(&element) });
    }
}
