//! Options, and who may do what.

use super::*;
use crate::output::Output;
use expect_test::{Expect, expect};

/// Who runs what, or what `sudo` prints.
fn check(line: &str, expected: Expect) {
    may(Sudoers::All, line, expected);
}

fn may(sudoers: Sudoers, line: &str, expected: Expect) {
    let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
    let seen = match read(HostId::Client, &words, User::Student, sudoers) {
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

#[test]
fn who_may_not_is_refused_in_its_words() {
    let table = include_str!("recorded.txt");
    let (mut sudoers, mut seen, mut lines) = (Sudoers::Nobody, String::new(), 0);
    for line in table.lines().filter(|line| line.starts_with(['$', '#'])) {
        let Some(typed) = line.strip_prefix("$ ") else {
            sudoers = if line.contains("student ALL") { Sudoers::Tcpdump } else { Sudoers::Nobody };
            seen += if seen.is_empty() { "" } else { "\n" };
            seen += &format!("{line}\n");
            continue;
        };
        let words: Vec<String> = typed.split_whitespace().map(str::to_owned).collect();
        let (text, code) = match read(HostId::Server, &words, User::Student, sudoers) {
            Ok(stage) => {
                assert!(stage.user.is_root(), "{typed}");
                ("(runs)\n".to_owned(), 0)
            }
            Err(refusal) => {
                let Output { stdout, stderr, exit_code } = refusal.into();
                (stdout + &stderr, exit_code)
            }
        };
        seen += &format!("$ {typed}\n{text}[{code}]\n");
        lines += 1;
    }
    assert_eq!(lines, 72, "no line is lost");
    expect_test::expect_file!["recorded.txt"].assert_eq(&seen);
}
