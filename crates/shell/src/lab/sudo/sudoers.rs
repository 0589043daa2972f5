//! What a file of sudoers allows, and sudo's words about what it does not (recorded with `Defaults !authenticate`, so that
//! no password is asked).

use super::{Asked, Refusal, Sudoers, is_file};
use crate::commands;
use crate::user::User;
use tcp_core::net::HostId;

/// The file of the one command that [`Sudoers::Tcpdump`] allows.
const TCPDUMP: &str = "/usr/bin/tcpdump";

/// The beginning of `sudo -l`.
fn list(host: HostId, last: &str, may: &str) -> Refusal {
    let host = host.name();
    Refusal::help(format!(
        "Matching Defaults entries for student on {host}:\n    env_reset, mail_badpass,\n    \
         secure_path=/usr/local/sbin\\:/usr/local/bin\\:/usr/sbin\\:/usr/bin\\:/sbin\\:/bin,\n    {last}\n\n\
         User student may run the following commands on {host}:\n    {may}\n"
    ))
}

impl Sudoers {
    /// `sudo -l`, without a command, about the user of `-U`.
    pub(super) fn list(self, host: HostId, other: Option<User>) -> Refusal {
        match (self, other) {
            (Sudoers::All, _) => list(host, "use_pty", "(ALL : ALL) NOPASSWD: ALL"),
            (Sudoers::Tcpdump, None | Some(User::Student)) => {
                list(host, "use_pty, !authenticate", &format!("(root) NOPASSWD: {TCPDUMP}"))
            }
            (_, Some(other)) => refused(host, "list", other),
            (Sudoers::Nobody, None) => self.nothing(host),
        }
    }

    /// `sudo -l COMMAND`, where the command is a file.
    pub(super) fn locate(self, host: HostId, command: &[String]) -> Refusal {
        match self {
            Sudoers::Nobody => self.nothing(host),
            Sudoers::Tcpdump if !is_tcpdump(host, command) => Refusal::new("", 1),
            Sudoers::All | Sudoers::Tcpdump => Refusal::help(line(host, command) + "\n"),
        }
    }

    /// `sudo -v`
    pub(super) fn validate(self, host: HostId) -> Refusal {
        match self {
            Sudoers::All | Sudoers::Tcpdump => Refusal::help(""),
            Sudoers::Nobody => self.nothing(host),
        }
    }

    fn nothing(self, host: HostId) -> Refusal {
        Refusal::new(format!("Sorry, user student may not run sudo on {}.\n", host.name()), 1)
    }

    /// Whether a command may be run, with the variables that stand before it.
    pub(super) fn check(
        self,
        host: HostId,
        asked: &Asked,
        sets: &[String],
        command: &[String],
    ) -> Result<(), Refusal> {
        let user = asked.user.unwrap_or_default();
        let is_known = command.first().is_none_or(|word| {
            let name = commands::base_name(word);
            is_file(host, name) || name == "su" || asked.mode == Some('e')
        });
        match self {
            Sudoers::All => Ok(()),
            Sudoers::Nobody if command.is_empty() && asked.mode != Some('e') && !asked.shell => Ok(()),
            Sudoers::Nobody => Err(Refusal::new("student is not in the sudoers file.\n", 1)),
            Sudoers::Tcpdump if asked.mode == Some('e') => {
                Err(refused(host, &format!("sudoedit {}", command.join(" ")), user))
            }
            Sudoers::Tcpdump if asked.shell => {
                let script: String = command.join(" ").chars().flat_map(escaped).collect();
                let option = if script.is_empty() { "" } else { " -c " };
                Err(refused(host, &format!("/bin/bash{option}{script}"), user))
            }
            // What is no command is said before what may not be run.
            Sudoers::Tcpdump if command.is_empty() || !is_known => Ok(()),
            Sudoers::Tcpdump if !is_tcpdump(host, command) || !user.is_root() => {
                Err(refused(host, &line(host, command), user))
            }
            Sudoers::Tcpdump if !sets.is_empty() => {
                let names: Vec<&str> = sets.iter().filter_map(|set| Some(set.split_once('=')?.0)).collect();
                let names = names.join(", ");
                let why = "sorry, you are not allowed to set the following environment variables";
                Err(Refusal::new(format!("sudo: {why}: {names}\n"), 1))
            }
            Sudoers::Tcpdump => Ok(()),
        }
    }
}

fn refused(host: HostId, what: &str, user: User) -> Refusal {
    let (user, host) = (user.name(), host.name());
    Refusal::new(format!("Sorry, user student is not allowed to execute '{what}' as {user} on {host}.\n"), 1)
}

fn is_tcpdump(host: HostId, command: &[String]) -> bool {
    command.first().is_some_and(|word| file(host, word) == TCPDUMP)
}

/// The file that a word calls.
fn file(host: HostId, word: &str) -> String {
    if word.contains('/') {
        return word.to_owned();
    }
    format!("{}/{word}", commands::place(host, word).unwrap_or("/usr/bin"))
}

/// A command with the file that its first word calls.
fn line(host: HostId, command: &[String]) -> String {
    let mut words = command.to_vec();
    if let Some(first) = words.first_mut() {
        *first = file(host, first);
    }
    words.join(" ")
}

/// What sudo writes for a character of the words that it passes to a shell.
fn escaped(c: char) -> impl Iterator<Item = char> {
    let plain = c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '$');
    (!plain).then_some('\\').into_iter().chain([c])
}
