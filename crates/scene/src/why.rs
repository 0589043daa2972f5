//! Why a state lasts: the verdict, the facts that led to it, and what comes if nobody acts.

use crate::model::{Why, WhyLine};
use crate::notes::note;
use crate::report::link;
use crate::sight::Sight;
use crate::subject::End;
use crate::words::Message;
use std::collections::BTreeSet;
use tcp_core::net::verdict::verdicts;
use tcp_core::net::view::SocketRow;
use tcp_core::net::{Endpoint, FactId, Happened, HostId, Log};
use tcp_core::tcp::State;

/// How many facts a chain of causes shows.
const LINKS: usize = 12;

/// How far back it is followed.
const FARTHEST: usize = 200;

/// Why the row of a connection is what it is.
pub(crate) fn why(sight: &Sight<'_>, row: &SocketRow) -> Why {
    let end = End { host: row.host, row: Some(row.clone()), last: None };
    let ends = row.foreign.map(|foreign| (row.local, foreign));
    told(sight, verdict(sight, row), &[&end], ends)
}

/// How something came about: the chain of causes that ends in a fact.
pub(crate) fn why_fact(sight: &Sight<'_>, fact: FactId) -> Why {
    traced(sight, &[fact], None)
}

/// Why a pair of states is what it is, also when the connection is gone.
pub(crate) fn why_both(
    sight: &Sight<'_>,
    verdict: Message,
    ends: &[End; 2],
    tuple: Option<(Endpoint, Endpoint)>,
) -> Why {
    told(sight, Some(verdict), &[&ends[0], &ends[1]], tuple)
}

fn told(
    sight: &Sight<'_>,
    verdict: Option<Message>,
    ends: &[&End],
    tuple: Option<(Endpoint, Endpoint)>,
) -> Why {
    let lasts: Vec<FactId> = ends.iter().filter_map(|end| last(sight.log, end)).collect();
    let then = ends.iter().flat_map(|end| {
        let holds = holds(sight, end).into_iter();
        [Message::Note(note(sight, end))].into_iter().chain(holds).map(|text| (end.host, text))
    });
    Why { verdict, then: then.collect(), ..traced(sight, &lasts, tuple) }
}

/// The chains of causes that end in these facts.
fn traced(sight: &Sight<'_>, lasts: &[FactId], tuple: Option<(Endpoint, Endpoint)>) -> Why {
    let line = |fact: &FactId| {
        let fact = sight.log.fact(*fact)?;
        Some(WhyLine { at: fact.at, text: Message::Link(link(sight.world, &fact)?) })
    };
    let goes_on = lasts.iter().any(|last| sight.log.chain(*last).nth(FARTHEST).is_some());
    let story = story(sight.log, lasts.iter().copied(), tuple);
    let mut facts: Vec<WhyLine> = story.iter().rev().filter_map(line).collect();
    let left_out = facts.len().saturating_sub(LINKS);
    if left_out > 0 {
        facts.drain(LINKS - 1..facts.len() - 1);
    }
    Why { verdict: None, facts, left_out, goes_on, then: Vec::new(), shows: Vec::new() }
}

/// The program that would have to close, where the peer has closed.
fn holds(sight: &Sight<'_>, end: &End) -> Option<Message> {
    let row = end.row.as_ref().filter(|row| row.state == State::CloseWait)?;
    let process = sight.lab.process(row.owner?)?;
    let program = process.cmd.split_whitespace().find(|word| *word != "sudo")?.to_owned();
    Some(Message::HasNotClosed { program, pid: process.pid, host: end.host })
}

/// What was done last at an end.
fn last(log: &Log, end: &End) -> Option<FactId> {
    let done = |what: &Happened| {
        matches!(what, Happened::Moved { .. } | Happened::TimerSet { .. } | Happened::Sent { .. })
    };
    let of_row = |row: &SocketRow| Some(log.of_socket(row.socket).find(|fact| done(&fact.what))?.id);
    end.row.as_ref().and_then(of_row).or_else(|| end.last.map(|(_, fact)| fact))
}

/// The chains of causes go back from what was done last; what became of the packets on the way has its place in them.
fn story(
    log: &Log,
    lasts: impl Iterator<Item = FactId>,
    tuple: Option<(Endpoint, Endpoint)>,
) -> BTreeSet<FactId> {
    let mut story = BTreeSet::new();
    // Not collected: std would sort them first.
    story.extend(lasts.flat_map(|last| log.chain(last).take(FARTHEST).map(|fact| fact.id)));
    let fates = fates(log, tuple, &story);
    story.extend(fates);
    story
}

/// Of the packets between the two ends, those that were stopped and that the chains led to.
fn fates(log: &Log, tuple: Option<(Endpoint, Endpoint)>, chain: &BTreeSet<FactId>) -> Vec<FactId> {
    // A search through all that was sent is spared where it can find nothing.
    let (Some((local, foreign)), Some(reached), 1..) = (tuple, chain.first(), log.stopped()) else {
        return Vec::new();
    };
    let since = log.conversation(local, foreign).take_while(|packet| packet.sent() >= Some(*reached));
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
