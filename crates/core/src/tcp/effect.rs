//! What a connection does to the world around it.

use super::{Counter, Row, Segment, Timer};
use crate::Instant;
use std::time::Duration;

/// What the user of a connection is notified of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Notice {
    /// The handshake is complete. A listener hears so of a connection that waits for its `accept()`.
    Connected,
    /// There is data to receive.
    Readable,
    /// The peer will send no more.
    PeerClosed,
    /// The peer reset the connection: ECONNREFUSED in SYN-SENT, else ECONNRESET.
    Reset,
    /// Nobody answered: ETIMEDOUT.
    TimedOut,
    /// An ICMP error came while `connect()` was still sending the SYN; the attempt goes on.
    SoftError,
    /// There is room to send again, after a call that found too little.
    Writable,
}

/// Why an arrived segment had no effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Discard {
    /// Outside the receive window (RFC 9293 §3.10.7.4, first check).
    OutOfWindow,
    /// Everything in it was received before.
    Duplicate,
    /// A reset with the wrong sequence number (RFC 5961 §3.2).
    BadReset,
    /// An acknowledgement of something never sent.
    BadAck,
    /// No ACK bit where one must be.
    NoAck,
    /// A SYN inside a synchronized connection (RFC 5961 §4.2).
    SynInside,
    /// Nothing in this state answers to it.
    NotExpected,
}

/// What a call, an arrival or a timer did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The edge that was taken.
    Moved(&'static Row),
    /// Hand this segment to the network.
    Send {
        /// The segment.
        segment: Segment,
        /// How many times the same was sent before.
        again: u32,
    },
    /// The timer was set, or set again.
    TimerSet(Timer, Instant),
    /// Notify the user.
    Notify(Notice),
    /// The arrived segment had no effect.
    Discarded(Discard),
    /// The connection is over, and this was its smoothed round trip; zero if none is known.
    Trip(Duration),
    /// Add this to a counter of the host.
    Count(Counter, u32),
}
