//! `hping3`: segments that it makes itself, with the flags, ports and source that it is asked for, and what comes back.
//!
//! A flood is one segment in a millisecond: a real one sends as fast as it can. Left out on purpose: ICMP, UDP, scans, and
//! all else of what the real one can put into a packet.

use super::{Begun, Event, Life, Program, Sys};
use crate::getopt::{Getopt, Item, Long};
use crate::output::Refusal;
use std::collections::BTreeMap;
use std::time::Duration;
use tcp_core::Instant;
use tcp_core::net::{Command, Endpoint, FactId, Happened, IpAddr, Ipv4, Log};
use tcp_core::tcp::{Flags, Segment, Seq};

const SECOND: Duration = Duration::from_secs(1);
const FLOOD: Duration = Duration::from_millis(1);
/// The window that it announces.
const WINDOW: u32 = 512;

const LETTERS: &str = "c:i:nqI:VDzZ0128:9:a:t:N:HWrfxyg:m:o:s:p:kw:O:M:L:FSRPAUXYd:vh";
const LONGS: &[Long] = &[
    Long::with("count", 'c'),
    Long::with("interval", 'i'),
    Long::flag("fast", '('),
    Long::flag("faster", ')'),
    Long::flag("flood", '!'),
    Long::flag("numeric", 'n'),
    Long::flag("quiet", 'q'),
    Long::with("interface", 'I'),
    Long::flag("verbose", 'V'),
    Long::with("spoof", 'a'),
    Long::flag("rand-source", '~'),
    Long::with("baseport", 's'),
    Long::with("destport", 'p'),
    Long::flag("keep", 'k'),
    Long::with("win", 'w'),
    Long::with("setseq", 'M'),
    Long::with("setack", 'L'),
    Long::flag("fin", 'F'),
    Long::flag("syn", 'S'),
    Long::flag("rst", 'R'),
    Long::flag("push", 'P'),
    Long::flag("ack", 'A'),
    Long::with("data", 'd'),
    Long::flag("version", 'v'),
    Long::flag("help", 'h'),
];

/// A running hping3.
#[derive(Clone, Debug)]
pub(crate) struct Hping {
    options: Options,
    host: String,
    addr: Ipv4,
    source: Ipv4,
    /// Segments sent and not answered, by the port that they left from.
    waits: BTreeMap<u16, Instant>,
    sent: u32,
    /// Round trips, in microseconds.
    trips: Vec<u64>,
    last: Instant,
    /// Facts of the log that it has read.
    read: usize,
}

#[derive(Clone, Debug)]
struct Options {
    count: Option<u32>,
    interval: Duration,
    flood: bool,
    quiet: bool,
    spoof: Option<String>,
    random_source: bool,
    base: u16,
    port: u16,
    /// The port grows with each segment.
    rises: bool,
    keep: bool,
    window: u32,
    seq: Option<u32>,
    ack: u32,
    octets: usize,
    flags: Flags,
    letters: String,
}

/// Starts `hping3`, which sends the first segment.
pub(crate) fn begin(_name: &str, args: &[String], sys: &mut Sys<'_>) -> Result<Begun, Refusal> {
    let (options, host) = read(args, scatter(sys.process.0, 0))?;
    if !sys.user.is_root() {
        let why = "[open_sockraw] socket(): Operation not permitted\n[main] can't open raw socket\n";
        return Err(Refusal::new(why, 1));
    }
    let unknown = |name: &str| Refusal::new(format!("Unable to resolve '{name}'\n"), 1);
    let addr = sys.names.resolve(&host).map_err(|_| unknown(&host))?;
    let own = if addr.is_loopback() { addr } else { sys.host.address() };
    let source = match &options.spoof {
        Some(name) => sys.names.resolve(name).map_err(|_| unknown(name))?,
        None => own,
    };
    let now = sys.now();
    let read = sys.world.log().len();
    let mut hping = Hping {
        options,
        host,
        addr,
        source,
        waits: BTreeMap::new(),
        sent: 0,
        trips: Vec::new(),
        last: now,
        read,
    };
    let flags = match hping.options.letters.as_str() {
        "" => "NO FLAGS are".to_owned(),
        letters => letters.to_owned(),
    };
    let interface = if addr.is_loopback() || addr == own { "lo" } else { "eth0" };
    let (name, octets) = (&hping.host, hping.options.octets);
    sys.stdout(&format!(
        "HPING {name} ({interface} {addr}): {flags} set, 40 headers + {octets} data bytes\n"
    ));
    if hping.options.flood {
        sys.stderr("hping in flood mode, no replies will be shown\n");
    }
    if hping.send(sys).is_err() {
        return Err(Refusal::new("[send_ip] sendto: Network is unreachable\n", 1));
    }
    hping.wait(sys);
    Ok(Begun::runs(Program::Hping(Box::new(hping))))
}

