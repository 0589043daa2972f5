//! The firewall's row: what it drops, and where.

use crate::hooks::Dispatch;
use crate::store::Intent;
use crate::text::{page, say};
use tcp_course::Action;
use tcp_scene::address::Lock;
use tcp_scene::words::{Message, Page};
use tcp_scene::{DropPlace, FirewallBar, ToggleView};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// The row. If it is locked, it says so.
pub(crate) fn firewall(bar: &FirewallBar, place: DropPlace, locked: bool, dispatch: &Dispatch) -> Html {
    let why = super::locked(locked, Lock::Firewall);
    let onchange = dispatch.on(|event: Event| {
        let at = event.target_dyn_into::<HtmlSelectElement>().and_then(|it| it.value().parse().ok());
        Intent::DropAt(at.and_then(|at: usize| DropPlace::ALL.get(at)).copied().unwrap_or_default())
    });
    html! {
        <section class="firewall" aria-label={page(Page::Firewall)}>
            <h2>{ page(Page::Drops) }if why.is_some() { <small>{ page(Page::Locked) }</small> }</h2>
            <div class="toggles" role="group" aria-label={page(Page::Drops)}>
                { for bar.toggles.iter().map(|view| toggle(view, why.clone(), dispatch)) }
            </div>
            <label class="pick">
                <span>{ page(Page::Where) }</span>
                <select {onchange} disabled={locked} title={why.clone()}>{ for DropPlace::ALL.into_iter().enumerate().map(|(at, offered)| html! {
                    <option value={at.to_string()} selected={offered == place}>{ say(&Message::Place(offered)) }</option>
                }) }</select>
            </label>
            <code class="line">
                { why.unwrap_or_else(|| {
                    bar.last_line.as_ref().map_or_else(|| page(Page::NoLine), |line| line.to_string().into())
                }) }
            </code>
            <p class="dropped">
                <b class="num">{ bar.dropped }</b>{ " " }{ page(Page::Dropped) }
                if bar.further_rules > 0 { { " · " }{ say(&Message::FurtherRules(bar.further_rules)) } }
            </p>
        </section>
    }
}

fn toggle(view: &ToggleView, why: Option<AttrValue>, dispatch: &Dispatch) -> Html {
    let onclick = dispatch.press(Intent::Act(Action::enter(view.terminal, &*view.line)));
    let locked = why.is_some().then_some("true");
    let title =
        why.unwrap_or_else(|| say(&Message::Enters { place: view.place, line: view.line.to_string() }));
    html! {
        <button type="button" class="toggle" aria-pressed={view.on.to_string()} aria-disabled={locked} {title} {onclick}
            data-elsewhere={(!view.on && view.elsewhere.is_some()).then_some("")}>
            { say(&Message::Kind(view.kind)) }
        </button>
    }
}
