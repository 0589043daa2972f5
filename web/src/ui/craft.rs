//! A form that makes a segment by hand: it shows the line that it types, before it is typed.

use crate::hooks::{chosen, use_dispatch, use_shown};
use crate::store::Intent;
use crate::text::{page, say};
use std::rc::Rc;
use tcp_course::Action;
use tcp_scene::TerminalView;
use tcp_scene::address::Lock;
use tcp_scene::craft::{FIELDS, FLAGS, Fields, fields, line};
use tcp_scene::words::{Message, Page, Preset};
use tcp_shell::TerminalId;
use web_sys::HtmlElement;
use yew::prelude::*;

/// What each field is called, in the order of [`FIELDS`].
const NAMES: [Page; 10] = [
    Page::From,
    Page::Port,
    Page::To,
    Page::Port,
    Page::Flags,
    Page::SequenceNumber,
    Page::AckNumber,
    Page::Window,
    Page::Data,
    Page::Options,
];

#[derive(Properties, PartialEq)]
pub(crate) struct CraftProps {
    /// Where it comes from and goes to, as the console calls them.
    pub ends: [&'static str; 2],
}

/// The form. What was typed stays when the line was refused, and the console's answer is below it.
#[component]
pub(crate) fn Craft(CraftProps { ends: [from, to] }: &CraftProps) -> Html {
    let (dispatch, shown) = (use_dispatch(), use_shown());
    let typed = use_state(|| Rc::new(fields(from, to, None)));
    let line = line(&typed);
    let locks = shown.locks;
    let why = super::locked(locks.firewall, Lock::Firewall)
        .or_else(|| super::locked(locks.terminals, Lock::Terminals));
    let oninput = {
        let setter = typed.setter();
        move |event: InputEvent| {
            let field = event.target_dyn_into::<HtmlElement>();
            let form = field.and_then(|field| field.closest("form").ok()?);
            if let Some(form) = form.and_then(|form| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(form).ok())
            {
                let fields: Fields = FIELDS.map(|name| chosen(&form, name));
                setter.set(Rc::new(fields));
            }
        }
    };
    let onsubmit = {
        let (line, locked) = (line.clone(), why.is_some());
        move |event: SubmitEvent| {
            event.prevent_default();
            if !locked {
                dispatch.send(Intent::Act(Action::enter(TerminalId::Network, line.clone())));
            }
        }
    };
    let preset = |preset: Preset| {
        let (setter, from, to) = (typed.setter(), *from, *to);
        let onclick = move |_: MouseEvent| setter.set(Rc::new(fields(from, to, Some(preset))));
        html! { <button type="button" {onclick}>{ say(&Message::Preset(preset)) }</button> }
    };
    let field = |at: usize| {
        html! {
            <label data-field={FIELDS[at]}>
                { page(NAMES[at]) }
                <input name={FIELDS[at]} value={typed[at].clone()} autocomplete="off" spellcheck="false" />
            </label>
        }
    };
    let flag = |name: &'static str| {
        let checked = typed[4].split(',').any(|set| set == name);
        html! { <label><input type="checkbox" name={FIELDS[4]} value={name} {checked} />{ name }</label> }
    };
    html! {
        <form class="craft" aria-label={page(Page::Craft)} {oninput} {onsubmit}>
            <p class="presets">{ for Preset::ALL.map(preset) }</p>
            { for [0, 1, 2, 3].map(field) }
            <fieldset><legend>{ page(NAMES[4]) }</legend>{ for FLAGS.map(flag) }</fieldset>
            { for [5, 6, 7, 8, 9].map(field) }
            <p class="none">{ page(Page::NumbersNote) }</p>
            <code>{ &line }</code>
            <button aria-disabled={why.is_some().then_some("true")} title={why}>{ page(Page::SendSegment) }</button>
            <output class="printed">{ answer(&shown.scene.terminals, &line) }</output>
        </form>
    }
}

/// What the console printed last, if that was to this line.
fn answer(terminals: &[TerminalView], line: &str) -> Option<String> {
    let console = terminals.iter().find(|view| view.id == TerminalId::Network)?;
    let at = console.lines.iter().rposition(|printed| printed.kind == "command")?;
    let (command, printed) = console.lines.get(at..)?.split_first()?;
    let printed: Vec<&str> = printed.iter().map(|line| line.text()).collect();
    (command.text() == line).then(|| printed.join("\n"))
}
