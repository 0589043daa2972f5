//! `ncat`: the netcat of Nmap 7.93.
//!
//! It lets ten connections wait, reports a port that is taken and connects from another one all the same (trace 09a),
//! and gives up a connect after ten seconds.
//!
//! Left out: UDP, TLS, proxies, `-e`, `-c`, and its second listening socket for IPv6: `netstat` shows one row less.
//! A listener with `-k` serves its connections one after the other, where the real one serves them at once.

use super::options::{Arg, getopt, number};
use super::relay::{Relay, Stdin};
use super::{Event, Life, Sys};
use crate::names::{resolve, service_port};
use std::time::Duration;
use tcp_core::net::{Command, Endpoint, Errno, Ipv4, SocketId};
use tcp_core::tcp::Notice;

/// How many connections may wait, less one (trace 19a: `ss` shows 10).
const BACKLOG: u32 = 10;
/// Where it goes if no port is given.
const DEFAULT_PORT: u16 = 31337;
/// How long it waits for a connect.
const PATIENCE: Duration = Duration::from_secs(10);
/// The first line of `-v`.
const VERSION: &str = "Ncat: Version 7.93 ( https://nmap.org/ncat )\n";

/// What it was asked for.
#[derive(Clone, Debug, Default)]
struct Options {
    listen: bool,
    keep: bool,
    verbose: bool,
    source_port: Option<u16>,
    patience: Option<Duration>,
    host: Option<String>,
    port: u16,
}

/// A running `ncat`.
#[derive(Clone, Debug)]
pub(crate) struct Ncat {
    options: Options,
    stdin: Stdin,
    stage: Stage,
}

#[derive(Clone, Debug)]
enum Stage {
    Connecting { socket: SocketId, to: Endpoint },
    Listening { listener: SocketId },
    Relaying { relay: Relay, listener: Option<SocketId> },
}

impl Ncat {
    /// Reads the arguments and makes the first calls.
    pub(crate) fn begin(args: &[String], sys: &mut Sys<'_>) -> Result<Ncat, i32> {
        let options = Options::read(args).map_err(|why| quit(&why, sys))?;
        if options.verbose {
            sys.stderr(VERSION);
        }
        let addr = match &options.host {
            Some(host) => resolve(host)
                .map_err(|why| quit(&format!("Could not resolve hostname \"{host}\": {why}."), sys))?,
            None if options.listen => Ipv4::UNSPECIFIED,
            None => return Err(quit("You must specify a host to connect to.", sys)),
        };
        let at = Endpoint::new(addr, options.port);
        let stage = if options.listen { listen(at, &options, sys)? } else { connect(at, &options, sys)? };
        Ok(Ncat { options, stdin: Stdin::default(), stage })
    }

    /// Takes in one event.
    pub(crate) fn handle(&mut self, event: Event, sys: &mut Sys<'_>) -> Life {
        self.stdin.take_in(&event);
        match (&mut self.stage, event) {
            (Stage::Connecting { socket, to }, Event::Wake(woken, notice)) if *socket == woken => {
                let (socket, to) = (*socket, *to);
                self.connect_ended(socket, to, notice, sys)
            }
            (Stage::Connecting { .. }, Event::Timer) => {
                sys.stderr("Ncat: TIMEOUT.\n");
                Life::Exit(1)
            }
            (Stage::Listening { listener }, Event::Wake(..)) => {
                let listener = *listener;
                self.accept(listener, sys)
            }
            (Stage::Relaying { relay, .. }, event) => {
                if let Event::Wake(woken, notice) = event
                    && woken == relay.socket()
                {
                    relay.wake(notice);
                }
                self.relay(sys)
            }
            _ => Life::On,
        }
    }

    fn connect_ended(&mut self, socket: SocketId, to: Endpoint, notice: Notice, sys: &mut Sys<'_>) -> Life {
        if matches!(notice, Notice::Reset | Notice::TimedOut) {
            let errno = sys.take_error(socket).unwrap_or(Errno::ConnRefused);
            sys.stderr(&format!("Ncat: {}.\n", errno.text()));
            return Life::Exit(1);
        }
        sys.stop_timer();
        if self.options.verbose {
            sys.stderr(&format!("Ncat: Connected to {to}.\n"));
        }
        self.stage = Stage::Relaying { relay: Relay::new(socket), listener: None };
        self.relay(sys)
    }

