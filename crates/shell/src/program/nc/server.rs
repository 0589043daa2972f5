//! `nc -l PORT`: serves a single connection, or with `-k` one after the other.

use super::options::Options;
use super::{Nc, Stage};
use crate::names::Unresolved;
use crate::output::Refusal;
use crate::program::{Begun, Life, Program, Sys};
use tcp_core::net::{Endpoint, Family, IpAddr, SocketId};

/// Backlog: one less than the number of connections that may wait (trace 19a: `ss` shows 1).
const BACKLOG: u32 = 1;

impl Nc {
    /// Binds and listens.
    pub(super) fn serve(mut self, sys: &mut Sys<'_>) -> Result<Begun, Refusal> {
        let Options { family, ref host, ref ports, numeric, .. } = self.options;
        let port = ports.first().copied().unwrap_or(0);
        let at = match host.as_str() {
            "" if family == Some(Family::V6) => Ok(Endpoint::any6(port)),
            "" => Ok(Endpoint::any(port)),
            host => {
                let names = sys.names.unless(numeric);
                names.resolve_as(host, family).map(|address| Endpoint::new(address, port))
            }
        };
        let at = at.map_err(|why| Refusal::new(format!("nc: getaddrinfo: {why}\n"), 1))?;
        let listener = sys
            .shared_listener(at, BACKLOG)
            .map_err(|errno| Refusal::new(format!("nc: {}\n", errno.text()), 1))?;
        self.stage = Stage::Listening { listener };
        let at = sys.world.local(listener).unwrap_or(at);
        self.say_peer("Listening on", at, sys);
        Ok(Begun::runs(Program::Nc(self)))
    }

    /// Takes the next connection, if one is waiting.
    pub(super) fn accept(&mut self, listener: SocketId, sys: &mut Sys<'_>) -> Life {
        let Ok((socket, peer)) = sys.accept(listener) else {
            return Life::On;
        };
        let mapped = sys.world.local(listener).is_some_and(|at| at.addr.is_ipv6());
        let shown = match peer.addr {
            IpAddr::V4(addr) if mapped => Endpoint::new(addr.to_ipv6_mapped(), peer.port),
            _ => peer,
        };
        self.say_peer("Connection received on", shown, sys);
        self.connected(socket, Some(listener), sys)
    }

    fn say_peer(&self, what: &str, at: Endpoint, sys: &mut Sys<'_>) {
        if !self.options.verbose {
            return;
        }
        let names = sys.names.unless(self.options.numeric);
        match names.name_of(at.addr) {
            // An address without a name is shown as a number; but a resolver must have said so (trace 19b).
            Err(why @ Unresolved::Temporary) => sys.stderr(&format!("nc: getnameinfo: {why}\n")),
            _ => sys.stderr(&format!("{what} {} {}\n", names.text(at.addr), at.port)),
        }
    }
}
