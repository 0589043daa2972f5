//! What the receiver looked at, in the order of RFC 9293 §3.10.7, as far as the facts about the arrival say.
//!
//! A check that is listed was made: what fails has a fact that says so ([`Happened::Discarded`], a firewall that dropped
//! it), and what comes before it passed, or the segment would not have come so far. Security and urgent data (the third
//! and the sixth check) are left out here as in the engine.

use crate::model::CheckView;
use crate::report::{link, sentence};
use crate::words::{Check, Found, Inspection, Message};
use tcp_core::net::firewall::ChainName;
use tcp_core::net::{Fact, FactId, Fate, Happened, HostId, Passage, Place, SocketId, World};
use tcp_core::tcp::{Discard, Segment, State, Trigger};

/// What a receiver did with a segment.
#[derive(Default)]
pub(super) struct Checked {
    pub(super) by: Option<Message>,
    pub(super) checks: Vec<CheckView>,
    pub(super) effects: Vec<Message>,
    pub(super) rfc: Option<&'static str>,
}

/// What the receiver of a packet did with it.
pub(super) fn checked(world: &World, passage: Passage<'_>) -> Checked {
    let by = |state| passage.to.map(|to| Message::Inspection(Inspection::CheckedBy(to, state)));
    match passage.fate() {
        Fate::Arrived(fact) => arrived(world, passage, fact).unwrap_or_default(),
        Fate::Dropped(fact, place) | Fate::Rejected(fact, place) if is_at(place, passage.to) => {
            let found = Found::Stopped(crate::ground::stopped(world.log(), place));
            let answers = consequences(world, fact);
            let effects = answers.iter().filter_map(|fact| effect(world, fact)).collect();
            Checked { by: by(None), checks: vec![view(Check::Firewall, found)], effects, rfc: None }
        }
        fate => {
            let says = Message::Inspection(Inspection::Unchecked(crate::ladder::fate(world.log(), fate)));
            Checked { by: by(None), effects: vec![says], ..Checked::default() }
        }
    }
}

/// The place is the INPUT chain of this host.
fn is_at(place: Place, host: Option<HostId>) -> bool {
    matches!(place, Place::Chain(at, ChainName::Input, _) if Some(at) == host)
}

fn view(check: Check, found: Found) -> CheckView {
    CheckView { says: Message::Inspection(Inspection::Check(check, found)), bad: found.is_bad() }
}

fn arrived(world: &World, passage: Passage<'_>, arrival: FactId) -> Option<Checked> {
    let to = passage.to?;
    let Happened::Arrived { socket, .. } = world.log().fact(arrival)?.what else { return None };
    let state = socket.map_or(State::Closed, |socket| state_before(world, socket, arrival));
    let facts = consequences(world, arrival);
    let mut checks = vec![view(Check::Firewall, Found::Good)];
    if let Some(segment) = passage.packet().segment() {
        let story = Story { segment, facts: &facts };
        checks.extend(story.checks(state).into_iter().map(|(check, found)| view(check, found)));
    }
    let mut effects: Vec<Message> = facts.iter().filter_map(|fact| effect(world, fact)).collect();
    if effects.is_empty() {
        effects.push(Message::Inspection(Inspection::NoEffect));
    }
    let rfc = passage.packet().segment().map(|_| section(state));
    Some(Checked {
        by: Some(Message::Inspection(Inspection::CheckedBy(to, Some(state)))),
        checks,
        effects,
        rfc,
    })
}

/// The state of a socket before a fact.
fn state_before(world: &World, socket: SocketId, fact: FactId) -> State {
    let edges = world.log().of_socket(socket).filter(|edge| edge.id < fact);
    let entered = edges.filter_map(|edge| match edge.what {
        Happened::Moved { row, .. } => Some(row.to),
        _ => None,
    });
    entered.into_iter().next().unwrap_or(State::Closed)
}

/// The facts that followed from one, at its moment.
fn consequences(world: &World, cause: FactId) -> Vec<Fact> {
    let Some(at) = world.log().at(cause) else { return Vec::new() };
    let at_once = world.log().since(cause).take_while(|fact| fact.at == at);
    let mut led = vec![cause];
    let mut facts = Vec::new();
    for fact in at_once {
        let begins = matches!(fact.what, Happened::Cookie { .. });
        if fact.cause.is_some_and(|cause| led.contains(&cause)) {
            if begins {
                led.push(fact.id);
            }
            facts.push(fact);
        }
    }
    facts
}

/// What is said of a fact that followed.
fn effect(world: &World, fact: &Fact) -> Option<Message> {
    match fact.what {
        // The check says it.
        Happened::Discarded { .. } => None,
        Happened::Sent { .. } => link(world, fact).map(Message::Report),
        _ => sentence(world, fact).map(Message::Report),
    }
}

/// Where the RFC says what a segment meets in a state.
const fn section(state: State) -> &'static str {
    match state {
        State::Closed => "RFC 9293 §3.10.7.1",
        State::Listen => "RFC 9293 §3.10.7.2",
        State::SynSent => "RFC 9293 §3.10.7.3",
        _ => "RFC 9293 §3.10.7.4",
    }
}

