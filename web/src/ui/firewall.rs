//! The firewall's row: what it drops, and where.

use super::rules;
use crate::hooks::Dispatch;
use crate::store::Intent;
use crate::text::{page, say};
use tcp_course::Action;
use tcp_scene::address::Lock;
use tcp_scene::words::{Message, Page, Sharing};
use tcp_scene::{DropPlace, FirewallBar, ToggleView};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// All rules, in a popover.
const ALL_RULES: &str = "rules";

/// The row. If it is locked, it says so.
pub(crate) fn firewall(bar: &FirewallBar, place: DropPlace, locked: bool, dispatch: &Dispatch) -> Html {
    let why = super::locked(locked, Lock::Firewall);
    let onchange = dispatch.on(|event: Event| {
        let at = event.target_dyn_into::<HtmlSelectElement>().and_then(|it| it.value().parse().ok());
        Intent::DropAt(at.and_then(|at: usize| DropPlace::ALL.get(at)).copied().unwrap_or_default())
    });
    let clear = clear(bar, why.clone(), dispatch);
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
            if bar.rules.is_empty() { <code class="line">{ why.clone().unwrap_or_else(|| last_line(bar)) }</code> } else {
                <rules::Pills rules={bar.rules.clone()} locked={why.clone()} />
            }
            <button type="button" class="force" popovertarget={ALL_RULES} >
                { say(&Message::InForce(bar.rules.len())) }{ " ▾" }
            </button>
            { rules::list(ALL_RULES, say(&Message::Stopped(bar.dropped)), &bar.rules, clear.clone(), why.as_ref(), dispatch) }
            { clear }
        </section>
    }
}

fn last_line(bar: &FirewallBar) -> AttrValue {
    bar.last_line.as_ref().map_or_else(|| page(Page::NoLine), |line| line.to_string().into())
}

/// The button that ends all rules.
fn clear(bar: &FirewallBar, locked: Option<AttrValue>, dispatch: &Dispatch) -> Html {
    let off = locked.is_some() || bar.clear.is_empty();
    html! {
        <button type="button" class="clear" title={locked.unwrap_or_else(|| cleared_by(bar))}
            aria-disabled={off.then_some("true")} onclick={dispatch.press(Intent::ClearRules)}>
            { page(Page::ClearRules) }
        </button>
    }
}

/// The lines that the button types.
fn cleared_by(bar: &FirewallBar) -> AttrValue {
    let lines: Vec<&str> = bar.clear.iter().map(|(_, line)| &**line).collect();
    if lines.is_empty() { page(Page::NoRules) } else { say(&Message::Types(lines.join("; "))) }
}

/// The toggles of one gate, each of which types its line.
pub(super) fn at_gate(toggles: &[ToggleView], locked: Option<&AttrValue>, dispatch: &Dispatch) -> Html {
    html! {
        if !toggles.is_empty() {
            <div class="here" role="group" aria-label={page(Page::DropHere)}>
                <span>{ page(Page::DropHere) }</span>
                { for toggles.iter().map(|view| toggle(view, locked.cloned(), dispatch)) }
            </div>
        }
    }
}

fn toggle(view: &ToggleView, why: Option<AttrValue>, dispatch: &Dispatch) -> Html {
    let misses = view.misses.then_some(Sharing::Misses(view.kind, view.place));
    let locked = (why.is_some() || view.misses).then_some("true");
    let title = why.unwrap_or_else(|| {
        let enters = || Message::Enters { place: view.place, line: view.line.to_string() };
        say(&misses.map_or_else(enters, Message::Sharing))
    });
    let onclick = dispatch.press(if view.misses {
        Intent::Misses(view.kind, view.place)
    } else {
        Intent::AtPrompt(Action::enter(view.terminal, &*view.line))
    });
    html! {
        <button type="button" class="toggle" aria-pressed={view.on.to_string()} aria-disabled={locked} {title} {onclick}
            data-elsewhere={(!view.on && view.elsewhere.is_some()).then_some("")}>
            { say(&Message::Kind(view.kind)) }
        </button>
    }
}
