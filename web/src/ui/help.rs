//! The help: what the program is, and its keys.

use super::Desk;
use crate::text::{self, page, say};
use tcp_scene::words::puzzle::{Puzzle, PuzzlePart as Part};
use tcp_scene::words::{Message, Page};
use yew::prelude::*;

/// The help, as a dialog in `node`; empty until it is opened.
pub(crate) fn help(node: &NodeRef, opened: bool, desk: Desk) -> Html {
    let says = |part| say(&Message::Puzzle(Puzzle::Part(part)));
    let shortcuts: Vec<(&str, AttrValue)> = match desk {
        Desk::Lab => SHORTCUTS.iter().map(|(key, what)| (*key, page(*what))).collect(),
        Desk::Seat => {
            let own = PUZZLE_SHORTCUTS.iter().map(|(key, what)| (*key, says(*what)));
            let as_in_lab = |(key, _): &&(&str, Page)| matches!(*key, "Ctrl-Z" | "Ctrl-⇧-Z" | "?");
            own.chain(SHORTCUTS.iter().filter(as_in_lab).map(|(key, what)| (*key, page(*what)))).collect()
        }
    };
    let in_terminal = TERMINAL_KEYS.iter().map(|(key, what)| (*key, page(*what))).collect();
    html! {
        <dialog class="help" ref={node.clone()} aria-labelledby="help-title">
            if opened {
                <form method="dialog">
                    <h2 id="help-title">{ text::NAME }</h2>
                    <button class="plain" aria-label={page(Page::Close)}>{ "✕" }</button>
                </form>
                if desk == Desk::Seat {
                    <p>{ says(Part::Help) }</p>
                    <p>{ says(Part::Hiding) }</p>
                } else {
                    <p>{ page(Page::About) }</p>
                }
                <div class="keys">
                    { keys(Page::Keys, shortcuts) }
                    { keys(Page::TerminalKeys, in_terminal) }
                </div>
                <p>{ if desk == Desk::Seat { says(Part::KeysNote) } else { page(Page::KeysNote) } }</p>
            }
        </dialog>
    }
}

/// Keys, and what they do.
const SHORTCUTS: [(&str, Page); 13] = [
    ("Space", Page::KeyPlay),
    ("→", Page::KeyStep),
    ("←", Page::KeyStepBack),
    (".", Page::KeySkip),
    ("r", Page::KeyReset),
    ("l", Page::KeyLadder),
    ("t", Page::KeyTerminals),
    ("Ctrl-Z", Page::KeyUndo),
    ("Ctrl-⇧-Z", Page::KeyRedo),
    ("p", Page::KeyPresent),
    ("PgDn", Page::KeyGoOn),
    ("c s", Page::KeyPickUp),
    ("?", Page::KeyHelp),
];

/// Those that do something else in a puzzle; the others that act there do what they do in the lab.
const PUZZLE_SHORTCUTS: [(&str, Part); 4] =
    [("Space", Part::KeyPlay), ("→", Part::KeyStep), ("←", Part::KeyBack), ("p", Part::KeyPresent)];

/// Keys in a terminal, and what they do.
const TERMINAL_KEYS: [(&str, Page); 7] = [
    ("Enter", Page::KeyEnter),
    ("Tab", Page::KeyTab),
    ("↑ ↓", Page::KeyHistory),
    ("Ctrl-C", Page::KeyInterrupt),
    ("Ctrl-Z", Page::KeySuspend),
    ("Ctrl-D", Page::KeyEndOfInput),
    ("Ctrl-L", Page::KeyClear),
];

fn keys(title: Page, list: Vec<(&'static str, AttrValue)>) -> Html {
    html! {
        <section>
            <h3>{ page(title) }</h3>
            <dl>{ for list.into_iter().map(|(key, what)| html! {
                <div><dt><kbd>{ key }</kbd></dt><dd>{ what }</dd></div>
            }) }</dl>
        </section>
    }
}
