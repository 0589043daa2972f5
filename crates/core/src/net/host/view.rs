//! Read-only copies of what a host knows: what `netstat`, `ss` and the picture show.

use crate::Instant;
use crate::net::{Endpoint, Family, HostId, ProcessId, SocketId};
use crate::tcp::State;
use std::time::Duration;

/// Which timer `netstat -o` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimerKind {
    /// `off`
    Off,
    /// `on`: retransmission
    On,
    /// `keepalive`
    Keepalive,
    /// `timewait`
    TimeWait,
    /// `probe`: the own firewall refused
    Probe,
}

/// The timer column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimerView {
    /// Which timer.
    pub kind: TimerKind,
    /// How long it has still to run.
    pub left: Duration,
    /// How long it runs in all: `left` counts down from it.
    pub span: Duration,
    /// Retransmissions so far.
    pub retransmits: u32,
    /// Of a half-open entry: SYN|ACKs sent again, by its timer or for a SYN that came again. `ss` counts these.
    pub resent: u32,
    /// Probes so far.
    pub probes: u32,
}

impl TimerView {
    /// No timer runs.
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
    /// Which socket.
    pub socket: SocketId,
    /// On which host.
    pub host: HostId,
    /// Octets received and not yet read; for a listener, connections that wait.
    pub recv_q: u32,
    /// Octets sent and not yet acknowledged; for a listener, always 0 in netstat.
    pub send_q: u32,
    /// The listener's backlog (`ss` shows it as Send-Q); 0 for a connection.
    pub backlog: u32,
    /// What the socket was made for.
    pub family: Family,
    /// This end.
    pub local: Endpoint,
    /// The other end; `None` for a listener.
    pub foreign: Option<Endpoint>,
    /// The state; never CLOSED.
    pub state: State,
    /// When it entered this state.
    pub since: Instant,
    /// The timer.
    pub timer: TimerView,
    /// Its program can send nothing, though the state would let it.
    pub shut: bool,
    /// The process that holds it; `None` if none does any more, or not yet.
    pub owner: Option<ProcessId>,
}
