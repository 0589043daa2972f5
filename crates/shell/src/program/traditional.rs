//! `nc.traditional`: the first netcat, version 1.10-47.
//!
//! It closes its listening socket as soon as a connection is there (trace 02h), ends when the connection does, and
//! tries to bind a taken port four times, two seconds apart (trace 09a). It catches SIGINT and ends with exit code 1.
//!
//! Left out: UDP, `-e`, `-c`, `-o`, `-g`, `-r`, and host names in its messages: it always prints `(UNKNOWN)`.

mod options;

use super::relay::{Moved, Relay, Stdin};
use super::{Begun, Event, Life, Program, Sys};
use crate::names::service;
use crate::output::Refusal;
use options::Options;
use std::time::Duration;
use tcp_core::net::{Command, Endpoint, Errno, IpAddr, Ipv4, SocketId};
use tcp_core::tcp::Notice;

/// How often a bind is tried, and the time between two tries.
const TRIES: u32 = 4;
const BETWEEN_TRIES: Duration = Duration::from_secs(2);
/// Backlog: one less than the number of connections that may wait (trace 19b: `ss` shows 1).
const BACKLOG: u32 = 1;

/// A running `nc.traditional`.
#[derive(Clone, Debug)]
pub(crate) struct Traditional {
    options: Options,
    stdin: Stdin,
    stage: Stage,
    reached: bool,
}

#[derive(Clone, Debug)]
enum Stage {
    /// Between two tries of a bind.
    Binding {
        socket: SocketId,
        tries: u32,
    },
    Listening {
        listener: SocketId,
    },
    Connecting {
        socket: SocketId,
        to: Endpoint,
    },
    Relaying(Relay),
}

/// Reads the arguments and makes the first calls.
pub(crate) fn begin(_name: &str, args: &[String], sys: &mut Sys<'_>) -> Result<Begun, Refusal> {
    let options = Options::read(args, sys.names)?;
    let Ok(socket) = sys.socket() else {
        return Ok(Begun::Ended(1));
    };
    let stage = Stage::Binding { socket, tries: 0 };
    let mut nc = Traditional { options, stdin: Stdin::default(), stage, reached: false };
    Ok(Begun::after(nc.bind(socket, 0, sys), Program::Traditional(nc)))
}

