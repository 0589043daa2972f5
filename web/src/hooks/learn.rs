//! Lessons and the journal of what was learnt, where the browser keeps such things: a page in a sandboxed frame has
//! nowhere to, and then the journal lasts as long as the page is open.

use super::address::query;
use super::context::Dispatch;
use super::lessons::fetch_lesson;
use super::reload::kept_lesson;
use crate::store::{Intent, Learn};
use std::rc::Rc;
use tcp_lessons::{Beginning, Journal, Lesson, hash, named};
use tcp_scene::address::{LIST, parse};
use yew::prelude::*;

const KEY: &str = "tcp-states.journal";

/// `None` if the browser has no storage, or refuses even to look at it.
fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// What was learnt on earlier visits. A journal of a newer version, or none at all, is left alone.
pub(crate) fn recall_journal() -> Journal {
    let text = storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
    text.and_then(|text| Journal::read(&text).ok()).unwrap_or_default()
}

/// Writes the journal down whenever it grows. What another page of this browser has written meanwhile stays, unless
/// everything is to be forgotten.
#[hook]
pub(crate) fn use_journal(journal: Rc<Journal>) {
    let first = use_mut_ref(|| true);
    let length = journal.entries().len();
    use_effect_with(length, move |length| {
        // What was just read needs no writing.
        let Some(storage) = storage().filter(|_| !first.replace(false)) else { return };
        let _ = if *length == 0 {
            storage.remove_item(KEY)
        } else {
            let mut kept = recall_journal();
            kept.join(&journal);
            storage.set_item(KEY, &kept.write())
        };
    });
}

/// Opens a lesson of this program as soon as its file is there, at a step or where the reader left it.
pub(crate) fn take_lesson(dispatch: &Dispatch, id: &str, step: Option<String>) {
    take_lesson_then(dispatch, id, step, || ());
}

/// The same, and calls back once it is there, or is known not to come.
pub(crate) fn take_lesson_then(
    dispatch: &Dispatch,
    id: &str,
    step: Option<String>,
    then: impl FnOnce() + 'static,
) {
    read_lesson(dispatch, id, move |(lesson, hash)| Learn::Take { lesson, hash, step }, then);
}

/// Reads a lesson, and sends what is to be done with it and the hash of its file.
fn read_lesson(
    dispatch: &Dispatch,
    id: &str,
    learn: impl FnOnce((Rc<Lesson>, u32)) -> Learn + 'static,
    then: impl FnOnce() + 'static,
) {
    let dispatch = dispatch.clone();
    let language = parse(&query()).0.language.unwrap_or_default();
    fetch_lesson(&language, id, move |text| {
        let read = text.ok().and_then(|text| Some((Rc::new(Lesson::read(&text).ok()?), hash(&text))));
        dispatch.send(Intent::Learn(Box::new(read.map_or(Learn::Missing, learn))));
        then();
    });
}

/// The list of lessons is what the address asks for.
pub(crate) fn asks_for_list() -> bool {
    !cfg!(test) && parse(&query()).0.lesson.as_deref() == Some(LIST)
}

/// Opens the lesson that was taken before the page was reloaded, or that the address asks for. What is wrong with that was
/// said by the store.
#[hook]
pub(crate) fn use_asked(dispatch: &Dispatch) {
    let dispatch = dispatch.clone();
    use_effect_with((), move |()| {
        let address = parse(&query()).0;
        // Read before the hook below this one forgets it.
        if let Some([id, step, begun]) = kept_lesson()
            && let Some(begun) = Beginning::read(&begun)
        {
            let resume = move |(lesson, hash)| Learn::Resume { lesson, hash, step, begun };
            return read_lesson(&dispatch, &id, resume, || ());
        }
        let (id, step) = (address.lesson, address.step);
        if let Some(lesson) = id.as_deref().and_then(named) {
            let is_there = |step: &String| lesson.steps.iter().any(|(anchor, _)| anchor == step);
            take_lesson(&dispatch, lesson.id, step.filter(is_there));
        }
    });
}
