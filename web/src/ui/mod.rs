//! The views. What has no hooks is a plain function from data to [`yew::Html`].

mod builder;
mod chip;
mod craft;
mod diagnosis;
mod diagram;
mod file;
mod firewall;
mod footer;
mod header;
mod help;
mod host;
mod icon;
mod inspector;
mod ladder;
mod lane;
mod lesson;
mod lessons;
mod netstat;
mod opened;
mod pairs;
mod piece;
mod play;
mod popup;
mod rules;
mod scenes;
mod seat;
mod segment;
mod settings;
mod shape;
mod share;
mod terminal;
mod terminals;
mod time;
mod timebar;
mod why;
mod wire;

use crate::text::{page, say};
use std::rc::Rc;
use tcp_scene::address::Lock;
use tcp_scene::words::{Message, Page, Sharing};
use yew::prelude::*;

pub(crate) use diagram::Diagram;
pub(crate) use firewall::firewall;
pub(crate) use footer::Footer;
pub(crate) use header::header;
pub(crate) use help::help;
pub(crate) use host::host;
pub(crate) use inspector::Inspector;
pub(crate) use lesson::{LessonPanel, pick_up};
pub(crate) use opened::{Opened, notice};
pub(crate) use piece::PieceCard;
pub(crate) use play::Playing;
use popup::Popup;
#[cfg(test)]
pub(crate) use seat::Room;
pub(crate) use seat::{SeatPage, closed_band};
pub(crate) use terminals::terminals;
pub(crate) use timebar::Bar;
pub(crate) use wire::Wire;

/// Why something cannot be changed, if it is locked.
fn locked(locked: bool, lock: Lock) -> Option<AttrValue> {
    locked.then(|| say(&Message::Sharing(Sharing::Locked(lock))))
}

/// The heading of a part whose look says what it is, for those who go from heading to heading.
fn heading(name: Page) -> Html {
    html! { <h2 class="unseen">{ page(name) }</h2> }
}

/// A text of the scene, without copying it.
fn words(text: &Rc<str>) -> Html {
    AttrValue::from(Rc::clone(text)).into()
}
