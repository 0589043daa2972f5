//! The bar at the top: the name, time and its buttons, settings, help.

use super::icon::{self, icon};
use super::settings::settings_popover;
use super::time::{Follows, Moving};
use crate::hooks::Dispatch;
use crate::settings::{PACES, Settings, pace_key, pace_of};
use crate::state::Intent;
use crate::text;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// The bar at the top. `speed` is how fast time goes, in words.
pub(crate) fn header(
    playing: bool,
    speed: String,
    settings: Settings,
    on_help: &Callback<()>,
    dispatch: &Dispatch,
) -> Html {
    let button = |name: &'static str, path: &'static str, intent: fn() -> Intent| {
        let onclick = dispatch.on(move |_: MouseEvent| intent());
        html! { <button type="button" title={name} aria-label={name} {onclick}>{ icon(path) }</button> }
    };
    let (play, play_icon) = if playing { (text::PAUSE, icon::PAUSE) } else { (text::PLAY, icon::PLAY) };
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
            <div class="transport" role="group" aria-label={text::TIME}>
                { button(text::RESET, icon::RESET, || Intent::Reset) }
                { button(text::STEP_BACK, icon::STEP_BACK, || Intent::StepBack) }
                <span class="play">{ button(play, play_icon, || Intent::PlayOrPause) }</span>
                { button(text::STEP, icon::STEP, || Intent::Step) }
                { button(text::SKIP, icon::SKIP, || Intent::Skip) }
            </div>
            <div class="time">
                <Moving follows={Follows::Clock} />
                <span class="speed">{ speed }</span>
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