impl Traditional {
    /// Handles one event.
    pub(crate) fn handle(&mut self, event: Event, sys: &mut Sys<'_>) -> Life {
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
            (Stage::Relaying(_), Event::Timer) => Life::Exit(0),
            (Stage::Relaying(relay), event) => {
                if let Event::Wake(_, notice) = event {
                    relay.wake(notice);
                }
                self.relay(sys)
            }
            _ => Life::On,
        }
    }

    /// What it writes when SIGINT ends it (trace 02h: an empty line).
    pub(crate) fn last_words(&self) -> &'static str {
        if self.options.verbose > 0 { " punt!\n" } else { "\n" }
    }

    /// Binds if a port was asked for, and goes on to listen or connect.
    fn bind(&mut self, socket: SocketId, tries: u32, sys: &mut Sys<'_>) -> Life {
        let at = Endpoint::any(self.options.port);
        if tries == TRIES {
            sys.stderr(&format!("Can't grab {at} with bind\n"));
            return Life::Exit(1);
        }
        let bound = if self.options.listen || at.port != 0 {
            if sys.nc_habits().shares_port {
                // This cannot fail on a fresh socket.
                let _ = sys.call(Command::ReusePort { socket });
            }
            sys.call(Command::ReuseAddr { socket }).and_then(|()| sys.call(Command::Bind { socket, to: at }))
        } else {
            Ok(())
        };
        match bound {
            Ok(()) if self.options.listen => self.listen(socket, sys),
            Ok(()) => self.connect(socket, sys),
            Err(errno) => {
                if self.options.verbose > 0 {
                    sys.stderr(&format!("retrying local {at} : {}\n", errno.text()));
                }
                self.stage = Stage::Binding { socket, tries: tries + 1 };
                sys.set_timer(BETWEEN_TRIES);
                Life::On
            }
        }
    }

    fn listen(&mut self, socket: SocketId, sys: &mut Sys<'_>) -> Life {
        if let Err(errno) = sys.call(Command::Listen { socket, backlog: BACKLOG }) {
            sys.stderr(&format!("listen : {}\n", errno.text()));
            return Life::Exit(1);
        }
        if self.options.verbose > 0 {
            let port = sys.world.local(socket).map_or(self.options.port, |local| local.port);
            sys.stderr(&format!("listening on [any] {port} ...\n"));
        }
        self.stage = Stage::Listening { listener: socket };
        if let Some(patience) = self.options.timeout {
            sys.set_timer(patience);
        }
        Life::On
    }

    fn accept(&mut self, listener: SocketId, sys: &mut Sys<'_>) -> Life {
        let Ok((socket, peer)) = sys.accept(listener) else {
            return Life::On;
        };
        if self.options.verbose > 0 {
            let here = sys.world.local(socket).map_or(IpAddr::V4(Ipv4::UNSPECIFIED), |local| local.addr);
            sys.stderr(&format!("connect to [{here}] from (UNKNOWN) [{}] {}\n", peer.addr, peer.port));
        }
        sys.close(listener);
        self.connected(socket, sys)
    }

    fn connect(&mut self, socket: SocketId, sys: &mut Sys<'_>) -> Life {
        let Some(to) = self.options.target else {
            return Life::Exit(1);
        };
        if let Err(errno) = sys.call(Command::Connect { socket, to })
            && errno != Errno::InProgress
        {
            return self.connect_failed(socket, to, errno, sys);
        }
        self.stage = Stage::Connecting { socket, to };
        if let Some(patience) = self.options.timeout {
            sys.set_timer(patience);
        }
        Life::On
    }

    fn connect_ended(&mut self, socket: SocketId, to: Endpoint, notice: Notice, sys: &mut Sys<'_>) -> Life {
        match notice {
            Notice::Reset | Notice::TimedOut => {
                let errno = sys.take_error(socket).unwrap_or(Errno::ConnRefused);
                self.connect_failed(socket, to, errno, sys)
            }
            // `connect` blocks, and does not ask.
            Notice::SoftError => Life::On,
            Notice::Connected | Notice::Readable | Notice::PeerClosed | Notice::Writable => {
                self.reached = true;
                self.say(to, "open", sys);
                if self.options.scan {
                    sys.close(socket);
                    return self.next_port(sys);
                }
                self.connected(socket, sys)
            }
        }
    }

    fn connect_failed(&mut self, socket: SocketId, to: Endpoint, errno: Errno, sys: &mut Sys<'_>) -> Life {
        sys.close(socket);
        self.say(to, &format!(": {}", errno.text()), sys);
        self.next_port(sys)
    }

    fn say(&self, to: Endpoint, what: &str, sys: &mut Sys<'_>) {
        if self.options.verbose > 0 {
            let name = service(to.port).unwrap_or("?");
            sys.stderr(&format!("(UNKNOWN) [{}] {} ({name}) {what}\n", to.addr, to.port));
        }
    }

    fn next_port(&mut self, sys: &mut Sys<'_>) -> Life {
        sys.stop_timer();
        let (Some(target), Some(port)) = (self.options.target, self.options.ports.pop()) else {
            return Life::Exit(i32::from(!self.reached));
        };
        self.options.target = Some(Endpoint::new(target.addr, port));
        match sys.socket() {
            Ok(socket) => self.bind(socket, 0, sys),
            Err(_) => Life::Exit(1),
        }
    }

    fn connected(&mut self, socket: SocketId, sys: &mut Sys<'_>) -> Life {
        self.stage = Stage::Relaying(Relay::new(socket));
        sys.stop_timer();
        self.relay(sys)
    }

    fn relay(&mut self, sys: &mut Sys<'_>) -> Life {
        let Stage::Relaying(relay) = &mut self.stage else {
            return Life::On;
        };
        let Moved { received, sent } = relay.pump(&mut self.stdin, sys);
        if !relay.receives {
            return Life::Exit(0);
        }
        match (self.options.quit_after, self.options.timeout) {
            (Some(delay), _) if self.stdin.ended => {
                // It announces at once that no more will come, and then waits for the peer to end.
                relay.half_close(sys);
                self.options.quit_after = None;
                self.options.timeout = None;
                sys.set_timer(delay);
            }
            (_, Some(idle)) if received || sent => sys.set_timer(idle),
            _ => {}
        }
        Life::On
    }
}
