//! The state machine, as [`tcp_scene::diagram`] draws it, with both hosts' tokens on it.
//!
//! One stop of the tab key; from there arrow keys go to every state and every edge, each with its name in words.

use super::ladder::{LadderView, view_switch};
use super::shape::drawn;
use super::{locked, words};
use crate::hooks::{Dispatch, use_dispatch, use_middle_in_view, use_places, use_stops};
use crate::settings::Settings;
use crate::store::Intent;
use crate::text::{self, page, say};
use std::rc::Rc;
use tcp_scene::address::{Lock, Locks};
use tcp_scene::diagram::{HEIGHT, Marks, NodeId, WIDTH, shapes};
use tcp_scene::shape::Point;
use tcp_scene::words::{Message, Page};
use tcp_scene::{Differs, Ladder, MachineView, View};
use web_sys::Element;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct DiagramProps {
    /// Who stands where.
    pub machine: MachineView,
    /// Whether edges beyond the figure are drawn.
    pub settings: Settings,
    /// What the other profile would do.
    pub differs: Option<Differs>,
    /// The segments, if they are shown.
    pub ladder: Option<Ladder>,
    /// What is shown.
    pub view: View,
    /// What cannot be changed.
    pub locks: Locks,
}

/// The state machine.
#[component]
pub(crate) fn Diagram(props: &DiagramProps) -> Html {
    let dispatch = use_dispatch();
    let stops = use_stops();
    let settings = props.settings;
    let marks = Marks { beyond: settings.beyond, ..Marks::from(&props.machine) };
    let parts = shapes(&marks, text::language());
    let tokens = parts.last().map_or(&[][..], |group| &group.children);
    let places = use_places(tokens.iter().filter_map(|token| token.place.map(moved)).collect());
    let frame = use_middle_in_view(f64::from(middle(&props.machine, &marks)) / f64::from(WIDTH));
    // What is looked at, in words.
    let seen = use_state(|| None::<Rc<str>>);
    let see = |closest: &'static str, words: fn(&Element) -> Option<Rc<str>>| {
        let setter = seen.setter();
        move |target: Option<Element>| {
            if let Some(shape) = target.and_then(|target| target.closest(closest).ok()?) {
                setter.set(words(&shape));
            }
        }
    };
    let (look, leave) = (see(".edge", spoken), see(".edge", |_| None));
    let (reach, pass) = (see("[aria-label]", spoken), see("[aria-label]", |_| None));
    let on_beyond = dispatch.press(Intent::Set(Settings { beyond: !settings.beyond, ..settings }));
    let half = half(&marks);
    let last = parts.len().saturating_sub(1);
    html! {
        <section class="card machine" aria-label={page(Page::MachineRegion)}>
            { view_switch(props.view, &dispatch) }
            <p class="caption">{ seen.as_ref().map(words) }</p>
            <div class="diagram-frame" data-half={half} ref={frame}>
                <svg class="diagram" viewBox={format!("0 0 {WIDTH} {HEIGHT}")} role="group"
                    aria-label={page(Page::MachineKeys)} data-own-keys="" data-beyond={settings.beyond.then_some("")}
                    ref={stops.node.clone()} onkeydown={stops.on_key.clone()}
                    onmouseover={move |event: MouseEvent| look(event.target_dyn_into())}
                    onmouseout={move |event: MouseEvent| leave(event.target_dyn_into())}
                    onfocusin={move |event: FocusEvent| reach(event.target_dyn_into())}
                    onfocusout={move |event: FocusEvent| pass(event.target_dyn_into())}>
                    { for parts[..last].iter().map(drawn) }
                    <g ref={places}>{ for tokens.iter().map(drawn) }</g>
                </svg>
            </div>
            if let Some(differs) = props.differs { { other_profile(differs, settings, props.locks, &dispatch) } }
            <button type="button" class="beyond" aria-pressed={settings.beyond.to_string()} onclick={on_beyond}>
                { page(Page::Beyond) }
            </button>
            if let Some(ladder) = &props.ladder { <LadderView ladder={ladder.clone()} locked={props.locks.time} /> }
        </section>
    }
}

/// One sentence on what the other profile would do, the facts behind it, and a way to see it.
fn other_profile(differs: Differs, settings: Settings, locks: Locks, dispatch: &Dispatch) -> Html {
    let other = differs.other;
    let onclick = dispatch.press(Intent::Set(Settings { profile: other, ..settings }));
    let facts = format!("{}#{}", text::FACTS_PAGE, differs.heading());
    html! {
        <p class="differs" role="note">
            <b>{ say(&Message::InProfile(other)) }</b>{ " " }{ say(&differs.says()) }
            <span class="ways">
                <button type="button" title={locked(locks.settings, Lock::Settings)}
                    aria-disabled={locks.settings.then_some("true")} {onclick}>{ page(Page::SeeItSo) }</button>{ " · " }
                <a href={facts} target="_blank">{ page(Page::Facts) }</a>
            </span>
        </p>
    }
}

/// What a shape says to those who hear.
fn spoken(shape: &Element) -> Option<Rc<str>> {
    shape.get_attribute("aria-label").map(Rc::from)
}

/// As a transformation.
fn moved(to: Point) -> String {
    format!("translate({}px, {}px)", to.x, to.y)
}

/// The half of the diagram that is in use, where only one can be seen: how a connection comes about, or how it ends.
fn half(marks: &Marks) -> &'static str {
    let ends = |id: NodeId| id.node().centre().y > NodeId::Established.node().centre().y;
    if marks.tokens.iter().flatten().any(|id| ends(*id)) { "close" } else { "open" }
}

/// Where it happened last, from the left.
fn middle(machine: &MachineView, marks: &Marks) -> i16 {
    let newest =
        machine.lit.last().and_then(|lit| machine.tokens.iter().position(|token| token.host == lit.host));
    newest.and_then(|at| marks.tokens[at]).unwrap_or(NodeId::Start).node().centre().x
}
