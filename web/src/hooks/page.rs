//! The page around the program: is it seen, does it want motion, which theme.

use crate::settings::Theme;
use gloo_events::EventListener;
use web_sys::{Element, HtmlDialogElement};
use yew::prelude::*;

fn window() -> Option<web_sys::Window> {
    web_sys::window()
}

/// The page can be seen: it is not in another tab.
#[hook]
pub(crate) fn use_visible() -> bool {
    let visible = use_state(|| true);
    let setter = visible.setter();
    use_effect_with((), move |()| {
        let document = window().and_then(|window| window.document());
        let listener = document.map(|document| {
            let watched = document.clone();
            EventListener::new(&document, "visibilitychange", move |_| setter.set(!watched.hidden()))
        });
        move || drop(listener)
    });
    *visible
}

/// The reader asked for less motion.
#[hook]
pub(crate) fn use_reduced_motion() -> bool {
    let reduced = use_state(|| false);
    let setter = reduced.setter();
    use_effect_with((), move |()| {
        let query =
            window().and_then(|window| window.match_media("(prefers-reduced-motion: reduce)").ok().flatten());
        let listener = query.map(|query| {
            let watched = query.clone();
            setter.set(query.matches());
            EventListener::new(&query, "change", move |_| setter.set(watched.matches()))
        });
        move || drop(listener)
    });
    *reduced
}

/// The element in which the program draws the page. Until then it shows a picture of it, and is inert.
pub(crate) fn root() -> Option<Element> {
    window()?.document()?.get_element_by_id("page")
}

/// Makes the page one that can be used, once it is drawn.
#[hook]
pub(crate) fn use_ready() {
    use_effect_with((), |()| {
        if let Some(root) = root() {
            // Refused only for names that no attribute can have.
            let _ = root.remove_attribute("inert");
            let _ = root.remove_attribute("aria-busy");
        }
    });
}

/// A reference for a dialog, and what opens it.
#[hook]
pub(crate) fn use_dialog() -> (NodeRef, Callback<()>) {
    let node = use_node_ref();
    let open = use_callback(node.clone(), |(), node| {
        if let Some(dialog) = node.cast::<HtmlDialogElement>().filter(|dialog| !dialog.open()) {
            // Refused only where it is not in the page any more.
            let _ = dialog.show_modal();
        }
    });
    (node, open)
}

/// Keeps the theme's key on the root element, where the styles look for it.
#[hook]
pub(crate) fn use_theme(theme: Theme) {
    use_effect_with(theme, |theme| {
        let root =
            window().and_then(|window| window.document()).and_then(|document| document.document_element());
        if let Some(root) = root {
            let _ = root.set_attribute("data-theme", theme.key());
        }
    });
}
