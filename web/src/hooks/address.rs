//! The page's address: what is behind its `#`, and where others can open it.

use gloo_events::EventListener;
use web_sys::Location;
use yew::prelude::*;

fn location() -> Option<Location> {
    Some(web_sys::window()?.location())
}

/// What is behind the `#` of the address, with it; empty if there is nothing.
pub(crate) fn fragment() -> String {
    location().and_then(|location| location.hash().ok()).unwrap_or_default()
}

/// What the address has between `?` and `#`, with its `?`; empty if there is nothing.
pub(crate) fn query() -> String {
    location().and_then(|location| location.search().ok()).unwrap_or_default()
}

/// The address without its fragment, if others can open it: a file, or a page inside another's text, has no such
/// address.
pub(crate) fn shareable() -> Option<String> {
    let address = location()?.href().ok().filter(|address| address.starts_with("http"))?;
    Some(address.split('#').next().unwrap_or(&address).to_owned())
}

/// The same without its query.
pub(crate) fn base() -> Option<String> {
    let address = shareable()?;
    Some(address.split('?').next().unwrap_or(&address).to_owned())
}

/// Calls `on_fragment` when another fragment is put into the address of the open page.
#[hook]
pub(crate) fn use_fragment(on_fragment: Callback<String>) {
    use_effect_with((), move |()| {
        let listener = web_sys::window()
            .map(|window| EventListener::new(&window, "hashchange", move |_| on_fragment.emit(fragment())));
        move || drop(listener)
    });
}
