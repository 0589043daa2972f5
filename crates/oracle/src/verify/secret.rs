//! Listeners that share a port (SO_REUSEPORT): Linux chooses among them by a hash of a connection's ends and a secret of the
//! machine (`reuseport_select_sock`), so that another run of the same recording chooses otherwise.
//!
//! The secret is a circumstance of the recording. A trace does not name it, and shows it only by what followed: which program
//! printed what was sent, whose end reset what. So a few secrets are tried, and the first counts under which the replay
//! agrees as a whole. Nothing but the choice depends on a secret. That there was a choice is seen in the replay: rows of
//! netstat are recorded when they change, and a second listener's row is that of the first.

use std::ops::RangeInclusive;

/// Secrets that are tried. Three connections among three listeners are chosen for in 27 ways: that none of 128 secrets
/// chooses as the kernel did has a chance of one in 125.
pub(super) const SECRETS: RangeInclusive<u64> = 1..=128;
