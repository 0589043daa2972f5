//! `nc`: netcat-openbsd 1.219, or with [`CloseHabit::EndsWithPeer`] the older version of the article.
//!
//! When does it end? Two things feed it, the keyboard and the network, and two things take from it, the network and
//! the screen. The traces agree on this rule:
//!
//! * A client ends when *both* feeders are done: the keyboard at its end (`-d`, Ctrl-D) *and* the network at its end
//!   (FIN received). One alone is not enough, so after the peer's FIN it waits for its keyboard (02a, 02d, 18f), after
//!   Ctrl-D for the network (01e), and with `-d` it ends with the peer (02e).
//! * A server (`-l`) does not wait for its keyboard: it ends with the network (01a, 10c). With `-q` it does not wait
//!   for the network either: the end of its keyboard is the end of both, and of `-k` (v161).
//! * A connection that is reset or timed out gives and takes nothing more. With nothing to take its input, the keyboard
//!   is no longer read, so both feeders are done at once, and it ends silently with exit code 0 (17a, 18e). That is
//!   also why a line typed after the peer's FIN ends it: the line is answered by RST (02d, 02g).
//!
//! With `-q N` it closes the connection when it would end, and ends N seconds later, whatever it was to do then
//! (m06, v160). `-w N` bounds the wait for the next event of the keyboard or the network; an acknowledgement is not an
//! event.
//!
//! The older version ends as soon as the network is at its end.
//!
//! Left out: UDP, UNIX sockets, proxies, TLS; `-b -D -I -M -m -O -r -T -t -V -W` are accepted but have no effect.

mod client;
mod options;
mod server;
mod text;

use super::nc_habits::CloseHabit;
use super::relay::{Moved, Relay, Stdin, Waits};
use super::{Begun, Event, Life, Sys};
use crate::output::Refusal;
use options::Options;
use std::time::Duration;
use tcp_core::Instant;
use tcp_core::net::SocketId;

/// A running `nc`.
#[derive(Clone, Debug)]
pub(crate) struct Nc {
    options: Options,
    stdin: Stdin,
    stage: Stage,
    /// Ports that are still to be tried, the next one last.
    ports: Vec<u16>,
    waits: Waits,
    /// Whether any port could be reached.
    reached: bool,
}

/// What an `nc` is doing.
#[derive(Clone, Debug)]
enum Stage {
    /// A client has not tried a port yet.
    Idle,
    /// A client waits for its handshake.
    Connecting { socket: SocketId, port: u16 },
    /// A server waits for a connection.
    Listening { listener: SocketId },
    /// Connected. With `-i` it sleeps after each line that it has sent.
    Relaying {
        relay: Relay,
        listener: Option<SocketId>,
        asleep: bool,
        /// Whether `poll` has reported anything yet: with `-d`, the end of the input is noticed then (v160).
        polled: bool,
    },
    /// It has closed its connection and waits for the alarm of `-q`.
    Leaving { listener: Option<SocketId> },
}

/// Reads the arguments and makes the first calls.
pub(crate) fn begin(_name: &str, args: &[String], sys: &mut Sys<'_>) -> Result<Begun, Refusal> {
    let options = Options::read(args, sys.names)?;
    let nc = Nc::new(options);
    if nc.options.listen { nc.serve(sys) } else { Ok(nc.call(sys)) }
}

impl Nc {
    fn new(options: Options) -> Nc {
        let ports = if options.listen { Vec::new() } else { options.ports.iter().rev().copied().collect() };
        let stdin = if options.detached { Stdin::closed() } else { Stdin::default() };
        Nc { options, stdin, stage: Stage::Idle, ports, waits: Waits::default(), reached: false }
    }

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

