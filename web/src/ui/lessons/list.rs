//! What all lessons are, where to go on, and each lesson with what it teaches.

use super::{Choose, group_name, minutes, text};
use tcp_lessons::{Entry, Group, Journal, LESSONS, Place, place, standing, step_in, totals};
use tcp_scene::words::Lessons as Words;
use yew::prelude::*;

/// How the names of cases begin, in which nobody helps.
const CASE: &str = "case-";

/// What lessons are, what is done of them, and the button that goes on.
pub(super) fn head(journal: &Journal, choose: &Choose) -> Html {
    let totals = totals(journal);
    let core = LESSONS.iter().filter(|lesson| lesson.core).count();
    let exercises = LESSONS.iter().map(|lesson| usize::from(lesson.exercises)).sum();
    let Place { lesson, step } = place(journal);
    let entry = &LESSONS[lesson];
    let anchor = entry.steps.get(step).map(|(anchor, _)| *anchor);
    let goes_on = if journal.last().is_some() { Words::Continue } else { Words::Begin };
    let there = Words::Place { number: lesson + 1, title: entry.title, step: step + 1 };
    html! {
        <div class="begin">
            <h2 id="lessons-title">{ text(Words::Lessons) }</h2>
            <p class="about">
                <span>{ text(Words::About) }</span>{ " " }
                <span>{ mark() }{ " " }{ text(Words::CoreTakes { lessons: core, minutes: minutes(|lesson| lesson.core) }) }</span>
            </p>
            <p class="totals">
                <b>{ text(Words::Done { done: totals.lessons, of: LESSONS.len(), core: totals.core, of_core: core }) }</b>
                { " " }<span>{ text(Words::Exercises { done: totals.exercises, of: exercises }) }</span>
            </p>
            <button type="button" class="go-on" onclick={choose.press(entry.id, anchor)}>
                <b>{ text(goes_on) }{ " ▸" }</b>{ " " }<span>{ text(there) }</span>
            </button>
            <button type="button" class="leave" onclick={choose.leave()}>{ text(Words::OpenLab) }</button>
        </div>
    }
}

/// The sign of a lesson that nobody should leave out.
fn mark() -> Html {
    html! { <small class="core">{ text(Words::Core) }</small> }
}

/// The lessons, in their groups.
pub(super) fn groups(journal: &Journal, choose: &Choose) -> Html {
    let here = journal.last().map(|_| place(journal).lesson);
    let group = |(at, group): (usize, Group)| {
        let id = format!("lessons-{at}");
        let lessons = LESSONS.iter().enumerate().filter(move |(_, lesson)| lesson.group == group);
        html! {
            <section class="card" aria-labelledby={id.clone()}>
                <h3 {id}>{ group_name(group) }</h3>
                <span class="sum">{ text(Words::Minutes(minutes(|lesson| lesson.group == group))) }</span>
                <ol>{ for lessons.map(|(at, lesson)| row(at, lesson, journal, here == Some(at), choose)) }</ol>
            </section>
        }
    };
    html! { <div class="groups">{ for Group::ALL.into_iter().enumerate().map(group) }</div> }
}

fn row(at: usize, lesson: &'static Entry, journal: &Journal, here: bool, choose: &Choose) -> Html {
    let standing = standing(journal, lesson);
    let step = lesson.steps.get(step_in(journal, lesson)).map(|(anchor, _)| *anchor);
    let (state, says) = match standing {
        it if it.done => ("done", Words::IsDone),
        it if it.begun => ("begun", Words::StepsDone { done: it.passed, of: lesson.steps.len() }),
        _ => ("new", Words::Minutes(lesson.minutes.into())),
    };
    html! {
        <li>
            <button type="button" class="row" data-state={state} data-case={lesson.id.starts_with(CASE).then_some("")} aria-current={here.then_some("true")}
                onclick={choose.press(lesson.id, step)}>
                <span class="number">{ at + 1 }</span>{ " " }
                <b>{ text(Words::Text(lesson.title)) }</b>{ " " }
                <span class="standing">{ text(says) }</span>{ " " }
                <span class="able">
                    if lesson.core { { mark() }{ " " } }
                    { text(Words::Text(lesson.able)) }
                    if standing.changed { { " " }<em>{ text(Words::Changed) }</em> }
                </span>
            </button>
        </li>
    }
}
