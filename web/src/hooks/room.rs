//! The room that the window has for a lesson.

use super::page::use_watched;
use wasm_bindgen::JsCast;
use web_sys::{EventTarget, MediaQueryList};
use yew::prelude::*;

/// What the room of the page is like for a lesson.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Room {
    /// The lesson is beside the diagram.
    Wide,
    /// All of it is on one screen, and the diagram has the half in use.
    Narrow,
    /// A column.
    Phone,
}

/// The room that there is, as in lesson-narrow.css.
#[hook]
pub(crate) fn use_room() -> Room {
    fn query(text: &str) -> Option<EventTarget> {
        Some(web_sys::window()?.match_media(text).ok()??.into())
    }
    fn matches(it: &EventTarget) -> bool {
        it.unchecked_ref::<MediaQueryList>().matches()
    }
    let phone = use_watched(|| query("(width < 40rem)"), "change", matches);
    let low = use_watched(|| query("(width < 73.75rem) or (height < 40rem)"), "change", matches);
    match (phone, low) {
        (true, _) => Room::Phone,
        (false, true) => Room::Narrow,
        (false, false) => Room::Wide,
    }
}
