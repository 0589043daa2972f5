//! The menu of levels: where else there is something to find.

use super::{part, words};
use crate::hooks::{lab_link, today};
use crate::seat::SeatShown;
use crate::ui::Popup;
use crate::ui::diagnosis::{levels as list, number};
use std::rc::Rc;
use tcp_scene::words::puzzle::{Puzzle as Says, PuzzlePart as Part};
use yew::prelude::*;

/// The button, and the menu that it opens.
pub(super) fn levels(shown: &SeatShown) -> Html {
    let (level, journal) = (shown.level, Rc::clone(&shown.journal));
    let draw = move |()| {
        html! {
            <>
                <h2>{ part(Part::Levels) }</h2>
                <p>{ words(Says::Today(today())) }</p>
                { list(&journal, Some(level)) }
                <a class="lab" href={lab_link()}>{ part(Part::OpenLab) }</a>
            </>
        }
    };
    html! {
        <>
            <button type="button" class="scenes" popovertarget="levels" title={words(Says::Level(level))}>
                { words(Says::Number(number(level))) }{ " ▾" }
            </button>
            <Popup id="levels" class="levels diagnosis" label={part(Part::Levels)} {draw} />
        </>
    }
}
