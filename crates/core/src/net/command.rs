//! What the world accepts: typed and imperative.

use super::firewall::{ChainName, Policy, Rule};
use super::{Endpoint, Errno, Family, HostId, Ipv6, PacketId, SocketId};
use crate::tcp::{Flags, Notice, Payload, Segment};
use std::time::Duration;

/// The process that holds a socket. Given out by the shell; the world only keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProcessId(pub u32);

/// Names a rule by which the network loses or duplicates. Never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LossId(pub u32);

/// Which segments the network loses or duplicates, by exact flags among SYN, ACK, FIN, RST.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LossRule {
    /// The sender.
    pub from: HostId,
    /// Exactly these of SYN, ACK, FIN and RST; `None` is any.
    pub flags: Option<Flags>,
    /// With or without data.
    pub payload: PayloadMatch,
    /// How many it still takes; `None` is for ever.
    pub left: Option<u32>,
}

/// With or without data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PayloadMatch {
    /// Either.
    Any,
    /// Without data.
    Empty,
    /// With data.
    Data,
}

/// A constant of a host that `sysctl` may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// `net.ipv4.tcp_syn_retries`
    SynRetries(u32),
    /// `net.ipv4.tcp_syn_linear_timeouts`
    SynLinearTimeouts(u32),
    /// `net.ipv4.tcp_synack_retries`
    SynackRetries(u32),
    /// `net.ipv4.tcp_retries2`
    Retries2(u32),
    /// `net.ipv4.tcp_orphan_retries`
    OrphanRetries(u32),
    /// `net.ipv4.tcp_fin_timeout`, seconds
    FinTimeout(u32),
    /// `net.ipv4.tcp_rto_min_us`
    RtoMin(u32),
    /// `net.ipv4.tcp_rto_max_ms`
    RtoMax(u32),
    /// `net.ipv4.ip_local_port_range`
    PortRange(u16, u16),
    /// `net.core.somaxconn`
    Somaxconn(u32),
    /// `net.ipv4.tcp_abort_on_overflow`
    AbortOnOverflow(bool),
    /// `net.ipv4.tcp_syncookies`: 0 never, 1 when there are too many, 2 always
    Syncookies(u32),
    /// `net.ipv4.tcp_tw_reuse`
    TwReuse(u32),
    /// `net.ipv4.tcp_timestamps`
    Timestamps(bool),
    /// `net.ipv4.tcp_max_syn_backlog`
    MaxSynBacklog(u32),
}

/// A wish to the world. Every command is refused or done at once; what takes time is told by a [`Wake`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// `socket()`. Answers [`Answer::Socket`].
    Socket {
        /// Where.
        host: HostId,
        /// For whom.
        owner: ProcessId,
    },
    /// `setsockopt(SO_REUSEADDR)`.
    ReuseAddr {
        /// Of which socket.
        socket: SocketId,
    },
    /// `setsockopt(SO_REUSEPORT)`.
    ReusePort {
        /// Of which socket.
        socket: SocketId,
    },
    /// Says what `socket()` made the socket for, if not [`Family::V4`].
    SetFamily {
        /// Which socket.
        socket: SocketId,
        /// For what.
        family: Family,
    },
    /// `setsockopt(SO_LINGER)` with a time of zero: `close()` will abort.
    LingerZero {
        /// Of which socket.
        socket: SocketId,
    },
    /// `bind()`. Port 0 takes an ephemeral one.
    Bind {
        /// Which socket.
        socket: SocketId,
        /// To what.
        to: Endpoint,
    },
    /// `listen()`. `backlog + 1` connections may wait.
    Listen {
        /// Which socket.
        socket: SocketId,
        /// How many may wait, less one.
        backlog: u32,
    },
    /// `connect()`, not blocking: [`Errno`] at once, or [`Answer::Done`] and later a wake with
    /// [`Notice::Connected`], [`Notice::Reset`] or [`Notice::TimedOut`]; then [`Command::TakeError`] tells.
    Connect {
        /// Which socket.
        socket: SocketId,
        /// Where to.
        to: Endpoint,
    },
    /// `accept()`. Answers [`Answer::Accepted`] or [`Errno::Again`].
    Accept {
        /// The listener.
        socket: SocketId,
        /// Who will hold the new socket.
        owner: ProcessId,
    },
    /// `send()`. Answers [`Answer::Count`], or [`Errno::Pipe`] and so on.
    Send {
        /// Which socket.
        socket: SocketId,
        /// What.
        data: Payload,
    },
    /// `recv()`. Answers [`Answer::Data`], empty at the end of the stream, or [`Errno::Again`].
    Recv {
        /// Which socket.
        socket: SocketId,
        /// At most this many octets.
        max: usize,
    },
    /// `shutdown(SHUT_WR)`: no more data from here.
    Shutdown {
        /// Which socket.
        socket: SocketId,
    },
    /// `close()`: also what the kernel does with each socket of a process that ends.
    Close {
        /// Which socket.
        socket: SocketId,
    },
    /// `ss -K`: a connection is ended from outside. Its program gets [`Errno::ConnAborted`].
    Abort {
        /// Which socket.
        socket: SocketId,
    },
    /// `getsockopt(SO_ERROR)`. Answers [`Answer::Error`], and forgets it.
    TakeError {
        /// Which socket.
        socket: SocketId,
    },
    /// `iptables -I CHAIN [NUMBER]`, counted from 1. Refused with [`Errno::Invalid`] if the number is beyond the end.
    InsertRule {
        /// Whose firewall.
        host: HostId,
        /// Which chain.
        chain: ChainName,
        /// Its place, from 1.
        number: usize,
        /// The rule.
        rule: Rule,
    },
    /// `iptables -A CHAIN`
    AppendRule {
        /// Whose firewall.
        host: HostId,
        /// Which chain.
        chain: ChainName,
        /// The rule.
        rule: Rule,
    },
    /// `iptables -D CHAIN rule`; [`Errno::Invalid`] if there is none like it.
    DeleteRule {
        /// Whose firewall.
        host: HostId,
        /// Which chain.
        chain: ChainName,
        /// The rule.
        rule: Rule,
    },
    /// `iptables -D CHAIN NUMBER`; [`Errno::Invalid`] if there is none.
    DeleteRuleAt {
        /// Whose firewall.
        host: HostId,
        /// Which chain.
        chain: ChainName,
        /// Its place, from 1.
        number: usize,
    },
    /// `iptables -F [CHAIN]`
    FlushRules {
        /// Whose firewall.
        host: HostId,
        /// Which chain; `None` is all.
        chain: Option<ChainName>,
    },
    /// `iptables -Z [CHAIN]`
    ZeroCounters {
        /// Whose firewall.
        host: HostId,
        /// Which chain; `None` is all.
        chain: Option<ChainName>,
    },
    /// `iptables -P CHAIN ACCEPT|DROP`
    SetPolicy {
        /// Whose firewall.
        host: HostId,
        /// Which chain.
        chain: ChainName,
        /// What happens to a packet that no rule takes.
        policy: Policy,
    },
    /// `ip addr add`, for IPv6: in place of the one it had, in a network of 64 bits.
    AddAddress {
        /// Whose.
        host: HostId,
        /// The address.
        address: Ipv6,
    },
    /// `sysctl -w`
    Configure {
        /// Whose constant.
        host: HostId,
        /// Which, and its new value.
        setting: Setting,
    },
    /// The wire takes this long from `from` on.
    SetDelay {
        /// The sending host.
        from: HostId,
        /// One way.
        delay: Duration,
    },
    /// The network loses what fits.
    Lose(LossRule),
    /// The network no longer loses what this rule takes, however many were left; [`Errno::Invalid`] if there is none
    /// like it.
    StopLosing(LossRule),
    /// The network delivers twice what fits.
    Duplicate(LossRule),
    /// The network loses and duplicates nothing any more.
    ClearNetwork,
    /// Does something to a packet on the wire; [`Errno::Invalid`] if it is not there, or not such that this can be done.
    OnWire {
        /// Which packet.
        packet: PacketId,
        /// What.
        act: WireAct,
    },
    /// Puts a segment on the wire, as if its source had sent it; [`Errno::HostUnreach`] if nobody has the destination.
    Inject {
        /// The source, which may be any.
        src: Endpoint,
        /// The destination.
        dst: Endpoint,
        /// The segment.
        segment: Box<Segment>,
    },
    /// Makes the machine that is imitated another in what nobody there could change.
    Imitate(Circumstance),
}

