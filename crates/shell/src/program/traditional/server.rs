//! `nc.traditional -l`: takes a single connection.

use super::{Stage, Traditional};
use crate::program::{Life, Sys};
use tcp_core::net::{Command, IpAddr, Ipv4, SocketId};

/// Backlog: one less than the number of connections that may wait (trace 19b: `ss` shows 1).
const BACKLOG: u32 = 1;

impl Traditional {
    pub(super) fn listen(&mut self, socket: SocketId, sys: &mut Sys<'_>) -> Life {
        if let Err(errno) = sys.call(Command::Listen { socket, backlog: BACKLOG }) {
            sys.stderr(&format!("local listen fuxored : {}\n", errno.text()));
            return Life::Exit(1);
        }
        if self.options.verbose > 0 {
            let at = sys.world.local(socket).unwrap_or(self.options.local);
            let addr = if at.addr.is_unspecified() { "any".to_owned() } else { at.addr.to_string() };
            sys.stderr(&format!("listening on [{addr}] {} ...\n", at.port));
        }
        self.stage = Stage::Listening { listener: socket };
        self.waits.call = self.patience(sys);
        Life::On
    }

    pub(super) fn accept(&mut self, listener: SocketId, sys: &mut Sys<'_>) -> Life {
        let Ok((socket, peer)) = sys.accept(listener) else {
            return Life::On;
        };
        sys.close(listener);
        let here = sys.world.local(socket).map_or(IpAddr::V4(Ipv4::UNSPECIFIED), |local| local.addr);
        let mut said = String::new();
        let addr = peer.addr.to_string();
        let name = self.options.look_up(&addr, sys.names, &mut said).map(|host| host.name);
        let from = format!("[{here}] from {} [{addr}] {}\n", name.unwrap_or_default(), peer.port);
        let stranger = self.options.host.as_ref().is_some_and(|host| peer.addr != host.addr)
            || self.options.ports.last().is_some_and(|word| self.options.port("", word) != Ok(peer.port));
        if stranger {
            sys.stderr(&format!("{said}invalid connection to {from}"));
            return Life::Exit(1);
        }
        if self.options.verbose > 0 {
            sys.stderr(&format!("{said}connect to {from}"));
        }
        self.options.ports.clear();
        self.connected(socket, sys)
    }
}
