//! `ncat`: the netcat of Nmap 7.93.
//!
//! It listens with a backlog of ten. If the source port is taken, it reports this but connects from another one (trace
//! 09a). It gives up a connect after ten seconds.
//!
//! With `-k` it serves all connections at once; what is typed goes to each.
//!
//! Left out: UDP, TLS, proxies, `-e`, `-c`.

use super::relay::{Relay, Stdin};
use super::{Begun, Event, Life, Program, Sys};
use crate::getopt::{Bad, Getopt, Item};
use crate::names::service_port;
use crate::number::strtonum;
use crate::output::Refusal;
use std::time::Duration;
use tcp_core::net::{Command, Endpoint, Errno, Family, IpAddr, Ipv4, Ipv6, SocketId};
use tcp_core::tcp::Notice;

/// Backlog: one less than the number of connections that may wait (trace 19a: `ss` shows 10).
const BACKLOG: u32 = 10;
/// Port if none is given.
const DEFAULT_PORT: u16 = 31337;
/// How long it waits for a connect.
const PATIENCE: Duration = Duration::from_secs(10);
/// The first line of `-v`.
const VERSION: &str = "Ncat: Version 7.93 ( https://nmap.org/ncat )\n";

/// Options and operands of `ncat`.
#[derive(Clone, Debug, Default)]
struct Options {
    listen: bool,
    keep: bool,
    verbose: bool,
    numeric: bool,
    family: Option<Family>,
    source_port: Option<u16>,
    patience: Option<Duration>,
    host: Option<String>,
    port: u16,
}

/// A running `ncat`.
#[derive(Clone, Debug)]
pub(crate) struct Ncat {
    options: Options,
    /// Input that was typed before there was a connection.
    stdin: Stdin,
    stage: Stage,
}

#[derive(Clone, Debug)]
enum Stage {
    Connecting { socket: SocketId, to: Endpoint },
    Serving { listeners: Vec<SocketId>, peers: Vec<Peer> },
}

/// One connection, with the input to send on it.
#[derive(Clone, Debug)]
struct Peer {
    relay: Relay,
    stdin: Stdin,
}

/// Reads the arguments and makes the first calls.
pub(crate) fn begin(_name: &str, args: &[String], sys: &mut Sys<'_>) -> Result<Begun, Refusal> {
    let options = Options::read(args)?;
    if options.verbose {
        sys.stderr(VERSION);
    }
    let addr = match &options.host {
        Some(host) => {
            let addr = sys.names.unless(options.numeric).resolve_as(host, options.family);
            vec![addr.map_err(|why| quit(&format!("Could not resolve hostname \"{host}\": {why}.")))?]
        }
        None if options.listen => options.everywhere(),
        None => return Err(quit("You must specify a host to connect to.")),
    };
    let at: Vec<Endpoint> = addr.into_iter().map(|addr| Endpoint::new(addr, options.port)).collect();
    let stage = match at.as_slice() {
        [to] if !options.listen => connect(*to, &options, sys)?,
        all => listen(all, &options, sys)?,
    };
    Ok(Begun::runs(Program::Ncat(Ncat { options, stdin: Stdin::default(), stage })))
}

impl Ncat {
    /// Handles one event.
    pub(crate) fn handle(&mut self, event: Event, sys: &mut Sys<'_>) -> Life {
        match (&mut self.stage, event) {
            (Stage::Connecting { socket, to }, Event::Wake(woken, notice)) if *socket == woken => {
                let (socket, to) = (*socket, *to);
                self.connect_ended(socket, to, notice, sys)
            }
            (Stage::Connecting { .. }, Event::Timer) => {
                sys.stderr("Ncat: TIMEOUT.\n");
                Life::Exit(1)
            }
            (Stage::Serving { listeners, .. }, Event::Wake(woken, _)) if listeners.contains(&woken) => {
                self.accept(woken, sys)
            }
            (Stage::Serving { peers, .. }, Event::Wake(woken, notice)) => {
                for peer in peers.iter_mut().filter(|peer| peer.relay.socket() == woken) {
                    peer.relay.wake(notice);
                }
                self.relay(sys)
            }
            (Stage::Serving { peers, .. }, event) if !peers.is_empty() => {
                peers.iter_mut().for_each(|peer| peer.stdin.take_in(&event));
                self.relay(sys)
            }
            (_, event) => {
                self.stdin.take_in(&event);
                Life::On
            }
        }
    }

