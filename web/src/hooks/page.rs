//! The page around the program: is it seen, does it want motion, which theme.

use crate::settings::Theme;
use gloo_events::EventListener;
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
    let query = use_memo((), |()| {
        window().and_then(|window| window.match_media("(prefers-reduced-motion: reduce)").ok().flatten())
    });
    let reduced = use_state(|| query.as_ref().as_ref().is_some_and(web_sys::MediaQueryList::matches));
    let setter = reduced.setter();
    use_effect_with((), move |()| {
        let listener = query.as_ref().clone().map(|query| {
            let watched = query.clone();
            EventListener::new(&query, "change", move |_| setter.set(watched.matches()))
        });
        move || drop(listener)
    });
    *reduced
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
