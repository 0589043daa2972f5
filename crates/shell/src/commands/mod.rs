//! The commands: each is one entry of a table. From the table come what a line runs, `help`, `man`, Tab, `which`, and
//! what the mender of pasted lines knows.

mod console;
mod help;
mod host;
#[cfg(test)]
mod tests;

use crate::network::Misunderstood;
use crate::output::{Done, Output};
use crate::program::Begin;
use crate::tools::OnHost;
use std::collections::BTreeSet;
use tcp_core::net::{HostId, World};

/// The answer to Ctrl-D at the prompt, and to `exit`.
pub(crate) const STAYS_OPEN: &str = "This terminal stays open.\n";

/// A command: all that is known of it.
pub(crate) struct Command {
    /// The word that begins it.
    pub(crate) name: &'static str,
    /// Other words for the same.
    pub(crate) aliases: &'static [&'static str],
    /// The directory of its file; empty if the shell itself does it.
    pub(crate) place: &'static str,
    /// How to call it; with `page`, its manual page.
    pub(crate) usage: &'static str,
    /// What it does.
    pub(crate) page: &'static str,
    /// Its lines in `help`.
    pub(crate) help: &'static [Line],
    /// Words that may follow it, in their usual forms, with blanks between.
    words_after: &'static str,
    /// Long options, without dashes, that print may have left with one dash; blanks between.
    long_options: &'static str,
    /// When a pasted line of it goes on in the next.
    pub(crate) unfinished: Unfinished,
    /// What runs.
    pub(crate) run: Run,
}

/// A line of `help`: where it is, what to type, what that does.
pub(crate) struct Line(pub(crate) Section, pub(crate) &'static str, pub(crate) &'static str);

/// A section of `help`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Programs,
    Observe,
    Interfere,
    Network,
}

/// When a line cannot be the whole command, so that the next of a paste belongs to it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Unfinished {
    /// Every line can stand alone.
    Never,
    /// As long as all its words are options.
    WithoutOperand,
    /// After one of these options, whose argument is missing; blanks between.
    After(&'static str),
    /// A rule of iptables: after one of these options, within the two words of `--tcp-flags`, and until `-j`.
    Rule(&'static str),
}

/// What runs, by kind.
#[derive(Clone, Copy)]
pub(crate) enum Run {
    /// A tool: it prints and ends at once.
    Tool(fn(&[String], &mut OnHost<'_>) -> Done),
    /// A filter: so does it, with what the pipe before it wrote.
    Filter(fn(&[String], &str) -> Done),
    /// A program: it goes on.
    Program(Begin),
    /// The shell does it itself.
    Builtin(Builtin),
    /// A word of bash that this shell does not have, and why.
    Absent(&'static str),
    /// A command of the network's console.
    Console(fn(&[&str], &mut World) -> Result<Output, Misunderstood>),
}

/// What only the shell can do, for it knows terminals and processes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Builtin {
    Clear,
    History,
    Jobs,
    Kill,
    KillByName,
    Ps,
    /// `sh` without `-c`.
    Sh,
    /// `sudo` without a command.
    Sudo,
}

/// What an entry has unless it says otherwise.
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
    run: Run::Absent(""),
};

/// Where files of commands are.
const PLACES: [&str; 6] =
    ["/sbin/", "/usr/sbin/", "/bin/", "/usr/bin/", "/usr/local/bin/", "/usr/local/sbin/"];

impl Command {
    /// All words that begin it.
    fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.aliases.iter().copied())
    }

    /// The words that may follow it.
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

/// The command that `word` begins on a host, or at the network's console (`None`), which has the filters too.
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

/// How the program that `word` begins on a host is started; `None` if it begins none.
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

/// All words that begin a command there, but those that this shell refuses.
pub(crate) fn names(host: Option<HostId>) -> impl Iterator<Item = &'static str> {
    let known = table(host).iter().filter(|command| !matches!(command.run, Run::Absent(_)));
    known.flat_map(Command::names)
}

/// Every word that begins a command, on a host or at the network's console, and those that usually follow: for tests
/// that type anything.
pub fn known_words() -> BTreeSet<&'static str> {
    let of = |command: &'static Command| command.names().chain(command.words_after());
    host::COMMANDS.iter().chain(console::COMMANDS).flat_map(of).collect()
}

/// Whether print may have left `word` of its two dashes one.
pub(crate) fn is_long_option(word: &str) -> bool {
    host::COMMANDS.iter().any(|command| command.long_options.split_whitespace().any(|option| option == word))
}
