//! The time bar: the whole past on one line, with the playhead on it.

use super::time::thousandths;
use crate::hooks::{Dispatch, Drag, use_dispatch, use_drag, use_moving};
use crate::store::Intent;
use crate::text::{page, say};
use std::rc::Rc;
use tcp_core::Instant;
use tcp_core::net::HostId;
use tcp_course::Marked;
use tcp_scene::address::Lock;
use tcp_scene::names::letter;
use tcp_scene::timebar::{Fold, Scale, Shows, Sign, TimeBar, lane};
use tcp_scene::words::{Message, Page};
use yew::prelude::*;

/// A press takes the mark that is no farther away, in CSS pixels.
const REACH: f64 = 8.0;
/// How many marks the keys for a page go.
const LEAP: usize = 5;

#[derive(Properties, PartialEq)]
pub(crate) struct BarProps {
    /// What is on it.
    pub bar: TimeBar,
    /// The moment that is shown.
    pub now: Instant,
    /// It cannot be changed.
    pub locked: bool,
    /// The moment that a lesson asks for: its place, and its words.
    pub predicts: Option<(f64, AttrValue)>,
    /// What is on it, in words.
    #[prop_or_default]
    pub note: Option<AttrValue>,
}

/// What says in words which moment a lesson asks for, or what is on it.
const PREDICTS: &str = "predicted-moment";
/// The note has room after what ends before this part of the line.
const NOTED: f64 = 0.55;

/// The time bar.
#[component]
pub(crate) fn Bar(BarProps { bar, now, locked, predicts, note }: &BarProps) -> Html {
    let dispatch = use_dispatch();
    let head = use_moving(Rc::clone(&bar.scale), true, at_place);
    let on_place = {
        let (bar, dispatch) = (bar.clone(), dispatch.clone());
        Callback::from(move |(place, pixel): (f64, f64)| {
            dispatch.send(Intent::GoTo(bar.moment(place, REACH * pixel)));
        })
    };
    let Drag { node, on_down, on_move } = use_drag(on_place);
    let onkeydown = on_key(bar, &dispatch);
    let last = bar.last(*now).map(|sign| (sign.what, sign.count));
    let says = say(&Message::Moment { at: *now, end: bar.end, last });
    let millis = |at: Instant| (at.as_micros() / 1000).to_string();
    html! {
        <div class="timebar" role="slider" tabindex="0" aria-label={page(Page::TimeBar)} aria-valuemin="0"
            aria-valuemax={millis(bar.end)} aria-valuenow={millis(*now)} aria-valuetext={says}
            aria-disabled={locked.then_some("true")} title={super::locked(*locked, Lock::Time)}
            aria-describedby={predicts.is_some().then_some(PREDICTS).or(note.is_some().then_some(PREDICTS))}
            data-past={(*now < bar.end).then_some("")} onpointerdown={on_down} onpointermove={on_move} {onkeydown}>
            <div class="track" data-predicts={predicts.as_ref().map(|(place, _)| room(*place))} ref={node}>
                <Drawn bar={bar.clone()} until={predicts.as_ref().map(|(place, _)| *place)} note={note.clone()} />
                if let Some((place, says)) = predicts { { predicted(*place, says) } }
                <div class="playhead" ref={head} />
            </div>
            if let Some(says) = predicts.as_ref().map(|(_, says)| says).or(note.as_ref()) {
                <p id={PREDICTS} class="unseen">{ says }</p>
            }
        </div>
    }
}

/// Where there is room after a moment for the words that name it: everywhere, where it is wide, or only where the line ends
/// earlier. Before the moment there is never room: the playhead runs there.
fn room(place: f64) -> &'static str {
    if place > 0.6 {
        "end"
    } else if place > 0.4 {
        "wide"
    } else {
        "all"
    }
}

/// The moment that a lesson asks for, with its words after it.
fn predicted(place: f64, says: &AttrValue) -> Html {
    html! {
        <svg class="predicted" aria-hidden="true">
            <svg x={percent(place)}>
                <line x1="0" x2="0" y1="0" y2="100%" />
                <text x="10" y="11">{ says }</text>
                <title>{ says }</title>
            </svg>
        </svg>
    }
}

fn at_place(scale: &Rc<Scale>, now: Instant) -> String {
    format!("translateX({})", percent(scale.place(now)))
}

fn percent(place: f64) -> String {
    thousandths(place * 100.0) + "%"
}

