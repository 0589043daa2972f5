//! `ping` of iputils: ICMP echo requests, one each second, and what comes back.
//!
//! What comes back it reads from what passes this host, as `tcpdump` does. Left out on purpose: floods (`-f`), routes,
//! time stamps of IP, IPv6, and the options that ask for these.

use super::{Begun, Event, Life, Program, Sys};
use crate::clock::ORIGIN;
use crate::getopt::{Getopt, Item};
use crate::number;
use crate::output::Refusal;
use std::collections::BTreeMap;
use std::time::Duration;
use tcp_core::Instant;
use tcp_core::net::{Body, Command, Echo, FactId, Happened, HostId, Ipv4, Log, Unreachable};

const SECOND: Duration = Duration::from_secs(1);
/// How long it waits for the last replies if none came.
const LINGER: Duration = Duration::from_secs(10);
/// The shortest interval of a user who is not root.
const SHORTEST: Duration = Duration::from_millis(2);
/// Octets of data, of which the most that a packet can carry.
const OCTETS: u16 = 56;
const MOST: u16 = 65_507;

/// A running ping.
#[derive(Clone, Debug)]
pub(crate) struct Ping {
    options: Options,
    /// The host, as it was named, and its address.
    host: String,
    addr: Ipv4,
    id: u16,
    /// When it began, and when it last sent.
    begun: Instant,
    last: Instant,
    /// When each request that has no reply was sent.
    waits: BTreeMap<u16, Instant>,
    sent: u32,
    /// Round trips, in microseconds.
    trips: Vec<u64>,
    repeated: u32,
    errors: u32,
    /// The most requests that were out at once.
    pipe: u32,
    /// Facts of the log that it has read.
    read: usize,
}

#[derive(Clone, Debug)]
struct Options {
    count: Option<u32>,
    interval: Duration,
    linger: Duration,
    deadline: Option<Duration>,
    octets: u16,
    set: String,
}

/// Starts `ping`, which sends the first request.
pub(crate) fn begin(_name: &str, args: &[String], sys: &mut Sys<'_>) -> Result<Begun, Refusal> {
    let (options, host) = read(args)?;
    if options.interval < SHORTEST && !sys.user.is_root() {
        let why = "ping: cannot flood, minimal interval for user must be >= 2 ms, use -i 0.002 (or higher)\n";
        return Err(Refusal::new(why, 2));
    }
    let addr = sys.names.resolve(&host).map_err(|why| Refusal::new(format!("ping: {host}: {why}\n"), 2))?;
    let pid = sys.process.0;
    let now = sys.now();
    let mut ping = Ping {
        options,
        host,
        addr,
        id: u16::try_from(pid & 0xffff).unwrap_or_default(),
        begun: now,
        last: now,
        waits: BTreeMap::new(),
        sent: 0,
        trips: Vec::new(),
        repeated: 0,
        errors: 0,
        pipe: 0,
        read: sys.world.log().len(),
    };
    if ping.send(sys).is_err() {
        return Err(Refusal::new("ping: connect: Network is unreachable\n", 2));
    }
    let octets = u32::from(ping.options.octets);
    sys.stdout(&format!("PING {} ({addr}) {octets}({}) bytes of data.\n", ping.host, octets + 28));
    ping.wait(sys);
    Ok(Begun::runs(Program::Ping(Box::new(ping))))
}

impl Ping {
    /// Handles one event.
    pub(crate) fn handle(&mut self, event: Event, sys: &mut Sys<'_>) -> Life {
        match event {
            Event::Traffic => self.look(sys),
            Event::Timer => self.time_is_up(sys),
            // The line of ^C has ended already.
            Event::Signal { typed: true } => self.finish("", sys),
            Event::Signal { typed: false } => Life::Exit(143),
            _ => Life::On,
        }
    }

    /// Whether it has not yet seen all that the log has.
    pub(crate) const fn is_behind(&self, log: &Log) -> bool {
        self.read < log.len()
    }

