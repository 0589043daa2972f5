//! The settings, in a popover.

use super::{Desk, Popup, locked};
use crate::hooks::Dispatch;
use crate::settings::{Narration, PROFILES, Settings, Theme};
use crate::store::Intent;
use crate::text::{self, page, say};
use tcp_scene::address::Lock;
use tcp_scene::words::{Message, Page};
use web_sys::HtmlInputElement;
use yew::prelude::*;

pub(crate) fn settings_popover(desk: Desk, settings: Settings, is_locked: bool, dispatch: &Dispatch) -> Html {
    let dispatch = dispatch.clone();
    let draw = move |()| choices(desk, settings, is_locked, &dispatch);
    html! { <Popup id="settings" class="settings" label={page(Page::Settings)} {draw} /> }
}

fn choices(desk: Desk, settings: Settings, is_locked: bool, dispatch: &Dispatch) -> Html {
    html! {
        <>
            if let Some(why) = locked(is_locked, Lock::Settings) { <p>{ why }</p> }
            <fieldset disabled={is_locked}>
                <legend>{ page(Page::Theme) }</legend>
                { for Theme::ALL.into_iter().map(|theme| {
                    let set = Settings { theme, ..settings };
                    choice("radio", "theme", self::theme(theme), theme == settings.theme, [set; 2], dispatch)
                }) }
            </fieldset>
            if desk == Desk::Lab { { of_lab(settings, is_locked, dispatch) } }
            <fieldset disabled={is_locked}>
                { choice("checkbox", "keys", page(Page::Keys), !settings.silent_keys,
                    [true, false].map(|silent_keys| Settings { silent_keys, ..settings }), dispatch) }
            </fieldset>
        </>
    }
}

/// How hosts behave is part of a puzzle, and what happens in it is not read aloud.
fn of_lab(settings: Settings, is_locked: bool, dispatch: &Dispatch) -> Html {
    html! {
        <>
            <fieldset disabled={is_locked}>
                <legend>{ page(Page::Profile) }</legend>
                { for PROFILES.into_iter().map(|profile| {
                    let set = Settings { profile, ..settings };
                    let name = say(&Message::Profile(profile));
                    choice("radio", "profile", name, profile == settings.profile, [set; 2], dispatch)
                }) }
                <p>
                    { page(Page::ProfileNote) }{ " " }
                    <a href={text::FACTS_PAGE} target="_blank">{ page(Page::AllFacts) }</a>
                </p>
            </fieldset>
            <fieldset disabled={is_locked}>
                <legend>{ page(Page::Narration) }</legend>
                { for Narration::ALL.into_iter().map(|narration| {
                    let set = Settings { narration, ..settings };
                    let name = self::narration(narration);
                    choice("radio", "narration", name, narration == settings.narration, [set; 2], dispatch)
                }) }
            </fieldset>
        </>
    }
}

fn theme(theme: Theme) -> AttrValue {
    page(match theme {
        Theme::System => Page::ThemeSystem,
        Theme::Light => Page::ThemeLight,
        Theme::Dark => Page::ThemeDark,
        Theme::Contrast => Page::ThemeContrast,
    })
}

fn narration(narration: Narration) -> AttrValue {
    page(match narration {
        Narration::Steps => Page::NarrateSteps,
        Narration::States => Page::NarrateStates,
        Narration::All => Page::NarrateAll,
        Narration::Nothing => Page::NarrateNothing,
    })
}

/// `set` are the settings when it is off and when it is on.
fn choice(
    kind: &'static str,
    group: &'static str,
    name: AttrValue,
    checked: bool,
    set: [Settings; 2],
    dispatch: &Dispatch,
) -> Html {
    let onchange = dispatch.on(move |event: Event| {
        let on = event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked());
        Intent::Set(set[usize::from(on)])
    });
    html! {
        <label class="choice"><input type={kind} name={group} {checked} {onchange} />{ name }</label>
    }
}
