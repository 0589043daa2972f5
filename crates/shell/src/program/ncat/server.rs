//! `ncat -l`: serves one connection, or with `-k` all that come.

use super::options::{Options, quit};
use super::{Ncat, Peer, Stage, any};
use crate::output::Refusal;
use crate::program::relay::{Relay, Stdin};
use crate::program::{Life, Sys};
use tcp_core::net::{Command, Endpoint, Family, IpAddr, SocketId};

/// Backlog: one less than the number of connections that may wait (trace 19a: `ss` shows 10).
const BACKLOG: u32 = 10;
/// How many connections a server takes at once, without `-m`.
const MOST: usize = 100;

/// Listens at one address, or at all: on two sockets, one for each family (trace 19b).
pub(super) fn listen(host: Option<IpAddr>, options: &Options, sys: &mut Sys<'_>) -> Result<Stage, Refusal> {
    if options.most.is_some() && !options.keep {
        sys.stderr(
            "Ncat: Warning: Maximum connections ignored, \
             since it does not take effect without -k or --broker.\n",
        );
    }
    let mut listeners = Vec::new();
    let everywhere = [any(false), any(true)];
    let fits = |addr: &&IpAddr| options.family.is_none_or(|f| addr.is_ipv4() == (f == Family::V4));
    let all = everywhere.iter().filter(fits).filter(|_| host.is_none()).chain(&host);
    for addr in all {
        let at = Endpoint::new(*addr, options.port);
        let listening = sys.socket_for(at).and_then(|socket| {
            if addr.is_ipv6() {
                sys.call(Command::SetFamily { socket, family: Family::V6Only })?;
            }
            sys.listen(socket, at, BACKLOG)
        });
        match listening {
            Ok(listener) => listeners.push(listener),
            Err(errno) => return Err(quit(&format!("bind to {at}: {}.", errno.text()))),
        }
        if options.verbose {
            sys.stderr(&format!("Ncat: Listening on {at}\n"));
        }
    }
    Ok(Stage::Serving { listeners, peers: Vec::new() })
}

impl Ncat {
    /// Takes all connections that are waiting; without `-k`, takes one and closes the listeners.
    pub(super) fn accept(&mut self, listener: SocketId, sys: &mut Sys<'_>) -> Life {
        while let Ok((socket, peer)) = sys.accept(listener) {
            if self.options.verbose {
                sys.stderr(&format!("Ncat: Connection from {}.\nNcat: Connection from {peer}.\n", peer.addr));
            }
            let Stage::Serving { listeners, peers } = &mut self.stage else {
                break;
            };
            let most = self.options.most.filter(|_| self.options.keep).unwrap_or(MOST);
            if peers.len() >= most {
                if self.options.verbose {
                    sys.stderr(&format!(
                        "Ncat: New connection denied: connection limit reached ({})\n",
                        peers.len()
                    ));
                }
                sys.close(socket);
                continue;
            }
            let mut relay = Relay::new(socket);
            relay.receives = !self.options.send_only;
            peers.push(Peer { relay, stdin: Stdin::default() });
            if !self.options.keep {
                listeners.drain(..).for_each(|listener| sys.close(listener));
                break;
            }
        }
        self.active(sys);
        self.serve(sys)
    }

    /// Starts the time of `-i` again, which runs while somebody is connected (v168).
    fn active(&self, sys: &mut Sys<'_>) {
        let Stage::Serving { peers, .. } = &self.stage else {
            return;
        };
        match self.options.idle {
            Some(idle) if !peers.is_empty() => sys.set_timer(idle),
            _ => sys.stop_timer(),
        }
    }

    /// Relays as a server, and closes connections whose peers have.
    pub(super) fn serve(&mut self, sys: &mut Sys<'_>) -> Life {
        let Options { keep, send_only, receive_only, .. } = self.options;
        let Stage::Serving { peers, .. } = &mut self.stage else {
            return Life::On;
        };
        if peers.is_empty() {
            return Life::On;
        }
        // The keyboard is for those who are connected now; its end, too (v167).
        let typed = std::mem::take(&mut self.stdin.pending);
        let ended = self.stdin.just_ended();
        let mut busy = ended || !typed.is_empty();
        let mut code = None;
        peers.retain_mut(|Peer { relay, stdin }| {
            if !receive_only && relay.sends {
                stdin.pending.extend_from_slice(&typed);
            }
            stdin.ended |= ended;
            busy |= relay.pump(stdin, sys).received;
            if stdin.ended && stdin.is_empty() && !send_only {
                relay.half_close(sys);
            }
            if relay.receives || send_only {
                return true;
            }
            sys.close(relay.socket());
            code = Some(i32::from(relay.failed.is_some()));
            false
        });
        match code.filter(|_| !keep) {
            Some(code) => return Life::Exit(code),
            None if ended && send_only => return Life::Exit(0),
            None => {}
        }
        if busy {
            self.active(sys);
        }
        Life::On
    }
}
