//! **The transition table**: the one source of every edge.
//!
//! From it come the engine's moves, the diagram's edges, labels and colours, the matrix and `docs/state-machine.md`.
//! No row, no move.

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

/// One edge of the state machine.
#[derive(Debug, PartialEq, Eq)]
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
    /// One sentence for the learner.
    pub says: &'static str,
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
    TABLE.iter().find(|row| row.from == from && row.trigger == trigger)
}

const fn row(
    from: State,
    trigger: Trigger,
    to: State,
    reply: Reply,
    phase: Phase,
    rfc: &'static str,
    says: &'static str,
) -> Row {
    Row { from, trigger, to, reply, rfc, drawn: true, phase, says }
}

const fn beyond(
    from: State,
    trigger: Trigger,
    to: State,
    reply: Reply,
    phase: Phase,
    rfc: &'static str,
    says: &'static str,
) -> Row {
    Row { from, trigger, to, reply, rfc, drawn: false, phase, says }
}

use Phase::{ActiveClose, ActiveOpen, PassiveClose, PassiveOpen, SimultaneousOpen};

/// Every edge there is. Figure 1 and 4 of the article first, in the order of a connection's life.
#[rustfmt::skip]
pub static TABLE: &[Row] = &[
    // Opening.
    row(Closed, Trigger::PassiveOpen, Listen, Reply::Nothing, PassiveOpen, "RFC 9293 §3.10.1", "The server waits to be asked."),
    row(Closed, Trigger::ActiveOpen, SynSent, Reply::Syn, ActiveOpen, "RFC 9293 §3.10.1", "connect() sends a SYN and waits for the answer."),
    row(Listen, Trigger::Syn, SynReceived, Reply::SynAck, PassiveOpen, "RFC 9293 §3.10.7.2", "A client asks; the server answers and waits for the third segment."),
    row(Listen, Trigger::SendData, SynSent, Reply::Syn, ActiveOpen, "RFC 9293 §3.10.2", "A listener that sends becomes the one who asks. Sockets do not offer this."),
    row(SynReceived, Trigger::Rst, Listen, Reply::Nothing, PassiveOpen, "RFC 9293 §3.10.7.4", "The client takes its request back."),
    row(SynSent, Trigger::Syn, SynReceived, Reply::SynAck, SimultaneousOpen, "RFC 9293 §3.10.7.3", "Both ends ask at the same time."),
    row(SynSent, Trigger::SynAckOfSyn, Established, Reply::Ack, ActiveOpen, "RFC 9293 §3.10.7.3", "The server answered; the client confirms and is connected."),
    row(SynSent, Trigger::Retry, SynSent, Reply::Syn, ActiveOpen, "RFC 9293 §3.8.1", "No answer in time: the same SYN again."),
    row(SynReceived, Trigger::AckOfSyn, Established, Reply::Nothing, PassiveOpen, "RFC 9293 §3.10.7.4", "The third segment arrived: both ends are connected."),
    row(SynReceived, Trigger::Close, FinWait1, Reply::Fin, ActiveClose, "RFC 9293 §3.10.4", "Closed before the handshake was complete."),
    // Data.
    row(Established, Trigger::Data, Established, Reply::Ack, Phase::Established, "RFC 9293 §3.10.7.4", "Data came in order and is acknowledged."),
    // Closing first.
    row(Established, Trigger::Close, FinWait1, Reply::Fin, ActiveClose, "RFC 9293 §3.10.4", "This end has no more to send."),
    row(FinWait1, Trigger::AckOfFin, FinWait2, Reply::Nothing, ActiveClose, "RFC 9293 §3.10.7.4", "The peer knows that we are done; it may go on sending."),
    row(FinWait1, Trigger::Fin, Closing, Reply::Ack, ActiveClose, "RFC 9293 §3.10.7.4", "Both ends closed at the same time: our FIN is not covered yet."),
    row(FinWait1, Trigger::FinAndAckOfFin, TimeWait, Reply::Ack, ActiveClose, "RFC 9293 §3.10.7.4", "The peer's FIN also acknowledges ours: it is the number that decides, not the flag."),
    row(FinWait2, Trigger::Fin, TimeWait, Reply::Ack, ActiveClose, "RFC 9293 §3.10.7.4", "The peer is done too."),
    row(Closing, Trigger::AckOfFin, TimeWait, Reply::Nothing, ActiveClose, "RFC 9293 §3.10.7.4", "Now our FIN is covered as well."),
    row(TimeWait, Trigger::TimeWaitOver, Closed, Reply::Nothing, ActiveClose, "RFC 9293 §3.10.8", "Long enough: no old segment can arrive any more."),
    // Being closed upon.
    row(Established, Trigger::Fin, CloseWait, Reply::Ack, PassiveClose, "RFC 9293 §3.10.7.4", "The peer has no more to send; our program has still to close."),
    row(CloseWait, Trigger::SendData, CloseWait, Reply::Data, PassiveClose, "RFC 9293 §3.10.2", "Half-closed: this direction is still open."),
    row(CloseWait, Trigger::Ack, CloseWait, Reply::Nothing, PassiveClose, "RFC 9293 §3.10.7.4", "The peer acknowledges what we still send."),
    row(CloseWait, Trigger::Close, LastAck, Reply::Fin, PassiveClose, "RFC 9293 §3.10.4", "Now this end is done too."),
    row(LastAck, Trigger::AckOfFin, Closed, Reply::Nothing, PassiveClose, "RFC 9293 §3.10.7.4", "Our FIN is acknowledged: nothing is left."),

    // Beyond the figures: opening.
    beyond(Closed, Trigger::Stray, Closed, Reply::Rst, PassiveClose, "RFC 9293 §3.10.7.1", "Nobody is here: the answer is a reset."),
    beyond(Listen, Trigger::Close, Closed, Reply::Nothing, PassiveOpen, "RFC 9293 §3.10.4", "The server stops listening."),
    beyond(Listen, Trigger::Abort, Closed, Reply::Nothing, PassiveOpen, "RFC 9293 §3.10.5", "The server stops listening."),
    beyond(SynSent, Trigger::Close, Closed, Reply::Nothing, ActiveOpen, "RFC 9293 §3.10.4", "The client loses patience; nothing is sent (trace 03f)."),
    beyond(SynSent, Trigger::Abort, Closed, Reply::Nothing, ActiveOpen, "RFC 9293 §3.10.5", "The client loses patience; nothing is sent."),
    beyond(SynSent, Trigger::RstOfOpen, Closed, Reply::Nothing, ActiveOpen, "RFC 9293 §3.10.7.3", "Connection refused: the answer is a reset."),
    beyond(SynSent, Trigger::Unreachable, Closed, Reply::Nothing, ActiveOpen, "RFC 9293 §3.9.2.2", "An ICMP error, or the link, says that there is no way."),
    beyond(SynSent, Trigger::GiveUp, Closed, Reply::Nothing, ActiveOpen, "RFC 9293 §3.8.3", "Connection timed out: no answer to any try."),
    beyond(SynReceived, Trigger::SynAgain, SynReceived, Reply::SynAck, PassiveOpen, "RFC 9293 §3.10.7.4", "The client asks again, so it did not get the answer."),
    beyond(SynReceived, Trigger::Retry, SynReceived, Reply::SynAck, PassiveOpen, "RFC 9293 §3.8.1", "No third segment in time: the same SYN|ACK again."),
    beyond(SynReceived, Trigger::GiveUp, Closed, Reply::Nothing, PassiveOpen, "RFC 9293 §3.8.3", "The third segment never came: the entry is forgotten (trace 05a)."),
    beyond(SynReceived, Trigger::NotSent, Closed, Reply::Nothing, PassiveOpen, "trace 04a", "The host's own firewall refused the SYN|ACK: the entry is forgotten at its first timer."),
    beyond(SynReceived, Trigger::RstOfOpen, Closed, Reply::Nothing, SimultaneousOpen, "RFC 9293 §3.10.7.4", "Connection refused."),
    beyond(SynReceived, Trigger::Unreachable, Closed, Reply::Nothing, SimultaneousOpen, "RFC 9293 §3.9.2.2", "The network says that there is no way."),
    beyond(SynReceived, Trigger::Abort, Closed, Reply::Rst, PassiveOpen, "RFC 9293 §3.10.5", "Given up by this end."),
    // Data.
    beyond(Established, Trigger::SendData, Established, Reply::Data, Phase::Established, "RFC 9293 §3.10.2", "Data is sent."),
    beyond(Established, Trigger::Ack, Established, Reply::Nothing, Phase::Established, "RFC 9293 §3.10.7.4", "The peer has what was sent."),
    beyond(Established, Trigger::Retry, Established, Reply::Again, Phase::Established, "RFC 9293 §3.8.1", "No acknowledgement in time: the same data again."),
    beyond(Established, Trigger::GiveUp, Closed, Reply::Nothing, ActiveClose, "RFC 9293 §3.8.3", "The peer never acknowledged: the connection is given up."),
    beyond(Established, Trigger::Rst, Closed, Reply::Nothing, PassiveClose, "RFC 9293 §3.10.7.4", "Connection reset by peer."),
    beyond(Established, Trigger::Abort, Closed, Reply::Rst, ActiveClose, "RFC 9293 §3.10.5", "Closed with data unread: the peer is told so by a reset."),
    // Closing first.
    beyond(FinWait1, Trigger::Data, FinWait1, Reply::Ack, ActiveClose, "RFC 9293 §3.10.7.4", "Half-closed: the peer goes on sending."),
    beyond(FinWait1, Trigger::Ack, FinWait1, Reply::Nothing, ActiveClose, "RFC 9293 §3.10.7.4", "The peer has our data, but not yet our FIN."),
    beyond(FinWait1, Trigger::Retry, FinWait1, Reply::Again, ActiveClose, "RFC 9293 §3.8.1", "No acknowledgement of our FIN in time: again."),
    beyond(FinWait1, Trigger::GiveUp, Closed, Reply::Nothing, ActiveClose, "RFC 9293 §3.8.3", "Nobody acknowledged our FIN (trace 13a)."),
    beyond(FinWait1, Trigger::Rst, Closed, Reply::Nothing, ActiveClose, "RFC 9293 §3.10.7.4", "Connection reset by peer."),
    beyond(FinWait1, Trigger::Abort, Closed, Reply::Rst, ActiveClose, "RFC 9293 §3.10.5", "Given up by this end."),
    beyond(FinWait1, Trigger::DataForNobody, Closed, Reply::Rst, ActiveClose, "RFC 9293 §3.10.4", "Data came for a program that is gone: a reset tells the peer."),
    beyond(FinWait2, Trigger::Data, FinWait2, Reply::Ack, ActiveClose, "RFC 9293 §3.10.7.4", "Half-closed: the peer goes on sending."),
    beyond(FinWait2, Trigger::Rst, Closed, Reply::Nothing, ActiveClose, "RFC 9293 §3.10.7.4", "Connection reset by peer."),
    beyond(FinWait2, Trigger::Abort, Closed, Reply::Rst, ActiveClose, "RFC 9293 §3.10.5", "Given up by this end."),
    beyond(FinWait2, Trigger::DataForNobody, Closed, Reply::Rst, ActiveClose, "trace 02g", "Data came for a program that is gone: a reset tells the peer."),
    beyond(FinWait2, Trigger::OrphanOver, Closed, Reply::Nothing, ActiveClose, "trace 14a", "No program holds the socket and the peer never closed: forgotten."),
    beyond(Closing, Trigger::FinAgain, Closing, Reply::Ack, ActiveClose, "RFC 9293 §3.10.7.4", "The peer did not get our acknowledgement."),
    beyond(Closing, Trigger::Retry, Closing, Reply::Again, ActiveClose, "RFC 9293 §3.8.1", "No acknowledgement of our FIN in time: again."),
    beyond(Closing, Trigger::GiveUp, Closed, Reply::Nothing, ActiveClose, "RFC 9293 §3.8.3", "Nobody acknowledged our FIN."),
    beyond(Closing, Trigger::Rst, Closed, Reply::Nothing, ActiveClose, "RFC 9293 §3.10.7.4", "The peer has forgotten the connection."),
    beyond(Closing, Trigger::Abort, Closed, Reply::Nothing, ActiveClose, "RFC 9293 §3.10.5", "Given up by this end."),
    beyond(TimeWait, Trigger::FinAgain, TimeWait, Reply::Ack, ActiveClose, "RFC 9293 §3.10.7.4", "The last ACK was lost: it is sent again, and the wait starts anew (trace 13c)."),
    beyond(TimeWait, Trigger::NewSyn, Closed, Reply::Nothing, ActiveClose, "RFC 9293 §3.10.7.4", "A new connection with the same tuple takes its place (trace 09c)."),
    beyond(TimeWait, Trigger::Rst, Closed, Reply::Nothing, ActiveClose, "RFC 9293 §3.10.7.4", "The peer has forgotten the connection."),
    beyond(TimeWait, Trigger::Abort, Closed, Reply::Nothing, ActiveClose, "RFC 9293 §3.10.5", "Given up by this end."),
    // Being closed upon.
    beyond(CloseWait, Trigger::FinAgain, CloseWait, Reply::Ack, PassiveClose, "RFC 9293 §3.10.7.4", "The peer did not get our acknowledgement."),
    beyond(CloseWait, Trigger::Retry, CloseWait, Reply::Again, PassiveClose, "RFC 9293 §3.8.1", "No acknowledgement in time: the same data again."),
    beyond(CloseWait, Trigger::GiveUp, Closed, Reply::Nothing, PassiveClose, "RFC 9293 §3.8.3", "The peer never acknowledged: the connection is given up."),
    beyond(CloseWait, Trigger::Rst, Closed, Reply::Nothing, PassiveClose, "RFC 9293 §3.10.7.4", "The peer's program is gone altogether (trace 02g)."),
    beyond(CloseWait, Trigger::Abort, Closed, Reply::Rst, PassiveClose, "RFC 9293 §3.10.5", "Closed with data unread: the peer is told so by a reset."),
    beyond(LastAck, Trigger::Ack, LastAck, Reply::Nothing, PassiveClose, "RFC 9293 §3.10.7.4", "The peer has our data, but not yet our FIN."),
    beyond(LastAck, Trigger::FinAgain, LastAck, Reply::Ack, PassiveClose, "RFC 9293 §3.10.7.4", "The peer did not get our acknowledgement."),
    beyond(LastAck, Trigger::Retry, LastAck, Reply::Again, PassiveClose, "RFC 9293 §3.8.1", "No acknowledgement of our FIN in time: again."),
    beyond(LastAck, Trigger::GiveUp, Closed, Reply::Nothing, PassiveClose, "RFC 9293 §3.8.3", "Nobody acknowledged our FIN (trace 13b)."),
    beyond(LastAck, Trigger::Rst, Closed, Reply::Nothing, PassiveClose, "RFC 9293 §3.10.7.4", "The peer has forgotten the connection (trace 13e)."),
    beyond(LastAck, Trigger::Abort, Closed, Reply::Nothing, PassiveClose, "RFC 9293 §3.10.5", "Given up by this end."),
];
