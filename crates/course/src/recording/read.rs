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
    serde_json::from_str(text).map_err(|error| wrong(text, &error))
}

fn wrong(text: &str, error: &serde_json::Error) -> RecordingError {
    let (line, column) = (error.line(), error.column());
    if error.classify() != Category::Data {
        return RecordingError::Syntax { line, column };
    }
    let path = path(text, line, column);
    let said = error.to_string();
    // The path says better than line and column where the error is.
    let reason = said.rsplit_once(" at line ").map_or(said.as_str(), |(reason, _)| reason);
    let missing = reason.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`'));
    match missing {
        _ if reason.starts_with("unknown field") => RecordingError::field(&path, "is not known"),
        Some(name) if path.is_empty() => RecordingError::field(name, "is missing"),
        Some(name) => RecordingError::field(&format!("{path}.{name}"), "is missing"),
        None if path.is_empty() => RecordingError::field("recording", reason),
        None => RecordingError::field(&path, reason),
    }
}

/// An object or a list that is open at some place in the text.
enum Open {
    /// An object, with the name that was read last.
    Object(String),
    /// A list, with the number of its next item.
    List(usize),
}

/// The path of the value before a place in the text, which is valid JSON up to there: `steps[3].t_ms`.
fn path(text: &str, line: usize, column: usize) -> String {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let mut rest = text.get(..before + column).unwrap_or(text);
    let mut open = Vec::new();
    while let Some(letter) = rest.chars().next() {
        rest = &rest[letter.len_utf8()..];
        match (letter, open.last_mut()) {
            ('{', _) => open.push(Open::Object(String::new())),
            ('[', _) => open.push(Open::List(0)),
            ('}' | ']', _) => _ = open.pop(),
            (',', Some(Open::List(number))) => *number += 1,
            (',', Some(Open::Object(name))) => name.clear(),
            ('"', top) => {
                let end = string_end(rest);
                if let Some(Open::Object(name)) =
                    top.filter(|top| matches!(top, Open::Object(name) if name.is_empty()))
                {
                    rest[..end].trim_end_matches('"').clone_into(name);
                }
                rest = &rest[end..];
            }
            _ => {}
        }
    }
    let mut path = String::new();
    for level in open {
        match level {
            Open::List(number) => path += &format!("[{number}]"),
            Open::Object(name) if name.is_empty() => {}
            Open::Object(name) if path.is_empty() => path = name,
            Open::Object(name) => path += &format!(".{name}"),
        }
    }
    path
}

/// Length of the rest of a string, including its closing quote if it has one.
fn string_end(rest: &str) -> usize {
    let mut escaped = false;
    for (at, octet) in rest.bytes().enumerate() {
        match octet {
            b'"' if !escaped => return at + 1,
            b'\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    rest.len()
}
