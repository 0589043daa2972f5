//! A pointer that is pressed on an element and drawn along it.

use web_sys::Element;
use yew::prelude::*;

/// For an element along which a pointer is drawn.
pub(crate) struct Drag {
    /// For the element by whose width places are counted, inside the one that is pressed.
    pub node: NodeRef,
    /// For the element that is pressed.
    pub on_down: Callback<PointerEvent>,
    /// For the element that is pressed.
    pub on_move: Callback<PointerEvent>,
}

/// Calls `on_place` while a pointer is down with its place, from 0 to 1, and with what part of the width a pixel is.
#[hook]
pub(crate) fn use_drag(on_place: Callback<(f64, f64)>) -> Drag {
    let node = use_node_ref();
    let (track, holder) = (node.clone(), node.clone());
    let go = Callback::from(move |event: PointerEvent| {
        let Some(track) = track.cast::<Element>() else { return };
        let rect = track.get_bounding_client_rect();
        let width = rect.width().max(1.0);
        on_place.emit((((f64::from(event.client_x()) - rect.left()) / width).clamp(0.0, 1.0), 1.0 / width));
    });
    let on_down = {
        let go = go.clone();
        Callback::from(move |event: PointerEvent| {
            if event.button() == 0 {
                // What follows comes here, too, wherever the pointer goes. Refused only if it is gone already.
                let _ = holder.cast::<Element>().map(|track| track.set_pointer_capture(event.pointer_id()));
                go.emit(event);
            }
        })
    };
    let on_move = Callback::from(move |event: PointerEvent| {
        if event.buttons() & 1 == 1 {
            go.emit(event);
        }
    });
    Drag { node, on_down, on_move }
}
