//! The state an end is in, as data.

use super::Ground;
use std::time::Duration;
use tcp_core::net::verdict::Part;

/// What is to be said of the state of an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// It listens.
    Listening {
        /// On this port.
        port: u16,
        /// Connections that are not accepted yet.
        waiting: u32,
    },
    /// Nobody has the address that it wants to reach.
    NobodyThere,
    /// Its SYN is not answered yet.
    SynSent {
        /// How many times it was sent.
        sent: u32,
        /// How many times it is sent at most.
        most: u32,
        /// How long it is tried in all.
        patience: Duration,
        /// It is the program that ends it then, sooner than TCP would.
        by_program: bool,
        /// No SYN has left this host.
        kept: Option<Kept>,
    },
    /// The third segment came to a full queue.
    FoundNoRoom,
    /// Its SYN|ACK is not answered yet.
    SynAckSent {
        /// How many times it was sent.
        sent: u32,
        /// How many of these were not the answer to a SYN that came again.
        by_timer: u32,
        /// How many times it is sent at most without such a SYN.
        most: u32,
    },
    /// Its SYN|ACK never left this host; how many times it was tried.
    SynAckNeverLeft(u32, Kept),
    /// It is half-open, and nobody listens any more.
    Abandoned,
    /// It sent data that is not acknowledged.
    Unacknowledged {
        /// Octets of it.
        octets: u32,
        /// How many times they were tried.
        tries: u32,
    },
    /// Its data waits for the peer's window to open.
    WindowShut {
        /// Octets of it.
        octets: u32,
    },
    /// Both ends are connected.
    Connected,
    /// This end is connected; the other has no such connection, or has it no more.
    Alone,
    /// Both ends are connected, but this host's own firewall stops this.
    OwnFirewall(Part),
    /// Both ends are connected; something does not get through, which this end has not noticed.
    ConnectedUnaware,
    /// This end is connected; the other has not had the third segment.
    ConnectedHere,
    /// Its FIN was not sent yet, because data before it is not acknowledged.
    FinWaits {
        /// Octets of that data.
        octets: u32,
    },
    /// Its FIN never left this host; how many times it was tried.
    FinNeverLeft(u32, Kept),
    /// Its FIN is not acknowledged; how many times it has left this host.
    FinSent(u32),
    /// It waits for the peer's FIN; no program holds it, so it ends after this time.
    Orphan(Duration),
    /// It waits for the peer's FIN.
    HalfClosed,
    /// Both ends closed at once.
    Closing,
    /// It waits out 2MSL.
    TimeWait(Duration),
    /// The peer has closed; the program here has not.
    CloseWait,
    /// It waits for the last ACK; how many times its FIN has left this host.
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
    /// No keepalive probe was answered.
    NoProbeAnswered,
    /// The peer sent a reset.
    Reset,
    /// The ground says it: aborted, or the SYN was rejected.
    By(Ground),
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
    /// It asks whether the peer's window is still shut.
    Probe,
    /// It asks whether the peer is still there, if nothing comes before.
    Keepalive,
    /// It sends SYN again.
    Syn,
    /// It sends SYN|ACK again.
    SynAck,
    /// It sends FIN again.
    Fin,
}

/// What keeps all segments of a kind in their host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Its firewall dropped them.
    Dropped,
    /// Its firewall rejected them.
    Rejected,
    /// Its netem lost them.
    Netem,
    /// They wait in its netem.
    Waits,
    /// Something else, or not the same for all.
    Other,
}
