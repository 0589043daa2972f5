//! Where the wire is in the lab: closed, until the puzzle is over.

use super::{part, words};
use crate::seat::SeatShown;
use tcp_lessons::puzzle::Part as FaultPart;
use tcp_scene::words::puzzle::{Puzzle as Says, PuzzlePart as Part};
use yew::prelude::*;

/// The band.
pub(super) fn band(shown: &SeatShown) -> Html {
    let says = match &shown.over {
        None => part(Part::Closed),
        Some(over) => words(Says::Truth(over.truth.iter().copied().map(FaultPart::in_full).collect())),
    };
    let [client, server] = &shown.seat.hosts;
    between([(client.letter, client.name), (server.letter, server.name)], says, shown.over.is_some())
}

/// In a lesson that closes what is between its hosts: each with its letter and its name.
pub(crate) fn closed_band(hosts: [(&'static str, &'static str); 2]) -> Html {
    between(hosts, part(Part::Closed), false)
}

fn between([client, server]: [(&'static str, &'static str); 2], says: AttrValue, open: bool) -> Html {
    let end = |(letter, name): (&'static str, &'static str)| {
        html! {
            <span class="end">
                <span class="dot" data-host={letter} aria-hidden="true">{ letter }</span>{ name }
                if !open { <span class="shut" aria-hidden="true">{ "OUT ?" }</span><span class="shut" aria-hidden="true">{ "IN ?" }</span> }
            </span>
        }
    };
    html! {
        <div class="card band" data-open={open.then_some("")}>{ end(client) }<b>{ says }</b>{ end(server) }</div>
    }
}
