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
mod transport;
mod why;
mod wire;

use crate::hooks::focus;
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

/// Whose settings and help they are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Desk {
    /// The lab's.
    Lab,
    /// A puzzle's, in which some of it makes no sense.
    Seat,
}

/// A link past all that comes before the part with this id, to be seen only while it has the focus.
pub(crate) fn skip(id: &'static str, name: Page) -> Html {
    let onclick = move |event: MouseEvent| {
        // What is behind the `#` of the address is a session.
        event.prevent_default();
        focus(id);
    };
    html! { <a class="pass" href={format!("#{id}")} {onclick}>{ page(name) }</a> }
}

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
