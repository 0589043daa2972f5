//! A lane's menu: the segments on it in a list, which stands still.

use super::Popup;
use super::chip::spoken;
use super::craft::Craft;
use super::segment::button;
use crate::hooks::{Dispatch, chosen};
use crate::store::Intent;
use crate::text::{page, say};
use tcp_core::net::{HostId, Impairment, Share};
use tcp_course::Action;
use tcp_scene::address::Lock;
use tcp_scene::words::{Message, Page};
use tcp_scene::{Flight, WireView};
use tcp_shell::{IMPAIRMENTS, TerminalId, command, share_words};
use web_sys::HtmlElement;
use yew::prelude::*;

/// Whose lanes they are, and where they lead.
const LANES: [(HostId, HostId); 2] = [(HostId::Client, HostId::Server), (HostId::Server, HostId::Client)];

/// The segments on a lane.
fn on_lane(wire: &WireView, at: usize) -> impl Iterator<Item = &Flight> {
    wire.flights.iter().filter(move |flight| flight.from_client == (at == 0))
}

/// The lane's delay, on the button that opens its menu.
pub(super) fn lane_button(wire: &WireView, at: usize) -> Html {
    let (from, to) = LANES[at];
    let (delay_ms, shares) = (wire.delay_ms[at], wire.shares[at]);
    let unplugged = wire.cables.each_ref().map(|cable| !cable.plugged);
    let segments = on_lane(wire, at).count();
    let name = say(&Message::OnLane { from, to, delay_ms, shares, unplugged, segments });
    html! {
        <button type="button" class="delay" popovertarget={id(at)} aria-label={name}>
            { say(&Message::LaneIs(delay_ms, shares, unplugged)) }{ " ▾" }
        </button>
    }
}

/// The menu. While it is open, the clock stands, so that what is chosen is still there.
pub(super) fn lane_menu(wire: &WireView, at: usize, locked: bool, dispatch: &Dispatch) -> Html {
    let (from, to) = LANES[at];
    let ontoggle = dispatch.on(Intent::Halt);
    let (wire, dispatch) = (wire.clone(), dispatch.clone());
    let draw = move |()| in_menu(&wire, at, locked, &dispatch);
    html! {
        <Popup id={id(at)} class="lane-menu" label={say(&Message::Way { from, to })} {draw} keeps={true} {ontoggle} />
    }
}

fn in_menu(wire: &WireView, at: usize, locked: bool, dispatch: &Dispatch) -> Html {
    let (from, to) = LANES[at];
    html! {
        <>
            <h3>{ say(&Message::Way { from, to }) }</h3>
            <ul>{ for on_lane(wire, at).map(|flight| html! {
                <li key={flight.packet.0}>
                    <button type="button" popovertarget={id(at)} popovertargetaction="hide"
                        onclick={dispatch.press(Intent::Pick(Some(flight.packet)))}>{ say(&spoken(flight)) }</button>
                </li>
            }) }</ul>
            if on_lane(wire, at).next().is_none() { <p class="none">{ page(Page::NothingOnWire) }</p> }
            { controls(wire, at, locked, dispatch) }
            <details><summary>{ page(Page::Craft) }</summary><Craft ends={[word(from), word(to)]} /></details>
        </>
    }
}

/// The lane's delay, which share of its segments the network treats ill, and what becomes of the next one. What was
/// changed is typed.
fn controls(wire: &WireView, at: usize, locked: bool, dispatch: &Dispatch) -> Html {
    let from = word(LANES[at].0);
    let set = dispatch.clone();
    let ms = wire.delay_ms[at].to_string();
    let shares = wire.shares[at].map(|share| share.map_or_else(|| "0".to_owned(), percent));
    let (old, old_shares) = (ms.clone(), shares.clone());
    let onsubmit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(form) = event.target_dyn_into::<HtmlElement>() else { return };
        let fields = IMPAIRMENTS.into_iter().zip(&old_shares).filter_map(|(what, old)| {
            let new = chosen(&form, command(what));
            (new != *old).then(|| format!("{} {from} {new}%", command(what)))
        });
        let mut lines: Vec<String> = fields.collect();
        let ms = chosen(&form, "ms");
        if ms != old || lines.is_empty() {
            lines.insert(0, format!("delay {from} {ms}"));
        }
        set.act(Action::enter(TerminalId::Network, lines.join("; ")));
    };
    let share = |(what, value): (Impairment, String)| {
        html! {
            <label>
                { page(match what {
                    Impairment::Loss => Page::ShareLost,
                    Impairment::Duplication => Page::ShareDoubled,
                    Impairment::Reordering => Page::ShareLate,
                }) }
                <input type="number" name={command(what)} min="0" max="100" step="0.01" required={true}
                    {value} disabled={locked} />
            </label>
        }
    };
    let act = dispatch.clone();
    let on_act = Callback::from(move |action: Action| act.act(action));
    html! {
        <form class="controls" {onsubmit}>
            <label>
                { page(Page::DelayMs) }
                <input type="number" name="ms" min="0" max="3600000" step="0.001" required={true}
                    value={ms} disabled={locked} />
            </label>
            { for IMPAIRMENTS.into_iter().zip(shares).map(share) }
            <button disabled={locked} title={super::locked(locked, Lock::Firewall)}>{ page(Page::SetDelay) }</button>
            <p class="none">{ page(Page::ShareNote) }</p>
            { for wire.next[at].iter().map(|act| button(act, locked, &on_act)) }
            { button(&wire.cables[at].act, locked, &on_act) }
        </form>
    }
}

/// A share as its field shows it: without the sign.
fn percent(share: Share) -> String {
    share_words(share).trim_end_matches('%').to_owned()
}

/// A host as the network's console calls it.
fn word(host: HostId) -> &'static str {
    if host == HostId::Client { "client" } else { "server" }
}

const fn id(at: usize) -> &'static str {
    ["lane-s", "lane-c"][at]
}
