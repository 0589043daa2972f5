//! JSON in the layout of the traces: a field a line, an item of a long list a line.
//!
//! `serde_json` would sort the fields; the traces have them in the order of reading.

use std::fmt::{self, Write as _};

/// A value.
#[derive(Clone, Debug)]
pub(crate) enum Json {
    /// `null`
    Null,
    /// `true`
    Bool(bool),
    /// A whole number.
    Whole(i64),
    /// Milliseconds, as they were rounded.
    Millis(f64),
    /// A string.
    Text(String),
    /// A list on one line.
    List(Vec<Json>),
    /// An object on one line, in this order.
    Object(Vec<(String, Json)>),
    /// A list with a line for each item.
    Lines(Vec<Json>),
}

impl Json {
    /// A string.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// An object from pairs.
    pub(crate) fn object<const N: usize>(fields: [(&str, Self); N]) -> Self {
        Self::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// A list of strings.
    pub(crate) fn texts(texts: &[String]) -> Self {
        Self::List(texts.iter().map(Self::text).collect())
    }

    /// A number, or `null`.
    pub(crate) fn whole(number: Option<u32>) -> Self {
        number.map_or(Self::Null, |number| Self::Whole(i64::from(number)))
    }

    /// With a tenth of a millisecond.
    pub(crate) fn tenths(millis: f64) -> Self {
        Self::Millis((millis * 10.0).round() / 10.0)
    }

    /// With a hundredth of a millisecond.
    pub(crate) fn hundredths(millis: f64) -> Self {
        Self::Millis((millis * 100.0).round() / 100.0)
    }
}

/// The file: an object with a line for each field.
pub(crate) fn file(fields: &[(&str, Json)]) -> String {
    let lines: Vec<String> = fields.iter().map(|(name, value)| format!(" \"{name}\": {value}")).collect();
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Whole(number) => write!(f, "{number}"),
            // `{:?}` keeps the point: 2.0.
            Self::Millis(number) => write!(f, "{:?}", number + 0.0),
            Self::Text(text) => string(text, f),
            Self::List(items) => {
                f.write_char('[')?;
                between(items, ", ", f, |item, f| item.fmt(f))?;
                f.write_char(']')
            }
            Self::Object(fields) => {
                f.write_char('{')?;
                between(fields, ", ", f, |(name, value), f| {
                    string(name, f)?;
                    write!(f, ": {value}")
                })?;
                f.write_char('}')
            }
            Self::Lines(items) if items.is_empty() => f.write_str("[]"),
            Self::Lines(items) => {
                f.write_str("[\n  ")?;
                between(items, ",\n  ", f, |item, f| item.fmt(f))?;
                f.write_str("\n ]")
            }
        }
    }
}

fn between<T>(
    items: &[T],
    comma: &str,
    f: &mut fmt::Formatter<'_>,
    mut one: impl FnMut(&T, &mut fmt::Formatter<'_>) -> fmt::Result,
) -> fmt::Result {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            f.write_str(comma)?;
        }
        one(item, f)?;
    }
    Ok(())
}

/// In ASCII, as the given traces are.
fn string(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_char('"')?;
    for letter in text.chars() {
        match letter {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            ' '..='~' => f.write_char(letter)?,
            _ => {
                for unit in letter.encode_utf16(&mut [0; 2]) {
                    write!(f, "\\u{unit:04x}")?;
                }
            }
        }
    }
    f.write_char('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_layout_is_that_of_the_traces() {
        let step = Json::object([("t_ms", Json::tenths(1.96)), ("text", Json::text("a \u{2013} \"b\"\n"))]);
        let text = file(&[("format", Json::Whole(1)), ("steps", Json::Lines(vec![step.clone(), step]))]);
        let line = "  {\"t_ms\": 2.0, \"text\": \"a \\u2013 \\\"b\\\"\\n\"}";
        assert_eq!(text, format!("{{\n \"format\": 1,\n \"steps\": [\n{line},\n{line}\n ]\n}}\n"));
        assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
    }
}
