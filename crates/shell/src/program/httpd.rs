//! `httpd`: the web server of the site. It accepts every connection to its ports 80 and 443, reads what is sent, and closes
//! when the peer does. A whole request for a page on port 80, each line with CR LF at its end, is answered with a short one;
//! to anything else it says nothing.

use super::{Begun, Event, Life, Program, Sys};
use crate::output::Refusal;
use std::collections::BTreeMap;
use tcp_core::net::{Endpoint, Errno, SocketId};

/// Ports on which it listens.
const PORTS: [u16; 2] = [80, 443];
/// Backlog, as real web servers set it.
const BACKLOG: u32 = 511;

/// The longest request, in octets.
const LONGEST: usize = 8192;
/// The page that it has, and what it answers if another is asked for.
const PAGE: &str = "<html><body><h1>It works!</h1></body></html>\n";
const MISSING: &str = "<html><body><h1>Not Found</h1></body></html>\n";

/// A running web server.
#[derive(Clone, Debug)]
pub(crate) struct Httpd {
    listeners: Vec<SocketId>,
    /// What came of requests that are not whole yet.
    requests: BTreeMap<SocketId, Vec<u8>>,
}

/// Starts the server, which listens on its ports.
pub(crate) fn begin(_name: &str, _args: &[String], sys: &mut Sys<'_>) -> Result<Begun, Refusal> {
    let mut listeners = Vec::new();
    for port in PORTS {
        let listener = sys.listener(Endpoint::any(port), BACKLOG).map_err(|errno| {
            let why = errno.text();
            Refusal::new(format!("httpd: could not bind to address 0.0.0.0:{port}: {why}\n"), 1)
        })?;
        listeners.push(listener);
    }
    Ok(Begun::runs(Program::Httpd(Httpd { listeners, requests: BTreeMap::new() })))
}

impl Httpd {
    /// Handles one event: accepts, reads or closes.
    pub(crate) fn handle(&mut self, event: Event, sys: &mut Sys<'_>) -> Life {
        if let Event::Wake(socket, _) = event {
            if self.listeners.contains(&socket) {
                while let Ok((accepted, _)) = sys.accept(socket) {
                    self.serve(accepted, sys);
                }
            } else {
                self.serve(socket, sys);
            }
        }
        Life::On
    }

    fn serve(&mut self, socket: SocketId, sys: &mut Sys<'_>) {
        loop {
            match sys.recv(socket, 65536) {
                Ok(data) if !data.is_empty() => {
                    let answers = sys.world.local(socket).is_some_and(|end| end.port == PORTS[0]);
                    if answers {
                        self.read(socket, &data, sys);
                    }
                }
                Err(Errno::Again) => return,
                Ok(_) | Err(_) => {
                    self.requests.remove(&socket);
                    return sys.close(socket);
                }
            }
        }
    }

    /// Answers a request when it is whole.
    fn read(&mut self, socket: SocketId, data: &[u8], sys: &mut Sys<'_>) {
        let request = self.requests.entry(socket).or_default();
        request.extend(data.iter().take(LONGEST.saturating_sub(request.len())));
        if !request.ends_with(b"\r\n\r\n") {
            return;
        }
        let text = String::from_utf8_lossy(request).into_owned();
        self.requests.remove(&socket);
        let first = text.lines().next().unwrap_or_default();
        let [method, path, version] = first.split(' ').collect::<Vec<_>>()[..] else { return };
        if !version.starts_with("HTTP/1.") || !matches!(method, "GET" | "HEAD") {
            return;
        }
        let found = matches!(path, "/" | "/index.html");
        let (status, page) = if found { ("200 OK", PAGE) } else { ("404 Not Found", MISSING) };
        let body = if method == "HEAD" { "" } else { page };
        let once = version == "HTTP/1.0" || text.to_ascii_lowercase().contains("\r\nconnection: close\r\n");
        let connection = if once { "close" } else { "keep-alive" };
        let answer = format!(
            "HTTP/1.1 {status}\r\nServer: httpd\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: \
             {connection}\r\n\r\n{body}",
            page.len()
        );
        let _ = sys.send(socket, answer.into_bytes());
        if once {
            sys.close(socket);
        }
    }
}
