//! **The transition table**: the one source of every edge.
//!
//! From it come the engine's moves, the diagram's edges, labels and colours, the matrix and `docs/state-machine.md`.
//! No row, no move. What an edge means to a learner is not here: a catalogue above says it, by state and trigger.

use super::{State, Trigger};
use State::{
    CloseWait, Closed, Closing, Established, FinWait1, FinWait2, LastAck, Listen, SynReceived, SynSent,
    TimeWait,
};
use std::fmt;

/// What the machine sends when it takes an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Nothing.
    Nothing,
    /// SYN
    Syn,
    /// SYN and ACK
    SynAck,
    /// ACK
    Ack,
    /// Data
    Data,
    /// FIN (and ACK)
    Fin,
    /// What is unacknowledged: data or FIN.
    Again,
    /// RST
    Rst,
}

impl Reply {
    /// The action as the article writes it below an arrow, for example `send: SYN|ACK`.
    pub const fn label(self) -> &'static str {
        match self {
            Reply::Nothing => "send: –",
            Reply::Syn => "send: SYN",
            Reply::SynAck => "send: SYN|ACK",
            Reply::Ack => "send: ACK",
            Reply::Data => "send: data",
            Reply::Fin => "send: FIN",
            Reply::Again => "send: again",
            Reply::Rst => "send: RST",
        }
    }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.label())
    }
}

/// Which part of a connection's life an edge belongs to: its colour in the article (L35, L118).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Blue: the end that asks.
    ActiveOpen,
    /// Orange: the end that waits to be asked.
    PassiveOpen,
    /// Black: both ends ask at once.
    SimultaneousOpen,
    /// Green: data.
    Established,
    /// Red: the end that closes first.
    ActiveClose,
    /// Magenta: the end that is closed upon.
    PassiveClose,
}

/// One edge of the state machine. There are no others than those of [`TABLE`].
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Row {
    /// The state it leaves.
    pub from: State,
    /// What makes it.
    pub trigger: Trigger,
    /// The state it enters; the same as `from` in a loop.
    pub to: State,
    /// What is sent.
    pub reply: Reply,
    /// Where the rule stands.
    pub rfc: &'static str,
    /// Drawn in the article's Figure 1 (or 4); the others are drawn in grey, on demand.
    pub drawn: bool,
    /// Its colour.
    pub phase: Phase,
}

impl Row {
    /// Enters the state it leaves.
    pub const fn is_loop(&self) -> bool {
        self.from as u8 == self.to as u8
    }

    /// Its place in [`TABLE`], which names it.
    pub fn index(&self) -> usize {
        TABLE.iter().position(|row| row == self).expect("rows exist in the table alone")
    }
}

/// The row for `trigger` in `from`, if there is one.
pub fn find(from: State, trigger: Trigger) -> Option<&'static Row> {
    TABLE.get(usize::from(PLACES[from as usize][trigger as usize]))
}

/// No row.
const NONE: u8 = u8::MAX;

/// The place of each row by state and trigger: a connection looks up several for each segment.
static PLACES: [[u8; Trigger::ALL.len()]; State::ALL.len()] = {
    let mut places = [[NONE; Trigger::ALL.len()]; State::ALL.len()];
    // Counted twice, as an index and as what is stored: more than 255 rows would not compile.
    let (mut at, mut number) = (0, 0);
    while at < TABLE.len() {
        let row = &TABLE[at];
        let place = &mut places[row.from as usize][row.trigger as usize];
        assert!(*place == NONE, "one row for each state and trigger");
        *place = number;
        (at, number) = (at + 1, number + 1);
    }
    places
};

const fn row(from: State, trigger: Trigger, to: State, reply: Reply, phase: Phase, rfc: &'static str) -> Row {
    Row { from, trigger, to, reply, rfc, drawn: true, phase }
}

const fn beyond(
    from: State,
    trigger: Trigger,
    to: State,
    reply: Reply,
    phase: Phase,
    rfc: &'static str,
) -> Row {
    Row { from, trigger, to, reply, rfc, drawn: false, phase }
}

