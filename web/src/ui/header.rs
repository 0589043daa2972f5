//! The bar at the top: the name, time and its buttons, settings, help.

use super::icon::{self, icon};
use super::lessons::Lessons;
use super::scenes::Scenes;
use super::settings::settings_popover;
use super::share::Share;
use super::time::{Follows, Moving};
use super::transport::{TOP, transport};
use super::{Desk, locked};
use crate::hooks::{Dispatch, full_screen};
use crate::settings::{Settings, pace_of};
use crate::store::{Intent, Present, Shown};
use crate::text::{self, page, say};
use tcp_scene::address::Lock;
use tcp_scene::pace::Pace;
use tcp_scene::words::{Message, Page, Rate, Speed};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// The bar at the top.
pub(crate) fn header(shown: &Shown, on_help: &Callback<()>, dispatch: &Dispatch) -> Html {
    let settings = shown.settings;
    let onchange = dispatch.on(move |event: Event| {
        let key = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
        Intent::Set(Settings { pace: pace_of(&key.unwrap_or_default()), ..settings })
    });
    html! {
        // Where a lesson has no room for it, it is a popover, which the lesson's button opens.
        <header class="top" id={TOP} popover="auto">
            <div class="name">
                { logo() }
                <h1>{ text::NAME }</h1>
                <span class="tagline">{ shown.title.clone().unwrap_or_else(|| say(&Message::Tagline(settings.profile))) }</span>
            </div>
            <Scenes />
            <Lessons />
            { transport(shown, dispatch) }
            <div class="time">
                <Moving follows={Follows::Clock} />
                <span class="speed">{ say(&Message::Speed(speed(shown))) }</span>
            </div>
            <label class="pick">
                <span>{ page(Page::Pace) }</span>
                <select {onchange} disabled={shown.locks.time} title={locked(shown.locks.time, Lock::Time)}>
                    { for Pace::ALL[..4].iter().map(|pace| option(*pace, settings.pace)) }
                    <optgroup label={page(Page::TrueTime)}>
                        { for Pace::ALL[4..].iter().map(|pace| option(*pace, settings.pace)) }
                    </optgroup>
                </select>
            </label>
            <Share />
            { corner(shown.present, on_help, dispatch) }
            { settings_popover(Desk::Lab, settings, shown.locks.settings, dispatch) }
        </header>
    }
}

/// What is at the end of the bar: it presents the page, opens the settings, and helps.
pub(super) fn corner(now: Present, on_help: &Callback<()>, dispatch: &Dispatch) -> Html {
    let on_help = on_help.reform(|_: MouseEvent| ());
    html! {
        <>
            <button type="button" class="fill" onclick={|_: MouseEvent| full_screen()}>{ page(Page::FullScreen) }</button>
            { present(now, dispatch) }
            <button type="button" class="plain tool" popovertarget="settings" title={page(Page::Settings)}
                aria-label={page(Page::Settings)}>{ icon(icon::SETTINGS) }</button>
            <button type="button" class="plain tool ask-help" title={page(Page::Help)} aria-label={page(Page::Help)} onclick={on_help}>
                { "?" }
            </button>
        </>
    }
}

/// A pace, as one of those that are offered.
fn option(pace: Pace, chosen: Pace) -> Html {
    html! {
        <option value={pace.key()} selected={pace == chosen}>{ say(&Message::Pace(pace)) }</option>
    }
}

/// Presents the page; while it does, ends that.
fn present(now: Present, dispatch: &Dispatch) -> Html {
    let (name, next) =
        if now.is_on() { (Page::EndPresent, Present::Off) } else { (Page::Present, Present::On) };
    let onclick = dispatch.press(Intent::Present(next));
    let name = page(name);
    html! {
        <button type="button" class="plain present" title={name.clone()} aria-label={name} {onclick}>
            { icon(icon::PRESENT) }
        </button>
    }
}

/// How fast time goes.
fn speed(shown: &Shown) -> Speed {
    if shown.play.as_ref().is_some_and(|play| play.waits) {
        return Speed::AtPause;
    }
    let waits = shown.settings.pace == Pace::Steps && shown.leg.is_some();
    if shown.past && !shown.playing && !waits {
        return Speed::InThePast;
    }
    let Some(leg) = shown.leg else { return Speed::AtRest };
    if !shown.playing {
        return if waits { Speed::BetweenSteps } else { Speed::Paused };
    }
    let rate = match leg.rate {
        rate if rate >= 1.5 => Rate::Times(text::whole(rate.round())),
        rate if rate > 0.67 => Rate::Real,
        rate => Rate::Slowed(text::whole((1.0 / rate).round())),
    };
    Speed::Going(rate, shown.scene.next.as_ref().map(|coming| coming.what))
}

/// Two ends, and a segment between them.
pub(super) fn logo() -> Html {
    html! {
        <svg class="logo" viewBox="0 0 40 24" aria-hidden="true">
            <path d="M10 12h20" />
            <circle cx="8" cy="12" r="7" data-host="C" />
            <circle cx="32" cy="12" r="7" data-host="S" />
        </svg>
    }
}
