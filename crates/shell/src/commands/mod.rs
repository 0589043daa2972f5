//! The commands.

pub(crate) mod help;
