//! Recordings and sessions: a [`Recording`] is a file of timed lines; a [`Session`] is a lab with the lines that made
//! it, and can go to any moment of its past and future; a [`Link`] is both as a text for an address. A
//! [`scenes::Scene`] is a recording with pauses.

mod link;
mod recording;
pub mod scenes;
mod session;

pub use link::{ENGINE, Fidelity, Link, LinkError};
pub use recording::{
    Action, Line, Millis, Recording, RecordingError, Setting, Settings, Step, Sysctl, read, signal_word,
    steps, sysctls, user,
};
pub use session::{Circumstances, Deed, Mark, Marked, Moment, Refused, Session, Trail};

/// Why a text cannot be played.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unplayable {
    /// It is not a valid recording.
    #[error(transparent)]
    Recording(#[from] RecordingError),
    /// It asks for something that does not exist here.
    #[error(transparent)]
    Refused(#[from] Refused),
}

/// Plays a recording to its last step, and returns a fingerprint of all that happened.
///
/// The fingerprint is the same natively and in WebAssembly; a test compares the two.
pub fn digest_of(json: &str) -> Result<String, Unplayable> {
    Ok(Session::replay(&Recording::from_json(json)?)?.digest_of_facts())
}
