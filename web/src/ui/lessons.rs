//! The lessons: the button in the header, and the page that it opens over the lab. There the lessons are listed with what is
//! done of them, the article's figures and exercises are found in them, and progress is saved, opened and deleted.

mod list;
mod map;
mod progress;

use super::diagnosis::diagnosis;
use super::lesson::STEP;
use crate::hooks::{
    Dispatch, asks_for_list, close, focus, in_next_task, take_lesson_then, use_dispatch, use_modal, use_shown,
};
use crate::store::Intent;
use crate::text::say;
use list::{groups, head};
use map::map;
use progress::Progress;
use tcp_lessons::{Group, LESSONS};
use tcp_scene::words::{Lessons as Words, Message};
use yew::prelude::*;

/// The button, and the page while it is open.
#[component]
pub(crate) fn Lessons() -> Html {
    let dispatch = use_dispatch();
    // Natively nothing opens, and all of it is looked at. An address may ask for it.
    let open = use_state_eq(|| cfg!(test) || asks_for_list());
    let onclick = {
        let (open, dispatch) = (open.setter(), dispatch.clone());
        Callback::from(move |_: MouseEvent| {
            open.set(true);
            // Nobody sees the lab meanwhile.
            dispatch.send(Intent::Halt(true));
        })
    };
    let on_close = {
        let open = open.setter();
        Callback::from(move |()| {
            open.set(false);
            dispatch.send(Intent::Halt(false));
        })
    };
    html! {
        <>
            <button type="button" class="lessons tool" aria-haspopup="dialog" {onclick}>{ text(Words::Lessons) }</button>
            if *open { <Start {on_close} /> }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct StartProps {
    /// The page was closed.
    on_close: Callback<()>,
}

/// The page.
#[component]
fn Start(StartProps { on_close }: &StartProps) -> Html {
    let (journal, dispatch, dialog) = (use_shown().journal, use_dispatch(), use_modal());
    let choose = Choose { dispatch, dialog: dialog.clone() };
    let onclose = on_close.reform(|_: Event| ());
    html! {
        <dialog class="start" ref={dialog} aria-labelledby="lessons-title" {onclose}>
            { head(&journal, &choose) }
            { groups(&journal, &choose) }
            <div class="last">
                { diagnosis(&journal) }
                <Progress journal={journal.clone()} />
                { map(&choose) }
            </div>
        </dialog>
    }
}

/// What opens a lesson and closes the page.
struct Choose {
    dispatch: Dispatch,
    dialog: NodeRef,
}

impl Choose {
    /// A handler of presses that opens a lesson, at a step or where the learner left it.
    fn press(&self, lesson: &'static str, step: Option<&'static str>) -> Callback<MouseEvent> {
        let (dispatch, dialog) = (self.dispatch.clone(), self.dialog.clone());
        Callback::from(move |_: MouseEvent| {
            close(&dialog);
            let then = || in_next_task(|| focus(STEP));
            take_lesson_then(&dispatch, lesson, step.map(str::to_owned), then);
        })
    }

    /// A handler of presses that only closes the page.
    fn leave(&self) -> Callback<MouseEvent> {
        let dialog = self.dialog.clone();
        Callback::from(move |_: MouseEvent| close(&dialog))
    }
}

fn text(words: Words) -> AttrValue {
    say(&Message::Lessons(words))
}

/// The name of a part of the list.
pub(super) fn group_name(group: Group) -> AttrValue {
    text(match group {
        Group::SetUp => Words::SetUp,
        Group::Data => Words::Data,
        Group::After => Words::After,
    })
}

/// How long some lessons take.
fn minutes(of: impl Fn(&tcp_lessons::Entry) -> bool) -> u32 {
    LESSONS.iter().filter(|lesson| of(lesson)).map(|lesson| u32::from(lesson.minutes)).sum()
}
