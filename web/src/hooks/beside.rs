//! Where a popover opens that belongs to a button.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, window};

/// Gives the styles of a popover the place of the button that opens it, and how much room there is below it, or above.
pub(crate) fn put_beside_its_button(popover: &Element) {
    let id = popover.id();
    let button = || window()?.document()?.query_selector(&format!("[popovertarget='{id}']")).ok()?;
    let html = || window()?.document()?.document_element();
    let (Some(place), Some(html)) = (button().map(|it| it.get_bounding_client_rect()), html()) else {
        return;
    };
    let (wide, high) = (f64::from(html.client_width()), f64::from(html.client_height()));
    let (above, below) = (place.top(), high - place.bottom());
    let from_left = if place.left() + place.right() < wide {
        format!("{}px", place.left())
    } else {
        format!("calc({}px - var(--wide))", place.right())
    };
    let of_edge = |gap: f64| format!("{}px", gap + BESIDE);
    let [from_top, from_bottom] = if below >= above {
        [of_edge(place.bottom()), "auto".to_owned()]
    } else {
        ["auto".to_owned(), of_edge(high - place.top())]
    };
    let style = popover.unchecked_ref::<HtmlElement>().style();
    let room = format!("{}px", above.max(below) - 2.0 * BESIDE);
    for (name, value) in [("left", from_left), ("top", from_top), ("bottom", from_bottom)]
        .map(|(name, value)| (format!("--from-{name}"), value))
        .into_iter()
        .chain([("--room".to_owned(), room)])
    {
        // Refused only for names that no property can have.
        let _ = style.set_property(&name, &value);
    }
}

/// Between a button and what opens beside it, in pixels.
const BESIDE: f64 = 6.0;
