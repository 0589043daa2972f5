//! The state machine, as [`tcp_scene::diagram`] draws it, with both hosts' tokens on it.
//!
//! One stop of the tab key; from there arrow keys go from state to state, and with Shift through the edges of a state,
//! each with its name in words. A press on either shows what is known of it.

use super::ladder::{Form, LadderView, view_switch};
use super::lesson::ghosts;
use super::shape::{Drawn, drawn};
use super::{heading, locked, words};
use crate::hooks::{
    Dispatch, Room, near, stop_at, use_dispatch, use_fitting, use_middle_in_view, use_places, use_room,
    use_stops,
};
use crate::settings::Settings;
use crate::store::{Intent, Learn};
use crate::text::{self, page, say};
use std::rc::Rc;
use tcp_core::net::HostId;
use tcp_lessons::Move;
use tcp_scene::address::{Lock, Locks};
use tcp_scene::diagram::{
    Figure, HEIGHT, Heading, Marks, NODES, NodeId, TALL, WIDTH, around, shapes, tall, tall_at, toward,
};
use tcp_scene::shape::Point;
use tcp_scene::words::lesson::Part;
use tcp_scene::words::{Message, Page};
use tcp_scene::{Differs, Ladder, MachineView, Piece, View};
use web_sys::{Element, HtmlSelectElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct DiagramProps {
    /// Who stands where.
    pub machine: MachineView,
    /// The piece that is looked at.
    pub looked: Option<Piece>,
    /// Which part of the machine is drawn.
    pub settings: Settings,
    /// What the other profile would do.
    pub differs: Option<Differs>,
    /// The segments, if they are shown.
    pub ladder: Option<Ladder>,
    /// What is shown.
    pub view: View,
    /// What cannot be changed.
    pub locks: Locks,
    /// The page is presented.
    pub presented: bool,
    /// The host for which a lesson asks: a press on a state is an answer.
    pub places: Option<HostId>,
    /// The states that somebody expects.
    pub ghosts: [Option<NodeId>; 2],
    /// The host that was picked up: it is where the focus is.
    pub carried: Option<HostId>,
    /// Somebody takes a lesson. True inside: it does not ask for states now, so that half of the machine may be shown.
    pub lesson: Option<bool>,
}

/// How the machine is drawn for a lesson, where there is little room.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sheet {
    /// As it is elsewhere.
    Usual,
    /// The half in use, as large as the width allows.
    Half,
    /// All of it.
    Whole,
    /// All of it in a hand: the names alone.
    Tall,
    /// With the words beside its arrows, to be moved by a finger.
    Words,
}

impl Sheet {
    /// `other`: not the first that is offered.
    fn of(room: Room, lesson: Option<bool>, other: bool) -> Sheet {
        match (room, lesson) {
            (_, None) | (Room::Wide, _) => Sheet::Usual,
            (Room::Narrow, Some(true)) if !other => Sheet::Half,
            (Room::Narrow, _) => Sheet::Whole,
            (Room::Phone, _) if other => Sheet::Words,
            (Room::Phone, _) => Sheet::Tall,
        }
    }

    const fn key(self) -> Option<&'static str> {
        match self {
            Sheet::Usual => None,
            Sheet::Half => Some("half"),
            Sheet::Whole => Some("whole"),
            Sheet::Tall => Some("tall"),
            Sheet::Words => Some("words"),
        }
    }

    /// What is offered beside it, in its order. While both states are asked for, half of the machine would say that the
    /// answer is not in the other half.
    fn forms(self, lesson: Option<bool>, half: &'static str) -> &'static [Part] {
        match (self, lesson) {
            (Sheet::Usual, _) => &[],
            (Sheet::Tall | Sheet::Words, _) => &[Part::Whole, Part::AllWords],
            (_, Some(true)) if half == "open" => &[Part::SetUp, Part::Whole],
            (_, Some(true)) => &[Part::Teardown, Part::Whole],
            _ => &[Part::Whole],
        }
    }
}

