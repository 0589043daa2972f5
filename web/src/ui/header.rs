//! The bar at the top: the name, time and its buttons, settings, help.

use super::icon::{self, icon};
use super::settings::settings_popover;
use super::time::{Follows, Moving};
use crate::hooks::Dispatch;
use crate::settings::{PACES, Settings, pace_key, pace_of};
use crate::store::{Intent, Shown};
use crate::text;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// The bar at the top.
pub(crate) fn header(shown: &Shown, on_help: &Callback<()>, dispatch: &Dispatch) -> Html {
    let settings = shown.settings;
    let onchange = dispatch.on(move |event: Event| {
        let key = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
        Intent::Set(Settings { pace: pace_of(&key.unwrap_or_default()), ..settings })
    });
    let on_help = on_help.reform(|_: MouseEvent| ());
    html! {
        <header class="top">
            <div class="name">
                { logo() }
                <h1>{ text::NAME }</h1>
                <span class="tagline">{ text::tagline(settings.profile) }</span>
            </div>
            { transport(shown, dispatch) }
            <div class="time">
                <Moving follows={Follows::Clock} />
                <span class="speed">{ speed(shown) }</span>
            </div>
            <label class="pick">
                <span>{ text::PACE }</span>
                <select {onchange}>{ for PACES.iter().map(|(_, key)| html! {
                    <option value={*key} selected={*key == pace_key(settings.pace)}>{ text::pace(key) }</option>
                }) }</select>
            </label>
            <button type="button" class="plain" popovertarget="settings" title={text::SETTINGS}
                aria-label={text::SETTINGS}>{ icon(icon::SETTINGS) }</button>
            <button type="button" class="plain" title={text::HELP} aria-label={text::HELP} onclick={on_help}>
                { "?" }
            </button>
            { settings_popover(settings, dispatch) }
        </header>
    }
}

/// Time's buttons.
fn transport(shown: &Shown, dispatch: &Dispatch) -> Html {
    let button = |name: &'static str, path: &'static str, intent: fn() -> Intent| {
        let onclick = dispatch.on(move |_: MouseEvent| intent());
        html! { <button type="button" title={name} aria-label={name} {onclick}>{ icon(path) }</button> }
    };
    let (play, play_icon) = if shown.playing { (text::PAUSE, icon::PAUSE) } else { (text::PLAY, icon::PLAY) };
    html! {
        <div class="transport" role="group" aria-label={text::TIME}>
            { button(text::RESET, icon::RESET, || Intent::Reset) }
            { step_back(shown.at_beginning, dispatch) }
            <span class="play">{ button(play, play_icon, || Intent::PlayOrPause) }</span>
            { button(text::STEP, icon::STEP, || Intent::Step) }
            { button(text::SKIP, icon::SKIP, || Intent::Skip) }
        </div>
    }
}

/// It stays reachable at the beginning, so that the focus is not lost under it, and says why it does nothing.
fn step_back(at_beginning: bool, dispatch: &Dispatch) -> Html {
    let onclick = dispatch.on(|_: MouseEvent| Intent::StepBack);
    let title = if at_beginning { text::AT_BEGINNING } else { text::STEP_BACK };
    html! {
        <button type="button" {title} aria-label={text::STEP_BACK}
            aria-disabled={at_beginning.then_some("true")} {onclick}>{ icon(icon::STEP_BACK) }</button>
    }
}

/// How fast time goes, in words.
fn speed(shown: &Shown) -> String {
    let next = shown.scene.next.as_ref().map(|coming| &*coming.what);
    text::speed(shown.leg.as_ref(), shown.playing, shown.settings.pace, next, shown.past)
}

/// Two ends, and a segment between them.
fn logo() -> Html {
    html! {
        <svg class="logo" viewBox="0 0 40 24" aria-hidden="true">
            <path d="M10 12h20" />
            <circle cx="8" cy="12" r="7" data-host="C" />
            <circle cx="32" cy="12" r="7" data-host="S" />
        </svg>
    }
}
