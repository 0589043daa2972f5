//! What the shell does itself.

use crate::commands::help;
use crate::lab::{Lab, Place, STAYS_OPEN, Signal};
use crate::line::STATUS;
use crate::tools::{FILTERS, Output, ProgramName};
use tcp_core::net::{HostId, ProcessId};

/// The commands of this file, for completion.
pub(crate) const SHELL_WORDS: [&str; 17] = [
    "help", "man", "clear", "history", "kill", "killall", "pkill", "ps", "jobs", "echo", "exit", "logout",
    "true", "false", "sudo", "sh", "bash",
];

/// Words of bash that are not part of this shell.
const KEYWORDS: [&str; 12] =
    ["while", "for", "if", "until", "case", "select", "function", "do", "done", "then", "fi", "[["];

/// The words without `sudo` and its options, `$?` filled in.
pub(crate) fn without_sudo(words: &[String], status: i32) -> Result<Vec<String>, Output> {
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
            return Err(Output::err(
                "usage: sudo COMMAND (you may do everything here, with or without it)\n",
                1,
            ));
        }
    }
    Ok(words)
}

/// The script of `sh -c SCRIPT`.
pub(crate) fn script(words: &[String]) -> Option<&str> {
    match words {
        [shell, option, script, ..] if (shell == "sh" || shell == "bash") && option == "-c" => Some(script),
        _ => None,
    }
}

/// A filter that stands first in a pipe would read the keyboard.
pub(crate) fn lonely_filter(args: &[String]) -> Option<Output> {
    let name = args.first().filter(|name| FILTERS.contains(&name.as_str()))?;
    let why = format!("{name}: nothing to read; put it behind a pipe, for example: netstat -nat | {name}\n");
    Some(Output::err(why, 2))
}

/// What bash says to a word that it does not know.
pub(crate) fn not_found(args: &[String]) -> Output {
    let name = args.first().map(String::as_str).unwrap_or_default();
    let is_assignment = name.split_once('=').is_some_and(|(left, _)| {
        !left.is_empty() && left.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    });
    if KEYWORDS.contains(&name) {
        Output::err(
            format!("bash: {name}: this shell has no loops and conditions, only ; && || | and &\n"),
            2,
        )
    } else if is_assignment {
        Output::err(format!("bash: variables are not part of this shell: {name}\n"), 2)
    } else if name.contains('/') {
        Output::err(format!("bash: {name}: No such file or directory\n"), 127)
    } else {
        Output::err(format!("{}: command not found\n", shown(name)), 127)
    }
}

fn shown(name: &str) -> String {
    if name.is_empty() { "bash: ''".to_owned() } else { format!("bash: {name}") }
}

impl Lab {
    /// Runs a builtin; `None` if `args[0]` is none.
    pub(crate) fn builtin(&mut self, place: Place, host: HostId, args: &[String]) -> Option<Output> {
        let (name, args) = args.split_first()?;
        let output = match name.as_str() {
            "help" => Output::ok(help::HOST),
            "man" => help::man(args),
            "true" | ":" => Output::default(),
            "false" => Output::err("", 1),
            "echo" => Output::ok(echo(args)),
            "clear" => {
                self.clear_screen(place);
                Output::default()
            }
            "history" => Output::ok(self.history(place)),
            "exit" | "logout" => Output::err(STAYS_OPEN, 0),
            "kill" => self.kill(place, host, args),
            "killall" | "pkill" => self.kill_by_name(name, host, args),
            "ps" => Output::ok(self.ps(host)),
            "jobs" => Output::ok(self.jobs(place)),
            "fg" | "bg" => Output::err(format!("bash: {name}: no job control here; kill ends a job\n"), 1),
            "sh" | "bash" => Output::err(format!("{name}: only {name} -c \"COMMAND\" is known here\n"), 1),
            "su" | "cd" | "export" | "set" | "alias" | "source" | "." => {
                Output::err(format!("bash: {name}: not part of this shell\n"), 1)
            }
            _ => return None,
        };
        Some(output)
    }

    /// `kill [-SIGNAL] PID|%JOB …`
    fn kill(&mut self, place: Place, host: HostId, args: &[String]) -> Output {
        let (signal, targets) = match signal_option(args) {
            Ok(split) => split,
            Err(word) => {
                return Output::err(format!("bash: kill: {word}: invalid signal specification\n"), 1);
            }
        };
        if targets.is_empty() {
            return Output::err("kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec\n", 2);
        }
        let mut output = Output::default();
        for target in targets {
            match (self.target(place, host, target), signal) {
                (Ok(process), Some(signal)) => self.signal(process, signal),
                (Ok(_), None) => {}
                (Err(error), _) => {
                    output.stderr.push_str(&format!("bash: kill: {error}\n"));
                    output.exit_code = 1;
                }
            }
        }
        output
    }

    fn target(&self, place: Place, host: HostId, target: &str) -> Result<ProcessId, String> {
        if let Some(job) = target.strip_prefix('%') {
            return self.job(place, job).ok_or_else(|| format!("{target}: no such job"));
        }
        let pid: u32 =
            target.parse().map_err(|_| format!("{target}: arguments must be process or job IDs"))?;
        let mut programs = self.program_names(host).into_iter();
        let program = programs.find(|program| program.pid == pid);
        program.map(|program| program.process).ok_or_else(|| format!("({pid}) - No such process"))
    }

    /// `killall NAME …`, `pkill NAME`
    fn kill_by_name(&mut self, program: &str, host: HostId, args: &[String]) -> Output {
        let (signal, names) = match signal_option(args) {
            Ok(split) => split,
            Err(word) => return Output::err(format!("{word}: unknown signal\n"), 1),
        };
        if names.is_empty() {
            return Output::err(format!("{program}: which program? For example: {program} nc\n"), 1);
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
        output
    }

    fn ps(&self, host: HostId) -> String {
        let mut text = "    PID TTY          TIME CMD\n".to_owned();
        for ProgramName { pid, name, .. } in self.program_names(host) {
            text.push_str(&format!("{pid:>7} pts/0    00:00:00 {name}\n"));
        }
        text
    }
}

fn echo(args: &[String]) -> String {
    match args.split_first() {
        Some((option, rest)) if option == "-n" => rest.join(" "),
        _ => format!("{}\n", args.join(" ")),
    }
}

/// The signal that `-9`, `-KILL`, `-s KILL` or `-n 9` names, by default SIGTERM, and the words behind it. Signal 0 only
/// asks whether the process is there: `None`.
fn signal_option(args: &[String]) -> Result<(Option<Signal>, &[String]), &str> {
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
        // What these do to a program that does not catch them differs only in the number.
        "HUP" | "SIGHUP" | "1" | "QUIT" | "SIGQUIT" | "3" => Ok((Some(Signal::Term), targets)),
        _ => Signal::parse(word).map(|signal| (Some(signal), targets)).ok_or(word),
    }
}
