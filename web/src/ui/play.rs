//! The scene that is being played: what is said of its pause, and the buttons to go on.

use crate::hooks::{use_autoplay, use_dispatch, use_shown};
use crate::store::{Intent, PlayView};
use crate::text::{page, say};
use tcp_scene::words::{Message, Page};
use web_sys::HtmlElement;
use yew::prelude::*;

/// The bar of the scene; nothing while none is played.
#[component]
pub(crate) fn Playing() -> Html {
    let (shown, dispatch) = (use_shown(), use_dispatch());
    let go_on = use_node_ref();
    let id = shown.play.as_ref().map(|play| play.id.clone());
    let before = use_mut_ref(|| id.clone());
    use_effect_with(id, {
        let go_on = go_on.clone();
        move |id| {
            // Whoever has chosen a scene wants to go on in it; whoever reads a page that contains one may not.
            if before.replace(id.clone()) != *id {
                _ = go_on.cast::<HtmlElement>().map(|button| button.focus());
            }
        }
    });
    let cue = shown.play.as_ref().and_then(|play| play.caption.as_ref()).map(say);
    let goes_on = shown.play.as_ref().filter(|play| play.goes_on);
    use_autoplay(goes_on.map(|play| (play.progress.0, cue.as_ref().map_or(0, |cue| cue.len()))), &dispatch);
    let Some(PlayView { title, progress, waits, .. }) = shown.play else { return html! {} };
    let button = |name: Page, intent: Intent| {
        let onclick = dispatch.press(intent);
        html! { <button type="button" {onclick}>{ page(name) }</button> }
    };
    let (pauses, of) = progress;
    let goes_on = waits && pauses < of;
    html! {
        <section class="playing" aria-label={page(Page::Scene)} data-waits={waits.then_some("")}>
            <h2>{ say(&title) }</h2>
            <p class="reached">
                { say(&Message::Reached { pauses, of }) }
                if pauses == of { { ", " }{ page(Page::SceneOver) } }
            </p>
            <p class="cue" role="status" aria-live="polite">
                { cue }
            </p>
            <div class="buttons">
                { button(Page::LeaveScene, Intent::LeaveScene) }
                { button(Page::Again, Intent::Again) }
                <button type="button" class="go-on" ref={go_on} aria-disabled={(!goes_on).then_some("true")}
                    onclick={dispatch.press(Intent::GoOn)}>{ page(Page::GoOn) }</button>
            </div>
        </section>
    }
}
