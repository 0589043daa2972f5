//! The file of a recording, as text in one line.
//!
//! By hand, and not by serde as it is read: the page writes recordings, and serde's writer weighs more there than all of
//! its links.

use super::file::VERSION;
use super::line::Line;
use super::{Recording, Sysctl};
use tcp_core::micros;
use tcp_core::net::HostId;
use tcp_shell::User;

/// The recording as JSON.
pub(super) fn json(recording: &Recording) -> String {
    let Recording { profile, seed, user, delays, sysctls, steps } = recording;
    let mut json = String::new();
    json.push_str("{\"version\":");
    json.push_str(&VERSION.to_string());
    json.push_str(",\"profile\":");
    push_text(&mut json, profile.name());
    json.push_str(",\"seed\":");
    json.push_str(&seed.to_string());
    if *user != User::default() {
        json.push_str(",\"user\":");
        push_text(&mut json, user.name());
    }
    if !delays.is_empty() {
        json.push_str(",\"link\":{\"delay_ms\":{");
        for (host, delay) in delays {
            push_name(&mut json, host.word());
            push_millis(&mut json, micros(*delay));
        }
        json.push_str("}}");
    }
    push_sysctls(&mut json, sysctls);
    json.push_str(",\"steps\":[");
    for step in steps {
        if !json.ends_with('[') {
            json.push(',');
        }
        push_line(&mut json, &Line::from(step));
    }
    json.push_str("]}");
    json
}

/// The constants of each host.
fn push_sysctls(json: &mut String, sysctls: &[Sysctl]) {
    if sysctls.is_empty() {
        return;
    }
    json.push_str(",\"sysctls\":{");
    for host in HostId::ALL {
        let mut all = sysctls.iter().filter(|sysctl| sysctl.host == host).peekable();
        if all.peek().is_some() {
            push_name(json, host.word());
            json.push('{');
            for Sysctl { name, value, .. } in all {
                push_name(json, name);
                push_text(json, value);
            }
            json.push('}');
        }
    }
    json.push('}');
}

/// Only the fields that a step of a recording has.
fn push_line(json: &mut String, line: &Line) {
    json.push('{');
    push_name(json, "t_ms");
    push_millis(json, line.t_ms.micros());
    for (name, value) in [
        ("host", line.host.as_ref()),
        ("terminal", line.terminal.as_ref()),
        ("action", Some(&line.action)),
        ("id", line.id.as_ref()),
        ("cmd", line.cmd.as_ref()),
        ("text", line.text.as_ref()),
    ] {
        if let Some(value) = value {
            push_name(json, name);
            push_text(json, value);
        }
    }
    json.push('}');
}

/// The name of a field, after a comma unless it is the first.
fn push_name(json: &mut String, name: &str) {
    if !json.ends_with('{') {
        json.push(',');
    }
    push_text(json, name);
    json.push(':');
}

/// Microseconds as milliseconds, without needless digits.
fn push_millis(json: &mut String, micros: u64) {
    json.push_str(&(micros / 1000).to_string());
    if !micros.is_multiple_of(1000) {
        let rest = (1000 + micros % 1000).to_string();
        json.push('.');
        json.push_str(rest[1..].trim_end_matches('0'));
    }
}

/// A text in quotes (RFC 8259 §7).
fn push_text(json: &mut String, text: &str) {
    json.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => json.extend(['\\', letter]),
            '\u{0}'..='\u{1f}' => {
                json.push_str("\\u00");
                let digits = 0x100 + u32::from(letter);
                json.extend([4, 0].map(|at| char::from_digit(digits >> at & 15, 16).unwrap_or('0')));
            }
            _ => json.push(letter),
        }
    }
    json.push('"');
}