/// Arrows go from mark to mark, Home and End to the ends.
fn on_key(bar: &TimeBar, dispatch: &Dispatch) -> Callback<KeyboardEvent> {
    let (bar, dispatch) = (bar.clone(), dispatch.clone());
    Callback::from(move |event: KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let now = dispatch.playhead.now();
        let leap = |go: fn(&TimeBar, Instant) -> Instant| (0..LEAP).fold(now, |at, _| go(&bar, at));
        let to = match event.key().as_str() {
            "ArrowLeft" | "ArrowDown" => bar.before(now),
            "ArrowRight" | "ArrowUp" => bar.after(now),
            "PageDown" => leap(TimeBar::before),
            "PageUp" => leap(TimeBar::after),
            "Home" => Instant::START,
            "End" => bar.end,
            _ => return,
        };
        event.prevent_default();
        dispatch.send(Intent::GoTo(to));
    })
}

#[derive(Properties, PartialEq)]
struct DrawnProps {
    bar: TimeBar,
    note: Option<AttrValue>,
    /// A moment whose line and words nothing is drawn under.
    until: Option<f64>,
}

/// All but the playhead: it changes only when something happens. Places are parts of the width, sizes are in pixels.
#[component]
fn Drawn(DrawnProps { bar, until, note }: &DrawnProps) -> Html {
    let last = bar.scale.place(bar.end);
    let end = percent(last);
    let folds = bar.folds.iter().filter(|fold| until.is_none_or(|place| fold.to <= place));
    html! {
        <svg aria-hidden="true">
            <line class="course" x1="0" x2="100%" y1="50%" y2="50%" />
            <line class="lived" x1="0" x2={end} y1="50%" y2="50%" />
            { for folds.map(fold) }
            { for bar.forks.iter().map(|place| html! {
                <svg class="fork" x={percent(*place)} y="50%"><path d="M0-6 6 0 0 6-6 0z" /></svg>
            }) }
            { for bar.signs.iter().map(sign) }
            if let Some(due) = bar.due.filter(|_| until.is_none()) {
                <circle class="due" cx={percent(bar.scale.place(due))} cy="50%" r="4.5">
                    <title>{ say(&Message::DueAt(due)) }</title>
                </circle>
            }
            if let Some(note) = note.as_ref().filter(|_| last < NOTED) { <text class="note" x="100%" y="11">{ note }</text> }
            if bar.undoes_fork && until.is_none() { <text class="dropped" x="100%" y="11">{ page(Page::DroppedFuture) }</text> }
        </svg>
    }
}

fn sign(sign: &Sign) -> Html {
    let title = html! { <title>{ say(&Message::Mark(sign.what, sign.count)) }</title> };
    let x = percent(sign.place);
    if let Shows::Typed(host, look) = sign.what {
        let look = look.to_string();
        let half = 4 + 3 * look.len();
        return html! {
            <svg class="look" data-host={letter(host)} {x} y="50%">
                <rect x={format!("-{half}")} y="-8" width={(2 * half).to_string()} height="16" rx="4" /><text y="4">{ look }</text>{ title }
            </svg>
        };
    }
    match lane(sign.what) {
        None => html! { <svg class="stop" {x} y="50%"><path d="M-4-4 4 4M-4 4 4-4" />{ title }</svg> },
        Some(host) => {
            let cy = if host == HostId::Client { "22%" } else { "78%" };
            let gone = matches!(sign.what, Shows::Happened(Marked::Removed(_))).then_some("");
            html! { <circle data-host={letter(host)} data-removed={gone} cx={x} {cy} r="4">{ title }</circle> }
        }
    }
}

/// A long wait: the line is broken, and above it, where the playhead passes below, is its length, if there is room for that:
/// everywhere, or on a wide screen.
fn fold(fold: &Fold) -> Html {
    let length = say(&Message::Span(fold.span));
    // In pixels, with what is left free at both ends.
    let needs = 24 + u32::try_from(length.chars().count()).unwrap_or(0) * 32 / 5;
    let fits = |width: f64| (fold.to - fold.from) * width > f64::from(needs);
    let room = if fits(350.0) {
        "all"
    } else if fits(970.0) {
        "wide"
    } else {
        "none"
    };
    html! {
        <svg class="fold" x={percent((fold.from + fold.to) / 2.0)} y="50%" data-room={room}>
            <rect x="-4" y="-5" width="8" height="10" /><path d="M-5 4-2-4M2 4 5-4" />
            <text class="length" y="-9">{ length }</text>
        </svg>
    }
}
