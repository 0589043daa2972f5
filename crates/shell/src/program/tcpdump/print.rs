//! A packet as tcpdump prints it: time, interface, IP header, and what IP carries.

use super::dump;
use super::file::Record;
use super::ip::{Ip, corrected, header, is_v6};
use super::options::Options;
use super::tcp::Conversations;
use crate::capture::{Direction, LinkType, checksum};
use crate::clock::{Civil, ORIGIN, zone};
use crate::names::{Names, port_text};
use std::fmt::Write;
use std::net::IpAddr;
use tcp_core::Instant;
use tcp_core::net::HostId;

/// What a capture prints with, and what it remembers from packet to packet.
#[derive(Clone, Debug)]
pub(super) struct Printer {
    options: Options,
    host: HostId,
    names: Names,
    conversations: Conversations,
    /// Times of the first packet and of the last.
    first: Option<u64>,
    last: Option<u64>,
    count: u64,
}

impl Printer {
    pub(super) fn new(options: &Options, host: HostId, names: Names) -> Printer {
        let names = names.unless(options.numeric);
        let conversations = Conversations::default();
        Printer { options: options.clone(), host, names, conversations, first: None, last: None, count: 0 }
    }

    /// The lines of a packet.
    pub(super) fn line(&mut self, record: &Record) -> String {
        let mut out = String::new();
        self.count += 1;
        if self.options.numbered {
            let _ = write!(out, "{:5}  ", self.count);
        }
        out += &self.time(record.micros);
        out += &self.link(record);
        self.packet(&record.ip, !self.options.link, &mut out);
        out += &dump::of(&self.options, &record.link, &record.ip);
        out.push('\n');
        out
    }

    fn time(&mut self, micros: u64) -> String {
        let first = *self.first.get_or_insert(micros);
        let before = self.last.replace(micros).unwrap_or(micros);
        let since = |earlier: u64| {
            let (sign, span) =
                if micros < earlier { ('-', earlier - micros) } else { (' ', micros - earlier) };
            let seconds = span / 1_000_000;
            let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
            format!("{sign}{hour:02}:{minute:02}:{second:02}.{:06} ", span % 1_000_000)
        };
        let of_day = || {
            let begin = u64::try_from(ORIGIN).unwrap_or(0) * 1_000_000;
            let at = Instant::from_micros(micros.saturating_sub(begin));
            let civil = Civil::new(at, zone(self.host));
            let time = format!(
                "{:02}:{:02}:{:02}.{:06} ",
                civil.hour,
                civil.minute,
                civil.second,
                micros % 1_000_000
            );
            (format!("{:04}-{:02}-{:02} ", civil.year, civil.month, civil.day), time)
        };
        match self.options.times {
            0 => of_day().1,
            1 => String::new(),
            2 => format!("{}.{:06} ", micros / 1_000_000, micros % 1_000_000),
            3 => since(before),
            4 => {
                let (day, time) = of_day();
                day + &time
            }
            _ => since(first),
        }
    }

    /// The interface, and with `-e` the link header.
    fn link(&self, record: &Record) -> String {
        let mut out = String::new();
        let address = |at: usize| {
            let octets = record.link.get(at..at + 6).unwrap_or_default();
            // It knows the maker of no address but of the loopback's, which are zero.
            let maker = match octets {
                _ if self.options.numeric => "",
                [0, 0, 0, ..] => " (oui Ethernet)",
                _ => " (oui Unknown)",
            };
            octets.iter().map(|octet| format!("{octet:02x}")).collect::<Vec<_>>().join(":") + maker
        };
        if record.kind == LinkType::Cooked {
            let index = record.link.get(4..8).map_or(0, |index| index[3]);
            let direction = if record.direction == Some(Direction::Out) { "Out" } else { "In" };
            let interface = if index == 1 { "lo" } else { "eth0" };
            let _ = write!(out, "{interface:<5} {direction:<3} ");
            if self.options.link {
                let _ = write!(out, "ifindex {index} {} ", address(12));
                if self.options.quick {
                    return out;
                }
                out += "ethertype ";
            }
        } else if self.options.link {
            let _ = write!(out, "{} > {}, ", address(6), address(0));
            if !self.options.quick {
                out += "ethertype ";
            }
        }
        if self.options.link {
            let (name, number) = if is_v6(&record.ip) { ("IPv6", 0x86dd) } else { ("IPv4", 0x0800) };
            out += name;
            if !self.options.quick {
                let _ = write!(out, " (0x{number:04x})");
            }
            let _ = write!(out, ", length {}: ", record.link.len() + record.ip.len());
        }
        out
    }

