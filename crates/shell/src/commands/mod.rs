//! The commands, each one entry of a table. The table decides what a line runs, and supplies `help`, `man`, Tab,
//! `which` and the repair of pasted lines.

mod absent;
mod console;
mod help;
mod host;
mod near;
#[cfg(test)]
mod tests;

use crate::network::Misunderstood;
use crate::output::{Done, Output};
use crate::program::Begin;
use crate::tools::OnHost;
pub(crate) use absent::{near_absent, near_builtin};
pub(crate) use help::place;
pub(crate) use near::near;
use std::collections::BTreeSet;
use tcp_core::net::{HostId, World};

/// The answer to Ctrl-D at the prompt, and to `exit`, in a terminal that does not close.
pub(crate) const STAYS_OPEN: &str = "This terminal stays open.\n";

/// A command, with everything that is known about it.
pub(crate) struct Command {
    /// The word that calls the command.
    pub(crate) name: &'static str,
    /// Other names of the same command.
    pub(crate) aliases: &'static [&'static str],
    /// Directory of the command's file; empty for a built-in.
    pub(crate) place: &'static str,
    /// Synopsis. Together with `page` it makes up the manual page.
    pub(crate) usage: &'static str,
    /// Description of what the command does.
    pub(crate) page: &'static str,
    /// The command's lines in `help`.
    pub(crate) help: &'static [Line],
    /// Words that may follow the command, in their usual forms, separated by blanks.
    words_after: &'static str,
    /// Long options that may have lost one of their two dashes in print; without dashes, separated by blanks.
    long_options: &'static str,
    /// When a pasted line of this command continues on the next line.
    pub(crate) unfinished: Unfinished,
    /// The code that the command runs.
    pub(crate) run: Run,
}

/// A line of `help`: its section, what to type, and what that does.
pub(crate) struct Line(pub(crate) Section, pub(crate) &'static str, pub(crate) &'static str);

/// A section of `help`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Programs,
    Observe,
    Interfere,
    Network,
}

/// When a line cannot be a whole command, so that the next line of a paste belongs to it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Unfinished {
    /// Never: every line can be a whole command.
    Never,
    /// As long as all words of the line are options.
    WithoutOperand,
    /// After one of these options (separated by blanks), whose argument is missing.
    After(&'static str),
    /// A rule of iptables: after one of these options, within the two words of `--tcp-flags`, and until `-j`.
    Rule(&'static str),
}

/// The code that a command runs, by kind of command.
#[derive(Clone, Copy)]
pub(crate) enum Run {
    /// A tool: it prints and ends at once.
    Tool(fn(&[String], &mut OnHost<'_>) -> Done),
    /// A filter: like a tool, with the output of the pipe before it as its input.
    Filter(fn(&[String], &str) -> Done),
    /// A filter that also needs its host.
    Reader(fn(&[String], Option<&str>, &mut OnHost<'_>) -> Done),
    /// A program: it keeps running.
    Program(Begin),
    /// A built-in of the shell.
    Builtin(Builtin),
    /// A command of the network's console.
    Console(fn(&[&str], &mut World) -> Result<Output, Misunderstood>),
}

/// A built-in: only the shell can run it, because it needs the terminals and processes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Builtin {
    Clear,
    Exit,
    Fuser,
    History,
    Jobs,
    Kill,
    KillByName,
    /// `pgrep` and `pkill`.
    Pgrep,
    Pidof,
    Ps,
    /// `sh` without `-c`.
    Sh,
    /// `sudo` without a command.
    Sudo,
    /// One that changes the shell: `fg`, `export`, `break` …
    Shell,
}

/// Defaults for the fields of an entry.
const PLAIN: Command = Command {
    name: "",
    aliases: &[],
    place: "",
    usage: "",
    page: "",
    help: &[],
    words_after: "",
    long_options: "",
    unfinished: Unfinished::Never,
    run: Run::Builtin(Builtin::Shell),
};

/// Directories that hold the files of commands.
const PLACES: [&str; 6] =
    ["/sbin/", "/usr/sbin/", "/bin/", "/usr/bin/", "/usr/local/bin/", "/usr/local/sbin/"];

impl Command {
    /// The command's name and its aliases.
    fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.aliases.iter().copied())
    }

    /// The words that may follow the command.
    pub(crate) fn words_after(&self) -> impl Iterator<Item = &'static str> {
        self.words_after.split_whitespace()
    }

    fn is_called(&self, word: &str) -> bool {
        self.names().any(|name| name == word)
    }
}

/// The name of a command that is called by its path.
pub(crate) fn base_name(word: &str) -> &str {
    PLACES.iter().find_map(|place| word.strip_prefix(place)).unwrap_or(word)
}

/// Built-ins of this shell that are no files, so that `sudo`, `timeout` and `xargs` do not find them.
const ONLY_BUILTINS: &str = "help history jobs exit logout fg bg : export declare readonly unset eval read wait break continue \
    set shift local return source . let type command alias unalias";

/// Whether a word calls a built-in that is no file.
pub(crate) fn is_only_builtin(name: &str) -> bool {
    ONLY_BUILTINS.split(' ').any(|builtin| builtin == name)
}

/// The command that `word` calls on `host`, or at the network's console (`None`). The console has the filters too.
pub(crate) fn find(host: Option<HostId>, word: &str) -> Option<&'static Command> {
    if host.is_some() {
        return find_on_host(word);
    }
    let filter = || find_on_host(word).filter(|command| matches!(command.run, Run::Filter(_)));
    console::COMMANDS.iter().find(|command| command.is_called(word)).or_else(filter)
}

fn find_on_host(word: &str) -> Option<&'static Command> {
    let name = base_name(word);
    host::COMMANDS
        .iter()
        .find(|command| command.is_called(word) || (!command.place.is_empty() && command.is_called(name)))
}

/// The function that starts the program which `word` calls on a host; `None` if `word` does not call a program.
pub(crate) fn program(word: &str) -> Option<Begin> {
    match find_on_host(word)?.run {
        Run::Program(begin) => Some(begin),
        _ => None,
    }
}

/// The commands of a host, or of the network's console.
const fn table(host: Option<HostId>) -> &'static [Command] {
    if host.is_some() { host::COMMANDS } else { console::COMMANDS }
}

/// All words that call a command there.
pub(crate) fn names(host: Option<HostId>) -> impl Iterator<Item = &'static str> {
    table(host).iter().flat_map(Command::names)
}

/// Every word that calls a command, on a host or at the network's console, and the words that usually follow one. For
/// tests that type random lines.
pub fn known_words() -> BTreeSet<&'static str> {
    let of = |command: &'static Command| command.names().chain(command.words_after());
    host::COMMANDS.iter().chain(console::COMMANDS).flat_map(of).collect()
}

/// Whether `word` is a long option that may have lost one of its two dashes in print.
pub(crate) fn is_long_option(word: &str) -> bool {
    host::COMMANDS.iter().any(|command| command.long_options.split_whitespace().any(|option| option == word))
}
