//! Time's buttons: those in the bar at the top, and those of them that a lesson has where that bar is a menu.

use super::icon::{self, icon};
use super::locked;
use crate::hooks::Dispatch;
use crate::store::{Intent, Shown};
use crate::text::page;
use tcp_scene::address::Lock;
use tcp_scene::words::Page;
use yew::prelude::*;

/// The id of the bar at the top, by which the browser opens it.
pub(super) const TOP: &str = "top";

/// Time's buttons.
pub(super) fn transport(shown: &Shown, dispatch: &Dispatch) -> Html {
    html! {
        <div class="transport" role="group" aria-label={page(Page::Time)}>{ buttons(shown, false, dispatch) }</div>
    }
}

/// Those of them that are needed all the time.
pub(super) fn steer(shown: &Shown, dispatch: &Dispatch) -> Html {
    html! {
        <div class="transport steer" role="group" aria-label={page(Page::Time)}>{ buttons(shown, true, dispatch) }</div>
    }
}

fn buttons(shown: &Shown, few: bool, dispatch: &Dispatch) -> Html {
    let why = locked(shown.locks.time, Lock::Time);
    let button = |name: Page, path: &'static str, intent: Intent| {
        // A pause of a scene may be ended.
        let ends = matches!(name, Page::Play | Page::Pause)
            && shown.play.as_ref().is_some_and(|it| it.waits && !it.goes_on);
        let held = why.clone().filter(|_| !ends);
        press(name, held, path, intent, dispatch)
    };
    let may = |names: [Page; 2], path: &'static str, does: bool, intent: Intent| {
        let held = why.clone().or_else(|| (!does).then(|| page(names[1])));
        press(names[0], held, path, intent, dispatch)
    };
    let (play, play_icon) = if shown.playing { (Page::Pause, icon::PAUSE) } else { (Page::Play, icon::PLAY) };
    html! {
        <>
            if !few {
                { button(Page::Reset, icon::RESET, Intent::Reset) }
                { may([Page::Undo, Page::NothingToUndo], icon::UNDO, shown.can_undo, Intent::Undo) }
                { may([Page::Redo, Page::NothingToRedo], icon::REDO, shown.can_redo, Intent::Redo) }
            }
            { may([Page::StepBack, Page::AtBeginning], icon::STEP_BACK, !shown.at_beginning, Intent::StepBack) }
            <span class="play">{ button(play, play_icon, Intent::PlayOrPause) }</span>
            { button(Page::Step, icon::STEP, Intent::Step) }
            if !few { { button(Page::Skip, icon::SKIP, Intent::Skip) } }
        </>
    }
}

/// A button. If something keeps it from doing anything, it stays reachable, so that the focus is not lost under it, and
/// says why.
fn press(
    name: Page,
    held: Option<AttrValue>,
    path: &'static str,
    intent: Intent,
    dispatch: &Dispatch,
) -> Html {
    let onclick = dispatch.press(intent);
    let disabled = held.is_some().then_some("true");
    let name = page(name);
    html! {
        <button type="button" title={held.unwrap_or_else(|| name.clone())} aria-label={name} aria-disabled={disabled}
            {onclick}>{ icon(path) }</button>
    }
}
