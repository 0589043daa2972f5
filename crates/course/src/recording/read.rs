//! A recording, or a kernel trace, from JSON.

use super::json::{self, Json, Object};
use super::{Recording, RecordingError, Step, StepAction, Sysctl, VERSION};
use std::time::Duration;
use tcp_core::Instant;
use tcp_core::net::HostId;
use tcp_core::tcp::ProfileName;
use tcp_shell::decimal::{self, NoDecimal};
use tcp_shell::{Signal, TerminalId};

/// Octets of a recording, and of a trace with all its packets and samples.
const LONGEST_RECORDING: usize = 1 << 20;
const LONGEST_TRACE: usize = 8 << 20;
/// Octets of a text in it: of a line that is typed, say.
const LONGEST_TEXT: usize = 1 << 16;
/// Steps of a recording.
const MOST_STEPS: usize = 10_000;
/// The latest time, in microseconds: a day.
const LATEST: u64 = 86_400_000_000;
/// The longest delay, in microseconds: an hour.
const LONGEST_DELAY: u64 = 3_600_000_000;
/// How long a packet is under way between two namespaces of one machine.
const VETH_DELAY: Duration = Duration::from_micros(50);
/// The version of the traces' format.
const TRACE_FORMAT: u64 = 1;

/// Reads either.
pub(super) fn recording(text: &str) -> Result<Recording, RecordingError> {
    if text.len() > LONGEST_TRACE {
        return Err(RecordingError::TooLong(LONGEST_TRACE));
    }
    let value = json::parse(text)
        .map_err(|error| RecordingError::Syntax { line: error.line, column: error.column })?;
    let Json::Object(whole) = value else {
        return Err(bad("recording", "must be an object"));
    };
    if whole.get("version").is_none() && whole.get("format").is_some() {
        return trace(&whole);
    }
    if text.len() > LONGEST_RECORDING {
        return Err(RecordingError::TooLong(LONGEST_RECORDING));
    }
    own(&whole)
}

