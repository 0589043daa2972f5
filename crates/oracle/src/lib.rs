//! Traces of a real kernel as an oracle: recordings and traces are replayed, and compared with what the kernel did.

pub mod outcome;
mod trace;
pub mod verify;

pub use trace::Trace;

use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Octets of the largest file that is read.
const LARGEST: u64 = 64 << 20;

/// Why the program cannot do what it was asked: one line that names file, field and reason.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Problem(pub String);

impl Problem {
    /// A problem with a file.
    pub fn with(file: &Path, why: impl std::fmt::Display) -> Problem {
        Problem(format!("{}: {why}", file.display()))
    }
}

/// Reads a file as text, unless it is too large.
fn read(file: &Path) -> Result<String, Problem> {
    let mut text = String::new();
    let taken = File::open(file).and_then(|open| open.take(LARGEST + 1).read_to_string(&mut text));
    taken.map_err(|error| Problem::with(file, error))?;
    if text.len() as u64 > LARGEST {
        return Err(Problem::with(file, "larger than 64 MiB"));
    }
    Ok(text)
}
