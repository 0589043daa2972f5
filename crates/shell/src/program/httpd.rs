//! `httpd`: the web server of the site. It accepts every connection to its ports 80 and 443, reads what is sent, sends
//! nothing, and closes when the peer does.

use super::{Begun, Event, Life, Program, Sys};
use crate::output::Refusal;
use tcp_core::net::{Endpoint, Errno, SocketId};

/// Ports on which it listens.
const PORTS: [u16; 2] = [80, 443];
/// Backlog, as real web servers set it.
const BACKLOG: u32 = 511;

/// A running web server.
#[derive(Clone, Debug)]
pub(crate) struct Httpd {
    listeners: Vec<SocketId>,
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
    Ok(Begun::runs(Program::Httpd(Httpd { listeners })))
}

impl Httpd {
    /// Handles one event: accepts, reads or closes.
    pub(crate) fn handle(&mut self, event: Event, sys: &mut Sys<'_>) -> Life {
        if let Event::Wake(socket, _) = event {
            if self.listeners.contains(&socket) {
                while let Ok((accepted, _)) = sys.accept(socket) {
                    serve(accepted, sys);
                }
            } else {
                serve(socket, sys);
            }
        }
        Life::On
    }
}

fn serve(socket: SocketId, sys: &mut Sys<'_>) {
    loop {
        match sys.recv(socket, 65536) {
            Ok(data) if !data.is_empty() => {}
            Err(Errno::Again) => return,
            Ok(_) | Err(_) => return sys.close(socket),
        }
    }
}
