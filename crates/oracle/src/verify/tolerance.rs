//! How far a replay may be from a trace: the only table of tolerances, with the reasons. Nothing else in `verify`
//! allows a difference.
//!
//! Four circumstances of the recording machine are not tolerances, and belong to the replay: the phase of its timer
//! wheel and the clock by which it stamps cookies, which are read from the trace (`outcome::wheel`, `outcome::cookie`), the
//! time its programs took to start (`outcome::circumstances`), and the secret by which it chose among listeners that share a
//! port (`verify::secret`).

/// An allowed difference in time: the larger of a span and a share.
#[derive(Clone, Copy, Debug)]
pub struct Tolerance {
    /// Milliseconds that are always allowed.
    pub ms: f64,
    /// Share of the time that is compared.
    pub share: f64,
}

impl Tolerance {
    /// Milliseconds that are allowed after a wait of `span` milliseconds.
    pub fn over(self, span: f64) -> f64 {
        self.ms.max(self.share * span)
    }
}

/// For the time of an event, measured over the time since the connection's last change. The recorded programs take up
/// to 0.12 s to start; kernel timers fire 1 to 4 % late.
pub const MOMENT: Tolerance = Tolerance { ms: 150.0, share: 0.05 };

/// For the interval between two retransmissions. A timer is late by a few per cent; a short one, by the 4 ms of the
/// kernel's tick and the slots of its timer wheel.
pub const INTERVAL: Tolerance = Tolerance { ms: 40.0, share: 0.08 };

/// A state that lasted less may be missing on either side: the traces take the beginning of some states from packets
/// and their end from a sample every 6 ms, and two programs on two processors race.
pub const BRIEF_MS: f64 = 60.0;

/// Age of the change that a polled listing of a firewall may show: the recorder looked every 0.12 to 0.25 s.
pub const POLL_MS: f64 = 250.0;

/// For the time left on a timer, which a kernel counts in ticks and writes in hundredths of a second.
pub const TIMER_MS: f64 = 20.0;

/// Slack when a port number in a text is attributed to a connection: the text may be that much older than the
/// connection's first state, which a trace takes from a packet or an event.
pub const SLACK_MS: f64 = 20.0;

/// A tick of the kernel's clock. Two timers that are due in one tick fire one after the other; which is first depends on
/// the processors and not on the protocol. So two segments of the two hosts may be in either order if each acknowledges
/// the same in both orders.
pub const TICK_MS: f64 = 4.0;