    fn react(&mut self, event: Event, sys: &mut Sys<'_>) -> Life {
        self.stdin.take_in(&event);
        match (&mut self.stage, event) {
            (Stage::Connecting { socket, port }, Event::Wake(woken, notice)) if *socket == woken => {
                let (socket, port) = (*socket, *port);
                self.connect_ended(socket, port, notice, sys)
            }
            (Stage::Connecting { socket, port }, Event::Timer) => {
                let (socket, port) = (*socket, *port);
                self.connect_too_slow(socket, port, sys)
            }
            (Stage::Listening { listener }, Event::Wake(..)) => {
                let listener = *listener;
                self.accept(listener, sys)
            }
            (Stage::Relaying { asleep, .. }, Event::Timer) if *asleep => {
                *asleep = false;
                self.relay(sys)
            }
            (Stage::Relaying { relay, listener, .. }, Event::Timer) => {
                let (socket, listener, now) = (relay.socket(), *listener, Some(sys.now()));
                self.waits.call = now;
                match self.relay(sys) {
                    // `poll` reports what came in the last moment, and only otherwise that its time is over (v306).
                    Life::On if self.waits.call == now => {
                        sys.close(socket);
                        self.relayed(listener, sys)
                    }
                    life => life,
                }
            }
            (Stage::Relaying { relay, .. }, Event::Wake(woken, notice)) => {
                if relay.socket() == woken {
                    relay.wake(notice);
                }
                self.relay(sys)
            }
            (Stage::Relaying { .. }, _) => self.relay(sys),
            (Stage::Leaving { listener }, Event::Timer) => {
                let listener = *listener;
                self.relayed(listener, sys)
            }
            _ => Life::On,
        }
    }

    /// The end of a wait that begins now, if `-w` bounds it.
    fn patience(&self, sys: &Sys<'_>) -> Option<Instant> {
        self.options.timeout.map(|patience| sys.now() + patience)
    }

    /// Begins to relay on a connected socket.
    fn connected(&mut self, socket: SocketId, listener: Option<SocketId>, sys: &mut Sys<'_>) -> Life {
        let mut relay = Relay::new(socket);
        relay.by_line = self.options.interval.is_some();
        relay.crlf = self.options.crlf;
        self.stage = Stage::Relaying { relay, listener, asleep: false, polled: false };
        if !self.options.detached {
            self.stdin.ends_again();
        }
        self.waits.call = self.patience(sys);
        self.relay(sys)
    }

    /// Relays what can be relayed, and ends the connection if it is over.
    fn relay(&mut self, sys: &mut Sys<'_>) -> Life {
        let patience = self.patience(sys);
        let Stage::Relaying { relay, listener, asleep, polled } = &mut self.stage else {
            return Life::On;
        };
        if *asleep {
            return Life::On;
        }
        let listener = *listener;
        let Moved { received, sent } = relay.pump(&mut self.stdin, sys);
        let event = self.stdin.just_ended() || received || sent;
        *polled |= event;
        if let Some(nap) = self.options.interval.filter(|_| sent) {
            *asleep = true;
            self.waits.call = Some(sys.now() + nap);
            return Life::On;
        }
        let typed_out = self.stdin.ended && self.stdin.is_empty();
        if *polled && typed_out && self.options.half_close {
            relay.half_close(sys);
            if self.options.listen && self.options.quit_after.is_some() {
                self.options.keep = false;
                relay.receives = false;
            }
        }
        let listens = self.options.listen && self.stdin.is_empty();
        let alone = listens || typed_out || sys.nc_habits().close == CloseHabit::EndsWithPeer;
        if relay.failed.is_some() || (alone && !relay.receives) {
            sys.close(relay.socket());
            return self.leave(listener, sys);
        }
        if event || self.waits.call.is_none() {
            self.waits.call = patience;
        }
        Life::On
    }

    /// Ends after a connection that is over, with `-q` some seconds later.
    fn leave(&mut self, listener: Option<SocketId>, sys: &mut Sys<'_>) -> Life {
        let Some(delay) = self.options.quit_after.filter(|delay| !delay.is_zero()) else {
            return self.relayed(listener, sys);
        };
        self.waits = Waits { alarm: Some(sys.now() + delay), call: self.patience(sys) };
        self.stage = Stage::Leaving { listener };
        Life::On
    }

    /// Continues after a connection: a server with `-k` takes the next one, a client tries its next port.
    fn relayed(&mut self, listener: Option<SocketId>, sys: &mut Sys<'_>) -> Life {
        self.waits.call = None;
        match listener {
            Some(listener) if self.options.keep => {
                self.stage = Stage::Listening { listener };
                self.accept(listener, sys)
            }
            Some(_) => Life::Exit(0),
            None => self.next_port(sys),
        }
    }
}

/// The time that `-w`, `-q` or `-i` gives.
fn seconds(count: i32) -> Duration {
    Duration::from_secs(u64::try_from(count).unwrap_or(0))
}
