//! `sudo` 1.9.13: which command a line runs, and as which user.
//!
//! It asks for no password. The student may do everything with it, or what a file of [`sudoers`] says. Left out on purpose: a shell of
//! root's own (`sudo -i`, `sudo -s`, `sudo su`), because each terminal has one shell, the student's; editing files; groups.

mod sudoers;

use crate::commands;
use crate::getopt::{Getopt, Item, Long, options_before_operand};
use crate::output::Refusal;
use crate::user::{Sudoers, User};
use tcp_core::net::HostId;

/// A command with the user who runs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stage {
    pub(super) user: User,
    pub(super) words: Vec<String>,
}

const LETTERS: &str = "ABbC:D:Eeg:Hh::iKklnPp:R:r:SsT:t:U:u:Vv";

const LONGS: &[Long] = &[
    Long::flag("askpass", 'A'),
    Long::flag("background", 'b'),
    Long::flag("bell", 'B'),
    Long::with("close-from", 'C'),
    Long::with("chdir", 'D'),
    Long::perhaps("preserve-env", 'E'),
    Long::flag("edit", 'e'),
    Long::with("group", 'g'),
    Long::flag("set-home", 'H'),
    Long::flag("help", '?'),
    Long::with("host", 'h'),
    Long::flag("login", 'i'),
    Long::flag("remove-timestamp", 'K'),
    Long::flag("reset-timestamp", 'k'),
    Long::flag("list", 'l'),
    Long::flag("non-interactive", 'n'),
    Long::flag("preserve-groups", 'P'),
    Long::with("prompt", 'p'),
    Long::with("chroot", 'R'),
    Long::with("role", 'r'),
    Long::flag("stdin", 'S'),
    Long::flag("shell", 's'),
    Long::with("command-timeout", 'T'),
    Long::with("type", 't'),
    Long::with("other-user", 'U'),
    Long::with("user", 'u'),
    Long::flag("validate", 'v'),
    Long::flag("version", 'V'),
];

const USAGE: &str = include_str!("sudo_usage.txt");
const HELP: &str = include_str!("sudo_help.txt");
const VERSION: &str = "Sudo version 1.9.13p3\nSudoers policy plugin version 1.9.13p3\n\
    Sudoers file grammar version 50\nSudoers I/O plugin version 1.9.13p3\nSudoers audit plugin version 1.9.13p3\n";

/// The answer to what would be a shell of root's own.
const NO_SHELL: &str = "sudo: this terminal's only shell is the student's; put sudo before each command\n";

/// The command that `words` ask for on `host`, and who runs it if `user` asks, who may do as much. Words without `sudo` are
/// run by `user`.
pub(super) fn read(host: HostId, words: &[String], user: User, may: Sudoers) -> Result<Stage, Refusal> {
    let mut stage = Stage { user, words: words.to_vec() };
    while stage.words.first().is_some_and(|word| commands::base_name(word) == "sudo") {
        let may = if stage.user.is_root() { Sudoers::All } else { may };
        stage = one(host, &stage.words[1..], may)?;
    }
    Ok(stage)
}

/// What the options of one `sudo` ask for.
#[derive(Default)]
struct Asked {
    user: Option<User>,
    /// The user of `-U`.
    other: Option<User>,
    /// A letter that is no way to run a command: `l`, `v`, `V`, `k`, `K`, `e`.
    mode: Option<char>,
    /// `-i` or `-s`.
    shell: bool,
}