    fn connect_ended(&mut self, socket: SocketId, to: Endpoint, notice: Notice, sys: &mut Sys<'_>) -> Life {
        // It asks for SO_ERROR in any case, and so hears of a soft error too (trace k05).
        let failed = matches!(notice, Notice::Reset | Notice::TimedOut);
        let error = sys.take_error(socket).or(failed.then_some(Errno::ConnRefused));
        if let Some(errno) = error {
            sys.stderr(&format!("Ncat: {}.\n", errno.text()));
            return Life::Exit(1);
        }
        sys.stop_timer();
        if self.options.verbose {
            sys.stderr(&format!("Ncat: Connected to {to}.\n"));
        }
        let peer = Peer { relay: Relay::new(socket), stdin: std::mem::take(&mut self.stdin) };
        self.stage = Stage::Serving { listeners: Vec::new(), peers: vec![peer] };
        self.relay(sys)
    }

    /// Takes all connections that are waiting; without `-k`, takes one and closes the listener.
    fn accept(&mut self, listener: SocketId, sys: &mut Sys<'_>) -> Life {
        while let Ok((socket, peer)) = sys.accept(listener) {
            if self.options.verbose {
                sys.stderr(&format!("Ncat: Connection from {}.\nNcat: Connection from {peer}.\n", peer.addr));
            }
            let Stage::Serving { listeners, peers } = &mut self.stage else {
                break;
            };
            let stdin = if peers.is_empty() { std::mem::take(&mut self.stdin) } else { Stdin::default() };
            peers.push(Peer { relay: Relay::new(socket), stdin });
            if !self.options.keep {
                listeners.drain(..).for_each(|listener| sys.close(listener));
                break;
            }
        }
        self.relay(sys)
    }

    /// Relays what can be relayed, and drops connections that have closed.
    fn relay(&mut self, sys: &mut Sys<'_>) -> Life {
        let Stage::Serving { listeners, peers } = &mut self.stage else {
            return Life::On;
        };
        peers.retain_mut(|peer| {
            peer.relay.pump(&mut peer.stdin, sys);
            if peer.stdin.ended && peer.stdin.is_empty() {
                peer.relay.half_close(sys);
            }
            if !peer.relay.receives {
                sys.close(peer.relay.socket());
            }
            peer.relay.receives
        });
        if peers.is_empty() && listeners.is_empty() { Life::Exit(0) } else { Life::On }
    }
}

/// The refusal with which it gives up; the exit code is 2.
fn quit(why: &str) -> Refusal {
    Refusal::new(format!("Ncat: {why} QUITTING.\n"), 2)
}

fn listen(all: &[Endpoint], options: &Options, sys: &mut Sys<'_>) -> Result<Stage, Refusal> {
    let mut listeners = Vec::new();
    for at in all {
        let listening = sys.socket_for(*at).and_then(|socket| {
            if at.addr.is_ipv6() {
                sys.call(Command::SetFamily { socket, family: Family::V6Only })?;
            }
            sys.listen(socket, *at, BACKLOG)
        });
        match listening {
            Ok(listener) => listeners.push(listener),
            Err(errno) => return Err(quit(&format!("bind to {at}: {}.", errno.text()))),
        }
        if options.verbose {
            sys.stderr(&format!("Ncat: Listening on {at}\n"));
        }
    }
    Ok(Stage::Serving { listeners, peers: Vec::new() })
}

