//! `ncat`: the netcat of Nmap 7.93.
//!
//! As a client it ends when both its keyboard and its peer are at their end, and only then: after the peer's FIN it goes
//! on reading the keyboard (m07), and does not look at the connection any more, so that it finds out about a reset
//! when it writes a second time: "Broken pipe" (v166). Errors are said aloud, with exit code 1 (n03). With `-i` the timer
//! counts as something that it waits for: it does not end before that timer does (v168).
//!
//! As a server it reads its keyboard while somebody is connected, and ends with its connection; with `-k` never. What
//! is typed goes to all. It says nothing about errors, but its exit code is 1 (v167).
//!
//! If the source port is taken, it reports this but connects from another one (trace 09a). It gives up a connect after
//! ten seconds.
//!
//! Left out: UDP, SCTP, UNIX sockets, TLS, proxies, brokering, access lists, logs, `-c -d -e -g -G -t`, and what
//! a second `-v` adds.

mod options;
mod server;

use super::relay::{Moved, Relay, Stdin};
use super::{Begun, Event, Life, Program, Sys};
use crate::output::Refusal;
use options::{Options, VERSION, quit};
use std::time::Duration;
use tcp_core::net::{Command, Endpoint, Errno, IpAddr, Ipv4, Ipv6, SocketId};
use tcp_core::tcp::Notice;
use tcp_core::{Instant, micros};

/// How long it waits for a connect.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long it tidies up after the end of its keyboard with `--send-only`: the acknowledgement of its FIN may arrive
/// meanwhile, and then the data that it has not read causes no reset (v171, where it took 3 ms).
const TIDYING: Duration = Duration::from_millis(2);

/// A running `ncat`.
#[derive(Clone, Debug)]
pub(crate) struct Ncat {
    options: Options,
    stdin: Stdin,
    stage: Stage,
    begun: Instant,
}

#[derive(Clone, Debug)]
enum Stage {
    Connecting { socket: SocketId, to: Endpoint },
    Connected(Relay),
    Serving { listeners: Vec<SocketId>, peers: Vec<Peer> },
}

/// A connection of a server, with the input to send on it.
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
    options.check()?;
    let look_up = |what: &str, host: &str| {
        let addr = sys.names.unless(options.numeric).resolve_as(host, options.family);
        addr.map_err(|why| quit(&format!("Could not resolve {what} \"{host}\": {why}.")))
    };
    let source = options.source.as_deref().map(|host| look_up("source address", host)).transpose()?;
    let host = options.host.as_deref().map(|host| look_up("hostname", host)).transpose()?;
    if host.is_none() && !options.listen {
        return Err(quit("You must specify a host to connect to."));
    }
    options.check_rest()?;
    let stage = match host {
        Some(addr) if !options.listen => {
            let to = Endpoint::new(addr, options.port);
            let from = source.or_else(|| options.source_port.map(|_| any(addr.is_ipv4())));
            connect(
                to,
                from.map(|from| Endpoint::new(from, options.source_port.unwrap_or(0))),
                &options,
                sys,
            )?
        }
        _ => server::listen(host, &options, sys)?,
    };
    let begun = sys.now();
    Ok(Begun::runs(Program::Ncat(Ncat { options, stdin: Stdin::default(), stage, begun })))
}

fn any(ipv4: bool) -> IpAddr {
    if ipv4 { Ipv4::UNSPECIFIED.into() } else { Ipv6::UNSPECIFIED.into() }
}

