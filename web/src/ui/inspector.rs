//! All that is known of a segment: its header as a student draws it, why it was sent, what the receiver checked.

use super::chip;
use super::segment::{button, standing};
use crate::hooks::{focus, use_dispatch, use_focus_inside};
use crate::store::Intent;
use crate::text::{page, say};
use tcp_core::net::PacketId;
use tcp_course::Action;
use tcp_scene::words::{Inspection, Message, Page};
use tcp_scene::{Column, HeaderView, Inspected};
use yew::prelude::*;

/// Where the text of the RFCs is.
const RFCS: &str = "https://www.rfc-editor.org/rfc/rfc9293#section-";

#[derive(Properties, PartialEq)]
pub(crate) struct InspectorProps {
    /// The segment that is inspected; `None` at a moment at which it has not been sent.
    pub segment: Option<Inspected>,
    /// What is on the wire may not be changed.
    pub locked: bool,
    /// Where in the diagram nobody is.
    pub free: Column,
}

/// It is pinned: it stays when time goes on, and in its place whatever happens.
#[component]
pub(crate) fn Inspector(InspectorProps { segment, locked, free }: &InspectorProps) -> Html {
    let dispatch = use_dispatch();
    let node = use_focus_inside();
    // It does not move when the tokens do.
    let side = *use_memo((), |()| match free {
        Column::Left => "left",
        Column::Middle => "middle",
        Column::Right => "right",
    });
    let packet = segment.as_ref().map(|segment| segment.packet);
    // Of a segment that arrived long ago more is known, and nothing can be done to it.
    let can_act = segment.as_ref().is_some_and(|segment| segment.acts.iter().any(|act| act.enabled));
    let could_act = use_mut_ref(|| (packet, can_act));
    let acts = {
        let mut could_act = could_act.borrow_mut();
        *could_act = (packet, can_act || *could_act == (packet, true));
        could_act.1
    };
    let close = {
        let dispatch = dispatch.clone();
        Callback::from(move |()| {
            // Back to where it was opened, as far as that is still there.
            packet.into_iter().flat_map(|packet| [rung(packet), chip::id(packet)]).for_each(|id| focus(&id));
            dispatch.send(Intent::Pick(None));
        })
    };
    let on_escape = close.clone();
    let onkeydown = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            on_escape.emit(());
        }
    };
    let on_act = Callback::from(move |action: Action| dispatch.act(action));
    html! {
        <section class="card inspector" aria-label={page(Page::Inspector)} data-side={side} ref={node} {onkeydown}>
            <button type="button" class="plain" aria-label={page(Page::Close)} onclick={close.reform(|_| ())}>{ "✕" }</button>
            if let Some(segment) = segment {
                <div class="title">
                    <h2 data-kind={segment.kind} data-stopped={segment.stopped.then_some("")}>{ say(&Message::Name(segment.name)) }</h2>
                    { " " }
                    <p>{ say(&segment.journey) }</p>
                </div>
                // It may be longer than its place.
                <div class="known" tabindex="0">{ known(segment) }</div>
                if acts {
                    // While something can be done, the journey says where it is.
                    if *locked || !can_act { { standing(segment, *locked) } }
                    <div class="row">{ for segment.acts.iter().map(|act| button(act, *locked, &on_act)) }</div>
                }
            } else {
                <h2>{ page(Page::Inspector) }</h2>
                <p>{ page(Page::NotSentYet) }</p>
            }
        </section>
    }
}

/// The id of the element in the ladder that opens it.
pub(super) fn rung(packet: PacketId) -> String {
    format!("rung-{}", packet.0)
}

fn known(segment: &Inspected) -> Html {
    let [why, how] = segment.rfc.map(|rfc| rfc.map(|rfc| html! { <>{ " " }{ section(rfc) }</> }));
    html! {
        <>
            { for segment.by_rule.iter().map(|rule| html! { <p>{ say(rule) }</p> }) }
            { for segment.header.as_ref().map(drawn) }
            <div><h3>{ page(Page::WhySent) }</h3>{ " " }<p>{ say(&segment.origin) }{ why }</p></div>
            <div>
                if let Some(by) = &segment.checked_by { <h3>{ say(by) }</h3>{ " " } }
                if !segment.checks.is_empty() {
                    <ol>{ for segment.checks.iter().map(|check| html! {
                        <li data-bad={check.bad.then_some("")}>{ say(&check.says) }</li>
                    }) }</ol>
                }
                <p>
                    { for segment.effects.iter().map(|effect| html! { <>{ say(effect) }{ " " }</> }) }
                    { how }
                </p>
            </div>
        </>
    }
}

/// Rows of 32 bits.
fn drawn(header: &HeaderView) -> Html {
    let number = |(relative, absolute)| say(&Message::Inspection(Inspection::Number(relative, absolute)));
    let field = |width: &'static str, name: AttrValue, value: Html| {
        html! { <div class={width}><dt>{ name }</dt><dd>{ value }</dd></div> }
    };
    let flags = html! {
        <>
            <span class="unseen">{ header.flags.join("|") }</span>
            <span class="bits" aria-hidden="true">{ for header.bits().map(|(letter, set)| html! {
                <b data-set={set.then_some("")}>{ letter }</b>
            }) }</span>
        </>
    };
    let options = say(&Message::Inspection(Inspection::OptionOctets(header.option_octets)));
    let data = say(&Message::Inspection(Inspection::DataOctets(header.data)));
    html! {
        <dl class="header">
            { field("half", page(Page::SourcePort), header.ports[0].into()) }
            { field("half", page(Page::DestinationPort), header.ports[1].into()) }
            { field("whole", page(Page::SequenceNumber), number(header.seq).into()) }
            { field("whole", page(Page::AckNumber), header.ack.map_or_else(|| page(Page::NotSet), number).into()) }
            { field("offset", page(Page::Offset), header.offset.into()) }
            { field("flags", page(Page::Flags), flags) }
            { field("window", page(Page::Window), header.window.into()) }
            { field("options", options, say(&header.options).into()) }
            if header.data > 0 { <div class="whole"><dt>{ data }</dt><dd></dd></div> }
        </dl>
    }
}

/// A section of RFC 9293, as a link to its text.
pub(super) fn section(rfc: &'static str) -> Html {
    let href = rfc.split_once('§').map(|(_, section)| format!("{RFCS}{section}"));
    html! { <a {href} target="_blank" rel="noopener">{ rfc }</a> }
}
