//! The shell's language, line by line as bash 5.2 runs it.
//!
//! `language.txt` has sessions, and `filters.txt` those of filters (mawk 1.3.4, sed 4.9, grep 3.8, coreutils 9.1): what is typed, with `^C`, `^Z`, `^D` for keys and `@0.2` for a wait of 0.2 s, and after `===`
//! the screen of a real bash, whose lines were typed 0.15 s apart. PIDs are replaced, and of times the last two digits are
//! left out.

use std::time::Duration;
use tcp_shell::{Key, Lab, PrintedKind, ProfileName, TerminalId, User};

const SESSIONS: [&str; 2] = [include_str!("language.txt"), include_str!("filters.txt")];
const HERE: TerminalId = TerminalId::ClientLower;

/// The screen of the lab after these lines.
fn screen(lines: &str) -> String {
    let mut lab = Lab::new(ProfileName::Linux, 1);
    lab.log_in(User::Student);
    for line in lines.lines() {
        let key = match line {
            "^C" => Key::CtrlC,
            "^Z" => Key::CtrlZ,
            "^D" => Key::CtrlD,
            line => Key::Enter(line),
        };
        let mut wait = Duration::from_millis(150);
        match line.strip_prefix('@') {
            Some(seconds) => wait = Duration::from_secs_f64(seconds.parse().expect("a number of seconds")),
            None => lab.press(HERE, key),
        }
        let to = lab.now() + wait;
        lab.advance_to(to);
    }
    let terminal = lab.terminal(HERE);
    let mut shown = String::new();
    for piece in &terminal.printed {
        match piece.kind {
            PrintedKind::Command => shown += "C_m$ ",
            PrintedKind::Continued => shown += "> ",
            _ => {}
        }
        shown += &piece.text;
    }
    shown + terminal.prompt()
}

/// The line without what differs from machine to machine.
fn plain(line: &str) -> String {
    // Which job is the current one once it has ended is a matter of races.
    if let Some((number, how)) = line.split_once("]").filter(|(number, _)| number.starts_with('['))
        && ["Terminated", "Killed", "Done", "Exit"]
            .iter()
            .any(|word| how.get(3..).is_some_and(|how| how.starts_with(word)))
    {
        return format!("{number}] {}", &how[1..]);
    }
    let number = line.strip_prefix('[').and_then(|rest| rest.split_once("] "));
    match number {
        Some((job, pid)) if pid.bytes().all(|b| b.is_ascii_digit()) && !pid.is_empty() => {
            format!("[{job}] PID")
        }
        _ if line.starts_with("real\t") || line.starts_with("user\t") || line.starts_with("sys\t") => {
            line.trim_end_matches('s').chars().take(9).collect()
        }
        _ => line.to_owned(),
    }
}

#[test]
fn as_bash_does() {
    let mut different = String::new();
    for session in
        SESSIONS.iter().flat_map(|file| file.split("\n---\n")).filter(|session| !session.trim().is_empty())
    {
        let (lines, expected) = session.split_once("\n===\n").expect("a session has two parts");
        let plain = |text: &str| -> Vec<String> { text.trim_end().lines().map(plain).collect() };
        let (seen, expected) = (plain(&screen(lines)).join("\n"), plain(expected).join("\n"));
        if seen != expected {
            different += &format!("{}\n", diff(&seen, &expected));
        }
    }
    assert!(different.is_empty(), "{different}");
}

/// The lines that differ, with some before them.
fn diff(seen: &str, expected: &str) -> String {
    let (seen, expected): (Vec<&str>, Vec<&str>) = (seen.lines().collect(), expected.lines().collect());
    let same = seen.iter().zip(&expected).take_while(|(one, other)| one == other).count();
    let (from, to) = (same.saturating_sub(2), same + 8);
    let part = |lines: &[&str]| lines.get(from..to.min(lines.len())).unwrap_or_default().join("\n  ");
    format!("lab:\n  {}\nbash:\n  {}", part(&seen), part(&expected))
}
