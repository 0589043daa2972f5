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
    let (share, export) = (Callback::from(|_| nothing()), Callback::from(|_| Ok(Vec::new())));
    page(props.shown.clone(), Dispatch::new(Callback::noop(), complete, share, export), Painted::default())
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
/// What opens on demand, by its beginning.
const UNSEEN_ELEMENTS: [&str; 5] =
    ["<a class=\"pass\"", "<h2 class=\"unseen\"", "<dialog ", "<div popover=", "<pre "];

/// The length of the element with which a text begins.
fn length(html: &str) -> usize {
    let name = html[1..].split(' ').next().unwrap_or_default();
    let (opening, closing) = (format!("<{name}"), format!("</{name}>"));
    let ends = html.match_indices(&closing).map(|(at, end)| at + end.len());
    let is_whole =
        |end: &usize| html[..*end].matches(&opening).count() == html[..*end].matches(&closing).count();
    ends.into_iter().find(is_whole).expect("it has an end")
}

/// What is seen of a page, before anything is pressed.
fn seen(mut html: String) -> String {
    for from in UNSEEN_ELEMENTS {
        while let Some(start) = html.find(from) {
            html.replace_range(start..start + length(&html[start..]), "");
        }
    }
    for name in UNSEEN_ATTRIBUTES {
        let attribute = format!(" {name}=\"");
        while let Some(start) = html.find(&attribute) {
            let value = &html[start + attribute.len()..];
            let end = html.len() - value.len() + value.find('"').expect("it has an end") + 1;
            html.replace_range(start..end, "");
        }
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
