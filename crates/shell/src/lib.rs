//! The language over the simulated network: terminals, the programs that run in them, and what they print.
//!
//! A line typed in a terminal is the only way in. [`Lab`] is the world with its terminals and processes;
//! [`Session`] is a lab with the lines that made it, so that it can be recorded, replayed and rewound.

mod builtins;
mod complete;
mod decimal;
mod help;
mod lab;
mod line;
mod names;
mod network;
mod order;
mod program;
mod recording;
mod session;
mod terminal;
pub mod tools;

pub use lab::{Exhausted, Exit, Lab, Process, Signal, Stream, Written};
pub use recording::{Recording, RecordingError, Step, StepAction, Sysctl};
pub use session::{Action, Input, Session};
pub use tcp_core::Instant;
pub use tcp_core::net::{HostId, ProcessId};
pub use tcp_core::tcp::ProfileName;
pub use terminal::{Completion, Printed, PrintedKind, Terminal, TerminalId, Text};

/// Plays a recording to its last step, and gives a fingerprint of all that happened.
///
/// It is equal natively and in WebAssembly; a test compares the two. [`RecordingError`] if the text is no recording.
pub fn digest_of(json: &str) -> Result<String, RecordingError> {
    Ok(Session::replay(&Recording::from_json(json)?).digest())
}
