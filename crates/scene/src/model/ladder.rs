//! The segments of a connection, one below the other.

use crate::words::{Message, PacketName};
use std::time::Duration;
use tcp_core::Instant;
use tcp_core::net::PacketId;

/// The segments of the selected connection, as far as they were sent by now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ladder {
    /// The newest of them, oldest first.
    pub rungs: Vec<Rung>,
    /// How many were sent before these.
    pub earlier: usize,
}

/// A segment.
#[derive(Clone, Debug, PartialEq)]
pub struct Rung {
    /// Which packet.
    pub packet: PacketId,
    /// When it was sent.
    pub at: Instant,
    /// How long after the first segment of the connection that was.
    pub after: Duration,
    /// From C_m to S_m; else the other way.
    pub from_client: bool,
    /// What it is called: `SYN|ACK #2`.
    pub name: PacketName,
    /// Its colour: `syn`, `data`, `ack`, `fin`, `rst`.
    pub kind: &'static str,
    /// Its sequence number, counted from that of its sender's SYN.
    pub seq: u32,
    /// What it acknowledges, counted from the other end's SYN.
    pub ack: Option<u32>,
    /// Octets of data.
    pub octets: u32,
    /// What became of it.
    pub fate: Message,
    /// It was stopped.
    pub stopped: bool,
}
