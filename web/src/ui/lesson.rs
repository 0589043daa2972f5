//! The lesson that somebody takes: one step of it, with its question, or what came of the answer, or what there is to do.

mod ghosts;
mod question;

use super::time::lasting;
use super::transport::{TOP, steer};
use crate::hooks::{Dispatch, focus, in_next_task, take_lesson, use_dispatch, use_shown};
use crate::store::{Intent, Learn, Shown};
use crate::text::{moment, page, say};
pub(super) use ghosts::ghosts;
pub(crate) use question::pick_up;
use question::{question, sure};
use std::rc::Rc;
use tcp_lessons::{CheckView, Entry, Explanation, LESSONS, LessonView, LineView, Move, Span, part};
use tcp_scene::WhyLine;
use tcp_scene::words::lesson::{Lesson as Says, Part};
use tcp_scene::words::{Message, Page};
use yew::prelude::*;

/// The heading of the step, which gets the focus when something else is to be read.
pub(super) const STEP: &str = "lesson-step";

/// The panel of the lesson; nothing while none is taken.
#[component]
pub(crate) fn LessonPanel() -> Html {
    let (shown, dispatch) = (use_shown(), use_dispatch());
    let read = shown.lesson.as_ref().map(|view| (view.lesson.id.clone(), view.at, stage(view)));
    let before = use_mut_ref(|| None);
    use_effect_with(read, move |read| {
        // Whoever opens a page at a lesson may want to read something else; whoever is in it goes on in it.
        let was_there = before.replace(read.clone()).is_some();
        if read.is_some() && was_there {
            in_next_task(|| focus(STEP));
        }
    });
    match &shown.lesson {
        Some(view) => panel(view, &shown, &dispatch),
        None => html! {},
    }
}

/// What of the step is to be read: its question, what came of the answer, the lines, that it is done.
fn stage(view: &LessonView) -> [bool; 4] {
    [view.question.is_some(), view.explanation.is_some(), !view.lines.is_empty(), view.done]
}

fn panel(view: &Rc<LessonView>, shown: &Shown, dispatch: &Dispatch) -> Html {
    let (locked, keys) = (shown.locks.time, !shown.settings.silent_keys);
    let step = &view.lesson.steps[view.at];
    let title = view.lesson.title.clone();
    let title = match view.number {
        Some(number) => say(&Message::Lesson(Says::Titled(number, title))),
        None => title.into(),
    };
    let text = step.prose.iter().map(|spans| html! { <p>{ prose(spans, dispatch) }</p> });
    html! {
        <section class="card lesson" aria-label={word(Part::Panel)}>
            <div class="headed">
                <div class="titles"><h2>{ title }</h2><h3 id={STEP} tabindex="-1">{ step.title.clone() }</h3></div>
                { steps(view) }
                { square("↺", Part::Begin, Learn::Begin, dispatch) }
                { square("✕", Part::Leave, Learn::Leave, dispatch) }
                // Seen where the bar at the top has no room.
                <button type="button" class="square to-top" popovertarget={TOP} title={word(Part::Menu)} aria-label={word(Part::Menu)}>{ "☰" }</button>
            </div>
            <div class="read">
                // What came of the answer is read first; the prose was read before.
                if view.explanation.is_none() { { for text.clone() } }
                { for view.question.as_ref().map(|asked| question(asked, [view.places, view.carried], keys, dispatch)) }
                { for view.explanation.as_ref().map(|said| explanation(said, locked, dispatch)) }
                if view.question.is_none() { { task(view, dispatch) } }
                { hints(view, dispatch) }
                if view.explanation.is_some() { { for text } }
                if view.changed { <p class="aside">{ word(Part::Changed) }</p> }
            </div>
            { foot(view, shown, dispatch) }
        </section>
    }
}

/// A button with a sign.
fn square(sign: &'static str, name: Part, wish: Learn, dispatch: &Dispatch) -> Html {
    let name = word(name);
    html! {
        <button type="button" class="square" aria-label={name.clone()} title={name} onclick={learn(wish, dispatch)}>{ sign }</button>
    }
}

/// Where in the lesson this is.
fn steps(view: &LessonView) -> Html {
    let of = view.lesson.steps.len();
    let mark = |(at, passed): (usize, &bool)| {
        html! { <li data-passed={passed.then_some("")} aria-current={(at == view.at).then_some("step")}></li> }
    };
    html! {
        <div class="where">
            <ol aria-hidden="true">{ for view.passed.iter().enumerate().map(mark) }</ol>
            <span>{ say(&Message::Lesson(Says::StepOf(view.at + 1, of))) }</span>
        </div>
    }
}

