//! The terminals of both hosts.

use crate::seat::SeatShown;
use crate::text::page;
use crate::ui::heading;
use crate::ui::terminal::TerminalBox;
use tcp_scene::TerminalView;
use tcp_scene::words::Page;
use tcp_shell::TerminalId;
use yew::prelude::*;

/// Those of each host beside each other.
pub(super) fn terminals(shown: &SeatShown) -> Html {
    let column = |at: usize| {
        let of_host = &shown.seat.terminals[3 * at..3 * at + 3];
        let last = (shown.front.of_hosts[at] == shown.front.last).then_some("");
        let third = of_host.last().map(|view| (view.id, is_open(view, shown.third[at])));
        html! {
            <div class="column" data-last={last}>
                { for of_host.iter().filter(|view| is_open(view, shown.third[at])).map(|view| {
                    one(view, shown.front.of_hosts.contains(&view.id), third)
                }) }
            </div>
        }
    };
    html! {
        <section id="terminals" class="terminals" tabindex="-1" aria-label={page(Page::Terminals)}>
            { heading(Page::Terminals) }
            <div class="columns">{ column(0) }{ column(1) }</div>
        </section>
    }
}

fn is_open(view: &TerminalView, opened: bool) -> bool {
    view.open || opened
}

fn one(view: &TerminalView, front: bool, third: Option<(TerminalId, bool)>) -> Html {
    let adds = third.filter(|_| matches!(view.id, TerminalId::ClientLower | TerminalId::ServerLower));
    html! { <TerminalBox key={view.id.name()} view={view.clone()} {front} {adds} locked={false} /> }
}