/// The state machine.
#[component]
pub(crate) fn Diagram(props: &DiagramProps) -> Html {
    let dispatch = use_dispatch();
    let stops = use_stops();
    let settings = props.settings;
    let marks = Marks { figure: settings.figure, looked: props.looked, ..Marks::from(&props.machine) };
    let half = half(&marks);
    let apart = marks.tokens.iter().flatten().any(|id| is_in(*id, "open"))
        && marks.tokens.iter().flatten().any(|id| is_in(*id, "close"));
    let other = use_state_eq(|| false);
    let lesson = props.lesson.filter(|_| !props.presented);
    let sheet = Sheet::of(use_room(), lesson, *other);
    let view = use_fitting(props.view, props.presented);
    let mut parts = shapes(&marks, text::language());
    if sheet == Sheet::Tall {
        parts = tall(parts);
    }
    let tokens = parts.pop().map_or_else(Vec::new, |group| group.children);
    let tokens_at = use_places(tokens.iter().filter_map(|token| token.place.map(moved)).collect());
    let [x, y] = newest(&props.machine, &marks);
    let y = if sheet == Sheet::Half { f64::from(u8::from(half == "close")) } else { y };
    let frame = use_middle_in_view([x, y], (props.presented, sheet));
    // The state that has the focus.
    let reached = use_state(|| None::<NodeId>);
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
    let (look, leave) = (see(POINTED, spoken), see(POINTED, |_| None));
    let (reach, pass) = (see("[aria-label]", spoken), see("[aria-label]", |_| None));
    let node = reached.setter();
    let onfocusin = move |event: FocusEvent| {
        let target: Option<Element> = event.target_dyn_into();
        node.set(target.as_ref().and_then(node_of));
        reach(target);
    };
    let node = reached.setter();
    let onfocusout = move |event: FocusEvent| {
        node.set(None);
        pass(event.target_dyn_into());
    };
    let places = props.places;
    let onclick = {
        let dispatch = dispatch.clone();
        move |event: MouseEvent| {
            let piece = near(&event, PIECES).and_then(|shape| piece(&shape));
            if let Some(piece) = piece {
                dispatch.send(meant(piece, places));
                // A finger may have missed: the same host is placed until it is confirmed.
                let keeps = places.filter(|_| matches!(sheet, Sheet::Tall | Sheet::Words));
                let keeps = keeps.filter(|_| matches!(piece, Piece::Node(_)));
                keeps.into_iter().for_each(|host| dispatch.send(turn(host)));
            }
        }
    };
    let onkeydown = {
        let others = stops.on_key.clone();
        on_key(settings.figure == Figure::Beyond, places, props.carried.is_some(), others, &dispatch)
    };
    let onchange = dispatch.on(move |event: Event| {
        let chosen = event.target_dyn_into::<HtmlSelectElement>().map_or(0, |it| it.selected_index());
        let figure = usize::try_from(chosen).ok().and_then(|at| Figure::ALL.get(at));
        Intent::Set(Settings { figure: figure.copied().unwrap_or_default(), ..settings })
    });
    let forms: Vec<Form> = sheet
        .forms(lesson, half)
        .iter()
        .map(|name| {
            let second = matches!(sheet, Sheet::Words) || sheet == Sheet::Whole && lesson == Some(true);
            let (is_second, other) = (*name != sheet.forms(lesson, half)[0], other.setter());
            let choose = Callback::from(move |()| other.set(is_second));
            Form { name: *name, chosen: is_second == second, choose }
        })
        .collect();
    let (width, height) = if sheet == Sheet::Tall { (TALL.x, TALL.y) } else { (WIDTH, HEIGHT) };
    html! {
        <section class="card machine" aria-label={page(Page::MachineRegion)}>
            { heading(Page::MachineRegion) }
            { view_switch(view, &forms, &dispatch) }
            <p class="caption">{ seen.as_ref().map(words) }</p>
            <div class="diagram-frame" data-half={half} data-apart={apart.then_some("")} data-sheet={sheet.key()} ref={frame}>
                <svg class="diagram" viewBox={format!("0 0 {width} {height}")} role="group"
                    aria-label={page(Page::MachineKeys)} data-own-keys="" data-figure={settings.figure.key()}
                    ref={stops.node.clone()} {onkeydown} {onclick}
                    onmouseover={move |event: MouseEvent| look(event.target_dyn_into())}
                    onmouseout={move |event: MouseEvent| leave(event.target_dyn_into())}
                    {onfocusin} {onfocusout}>
                    { for parts.into_iter().map(|shape| html! { <Drawn {shape} /> }) }
                    <g ref={tokens_at}>{ for tokens.iter().map(drawn) }</g>
                    { ghosts(props.ghosts, props.carried.zip(*reached), if sheet == Sheet::Tall { tall_at } else { |at| at }) }
                </svg>
            </div>
            <div class="corner"><div>
                if let Some(differs) = props.differs { { other_profile(differs, settings, props.locks, &dispatch) } }
            </div></div>
            <select class="beyond" aria-label={page(Page::Figure)} {onchange}>
                { for Figure::ALL.map(|figure| html! {
                    <option selected={figure == settings.figure}>{ say(&Message::Figure(figure)) }</option>
                }) }
            </select>
            if let Some(ladder) = &props.ladder { <LadderView ladder={ladder.clone()} locked={props.locks.time} /> }
        </section>
    }
}

