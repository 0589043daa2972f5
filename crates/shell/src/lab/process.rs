//! Processes, as seen from outside.

use crate::terminal::{TerminalId, Written};
use crate::user::User;
use tcp_core::Instant;
use tcp_core::net::{HostId, ProcessId};

/// How a process ended.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Exit {
    /// Virtual time at which the process ended.
    pub at: Instant,
    /// Exit code; 128 + n if signal n ended the process.
    pub code: i32,
    /// Name of the signal that ended the process, for example `SIGINT`.
    pub signal: Option<&'static str>,
}

/// A process: the line that started it, what it wrote, and how it ended.
#[derive(Clone, Debug, Hash)]
pub struct Process {
    /// Id, unique in the lab.
    pub id: ProcessId,
    /// Process number (PID) on its host.
    pub pid: u32,
    /// Host that the process runs on.
    pub host: HostId,
    /// Terminal that shows its output; `None` if a recording started the process without one.
    pub terminal: Option<TerminalId>,
    /// The user to whom it belongs.
    pub user: User,
    /// The line that started it.
    pub cmd: String,
    /// Virtual time at which it was started.
    pub start: Instant,
    /// Everything that it wrote.
    pub output: Vec<Written>,
    /// How it ended; `None` while it runs.
    pub exit: Option<Exit>,
}

/// A signal, as `kill` sends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Signal {
    /// SIGINT, as Ctrl-C sends it: a program may catch it.
    Int,
    /// SIGTERM.
    Term,
    /// SIGKILL: also ends a stopped process.
    Kill,
    /// SIGSTOP: the process reacts to nothing until [`Signal::Cont`].
    Stop,
    /// SIGCONT.
    Cont,
}

impl Signal {
    /// All signals that a process can receive here.
    pub const ALL: [Signal; 5] = [Signal::Int, Signal::Term, Signal::Kill, Signal::Stop, Signal::Cont];

    /// The signal's name, for example `SIGINT`.
    pub const fn name(self) -> &'static str {
        match self {
            Signal::Int => "SIGINT",
            Signal::Term => "SIGTERM",
            Signal::Kill => "SIGKILL",
            Signal::Stop => "SIGSTOP",
            Signal::Cont => "SIGCONT",
        }
    }

    /// The signal's number on Linux.
    pub const fn number(self) -> i32 {
        match self {
            Signal::Int => 2,
            Signal::Term => 15,
            Signal::Kill => 9,
            Signal::Stop => 19,
            Signal::Cont => 18,
        }
    }

    /// The signal of that name or number: `INT`, `SIGINT` or `2`.
    pub fn parse(word: &str) -> Option<Signal> {
        let upper = word.to_ascii_uppercase();
        let known = |signal: &Signal| {
            signal.name() == upper
                || signal.name().strip_prefix("SIG") == Some(&upper)
                || signal.number().to_string() == upper
        };
        Signal::ALL.into_iter().find(known)
    }
}
