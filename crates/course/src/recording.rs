//! Recordings: timed lines, as JSON.
//!
//! ```json
//! {"version": 1, "profile": "article", "seed": 1, "user": "student", "link": {"delay_ms": 5},
//!  "sysctls": {"client": {"net.ipv4.tcp_retries2": "5"}},
//!  "steps": [
//!   {"t_ms": 0, "host": "server", "terminal": "server-upper", "action": "run", "cmd": "nc -l 5555"},
//!   {"t_ms": 800, "host": "client", "action": "start", "id": "c", "cmd": "nc 10.211.55.10 5555"},
//!   {"t_ms": 900, "host": "client", "action": "type", "id": "c", "text": "hello"},
//!   {"t_ms": 950, "host": "server", "terminal": "server-upper", "action": "ctrl-c"},
//!   {"t_ms": 999, "host": "network", "action": "drop server SA * 1"}]}
//! ```
//!
//! A step happens in a `terminal`, or concerns a program that was started without one and has an `id`. The actions in a
//! terminal are `run` (a line at its prompt), `type` (a line into the program in its foreground), `ctrl-c`,
//! `ctrl-d` and `ctrl-z`; the actions without a terminal are `start`, `type`, `ctrl-c`, `ctrl-d`, `kill`, `kill -9`, `SIGSTOP`,
//! `SIGCONT`, `run`, `sysctl`, and on the host `network` any line of its console. The kernel traces have these steps
//! too.
//!
//! `user` is who types: `student`, who needs `sudo` where a real machine asks for it, or `root`. A file without it has
//! `root`: it was made when there were no users, or recorded on a kernel, where the tools ran as root.

mod bounds;
mod file;
mod line;
mod millis;
mod read;
mod write;

pub use file::{Setting, Settings, sysctls, user};
pub use line::{Line, signal_word, steps};
pub use millis::Millis;
pub use read::{RecordingError, read};

use bounds::LONGEST_RECORDING;
pub(crate) use bounds::{LATEST, LONGEST_DELAY, LONGEST_TEXT, MOST_PROGRAMS, MOST_STEPS};
pub(crate) use file::{File, version};
use std::time::Duration;
use tcp_core::Instant;
use tcp_core::net::HostId;
use tcp_core::tcp::ProfileName;
use tcp_shell::{Signal, TerminalId, User};

/// A recording: the setup, and what was typed when.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    /// Which stack both hosts imitate.
    pub profile: ProfileName,
    /// The seed of initial sequence numbers and ports.
    pub seed: u64,
    /// Who types.
    pub user: User,
    /// One-way delay of the wire, by sending host; a host that is not listed keeps the default.
    pub delays: Vec<(HostId, Duration)>,
    /// Constants to set at the beginning.
    pub sysctls: Vec<Sysctl>,
    /// The steps, ordered by time.
    pub steps: Vec<Step>,
}

/// One constant of one host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sysctl {
    /// Host that has the constant.
    pub host: HostId,
    /// Name, such as `net.ipv4.tcp_retries2`.
    pub name: String,
    /// Value as one would type it.
    pub value: String,
}

/// One timed line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Time of the step; at most a day after the beginning.
    pub at: Instant,
    /// What the step does.
    pub action: Action,
}

/// What a step does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Types a line at the prompt of a terminal.
    Enter {
        /// Terminal to type it into.
        terminal: TerminalId,
        /// The line.
        line: String,
    },
    /// Types a line into the program in the foreground of a terminal.
    Input {
        /// Terminal to type it into.
        terminal: TerminalId,
        /// The line.
        line: String,
    },
    /// Presses Ctrl-C in a terminal.
    Interrupt {
        /// Terminal to press it in.
        terminal: TerminalId,
    },
    /// Presses Ctrl-Z in a terminal.
    Suspend {
        /// Terminal to press it in.
        terminal: TerminalId,
    },
    /// Presses Ctrl-D in a terminal.
    EndOfInput {
        /// Terminal to press it in.
        terminal: TerminalId,
    },
    /// Starts a program without a terminal.
    Start {
        /// Host to start it on.
        host: HostId,
        /// Name by which later steps refer to it.
        id: String,
        /// The command line.
        cmd: String,
    },
    /// Types a line into a program without a terminal.
    Type {
        /// Host of the program.
        host: HostId,
        /// Name of the program.
        id: String,
        /// The line.
        text: String,
    },
    /// Ends the input of a program without a terminal.
    CtrlD {
        /// Host of the program.
        host: HostId,
        /// Name of the program.
        id: String,
    },
    /// Sends a signal to a program without a terminal; [`Signal::Int`] is written `ctrl-c`.
    Signal {
        /// Host of the program.
        host: HostId,
        /// Name of the program.
        id: String,
        /// The signal.
        signal: Signal,
    },
    /// Runs a command without a terminal that ends at once.
    Run {
        /// Host to run it on.
        host: HostId,
        /// The command line.
        cmd: String,
    },
    /// Runs a line of the network's console, without its terminal.
    Network {
        /// The line.
        line: String,
    },
}

impl Action {
    /// A line and Enter in a terminal.
    pub fn enter(terminal: TerminalId, line: impl Into<String>) -> Action {
        Action::Enter { terminal, line: line.into() }
    }

    /// Ctrl-C in a terminal.
    pub const fn ctrl_c(terminal: TerminalId) -> Action {
        Action::Interrupt { terminal }
    }

    /// Ctrl-Z in a terminal.
    pub const fn ctrl_z(terminal: TerminalId) -> Action {
        Action::Suspend { terminal }
    }

    /// Ctrl-D in a terminal.
    pub const fn ctrl_d(terminal: TerminalId) -> Action {
        Action::EndOfInput { terminal }
    }
}

impl Recording {
    /// An empty recording, in which root types.
    pub const fn new(profile: ProfileName, seed: u64) -> Recording {
        Recording {
            profile,
            seed,
            user: User::Root,
            delays: Vec::new(),
            sysctls: Vec::new(),
            steps: Vec::new(),
        }
    }

    /// Reads a recording.
    ///
    /// Fails on anything that it does not understand: other versions, unknown fields, missing fields, times that are
    /// not finite or beyond a day, more than 10 000 steps or 1 000 programs, more than 1 MiB, lines of more than 64
    /// KiB.
    pub fn from_json(text: &str) -> Result<Recording, RecordingError> {
        read::<File>(text, LONGEST_RECORDING)?.try_into()
    }

    /// The recording as JSON, in one line. [`Recording::from_json`] reads the same recording from it.
    pub fn to_json(&self) -> String {
        write::json(self)
    }
}

#[cfg(test)]
mod tests;
