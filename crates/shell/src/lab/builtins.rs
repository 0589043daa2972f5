//! The shell's built-in commands.

use super::{Lab, Origin, Signal};
use crate::commands::{self, Builtin, STAYS_OPEN};
use crate::line::STATUS;
use crate::output::{Done, Output, Refusal};
use crate::tools::ProgramName;
use tcp_core::net::{HostId, ProcessId};

/// Words of bash that are not part of this shell.
const KEYWORDS: [&str; 12] =
    ["while", "for", "if", "until", "case", "select", "function", "do", "done", "then", "fi", "[["];

/// The words without `sudo` and its options, with `$?` replaced by `status`.
pub(super) fn without_sudo(words: &[String], status: i32) -> Result<Vec<String>, Refusal> {
    let status = status.to_string();
    let mut words: Vec<String> = words.iter().map(|word| word.replace(STATUS, &status)).collect();
    while words.first().is_some_and(|word| word == "sudo") {
        let mut rest = words.into_iter().skip(1).peekable();
        while let Some(option) = rest.next_if(|word| word.starts_with('-')) {
            if matches!(option.as_str(), "-u" | "-g" | "--user" | "--group") {
                rest.next();
            }
        }
        words = rest.collect();
        if words.first().is_none_or(|word| word == "su") {
            return Err(sudo());
        }
    }
    Ok(words)
}

/// The script of `sh -c SCRIPT`.
pub(super) fn script(words: &[String]) -> Option<&str> {
    match words {
        [shell, option, script, ..] if (shell == "sh" || shell == "bash") && option == "-c" => Some(script),
        _ => None,
    }
}

/// bash's answer to a word that it does not know, with the command that may be meant.
pub(super) fn not_found(host: HostId, name: &str) -> Refusal {
    let is_assignment = name.split_once('=').is_some_and(|(left, _)| {
        !left.is_empty() && left.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    });
    if KEYWORDS.contains(&name) {
        Refusal::new(
            format!("bash: {name}: this shell has no loops and conditions, only ; && || | and &\n"),
            2,
        )
    } else if is_assignment {
        Refusal::new(format!("bash: variables are not part of this shell: {name}\n"), 2)
    } else if name.contains('/') {
        Refusal::new(format!("bash: {name}: No such file or directory\n"), 127)
    } else {
        let near = did_you_mean(&commands::near(Some(host), name)).unwrap_or_default();
        Refusal::new(format!("{}: command not found{near}\n", shown(name)), 127)
    }
}

/// What follows the answer to a word that is nearly one of these commands; `None` if the list is empty.
pub(super) fn did_you_mean(commands: &[&str]) -> Option<String> {
    (!commands.is_empty()).then(|| format!(", did you mean {}?", commands.join(" or ")))
}

fn shown(name: &str) -> String {
    if name.is_empty() { "bash: ''".to_owned() } else { format!("bash: {name}") }
}

/// The answer to `sudo` without a command.
fn sudo() -> Refusal {
    Refusal::new("usage: sudo COMMAND (you may do everything here, with or without it)\n", 1)
}

impl Lab {
    /// Runs a built-in that was called as `name`.
    pub(super) fn builtin(
        &mut self,
        builtin: Builtin,
        origin: Origin,
        host: HostId,
        name: &str,
        args: &[String],
    ) -> Done {
        match builtin {
            Builtin::Clear => {
                self.clear_screen(origin);
                Ok(Output::default())
            }
            Builtin::Exit => match origin.terminal.filter(|terminal| terminal.closes()) {
                Some(terminal) => {
                    self.close(terminal);
                    Ok(Output::default())
                }
                None => Err(Refusal::new(STAYS_OPEN, 0)),
            },
            Builtin::History => Ok(Output::ok(self.history(origin))),
            Builtin::Jobs => Ok(Output::ok(self.jobs(origin.terminal))),
            Builtin::Kill => self.kill(origin, host, args),
            Builtin::KillByName => self.kill_by_name(name, host, args),
            Builtin::Ps => Ok(Output::ok(self.ps(host))),
            Builtin::Sh => {
                Err(Refusal::new(format!("{name}: only {name} -c \"COMMAND\" is known here\n"), 1))
            }
            Builtin::Sudo => Err(sudo()),
        }
    }