    fn accept(&mut self, listener: SocketId, sys: &mut Sys<'_>) -> Life {
        let Ok((socket, peer)) = sys.accept(listener) else {
            return Life::On;
        };
        if self.options.verbose {
            sys.stderr(&format!("Ncat: Connection from {}.\nNcat: Connection from {peer}.\n", peer.addr));
        }
        let listener = if self.options.keep {
            Some(listener)
        } else {
            sys.close(listener);
            None
        };
        self.stage = Stage::Relaying { relay: Relay::new(socket), listener };
        self.relay(sys)
    }

    fn relay(&mut self, sys: &mut Sys<'_>) -> Life {
        let Stage::Relaying { relay, listener } = &mut self.stage else {
            return Life::On;
        };
        relay.pump(&mut self.stdin, sys);
        if self.stdin.ended && self.stdin.is_empty() {
            relay.half_close(sys);
        }
        if relay.receives {
            return Life::On;
        }
        let (socket, listener) = (relay.socket(), *listener);
        sys.close(socket);
        match listener {
            Some(listener) => {
                self.stage = Stage::Listening { listener };
                self.accept(listener, sys)
            }
            None => Life::Exit(0),
        }
    }
}

/// Prints why it gives up; the exit code is 2.
fn quit(why: &str, sys: &mut Sys<'_>) -> i32 {
    sys.stderr(&format!("Ncat: {why} QUITTING.\n"));
    2
}

fn listen(at: Endpoint, options: &Options, sys: &mut Sys<'_>) -> Result<Stage, i32> {
    let listener =
        sys.listener(at, BACKLOG).map_err(|errno| quit(&format!("bind to {at}: {}.", errno.text()), sys))?;
    if options.verbose {
        sys.stderr(&format!("Ncat: Listening on {at}\n"));
    }
    Ok(Stage::Listening { listener })
}

fn connect(to: Endpoint, options: &Options, sys: &mut Sys<'_>) -> Result<Stage, i32> {
    let socket = sys.socket().map_err(|_| 1)?;
    if let Some(port) = options.source_port {
        let from = Endpoint::any(port);
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
        Err(errno) => {
            sys.stderr(&format!("Ncat: {}.\n", errno.text()));
            Err(1)
        }
    }
}

impl Options {
    fn read(args: &[String]) -> Result<Options, String> {
        let mut options = Options::default();
        let mut operands = Vec::new();
        for arg in getopt(args, "46klnvp:w:i:us:") {
            match arg {
                Arg::Flag('l') => options.listen = true,
                Arg::Flag('k') => options.keep = true,
                Arg::Flag('v') => options.verbose = true,
                Arg::Flag('6') => return Err("IPv6 is not part of this lab.".to_owned()),
                Arg::Flag('u') => return Err("UDP is not part of this lab.".to_owned()),
                Arg::Flag(_) | Arg::With('i' | 's', _) => {}
                Arg::With('p', word) => options.source_port = Some(port(word)?),
                Arg::With(_, word) => options.patience = Some(patience(word)?),
                Arg::Operand(word) => operands.push(word),
                Arg::Unknown(letter) => return Err(format!("Unrecognised option -{letter}.")),
                Arg::Missing(letter) => return Err(format!("Option -{letter} needs an argument.")),
            }
        }
        if options.keep && !options.listen {
            return Err("-k, --keep-open must be used with -l, --listen.".to_owned());
        }
        options.place(&operands)?;
        Ok(options)
    }

    fn place(&mut self, operands: &[&str]) -> Result<(), String> {
        let (host, word) = match operands {
            [] => (None, None),
            // The one operand of a listener is its port if it is a number.
            [port] if self.listen && port.bytes().all(|b| b.is_ascii_digit()) => (None, Some(*port)),
            [host] => (Some(*host), None),
            [host, port] => (Some(*host), Some(*port)),
            _ => return Err("Got more than one port specification.".to_owned()),
        };
        self.host = host.map(str::to_owned);
        let listens_at = self.source_port.filter(|_| self.listen).unwrap_or(DEFAULT_PORT);
        self.port = word.map_or(Ok(listens_at), port)?;
        Ok(())
    }
}

fn port(word: &str) -> Result<u16, String> {
    let value = number(word, 0, 65535).ok().and_then(|value| u16::try_from(value).ok());
    value.or_else(|| service_port(word)).ok_or_else(|| format!("Invalid port number \"{word}\"."))
}

fn patience(word: &str) -> Result<Duration, String> {
    let seconds = number(word.strip_suffix('s').unwrap_or(word), 1, 1_000_000)
        .map_err(|_| format!("Invalid -w timeout \"{word}\" (must be greater than 0)."))?;
    Ok(Duration::from_secs(u64::try_from(seconds).unwrap_or(1)))
}