use Phase::{ActiveClose, ActiveOpen, PassiveClose, PassiveOpen, SimultaneousOpen};

/// Every edge there is. Figure 1 and 4 of the article first, in the order of a connection's life.
#[rustfmt::skip]
pub static TABLE: &[Row] = &[
    // Opening.
    row(Closed, Trigger::PassiveOpen, Listen, Reply::Nothing, PassiveOpen, "RFC 9293 §3.10.1"),
    row(Closed, Trigger::ActiveOpen, SynSent, Reply::Syn, ActiveOpen, "RFC 9293 §3.10.1"),
    row(Listen, Trigger::Syn, SynReceived, Reply::SynAck, PassiveOpen, "RFC 9293 §3.10.7.2"),
    row(Listen, Trigger::SendData, SynSent, Reply::Syn, ActiveOpen, "RFC 9293 §3.10.2"),
    row(SynReceived, Trigger::Rst, Listen, Reply::Nothing, PassiveOpen, "RFC 9293 §3.10.7.4"),
    row(SynSent, Trigger::Syn, SynReceived, Reply::SynAck, SimultaneousOpen, "RFC 9293 §3.10.7.3"),
    row(SynSent, Trigger::SynAckOfSyn, Established, Reply::Ack, ActiveOpen, "RFC 9293 §3.10.7.3"),
    row(SynSent, Trigger::Retry, SynSent, Reply::Syn, ActiveOpen, "RFC 9293 §3.8.1"),
    row(SynReceived, Trigger::AckOfSyn, Established, Reply::Nothing, PassiveOpen, "RFC 9293 §3.10.7.4"),
    row(SynReceived, Trigger::Close, FinWait1, Reply::Fin, ActiveClose, "RFC 9293 §3.10.4"),
    // Data.
    row(Established, Trigger::Data, Established, Reply::Ack, Phase::Established, "RFC 9293 §3.10.7.4"),
    // Closing first.
    row(Established, Trigger::Close, FinWait1, Reply::Fin, ActiveClose, "RFC 9293 §3.10.4"),
    row(FinWait1, Trigger::AckOfFin, FinWait2, Reply::Nothing, ActiveClose, "RFC 9293 §3.10.7.4"),
    row(FinWait1, Trigger::Fin, Closing, Reply::Ack, ActiveClose, "RFC 9293 §3.10.7.4"),
    row(FinWait1, Trigger::FinAndAckOfFin, TimeWait, Reply::Ack, ActiveClose, "RFC 9293 §3.10.7.4"),
    row(FinWait2, Trigger::Fin, TimeWait, Reply::Ack, ActiveClose, "RFC 9293 §3.10.7.4"),
    row(Closing, Trigger::AckOfFin, TimeWait, Reply::Nothing, ActiveClose, "RFC 9293 §3.10.7.4"),
    row(TimeWait, Trigger::TimeWaitOver, Closed, Reply::Nothing, ActiveClose, "RFC 9293 §3.10.8"),
    // Being closed upon.
    row(Established, Trigger::Fin, CloseWait, Reply::Ack, PassiveClose, "RFC 9293 §3.10.7.4"),
    row(CloseWait, Trigger::SendData, CloseWait, Reply::Data, PassiveClose, "RFC 9293 §3.10.2"),
    row(CloseWait, Trigger::Ack, CloseWait, Reply::Nothing, PassiveClose, "RFC 9293 §3.10.7.4"),
    row(CloseWait, Trigger::Close, LastAck, Reply::Fin, PassiveClose, "RFC 9293 §3.10.4"),
    row(LastAck, Trigger::AckOfFin, Closed, Reply::Nothing, PassiveClose, "RFC 9293 §3.10.7.4"),

    // Beyond the figures: opening.
    beyond(Closed, Trigger::Stray, Closed, Reply::Rst, PassiveClose, "RFC 9293 §3.10.7.1"),
    beyond(Listen, Trigger::Close, Closed, Reply::Nothing, PassiveOpen, "RFC 9293 §3.10.4"),
    beyond(Listen, Trigger::Abort, Closed, Reply::Nothing, PassiveOpen, "RFC 9293 §3.10.5"),
    beyond(SynSent, Trigger::Close, Closed, Reply::Nothing, ActiveOpen, "RFC 9293 §3.10.4"),
    beyond(SynSent, Trigger::Abort, Closed, Reply::Nothing, ActiveOpen, "RFC 9293 §3.10.5"),
    beyond(SynSent, Trigger::RstOfOpen, Closed, Reply::Nothing, ActiveOpen, "RFC 9293 §3.10.7.3"),
    beyond(SynSent, Trigger::Unreachable, Closed, Reply::Nothing, ActiveOpen, "RFC 9293 §3.9.2.2"),
    beyond(SynSent, Trigger::GiveUp, Closed, Reply::Nothing, ActiveOpen, "RFC 9293 §3.8.3"),
    beyond(SynReceived, Trigger::SynAgain, SynReceived, Reply::SynAck, PassiveOpen, "RFC 9293 §3.10.7.4"),
    beyond(SynReceived, Trigger::Retry, SynReceived, Reply::SynAck, PassiveOpen, "RFC 9293 §3.8.1"),
    beyond(SynReceived, Trigger::GiveUp, Closed, Reply::Nothing, PassiveOpen, "RFC 9293 §3.8.3"),
    beyond(SynReceived, Trigger::NotSent, Closed, Reply::Nothing, PassiveOpen, "trace 04a"),
    beyond(SynReceived, Trigger::RstOfOpen, Closed, Reply::Nothing, SimultaneousOpen, "RFC 9293 §3.10.7.4"),
    beyond(SynReceived, Trigger::Unreachable, Closed, Reply::Nothing, SimultaneousOpen, "RFC 9293 §3.9.2.2"),
    beyond(SynReceived, Trigger::Abort, Closed, Reply::Rst, PassiveOpen, "RFC 9293 §3.10.5"),
    // Data.
    beyond(Established, Trigger::SendData, Established, Reply::Data, Phase::Established, "RFC 9293 §3.10.2"),
    beyond(Established, Trigger::Ack, Established, Reply::Nothing, Phase::Established, "RFC 9293 §3.10.7.4"),
    beyond(Established, Trigger::Retry, Established, Reply::Again, Phase::Established, "RFC 9293 §3.8.1"),
    beyond(Established, Trigger::GiveUp, Closed, Reply::Nothing, ActiveClose, "RFC 9293 §3.8.3"),
    beyond(Established, Trigger::Rst, Closed, Reply::Nothing, PassiveClose, "RFC 9293 §3.10.7.4"),
    beyond(Established, Trigger::Abort, Closed, Reply::Rst, ActiveClose, "RFC 9293 §3.10.5"),
    // Closing first.
    beyond(FinWait1, Trigger::Data, FinWait1, Reply::Ack, ActiveClose, "RFC 9293 §3.10.7.4"),
    beyond(FinWait1, Trigger::Ack, FinWait1, Reply::Nothing, ActiveClose, "RFC 9293 §3.10.7.4"),
    beyond(FinWait1, Trigger::Retry, FinWait1, Reply::Again, ActiveClose, "RFC 9293 §3.8.1"),
    beyond(FinWait1, Trigger::GiveUp, Closed, Reply::Nothing, ActiveClose, "RFC 9293 §3.8.3"),
    beyond(FinWait1, Trigger::Rst, Closed, Reply::Nothing, ActiveClose, "RFC 9293 §3.10.7.4"),
    beyond(FinWait1, Trigger::Abort, Closed, Reply::Rst, ActiveClose, "RFC 9293 §3.10.5"),
    beyond(FinWait1, Trigger::DataForNobody, Closed, Reply::Rst, ActiveClose, "RFC 9293 §3.10.4"),
    beyond(FinWait2, Trigger::Data, FinWait2, Reply::Ack, ActiveClose, "RFC 9293 §3.10.7.4"),
    beyond(FinWait2, Trigger::Rst, Closed, Reply::Nothing, ActiveClose, "RFC 9293 §3.10.7.4"),
    beyond(FinWait2, Trigger::Abort, Closed, Reply::Rst, ActiveClose, "RFC 9293 §3.10.5"),
    beyond(FinWait2, Trigger::DataForNobody, Closed, Reply::Rst, ActiveClose, "trace 02g"),
    beyond(FinWait2, Trigger::OrphanOver, Closed, Reply::Nothing, ActiveClose, "trace 14a"),
    beyond(FinWait2, Trigger::NoRoom, Closed, Reply::Nothing, ActiveClose, "variation v69"),
    beyond(Closing, Trigger::FinAgain, Closing, Reply::Ack, ActiveClose, "RFC 9293 §3.10.7.4"),
    beyond(Closing, Trigger::Retry, Closing, Reply::Again, ActiveClose, "RFC 9293 §3.8.1"),
    beyond(Closing, Trigger::GiveUp, Closed, Reply::Nothing, ActiveClose, "RFC 9293 §3.8.3"),
    beyond(Closing, Trigger::Rst, Closed, Reply::Nothing, ActiveClose, "RFC 9293 §3.10.7.4"),
    beyond(Closing, Trigger::Abort, Closed, Reply::Nothing, ActiveClose, "RFC 9293 §3.10.5"),
    beyond(TimeWait, Trigger::FinAgain, TimeWait, Reply::Ack, ActiveClose, "RFC 9293 §3.10.7.4"),
    beyond(TimeWait, Trigger::NewSyn, Closed, Reply::Nothing, ActiveClose, "RFC 9293 §3.10.7.4"),
    beyond(TimeWait, Trigger::NoRoom, Closed, Reply::Nothing, ActiveClose, "variation v69"),
    beyond(TimeWait, Trigger::Rst, Closed, Reply::Nothing, ActiveClose, "RFC 9293 §3.10.7.4"),
    beyond(TimeWait, Trigger::Abort, Closed, Reply::Nothing, ActiveClose, "RFC 9293 §3.10.5"),
    // Being closed upon.
    beyond(CloseWait, Trigger::FinAgain, CloseWait, Reply::Ack, PassiveClose, "RFC 9293 §3.10.7.4"),
    beyond(CloseWait, Trigger::Retry, CloseWait, Reply::Again, PassiveClose, "RFC 9293 §3.8.1"),
    beyond(CloseWait, Trigger::GiveUp, Closed, Reply::Nothing, PassiveClose, "RFC 9293 §3.8.3"),
    beyond(CloseWait, Trigger::Rst, Closed, Reply::Nothing, PassiveClose, "RFC 9293 §3.10.7.4"),
    beyond(CloseWait, Trigger::Abort, Closed, Reply::Rst, PassiveClose, "RFC 9293 §3.10.5"),
    beyond(LastAck, Trigger::Ack, LastAck, Reply::Nothing, PassiveClose, "RFC 9293 §3.10.7.4"),
    beyond(LastAck, Trigger::FinAgain, LastAck, Reply::Ack, PassiveClose, "RFC 9293 §3.10.7.4"),
    beyond(LastAck, Trigger::Retry, LastAck, Reply::Again, PassiveClose, "RFC 9293 §3.8.1"),
    beyond(LastAck, Trigger::GiveUp, Closed, Reply::Nothing, PassiveClose, "RFC 9293 §3.8.3"),
    beyond(LastAck, Trigger::Rst, Closed, Reply::Nothing, PassiveClose, "RFC 9293 §3.10.7.4"),
    beyond(LastAck, Trigger::Abort, Closed, Reply::Nothing, PassiveClose, "RFC 9293 §3.10.5"),
    // The peer is gone.
    beyond(Established, Trigger::KeepaliveOver, Closed, Reply::Rst, ActiveClose, "RFC 9293 §3.8.4"),
    beyond(FinWait2, Trigger::KeepaliveOver, Closed, Reply::Rst, ActiveClose, "RFC 9293 §3.8.4"),
    beyond(CloseWait, Trigger::KeepaliveOver, Closed, Reply::Rst, PassiveClose, "RFC 9293 §3.8.4"),
];
