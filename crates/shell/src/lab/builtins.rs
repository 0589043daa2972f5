//! The shell's built-in commands.

use super::{Lab, Origin};
use crate::commands::{self, Builtin, STAYS_OPEN};
use crate::output::{Done, Output, Refusal};
use crate::user::Sudoers;
use tcp_core::net::HostId;

/// bash's answer to a word that it does not know, with the command that may be meant.
pub(super) fn not_found(host: HostId, name: &str, sudoers: Sudoers) -> Refusal {
    let absent = || absent(commands::base_name(name), sudoers).or_else(|| absent_builtin(name));
    if let Some(absent) = absent() {
        absent
    } else if name.contains('/') {
        Refusal::new(format!("bash: {name}: No such file or directory\n"), 127)
    } else {
        let near = did_you_mean(&commands::near(Some(host), name)).unwrap_or_default();
        Refusal::new(format!("{}: command not found{near}\n", shown(name)), 127)
    }
}

/// The answer to a command that a real machine has and this lab has not.
pub(super) fn absent(name: &str, sudoers: Sudoers) -> Option<Refusal> {
    let near = commands::near_absent(name)?;
    let near = if sudoers.lets(near) { near } else { near.trim_start_matches("sudo ") };
    Some(refused(name, near))
}

/// The answer to a built-in of bash that this lab has not.
fn absent_builtin(name: &str) -> Option<Refusal> {
    commands::near_builtin(name).map(|near| refused(name, near))
}

fn refused(name: &str, near: &str) -> Refusal {
    Refusal::new(format!("this lab has no {name}; near it: {near}\n"), 127)
}

/// What follows the answer to a word that is nearly one of these commands; `None` if the list is empty.
pub(super) fn did_you_mean(commands: &[&str]) -> Option<String> {
    (!commands.is_empty()).then(|| format!(", did you mean {}?", commands.join(" or ")))
}

fn shown(name: &str) -> String {
    if name.is_empty() { "bash: ''".to_owned() } else { format!("bash: {name}") }
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
            Builtin::Fuser => self.fuser(origin, host, args),
            Builtin::History => Ok(Output::ok(self.history(origin))),
            Builtin::Jobs => Ok(Output::ok(self.jobs(origin.terminal, args))),
            Builtin::Kill => self.kill(origin, host, name, args),
            Builtin::KillByName => self.kill_by_name(origin, name, host, args),
            Builtin::Pgrep => self.pgrep(origin, name, host, args),
            Builtin::Pidof => self.pidof(host, args),
            Builtin::Ps => self.ps(origin, host, args),
            Builtin::Sh => {
                Err(Refusal::new(format!("{name}: only {name} -c \"COMMAND\" is known here\n"), 1))
            }
            // The line's words are read before it is known what they call; and in a pipe, these change nothing.
            Builtin::Sudo | Builtin::Shell => Ok(Output::default()),
        }
    }
}