    fn send(&mut self, sys: &mut Sys<'_>) -> Result<(), tcp_core::net::Errno> {
        let number = u16::try_from((self.sent + 1) & 0xffff).unwrap_or_default();
        let echo = Echo { is_reply: false, id: self.id, number, octets: self.options.octets };
        sys.call(Command::Ping { host: sys.host, to: self.addr.into(), echo })?;
        self.sent += 1;
        self.last = sys.now();
        self.waits.insert(number, self.last);
        Ok(())
    }

    /// All requests that were asked for have been sent. A deadline counts replies and not requests.
    fn has_sent_all(&self) -> bool {
        self.options.deadline.is_none() && self.options.count.is_some_and(|count| self.sent >= count)
    }

    /// When the next request is due, or it gives up.
    fn wait(&self, sys: &mut Sys<'_>) {
        let next = match (self.has_sent_all(), self.trips.iter().max()) {
            (false, _) => self.last + self.options.interval,
            (true, None) => self.last + self.options.linger,
            (true, Some(longest)) => {
                self.last + Duration::from_micros(longest.saturating_mul(2)).max(self.options.interval)
            }
        };
        let end = self.options.deadline.map(|deadline| self.begun + deadline);
        let at = end.map_or(next, |end| end.min(next));
        sys.set_timer(at.since(sys.now()));
    }

    fn time_is_up(&mut self, sys: &mut Sys<'_>) -> Life {
        let over = self.options.deadline.is_some_and(|deadline| sys.now() >= self.begun + deadline);
        if over || self.has_sent_all() {
            return self.finish("\n", sys);
        }
        if self.options.set.contains('O') && self.waits.contains_key(&self.number()) {
            sys.stdout(&format!("{}no answer yet for icmp_seq={}\n", self.stamp(sys), self.number()));
        }
        if self.send(sys).is_err() {
            sys.stderr("ping: sendmsg: Network is unreachable\n");
            self.sent += 1;
            self.last = sys.now();
        }
        self.wait(sys);
        Life::On
    }

    /// The number of the last request.
    fn number(&self) -> u16 {
        u16::try_from(self.sent & 0xffff).unwrap_or_default()
    }

    /// Reads what has passed this host.
    fn look(&mut self, sys: &mut Sys<'_>) -> Life {
        let log = sys.world.log();
        let first = FactId(u32::try_from(self.read).unwrap_or(u32::MAX));
        let mut seen: Vec<(Happened, Option<HostId>)> =
            log.since(first).map(|fact| (fact.what, fact.host)).collect();
        self.read = log.len();
        seen.retain(|(_, host)| *host == Some(sys.host));
        for (what, _) in seen {
            match what {
                Happened::Arrived { packet, .. } => {
                    let packet = sys.world.packet(packet).packet().clone();
                    match (&packet.body, packet.src.addr) {
                        (Body::Echo(echo), from) if echo.is_reply && echo.id == self.id => {
                            self.reply(*echo, &self.shown(from, sys), sys);
                        }
                        (Body::Icmp { unreachable, seq, .. }, from) if seq.0 >> 16 == u32::from(self.id) => {
                            let number = u16::try_from(seq.0 & 0xffff).unwrap_or_default();
                            let echo =
                                Echo { is_reply: false, id: self.id, number, octets: self.options.octets };
                            if seq.0 == echo.quoted().0 && is_of_echo(&packet.body) {
                                self.error(number, *unreachable, &self.shown(from, sys), sys);
                            }
                        }
                        _ => {}
                    }
                }
                Happened::NobodyThere { packet } => {
                    let packet = sys.world.packet(packet).packet().clone();
                    if let Body::Echo(echo) = packet.body
                        && echo.id == self.id
                    {
                        self.error(echo.number, Unreachable::Host, &self.shown(packet.src.addr, sys), sys);
                    }
                }
                _ => {}
            }
        }
        let heard = u32::try_from(self.trips.len()).unwrap_or(u32::MAX).saturating_add(self.errors);
        if self.options.count.is_some_and(|count| heard >= count) {
            return self.finish("\n", sys);
        }
        Life::On
    }