impl Hping {
    /// Handles one event.
    pub(crate) fn handle(&mut self, event: Event, sys: &mut Sys<'_>) -> Life {
        match event {
            Event::Traffic => self.look(sys),
            Event::Timer if self.has_sent_all() => self.finish("\n", sys),
            Event::Timer => {
                if self.send(sys).is_err() {
                    sys.stderr("[send_ip] sendto: Network is unreachable\n");
                    return Life::Exit(1);
                }
                self.wait(sys);
                Life::On
            }
            // The line of ^C has ended already.
            Event::Signal { typed: true } => self.finish("", sys),
            Event::Signal { typed: false } => Life::Exit(143),
            _ => Life::On,
        }
    }

    /// Whether it has not yet seen all that the log has. A flood looks at nothing.
    pub(crate) const fn is_behind(&self, log: &Log) -> bool {
        !self.options.flood && self.read < log.len()
    }

    fn has_sent_all(&self) -> bool {
        self.options.count.is_some_and(|count| self.sent >= count)
    }

    fn wait(&self, sys: &mut Sys<'_>) {
        sys.set_timer(if self.has_sent_all() { SECOND } else { self.options.interval });
    }

    fn send(&mut self, sys: &mut Sys<'_>) -> Result<(), tcp_core::net::Errno> {
        let options = &self.options;
        let turn = u16::try_from(self.sent & 0xffff).unwrap_or_default();
        let drawn = scatter(sys.process.0, self.sent + 1);
        let from = if options.keep { options.base } else { options.base.wrapping_add(turn) };
        let to = if options.rises { options.port.wrapping_add(turn) } else { options.port };
        let source = match options.random_source {
            // Neither a network nor a loopback address.
            true => {
                let [a, b, c, d] = drawn.to_be_bytes();
                Ipv4::new(a % 100 + 1, b, c, d % 254 + 1)
            }
            false => self.source,
        };
        let segment = Segment {
            seq: Seq(options.seq.unwrap_or(drawn)),
            ack: Seq(options.ack),
            flags: options.flags,
            window: options.window,
            payload: vec![b'X'; options.octets].into(),
            ..Segment::default()
        };
        let (src, dst) = (Endpoint::new(source, from), Endpoint::new(self.addr, to));
        sys.call(Command::SendRaw { host: sys.host, src, dst, segment: Box::new(segment) })?;
        self.last = sys.now();
        self.sent += 1;
        if !self.options.flood {
            self.waits.insert(from, self.last);
        }
        Ok(())
    }

    /// Reads what has come to this host.
    fn look(&mut self, sys: &mut Sys<'_>) -> Life {
        let log = sys.world.log();
        let first = FactId(u32::try_from(self.read).unwrap_or(u32::MAX));
        let mut came = Vec::new();
        for fact in log.since(first).filter(|fact| fact.host == Some(sys.host)) {
            let Happened::Arrived { packet, .. } = fact.what else { continue };
            let packet = sys.world.packet(packet).packet();
            let Some(segment) = packet.segment().filter(|_| packet.src.addr == IpAddr::V4(self.addr)) else {
                continue;
            };
            if let Some(sent) = self.waits.get(&packet.dst.port).copied() {
                came.push((
                    packet.src.port,
                    packet.dst.port,
                    segment.clone(),
                    packet.ip_octets(),
                    sent,
                    fact.at,
                ));
            }
        }
        self.read = log.len();
        for (from, to, segment, octets, sent, at) in came {
            if !self.options.keep {
                self.waits.remove(&to);
            }
            let micros = tcp_core::micros(at.since(sent));
            self.trips.push(micros);
            if !self.options.quiet {
                let (addr, number) = (self.addr, to.wrapping_sub(self.options.base));
                sys.stdout(&format!(
                    "len={octets} ip={addr} ttl=64 DF id=0 sport={from} flags={} seq={number} win={} rtt={} ms\n",
                    letters(segment.flags),
                    segment.window,
                    tenths(micros)
                ));
            }
        }
        if self.options.count.is_some_and(|count| self.trips.len() >= count as usize) {
            return self.finish("\n", sys);
        }
        Life::On
    }

    /// The statistics, after an empty line.
    fn finish(&self, gap: &str, sys: &mut Sys<'_>) -> Life {
        let received = self.trips.len();
        let sent = self.sent as usize;
        let loss = 100 * sent.saturating_sub(received) / sent.max(1);
        let sum: u64 = self.trips.iter().sum();
        let mean = sum.checked_div(received as u64).unwrap_or(0);
        let (least, most) =
            (self.trips.iter().min().copied().unwrap_or(0), self.trips.iter().max().copied().unwrap_or(0));
        let shown = [least, mean, most].map(tenths).join("/");
        sys.stderr(&format!(
            "{gap}--- {} hping statistic ---\n{sent} packets transmitted, {received} packets received, {loss}% packet \
             loss\nround-trip min/avg/max = {shown} ms\n",
            self.host
        ));
        Life::Exit(i32::from(received == 0))
    }
}

