//! What is to be recorded: a recording of the shell's format, or a trace whose outcome is left out or made anew.

use std::time::Duration;

use serde_json::Value;

use crate::host::Host;
use crate::relay::Rule;
use crate::trouble::Trouble;
use crate::words;

/// What is to be recorded.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plan {
    /// One sentence.
    pub(crate) title: String,
    /// More, if there is more to say.
    pub(crate) description: String,
    /// What it belongs to.
    pub(crate) article: String,
    /// How long the network holds each packet; `None` is a plain veth pair.
    pub(crate) delay: Option<Duration>,
    /// Constants that are set before anything else: host, name, value.
    pub(crate) sysctls: Vec<(Host, String, String)>,
    /// In the order of time.
    pub(crate) steps: Vec<Step>,
    /// How long it lasts at least, in milliseconds; a trace says so.
    pub(crate) duration: f64,
}

/// One thing to do.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// When, in milliseconds since the start.
    pub(crate) at: f64,
    /// What.
    pub(crate) action: Action,
}

/// What a step does.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Action {
    /// A program is started.
    Start {
        /// Where.
        host: Host,
        /// How later steps name it.
        id: String,
        /// The command.
        cmd: String,
    },
    /// A line on a program's standard input.
    Type {
        /// Whose host.
        host: Host,
        /// Which program.
        id: String,
        /// Without its newline.
        text: String,
    },
    /// The end of its standard input.
    EndOfInput {
        /// Whose host.
        host: Host,
        /// Which program.
        id: String,
    },
    /// A signal; `word` is the step's own.
    Signal {
        /// Whose host.
        host: Host,
        /// Which program.
        id: String,
        /// `ctrl-c`, `kill`, `kill -9`, `SIGSTOP` or `SIGCONT`.
        word: &'static str,
    },
    /// A command that ends by itself; `sysctl` as well.
    Run {
        /// Where.
        host: Host,
        /// The command.
        cmd: String,
    },
    /// The network begins to lose segments.
    Drop(Rule),
    /// It loses no more.
    Clear,
}

/// A day.
const LATEST: f64 = 86_400_000.0;
/// The signals that a step can send.
const SIGNALS: [&str; 5] = ["ctrl-c", "kill", "kill -9", "SIGSTOP", "SIGCONT"];

impl Plan {
    /// Reads one.
    pub(crate) fn parse(text: &str) -> Result<Self, Trouble> {
        let file: Value =
            serde_json::from_str(text).map_err(|error| Trouble::Recording(error.to_string()))?;
        let text_of = |name: &str| file[name].as_str().unwrap_or_default().to_owned();
        let mut plan = Self {
            title: text_of("title"),
            description: text_of("description"),
            article: text_of("article"),
            delay: delay(&file["link"])?,
            duration: file["duration_ms"]
                .as_f64()
                .filter(|span| (0.0..=LATEST).contains(span))
                .unwrap_or_default(),
            ..Self::default()
        };
        for host in Host::BOTH {
            let settings = file["sysctls"][host.word()].as_object();
            for (name, value) in settings.into_iter().flatten() {
                let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                plan.sysctls.push((host, name.clone(), value));
            }
        }
        let steps = file["steps"].as_array().ok_or_else(|| bad("steps", "is missing"))?;
        for (index, step) in steps.iter().enumerate() {
            let step = read_step(step).map_err(|reason| bad(&format!("steps[{index}]"), &reason))?;
            if plan.steps.last().is_some_and(|before| before.at > step.at) {
                return Err(bad(&format!("steps[{index}]"), "is before the step above"));
            }
            plan.steps.push(step);
        }
        let network = |step: &Step| matches!(step.action, Action::Drop(_) | Action::Clear);
        if plan.delay.is_none() && plan.steps.iter().any(network) {
            plan.delay = Some(Duration::ZERO);
        }
        plan.refuse_commands()?;
        Ok(plan)
    }

    /// The first words of all commands, for what must be installed.
    pub(crate) fn programs(&self) -> Vec<&str> {
        let commands = self.steps.iter().filter_map(|step| match &step.action {
            Action::Start { cmd, .. } | Action::Run { cmd, .. } => cmd.split_whitespace().next(),
            _ => None,
        });
        commands.collect()
    }

