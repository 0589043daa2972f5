//! The language over the simulated network: terminals, the programs that run in them, and what they print.
//!
//! A line typed in a terminal is the only way in. [`Lab`] is the world with its terminals and processes.

mod commands;
mod complete;
mod getopt;
mod lab;
mod line;
pub mod names;
mod network;
mod number;
mod output;
mod program;
mod terminal;
pub mod tools;

pub use commands::known_words;
pub use lab::{Exhausted, Exit, Feed, Key, Lab, LabCheckpoint, Process, Signal};
pub use line::quote;
pub use tcp_core::Instant;
pub use tcp_core::net::{HostId, ProcessId};
pub use tcp_core::tcp::ProfileName;
pub use terminal::{Completion, Printed, PrintedKind, Stream, Terminal, TerminalId, Text, Written};
