//! A segment that is looked at closely: what became of it, and what can be done to it.

mod checks;
mod header;
mod origin;

use crate::ladder::fate;
use crate::model::{ButtonView, Inspected};
use crate::names::segment_kind;
use crate::words::{Inspection, Message, PacketName, SegmentFate};
use std::time::Duration;
use tcp_core::net::{Fate, Happened, Impairment, PacketId, Passage, WireAct, World};
use tcp_course::Action;
use tcp_shell::TerminalId;

/// How long a segment is held by the button for that. Long enough that it comes again meanwhile: the first timeout is a
/// second.
const HOLD: Duration = Duration::from_secs(3);

/// What can be done to a segment on the wire, and the command of the network's console that does it.
const ACTS: [(WireAct, &str); 5] = [
    (WireAct::Drop, "drop"),
    (WireAct::Hold, "hold"),
    (WireAct::HoldFor(HOLD), "hold"),
    (WireAct::Release, "release"),
    (WireAct::Duplicate, "duplicate"),
];

/// The segment, if it has been sent by now.
pub(crate) fn inspected(world: &World, packet: PacketId) -> Option<Inspected> {
    let passage = world.log().packet(packet)?;
    let fate = fate(world.log(), passage.fate());
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
        by_rule: by_rule(world, passage),
        header: header::header(world.log(), passage),
        origin: Message::Inspection(Inspection::Origin(origin)),
        checked_by: checked.by,
        checks: checked.checks,
        effects: checked.effects,
        rfc: [why, checked.rfc],
    })
}

/// What the network did to it by a rule.
fn by_rule(world: &World, passage: Passage<'_>) -> Vec<Message> {
    let log = world.log();
    // Before it departed, the network set that it takes longer, or made it.
    let departed = passage.stations().last().and_then(|fact| log.fact(fact.cause?));
    let before = departed.and_then(|fact| match fact.what {
        Happened::Reordered { packet, rule } if packet == passage.id => Some((Impairment::Reordering, rule)),
        Happened::Duplicated { copy, rule, .. } if copy == passage.id => {
            Some((Impairment::Duplication, rule?))
        }
        _ => None,
    });
    let lost = match passage.fate() {
        Fate::Lost(_, Some(rule)) => Some((Impairment::Loss, rule)),
        _ => None,
    };
    let says = |(what, rule)| Some(Message::Inspection(Inspection::ByRule(what, *log.loss(rule)?)));
    before.into_iter().chain(lost).filter_map(says).collect()
}

/// ` for 3s`, as the console reads it.
fn how_long(act: WireAct) -> String {
    match act {
        WireAct::HoldFor(span) => format!(" for {}s", span.as_secs_f64()),
        _ => String::new(),
    }
}

fn button(act: WireAct, command: &str, passage: Passage<'_>, fate: SegmentFate) -> ButtonView {
    let enabled = match fate {
        SegmentFate::OnItsWay => act != WireAct::Release,
        SegmentFate::Held(_) => !matches!(act, WireAct::Hold | WireAct::HoldFor(_)),
        _ => false,
    };
    let number = passage.number().unwrap_or_default();
    let line = format!("{command} {number}{}", how_long(act));
    ButtonView {
        label: Message::Act(act),
        types: line.as_str().into(),
        action: Action::enter(TerminalId::Network, line),
        enabled,
        primary: false,
    }
}
