//! Verdicts: which segment does not get through between two ends, where it is stopped, and who can know it.
//!
//! A verdict rests on the log alone: on what was sent, what arrived and what was stopped, by sequence numbers, and never
//! on the states of the moment. What an end sent and its peer has not acknowledged is *outstanding*. Either no try of it
//! arrived, and the tries were stopped; or it arrived, and the answers were.
//!
//! A SYN, data or a FIN is an undertaking of the end that sent it: to open, to transfer, to close. Of the two ends, the
//! undertaking that began first comes first.

use super::{Endpoint, FactId, Fate, HostId, Log, Passage, Place};
use crate::tcp::{Segment, Seq};

/// What a segment is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// It asks for a connection.
    Syn,
    /// It answers a SYN, and asks back.
    SynAck,
    /// It acknowledges a SYN, or a SYN|ACK.
    AckOfSyn,
    /// It carries data, perhaps with a FIN.
    Data,
    /// It acknowledges data.
    AckOfData,
    /// It closes one direction.
    Fin,
    /// It acknowledges a FIN.
    AckOfFin,
    /// It resets the connection.
    Rst,
}

/// How sure it is that a segment does not get through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// Every try so far was stopped.
    Stopped,
    /// Every try but the newest was stopped, and that one is on its way.
    UnderWay,
    /// Nothing was stopped: it has not been sent, because the program there has not closed.
    NotSent,
}

/// What an end can know by what it sent and received, and by its own firewall's counters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Knowledge {
    /// Its own firewall stopped it, and counted it.
    Counted,
    /// An acknowledgement is missing: either this segment or its answer was stopped.
    Missing,
    /// Nothing.
    Unaware,
}

/// What does not get through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The end that sends it.
    pub from: Endpoint,
    /// What it is for.
    pub segment: Part,
    /// Where it was stopped last; `None` if it has not been sent.
    pub place: Option<Place>,
    /// How sure that is.
    pub certainty: Certainty,
    /// The facts that say so: that something arrived, and that something was stopped; oldest first.
    pub evidence: Vec<FactId>,
    /// What its sender can know of it.
    pub sender: Knowledge,
    /// What the other end can know of it.
    pub receiver: Knowledge,
}

/// What does not get through in the newest connection between two ends. What began first comes first; empty if nothing
/// is known to be stopped.
pub fn verdicts(log: &Log, one: Endpoint, other: Endpoint) -> Vec<Verdict> {
    let ways = newest_attempt(log, one, other);
    let [there, back] = &ways;
    if there.reset_arrived() || back.reset_arrived() {
        return Vec::new();
    }
    let found = [
        there.outstanding(back),
        back.outstanding(there),
        there.stopped_reset(back),
        back.stopped_reset(there),
    ];
    let mut found: Vec<(FactId, Verdict)> = found.into_iter().flatten().collect();
    found.sort_by_key(|(began, _)| *began);
    found.dedup_by(|(_, second), (_, first)| (second.from, second.segment) == (first.from, first.segment));
    let unsent = [there.unsent_fin(back), back.unsent_fin(there)].into_iter().flatten();
    found.into_iter().map(|(_, verdict)| verdict).chain(unsent).collect()
}

/// What one end sent in a connection.
#[derive(Debug)]
struct Way<'a> {
    from: Endpoint,
    /// The number of its first segment, usually its SYN: offsets count from here.
    base: Option<Seq>,
    /// Oldest first.
    packets: Vec<(Passage<'a>, &'a Segment)>,
}

