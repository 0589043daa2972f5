//! The firewall's row: what it drops, and where.

use super::words;
use crate::hooks::Dispatch;
use crate::store::Intent;
use crate::text;
use tcp_course::Action;
use tcp_scene::{DropPlace, FirewallBar, ToggleView};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// The row.
pub(crate) fn firewall(bar: &FirewallBar, place: DropPlace, dispatch: &Dispatch) -> Html {
    let onchange = dispatch.on(|event: Event| {
        let at = event.target_dyn_into::<HtmlSelectElement>().and_then(|it| it.value().parse().ok());
        Intent::DropAt(text::PLACES.get(at.unwrap_or(0)).map_or(DropPlace::Sender, |(place, _)| *place))
    });
    html! {
        <section class="firewall" aria-label={text::FIREWALL}>
            <h2>{ text::DROPS }</h2>
            <div class="toggles" role="group" aria-label={text::DROPS}>
                { for bar.toggles.iter().map(|view| toggle(view, dispatch)) }
            </div>
            <label class="pick">
                <span>{ text::WHERE }</span>
                <select {onchange}>{ for text::PLACES.iter().enumerate().map(|(at, (offered, name))| html! {
                    <option value={at.to_string()} selected={*offered == place}>{ *name }</option>
                }) }</select>
            </label>
            <code class="line">
                if bar.last_line.is_empty() { { text::NO_LINE } } else { { words(&bar.last_line) } }
            </code>
            <p class="dropped">
                <b class="num">{ bar.dropped }</b>{ " " }{ text::DROPPED }
                if bar.further_rules > 0 { { text::further_rules(bar.further_rules) } }
            </p>
        </section>
    }
}

fn toggle(view: &ToggleView, dispatch: &Dispatch) -> Html {
    let (terminal, line) = (view.terminal, view.line.to_string());
    let onclick = dispatch.on(move |_: MouseEvent| Intent::Act(terminal, Action::Enter(line.clone())));
    let title = format!("{}: {}", view.place, view.line);
    html! {
        <button type="button" class="toggle" aria-pressed={view.on.to_string()} {title} {onclick}
            data-elsewhere={(!view.on && !view.elsewhere.is_empty()).then_some("")}>
            { view.label }
            if view.count > 0 { <small class="num">{ view.count }</small> }
            if !view.elsewhere.is_empty() { <small>{ view.elsewhere }</small> }
        </button>
    }
}
