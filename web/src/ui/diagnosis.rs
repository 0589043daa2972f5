//! Diagnosis: the levels with what was solved, and the puzzle of the day.

use crate::hooks::{puzzle_link, today};
use crate::seat::{Tally, tally};
use crate::text::say;
use tcp_lessons::Journal;
use tcp_lessons::puzzle::Level;
use tcp_scene::words::Message;
use tcp_scene::words::puzzle::{Puzzle as Says, PuzzlePart as Part};
use yew::prelude::*;

/// What there is to solve.
pub(super) fn diagnosis(journal: &Journal) -> Html {
    let seed = today();
    // The first level that is not solved yet.
    let next = Level::ALL.into_iter().find(|level| tally(journal, *level).solved == 0).unwrap_or(Level::Two);
    html! {
        <section class="card diagnosis" aria-labelledby="diagnosis-title">
            <h3 id="diagnosis-title">{ part(Part::Find) }</h3>
            <p class="kept">{ part(Part::About) }{ " " }{ words(Says::Today(seed)) }</p>
            <a class="today" href={puzzle_link(next, seed)}>{ part(Part::TodaysPuzzle) }</a>
            { levels(journal, None) }
        </section>
    }
}

/// Today's puzzle of each level, with what was solved there; `here` is where somebody is.
pub(super) fn levels(journal: &Journal, here: Option<Level>) -> Html {
    let seed = today();
    let level = |level: Level| {
        let Tally { solved, of, .. } = tally(journal, level);
        let number = number(level);
        html! {
            <li>
                <a href={puzzle_link(level, seed)} aria-current={(here == Some(level)).then_some("true")} data-solved={(solved > 0).then_some("")}>
                    <span class="number">{ number }</span>{ " " }<b>{ words(Says::Level(level)) }</b>{ " " }
                    if of > 0 { <span class="standing">{ words(Says::Solved { solved, of }) }</span> }{ " " }
                    <span class="able">{ words(Says::About(level)) }</span>
                </a>
            </li>
        }
    };
    html! { <ol>{ for Level::ALL.into_iter().map(level) }</ol> }
}

/// The number of a level, from 1.
pub(super) fn number(level: Level) -> usize {
    Level::ALL.iter().position(|it| *it == level).map_or(1, |at| at + 1)
}

/// The level that fits the case of a lesson.
pub(super) fn offered_after(lesson: &str) -> Option<Html> {
    let level = match lesson {
        "case-two-hosts" => Level::Counters,
        "case-which-program" => Level::Applications,
        "case-live-connection" => Level::Live,
        _ => return None,
    };
    let name = words(Says::Offer(level));
    Some(html! { <a class="puzzle" href={puzzle_link(level, today())}>{ name }</a> })
}

fn part(part: Part) -> AttrValue {
    words(Says::Part(part))
}

fn words(says: Says) -> AttrValue {
    say(&Message::Puzzle(says))
}
