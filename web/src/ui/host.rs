//! A host's card: its state, what can be done, and its netstat.

use super::netstat::Netstat;
use super::time::{Running, Since};
use super::words;
use crate::hooks::{Dispatch, use_dispatch};
use crate::text;
use std::rc::Rc;
use tcp_core::Instant;
use tcp_scene::{Badge, ButtonView, HostPanel};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct HostProps {
    /// What is visible of it.
    pub panel: HostPanel,
    /// The line that was typed there last, and how many there were.
    pub typed: Option<(usize, Rc<str>)>,
    /// The moment that it shows.
    pub now: Instant,
}

/// A host's card.
#[component]
pub(crate) fn HostCard(HostProps { panel, typed, now }: &HostProps) -> Html {
    let dispatch = use_dispatch();
    let title = [panel.name, " ", panel.role].concat();
    html! {
        <section class="card host" aria-label={title} data-host={panel.letter}>
            <h2>
                <span class="dot" data-host={panel.letter} aria-hidden="true">{ panel.letter }</span>
                { panel.name }<span class="role">{ panel.role }</span>
                <span class="address">{ words(&panel.address) }</span>
            </h2>
            { badge(&panel.badge) }
            <p class="note">{ words(&panel.note) }</p>
            <div class="buttons">{ for panel.buttons.iter().map(|button| act(button, &dispatch)) }</div>
            { last_typed(panel.name, typed.as_ref()) }
            <Netstat name={panel.name} rows={panel.rows.clone()} now={*now} />
        </section>
    }
}

fn badge(badge: &Badge) -> Html {
    html! {
        <div class="badge" data-phase={badge.phase} data-state={badge.state}>
            <b key={badge.state}>{ badge.state }</b>
            <span class="age">
                if badge.stable && badge.countdown.is_none() { { text::STABLE } } else { <Since at={badge.since} /> }
            </span>
            if let Some(countdown) = &badge.countdown { <Running countdown={countdown.clone()} /> }
        </div>
    }
}

/// It stays reachable while it makes no sense, so that the focus is not lost under it.
fn act(button: &ButtonView, dispatch: &Dispatch) -> Html {
    let (dispatch, what) = (dispatch.clone(), button.clone());
    let onclick = Callback::from(move |_: MouseEvent| {
        if what.enabled {
            dispatch.act(what.terminal, what.action.clone());
        }
    });
    let types = [text::TYPES, &button.types].concat();
    html! {
        <button type="button" class={classes!("act", button.primary.then_some("primary"))} title={types}
            aria-disabled={(!button.enabled).then_some("true")} {onclick}>{ button.label }</button>
    }
}

/// The last line, as it stands in the terminal below; a new one writes itself.
fn last_typed(name: &str, typed: Option<&(usize, Rc<str>)>) -> Html {
    let prompt = [name, "$ "].concat();
    html! {
        <p class="typed" aria-hidden="true">
            <span>{ prompt }</span>
            if let Some((count, line)) = typed { <code key={*count}>{ words(line) }</code> }
        </p>
    }
}
