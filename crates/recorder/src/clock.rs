//! One zero for three clocks: ours, the capture's and the kernel's.

use std::time::{Duration, Instant};

use nix::time::{ClockId, clock_gettime};

/// The beginning of a scenario.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock {
    start: Instant,
    /// Seconds since the epoch, at the start; tcpdump counts these.
    real: f64,
    /// Seconds since boot, at the start; tracefs counts these when told `mono`.
    monotonic: f64,
}

impl Clock {
    /// Starts now.
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

    /// A moment in milliseconds since the start.
    pub(crate) fn of_instant(&self, instant: Instant) -> f64 {
        instant.saturating_duration_since(self.start).as_secs_f64() * 1000.0
    }

    /// How long it is until then.
    pub(crate) fn until(&self, millis: f64) -> Duration {
        Duration::from_secs_f64(((millis - self.now()) / 1000.0).max(0.0))
    }

    /// A time of tcpdump in milliseconds since the start.
    pub(crate) fn of_real(&self, seconds: f64) -> f64 {
        (seconds - self.real) * 1000.0
    }

    /// A time of tracefs in milliseconds since the start.
    pub(crate) fn of_monotonic(&self, seconds: f64) -> f64 {
        (seconds - self.monotonic) * 1000.0
    }
}

#[cfg(test)]
impl Clock {
    /// A clock whose zeros are these, for reading texts.
    pub(crate) fn of(real: f64, monotonic: f64) -> Self {
        Self { start: Instant::now(), real, monotonic }
    }
}
