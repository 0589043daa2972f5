//! A learner's progress: saved as a file, taken over from a file, deleted.

use super::text;
use crate::hooks::{click, keeps, read_file, save, use_dispatch, use_focus};
use crate::store::{Intent, Learn};
use crate::ui::file::data;
use std::rc::Rc;
use tcp_lessons::{Journal, JournalError};
use tcp_scene::words::{Lessons as Words, Unreadable};
use yew::prelude::*;

/// The name of the file that is saved.
const FILE: &str = "tcp-states-progress.txt";
/// The id of the input that opens a file.
const INPUT: &str = "progress-file";
/// The id of the button that asks whether it is to be deleted.
const DELETE: &str = "progress-delete";

#[derive(Properties, PartialEq)]
pub(super) struct ProgressProps {
    /// What a learner did.
    pub journal: Rc<Journal>,
}

/// What can be done with it.
#[component]
pub(super) fn Progress(ProgressProps { journal }: &ProgressProps) -> Html {
    let dispatch = use_dispatch();
    // What was done last.
    let said = use_state(|| None::<Words>);
    let asks = use_state(|| false);
    // Natively there is no browser to ask.
    let kept = if cfg!(test) || keeps() { Words::ProgressKept } else { Words::ProgressLost };
    let onsave = {
        let journal = Rc::clone(journal);
        Callback::from(move |_: MouseEvent| save(FILE, &data("text/plain", journal.write().as_bytes())))
    };
    let onchange = {
        let (journal, dispatch, said) = (Rc::clone(journal), dispatch.clone(), said.setter());
        Callback::from(move |event: Event| {
            let (journal, dispatch, said) = (Rc::clone(&journal), dispatch.clone(), said.clone());
            read_file(&event, move |text| {
                said.set(Some(match Journal::read(&text) {
                    Ok(other) => {
                        let mut all = Journal::clone(&journal);
                        all.join(&other);
                        let new = all.entries().len() - journal.entries().len();
                        dispatch.send(Intent::Learn(Box::new(Learn::Join(Rc::new(other)))));
                        Words::Added(new)
                    }
                    Err(error) => Words::Refused(why(&error)),
                }));
            });
        })
    };
    let ask = |asked: bool| {
        let (asks, said) = (asks.setter(), said.setter());
        Callback::from(move |_: MouseEvent| {
            asks.set(asked);
            said.set(None);
        })
    };
    let ondelete = {
        let (asks, said) = (asks.setter(), said.setter());
        Callback::from(move |_: MouseEvent| {
            asks.set(false);
            dispatch.send(Intent::Learn(Box::new(Learn::Forget)));
            said.set(Some(Words::Deleted));
        })
    };
    html! {
        <section class="card progress" aria-labelledby="progress-title">
            <h3 id="progress-title">{ text(Words::Progress) }</h3>
            if *asks { <Asks onkeep={ask(false)} {ondelete} /> } else {
                <p class="kept" role="status">{ text((*said).unwrap_or(kept)) }</p>
                <p class="buttons">
                    <button type="button" onclick={onsave}>{ text(Words::Save) }</button>
                    <button type="button" onclick={|_: MouseEvent| click(INPUT)}>{ text(Words::Open) }</button>
                    <input id={INPUT} type="file" accept=".txt,text/plain" hidden=true {onchange} />
                    <button type="button" id={DELETE} class="delete" onclick={ask(true)}>{ text(Words::Delete) }</button>
                </p>
            }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct AsksProps {
    onkeep: Callback<MouseEvent>,
    ondelete: Callback<MouseEvent>,
}

/// The question before it is deleted. Its safe answer has the focus at first.
#[component]
fn Asks(AsksProps { onkeep, ondelete }: &AsksProps) -> Html {
    let keep = use_focus(true, Some(DELETE.to_owned()));
    html! {
        <>
            <p id="delete-asks" class="kept">{ text(Words::DeleteAsks) }</p>
            <p class="buttons" role="group" aria-labelledby="delete-asks">
                <button type="button" class="delete" onclick={ondelete}>{ text(Words::DeleteAll) }</button>
                // A second press at the same place deletes nothing.
                <button ref={keep} type="button" onclick={onkeep}>{ text(Words::Keep) }</button>
            </p>
        </>
    }
}

/// Why a file is no progress.
fn why(error: &JournalError) -> Unreadable {
    match error {
        JournalError::First => Unreadable::Foreign,
        JournalError::Newer => Unreadable::Newer,
        JournalError::Long => Unreadable::Long,
        JournalError::Line(line) => Unreadable::Line(*line),
    }
}
