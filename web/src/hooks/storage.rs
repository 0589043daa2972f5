//! Settings between two visits, where the browser keeps such things: a page in a sandboxed frame has nowhere to.

use super::address::query;
use super::page::{root, show_settings};
use crate::settings::{Settings, Terminals};
use yew::prelude::*;

const KEY: &str = "tcp-states.settings";

/// `None` if the browser has no storage, or refuses even to look at it.
fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// Something is kept between two visits.
pub(crate) fn keeps() -> bool {
    storage().is_some()
}

/// The settings of the last visit, or those of a first.
pub(crate) fn recall() -> Settings {
    let line = storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
    line.map(|line| Settings::read(&line)).unwrap_or_default()
}

/// Writes settings down as they are set.
pub(super) fn keep(settings: Settings) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(KEY, &settings.write());
    }
}

/// Shows the theme and where the terminals stand, which is beside the picture while somebody takes a lesson, and writes the settings down whenever they change.
#[hook]
pub(crate) fn use_settings(settings: Settings, teaches: bool) {
    let first = use_mut_ref(|| true);
    let before = use_mut_ref(|| settings.terminals);
    use_effect_with((settings, teaches), move |(settings, teaches)| {
        let chosen = settings.terminals.unwrap_or(Terminals::Below);
        let terminals = if *teaches && chosen == Terminals::Below { Terminals::Beside } else { chosen };
        show_settings(settings.theme, terminals);
        // They went there by themselves, from below: what stands beside them is to be seen.
        if before.replace(settings.terminals).is_none()
            && settings.terminals == Some(Terminals::Beside)
            && let Some(page) = root()
        {
            page.scroll_into_view();
        }
        // What was just read needs no writing, and what an address asked for is not to stay.
        if first.replace(false) || !query().is_empty() {
            return;
        }
        keep(*settings);
    });
}