fn connect(
    to: Endpoint,
    from: Option<Endpoint>,
    options: &Options,
    sys: &mut Sys<'_>,
) -> Result<Stage, Refusal> {
    let socket = sys.socket_for(to).map_err(|_| Refusal::new("", 1))?;
    if let Some(from) = from {
        let bound = sys
            .call(Command::ReuseAddr { socket })
            .and_then(|()| sys.call(Command::Bind { socket, to: from }));
        if let Err(errno) = bound {
            let number = match errno {
                Errno::AddrInUse => 98,
                Errno::Access => 13,
                _ => 99,
            };
            let text = errno.text();
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

impl Ncat {
    /// Whether it would read a block of its input now.
    pub(crate) fn is_hungry(&self) -> bool {
        self.stdin.is_hungry()
    }

    /// Handles one event.
    pub(crate) fn handle(&mut self, event: Event, sys: &mut Sys<'_>) -> Life {
        let event = match event {
            Event::Line(line) if self.options.crlf => Event::Line(line.replace('\n', "\r\n")),
            event => event,
        };
        self.stdin.take_in(&event);
        match (&self.stage, event) {
            (Stage::Connecting { socket, to }, Event::Wake(woken, notice)) if *socket == woken => {
                let (socket, to) = (*socket, *to);
                self.connect_ended(socket, to, notice, sys)
            }
            (Stage::Connecting { .. }, Event::Timer) => self.fail("TIMEOUT", sys),
            (Stage::Connecting { .. }, _) => Life::On,
            (Stage::Connected(relay), Event::Timer) if self.options.send_only && self.stdin.ended => {
                self.end(relay, sys)
            }
            (_, Event::Timer) => self.idle_too_long(sys),
            (Stage::Connected(_), _) => self.relay(sys),
            (Stage::Serving { listeners, .. }, Event::Wake(woken, _)) if listeners.contains(&woken) => {
                self.accept(woken, sys)
            }
            (Stage::Serving { .. }, _) => self.serve(sys),
        }
    }

    fn connect_ended(&mut self, socket: SocketId, to: Endpoint, notice: Notice, sys: &mut Sys<'_>) -> Life {
        // It asks for SO_ERROR in any case, and so hears of a soft error too (trace k05).
        let failed = matches!(notice, Notice::Reset | Notice::TimedOut);
        if let Some(errno) = sys.take_error(socket).or(failed.then_some(Errno::ConnRefused)) {
            return self.fail(errno.text(), sys);
        }
        sys.stop_timer();
        if self.options.verbose {
            sys.stderr(&format!("Ncat: Connected to {to}.\n"));
        }
        let mut relay = Relay::new(socket);
        if self.options.scan {
            return self.end(&relay, sys);
        }
        if let Some(idle) = self.options.idle {
            sys.set_timer(idle);
        }
        relay.receives = !self.options.send_only;
        self.stage = Stage::Connected(relay);
        self.relay(sys)
    }

    /// Says what went wrong, and ends. With `-z` it is silent unless `-v` is given.
    fn fail(&self, why: &str, sys: &mut Sys<'_>) -> Life {
        if self.options.verbose || !self.options.scan {
            sys.stderr(&format!("Ncat: {why}.\n"));
        }
        Life::Exit(1)
    }

    fn end(&self, relay: &Relay, sys: &mut Sys<'_>) -> Life {
        if self.options.verbose {
            let hundredths = (micros(sys.now().since(self.begun)) / 1000 + 5) / 10;
            sys.stderr(&format!(
                "Ncat: {} bytes sent, {} bytes received in {}.{:02} seconds.\n",
                relay.sent,
                relay.received,
                hundredths / 100,
                hundredths % 100
            ));
        }
        Life::Exit(0)
    }

    fn idle_too_long(&self, sys: &mut Sys<'_>) -> Life {
        let idle = micros(self.options.idle.unwrap_or_default()) / 1000;
        let (end, code) = if self.options.listen { (" QUITTING.", 2) } else { ("", 1) };
        sys.stderr(&format!("Ncat: Idle timeout expired ({idle} ms).{end}\n"));
        Life::Exit(code)
    }

    /// Relays as a client.
    fn relay(&mut self, sys: &mut Sys<'_>) -> Life {
        let Stage::Connected(relay) = &mut self.stage else {
            return Life::On;
        };
        if self.options.receive_only {
            // The keyboard is not read.
            self.stdin = Stdin::closed();
        }
        let before = relay.received;
        let Moved { sent, .. } = relay.pump(&mut self.stdin, sys);
        let got = relay.received > before;
        if let Some(errno) = relay.failed {
            return self.fail(errno.text(), sys);
        }
        if self.stdin.is_empty() && self.stdin.just_ended() {
            if !self.options.no_shutdown {
                relay.half_close(sys);
            }
            if self.options.send_only {
                sys.set_timer(TIDYING);
            }
        }
        // With -i its timer is waited for, too.
        let waits = self.options.send_only || (self.options.idle.is_some() && !self.options.receive_only);
        if self.stdin.ended && self.stdin.is_empty() && !relay.receives && !waits {
            let relay = relay.clone();
            return self.end(&relay, sys);
        }
        if let Some(idle) = self.options.idle.filter(|_| sent || got) {
            sys.set_timer(idle);
        }
        Life::On
    }
}
