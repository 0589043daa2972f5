//! `httpd`: the web server of the site. It accepts whoever comes to its ports 80 and 443, reads what is sent, says
//! nothing, and closes when the peer does.

use super::{Event, Life, Sys};
use tcp_core::net::{Endpoint, Errno, SocketId};

/// Where it listens.
const PORTS: [u16; 2] = [80, 443];
/// As many as wait before a real server.
const BACKLOG: u32 = 511;

/// A running web server.
#[derive(Clone, Debug)]
pub(crate) struct Httpd {
    listeners: Vec<SocketId>,
}

impl Httpd {
    /// Listens on its ports.
    pub(crate) fn begin(sys: &mut Sys<'_>) -> Result<Httpd, i32> {
        let mut listeners = Vec::new();
        for port in PORTS {
            match sys.listener(Endpoint::any(port), BACKLOG) {
                Ok(listener) => listeners.push(listener),
                Err(errno) => {
                    let why = errno.text();
                    sys.stderr(&format!("httpd: could not bind to address 0.0.0.0:{port}: {why}\n"));
                    return Err(1);
                }
            };
        }
        Ok(Httpd { listeners })
    }

    /// Accepts, reads, closes.
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
