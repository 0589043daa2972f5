//! The page's own views, rendered natively: what index.html paints before the program comes, and in which language.

use super::*;
use crate::settings::Settings;
use expect_test::expect_file;
use futures::executor::block_on;
use tcp_scene::words::{Message, Say, Speed, en};
use yew::ServerRenderer;

mod language;

#[derive(Properties, PartialEq)]
struct OpenedProps {
    shown: Shown,
}

/// The page of a store at some moment, without a store behind it.
#[component]
fn Opened(props: &OpenedProps) -> Html {
    let complete = Callback::from(|(_, line)| Completion { line, candidates: Vec::new() });
    let (share, export) = (Callback::from(|_| nothing()), Callback::from(|_| String::new()));
    page(props.shown.clone(), Dispatch::new(Callback::noop(), complete, share, export))
}

/// The page of a store in a language, as HTML. It is rendered on a thread of its own, where the store is made.
fn rendered(say: Say, store: impl FnOnce() -> Store + Send + 'static) -> String {
    let page = ServerRenderer::<Opened>::with_props(move || {
        crate::text::speak(say);
        OpenedProps { shown: store().shown() }
    });
    block_on(page.hydratable(false).render())
}

/// Attributes for those who hear or point: nothing of a page that is inert can be heard or pointed at.
const UNSEEN_ATTRIBUTES: [&str; 12] = [
    "aria-label",
    "aria-labelledby",
    "aria-live",
    "aria-hidden",
    "aria-valuemin",
    "aria-valuemax",
    "aria-valuenow",
    "aria-valuetext",
    "role",
    "tabindex",
    "title",
    "popovertarget",
];
/// What opens on demand, by its beginning and its end.
const UNSEEN_ELEMENTS: [[&str; 2]; 7] = [
    ["<a class=\"pass\"", "</a>"],
    ["<h2 class=\"unseen\"", "</h2>"],
    ["<dialog ", "</dialog>"],
    ["<div id=\"settings\"", "</div>"],
    ["<div id=\"scenes\"", "</div>"],
    ["<div id=\"lane-", "</div>"],
    ["<pre ", "</pre>"],
];

/// What is seen of a page, before anything is pressed.
fn seen(mut html: String) -> String {
    let mut cut = |from: &str, to: &str| {
        while let Some(start) = html.find(from) {
            let length = html[start + from.len()..].find(to).expect("it has an end");
            html.replace_range(start..start + from.len() + length + to.len(), "");
        }
    };
    for [from, to] in UNSEEN_ELEMENTS {
        cut(from, to);
    }
    for name in UNSEEN_ATTRIBUTES {
        cut(&format!(" {name}=\""), "\"");
    }
    // Edges beyond the figure.
    let groups = html.split_inclusive("</g>").filter_map(|text| text.get(text.rfind("<g ")?..));
    let hidden: Vec<&str> = groups.filter(|group| group.contains("data-beyond=\"\"")).collect();
    hidden.iter().fold(html.clone(), |html, group| html.replacen(group, "", 1))
}

/// A mismatch is mended by `UPDATE_EXPECT=1 cargo test -p tcp-web`.
#[test]
fn index_html_paints_the_page_as_it_begins() {
    let html = seen(rendered(en::say, || Store::new(Settings::default())));
    let [at_rest, loading] = [Speed::AtRest, Speed::Loading].map(|speed| en::say(&Message::Speed(speed)));
    assert!(html.contains(&at_rest), "the clock is not at rest");
    // Lines end inside the tags, where a blank changes nothing.
    let html = html.replace(&at_rest, &loading).replace("><", "\n><");
    expect_file!["../../assets/start.html"].assert_eq(&html);
}
