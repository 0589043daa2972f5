//! `nc.traditional`: the first netcat, version 1.10-47.
//!
//! It closes its listening socket as soon as a connection is there (trace 02h), and ends when the connection does: when
//! the peer sends FIN or RST. The end of its keyboard ends nothing, unless `-q` says so. It tries to bind a taken port
//! four times, two seconds apart (trace 09a). It catches SIGINT and SIGTERM, and ends with exit code 1 (m03).
//!
//! `-w` bounds a connect and an accept. While it relays, it counts only after the end of the keyboard, and the second
//! silence of that length is the last (m01, m02).
//!
//! With several ports it sends the same first input to each that is open (v164).
//!
//! Left out: UDP, `-c`, `-e`, `-g`, `-G`, `-o`; `-b -k -r -T -t` are accepted but have no effect.

mod client;
mod options;
mod server;

use super::relay::{Moved, Relay, Stdin, Waits};
use super::{Begun, Event, Life, Program, Sys};
use crate::output::Refusal;
use options::Options;
use std::time::Duration;
use tcp_core::Instant;
use tcp_core::net::{Command, Endpoint, Errno, SocketId};

/// How often a bind is tried, and the time between two tries.
const TRIES: u32 = 4;
const BETWEEN_TRIES: Duration = Duration::from_secs(2);
/// How many silences of `-w` after the end of the keyboard end a connection.
const SILENCES: u32 = 2;

/// A running `nc.traditional`.
#[derive(Clone, Debug)]
pub(crate) struct Traditional {
    options: Options,
    stdin: Stdin,
    stage: Stage,
    waits: Waits,
    /// The ports that are left of the present range: the lowest, and the next.
    range: (u16, u16),
    /// Whether there is one port only.
    single: bool,
    /// Input that is sent to each port.
    saved: Vec<u8>,
    /// Octets sent and received over all connections.
    count: (usize, usize),
    /// Exit code, if no further port is tried.
    code: i32,
}

#[derive(Clone, Debug)]
enum Stage {
    /// Between two tries of a bind.
    Binding { socket: SocketId, tries: u32 },
    /// Waits for a connection.
    Listening { listener: SocketId },
    /// Waits for its handshake.
    Connecting { socket: SocketId, to: Endpoint },
    /// Connected. With `-i` it sleeps after each event.
    Relaying { relay: Relay, silences: u32, asleep: bool },
    /// With `-i`, between two ports.
    Between,
}

/// Reads the arguments and makes the first calls.
pub(crate) fn begin(name: &str, args: &[String], sys: &mut Sys<'_>) -> Result<Begun, Refusal> {
    let mut said = String::new();
    let options = Options::read(name, args, sys.names, &mut said)?;
    sys.stderr(&said);
    let mut nc = Traditional {
        single: options.ports.len() < 2,
        options,
        stdin: Stdin::default(),
        stage: Stage::Between,
        waits: Waits::default(),
        range: (1, 0),
        saved: Vec::new(),
        count: (0, 0),
        code: 0,
    };
    let life = if nc.options.listen { nc.open(sys) } else { nc.next_port(sys) };
    nc.waits.set(sys);
    Ok(Begun::after(life, Program::Traditional(nc)))
}

impl Traditional {
    /// Whether it would read a block of its input now.
    pub(crate) fn is_hungry(&self) -> bool {
        self.stdin.is_hungry()
    }

    /// Handles one event.
    pub(crate) fn handle(&mut self, event: Event, sys: &mut Sys<'_>) -> Life {
        if self.waits.take(&event, sys) {
            return Life::Exit(0);
        }
        let life = self.react(event, sys);
        self.waits.set(sys);
        life
    }

    /// What it writes when a signal ends it: an empty line (trace 02h), or with `-vv` its counts (m04).
    pub(crate) fn last_words(&self) -> String {
        let (mut sent, mut received) = self.count;
        if let Stage::Relaying { relay, .. } = &self.stage {
            (sent, received) = (sent + relay.sent, received + relay.received);
        }
        let counts = format!(" sent {sent}, rcvd {received}");
        (if self.options.verbose > 1 { counts } else { String::new() }) + "\n"
    }

    fn react(&mut self, event: Event, sys: &mut Sys<'_>) -> Life {
        self.stdin.take_in(&event);
        match (&mut self.stage, event) {
            (Stage::Binding { socket, tries }, Event::Timer) => {
                let (socket, tries) = (*socket, *tries);
                self.bind(socket, tries, sys)
            }
            (Stage::Listening { .. }, Event::Timer) => {
                sys.stderr("no connection : Connection timed out\n");
                Life::Exit(1)
            }
            (Stage::Listening { listener }, Event::Wake(..)) => {
                let listener = *listener;
                self.accept(listener, sys)
            }
            (Stage::Connecting { socket, to }, Event::Wake(woken, notice)) if *socket == woken => {
                let (socket, to) = (*socket, *to);
                self.connect_ended(socket, to, notice, sys)
            }
            (Stage::Connecting { socket, to }, Event::Timer) => {
                let (socket, to) = (*socket, *to);
                self.connect_failed(socket, to, Errno::TimedOut, sys)
            }
            (Stage::Relaying { silences, asleep, .. }, Event::Timer) => {
                if !std::mem::take(asleep) && self.stdin.ended {
                    *silences += 1;
                }
                self.relay(sys)
            }
            (Stage::Relaying { .. }, _) => self.relay(sys),
            (Stage::Between, Event::Timer) => self.next_port(sys),
            _ => Life::On,
        }
    }

