//! The page's end: the state machine in words, and whom the page follows.

use crate::text;
use tcp_scene::diagram::text_twin;
use yew::prelude::*;

/// The page's end. It never changes.
#[component]
pub(crate) fn Footer() -> Html {
    html! {
        <footer>
            <details>
                <summary>{ text::TWIN }</summary>
                <pre tabindex="0">{ text_twin() }</pre>
            </details>
            <p>{ text::SOURCE }</p>
        </footer>
    }
}
