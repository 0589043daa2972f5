//! Texts and bars that follow the playhead.

use crate::hooks::{use_moving, use_playhead};
use crate::text::{self, page, say};
use std::time::Duration;
use tcp_core::Instant;
use tcp_scene::Countdown;
use tcp_scene::words::{Message, Page};
use yew::prelude::*;

/// What follows the playhead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Follows {
    /// The clock.
    Clock,
    /// How long ago a moment is.
    Since(Instant),
    /// The same, in whole seconds.
    SecondsSince(Instant),
    /// How far off a moment is.
    Until(Instant),
    /// What is left of a span: a bar that shortens.
    Left(Instant, Instant),
}

#[derive(Properties, PartialEq)]
pub(crate) struct MovingProps {
    /// What it follows, and how.
    pub follows: Follows,
}

/// One element that follows the playhead.
#[component]
pub(crate) fn Moving(MovingProps { follows }: &MovingProps) -> Html {
    let bar = matches!(follows, Follows::Left(..));
    let node = use_moving(*follows, bar, written);
    // What is there before the first frame, and stays in a page that is only painted.
    let playhead = use_playhead();
    let first = use_memo((), |()| AttrValue::from(written(follows, playhead.now())));
    let first = (*first).clone();
    match follows {
        Follows::Clock => html! {
            <span class="clock num" role="timer" aria-label={page(Page::Clock)} ref={node}>{ first }</span>
        },
        Follows::Left(..) => html! { <div ref={node} /> },
        _ => html! { <span class="num" ref={node}>{ first }</span> },
    }
}

/// What is written there at a moment: the text, or a bar's transformation.
fn written(follows: &Follows, now: Instant) -> String {
    match *follows {
        Follows::Clock => text::clock(now),
        Follows::Since(at) => say(&Message::Span(now.since(at))).to_string(),
        Follows::SecondsSince(at) => say(&Message::Seconds(now.since(at))).to_string(),
        Follows::Until(at) => say(&Message::Span(at.since(now))).to_string(),
        Follows::Left(from, until) => {
            let whole = until.since(from).max(Duration::from_micros(1)).as_secs_f64();
            let part = until.since(now).as_secs_f64() / whole;
            format!("scaleX({})", thousandths(part.min(1.0)))
        }
    }
}

/// A timer that runs: what it is, how long still, and a bar.
pub(crate) fn running(countdown: &Countdown) -> Html {
    let (from, until) = (countdown.from, countdown.until);
    html! {
        <div class="running">
            <span>{ say(&countdown.what) }</span>
            <span><Moving follows={Follows::Until(until)} /></span>
            <div class="bar" aria-hidden="true"><Moving follows={Follows::Left(from, until)} /></div>
        </div>
    }
}

/// A number from 0 to 100 with three decimals.
pub(crate) fn thousandths(number: f64) -> String {
    let all = text::whole(number * 1000.0);
    format!("{}.{:03}", all / 1000, all % 1000)
}
