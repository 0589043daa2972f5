//! Which part of the world a command is for.

use super::Command;
use crate::net::{HostId, SocketId};

/// Part of the world that a command is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::net) enum Target {
    Host(HostId),
    /// The host that has this socket.
    Socket(SocketId),
    Network,
    Wire,
    Circumstances,
}

impl Command {
    /// The part of the world that the command is for.
    pub(in crate::net) const fn target(&self) -> Target {
        match *self {
            Command::Socket { host, .. }
            | Command::MakeChain { host, .. }
            | Command::UnmakeChain { host, .. }
            | Command::RenameChain { host, .. }
            | Command::InsertRule { host, .. }
            | Command::AppendRule { host, .. }
            | Command::DeleteRule { host, .. }
            | Command::DeleteRuleAt { host, .. }
            | Command::FlushRules { host, .. }
            | Command::ZeroCounters { host, .. }
            | Command::SetPolicy { host, .. }
            | Command::AddAddress { host, .. }
            | Command::RemoveAddress { host, .. }
            | Command::SetDefaultRoute { host, .. }
            | Command::SetLink { host, .. }
            | Command::SetQdisc { host, .. }
            | Command::Ping { host, .. }
            | Command::SendRaw { host, .. }
            | Command::Configure { host, .. } => Target::Host(host),
            Command::ReuseAddr { socket }
            | Command::ReusePort { socket }
            | Command::SetFamily { socket, .. }
            | Command::SetUser { socket, .. }
            | Command::LingerZero { socket }
            | Command::Keepalive { socket, .. }
            | Command::Bind { socket, .. }
            | Command::Listen { socket, .. }
            | Command::Connect { socket, .. }
            | Command::Accept { socket, .. }
            | Command::Send { socket, .. }
            | Command::Recv { socket, .. }
            | Command::Shutdown { socket }
            | Command::Close { socket }
            | Command::Abort { socket }
            | Command::Disconnect { socket }
            | Command::TakeError { socket } => Target::Socket(socket),
            Command::SetDelay { .. } | Command::Impair(..) | Command::Spare(..) | Command::ClearNetwork => {
                Target::Network
            }
            Command::OnWire { .. } | Command::Inject { .. } => Target::Wire,
            Command::Imitate(_) => Target::Circumstances,
        }
    }
}
