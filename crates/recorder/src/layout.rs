//! The layout of the traces: one line for each field and for each item of a long list, in ASCII.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CharEscape, Formatter, Serializer};
use tcp_oracle::outcome::Outcome;

/// The field whose items are words, written on one line.
const ON_ONE_LINE: &str = "notes";

/// The text of a trace file.
pub(crate) fn file(trace: &Outcome) -> String {
    let mut octets = Vec::new();
    let layout = Layout { depth: 0, field: String::new(), is_name: false, long: false };
    trace.serialize(&mut Serializer::with_formatter(&mut octets, layout)).expect("a trace is always JSON");
    octets.push(b'\n');
    String::from_utf8(octets).expect("it is ASCII")
}

/// Rounded to a tenth of a millisecond.
pub(crate) fn tenths(millis: f64) -> f64 {
    // Adding 0.0 turns -0.0 into 0.0.
    (millis * 10.0).round() / 10.0 + 0.0
}

/// Rounded to a hundredth of a millisecond.
pub(crate) fn hundredths(millis: f64) -> f64 {
    (millis * 100.0).round() / 100.0 + 0.0
}

struct Layout {
    /// Number of objects and lists that are open.
    depth: u32,
    /// The field of the file that is being written.
    field: String,
    is_name: bool,
    /// Whether the list that is the value of that field has a line for each item, and has begun.
    long: bool,
}

impl Formatter for Layout {
    fn begin_object<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.depth += 1;
        to.write_all(if self.depth == 1 { b"{\n" } else { b"{" })
    }

    fn end_object<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.depth -= 1;
        to.write_all(if self.depth == 0 { b"\n}" } else { b"}" })
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        if self.depth == 1 {
            self.field.clear();
            self.is_name = true;
        }
        to.write_all(match (self.depth, first) {
            (1, true) => b" ",
            (1, false) => b",\n ",
            (_, true) => b"",
            (_, false) => b", ",
        })
    }

    fn end_object_key<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.is_name = false;
        Ok(())
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        to.write_all(b": ")
    }

    fn begin_array<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.depth += 1;
        to.write_all(b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.depth -= 1;
        let line = self.depth == 1 && std::mem::take(&mut self.long);
        to.write_all(if line { b"\n ]" } else { b"]" })
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        let line = self.depth == 2 && self.field != ON_ONE_LINE;
        self.long |= line;
        to.write_all(match (line, first) {
            (true, true) => b"\n  ",
            (true, false) => b",\n  ",
            (false, true) => b"",
            (false, false) => b", ",
        })
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, to: &mut W, text: &str) -> io::Result<()> {
        if self.is_name {
            self.field.push_str(text);
        }
        for letter in text.chars() {
            if matches!(letter, ' '..='~') {
                write!(to, "{letter}")?;
            } else {
                for unit in letter.encode_utf16(&mut [0; 2]) {
                    write!(to, "\\u{unit:04x}")?;
                }
            }
        }
        Ok(())
    }

    fn write_char_escape<W: ?Sized + Write>(&mut self, to: &mut W, escape: CharEscape) -> io::Result<()> {
        match escape {
            CharEscape::Quote => to.write_all(b"\\\""),
            CharEscape::ReverseSolidus => to.write_all(b"\\\\"),
            CharEscape::LineFeed => to.write_all(b"\\n"),
            CharEscape::CarriageReturn => to.write_all(b"\\r"),
            CharEscape::Tab => to.write_all(b"\\t"),
            CharEscape::Solidus => to.write_all(b"/"),
            CharEscape::Backspace => to.write_all(b"\\u0008"),
            CharEscape::FormFeed => to.write_all(b"\\u000c"),
            CharEscape::AsciiControl(octet) => write!(to, "\\u{octet:04x}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;
    use tcp_course::Line;

    #[test]
    fn the_layout_is_that_of_the_traces() {
        let step = Line {
            t_ms: tcp_core::millis(2).into(),
            action: "type".to_owned(),
            text: Some("a \u{2013} \"b\"\n".to_owned()),
            ..Line::default()
        };
        let notes = vec!["one".to_owned(), "two".to_owned()];
        let text = file(&Outcome { format: 1, notes, steps: vec![step.clone(), step], ..Outcome::default() });
        let line = "  {\"t_ms\": 2, \"action\": \"type\", \"text\": \"a \\u2013 \\\"b\\\"\\n\"}";
        assert!(text.starts_with("{\n \"format\": 1,\n"), "{text}");
        assert!(text.contains("\n \"notes\": [\"one\", \"two\"],\n"), "{text}");
        assert!(
            text.contains(&format!("\n \"steps\": [\n{line},\n{line}\n ],\n \"state_trajectory\": {{}},\n")),
            "{text}"
        );
        assert!(text.ends_with("\n \"network_drops\": []\n}\n"), "{text}");
    }

    /// A file that is read and written again has the same fields and values.
    #[test]
    fn every_trace_of_the_project_is_written_as_it_is_read() {
        let mut count = 0;
        for folder in ["tests/traces", "tests/traces/own"] {
            for entry in std::fs::read_dir(crate::root().join(folder)).expect("it is there") {
                let path = entry.expect("it is there").path();
                if path.extension().is_none_or(|end| end != "json") {
                    continue;
                }
                let text = std::fs::read_to_string(&path).expect("it is text");
                let trace = tcp_oracle::Trace::from_text(Path::new("x"), &text).expect("it is a trace");
                let again = file(&trace.outcome);
                let read: Outcome = serde_json::from_str(&again).expect("it is a trace too");
                assert_eq!(read, trace.outcome, "{}", path.display());
                let longest = |text: &str| text.lines().count();
                assert!(longest(&again).abs_diff(longest(&text)) < 6, "{}", path.display());
                count += 1;
            }
        }
        assert!(count > 130, "only {count} were found");
    }
}
