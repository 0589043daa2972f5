//! Files of `/proc/net`, and `/proc/version`.

use super::{OnHost, netstat, route, snmp};
use std::time::Duration;
use tcp_core::net::view::{SocketRow, TimerKind};
use tcp_core::net::{Endpoint, Family, IpAddr, World};
use tcp_core::tcp::State;

/// The files that [`read`] knows.
pub(super) const FILES: [&str; 6] = [
    "/proc/net/dev",
    "/proc/net/netstat",
    "/proc/net/snmp",
    "/proc/net/sockstat",
    "/proc/net/tcp",
    "/proc/version",
];

/// Text of one of them; `None` if there is no such file.
pub(super) fn read(path: &str, here: &OnHost<'_>) -> Option<String> {
    let (world, host) = (&*here.world, here.host);
    match path {
        "/proc/net/tcp" => Some(tcp(world, &world.sockets(host))),
        "/proc/net/snmp" => Some(snmp::snmp(world, host)),
        "/proc/net/dev" => Some(route::devices(world, host)),
        "/proc/net/sockstat" => Some(sockstat(&world.sockets(host))),
        "/proc/net/netstat" => Some(snmp::netstat(world, host)),
        // Who compiled it, and with what, nothing in the lab decides.
        "/proc/version" => {
            Some(format!("Linux version {} {}\n", world.profile(host).name.release(), super::host::VERSION))
        }
        _ => None,
    }
}

/// `/proc/net/sockstat`: how many sockets there are. Memory counts in pages of 4096 octets.
fn sockstat(rows: &[SocketRow]) -> String {
    let half_open = |row: &SocketRow| row.state == State::SynReceived && row.owner.is_none();
    let waits = |row: &&SocketRow| row.timer.kind == TimerKind::TimeWait;
    let own: Vec<&SocketRow> = rows.iter().filter(|row| !waits(row) && !half_open(row)).collect();
    let used = own.iter().filter(|row| row.owner.is_some()).count();
    let inuse = own.iter().filter(|row| row.family == Family::V4).count();
    let pages: u64 =
        own.iter().map(|row| (u64::from(row.send_q) + u64::from(row.recv_q)).div_ceil(4096)).sum();
    format!(
        "sockets: used {used}\nTCP: inuse {inuse} orphan {} tw {} alloc {} mem {pages}\nUDP: inuse 0 mem 0\n\
         UDPLITE: inuse 0\nRAW: inuse 0\nFRAG: inuse 0 memory 0\n",
        own.len() - used,
        rows.iter().filter(waits).count(),
        own.len(),
    )
}

/// Width of a line of `/proc/net/tcp`, without its end.
const WIDTH: usize = 149;

/// `/proc/net/tcp`: the sockets of IPv4, each with the kernel's numbers about it.
fn tcp(world: &World, rows: &[SocketRow]) -> String {
    const HEADER: &str =
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";
    let mut out = format!("{HEADER:<WIDTH$}\n");
    for (at, row) in rows.iter().filter(|row| row.family == Family::V4).enumerate() {
        let line = line(world, at, row);
        out += &format!("{line:<WIDTH$}\n");
    }
    out
}

fn line(world: &World, at: usize, row: &SocketRow) -> String {
    let half_open = row.state == State::SynReceived && row.owner.is_none();
    let waits = row.timer.kind == TimerKind::TimeWait;
    let (kind, again, probes) = match row.timer.kind {
        TimerKind::Off => (0, 0, 0),
        TimerKind::On if half_open => (1, row.timer.resent, 0),
        TimerKind::On => (1, row.timer.retransmits, 0),
        TimerKind::Keepalive => (2, 0, row.timer.probes),
        TimerKind::TimeWait => (3, 0, 0),
        TimerKind::Probe => (4, row.timer.retransmits, row.timer.probes),
    };
    let when = if kind == 0 { 0 } else { hundredths(row.timer.left) };
    let mut line = format!(
        "{at:>4}: {} {} {:02X} {:08X}:{:08X} {kind:02X}:{when:08X} {again:08X} {:>5} {probes:>8} {} ",
        end(row.local),
        end(row.foreign.unwrap_or(Endpoint::any(0))),
        number(row.state),
        row.send_q,
        row.recv_q,
        row.uid.0,
        netstat::inode(row)
    );
    // A kernel scrambles the addresses that it shows.
    let address = (u64::from(row.socket.0) + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) & 0xffff_ffff;
    let held = match (waits, half_open, row.state) {
        (true, ..) => 3,
        (_, true, _) => 0,
        (
            _,
            _,
            State::Established
            | State::FinWait1
            | State::FinWait2
            | State::CloseWait
            | State::LastAck
            | State::Closing,
        ) if kind == 0 => 1,
        _ => 2,
    };
    line += &format!("{held} {address:016x}");
    if !(waits || half_open)
        && let Some(info) = world.host(row.host).info(row.socket, world.now())
    {
        let (window, threshold) = info.window;
        let threshold = match (row.state, threshold) {
            (State::Listen, _) => "0".to_owned(),
            (_, 0x7fff_ffff..) => "-1".to_owned(),
            (_, some) => some.to_string(),
        };
        let tcp = &world.profile(row.host).tcp;
        let rto = if row.state == State::Listen { tcp.rto_initial } else { info.rto };
        line += &format!(" {} {} 0 {window} {threshold}", hundredths(rto), hundredths(info.ack_delay));
    }
    line
}

/// An end as the kernel writes it: the octets of the address as a number of this machine.
fn end(end: Endpoint) -> String {
    let address = match end.addr {
        IpAddr::V4(addr) => u32::from_le_bytes(addr.octets()),
        IpAddr::V6(_) => 0,
    };
    format!("{address:08X}:{:04X}", end.port)
}

fn hundredths(span: Duration) -> u128 {
    span.as_millis() / 10
}

/// The kernel's number of a state.
const fn number(state: State) -> u32 {
    match state {
        State::Established => 1,
        State::SynSent => 2,
        State::SynReceived => 3,
        State::FinWait1 => 4,
        State::FinWait2 => 5,
        State::TimeWait => 6,
        State::Closed => 7,
        State::CloseWait => 8,
        State::LastAck => 9,
        State::Listen => 10,
        State::Closing => 11,
    }
}
