//! Share: a link to this puzzle, to be copied or scanned. What is hidden in it is in no link, file or recording.

use super::part;
use crate::hooks::{shared_puzzle, use_late_dialog};
use crate::text::{page, say};
use crate::ui::icon::{self, icon};
use crate::ui::share::Address;
use tcp_lessons::puzzle::Level;
use tcp_scene::words::puzzle::PuzzlePart as Part;
use tcp_scene::words::{Message, Page, Sharing};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct ShareProps {
    pub level: Level,
    pub seed: u64,
    /// It is over, and the lab can be opened.
    pub over: bool,
}

/// The button, and the dialog that it opens.
#[component]
pub(super) fn SharePuzzle(ShareProps { level, seed, over }: &ShareProps) -> Html {
    let (dialog, opened, open) = use_late_dialog();
    let name = say(&Message::Sharing(Sharing::Share));
    let onclick = open.reform(|_: MouseEvent| ());
    let later = if *over { Part::SharesOpen } else { Part::SharesLater };
    html! {
        <>
            <button type="button" class="plain tool" title={name.clone()} aria-label={name.clone()} {onclick}>{ icon(icon::SHARE) }</button>
            <dialog class="share" ref={dialog} aria-labelledby="share-title">
                if opened {
                    <form method="dialog">
                        <h2 id="share-title">{ name }</h2>
                        <button class="plain" aria-label={page(Page::Close)}>{ "✕" }</button>
                    </form>
                    <Address address={shared_puzzle(*level, *seed)} contains={part(Part::Shares)} />
                    <p>{ part(later) }</p>
                    <p>{ part(Part::Hiding) }</p>
                }
            </dialog>
        </>
    }
}
