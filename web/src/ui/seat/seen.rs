//! What was seen, with numbers, and what the level offers beyond.

use super::{Send, part, press, words};
use crate::seat::{Does, SeatShown};
use crate::text::say;
use std::rc::Rc;
use tcp_core::Instant;
use tcp_lessons::puzzle::{Hides, Looked, Offer, Seen};
use tcp_scene::names::letter;
use tcp_scene::words::Message;
use tcp_scene::words::puzzle::{Puzzle as Says, PuzzlePart as Part};
use tcp_shell::TerminalId;
use yew::prelude::*;

/// How many changes of a netstat are written, the last ones.
const CHANGES: usize = 6;

/// The left half.
pub(super) fn seen(shown: &SeatShown, send: &Send) -> Html {
    let offers = shown.level.offers();
    let now = shown.seat.now;
    html! {
        <div class="half seen">
            <div class="headed"><h2>{ part(Part::Seen) }</h2><span>{ words(Says::Looks(shown.count)) }</span></div>
            <ol class="looks" tabindex="0" aria-label={part(Part::Seen)}>{ for shown.seen.iter().map(look) }</ol>
            if offers.is_empty() {
                <p class="aside">{ part(Part::OnlyTables) }</p>
            } else {
                <h3>{ part(Part::Still) }</h3>
                <div class="offers">{ for offers.iter().enumerate().map(|(at, it)| offer(at, it, now, send)) }</div>
            }
        </div>
    }
}

fn look(seen: &Seen) -> Html {
    let what = match &seen.what {
        Looked::Netstat(changes) => html! {
            <p>
                { words(Says::Panel(seen.host)) }{ ": " }{ states(changes) }{ " " }
                <small class="when">{ words(Says::Watched { from: seen.from, to: seen.to }) }</small>
            </p>
        },
        Looked::Line { terminal, text } => html! {
            <p>
                <code>{ prompt(*terminal) }{ " " }{ text.as_ref() }</code>{ " " }
                <small class="when">{ words(Says::TypedAt(seen.from)) }</small>
            </p>
        },
    };
    html! {
        <li key={seen.number} data-host={letter(seen.host)}><i>{ seen.number }</i><div>{ what }</div></li>
    }
}

/// The states one after the other, each with its moment.
fn states(changes: &[(Instant, Vec<Rc<str>>)]) -> Html {
    let mut all: Vec<&(Instant, Vec<Rc<str>>)> = Vec::new();
    for change in changes {
        if all.last().is_none_or(|last| last.1 != change.1) {
            all.push(change);
        }
    }
    let left_out = all.len().saturating_sub(CHANGES);
    let one = |(number, (at, states)): (usize, &(Instant, Vec<Rc<str>>))| {
        let states = if states.is_empty() { "–".to_owned() } else { states.join(" + ") };
        let when = (*at > Instant::START).then(|| words(Says::Later(*at)));
        html! { <span class="was">if number > 0 { { " → " } }<b>{ states }</b>if let Some(when) = when { { " " }<small>{ when }</small> }</span> }
    };
    html! {
        <>
            if left_out > 0 { { "… " } }
            { for all.into_iter().skip(left_out).enumerate().map(one) }
        </>
    }
}

pub(super) fn prompt(terminal: TerminalId) -> String {
    terminal.host().map_or_else(String::new, |host| format!("{}$", host.name()))
}

/// Something to look at: a press waits until its time, and types.
fn offer(at: usize, offer: &Offer, now: Instant, send: &Send) -> Html {
    let (host, look) = offer.look();
    let typed: Vec<String> =
        offer.lines.iter().map(|(terminal, line)| format!("{} {line}", prompt(*terminal))).collect();
    let title = say(&Message::Types(typed.join(" / ")));
    html! {
        <button type="button" class="offer" {title} onclick={press(Does::Look(at), send)}>
            { words(Says::Look(host, look)) }
            if offer.at > now || offer.goes_back { { " " }<small>{ words(Says::Later(offer.at)) }</small> }
        </button>
    }
}

/// The lines of an offer.
pub(super) fn lines(offer: &Offer) -> Html {
    html! {
        <>
            { for offer.lines.iter().map(|(terminal, line)| html! { <code>{ prompt(*terminal) }{ " " }{ *line }</code> }) }
            if offer.goes_back { <small>{ words(Says::Later(offer.at)) }</small> }
        </>
    }
}
