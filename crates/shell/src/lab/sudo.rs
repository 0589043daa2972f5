//! `sudo` 1.9.13: which command a line runs, and as which user.
//!
//! It asks for no password: the student may do everything with it, as `sudo -l` says. Left out on purpose: a shell of
//! root's own (`sudo -i`, `sudo -s`, `sudo su`), because each terminal has one shell, the student's; editing files; groups.

use crate::commands;
use crate::getopt::{Getopt, Item, Long};
use crate::output::Refusal;
use crate::user::User;
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

/// What bash has and no file is, which `sudo` therefore cannot run.
const NOT_FILES: [&str; 12] =
    ["help", "history", "jobs", "exit", "logout", "fg", "bg", ":", "export", "set", "alias", "source"];

/// The command that `words` ask for on `host`, and who runs it if `user` asks. Words without `sudo` are run by `user`.
pub(super) fn read(host: HostId, words: &[String], user: User) -> Result<Stage, Refusal> {
    let mut stage = Stage { user, words: words.to_vec() };
    while stage.words.first().is_some_and(|word| commands::base_name(word) == "sudo") {
        stage = one(host, &stage.words[1..])?;
    }
    Ok(stage)
}

/// What the options of one `sudo` ask for.
#[derive(Default)]
struct Asked {
    user: Option<User>,
    /// A letter that is no way to run a command: `l`, `v`, `V`, `k`, `K`, `e`.
    mode: Option<char>,
    /// `-i` or `-s`.
    shell: bool,
}

fn one(host: HostId, args: &[String]) -> Result<Stage, Refusal> {
    let (options, command) = args.split_at(options_of(args));
    let asked = asked(options)?;
    let command: Vec<String> = command.iter().skip_while(|word| is_setting(word)).cloned().collect();
    match asked.mode {
        Some('l') => return Err(list(host, &command)),
        Some('V') => return Err(Refusal::help(VERSION)),
        Some('e') => return Err(Refusal::new("sudo: there are no files to edit here\n", 1)),
        Some('v' | 'K') => return Err(Refusal::help("")),
        Some('k') if command.is_empty() => return Err(Refusal::help("")),
        _ => {}
    }
    match command.first().map(|word| commands::base_name(word)) {
        None if asked.shell => Err(Refusal::new(NO_SHELL, 1)),
        None | Some("") => Err(usage("")),
        Some("su") => Err(Refusal::new(NO_SHELL, 1)),
        Some("sudo") => Ok(Stage { user: asked.user.unwrap_or_default(), words: command }),
        Some(name) if !is_file(host, name) => Err(not_found(host, name)),
        Some(_) => Ok(Stage { user: asked.user.unwrap_or_default(), words: command }),
    }
}

/// How many of the words are options with their arguments, up to the first word that is neither.
fn options_of(args: &[String]) -> usize {
    let mut count = 0;
    while let Some(word) = args.get(count).filter(|word| word.len() > 1 && word.starts_with('-')) {
        count += 1;
        if word == "--" {
            break;
        }
        let mut scan = Getopt::new(std::slice::from_ref(word));
        while let Some(item) = scan.item(LETTERS, &[LONGS]) {
            count += usize::from(matches!(item, Item::Bad(bad) if bad.is_missing_argument()));
        }
    }
    count.min(args.len())
}

