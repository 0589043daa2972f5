//! `nc HOST PORT`: tries one port after the other, until one connects.

use super::{Nc, Stage};
use crate::names::{Names, service};
use crate::program::{Begun, Life, Program, Sys};
use tcp_core::net::{Command, Endpoint, Errno, IpAddr, SocketId};
use tcp_core::tcp::Notice;

impl Nc {
    /// Resolves the host and tries the first port.
    pub(super) fn call(mut self, sys: &mut Sys<'_>) -> Begun {
        let life = self.next_port(sys);
        self.waits.set(sys);
        Begun::after(life, Program::Nc(self))
    }

    /// Tries ports until a connect is under way or no port is left.
    pub(super) fn next_port(&mut self, sys: &mut Sys<'_>) -> Life {
        self.waits.call = None;
        while let Some(port) = self.ports.pop() {
            match self.connect(port, sys) {
                Ok(socket) => {
                    self.stage = Stage::Connecting { socket, port };
                    self.waits.call = self.patience(sys);
                    return Life::On;
                }
                Err(Refused::Fatal(text)) => {
                    sys.stderr(&text);
                    return Life::Exit(1);
                }
                Err(Refused::Port(errno)) => self.say_failed(port, errno, sys),
            }
        }
        Life::Exit(i32::from(!self.reached))
    }

    fn connect(&self, port: u16, sys: &mut Sys<'_>) -> Result<SocketId, Refused> {
        let host = &self.options.host;
        let names = sys.names.unless(self.options.numeric);
        let address = names.resolve_as(host, self.options.family).map_err(|why| {
            Refused::Fatal(format!("nc: getaddrinfo for host \"{host}\" port {port}: {why}\n"))
        })?;
        let to = Endpoint::new(address, port);
        let socket = sys.socket_for(to).map_err(Refused::Port)?;
        if let Some(from) = self.options.source {
            // An unspecified source address takes the family of the destination.
            let any = from.addr.is_unspecified() && address.is_ipv6();
            let from = if any { Endpoint::any6(from.port) } else { from };
            sys.call(Command::Bind { socket, to: from })
                .map_err(|errno| Refused::Fatal(format!("nc: bind failed: {}\n", errno.text())))?;
        }
        let connecting = sys.call(Command::Connect { socket, to });
        if let Err(errno) = connecting
            && errno != Errno::InProgress
        {
            sys.close(socket);
            return Err(Refused::Port(errno));
        }
        Ok(socket)
    }

    /// Handles the end of a connect: the handshake is complete, or has failed.
    pub(super) fn connect_ended(
        &mut self,
        socket: SocketId,
        port: u16,
        notice: Notice,
        sys: &mut Sys<'_>,
    ) -> Life {
        // It asks for SO_ERROR in any case, and so hears of a soft error too (trace k04).
        let error = sys.take_error(socket);
        let error = match notice {
            Notice::Reset => error.or(Some(Errno::ConnRefused)),
            Notice::TimedOut => error.or(Some(Errno::TimedOut)),
            _ => error,
        };
        if let Some(errno) = error {
            sys.close(socket);
            self.say_failed(port, errno, sys);
            return self.next_port(sys);
        }
        self.reached = true;
        self.say_succeeded(port, sys);
        if self.options.scan {
            sys.close(socket);
            return self.next_port(sys);
        }
        self.connected(socket, None, sys)
    }

    /// Handles a connect that took longer than `-w` allows.
    pub(super) fn connect_too_slow(&mut self, socket: SocketId, port: u16, sys: &mut Sys<'_>) -> Life {
        sys.close(socket);
        self.say_connect(port, "timed out", Errno::InProgress, sys);
        self.next_port(sys)
    }

    fn say_failed(&self, port: u16, errno: Errno, sys: &mut Sys<'_>) {
        self.say_connect(port, "failed", errno, sys);
    }

    fn say_connect(&self, port: u16, how: &str, errno: Errno, sys: &mut Sys<'_>) {
        if self.options.verbose {
            let host = self.shown_host(sys.names);
            let text = errno.text();
            sys.stderr(&format!("nc: connect to {host} port {port} (tcp) {how}: {text}\n"));
        }
    }

    fn say_succeeded(&self, port: u16, sys: &mut Sys<'_>) {
        if self.options.verbose {
            let host = self.shown_host(sys.names);
            let name = if self.options.numeric { None } else { service(port) };
            let name = name.unwrap_or("*");
            sys.stderr(&format!("Connection to {host} {port} port [tcp/{name}] succeeded!\n"));
        }
    }

    /// The host as given, followed by its address if the two differ.
    fn shown_host(&self, names: Names) -> String {
        let host = &self.options.host;
        match names.resolve_as(host, self.options.family) {
            Ok(address) if host.parse::<IpAddr>().is_err() => format!("{host} ({address})"),
            _ => host.clone(),
        }
    }
}

/// Why a port was not tried.
enum Refused {
    /// Only this port was refused.
    Port(Errno),
    /// No further port is tried. Holds the text to print.
    Fatal(String),
}