fn connect(to: Endpoint, options: &Options, sys: &mut Sys<'_>) -> Result<Stage, Refusal> {
    let socket = sys.socket_for(to).map_err(|_| Refusal::new("", 1))?;
    if let Some(port) = options.source_port {
        let from = if to.addr.is_ipv6() { Endpoint::any6(port) } else { Endpoint::any(port) };
        let bound = sys
            .call(Command::ReuseAddr { socket })
            .and_then(|()| sys.call(Command::Bind { socket, to: from }));
        if let Err(errno) = bound {
            let (text, number) = (errno.text(), if errno == Errno::AddrInUse { 98 } else { 99 });
            sys.stderr(&format!(
                "libnsock mksock_bind_addr(): Bind to {from} failed (IOD #1): {text} ({number})\n"
            ));
        }
    }
    match sys.call(Command::Connect { socket, to }) {
        Ok(()) | Err(Errno::InProgress) => {
            sys.set_timer(options.patience.unwrap_or(PATIENCE));
            Ok(Stage::Connecting { socket, to })
        }
        Err(errno) => Err(Refusal::new(format!("Ncat: {}.\n", errno.text()), 1)),
    }
}

impl Options {
    fn read(args: &[String]) -> Result<Options, Refusal> {
        let mut options = Options::default();
        let mut operands = Vec::new();
        let mut scan = Getopt::letters(args);
        while let Some(item) = scan.item("46klnvp:w:i:us:", &[]) {
            match item {
                Item::Option('l', _) => options.listen = true,
                Item::Option('k', _) => options.keep = true,
                Item::Option('v', _) => options.verbose = true,
                Item::Option('n', _) => options.numeric = true,
                Item::Option('4', _) => options.family = Some(Family::V4),
                Item::Option('6', _) => options.family = Some(Family::V6),
                Item::Option('u', _) => return Err(quit("UDP is not part of this lab.")),
                Item::Option('p', Some(word)) => options.source_port = Some(port(word)?),
                Item::Option('w', Some(word)) => options.patience = Some(patience(word)?),
                Item::Option(..) => {}
                Item::Word(word) => operands.push(word),
                Item::Bad(Bad::LetterWants(letter)) => {
                    return Err(quit(&format!("Option -{letter} needs an argument.")));
                }
                Item::Bad(Bad::Letter(letter)) => {
                    return Err(quit(&format!("Unrecognised option -{letter}.")));
                }
                Item::Bad(bad) => return Err(Refusal::new(bad.message("ncat"), 2)),
            }
        }
        if options.keep && !options.listen {
            return Err(quit("-k, --keep-open must be used with -l, --listen."));
        }
        options.place(&operands)?;
        Ok(options)
    }

    /// Where it listens if no address is given: on two sockets, one for each family (trace 19b).
    fn everywhere(&self) -> Vec<IpAddr> {
        let all: [IpAddr; 2] = [Ipv6::UNSPECIFIED.into(), Ipv4::UNSPECIFIED.into()];
        let fits = |addr: &IpAddr| self.family.is_none_or(|f| addr.is_ipv4() == (f == Family::V4));
        all.into_iter().filter(fits).collect()
    }

    fn place(&mut self, operands: &[&str]) -> Result<(), Refusal> {
        let (host, word) = match operands {
            [] => (None, None),
            // The only operand of a listener is its port if it is a number.
            [port] if self.listen && port.bytes().all(|b| b.is_ascii_digit()) => (None, Some(*port)),
            [host] => (Some(*host), None),
            [host, port] => (Some(*host), Some(*port)),
            _ => return Err(quit("Got more than one port specification.")),
        };
        self.host = host.map(str::to_owned);
        let listens_at = self.source_port.filter(|_| self.listen).unwrap_or(DEFAULT_PORT);
        self.port = word.map_or(Ok(listens_at), port)?;
        Ok(())
    }
}

fn port(word: &str) -> Result<u16, Refusal> {
    let value = strtonum(word, 0..=u16::MAX).ok();
    value.or_else(|| service_port(word)).ok_or_else(|| quit(&format!("Invalid port number \"{word}\".")))
}

fn patience(word: &str) -> Result<Duration, Refusal> {
    let seconds = strtonum(word.strip_suffix('s').unwrap_or(word), 1..=1_000_000_u32)
        .map_err(|_| quit(&format!("Invalid -w timeout \"{word}\" (must be greater than 0).")))?;
    Ok(Duration::from_secs(seconds.into()))
}
