//! Scrolling.

use yew::prelude::*;

/// Keeps the end of the element that gets the returned reference in view, whenever `length` changes.
#[hook]
pub(crate) fn use_end_in_view(length: usize) -> NodeRef {
    let node = use_node_ref();
    use_effect_with((node.clone(), length), |(node, _)| {
        if let Some(element) = node.cast::<web_sys::Element>() {
            element.set_scroll_top(element.scroll_height());
        }
    });
    node
}
