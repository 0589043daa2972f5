//! Keys that do something wherever the focus is, but for terminals and inputs.

use gloo_events::{EventListener, EventListenerOptions};
use tcp_core::net::HostId;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

/// A shortcut.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    /// Space
    PlayOrPause,
    /// →
    Step,
    /// ←
    StepBack,
    /// .
    Skip,
    /// r
    Reset,
    /// l
    Ladder,
    /// t
    Terminals,
    /// Ctrl-Z, or ⌘Z
    Undo,
    /// Ctrl-Shift-Z, or ⌘⇧Z
    Redo,
    /// p, or Esc while the page is presented
    Present,
    /// f while the page is presented
    Firewall,
    /// . while the page is presented
    Blank,
    /// Page Down
    GoOn,
    /// ?
    Help,
    /// c or s while a lesson asks for the states of both hosts
    PickUp(HostId),
}

/// What takes all single keys for itself.
const DEAF: &str = "input, select, textarea, dialog, :popover-open, [data-own-keys]";
/// What takes even a question mark.
const ASKED: &str = "input, select, textarea, dialog";
/// What is written in, and has an undo of its own.
const WRITTEN: &str = "input, textarea, dialog, .terminal";
/// What takes the two letters that pick a host up: all that is written in, but for the choices of the question itself.
const LETTERS: &str = "input:not([type=radio]), select, textarea, dialog, :popover-open, .terminal";
/// What takes the space bar for itself.
const PRESSABLE: &str = "button, a, summary";

/// Calls `on_key` for each shortcut; for none of a single key if `silent`. There are more of them while the
/// page is presented, while a scene is played, and while a lesson asks for states.
#[hook]
pub(crate) fn use_keys(silent: bool, more: [bool; 3], on_key: Callback<Key>) {
    use_effect_with((silent, more, on_key), |(silent, more, on_key)| {
        let document = web_sys::window().and_then(|window| window.document());
        let (silent, more, on_key) = (*silent, *more, on_key.clone());
        let listener = document.map(|document| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&document, "keydown", options, move |event| {
                let pressed = event.dyn_ref();
                if let Some(key) = pressed.and_then(|event| shortcut(event, silent, more)) {
                    event.prevent_default();
                    on_key.emit(key);
                }
            })
        });
        move || drop(listener)
    });
}

fn shortcut(event: &KeyboardEvent, silent: bool, [presents, scene, asks]: [bool; 3]) -> Option<Key> {
    if event.alt_key() || event.default_prevented() {
        return None;
    }
    let target: Option<Element> = event.target()?.dyn_into().ok();
    let inside =
        |what: &str| target.as_ref().is_some_and(|it| it.closest(what).is_ok_and(|found| found.is_some()));
    if event.ctrl_key() || event.meta_key() {
        let undoes = event.key().eq_ignore_ascii_case("z") && !inside(WRITTEN);
        return undoes.then_some(if event.shift_key() { Key::Redo } else { Key::Undo });
    }
    if !silent && event.key() == "?" && !inside(ASKED) {
        return Some(Key::Help);
    }
    if !silent && asks && !presents && !inside(LETTERS) {
        match event.key().as_str() {
            "c" | "C" => return Some(Key::PickUp(HostId::Client)),
            "s" | "S" => return Some(Key::PickUp(HostId::Server)),
            _ => {}
        }
    }
    if silent || inside(DEAF) {
        return None;
    }
    match event.key().as_str() {
        " " if !inside(PRESSABLE) => Some(Key::PlayOrPause),
        "PageDown" if scene => Some(Key::GoOn),
        // A presenter's remote has these three and the space bar.
        "PageDown" if presents => Some(Key::Step),
        "PageUp" if presents => Some(Key::StepBack),
        "." if presents => Some(Key::Blank),
        "f" if presents => Some(Key::Firewall),
        "Escape" if presents => Some(Key::Present),
        "ArrowRight" => Some(Key::Step),
        "ArrowLeft" => Some(Key::StepBack),
        "." => Some(Key::Skip),
        "r" => Some(Key::Reset),
        "l" => Some(Key::Ladder),
        "t" => Some(Key::Terminals),
        "p" => Some(Key::Present),
        _ => None,
    }
}
