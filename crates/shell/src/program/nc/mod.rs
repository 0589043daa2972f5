//! `nc`: netcat-openbsd 1.219, or with [`CloseHabit::EndsWithPeer`] the older version of the article.
//!
//! When does it end? Two things feed it, the keyboard and the network, and two things take from it, the network and
//! the screen. The traces agree on this rule:
//!
//! * A client ends when *both* feeders are done: the keyboard at its end (`-d`, Ctrl-D) *and* the network at its end
//!   (FIN received). One alone is not enough, so after the peer's FIN it waits for its keyboard (02a, 02d, 18f), after
//!   Ctrl-D for the network (01e), and with `-d` it ends with the peer (02e).
//! * A server (`-l`) does not wait for its keyboard: it ends with the network (01a, 10c).
//! * A connection that is reset or timed out gives and takes nothing more. With nothing to take its input, the keyboard
//!   is no longer read, so both feeders are done at once, and it ends silently with exit code 0 (17a, 18e). That is
//!   also why a line typed after the peer's FIN ends it: the line is answered by RST (02d, 02g).
//!
//! The older version ends as soon as the network is at its end.
//!
//! Left out: UDP, UNIX sockets, proxies, TLS; `-b -D -I -M -m -O -r -T -t -V -W` are accepted but have no effect, and
//! `-i` waits between ports but not between lines.

mod client;
mod options;
mod server;
mod text;

use super::nc_habits::CloseHabit;
use super::relay::{Relay, Stdin};
use super::{Begun, Event, Life, Sys};
use crate::output::Refusal;
use options::Options;
use std::time::Duration;
use tcp_core::net::SocketId;

/// A running `nc`.
#[derive(Clone, Debug)]
pub(crate) struct Nc {
    options: Options,
    stdin: Stdin,
    stage: Stage,
    /// Ports that are still to be tried, the next one last.
    ports: Vec<u16>,
    /// Whether the `-q` timer is running.
    quitting: bool,
    /// Whether any port could be reached.
    reached: bool,
}

/// What an `nc` is doing.
#[derive(Clone, Debug)]
enum Stage {
    /// A client waits for its handshake.
    Connecting { socket: SocketId, port: u16 },
    /// A client is between two ports, or before the first: with `-i` it waits.
    BetweenPorts,
    /// A server waits for a connection.
    Listening { listener: SocketId },
    /// Connected.
    Relaying { relay: Relay, listener: Option<SocketId> },
}

/// Reads the arguments and makes the first calls.
pub(crate) fn begin(_name: &str, args: &[String], sys: &mut Sys<'_>) -> Result<Begun, Refusal> {
    let options = Options::read(args, sys.names)?;
    let stdin = if options.detached { Stdin::closed() } else { Stdin::default() };
    if options.listen { server::begin(options, stdin, sys) } else { Ok(client::begin(options, stdin, sys)) }
}

impl Nc {
    /// Handles one event.
    pub(crate) fn handle(&mut self, event: Event, sys: &mut Sys<'_>) -> Life {
        let event = match event {
            Event::Line(line) if self.options.crlf => Event::Line(line.replace('\n', "\r\n")),
            event => event,
        };
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
            (Stage::BetweenPorts, Event::Timer) => self.next_port(sys),
            (Stage::Listening { listener }, Event::Wake(..)) => {
                let listener = *listener;
                self.accept(listener, sys)
            }
            (Stage::Relaying { relay, listener }, Event::Timer) => {
                let (socket, listener) = (relay.socket(), *listener);
                self.relay_timed_out(socket, listener, sys)
            }
            (Stage::Relaying { relay, .. }, Event::Wake(woken, notice)) => {
                if relay.socket() == woken {
                    relay.wake(notice);
                }
                self.relay(sys)
            }
            (Stage::Relaying { .. }, _) => self.relay(sys),
            (Stage::Connecting { .. } | Stage::BetweenPorts | Stage::Listening { .. }, _) => Life::On,
        }
    }

    /// Begins to relay on a connected socket.
    fn connected(&mut self, socket: SocketId, listener: Option<SocketId>, sys: &mut Sys<'_>) -> Life {
        self.stage = Stage::Relaying { relay: Relay::new(socket), listener };
        sys.stop_timer();
        if let Some(idle) = self.options.timeout {
            sys.set_timer(idle);
        }
        self.relay(sys)
    }

    /// Relays what can be relayed, and ends the connection if it is over.
    fn relay(&mut self, sys: &mut Sys<'_>) -> Life {
        let Stage::Relaying { relay, listener } = &mut self.stage else {
            return Life::On;
        };
        let listener = *listener;
        let moved = relay.pump(&mut self.stdin, sys);
        let typed_out = self.stdin.ended && self.stdin.is_empty();
        if typed_out && self.options.half_close {
            relay.half_close(sys);
        }
        let feeders_done = relay.broken || (!relay.receives && typed_out);
        let peer_done = !relay.receives
            && ((self.stdin.is_empty() && self.options.listen)
                || sys.nc_habits().close == CloseHabit::EndsWithPeer);
        let socket = relay.socket();
        if feeders_done || peer_done {
            sys.stop_timer();
            sys.close(socket);
            return self.relayed(listener, sys);
        }
        self.set_relay_timer(moved, typed_out, sys);
        Life::On
    }

    /// Handles the timer of a relay: idle for `-w`, or `-q` seconds after the end of the input. Both end it silently.
    fn relay_timed_out(&mut self, socket: SocketId, listener: Option<SocketId>, sys: &mut Sys<'_>) -> Life {
        if self.quitting {
            return Life::Exit(0);
        }
        sys.close(socket);
        self.relayed(listener, sys)
    }

    fn set_relay_timer(&mut self, moved: bool, typed_out: bool, sys: &mut Sys<'_>) {
        match (self.options.quit_after, self.options.timeout) {
            _ if self.quitting => {}
            (Some(delay), _) if typed_out && !self.options.detached => {
                self.quitting = true;
                sys.set_timer(delay);
            }
            (_, Some(idle)) if moved => sys.set_timer(idle),
            _ => {}
        }
    }

    /// Continues after a connection: a server with `-k` takes the next one, a client tries its next port.
    fn relayed(&mut self, listener: Option<SocketId>, sys: &mut Sys<'_>) -> Life {
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