    /// `veth pair`, or `relay, 400 ms each way`.
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

/// `"relay, 400 ms each way"`, `{"delay_ms": 400}`, or nothing.
fn delay(link: &Value) -> Result<Option<Duration>, Trouble> {
    let millis = match link {
        Value::Null => return Ok(None),
        Value::String(text) if text == "veth pair" => return Ok(None),
        Value::String(text) => text
            .strip_prefix("relay, ")
            .and_then(|rest| rest.split(' ').next())
            .and_then(|word| word.parse().ok()),
        Value::Object(fields) => match fields.get("delay_ms") {
            None => return Ok(None),
            Some(Value::Object(_)) => return Err(bad("link", "must be the same both ways")),
            Some(number) => number.as_f64(),
        },
        _ => None,
    };
    match millis {
        Some(millis) if (0.0..=60_000.0).contains(&millis) => {
            Ok(Some(Duration::from_secs_f64(millis / 1000.0)))
        }
        _ => Err(bad("link", "must tell milliseconds, from 0 to 60000")),
    }
}

/// A step. One in a terminal becomes one of a program that is named as the terminal is.
fn read_step(step: &Value) -> Result<Step, String> {
    let field = |name: &str| step[name].as_str().ok_or_else(|| format!("{name} is missing"));
    let at = step["t_ms"].as_f64().filter(|at| (0.0..=LATEST).contains(at)).ok_or("t_ms is missing")?;
    let word = field("action")?;
    let host_word = step["host"].as_str().or_else(|| step["terminal"].as_str()?.split('-').next());
    let host_word = host_word.ok_or("host is missing")?;
    if host_word == "network" {
        return Ok(Step { at, action: network(step["cmd"].as_str().unwrap_or(word))? });
    }
    let host = Host::parse(host_word).ok_or_else(|| format!("no such host: {host_word}"))?;
    let id = || step["terminal"].as_str().map_or_else(|| field("id"), Ok).map(str::to_owned);
    let action = match word {
        "run" if step["terminal"].is_string() && words::stays(field("cmd")?) => {
            Action::Start { host, id: id()?, cmd: field("cmd")?.to_owned() }
        }
        "start" => Action::Start { host, id: id()?, cmd: field("cmd")?.to_owned() },
        "run" | "sysctl" => Action::Run { host, cmd: field("cmd")?.to_owned() },
        "type" => Action::Type { host, id: id()?, text: field("text")?.to_owned() },
        "ctrl-d" => Action::EndOfInput { host, id: id()? },
        _ => {
            let known = SIGNALS.into_iter().find(|signal| *signal == word);
            let word = known.ok_or_else(|| format!("no such action: {word}"))?;
            Action::Signal { host, id: id()?, word }
        }
    };
    Ok(Step { at, action })
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
        let plan = Plan::parse(&format!("{{\"link\": \"veth pair\", \"steps\": [{text}]}}"));
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
        assert_eq!(odd, Err("cannot read the recording: steps[0]: no such action: dance".to_owned()));
        let evil = steps(r#"{"t_ms": 0, "host": "client", "action": "run", "cmd": "rm -r /"}"#);
        assert!(evil.is_err_and(|text| text.starts_with("a recording may not run `rm -r /`")));
        let late = steps(
            r#"{"t_ms": 9, "host": "network", "action": "clear"}, {"t_ms": 8, "host": "network", "action": "clear"}"#,
        );
        assert!(late.is_err_and(|text| text.ends_with("steps[1]: is before the step above")));
    }

    #[test]
    fn the_link_is_told_as_in_the_traces() {
        let link = |text: &str| {
            Plan::parse(&format!("{{\"link\": {text}, \"steps\": []}}")).map(|plan| plan.link()).ok()
        };
        assert_eq!(link("\"veth pair\"").as_deref(), Some("veth pair"));
        assert_eq!(link("\"relay, 400 ms each way\"").as_deref(), Some("relay, 400 ms each way"));
        assert_eq!(link("{\"delay_ms\": 2.5}").as_deref(), Some("relay, 2.5 ms each way"));
        assert_eq!(link("\"a long rope\""), None);
    }
}
