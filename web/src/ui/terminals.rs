//! The terminals: two or three of each host, and the network's console.

use super::heading;
use super::terminal::TerminalBox;
use crate::hooks::Dispatch;
use crate::settings::{Settings, Terminals};
use crate::store::{Intent, Shown};
use crate::text::{page, say};
use tcp_scene::words::Page;
use tcp_shell::TerminalId;
use yew::prelude::*;

/// Those of each host, from top to bottom.
const COLUMNS: [[TerminalId; 3]; 2] = [
    [TerminalId::ClientUpper, TerminalId::ClientLower, TerminalId::ClientThird],
    [TerminalId::ServerUpper, TerminalId::ServerLower, TerminalId::ServerThird],
];

const fn is_lower(id: TerminalId) -> bool {
    matches!(id, TerminalId::ClientLower | TerminalId::ServerLower)
}

/// All of them that are open, C_m's and S_m's beside each other.
pub(crate) fn terminals(shown: &Shown, dispatch: &Dispatch) -> Html {
    let front = shown.front;
    let views = &shown.scene.terminals;
    let room = shown.settings.terminals.map(|at| (at, front.last));
    let one = |id: TerminalId| {
        let view = views.iter().find(|view| view.id == id && view.open)?;
        let in_front = front.of_hosts.contains(&id);
        let third = id.host().and_then(TerminalId::third).filter(|_| is_lower(id));
        let adds = third.map(|third| (third, views.iter().any(|view| view.id == third && view.open)));
        Some(html! {
            <TerminalBox key={id.name()} view={view.clone()} front={in_front} {adds} locked={shown.locks.terminals} {room} />
        })
    };
    let column = |at: usize| {
        let hint = shown.scene.hosts[at].hint.as_ref().map(say);
        let last = (front.of_hosts[at] == front.last).then_some("");
        html! {
            <div class="column" data-last={last}>
                { for COLUMNS[at].into_iter().filter_map(one) }
                <p class="hint" role="status">{ hint }</p>
            </div>
        }
    };
    html! {
        <section id="terminals" class="terminals" tabindex="-1" aria-label={page(Page::Terminals)}>
            { heading(Page::Terminals) }
            <div class="columns">{ column(0) }{ column(1) }</div>
            { arrangement(shown.settings, dispatch) }
            <details class="network" open={shown.network}>
                <summary>{ page(Page::Network) }<span>{ page(Page::NetworkNote) }</span></summary>
                { one(TerminalId::Network) }
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
