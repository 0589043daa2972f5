//! A host: its state as netstat shows it, what can be typed by a click, and netstat itself.

use super::{Send, part, press, words as said};
use crate::seat::{Does, SeatShown};
use crate::text::{page, say};
use crate::ui::netstat::{COLUMNS, NETSTAT};
use crate::ui::words;
use tcp_scene::names::article_name;
use tcp_scene::words::puzzle::{Puzzle as Says, PuzzlePart as Part};
use tcp_scene::words::{Message, Page};
use tcp_scene::{SeatButton, SeatHost, SeatRow};
use yew::prelude::*;

/// The host at this side.
pub(super) fn side(shown: &SeatShown, at: usize, send: &Send) -> Html {
    let host = &shown.seat.hosts[at];
    let role = say(&Message::Role(host.host));
    let state = article_name(host.state);
    let age = shown.seat.now.since(shown.since[at]);
    html! {
        <section class="card side" aria-label={format!("{} {role}", host.name)} data-host={host.letter}>
            <h2>
                <span class="dot" data-host={host.letter} aria-hidden="true">{ host.letter }</span>
                <span class="who">{ host.name }</span><span class="role">{ role }</span>
                <span class="address">{ words(&host.address) }</span>
            </h2>
            <div class="stands" data-phase={host.phase} data-state={state}><b>{ state }</b><span class="num">{ said(Says::Age(age)) }</span></div>
            <div class="buttons">{ for host.buttons.iter().map(|button| act(button, send)) }</div>
            { netstat(host) }
        </section>
    }
}

/// It stays reachable while it makes no sense, so that the focus is not lost under it.
fn act(button: &SeatButton, send: &Send) -> Html {
    let onclick = button.enabled.then(|| press(Does::Act(button.action.clone()), send));
    let types = say(&Message::Types(button.types.to_string()));
    html! {
        <button type="button" class="act" title={types} aria-disabled={(!button.enabled).then_some("true")} {onclick}>
            { say(&Message::Button(button.label)) }
        </button>
    }
}

fn netstat(host: &SeatHost) -> Html {
    let [recv_q, send_q, local, foreign, state] = COLUMNS;
    html! {
        <div class="netstat" tabindex="0" role="region" aria-label={say(&Message::NetstatOf(host.host))}>
            <table role="table">
                <caption>{ NETSTAT }<span class="live">{ part(Part::Live) }</span></caption>
                <thead role="rowgroup"><tr role="row">
                    <th role="columnheader" class="recv-q">{ recv_q }</th>
                    <th role="columnheader" class="send-q">{ send_q }</th>
                    <th role="columnheader" class="local">{ local }</th>
                    <th role="columnheader" class="foreign">{ foreign }</th>
                    <th role="columnheader" class="state">{ state }</th>
                </tr></thead>
                <tbody role="rowgroup">{ for host.rows.iter().map(row) }</tbody>
            </table>
            if host.rows.is_empty() { <p class="none">{ page(Page::NoRows) }</p> }
            if host.more_rows > 0 { <p class="none">{ say(&Message::MoreRows(host.more_rows)) }</p> }
        </div>
    }
}

fn row(row: &SeatRow) -> Html {
    html! {
        <tr role="row" class="entry" data-phase={row.phase} data-selected={row.matters.then_some("")}>
            <td role="cell" class="recv-q">{ row.recv_q }</td>
            <td role="cell" class="send-q">{ row.send_q }</td>
            <td role="cell" class="local">{ words(&row.local) }</td>
            <td role="cell" class="foreign">{ words(&row.foreign) }</td>
            // A new state is a new element, which draws the eye once.
            <td role="cell" class="state"><b key={row.state}>{ row.state }</b></td>
        </tr>
    }
}
