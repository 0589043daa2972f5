//! What is known of a state or an edge of the diagram: its sentence, when it was last taken and why, and the way there.

use super::diagram::selector;
use super::inspector::section;
use super::lesson::explained_in;
use super::locked;
use super::why::facts;
use crate::hooks::{Dispatch, focus_on, use_dispatch, use_focus_inside};
use crate::store::Intent;
use crate::text::{self, page, say};
use tcp_lessons::lesson_of_piece;
use tcp_scene::address::Lock;
use tcp_scene::diagram::{WIDTH, edge};
use tcp_scene::words::Page;
use tcp_scene::{Piece, PiecePart, PieceView, Taken, WayView};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct PieceCardProps {
    /// What is known.
    pub view: PieceView,
    /// Time cannot be changed.
    pub still: bool,
    /// The right of the diagram is in use, and its left is not.
    pub left: bool,
}

/// The card. It stands where the piece is not, and stays there whatever happens.
#[component]
pub(crate) fn PieceCard(PieceCardProps { view, still, left }: &PieceCardProps) -> Html {
    let dispatch = use_dispatch();
    let node = use_focus_inside();
    let piece = view.piece;
    let side = *use_memo(piece, |piece| if stands_left(*piece, *left) { "left" } else { "right" });
    let close = {
        let dispatch = dispatch.clone();
        Callback::from(move |()| {
            dispatch.send(Intent::LookAt(None));
            focus_on(&format!(".diagram {}", selector(piece)));
        })
    };
    let on_escape = close.clone();
    let onkeydown = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            on_escape.emit(());
        }
    };
    html! {
        <section class="card inspector piece" aria-label={page(Page::Piece)} data-side={side} data-own-keys="" ref={node} {onkeydown}>
            <button type="button" class="plain" aria-label={page(Page::Close)} onclick={close.reform(|_| ())}>{ "✕" }</button>
            { for view.parts.first().map(|first| html! { <h2 data-phase={first.phase}>{ say(&first.title) }</h2> }) }
            <div class="known" tabindex="0">
                { for view.parts.iter().map(|part| known(part, *still, &dispatch)) }
                { for lesson_of_piece(piece).map(|entry| explained_in(entry, &dispatch)) }
            </div>
        </section>
    }
}

/// The card leaves the piece in sight; where that is in the middle, the half in use.
fn stands_left(piece: Piece, left: bool) -> bool {
    let x = match piece {
        Piece::Node(node) => node.node().centre().x,
        Piece::Edge(row) => edge(row).map_or(WIDTH / 2, |edge| edge.route.label.x),
    };
    x > WIDTH / 2 || (x == WIDTH / 2 && left)
}

fn known(part: &PiecePart, still: bool, dispatch: &Dispatch) -> Html {
    html! {
        <div class="part">
            if let Some([event, action]) = part.notation { <p class="notation">{ event }{ " / " }{ action }</p> }
            <p>{ say(&part.says) }</p>
            <p class="rule">
                { section(part.rfc) }
                if part.beyond { { page(Page::BeyondFigures) } }
            </p>
            { for part.ways.iter().map(|it| way(it, dispatch)) }
            <h3>{ page(Page::LastTaken) }</h3>
            if part.taken.is_empty() { <p>{ page(Page::NotTaken) }</p> }
            { for part.taken.iter().map(|it| taken(it, still, dispatch)) }
        </div>
    }
}

/// The button that plays a way, and how long that is.
pub(super) fn way(way: &WayView, dispatch: &Dispatch) -> Html {
    let onclick = dispatch.press(Intent::Travel(way.goal));
    html! {
        <p class="way">
            <button type="button" aria-disabled={(!way.found).then_some("true")} {onclick}>{ say(&way.label) }</button>
            <small>{ say(&way.says) }</small>
        </p>
    }
}

/// A link to the moment, and how it came to that.
fn taken(taken: &Taken, still: bool, dispatch: &Dispatch) -> Html {
    let title = locked(still, Lock::Time).unwrap_or_else(|| page(Page::GoThere));
    html! {
        <div class="taken">
            <p>
                <button type="button" {title} aria-disabled={still.then_some("true")}
                    onclick={dispatch.press(Intent::GoTo(taken.at))}><time>{ text::moment(taken.at) }</time></button>
                { " " }{ say(&taken.says) }
            </p>
            <details><summary>{ page(Page::WhyPair) }</summary>{ facts(&taken.why, still, dispatch) }</details>
        </div>
    }
}
