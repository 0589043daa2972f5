//! A recording as JSON.

use super::{Recording, Step, StepAction, VERSION, host_word};
use crate::lab::Signal;
use crate::terminal::TerminalId;
use serde_json::{Map, Value, json};
use std::time::Duration;
use tcp_core::net::HostId;

/// The whole, in one line.
pub(super) fn recording(recording: &Recording) -> String {
    let mut sysctls = Map::new();
    for sysctl in &recording.sysctls {
        let of_host = sysctls.entry(host_word(sysctl.host)).or_insert_with(|| json!({}));
        of_host[&sysctl.name] = json!(sysctl.value);
    }
    let mut whole = Map::new();
    whole.insert("version".to_owned(), json!(VERSION));
    whole.insert("profile".to_owned(), json!(recording.profile.name()));
    whole.insert("seed".to_owned(), json!(recording.seed));
    if !recording.delays.is_empty() {
        whole.insert("link".to_owned(), json!({ "delay_ms": delays(&recording.delays) }));
    }
    if !sysctls.is_empty() {
        whole.insert("sysctls".to_owned(), Value::Object(sysctls));
    }
    whole.insert("steps".to_owned(), recording.steps.iter().map(step).collect());
    Value::Object(whole).to_string()
}

fn delays(delays: &[(HostId, Duration)]) -> Value {
    let millis = |delay: &Duration| number(delay.as_secs_f64() * 1000.0);
    let of_host = delays.iter().map(|(host, delay)| (host_word(*host).to_owned(), millis(delay)));
    Value::Object(of_host.collect())
}

/// A whole number without `.0`.
#[expect(clippy::cast_possible_truncation, reason = "checked: it is whole and small")]
fn number(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() < 1e15 { json!(value as i64) } else { json!(value) }
}

fn step(step: &Step) -> Value {
    let mut fields = Map::new();
    let mut put = |name: &str, value: &str| fields.insert(name.to_owned(), json!(value));
    match &step.action {
        StepAction::Enter { terminal, line } => {
            put("cmd", line);
            at_terminal(*terminal, "run", &mut put);
        }
        StepAction::Input { terminal, line } => {
            put("text", line);
            at_terminal(*terminal, "type", &mut put);
        }
        StepAction::Interrupt { terminal } => at_terminal(*terminal, "ctrl-c", &mut put),
        StepAction::EndOfInput { terminal } => at_terminal(*terminal, "ctrl-d", &mut put),
        StepAction::Start { host, id, cmd } => {
            put("cmd", cmd);
            at_process(*host, id, "start", &mut put);
        }
        StepAction::Type { host, id, text } => {
            put("text", text);
            at_process(*host, id, "type", &mut put);
        }
        StepAction::CtrlD { host, id } => at_process(*host, id, "ctrl-d", &mut put),
        StepAction::Signal { host, id, signal } => at_process(*host, id, signal_word(*signal), &mut put),
        StepAction::Run { host, cmd } => {
            put("cmd", cmd);
            put("host", host_word(*host));
            put("action", "run");
        }
        StepAction::Network { line } => {
            put("host", "network");
            put("action", line);
        }
    }
    fields.insert("t_ms".to_owned(), number(step.t_ms));
    Value::Object(fields)
}

fn at_terminal(terminal: TerminalId, action: &str, put: &mut impl FnMut(&str, &str) -> Option<Value>) {
    put("host", terminal.host().map_or("network", host_word));
    put("terminal", terminal.name());
    put("action", action);
}

fn at_process(host: HostId, id: &str, action: &str, put: &mut impl FnMut(&str, &str) -> Option<Value>) {
    put("host", host_word(host));
    put("id", id);
    put("action", action);
}

const fn signal_word(signal: Signal) -> &'static str {
    match signal {
        Signal::Int => "ctrl-c",
        Signal::Term => "kill",
        Signal::Kill => "kill -9",
        Signal::Stop => "SIGSTOP",
        Signal::Cont => "SIGCONT",
    }
}
