//! Reading JSON: strictly, within bounds, and with the path of what is wrong.

use serde::de::DeserializeOwned;
use serde_json::error::Category;

/// Characters of a name or a reason that are shown; both may come from the file.
const SHOWN: usize = 80;

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordingError {
    /// The text exceeds the bound.
    #[error("longer than {0} octets")]
    TooLong(usize),
    /// It is not JSON, or nested too deeply.
    #[error("line {line}, column {column}: not JSON")]
    Syntax {
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
    },
    /// A field is missing, unknown, or has an invalid value.
    #[error("{field}: {reason}")]
    Field {
        /// Its path, such as `steps[3].t_ms`.
        field: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl RecordingError {
    /// The error for a field, with what is wrong with it.
    pub fn field(field: &str, reason: &str) -> RecordingError {
        let shown = |text: &str| text.chars().filter(|letter| !letter.is_control()).take(SHOWN).collect();
        RecordingError::Field { field: shown(field), reason: shown(reason) }
    }
}

/// Reads a value from `text`, which may have at most `longest` octets and 127 levels of nesting, and nothing after the
/// value.
pub fn read<T: DeserializeOwned>(text: &str, longest: usize) -> Result<T, RecordingError> {
    if text.len() > longest {
        return Err(RecordingError::TooLong(longest));
    }
    let mut json = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut json)
        .map_err(|error| wrong(&error.path().to_string(), error.inner()))?;
    json.end().map_err(|error| wrong("", &error))?;
    Ok(value)
}

/// `path` is that of the value, `.` for the whole.
fn wrong(path: &str, error: &serde_json::Error) -> RecordingError {
    let (line, column) = (error.line(), error.column());
    if error.classify() != Category::Data {
        return RecordingError::Syntax { line, column };
    }
    let path = if path == "." { "" } else { path };
    let said = error.to_string();
    // The path says better than line and column where the error is.
    let reason = said.rsplit_once(" at line ").map_or(said.as_str(), |(reason, _)| reason);
    let missing = reason.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`'));
    match missing {
        _ if reason.starts_with("unknown field") => RecordingError::field(path, "is not known"),
        Some(name) if path.is_empty() => RecordingError::field(name, "is missing"),
        Some(name) => RecordingError::field(&format!("{path}.{name}"), "is missing"),
        None if path.is_empty() => RecordingError::field("recording", reason),
        None => RecordingError::field(path, reason),
    }
}
