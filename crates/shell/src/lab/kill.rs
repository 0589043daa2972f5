//! `kill`, `killall`: only root may signal the programs of others.

use super::{Lab, Origin, Signal, signals};
use crate::output::{Done, Output, Refusal};
use tcp_core::net::{HostId, ProcessId};

/// What the `kill` of procps prints of itself.
const USAGE: &str = include_str!("kill_usage.txt");

/// Which `kill` speaks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Voice {
    /// The shell's own.
    Bash,
    /// The file `/usr/bin/kill` of procps, which `sudo` runs and which knows no jobs.
    Procps,
}

impl Voice {
    fn unknown_signal(self, word: &str) -> Refusal {
        if word
            .parse::<u32>()
            .map_or_else(|_| signals::number(word).is_some(), |number| (1..=64).contains(&number))
        {
            return Refusal::new(format!("this lab has no signal {word}; near it: kill -TERM\n"), 1);
        }
        match self {
            Voice::Bash => Refusal::new(format!("bash: kill: {word}: invalid signal specification\n"), 1),
            Voice::Procps => {
                let first: String = word.chars().take(1).collect();
                Refusal::new(format!("kill: invalid argument {first}\n\n{USAGE}"), 1)
            }
        }
    }

    fn no_target(self) -> Refusal {
        match self {
            Voice::Bash => {
                let usage = "[-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]";
                Refusal::new(format!("kill: usage: kill {usage}\n"), 2)
            }
            Voice::Procps => Refusal::new(format!("\n{USAGE}"), 1),
        }
    }

    fn no_number(self, target: &str) -> String {
        match self {
            Voice::Bash => format!("bash: kill: {target}: arguments must be process or job IDs\n"),
            Voice::Procps => format!("kill: failed to parse argument: '{target}'\n"),
        }
    }

    fn failed(self, pid: u32, why: &str) -> String {
        match self {
            Voice::Bash => format!("bash: kill: ({pid}) - {why}\n"),
            Voice::Procps => format!("kill: ({pid}): {why}\n"),
        }
    }
}

impl Lab {
    /// `kill [-SIGNAL] PID|%JOB …`
    pub(super) fn kill(&mut self, origin: Origin, host: HostId, name: &str, args: &[String]) -> Done {
        let is_file = origin.user != self.user.login || name.contains('/');
        let voice = if is_file { Voice::Procps } else { Voice::Bash };
        if let ([option, words @ ..], Voice::Bash) = (args, voice)
            && (option == "-l" || option == "-L")
        {
            return signals::list(words);
        }
        let (signal, targets) = signal_option(args, |word| voice.unknown_signal(word))?;
        if targets.is_empty() {
            return Err(voice.no_target());
        }
        let mut output = Output::default();
        for target in targets {
            match (self.target(origin, host, target, voice), signal) {
                (Ok(processes), Some(signal)) => {
                    // From the end of a pipe on, so that none of them ends by itself before.
                    for process in processes.into_iter().rev() {
                        self.signal(process, signal);
                        // A job that is stopped goes on to die, as bash has it.
                        if target.starts_with('%') && signal == Signal::Term {
                            self.signal(process, Signal::Cont);
                        }
                    }
                }
                (Ok(_), None) => {}
                (Err(why), _) => {
                    output.stderr.push_str(&why);
                    output.exit_code = 1;
                }
            }
        }
        Ok(output)
    }

    /// The process that is meant, if it may be signalled. A job that `sudo` runs may: what the shell signals is `sudo`, which
    /// the student began, and which passes the signal on.
    fn target(
        &self,
        origin: Origin,
        host: HostId,
        target: &str,
        voice: Voice,
    ) -> Result<Vec<ProcessId>, String> {
        if target.starts_with('%') && voice == Voice::Bash {
            let known = self.job(origin.terminal, target);
            return known.ok_or_else(|| format!("bash: kill: {target}: no such job\n"));
        }
        let pid: u32 = target.parse().map_err(|_| voice.no_number(target))?;
        let mut programs = self.program_names(host).into_iter();
        let program = programs.find(|program| program.pid == pid);
        let program = program.ok_or_else(|| voice.failed(pid, "No such process"))?;
        let may = origin.user.may_touch(program.user);
        may.then_some(vec![program.process]).ok_or_else(|| voice.failed(pid, "Operation not permitted"))
    }

    /// `killall NAME …`
    pub(super) fn kill_by_name(
        &mut self,
        origin: Origin,
        program: &str,
        host: HostId,
        args: &[String],
    ) -> Done {
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
            let (mine, others): (Vec<_>, Vec<_>) =
                programs.into_iter().partition(|program| origin.user.may_touch(program.user));
            for other in others {
                output.stderr += &format!("{name}({}): Operation not permitted\n", other.pid);
            }
            if mine.is_empty() {
                output.exit_code = 1;
                output.stderr.push_str(&format!("{name}: no process found\n"));
            }
            for target in mine {
                if let Some(signal) = signal {
                    self.signal(target.process, signal);
                }
            }
        }
        Ok(output)
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
    known_signal(word).map(|signal| (signal, targets)).ok_or_else(|| unknown(word))
}

/// The signal that a name or a number stands for, with `None` for signal 0.
pub(super) fn known_signal(word: &str) -> Option<Option<Signal>> {
    match word {
        "0" => Some(None),
        // To a program that does not catch them, these differ only in their numbers.
        "HUP" | "SIGHUP" | "1" | "QUIT" | "SIGQUIT" | "3" => Some(Some(Signal::Term)),
        _ => Signal::parse(word).map(Some),
    }
}
