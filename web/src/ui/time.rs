//! Texts and bars that follow the playhead.

use super::words;
use crate::hooks::{use_text_of_time, use_transform};
use crate::text;
use tcp_core::Instant;
use tcp_scene::Countdown;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct SinceProps {
    /// The moment from which on.
    pub at: Instant,
    /// In whole seconds.
    #[prop_or_default]
    pub coarse: bool,
}

/// How long ago a moment is.
#[component]
pub(crate) fn Since(props: &SinceProps) -> Html {
    let node = use_text_of_time((props.at, props.coarse), |(at, coarse), now| {
        let span = now.since(*at);
        if *coarse { text::seconds(span) } else { text::span(span) }
    });
    html! { <span class="num" ref={node} /> }
}

#[derive(Properties, PartialEq)]
pub(crate) struct RunningProps {
    /// The timer.
    pub countdown: Countdown,
}

/// A timer that runs: what it is, how long still, and a bar that shortens.
#[component]
pub(crate) fn Running(RunningProps { countdown }: &RunningProps) -> Html {
    let left = use_text_of_time(countdown.until, |until, now| text::span(until.since(now)));
    let bar = use_transform((countdown.from, countdown.until), |(from, until), now| {
        let whole = until.since(*from).as_secs_f64();
        let left = until.since(now).as_secs_f64();
        let part = if whole > 0.0 { (left / whole).min(1.0) } else { 0.0 };
        ["scaleX(", &thousandths(part), ")"].concat()
    });
    html! {
        <div class="running">
            <span>{ words(&countdown.what) }</span>
            <span class="num" ref={left} />
            <div class="bar" aria-hidden="true"><div ref={bar} /></div>
        </div>
    }
}

/// The clock.
#[component]
pub(crate) fn Clock() -> Html {
    let node = use_text_of_time((), |(), now| text::clock(now));
    html! { <span class="clock num" role="timer" aria-label={text::CLOCK} ref={node} /> }
}

/// A number from 0 to 9 with three digits behind the point.
pub(crate) fn thousandths(number: f64) -> String {
    let all = text::whole(number * 1000.0);
    let digits = (1000 + all % 1000).to_string();
    [&(all / 1000).to_string(), ".", &digits[1..]].concat()
}
