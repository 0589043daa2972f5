//! What was seen, with numbers, and what the level offers beyond.

use super::fitting::fitting;
use super::{Send, part, press, words};
use crate::hooks::use_end_in_view;
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
    let begins = shown.seat.now == Instant::START;
    html! {
        <div class="half seen">
            <div class="headed"><h2>{ part(Part::Seen) }</h2><span>{ words(Says::Looks(shown.count)) }</span></div>
            if begins { <p class="begin">{ words(Says::Begin(shown.level)) }</p> }
            <Looks seen={Rc::clone(&shown.seen)} />
            if let Some(over) = &shown.over {
                { fitting(shown, over) }
            } else if shown.level.offers().is_empty() {
                <p class="aside">{ part(Part::OnlyTables) }</p>
            } else {
                { offers(shown, send) }
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct LooksProps {
    seen: Rc<[Seen]>,
}

/// The looks, with the newest in sight.
#[component]
fn Looks(LooksProps { seen }: &LooksProps) -> Html {
    let node = use_end_in_view(seen.len(), ());
    html! { <ol class="looks" ref={node} tabindex="0" aria-label={part(Part::Seen)}>{ for seen.iter().map(look) }</ol> }
}

fn look(seen: &Seen) -> Html {
    let printed = match &seen.what {
        Looked::Line { printed, .. } => printed.join(" · "),
        Looked::Netstat(_) => String::new(),
    };
    let (what, when) = match &seen.what {
        Looked::Netstat(changes) => {
            let when = match seen.to {
                Instant::START => part(Part::ItsNetstat),
                to => words(Says::Watched { from: seen.from, to }),
            };
            (html! { <>{ words(Says::Panel(seen.host)) }{ states(changes, seen.to) }</> }, when)
        }
        Looked::Line { terminal, text, .. } => (
            html! { <code>{ prompt(*terminal) }{ " " }{ text.as_ref() }</code> },
            words(Says::TypedAt(seen.from)),
        ),
    };
    html! {
        <li key={seen.number} data-host={letter(seen.host)}>
            <i>{ seen.number }</i>
            <div>
                <p>{ what }</p>{ " " }
                if !printed.is_empty() { <samp>{ printed }</samp>{ " " } }
                <small>{ when }</small>
            </div>
        </li>
    }
}

/// The states one after the other, each with its moment.
fn states(changes: &[(Instant, Vec<Rc<str>>)], to: Instant) -> Html {
    let mut all: Vec<&(Instant, Vec<Rc<str>>)> = Vec::new();
    for change in changes {
        if all.last().is_none_or(|last| last.1 != change.1) {
            all.push(change);
        }
    }
    let left_out = all.len().saturating_sub(CHANGES);
    let one = |(number, (at, states)): (usize, &(Instant, Vec<Rc<str>>))| {
        let states = match states.as_slice() {
            [] if to == Instant::START => html! { { part(Part::NothingYet) } },
            [] => html! { { part(Part::NoRow) } },
            states => html! { <b>{ states.join(" + ") }</b> },
        };
        let when = (*at > Instant::START).then(|| words(Says::Later(*at)));
        html! { <span class="was">if number > 0 { { " → " } }{ states }if let Some(when) = when { { " " }<small>{ when }</small> }</span> }
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

/// What the level offers to look at. What is offered early and late is one thing with two times, until both would type the
/// same now.
fn offers(shown: &SeatShown, send: &Send) -> Html {
    let (offers, now) = (shown.level.offers(), shown.seat.now);
    // One time for all is said once.
    let later = offers.first().map(|first| first.at).filter(|at| *at > now);
    let later = later.filter(|first| offers.iter().all(|offer| offer.at == *first && !offer.goes_back));
    let when = |offer: &Offer| match offer.at {
        _ if later.is_some() => None,
        at if at > now => Some(words(Says::Later(at))),
        // What shows something only at its time is typed there, in the past.
        at if offer.goes_back => Some(words(Says::BackTo(at))),
        _ => None,
    };
    let twin = |at: usize| (at + 1..offers.len()).find(|other| offers[*other].lines == offers[at].lines);
    let is_second = |at: &usize| offers[..*at].iter().any(|other| other.lines == offers[*at].lines);
    let two_times = |at: usize| twin(at).filter(|late| offers[*late].at > now || offers[at].goes_back);
    let one = |at: usize| match two_times(at) {
        Some(late) => {
            let name = name(&offers[at]);
            let [early, later] = [at, late].map(|at| when(&offers[at]).unwrap_or_else(|| part(Part::Now)));
            html! {
                <div key={at} class="twins" role="group" aria-label={name.clone()}>
                    <span>{ &name }</span>
                    { for [(at, early), (late, later)].into_iter().map(|(at, when)| {
                        html! {
                            <button type="button" class="offer" title={types(&offers[at])} aria-label={format!("{name}, {when}")}
                                onclick={press(Does::Look(at), send)}>{ when }</button>
                        }
                    }) }
                </div>
            }
        }
        None => html! {
            <button key={at} type="button" class="offer" title={types(&offers[at])} onclick={press(Does::Look(at), send)}>
                { name(&offers[at]) }
                if let Some(when) = when(&offers[at]) { { " " }<small>{ when }</small> }
            </button>
        },
    };
    html! {
        <>
            <h3>{ later.map_or_else(|| part(Part::Still), |at| words(Says::StillFrom(at))) }</h3>
            if (0..offers.len()).any(|at| two_times(at).is_some()) { <p class="twice">{ part(Part::Twice) }</p> }
            <div class="offers">{ for (0..offers.len()).filter(|at| !is_second(at)).map(one) }</div>
        </>
    }
}

fn name(offer: &Offer) -> AttrValue {
    let (host, look) = offer.look();
    words(Says::Look(host, look))
}

/// What a press types; before, it waits until its time.
fn types(offer: &Offer) -> AttrValue {
    let lines = offer.lines.iter().map(|(terminal, line)| format!("{} {line}", prompt(*terminal)));
    say(&Message::Types(lines.collect::<Vec<String>>().join(" / ")))
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
