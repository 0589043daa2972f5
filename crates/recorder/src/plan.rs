//! What is to be recorded: a recording, or a trace, whose outcome is ignored and recorded again.

use std::path::Path;
use std::time::Duration;

use tcp_core::net::HostId;
use tcp_course::{Millis, Sysctl, signal_word};
use tcp_oracle::Trace;
use tcp_oracle::outcome::Outcome;
use tcp_shell::{Signal, TerminalId};

use crate::host::Host;
use crate::relay::Rule;
use crate::trouble::Trouble;
use crate::words;

/// What is to be recorded.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plan {
    /// A title of one sentence.
    pub(crate) title: String,
    /// A longer description; empty if there is no more to say.
    pub(crate) description: String,
    /// The part of the article that it belongs to.
    pub(crate) article: String,
    /// How long the network holds each packet; `None` is a plain veth pair.
    pub(crate) delay: Option<Duration>,
    /// Constants that are set before anything else: host, name, value.
    pub(crate) sysctls: Vec<(Host, String, String)>,
    /// The steps, ordered by time.
    pub(crate) steps: Vec<Step>,
    /// The least duration, in milliseconds; a trace gives it.
    pub(crate) duration: f64,
}

/// One thing to do.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// Milliseconds since the start.
    pub(crate) at: f64,
    /// What the step does.
    pub(crate) action: Action,
}

/// What a step does.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Action {
    /// Starts a program.
    Start {
        /// Host to start it on.
        host: Host,
        /// Name by which later steps refer to it.
        id: String,
        /// The command line.
        cmd: String,
    },
    /// Types a line into a program's standard input.
    Type {
        /// Host of the program.
        host: Host,
        /// Name of the program.
        id: String,
        /// The line without its newline.
        text: String,
    },
    /// Ends a program's standard input.
    EndOfInput {
        /// Host of the program.
        host: Host,
        /// Name of the program.
        id: String,
    },
    /// Sends a program a signal.
    Signal {
        /// Host of the program.
        host: Host,
        /// Name of the program.
        id: String,
        /// `ctrl-c`, `kill`, `kill -9`, `SIGSTOP` or `SIGCONT`.
        word: &'static str,
    },
    /// Runs a command that ends by itself, including `sysctl`.
    Run {
        /// Host to run it on.
        host: Host,
        /// The command line.
        cmd: String,
    },
    /// Makes the network lose segments from now on.
    Drop(Rule),
    /// Ends all losses in the network.
    Clear,
}

/// The longest delay of a relay.
const LONGEST_DELAY: Duration = Duration::from_secs(60);
const NO_SITE: &str = "the site cannot be recorded";

impl Plan {
    /// Reads a recording or a trace.
    pub(crate) fn parse(text: &str) -> Result<Self, Trouble> {
        // The caller adds the file's name to the error.
        let trace = Trace::from_text(Path::new(""), text)
            .map_err(|problem| Trouble::Recording(problem.to_string().trim_start_matches(": ").to_owned()))?;
        let Outcome { title, description, article, link, duration_ms, .. } = trace.outcome;
        let delay = match link.as_str() {
            Some("veth pair") => None,
            Some(text) if !text.starts_with("relay, ") => return Err(bad("link", "is not known")),
            _ => both_ways(&trace.recording.delays)?,
        };
        let mut plan = Self { title, description, article, delay, duration: duration_ms, ..Self::default() };
        for Sysctl { host, name, value } in trace.recording.sysctls {
            let host = Host::of(host).ok_or_else(|| bad("sysctls", NO_SITE))?;
            plan.sysctls.push((host, name, value));
        }
        for (number, step) in trace.recording.steps.iter().enumerate() {
            let action = action(&step.action).map_err(|reason| bad(&format!("steps[{number}]"), &reason))?;
            plan.steps.push(Step { at: Millis::from(step.at).as_f64(), action });
        }
        let network = |step: &Step| matches!(step.action, Action::Drop(_) | Action::Clear);
        if plan.delay.is_none() && plan.steps.iter().any(network) {
            plan.delay = Some(Duration::ZERO);
        }
        plan.refuse_commands()?;
        Ok(plan)
    }

