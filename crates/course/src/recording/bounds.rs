//! Upper bounds of what a file may ask for.

use std::time::Duration;
use tcp_core::Instant;

/// Octets of a recording.
pub(super) const LONGEST_RECORDING: usize = 1 << 20;
/// Octets of a text in a recording, such as a line that is typed.
pub(crate) const LONGEST_TEXT: usize = 1 << 16;
/// Steps of a recording.
pub(crate) const MOST_STEPS: usize = 10_000;
/// Programs that a recording starts without a terminal.
pub(crate) const MOST_PROGRAMS: usize = 1_000;
/// The latest time: a day after the beginning.
pub(crate) const LATEST: Instant = Instant::from_millis(86_400_000);
/// The longest delay of the wire.
pub(crate) const LONGEST_DELAY: Duration = Duration::from_secs(3600);
