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
        Some(over) => words(Says::Truth(over.truth.iter().copied().map(FaultPart::wrong).collect())),
    };
    let end = |at: usize| {
        let host = &shown.seat.hosts[at];
        html! { <span class="end"><span class="dot" data-host={host.letter} aria-hidden="true">{ host.letter }</span>{ host.name }</span> }
    };
    html! {
        <div class="card band" data-open={shown.over.is_some().then_some("")}>{ end(0) }<b>{ says }</b>{ end(1) }</div>
    }
}
