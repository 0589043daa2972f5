//! Circumstances of the imitated machines that nothing typed could change. They are no part of a recording.

use std::time::Duration;
use tcp_shell::Sudoers;
use tcp_shell::names::Names;

/// Circumstances of the imitated machine that nothing typed could change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Circumstances {
    /// Offset of the slots of the kernels' timer wheels.
    pub timer_phase: Option<Duration>,
    /// A moment from which the kernels count the timestamps of cookies.
    pub cookie_clock: Option<Duration>,
    /// Time that a program takes to notice that its peer has closed.
    pub time_to_notice: Option<Duration>,
    /// Secret by which the kernels choose among listeners that share a port.
    pub listener_secret: Option<u64>,
    /// The hosts need not ask for each other on the link.
    pub fixed_neighbours: bool,
    /// What the hosts' resolvers answer.
    pub names: Names,
    /// What `sudo` lets the student do in a terminal; lines without one may use it for everything.
    pub sudoers: Sudoers,
}
