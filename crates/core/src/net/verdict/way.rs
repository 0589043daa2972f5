//! What each end sent in a connection, and why it has not been acknowledged.

use super::{Certainty, Evidence, Knowledge, Part, Undertaking, Verdict};
use crate::net::{Endpoint, FactId, Fate, HostId, Log, Passage, Place, QdiscDrop};
use crate::tcp::{Segment, Seq};

/// Everything that one end sent in a connection.
#[derive(Debug)]
pub(super) struct Way<'a> {
    from: Endpoint,
    /// The lowest sequence number that it sent, usually that of its SYN: offsets count from here.
    base: Option<Seq>,
    /// Offset up to which this end has sent.
    end: u32,
    /// Offset up to which segments that arrived acknowledge, and the arrival that proves it.
    acknowledged: (u32, Option<FactId>),
    /// The packets, oldest first.
    packets: Vec<(Passage<'a>, &'a Segment)>,
}

/// What both ends sent since the newest SYN that opened a connection. The other end's SYN is included if nothing
/// answered it before (both ends opened at once).
#[inline]
pub(super) fn newest_attempt(log: &Log, one: Endpoint, other: Endpoint) -> [Way<'_>; 2] {
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
    let [mut there, mut back] = [one, other].map(|from| {
        let packets: Vec<_> = packets.iter().filter(|(passage, _)| passage.src == from).copied().collect();
        // Not that of its first segment: an old half-open entry may send an ACK before it repeats its SYN|ACK.
        let numbers = packets.iter().filter(|(_, segment)| !segment.is_rst()).map(|(_, segment)| segment.seq);
        let base = numbers.reduce(|lowest, seq| if seq.before(lowest) { seq } else { lowest });
        let mut way = Way { from, base, end: 0, acknowledged: (0, None), packets };
        way.end = way.furthest();
        way
    });
    (there.acknowledged, back.acknowledged) =
        (there.acknowledged_by_all(&back), back.acknowledged_by_all(&there));
    [there, back]
}

impl<'a> Way<'a> {
    /// Where a segment begins and ends, in octets from the base.
    #[inline]
    fn span(&self, segment: &Segment) -> Option<(u32, u32)> {
        let start = segment.seq.distance_from(self.base?);
        Some((start, start + segment.len()))
    }

    #[inline]
    fn furthest(&self) -> u32 {
        let spans = self.packets.iter().filter(|(_, segment)| !segment.is_rst());
        spans.filter_map(|(_, segment)| Some(self.span(segment)?.1)).max().unwrap_or(0)
    }

    /// Offset up to which the peer's segment acknowledges; `None` if it does not acknowledge, or acknowledges what was
    /// never sent.
    #[inline]
    fn acknowledged_by(&self, segment: &Segment) -> Option<u32> {
        let upto = segment.ack.distance_from(self.base?);
        (segment.is_ack() && !segment.is_rst() && upto <= self.end).then_some(upto)
    }

    #[inline]
    fn acknowledged_by_all(&self, back: &Way<'_>) -> (u32, Option<FactId>) {
        let arrived = back
            .packets
            .iter()
            .filter_map(|(passage, segment)| Some((self.acknowledged_by(segment)?, arrival(*passage)?)));
        arrived.max().map_or((0, None), |(upto, fact)| (upto, Some(fact)))
    }

    /// Whether the end has sent something that is not acknowledged yet.
    const fn is_outstanding(&self) -> bool {
        self.acknowledged.0 < self.end
    }

    #[inline]
    fn resets(&self) -> impl Iterator<Item = &(Passage<'a>, &'a Segment)> {
        self.packets.iter().filter(|(_, segment)| segment.is_rst())
    }

    /// Whether the peer has received a reset, so that both ends are gone.
    #[inline]
    pub(super) fn reset_arrived(&self) -> bool {
        self.resets().any(|(passage, _)| arrival(*passage).is_some())
    }

    /// What keeps its oldest outstanding octet from being acknowledged, and when that octet was first sent. An end that
    /// has sent a reset waits for nothing.
    #[inline]
    pub(super) fn outstanding(&self, back: &Way<'_>) -> Option<(FactId, Verdict)> {
        let (acknowledged, _) = self.acknowledged;
        if !self.is_outstanding() || self.resets().next().is_some() {
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
            return Some((began, self.verdict(part(what), &tries, None, back)?));
        };
        let reset = back.resets().next().is_some();
        let answers = back.packets.iter().filter(|(passage, segment)| {
            // Once an end has sent a reset, nothing else from it is an answer.
            let further = self.acknowledged_by(segment).is_some_and(|upto| upto > acknowledged);
            let answers = if reset { segment.is_rst() } else { further };
            passage.sent() > Some(arrived) && answers
        });
        let answers: Vec<_> = answers.copied().collect();
        let answer = answering(part(what), answers.first()?.1);
        Some((began, back.verdict(answer, &answers, Some((part(what), arrived)), self)?))
    }

    /// The verdict on a reset that was stopped, when nobody waits for it.
    #[inline]
    pub(super) fn stopped_reset(&self, back: &Way<'_>) -> Option<(FactId, Verdict)> {
        let resets: Vec<_> = self.resets().copied().collect();
        let began = resets.first()?.0.sent()?;
        Some((began, self.verdict(Part::Rst, &resets, None, back)?))
    }

