//! A host's card: its state, what can be done, and its netstat.

use super::netstat::netstat;
use super::time::{Follows, Moving, running};
use super::words;
use crate::hooks::Dispatch;
use crate::store::Intent;
use crate::text::{page, say};
use std::rc::Rc;
use tcp_scene::words::{Message, Page};
use tcp_scene::{Badge, ButtonView, HostPanel};
use yew::prelude::*;

/// A host's card. `typed` is the line that was typed there last, and how many there were.
/// `still`: time cannot be changed.
pub(crate) fn host(
    panel: &HostPanel,
    typed: Option<&(usize, Rc<str>)>,
    still: bool,
    dispatch: &Dispatch,
) -> Html {
    let role = say(&panel.role);
    let title = format!("{} {role}", panel.name);
    html! {
        <section class="card host" aria-label={title} data-host={panel.letter}>
            <h2>
                <span class="dot" data-host={panel.letter} aria-hidden="true">{ panel.letter }</span>
                <span class="who">{ panel.name }</span><span class="role">{ role }</span>
                <span class="address">{ words(&panel.address) }</span>
            </h2>
            { badge(&panel.badge) }
            { rest(panel, typed, still, dispatch) }
        </section>
    }
}

/// All of the card but its state. Where there is no room for it, it is a popover, and the styles show the button that
/// opens it; where there is, the styles show it in its place, and it never opens.
fn rest(panel: &HostPanel, typed: Option<&(usize, Rc<str>)>, still: bool, dispatch: &Dispatch) -> Html {
    let id = format!("rest-{}", panel.letter);
    let name = say(&Message::MoreOf(panel.host));
    html! {
        <>
            <button type="button" class="more" popovertarget={id.clone()} title={name.clone()} aria-label={name}>
                { "⋯" }
            </button>
            <div {id} class="rest" popover="auto">
                <p class="note">{ say(&panel.note) }{ skip(&panel.badge, still, dispatch) }</p>
                <div class="buttons">{ for panel.buttons.iter().map(|button| act(button, dispatch)) }</div>
                { last_typed(panel.name, typed) }
                { netstat(panel, still, dispatch) }
            </div>
        </>
    }
}

fn badge(badge: &Badge) -> Html {
    let state = badge.node.node().label();
    html! {
        <div class="badge" data-phase={badge.phase} data-state={state}>
            <b key={state}>{ state }</b>
            <span class="age">
                if badge.stable && badge.countdown.is_none() { { page(Page::Stable) } } else { <Moving follows={Follows::Age(badge.since)} /> }
            </span>
            if let Some(countdown) = &badge.countdown { { running(countdown) } }
        </div>
    }
}

/// A wait that the clock does not hurry through can be skipped where it is shown.
fn skip(badge: &Badge, still: bool, dispatch: &Dispatch) -> Html {
    let onclick = dispatch.press(Intent::Skip);
    html! {
        if badge.long_wait && !still { <button type="button" class="skip" {onclick}>{ page(Page::SkipWait) }</button> }
    }
}

/// It stays reachable while it makes no sense, so that the focus is not lost under it.
fn act(button: &ButtonView, dispatch: &Dispatch) -> Html {
    let onclick = button.enabled.then(|| dispatch.press(Intent::Act(button.action.clone())));
    let types = say(&Message::Types(button.types.to_string()));
    html! {
        <button type="button" class="act" data-primary={button.primary.then_some("")} title={types}
            aria-disabled={(!button.enabled).then_some("true")} {onclick}>{ say(&button.label) }</button>
    }
}

/// The last line, as the terminal below shows it; a new one is typed out letter by letter.
fn last_typed(name: &str, typed: Option<&(usize, Rc<str>)>) -> Html {
    let prompt = format!("{name}$ ");
    html! {
        <p class="typed" aria-hidden="true">
            <span>{ prompt }</span>
            if let Some((count, line)) = typed { <code key={*count}>{ words(line) }</code> }
        </p>
    }
}
