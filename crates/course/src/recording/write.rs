//! A recording as JSON.

use super::json::quote;
use super::{Recording, Step, StepAction, Sysctl, VERSION};
use std::time::Duration;
use tcp_core::net::HostId;
use tcp_shell::decimal;
use tcp_shell::{Signal, TerminalId};

/// The hosts by their words.
const HOSTS: [HostId; 3] = [HostId::Client, HostId::Server, HostId::Site];

/// The whole, in one line; the members of each object by name.
pub(super) fn recording(recording: &Recording) -> String {
    let mut out = String::from("{");
    if !recording.delays.is_empty() {
        name("link", &mut out);
        out.push('{');
        delays(&recording.delays, &mut out);
        out.push('}');
    }
    text("profile", recording.profile.name(), &mut out);
    name("seed", &mut out);
    out.push_str(&recording.seed.to_string());
    name("steps", &mut out);
    out.push('[');
    for (at, one) in recording.steps.iter().enumerate() {
        out.push_str(if at == 0 { "{" } else { ",{" });
        step(one, &mut out);
        out.push('}');
    }
    out.push(']');
    if !recording.sysctls.is_empty() {
        name("sysctls", &mut out);
        out.push('{');
        sysctls(&recording.sysctls, &mut out);
        out.push('}');
    }
    name("version", &mut out);
    out.push_str(&VERSION.to_string());
    out.push('}');
    out
}

/// The name of an object's next member.
fn name(name: &str, to: &mut String) {
    if !to.ends_with('{') {
        to.push(',');
    }
    quote(name, to);
    to.push(':');
}

/// A member that is text.
fn text(name_of: &str, value: &str, to: &mut String) {
    name(name_of, to);
    quote(value, to);
}

fn delays(delays: &[(HostId, Duration)], to: &mut String) {
    name("delay_ms", to);
    to.push('{');
    for host in HOSTS {
        if let Some((_, delay)) = delays.iter().rev().find(|(of, _)| *of == host) {
            name(host.word(), to);
            to.push_str(&decimal::millis(u64::try_from(delay.as_micros()).unwrap_or(u64::MAX)));
        }
    }
    to.push('}');
}

fn sysctls(sysctls: &[Sysctl], to: &mut String) {
    for host in HOSTS {
        let own: Vec<&Sysctl> = sysctls.iter().filter(|sysctl| sysctl.host == host).collect();
        let names: Vec<&str> = own.iter().map(|sysctl| sysctl.name.as_str()).collect();
        let order = tcp_shell::order::ascending(&names);
        if order.is_empty() {
            continue;
        }
        name(host.word(), to);
        to.push('{');
        for (at, place) in order.iter().enumerate() {
            // Of several with one name, the last counts.
            if order.get(at + 1).is_none_or(|next| names[*next] != names[*place]) {
                text(names[*place], &own[*place].value, to);
            }
        }
        to.push('}');
    }
}

/// What a step may have, by name; what it has not is empty.
#[derive(Default)]
struct Fields<'a> {
    action: &'a str,
    cmd: Option<&'a str>,
    host: &'a str,
    id: Option<&'a str>,
    terminal: Option<TerminalId>,
    text: Option<&'a str>,
}

fn step(step: &Step, to: &mut String) {
    let fields = fields(&step.action);
    text("action", fields.action, to);
    if let Some(cmd) = fields.cmd {
        text("cmd", cmd, to);
    }
    let of_terminal = fields.terminal.map(|terminal| terminal.host().map_or("network", HostId::word));
    text("host", of_terminal.unwrap_or(fields.host), to);
    if let Some(id) = fields.id {
        text("id", id, to);
    }
    name("t_ms", to);
    to.push_str(&decimal::millis(step.at.as_micros()));
    if let Some(terminal) = fields.terminal {
        text("terminal", terminal.name(), to);
    }
    if let Some(typed) = fields.text {
        text("text", typed, to);
    }
}

fn fields(action: &StepAction) -> Fields<'_> {
    let none = Fields::default();
    match action {
        StepAction::Enter { terminal, line } => {
            Fields { action: "run", cmd: Some(line), terminal: Some(*terminal), ..none }
        }
        StepAction::Input { terminal, line } => {
            Fields { action: "type", text: Some(line), terminal: Some(*terminal), ..none }
        }
        StepAction::Interrupt { terminal } => Fields { action: "ctrl-c", terminal: Some(*terminal), ..none },
        StepAction::EndOfInput { terminal } => Fields { action: "ctrl-d", terminal: Some(*terminal), ..none },
        StepAction::Start { host, id, cmd } => {
            Fields { action: "start", cmd: Some(cmd), host: host.word(), id: Some(id), ..none }
        }
        StepAction::Type { host, id, text } => {
            Fields { action: "type", text: Some(text), host: host.word(), id: Some(id), ..none }
        }
        StepAction::CtrlD { host, id } => {
            Fields { action: "ctrl-d", host: host.word(), id: Some(id), ..none }
        }
        StepAction::Signal { host, id, signal } => {
            Fields { action: signal_word(*signal), host: host.word(), id: Some(id), ..none }
        }
        StepAction::Run { host, cmd } => Fields { action: "run", cmd: Some(cmd), host: host.word(), ..none },
        StepAction::Network { line } => Fields { action: line, host: "network", ..none },
    }
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
