//! What was done, and when: a [`Recording`] is timed lines as a file; a [`Session`] is a lab with the lines that made
//! it, and can go to any moment of its past and future.

mod recording;
mod session;

pub use recording::{Recording, RecordingError, Step, StepAction, Sysctl};
pub use session::{Action, Input, Session};

/// Plays a recording to its last step, and gives a fingerprint of all that happened.
///
/// It is equal natively and in WebAssembly; a test compares the two. [`RecordingError`] if the text is no recording.
pub fn digest_of(json: &str) -> Result<String, RecordingError> {
    Ok(Session::replay(&Recording::from_json(json)?).digest())
}