    fn shown(&self, addr: tcp_core::net::IpAddr, sys: &Sys<'_>) -> String {
        let numeric = self.options.set.contains('n') || self.host.parse::<Ipv4>().is_ok();
        match sys.names.unless(numeric).name_of(addr) {
            Ok(name) => format!("{name} ({addr})"),
            Err(_) => addr.to_string(),
        }
    }

    fn stamp(&self, sys: &Sys<'_>) -> String {
        if !self.options.set.contains('D') {
            return String::new();
        }
        let micros = sys.now().as_micros();
        let seconds = u64::try_from(ORIGIN).unwrap_or_default() + micros / 1_000_000;
        format!("[{seconds}.{:06}] ", micros % 1_000_000)
    }

    fn reply(&mut self, echo: Echo, from: &str, sys: &mut Sys<'_>) {
        let waits = self.waits.remove(&echo.number);
        // Of a repeated one, the first has taken the time.
        let sent = waits
            .or_else(|| Some(self.begun + self.options.interval * u32::from(echo.number.checked_sub(1)?)));
        let trip = sent.map_or(0, |sent| tcp_core::micros(sys.now().since(sent)));
        let again = if waits.is_none() { " (DUP!)" } else { "" };
        if waits.is_some() {
            self.trips.push(trip);
            self.acknowledged(echo.number);
        } else {
            self.repeated += 1;
        }
        if !self.options.set.contains('q') {
            let (octets, number) = (u32::from(echo.octets) + 8, echo.number);
            let text = format!(
                "{octets} bytes from {from}: icmp_seq={number} ttl=64 time={} ms{again}\n",
                millis(trip)
            );
            sys.stdout(&format!("{}{text}", self.stamp(sys)));
        }
    }

    fn error(&mut self, number: u16, why: Unreachable, from: &str, sys: &mut Sys<'_>) {
        self.waits.remove(&number);
        self.errors += 1;
        self.acknowledged(number);
        if !self.options.set.contains('q') {
            let text = format!("{}From {from} icmp_seq={number} {}\n", self.stamp(sys), reason(why));
            sys.stdout(&text);
        }
    }

    fn acknowledged(&mut self, number: u16) {
        self.pipe = self.pipe.max(self.sent.saturating_sub(u32::from(number)) + 1);
    }

    /// The statistics, after an empty line.
    fn finish(&self, gap: &str, sys: &mut Sys<'_>) -> Life {
        let received = u32::try_from(self.trips.len()).unwrap_or(u32::MAX);
        let loss = 100 * u64::from(self.sent.saturating_sub(received)) / u64::from(self.sent.max(1));
        let mut text = format!(
            "{gap}--- {} ping statistics ---\n{} packets transmitted, {received} received, ",
            self.host, self.sent
        );
        if self.repeated > 0 {
            text += &format!("+{} duplicates, ", self.repeated);
        }
        if self.errors > 0 {
            text += &format!("+{} errors, ", self.errors);
        }
        text += &format!("{loss}% packet loss, time {}ms\n", self.last.since(self.begun).as_millis());
        let count = self.trips.len() as u64;
        let mut gap = "";
        if let (Some(least), Some(most)) = (self.trips.iter().min(), self.trips.iter().max()) {
            let sum: u64 = self.trips.iter().sum();
            let squares: u64 = self.trips.iter().map(|trip| trip * trip).sum();
            let (mean, spread) =
                (sum / count, (squares / count).saturating_sub((sum / count).pow(2)).isqrt());
            let shown =
                [*least, mean, *most, spread].map(|micros| format!("{}.{:03}", micros / 1000, micros % 1000));
            text += &format!("rtt min/avg/max/mdev = {} ms", shown.join("/"));
            gap = ", ";
        }
        if self.pipe > 1 {
            text += &format!("{gap}pipe {}", self.pipe);
        }
        sys.stdout(&format!("{text}\n"));
        Life::Exit(i32::from(received == 0))
    }
}

