//! The terminals: two of each host, and the network's console.

use super::heading;
use super::terminal::TerminalBox;
use crate::hooks::Dispatch;
use crate::settings::{Settings, Terminals};
use crate::store::{Intent, Shown};
use crate::text::page;
use tcp_scene::words::Page;
use yew::prelude::*;

/// All of them, in the order of the scene.
pub(crate) fn terminals(shown: &Shown, dispatch: &Dispatch) -> Html {
    let front = shown.front;
    let one = |at: usize| {
        shown.scene.terminals.get(at).map(|view| {
            let front = front.of_hosts.contains(&view.id);
            html! { <TerminalBox view={view.clone()} {front} locked={shown.locks.terminals} /> }
        })
    };
    let last = |at: usize| (front.of_hosts[at] == front.last).then_some("");
    html! {
        <section id="terminals" class="terminals" tabindex="-1" aria-label={page(Page::Terminals)}>
            { heading(Page::Terminals) }
            <div class="columns">
                <div class="column" data-last={last(0)}>{ one(0) }{ one(1) }</div>
                <div class="column" data-last={last(1)}>{ one(2) }{ one(3) }</div>
            </div>
            { arrangement(shown.settings, dispatch) }
            <details class="network" open={shown.network}>
                <summary>{ page(Page::Network) }<span>{ page(Page::NetworkNote) }</span></summary>
                { one(4) }
            </details>
        </section>
    }
}

/// Where they stand, to be chosen.
fn arrangement(settings: Settings, dispatch: &Dispatch) -> Html {
    let now = settings.terminals.unwrap_or(Terminals::Below);
    html! {
        <div class="arrangement" role="group" aria-label={page(Page::Arrangement)}>
            { for Terminals::ALL.into_iter().map(|at| {
                let set = Settings { terminals: Some(at), ..settings };
                let onclick = dispatch.press(Intent::Set(set));
                let name = page(match at {
                    Terminals::Beside => Page::Beside,
                    Terminals::Below => Page::Below,
                    Terminals::Away => Page::Away,
                });
                html! { <button type="button" aria-pressed={(at == now).to_string()} {onclick}>{ name }</button> }
            }) }
        </div>
    }
}