/// What came of the answer.
fn explanation(said: &Explanation, locked: bool, dispatch: &Dispatch) -> Html {
    let sentence = |(message, right): &(Message, bool)| {
        html! { <p data-right={right.then_some("")}>{ if *right { "✓ " } else { "" } }{ ticked(&say(message)) }</p> }
    };
    html! {
        <div class="explained" role="status">
            { for said.says.iter().map(sentence) }
            if !said.facts.is_empty() || said.refuted.is_some() {
                <ul>
                    { for said.facts.iter().map(|line| fact(line, locked, dispatch)) }
                    if let Some(refuted) = &said.refuted { <li>{ ticked(&say(refuted)) }</li> }
                </ul>
            }
            if said.seen { <p class="aside">{ word(Part::Seen) }</p> }
        </div>
    }
}

/// The fact that decided, which leads to its moment.
fn fact(line: &WhyLine, locked: bool, dispatch: &Dispatch) -> Html {
    html! {
        <li>
            <button type="button" class="moment" title={page(Page::GoThere)} aria-disabled={locked.then_some("true")}
                onclick={dispatch.press(Intent::GoTo(line.at))}><time>{ moment(line.at) }</time></button>
            <span>{ say(&line.text) }</span>
        </li>
    }
}

/// The lines, and what must be there.
fn task(view: &LessonView, dispatch: &Dispatch) -> Html {
    let lines = |name: Part, lines: &[LineView], wish: fn(usize) -> Move| {
        if lines.is_empty() {
            return html! {};
        }
        html! {
            <div class="lines" role="group" aria-label={word(name)}>
                { for lines.iter().enumerate().map(|(at, view)| line(view, wish(at), dispatch)) }
            </div>
        }
    };
    let check = |CheckView { claim, holds, takes }: &CheckView| {
        let state = word(if *holds { Part::Holds } else { Part::NotYet });
        html! {
            <li data-holds={holds.then_some("")}>
                <i role="img" aria-label={state}>{ if *holds { "✓" } else { "○" } }</i><span>{ say(claim) }</span>
                { takes.map(lasting) }
            </li>
        }
    };
    html! {
        <div class="task">
            <div>{ lines(Part::Lines, &view.lines, Move::Type) }{ lines(Part::Looks, &view.looks, Move::Look) }</div>
            <ul class="checks" aria-label={word(Part::Checks)}>{ for view.checks.iter().map(check) }</ul>
        </div>
    }
}

/// A line, which a press types.
fn line(view: &LineView, wish: Move, dispatch: &Dispatch) -> Html {
    let terminal = view.line.terminal;
    let prompt = terminal.host().map_or("network$".to_owned(), |host| format!("{}$", host.name()));
    html! {
        <button type="button" class="line" title={say(&Message::Terminal(terminal))}
            data-typed={view.typed.then_some("")} onclick={learn(Learn::Do(wish), dispatch)}>
            <i aria-hidden="true">{ if view.typed { "✓" } else { "▸" } }</i>
            <code>{ format!("{prompt} {}", view.line.text) }</code>
        </button>
    }
}

fn hints(view: &LessonView, dispatch: &Dispatch) -> Html {
    let step = &view.lesson.steps[view.at];
    let given = step.hints.iter().take(view.hints.0);
    if view.hints.0 == 0 || view.done {
        return html! {};
    }
    html! {
        <ul class="hints" aria-label={word(Part::Hints)} aria-live="polite">
            { for given.map(|spans| html! { <li>{ prose(spans, dispatch) }</li> }) }
        </ul>
    }
}

