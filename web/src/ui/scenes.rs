//! The menu of scenes: a field to search in, the groups, and a row for each scene.

use super::Popup;
use crate::hooks::{click, scroll_to, use_dispatch, use_shown};
use crate::store::Intent;
use crate::text::{page, say};
use std::rc::Rc;
use tcp_core::Instant;
use tcp_course::scenes::{Group, Scene, built_in};
use tcp_scene::words::{Message, Page};
use tcp_shell::ProfileName;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The menu's id, by which the browser opens and closes it.
const MENU: &str = "scenes";
/// The list's id.
const LIST: &str = "scene-list";

/// The button in the header, and the menu that it opens.
#[component]
pub(crate) fn Scenes() -> Html {
    let field = use_node_ref();
    let ontoggle = {
        let field = field.clone();
        Callback::from(move |open: bool| {
            if let Some(field) = field.cast::<HtmlInputElement>().filter(|_| open) {
                // Refused only where it is not in the page any more. What was searched for last is there to be typed over.
                let _ = field.focus();
                field.select();
            }
        })
    };
    // Natively there is nothing to compare words with.
    let draw = move |()| {
        if cfg!(test) {
            Html::default()
        } else {
            html! { <Menu field={field.clone()} /> }
        }
    };
    html! {
        <>
            <button type="button" class="scenes" popovertarget={MENU}>{ page(Page::Scenes) }{ " ▾" }</button>
            // Files are read when the menu is opened for the first time.
            <Popup id={MENU} class="menu" label={page(Page::Scenes)} {draw} keeps={true} {ontoggle} />
        </>
    }
}

#[derive(Properties, PartialEq)]
struct MenuProps {
    /// Becomes the search field.
    field: NodeRef,
}

/// What is in the menu.
#[component]
fn Menu(MenuProps { field }: &MenuProps) -> Html {
    let (shown, dispatch) = (use_shown(), use_dispatch());
    let all = use_memo((), |()| built_in().into_iter().map(Rc::new).collect::<Vec<Rc<Scene>>>());
    let query = use_state(String::new);
    let at = use_state(|| 0_usize);
    let found: Vec<Rc<Scene>> = all.iter().filter(|scene| fits(scene, &query)).cloned().collect();
    let here = (*at).min(found.len().saturating_sub(1));
    let oninput = {
        let (query, at) = (query.setter(), at.setter());
        Callback::from(move |event: InputEvent| {
            query.set(event.target_unchecked_into::<HtmlInputElement>().value());
            at.set(0);
        })
    };
    let onkeydown = {
        let (at, count, id) = (at.setter(), found.len(), found.get(here).map(|scene| row_id(scene)));
        let goes = found.iter().map(|scene| row_id(scene)).collect::<Vec<String>>();
        Callback::from(move |event: KeyboardEvent| {
            let to = match event.key().as_str() {
                "ArrowDown" => (here + 1).min(count.saturating_sub(1)),
                "ArrowUp" => here.saturating_sub(1),
                "Enter" => {
                    event.prevent_default();
                    return id.iter().for_each(|id| click(id));
                }
                _ => return,
            };
            event.prevent_default();
            at.set(to);
            goes.get(to).into_iter().for_each(|id| scroll_to(id));
        })
    };
    let choose = |scene: &Rc<Scene>| dispatch.press(Intent::Play(Rc::clone(scene)));
    let chosen = found.get(here).map(|scene| scene.id.as_str());
    let groups = Group::ALL.into_iter().filter_map(|group| {
        let of_group = found.iter().filter(|scene| scene.group == group).collect::<Vec<_>>();
        (!of_group.is_empty()).then_some((group, of_group))
    });
    let groups: Vec<(Group, Vec<&Rc<Scene>>)> = groups.collect();
    let profile = shown.settings.profile;
    html! {
        <>
            <input ref={field.clone()} type="search" role="combobox" aria-expanded="true" aria-controls={LIST}
                aria-autocomplete="list" autocomplete="off" spellcheck="false"
                aria-activedescendant={found.get(here).map(|scene| row_id(scene))}
                aria-label={say(&Message::SearchScenes(all.len()))} placeholder={say(&Message::SearchScenes(all.len()))}
                {oninput} {onkeydown} />
            <div class="groups" role="group" aria-label={page(Page::SceneGroups)}>
                { for groups.iter().map(|(group, of_group)| jump(*group, of_group.len())) }
            </div>
            <div id={LIST} class="list" role="listbox" aria-label={page(Page::Scenes)}>
                { for groups.iter().map(|(group, of_group)| html! {
                    <div role="group" id={group_id(*group)} aria-label={say(&Message::Group(*group))}>
                        <h3 aria-hidden="true">{ say(&Message::Group(*group)) }</h3>
                        { for of_group.iter().map(|scene| row(scene, profile, Some(scene.id.as_str()) == chosen, choose(scene))) }
                    </div>
                }) }
            </div>
            <p class="foot" role="status">
                { page(if found.is_empty() { Page::NoScene } else { Page::SceneKeys }) }
            </p>
        </>
    }
}

/// A button that scrolls to a group.
fn jump(group: Group, count: usize) -> Html {
    let onclick = Callback::from(move |_: MouseEvent| scroll_to(&group_id(group)));
    html! {
        <button type="button" {onclick}><span>{ say(&Message::Group(group)) }</span>{ " " }<small>{ count }</small></button>
    }
}

fn row(scene: &Scene, profile: ProfileName, here: bool, onclick: Callback<MouseEvent>) -> Html {
    let extent = Message::Extent {
        span: scene.lasts_in(profile).since(Instant::START),
        pauses: scene.pauses_in(profile).count(),
    };
    html! {
        <button type="button" id={row_id(scene)} class="row" role="option" tabindex="-1"
            aria-selected={if here { "true" } else { "false" }} popovertarget={MENU} popovertargetaction="hide" {onclick}>
            <b>{ say(&Message::Prepared(scene.title.clone())) }</b>
            <small class="num">{ say(&extent) }</small>
            <span>{ say(&Message::Prepared(scene.shows.clone())) }</span>
        </button>
    }
}

fn row_id(scene: &Scene) -> String {
    format!("scene-{}", scene.id)
}

fn group_id(group: Group) -> String {
    let place = Group::ALL.iter().position(|other| *other == group).unwrap_or_default();
    format!("scenes-{place}")
}

/// A text in small letters. The browser has the tables for that; std's would add 4 kB to the page.
fn lower(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

/// Whether all words that are searched are in what the scene says of itself, its group or its id.
fn fits(scene: &Scene, query: &str) -> bool {
    let texts = [
        say(&Message::Prepared(scene.title.clone())),
        say(&Message::Prepared(scene.shows.clone())),
        say(&Message::Group(scene.group)),
    ];
    let all = lower(&texts.join(" "));
    lower(query).split_whitespace().all(|word| all.contains(word) || scene.id.contains(word))
}