/// What of the drawing is said in words when somebody points at it; a state has its name on it.
const POINTED: &str = ".edge, .badge";

/// What of the drawing is a piece.
const PIECES: &str = ".node, .edge";

/// The piece that a shape draws.
fn piece(shape: &Element) -> Option<Piece> {
    if let Some(key) = shape.get_attribute("data-node") {
        return NODES.iter().find(|node| node.id.key() == key).map(|node| Piece::Node(node.id));
    }
    shape.get_attribute("data-row")?.split(' ').next()?.parse().ok().map(Piece::Edge)
}

/// The state that a shape draws.
fn node_of(shape: &Element) -> Option<NodeId> {
    match piece(shape) {
        Some(Piece::Node(node)) => Some(node),
        _ => None,
    }
}

/// What a press on a piece means: where a lesson asks for a state, that is the answer.
fn meant(piece: Piece, places: Option<HostId>) -> Intent {
    match (piece, places) {
        (Piece::Node(node), Some(host)) => Intent::Learn(Box::new(Learn::Do(Move::Place(host, node)))),
        (piece, _) => Intent::LookAt(Some(piece)),
    }
}

/// The next state that is chosen is this host's.
fn turn(host: HostId) -> Intent {
    Intent::Learn(Box::new(Learn::Do(Move::Turn(host))))
}

/// The shape that draws a piece, as a selector.
pub(super) fn selector(piece: Piece) -> String {
    match piece {
        Piece::Node(node) => format!(".node[data-node={}]", node.key()),
        Piece::Edge(row) => format!(".edge[data-row~=\"{row}\"]"),
    }
}

/// Keys in the drawing. What is not for a piece goes to `others`.
fn on_key(
    beyond: bool,
    places: Option<HostId>,
    carries: bool,
    others: Callback<KeyboardEvent>,
    dispatch: &Dispatch,
) -> Callback<KeyboardEvent> {
    let dispatch = dispatch.clone();
    Callback::from(move |event: KeyboardEvent| {
        let shape = event.target_dyn_into::<Element>().and_then(|it| it.closest(PIECES).ok()?);
        let Some((here, shape)) = shape.and_then(|shape| Some((piece(&shape)?, shape))) else {
            return others.emit(event);
        };
        let heading = match event.key().as_str() {
            "Enter" | " " => {
                event.prevent_default();
                return dispatch.send(meant(here, places));
            }
            // The card that shows it may not have the focus.
            "Escape" => {
                let puts_back = Intent::Learn(Box::new(Learn::Do(Move::PutBack)));
                return dispatch.send(if carries { puts_back } else { Intent::LookAt(None) });
            }
            "ArrowUp" => Heading::Up,
            "ArrowDown" => Heading::Down,
            "ArrowLeft" => Heading::Left,
            "ArrowRight" => Heading::Right,
            _ => return others.emit(event),
        };
        event.prevent_default();
        let to = if event.shift_key() {
            let on = matches!(heading, Heading::Right | Heading::Down);
            around(here, beyond, on).map(Piece::Edge)
        } else {
            toward(here, heading).map(Piece::Node)
        };
        to.into_iter().for_each(|to| stop_at(&shape, &selector(to)));
    })
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
    if marks.tokens.iter().flatten().any(|id| is_in(*id, "close")) { "close" } else { "open" }
}

/// A state is in this half, and not in the other, too.
fn is_in(id: NodeId, half: &str) -> bool {
    let [node, middle] = [id, NodeId::Established].map(|id| id.node().centre().y);
    if half == "close" { node > middle } else { node < middle }
}

/// Where it happened last, from the left and from the top, as parts of the whole.
fn newest(machine: &MachineView, marks: &Marks) -> [f64; 2] {
    let newest =
        machine.lit.last().and_then(|lit| machine.tokens.iter().position(|token| token.host == lit.host));
    let Point { x, y } = newest.and_then(|at| marks.tokens[at]).unwrap_or(NodeId::Start).node().centre();
    [f64::from(x) / f64::from(WIDTH), f64::from(y) / f64::from(HEIGHT)]
}