fn asked(options: &[String]) -> Result<Asked, Refusal> {
    let mut asked = Asked::default();
    let mut scan = Getopt::new(options);
    while let Some(item) = scan.item(LETTERS, &[LONGS]) {
        match item {
            Item::Option('u' | 'U', Some(name)) => asked.user = Some(named(name)?),
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
    !NOT_FILES.contains(&name) && commands::names(Some(host)).any(|known| known == name)
}

fn usage(why: &str) -> Refusal {
    Refusal::new(format!("{why}{USAGE}"), 1)
}

fn not_found(host: HostId, name: &str) -> Refusal {
    if let Some(absent) = super::builtins::absent(name) {
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
fn list(host: HostId, command: &[String]) -> Refusal {
    if let Some(word) = command.first() {
        let name = commands::base_name(word);
        return match is_file(host, name) {
            true => Refusal::help(format!("{}/{name}\n", commands::place(host, name).unwrap_or("/usr/bin"))),
            false => not_found(host, name),
        };
    }
    let host = host.name();
    Refusal::help(format!(
        "Matching Defaults entries for student on {host}:\n    env_reset, mail_badpass,\n    \
         secure_path=/usr/local/sbin\\:/usr/local/bin\\:/usr/sbin\\:/usr/bin\\:/sbin\\:/bin,\n    use_pty\n\n\
         User student may run the following commands on {host}:\n    (ALL : ALL) NOPASSWD: ALL\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Output;
    use expect_test::{Expect, expect};

    /// Who runs what, or what `sudo` prints.
    fn check(line: &str, expected: Expect) {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        let seen = match read(HostId::Client, &words, User::Student) {
            Ok(Stage { user, words }) => format!("{}: {}\n", user.name(), words.join(" ")),
            Err(refusal) => {
                let Output { stdout, stderr, exit_code } = refusal.into();
                let text = stdout + &stderr;
                let lines: Vec<&str> = text.lines().take(2).collect();
                format!("[{exit_code}] {}\n", lines.join(" / "))
            }
        };
        expected.assert_eq(&seen);
    }

    #[test]
    fn options_end_at_the_command() {
        check(
            "nc -l 80",
            expect![[r#"
            student: nc -l 80
        "#]],
        );
        check(
            "sudo nc -u -l 80",
            expect![[r#"
            root: nc -u -l 80
        "#]],
        );
        check(
            "sudo -u student nc -l 80",
            expect![[r#"
            student: nc -l 80
        "#]],
        );
        check(
            "sudo -ustudent -nE -p x A=b C=d id -u",
            expect![[r#"
            student: id -u
        "#]],
        );
        check(
            "sudo --user=student -- id -u root",
            expect![[r#"
            student: id -u root
        "#]],
        );
        check(
            "sudo --user student sudo -u #0 id",
            expect![[r#"
            root: id
        "#]],
        );
        check(
            "sudo -s id",
            expect![[r#"
            root: id
        "#]],
        );
        check(
            "/usr/bin/sudo /usr/sbin/iptables -S",
            expect![[r#"
            root: /usr/sbin/iptables -S
        "#]],
        );
    }

    #[test]
    fn what_runs_nothing_says_why() {
        check(
            "sudo",
            expect![[r#"
            [1] usage: sudo -h | -K | -k | -V / usage: sudo -v [-ABkNnS] [-g group] [-h host] [-p prompt] [-u user]
        "#]],
        );
        check(
            "sudo -h",
            expect![[r#"
            [0] sudo - execute a command as another user / 
        "#]],
        );
        check(
            "sudo -V",
            expect![[r#"
            [0] Sudo version 1.9.13p3 / Sudoers policy plugin version 1.9.13p3
        "#]],
        );
        check(
            "sudo -v",
            expect![[r#"
            [0] 
        "#]],
        );
        check(
            "sudo -z id",
            expect![[r#"
            [1] sudo: invalid option -- 'z' / usage: sudo -h | -K | -k | -V
        "#]],
        );
        check(
            "sudo --frob id",
            expect![[r#"
            [1] sudo: unrecognized option '--frob' / usage: sudo -h | -K | -k | -V
        "#]],
        );
        check(
            "sudo -u",
            expect![[r#"
            [1] sudo: option requires an argument -- 'u' / usage: sudo -h | -K | -k | -V
        "#]],
        );
        check(
            "sudo -u nobody id",
            expect![[r#"
            [1] sudo: unknown user nobody / sudo: error initializing audit plugin sudoers_audit
        "#]],
        );
        check(
            "sudo -u #7 id",
            expect![[r#"
            [1] sudo: unknown user #7
        "#]],
        );
        check(
            "sudo -i",
            expect![[r#"
            [1] sudo: this terminal's only shell is the student's; put sudo before each command
        "#]],
        );
        check(
            "sudo su -",
            expect![[r#"
            [1] sudo: this terminal's only shell is the student's; put sudo before each command
        "#]],
        );
        check(
            "sudo cd /tmp",
            expect![[r#"
            [1] sudo: cd: command not found / sudo: "cd" is a shell built-in command, it cannot be run directly.
        "#]],
        );
        check(
            "sudo history",
            expect![[r#"
            [1] sudo: history: command not found
        "#]],
        );
        check(
            "sudo iptable -S",
            expect![[r#"
            [1] sudo: iptable: command not found, did you mean iptables?
        "#]],
        );
        check(
            "sudo -l",
            expect![[r#"
            [0] Matching Defaults entries for student on C_m: /     env_reset, mail_badpass,
        "#]],
        );
        check(
            "sudo -l iptables",
            expect![[r#"
            [0] /usr/sbin/iptables
        "#]],
        );
        check(
            "sudo -e file",
            expect![[r#"
            [1] sudo: there are no files to edit here
        "#]],
        );
    }
}
