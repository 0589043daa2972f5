//! The timers of one connection, as a table, so that they can be drawn.

use crate::Instant;
use std::time::Duration;

/// A timer of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Timer {
    /// Sends again what is not acknowledged: SYN, SYN|ACK, data, FIN. `netstat -o` writes `on`.
    Retransmit,
    /// What was to be sent did not leave this host (its own OUTPUT chain dropped it); try again.
    /// `netstat -o` writes `probe`.
    Probe,
    /// 2MSL, or the end of an orphaned FIN-WAIT-2. `netstat -o` writes `timewait`.
    TimeWait,
    /// An acknowledgement that waits for something to carry it leaves alone: of data or a FIN, and of what came beyond a hole.
    /// `netstat -o` does not show it.
    DelayedAck,
    /// With `SO_KEEPALIVE`, asks whether the peer is there. Without a process it is the first part of an orphan's wait in
    /// FIN-WAIT-2, if `tcp_fin_timeout` is longer than TIME-WAIT. `netstat -o` writes `keepalive`.
    Keepalive,
}

impl Timer {
    /// All timers.
    pub const ALL: [Timer; 5] =
        [Timer::Retransmit, Timer::Probe, Timer::TimeWait, Timer::DelayedAck, Timer::Keepalive];
}

/// A timer that runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Running {
    /// When it fires: at the end of its slot of the timer wheel, a little after it is due.
    pub fires: Instant,
    /// When it is due, as `netstat -o` counts down to it.
    pub due: Instant,
    /// How long it was set for.
    pub span: Duration,
    /// The tick of the kernel's clock at which it is due, if the clock ticks.
    pub tick: Option<u64>,
}

/// The timers of a connection that run. Each has its own due time and span: the retransmission timer runs on while the
/// acknowledgement of a FIN waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Timers {
    running: [Option<Running>; Timer::ALL.len()],
}

impl Timers {
    /// The state of `timer`, if it runs.
    pub const fn get(&self, timer: Timer) -> Option<Running> {
        self.running[timer as usize]
    }

    /// When `timer` fires, if it runs.
    pub fn deadline(&self, timer: Timer) -> Option<Instant> {
        self.get(timer).map(|running| running.fires)
    }

    /// The timer that fires next, of those that `netstat -o` shows; that of keep-alives only if no other runs.
    pub fn next(&self) -> Option<(Timer, Running)> {
        let shown = [Timer::Retransmit, Timer::Probe, Timer::TimeWait, Timer::Keepalive];
        shown
            .into_iter()
            .filter_map(|t| Some((t, self.get(t)?)))
            .min_by_key(|(timer, running)| (*timer == Timer::Keepalive, running.fires))
    }

    pub(super) fn each_instant(&mut self, act: impl Fn(&mut Instant)) {
        for running in self.running.iter_mut().flatten() {
            act(&mut running.fires);
            act(&mut running.due);
            running.tick = None;
        }
    }

    pub(super) const fn set(&mut self, timer: Timer, running: Running) {
        self.running[timer as usize] = Some(running);
    }

    pub(super) const fn stop(&mut self, timer: Timer) {
        self.running[timer as usize] = None;
    }

    pub(super) const fn stop_all(&mut self) {
        self.running = [None; Timer::ALL.len()];
    }
}
