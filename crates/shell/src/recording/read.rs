//! A recording, or a kernel trace, from JSON.

use super::{Recording, RecordingError, Step, StepAction, Sysctl, VERSION};
use crate::lab::Signal;
use crate::terminal::TerminalId;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::time::Duration;
use tcp_core::net::HostId;
use tcp_core::tcp::ProfileName;

/// Octets of a recording, and of a trace with all its packets and samples.
const LONGEST_RECORDING: usize = 1 << 20;
const LONGEST_TRACE: usize = 64 << 20;
/// Steps of a recording.
const MOST_STEPS: usize = 10_000;
/// The latest time, in milliseconds: a day.
const LATEST: f64 = 86_400_000.0;
/// The longest delay, in milliseconds: an hour.
const LONGEST_DELAY: f64 = 3_600_000.0;
/// How long a packet is under way between two namespaces of one machine, in milliseconds.
const VETH_DELAY: f64 = 0.05;
/// The version of the traces' format.
const TRACE_FORMAT: u64 = 1;

type Fields = Map<String, Value>;

/// Reads either.
pub(super) fn recording(text: &str) -> Result<Recording, RecordingError> {
    if text.len() > LONGEST_TRACE {
        return Err(RecordingError::TooLong(LONGEST_TRACE));
    }
    let value: Value = serde_json::from_str(text)
        .map_err(|error| RecordingError::Syntax { line: error.line(), column: error.column() })?;
    let Value::Object(whole) = value else {
        return Err(bad("recording", "must be an object"));
    };
    if !whole.contains_key("version") && whole.contains_key("format") {
        return trace(&whole);
    }
    if text.len() > LONGEST_RECORDING {
        return Err(RecordingError::TooLong(LONGEST_RECORDING));
    }
    own(&whole)
}

fn own(whole: &Fields) -> Result<Recording, RecordingError> {
    if whole.get("version").and_then(Value::as_u64) != Some(VERSION) {
        return Err(bad("version", "must be 1"));
    }
    only(whole, "", &["version", "profile", "seed", "link", "sysctls", "steps"])?;
    let profile = string(whole, "", "profile")?;
    let profile = ProfileName::parse(profile).ok_or_else(|| bad("profile", "must be article or linux"))?;
    let seed = match whole.get("seed") {
        None => 0,
        Some(seed) => seed.as_u64().ok_or_else(|| bad("seed", "must be a whole number, not negative"))?,
    };
    let delays = whole.get("link").map_or(Ok(Vec::new()), link)?;
    let sysctls = sysctls(whole)?;
    Ok(Recording { profile, seed, delays, sysctls, steps: steps(whole)? })
}

fn trace(whole: &Fields) -> Result<Recording, RecordingError> {
    if whole.get("format").and_then(Value::as_u64) != Some(TRACE_FORMAT) {
        return Err(bad("format", "must be 1"));
    }
    let link = string(whole, "", "link")?;
    let delay = match link.strip_prefix("relay, ").and_then(|rest| rest.split(' ').next()) {
        None => VETH_DELAY,
        Some(word) => word.parse().map_err(|_| bad("link", "must tell the milliseconds each way"))?,
    };
    let delay = duration("link", delay)?;
    let delays = vec![(HostId::Client, delay), (HostId::Server, delay)];
    let sysctls = sysctls(whole)?;
    Ok(Recording { profile: ProfileName::Linux, seed: 0, delays, sysctls, steps: steps(whole)? })
}

/// `{"delay_ms": 5}`, or by sender.
fn link(link: &Value) -> Result<Vec<(HostId, Duration)>, RecordingError> {
    let fields = link.as_object().ok_or_else(|| bad("link", "must be an object"))?;
    only(fields, "link.", &["delay_ms"])?;
    match fields.get("delay_ms") {
        None => Ok(Vec::new()),
        Some(Value::Object(by_host)) => {
            let delay = |(name, value): (&String, &Value)| {
                let field = format!("link.delay_ms.{name}");
                Ok((host(&field, name)?, duration(&field, value.as_f64().unwrap_or(f64::NAN))?))
            };
            by_host.iter().map(delay).collect()
        }
        Some(value) => {
            let delay = duration("link.delay_ms", value.as_f64().unwrap_or(f64::NAN))?;
            Ok(HostId::ALL.into_iter().map(|host| (host, delay)).collect())
        }
    }
}

fn duration(field: &str, millis: f64) -> Result<Duration, RecordingError> {
    if (0.0..=LONGEST_DELAY).contains(&millis) {
        Ok(Duration::from_micros(micros(millis)))
    } else {
        Err(bad(field, "must be milliseconds, from 0 to 3600000"))
    }
}

/// Whole microseconds; `millis` is known to be small and not negative.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded by the caller")]
pub(crate) fn micros(millis: f64) -> u64 {
    (millis * 1000.0).round() as u64
}

fn sysctls(whole: &Fields) -> Result<Vec<Sysctl>, RecordingError> {
    let mut all = Vec::new();
    let Some(by_host) = whole.get("sysctls") else {
        return Ok(all);
    };
    let by_host = by_host.as_object().ok_or_else(|| bad("sysctls", "must be an object"))?;
    for (name, settings) in by_host {
        let path = format!("sysctls.{name}");
        let host = host(&path, name)?;
        let settings = settings.as_object().ok_or_else(|| bad(&path, "must be an object"))?;
        for (name, value) in settings {
            let value = match value {
                Value::String(text) => text.clone(),
                Value::Number(number) => number.to_string(),
                _ => return Err(bad(&format!("{path}.{name}"), "must be text or a number")),
            };
            all.push(Sysctl { host, name: name.clone(), value });
        }
    }
    Ok(all)
}

