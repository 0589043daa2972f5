//! Processes, as one sees them from outside.

use crate::terminal::{TerminalId, Written};
use tcp_core::Instant;
use tcp_core::net::{HostId, ProcessId};

/// How a process ended.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Exit {
    /// When.
    pub at: Instant,
    /// The code; 128 + n for a signal.
    pub code: i32,
    /// For example `SIGINT`.
    pub signal: Option<&'static str>,
}

/// A process: a line that was started, and what became of it.
#[derive(Clone, Debug, Hash)]
pub struct Process {
    /// Its id.
    pub id: ProcessId,
    /// Its number on its host.
    pub pid: u32,
    /// On which host.
    pub host: HostId,
    /// In which terminal its output is shown; `None` for one that a recording started without.
    pub terminal: Option<TerminalId>,
    /// The line that started it.
    pub cmd: String,
    /// When it was started.
    pub start: Instant,
    /// All it wrote.
    pub output: Vec<Written>,
    /// How it ended; `None` while it runs.
    pub exit: Option<Exit>,
}

/// What `kill` sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Signal {
    /// SIGINT, as Ctrl-C sends it: a program may catch it.
    Int,
    /// SIGTERM
    Term,
    /// SIGKILL: also ends a stopped process.
    Kill,
    /// SIGSTOP: the process reacts to nothing until [`Signal::Cont`].
    Stop,
    /// SIGCONT
    Cont,
}

impl Signal {
    /// All signals that processes here know.
    pub const ALL: [Signal; 5] = [Signal::Int, Signal::Term, Signal::Kill, Signal::Stop, Signal::Cont];

    /// Its name, for example `SIGINT`.
    pub const fn name(self) -> &'static str {
        match self {
            Signal::Int => "SIGINT",
            Signal::Term => "SIGTERM",
            Signal::Kill => "SIGKILL",
            Signal::Stop => "SIGSTOP",
            Signal::Cont => "SIGCONT",
        }
    }

    /// Its number on Linux.
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
