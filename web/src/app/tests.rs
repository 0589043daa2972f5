//! What index.html paints before the program comes: the page's own views, rendered natively.

use super::*;
use crate::settings::Settings;
use crate::text;
use expect_test::expect_file;
use futures::executor::block_on;
use yew::ServerRenderer;

/// The page at its beginning, as HTML.
fn rendered() -> String {
    let page = ServerRenderer::<Page>::with_props(|| PageProps {
        shown: Store::new(Settings::default()).shown(),
        send: Callback::noop(),
        complete: Callback::from(|(_, line)| Completion { line, candidates: Vec::new() }),
    });
    block_on(page.hydratable(false).render())
}

/// A mismatch is mended by `UPDATE_EXPECT=1 cargo test -p tcp-web`.
#[test]
fn index_html_paints_the_page_as_it_begins() {
    let html = rendered();
    assert!(html.contains(text::AT_REST), "the clock is not at rest");
    // Lines end inside the tags, where a blank changes nothing.
    let html = html.replace(text::AT_REST, text::LOADING).replace("><", "\n><");
    expect_file!["../../assets/start.html"].assert_eq(&html);
}
