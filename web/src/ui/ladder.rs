//! The ladder: the segments of a connection in a list, the newest last, and the switch that shows it.

use crate::hooks::{Dispatch, use_dispatch, use_end_in_view, use_stops};
use crate::store::Intent;
use crate::text::{self, page, say};
use tcp_scene::address::Lock;
use tcp_scene::words::{Message, Page};
use tcp_scene::{Ladder, Rung, View};
use yew::prelude::*;

/// State machine or ladder: `view` is what is shown.
pub(crate) fn view_switch(view: View, dispatch: &Dispatch) -> Html {
    let choice = |offered: View, name: Page| {
        let onchange = dispatch.on(move |_: Event| Intent::Show(offered));
        html! {
            <label>
                <input type="radio" name="view" checked={view == offered} {onchange} />
                <span>{ page(name) }</span>
            </label>
        }
    };
    html! {
        <div class="switch" role="radiogroup" aria-label={page(Page::View)}>
            { choice(View::Machine, Page::MachineRegion) }
            { choice(View::Ladder, Page::Ladder) }
            { choice(View::Both, Page::Both) }
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct LadderProps {
    /// The segments.
    pub ladder: Ladder,
    /// Time cannot be changed.
    pub locked: bool,
}

/// The list. It is one stop of the tab key; from there arrow keys go from segment to segment.
#[component]
pub(crate) fn LadderList(LadderProps { ladder, locked }: &LadderProps) -> Html {
    let dispatch = use_dispatch();
    let stops = use_stops();
    let frame = use_end_in_view(ladder.earlier + ladder.rungs.len());
    let last = ladder.rungs.len().saturating_sub(1);
    let rung =
        |(at, rung): (usize, &Rung)| row(rung, at == last, *locked, dispatch.press(Intent::GoTo(rung.at)));
    html! {
        <div class="ladder" ref={frame} data-own-keys="" onkeydown={stops.on_key.clone()}>
            if ladder.earlier > 0 { <p class="none">{ say(&Message::EarlierSegments(ladder.earlier)) }</p> }
            <table ref={stops.node.clone()} aria-label={page(Page::Segments)}>
                <thead><tr>
                    <th scope="col" class="number">{ page(Page::RungTime) }</th>
                    <th scope="col">{ page(Page::RungSegment) }</th>
                    <th scope="col" class="number">{ "SEQ" }</th>
                    <th scope="col" class="number">{ "ACK" }</th>
                    <th scope="col" class="number">{ page(Page::RungOctets) }</th>
                    <th scope="col">{ page(Page::RungFate) }</th>
                </tr></thead>
                <tbody>{ for ladder.rungs.iter().enumerate().map(rung) }</tbody>
            </table>
            if ladder.rungs.is_empty() { <p class="none">{ page(Page::NoSegments) }</p> }
        </div>
    }
}

fn row(rung: &Rung, newest: bool, locked: bool, onclick: Callback<MouseEvent>) -> Html {
    let (way, from) = if rung.from_client { ("C → S", "C") } else { ("S → C", "S") };
    html! {
        <tr key={rung.packet.0} data-from={from} data-stopped={rung.stopped.then_some("")} {onclick}>
            <td class="number">{ text::span_ms(rung.after) }</td>
            <td>
                <button type="button" tabindex={if newest { "0" } else { "-1" }} aria-disabled={locked.then_some("true")}
                    title={super::locked(locked, Lock::Time).unwrap_or_else(|| page(Page::GoThere))}>
                    <span class="way">{ way }</span>{ " " }
                    <b data-kind={rung.kind}>{ say(&Message::Name(rung.name)) }</b>
                </button>
            </td>
            <td class="number">{ rung.seq }</td>
            <td class="number">{ rung.ack }</td>
            <td class="number">{ rung.octets }</td>
            <td class="fate">{ say(&rung.fate) }</td>
        </tr>
    }
}
