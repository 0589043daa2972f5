//! What is kept of a learner's way through the lessons.
#![allow(clippy::unwrap_used, reason = "a test says what broke by failing")]

use tcp_core::net::HostId;
use tcp_lessons::{Deed, Journal, JournalEntry, JournalError};

fn entry(step: &str, deed: Deed) -> JournalEntry {
    JournalEntry { lesson: "syn-dropped".to_owned(), hash: 0x5d1f_03a2, step: step.to_owned(), deed }
}

fn journal() -> Journal {
    let mut journal = Journal::default();
    let answer = "C_m SYN_SENT | S_m SYN_RECV".to_owned();
    for (step, deed) in [
        ("drop", Deed::Begun),
        ("drop", Deed::Answered { first: true, sure: false, answer: answer.clone() }),
        ("drop", Deed::Right(Some(HostId::Client))),
        ("drop", Deed::Hinted),
        ("drop", Deed::Passed("pair".to_owned())),
        ("again", Deed::Begun),
        ("again", Deed::Answered { first: false, sure: true, answer }),
        ("again", Deed::Wrong),
        ("again", Deed::Right(None)),
        ("again", Deed::Skipped),
    ] {
        journal.add(entry(step, deed));
    }
    journal
}

#[test]
fn what_is_written_is_read_again() {
    assert_eq!(Journal::read(&journal().write()), Ok(journal()));
    assert_eq!(Journal::read(&Journal::default().write()), Ok(Journal::default()));
}

#[test]
fn it_says_what_was_passed_and_where_somebody_was() {
    let journal = journal();
    assert_eq!(journal.passed("syn-dropped").into_iter().collect::<Vec<_>>(), ["drop"]);
    assert!(journal.passed("hello").is_empty());
    assert_eq!(journal.last(), Some(("syn-dropped", "again")));
    assert!(journal.answered("syn-dropped", "drop") && !journal.answered("syn-dropped", "through"));
    assert!(journal.has_changed("syn-dropped", 1) && !journal.has_changed("syn-dropped", 0x5d1f_03a2));
}

#[test]
fn joining_twice_adds_nothing() {
    let mut joined = journal();
    joined.join(&journal());
    assert_eq!(joined, journal());
    let mut other = Journal::default();
    other.add(entry("through", Deed::Begun));
    joined.join(&other);
    assert_eq!(joined.last(), Some(("syn-dropped", "through")));
}

#[test]
fn what_is_no_journal_says_why() {
    let text = |line: &str| format!("tcp-states journal 1\n{line}\n");
    for (given, error) in [
        (String::new(), JournalError::First),
        ("hello\n".to_owned(), JournalError::First),
        ("tcp-states journal 2\n".to_owned(), JournalError::Newer),
        (text("syn-dropped 5d1f03a2 drop"), JournalError::Line(2)),
        (text("syn-dropped 5d1f03a2 drop danced"), JournalError::Line(2)),
        (text("syn-dropped xyz drop begun"), JournalError::Line(2)),
        (text("syn_dropped 1 drop begun"), JournalError::Line(2)),
        (text("syn-dropped 1 drop begun twice"), JournalError::Line(2)),
        (text("syn-dropped 1 drop answered first sure"), JournalError::Line(2)),
        (text("syn-dropped 1 drop answered second sure yes"), JournalError::Line(2)),
        (text("syn-dropped 1 drop right Z_m"), JournalError::Line(2)),
        ("tcp-states journal 1\n".repeat(30_000), JournalError::Long),
    ] {
        assert_eq!(Journal::read(&given), Err(error), "{given:.80}");
    }
}
