//! What can be done to a segment: buttons, each of which types a line in the network's console.

use super::chip;
use crate::hooks::{focus, use_dispatch, use_focus_inside};
use crate::store::Intent;
use crate::text::{page, say};
use tcp_course::Action;
use tcp_scene::address::Lock;
use tcp_scene::words::{Message, Page};
use tcp_scene::{ButtonView, Inspected};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct ActsProps {
    /// The segment that was picked.
    pub segment: Inspected,
    /// What is on the wire may not be changed.
    pub locked: bool,
}

/// What can be done to the picked segment, as a menu: what is chosen closes it. It stands still, however fast the segment
/// moves, and has the focus until it gives it back to the segment.
#[component]
pub(crate) fn Acts(ActsProps { segment, locked }: &ActsProps) -> Html {
    let dispatch = use_dispatch();
    let node = use_focus_inside();
    let packet = segment.packet;
    let leave = {
        let dispatch = dispatch.clone();
        Callback::from(move |()| {
            focus(&chip::id(packet));
            dispatch.send(Intent::Pick(None));
        })
    };
    let onkeydown = {
        let leave = leave.clone();
        move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.prevent_default();
                leave.emit(());
            }
        }
    };
    let on_act = {
        let (leave, dispatch) = (leave.clone(), dispatch.clone());
        Callback::from(move |action: Action| {
            dispatch.act(action);
            leave.emit(());
        })
    };
    html! {
        <div class="acts" role="group" aria-label={say(&Message::Name(segment.name))} ref={node} {onkeydown}>
            { standing(segment, *locked) }
            { for segment.acts.iter().map(|act| button(act, *locked, &on_act)) }
            <button type="button" onclick={dispatch.press(Intent::Inspect(packet))}>{ page(Page::Inspect) }</button>
            <button type="button" class="plain" aria-label={page(Page::Close)} onclick={leave.reform(|_| ())}>{ "✕" }</button>
        </div>
    }
}

/// What became of it: if nothing can be done any more, that is why.
pub(super) fn standing(segment: &Inspected, locked: bool) -> Html {
    let why = super::locked(locked, Lock::Firewall);
    html! {
        <p class="standing" data-stopped={segment.stopped.then_some("")}>
            <b data-kind={segment.kind}>{ say(&Message::Name(segment.name)) }</b>{ " " }
            { why.unwrap_or_else(|| say(&segment.standing)) }
        </p>
    }
}

/// It keeps its place when it makes no sense any more.
pub(super) fn button(act: &ButtonView, locked: bool, on_act: &Callback<Action>) -> Html {
    let enabled = act.enabled && !locked;
    let action = act.action.clone();
    let onclick = enabled.then(|| on_act.reform(move |_: MouseEvent| action.clone()));
    html! {
        <button type="button" title={say(&Message::Types(act.types.to_string()))}
            aria-disabled={(!enabled).then_some("true")} {onclick}>{ say(&act.label) }</button>
    }
}
