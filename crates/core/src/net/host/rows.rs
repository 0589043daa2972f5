//! The rows that netstat prints on a host.

use super::Host;
use super::socket::{Kind, Listening, Socket};
use super::view::{SocketRow, TimerKind, TimerView};
use crate::Instant;
use crate::net::Family;
use crate::tcp::{State, Timer};

impl Host {
    /// The rows of netstat: IPv4 before IPv6, listeners before connections, each in order of creation.
    pub fn rows(&self, now: Instant) -> Vec<SocketRow> {
        let has_row = |socket: &&Socket| socket.connection().is_some() && !socket.is_gone();
        let all: Vec<SocketRow> =
            self.sockets.iter().filter(has_row).map(|socket| self.row(socket, now)).collect();
        let kinds = [(true, false), (true, true), (false, false), (false, true)];
        let of_kind = |(v4, connected)| {
            let fits =
                move |row: &&SocketRow| (row.family == Family::V4, row.foreign.is_some()) == (v4, connected);
            all.iter().filter(fits)
        };
        kinds.into_iter().flat_map(of_kind).cloned().collect()
    }

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
            timer: timer(socket, now),
            shut: socket.shut,
            owner: socket.owner,
        }
    }
}

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
