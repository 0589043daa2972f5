//! A segment that is looked at closely: what became of it, and what can be done to it.

mod checks;
mod header;
mod origin;

use crate::ladder::fate;
use crate::model::{ButtonView, Inspected};
use crate::names::segment_kind;
use crate::words::{Inspection, Message, PacketName, SegmentFate};
use tcp_core::net::{PacketId, Passage, WireAct, World};
use tcp_course::Action;
use tcp_shell::TerminalId;

/// What can be done to a segment on the wire, and the command of the network's console that does it.
const ACTS: [(WireAct, &str); 4] = [
    (WireAct::Drop, "drop"),
    (WireAct::Hold, "hold"),
    (WireAct::Release, "release"),
    (WireAct::Duplicate, "duplicate"),
];

/// The segment, if it has been sent by now.
pub(crate) fn inspected(world: &World, packet: PacketId) -> Option<Inspected> {
    let passage = world.log().packet(packet)?;
    let fate = fate(passage.fate());
    let (origin, why) = origin::origin(world, passage);
    let checked = checks::checked(world, passage);
    let journey = Inspection::Journey { from: passage.from, to: passage.to, number: passage.number(), fate };
    Some(Inspected {
        packet,
        name: PacketName::of(&passage),
        kind: passage.packet().segment().map_or("icmp", segment_kind),
        from: passage.from,
        standing: Message::Standing(fate),
        stopped: passage.fate().stopped().is_some(),
        acts: ACTS.map(|(act, command)| button(act, command, passage, fate)),
        journey: Message::Inspection(journey),
        header: header::header(world.log(), passage),
        origin: Message::Inspection(Inspection::Origin(origin)),
        checked_by: checked.by,
        checks: checked.checks,
        effects: checked.effects,
        rfc: why.into_iter().chain(checked.rfc).collect(),
    })
}

fn button(act: WireAct, command: &str, passage: Passage<'_>, fate: SegmentFate) -> ButtonView {
    let enabled = match fate {
        SegmentFate::OnItsWay => act != WireAct::Release,
        SegmentFate::Held => act != WireAct::Hold,
        _ => false,
    };
    let number = passage.number().unwrap_or_default();
    let line = format!("{command} {number}");
    ButtonView {
        label: Message::Act(act),
        types: line.as_str().into(),
        action: Action::enter(TerminalId::Network, line),
        enabled,
        primary: false,
    }
}