/// What both ends sent since the newest SYN that opened something: the other end's SYN belongs to it if nothing answered
/// it before (both ends opened at once).
fn newest_attempt(log: &Log, one: Endpoint, other: Endpoint) -> [Way<'_>; 2] {
    let mut packets: Vec<(Passage<'_>, &Segment)> = Vec::new();
    let mut opened_by = None;
    for passage in log.conversation(one, other) {
        let Some(segment) = passage.packet().segment() else { continue };
        let opens = segment.is_syn() && !segment.is_ack();
        if opened_by.is_some_and(|opener| opener == passage.src || !opens) {
            break;
        }
        packets.push((passage, segment));
        if opens && passage.again == 0 {
            opened_by = Some(passage.src);
        }
    }
    packets.reverse();
    [one, other].map(|from| {
        let packets: Vec<_> = packets.iter().filter(|(passage, _)| passage.src == from).copied().collect();
        let base = packets.iter().find(|(_, segment)| !segment.is_rst()).map(|(_, segment)| segment.seq);
        Way { from, base, packets }
    })
}

impl<'a> Way<'a> {
    /// Where a segment begins and ends, in octets from the base.
    fn span(&self, segment: &Segment) -> Option<(u32, u32)> {
        let start = segment.seq.distance_from(self.base?);
        Some((start, start + segment.len()))
    }

    /// How far it has sent.
    fn sent(&self) -> u32 {
        let spans = self.packets.iter().filter(|(_, segment)| !segment.is_rst());
        spans.filter_map(|(_, segment)| Some(self.span(segment)?.1)).max().unwrap_or(0)
    }

    /// How far the peer's segment acknowledges it; `None` if it says nothing of that, or of what was never sent.
    fn acknowledged_by(&self, segment: &Segment) -> Option<u32> {
        let upto = segment.ack.distance_from(self.base?);
        (segment.is_ack() && !segment.is_rst() && upto <= self.sent()).then_some(upto)
    }

    /// How far it is acknowledged by what arrived, and the arrival that says so.
    fn acknowledged(&self, back: &Way<'_>) -> (u32, Option<FactId>) {
        let arrived = back
            .packets
            .iter()
            .filter_map(|(passage, segment)| Some((self.acknowledged_by(segment)?, arrival(*passage)?)));
        arrived.max().map_or((0, None), |(upto, fact)| (upto, Some(fact)))
    }

    /// It sends something and has no acknowledgement of it yet.
    fn is_outstanding(&self, back: &Way<'_>) -> bool {
        self.acknowledged(back).0 < self.sent()
    }

    fn resets(&self) -> impl Iterator<Item = &(Passage<'a>, &'a Segment)> {
        self.packets.iter().filter(|(_, segment)| segment.is_rst())
    }

    /// The peer has received a reset: both ends are gone.
    fn reset_arrived(&self) -> bool {
        self.resets().any(|(passage, _)| arrival(*passage).is_some())
    }

    /// What keeps its oldest outstanding octet from being acknowledged, and when that was sent first. An end that has
    /// sent a reset waits for nothing.
    fn outstanding(&self, back: &Way<'_>) -> Option<(FactId, Verdict)> {
        let (acknowledged, _) = self.acknowledged(back);
        if !self.is_outstanding(back) || self.resets().next().is_some() {
            return None;
        }
        let covers = |segment: &Segment| {
            self.span(segment).is_some_and(|(start, end)| (start..end).contains(&acknowledged))
        };
        let tries: Vec<_> = self.packets.iter().filter(|(_, segment)| covers(segment)).copied().collect();
        let (first, what) = *tries.first()?;
        let began = first.sent()?;
        let arrived = tries.iter().filter_map(|(passage, _)| arrival(*passage)).min();
        let Some(arrived) = arrived else {
            return Some((began, self.verdict(&tries, part(what), Vec::new(), back)?));
        };
        let reset = back.resets().next().is_some();
        let answers = back.packets.iter().filter(|(passage, segment)| {
            // Of an end that has sent a reset nothing else is an answer any more.
            let further = self.acknowledged_by(segment).is_some_and(|upto| upto > acknowledged);
            let answers = if reset { segment.is_rst() } else { further };
            passage.sent() > Some(arrived) && answers
        });
        let answers: Vec<_> = answers.copied().collect();
        let answer = answering(part(what), answers.first()?.1);
        Some((began, back.verdict(&answers, answer, vec![arrived], self)?))
    }

    /// A reset that was stopped, when nobody waits for it.
    fn stopped_reset(&self, back: &Way<'_>) -> Option<(FactId, Verdict)> {
        let resets: Vec<_> = self.resets().copied().collect();
        let began = resets.first()?.0.sent()?;
        Some((began, self.verdict(&resets, Part::Rst, Vec::new(), back)?))
    }

    /// The peer's FIN arrived and its acknowledgement too, and this end has not closed.
    fn unsent_fin(&self, back: &Way<'_>) -> Option<Verdict> {
        let closed =
            |way: &Way<'_>| way.packets.iter().any(|(_, segment)| segment.is_fin() || segment.is_rst());
        let fin = back.packets.iter().filter(|(_, segment)| segment.is_fin());
        let arrived = fin.filter_map(|(passage, _)| arrival(*passage)).min()?;
        let (_, acknowledged) = back.acknowledged(self);
        let waits = !closed(self) && !back.is_outstanding(self) && !self.is_outstanding(back);
        waits.then(|| Verdict {
            from: self.from,
            segment: Part::Fin,
            place: None,
            certainty: Certainty::NotSent,
            evidence: [Some(arrived), acknowledged].into_iter().flatten().collect(),
            sender: Knowledge::Unaware,
            receiver: Knowledge::Unaware,
        })
    }

    /// The verdict on tries none of which arrived; `None` if none of them was stopped.
    fn verdict(
        &self,
        tries: &[(Passage<'_>, &Segment)],
        segment: Part,
        mut evidence: Vec<FactId>,
        back: &Way<'_>,
    ) -> Option<Verdict> {
        let stops: Vec<(FactId, Place)> =
            tries.iter().filter_map(|(passage, _)| stop(passage.fate())).collect();
        let (_, place) = *stops.last()?;
        evidence.extend(stops.iter().map(|(fact, _)| *fact));
        let (newest, _) = tries.last()?;
        let under_way = matches!(newest.fate(), Fate::OnItsWay(_) | Fate::Waits);
        let knowledge = |host: Option<HostId>, waits: bool| match place {
            Place::Chain(at, ..) if Some(at) == host => Knowledge::Counted,
            _ if waits => Knowledge::Missing,
            _ => Knowledge::Unaware,
        };
        Some(Verdict {
            from: self.from,
            segment,
            place: Some(place),
            certainty: if under_way { Certainty::UnderWay } else { Certainty::Stopped },
            evidence,
            sender: knowledge(Some(newest.from), self.is_outstanding(back)),
            receiver: knowledge(newest.to, back.is_outstanding(self)),
        })
    }
}

/// The fact that a packet reached the other end's TCP.
fn arrival(passage: Passage<'_>) -> Option<FactId> {
    match passage.fate() {
        Fate::Arrived(fact) => Some(fact),
        _ => None,
    }
}

/// The fact that something stopped a packet, and where.
const fn stop(fate: Fate) -> Option<(FactId, Place)> {
    match fate {
        Fate::Dropped(fact, place) | Fate::Rejected(fact, place) => Some((fact, place)),
        Fate::Lost(fact, _) => Some((fact, Place::Network)),
        Fate::Waits | Fate::OnItsWay(_) | Fate::Arrived(_) | Fate::NobodyThere(_) => None,
    }
}

/// What a segment that occupies sequence space is for.
const fn part(segment: &Segment) -> Part {
    if segment.is_rst() {
        Part::Rst
    } else if segment.is_syn() {
        if segment.is_ack() { Part::SynAck } else { Part::Syn }
    } else if segment.data_len() > 0 {
        Part::Data
    } else {
        Part::Fin
    }
}

/// What an answer to a part is for.
const fn answering(what: Part, answer: &Segment) -> Part {
    match what {
        _ if !answer.is_empty() || answer.is_rst() => part(answer),
        Part::Syn | Part::SynAck => Part::AckOfSyn,
        Part::Data => Part::AckOfData,
        _ => Part::AckOfFin,
    }
}
