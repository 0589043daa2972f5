//! The one fact that shows why a host is in a state.

use crate::model::WhyLine;
use crate::report::{link, sentence};
use crate::words::Message;
use tcp_core::net::{Fact, FactId, Happened, HostId};
use tcp_course::scenes::Watch;
use tcp_shell::Lab;

/// The fact that decided in which state a host is: the edge that it took last, if that was from `since` on; or else what
/// was stopped since, or what the host refused or ignored; or else the edge that brought it there before.
pub fn deciding(lab: &Lab, host: HostId, since: FactId) -> Option<FactId> {
    let log = lab.world().log();
    let last = Watch::state(log, host).1;
    let edge = last.filter(|edge| *edge >= since);
    let keeps = |fact: &Fact| match &fact.what {
        Happened::Dropped { .. }
        | Happened::Rejected { .. }
        | Happened::Lost { .. }
        | Happened::NobodyThere { .. } => true,
        Happened::Discarded { .. } | Happened::QueueFull { .. } | Happened::Refused { .. } => {
            fact.host == Some(host)
        }
        _ => false,
    };
    edge.or_else(|| log.since(since).rev().find(keeps).map(|fact| fact.id)).or(last)
}

/// A fact in words, with its moment; `None` if it is too small for words.
pub fn fact_line(lab: &Lab, fact: FactId) -> Option<WhyLine> {
    let world = lab.world();
    let fact = world.log().fact(fact)?;
    let text = match sentence(world, &fact) {
        Some(report) => Message::Report(report),
        None => Message::Link(link(world, &fact)?),
    };
    Some(WhyLine { at: fact.at, text })
}
