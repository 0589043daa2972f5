//! The lines that public questions, lab sheets and issue threads in this field type most, by the rows of a table of them.
//! Each is understood, or refused in the lab's own words: never in words that a real tool has for something else. What it
//! prints is held to the real tools in the tests of each.

use tcp_shell::{ProfileName, TerminalId};
use tcp_testing::Trial;

/// What a machine says that has not what was asked for.
const UNKNOWN: [&str; 7] =
    ["not found", "nvalid option", "Couldn't load", "not supported", "usage:", "Usage:", "cannot stat"];
/// What the lab says where it has less than a machine.
const REFUSALS: [&str; 4] = ["this lab", "this shell", "this terminal's", "part of this"];

/// What a line prints within three seconds.
fn printed(line: &str) -> String {
    let mut trial = Trial::student(ProfileName::Linux);
    trial.types(TerminalId::ServerUpper, "nc -lk 5555");
    trial.types(TerminalId::ClientUpper, "nc 10.211.55.10 5555");
    trial.waits_ms(1_000);
    trial.types(TerminalId::ClientLower, line);
    trial.waits_ms(3_000);
    trial.ctrl_c(TerminalId::ClientLower);
    trial.printed(TerminalId::ClientLower)
}

/// The lines of the table: the row, whether the line is refused, and the line.
fn table() -> impl Iterator<Item = (u32, bool, &'static str)> {
    include_str!("field.txt").lines().filter_map(|line| {
        let (row, line) = line.split_once(' ')?;
        let refused = line.strip_prefix("! ");
        Some((row.parse().ok()?, refused.is_some(), refused.unwrap_or(line)))
    })
}

#[test]
fn each_line_is_understood_or_refused_in_the_labs_words() {
    let mut wrong = Vec::new();
    for (row, refused, line) in table() {
        let answer = printed(line);
        let has = |words: &[&str]| words.iter().any(|word| answer.contains(word));
        let as_said = if refused { has(&REFUSALS) } else { !has(&UNKNOWN) && !has(&REFUSALS) };
        if !as_said {
            wrong.push(format!("row {row}: {line}\n{answer}"));
        }
    }
    assert!(wrong.is_empty(), "{} lines:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn all_rows_of_the_table_have_a_line() {
    let missing: Vec<u32> = (1..=52).filter(|row| table().all(|(it, ..)| it != *row)).collect();
    // Row 49 is in row 35: what opens a connection by a name of a file.
    assert_eq!(missing, [49]);
}
