//! A question, and the controls of its answer. The diagram shows the states that are chosen, and a press on it chooses
//! one.

use super::{ticked, word};
use crate::hooks::{Dispatch, focus_on, focus_stop};
use crate::store::{Intent, Learn};
use crate::text::say;
use tcp_core::net::HostId;
use tcp_lessons::{Asked, Move, Question};
use tcp_scene::diagram::{NODES, Node, NodeId};
use tcp_scene::names::state_phase;
use tcp_scene::words::Message;
use tcp_scene::words::lesson::{Lesson as Says, Part};
use yew::prelude::*;

/// Picks a host up, to be carried by keys: the focus goes to a state of the diagram, or, where that is not seen, to the
/// controls.
pub(crate) fn pick_up(host: HostId, from: NodeId, dispatch: &Dispatch) {
    dispatch.send(Intent::Learn(Box::new(Learn::Do(Move::Turn(host)))));
    if !focus_stop(&format!(".diagram .node[data-node={}]", from.key())) {
        let name = name(host);
        focus_on(&format!(".lesson input[name={name}]:checked, .lesson input[name={name}]"));
    }
}

/// A question. `turns`: the host for which a press on the diagram chooses, and the one that was picked up for that. `keys`:
/// there are keys for that.
pub(super) fn question(
    asked: &Question,
    turns: [Option<HostId>; 2],
    keys: bool,
    dispatch: &Dispatch,
) -> Html {
    let ask: AttrValue = match &asked.ask {
        Asked::Made(message) => say(message),
        Asked::Written(text) => text.clone().into(),
    };
    let run = word(if asked.types { Part::RunTypes } else { Part::RunWaits });
    let answers = match asked.pair {
        Some([client, server]) => html! {
            <>
                <div class="slots">
                    { slot(HostId::Client, client, turns, dispatch) }
                    { slot(HostId::Server, server, turns, dispatch) }
                </div>
                <p class="aside">
                    if keys { <span class="by-keys">{ word(Part::PlacingKeys) }</span> }
                    <span>{ word(Part::Placing) }</span>
                    { " " }{ run.clone() }
                </p>
                <p class="unseen" role="status">{ placed(HostId::Client, client) }{ placed(HostId::Server, server) }</p>
            </>
        },
        None => html! {
            <>
            <div class="choices">
                { for asked.alternatives.iter().enumerate().map(|(at, text)| {
                    choice("lesson-choice", say(text), asked.chosen == Some(at), Move::Choose(at), dispatch)
                }) }
            </div>
            <p class="aside">{ run }</p>
            </>
        },
    };
    html! {
        <fieldset class="question">
            <legend>{ ticked(&ask) }</legend>
            { answers }
        </fieldset>
    }
}

/// Whether whoever answers is sure.
pub(super) fn sure(sure: bool, dispatch: &Dispatch) -> Html {
    html! {
        <div class="sure" role="radiogroup" aria-label={word(Part::HowSure)}>
            { choice("lesson-sure", word(Part::Sure), sure, Move::Sure(true), dispatch) }
            { choice("lesson-sure", word(Part::NotSure), !sure, Move::Sure(false), dispatch) }
        </div>
    }
}

/// Where a host is expected, for those who hear: on the diagram it is only seen.
fn placed(host: HostId, node: Option<NodeId>) -> Html {
    let says = node.map(|node| format!("{} {} ", say(&Message::Lesson(Says::In(host))), node.node().label()));
    html! { <span>{ says }</span> }
}

/// The name of a host's radio buttons.
fn name(host: HostId) -> &'static str {
    if host == HostId::Client { "lesson-client" } else { "lesson-server" }
}

/// The state in which a host is expected: one of all.
fn slot(
    host: HostId,
    chosen: Option<NodeId>,
    [places, carried]: [Option<HostId>; 2],
    dispatch: &Dispatch,
) -> Html {
    let name = name(host);
    let label = say(&Message::Lesson(Says::In(host)));
    let letter = if host == HostId::Client { "C?" } else { "S?" };
    let state = |node: &Node| {
        choice(name, node.label().into(), chosen == Some(node.id), Move::Place(host, node.id), dispatch)
    };
    // Not a click: keys make clicks of their own, before the choice is heard.
    let onpointerdown =
        dispatch.on(move |_: PointerEvent| Intent::Learn(Box::new(Learn::Do(Move::Turn(host)))));
    html! {
        <div class="slot" {onpointerdown} data-host={&letter[..1]} data-places={(places == Some(host)).then_some("")}
            data-phase={chosen.map(|id| state_phase(id.node().state))} role="radiogroup" aria-label={label.clone()}>
            <span class="ghost" aria-hidden="true">{ letter }</span>
            <span class="of" aria-hidden="true">{ label }</span>
            <b aria-hidden="true">{ chosen.map_or("?", |id| id.node().label()) }</b>
            // Seen where fingers place it.
            if chosen.is_some() && carried == Some(host) {
                <button type="button" class="here" onclick={dispatch.press(puts_down())}>{ word(Part::Here) }</button>
            }
            <div class="states">{ for NODES.iter().filter(|node| node.id != NodeId::End).map(state) }</div>
        </div>
    }
}

/// The host stays where it was placed.
fn puts_down() -> Intent {
    Intent::Learn(Box::new(Learn::Do(Move::PutBack)))
}

/// One of several answers.
fn choice(name: &'static str, text: AttrValue, checked: bool, wish: Move, dispatch: &Dispatch) -> Html {
    let onchange = dispatch.on(move |_: Event| Intent::Learn(Box::new(Learn::Do(wish))));
    html! {
        <label class="choice"><input type="radio" {name} {checked} {onchange} /><span>{ ticked(&text) }</span></label>
    }
}