    /// The first words of all commands, which say what must be installed.
    pub(crate) fn programs(&self) -> Vec<&str> {
        let commands = self.steps.iter().filter_map(|step| match &step.action {
            Action::Start { cmd, .. } | Action::Run { cmd, .. } => cmd.split_whitespace().next(),
            _ => None,
        });
        commands.collect()
    }

    /// The link in the words of the traces: `veth pair`, or `relay, 400 ms each way`.
    pub(crate) fn link(&self) -> String {
        self.delay.map_or_else(
            || "veth pair".to_owned(),
            |delay| format!("relay, {} ms each way", delay.as_secs_f64() * 1000.0),
        )
    }

    fn refuse_commands(&self) -> Result<(), Trouble> {
        for step in &self.steps {
            match &step.action {
                Action::Start { cmd, .. } | Action::Run { cmd, .. } if !words::allowed(cmd) => {
                    return Err(Trouble::Command(cmd.clone()));
                }
                _ => {}
            }
        }
        Ok(())
    }
}

fn bad(field: &str, reason: &str) -> Trouble {
    Trouble::Recording(format!("{field}: {reason}"))
}

/// The delay of the relay, which must be the same for both hosts; `None` if the recording has no delays.
fn both_ways(delays: &[(HostId, Duration)]) -> Result<Option<Duration>, Trouble> {
    let of = |host| delays.iter().find(|(own, _)| *own == host).map(|(_, delay)| *delay);
    match (of(HostId::Client), of(HostId::Server)) {
        (one, other) if one != other => Err(bad("link", "must be the same both ways")),
        (Some(delay), _) if delay > LONGEST_DELAY => Err(bad("link", "must be at most 60000 ms")),
        (delay, _) => Ok(delay),
    }
}

/// Converts a step. A step in a terminal becomes one of a program named after the terminal.
fn action(step: &tcp_course::Action) -> Result<Action, String> {
    let of = |host: &HostId| Host::of(*host).ok_or_else(|| NO_SITE.to_owned());
    let at = |terminal: &TerminalId| {
        let host = terminal.host().and_then(Host::of).ok_or("the network knows no programs")?;
        Ok::<_, String>((host, terminal.name().to_owned()))
    };
    Ok(match step {
        tcp_course::Action::Enter { terminal, line } if terminal.host().is_none() => network(line)?,
        tcp_course::Action::Enter { terminal, line } => {
            let (host, id) = at(terminal)?;
            let cmd = line.clone();
            if words::stays(&cmd) { Action::Start { host, id, cmd } } else { Action::Run { host, cmd } }
        }
        tcp_course::Action::Input { terminal, line } => {
            let (host, id) = at(terminal)?;
            Action::Type { host, id, text: line.clone() }
        }
        tcp_course::Action::Interrupt { terminal } => {
            let (host, id) = at(terminal)?;
            Action::Signal { host, id, word: signal_word(Signal::Int) }
        }
        tcp_course::Action::Suspend { .. } => {
            return Err("presses Ctrl-Z, for which there is no terminal here".to_owned());
        }
        tcp_course::Action::EndOfInput { terminal } => {
            let (host, id) = at(terminal)?;
            Action::EndOfInput { host, id }
        }
        tcp_course::Action::Start { host, id, cmd } => {
            Action::Start { host: of(host)?, id: id.clone(), cmd: cmd.clone() }
        }
        tcp_course::Action::Type { host, id, text } => {
            Action::Type { host: of(host)?, id: id.clone(), text: text.clone() }
        }
        tcp_course::Action::CtrlD { host, id } => Action::EndOfInput { host: of(host)?, id: id.clone() },
        tcp_course::Action::Signal { host, id, signal } => {
            Action::Signal { host: of(host)?, id: id.clone(), word: signal_word(*signal) }
        }
        tcp_course::Action::Run { host, cmd } => Action::Run { host: of(host)?, cmd: cmd.clone() },
        tcp_course::Action::Network { line } => network(line)?,
    })
}

