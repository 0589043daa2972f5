//! What fits what was seen, and what does not. All of it is said once the puzzle is over; before, who answers learns of one
//! other at a time.

use super::{part, words};
use crate::seat::SeatShown;
use tcp_lessons::puzzle::{Over, Refuted};
use tcp_scene::words::puzzle::{Claim, Puzzle as Says, PuzzlePart as Part};
use yew::prelude::*;

/// All of it: the truth with what no look of this level separates from it, what other looks would exclude, and what is
/// excluded.
pub(super) fn fitting(shown: &SeatShown, over: &Over) -> Html {
    let fits = |claims: &Vec<Claim>| {
        html! {
            <li data-truth={(*claims == over.claims).then_some("")}>
                <b>{ words(Says::Wrong(claims.clone())) }</b>
                if *claims == over.claims { { " · " }{ part(Part::IsTruth) } }
            </li>
        }
    };
    let excluded = |refuted: &Refuted| {
        html! {
            <li>
                <b>{ words(Says::Wrong(refuted.claims.clone())) }</b>{ " " }
                <small>{ against(refuted) }</small>
            </li>
        }
    };
    html! {
        <div class="fitting" tabindex="0" role="group" aria-label={part(Part::WhatFits)}>
            <h3>{ part(Part::WhatFits) }</h3>
            if over.class.len() > 1 { <p>{ part(Part::SameClass) }</p> }
            <ul class="fits">{ for shown.fits.iter().filter(|claims| over.class.contains(claims)).map(fits) }</ul>
            if shown.fits.len() > over.class.len() {
                <p>{ part(Part::FitsToo) }</p>
                <ul class="fits">{ for shown.fits.iter().filter(|claims| !over.class.contains(claims)).map(fits) }</ul>
            }
            if !shown.excluded.is_empty() {
                <h3>{ part(Part::NotThese) }</h3>
                <ul class="fits not">{ for shown.excluded.iter().map(excluded) }</ul>
            }
        </div>
    }
}

/// Why something does not fit.
pub(super) fn against(refuted: &Refuted) -> Html {
    let [against, would] = refuted.says().map(words);
    html! { <>{ against }{ " " }{ would }</> }
}
