//! The `tcp-states` program, as a library: its arguments and what it prints.

pub mod args;
pub mod export;
pub mod lesson;
pub mod link;
pub mod puzzle;
pub mod replay;
pub mod scenes;
