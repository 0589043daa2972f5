//! The steps of a file, and the conversion to and from [`Step`]s.

use super::bounds::{LONGEST_TEXT, MOST_PROGRAMS, MOST_STEPS};
use super::millis::Millis;
use super::{Action, RecordingError, Step};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use tcp_core::Instant;
use tcp_core::net::HostId;
use tcp_shell::{Signal, TerminalId};

const MISSING: &str = "is missing";
/// Reason for refusing an unknown host.
pub(super) const NO_HOST: &str = "must be client or server";

/// A step as a file has it: in a recording, or in a kernel's trace with the output of its command.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a step")]
pub struct Line {
    /// Time of the step.
    pub t_ms: Millis,
    /// Host, or `network`. Follows from the terminal if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// Terminal that the step happens in, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terminal: Option<String>,
    /// Word for what is done; for the network, the line itself.
    pub action: String,
    /// Name of the program that the step concerns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Command to start or to run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cmd: Option<String>,
    /// Line to type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Exit code of the command.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exit_code: Option<i32>,
    /// Standard output of the command.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stdout: Option<String>,
    /// Standard error of the command.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stderr: Option<String>,
}

/// Reads the steps of a file. They must be ordered by time, within their bounds, and refer only to programs that were
/// started.
pub fn steps(lines: &[Line]) -> Result<Vec<Step>, RecordingError> {
    if lines.len() > MOST_STEPS {
        return Err(RecordingError::field("steps", &format!("must be at most {MOST_STEPS}")));
    }
    let mut started = BTreeSet::new();
    let mut latest = Instant::START;
    let mut steps = Vec::with_capacity(lines.len());
    for (number, line) in lines.iter().enumerate() {
        let wrong =
            |(field, reason): Wrong| RecordingError::field(&format!("steps[{number}].{field}"), reason);
        let action = action(line).map_err(wrong)?;
        let at = line.t_ms.instant();
        if at < latest {
            return Err(wrong(("t_ms", "must not be before the step above")));
        }
        latest = at;
        match &action {
            Action::Start { id, .. } => _ = started.insert(id.clone()),
            Action::Type { id, .. } | Action::CtrlD { id, .. } | Action::Signal { id, .. }
                if !started.contains(id) =>
            {
                return Err(wrong(("id", "names nothing that was started")));
            }
            _ => {}
        }
        if started.len() > MOST_PROGRAMS {
            return Err(wrong(("id", "is one program too many")));
        }
        steps.push(Step { at, action });
    }
    Ok(steps)
}

/// A field, and what is wrong with it.
type Wrong = (&'static str, &'static str);

fn action(line: &Line) -> Result<Action, Wrong> {
    let Line { host, terminal, action, id, cmd, text, .. } = line;
    for (name, text) in
        [("action", Some(action)), ("id", id.as_ref()), ("cmd", cmd.as_ref()), ("text", text.as_ref())]
    {
        if text.is_some_and(|text| text.len() > LONGEST_TEXT) {
            return Err((name, "must be at most 65536 octets"));
        }
    }
    if let Some(terminal) = terminal {
        return at_terminal(line, terminal);
    }
    let host = host.as_deref().ok_or(("host", MISSING))?;
    if host == "network" {
        return Ok(Action::Network { line: action.clone() });
    }
    let host = HostId::with_word(host).ok_or(("host", NO_HOST))?;
    let of = |field: &Option<String>, name| field.clone().ok_or((name, MISSING));
    let signal = |signal: Signal| Ok(Action::Signal { host, id: of(id, "id")?, signal });
    match action.as_str() {
        "start" => Ok(Action::Start { host, id: of(id, "id")?, cmd: of(cmd, "cmd")? }),
        "type" => Ok(Action::Type { host, id: of(id, "id")?, text: of(text, "text")? }),
        "run" => Ok(Action::Run { host, cmd: of(cmd, "cmd")? }),
        "sysctl" => Ok(Action::Run { host, cmd: one_value(of(cmd, "cmd")?) }),
        "ctrl-d" => Ok(Action::CtrlD { host, id: of(id, "id")? }),
        "ctrl-c" => signal(Signal::Int),
        "kill" => signal(Signal::Term),
        "kill -9" => signal(Signal::Kill),
        "SIGSTOP" => signal(Signal::Stop),
        "SIGCONT" => signal(Signal::Cont),
        _ => Err(("action", "is not known")),
    }
}