/// What can be done to a packet on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WireAct {
    /// It is lost.
    Drop,
    /// It waits where it is.
    Hold,
    /// It goes on.
    Release,
    /// A second one of it follows.
    Duplicate,
}

/// A circumstance of the machine that is imitated, in which two runs of the same kernel differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Circumstance {
    /// Where the slots of the hosts' timer wheels begin.
    TimerPhase(Duration),
    /// How long a program takes to notice that the peer has closed. It is a race on a real machine: if it takes longer
    /// than the kernel waits, an ACK goes ahead of the program's own FIN.
    TimeToNotice(Duration),
}

/// Whom a command is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Host(HostId),
    /// The host that has this socket.
    Socket(SocketId),
    Network,
    Wire,
    Circumstances,
}

impl Command {
    /// Whom it is for.
    pub(super) const fn target(&self) -> Target {
        match *self {
            Command::Socket { host, .. }
            | Command::InsertRule { host, .. }
            | Command::AppendRule { host, .. }
            | Command::DeleteRule { host, .. }
            | Command::DeleteRuleAt { host, .. }
            | Command::FlushRules { host, .. }
            | Command::ZeroCounters { host, .. }
            | Command::SetPolicy { host, .. }
            | Command::AddAddress { host, .. }
            | Command::Configure { host, .. } => Target::Host(host),
            Command::ReuseAddr { socket }
            | Command::ReusePort { socket }
            | Command::SetFamily { socket, .. }
            | Command::LingerZero { socket }
            | Command::Bind { socket, .. }
            | Command::Listen { socket, .. }
            | Command::Connect { socket, .. }
            | Command::Accept { socket, .. }
            | Command::Send { socket, .. }
            | Command::Recv { socket, .. }
            | Command::Shutdown { socket }
            | Command::Close { socket }
            | Command::Abort { socket }
            | Command::TakeError { socket } => Target::Socket(socket),
            Command::SetDelay { .. }
            | Command::Lose(_)
            | Command::StopLosing(_)
            | Command::Duplicate(_)
            | Command::ClearNetwork => Target::Network,
            Command::OnWire { .. } | Command::Inject { .. } => Target::Wire,
            Command::Imitate(_) => Target::Circumstances,
        }
    }
}

/// What a command gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Done; nothing to tell.
    Done,
    /// A new socket.
    Socket(SocketId),
    /// A connection from the queue.
    Accepted {
        /// The new socket.
        socket: SocketId,
        /// The peer.
        peer: Endpoint,
    },
    /// Octets taken.
    Count(usize),
    /// Octets received; none at the end of the stream.
    Data(Payload),
    /// The pending error, if any.
    Error(Option<Errno>),
}

/// Something happened to a socket that a process holds. The process may now call again what was refused with
/// [`Errno::Again`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Wake {
    /// Which socket.
    pub socket: SocketId,
    /// Who holds it.
    pub owner: ProcessId,
    /// What happened; [`Notice::Readable`] on a listener means that a connection waits.
    pub notice: Notice,
}
