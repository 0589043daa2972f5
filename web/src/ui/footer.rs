//! The page's end: the state machine in words, and whom the page follows.

use crate::text::page;
use tcp_scene::words::Page;
use yew::prelude::*;

/// The page's end; `twin` is the machine as a list.
pub(crate) fn footer(twin: &AttrValue) -> Html {
    html! {
        <footer>
            <details>
                <summary>{ page(Page::Twin) }</summary>
                <pre tabindex="0">{ twin }</pre>
            </details>
            <p>{ page(Page::Source) }</p>
        </footer>
    }
}
