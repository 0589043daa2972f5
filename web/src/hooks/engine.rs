//! The engine: fetched when somebody reaches for the page, or when something waits for it.

use crate::engine;
use crate::hooks::Dispatch;
use crate::state::Intent;
use gloo_events::EventListener;
use yew::platform::spawn_local;
use yew::prelude::*;

/// What a person does who is about to use the page.
const REACHES: [&str; 4] = ["pointermove", "pointerdown", "keydown", "focusin"];

/// Fetches the engine at the first reach for the page, and whenever more intents wait for it.
#[hook]
pub(crate) fn use_engine(waiting: usize, dispatch: &Dispatch) {
    let reaching = dispatch.clone();
    use_effect_with((), move |()| {
        let document = web_sys::window().and_then(|window| window.document());
        let listen = |document: &web_sys::Document| {
            REACHES.map(|reach| {
                let dispatch = reaching.clone();
                EventListener::once(document, reach, move |_| fetch(&dispatch))
            })
        };
        let listeners = document.as_ref().map(listen);
        move || drop(listeners)
    });
    let dispatch = dispatch.clone();
    use_effect_with(waiting, move |waiting| {
        if *waiting > 0 {
            fetch(&dispatch);
        }
    });
}

/// Fetches the engine, unless it is there or under way.
pub(crate) fn fetch(dispatch: &Dispatch) {
    let dispatch = dispatch.clone();
    if dispatch.course.begin_fetching() {
        spawn_local(async move {
            let engine = engine::fetch().await.ok();
            dispatch.send(engine.map_or(Intent::Missed, Intent::Came));
        });
    }
}
