//! Verdicts: which segment does not get through between two ends, where it is stopped, and who can know it.
//!
//! A verdict rests on the log alone: on what was sent, what arrived and what was stopped, by sequence numbers, and
//! never on the current states. What an end sent and its peer has not acknowledged is *outstanding*. Either no try to
//! send it arrived, and the tries were stopped; or it arrived, and the answers were stopped.
//!
//! A SYN, data or a FIN is an undertaking of the end that sent it: to open, to transfer, to close. Of the two ends'
//! verdicts, the one about the undertaking that began first comes first.

mod way;

use super::{Endpoint, FactId, Log, Place};
use way::newest_attempt;

/// The purpose of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Asks for a connection.
    Syn,
    /// Answers a SYN, and asks back.
    SynAck,
    /// Acknowledges a SYN, or a SYN|ACK.
    AckOfSyn,
    /// Carries data, perhaps with a FIN.
    Data,
    /// Acknowledges data.
    AckOfData,
    /// Closes one direction.
    Fin,
    /// Acknowledges a FIN.
    AckOfFin,
    /// Resets the connection.
    Rst,
}

/// How certain it is that a segment does not get through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// Every try so far was stopped.
    Stopped,
    /// A try was stopped, and another is on its way or held there.
    UnderWay,
    /// Nothing was stopped: it has not been sent, because the program there has not closed.
    NotSent,
}

/// What an end can know from what it sent and received, and from the counters of its own host's firewall and queues.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Knowledge {
    /// This end's firewall stopped the segment, or its netem, and counted it.
    Counted,
    /// An acknowledgement is missing: either this segment or its answer was stopped.
    Missing,
    /// The end can know nothing of it.
    Unaware,
}

/// What an end is trying to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Undertaking {
    /// To open the connection.
    Open,
    /// To transfer data.
    Transfer,
    /// To close its direction.
    Close,
    /// To end the connection at once.
    Reset,
}

/// The facts that a verdict rests on; each list is ordered oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Tries were sent.
    pub sent: Vec<FactId>,
    /// What they answer arrived.
    pub arrived: Vec<FactId>,
    /// Tries were stopped.
    pub stopped: Vec<FactId>,
}

/// A segment that does not get through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The undertaking that fails or waits because of it.
    pub undertaking: Undertaking,
    /// The end that sends it.
    pub from: Endpoint,
    /// Its purpose.
    pub segment: Part,
    /// Where it was stopped last; `None` if it has not been sent.
    pub place: Option<Place>,
    /// How certain that is.
    pub certainty: Certainty,
    /// The facts that prove it.
    pub evidence: Evidence,
    /// What its sender can know of it.
    pub sender: Knowledge,
    /// What the other end can know of it.
    pub receiver: Knowledge,
}

/// The verdicts on the newest connection between two ends, ordered by the beginning of the undertakings; empty if
/// nothing is known to be stopped.
#[inline] // As `World::checkpoint`; so is all of `way`.
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
    let mut ordered: Vec<(FactId, Verdict)> = Vec::with_capacity(found.len());
    for (began, verdict) in found.into_iter().flatten() {
        let place = ordered.partition_point(|(earlier, _)| *earlier <= began);
        ordered.insert(place, (began, verdict));
    }
    ordered.dedup_by(|(_, second), (_, first)| (second.from, second.segment) == (first.from, first.segment));
    let unsent = [there.unsent_fin(back), back.unsent_fin(there)].into_iter().flatten();
    ordered.into_iter().map(|(_, verdict)| verdict).chain(unsent).collect()
}
