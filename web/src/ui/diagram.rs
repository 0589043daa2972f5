//! The state machine, as [`tcp_scene::diagram`] lays it out, with both hosts' tokens on it.
//!
//! One stop of the tab key; from there arrow keys go to every state and every edge, each with its name in words.

use super::words;
use crate::hooks::{Dispatch, use_dispatch, use_middle_in_view, use_places, use_stops};
use crate::settings::Settings;
use crate::state::Intent;
use crate::text;
use std::rc::Rc;
use tcp_scene::diagram::{
    Edge, HEIGHT, LANES, Lane, Marks, NODES, Node, NodeId, Point, Route, TOKEN_RADIUS, WIDTH, edges,
};
use tcp_scene::{Differs, MachineView, Token};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct DiagramProps {
    /// Who stands where.
    pub machine: MachineView,
    /// Whether edges beyond the figure are drawn.
    pub settings: Settings,
    /// The hosts' names.
    pub names: [&'static str; 2],
    /// What the other profile would do.
    pub differs: Option<Differs>,
}

/// The state machine.
#[component]
pub(crate) fn Diagram(props: &DiagramProps) -> Html {
    let dispatch = use_dispatch();
    let ways = use_memo((), |()| ways());
    let stops = use_stops();
    // What is looked at, in words.
    let seen = use_state(|| None::<Rc<str>>);
    let on_see = Callback::from({
        let setter = seen.setter();
        move |words| setter.set(words)
    });
    let machine = &props.machine;
    let marks = Marks::from(machine);
    let places = use_places((0..2).map(|at| place(&marks, at)).collect());
    let frame = use_middle_in_view(f64::from(middle(machine, &marks)) / f64::from(WIDTH));
    let settings = props.settings;
    let on_beyond =
        dispatch.on(move |_: MouseEvent| Intent::Set(Settings { beyond: !settings.beyond, ..settings }));
    let view_box = ["0 0 ", &WIDTH.to_string(), " ", &HEIGHT.to_string()].concat();
    html! {
        <section class="card machine" aria-label={text::MACHINE}>
            <p class="caption">{ seen.as_ref().map(words) }</p>
            <div class="diagram-frame" ref={frame}>
                <svg class="diagram" viewBox={view_box} role="group" aria-label={text::MACHINE_KEYS}
                    data-own-keys="" data-beyond={settings.beyond.then_some("")} ref={stops.node.clone()}
                    onkeydown={stops.on_key.clone()}>
                    { for LANES.iter().map(lane) }
                    { for ways.iter().map(|way| edge(way, machine, &on_see)) }
                    { for NODES.iter().map(|it| node(it, machine, &marks, props.names, &on_see)) }
                    { for marks.others.iter().copied().map(badge) }
                    <g ref={places}>{ for machine.tokens.iter().map(token) }</g>
                </svg>
            </div>
            if let Some(differs) = props.differs { { other_profile(differs, settings, &dispatch) } }
            <button type="button" class="beyond" aria-pressed={settings.beyond.to_string()} onclick={on_beyond}>
                { text::BEYOND }
            </button>
        </section>
    }
}

/// One sentence on what the other profile would do, the facts behind it, and a way to see it.
fn other_profile(differs: Differs, settings: Settings, dispatch: &Dispatch) -> Html {
    let Differs { topic, other, says } = differs;
    let onclick = dispatch.on(move |_: MouseEvent| Intent::Set(Settings { profile: other, ..settings }));
    let facts = [text::FACTS_PAGE, "#", topic].concat();
    html! {
        <p class="differs" role="note">
            <b>{ text::differs(other) }</b>{ says }{ " " }
            <button type="button" {onclick}>{ text::SEE_IT_SO }</button>{ " · " }
            <a href={facts} target="_blank">{ text::FACTS }</a>
        </p>
    }
}

/// The edges that share a route, those of the figure each alone.
fn ways() -> Vec<(&'static Route, Vec<Edge>)> {
    let mut ways: Vec<(&'static Route, Vec<Edge>)> = Vec::new();
    for edge in edges() {
        match ways.iter_mut().find(|(route, _)| *route == edge.route) {
            Some((_, shared)) => shared.push(edge),
            None => ways.push((edge.route, vec![edge])),
        }
    }
    ways
}

fn lane(lane: &'static Lane) -> Html {
    let (x, y) = (lane.centre.x.to_string(), lane.centre.y.to_string());
    let turn = ["rotate(", &lane.turn.to_string(), " ", &x, " ", &y, ")"].concat();
    html! { <text class="lane" data-phase={lane.phase} {x} {y} transform={turn}>{ lane.label }</text> }
}

fn edge(
    (route, edges): &(&'static Route, Vec<Edge>),
    machine: &MachineView,
    on_see: &Callback<Option<Rc<str>>>,
) -> Html {
    let Some(first) = edges.first() else { return Html::default() };
    let lit = edges.iter().find(|edge| machine.lit.iter().any(|lit| lit.row == edge.row));
    let shown = lit.or(Some(first).filter(|edge| edge.drawn));
    let [event, action] = shown.map_or(["", ""], |edge| [edge.event, edge.action]);
    let words: Vec<String> = edges.iter().map(|edge| [&edge.words(), ". ", edge.says].concat()).collect();
    let words: Rc<str> = words.join(" ").into();
    let tip = ["M", &route.tip.x.to_string(), " ", &route.tip.y.to_string(), route.heading.head()].concat();
    let line = |class: &'static str, y: i16, text: &'static str| {
        let (x, y) = (route.label.x.to_string(), y.to_string());
        html! { <text {class} {x} {y} text-anchor={route.label.anchor.key()}>{ text }</text> }
    };
    html! {
        <g class="edge" data-phase={first.phase} data-from={route.from.key()} data-to={route.to.key()}
            data-beyond={(!first.drawn).then_some("")} data-loop={first.is_loop().then_some("")}
            data-lit={lit.map(|_| "")} role="img" tabindex={first.drawn.then_some("-1")}
            aria-label={Rc::clone(&words)} onfocus={see(on_see, &words)} onmouseenter={see(on_see, &words)}
            onblur={unsee(on_see)} onmouseleave={unsee(on_see)}>
            <path class="touch" d={route.path} />
            <path class="line" d={route.path} />
            <path class="head" d={tip} />
            { line("event", route.label.event_y, event) }
            { line("action", route.label.action_y, action) }
        </g>
    }
}

fn node(
    node: &'static Node,
    machine: &MachineView,
    marks: &Marks,
    names: [&str; 2],
    on_see: &Callback<Option<Rc<str>>>,
) -> Html {
    let here = |at: usize| marks.tokens[at] == Some(node.id);
    let letters: Vec<&str> = (0..2).filter(|at| here(*at)).map(|at| machine.tokens[at].letter).collect();
    let standing: String = (0..2).filter(|at| here(*at)).map(|at| text::is_here(names[at])).collect();
    let words: Rc<str> = [node.id.words(), ": ", node.id.says(), &standing].concat().into();
    let Point { x, y } = node.centre();
    html! {
        <g class="node" data-node={node.id.key()} data-state={node.label()} data-phase={node.phase()}
            data-here={Some(letters.join(" ")).filter(|letters| !letters.is_empty())} role="img"
            tabindex={if node.id == NodeId::Start { "0" } else { "-1" }} aria-label={Rc::clone(&words)}
            onfocus={see(on_see, &words)} onblur={unsee(on_see)}>
            <rect x={node.x.to_string()} y={node.y.to_string()} width={node.w.to_string()}
                height={node.h.to_string()} rx={(node.h / 2).to_string()} />
            <text x={x.to_string()} y={(y + 5).to_string()}>{ node.label() }</text>
        </g>
    }
}

fn see<E: 'static>(on_see: &Callback<Option<Rc<str>>>, words: &Rc<str>) -> Callback<E> {
    let words = Rc::clone(words);
    on_see.reform(move |_: E| Some(Rc::clone(&words)))
}

fn unsee<E: 'static>(on_see: &Callback<Option<Rc<str>>>) -> Callback<E> {
    on_see.reform(|_: E| None)
}

/// Where a host's token stands, as a transformation.
fn place(marks: &Marks, at: usize) -> String {
    let Point { x, y } = marks.tokens[at].unwrap_or(NodeId::Start).node().berths()[at];
    ["translate(", &x.to_string(), "px, ", &y.to_string(), "px)"].concat()
}

/// Where it happened last, from the left.
fn middle(machine: &MachineView, marks: &Marks) -> i16 {
    let newest =
        machine.lit.last().and_then(|lit| machine.tokens.iter().position(|token| token.host == lit.host));
    newest.and_then(|at| marks.tokens[at]).unwrap_or(NodeId::Start).node().centre().x
}

fn token(token: &Token) -> Html {
    html! {
        <g class="token" data-host={token.letter} aria-hidden="true">
            <circle r={TOKEN_RADIUS.to_string()} /><text y="5">{ token.letter }</text>
        </g>
    }
}

fn badge((id, count): (NodeId, usize)) -> Html {
    let Point { x, y } = id.node().badge();
    let text = ["+", &text::short(count)].concat();
    let width = 12 + 8 * i16::try_from(text.len()).unwrap_or(5);
    html! {
        <g class="badge" data-node={id.key()} role="img" aria-label={text::further(count, id.words())}>
            <rect x={(x - width / 2).to_string()} y={(y - 8).to_string()} width={width.to_string()} height="16"
                rx="8" />
            <text x={x.to_string()} y={(y + 4).to_string()}>{ text }</text>
        </g>
    }
}
