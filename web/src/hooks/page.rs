//! The page around the program: is it seen, does it want motion, which theme.

use crate::settings::{Terminals, Theme};
use gloo_events::EventListener;
use tcp_scene::View;
use tcp_scene::address::Address;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Document, Element, EventTarget, FocusOptions, FormData, HtmlDialogElement, HtmlDocument, HtmlElement,
    HtmlInputElement, MediaQueryList, MessageChannel,
};
use yew::prelude::*;

fn window() -> Option<web_sys::Window> {
    web_sys::window()
}

/// The page can be seen: it is not in another tab.
#[hook]
pub(crate) fn use_visible() -> bool {
    fn target() -> Option<EventTarget> {
        Some(window()?.document()?.into())
    }
    !use_watched(target, "visibilitychange", |it| it.unchecked_ref::<Document>().hidden())
}

/// The reader, or the address, asked for less motion.
#[hook]
pub(crate) fn use_reduced_motion() -> bool {
    fn target() -> Option<EventTarget> {
        let query = window()?.match_media("(prefers-reduced-motion: reduce)").ok()??;
        Some(query.into())
    }
    use_watched(target, "change", |it| {
        let asked = html().and_then(|html| html.get_attribute("data-motion"));
        it.unchecked_ref::<MediaQueryList>().matches() || asked.as_deref() == Some("reduced")
    })
}

/// What `read` finds at a target, from the first drawing on and after each `event`; false while there is no target.
#[hook]
pub(super) fn use_watched(
    target: fn() -> Option<EventTarget>,
    event: &'static str,
    read: fn(&EventTarget) -> bool,
) -> bool {
    let found = use_state_eq(|| cfg!(target_arch = "wasm32") && target().is_some_and(|target| read(&target)));
    let setter = found.setter();
    use_effect_with((), move |()| {
        let listener = target().map(|target| {
            let watched = target.clone();
            setter.set(read(&target));
            EventListener::new(&target, event, move |_| setter.set(read(&watched)))
        });
        move || drop(listener)
    });
    *found
}

/// The element in which the program draws the page. Until then it shows a picture of it, and is inert.
pub(crate) fn root() -> Option<Element> {
    window()?.document()?.get_element_by_id("page")
}

/// The elements that were painted before the program came and that a selector finds.
pub(crate) fn painted(selector: &str) -> Vec<Element> {
    let Some(found) = root().and_then(|root| root.query_selector_all(selector).ok()) else {
        return Vec::new();
    };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

/// Calls back in a task of its own, however the clock goes.
pub(crate) fn in_next_task(call: impl FnOnce() + 'static) {
    let Ok(channel) = MessageChannel::new() else { return call() };
    let (port, other) = (channel.port1(), channel.port2());
    let called = Closure::once_into_js(move || {
        channel.port1().close();
        call();
    });
    port.set_onmessage(Some(called.unchecked_ref()));
    // Refused only for what cannot be copied.
    let _ = other.post_message(&JsValue::NULL);
}

/// Makes the page one that can be used, once it is drawn.
pub(crate) fn ready() {
    if let Some(root) = root() {
        // Refused only for names that no attribute can have.
        let _ = root.remove_attribute("inert");
        let _ = root.remove_attribute("aria-busy");
    }
}

/// A reference for a dialog, and what opens it.
#[hook]
pub(crate) fn use_dialog() -> (NodeRef, Callback<()>) {
    let node = use_node_ref();
    let dialog = node.clone();
    let open = Callback::from(move |()| {
        if let Some(dialog) = dialog.cast::<HtmlDialogElement>().filter(|dialog| !dialog.open()) {
            // Refused only where it is not in the page any more.
            let _ = dialog.show_modal();
        }
    });
    (node, open)
}

/// Closes a dialog.
pub(crate) fn close(dialog: &NodeRef) {
    if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
        dialog.close();
    }
}

/// A reference for a dialog, whether it was ever opened, and what opens it: what is in it need not be drawn before.
#[hook]
pub(crate) fn use_late_dialog() -> (NodeRef, bool, Callback<()>) {
    let (node, open) = use_dialog();
    let times = use_state(|| 0_u32);
    use_effect_with(*times, move |times| {
        if *times > 0 {
            open.emit(());
        }
    });
    let ask = {
        let times = times.clone();
        Callback::from(move |()| times.set(*times + 1))
    };
    // Natively nothing opens, and all of it is looked at.
    (node, *times > 0 || cfg!(test), ask)
}

/// Presses the button with this id.
pub(crate) fn click(id: &str) {
    if let Some(button) = element(id) {
        button.click();
    }
}

/// A reference for a popover. It calls back before the browser opens it.
#[hook]
pub(crate) fn use_opens(opens: Callback<Element>) -> NodeRef {
    let node = use_node_ref();
    let popover = node.clone();
    use_effect_with((), move |()| {
        let listener = popover.cast::<Element>().map(|popover| {
            EventListener::new(&popover, "beforetoggle", move |event| {
                if let Some(popover) = event.target_dyn_into::<Element>().filter(|_| !is_open(event)) {
                    opens.emit(popover);
                }
            })
        });
        move || drop(listener)
    });
    node
}

