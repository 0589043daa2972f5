//! What happened, as data.

use std::fmt;
use tcp_core::Instant;
use tcp_core::net::firewall::ChainName;
use tcp_core::net::{Body, CallName, Device, Errno, HostId, IpAddr, LossRule, Passage, QdiscDrop};
use tcp_core::tcp::{Discard, Flags, Row, Segment};

/// Names a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PacketName {
    /// By its flags or its data, numbered if it is a retransmission: `SYN #2`.
    Segment {
        /// Its flags.
        flags: Flags,
        /// Octets of data.
        octets: usize,
        /// How many times the same was sent before.
        again: u32,
    },
    /// An ICMP error.
    Icmp,
    /// An ICMP echo.
    Echo {
        /// It answers another.
        is_reply: bool,
    },
}

impl PacketName {
    /// What a packet is called. Its number counts everything that its host had sent of the same, so that it agrees with how
    /// often that is said to have been sent.
    pub fn of(packet: &Passage<'_>) -> PacketName {
        match &packet.body {
            Body::Tcp(Segment { flags, payload, .. }) => {
                PacketName::Segment { flags: *flags, octets: payload.len(), again: packet.times_before() }
            }
            Body::Icmp { .. } => PacketName::Icmp,
            Body::Echo(echo) => PacketName::Echo { is_reply: echo.is_reply },
        }
    }
}

/// The name of a chain that `iptables -N` made: at most 28 octets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OwnName {
    len: usize,
    octets: [u8; OwnName::LONGEST],
}

impl OwnName {
    const LONGEST: usize = 28;

    /// Keeps a name; what does not fit is cut off.
    pub fn of(name: &str) -> OwnName {
        let len = (0..=OwnName::LONGEST).rev().find(|end| name.is_char_boundary(*end)).unwrap_or(0);
        let mut octets = [0; OwnName::LONGEST];
        let kept = octets.iter_mut().zip(name.as_bytes().iter().take(len));
        kept.for_each(|(to, from)| *to = *from);
        OwnName { len: len.min(name.len()), octets }
    }
}

impl fmt::Display for OwnName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let octets = self.octets.get(..self.len).unwrap_or_default();
        f.write_str(str::from_utf8(octets).unwrap_or_default())
    }
}

/// What stopped a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// The rule with this number in a built-in chain.
    Rule(usize, HostId, ChainName),
    /// The rule with this number in another chain, to which a built-in one led.
    OwnRule(usize, OwnName, HostId, ChainName),
    /// The policy of a chain.
    Policy(HostId, ChainName),
    /// The network.
    Network,
    /// The network interface of a host, which is down.
    Link(HostId),
    /// A host, where it waited for somebody to answer for its address.
    Lookup(HostId),
    /// The netem of a host, for this reason.
    Netem(HostId, QdiscDrop),
}

/// What became of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SegmentFate {
    /// The link still looks for its destination.
    Waits,
    /// It waits in its host's netem until this time.
    Queued(Instant),
    /// It is on the wire.
    OnItsWay,
    /// It is held on the wire: until this time, or (`None`) until somebody releases it.
    Held(Option<Instant>),
    /// It reached the other end.
    Arrived,
    /// A firewall dropped it.
    Dropped(Stopped),
    /// A firewall rejected it.
    Rejected(Stopped),
    /// The network lost it.
    Lost,
    /// No host has its destination.
    NobodyThere,
}

impl SegmentFate {
    /// A firewall or the network stopped it.
    pub const fn is_stopped(self) -> bool {
        matches!(self, SegmentFate::Dropped(_) | SegmentFate::Rejected(_) | SegmentFate::Lost)
    }
}

/// By what an edge was taken, where its row alone does not say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// Its row says all.
    Row,
    /// What came again had been answered, and no answer got through.
    AnswerStopped,
    /// What came again had been answered, and the answer is held on its way.
    AnswerHeld,
    /// What came again had left before an answer could arrive.
    LeftBefore,
    /// The host's own firewall rejected the SYN.
    Rejected(Stopped),
    /// A firewall rejected a packet, and its answer ended the connection.
    Answered {
        /// The host whose firewall it is.
        firewall: HostId,
        /// What it rejected.
        name: PacketName,
        /// The rule.
        at: Stopped,
        /// It answered with a reset; else with an ICMP error.
        reset: bool,
    },
    /// By a reset that was put on the wire by hand, as if this host had sent it.
    Forged(HostId),
    /// The connection was aborted.
    Aborted {
        /// By what.
        by: Abort,
        /// A reset left for the peer.
        reset: bool,
    },
    /// No program holds the socket any more.
    Orphan,
    /// No host has the address, so that no SYN leaves.
    NobodyThere,
}

/// What aborts a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Abort {
    /// `close()` with data unread.
    Unread,
    /// `close()` with `SO_LINGER` at 0.
    Linger,
    /// The end of the listener that had not handed it out yet.
    Listener,
    /// `ss -K`
    Killed,
}

/// Something that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report {
    /// A connection took an edge that leads back to its state.
    Stayed(HostId, &'static Row, Ground),
    /// A connection entered another state.
    Entered(HostId, &'static Row, Ground),
    /// A half-open entry ended; its listener is as it was.
    ForgotHalfOpen(HostId, &'static Row),
    /// A host without such a connection answered with a reset.
    AnsweredByReset(HostId, PacketName),
    /// A host's network interface went down, or came up again.
    Linked(HostId, bool),
    /// A firewall that rejected something answered with a reset.
    FirewallReset(HostId, PacketName),
    /// A firewall dropped it.
    Dropped(PacketName, Stopped),
    /// A firewall refused it, and its sender hears of it.
    Rejected(PacketName, Stopped),
    /// The network lost it; by this rule, if that is for a share.
    Lost(PacketName, Option<LossRule>),
    /// The network lets it take longer.
    Reordered(PacketName),
    /// The network made a second one of it.
    Duplicated(PacketName),
    /// The netem of a host made a second one of it.
    SentTwice(HostId, PacketName),
    /// It waits in the netem of a host until this time.
    Queued(HostId, PacketName, Instant),
    /// It does not wait in the netem of a host, and overtakes what does.
    Overtakes(HostId, PacketName),
    /// A device of a host has a netem, which is new or was changed; or it has none any more.
    NetemSet(HostId, Device, bool),
    /// A listener had no room for it.
    NoRoom(HostId, PacketName),
    /// A listener answered it by a cookie.
    Cookie(HostId, PacketName),
    /// No host has that address.
    NobodyThere(IpAddr),
    /// It had been received before.
    CameBefore(HostId, PacketName),
    /// It had no effect.
    Discarded(HostId, PacketName, Discard),
    /// A call failed.
    Failed(HostId, CallName, Errno),
    /// It was sent.
    Sent(HostId, PacketName),
    /// It was put on the wire by hand, as if this host had sent it.
    Injected(HostId, PacketName),
    /// It was held on its way, perhaps until a known time.
    Held(PacketName, Option<Instant>),
    /// What was held goes on.
    Released(PacketName),
    /// It reached this host.
    Reached(HostId, PacketName),
    /// No acknowledgement came in time.
    NoAnswer(HostId),
    /// What could not be sent is tried again.
    TriedOnceMore(HostId),
    /// A wait is over.
    WaitOver(HostId),
    /// The keepalive timer ran out.
    HeardNothing(HostId),
    /// An acknowledgement waited for something to carry it.
    AckWaited(HostId),
    /// A program called.
    Called(HostId, CallName),
}
