//! Where a line runs.

use crate::terminal::TerminalId;
use crate::user::User;
use tcp_core::net::HostId;

/// Where a line runs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origin {
    /// The host; `None` for the network's console.
    pub(super) host: Option<HostId>,
    /// The terminal, if any.
    pub(super) terminal: Option<TerminalId>,
    /// The user who asks.
    pub(super) user: User,
}
