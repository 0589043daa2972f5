//! The state an end is in, as data.

use std::time::Duration;

/// What is to be said of the state of an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// It listens on this port; so many connections are not accepted yet.
    Listening(u16, u32),
    /// Nobody has the address that it wants to reach.
    NobodyThere,
    /// Its SYN was sent so many times, at most so many, and is given up after so long.
    SynSent(u32, u32, Duration),
    /// The third segment came to a full queue.
    FoundNoRoom,
    /// Its SYN|ACK was sent so many times, at most so many.
    SynAckSent(u32, u32),
    /// So many octets are not acknowledged; they were tried so many times.
    Unacknowledged(u32, u32),
    /// Both ends are connected.
    Connected,
    /// Its FIN was tried so many times and never left this host.
    FinNeverLeft(u32),
    /// Its FIN was sent so many times and is not acknowledged.
    FinSent(u32),
    /// It waits for the peer's FIN; no program holds it, so it ends after so long.
    Orphan(Duration),
    /// It waits for the peer's FIN.
    HalfClosed,
    /// Both ends closed at once.
    Closing,
    /// It waits out 2MSL.
    TimeWait(Duration),
    /// The peer has closed; the program here has not.
    CloseWait,
    /// Its FIN was sent so many times; it waits for the last ACK.
    LastAck(u32),
    /// A connection ended here, in this way.
    Ended(Ending),
    /// The client has not connected yet.
    NoConnection,
    /// Nobody listens on the server.
    NobodyListens,
}

/// How a connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// No answer came to any SYN.
    TimedOut,
    /// A reset answered the SYN.
    Refused,
    /// The destination cannot be reached.
    Unreachable,
    /// The program ended before an answer came.
    GivenUpByProgram,
    /// The SYN|ACK could not leave this host.
    SynAckNotSent,
    /// A half-open entry.
    HalfOpen,
    /// Nobody acknowledged.
    GivenUp,
    /// The peer sent a reset.
    Reset,
    /// Closed with data unread.
    Unread,
    /// Data came for a program that is gone.
    DataForNobody,
    /// 2MSL is over.
    TimeWaitOver,
    /// In any other way.
    Closed,
}

/// What a running timer will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caption {
    /// It gives up.
    GivesUp,
    /// It forgets the connection.
    Forgets,
    /// 2MSL
    TimeWait,
    /// It tries again.
    Try,
    /// It sends SYN again.
    Syn,
    /// It sends SYN|ACK again.
    SynAck,
    /// It sends FIN again.
    Fin,
}
