//! `dmesg` of util-linux 2.38: what the kernel says of packets that a rule logs (`-j LOG`), and of a listener that is
//! flooded.
//!
//! The lines follow the kernel's source (`net/netfilter/nf_log_syslog.c`): a network namespace has no such messages, so they
//! could not be recorded there. That of a flood was (Linux 6.18). Left out on purpose: `--log-uid`, all other messages of a
//! kernel, deleting and following messages.

use super::{OnHost, date};
use crate::capture::{Tap, hardware};
use crate::getopt::{Getopt, Item, Long};
use crate::output::{Done, Output, Refusal};
use std::collections::BTreeSet;
use std::fmt::Write;
use tcp_core::Order;
use tcp_core::net::firewall::{ChainName, LogStyle, Target};
use tcp_core::net::{Fact, Happened, HostId, Setting, World};
use tcp_core::{Instant, micros};

const LETTERS: &str = "CcDEHkLPpruSwWxdetTf:l:n:s:F:hV";

const LONGS: &[Long] = &[
    Long::flag("clear", 'C'),
    Long::flag("read-clear", 'c'),
    Long::flag("human", 'H'),
    Long::flag("kernel", 'k'),
    Long::perhaps("color", 'L'),
    Long::flag("nopager", 'P'),
    Long::flag("follow", 'w'),
    Long::flag("follow-new", 'W'),
    Long::flag("ctime", 'T'),
    Long::flag("notime", 't'),
    Long::with("level", 'l'),
    Long::flag("version", 'V'),
];

/// Names of the levels, from 0.
const LEVELS: [&str; 8] = ["emerg", "alert", "crit", "err", "warn", "notice", "info", "debug"];
/// The level of the message about a flood.
const INFO: u8 = 6;

/// How the time of a message is printed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stamp {
    SinceBoot,
    Civil,
    None,
}

/// A message of the kernel.
struct Said {
    at: Instant,
    level: u8,
    text: String,
}

/// Runs `dmesg`. `args` does not include its name.
pub(crate) fn run(args: &[String], here: &mut OnHost<'_>) -> Done {
    let (mut stamp, mut levels) = (Stamp::SinceBoot, None);
    let mut scan = Getopt::new(args);
    while let Some(item) = scan.item(LETTERS, &[LONGS]) {
        match item {
            Item::Option('T', _) => stamp = Stamp::Civil,
            Item::Option('t', _) => stamp = Stamp::None,
            Item::Option('l', Some(list)) => levels = Some(read_levels(list)?),
            Item::Option('V', _) => return Ok(Output::ok("dmesg from util-linux 2.38.1\n")),
            Item::Option('k' | 'L' | 'P' | 'S' | 'p', _) => {}
            Item::Option('C' | 'c', _) => {
                return Err(Refusal::new("dmesg: the messages of this lab's kernels stay\n", 1));
            }
            Item::Option('w' | 'W', _) => {
                return Err(Refusal::new(
                    "dmesg: in this lab it prints what is there, and ends; type it again for what is new\n",
                    1,
                ));
            }
            Item::Option(letter, _) => {
                return Err(Refusal::new(format!("dmesg: in this lab there is no -{letter}\n"), 1));
            }
            Item::Word(_) => return Err(Refusal::new("dmesg: bad usage\n".to_owned() + HINT, 1)),
            Item::Bad(bad) => return Err(Refusal::new(bad.message("dmesg") + HINT, 1)),
        }
    }
    if !here.user.is_root() {
        return Err(Refusal::new("dmesg: read kernel buffer failed: Operation not permitted\n", 1));
    }
    let mut out = String::new();
    for Said { at, level, text } in said(here.world, here.host) {
        if levels.as_ref().is_some_and(|levels: &Vec<u8>| !levels.contains(&level)) {
            continue;
        }
        let _ = match stamp {
            Stamp::None => writeln!(out, "{text}"),
            Stamp::Civil => writeln!(out, "[{}] {text}", date::ctime(at, here.host)),
            Stamp::SinceBoot => {
                let since = micros(at.since(Instant::START));
                writeln!(out, "[{:5}.{:06}] {text}", since / 1_000_000, since % 1_000_000)
            }
        };
    }
    Ok(Output::ok(out))
}

const HINT: &str = "Try 'dmesg --help' for more information.\n";

fn read_levels(list: &str) -> Result<Vec<u8>, Refusal> {
    let one = |word: &str| {
        let level = LEVELS.iter().position(|level| *level == word).and_then(|at| u8::try_from(at).ok());
        level.ok_or_else(|| Refusal::new(format!("dmesg: unknown level '{word}'\n"), 1))
    };
    list.split(',').map(one).collect()
}

/// All messages of a host's kernel.
fn said(world: &World, host: HostId) -> Vec<Said> {
    let mut all = logged(world, host);
    all.extend(floods(world, host));
    all.order_by_key(|said| said.at);
    all
}