/// A number that follows from two others, and looks like any.
const fn scatter(process: u32, turn: u32) -> u32 {
    let mut mixed = (process as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        ^ (turn as u64 + 1).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 31)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((mixed ^ (mixed >> 29)) & 0xffff_ffff) as u32
}

fn tenths(micros: u64) -> String {
    format!("{}.{}", (micros + 50) / 1000, (micros + 50) % 1000 / 100)
}

fn letters(flags: Flags) -> String {
    let known =
        [(Flags::RST, 'R'), (Flags::SYN, 'S'), (Flags::ACK, 'A'), (Flags::FIN, 'F'), (Flags::PSH, 'P')];
    known.into_iter().filter(|(flag, _)| flags.contains(*flag)).map(|(_, letter)| letter).collect()
}

fn read(args: &[String], drawn: u32) -> Result<(Options, String), Refusal> {
    let mut options = Options {
        count: None,
        interval: SECOND,
        flood: false,
        quiet: false,
        spoof: None,
        random_source: false,
        base: u16::try_from(1024 + drawn % 2000).unwrap_or(1024),
        port: 0,
        rises: false,
        keep: false,
        window: WINDOW,
        seq: None,
        ack: 0,
        octets: 0,
        flags: Flags::NONE,
        letters: String::new(),
    };
    let mut hosts = Vec::new();
    let mut scan = Getopt::new(args);
    while let Some(item) = scan.item(LETTERS, &[LONGS]) {
        let number = |text: &str| text.parse::<u32>().unwrap_or(0);
        match item {
            Item::Option('c', Some(word)) => options.count = Some(number(word).max(1)),
            Item::Option('i', Some(word)) => {
                options.interval = match word.strip_prefix('u') {
                    Some(micros) => Duration::from_micros(number(micros).max(1).into()),
                    None => Duration::from_secs(number(word).max(1).into()),
                };
            }
            Item::Option('(', _) => options.interval = Duration::from_millis(100),
            Item::Option(')', _) => options.interval = Duration::from_millis(10),
            Item::Option('!', _) => (options.flood, options.interval) = (true, FLOOD),
            Item::Option('q', _) => options.quiet = true,
            Item::Option('a', word) => options.spoof = word.map(str::to_owned),
            Item::Option('~', _) => options.random_source = true,
            Item::Option('s', Some(word)) => options.base = u16::try_from(number(word)).unwrap_or_default(),
            Item::Option('p', Some(word)) => {
                let port = word.trim_start_matches('+');
                options.rises = port.len() < word.len();
                options.port =
                    port.parse().ok().or_else(|| crate::names::service_port(port)).unwrap_or_default();
            }
            Item::Option('k', _) => options.keep = true,
            Item::Option('w', Some(word)) => options.window = number(word).min(65_535),
            Item::Option('M', Some(word)) => options.seq = Some(number(word)),
            Item::Option('L', Some(word)) => options.ack = number(word),
            Item::Option('d', Some(word)) => {
                options.octets = usize::try_from(number(word).min(1400)).unwrap_or(0)
            }
            Item::Option(letter @ ('F' | 'S' | 'R' | 'P' | 'A'), _) => {
                let flag = match letter {
                    'F' => Flags::FIN,
                    'S' => Flags::SYN,
                    'R' => Flags::RST,
                    'P' => Flags::PSH,
                    _ => Flags::ACK,
                };
                options.flags = options.flags | flag;
            }
            Item::Option('v', _) => return Err(Refusal::help("hping3 version 3.0.0-alpha-2\n")),
            Item::Option('h', _) => return Err(Refusal::help("usage: hping3 host [options]\n")),
            Item::Option('n' | 'I' | 'V' | 'D' | 't' | 'y' | 'N', _) => {}
            Item::Option(letter, _) => {
                return Err(Refusal::new(format!("hping3: this lab's hping3 does not have -{letter}.\n"), 1));
            }
            Item::Word(word) => hosts.push(word),
            Item::Bad(bad) => {
                let text = bad.message("hping3").replacen('\'', "`", 1);
                return Err(Refusal::new(format!("{text}Try hping3 --help\n"), 1));
            }
        }
    }
    options.letters = letters(options.flags);
    match hosts[..] {
        [host] => Ok((options, host.to_owned())),
        _ => Err(Refusal::new("hping3: you must specify only one target host at a time\n", 1)),
    }
}
