//! Texts and bars that follow the playhead.

use crate::hooks::{use_moving, use_playhead};
use crate::text::{self, page, say};
use std::time::Duration;
use tcp_core::Instant;
use tcp_scene::Countdown;
use tcp_scene::words::{Message, Page};
use yew::prelude::*;

/// From here on an age is in whole minutes: it stands beside the name of a state, and some are long.
const LONG: Duration = Duration::from_secs(100);

/// What follows the playhead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Follows {
    /// The clock.
    Clock,
    /// How long ago a moment is.
    Since(Instant),
    /// The same in few letters.
    Age(Instant),
    /// The same, in whole seconds.
    SecondsSince(Instant),
    /// How far off a moment is.
    Until(Instant),
    /// What is left of a span: a bar that shortens.
    Left(Instant, Instant),
    /// What is over of a span: a bar that grows.
    Gone(Instant, Instant),
}

#[derive(Properties, PartialEq)]
pub(crate) struct MovingProps {
    /// What it follows, and how.
    pub follows: Follows,
}

/// One element that follows the playhead.
#[component]
pub(crate) fn Moving(MovingProps { follows }: &MovingProps) -> Html {
    let bar = matches!(follows, Follows::Left(..) | Follows::Gone(..));
    let node = use_moving(*follows, bar, written);
    // What is there before the first frame, and stays in a page that is only painted.
    let playhead = use_playhead();
    let first = use_memo((), |()| AttrValue::from(written(follows, playhead.now())));
    let first = (*first).clone();
    match follows {
        Follows::Clock => html! {
            <span class="clock num" role="timer" aria-label={page(Page::Clock)} ref={node}>{ first }</span>
        },
        _ if bar => html! { <div ref={node} /> },
        _ => html! { <span class="num" ref={node}>{ first }</span> },
    }
}

/// What is written there at a moment: the text, or a bar's transformation.
fn written(follows: &Follows, now: Instant) -> String {
    match *follows {
        Follows::Clock => text::clock(now),
        Follows::Since(at) => say(&Message::Span(now.since(at))).to_string(),
        Follows::Age(at) if now.since(at) >= LONG => say(&Message::Seconds(now.since(at))).to_string(),
        Follows::Age(at) => say(&Message::Span(now.since(at))).to_string(),
        Follows::SecondsSince(at) => say(&Message::Seconds(now.since(at))).to_string(),
        Follows::Until(at) => say(&Message::Span(at.since(now))).to_string(),
        Follows::Left(from, until) => part_of(until.since(now), until.since(from)),
        Follows::Gone(from, until) => part_of(now.since(from), until.since(from)),
    }
}

/// A part of a span, as a bar's transformation.
fn part_of(part: Duration, whole: Duration) -> String {
    let whole = whole.max(Duration::from_micros(1)).as_secs_f64();
    format!("scaleX({})", thousandths((part.as_secs_f64() / whole).min(1.0)))
}

/// How far something is that takes a span: a bar, and how long it has been.
pub(crate) fn lasting((from, until): (Instant, Instant)) -> Html {
    html! {
        <span class="lasts">
            <span class="bar" aria-hidden="true"><Moving key={from.as_micros()} follows={Follows::Gone(from, until)} /></span>
            <Moving follows={Follows::Since(from)} />
        </span>
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_short_enough_for_its_place_beside_the_name_of_a_state() {
        let age = |ms: u64| written(&Follows::Age(Instant::START), Instant::from_millis(ms));
        assert_eq!(
            [4_700, 99_900, 100_000, 468_000, 7_199_000].map(age).join(", "),
            "4.7 s, 99.9 s, 1 min, 7 min, 119 min"
        );
    }
}
