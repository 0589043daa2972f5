//! `firefox URL`: a browser, as far as `netstat` shows one. It opens two connections to port 80 and four to port 443
//! (Exercise 1.f) and keeps them until Ctrl-C. It asks for nothing and shows nothing.

use super::{Begun, Event, Life, Program, Sys};
use crate::output::Refusal;
use tcp_core::net::{Command, Endpoint, Errno, Ipv4, SocketId};
use tcp_core::tcp::Notice;

/// Ports to connect to if the URL names none, with the number of connections.
const CONNECTIONS: [(u16, usize); 2] = [(80, 2), (443, 4)];

/// A running browser.
#[derive(Clone, Debug)]
pub(crate) struct Browser {
    /// Name by which it was called.
    name: String,
    /// The host in the URL.
    host: String,
    /// Connections that are not yet open.
    opening: Vec<SocketId>,
    open: usize,
    failure: Option<Errno>,
}

/// Starts the browser, which opens its connections.
pub(crate) fn begin(name: &str, args: &[String], sys: &mut Sys<'_>) -> Result<Begun, Refusal> {
    let url = args.iter().find(|arg| !arg.starts_with('-')).ok_or_else(|| {
        Refusal::new(format!("{name}: which page? For example: {name} http://acc.digital\n"), 1)
    })?;
    let (host, port) = host_and_port(url);
    let address =
        sys.names.resolve(host).map_err(|why| Refusal::new(format!("{name}: {host}: {why}\n"), 1))?;
    let (name, host) = (name.to_owned(), host.to_owned());
    let mut browser = Browser { name, host, opening: Vec::new(), open: 0, failure: None };
    match port {
        Some(port) => browser.connect(address, port, 2, sys),
        None => CONNECTIONS.iter().for_each(|(port, count)| browser.connect(address, *port, *count, sys)),
    }
    Ok(Begun::after(browser.report(sys), Program::Browser(browser)))
}

impl Browser {
    /// Handles one event: notes which connections have opened.
    pub(crate) fn handle(&mut self, event: Event, sys: &mut Sys<'_>) -> Life {
        let Event::Wake(socket, notice) = event else {
            return Life::On;
        };
        let opening = self.opening.contains(&socket);
        match notice {
            Notice::Connected if opening => self.open += 1,
            Notice::Reset | Notice::TimedOut | Notice::SoftError => {
                self.failure = sys.take_error(socket).or(Some(Errno::ConnReset));
                sys.close(socket);
                if !opening {
                    self.open = self.open.saturating_sub(1);
                }
            }
            Notice::PeerClosed => {
                sys.close(socket);
                self.open = self.open.saturating_sub(1);
            }
            Notice::Connected | Notice::Readable | Notice::Writable => {
                let _ = sys.recv(socket, 65536);
            }
        }
        if opening {
            self.opening.retain(|waiting| *waiting != socket);
            return self.report(sys);
        }
        Life::On
    }

    fn connect(&mut self, address: Ipv4, port: u16, count: usize, sys: &mut Sys<'_>) {
        for _ in 0..count {
            let connecting = sys.socket().and_then(|socket| {
                sys.call(Command::Connect { socket, to: Endpoint::new(address, port) }).map(|()| socket)
            });
            match connecting {
                Ok(socket) => self.opening.push(socket),
                Err(errno) => self.failure = Some(errno),
            }
        }
    }

    /// Prints one line once all connects have succeeded or failed.
    fn report(&self, sys: &mut Sys<'_>) -> Life {
        let Browser { name, host, open, .. } = self;
        match (self.opening.is_empty(), open, self.failure) {
            (false, ..) => Life::On,
            (true, 0, failure) => {
                let why = failure.map_or("Connection reset by peer", Errno::text);
                sys.stderr(&format!("{name}: unable to connect to {host}: {why}\n"));
                Life::Exit(1)
            }
            (true, ..) => {
                sys.stdout(&format!("{host} is open, over {open} connections. Ctrl-C closes the browser.\n"));
                Life::On
            }
        }
    }
}

/// The host of `http://HOST:PORT/path`, and the port if there is one.
fn host_and_port(url: &str) -> (&str, Option<u16>) {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    match authority.rsplit_once(':') {
        Some((host, port)) if port.parse::<u16>().is_ok() => (host, port.parse().ok()),
        _ => (authority, None),
    }
}

#[cfg(test)]
mod tests {
    use super::host_and_port;

    #[test]
    fn a_url_has_a_host_and_perhaps_a_port() {
        assert_eq!(host_and_port("http://acc.digital/x?y"), ("acc.digital", None));
        assert_eq!(host_and_port("10.211.55.10:8080"), ("10.211.55.10", Some(8080)));
        assert_eq!(host_and_port("https://:é/"), (":é", None));
    }
}
