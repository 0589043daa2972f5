//! How far a replay may be from a trace: the one table, with the reasons. Nothing else in `verify` allows anything.
//!
//! Two circumstances of the machine that recorded are no tolerances, and stand with the replay: the phase of its timer
//! wheel, which is read from the trace (`outcome::wheel`), and how long its programs took to start (`outcome::startup`).

/// A difference in time that is allowed: the larger of a span and a share.
#[derive(Clone, Copy, Debug)]
pub struct Tolerance {
    /// Milliseconds, always.
    pub ms: f64,
    /// Of the time that is compared.
    pub share: f64,
}

impl Tolerance {
    /// The milliseconds that are allowed after a wait of `span` milliseconds.
    pub fn over(self, span: f64) -> f64 {
        self.ms.max(self.share * span)
    }
}

/// When something happened, over the time since the connection's last change. The recorded programs take up to
/// 0.12 s to start; kernel timers fire 1 to 4 % late.
pub const MOMENT: Tolerance = Tolerance { ms: 150.0, share: 0.05 };

/// How long a retransmission came after the one before it. A timer is late by a few per cent; of a short one, by the
/// 4 ms of the kernel's tick and the slots of its timer wheel.
pub const INTERVAL: Tolerance = Tolerance { ms: 40.0, share: 0.08 };

/// A state that lasted less may be missing on either side: the traces take the begin of some states from packets,
/// their end from a sample every 6 ms, and two programs on two processors race.
pub const BRIEF_MS: f64 = 60.0;

/// A listing of a firewall that was not asked for by a step tells of a change up to this long ago: the recorder
/// looked every 0.12 to 0.25 s.
pub const POLL_MS: f64 = 250.0;

/// A timer that is shown counts in ticks of the kernel and is written in hundredths of a second.
pub const TIMER_MS: f64 = 20.0;

/// Whose a port is that a text names: the text may be that much older than the connection's first state, which a trace
/// takes from a packet or an event.
pub const SLACK_MS: f64 = 20.0;
