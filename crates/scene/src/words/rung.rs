//! A segment of the ladder, in words.

use super::{PacketName, SegmentFate};
use std::time::Duration;
use tcp_core::net::HostId;

/// What is to be said of a segment of the ladder.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Said {
    /// The port of its connection, if that is written there.
    pub port: Option<u16>,
    /// What it is called.
    pub name: PacketName,
    /// No host sent it.
    pub by_hand: bool,
    /// It is a copy of that.
    pub is_copy: bool,
    /// Its sequence number, as it is written there.
    pub seq: Option<i32>,
    /// What it acknowledges, likewise.
    pub ack: Option<i32>,
    /// The host that sent it.
    pub from: HostId,
    /// How long after the connection began.
    pub after: Duration,
    /// What became of it.
    pub fate: SegmentFate,
}
