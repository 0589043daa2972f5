//! A segment on the wire.

use crate::hooks::Dispatch;
use crate::store::Intent;
use crate::text::say;
use tcp_core::net::PacketId;
use tcp_scene::words::{Header, Message};
use tcp_scene::{Fate, Flight};
use yew::prelude::*;

/// It is a button, which opens what can be done to it; `on_look` hears what is pointed at.
pub(super) fn segment(
    flight: &Flight,
    picked: Option<PacketId>,
    on_look: &Callback<Option<(PacketId, Header)>>,
    dispatch: &Dispatch,
) -> Html {
    let look = {
        let seen = (flight.packet, flight.header.clone());
        on_look.reform(move |()| Some(seen.clone()))
    };
    let fate = match flight.fate {
        Fate::Lost => Some("lost"),
        Fate::StoppedAt(_) => Some("dropped"),
        Fate::Arrives => None,
    };
    html! {
        <div class="flight" key={flight.packet.0}>
            <button type="button" class="segment" id={id(flight.packet)} data-kind={flight.kind} data-fate={fate}
                aria-label={say(&spoken(flight))} aria-pressed={(picked == Some(flight.packet)).to_string()}
                onmouseenter={look.reform(|_: MouseEvent| ())} onfocus={look.reform(|_: FocusEvent| ())}
                onclick={dispatch.press(Intent::Pick(Some(flight.packet)))} onmouseleave={on_look.reform(|_: MouseEvent| None)}
                onblur={on_look.reform(|_: FocusEvent| None)}>
                { say(&flight.label) }
                if flight.again > 0 { <small>{ "#" }{ flight.again + 1 }</small> }
                if fate.is_some() { <span class="cross">{ "✕" }</span> }
            </button>
        </div>
    }
}

/// Its header, and how it ended. On its way nobody knows yet.
pub(super) fn spoken(flight: &Flight) -> Message {
    let header = flight.header.clone();
    match flight.fate {
        Fate::Lost | Fate::StoppedAt(_) if flight.stopped => {
            Message::Ended { header, lost: flight.fate == Fate::Lost }
        }
        _ => Message::Header(header),
    }
}

/// The id of a segment's element.
pub(super) fn id(packet: PacketId) -> String {
    format!("segment-{}", packet.0)
}
