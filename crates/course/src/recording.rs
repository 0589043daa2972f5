//! Recordings: timed lines, as JSON (DESIGN §5).
//!
//! ```json
//! {"version": 1, "profile": "article", "seed": 1, "link": {"delay_ms": 5},
//!  "sysctls": {"client": {"net.ipv4.tcp_retries2": "5"}},
//!  "steps": [
//!   {"t_ms": 0, "host": "server", "terminal": "server-upper", "action": "run", "cmd": "nc -l 5555"},
//!   {"t_ms": 800, "host": "client", "action": "start", "id": "c", "cmd": "nc 10.211.55.10 5555"},
//!   {"t_ms": 900, "host": "client", "action": "type", "id": "c", "text": "hello"},
//!   {"t_ms": 950, "host": "server", "terminal": "server-upper", "action": "ctrl-c"},
//!   {"t_ms": 999, "host": "network", "action": "drop server SA * 1"}]}
//! ```
//!
//! A step happens in a `terminal`, or to a program that was started without one and has an `id`. The actions of a
//! terminal are `run` (a line at its prompt), `type` (a line into the program in its foreground), `ctrl-c` and
//! `ctrl-d`; those without are `start`, `type`, `ctrl-c`, `ctrl-d`, `kill`, `kill -9`, `SIGSTOP`, `SIGCONT`, `run`,
//! `sysctl`, and on the host `network` any line of its console. These are the steps of the kernel traces too.

mod bounds;
mod file;
mod line;
mod millis;
mod read;

pub use file::{Setting, Settings, sysctls};
pub use line::{Line, signal_word, steps};
pub use millis::Millis;
pub use read::{RecordingError, read};

pub(crate) use bounds::LATEST;
use bounds::LONGEST_RECORDING;
use file::File;
use std::time::Duration;
use tcp_core::Instant;
use tcp_core::net::HostId;
use tcp_core::tcp::ProfileName;
use tcp_shell::{Signal, TerminalId};

/// A recording: what was set up and what was typed when.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    /// Which stack both hosts imitate.
    pub profile: ProfileName,
    /// What decides initial sequence numbers and ports.
    pub seed: u64,
    /// How long the wire takes one way, by sending host; `None` leaves it as it is.
    pub delays: Vec<(HostId, Duration)>,
    /// Constants that are set at the beginning.
    pub sysctls: Vec<Sysctl>,
    /// The steps in the order of time.
    pub steps: Vec<Step>,
}

/// One constant of one host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sysctl {
    /// Whose.
    pub host: HostId,
    /// For example `net.ipv4.tcp_retries2`.
    pub name: String,
    /// Its value as one would type it.
    pub value: String,
}

/// One timed line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// When; at most a day after the beginning.
    pub at: Instant,
    /// What.
    pub action: Action,
}

/// What a step does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// A line at the prompt of a terminal.
    Enter {
        /// Where.
        terminal: TerminalId,
        /// The line.
        line: String,
    },
    /// A line into the program in the foreground of a terminal.
    Input {
        /// Where.
        terminal: TerminalId,
        /// The line.
        line: String,
    },
    /// Ctrl-C in a terminal.
    Interrupt {
        /// Where.
        terminal: TerminalId,
    },
    /// Ctrl-D in a terminal.
    EndOfInput {
        /// Where.
        terminal: TerminalId,
    },
    /// A program is started without a terminal.
    Start {
        /// Where.
        host: HostId,
        /// How later steps name it.
        id: String,
        /// The command.
        cmd: String,
    },
    /// A line into a program that was started so.
    Type {
        /// Where.
        host: HostId,
        /// Which.
        id: String,
        /// The line.
        text: String,
    },
    /// The end of its input.
    CtrlD {
        /// Where.
        host: HostId,
        /// Which.
        id: String,
    },
    /// A signal to it; [`Signal::Int`] is `ctrl-c`.
    Signal {
        /// Where.
        host: HostId,
        /// Which.
        id: String,
        /// What.
        signal: Signal,
    },
    /// A command without a terminal that is over at once.
    Run {
        /// Where.
        host: HostId,
        /// The command.
        cmd: String,
    },
    /// A line of the network's console, without its terminal.
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

    /// Ctrl-D in a terminal.
    pub const fn ctrl_d(terminal: TerminalId) -> Action {
        Action::EndOfInput { terminal }
    }
}

impl Recording {
    /// An empty recording.
    pub const fn new(profile: ProfileName, seed: u64) -> Recording {
        Recording { profile, seed, delays: Vec::new(), sysctls: Vec::new(), steps: Vec::new() }
    }

    /// The page's beginning: a server listens in its upper terminal.
    pub fn page_beginning(profile: ProfileName, seed: u64) -> Recording {
        let action = Action::enter(TerminalId::ServerUpper, "nc -l 5555");
        let steps = vec![Step { at: Instant::START, action }];
        Recording { steps, ..Recording::new(profile, seed) }
    }

    /// Reads a recording.
    ///
    /// Fails on anything that is not understood: other versions, unknown fields, missing fields, times that are not
    /// finite or beyond a day, more than 10 000 steps or 1 000 programs, more than 1 MiB, lines of more than 64 KiB.
    pub fn from_json(text: &str) -> Result<Recording, RecordingError> {
        read::<File>(text, LONGEST_RECORDING)?.try_into()
    }

    /// The recording as JSON, in one line. [`Recording::from_json`] gives the same again.
    pub fn to_json(&self) -> String {
        serde_json::to_string(&File::from(self)).expect("text and numbers are always JSON")
    }
}

#[cfg(test)]
mod tests;
