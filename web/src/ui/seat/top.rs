//! The bar at the top of a puzzle, and the line at its end.

use super::levels::levels;
use super::share::SharePuzzle;
use super::{Send, part, press, words};
use crate::hooks::{Dispatch, copy, focus_in_place, lessons_link, shared_puzzle};
use crate::seat::{Does, Gait, SeatShown, Tally, UNCOUNTED};
use crate::store::Present;
use crate::text::{self, page, say};
use crate::ui::Desk;
use crate::ui::header::{corner, logo};
use crate::ui::icon::{self, icon};
use crate::ui::settings::settings_popover;
use crate::ui::time::{Follows, Moving};
use std::rc::Rc;
use tcp_core::Instant;
use tcp_lessons::puzzle::{Level, Over};
use tcp_scene::words::puzzle::{Puzzle as Says, PuzzlePart as Part};
use tcp_scene::words::{Lessons, Message, Page, Speed};
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

/// The bar at the top.
pub(super) fn top(shown: &SeatShown, send: &Send, on_help: &Callback<()>, dispatch: &Dispatch) -> Html {
    let stands = match shown.playing {
        true => part(Part::Running),
        false if shown.seat.now < shown.bar.end => say(&Message::Speed(Speed::InThePast)),
        false if shown.waited => part(Part::NoChange),
        false => part(Part::Paused),
    };
    let present = if shown.presents { Present::On } else { Present::Off };
    html! {
        <header class="top seat-top">
            <div class="name">{ logo() }<h1>{ text::NAME }</h1></div>
            { levels(shown) }
            <a class="tool lessons" href={lessons_link()}>{ say(&Message::Lessons(Lessons::Lessons)) }</a>
            { transport(shown, send) }
            { gaits(shown.gait, send) }
            <div class="time">
                <Moving follows={Follows::Clock} />
                <span class="speed">{ stands }</span>
            </div>
            <SharePuzzle level={shown.level} seed={shown.seed} over={shown.over.is_some()} />
            { corner(present, on_help, dispatch) }
            { settings_popover(Desk::Seat, shown.settings, false, dispatch) }
        </header>
    }
}

/// Time's buttons, which all keep their places.
fn transport(shown: &SeatShown, send: &Send) -> Html {
    let button = |name: AttrValue, path, held: Option<Page>, does: Does| {
        let held = held.map(page);
        let disabled = held.is_some().then_some("true");
        html! {
            <button type="button" title={held.unwrap_or_else(|| name.clone())} aria-label={name} aria-disabled={disabled}
                onclick={press(does, send)}>{ icon(path) }</button>
        }
    };
    let [undoes, redoes] = shown.can_undo;
    let begins = (shown.seat.now == Instant::START).then_some(Page::AtBeginning);
    let (play, path) = match shown.gait {
        _ if shown.playing => (page(Page::Pause), icon::PAUSE),
        Gait::Steps => (words(Says::Plays(None)), icon::PLAY),
        Gait::Times(times) => (words(Says::Plays(Some(times))), icon::PLAY),
    };
    html! {
        <div class="transport" role="group" aria-label={page(Page::Time)}>
            { button(page(Page::Undo), icon::UNDO, (!undoes).then_some(Page::NothingToUndo), Does::Undo) }
            { button(page(Page::Redo), icon::REDO, (!redoes).then_some(Page::NothingToRedo), Does::Redo) }
            { button(part(Part::Earlier), icon::STEP_BACK, begins, Does::Earlier) }
            <span class="play">{ button(play, path, None, Does::PlayOrPause) }</span>
            { button(part(Part::StepOn), icon::STEP, None, Does::Step) }
        </div>
    }
}

/// How time goes on when ▶ is pressed, to be chosen.
fn gaits(chosen: Gait, send: &Send) -> Html {
    let one = |gait: Gait| {
        let onchange = send.reform(move |_: Event| Does::Pace(gait));
        let (name, title) = match gait {
            Gait::Steps => (part(Part::StepToChange), Says::Plays(None)),
            Gait::Times(times) => (words(Says::Times(times)), Says::Plays(Some(times))),
        };
        let id = format!("gait-{}", if let Gait::Times(times) = gait { times } else { 0 });
        html! {
            <label title={words(title.clone())}>
                <input type="radio" name="gait" checked={gait == chosen} aria-describedby={id.clone()} {onchange} />
                <span data-name={name.clone()}>{ name }</span>
                <span {id} hidden=true>{ words(title) }</span>
            </label>
        }
    };
    html! {
        <div class="gaits" role="radiogroup" aria-labelledby="gaits-name">
            <span id="gaits-name">{ page(Page::Pace) }</span>
            { for Gait::ALL.into_iter().map(one) }
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct FootProps {
    pub level: Level,
    pub seed: u64,
    pub tally: Tally,
    pub over: Option<Rc<Over>>,
}

/// Which puzzle this is, how it went once it is over, and the link to it.
#[component]
pub(super) fn Foot(FootProps { level, seed, tally, over }: &FootProps) -> Html {
    let copied = use_state_eq(|| None::<bool>);
    let (input, link) = (use_node_ref(), shared_puzzle(*level, *seed));
    let onclick = {
        let (input, copied) = (input.clone(), copied.setter());
        Callback::from(move |event: MouseEvent| {
            let button = event.target_dyn_into::<HtmlElement>();
            copied.set(Some(input.cast::<HtmlInputElement>().is_some_and(|input| copy(&input))));
            // To copy is to select, and the focus stays.
            button.into_iter().for_each(|button| focus_in_place(&button));
        })
    };
    // Where a browser refuses to copy, somebody has to.
    let (says, shows) = match *copied {
        Some(true) => (Part::Copied, false),
        Some(false) => (Part::CopyLink, true),
        None => (Part::CopyLink, false),
    };
    let score = over.as_ref().filter(|_| tally.all > UNCOUNTED);
    html! {
        <footer class="puzzle">
            <p>
                <b>{ part(Part::Diagnosis) }</b>{ " · " }{ words(Says::Level(*level)) }{ " · " }{ words(Says::Seed(*seed)) }
                if let Some(over) = score {
                    { " · " }<span class="score">{ words(Says::Score { solved: over.solved, count: over.count, par: over.par }) }</span>
                }
                if tally.of > 0 {
                    { " · " }{ words(Says::Tally { solved: tally.solved, of: tally.of }) }
                }
            </p>
            <p class="same">
                <span>{ part(Part::SameSeed) }</span>
                <input ref={input} type="text" readonly=true value={link} aria-label={part(Part::SameSeed)} class={classes!((!shows).then_some("unseen"))}
                    tabindex={(!shows).then_some("-1")} aria-hidden={(!shows).then_some("true")} />
                <button type="button" {onclick}>{ part(says) }</button>
            </p>
        </footer>
    }
}
