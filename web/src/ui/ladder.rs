//! The ladder, as [`tcp_scene::ladder`] draws it, beside it the segments as a list, and the switch that shows both.
//!
//! Drawing and list are one stop of the tab key each; from there arrow keys go from segment to segment.

use super::heading;
use super::shape::drawn;
use super::time::thousandths;
use crate::hooks::{Dispatch, use_dispatch, use_end_followed, use_moving, use_stops};
use crate::store::Intent;
use crate::text::{self, page, say};
use std::rc::Rc;
use tcp_core::Instant;
use tcp_core::net::PacketId;
use tcp_scene::address::Lock;
use tcp_scene::ladder::{Drawing, HEAD, LANE, WIDTH, Zoom, heads};
use tcp_scene::timebar::Scale;
use tcp_scene::words::lesson::{Lesson, Part};
use tcp_scene::words::{Message, Page, SegmentFate};
use tcp_scene::{Ladder, Rung, Scope, View};
use web_sys::{Element, HtmlSelectElement};
use yew::prelude::*;

/// State machine or ladder: `view` is what is shown.
pub(crate) fn view_switch(view: View, forms: &[Form], dispatch: &Dispatch) -> Html {
    let choice = |offered: View, name: Page| {
        let onchange = dispatch.on(move |_: Event| Intent::Show(offered));
        radio(view == offered, page(name), onchange)
    };
    let form = |form: &Form| {
        let (choose, show) = (form.choose.clone(), dispatch.on(|()| Intent::Show(View::Machine)));
        let onchange = Callback::from(move |_: Event| {
            choose.emit(());
            show.emit(());
        });
        radio(view == View::Machine && form.chosen, say(&Message::Lesson(Lesson::Part(form.name))), onchange)
    };
    html! {
        <div class="switch" data-forms={(!forms.is_empty()).then_some("")} role="radiogroup" aria-label={page(Page::View)}>
            if forms.is_empty() { { choice(View::Machine, Page::MachineRegion) } }
            { for forms.iter().map(form) }
            { choice(View::Ladder, Page::Ladder) }
            // In a lesson there is no room for both, unless the address asks for them.
            if forms.is_empty() || view == View::Both { { choice(View::Both, Page::Both) } }
        </div>
    }
}

/// A form in which a lesson shows the state machine.
pub(super) struct Form {
    pub(super) name: Part,
    pub(super) chosen: bool,
    pub(super) choose: Callback<()>,
}

