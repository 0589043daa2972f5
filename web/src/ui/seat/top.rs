//! The bar at the top of a puzzle, and the line at its end.

use super::{Send, part, press, words};
use crate::hooks::{copy, lab_link, shared_puzzle};
use crate::seat::{Does, Gait, SeatShown, Tally};
use crate::text::{self, clock, page};
use crate::ui::header::logo;
use crate::ui::icon::{self, icon};
use tcp_core::Instant;
use tcp_lessons::puzzle::Level;
use tcp_scene::words::Page;
use tcp_scene::words::puzzle::{Puzzle as Says, PuzzlePart as Part};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The bar at the top.
pub(super) fn top(shown: &SeatShown, send: &Send) -> Html {
    let (play, path) = if shown.playing { (Page::Pause, icon::PAUSE) } else { (Page::Play, icon::PLAY) };
    let at_beginning = shown.seat.now == Instant::START;
    let button = |name: AttrValue, path, held: Option<AttrValue>, does: Does| {
        let disabled = held.is_some().then_some("true");
        html! {
            <button type="button" title={held.unwrap_or_else(|| name.clone())} aria-label={name} aria-disabled={disabled}
                onclick={press(does, send)}>{ icon(path) }</button>
        }
    };
    let begins = at_beginning.then(|| page(Page::AtBeginning));
    let undoes = (!shown.can_undo).then(|| page(Page::NothingToUndo));
    html! {
        <header class="top">
            <div class="name">{ logo() }<h1>{ text::NAME }</h1></div>
            <a class="tool" href={lab_link()}>{ part(Part::OpenLab) }</a>
            <div class="transport" role="group" aria-label={page(Page::Time)}>
                { button(page(Page::Undo), icon::UNDO, undoes, Does::Undo) }
                { button(part(Part::Earlier), icon::STEP_BACK, begins, Does::Earlier) }
                <span class="play">{ button(page(play), path, None, Does::PlayOrPause) }</span>
                { button(part(Part::StepToChange), icon::STEP, None, Does::Step) }
            </div>
            { gaits(shown.gait, send) }
            <div class="time">
                <span class="clock num" role="timer">{ clock(shown.seat.now) }</span>
                <span class="speed">{ part(if shown.playing { Part::Running } else { Part::Paused }) }</span>
            </div>
        </header>
    }
}

/// How time goes on, to be chosen.
fn gaits(chosen: Gait, send: &Send) -> Html {
    let one = |gait: Gait| {
        let onchange = send.reform(move |_: Event| Does::Pace(gait));
        let name = match gait {
            Gait::Steps => part(Part::StepToChange),
            Gait::Times(times) => words(Says::Times(times)),
        };
        html! {
            <label><input type="radio" name="gait" checked={gait == chosen} {onchange} /><span>{ name }</span></label>
        }
    };
    html! {
        <div class="gaits" role="radiogroup" aria-label={page(Page::Pace)}>{ for Gait::ALL.into_iter().map(one) }</div>
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct FootProps {
    pub level: Level,
    pub seed: u64,
    pub tally: Tally,
}

/// Which puzzle this is, and the link to it.
#[component]
pub(super) fn Foot(FootProps { level, seed, tally }: &FootProps) -> Html {
    let copied = use_state_eq(|| false);
    let (input, link) = (use_node_ref(), shared_puzzle(*level, *seed));
    let onclick = {
        let (input, copied) = (input.clone(), copied.setter());
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            copied.set(input.cast::<HtmlInputElement>().is_some_and(|input| copy(&input)));
        })
    };
    html! {
        <footer class="puzzle">
            <p>
                <b>{ part(Part::Diagnosis) }</b>{ " · " }{ words(Says::Level(*level)) }{ " · " }{ words(Says::Seed(*seed)) }
                if tally.of > 0 {
                    { " · " }{ words(Says::Tally { solved: tally.solved, of: tally.of }) }
                }
            </p>
            <p class="hiding">{ part(Part::Hiding) }</p>
            <p class="same">
                <label>{ part(Part::SameSeed) }{ " " }<input ref={input} type="text" readonly=true value={link} /></label>
                <button type="button" {onclick}>{ part(if *copied { Part::Copied } else { Part::CopyLink }) }</button>
            </p>
        </footer>
    }
}