/// A segment that arrived, and what followed.
struct Story<'a> {
    segment: &'a Segment,
    facts: &'a [Fact],
}

impl Story<'_> {
    /// The checks that were made in a state, up to the one that ended it.
    fn checks(&self, state: State) -> Vec<(Check, Found)> {
        let mut checks = match state {
            State::Closed => self.in_closed(),
            State::Listen => self.in_listen(),
            State::SynSent => self.in_syn_sent(),
            _ => self.otherwise(state),
        };
        let end = checks.iter().position(|(_, found)| found.is_bad());
        checks.truncate(end.map_or(checks.len(), |end| end + 1));
        checks
    }

    fn discarded(&self) -> Option<Discard> {
        self.facts.iter().find_map(|fact| match fact.what {
            Happened::Discarded { why, .. } => Some(why),
            _ => None,
        })
    }

    /// An edge was taken for one of these reasons.
    fn moved(&self, triggers: &[Trigger]) -> bool {
        let taken =
            |fact: &Fact| matches!(fact.what, Happened::Moved { row, .. } if triggers.contains(&row.trigger));
        self.facts.iter().any(taken)
    }

    fn is_full(&self) -> bool {
        self.facts.iter().any(|fact| matches!(fact.what, Happened::QueueFull { .. }))
    }

    /// What is found at a bit: bad if a fact names one of these reasons.
    fn bit(&self, is_set: bool, bad: &[Discard]) -> Found {
        match self.discarded().filter(|why| bad.contains(why)) {
            Some(why) => Found::Bad(why),
            None if is_set => Found::Good,
            None => Found::Absent,
        }
    }

    /// §3.10.7.1
    fn in_closed(&self) -> Vec<(Check, Found)> {
        vec![(Check::Connection, Found::Refused)]
    }

    /// §3.10.7.2: first RST, second ACK, third SYN.
    fn in_listen(&self) -> Vec<(Check, Found)> {
        let reset = if self.segment.is_rst() { Found::Refused } else { Found::Absent };
        // A cookie that comes back is the answer to what the listener has sent.
        let cookie = self.is_full() || self.moved(&[Trigger::AckOfSyn]);
        let ack = match self.segment.is_ack() {
            true if cookie => Found::Good,
            true => Found::Refused,
            false => Found::Absent,
        };
        vec![(Check::Reset, reset), (Check::Ack, ack), (Check::Syn, self.bit(self.segment.is_syn(), &[]))]
    }

    /// §3.10.7.3: first ACK, second RST, fourth SYN.
    fn in_syn_sent(&self) -> Vec<(Check, Found)> {
        let ack = (Check::Ack, self.bit(self.segment.is_ack(), &[Discard::BadAck]));
        let reset = (Check::Reset, self.bit(self.segment.is_rst(), &[Discard::BadReset]));
        if self.segment.is_rst() {
            return vec![ack, reset];
        }
        vec![ack, reset, (Check::Syn, self.bit(self.segment.is_syn(), &[Discard::NotExpected]))]
    }

    /// §3.10.7.4: first the sequence number, second RST, fourth SYN, fifth ACK, seventh data, eighth FIN.
    fn otherwise(&self, state: State) -> Vec<(Check, Found)> {
        use Discard::{BadAck, BadReset, Duplicate, NoAck, NotExpected, OutOfWindow, SynInside};
        let segment = self.segment;
        // What comes again is known by its number before anything else is looked at.
        if self.moved(&[Trigger::SynAgain, Trigger::FinAgain, Trigger::NewSyn]) {
            return vec![(Check::Sequence, Found::Again)];
        }
        // An entry that is given up, or finds no room, has looked at nothing more.
        if self.is_full() || self.moved(&[Trigger::Abort]) {
            return Vec::new();
        }
        // A half-open entry looks at the ACK first, as Linux does, and at a SYN that comes again.
        match (state, self.discarded()) {
            (State::SynReceived, Some(BadAck)) => return vec![(Check::Ack, Found::Bad(BadAck))],
            (State::SynReceived, Some(Duplicate)) => return vec![(Check::Sequence, Found::Bad(Duplicate))],
            (_, Some(NotExpected)) => return vec![(Check::Connection, Found::Bad(NotExpected))],
            _ => {}
        }
        let number = match self.discarded() {
            Some(OutOfWindow) => Found::Bad(OutOfWindow),
            _ => Found::Good,
        };
        let mut checks =
            vec![(Check::Sequence, number), (Check::Reset, self.bit(segment.is_rst(), &[BadReset]))];
        if segment.is_rst() {
            return checks;
        }
        checks.push((Check::Syn, self.bit(segment.is_syn(), &[SynInside])));
        checks.push((Check::Ack, self.bit(segment.is_ack(), &[BadAck, NoAck])));
        match self.discarded() {
            Some(Duplicate) => checks.push((Check::Data(segment.data_len()), Found::Bad(Duplicate))),
            _ if segment.data_len() > 0 => checks.push((Check::Data(segment.data_len()), Found::Good)),
            _ => {}
        }
        if segment.is_fin() {
            checks.push((Check::Fin, Found::Good));
        }
        checks
    }
}
