//! What a firewall would do to a segment that nobody sends.

use tcp_core::Instant;
use tcp_core::net::firewall::{ChainName, Connections, Seen, Tracked, Verdict};
use tcp_core::net::{Body, Endpoint, HostId, Packet, PacketId, World};
use tcp_core::tcp::{Flags, Segment};
use tcp_course::scenes::{Act, Kind};

/// C_m's port, if S_m's port has no connection yet.
const SOME_PORT: u16 = 40_000;

/// What this chain, as it is now, would do to such a segment of the newest connection with this port of S_m, or else of one
/// to be made. `None` if it lets the segment pass. The firewall is asked by a copy, and counts nothing.
pub(crate) fn would(
    world: &World,
    (host, chain): (HostId, ChainName),
    segment: Kind,
    port: u16,
) -> Option<Act> {
    let connected = |row: tcp_core::net::view::SocketRow| row.foreign.filter(|_| row.local.port == port);
    let foreign = world.sockets(HostId::Server).into_iter().rev().find_map(connected);
    let client = foreign.unwrap_or(Endpoint::new(HostId::Client.address(), SOME_PORT));
    let server = Endpoint::new(HostId::Server.address(), port);
    let comes_from_client = (host == HostId::Client) == (chain == ChainName::Output);
    let (from, to) =
        if comes_from_client { (HostId::Client, HostId::Server) } else { (HostId::Server, HostId::Client) };
    let (src, dst) = if comes_from_client { (client, server) } else { (server, client) };
    let flags = match segment {
        Kind::Syn => Flags::SYN,
        Kind::SynAck => Flags::SYN | Flags::ACK,
        Kind::Ack => Flags::ACK,
        Kind::Data => Flags::PSH | Flags::ACK,
        Kind::Fin => Flags::FIN | Flags::ACK,
        Kind::Rst => Flags::RST,
        Kind::Icmp => return None,
    };
    let payload = if segment == Kind::Data { b"x".as_slice() } else { b"" }.into();
    let body = Body::Tcp(Segment { flags, payload, window: 64_240, ..Segment::default() });
    let (id, now) = (PacketId(u32::MAX), world.now());
    let packet = Packet { id, from, to: Some(to), src, dst, body, again: 0, made: now };
    let tracked = if segment == Kind::Syn { Tracked::New } else { Tracked::Established };
    let seen = Seen { chain, interface: "eth0", packet: &packet, tracked, connections: &NoOther, now };
    match world.firewall(host).clone().judge(&seen, |_| ()) {
        Verdict::Accept => None,
        Verdict::Drop(_) => Some(Act::Drops),
        Verdict::Reject(..) => Some(Act::Rejects),
    }
}

/// There is no connection besides that of the segment.
#[derive(Debug)]
struct NoOther;

impl Connections for NoOther {
    fn ends(&self, _: Instant, src: Endpoint, dst: Endpoint) -> (Endpoint, Endpoint) {
        (src, dst)
    }

    fn is_open(&self, _: Instant, _: (Endpoint, Endpoint)) -> Option<bool> {
        None
    }
}
