//! What index.html paints before the program comes: the page's own views, rendered natively.

use super::*;
use crate::settings::Settings;
use crate::text;
use expect_test::expect_file;
use futures::executor::block_on;
use yew::ServerRenderer;

/// The page at its beginning, without a store behind it.
#[component]
fn Beginning() -> Html {
    let complete = Callback::from(|(_, line)| Completion { line, candidates: Vec::new() });
    page(Store::new(Settings::default()).shown(), Dispatch::new(Callback::noop(), complete))
}

fn rendered() -> String {
    block_on(ServerRenderer::<Beginning>::new().hydratable(false).render())
}

/// Attributes for those who hear or point: nothing of a page that is inert can be heard or pointed at.
const UNSEEN_ATTRIBUTES: [&str; 8] = [
    "aria-label",
    "aria-labelledby",
    "aria-live",
    "aria-hidden",
    "role",
    "tabindex",
    "title",
    "popovertarget",
];
/// What opens on demand, by its beginning and its end.
const UNSEEN_ELEMENTS: [[&str; 2]; 3] =
    [["<dialog ", "</dialog>"], ["<div id=\"settings\"", "</div>"], ["<pre ", "</pre>"]];

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
    html
}

/// A mismatch is mended by `UPDATE_EXPECT=1 cargo test -p tcp-web`.
#[test]
fn index_html_paints_the_page_as_it_begins() {
    let html = seen(rendered());
    assert!(html.contains(text::AT_REST), "the clock is not at rest");
    // Lines end inside the tags, where a blank changes nothing.
    let html = html.replace(text::AT_REST, text::LOADING).replace("><", "\n><");
    expect_file!["../../assets/start.html"].assert_eq(&html);
}
