//! A segment that is looked at closely.

use super::ButtonView;
use crate::words::{Message, PacketName};
use tcp_core::net::{HostId, PacketId};

/// The segment that was picked, and what can be done to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspected {
    /// Which packet.
    pub packet: PacketId,
    /// What it is called: `SYN|ACK #2`.
    pub name: PacketName,
    /// Its colour: `syn`, `data`, `ack`, `fin`, `rst`, `icmp`.
    pub kind: &'static str,
    /// The host that sent it.
    pub from: HostId,
    /// What became of it, and whether anything can be done to it.
    pub standing: Message,
    /// It was stopped.
    pub stopped: bool,
    /// Drop, hold, release, duplicate: lines of the network's console.
    pub acts: [ButtonView; 4],
}
