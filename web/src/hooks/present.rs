//! Presenting: an attribute for the styles, and the whole screen if the browser gives it.

use crate::hooks::{Dispatch, full_screen};
use crate::store::{Intent, Present};
use gloo_events::EventListener;
use yew::prelude::*;

/// Presents the page, or stops. Whoever leaves the full screen by the browser's own key stops, too.
#[hook]
pub(crate) fn use_present(present: Present, dispatch: &Dispatch) {
    use_effect_with(present, |present| {
        let root = document().and_then(|document| document.document_element());
        if let Some(root) = root {
            // Refused only for names that no attribute can have.
            let _ = match present.key() {
                Some(key) => root.set_attribute("data-present", key),
                None => root.remove_attribute("data-present"),
            };
        }
    });
    use_screen(present.is_on(), dispatch.on(|()| Intent::Present(Present::Off)));
}

/// Takes the whole screen as long as the page is presented, and calls back when it is left.
#[hook]
pub(super) fn use_screen(on: bool, on_end: Callback<()>) {
    // An address presents the page without a press.
    let pressed = use_mut_ref(|| false).replace(true);
    use_effect_with(on, move |on| {
        if *on && pressed {
            full_screen();
        }
        let listener = document().filter(|_| *on).map(|document| {
            EventListener::new(&document.clone(), "fullscreenchange", move |_| {
                if document.fullscreen_element().is_none() {
                    on_end.emit(());
                }
            })
        });
        move || {
            drop(listener);
            if let Some(document) = document().filter(|document| document.fullscreen_element().is_some()) {
                document.exit_fullscreen();
            }
        }
    });
}

fn document() -> Option<web_sys::Document> {
    web_sys::window()?.document()
}
