//! The wire: two lanes between the gates of both hosts, and the segments on them.
//!
//! The upper lane leads from C_m's OUTPUT to S_m's INPUT, the lower one back. A segment's place is a function of the
//! playhead alone, written by [`use_moves`].

use super::chip::segment;
use super::firewall::at_gate;
use super::heading;
use super::lane::{lane_button, lane_menu};
use super::pairs::Pairs;
use super::rules;
use super::segment::Acts;
use super::time::thousandths;
use super::why::reasons;
use crate::hooks::{Dispatch, Spot, use_dispatch, use_moves};
use crate::settings::Narration;
use crate::text::{page, say};
use tcp_core::Instant;
use tcp_core::net::PacketId;
use tcp_lessons::part;
use tcp_scene::address::Lock;
use tcp_scene::words::lesson::Part;
use tcp_scene::words::{Header, Message, Page};
use tcp_scene::{Badge, Fate, Flight, GateView, Inspected, PairView, WireView};
use yew::prelude::*;

/// Why the pair of states is what it is, in a popover.
const WHY: &str = "why-pair";

#[derive(Properties, PartialEq)]
pub(crate) struct WireProps {
    /// What is visible of it.
    pub wire: WireView,
    /// What happened last.
    pub says: Option<Message>,
    /// The segment that was picked.
    pub picked: Option<Inspected>,
    /// What is on the wire may not be changed.
    pub locked: bool,
    /// Time cannot be changed.
    pub still: bool,
    /// How much is read aloud.
    pub narration: Narration,
    /// The states of both hosts.
    pub badges: [Badge; 2],
    /// What they mean.
    pub pair: PairView,
    /// The letters on the hosts' tokens.
    pub letters: [&'static str; 2],
    /// The hosts' names.
    pub names: [&'static str; 2],
    /// A lesson asks what will happen: the verdict would give it away.
    pub asked: bool,
}

/// The wire, and what happened last; each has its own place in the layout.
#[component]
pub(crate) fn Wire(props: &WireProps) -> Html {
    let dispatch = use_dispatch();
    let picked = props.picked.as_ref().map(|segment| segment.packet);
    // The segment that is looked at, and what it says.
    let looked_at = use_state(|| None::<(PacketId, Header)>);
    let on_look = Callback::from({
        let setter = looked_at.setter();
        move |seen| setter.set(seen)
    });
    let [c_out, c_in, s_in, s_out] = &props.wire.gates;
    let locked = super::locked(props.locked, Lock::Firewall);
    let shown = |view: &GateView, place: &'static str| gate(view, place, locked.as_ref(), &dispatch);
    {
        // What is picked lies under the card, and no pointer leaves it.
        let setter = looked_at.setter();
        use_effect_with(picked, move |_| setter.set(None));
    }
    // One that has arrived is gone without a pointer's leaving it.
    let is_there = |packet: PacketId| props.wire.flights.iter().any(|flight| flight.packet == packet);
    let seen = looked_at.as_ref().filter(|(packet, _)| is_there(*packet));
    let detail = seen.map(|(_, header)| say(&Message::Header(header.clone())));
    let flights = [true, false].map(|from_client| {
        let of_lane = props.wire.flights.iter().filter(|flight| flight.from_client == from_client);
        of_lane.cloned().collect::<Vec<Flight>>()
    });
    let nodes = [use_moves(flights[0].clone(), spot), use_moves(flights[1].clone(), spot)];
    let cut = props.wire.cables.iter().any(|cable| !cable.plugged);
    let lane = |at: usize, to: &'static str| {
        html! {
            <div class="lane" data-to={to} data-cut={cut.then_some("")} title={page(Page::Point)}>
                { lane_button(&props.wire, at) }
                <div class="flights" ref={nodes[at].clone()}>
                    { for flights[at].iter().map(|flight| segment(flight, picked, &on_look, &dispatch)) }
                </div>
            </div>
        }
    };
    html! {
        <>
            <section class="card wire" aria-label={page(Page::Wire)}>
                { heading(Page::Wire) }
                { end(props.letters[0], props.names[0]) }
                { shown(c_out, "c-out") }
                { shown(c_in, "c-in") }
                { lane(0, "s") }
                { lane(1, "c") }
                { shown(s_in, "s-in") }
                { shown(s_out, "s-out") }
                { end(props.letters[1], props.names[1]) }
                { for [0, 1].map(|at| lane_menu(&props.wire, at, props.locked, &dispatch)) }
            </section>
            <div class="told">
                <div class="narration" data-detail={detail.is_some().then_some("")}>
                    <p class="says" role="status" aria-live={props.narration.live()[0]}>{ props.says.as_ref().map(say) }</p>
                    <p class="detail">{ detail }</p>
                    if let Some(segment) = &props.picked {
                        <Acts key={segment.packet.0} segment={segment.clone()} locked={props.locked} />
                    }
                </div>
                { pair(props, &dispatch) }
            </div>
        </>
    }
}

/// Both states, and what they mean.
fn pair(props: &WireProps, dispatch: &Dispatch) -> Html {
    let end = |at: usize| {
        let Badge { node, phase, .. } = &props.badges[at];
        html! { <span>{ props.names[at] }{ " " }<b data-phase={*phase}>{ node.node().label() }</b></span> }
    };
    let live = props.narration.live()[1];
    html! {
        <div class="pair" role="group" aria-label={page(Page::Pair)} data-lost={(props.pair.lost && !props.asked).then_some("")}>
            if !props.asked {
                <button type="button" class="ask" popovertarget={WHY}>{ page(Page::WhyPair) }</button>
                { reasons(WHY.to_owned(), page(Page::WhyTitle), &props.pair.why, props.still, dispatch) }
            }
            <Pairs live={live}>{ end(0) }{ " · " }{ end(1) }</Pairs>
            <p class="meaning" aria-live={live}>
                { if props.asked { say(&part(Part::VerdictWaits)) } else { say(&props.pair.says) } }
            </p>
        </div>
    }
}

fn end(letter: &'static str, name: &'static str) -> Html {
    html! {
        <div class="end" data-host={letter}>
            <span class="dot" data-host={letter} aria-hidden="true">{ letter }</span><span>{ name }</span>
        </div>
    }
}

/// It opens the list of its rules.
fn gate(gate: &GateView, place: &'static str, locked: Option<&AttrValue>, dispatch: &Dispatch) -> Html {
    let says = say(&gate.says);
    html! {
        <>
            <button type="button" class="gate" popovertarget={place} data-place={place}
                data-shut={gate.shut.then_some("")} aria-label={format!("{} {says}", gate.label)} title={says.clone()}>
                if gate.stopped > 0 { <b key={gate.stopped.to_string()} data-stopped={gate.stopped.to_string()}></b> }
                <span>{ gate.label }</span>
            </button>
            { rules::list(place, says, &gate.rules, at_gate(&gate.toggles, locked, dispatch), locked, dispatch) }
        </>
    }
}

/// Where a segment is at a moment, as a shift of its frame, which is as wide as its way.
fn spot(flight: &Flight, now: Instant) -> Spot {
    let whole = flight.arrives.since(flight.departed).as_secs_f64();
    let gone = now.since(flight.departed).as_secs_f64();
    let travelled = if whole > 0.0 { (gone / whole).min(1.0) } else { 0.0 };
    // The sender's own gate is at the beginning, the receiver's at the end, the network's doings half-way.
    let own_gate = if flight.from_client { 0 } else { 3 };
    let end = match flight.fate {
        Fate::Lost => 0.5,
        Fate::StoppedAt(gate) if gate == own_gate => 0.0,
        Fate::StoppedAt(_) | Fate::Arrives => 1.0,
    };
    let gone = flight.stopped || (flight.fate == Fate::Lost && travelled >= end);
    let part = flight.rests.unwrap_or(if gone { end } else { travelled.min(end) });
    let from_left = if flight.from_client { part } else { 1.0 - part };
    Spot { transform: format!("translateX({}%)", thousandths(from_left * 100.0)), gone }
}
