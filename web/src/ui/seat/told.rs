//! What came of the answer, and how the puzzle ended.

use super::fitting::against;
use super::seen::lines;
use super::{Send, TO_READ, button, part, press, words};
use crate::hooks::puzzle_link;
use crate::seat::{Does, SeatShown, UNCOUNTED};
use tcp_lessons::puzzle::{Answer, Fit, Grade, Hides, Level, Over, Part as FaultPart, Refuted};
use tcp_scene::words::puzzle::{Claim, Puzzle as Says, PuzzlePart as Part};
use yew::prelude::*;

/// The right half, once there is something to say.
pub(super) fn told(shown: &SeatShown, send: &Send, on_lab: &Callback<()>) -> Html {
    let body = match (&shown.over, shown.told.as_deref()) {
        (Some(over), _) => ended(shown, over, on_lab),
        (None, Some(Grade::Possible { fits, waits, look })) => {
            possible(shown.level, fits, look.filter(|_| !waits), *waits, send)
        }
        (None, Some(Grade::Refuted(refuted))) => refused(refuted, send),
        (None, _) => html! { <>{ heading(Part::Unlisted, "refuted") }{ feet(send) }</> },
    };
    html! { <div class="half graded" key="told"><div class="scrolls" tabindex="0" role="group" aria-label={part(Part::Answer)}>{ body }</div></div> }
}

fn heading(name: Part, kind: &'static str) -> Html {
    html! { <h2 id={TO_READ} tabindex="-1" data-kind={kind}>{ part(name) }</h2> }
}

fn feet(send: &Send) -> Html {
    html! {
        <div class="foot">
            { button("", part(Part::Again), Does::Again, send) }
            { button("", part(Part::ShowTruth), Does::Truth, send) }
        </div>
    }
}

fn possible(level: Level, fits: &[Fit], look: Option<usize>, waits: bool, send: &Send) -> Html {
    let others = fits.iter().filter(|fit| !fit.is_answer).count();
    let answers = others < fits.len();
    let (name, says) = match (answers, others) {
        (true, _) => (Part::Possible, Says::Others(others)),
        // Who says that it cannot be decided is not helped by a list.
        (false, 1) => (Part::Decided, Says::Leaves(1)),
        (false, _) => (Part::Possible, Says::Leaves(others)),
    };
    // The answer, and one of those that fit as well.
    let mine = fits.iter().find(|fit| fit.is_answer);
    let other = fits.iter().find(|fit| !fit.is_answer).filter(|_| answers);
    let fit = |fit: &Fit| {
        html! {
            <li data-answer={fit.is_answer.then_some("")}>
                <b>{ words(Says::Wrong(fit.claims.clone())) }</b>
                if fit.is_answer { { " · " }{ part(Part::YourAnswer) } }
            </li>
        }
    };
    let offer = look.and_then(|look| Some((look, level.offers().get(look)?)));
    html! {
        <>
            { heading(name, "possible") }
            <p>{ words(says) }</p>
            if answers {
                <h3>{ part(Part::StillFits) }</h3>
                <ul class="fits">{ for mine.into_iter().chain(other).map(fit) }</ul>
            }
            if name == Part::Decided {
            } else if let Some((look, offer)) = offer {
                <h3>{ part(Part::Shortest) }</h3>
                <p class="lines">{ lines(offer) }</p>
                <button type="button" class="go-on" onclick={press(Does::Look(look), send)}>{ part(Part::TypeIt) }</button>
            } else if waits {
                <p>{ part(Part::WatchLonger) }</p>
                { button("go-on", part(Part::WatchOn), Does::Step, send) }
            } else {
                <p>{ part(Part::NoLook) }</p>
            }
            { feet(send) }
        </>
    }
}

fn refused(refuted: &Refuted, send: &Send) -> Html {
    html! {
        <>
            { heading(Part::Refuted, "refuted") }
            <p><b>{ words(Says::Wrong(refuted.claims.clone())) }</b></p>
            <p>{ against(refuted) }</p>
            { feet(send) }
        </>
    }
}

fn ended(shown: &SeatShown, over: &Over, on_lab: &Callback<()>) -> Html {
    let truth: Vec<Claim> = over.truth.iter().copied().map(FaultPart::in_full).collect();
    let counted = shown.tally.all > UNCOUNTED;
    let on_lab = on_lab.reform(|_: MouseEvent| ());
    let machine = words(Says::OnYourMachine(truth.clone()));
    html! {
        <>
            if over.solved { { heading(Part::Right, "right") } }
            <p class="truth" id={(!over.solved).then_some(TO_READ)} tabindex="-1"><b>{ words(Says::Truth(truth)) }</b></p>
            if over.solved && matches!(shown.form.answer(shown.level), Some(Answer::Wrong(claims)) if claims != over.claims) {
                <p>{ part(Part::RightToo) }</p>
            }
            <p>{ machine }</p>
            <p>{ if counted { words(Says::Par { count: over.count, par: over.par }) } else { part(Part::Uncounted) } }</p>
            { plan(shown.level, &over.plan) }
            <div class="foot">
                <a class="go-on" href={puzzle_link(shown.level, next(shown.seed))}>{ part(Part::NextPuzzle) }{ " ▸" }</a>
                <button type="button" onclick={on_lab}>{ part(Part::OpenInLab) }</button>
            </div>
        </>
    }
}

/// A short way.
fn plan(level: Level, plan: &[usize]) -> Html {
    let offers: Vec<_> = plan.iter().filter_map(|at| level.offers().get(*at)).collect();
    if offers.is_empty() {
        return html! {};
    }
    html! { <><h3>{ part(Part::ShortWay) }</h3><p class="lines">{ for offers.into_iter().map(lines) }</p></> }
}

/// The seed of the puzzle after this one: any, and always the same.
pub(crate) const fn next(seed: u64) -> u64 {
    seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407) >> 40
}