/// `drop FROM FLAGS LEN COUNT` or `clear`.
fn network(line: &str) -> Result<Action, String> {
    if line == "clear" {
        return Ok(Action::Clear);
    }
    line.strip_prefix("drop ")
        .and_then(Rule::parse)
        .map(Action::Drop)
        .ok_or_else(|| format!("the network knows `drop FROM FLAGS LEN COUNT` and `clear`, not `{line}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(text: &str) -> Result<Vec<Action>, String> {
        let plan = Plan::parse(&format!("{{\"format\": 1, \"link\": \"veth pair\", \"steps\": [{text}]}}"));
        plan.map(|plan| plan.steps.into_iter().map(|step| step.action).collect())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn a_terminal_is_a_program_of_its_name() {
        let read = steps(
            r#"{"t_ms": 0, "terminal": "server-upper", "action": "run", "cmd": "nc -l 5555"},
               {"t_ms": 1, "host": "server", "terminal": "server-upper", "action": "ctrl-c"},
               {"t_ms": 2, "terminal": "server-lower", "action": "run", "cmd": "netstat -nat"}"#,
        );
        let (host, id) = (Host::Server, "server-upper".to_owned());
        let run = Action::Run { host, cmd: "netstat -nat".to_owned() };
        let start = Action::Start { host, id: id.clone(), cmd: "nc -l 5555".to_owned() };
        assert_eq!(read, Ok(vec![start, Action::Signal { host, id, word: "ctrl-c" }, run]));
    }

    #[test]
    fn all_variations_and_recordings_of_the_project_can_be_read() {
        let mut count = 0;
        for folder in ["tests/variations", "tests/traces"] {
            for file in std::fs::read_dir(crate::root().join(folder)).expect("it is there").flatten() {
                if file.path().extension().is_some_and(|extension| extension == "json") {
                    let text = std::fs::read_to_string(file.path()).expect("it is text");
                    Plan::parse(&text)
                        .unwrap_or_else(|trouble| panic!("{}: {trouble}", file.path().display()));
                    count += 1;
                }
            }
        }
        assert!(count > 100, "only {count} were found");
    }

    #[test]
    fn what_is_not_understood_is_named() {
        let odd = steps(r#"{"t_ms": 0, "host": "client", "action": "dance", "id": "c"}"#);
        assert_eq!(odd, Err("cannot read the recording: steps[0].action: is not known".to_owned()));
        let evil = steps(r#"{"t_ms": 0, "host": "client", "action": "run", "cmd": "rm -r /"}"#);
        assert!(evil.is_err_and(|text| text.starts_with("a recording may not run `rm -r /`")));
        let late = steps(
            r#"{"t_ms": 9, "host": "network", "action": "clear"}, {"t_ms": 8, "host": "network", "action": "clear"}"#,
        );
        assert!(late.is_err_and(|text| text.ends_with("steps[1].t_ms: must not be before the step above")));
    }

    #[test]
    fn the_link_is_told_as_in_the_traces() {
        let link = |text: &str| {
            let kind =
                if text.starts_with('{') { r#""version": 1, "profile": "linux""# } else { r#""format": 1"# };
            let file = format!(r#"{{{kind}, "link": {text}, "steps": []}}"#);
            Plan::parse(&file).map(|plan| plan.link()).ok()
        };
        assert_eq!(link("\"veth pair\"").as_deref(), Some("veth pair"));
        assert_eq!(link("\"relay, 400 ms each way\"").as_deref(), Some("relay, 400 ms each way"));
        assert_eq!(link("{\"delay_ms\": 2.5}").as_deref(), Some("relay, 2.5 ms each way"));
        assert_eq!(link("\"a long rope\""), None);
    }
}