    /// A packet, with its `IP ` if it is `named`.
    fn packet(&mut self, octets: &[u8], named: bool, out: &mut String) {
        if named {
            out.push_str(if is_v6(octets) { "IP6 " } else { "IP " });
        }
        let Some(ip) = Ip::read(octets) else {
            out.push_str("[|ip]");
            return;
        };
        if self.options.verbose > 0 {
            header(octets, &ip, out);
        }
        match ip.protocol {
            6 => {
                let (names, short) = (self.names, self.options.short_names);
                let end = |addr, port| {
                    format!("{}.{}", address(names, short, addr), port_text(port, self.options.numeric))
                };
                self.conversations.segment(&self.options, &ip, end, out);
            }
            1 => self.icmp(&ip, out),
            _ => {
                let name = crate::names::protocol_name(ip.protocol)
                    .map_or_else(|| format!("ip-proto-{}", ip.protocol), str::to_uppercase);
                let _ = write!(out, "{}{name}, length {}", self.ends(&ip), ip.length);
            }
        }
    }

    /// `10.211.55.2 > 10.211.55.10: `
    fn ends(&self, ip: &Ip<'_>) -> String {
        format!("{} > {}: ", self.address(ip.src), self.address(ip.dst))
    }

    fn address(&self, of: IpAddr) -> String {
        address(self.names, self.options.short_names, of)
    }

    fn icmp(&mut self, ip: &Ip<'_>, out: &mut String) {
        out.push_str(&self.ends(ip));
        let [kind, code, ..] = ip.body else {
            out.push_str("[|icmp]");
            return;
        };
        let word = |at: usize| ip.body.get(at..at + 2).map_or(0, |two| u16::from_be_bytes([two[0], two[1]]));
        match kind {
            0 | 8 => {
                let what = if *kind == 8 { "request" } else { "reply" };
                let _ =
                    write!(out, "ICMP echo {what}, id {}, seq {}, length {}", word(4), word(6), ip.length);
                self.icmp_sum(ip, out);
                return;
            }
            3 => {}
            _ => {
                let _ = write!(out, "ICMP type-#{kind}, length {}", ip.length);
                return;
            }
        }
        let quoted = ip.body.get(8..).unwrap_or_default();
        let about = Ip::read(quoted);
        let to = about.map_or_else(String::new, |about| self.address(about.dst));
        let what = match (code, about) {
            (0, _) => format!("net {to} unreachable"),
            (1, _) => format!("host {to} unreachable"),
            (2, Some(about)) => format!("{to} protocol {} unreachable", about.protocol),
            (3, Some(about)) => {
                let port = about.body.get(2..4).map_or(0, |two| u16::from_be_bytes([two[0], two[1]]));
                let name = port_text(port, self.options.numeric);
                format!("{to} tcp port {name} unreachable")
            }
            (9, _) => format!("net {to} unreachable - admin prohibited"),
            (10, _) => format!("host {to} unreachable - admin prohibited"),
            (13, _) => format!("host {to} unreachable - admin prohibited filter"),
            _ => format!("{to} unreachable - #{code}"),
        };
        let _ = write!(out, "ICMP {what}, length {}", ip.length);
        self.icmp_sum(ip, out);
        if self.options.verbose > 0 && about.is_some() {
            out.push_str("\n\t");
            self.packet(quoted, true, out);
        }
    }

    /// What `-v` says of a checksum that is wrong.
    fn icmp_sum(&self, ip: &Ip<'_>, out: &mut String) {
        let whole = ip.body.len() == ip.length;
        if self.options.verbose > 0 && whole && !self.options.unchecked {
            let sum = checksum(&[ip.body]);
            if sum != 0 {
                let had = ip.body.get(2..4).map_or(0, |two| u16::from_be_bytes([two[0], two[1]]));
                let _ = write!(out, " (wrong icmp cksum {had:x} (->{:x})!)", corrected(had, sum));
            }
        }
    }
}

/// An address, or its name, or the first part of that.
fn address(names: Names, short: bool, of: IpAddr) -> String {
    let text = names.text(of);
    match text.split_once('.') {
        Some((first, _)) if short && text != of.to_string() => first.to_owned(),
        _ => text,
    }
}