fn radio(checked: bool, name: AttrValue, onchange: Callback<Event>) -> Html {
    html! {
        <label><input type="radio" name="view" {checked} {onchange} /><span>{ name }</span></label>
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct LadderProps {
    /// The segments.
    pub ladder: Ladder,
    /// Time cannot be changed.
    pub locked: bool,
}

/// The drawing, and the list that says the same.
#[component]
pub(crate) fn LadderView(LadderProps { ladder, locked }: &LadderProps) -> Html {
    let dispatch = use_dispatch();
    let zoom = use_state(Zoom::default);
    let listed = use_state(|| false);
    let turn = {
        let listed = listed.clone();
        Callback::from(move |_: MouseEvent| listed.set(!*listed))
    };
    let over = dispatch.on(|event: Event| {
        let chosen = event.target_dyn_into::<HtmlSelectElement>();
        Intent::Over(if chosen.is_some_and(|it| it.selected_index() == 1) { Scope::All } else { Scope::One })
    });
    let to = |zoom: &UseStateHandle<Zoom>, to: Option<Zoom>, name: Page, sign: &'static str| {
        let zoom = zoom.clone();
        let onclick = Callback::from(move |_: MouseEvent| to.into_iter().for_each(|to| zoom.set(to)));
        html! {
            <button type="button" aria-disabled={to.is_none().then_some("true")} title={page(name)}
                aria-label={page(name)} {onclick}>{ sign }</button>
        }
    };
    html! {
        <div class="ladder" data-listed={listed.then_some("")}>
            { heading(Page::Ladder) }
            <div class="tools">
                <button type="button" class="listed" aria-pressed={listed.to_string()} onclick={turn}>
                    { page(Page::AsList) }
                </button>
                <select aria-label={page(Page::Scope)} onchange={over}>
                    <option selected={ladder.scope == Scope::One}>{ page(Page::OneConnection) }</option>
                    <option selected={ladder.scope == Scope::All}>{ page(Page::AllConnections) }</option>
                </select>
                { to(&zoom, zoom.farther(), Page::LessRoom, "−") }
                { to(&zoom, zoom.nearer(), Page::MoreRoom, "+") }
            </div>
            <Lines ladder={ladder.clone()} zoom={*zoom} locked={*locked} />
            <List ladder={ladder.clone()} locked={*locked} />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct LinesProps {
    ladder: Ladder,
    zoom: Zoom,
    locked: bool,
}

/// How far from a row a press still means it, in pixels.
const REACH: f64 = 6.0;

/// The lifelines, and the segments between them. The playhead is a line that is moved by itself.
#[component]
fn Lines(LinesProps { ladder, zoom, locked }: &LinesProps) -> Html {
    let dispatch = use_dispatch();
    let stops = use_stops();
    let drawing = Rc::new(Drawing::of(ladder, *zoom, text::language()));
    let now = f64::from(drawing.place(dispatch.playhead.now())) / f64::from(drawing.height.max(1));
    let frame = use_end_followed(drawing.height.unsigned_abs() as usize, now);
    let head = use_moving(Rc::clone(&drawing.scale), true, at_place);
    // To the moment of a segment; where that is reached, or cannot be, to all that is known of the segment.
    let go = {
        let (dispatch, locked) = (dispatch.clone(), *locked);
        let rungs: Vec<_> = ladder.rungs.iter().map(|rung| (rung.packet, rung.at)).collect();
        move |target: Option<Element>| {
            let rung = target.and_then(|target| target.closest(".rung").ok()?);
            let packet = rung.and_then(|rung| rung.get_attribute("data-packet"));
            let found = rungs.iter().find(|(id, _)| Some(id.0.to_string()) == packet);
            let intent = |(id, at): &(PacketId, Instant)| {
                if locked || dispatch.playhead.now() == *at {
                    Intent::Inspect(*id)
                } else {
                    Intent::GoTo(*at)
                }
            };
            found.map(|rung| dispatch.send(intent(rung))).is_some()
        }
    };
    let onkeydown = {
        let (go, arrows) = (go.clone(), stops.on_key.clone());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" | " " if go(event.target_dyn_into()) => event.prevent_default(),
            _ => arrows.emit(event),
        })
    };
    let onclick = {
        let (node, drawing, dispatch) = (stops.node.clone(), Rc::clone(&drawing), dispatch.clone());
        Callback::from(move |event: MouseEvent| {
            if go(event.target_dyn_into()) {
                return;
            }
            let Some(rect) = node.cast::<Element>().map(|svg| svg.get_bounding_client_rect()) else { return };
            let unit = f64::from(drawing.height) / rect.height().max(1.0);
            let place = (f64::from(event.client_y()) - rect.top()) * unit;
            dispatch.send(Intent::GoTo(drawing.moment(place, REACH * unit)));
        })
    };
    let height = drawing.height.to_string();
    let earlier = ladder.before.map(|before| {
        html! {
            <button type="button" class="earlier" aria-disabled={locked.then_some("true")}
                title={super::locked(*locked, Lock::Time)} onclick={dispatch.press(Intent::GoTo(before))}>
                { say(&Message::EarlierSegments(ladder.earlier)) }
            </button>
        }
    });
    html! {
        <div class="lines" ref={frame}>
            <svg class="lifelines heads" viewBox={format!("0 0 {WIDTH} {HEAD}")} aria-hidden="true">
                { for heads(ladder, text::language()).iter().map(drawn) }
            </svg>
            { earlier }
            <svg class="lifelines" viewBox={format!("0 0 {WIDTH} {height}")} role="group"
                aria-label={page(Page::LadderKeys)} data-own-keys="" ref={stops.node.clone()} {onkeydown} {onclick}>
                { for drawing.shapes.iter().map(drawn) }
                <g class="now" ref={head} aria-hidden="true">
                    <rect class="later" x={LANE.0.to_string()} width={(LANE.1 - LANE.0).to_string()} {height} />
                    <path class="line" d={format!("M{} 0H{}", LANE.0, LANE.1)} />
                    <path class="flag" d={format!("M{} 0l-6-4v8zM{} 0l6-4v8z", LANE.0, LANE.1)} />
                </g>
                { for drawing.due.iter().map(drawn) }
            </svg>
        </div>
    }
}

fn at_place(scale: &Rc<Scale>, now: Instant) -> String {
    format!("translateY({}px)", thousandths(scale.place(now)))
}

#[derive(Properties, PartialEq)]
struct ListProps {
    ladder: Ladder,
    locked: bool,
}

/// The list. It is one stop of the tab key; from there arrow keys go from segment to segment.
#[component]
fn List(ListProps { ladder, locked }: &ListProps) -> Html {
    let dispatch = use_dispatch();
    let stops = use_stops();
    let frame = use_end_followed(ladder.earlier + ladder.rungs.len(), 1.0);
    let last = ladder.rungs.len().saturating_sub(1);
    let rung = |(at, rung): (usize, &Rung)| {
        let inspect = inspect(rung, &dispatch);
        row(rung, at == last, *locked, dispatch.press(Intent::GoTo(rung.at)), inspect)
    };
    html! {
        <div class="list" data-own-keys="" ref={frame} onkeydown={stops.on_key.clone()}>
            if ladder.earlier > 0 { <p class="none">{ say(&Message::EarlierSegments(ladder.earlier)) }</p> }
            <table ref={stops.node.clone()} role="table" aria-label={page(Page::Segments)}>
                <thead role="rowgroup"><tr role="row">
                    <th role="columnheader" scope="col" class="number">{ page(Page::RungTime) }</th>
                    <th role="columnheader" scope="col">{ page(Page::RungSegment) }</th>
                    <th role="columnheader" scope="col" class="number">{ "SEQ" }</th>
                    <th role="columnheader" scope="col" class="number">{ "ACK" }</th>
                    <th role="columnheader" scope="col" class="number">{ page(Page::RungOctets) }</th>
                    <th role="columnheader" scope="col">{ page(Page::RungFate) }</th>
                    <td role="cell" class="inspect"></td>
                </tr></thead>
                <tbody role="rowgroup">{ for ladder.rungs.iter().enumerate().map(rung) }</tbody>
            </table>
            if ladder.rungs.is_empty() { <p class="none">{ page(Page::NoSegments) }</p> }
        </div>
    }
}

/// Pins what is known of a segment. The playhead stays, so that it is known what became of it.
fn inspect(rung: &Rung, dispatch: &Dispatch) -> Html {
    let (dispatch, packet) = (dispatch.clone(), rung.packet);
    let onclick = move |event: MouseEvent| {
        event.stop_propagation();
        dispatch.send(Intent::Inspect(packet));
    };
    let name = say(&Message::InspectOf(rung.name));
    html! {
        <td role="cell" class="inspect">
            <button type="button" id={super::inspector::rung(packet)} tabindex="-1" data-column="inspect" title={name.clone()}
                aria-label={name} {onclick}>{ "⋯" }</button>
        </td>
    }
}

fn row(rung: &Rung, newest: bool, locked: bool, onclick: Callback<MouseEvent>, inspect: Html) -> Html {
    let (way, from) = if rung.from_client { ("C → S", "C") } else { ("S → C", "S") };
    let open = !matches!(rung.fate, SegmentFate::Arrived) && !rung.is_stopped();
    html! {
        <tr key={rung.packet.0} role="row" data-from={from} data-stopped={rung.is_stopped().then_some("")}
            data-open={open.then_some("")} {onclick}>
            <td role="cell" class="number">{ text::span_ms(rung.after) }</td>
            <td role="cell">
                <button type="button" tabindex={if newest { "0" } else { "-1" }} aria-disabled={locked.then_some("true")}
                    title={super::locked(locked, Lock::Time).unwrap_or_else(|| page(Page::GoThere))}>
                    if let Some(port) = rung.connection { <span class="port">{ port }</span>{ " " } }
                    <span class="way">{ way }</span>{ " " }
                    if rung.is_copy { { say(&Message::Copy) }{ " " } }
                    <b data-kind={rung.kind}>{ say(&Message::Name(rung.name)) }</b>
                    if rung.by_hand { { " " }{ say(&Message::ByHand) } }
                </button>
            </td>
            <td role="cell" class="number">{ rung.seq }</td>
            <td role="cell" class="number">{ rung.ack }</td>
            <td role="cell" class="number">{ rung.octets }</td>
            <td role="cell" class="fate">{ say(&Message::Fate(rung.fate)) }</td>
            { inspect }
        </tr>
    }
}