/// Quotes the value of a step that sets a constant: steps write several words without a shell's quotes.
fn one_value(cmd: String) -> String {
    let value = cmd.strip_prefix("sysctl -w ").filter(|value| value.contains(' ') && !value.contains('"'));
    value.map(|value| format!("sysctl -w \"{value}\"")).unwrap_or(cmd)
}

fn at_terminal(line: &Line, terminal: &str) -> Result<Action, Wrong> {
    let terminal = TerminalId::parse(terminal).ok_or(("terminal", "is not known"))?;
    let own = terminal.host().map_or("network", HostId::word);
    if line.host.as_ref().is_some_and(|host| host != own) {
        return Err(("host", "is not the host of the terminal"));
    }
    match line.action.as_str() {
        "run" | "start" | "sysctl" => {
            Ok(Action::Enter { terminal, line: line.cmd.clone().ok_or(("cmd", MISSING))? })
        }
        "type" => Ok(Action::Input { terminal, line: line.text.clone().ok_or(("text", MISSING))? }),
        "ctrl-c" => Ok(Action::Interrupt { terminal }),
        "ctrl-d" => Ok(Action::EndOfInput { terminal }),
        "ctrl-z" => Ok(Action::Suspend { terminal }),
        _ => Err(("action", "must be run, type, ctrl-c, ctrl-d or ctrl-z in a terminal")),
    }
}

impl From<&Step> for Line {
    fn from(Step { at, action }: &Step) -> Line {
        let line = |word: &str| Line { t_ms: Millis::from(*at), action: word.to_owned(), ..Line::default() };
        let host = |host: &HostId, word| Line { host: Some(host.word().to_owned()), ..line(word) };
        let of_terminal = |terminal: &TerminalId, word| Line {
            host: Some(terminal.host().map_or("network", HostId::word).to_owned()),
            terminal: Some(terminal.name().to_owned()),
            ..line(word)
        };
        let cmd = |cmd: &String, line| Line { cmd: Some(cmd.clone()), ..line };
        let id = |id: &String, line| Line { id: Some(id.clone()), ..line };
        let text = |text: &String, line| Line { text: Some(text.clone()), ..line };
        match action {
            Action::Enter { terminal, line } => cmd(line, of_terminal(terminal, "run")),
            Action::Input { terminal, line } => text(line, of_terminal(terminal, "type")),
            Action::Interrupt { terminal } => of_terminal(terminal, "ctrl-c"),
            Action::EndOfInput { terminal } => of_terminal(terminal, "ctrl-d"),
            Action::Suspend { terminal } => of_terminal(terminal, "ctrl-z"),
            Action::Start { host: of, id: name, cmd: line } => cmd(line, id(name, host(of, "start"))),
            Action::Type { host: of, id: name, text: typed } => text(typed, id(name, host(of, "type"))),
            Action::CtrlD { host: of, id: name } => id(name, host(of, "ctrl-d")),
            Action::Signal { host: of, id: name, signal } => id(name, host(of, signal_word(*signal))),
            Action::Run { host: of, cmd: line } => cmd(line, host(of, "run")),
            Action::Network { line: typed } => Line { host: Some("network".to_owned()), ..line(typed) },
        }
    }
}

/// The word of a step that sends a signal.
pub const fn signal_word(signal: Signal) -> &'static str {
    match signal {
        Signal::Int => "ctrl-c",
        Signal::Term => "kill",
        Signal::Kill => "kill -9",
        Signal::Stop => "SIGSTOP",
        Signal::Cont => "SIGCONT",
    }
}
