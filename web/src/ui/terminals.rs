//! The terminals: two of each host, and the network's console.

use super::terminal::TerminalBox;
use crate::text::page;
use tcp_scene::TerminalView;
use tcp_scene::words::Page;
use yew::prelude::*;

/// All of them; `views` in the order of the scene.
pub(crate) fn terminals(views: &[TerminalView]) -> Html {
    let one = |at: usize| views.get(at).map(|view| html! { <TerminalBox view={view.clone()} /> });
    html! {
        <section class="terminals" aria-label={page(Page::Terminals)}>
            <div class="column" data-host="C">{ one(0) }{ one(1) }</div>
            <div class="column" data-host="S">{ one(2) }{ one(3) }</div>
            <details class="network">
                <summary>{ page(Page::Network) }<span>{ page(Page::NetworkNote) }</span></summary>
                { one(4) }
            </details>
        </section>
    }
}
