//! The shell of the simulated hosts: terminals, the programs that run in them, and what they print.
//!
//! Everything that a user does is a line of text, typed in a terminal or run without one. [`Lab`] is the world with its
//! terminals and processes.

pub mod capture;
mod clock;
mod commands;
mod complete;
mod escapes;
mod files;
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
mod user;

pub use commands::known_words;
pub use lab::{Exhausted, Exit, Feed, Key, Lab, LabCheckpoint, Process, Signal};
pub use line::{plain, quote};
pub use network::{IMPAIRMENTS, command, rule_words, share_words};
pub use tcp_core::Instant;
pub use tcp_core::net::{HostId, ProcessId};
pub use tcp_core::tcp::ProfileName;
pub use terminal::{Completion, Printed, PrintedKind, Stream, Terminal, TerminalId, Text, Written};
pub use user::{Sudoers, User};
