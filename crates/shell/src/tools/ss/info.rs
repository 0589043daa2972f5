//! `ss -i`: what a connection knows of itself.
//!
//! Left out, because nothing here has it: pacing, the rate of delivery, how long and why a connection was busy, and what the
//! kernel learns of reordering and of its buffers.

use super::g;
use std::fmt::Write;
use std::time::Duration;
use tcp_core::Instant;
use tcp_core::net::view::{SocketRow, TimerKind};
use tcp_core::net::{Happened, PacketId, World};
use tcp_core::tcp::{Info, Segment, State};

/// The largest packet of the link, in octets.
const MTU: u32 = 1500;
/// A timeout that the kernel does not show: nothing was measured yet.
const UNTIMED: Duration = Duration::from_secs(3);
/// The largest threshold that is shown.
const THRESHOLD: u32 = 0xffff;

/// What went through a connection.
#[derive(Default)]
struct Traffic {
    segs_out: u32,
    segs_in: u32,
    data_segs_out: u32,
    data_segs_in: u32,
    bytes_sent: u32,
    bytes_again: u32,
    again: u32,
    /// When data was last sent, and when an acknowledgement came last.
    sent: Option<Instant>,
    acked: Option<Instant>,
}

/// The words about one row; empty for small entries, which hold no socket.
pub(super) fn text(world: &World, row: &SocketRow, detailed: bool, plain: bool) -> String {
    let entry =
        row.timer.kind == TimerKind::TimeWait || (row.state == State::SynReceived && row.owner.is_none());
    let Some(info) = world.host(row.host).info(row.socket, world.now()).filter(|_| !entry) else {
        return String::new();
    };
    let mut out = String::new();
    if row.state == State::Listen {
        return format!(" reno cwnd:{}", info.window.0);
    }
    if detailed {
        out += if info.timestamps { " ts" } else { "" };
        out += if info.sack { " sack" } else { "" };
    }
    out += " reno";
    measured(&mut out, &info);
    let traffic = traffic(world, row, &info);
    carried(&mut out, &info, &traffic, plain);
    if row.state != State::SynSent {
        let opened = established(world, row).unwrap_or(row.since);
        for (name, at) in [("lastsnd", traffic.sent), ("lastrcv", info.heard), ("lastack", traffic.acked)] {
            let span = world.now().since(at.unwrap_or(opened)).as_millis();
            if span > 0 {
                let _ = write!(out, " {name}:{span}");
            }
        }
    }
    rest(&mut out, &info, &traffic);
    out
}

fn measured(out: &mut String, info: &Info) {
    if let Some((peer, own)) = info.scales {
        let _ = write!(out, " wscale:{peer},{own}");
    }
    if info.rto != UNTIMED {
        let _ = write!(out, " rto:{}", g(info.rto));
    }
    if info.backoff > 0 {
        let _ = write!(out, " backoff:{}", info.backoff);
    }
    if !info.rtt.0.is_zero() {
        let _ = write!(out, " rtt:{}/{}", g(info.rtt.0), g(info.rtt.1));
    }
    if !info.ack_delay.is_zero() {
        let _ = write!(out, " ato:{}", g(info.ack_delay));
    }
    let (sends, comes, offers) = info.mss;
    let _ = write!(out, " mss:{sends} pmtu:{MTU} rcvmss:{comes} advmss:{offers} cwnd:{}", info.window.0);
    if info.window.1 < THRESHOLD {
        let _ = write!(out, " ssthresh:{}", info.window.1);
    }
}

fn carried(out: &mut String, info: &Info, traffic: &Traffic, plain: bool) {
    let (acked, received) = info.octets;
    for (name, count) in [
        ("bytes_sent", traffic.bytes_sent),
        ("bytes_retrans", traffic.bytes_again),
        ("bytes_acked", acked),
        ("bytes_received", received),
        ("segs_out", traffic.segs_out),
        ("segs_in", traffic.segs_in),
        ("data_segs_out", traffic.data_segs_out),
        ("data_segs_in", traffic.data_segs_in),
    ] {
        some(out, name, count);
    }
    let micros = tcp_core::micros(info.rtt.0);
    let bits = u64::from(info.window.0) * u64::from(info.mss.0) * 8_000_000;
    if let Some(rate) = bits.checked_div(micros) {
        let _ = write!(out, " send {}", bps(rate, plain));
    }
}

fn rest(out: &mut String, info: &Info, traffic: &Traffic) {
    let [unacked, again, lost, sacked] = info.out;
    some(out, "unacked", unacked);
    if again > 0 || traffic.again > 0 {
        let _ = write!(out, " retrans:{again}/{}", traffic.again);
    }
    some(out, "lost", lost);
    some(out, "sacked", sacked);
    some(out, "notsent", info.unsent);
    if !info.shortest.is_zero() {
        let _ = write!(out, " minrtt:{}", g(info.shortest));
    }
    some(out, "snd_wnd", info.peer_window);
}

fn some(out: &mut String, name: &str, count: u32) {
    if count > 0 {
        let _ = write!(out, " {name}:{count}");
    }
}

/// When a connection was established.
fn established(world: &World, row: &SocketRow) -> Option<Instant> {
    let facts = world.log().of_socket(row.socket);
    let opens = |what: Happened| matches!(what, Happened::Moved { row, .. } if row.to == State::Established && !row.is_loop());
    facts.filter(|fact| opens(fact.what)).map(|fact| fact.at).last()
}

fn traffic(world: &World, row: &SocketRow, info: &Info) -> Traffic {
    let mut all = Traffic { segs_in: u32::from(info.passive), ..Traffic::default() };
    let handshake = |segment: &Segment| info.passive && segment.is_syn();
    for fact in world.log().of_socket(row.socket) {
        let segment = |packet: PacketId| world.packet(packet).packet();
        match fact.what {
            Happened::Sent { packet, .. } => {
                let packet = segment(packet);
                let Some(segment) = packet.segment() else { continue };
                all.again += u32::from(packet.again > 0);
                if handshake(segment) {
                    continue;
                }
                let octets = segment.data_len();
                all.segs_out += 1;
                all.data_segs_out += u32::from(octets > 0);
                all.bytes_sent += octets;
                all.bytes_again += if packet.again > 0 { octets } else { 0 };
                if octets > 0 {
                    all.sent = all.sent.max(Some(fact.at));
                }
            }
            Happened::Arrived { packet, .. } => {
                let Some(segment) = segment(packet).segment().filter(|segment| !handshake(segment)) else {
                    continue;
                };
                all.segs_in += 1;
                all.data_segs_in += u32::from(segment.data_len() > 0);
                if segment.is_ack() {
                    all.acked = all.acked.max(Some(fact.at));
                }
            }
            _ => {}
        }
    }
    all
}

/// A rate as `ss` prints it: `3.22Gbps`, or, with `-n`, in full.
fn bps(rate: u64, plain: bool) -> String {
    if plain {
        return format!("{rate}bps");
    }
    const UNITS: [(u64, &str); 4] =
        [(1_000_000_000_000, "T"), (1_000_000_000, "G"), (1_000_000, "M"), (1000, "k")];
    match UNITS.into_iter().find(|(least, _)| rate >= *least) {
        // Three digits, and no zeros at the end.
        Some((unit, name)) => format!("{}{name}bps", super::digits(rate.saturating_mul(1000) / unit, 3)),
        None => format!("{rate}bps"),
    }
}