fn steps(whole: &Fields) -> Result<Vec<Step>, RecordingError> {
    let steps = whole.get("steps").and_then(Value::as_array).ok_or_else(|| bad("steps", "must be a list"))?;
    if steps.len() > MOST_STEPS {
        return Err(bad("steps", "must be at most 10000"));
    }
    let mut started = BTreeSet::new();
    let mut read = Vec::with_capacity(steps.len());
    let mut latest = 0.0;
    for (at, value) in steps.iter().enumerate() {
        let path = format!("steps[{at}].");
        let fields = value.as_object().ok_or_else(|| bad(&format!("steps[{at}]"), "must be an object"))?;
        let t_ms = fields.get("t_ms").and_then(Value::as_f64).unwrap_or(f64::NAN);
        if !(0.0..=LATEST).contains(&t_ms) {
            return Err(bad(&format!("{path}t_ms"), "must be milliseconds, from 0 to 86400000"));
        }
        if t_ms < latest {
            return Err(bad(&format!("{path}t_ms"), "must not be before the step above"));
        }
        latest = t_ms;
        let action = action(fields, &path)?;
        match &action {
            StepAction::Start { id, .. } => _ = started.insert(id.clone()),
            StepAction::Type { id, .. } | StepAction::CtrlD { id, .. } | StepAction::Signal { id, .. }
                if !started.contains(id) =>
            {
                return Err(bad(&format!("{path}id"), "names nothing that was started"));
            }
            _ => {}
        }
        read.push(Step { t_ms, action });
    }
    Ok(read)
}

fn action(fields: &Fields, path: &str) -> Result<StepAction, RecordingError> {
    const KNOWN: [&str; 11] =
        ["t_ms", "host", "terminal", "action", "id", "cmd", "text", "note", "exit_code", "stdout", "stderr"];
    only(fields, path, &KNOWN)?;
    let action = string(fields, path, "action")?;
    if fields.contains_key("terminal") {
        return at_terminal(fields, path, action);
    }
    let host_name = string(fields, path, "host")?;
    if host_name == "network" {
        return Ok(StepAction::Network { line: action.to_owned() });
    }
    let host = host(&format!("{path}host"), host_name)?;
    let field = |name: &str| string(fields, path, name).map(str::to_owned);
    let signal = |signal: Signal| Ok(StepAction::Signal { host, id: field("id")?, signal });
    match action {
        "start" => Ok(StepAction::Start { host, id: field("id")?, cmd: field("cmd")? }),
        "type" => Ok(StepAction::Type { host, id: field("id")?, text: field("text")? }),
        "run" | "sysctl" => Ok(StepAction::Run { host, cmd: field("cmd")? }),
        "ctrl-d" => Ok(StepAction::CtrlD { host, id: field("id")? }),
        "ctrl-c" => signal(Signal::Int),
        "kill" => signal(Signal::Term),
        "kill -9" => signal(Signal::Kill),
        "SIGSTOP" => signal(Signal::Stop),
        "SIGCONT" => signal(Signal::Cont),
        _ => Err(bad(&format!("{path}action"), "is not known")),
    }
}

fn at_terminal(fields: &Fields, path: &str, action: &str) -> Result<StepAction, RecordingError> {
    let terminal = TerminalId::parse(string(fields, path, "terminal")?)
        .ok_or_else(|| bad(&format!("{path}terminal"), "is not known"))?;
    if let Some(host) = fields.get("host") {
        let own = terminal.host().map_or("network", super::host_word);
        if host.as_str() != Some(own) {
            return Err(bad(&format!("{path}host"), "is not the host of the terminal"));
        }
    }
    let field = |name: &str| string(fields, path, name).map(str::to_owned);
    match action {
        "run" | "start" | "sysctl" => Ok(StepAction::Enter { terminal, line: field("cmd")? }),
        "type" => Ok(StepAction::Input { terminal, line: field("text")? }),
        "ctrl-c" => Ok(StepAction::Interrupt { terminal }),
        "ctrl-d" => Ok(StepAction::EndOfInput { terminal }),
        _ => Err(bad(&format!("{path}action"), "must be run, type, ctrl-c or ctrl-d in a terminal")),
    }
}

fn host(field: &str, name: &str) -> Result<HostId, RecordingError> {
    let known = HostId::ALL.into_iter().find(|host| super::host_word(*host) == name);
    known.ok_or_else(|| bad(field, "must be client or server"))
}

fn string<'a>(fields: &'a Fields, path: &str, name: &str) -> Result<&'a str, RecordingError> {
    let field = || format!("{path}{name}");
    match fields.get(name) {
        None => Err(bad(&field(), "is missing")),
        Some(Value::String(text)) => Ok(text),
        Some(_) => Err(bad(&field(), "must be text")),
    }
}

fn only(fields: &Fields, path: &str, known: &[&str]) -> Result<(), RecordingError> {
    match fields.keys().find(|name| !known.contains(&name.as_str())) {
        None => Ok(()),
        Some(name) => Err(bad(&format!("{path}{name}"), "is not known")),
    }
}

fn bad(field: &str, reason: &str) -> RecordingError {
    // A name from the file may be long.
    let field = field.chars().take(80).collect();
    RecordingError::Field { field, reason: reason.to_owned() }
}
