//! The session over a reload of the page, where the browser keeps such things: a page in a sandboxed frame has nowhere
//! to.

use super::address::{fragment, query};
use gloo_events::EventListener;
use js_sys::Reflect;
use wasm_bindgen::JsValue;
use web_sys::{Storage, Window};
use yew::prelude::*;

/// `None` if the browser has no storage, or refuses even to look at it.
fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

/// The name under which this frame keeps its session: frames of one page share the storage, so the frame's place in
/// the page is part of it.
fn key() -> Option<String> {
    let mut key = "tcp-states.session".to_owned();
    let mut window: Window = web_sys::window()?;
    loop {
        let parent = window.parent().ok()??;
        let this: &JsValue = window.as_ref();
        if *this == JsValue::from(parent.clone()) {
            return Some(key);
        }
        let is_this = |place: &u32| Reflect::get_u32(&parent, *place).is_ok_and(|frame| frame == *this);
        let place = (0..parent.length()).find(is_this)?;
        key.push_str(&format!(".{place}"));
        window = parent;
    }
}

/// What the address asks for: a session is only kept for the same.
fn wanted() -> String {
    query() + &fragment()
}

/// The link to the session that this frame had before it was reloaded.
pub(crate) fn kept() -> Option<String> {
    let kept = storage()?.get_item(&key()?).ok()??;
    let (address, link) = kept.rsplit_once(' ')?;
    (address == wanted()).then(|| link.to_owned())
}

/// The lesson that was taken in this frame before it was reloaded, its step, and how that began.
pub(crate) fn kept_lesson() -> Option<[String; 3]> {
    let kept = storage()?.get_item(&lesson_key()?).ok()??;
    let mut words = kept.splitn(4, ' ');
    let mut next = || words.next().map(str::to_owned);
    let place = [next()?, next()?, next()?];
    (next()? == wanted()).then_some(place)
}

/// What else is kept of a frame over a reload.
#[derive(Clone, Copy)]
pub(super) enum Kept {
    /// A puzzle, and what was typed in it.
    Puzzle,
}

impl Kept {
    fn key(self) -> Option<String> {
        let Kept::Puzzle = self;
        Some(format!("{}.puzzle", key()?))
    }
}

/// What was kept of this address in this frame.
pub(super) fn kept_as(what: Kept) -> Option<String> {
    let kept = storage()?.get_item(&what.key()?).ok()??;
    let (address, text) = kept.split_once('\n')?;
    (address == wanted()).then(|| text.to_owned())
}

/// Keeps it.
pub(super) fn keep_as(what: Kept, text: Option<&str>) {
    let (Some(storage), Some(key)) = (storage(), what.key()) else { return };
    // Refused only where there is no room: then there is nothing after a reload.
    let _ = match text {
        Some(text) => storage.set_item(&key, &format!("{}\n{text}", wanted())),
        None => storage.remove_item(&key),
    };
}

fn lesson_key() -> Option<String> {
    Some(format!("{}.lesson", key()?))
}

/// Keeps the lesson that is taken, and its step, for as long as it is.
#[hook]
pub(crate) fn use_kept_lesson(place: Option<[String; 3]>) {
    use_effect_with(place, |place| {
        if let (Some(storage), Some(key)) = (storage(), lesson_key()) {
            // Refused only where there is no room: then there is nothing after a reload.
            let _ = match place {
                Some(place) => storage.set_item(&key, &format!("{} {}", place.join(" "), wanted())),
                None => storage.remove_item(&key),
            };
        }
    });
}

/// Keeps the link that `link` returns when the page is left; with none, keeps nothing.
#[hook]
pub(crate) fn use_kept(link: Callback<(), Option<String>>) {
    use_effect_with((), move |()| {
        let listener = web_sys::window()
            .map(|window| EventListener::new(&window, "pagehide", move |_| keep(link.emit(()))));
        move || drop(listener)
    });
}

fn keep(link: Option<String>) {
    let (Some(storage), Some(key)) = (storage(), key()) else { return };
    // Refused only where there is no room: then there is nothing after a reload.
    let _ = match link {
        Some(link) => storage.set_item(&key, &format!("{} {link}", wanted())),
        None => storage.remove_item(&key),
    };
}