fn one(host: HostId, args: &[String], may: Sudoers) -> Result<Stage, Refusal> {
    let (options, rest) = args.split_at(options_before_operand(args, LETTERS, LONGS));
    let asked = asked(options)?;
    let (sets, command) = rest.split_at(rest.iter().take_while(|word| is_setting(word)).count());
    match asked.mode {
        Some('l') => return Err(list(host, command, may, &asked)),
        Some('V') => return Err(Refusal::help(VERSION)),
        Some('v') => return Err(may.validate(host)),
        Some('K') => return Err(Refusal::help("")),
        Some('k') if command.is_empty() => return Err(Refusal::help("")),
        _ => {}
    }
    may.check(host, &asked, sets, command)?;
    let user = asked.user.unwrap_or_default();
    match command.first().map(|word| commands::base_name(word)) {
        _ if asked.mode == Some('e') => Err(Refusal::new("sudo: there are no files to edit here\n", 1)),
        None if asked.shell => Err(Refusal::new(NO_SHELL, 1)),
        None | Some("") => Err(usage("")),
        Some("su") => Err(Refusal::new(NO_SHELL, 1)),
        Some(name) if name != "sudo" && !is_file(host, name) => Err(not_found(host, name, may)),
        Some(_) => Ok(Stage { user, words: command.to_vec() }),
    }
}

fn asked(options: &[String]) -> Result<Asked, Refusal> {
    let mut asked = Asked::default();
    let mut scan = Getopt::new(options);
    while let Some(item) = scan.item(LETTERS, &[LONGS]) {
        match item {
            Item::Option('u', Some(name)) => asked.user = Some(named(name)?),
            Item::Option('U', Some(name)) => asked.other = Some(named(name)?),
            Item::Option('h', None) | Item::Option('?', _) => return Err(Refusal::help(HELP)),
            Item::Option('i' | 's', _) => asked.shell = true,
            Item::Option(letter @ ('l' | 'v' | 'V' | 'k' | 'K' | 'e'), _) => asked.mode = Some(letter),
            Item::Option(..) | Item::Word(_) => {}
            Item::Bad(bad) => return Err(usage(&bad.message("sudo"))),
        }
    }
    Ok(asked)
}

/// The user of a name, or of a number after `#`.
fn named(name: &str) -> Result<User, Refusal> {
    let number = name.strip_prefix('#').map(|number| number.parse::<u32>().ok());
    let found = match number {
        Some(number) => User::ALL.into_iter().find(|user| number == Some(user.uid().0)),
        None => User::parse(name),
    };
    let plugin = if number.is_none() { "sudo: error initializing audit plugin sudoers_audit\n" } else { "" };
    found.ok_or_else(|| Refusal::new(format!("sudo: unknown user {name}\n{plugin}"), 1))
}

/// `NAME=VALUE` before a command.
fn is_setting(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| !name.is_empty() && !name.contains('/'))
}

fn is_file(host: HostId, name: &str) -> bool {
    !commands::is_only_builtin(name) && commands::names(Some(host)).any(|known| known == name)
}

fn usage(why: &str) -> Refusal {
    Refusal::new(format!("{why}{USAGE}"), 1)
}

fn not_found(host: HostId, name: &str, may: Sudoers) -> Refusal {
    if let Some(absent) = super::builtins::absent(name, may) {
        return absent;
    }
    let more = if name == "cd" {
        "\nsudo: \"cd\" is a shell built-in command, it cannot be run directly.\n\
         sudo: the -s option may be used to run a privileged shell.\n\
         sudo: the -D option may be used to run a command in a specific directory."
            .to_owned()
    } else {
        let near = commands::near(Some(host), name);
        let near: Vec<&str> = near.into_iter().filter(|known| *known != name).collect();
        super::builtins::did_you_mean(&near).unwrap_or_default()
    };
    Refusal::new(format!("sudo: {name}: command not found{more}\n"), 1)
}

/// `sudo -l`: what the student may run, or where the file of a command is.
fn list(host: HostId, command: &[String], may: Sudoers, asked: &Asked) -> Refusal {
    match command.first().map(|word| commands::base_name(word)) {
        None => may.list(host, asked.other),
        Some(name) if is_file(host, name) => may.locate(host, command),
        Some(name) => not_found(host, name, may),
    }
}

#[cfg(test)]
mod tests;