    /// The verdict on a FIN that this end has not sent, although the peer's FIN arrived and so did its acknowledgement.
    #[inline]
    pub(super) fn unsent_fin(&self, back: &Way<'_>) -> Option<Verdict> {
        let closed =
            |way: &Way<'_>| way.packets.iter().any(|(_, segment)| segment.is_fin() || segment.is_rst());
        let fin = back.packets.iter().filter(|(_, segment)| segment.is_fin());
        let arrived = fin.filter_map(|(passage, _)| arrival(*passage)).min()?;
        let waits = !closed(self) && !back.is_outstanding() && !self.is_outstanding();
        waits.then(|| Verdict {
            undertaking: Undertaking::Close,
            from: self.from,
            segment: Part::Fin,
            place: None,
            certainty: Certainty::NotSent,
            evidence: Evidence {
                arrived: [Some(arrived), back.acknowledged.1].into_iter().flatten().collect(),
                ..Evidence::default()
            },
            sender: Knowledge::Unaware,
            receiver: Knowledge::Unaware,
        })
    }

    /// The verdict on tries none of which arrived, of a segment or of an answer to one that arrived; `None` if none of
    /// them was stopped, or if the newest was and an older one may still arrive. One that is held arrives only if somebody
    /// wishes so: what was sent again and stopped since then is missed.
    #[inline]
    fn verdict(
        &self,
        segment: Part,
        tries: &[(Passage<'_>, &Segment)],
        answers: Option<(Part, FactId)>,
        back: &Way<'_>,
    ) -> Option<Verdict> {
        let stops: Vec<(FactId, Place)> =
            tries.iter().filter_map(|(passage, _)| stop(passage.fate())).collect();
        let (_, place) = *stops.last()?;
        let (newest, _) = tries.last()?;
        let travels = |passage: &Passage<'_>| {
            matches!(passage.fate(), Fate::OnItsWay(_) | Fate::Held(..) | Fate::Queued(..))
        };
        // What was stopped is of one kind with the first: data acknowledges, too, but repeats no ACK.
        let (_, first) = tries.first()?;
        let stopped = tries.iter().filter(|(passage, _)| stop(passage.fate()).is_some());
        let repeats = stopped.into_iter().all(|(_, segment)| segment.is_empty() == first.is_empty());
        let may_arrive = |(passage, _): &(Passage<'_>, &Segment)| {
            travels(passage) && !(repeats && matches!(passage.fate(), Fate::Held(..)))
        };
        let last_stop = tries.iter().rposition(|(passage, _)| stop(passage.fate()).is_some())?;
        let newer_tries = repeats && travels(newest);
        if !newer_tries && tries.iter().take(last_stop).any(may_arrive) {
            return None;
        }
        let under_way = tries.iter().any(|(passage, _)| travels(passage));
        let knowledge = |host: Option<HostId>, waits: bool| match place {
            Place::Chain(at, ..) if Some(at) == host => Knowledge::Counted,
            // It has no route, which its IP counts. What comes to an interface that is down is counted nowhere.
            Place::Link(at) if Some(at) == host && at == newest.from => Knowledge::Counted,
            // `tc -s qdisc` shows what it dropped, but not what was in it when it was emptied.
            Place::Qdisc(at, QdiscDrop::Lost | QdiscDrop::Full) if Some(at) == host => Knowledge::Counted,
            _ if waits => Knowledge::Missing,
            _ => Knowledge::Unaware,
        };
        Some(Verdict {
            undertaking: undertaking(answers.map_or(segment, |(what, _)| what)),
            from: self.from,
            segment,
            place: Some(place),
            certainty: if under_way { Certainty::UnderWay } else { Certainty::Stopped },
            evidence: Evidence {
                sent: tries.iter().filter_map(|(passage, _)| passage.sent()).collect(),
                arrived: answers.map(|(_, arrived)| arrived).into_iter().collect(),
                stopped: stops.iter().map(|(fact, _)| *fact).collect(),
            },
            sender: knowledge(Some(newest.from), self.is_outstanding()),
            receiver: knowledge(newest.to, back.is_outstanding()),
        })
    }
}

/// The fact that a packet reached the other end's TCP.
#[inline]
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
        Fate::Waits
        | Fate::Queued(..)
        | Fate::OnItsWay(_)
        | Fate::Held(..)
        | Fate::Arrived(_)
        | Fate::NobodyThere(_) => None,
    }
}

/// The purpose of a segment that occupies sequence space.
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

/// The undertaking that a part belongs to, if it is not an answer.
const fn undertaking(part: Part) -> Undertaking {
    match part {
        Part::Syn | Part::SynAck | Part::AckOfSyn => Undertaking::Open,
        Part::Data | Part::AckOfData => Undertaking::Transfer,
        Part::Fin | Part::AckOfFin => Undertaking::Close,
        Part::Rst => Undertaking::Reset,
    }
}

/// The purpose of an answer to a segment.
const fn answering(what: Part, answer: &Segment) -> Part {
    match what {
        _ if !answer.is_empty() || answer.is_rst() => part(answer),
        Part::Syn | Part::SynAck => Part::AckOfSyn,
        Part::Data => Part::AckOfData,
        _ => Part::AckOfFin,
    }
}
