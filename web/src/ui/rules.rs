//! Rules in force: one beside the toggles, and lists of them in popovers.

use super::popup::{Beside, Popup};
use crate::hooks::{Dispatch, use_dispatch};
use crate::store::Intent;
use crate::text::{page, say};
use std::rc::Rc;
use tcp_course::Action;
use tcp_scene::RuleView;
use tcp_scene::words::{Message, Page};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// What stops something here, in a popover with this id, and what can be done to all of it.
pub(crate) fn list(
    id: &'static str,
    title: AttrValue,
    rules: &[RuleView],
    end: Html,
    locked: Option<&AttrValue>,
    dispatch: &Dispatch,
) -> Html {
    let (rules, locked, dispatch) = (rules.to_vec(), locked.cloned(), dispatch.clone());
    let row = move |rule: &RuleView| {
        html! {
            <li>
                <b>{ say(&rule.what) }</b><span>{ say(&rule.place) }</span><span class="num">{ say(&rule.taken) }</span>
                { remove(rule, locked.as_ref(), &dispatch) }
                <code>{ super::words(&rule.text) }</code>
            </li>
        }
    };
    let label = title.clone();
    let draw = move |()| {
        html! {
            <>
                <h3>{ title.clone() }</h3>
                if rules.is_empty() { <p>{ page(Page::NoRules) }</p> } else { <ul>{ for rules.iter().map(&row) }</ul> }
                { end.clone() }
            </>
        }
    };
    html! { <Popup {id} class="rules" {label} {draw} beside={Beside::ItsButton} /> }
}

/// Rules that may have room beside the toggles.
const PILLS: usize = 3;

#[derive(Properties, PartialEq)]
pub(crate) struct PillsProps {
    /// The rules in force.
    pub rules: Vec<RuleView>,
    /// Why they cannot be changed.
    pub locked: Option<AttrValue>,
}

/// The first rules, each at the place it took when it came, whatever else comes and goes.
#[component]
pub(crate) fn Pills(PillsProps { rules, locked }: &PillsProps) -> Html {
    let dispatch = use_dispatch();
    let places = use_mut_ref(|| [const { None::<Rc<str>> }; PILLS]);
    let mut places = places.borrow_mut();
    let of = |line: &Rc<str>| rules.iter().find(|rule| rule.line == *line);
    for place in places.iter_mut() {
        *place = place.take().filter(|line| of(line).is_some());
    }
    for rule in rules {
        if places.iter().flatten().all(|line| *line != rule.line)
            && let Some(free) = places.iter_mut().find(|place| place.is_none())
        {
            *free = Some(Rc::clone(&rule.line));
        }
    }
    html! {
        <div class="in-force">{ for places.iter().map(|place| match place.as_ref().and_then(of) {
            Some(rule) => pill(rule, locked.as_ref(), &dispatch),
            None => html! { <span></span> },
        }) }</div>
    }
}

/// A rule in a row of its own, as wide as it may be.
fn pill(rule: &RuleView, locked: Option<&AttrValue>, dispatch: &Dispatch) -> Html {
    html! {
        <span class="pill" title={say(&Message::Rule(rule.text.to_string()))}>
            <b>{ say(&rule.what) }</b><span>{ say(&rule.place) }</span><span class="num">{ say(&rule.taken) }</span>
            { remove(rule, locked, dispatch) }
        </span>
    }
}

fn remove(rule: &RuleView, locked: Option<&AttrValue>, dispatch: &Dispatch) -> Html {
    let onclick = {
        let press = dispatch.press(Intent::AtPrompt(Action::enter(rule.terminal, &*rule.line)));
        let free = locked.is_none();
        Callback::from(move |event: MouseEvent| {
            // Pressed by a key: the button is about to go, and the focus must not go with it.
            if let Some(next) =
                event.target_dyn_into::<Element>().filter(|_| free && event.detail() == 0).and_then(next)
            {
                // Refused only where it is not in the page any more.
                let _ = next.unchecked_into::<HtmlElement>().focus();
            }
            press.emit(event);
        })
    };
    let (what, place) = (Box::new(rule.what.clone()), Box::new(rule.place.clone()));
    let title = locked.cloned().unwrap_or_else(|| say(&Message::Types(rule.line.to_string())));
    html! {
        <button type="button" class="remove" {title} aria-disabled={locked.map(|_| "true")}
            aria-label={say(&Message::Remove { what, place })} {onclick}>{ "✕" }</button>
    }
}

/// What has the focus when the rule of this button is gone: the next rule's button or the one before, else what is beside
/// all rules.
fn next(button: Element) -> Option<Element> {
    let of = |selector: &str| button.closest(selector).ok().flatten();
    let row = of("li").and_then(|row| row.next_element_sibling().or_else(|| row.previous_element_sibling()));
    let (place, what) = row
        .map(|row| (row, ".remove"))
        .or_else(|| Some((of(".rules")?, "button:not(.remove)")))
        .or_else(|| Some((of(".firewall")?, ".force")))?;
    place.query_selector(what).ok()?
}
