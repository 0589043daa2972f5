//! The settings, in a popover.

use crate::hooks::Dispatch;
use crate::settings::{PROFILES, Settings, Theme};
use crate::store::Intent;
use crate::text;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The settings; the browser opens and closes them.
pub(crate) fn settings_popover(settings: Settings, dispatch: &Dispatch) -> Html {
    html! {
        <div id="settings" class="settings" popover="auto" role="dialog" aria-label={text::SETTINGS}>
            <fieldset>
                <legend>{ text::THEME }</legend>
                { for Theme::ALL.into_iter().map(|theme| {
                    let set = move |_| Settings { theme, ..settings };
                    choice("radio", "theme", text::theme(theme), theme == settings.theme, set, dispatch)
                }) }
            </fieldset>
            <fieldset>
                <legend>{ text::PROFILE }</legend>
                { for PROFILES.into_iter().map(|profile| {
                    let set = move |_| Settings { profile, ..settings };
                    let name = text::profile(profile.name());
                    choice("radio", "profile", name, profile == settings.profile, set, dispatch)
                }) }
                <p>
                    { text::PROFILE_NOTE }{ " " }
                    <a href={text::FACTS_PAGE} target="_blank">{ text::ALL_FACTS }</a>
                </p>
            </fieldset>
            <fieldset>
                { choice("checkbox", "keys", text::KEYS, !settings.silent_keys,
                    move |on: bool| Settings { silent_keys: !on, ..settings }, dispatch) }
            </fieldset>
        </div>
    }
}

fn choice(
    kind: &'static str,
    group: &'static str,
    name: &'static str,
    checked: bool,
    set: impl Fn(bool) -> Settings + 'static,
    dispatch: &Dispatch,
) -> Html {
    let onchange = dispatch.on(move |event: Event| {
        let on = event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked());
        Intent::Set(set(on))
    });
    html! {
        <label class="choice"><input type={kind} name={group} {checked} {onchange} />{ name }</label>
    }
}