/// The popover that was toggled is open.
pub(crate) fn is_open(event: &Event) -> bool {
    event.target_dyn_into::<Element>().is_some_and(|it| it.matches(":popover-open").unwrap_or(false))
}

/// Folds the details in the popover that was toggled: it opens again as it opened first.
pub(crate) fn fold(event: &Event) {
    let popover = event.target_dyn_into::<Element>();
    while let Some(details) = popover.as_ref().and_then(|it| it.query_selector("details[open]").ok()?) {
        // Refused only where it is not in the page any more.
        let _ = details.remove_attribute("open");
    }
}

/// The details that were toggled are unfolded.
pub(crate) fn is_unfolded(event: &Event) -> bool {
    event.target_dyn_into::<Element>().is_some_and(|it| it.has_attribute("open"))
}

/// Gives the focus to the element with this id, if there is one.
pub(crate) fn focus(id: &str) {
    if let Some(element) = element(id) {
        // Refused only where it is not in the page any more.
        let _ = element.focus();
    }
}

/// Gives the focus to the first element that a selector finds: a shape, too.
pub(crate) fn focus_on(selector: &str) {
    let found = window().and_then(|window| window.document()?.query_selector(selector).ok()?);
    if let Some(element) = found {
        // SVG's elements have the same `focus` as HTML's. Refused only where it is not in the page any more.
        let _ = element.unchecked_into::<HtmlElement>().focus();
    }
}

/// The element that a press means: what it hit, or else what is so near that a finger or an unsteady hand may mean it.
pub(crate) fn near(event: &MouseEvent, selector: &str) -> Option<Element> {
    /// In pixels: a line can be pressed as if it were 24 wide.
    const REACH: [f32; 3] = [4.0, 8.0, 12.0];
    const AROUND: [(f32, f32); 8] =
        [(0., 1.), (0., -1.), (1., 0.), (-1., 0.), (0.7, 0.7), (0.7, -0.7), (-0.7, 0.7), (-0.7, -0.7)];
    let hit = |element: Element| element.closest(selector).ok().flatten();
    let at = event.target_dyn_into::<Element>().and_then(hit);
    at.or_else(|| {
        let document = window()?.document()?;
        #[expect(clippy::cast_precision_loss, reason = "no screen is as wide")]
        let (x, y) = (event.client_x() as f32, event.client_y() as f32);
        let mut places =
            REACH.iter().flat_map(|far| AROUND.map(|(right, down)| (x + right * far, y + down * far)));
        places.find_map(|(x, y)| hit(document.element_from_point(x, y)?))
    })
}

/// A reference for an element that gets the focus at first, if it `begins` so. When the component goes while the focus is
/// in the same section, the element with this id gets it.
#[hook]
pub(crate) fn use_focus(begins: bool, after: Option<String>) -> NodeRef {
    let node = use_node_ref();
    use_effect_with(node.clone(), move |node| {
        let own = node.cast::<HtmlElement>();
        if let Some(element) = own.as_ref().filter(|_| begins) {
            // Refused only where it is not in the page any more.
            let _ = element.focus();
        }
        let section = own.and_then(|own| own.closest("section").ok()?);
        move || {
            let document = window().and_then(|window| window.document());
            let focused = document.as_ref().and_then(Document::active_element);
            // What was in the page until now may be in it still, or the body has its focus.
            let body = document.and_then(|document| document.body()).map(Element::from);
            let here = section.is_some_and(|section| section.contains(focused.as_deref()));
            if let Some(id) = after.filter(|_| here || focused == body) {
                // What is drawn next may put the elements around it into the page once more, and these lose the focus.
                in_next_task(move || focus(&id));
            }
        }
    });
    node
}

/// A reference for an element in which the first button that can be pressed gets the focus as soon as it is there.
#[hook]
pub(crate) fn use_focus_inside() -> NodeRef {
    let node = use_node_ref();
    use_effect_with(node.clone(), |node| {
        let first = node
            .cast::<Element>()
            .and_then(|element| element.query_selector("button:not([aria-disabled])").ok().flatten());
        if let Some(button) = first {
            // Refused only where it is not in the page any more.
            let _ = button.unchecked_into::<HtmlElement>().focus();
        }
    });
    node
}

/// Something of the page is selected.
pub(crate) fn selects() -> bool {
    let selection = window().and_then(|window| window.get_selection().ok()?);
    selection.is_some_and(|selection| !selection.is_collapsed())
}

/// Gives an element the focus, and scrolls nothing.
pub(crate) fn focus_in_place(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    // Refused only where it is not in the page any more.
    let _ = element.focus_with_options(&options);
}

/// Scrolls the element with this id into sight, no further than needed.
pub(crate) fn scroll_to(id: &str) {
    if let Some(element) = element(id) {
        element.scroll_into_view_with_bool(true);
    }
}

