//! The pairs of states as a table: C_m's down, S_m's across. It is one stop of the tab key; from there arrow keys go
//! from pair to pair. A press on one that can be reached plays the way to it.

use super::Popup;
use crate::hooks::{Dispatch, use_dispatch, use_shown, use_stops};
use crate::store::Intent;
use crate::text::{page, say};
use tcp_scene::names::{LIFE, article_name};
use tcp_scene::pairs::{PairCell, PairKind, cell};
use tcp_scene::words::{Message, Page, Trip};
use yew::prelude::*;

/// The id of what is opened.
const PAIRS: &str = "pairs";

#[derive(Properties, PartialEq)]
pub(crate) struct PairsProps {
    /// Whether the present pair is read out when it changes, as `aria-live` has it.
    pub live: &'static str,
    /// The present pair.
    pub children: Html,
}

/// The present pair, as the button that opens the table, and the table.
#[component]
pub(crate) fn Pairs(PairsProps { live, children }: &PairsProps) -> Html {
    html! {
        <>
            <p class="states" aria-live={*live}>
                <button type="button" class="all" popovertarget={PAIRS} title={page(Page::AllPairs)}>
                    { children.clone() }{ " ▾" }<span class="unseen">{ " " }{ page(Page::AllPairs) }</span>
                </button>
            </p>
            <Popup id={PAIRS} class="pairs" label={page(Page::AllPairs)} draw={|()| html! { <Table /> }} />
        </>
    }
}

#[component]
fn Table() -> Html {
    let (shown, dispatch) = (use_shown(), use_dispatch());
    let stops = use_stops();
    let now = shown.scene.hosts.each_ref().map(|host| host.badge.node.state());
    let profile = shown.settings.profile;
    // The pair that is looked at.
    let seen = use_state(|| now);
    let told = cell(*seen, now, profile);
    let look = |pair| {
        let seen = seen.setter();
        Callback::from(move |()| seen.set(pair))
    };
    let states = LIFE;
    let row = |client| {
        let cells = states.map(|server| cell([client, server], now, profile));
        html! {
            <tr role="row">
                <th role="rowheader" scope="row">{ article_name(client) }</th>
                { for cells.iter().map(|it| pair(it, it.pair == *seen, &look(it.pair), &dispatch)) }
            </tr>
        }
    };
    html! {
        <>
            <header>
                <h2>{ page(Page::PairsTitle) }</h2>
                <button type="button" class="plain" aria-label={page(Page::Close)} popovertarget={PAIRS} popovertargetaction="hide">{ "✕" }</button>
            </header>
            <p class="key">{ page(Page::PairsKey) }</p>
            <div class="table" data-own-keys="" onkeydown={stops.on_key.clone()}>
                <table role="table" aria-label={page(Page::PairsTitle)} ref={stops.node.clone()}>
                    <thead role="rowgroup"><tr role="row">
                        <td role="cell">{ page(Page::PairsCorner) }</td>
                        { for states.map(|state| html! { <th role="columnheader" scope="col"><span>{ article_name(state) }</span></th> }) }
                    </tr></thead>
                    <tbody role="rowgroup">{ for states.map(row) }</tbody>
                </table>
            </div>
            <div class="looked-at" role="status" aria-live="polite" data-kind={told.kind.key()}>
                <b>{ say(&Message::Trip(Trip::Pair(told.pair))) }</b>
                <p>
                    if told.kind == PairKind::Now { { page(Page::ThereNow) }{ " " } }
                    { say(&told.says) }
                </p>
            </div>
        </>
    }
}

fn pair(cell: &PairCell, seen: bool, look: &Callback<()>, dispatch: &Dispatch) -> Html {
    let sign = match cell.kind {
        PairKind::Now => "●".into(),
        PairKind::Reachable(lines) => AttrValue::from(lines.to_string()),
        PairKind::Excluded(_) => "✕".into(),
        PairKind::NotFound => "?".into(),
    };
    let name = format!("{}: {}", say(&Message::Trip(Trip::Pair(cell.pair))), say(&cell.says));
    let plays = cell.way.found;
    let (on_focus, on_over) = (look.reform(|_: FocusEvent| ()), look.reform(|_: MouseEvent| ()));
    let onclick =
        if plays { dispatch.press(Intent::Travel(cell.way.goal)) } else { look.reform(|_: MouseEvent| ()) };
    html! {
        <td role="cell">
            <button type="button" data-kind={cell.kind.key()} data-column={article_name(cell.pair[1])}
                tabindex={if seen { "0" } else { "-1" }} aria-label={name} aria-disabled={(!plays).then_some("true")}
                popovertarget={plays.then_some(PAIRS)} popovertargetaction={plays.then_some("hide")}
                onfocus={on_focus} onmouseover={on_over} {onclick}>{ sign }</button>
        </td>
    }
}
