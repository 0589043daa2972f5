//! What is known of the past: the learner's own lines, and when a netstat changed. Each leads to its moment.

use super::{Send, part, press, words};
use crate::seat::{Does, SeatShown};
use tcp_core::Instant;
use tcp_lessons::puzzle::Marked;
use tcp_scene::names::letter;
use tcp_scene::words::puzzle::{Puzzle as Says, PuzzlePart as Part};
use yew::prelude::*;

/// The bar.
pub(super) fn past(shown: &SeatShown, send: &Send) -> Html {
    let now = shown.seat.now;
    html! {
        <nav class="past" aria-label={part(Part::OnlyMarked)}>
            <ol>{ for shown.marks.iter().enumerate().map(|(at, it)| mark(at, it, now, send)) }</ol>
            <span>{ if now == Instant::START { words(Says::Begin(shown.level)) } else { part(Part::OnlyMarked) } }</span>
        </nav>
    }
}

fn mark(number: usize, marked: &Marked, now: Instant, send: &Send) -> Html {
    let Marked { at, host, line } = marked;
    let says = words(Says::Mark { at: *at, host: *host, line: line.clone() });
    let sign = if line.is_some() { "$" } else { "●" };
    html! {
        <li key={number}>
            <button type="button" data-host={letter(*host)} data-line={line.is_some().then_some("")} title={says.clone()}
                aria-label={says} aria-current={(*at == now).then_some("true")} data-later={(*at > now).then_some("")}
                onclick={press(Does::GoTo(*at), send)}>
                <i aria-hidden="true">{ sign }</i><span class="num">{ words(Says::Age(at.since(Instant::START))) }</span>
            </button>
        </li>
    }
}
