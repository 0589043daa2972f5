//! Why a state lasts: the verdict, the facts that led to it, and what comes if nobody acts.

use crate::model::{Why, WhyLine};
use crate::notes::note;
use crate::report::{link, sentence};
use crate::sight::Sight;
use crate::subject::End;
use crate::words::Message;
use std::collections::BTreeSet;
use std::ops::Range;
use tcp_core::net::verdict::verdicts;
use tcp_core::net::view::SocketRow;
use tcp_core::net::{Endpoint, FactId, Fate, Happened, HostId, Log, PacketId, Passage};
use tcp_core::tcp::State;

/// How many facts a chain of causes shows before any of it is folded.
const LINKS: usize = 12;

/// Of these, how many at most are of its beginning.
const FIRST: usize = 8;

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
    let mut lasts: Vec<FactId> = ends.iter().filter_map(|end| last(sight.log, end)).collect();
    lasts.extend(in_vain(sight, tuple));
    // Where nothing is any more, nothing waits.
    let waiting = ends.iter().filter(|end| !end.ended());
    let then = waiting.flat_map(|end| {
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
    let story: Vec<FactId> = story(sight.log, lasts.iter().copied(), tuple).into_iter().rev().collect();
    let told: Vec<(FactId, WhyLine)> = story.iter().filter_map(|fact| Some((*fact, line(fact)?))).collect();
    let stopped = |fact: &FactId| sight.log.fact(*fact).is_some_and(|fact| stops(&fact.what));
    let first_stop = told.iter().rposition(|(fact, _)| stopped(fact));
    let facts: Vec<WhyLine> = told.into_iter().map(|(_, line)| line).collect();
    let fold = fold(facts.len(), first_stop.map_or(FIRST, |at| facts.len() - at));
    Why { verdict: None, facts, fold, goes_on, then: Vec::new(), shows: Vec::new() }
}

/// What is folded of this many facts, newest first. The beginning stays, as far as the first loss, and so does the newest.
/// One line is not folded: the words for it would take its place.
fn fold(facts: usize, first: usize) -> Range<usize> {
    let last = first.clamp(LINKS - FIRST, FIRST);
    let fold = LINKS - last..facts.saturating_sub(last);
    if fold.len() > 1 { fold } else { 0..0 }
}

/// By this a firewall or the network stopped a packet.
const fn stops(what: &Happened) -> bool {
    matches!(what, Happened::Dropped { .. } | Happened::Rejected { .. } | Happened::Lost { .. })
}

/// The program that would have to close, where the peer has closed.
fn holds(sight: &Sight<'_>, end: &End) -> Option<Message> {
    let row = end.row.as_ref().filter(|row| row.state == State::CloseWait)?;
    let process = sight.lab.process(row.owner?)?;
    let program = process.cmd.split_whitespace().find(|word| *word != "sudo")?.to_owned();
    Some(Message::HasNotClosed { program, pid: process.pid, host: end.host })
}

/// What had no effect, if nothing was worth a sentence since: a segment between the two ends, or a call that failed.
fn in_vain(sight: &Sight<'_>, tuple: Option<(Endpoint, Endpoint)>) -> Option<FactId> {
    let fact = sight.log.facts().rev().find(|fact| sentence(sight.world, fact).is_some())?;
    let ours = |packet: PacketId| {
        let packet = sight.world.packet(packet);
        tuple.is_some_and(|(one, other)| [(one, other), (other, one)].contains(&(packet.src, packet.dst)))
    };
    match fact.what {
        Happened::Discarded { packet, .. } => ours(packet),
        Happened::Refused { .. } => true,
        _ => false,
    }
    .then_some(fact.id)
}

/// What was done last at an end.
fn last(log: &Log, end: &End) -> Option<FactId> {
    let done = |what: &Happened| {
        matches!(what, Happened::Moved { .. } | Happened::TimerSet { .. } | Happened::Sent { .. })
    };
    let of_row = |row: &SocketRow| Some(log.of_socket(row.socket).find(|fact| done(&fact.what))?.id);
    end.row.as_ref().and_then(of_row).or_else(|| end.last.map(|(_, fact)| fact))
}

/// The chains of causes go back from what was done last; what became of the packets on the way has its place in them, with
/// what led to it.
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

/// Of the packets between the two ends, those that were stopped, are held or are on their way, and that the chains led to:
/// these facts, and what is between them and the chains.
fn fates(log: &Log, tuple: Option<(Endpoint, Endpoint)>, chain: &BTreeSet<FactId>) -> Vec<FactId> {
    let (Some((local, foreign)), Some(reached)) = (tuple, chain.first()) else { return Vec::new() };
    let since = log.at(*reached);
    let mut found: Vec<FactId> = Vec::new();
    // A search through all that was sent is spared where it can find nothing.
    if log.stopped() > 0 {
        let packets = log.conversation(local, foreign).take_while(|packet| Some(packet.made) >= since);
        found.extend(packets.filter_map(|packet| packet.fate().stopped()));
    }
    let ours =
        |packet: &Passage<'_>| [(local, foreign), (foreign, local)].contains(&(packet.src, packet.dst));
    found.extend(log.in_flight().filter(ours).filter_map(|packet| match packet.fate() {
        Fate::Held(fact, _) | Fate::OnItsWay(fact) => Some(fact),
        _ => None,
    }));
    let led_to = |fact: FactId| {
        // From the sending to its end it is a step or two.
        let way: Vec<FactId> = log.chain(fact).take(8).map(|fact| fact.id).collect();
        let meets = way.iter().position(|fact| chain.contains(fact))?;
        Some(way.into_iter().take(meets))
    };
    found.into_iter().filter_map(led_to).flatten().collect()
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