fn element(id: &str) -> Option<HtmlElement> {
    window()?.document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// A reference for a dialog that is open as long as it is drawn.
#[hook]
pub(crate) fn use_modal() -> NodeRef {
    let node = use_node_ref();
    use_effect_with(node.clone(), |node| {
        if let Some(dialog) = node.cast::<HtmlDialogElement>() {
            // Refused only where it is not in the page any more.
            let _ = dialog.show_modal();
        }
    });
    node
}

/// The values of the controls with this name in a form, joined by commas; of what can be checked, what is.
pub(crate) fn chosen(form: &HtmlElement, name: &str) -> String {
    let data = FormData::new_with_form(form.unchecked_ref());
    data.map(|data| data.get_all(name).join(",").into()).unwrap_or_default()
}

/// Copies what is in an input. False if the browser refuses.
pub(crate) fn copy(input: &HtmlInputElement) -> bool {
    input.select();
    let document: Option<HtmlDocument> =
        window().and_then(|window| window.document()).and_then(|document| document.dyn_into().ok());
    // The newer interface exists only in secure contexts, and not in every frame.
    document.is_some_and(|document| document.exec_command("copy").unwrap_or(false))
}

/// Saves what is at an address as a file of this name.
pub(crate) fn save(file: &str, address: &str) {
    let link = window().and_then(|window| window.document()?.create_element("a").ok());
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        // Refused only for names that no attribute can have.
        let _ = link.set_attribute("download", file);
        let _ = link.set_attribute("href", address);
        link.click();
    }
}

/// Reads the file that was chosen in an input as text, and calls back. The same file may be chosen again then.
pub(crate) fn read_file(event: &Event, then: impl FnOnce(String) + 'static) {
    let input = event.target_dyn_into::<HtmlInputElement>();
    let Some((input, file)) = input.and_then(|input| Some((input.clone(), input.files()?.get(0)?))) else {
        return;
    };
    let text = file.text();
    input.set_value("");
    spawn_local(async move {
        // Refused only if the file has gone meanwhile: then it is empty.
        let text = JsFuture::from(text).await.ok().and_then(|text| text.as_string());
        then(text.unwrap_or_default());
    });
}

/// The root element.
fn html() -> Option<Element> {
    window()?.document()?.document_element()
}

/// Gives the page what an address asks for and the views do not draw: the name in the tab, and attributes of the root
/// element, where the styles look for them.
pub(crate) fn dress(address: &Address) {
    let document = window().and_then(|window| window.document());
    if let Some((document, title)) = document.zip(address.title.as_ref()) {
        document.set_title(title);
    }
    // As in web/head.js. Theme and presentation change, and have hooks of their own; what is left to the page is known
    // there.
    let stays = |(name, value): &&(&str, String)| !matches!(*name, "theme" | "present") && value != "auto";
    for (name, value) in address.painted.iter().filter(stays) {
        mark(name, value);
    }
}

/// Gives the root element an attribute, for which the styles look.
pub(super) fn mark(name: &str, value: &str) {
    // Refused only for names that no attribute can have.
    let _ = html().map(|html| html.set_attribute(&format!("data-{name}"), value));
}

/// The address shows no terminals, wherever they would stand. As in web/head.js.
const NO_TERMINALS: &str =
    ":is([data-embed=on]:not([data-terminal]), [data-panels]):not([data-panels*=terminals])";

/// Keeps keys on the root element, where the styles look for them.
pub(super) fn show_settings(theme: Theme, terminals: Terminals) {
    let none = html().is_some_and(|html| html.matches(NO_TERMINALS).unwrap_or(false));
    mark("theme", theme.key());
    mark("terminals", if none { Terminals::Away } else { terminals }.key());
}

/// Shows the view between the hosts.
#[hook]
pub(crate) fn use_view(view: View) {
    use_effect_with(view, |view| mark("view", view.key()));
}

/// Makes room for the bar of a scene and for a lesson before they are drawn. With `:has()` styles would look at each change.
pub(crate) fn make_room(plays: bool, asks: Option<&str>, closed: bool) {
    // Refused only for names that no attribute can have.
    let Some(html) = html() else { return };
    let _ = html.toggle_attribute_with_force("data-playing", plays);
    let _ = html.toggle_attribute_with_force("data-closed", closed);
    let _ = asks
        .map_or_else(|| html.remove_attribute("data-lesson"), |asks| html.set_attribute("data-lesson", asks));
}

/// Fills the screen with the page. A browser grants it only to a press.
pub(crate) fn full_screen() {
    // A frame may not, and some browsers cannot.
    let _ = html().map(|html| html.request_fullscreen());
}

/// A terminal below the picture would be out of sight, and beside it there is room.
pub(crate) fn is_tight() -> bool {
    // As in layout.css.
    const TIGHT: &str = "(width >= 73.75rem) and (40rem <= height < 56.25rem)";
    window().and_then(|window| window.match_media(TIGHT).ok().flatten()).is_some_and(|query| query.matches())
}