    /// The end of a wait that begins now, if `-w` bounds it.
    fn patience(&self, sys: &Sys<'_>) -> Option<Instant> {
        self.options.timeout.map(|patience| sys.now() + patience)
    }

    fn open(&mut self, sys: &mut Sys<'_>) -> Life {
        match sys.socket() {
            Ok(socket) => self.bind(socket, 0, sys),
            Err(_) => Life::Exit(1),
        }
    }

    /// Binds if an address or a port was asked for, and goes on to listen or connect.
    fn bind(&mut self, socket: SocketId, tries: u32, sys: &mut Sys<'_>) -> Life {
        let at = self.options.local;
        if tries == TRIES {
            sys.stderr(&format!("Can't grab {at} with bind\n"));
            return Life::Exit(1);
        }
        if sys.nc_habits().shares_port {
            // This cannot fail on a fresh socket.
            let _ = sys.call(Command::ReusePort { socket });
        }
        let bound = sys.call(Command::ReuseAddr { socket }).and_then(|()| match at == Endpoint::any(0) {
            true if !self.options.listen => Ok(()),
            _ => sys.call(Command::Bind { socket, to: at }),
        });
        match bound {
            Ok(()) if self.options.listen => self.listen(socket, sys),
            Ok(()) => self.connect(socket, sys),
            Err(Errno::AddrInUse) => {
                if self.options.verbose > 0 {
                    sys.stderr(&format!("retrying local {at} : {}\n", Errno::AddrInUse.text()));
                }
                self.stage = Stage::Binding { socket, tries: tries + 1 };
                self.waits.call = Some(sys.now() + BETWEEN_TRIES);
                Life::On
            }
            Err(errno) => {
                sys.stderr(&format!("Can't grab {at} with bind : {}\n", errno.text()));
                Life::Exit(1)
            }
        }
    }

    fn connected(&mut self, socket: SocketId, sys: &mut Sys<'_>) -> Life {
        let mut relay = Relay::new(socket);
        let nap = self.options.interval;
        relay.by_line = nap.is_some();
        relay.crlf = self.options.crlf;
        if !self.saved.is_empty() {
            self.stdin.pending.clone_from(&self.saved);
        }
        self.stage = Stage::Relaying { relay, silences: 0, asleep: nap.is_some() };
        self.waits.call = nap.map(|nap| sys.now() + nap).or(self.patience(sys));
        self.relay(sys)
    }

    fn relay(&mut self, sys: &mut Sys<'_>) -> Life {
        let patience = self.patience(sys);
        let Stage::Relaying { relay, silences, asleep } = &mut self.stage else {
            return Life::On;
        };
        if *asleep {
            return Life::On;
        }
        let open = relay.receives;
        if !self.single && !self.stdin.ended && !self.stdin.is_empty() {
            // What was typed by now is for every port, and nothing else is read.
            self.saved.clone_from(&self.stdin.pending);
            self.stdin.ended = true;
        }
        let Moved { received, sent } = relay.pump(&mut self.stdin, sys);
        // A sleeping netcat finds the end of its input in a turn of its own.
        let last = self.stdin.is_empty() && !(sent && relay.by_line);
        let typed_out = last && self.stdin.just_ended();
        if let Some(delay) = self.options.quit_after.filter(|_| typed_out) {
            // It announces at once that no more will come.
            relay.half_close(sys);
            if delay.is_zero() {
                return Life::Exit(0);
            }
            self.waits.alarm = Some(sys.now() + delay);
        }
        let nap = self.options.interval.filter(|_| received || sent || typed_out);
        let silent = *silences == SILENCES;
        if silent || (!relay.receives && (nap.is_none() || !open)) {
            self.count = (self.count.0 + relay.sent, self.count.1 + relay.received);
            let socket = relay.socket();
            if silent && self.options.verbose > 1 {
                sys.stderr("net timeout\n");
            }
            return self.over(socket, sys);
        }
        *asleep = nap.is_some();
        if let Some(nap) = nap {
            self.waits.call = Some(sys.now() + nap);
        } else if received || sent || typed_out || self.waits.call.is_none() {
            self.waits.call = patience;
        }
        Life::On
    }
}
