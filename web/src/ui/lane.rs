//! A lane's menu: the segments on it in a list, which stands still.

use super::chip::spoken;
use super::craft::Craft;
use super::segment::button;
use crate::hooks::{Dispatch, chosen, is_open};
use crate::store::Intent;
use crate::text::{page, say};
use tcp_core::net::HostId;
use tcp_course::Action;
use tcp_scene::address::Lock;
use tcp_scene::words::{Message, Page};
use tcp_scene::{Flight, WireView};
use tcp_shell::TerminalId;
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
    let delay_ms = wire.delay_ms[at];
    let name = say(&Message::OnLane { from, to, delay_ms, segments: on_lane(wire, at).count() });
    html! {
        <button type="button" class="delay" popovertarget={id(at)} aria-label={name}>
            { say(&Message::Millis(delay_ms)) }{ " ▾" }
        </button>
    }
}

/// The menu. While it is open, the clock stands, so that what is chosen is still there.
pub(super) fn lane_menu(wire: &WireView, at: usize, locked: bool, dispatch: &Dispatch) -> Html {
    let (from, to) = LANES[at];
    let ontoggle = dispatch.on(|event: Event| Intent::Halt(is_open(&event)));
    let title = say(&Message::Way { from, to });
    html! {
        <div id={id(at)} class="lane-menu" popover="auto" role="dialog" aria-label={title.clone()} {ontoggle}>
            <h3>{ title }</h3>
            <ul>{ for on_lane(wire, at).map(|flight| html! {
                <li key={flight.packet.0}>
                    <button type="button" popovertarget={id(at)} popovertargetaction="hide"
                        onclick={dispatch.press(Intent::Pick(Some(flight.packet)))}>{ say(&spoken(flight)) }</button>
                </li>
            }) }</ul>
            if on_lane(wire, at).next().is_none() { <p class="none">{ page(Page::NothingOnWire) }</p> }
            { controls(wire, at, locked, dispatch) }
            <details><summary>{ page(Page::Craft) }</summary><Craft ends={[word(from), word(to)]} /></details>
        </div>
    }
}

/// The lane's delay, and what becomes of the next segment on it.
fn controls(wire: &WireView, at: usize, locked: bool, dispatch: &Dispatch) -> Html {
    let from = word(LANES[at].0);
    let set = dispatch.clone();
    let onsubmit = move |event: SubmitEvent| {
        event.prevent_default();
        let form = event.target_dyn_into::<HtmlElement>();
        let ms = form.map(|form| chosen(&form, "ms")).unwrap_or_default();
        set.act(Action::enter(TerminalId::Network, format!("delay {from} {ms}")));
    };
    let act = dispatch.clone();
    let on_act = Callback::from(move |action: Action| act.act(action));
    html! {
        <form class="controls" {onsubmit}>
            <label>
                { page(Page::DelayMs) }
                <input type="number" name="ms" min="0" max="3600000" step="0.001" required={true}
                    value={wire.delay_ms[at].to_string()} disabled={locked} />
            </label>
            <button disabled={locked} title={super::locked(locked, Lock::Firewall)}>{ page(Page::SetDelay) }</button>
            { for wire.next[at].iter().map(|act| button(act, locked, &on_act)) }
        </form>
    }
}

/// A host as the network's console calls it.
fn word(host: HostId) -> &'static str {
    if host == HostId::Client { "client" } else { "server" }
}

const fn id(at: usize) -> &'static str {
    ["lane-s", "lane-c"][at]
}
