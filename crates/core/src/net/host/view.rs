//! Read-only copies of a host's data, which `netstat`, `ss` and the picture show.

use crate::Instant;
use crate::net::{Endpoint, Family, HostId, ProcessId, SocketId, Uid};
use crate::tcp::State;
use std::time::Duration;

/// The timer that `netstat -o` shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimerKind {
    /// `off`.
    Off,
    /// `on`: retransmission.
    On,
    /// `keepalive`.
    Keepalive,
    /// `timewait`.
    TimeWait,
    /// `probe`: this host's firewall stopped a segment, or the peer's window is shut.
    Probe,
}

/// The timer column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimerView {
    /// The timer.
    pub kind: TimerKind,
    /// The time left.
    pub left: Duration,
    /// The whole span of the timer: `left` counts down from it.
    pub span: Duration,
    /// Retransmissions so far.
    pub retransmits: u32,
    /// For a half-open entry, SYN|ACKs sent again, by its timer or for a repeated SYN. `ss` counts these.
    pub resent: u32,
    /// Probes so far.
    pub probes: u32,
}

impl TimerView {
    /// No timer is running.
    pub const OFF: TimerView = TimerView {
        kind: TimerKind::Off,
        left: Duration::ZERO,
        span: Duration::ZERO,
        retransmits: 0,
        resent: 0,
        probes: 0,
    };
}

/// One row of `netstat`: a listener or a connection. CLOSED has no row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SocketRow {
    /// The socket.
    pub socket: SocketId,
    /// Its host.
    pub host: HostId,
    /// Octets received and not yet read; for a listener, the number of waiting connections.
    pub recv_q: u32,
    /// Octets sent and not yet acknowledged; for a listener, always 0 in netstat.
    pub send_q: u32,
    /// The listener's backlog (`ss` shows it as Send-Q); 0 for a connection.
    pub backlog: u32,
    /// The family that the socket was made for.
    pub family: Family,
    /// The local end.
    pub local: Endpoint,
    /// The foreign end; `None` for a listener.
    pub foreign: Option<Endpoint>,
    /// The state; never CLOSED.
    pub state: State,
    /// When the socket entered this state.
    pub since: Instant,
    /// The timer that is shown.
    pub timer: TimerView,
    /// Whether its program cannot send any more, although the state would allow it.
    pub shut: bool,
    /// The user that netstat shows; root in TIME-WAIT, where there is no socket any more.
    pub uid: Uid,
    /// The process that holds it; `None` in TIME-WAIT, and if no process holds it any more, or not yet.
    pub owner: Option<ProcessId>,
}
