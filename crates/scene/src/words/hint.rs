//! What helps at a host's terminals, as data.

use std::rc::Rc;
use tcp_core::net::HostId;
use tcp_shell::TerminalId;

/// What helps at a host's terminals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hint {
    /// A program has each terminal.
    Busy {
        /// The host.
        host: HostId,
        /// How many terminals it has.
        all: usize,
    },
    /// Its FORWARD chain has rules, and nothing passes there.
    Forward {
        /// The host.
        host: HostId,
    },
    /// The port that a program asked for is another's.
    Taken {
        /// The line that started the other one.
        line: Rc<str>,
        /// Its number on the host.
        pid: u32,
        /// Where it was started.
        terminal: Option<TerminalId>,
        /// The port.
        port: u16,
    },
}
