//! The room that the window has: for a lesson, and for two views beside each other.

use super::page::use_watched;
use tcp_scene::View;
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
    let phone = use_watched(|| query("(width < 40rem)"), "change", matches);
    let low = use_watched(|| query("(width < 73.75rem) or (height < 40rem)"), "change", matches);
    match (phone, low) {
        (true, _) => Room::Phone,
        (false, true) => Room::Narrow,
        (false, false) => Room::Wide,
    }
}

/// What is seen of a view: of both, the state machine alone where they have no room beside each other, as in address.css.
#[hook]
pub(crate) fn use_fitting(view: View, presented: bool) -> View {
    let wide = use_watched(|| query("(width >= 106.25rem) and (height >= 40rem)"), "change", matches);
    match view {
        View::Both if presented || !(wide || is_embedded()) => View::Machine,
        view => view,
    }
}

/// The page is in a frame of another, which is as high as this one: both have room, one below the other.
fn is_embedded() -> bool {
    let html = web_sys::window().and_then(|window| window.document()?.document_element());
    html.is_some_and(|html| html.matches("[data-embed=on]").unwrap_or(false))
}

fn query(text: &str) -> Option<EventTarget> {
    Some(web_sys::window()?.match_media(text).ok()??.into())
}

fn matches(it: &EventTarget) -> bool {
    it.unchecked_ref::<MediaQueryList>().matches()
}