    /// `kill [-SIGNAL] PID|%JOB …`
    fn kill(&mut self, origin: Origin, host: HostId, args: &[String]) -> Done {
        let unknown = |word: &str| {
            Refusal::new(
                format!(
                    "bash: kill: {word}: invalid signal specification
"
                ),
                1,
            )
        };
        let (signal, targets) = signal_option(args, unknown)?;
        if targets.is_empty() {
            let usage = "kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec\n";
            return Err(Refusal::new(usage, 2));
        }
        let mut output = Output::default();
        for target in targets {
            match (self.target(origin, host, target), signal) {
                (Ok(process), Some(signal)) => self.signal(process, signal),
                (Ok(_), None) => {}
                (Err(refusal), _) => {
                    output.stderr.push_str(&refusal.to_string());
                    output.exit_code = 1;
                }
            }
        }
        Ok(output)
    }

    fn target(&self, origin: Origin, host: HostId, target: &str) -> Result<ProcessId, Refusal> {
        let refuse = |why: String| Refusal::new(format!("bash: kill: {why}\n"), 1);
        if let Some(job) = target.strip_prefix('%') {
            return self.job(origin.terminal, job).ok_or_else(|| refuse(format!("{target}: no such job")));
        }
        let pid: u32 =
            target.parse().map_err(|_| refuse(format!("{target}: arguments must be process or job IDs")))?;
        let mut programs = self.program_names(host).into_iter();
        let program = programs.find(|program| program.pid == pid);
        program.map(|program| program.process).ok_or_else(|| refuse(format!("({pid}) - No such process")))
    }

    /// `killall NAME …`, `pkill NAME`
    fn kill_by_name(&mut self, program: &str, host: HostId, args: &[String]) -> Done {
        let unknown = |word: &str| Refusal::new(format!("{word}: unknown signal\n"), 1);
        let (signal, names) = signal_option(args, unknown)?;
        if names.is_empty() {
            let text = format!("{program}: which program? For example: {program} nc\n");
            return Err(Refusal::new(text, 1));
        }
        let mut output = Output::default();
        for name in names {
            let mut programs = self.program_names(host);
            programs.retain(|program| program.name == *name);
            if programs.is_empty() {
                output.exit_code = 1;
                if program == "killall" {
                    output.stderr.push_str(&format!("{name}: no process found\n"));
                }
            }
            for target in programs {
                if let Some(signal) = signal {
                    self.signal(target.process, signal);
                }
            }
        }
        Ok(output)
    }

    fn ps(&self, host: HostId) -> String {
        let mut text = "    PID TTY          TIME CMD\n".to_owned();
        for ProgramName { pid, name, .. } in self.program_names(host) {
            text.push_str(&format!("{pid:>7} pts/0    00:00:00 {name}\n"));
        }
        text
    }
}

/// The signal that `-9`, `-KILL`, `-s KILL` or `-n 9` names, by default SIGTERM, and the words after it. `None` stands
/// for signal 0, which only checks whether the process exists.
fn signal_option(
    args: &[String],
    unknown: impl FnOnce(&str) -> Refusal,
) -> Result<(Option<Signal>, &[String]), Refusal> {
    let (word, targets) = match args {
        [option, word, targets @ ..] if option == "-s" || option == "-n" => (word.as_str(), targets),
        [option, targets @ ..] if option.starts_with('-') && option.len() > 1 && option != "--" => {
            (&option[1..], targets)
        }
        [dashes, targets @ ..] if dashes == "--" => return Ok((Some(Signal::Term), targets)),
        targets => return Ok((Some(Signal::Term), targets)),
    };
    match word {
        "0" => Ok((None, targets)),
        // To a program that does not catch them, these differ only in their numbers.
        "HUP" | "SIGHUP" | "1" | "QUIT" | "SIGQUIT" | "3" => Ok((Some(Signal::Term), targets)),
        _ => Signal::parse(word).map(|signal| (Some(signal), targets)).ok_or_else(|| unknown(word)),
    }
}