fn own(whole: &Object) -> Result<Recording, RecordingError> {
    if whole.get("version").and_then(Json::as_u64) != Some(VERSION) {
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

fn trace(whole: &Object) -> Result<Recording, RecordingError> {
    if whole.get("format").and_then(Json::as_u64) != Some(TRACE_FORMAT) {
        return Err(bad("format", "must be 1"));
    }
    let link = string(whole, "", "link")?;
    let delay = match link.strip_prefix("relay, ").and_then(|rest| rest.split(' ').next()) {
        None => VETH_DELAY,
        Some(word) => match decimal::scaled(word, 3) {
            Err(NoDecimal::Syntax) => return Err(bad("link", "must tell the milliseconds each way")),
            micros => duration("link", micros.ok())?,
        },
    };
    let delays = vec![(HostId::Client, delay), (HostId::Server, delay)];
    let sysctls = sysctls(whole)?;
    Ok(Recording { profile: ProfileName::Linux, seed: 0, delays, sysctls, steps: steps(whole)? })
}

/// `{"delay_ms": 5}`, or by sender.
fn link(link: &Json) -> Result<Vec<(HostId, Duration)>, RecordingError> {
    let fields = link.as_object().ok_or_else(|| bad("link", "must be an object"))?;
    only(fields, "link.", &["delay_ms"])?;
    match fields.get("delay_ms") {
        None => Ok(Vec::new()),
        Some(Json::Object(by_host)) => {
            let mut delays = Vec::new();
            for (name, value) in by_host.sorted() {
                let field = format!("link.delay_ms.{name}");
                delays.push((host(&field, name)?, duration(&field, micros(value))?));
            }
            Ok(delays)
        }
        Some(value) => {
            let delay = duration("link.delay_ms", micros(value))?;
            Ok(HostId::ALL.into_iter().map(|host| (host, delay)).collect())
        }
    }
}

fn duration(field: &str, micros: Option<u64>) -> Result<Duration, RecordingError> {
    match micros {
        Some(micros) if micros <= LONGEST_DELAY => Ok(Duration::from_micros(micros)),
        _ => Err(bad(field, "must be milliseconds, from 0 to 3600000")),
    }
}

/// Milliseconds as whole microseconds.
fn micros(value: &Json) -> Option<u64> {
    match value {
        Json::Number(text) => decimal::scaled(text, 3).ok(),
        _ => None,
    }
}

fn sysctls(whole: &Object) -> Result<Vec<Sysctl>, RecordingError> {
    let mut all = Vec::new();
    let Some(by_host) = whole.get("sysctls") else {
        return Ok(all);
    };
    let by_host = by_host.as_object().ok_or_else(|| bad("sysctls", "must be an object"))?;
    for (name, settings) in by_host.sorted() {
        let path = format!("sysctls.{name}");
        let host = host(&path, name)?;
        let settings = settings.as_object().ok_or_else(|| bad(&path, "must be an object"))?;
        for (name, value) in settings.sorted() {
            let value = match value {
                Json::Text(text) | Json::Number(text) => text.clone(),
                _ => return Err(bad(&format!("{path}.{name}"), "must be text or a number")),
            };
            all.push(Sysctl { host, name: name.to_owned(), value });
        }
    }
    Ok(all)
}

fn steps(whole: &Object) -> Result<Vec<Step>, RecordingError> {
    let Some(Json::List(steps)) = whole.get("steps") else {
        return Err(bad("steps", "must be a list"));
    };
    if steps.len() > MOST_STEPS {
        return Err(bad("steps", "must be at most 10000"));
    }
    let mut started: Vec<String> = Vec::new();
    let mut read: Vec<Step> = Vec::with_capacity(steps.len());
    let mut latest = Instant::START;
    for (at, value) in steps.iter().enumerate() {
        let path = format!("steps[{at}].");
        let fields = value.as_object().ok_or_else(|| bad(&format!("steps[{at}]"), "must be an object"))?;
        let Some(at) = fields.get("t_ms").and_then(micros).filter(|micros| *micros <= LATEST) else {
            return Err(bad(&format!("{path}t_ms"), "must be milliseconds, from 0 to 86400000"));
        };
        let at = Instant::from_micros(at);
        if at < latest {
            return Err(bad(&format!("{path}t_ms"), "must not be before the step above"));
        }
        latest = at;
        let action = action(fields, &path)?;
        match &action {
            StepAction::Start { id, .. } => {
                if let Err(place) = started.binary_search(id) {
                    started.insert(place, id.clone());
                }
            }
            StepAction::Type { id, .. } | StepAction::CtrlD { id, .. } | StepAction::Signal { id, .. }
                if started.binary_search(id).is_err() =>
            {
                return Err(bad(&format!("{path}id"), "names nothing that was started"));
            }
            _ => {}
        }
        read.push(Step { at, action });
    }
    Ok(read)
}

fn action(fields: &Object, path: &str) -> Result<StepAction, RecordingError> {
    const KNOWN: [&str; 11] =
        ["t_ms", "host", "terminal", "action", "id", "cmd", "text", "note", "exit_code", "stdout", "stderr"];
    only(fields, path, &KNOWN)?;
    let action = string(fields, path, "action")?;
    if fields.get("terminal").is_some() {
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

fn at_terminal(fields: &Object, path: &str, action: &str) -> Result<StepAction, RecordingError> {
    let terminal = TerminalId::parse(string(fields, path, "terminal")?)
        .ok_or_else(|| bad(&format!("{path}terminal"), "is not known"))?;
    if let Some(host) = fields.get("host") {
        let own = terminal.host().map_or("network", HostId::word);
        if !matches!(host, Json::Text(name) if name == own) {
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
    HostId::with_word(name).ok_or_else(|| bad(field, "must be client or server"))
}

fn string<'a>(fields: &'a Object, path: &str, name: &str) -> Result<&'a str, RecordingError> {
    let field = || format!("{path}{name}");
    match fields.get(name) {
        None => Err(bad(&field(), "is missing")),
        Some(Json::Text(text)) if text.len() <= LONGEST_TEXT => Ok(text),
        Some(Json::Text(_)) => Err(bad(&field(), "must be at most 65536 octets")),
        Some(_) => Err(bad(&field(), "must be text")),
    }
}

fn only(fields: &Object, path: &str, known: &[&str]) -> Result<(), RecordingError> {
    match fields.0.iter().map(|(name, _)| name).filter(|name| !known.contains(&name.as_str())).min() {
        None => Ok(()),
        Some(name) => Err(bad(&format!("{path}{name}"), "is not known")),
    }
}

fn bad(field: &str, reason: &str) -> RecordingError {
    // A name from the file may be long.
    let field = field.chars().take(80).collect();
    RecordingError::Field { field, reason: reason.to_owned() }
}
