//! The rows that netstat prints on a host.

use super::Host;
use super::socket::{Kind, Listening, Socket};
use super::view::{SocketRow, TimerKind, TimerView};
use crate::Instant;
use crate::net::{Family, Uid};
use crate::tcp::{State, Timer};

impl Host {
    /// The rows of netstat: IPv4 before IPv6, listeners before connections, each in order of creation.
    #[inline] // As `World::checkpoint`.
    pub fn rows(&self, now: Instant) -> Vec<SocketRow> {
        let has_row = |socket: &&Socket| socket.connection().is_some() && !socket.is_gone();
        let mut rows = Vec::new();
        for kind in [(true, false), (true, true), (false, false), (false, true)] {
            let of_kind =
                |socket: &&Socket| (socket.family == Family::V4, socket.foreign().is_some()) == kind;
            let of_kind = self.sockets.iter().filter(of_kind).filter(has_row);
            rows.extend(of_kind.map(|socket| self.row(socket, now)));
        }
        rows
    }

    #[inline]
    fn row(&self, socket: &Socket, now: Instant) -> SocketRow {
        let connection = socket.connection();
        let (recv_q, backlog) = match &socket.kind {
            Kind::Listener(Listening { queue, backlog, .. }) => {
                (u32::try_from(queue.len()).unwrap_or(u32::MAX), *backlog)
            }
            // The peer's FIN counts as one more octet to read (trace 14b), while there is a socket to read it from.
            Kind::Stream { connection, .. } => {
                let unread = connection.unread();
                let unread = unread.saturating_add(u32::from(connection.has_unread_end()));
                (if connection.state() == State::TimeWait { 0 } else { unread }, 0)
            }
            Kind::Fresh => (0, 0),
        };
        let timer = timer(socket, now);
        SocketRow {
            socket: socket.id,
            host: self.id,
            recv_q,
            send_q: connection.map_or(0, |c| if socket.is_listener() { 0 } else { c.unacknowledged() }),
            backlog,
            family: socket.family,
            local: socket.local(),
            foreign: socket.foreign(),
            state: socket.state(),
            since: socket.since,
            timer,
            shut: socket.shut,
            uid: if timer.kind == TimerKind::TimeWait { Uid::ROOT } else { socket.uid },
            // In TIME-WAIT it is an entry and no socket, though a program that has shut it down may still have its number.
            owner: socket.owner.filter(|_| socket.state() != State::TimeWait),
        }
    }
}

#[inline]
fn timer(socket: &Socket, now: Instant) -> TimerView {
    let Some(connection) = socket.connection() else { return TimerView::OFF };
    let Some((timer, running)) = connection.timers().next() else { return TimerView::OFF };
    TimerView {
        kind: match timer {
            Timer::Retransmit => TimerKind::On,
            Timer::Probe => TimerKind::Probe,
            Timer::TimeWait => TimerKind::TimeWait,
            Timer::DelayedAck => TimerKind::Off,
            Timer::Keepalive => TimerKind::Keepalive,
        },
        left: running.due.since(now),
        span: running.span,
        retransmits: connection.retries(),
        resent: connection.answers().saturating_sub(1),
        probes: if timer == Timer::TimeWait { 0 } else { connection.probes() },
    }
}
