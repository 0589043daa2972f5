//! Verdicts: which segment does not get through between two ends, where it is stopped, and who can know it.
//!
//! A verdict rests on the log alone: on what was sent, what arrived and what was stopped, by sequence numbers, and never
//! on the states of the moment. What an end sent and its peer has not acknowledged is *outstanding*. Either no try of it
//! arrived, and the tries were stopped; or it arrived, and the answers were.
//!
//! A SYN, data or a FIN is an undertaking of the end that sent it: to open, to transfer, to close. Of the two ends, the
//! undertaking that began first comes first.

mod way;

use super::{Endpoint, FactId, Log, Place};
use way::newest_attempt;

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

/// What an end undertakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Undertaking {
    /// To connect.
    Open,
    /// To get data across.
    Transfer,
    /// To close its direction.
    Close,
    /// To end the connection at once.
    Reset,
}

/// The facts that a verdict rests on, each list oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// That tries were sent.
    pub sent: Vec<FactId>,
    /// That what they answer arrived.
    pub arrived: Vec<FactId>,
    /// That tries were stopped.
    pub stopped: Vec<FactId>,
}

/// What does not get through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What fails, or waits, with it.
    pub undertaking: Undertaking,
    /// The end that sends it.
    pub from: Endpoint,
    /// What it is for.
    pub segment: Part,
    /// Where it was stopped last; `None` if it has not been sent.
    pub place: Option<Place>,
    /// How sure that is.
    pub certainty: Certainty,
    /// The facts that say so.
    pub evidence: Evidence,
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
