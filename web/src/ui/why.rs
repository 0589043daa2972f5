//! Why something is as it is, in a popover.

use super::Popup;
use super::lesson::explained_in;
use crate::hooks::Dispatch;
use crate::store::Intent;
use crate::text::{self, page, say};
use tcp_core::net::HostId;
use tcp_lessons::lesson_of_verdict;
use tcp_scene::address::Lock;
use tcp_scene::words::{Message, Page};
use tcp_scene::{ShowsLine, Why, WhyLine};
use yew::prelude::*;

/// The popover with this id. `locked`: time cannot be changed. While it is open the clock stands, so that what is read stays
/// true, and stays where it is.
pub(crate) fn reasons(id: String, title: AttrValue, why: &Why, locked: bool, dispatch: &Dispatch) -> Html {
    let ontoggle = dispatch.on(Intent::Halt);
    let (why, dispatch) = (why.clone(), dispatch.clone());
    let draw = move |()| html! { <><h3>{ title.clone() }</h3>{ facts(&why, locked, &dispatch) }</> };
    html! { <Popup {id} class="reasons" label={page(Page::WhyTitle)} {draw} {ontoggle} /> }
}

/// The verdict, what other losses would show, what each end waits for, and the facts that led there. These come last: there
/// may be many.
pub(super) fn facts(why: &Why, locked: bool, dispatch: &Dispatch) -> Html {
    let fact = |line: &WhyLine| reason(line, locked, dispatch);
    let newest = why.facts.get(..why.fold.start).unwrap_or_default();
    let folded = why.facts.get(why.fold.clone()).unwrap_or_default();
    let rest = why.facts.get(why.fold.end..).unwrap_or_default();
    html! {
        <>
            if let Some(verdict) = &why.verdict {
                <p class="found">{ say(verdict) }</p>
                { for lesson_of_verdict(verdict).map(|entry| explained_in(entry, dispatch)) }
            }
            if !why.shows.is_empty() {
                <table class="shows">
                    <caption>{ page(Page::LossesShow) }</caption>
                    { for why.shows.iter().map(shows) }
                </table>
            }
            if !why.then.is_empty() {
                <h4>{ page(Page::IfNobodyActs) }</h4>
                <ul>{ for why.then.iter().map(|(host, text)| then(*host, text)) }</ul>
            }
            if !why.facts.is_empty() { <h4>{ page(Page::WhatHappened) }</h4> }
            <ol>
                { for newest.iter().map(fact) }
                if !folded.is_empty() {
                    <li class="folded"><details>
                        <summary>{ say(&Message::LeftOut(folded.len())) }</summary>
                        <ol>{ for folded.iter().map(fact) }</ol>
                    </details></li>
                }
                { for rest.iter().map(fact) }
                if why.goes_on { <li><span></span><span class="left-out">{ page(Page::AndBefore) }</span></li> }
            </ol>
        </>
    }
}

/// What a loss would show; the one that happens is marked.
fn shows(line: &ShowsLine) -> Html {
    html! {
        <tr aria-current={line.is.then_some("true")}>
            <th scope="row">{ say(&line.loss) }</th><td>{ say(&line.shows) }</td>
        </tr>
    }
}

fn then(host: HostId, text: &Message) -> Html {
    html! { <li><b>{ host.name() }</b>{ " " }{ say(text) }</li> }
}

/// It leads to its moment.
fn reason(line: &WhyLine, locked: bool, dispatch: &Dispatch) -> Html {
    let title = super::locked(locked, Lock::Time).unwrap_or_else(|| page(Page::GoThere));
    html! {
        <li>
            <button type="button" {title} aria-disabled={locked.then_some("true")}
                onclick={dispatch.press(Intent::GoTo(line.at))}><time>{ text::moment(line.at) }</time></button>
            <span>{ say(&line.text) }</span>
        </li>
    }
}
