//! The timers of one connection, as a table, so that they can be drawn.

use crate::Instant;

/// A timer of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timer {
    /// Sends again what is not acknowledged: SYN, SYN|ACK, data, FIN. `netstat -o` writes `on`.
    Retransmit,
    /// What was to be sent did not leave this host (its own OUTPUT chain dropped it); try again.
    /// `netstat -o` writes `probe`.
    Probe,
    /// 2MSL, or the end of an orphaned FIN-WAIT-2. `netstat -o` writes `timewait`.
    TimeWait,
    /// A FIN is acknowledged by itself if the program has not closed by then. `netstat -o` does not show it.
    DelayedAck,
    /// An orphan in FIN-WAIT-2 keeps its socket for as long as `tcp_fin_timeout` is longer than TIME-WAIT.
    /// `netstat -o` writes `keepalive`.
    Keepalive,
}

impl Timer {
    /// All timers.
    pub const ALL: [Timer; 5] =
        [Timer::Retransmit, Timer::Probe, Timer::TimeWait, Timer::DelayedAck, Timer::Keepalive];
}

/// When each timer of a connection runs out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timers {
    at: [Option<Instant>; 5],
}

impl Timers {
    /// When `timer` runs out, if it runs.
    pub const fn deadline(&self, timer: Timer) -> Option<Instant> {
        self.at[timer as usize]
    }

    /// The timer that runs out next, of those that `netstat -o` shows.
    pub fn next(&self) -> Option<(Timer, Instant)> {
        let shown = [Timer::Retransmit, Timer::Probe, Timer::TimeWait, Timer::Keepalive];
        shown.into_iter().filter_map(|t| Some((t, self.deadline(t)?))).min_by_key(|(_, at)| *at)
    }

    pub(super) const fn set(&mut self, timer: Timer, at: Instant) {
        self.at[timer as usize] = Some(at);
    }

    pub(super) const fn stop(&mut self, timer: Timer) {
        self.at[timer as usize] = None;
    }

    pub(super) const fn stop_all(&mut self) {
        self.at = [None; 5];
    }
}
