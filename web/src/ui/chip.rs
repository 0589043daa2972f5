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
    let held = held(flight);
    let label = say(&flight.label);
    let long = room(flight, &label);
    let says = say(&spoken(flight));
    let says = flight.port.map_or_else(|| says.clone(), |port| format!("{says} :{port}").into());
    html! {
        <div class="flight" key={flight.packet.0} data-long={long}>
            <button type="button" class="segment" id={id(flight.packet)} data-kind={flight.kind} data-fate={fate}
                data-held={held.then_some("")}
                aria-label={says} aria-pressed={(picked == Some(flight.packet)).to_string()}
                onmouseenter={look.reform(|_: MouseEvent| ())} onfocus={look.reform(|_: FocusEvent| ())}
                onclick={dispatch.press(Intent::Pick(Some(flight.packet)))} onmouseleave={on_look.reform(|_: MouseEvent| None)}
                onblur={on_look.reform(|_: FocusEvent| None)}>
                // Only what has more letters than any chip has room for is cut.
                if long == Some("most") { <span class="label">{ label }</span> } else { { label } }
                if let Some(port) = flight.port { <small>{ ":" }{ port }</small> }
                if flight.again > 0 { <small>{ "#" }{ flight.again + 1 }</small> }
                if fate.is_some() { <span class="cross">{ "✕" }</span> }
            </button>
        </div>
    }
}

/// It stays where it is until it is released.
fn held(flight: &Flight) -> bool {
    flight.fate == Fate::Arrives && flight.rests.is_some()
}

/// Letters that have room in a chip of the usual width, and in a wider one.
const ROOM: [usize; 2] = [10, 16];

/// How wide its chip must be, for the styles: it moves by a part of its way, so that its width must be known.
fn room(flight: &Flight, label: &str) -> Option<&'static str> {
    let cross = if flight.fate == Fate::Arrives && !held(flight) { 0 } else { 2 };
    let again = if flight.again > 0 { 3 } else { 0 };
    let port = if flight.port.is_some() { 6 } else { 0 };
    match label.chars().count() + cross + again + port {
        letters if letters <= ROOM[0] => None,
        letters if letters <= ROOM[1] => Some("more"),
        _ => Some("most"),
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
