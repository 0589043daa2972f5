//! The octets of a packet: IP, TCP with its options in the order in which Linux writes them, ICMP errors.

use tcp_core::Instant;
use tcp_core::net::{Echo, Endpoint, IpAddr, Unreachable};
use tcp_core::tcp::{Options, Segment};

const TCP: u8 = 6;
const ICMP: u8 = 1;

/// Octets of a packet that an ICMP error quotes, at most: it fits into 576 (RFC 1812 §4.3.2.3).
const QUOTED: usize = 576 - 20 - 8;

/// What an IP header says beside lengths.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ip {
    pub(super) id: u16,
    pub(super) src: IpAddr,
    pub(super) dst: IpAddr,
}

/// A segment in its packet. `shift` is the window scale of its sender.
pub(super) fn tcp(ip: Ip, (src, dst): (u16, u16), segment: &Segment, shift: u8) -> Vec<u8> {
    let options = options(&segment.options, (ip.src, ip.dst));
    let window = u16::try_from(segment.window >> shift.min(14)).unwrap_or(u16::MAX);
    let ack = if segment.is_ack() { segment.ack.0 } else { 0 };
    let words = (20 + options.len()) / 4;
    let mut out = Vec::with_capacity(20 + options.len() + segment.payload.len());
    out.extend(src.to_be_bytes());
    out.extend(dst.to_be_bytes());
    out.extend(segment.seq.0.to_be_bytes());
    out.extend(ack.to_be_bytes());
    out.extend([small(words << 4), segment.flags.bits()]);
    out.extend(window.to_be_bytes());
    out.extend([0; 4]);
    out.extend(options);
    out.extend_from_slice(&segment.payload);
    let sum = checksum(&[&pseudo(ip, TCP, out.len()), &out]);
    put(&mut out, 16, sum);
    packet(ip, TCP, 0, &out)
}

/// An ICMP echo. Its data begins with the time, which is left out here.
pub(super) fn echo(ip: Ip, echo: Echo) -> Vec<u8> {
    let mut out = vec![if echo.is_reply { 0 } else { 8 }, 0, 0, 0];
    out.extend(echo.id.to_be_bytes());
    out.extend(echo.number.to_be_bytes());
    out.extend((0..echo.octets).map(|at| if at < 16 { 0 } else { at.to_be_bytes()[1] }));
    let sum = checksum(&[&out]);
    put(&mut out, 2, sum);
    packet(ip, ICMP, 0, &out)
}

/// An ICMP error that quotes a packet.
pub(super) fn icmp(ip: Ip, why: Unreachable, quoted: &[u8]) -> Vec<u8> {
    let mut out = vec![3, why.code(), 0, 0, 0, 0, 0, 0];
    out.extend_from_slice(quoted.get(..QUOTED).unwrap_or(quoted));
    let sum = checksum(&[&out]);
    put(&mut out, 2, sum);
    packet(ip, ICMP, 0xc0, &out)
}

fn packet(ip: Ip, protocol: u8, tos: u8, body: &[u8]) -> Vec<u8> {
    let mut out = match (ip.src, ip.dst) {
        (IpAddr::V4(src), IpAddr::V4(dst)) => {
            let total = u16::try_from(20 + body.len()).unwrap_or(u16::MAX);
            // TCP and ping let no router cut their packets.
            let uncut = protocol == TCP || (protocol == ICMP && body.first() == Some(&8));
            let fragment = if uncut { 0x40 } else { 0 };
            let [total, id] = [total, ip.id].map(u16::to_be_bytes);
            let mut out = vec![0x45, tos, total[0], total[1], id[0], id[1], fragment, 0, 64, protocol, 0, 0];
            out.extend(src.octets());
            out.extend(dst.octets());
            let sum = checksum(&[&out]);
            put(&mut out, 10, sum);
            out
        }
        (src, dst) => {
            let length = u16::try_from(body.len()).unwrap_or(u16::MAX).to_be_bytes();
            let label = ip.id.to_be_bytes();
            let mut out = vec![0x60, 0, label[0], label[1], length[0], length[1], protocol, 64];
            out.extend(octets_of(src));
            out.extend(octets_of(dst));
            out
        }
    };
    out.extend_from_slice(body);
    out
}

