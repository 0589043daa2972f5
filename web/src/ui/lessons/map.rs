//! The map: in which step of which lesson each figure and each exercise step of the article is.

use super::{Choose, text};
use tcp_core::Order;
use tcp_lessons::LESSONS;
use tcp_scene::words::Lessons as Words;
use yew::prelude::*;

/// How the names of figures and of exercise steps begin.
const FIGURE: &str = "figure-";
const EXERCISE: &str = "exercise-";

/// The parts of the article whose names begin so, in its order, without that beginning.
fn parts(prefix: &str) -> Vec<&'static str> {
    let all = LESSONS.iter().flat_map(|lesson| lesson.article);
    let mut parts: Vec<&str> = all.filter_map(|(part, _)| part.strip_prefix(prefix)).collect();
    // `10` is after `9`, and `1a` before `1b`.
    parts.order_by_key(|part| (part.trim_end_matches(char::is_alphabetic).len(), *part));
    parts.dedup();
    parts
}

/// The map, which is folded at first.
pub(super) fn map(choose: &Choose) -> Html {
    let (figures, exercises) = (parts(FIGURE), parts(EXERCISE));
    let asks = Words::MapAsks { figures: figures.len(), steps: exercises.len() };
    html! {
        <details class="card map">
            <summary><h3>{ text(Words::Map) }</h3>{ " " }<span>{ text(asks) }</span></summary>
            <div class="maps">
                { table(FIGURE, &figures, Words::Figure, choose) }
                { table(EXERCISE, &exercises, Words::Exercise, choose) }
            </div>
        </details>
    }
}

fn table(prefix: &str, parts: &[&'static str], name: fn(&'static str) -> Words, choose: &Choose) -> Html {
    html! {
        <dl>
            { for parts.iter().map(|part| html! {
                <div>
                    <dt>{ text(name(part)) }</dt>
                    <dd>{ for places(prefix, part).map(|it| place(it, choose)) }</dd>
                </div>
            }) }
        </dl>
    }
}

/// A lesson's place in the list, and the step of it that shows something.
type Shows = (usize, &'static str);

fn places<'a>(prefix: &'a str, part: &'a str) -> impl Iterator<Item = Shows> + 'a {
    LESSONS.iter().enumerate().flat_map(move |(at, lesson)| {
        let here = lesson.article.iter().filter(move |(name, _)| name.strip_prefix(prefix) == Some(part));
        here.map(move |(_, step)| (at, *step))
    })
}

fn place((at, step): Shows, choose: &Choose) -> Html {
    let lesson = &LESSONS[at];
    let title = lesson.steps.iter().find(|(anchor, _)| *anchor == step).map_or("", |(_, title)| *title);
    html! {
        <button type="button" onclick={choose.press(lesson.id, Some(step))}>
            { text(Words::Step { number: at + 1, lesson: lesson.title, title }) }
        </button>
    }
}
