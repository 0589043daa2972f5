//! The file of a recording, as text in one line.
//!
//! By hand, and not by serde as it is read: the page writes recordings, and serde's writer weighs as much there as all of
//! its links.

use super::file::VERSION;
use super::line::Line;
use super::{Recording, Sysctl};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The recording as JSON.
pub(super) fn json(recording: &Recording) -> String {
    let Recording { profile, seed, delays, sysctls, steps } = recording;
    let mut fields = vec![
        format!("\"version\":{VERSION}"),
        format!("\"profile\":{}", text(profile.name())),
        format!("\"seed\":{seed}"),
    ];
    if !delays.is_empty() {
        let by_host: BTreeMap<&str, u64> =
            delays.iter().map(|(host, delay)| (host.word(), tcp_core::micros(*delay))).collect();
        let by_host = by_host.into_iter().map(|(host, delay)| format!("{}:{}", text(host), millis(delay)));
        fields.push(format!("\"link\":{{\"delay_ms\":{}}}", object(by_host)));
    }
    if !sysctls.is_empty() {
        let mut by_host: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
        for Sysctl { host, name, value } in sysctls {
            by_host.entry(host.word()).or_default().insert(name, value);
        }
        let by_host = by_host.into_iter().map(|(host, settings)| {
            let settings =
                settings.into_iter().map(|(name, value)| format!("{}:{}", text(name), text(value)));
            format!("{}:{}", text(host), object(settings))
        });
        fields.push(format!("\"sysctls\":{}", object(by_host)));
    }
    let steps: Vec<String> = steps.iter().map(|step| line(&Line::from(step))).collect();
    fields.push(format!("\"steps\":[{}]", steps.join(",")));
    object(fields.into_iter())
}

/// Only the fields that a step of a recording has.
fn line(line: &Line) -> String {
    let fields = [
        ("host", line.host.as_ref()),
        ("terminal", line.terminal.as_ref()),
        ("action", Some(&line.action)),
        ("id", line.id.as_ref()),
        ("cmd", line.cmd.as_ref()),
        ("text", line.text.as_ref()),
    ];
    let fields = fields.into_iter().filter_map(|(name, value)| Some((name, value?)));
    let fields = fields.map(|(name, value)| format!("\"{name}\":{}", text(value)));
    let time = format!("\"t_ms\":{}", millis(line.t_ms.micros()));
    object(std::iter::once(time).chain(fields))
}

fn object(fields: impl Iterator<Item = String>) -> String {
    format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
}

/// Microseconds as milliseconds, without needless digits.
fn millis(micros: u64) -> String {
    let (whole, rest) = (micros / 1000, micros % 1000);
    if rest == 0 {
        return whole.to_string();
    }
    format!("{whole}.{rest:03}").trim_end_matches('0').to_owned()
}

/// A text in quotes (RFC 8259 §7).
fn text(text: &str) -> String {
    let mut quoted = "\"".to_owned();
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            '\u{0}'..='\u{1f}' => {
                // Writing to a text cannot fail.
                let _ = write!(quoted, "\\u{:04x}", u32::from(letter));
            }
            _ => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}