fn octets_of(addr: IpAddr) -> Vec<u8> {
    match addr {
        IpAddr::V4(addr) => addr.octets().to_vec(),
        IpAddr::V6(addr) => addr.octets().to_vec(),
    }
}

/// The header over which TCP's checksum goes beside the segment (RFC 9293 §3.1).
fn pseudo(ip: Ip, protocol: u8, len: usize) -> Vec<u8> {
    let mut out = octets_of(ip.src);
    out.extend(octets_of(ip.dst));
    out.extend(u32::try_from(len).unwrap_or(0).to_be_bytes());
    out.extend([0, 0, 0, protocol]);
    out
}

/// The Internet checksum of parts, each of which but the last has an even length (RFC 1071). It is 0 over octets that
/// contain their own.
pub fn checksum(parts: &[&[u8]]) -> u16 {
    let word = |pair: &[u8]| u64::from(pair[0]) << 8 | u64::from(pair.get(1).copied().unwrap_or(0));
    let mut sum: u64 = parts.iter().flat_map(|part| part.chunks(2)).map(word).sum();
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    !u16::try_from(sum).unwrap_or(0)
}

fn put(out: &mut [u8], at: usize, value: u16) {
    if let Some(place) = out.get_mut(at..at + 2) {
        place.copy_from_slice(&value.to_be_bytes());
    }
}

/// The options, padded to words.
fn options(options: &Options, (src, dst): (IpAddr, IpAddr)) -> Vec<u8> {
    let mut out = Vec::new();
    if let Some(mss) = options.mss {
        out.extend([2, 4]);
        out.extend(mss.to_be_bytes());
    }
    match options.timestamps {
        Some(timestamps) => {
            out.extend(if options.sack_permitted { [4, 2, 8, 10] } else { [1, 1, 8, 10] });
            out.extend(stamp(timestamps.value, src, dst).to_be_bytes());
            out.extend(timestamps.echo.map_or(0, |echo| stamp(echo, dst, src)).to_be_bytes());
        }
        None if options.sack_permitted => out.extend([1, 1, 4, 2]),
        None => {}
    }
    if let Some(shift) = options.window_scale {
        out.extend([1, 3, 3, shift]);
    }
    let room = (40 - out.len().min(40)).saturating_sub(4) / 8;
    let blocks = options.sacks.len().min(room);
    if blocks > 0 {
        out.extend([1, 1, 5, small(2 + 8 * blocks)]);
        for block in options.sacks.iter().take(blocks) {
            out.extend(block.start.0.to_be_bytes());
            out.extend(block.end.0.to_be_bytes());
        }
    }
    out
}

/// A timestamp, in milliseconds of a clock that begins anywhere, but at the same place from one address to another.
fn stamp(at: Instant, from: IpAddr, to: IpAddr) -> u32 {
    let millis = u32::try_from((at.as_micros() / 1000) & 0xffff_ffff).unwrap_or(0);
    mixed(Endpoint::new(from, 0), Endpoint::new(to, 0)).wrapping_add(millis)
}

fn small(number: usize) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

/// A number that follows from two ends and looks like any other (FNV-1a).
pub(super) fn mixed(src: Endpoint, dst: Endpoint) -> u32 {
    let mut octets = octets_of(src.addr);
    octets.extend(octets_of(dst.addr));
    octets.extend(src.port.to_be_bytes());
    octets.extend(dst.port.to_be_bytes());
    octets.iter().fold(0x811c_9dc5, |sum, octet| (sum ^ u32::from(*octet)).wrapping_mul(0x0100_0193))
}
