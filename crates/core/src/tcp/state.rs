//! The eleven states of a connection.

use std::fmt;

/// A state of a connection, in the order and spelling of RFC 9293 §3.3.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Waiting for a connection request from any remote TCP.
    Listen,
    /// A connection request was sent; waiting for a matching one.
    SynSent,
    /// Requests were sent and received; waiting for the acknowledgement of ours.
    SynReceived,
    /// Open: data can be sent and received.
    Established,
    /// We closed; waiting for the acknowledgement of our FIN, or for a FIN.
    FinWait1,
    /// Our FIN is acknowledged; waiting for the peer's FIN.
    FinWait2,
    /// The peer closed; waiting for the local user to close.
    CloseWait,
    /// Both closed at once; waiting for the acknowledgement of our FIN.
    Closing,
    /// The peer closed first, then we did; waiting for the acknowledgement of our FIN.
    LastAck,
    /// Waiting long enough that no segment of this connection can still arrive.
    TimeWait,
    /// No connection at all.
    Closed,
}

impl State {
    /// All states, in the RFC's order.
    pub const ALL: [State; 11] = [
        State::Listen,
        State::SynSent,
        State::SynReceived,
        State::Established,
        State::FinWait1,
        State::FinWait2,
        State::CloseWait,
        State::Closing,
        State::LastAck,
        State::TimeWait,
        State::Closed,
    ];

    /// The RFC's spelling, for example `SYN-RECEIVED`.
    pub const fn name(self) -> &'static str {
        match self {
            State::Listen => "LISTEN",
            State::SynSent => "SYN-SENT",
            State::SynReceived => "SYN-RECEIVED",
            State::Established => "ESTABLISHED",
            State::FinWait1 => "FIN-WAIT-1",
            State::FinWait2 => "FIN-WAIT-2",
            State::CloseWait => "CLOSE-WAIT",
            State::Closing => "CLOSING",
            State::LastAck => "LAST-ACK",
            State::TimeWait => "TIME-WAIT",
            State::Closed => "CLOSED",
        }
    }

    /// Both sequence numbers are known to both ends (RFC 9293 §3.5.2, "synchronized").
    pub const fn is_synchronized(self) -> bool {
        !matches!(self, State::Listen | State::SynSent | State::SynReceived | State::Closed)
    }

    /// A connection may rest here for long; anything else that lasts more than a second wants an
    /// explanation (the article, L42).
    pub const fn is_stable(self) -> bool {
        matches!(self, State::Listen | State::Established | State::TimeWait | State::Closed)
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
