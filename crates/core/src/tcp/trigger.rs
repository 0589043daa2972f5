//! All that can move a state.

use std::fmt;

/// Who caused it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// The local application called.
    Appl,
    /// A segment (or an ICMP message about one) arrived.
    Recv,
    /// A timer expired.
    Timeout,
}

/// What can move a state. The guard is in the name: [`Trigger::AckOfFin`] is an ACK that covers our FIN, so two
/// triggers never compete for one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trigger {
    /// OPEN, passive.
    PassiveOpen,
    /// OPEN, active.
    ActiveOpen,
    /// SEND.
    SendData,
    /// CLOSE: no more data from us (also the end of the owning process).
    Close,
    /// ABORT, or an end of the process with data unread.
    Abort,
    /// A SYN that acknowledges nothing of ours.
    Syn,
    /// The peer's SYN once more, exactly as before.
    SynAgain,
    /// A SYN that acknowledges our SYN.
    SynAckOfSyn,
    /// An ACK that covers our SYN.
    AckOfSyn,
    /// New data in order.
    Data,
    /// Data for a socket that no process holds any more.
    DataForNobody,
    /// An ACK that covers nothing of ours that moves the state.
    Ack,
    /// The peer's FIN, in order; our FIN (if any) is not covered.
    Fin,
    /// An ACK that covers our FIN.
    AckOfFin,
    /// The peer's FIN in order and, in the same segment, an ACK that covers our FIN.
    FinAndAckOfFin,
    /// The peer's FIN once more.
    FinAgain,
    /// A SYN for a new connection with the tuple of one in TIME-WAIT.
    NewSyn,
    /// An acceptable RST (after a passive open).
    Rst,
    /// An acceptable RST while our own active open is not yet answered.
    RstOfOpen,
    /// A segment for which there is no connection.
    Stray,
    /// An ICMP error, or no answer from the link: the destination cannot be reached.
    Unreachable,
    /// The retransmission timer ran out: try again.
    Retry,
    /// The retransmission timer ran out for the last time.
    GiveUp,
    /// The half-open entry's timer ran out and its SYN|ACK could not even be handed to the wire
    /// (kernel traces 04a, 04b, 04d).
    NotSent,
    /// The 2MSL timer ran out.
    TimeWaitOver,
    /// FIN-WAIT-2 lasted too long for a socket that no process holds (`tcp_fin_timeout`).
    OrphanOver,
    /// As many keep-alives as the socket asks for were not answered.
    KeepaliveOver,
    /// Too many connections of this host are in TIME-WAIT (`tcp_max_tw_buckets`): this one does not wait.
    NoRoom,
}

impl Trigger {
    /// All triggers: calls, arrivals, timers.
    pub const ALL: [Trigger; 28] = [
        Trigger::PassiveOpen,
        Trigger::ActiveOpen,
        Trigger::SendData,
        Trigger::Close,
        Trigger::Abort,
        Trigger::Syn,
        Trigger::SynAgain,
        Trigger::SynAckOfSyn,
        Trigger::AckOfSyn,
        Trigger::Data,
        Trigger::DataForNobody,
        Trigger::Ack,
        Trigger::Fin,
        Trigger::AckOfFin,
        Trigger::FinAndAckOfFin,
        Trigger::FinAgain,
        Trigger::NewSyn,
        Trigger::Rst,
        Trigger::RstOfOpen,
        Trigger::Stray,
        Trigger::Unreachable,
        Trigger::Retry,
        Trigger::GiveUp,
        Trigger::NotSent,
        Trigger::TimeWaitOver,
        Trigger::OrphanOver,
        Trigger::KeepaliveOver,
        Trigger::NoRoom,
    ];

    /// Who caused it.
    pub const fn source(self) -> Source {
        match self {
            Trigger::PassiveOpen
            | Trigger::ActiveOpen
            | Trigger::SendData
            | Trigger::Close
            | Trigger::Abort => Source::Appl,
            Trigger::Retry
            | Trigger::GiveUp
            | Trigger::NotSent
            | Trigger::TimeWaitOver
            | Trigger::OrphanOver
            | Trigger::KeepaliveOver
            | Trigger::NoRoom => Source::Timeout,
            _ => Source::Recv,
        }
    }

    /// The event as the article writes it above an arrow, for example `recv: SYN`.
    pub const fn label(self) -> &'static str {
        match self {
            Trigger::PassiveOpen => "appl: passive open",
            Trigger::ActiveOpen => "appl: active open",
            Trigger::SendData => "appl: send data",
            Trigger::Close => "appl: close",
            Trigger::Abort => "appl: abort",
            Trigger::Syn => "recv: SYN",
            Trigger::SynAgain => "recv: SYN again",
            Trigger::SynAckOfSyn => "recv: SYN|ACK",
            Trigger::AckOfSyn | Trigger::Ack | Trigger::AckOfFin => "recv: ACK",
            Trigger::Data => "recv: data",
            Trigger::DataForNobody => "recv: data for nobody",
            Trigger::Fin => "recv: FIN",
            Trigger::FinAndAckOfFin => "recv: FIN|ACK",
            Trigger::FinAgain => "recv: FIN again",
            Trigger::NewSyn => "recv: new SYN",
            Trigger::Rst | Trigger::RstOfOpen => "recv: RST",
            Trigger::Stray => "recv: any segment",
            Trigger::Unreachable => "recv: unreachable",
            Trigger::Retry => "timeout: retry",
            Trigger::GiveUp => "timeout: give up",
            Trigger::NotSent => "timeout: SYN|ACK not sent",
            Trigger::TimeWaitOver => "timeout: 2MSL",
            Trigger::OrphanOver => "timeout: orphan",
            Trigger::KeepaliveOver => "timeout: silence",
            Trigger::NoRoom => "timeout: no room",
        }
    }
}

impl fmt::Display for Trigger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.label())
    }
}
