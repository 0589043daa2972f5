//! The page's end: the state machine in words, and whom the page follows.

use crate::hooks::is_unfolded;
use crate::text::page;
use tcp_scene::words::Page;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct FooterProps {
    /// The state machine as text: each state on a line, and below it, further in, what leads away.
    pub twin: AttrValue,
}

/// The page's end. The list is drawn once it is unfolded.
#[component]
pub(crate) fn Footer(FooterProps { twin }: &FooterProps) -> Html {
    let unfolded = use_state(|| false);
    let ontoggle = {
        let unfolded = unfolded.setter();
        Callback::from(move |event: Event| unfolded.set(is_unfolded(&event)))
    };
    html! {
        <footer>
            <details {ontoggle}>
                <summary>{ page(Page::Twin) }</summary>
                if *unfolded { { list(twin) } }
            </details>
            <p>{ page(Page::Source) }</p>
        </footer>
    }
}

/// The lines as a list in a list.
fn list(twin: &str) -> Html {
    let mut states: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in twin.lines() {
        match (line.strip_prefix("  "), states.last_mut()) {
            (Some(edge), Some((_, edges))) => edges.push(edge),
            _ => states.push((line, Vec::new())),
        }
    }
    html! {
        <ul class="twin" tabindex="0">{ for states.iter().map(|(state, edges)| html! {
            <li><b>{ *state }</b><ul>{ for edges.iter().map(|edge| self::edge(edge)) }</ul></li>
        }) }</ul>
    }
}

/// What the figures have begins with a minus, what is beyond them with a plus.
fn edge(line: &str) -> Html {
    let (sign, text) = line.split_once(' ').unwrap_or(("", line));
    html! {
        <li>{ text.to_owned() }if sign == "+" { <small>{ " " }{ page(Page::BeyondFigures) }</small> }</li>
    }
}
