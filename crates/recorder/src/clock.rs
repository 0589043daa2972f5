//! One zero for three clocks: this program's, the capture's and the kernel's.

use std::time::{Duration, Instant};

use nix::time::{ClockId, clock_gettime};

/// The beginning of a scenario.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock {
    start: Instant,
    /// Seconds since the epoch, at the start; the clock of tcpdump.
    real: f64,
    /// Seconds since boot, at the start; the clock of tracefs when it is set to `mono`.
    monotonic: f64,
}

impl Clock {
    /// Starts the clock.
    pub(crate) fn start() -> Self {
        let seconds = |clock| {
            let now = clock_gettime(clock).map(Duration::from).unwrap_or_default();
            now.as_secs_f64()
        };
        let start = Instant::now();
        Self { start, real: seconds(ClockId::CLOCK_REALTIME), monotonic: seconds(ClockId::CLOCK_MONOTONIC) }
    }

    /// Milliseconds since the start.
    pub(crate) fn now(&self) -> f64 {
        self.start.elapsed().as_secs_f64() * 1000.0
    }

    /// Converts a moment into milliseconds since the start.
    pub(crate) fn of_instant(&self, instant: Instant) -> f64 {
        instant.saturating_duration_since(self.start).as_secs_f64() * 1000.0
    }

    /// Time left until `millis` after the start.
    pub(crate) fn until(&self, millis: f64) -> Duration {
        Duration::from_secs_f64(((millis - self.now()) / 1000.0).max(0.0))
    }

    /// Converts a time of tcpdump into milliseconds since the start.
    pub(crate) fn of_real(&self, seconds: f64) -> f64 {
        (seconds - self.real) * 1000.0
    }

    /// Converts a time of tracefs into milliseconds since the start.
    pub(crate) fn of_monotonic(&self, seconds: f64) -> f64 {
        (seconds - self.monotonic) * 1000.0
    }
}

#[cfg(test)]
impl Clock {
    /// A clock with these zeros, for reading texts.
    pub(crate) fn of(real: f64, monotonic: f64) -> Self {
        Self { start: Instant::now(), real, monotonic }
    }
}
