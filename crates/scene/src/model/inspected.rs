//! A segment that is looked at closely.

use super::ButtonView;
use crate::words::{Message, PacketName};
use tcp_core::net::{HostId, PacketId};
use tcp_core::tcp::Flags;

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
    pub acts: [ButtonView; 5],
    /// Who sent it to whom, and what became of it.
    pub journey: Message,
    /// By which rules the network lost it, made it, or let it take longer.
    pub by_rule: Vec<Message>,
    /// Its header; `None` for an ICMP error.
    pub header: Option<HeaderView>,
    /// Why it was sent.
    pub origin: Message,
    /// Who looked at it, in which state.
    pub checked_by: Option<Message>,
    /// What the receiver looked at, in the order of RFC 9293 §3.10.7.
    pub checks: Vec<CheckView>,
    /// What came of it; or one sentence why nobody looked at it.
    pub effects: Vec<Message>,
    /// Where the rules stand: why it was sent, and how it is received.
    pub rfc: [Option<&'static str>; 2],
}

/// A check of the receiver.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckView {
    /// What was looked at, and what was found.
    pub says: Message,
    /// The segment went no further.
    pub bad: bool,
}

/// The header of a segment, field by field. Checksum and urgent pointer are left out: nothing here has them.
#[derive(Clone, Debug, PartialEq)]
pub struct HeaderView {
    /// Source and destination port.
    pub ports: [u16; 2],
    /// Relative to the first number of its sender, if that is known; and absolute.
    pub seq: (Option<i32>, u32),
    /// Likewise, relative to the first number of its receiver. `None` without the ACK bit.
    pub ack: Option<(Option<i32>, u32)>,
    /// Length of the header, in words of 32 bits.
    pub offset: u32,
    /// The bits.
    pub flags: Flags,
    /// The window that it announces, in octets.
    pub window: u32,
    /// Octets of options.
    pub option_octets: u32,
    /// The options.
    pub options: Message,
    /// Octets of data.
    pub data: u32,
}

/// The bits of a header from left to right, each with its letter; the first two are never set here.
const BITS: [(&str, Flags); 8] = [
    ("C", Flags::NONE),
    ("E", Flags::NONE),
    ("U", Flags::URG),
    ("A", Flags::ACK),
    ("P", Flags::PSH),
    ("R", Flags::RST),
    ("S", Flags::SYN),
    ("F", Flags::FIN),
];

impl HeaderView {
    /// The bits from left to right: the letter of each, and whether it is set.
    pub fn bits(&self) -> impl Iterator<Item = (&'static str, bool)> {
        let flags = self.flags;
        BITS.into_iter().map(move |(letter, bit)| (letter, bit != Flags::NONE && flags.contains(bit)))
    }
}