/// The buttons: what comes next first, and what goes elsewhere last.
fn foot(view: &LessonView, shown: &Shown, dispatch: &Dispatch) -> Html {
    let button = |class: &'static str, name: Message, learn: Learn| {
        // With its name as its key: a press of Enter never means another button than the one that had the focus.
        let name = say(&name);
        html! { <button key={&*name} type="button" {class} onclick={self::learn(learn, dispatch)}>{ &name }</button> }
    };
    let does = |class, name, wish| button(class, part(name), Learn::Do(wish));
    let is_last = view.at + 1 == view.lesson.steps.len();
    let next = || view.lesson.steps.get(view.at + 1).map(|step| step.title.clone()).unwrap_or_default();
    let main = match &view.question {
        Some(asked) => {
            let title = (!asked.ready).then(|| word(Part::ChooseFirst));
            html! {
                <>
                    <button key="compare" type="button" class="go-on" aria-disabled={(!asked.ready).then_some("true")} {title}
                        onclick={learn(Learn::Do(Move::Compare), dispatch)}>{ word(Part::Compare) }</button>
                    { sure(asked.sure, dispatch) }
                    if asked.ready { { does("link", Part::ByHand, Move::ByHand) } }
                </>
            }
        }
        None if view.done && is_last => html! {
            <>
                { for next_lesson(view).map(|entry| next_button(entry, dispatch)) }
                { for super::diagnosis::offered_after(&view.lesson.id) }
                { button("", part(Part::OpenLab), Learn::Leave) }<b>{ word(Part::Done) }</b>
            </>
        },
        None if view.done => button("go-on", Message::Lesson(Says::GoTo(next())), Learn::Do(Move::Next)),
        None if view.lines.iter().any(|line| !line.typed) => does("go-on", Part::TypeAll, Move::TypeAll),
        None if view.secret => does("", Part::TypeForMe, Move::TypeAll),
        None => does("", Part::GoOn, Move::TypeAll),
    };
    let (given, of) = view.hints;
    html! {
        <div class="foot">
            { main }
            // It stays when all were given: the focus may be on it.
            if view.question.is_none() && !view.done && of > 0 {
                <button key="hint" type="button" class="link" aria-disabled={(given == of).then_some("true")}
                    onclick={self::learn(Learn::Do(Move::Hint), dispatch)}>
                    { say(&Message::Lesson(Says::Hint((given + 1).min(of), of))) }
                </button>
            }
            if view.explanation.is_some() { { button("link", part(Part::Again), Learn::Begin) } }
            <span class="gap"></span>
            if !view.done && !is_last { { button("link", part(Part::Skip), Learn::Skip) } }
            { steer(shown, dispatch) }
        </div>
    }
}

/// The lesson after this one in the list.
fn next_lesson(view: &LessonView) -> Option<&'static Entry> {
    LESSONS.get(view.number?)
}

fn next_button(entry: &Entry, dispatch: &Dispatch) -> Html {
    let (id, dispatch) = (entry.id, dispatch.clone());
    let onclick = move |_: MouseEvent| take_lesson(&dispatch, id, None);
    let title = say(&Message::Lesson(Says::NextLesson(entry.title.to_owned())));
    html! { <button key="next-lesson" type="button" class="go-on" {onclick}>{ title }</button> }
}

/// A sentence in which what is between backticks is code, as in prose.
fn ticked(text: &str) -> Html {
    let piece = |(at, part): (usize, &str)| match at % 2 {
        0 => html! { { part.to_owned() } },
        _ => html! { <code>{ part.to_owned() }</code> },
    };
    text.split('`').enumerate().map(piece).collect()
}

/// Pieces of prose.
fn prose(spans: &[Span], dispatch: &Dispatch) -> Html {
    let piece = |span: &Span| match span {
        Span::Text(text) => html! { { text.clone() } },
        Span::Strong(text) => html! { <b>{ text.clone() }</b> },
        Span::Code(text) => html! { <code>{ text.clone() }</code> },
        Span::Link { to, text } => html! { { link(to, text, dispatch) } },
    };
    spans.iter().map(piece).collect()
}

/// The button that opens the lesson that explains something.
pub(super) fn explained_in(entry: &Entry, dispatch: &Dispatch) -> Html {
    let (id, dispatch) = (entry.id, dispatch.clone());
    let onclick = move |_: MouseEvent| take_lesson(&dispatch, id, None);
    let title = say(&Message::Lesson(Says::Explains(entry.title.to_owned())));
    html! { <p class="way"><button type="button" {onclick}>{ title }</button></p> }
}

/// Words that lead to another lesson. Words that lead to a step of this one only name it.
fn link(to: &str, text: &str, dispatch: &Dispatch) -> Html {
    let text = text.to_owned();
    if to.starts_with('#') {
        return html! { <b>{ text }</b> };
    }
    let (to, dispatch) = (to.to_owned(), dispatch.clone());
    let onclick = move |_: MouseEvent| take_lesson(&dispatch, &to, None);
    html! { <button type="button" class="link" {onclick}>{ text }</button> }
}

fn word(name: Part) -> AttrValue {
    say(&part(name))
}

fn learn(learn: Learn, dispatch: &Dispatch) -> Callback<MouseEvent> {
    dispatch.press(Intent::Learn(Box::new(learn)))
}
