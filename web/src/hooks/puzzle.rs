//! Around a puzzle: its clock, its address, the day, and what is kept of it over a reload.

use super::address::{query, shareable};
use super::page::{mark, use_visible};
use super::present::use_screen;
use super::reload::{Kept, keep_as, kept_as};
use super::storage::{keep, recall};
use crate::seat::{Does, Gait};
use crate::settings::{Settings, Terminals, Theme};
use gloo_events::EventListener;
use gloo_timers::callback::Interval;
use std::time::Duration;
use tcp_lessons::puzzle::Level;
use tcp_scene::address::LIST;
use wasm_bindgen::JsValue;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct TicksProps {
    /// How fast time goes; none if it stands.
    pub gait: Option<Gait>,
    /// Where it is sent that time has passed.
    pub send: Callback<Does>,
}

/// Lets time pass, in tenths of a second. Paused or unseen, it sets no timer.
#[component]
pub(crate) fn Ticks(TicksProps { gait, send }: &TicksProps) -> Html {
    const TICK_MS: u32 = 100;
    let visible = use_visible();
    let times = match gait {
        Some(Gait::Times(times)) if visible => Some(*times),
        _ => None,
    };
    use_effect_with((times, send.clone()), |(times, send)| {
        let ticks = times.map(|times| {
            let send = send.clone();
            let span = Duration::from_millis(u64::from(TICK_MS * times));
            Interval::new(TICK_MS, move || send.emit(Does::Pass(span)))
        });
        move || drop(ticks)
    });
    html! {}
}

/// Parameters of which each asks for something else in the place of a puzzle.
const PLACE: [&str; 7] = ["puzzle", "level", "scene", "pause", "autoplay", "lesson", "step"];

/// The query without what asks for a puzzle or something in its place.
fn others() -> String {
    // Natively there is no address.
    let query = if cfg!(test) { String::new() } else { query() };
    let stays =
        |pair: &&str| !pair.is_empty() && !PLACE.contains(&pair.split('=').next().unwrap_or_default());
    query.trim_start_matches('?').split('&').filter(stays).map(|pair| format!("&{pair}")).collect()
}

/// The address of a puzzle, from its `?`.
pub(crate) fn puzzle_link(level: Level, seed: u64) -> String {
    format!("?level={}&puzzle={seed}{}", level.key(), others())
}

/// The same as others can open it, or from its `?` where there is no such address.
pub(crate) fn shared_puzzle(level: Level, seed: u64) -> String {
    let link = format!("?level={}&puzzle={seed}", level.key());
    let here = if cfg!(test) { None } else { shareable() };
    here.map_or(link.clone(), |here| here.split('?').next().unwrap_or_default().to_owned() + &link)
}

/// The address of the lab, from its `?`.
pub(crate) fn lab_link() -> String {
    format!("?{}", others().trim_start_matches('&'))
}

/// The page is the lab from now on.
pub(crate) fn be_lab() {
    let history = web_sys::window().and_then(|window| window.history().ok());
    // Refused only where a page has no address of its own.
    let _ = history.map(|it| it.replace_state_with_url(&JsValue::NULL, "", Some(&lab_link())));
}

/// The seed of the day: its date, as 20261128.
pub(crate) fn today() -> u64 {
    if cfg!(test) {
        return 20_261_128;
    }
    let now = js_sys::Date::new_0();
    u64::from(now.get_full_year()) * 10_000 + u64::from(now.get_month() + 1) * 100 + u64::from(now.get_date())
}

/// The address of the list of lessons, from its `?`.
pub(crate) fn lessons_link() -> String {
    format!("?lesson={LIST}{}", others())
}

/// Keeps the theme on the root element, and that the terminals are below, wherever they are in the lab.
pub(crate) fn show_seat(theme: Theme) {
    mark("theme", theme.key());
    mark("terminals", Terminals::Below.key());
    // A puzzle is presented otherwise.
    unmark("present");
}

/// Takes an attribute from the root element.
fn unmark(name: &str) {
    let html = web_sys::window().and_then(|window| window.document()?.document_element());
    // Refused only for names that no attribute can have.
    let _ = html.map(|html| html.remove_attribute(&format!("data-{name}")));
}

/// Shows the theme, and writes down what somebody sets: what the address asked for is not to stay.
#[hook]
pub(crate) fn use_seat_settings(settings: Settings) {
    let first = use_mut_ref(|| true);
    use_effect_with(settings, move |settings| {
        if first.replace(false) {
            return;
        }
        let Settings { theme, silent_keys, .. } = *settings;
        show_seat(theme);
        keep(Settings { theme, silent_keys, ..recall() });
    });
}

/// Presents the puzzle: all of it is larger, on the whole screen if the browser gives it.
#[hook]
pub(crate) fn use_large(on: bool, on_end: Callback<()>) {
    use_effect_with(on, |on| if *on { mark("large", "") } else { unmark("large") });
    use_screen(on, on_end);
}

/// What was kept of the puzzle before the page was loaded again.
pub(crate) fn kept_puzzle() -> Option<String> {
    kept_as(Kept::Puzzle)
}

/// Keeps what `text` returns when the page is left.
#[hook]
pub(crate) fn use_kept_puzzle(text: Callback<(), Option<String>>) {
    use_effect_with((), move |()| {
        let listener = web_sys::window().map(|window| {
            EventListener::new(&window, "pagehide", move |_| keep_as(Kept::Puzzle, text.emit(()).as_deref()))
        });
        move || drop(listener)
    });
}