const fn is_of_echo(body: &Body) -> bool {
    matches!(body, Body::Icmp { about, .. } if about.0.port == 0 && about.1.port == 0)
}

/// Milliseconds with as many digits as `ping` shows.
fn millis(micros: u64) -> String {
    match micros {
        99_950.. => format!("{}", (micros + 500) / 1000),
        9_995.. => format!("{}.{}", (micros + 50) / 1000, (micros + 50) % 1000 / 100),
        1_000.. => format!("{}.{:02}", (micros + 5) / 1000, (micros + 5) % 1000 / 10),
        _ => format!("0.{micros:03}"),
    }
}

const fn reason(why: Unreachable) -> &'static str {
    match why {
        Unreachable::Net => "Destination Net Unreachable",
        Unreachable::Host => "Destination Host Unreachable",
        Unreachable::Protocol => "Destination Protocol Unreachable",
        Unreachable::Port => "Destination Port Unreachable",
        Unreachable::NetProhibited => "Destination Net Prohibited",
        Unreachable::HostProhibited => "Destination Host Prohibited",
        Unreachable::AdminProhibited => "Packet filtered",
    }
}

fn read(args: &[String]) -> Result<(Options, String), Refusal> {
    let mut options = Options {
        count: None,
        interval: SECOND,
        linger: LINGER,
        deadline: None,
        octets: OCTETS,
        set: String::new(),
    };
    let mut hosts = Vec::new();
    let mut scan = Getopt::new(args);
    while let Some(item) = scan.item("h?4bRT:F:N:6aABc:CdDe:fHi:I:l:Lm:M:nOp:qQ:rs:S:t:UvVw:W:", &[]) {
        match item {
            Item::Option('c', Some(word)) => {
                let count = word.parse::<u64>().map_err(|_| invalid(word, ""))?;
                let range = ": out of range: 1 <= value <= 9223372036854775807";
                if count == 0 {
                    return Err(invalid(word, range));
                }
                options.count = Some(u32::try_from(count).unwrap_or(u32::MAX));
            }
            Item::Option('i', Some(word)) => options.interval = seconds(word)?,
            Item::Option('W', Some(word)) => options.linger = seconds(word)?,
            Item::Option('w', Some(word)) => options.deadline = Some(seconds(word)?),
            Item::Option('s', Some(word)) => {
                let octets = word.parse::<u32>().map_err(|_| invalid(word, ""))?;
                let known = u16::try_from(octets).ok().filter(|octets| *octets <= MOST);
                options.octets =
                    known.ok_or_else(|| invalid(word, ": out of range: 0 <= value <= 127992"))?;
            }
            Item::Option('V', _) => return Err(Refusal::help("ping from iputils 20221126\n")),
            Item::Option('h' | '?', _) => return Err(Refusal::new(USAGE, 2)),
            Item::Option(letter @ ('f' | '6' | 'R' | 'T' | 'I' | 'l' | 'A' | 'M'), _) => {
                return Err(Refusal::new(format!("ping: this lab's ping does not have -{letter}.\n"), 1));
            }
            Item::Option(letter, _) => options.set.push(letter),
            Item::Word(word) => hosts.push(word),
            Item::Bad(bad) => return Err(Refusal::new(bad.message("ping") + USAGE, 2)),
        }
    }
    match hosts.last() {
        Some(host) => Ok((options, (*host).to_owned())),
        None => Err(Refusal::new("ping: usage error: Destination address required\n", 1)),
    }
}

const USAGE: &str = "\nUsage\n  ping [options] <destination>\n\n";

fn seconds(word: &str) -> Result<Duration, Refusal> {
    number::span(word, SECOND, Duration::MAX).map_err(|_| invalid(word, ""))
}

fn invalid(word: &str, more: &str) -> Refusal {
    Refusal::new(format!("ping: invalid argument: '{word}'{more}\n"), 1)
}
