//! The conversation with a page that has the lab in a frame: what is heard, what it asks for, and what is said.
//!
//! ```text
//! {"tcp-states": 1, "type": "seek", "nonce": "5f0e…", "at": 1500}
//! ```
//!
//! A message is a plain object. It is read field by field through a function, so that nothing here knows a browser, and
//! fields without a name here are never looked at. `docs/messages.md` describes each message.

mod ear;
mod height;
mod read;
mod said;

pub use ear::{Ear, Heard};
pub use height::Heights;
pub use read::{REQUESTS, Request, read};
pub use said::{SAID, Said};

use tcp_course::LinkError;

/// The field with the version of the messages, by which they are also recognised.
pub const MARK: &str = "tcp-states";
/// The version that is spoken, and the only one that is understood.
pub const VERSION: f64 = 1.0;
/// Characters of the longest text that is looked at: a link with the address before it.
pub const LONGEST: usize = 40_000;
/// Types of messages that later versions will have. Nobody else should use them.
pub const RESERVED: [&str; 6] = ["attempt", "get-progress", "grade", "lesson", "progress", "set-progress"];

/// A field of a message, as far as it is of use.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Field {
    /// There is no such field.
    #[default]
    Absent,
    /// A number.
    Number(f64),
    /// A text of at most [`LONGEST`] characters.
    Text(String),
    /// Anything else.
    Other,
}

/// Returns the field of a message that has this name.
pub type Fields<'a> = &'a dyn Fn(&str) -> Field;

/// Why a request is not carried out.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// It is of a later version.
    #[error("This lab understands version 1 of its messages, and no other.")]
    Version,
    /// No request has this type.
    #[error("There is no request “{0}”.")]
    Unknown(String),
    /// The type is for a later version.
    #[error("The type “{0}” is reserved for a later version.")]
    Reserved(&'static str),
    /// A field is missing, or is not what it must be.
    #[error("The field “{0}” must be {1}.")]
    Field(&'static str, &'static str),
    /// No scene has this name.
    #[error("There is no scene “{0}”.")]
    Scene(String),
    /// The session cannot be opened, or not be made a link.
    #[error("The session is of no use: {0}.")]
    Session(LinkError),
}

#[cfg(test)]
mod tests;
