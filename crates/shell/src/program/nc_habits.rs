//! How netcats of different years differ, as data.

use tcp_core::tcp::ProfileName;

/// What `nc` does when the peer closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CloseHabit {
    /// The client ends at once, as the article's does (older netcat-openbsd).
    EndsWithPeer,
    /// The client waits for its keyboard (netcat-openbsd 1.219, trace 02a).
    WaitsForKeyboard,
}

/// The habits of the `nc` that comes with a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NcHabits {
    /// What it does when the peer closes. Article: ends with it; Linux: waits for its keyboard.
    pub(crate) close: CloseHabit,
    /// Whether it lets others share the port it listens on (SO_REUSEPORT; trace 19b). Article: no; Linux: yes.
    pub(crate) shares_port: bool,
}

impl NcHabits {
    /// The habits in the profile `name`.
    pub(crate) const fn new(name: ProfileName) -> NcHabits {
        match name {
            ProfileName::Article => NcHabits { close: CloseHabit::EndsWithPeer, shares_port: false },
            ProfileName::Linux => NcHabits { close: CloseHabit::WaitsForKeyboard, shares_port: true },
        }
    }
}
