//! The help: what the program is, and its keys.

use crate::text;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct HelpProps {
    /// Counts how often it was asked for; each time it opens.
    pub asked: u32,
}

/// The help, as a dialog.
#[component]
pub(crate) fn Help(props: &HelpProps) -> Html {
    let node = use_node_ref();
    let dialog = node.clone();
    use_effect_with(props.asked, move |asked| {
        if let Some(dialog) = dialog.cast::<HtmlDialogElement>().filter(|dialog| *asked > 0 && !dialog.open())
        {
            // Refused only where it is not in the page any more.
            let _ = dialog.show_modal();
        }
    });
    html! {
        <dialog class="help" ref={node} aria-labelledby="help-title">
            <form method="dialog">
                <h2 id="help-title">{ text::NAME }</h2>
                <button class="plain" aria-label={text::CLOSE}>{ "✕" }</button>
            </form>
            <p>{ text::ABOUT }</p>
            <div class="keys">
                { keys(text::KEYS, &text::SHORTCUTS) }
                { keys(text::TERMINAL_KEYS_TITLE, &text::TERMINAL_KEYS) }
            </div>
            <p>{ text::KEYS_NOTE }</p>
        </dialog>
    }
}

fn keys(title: &'static str, list: &'static [(&'static str, &'static str)]) -> Html {
    html! {
        <section>
            <h3>{ title }</h3>
            <dl>{ for list.iter().map(|(key, what)| html! {
                <div><dt><kbd>{ *key }</kbd></dt><dd>{ *what }</dd></div>
            }) }</dl>
        </section>
    }
}
