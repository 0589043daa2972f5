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

/// The popover with this id. `locked`: time cannot be changed.
pub(crate) fn reasons(id: String, title: AttrValue, why: &Why, locked: bool, dispatch: &Dispatch) -> Html {
    let (why, dispatch) = (why.clone(), dispatch.clone());
    let draw = move |()| html! { <><h3>{ title.clone() }</h3>{ facts(&why, locked, &dispatch) }</> };
    html! { <Popup {id} class="reasons" label={page(Page::WhyTitle)} {draw} /> }
}

/// The verdict, the facts that led there, and what each end waits for.
pub(super) fn facts(why: &Why, locked: bool, dispatch: &Dispatch) -> Html {
    let (newer, first) = why.facts.split_at(why.facts.len().saturating_sub(1));
    let fact = |line: &WhyLine| reason(line, locked, dispatch);
    html! {
        <>
            if let Some(verdict) = &why.verdict {
                <p class="found">{ say(verdict) }</p>
                { for lesson_of_verdict(verdict).map(|entry| explained_in(entry, dispatch)) }
            }
            <ol>
                { for newer.iter().map(fact) }
                if why.left_out > 0 { <li><span></span><span class="left-out">{ say(&Message::LeftOut(why.left_out)) }</span></li> }
                { for first.iter().map(fact) }
                if why.goes_on { <li><span></span><span class="left-out">{ page(Page::AndBefore) }</span></li> }
            </ol>
            if !why.then.is_empty() {
                <h4>{ page(Page::IfNobodyActs) }</h4>
                <ul>{ for why.then.iter().map(|(host, text)| then(*host, text)) }</ul>
            }
            if !why.shows.is_empty() {
                <table class="shows">
                    <caption>{ page(Page::LossesShow) }</caption>
                    { for why.shows.iter().map(shows) }
                </table>
            }
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
