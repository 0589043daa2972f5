//! netstat, live: a table in two lines a row, so that netstat's columns fit a narrow card.

use super::time::{Follows, Moving};
use super::why::reasons;
use super::words;
use crate::hooks::{Dispatch, use_part_in_view};
use crate::store::Intent;
use crate::text::{page, say};
use tcp_core::net::SocketId;
use tcp_scene::words::{Message, Page};
use tcp_scene::{HostPanel, NetRow};
use yew::prelude::*;

/// What it imitates.
pub(super) const NETSTAT: &str = "netstat -nat";
/// netstat's column names.
pub(super) const COLUMNS: [&str; 5] = ["Recv-Q", "Send-Q", "Local Address", "Foreign Address", "State"];

/// The table of a host, in netstat's order. `locked`: time cannot be changed.
pub(crate) fn netstat(panel: &HostPanel, locked: bool, dispatch: &Dispatch) -> Html {
    let HostPanel { host, rows, more_rows, .. } = panel;
    let [recv_q, send_q, local, foreign, state] = COLUMNS;
    html! {
        <Region label={say(&Message::NetstatOf(*host))} which={marked(rows)}>
            <table role="table">
                <caption>{ NETSTAT }</caption>
                <thead role="rowgroup"><tr role="row">
                    <th role="columnheader" class="recv-q">{ recv_q }</th>
                    <th role="columnheader" class="send-q">{ send_q }</th>
                    <th role="columnheader" class="local">{ local }</th>
                    <th role="columnheader" class="foreign">{ foreign }</th>
                    <th role="columnheader" class="state">{ state }</th>
                </tr></thead>
                <tbody role="rowgroup">
                    { for rows.iter().flat_map(|row| {
                        let reasons = row.flagged.then(|| why(row, locked, dispatch));
                        [Some(net_row(row, dispatch)), reasons].into_iter().flatten()
                    }) }
                </tbody>
            </table>
            if rows.is_empty() { <p class="none">{ page(Page::NoRows) }</p> }
            if *more_rows > 0 { <p class="none">{ say(&Message::MoreRows(*more_rows)) }</p> }
        </Region>
    }
}

/// The row of the connection that is shown: which it is, where, and whether it can be asked why.
type Marked = (SocketId, usize, bool);

fn marked(rows: &[NetRow]) -> Option<Marked> {
    let (at, row) = rows.iter().enumerate().find(|(_, row)| row.selected)?;
    Some((row.socket, at, row.flagged))
}

#[derive(Properties, PartialEq)]
struct RegionProps {
    label: AttrValue,
    which: Option<Marked>,
    children: Html,
}

/// What is scrolled, if it has to be, to the row of the connection that is shown.
#[component]
fn Region(RegionProps { label, which, children }: &RegionProps) -> Html {
    let node = use_part_in_view("[data-selected], [data-selected] + .why", *which);
    html! { <div class="netstat" tabindex="0" role="region" aria-label={label} ref={node}>{ children.clone() }</div> }
}

fn net_row(row: &NetRow, dispatch: &Dispatch) -> Html {
    // A click on the button inside comes up to the row.
    let onclick = dispatch.press(Intent::Select(row.socket));
    html! {
        <tr role="row" class="entry" key={row.socket.0} data-phase={row.phase}
            data-state={row.state} data-selected={row.selected.then_some("")} {onclick}>
            <td role="cell" class="recv-q">{ row.recv_q }</td>
            <td role="cell" class="send-q">{ row.send_q }</td>
            <td role="cell" class="local">
                <button type="button" title={page(Page::Select)} aria-pressed={row.selected.to_string()}
                    aria-label={format!("{} {} {}", row.local, row.foreign, row.state)}>
                    { words(&row.local) }
                </button>
            </td>
            <td role="cell" class="foreign">{ words(&row.foreign) }</td>
            // A new state is a new element, which draws the eye once.
            <td role="cell" class="state"><b key={row.since.as_micros().to_string()}>{ row.state }</b></td>
        </tr>
    }
}

/// A transient state that lasts too long, and on demand how it came to that: in a popover, which the browser opens and
/// closes.
fn why(row: &NetRow, locked: bool, dispatch: &Dispatch) -> Html {
    let id = format!("why-{}", row.socket.0);
    html! {
        <tr role="row" class="why" key={id.clone()}>
            <td role="cell" colspan="5">
                <button type="button" popovertarget={id.clone()}>
                    <Moving follows={Follows::SecondsSince(row.since)} />{ page(Page::Why) }
                </button>
                if let Some(told) = &row.why {
                    { reasons(id, say(&Message::LedTo(row.state)), told, locked, dispatch) }
                }
            </td>
        </tr>
    }
}
