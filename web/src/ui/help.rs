//! The help: what the program is, and its keys.

use crate::text::{self, page};
use tcp_scene::words::Page;
use yew::prelude::*;

/// The help, as a dialog in `node`; empty until it is opened.
pub(crate) fn help(node: &NodeRef, opened: bool) -> Html {
    html! {
        <dialog class="help" ref={node.clone()} aria-labelledby="help-title">
            if opened {
                <form method="dialog">
                    <h2 id="help-title">{ text::NAME }</h2>
                    <button class="plain" aria-label={page(Page::Close)}>{ "✕" }</button>
                </form>
                <p>{ page(Page::About) }</p>
                <div class="keys">
                    { keys(Page::Keys, &SHORTCUTS) }
                    { keys(Page::TerminalKeys, &TERMINAL_KEYS) }
                </div>
                <p>{ page(Page::KeysNote) }</p>
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

fn keys(title: Page, list: &'static [(&'static str, Page)]) -> Html {
    html! {
        <section>
            <h3>{ page(title) }</h3>
            <dl>{ for list.iter().map(|(key, what)| html! {
                <div><dt><kbd>{ *key }</kbd></dt><dd>{ page(*what) }</dd></div>
            }) }</dl>
        </section>
    }
}
