//! A segment as tcpdump prints it, with numbers relative to its conversation.

use super::ip::{Ip, corrected};
use super::options::Options;
use super::text;
use crate::capture::checksum;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::net::IpAddr;

/// The numbers with which conversations began, by their ends in sorted order.
#[derive(Clone, Debug, Default)]
pub(super) struct Conversations(BTreeMap<[(u16, IpAddr); 2], (u32, u32)>);

/// What is subtracted from the numbers of one segment.
#[derive(Clone, Copy, Debug, Default)]
struct Origin {
    seq: u32,
    ack: u32,
    /// From which SACK blocks count.
    sack: u32,
}

impl Conversations {
    /// The numbers that a segment with an acknowledgement is shown relative to. The first of a conversation, and each
    /// SYN, is shown with its own, and begins to count.
    fn origin(&mut self, ends: [(u16, IpAddr); 2], seq: u32, ack: u32, is_syn: bool) -> Origin {
        let [src, dst] = ends;
        let reversed = src > dst;
        let key = if reversed { [dst, src] } else { ends };
        let known = self.0.get(&key).copied().filter(|_| !is_syn);
        let (one, other) = known.unwrap_or_else(|| {
            let new = if reversed { (ack.wrapping_sub(1), seq) } else { (seq, ack.wrapping_sub(1)) };
            self.0.insert(key, new);
            new
        });
        let sack = if reversed { one } else { other };
        match known {
            Some(_) if reversed => Origin { seq: other, ack: one, sack },
            Some(_) => Origin { seq: one, ack: other, sack },
            None => Origin { seq: 0, ack: 0, sack },
        }
    }

    /// Prints a segment. `end` writes an address and a port.
    pub(super) fn segment(
        &mut self,
        with: &Options,
        ip: &Ip<'_>,
        end: impl Fn(IpAddr, u16) -> String,
        out: &mut String,
    ) {
        let octets = ip.body;
        let long = |at: usize| {
            let long = octets.get(at..at + 4).and_then(|long| long.try_into().ok());
            long.map_or(0, u32::from_be_bytes)
        };
        let (Some(first), true) = (octets.get(..20), ip.length >= 20) else {
            out.push_str("[|tcp]");
            return;
        };
        let word = |at: usize| u16::from_be_bytes([first[at], first[at + 1]]);
        let (src, dst) = (word(0), word(2));
        let _ = write!(out, "{} > {}: ", end(ip.src, src), end(ip.dst, dst));
        let header = usize::from(first[12] >> 4) * 4;
        if header < 20 || header > ip.length {
            let _ = write!(out, "tcp {} [bad hdr length {header} - too long, > {}]", ip.length, ip.length);
            return;
        }
        let data = ip.length - header;
        if with.quick {
            let _ = write!(out, "tcp {data}");
            return;
        }
        let (seq, ack, flags) = (long(4), long(8), first[13]);
        let _ = write!(out, "Flags [{}]", letters(flags));
        if with.verbose > 0 && !with.unchecked && octets.len() == ip.length {
            out.push_str(&sum(ip, word(16)));
        }
        let mut origin = Origin::default();
        if !with.absolute && flags & 0x10 != 0 {
            origin = self.origin([(src, ip.src), (dst, ip.dst)], seq, ack, flags & 2 != 0);
        }
        let seq = seq.wrapping_sub(origin.seq);
        if with.verbose > 1 || data > 0 || flags & 7 != 0 {
            let _ = write!(out, ", seq {seq}");
            if data > 0 {
                let _ = write!(out, ":{}", seq.wrapping_add(u32::try_from(data).unwrap_or(0)));
            }
        }
        if flags & 0x10 != 0 {
            let _ = write!(out, ", ack {}", ack.wrapping_sub(origin.ack));
        }
        let _ = write!(out, ", win {}", word(14));
        if flags & 0x20 != 0 {
            let _ = write!(out, ", urg {}", word(18));
        }
        if header > 20 {
            let _ = write!(
                out,
                ", options [{}]",
                options(octets.get(20..header).unwrap_or_default(), origin.sack)
            );
        }
        let _ = write!(out, ", length {data}");
        if data > 0 {
            text::print((src, dst), octets.get(header..).unwrap_or_default(), with.verbose, out);
        }
    }
}

/// `S.` for SYN and ACK; `none` for no flag.
fn letters(flags: u8) -> String {
    const LETTERS: [char; 8] = ['F', 'S', 'R', 'P', '.', 'U', 'E', 'W'];
    let set = LETTERS.iter().enumerate().filter(|(bit, _)| flags & (1 << bit) != 0);
    let text: String = set.map(|(_, letter)| *letter).collect();
    if text.is_empty() { "none".to_owned() } else { text }
}

fn sum(ip: &Ip<'_>, had: u16) -> String {
    let octets_of = |address: IpAddr| match address {
        IpAddr::V4(address) => address.octets().to_vec(),
        IpAddr::V6(address) => address.octets().to_vec(),
    };
    let length = u32::try_from(ip.length).unwrap_or(0).to_be_bytes();
    let over = checksum(&[&octets_of(ip.src), &octets_of(ip.dst), &length, &[0, 6], ip.body]);
    match over {
        0 => format!(", cksum 0x{had:04x} (correct)"),
        over => format!(", cksum 0x{had:04x} (incorrect -> 0x{:04x})", corrected(had, over)),
    }
}

/// The options, between commas.
fn options(mut rest: &[u8], origin: u32) -> String {
    let mut out: Vec<String> = Vec::new();
    while let Some((&kind, after)) = rest.split_first() {
        match kind {
            0 => {
                out.push("eol".to_owned());
                break;
            }
            1 => {
                out.push("nop".to_owned());
                rest = after;
                continue;
            }
            _ => {}
        }
        let length = usize::from(after.first().copied().unwrap_or(0));
        let Some(value) = rest.get(2..length) else {
            out.push("[|tcp]".to_owned());
            break;
        };
        let number = |octets: &[u8]| octets.iter().fold(0_u32, |sum, octet| sum << 8 | u32::from(*octet));
        out.push(match (kind, value.len()) {
            (2, 2) => format!("mss {}", number(value)),
            (3, 1) => format!("wscale {}", value[0]),
            (4, 0) => "sackOK".to_owned(),
            (5, octets) if octets > 0 && octets % 8 == 0 => {
                let edge = |at: usize| number(&value[at..at + 4]).wrapping_sub(origin);
                let blocks = (0..octets).step_by(8).map(|at| format!("{{{}:{}}}", edge(at), edge(at + 4)));
                format!("sack {} {}", octets / 8, blocks.collect::<String>())
            }
            (8, 8) => format!("TS val {} ecr {}", number(&value[..4]), number(&value[4..])),
            _ => {
                let octets: String = value.iter().map(|octet| format!("{octet:02x}")).collect();
                format!("unknown-{kind} 0x{octets}")
            }
        });
        rest = &rest[length..];
    }
    out.join(",")
}
