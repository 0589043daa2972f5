//! The page's own views, rendered natively: what index.html paints before the program comes, and in which language.

use super::*;
use crate::settings::Settings;
use expect_test::expect_file;
use futures::executor::block_on;
use tcp_scene::words::{Message, Say, Speed, en};
use yew::ServerRenderer;

mod language;

/// The page of a store in a language, as HTML. It is rendered on a thread of its own, where the store is made.
fn rendered(say: Say, store: impl FnOnce() -> Store + Send + 'static) -> String {
    let page = ServerRenderer::<Page>::with_props(move || {
        crate::text::speak(say);
        PageProps {
            shown: store().shown(),
            send: Callback::noop(),
            complete: Callback::from(|(_, line)| Completion { line, candidates: Vec::new() }),
        }
    });
    block_on(page.hydratable(false).render())
}

/// A mismatch is mended by `UPDATE_EXPECT=1 cargo test -p tcp-web`.
#[test]
fn index_html_paints_the_page_as_it_begins() {
    let html = rendered(en::say, || Store::new(Settings::default()));
    let [at_rest, loading] = [Speed::AtRest, Speed::Loading].map(|speed| en::say(&Message::Speed(speed)));
    assert!(html.contains(&at_rest), "the clock is not at rest");
    // Lines end inside the tags, where a blank changes nothing.
    let html = html.replace(&at_rest, &loading).replace("><", "\n><");
    expect_file!["../../assets/start.html"].assert_eq(&html);
}