/// What rules logged.
fn logged(world: &World, host: HostId) -> Vec<Said> {
    let log = world.log();
    let mut tap = Tap::new(host);
    let mut all = Vec::new();
    while let Some((fact, octets)) = tap.next_logged(log) {
        let Happened::Logged { packet, chain, rule } = fact.what else { continue };
        let Some((_, _, rule)) = log.rule(rule.id) else { continue };
        let (Some(packet), Target::Log(style)) = (log.packet(packet), &rule.target) else { continue };
        let own = packet.to == Some(packet.from);
        let text = format!("{}{}{}", style.prefix, way(chain, own, host, packet.from), ip(&octets, style));
        all.push(Said { at: fact.at, level: style.level, text });
    }
    all
}

/// Each listener is warned of once, unless cookies are sent in any case.
fn floods(world: &World, host: HostId) -> Vec<Said> {
    let (mut always, mut warned, mut all) = (false, BTreeSet::new(), Vec::new());
    for Fact { at, host: by, what, .. } in world.facts().filter(|fact| fact.host == Some(host)) {
        match what {
            Happened::Configured { setting: Setting::Syncookies(n) } => always = n > 1,
            Happened::Cookie { socket, .. } if !always && by == Some(host) && warned.insert(socket) => {
                let end = world.log().socket(socket).map(|entry| entry.local.to_string());
                let end = end.unwrap_or_default();
                let text =
                    format!("TCP: request_sock_TCP: Possible SYN flooding on port {end}. Sending cookies.");
                all.push(Said { at, level: INFO, text });
            }
            _ => {}
        }
    }
    all
}

/// `IN=eth0 OUT= MAC=… `
fn way(chain: ChainName, own: bool, host: HostId, from: HostId) -> String {
    let interface = if own { "lo" } else { "eth0" };
    if chain == ChainName::Output {
        return format!("IN= OUT={interface} ");
    }
    let [to, from] = if own { [[0; 6]; 2] } else { [hardware(host), hardware(from)] };
    let octets = to.iter().chain(&from).chain(&[8, 0]).map(|octet| format!("{octet:02x}"));
    format!("IN={interface} OUT= MAC={} ", octets.collect::<Vec<_>>().join(":"))
}

/// What is said of the IP header and what is in it.
fn ip(octets: &[u8], style: &LogStyle) -> String {
    let word = |at: usize| octets.get(at..at + 2).map_or(0, |pair| u16::from_be_bytes([pair[0], pair[1]]));
    let byte = |at: usize| octets.get(at).copied().unwrap_or(0);
    let address = |at: usize| [0, 1, 2, 3].map(|part| byte(at + part).to_string()).join(".");
    let mut out = format!(
        "SRC={} DST={} LEN={} TOS=0x{:02X} PREC=0x{:02X} TTL={} ID={} ",
        address(12),
        address(16),
        word(2),
        byte(1) & 0x1e,
        byte(1) & 0xe0,
        byte(8),
        word(4)
    );
    if byte(6) & 0x40 != 0 {
        out.push_str("DF ");
    }
    let rest = octets.get(usize::from(byte(0) & 0xf) * 4..).unwrap_or_default();
    match byte(9) {
        1 => icmp(&mut out, rest, style),
        _ => tcp(&mut out, rest, style),
    }
    out
}

fn tcp(out: &mut String, octets: &[u8], style: &LogStyle) {
    const FLAGS: [(u8, &str); 8] = [
        (0x80, "CWR "),
        (0x40, "ECE "),
        (0x20, "URG "),
        (0x10, "ACK "),
        (0x08, "PSH "),
        (0x04, "RST "),
        (0x02, "SYN "),
        (0x01, "FIN "),
    ];
    let word = |at: usize| octets.get(at..at + 2).map_or(0, |pair| u16::from_be_bytes([pair[0], pair[1]]));
    let long = |at: usize| u32::from(word(at)) << 16 | u32::from(word(at + 2));
    let byte = |at: usize| octets.get(at).copied().unwrap_or(0);
    let _ = write!(out, "PROTO=TCP SPT={} DPT={} ", word(0), word(2));
    if style.sequence {
        let _ = write!(out, "SEQ={} ACK={} ", long(4), long(8));
    }
    let _ = write!(out, "WINDOW={} RES=0x00 ", word(14));
    FLAGS.iter().filter(|(bit, _)| byte(13) & bit != 0).for_each(|(_, name)| out.push_str(name));
    let _ = write!(out, "URGP={} ", word(18));
    let options = octets.get(20..usize::from(byte(12) >> 4) * 4).unwrap_or_default();
    if style.tcp_options && !options.is_empty() {
        let hex: String = options.iter().map(|octet| format!("{octet:02X}")).collect();
        let _ = write!(out, "OPT ({hex}) ");
    }
}

fn icmp(out: &mut String, octets: &[u8], style: &LogStyle) {
    let byte = |at: usize| octets.get(at).copied().unwrap_or(0);
    let _ = write!(out, "PROTO=ICMP TYPE={} CODE={} ", byte(0), byte(1));
    if byte(0) == 3 {
        let _ = write!(out, "[{}] ", ip(octets.get(8..).unwrap_or_default(), style));
    }
}
