//! Why a state lasts: the chain of facts that led to it, and the verdict.

use crate::model::WhyLine;
use crate::report::link;
use crate::sight::Sight;
use crate::words::Message;
use tcp_core::net::verdict::verdicts;
use tcp_core::net::view::SocketRow;
use tcp_core::net::{FactId, Happened, HostId, Log};
use tcp_core::tcp::State;

/// How many facts a chain of causes shows.
const LINKS: usize = 12;

/// The facts that led to the present state of a connection and to its last try, oldest first, and what follows from
/// them.
pub(crate) fn why(sight: &Sight<'_>, row: &SocketRow) -> Vec<WhyLine> {
    let line = |fact| {
        let fact = sight.log.fact(fact)?;
        Some(WhyLine { at: fact.at, text: Message::Link(link(sight.world, &fact)?) })
    };
    let mut lines: Vec<WhyLine> = story(sight.log, row).into_iter().filter_map(line).collect();
    lines.drain(..lines.len().saturating_sub(LINKS));
    lines.extend(verdict(sight, row).map(|text| WhyLine { at: sight.world.now(), text }));
    lines
}

/// The chain of causes goes back from what was done last; what became of the packets on the way has its place in it.
fn story(log: &Log, row: &SocketRow) -> Vec<FactId> {
    let done = |what: &Happened| {
        matches!(what, Happened::Moved { .. } | Happened::TimerSet { .. } | Happened::Sent { .. })
    };
    let Some(last) = log.of_socket(row.socket).find(|fact| done(&fact.what)) else { return Vec::new() };
    let mut story: Vec<FactId> = log.chain(last.id).take(4 * LINKS).map(|fact| fact.id).collect();
    let fates = fates(log, row, &story);
    // A cause is older than what follows from it.
    story.reverse();
    for fate in fates {
        if let Err(place) = story.binary_search(&fate) {
            story.insert(place, fate);
        }
    }
    story
}

/// Of the packets between the two ends, those that were stopped and that the chain led to.
fn fates(log: &Log, row: &SocketRow, chain: &[FactId]) -> Vec<FactId> {
    let (Some(foreign), Some(reached)) = (row.foreign, chain.last()) else { return Vec::new() };
    let since = log.conversation(row.local, foreign).take_while(|packet| packet.sent() >= Some(*reached));
    let stopped = since.filter_map(|packet| packet.fate().stopped());
    let led_to = |fact: &FactId| {
        let cause = log.fact(*fact).and_then(|fact| fact.cause);
        // From the sending to its end it is a step or two.
        cause.is_some_and(|cause| log.chain(cause).take(6).any(|fact| chain.contains(&fact.id)))
    };
    stopped.filter(led_to).collect()
}

/// What does not get through, with the states of both ends: C_m's first, unless S_m closes first.
fn verdict(sight: &Sight<'_>, row: &SocketRow) -> Option<Message> {
    let verdict = verdicts(sight.log, row.local, row.foreign?).into_iter().next()?;
    let (own, peer) = (row.state, sight.peer_state(row));
    let [client, server] = if row.host == HostId::Client { [own, peer] } else { [peer, own] };
    let closes = |state| matches!(state, State::FinWait1 | State::FinWait2 | State::TimeWait);
    let states = if closes(server) && !closes(client) { [server, client] } else { [client, server] };
    Some(Message::Verdict { states, segment: verdict.segment, certainty: verdict.certainty })
}
