//! Tools that print and end at once: iptables, netstat, ss, sysctl, date, ip …

pub(crate) mod condition;
pub(crate) mod date;
mod device;
pub(crate) mod dmesg;
pub(crate) mod expr;
pub(crate) mod files;
pub(crate) mod filter;
pub(crate) mod host;
pub mod iptables;
pub(crate) mod lsof;
pub mod netstat;
pub(crate) mod nstat;
mod proc;
pub(crate) mod route;
pub(crate) mod small;
mod snmp;
pub(crate) mod ss;
pub(crate) mod sysctl;
pub mod tc;
#[cfg(test)]
mod testing;
pub(crate) mod words;

pub use crate::output::Output;

use crate::files::Files;
use crate::names::Names;
use crate::user::{Sudoers, User};
use tcp_core::net::{HostId, ProcessId, SocketId, World};

/// A running process, as `netstat -p` names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ProgramName {
    /// Id of the process.
    pub(crate) process: ProcessId,
    /// Process number (PID) on its host.
    pub(crate) pid: u32,
    /// The user to whom it belongs.
    pub(crate) user: User,
    /// Name of the program, for example `nc`.
    pub(crate) name: String,
    /// Its sockets by descriptor, from the first that is not a standard stream.
    pub(crate) sockets: Vec<Option<SocketId>>,
}

/// What a tool sees of the host it runs on.
pub(crate) struct OnHost<'a> {
    /// The world.
    pub(crate) world: &'a mut World,
    /// The host that it runs on.
    pub(crate) host: HostId,
    /// The files of the hosts.
    pub(crate) files: &'a mut Files,
    /// What its resolver answers.
    pub(crate) names: Names,
    /// The user who runs it.
    pub(crate) user: User,
    /// What `sudo` would let the user do.
    pub(crate) sudoers: Sudoers,
    /// Running processes of that host, as far as the user may see what they hold.
    pub(crate) programs: &'a [ProgramName],
}
