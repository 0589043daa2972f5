//! What is known of a segment, as data.

use super::{PacketName, Report, SegmentFate, Stopped};
use std::time::Duration;
use tcp_core::net::{HostId, Impairment, LossRule};
use tcp_core::tcp::{Discard, Seq, State};

/// Why a segment was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The fact that caused it, and the row of the transition table by which it was sent, if that says more.
    Caused(Report, Option<usize>),
    /// It was not acknowledged in time, so it was sent again.
    Again {
        /// The host that sent it.
        host: HostId,
        /// What it was called before.
        name: PacketName,
        /// The number that it had on the wire then, if it was there.
        number: Option<u32>,
        /// How long after that.
        after: Duration,
    },
    /// This host has heard nothing for long, and asks whether the peer is there.
    KeepaliveProbe(HostId),
    /// Nobody sent it: it was put on the wire by hand.
    ByHand,
    /// The network made a second one of the segment with this number on the wire, or the netem of this host did.
    Copy(Option<HostId>, Option<u32>),
    /// Its cause is not known.
    Unknown,
}

/// What a receiver looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// Its firewall lets it pass.
    Firewall,
    /// There is a connection or a listener for it.
    Connection,
    /// The sequence number.
    Sequence,
    /// The RST bit.
    Reset,
    /// The SYN bit.
    Syn,
    /// The ACK bit, and what is acknowledged.
    Ack,
    /// Data, as many octets.
    Data(u32),
    /// The FIN bit.
    Fin,
}

/// What a receiver found there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// It is there, and as it should be.
    Good,
    /// It is not there, and need not be.
    Absent,
    /// It came before, and its row says what follows.
    Again,
    /// The segment has no effect, for this reason.
    Bad(Discard),
    /// It is not as it should be, and no fact says more.
    Refused,
    /// A firewall stopped it.
    Stopped(Stopped),
}

impl Found {
    /// The segment went no further.
    pub const fn is_bad(self) -> bool {
        matches!(self, Found::Bad(_) | Found::Refused | Found::Stopped(_))
    }
}

/// What is said of a segment that is looked at closely.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inspection {
    /// Who sent it to whom, and what became of it.
    Journey {
        /// Its sender.
        from: HostId,
        /// Its receiver; `None` if no host has the address.
        to: Option<HostId>,
        /// Its number on the wire, if it was there.
        number: Option<u32>,
        /// What became of it.
        fate: SegmentFate,
    },
    /// By which of its rules the network did this to it.
    ByRule(Impairment, LossRule),
    /// Why it was sent.
    Origin(Origin),
    /// Who looked at it, and in which state; `None` while that is not known.
    CheckedBy(HostId, Option<State>),
    /// A check of the receiver.
    Check(Check, Found),
    /// Nobody has looked at it, for this reason.
    Unchecked(SegmentFate),
    /// Nothing came of it.
    NoEffect,
    /// A number: relative to the first of its sender, and absolute.
    Number(Option<i32>, u32),
    /// Octets of options.
    OptionOctets(u32),
    /// Octets of data.
    DataOctets(u32),
}

/// A segment's header.
#[derive(Clone, Debug, PartialEq)]
pub enum Header {
    /// Of TCP.
    Tcp {
        /// The segment.
        name: PacketName,
        /// Its sequence number.
        seq: Seq,
        /// What it acknowledges.
        ack: Option<Seq>,
        /// Octets of data.
        octets: u32,
        /// The window it announces.
        window: u32,
        /// Octets in all, as iptables counts them.
        all: u32,
    },
    /// An ICMP error: destination unreachable.
    Icmp,
    /// An ICMP echo.
    Echo {
        /// It answers another.
        is_reply: bool,
    },
}

/// A segment that is ready to be made by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// Data that came before.
    OldDuplicate,
    /// A reset that its sender has not sent.
    ForgedReset,
    /// A SYN in an open connection.
    StraySyn,
}

impl Preset {
    /// All, in the order in which they are offered.
    pub const ALL: [Preset; 3] = [Preset::OldDuplicate, Preset::ForgedReset, Preset::StraySyn];
}
