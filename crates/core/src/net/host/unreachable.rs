//! ICMP errors about this host's connections, and which of them a program gets to know.
//!
//! An error ends an open that is under way. Of a connection that stands it is only advice (RFC 1122 §4.2.3.9): a *soft*
//! error, kept until the peer acknowledges something. `SO_ERROR` returns it to a program that asks, and it
//! is the error of a connection that then gives up.

use super::{Cx, Host};
use crate::net::{Body, Endpoint, Errno, Packet, SocketId, Unreachable};
use crate::tcp::{Counter, Effect, Notice, Seq, State};
use std::time::Duration;

/// An ICMP error as a host takes it in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Report {
    /// The error.
    pub(super) why: Unreachable,
    /// Source and destination of the segment that it is about.
    pub(super) about: (Endpoint, Endpoint),
    /// The sequence number of that segment.
    pub(super) seq: Seq,
}

/// How long `connect()` is busy after it has sent the SYN. An error that comes within that time is from this host's own
/// firewall, or from a host behind a wire without delay, and finds the socket in use.
const CONNECTING: Duration = Duration::from_micros(100);

impl Host {
    /// Gives up on a packet for which ARP found nobody, as if an ICMP host-unreachable had arrived (trace 08a). Who sent it
    /// may be gone.
    pub(super) fn nobody_there(&mut self, cx: &mut Cx<'_>, packet: &Packet) {
        self.counters.reported_to_itself(packet.ip_octets());
        if let Body::Tcp(segment) = &packet.body {
            let about = (packet.src, packet.dst);
            self.take_report(cx, Report { why: Unreachable::Host, about, seq: segment.seq });
        }
    }

    /// Takes in an ICMP error about one of this host's connections.
    pub(super) fn take_report(&mut self, cx: &mut Cx<'_>, report: Report) {
        let Some(id) = self.sockets.between(report.about) else { return };
        let Some(socket) = self.sockets.get(id) else { return };
        let Some(connection) = socket.connection() else { return };
        // What it quotes must still be out (RFC 5927 §4.1).
        let snd = &connection.tcb().snd;
        if report.seq.before(snd.una) || report.seq.after(snd.nxt) {
            self.counters.count(&[Counter::OutOfWindowIcmps]);
            return;
        }
        let calling = cx.now.since(socket.since) <= CONNECTING;
        let of_path = matches!(report.why, Unreachable::Net | Unreachable::Host);
        match (socket.state(), connection.is_passive()) {
            (State::SynSent, _) if calling => {
                self.counters.count(&[Counter::LockDroppedIcmps]);
                self.keep_soft(id, report.why);
                self.wake(cx, id, Notice::SoftError);
            }
            // A half-open entry has no program. It is forgotten if its SYN|ACK cannot arrive by any port.
            (State::SynReceived, true) if of_path && report.seq == snd.iss => {
                self.counters.count(&[Counter::ListenDrops]);
                self.drive(cx, id, |connection, _, out| connection.unreachable(out));
            }
            (State::SynReceived, true) | (State::TimeWait, _) => {}
            (State::SynSent | State::SynReceived, _) => {
                self.drive(cx, id, |connection, _, out| {
                    connection.unreachable(out);
                    out.push(Effect::Notify(Notice::Reset));
                });
                if let Some(socket) = self.sockets.get_mut(id) {
                    socket.error = Some(errno(report.why));
                }
            }
            _ => {
                let oldest = report.seq == snd.una;
                self.keep_soft(id, report.why);
                if of_path && oldest {
                    self.drive(cx, id, |connection, cx, out| connection.revert_backoff(cx, out));
                }
            }
        }
    }

    pub(super) fn keep_soft(&mut self, id: SocketId, why: Unreachable) {
        let Some(socket) = self.sockets.get_mut(id) else { return };
        socket.soft_error = Some(errno(why));
        if let Some(connection) = socket.connection_mut() {
            connection.advise();
        }
    }
}

/// The error of a call that the ICMP error ends.
const fn errno(why: Unreachable) -> Errno {
    match why {
        Unreachable::Net | Unreachable::NetProhibited => Errno::NetUnreach,
        Unreachable::Host | Unreachable::HostProhibited | Unreachable::AdminProhibited => Errno::HostUnreach,
        Unreachable::Protocol => Errno::NoProtoOpt,
        Unreachable::Port => Errno::ConnRefused,
    }
}
