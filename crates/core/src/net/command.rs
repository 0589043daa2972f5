//! The commands that the world accepts.

mod target;

use super::circumstance::Circumstance;
use super::firewall::{ChainId, ChainName, OwnChainId, Policy, Rule};
use super::{
    Device, Echo, Endpoint, Errno, Family, HostId, Impairment, IpAddr, LossRule, Netem, PacketId, ProcessId,
    Setting, SocketId, Uid, WireAct,
};
use crate::tcp::{KeepaliveOption, Notice, Payload, Segment};
use std::rc::Rc;
use std::time::Duration;
pub(super) use target::Target;

/// A command to the world. It is refused or carried out at once; the later results of what takes time are reported by a
/// [`Wake`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// `socket()`. Returns [`Answer::Socket`].
    Socket {
        /// Host to create it on.
        host: HostId,
        /// Process that will hold it.
        owner: ProcessId,
    },
    /// `setsockopt(SO_REUSEADDR)`.
    ReuseAddr {
        /// The socket.
        socket: SocketId,
    },
    /// `setsockopt(SO_REUSEPORT)`.
    ReusePort {
        /// The socket.
        socket: SocketId,
    },
    /// Sets the family that `socket()` made the socket for, if it is not [`Family::V4`].
    SetFamily {
        /// The socket.
        socket: SocketId,
        /// The family.
        family: Family,
    },
    /// Sets the user of the process that made the socket, if it is not root.
    SetUser {
        /// The socket.
        socket: SocketId,
        /// The user.
        uid: Uid,
    },
    /// `setsockopt(SO_LINGER)` with a time of zero: `close()` will abort.
    LingerZero {
        /// The socket.
        socket: SocketId,
    },
    /// `setsockopt(SO_KEEPALIVE)`, or one of the options beside it.
    Keepalive {
        /// The socket.
        socket: SocketId,
        /// The option.
        option: KeepaliveOption,
    },
    /// `bind()`. Port 0 takes an ephemeral one. A port below 1024 is only for root: [`Errno::Access`].
    Bind {
        /// The socket.
        socket: SocketId,
        /// Local end.
        to: Endpoint,
    },
    /// `listen()`. `backlog + 1` connections may wait.
    Listen {
        /// The socket.
        socket: SocketId,
        /// How many connections may wait, less one.
        backlog: u32,
    },
    /// `connect()`, non-blocking: [`Errno`] at once, or [`Answer::Done`] and later a wake with [`Notice::Connected`],
    /// [`Notice::Reset`] or [`Notice::TimedOut`]; the error is then read by [`Command::TakeError`]. A program whose
    /// `connect()` blocks goes on with [`Command::Disconnect`].
    Connect {
        /// The socket.
        socket: SocketId,
        /// The peer.
        to: Endpoint,
    },
    /// `accept()`. Returns [`Answer::Accepted`] or [`Errno::Again`].
    Accept {
        /// The listener.
        socket: SocketId,
        /// Process that will hold the new socket.
        owner: ProcessId,
    },
    /// `send()`. Returns [`Answer::Count`], or an error such as [`Errno::Pipe`].
    Send {
        /// The socket.
        socket: SocketId,
        /// The data.
        data: Payload,
    },
    /// `recv()`. Returns [`Answer::Data`], empty at the end of the stream, or [`Errno::Again`].
    Recv {
        /// The socket.
        socket: SocketId,
        /// Octets to read at most.
        max: usize,
    },
    /// `shutdown(SHUT_WR)`: no more data from here.
    Shutdown {
        /// The socket.
        socket: SocketId,
    },
    /// `close()`, which the kernel also does to each socket of a process that ends.
    Close {
        /// The socket.
        socket: SocketId,
    },
    /// `ss -K`: ends a connection from outside. Its program gets [`Errno::ConnAborted`].
    Abort {
        /// The socket.
        socket: SocketId,
    },
    /// Makes a socket fresh whose `connect()`, which blocked, has failed. Returns [`Answer::Socket`], its new id.
    Disconnect {
        /// The socket.
        socket: SocketId,
    },
    /// `getsockopt(SO_ERROR)`. Returns [`Answer::Error`], and clears the error.
    TakeError {
        /// The socket.
        socket: SocketId,
    },
    /// `iptables -N CHAIN`. [`Errno::Exists`] if there is such a chain.
    MakeChain {
        /// Host of the firewall.
        host: HostId,
        /// Its name.
        name: Rc<str>,
    },
    /// `iptables -X CHAIN`. [`Errno::Busy`] if it has rules, or a rule jumps to it.
    UnmakeChain {
        /// Host of the firewall.
        host: HostId,
        /// The chain.
        chain: OwnChainId,
    },
    /// `iptables -E CHAIN NAME`. [`Errno::Exists`] if there is a chain of the new name.
    RenameChain {
        /// Host of the firewall.
        host: HostId,
        /// The chain.
        chain: OwnChainId,
        /// Its new name.
        name: Rc<str>,
    },
    /// `iptables -I CHAIN [NUMBER]`, counted from 1. [`Errno::Invalid`] if the number is beyond the end, and
    /// [`Errno::TooManyLinks`] if the rule would lead a packet too deep or round.
    InsertRule {
        /// Host of the firewall.
        host: HostId,
        /// The chain.
        chain: ChainId,
        /// Number of the rule in its chain, from 1.
        number: usize,
        /// The rule.
        rule: Rule,
    },
    /// `iptables -A CHAIN`
    AppendRule {
        /// Host of the firewall.
        host: HostId,
        /// The chain.
        chain: ChainId,
        /// The rule.
        rule: Rule,
    },
    /// `iptables -D CHAIN rule`; [`Errno::Invalid`] if there is no such rule.
    DeleteRule {
        /// Host of the firewall.
        host: HostId,
        /// The chain.
        chain: ChainId,
        /// The rule.
        rule: Rule,
    },
    /// `iptables -D CHAIN NUMBER`; [`Errno::Invalid`] if there is no such rule.
    DeleteRuleAt {
        /// Host of the firewall.
        host: HostId,
        /// The chain.
        chain: ChainId,
        /// Number of the rule in its chain, from 1.
        number: usize,
    },
    /// `iptables -F [CHAIN]`
    FlushRules {
        /// Host of the firewall.
        host: HostId,
        /// The chain; `None` for all chains.
        chain: Option<ChainId>,
    },
    /// `iptables -Z [CHAIN]`
    ZeroCounters {
        /// Host of the firewall.
        host: HostId,
        /// The chain; `None` for all chains.
        chain: Option<ChainId>,
    },
    /// `iptables -P CHAIN ACCEPT|DROP`
    SetPolicy {
        /// Host of the firewall.
        host: HostId,
        /// The chain.
        chain: ChainName,
        /// What happens to a packet that no rule matches.
        policy: Policy,
    },
    /// `ip addr add`. IPv6 replaces the host's IPv6 address, in a network of 64 bits. [`Errno::Exists`] if the host has it.
    AddAddress {
        /// Host that gets the address.
        host: HostId,
        /// The address.
        address: IpAddr,
        /// Bits of the address that make its network.
        prefix: u8,
    },
    /// `ip addr del`. [`Errno::AddrNotAvail`] if the host was not given this address, and [`Errno::Busy`] if a socket has
    /// it: on Linux that would send nothing more.
    RemoveAddress {
        /// Host that loses the address.
        host: HostId,
        /// The address.
        address: IpAddr,
    },
    /// `ip route add default`, `ip route del default`: whether the host reaches what is not on its own network.
    /// [`Errno::Exists`] or [`Errno::AddrNotAvail`] if that is so already.
    SetDefaultRoute {
        /// The host.
        host: HostId,
        /// Whether it has the route.
        there: bool,
    },
    /// `ip link set eth0 up|down`
    SetLink {
        /// Host of the interface.
        host: HostId,
        /// Whether it is up.
        up: bool,
    },
    /// `tc qdisc add|change|del dev DEVICE root netem`. A netem that is there is changed: it keeps its handle, and what
    /// waits in it. [`Errno::Invalid`] if there is nothing to remove.
    SetQdisc {
        /// The host.
        host: HostId,
        /// The device.
        device: Device,
        /// Number of a new one; 0 for the next that is free.
        handle: u16,
        /// What it does; `None` to remove it.
        netem: Option<Netem>,
    },
    /// Sends an ICMP echo request. [`Errno::NetUnreach`] if there is no way.
    Ping {
        /// Host that asks.
        host: HostId,
        /// Address that is asked.
        to: IpAddr,
        /// What it sends.
        echo: Echo,
    },
    /// Sends a segment that a program has made. [`Errno::NetUnreach`] if there is no way.
    SendRaw {
        /// Host that sends.
        host: HostId,
        /// The source, which may be any.
        src: Endpoint,
        /// The destination.
        dst: Endpoint,
        /// The segment.
        segment: Box<Segment>,
    },
    /// `sysctl -w`
    Configure {
        /// Host of the constant.
        host: HostId,
        /// The constant and its new value.
        setting: Setting,
    },
    /// Sets the one-way delay of what `from` sends.
    SetDelay {
        /// The sending host.
        from: HostId,
        /// One-way delay.
        delay: Duration,
    },
    /// Makes the network do this to the segments that match. A rule for a share of them takes the place of another for a
    /// share of the same.
    Impair(Impairment, LossRule),
    /// Removes a rule by which the network does this to the same segments, however many it had left: the first for a
    /// share if `takes` is one, and else the first of any kind, but one for a share last. [`Errno::Invalid`] if there is
    /// no such rule.
    Spare(Impairment, LossRule),
    /// Removes all rules by which the network loses, duplicates or reorders.
    ClearNetwork,
    /// Acts on a packet on the wire; [`Errno::Invalid`] if the packet is not there, or this cannot be done to it now.
    OnWire {
        /// The packet.
        packet: PacketId,
        /// The action.
        act: WireAct,
    },
    /// Puts a segment on the wire as if its source had sent it; [`Errno::HostUnreach`] if no host has the destination.
    Inject {
        /// The source, which may be any endpoint.
        src: Endpoint,
        /// The destination.
        dst: Endpoint,
        /// The segment.
        segment: Box<Segment>,
    },
    /// Changes a circumstance of the imitated machine that nobody there could change.
    Imitate(Circumstance),
}

/// The result of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Done, with nothing to return.
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
    /// Number of octets that were taken.
    Count(usize),
    /// Octets that were received; empty at the end of the stream.
    Data(Payload),
    /// The pending error, if any.
    Error(Option<Errno>),
}

/// Something happened to a socket that a process holds. The process may now repeat a call that was refused with
/// [`Errno::Again`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Wake {
    /// The socket.
    pub socket: SocketId,
    /// Process that holds it.
    pub owner: ProcessId,
    /// What happened; [`Notice::Readable`] on a listener means that a connection waits.
    pub notice: Notice,
}
