//! The terminals of both hosts: of each host one, chosen by a tab, so that both are in sight in a low window, too.

use super::{part, words};
use crate::hooks::{Dispatch, focus, focus_on, in_next_task, use_dispatch};
use crate::seat::SeatShown;
use crate::store::{Hand, Intent};
use crate::text::{page, say};
use crate::ui::heading;
use crate::ui::terminal::{TerminalBox, add, pane_id, printed_count};
use std::collections::BTreeMap;
use tcp_core::net::HostId;
use tcp_scene::TerminalView;
use tcp_scene::words::puzzle::{Puzzle as Says, PuzzlePart as Part};
use tcp_scene::words::{Message, Page};
use tcp_shell::TerminalId;
use yew::prelude::*;

/// Those of each host beside each other.
pub(super) fn terminals(shown: &SeatShown) -> Html {
    let column = |at: usize| {
        let of_host = &shown.seat.terminals[3 * at..3 * at + 3];
        let third = of_host.last().map(|view| (view.id, is_open(view, shown.third[at])));
        let views: Vec<TerminalView> =
            of_host.iter().filter(|view| is_open(view, shown.third[at])).cloned().collect();
        html! { <Column {views} host={HostId::ALL[at]} front={shown.front.of_hosts[at]} {third} /> }
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

#[derive(Properties, PartialEq)]
struct ColumnProps {
    /// Those that are open.
    views: Vec<TerminalView>,
    host: HostId,
    /// The one that is seen.
    front: TerminalId,
    /// The host's third one, and whether it is open.
    third: Option<(TerminalId, bool)>,
}

/// The terminals of a host.
#[component]
fn Column(ColumnProps { views, host, front, third }: &ColumnProps) -> Html {
    let dispatch = use_dispatch();
    // How much of each has been seen.
    let seen = use_mut_ref(BTreeMap::<TerminalId, usize>::new);
    let is_fresh = |view: &TerminalView| {
        let mut seen = seen.borrow_mut();
        let count = printed_count(view);
        let before = seen.entry(view.id).or_insert(count);
        if view.id == *front || count < *before {
            *before = count;
        }
        count > *before
    };
    let tabs: Html =
        views.iter().map(|view| tab(view, view.id == *front, is_fresh(view), &dispatch)).collect();
    let onkeydown = keys(views, *front, &dispatch);
    html! {
        <div class="column tabbed" data-own-keys="">
            <div class="tabs">
                <div role="tablist" aria-label={words(Says::TerminalsOf(*host))} {onkeydown}>{ tabs }</div>
                { third.map(|third| add(third, &dispatch)) }
            </div>
            { for views.iter().map(|view| {
                let tab = AttrValue::from(tab_id(view.id));
                html! { <TerminalBox key={view.id.name()} view={view.clone()} front={view.id == *front} adds={None::<(TerminalId, bool)>} locked={false} {tab} /> }
            }) }
        </div>
    }
}

fn tab_id(id: TerminalId) -> String {
    format!("tab-{}", id.name())
}

/// A tab, with the program that runs there, and a mark if something was printed that nobody has seen.
fn tab(view: &TerminalView, front: bool, fresh: bool, dispatch: &Dispatch) -> Html {
    let id = view.id;
    let onclick = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: MouseEvent| {
            dispatch.send(Intent::Use { terminal: id, hand: Hand::Presses });
            // Who points there will type there; by keyboard, the focus stays on the tabs.
            if event.detail() > 0 {
                in_next_task(move || focus_on(&format!("[data-terminal={}] form input", id.name())));
            }
        })
    };
    let program = view.running.as_deref().and_then(|line| line.split(' ').next());
    html! {
        <button key={id.name()} type="button" role="tab" id={tab_id(id)} aria-controls={pane_id(id)} aria-selected={front.to_string()}
            tabindex={if front { "0" } else { "-1" }} data-fresh={fresh.then_some("")} {onclick}>
            <span>{ say(&Message::Terminal(id)) }if program.is_some() { { ":" } }</span>
            if let Some(program) = program { <code>{ program.to_owned() }</code> }
            if fresh { <span class="unseen">{ part(Part::Fresh) }</span> }
        </button>
    }
}

/// Arrow keys go from tab to tab, round at the ends, and the terminal follows.
fn keys(views: &[TerminalView], front: TerminalId, dispatch: &Dispatch) -> Callback<KeyboardEvent> {
    let ids: Vec<TerminalId> = views.iter().map(|view| view.id).collect();
    let dispatch = dispatch.clone();
    Callback::from(move |event: KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() || event.shift_key() {
            return;
        }
        let (Some(at), last) = (ids.iter().position(|id| *id == front), ids.len() - 1) else { return };
        let to = match event.key().as_str() {
            "ArrowRight" if at < last => at + 1,
            "ArrowRight" | "Home" => 0,
            "ArrowLeft" => at.checked_sub(1).unwrap_or(last),
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        dispatch.send(Intent::Use { terminal: ids[to], hand: Hand::Presses });
        focus(&tab_id(ids[to]));
    })
}
