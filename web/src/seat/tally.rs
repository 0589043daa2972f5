//! Puzzles in the journal: what was answered, with how many looks, and how each ended. What is hidden is not in it.

use std::collections::BTreeSet;
use tcp_lessons::puzzle::{Answer, Grade, Level, Over};
use tcp_lessons::{Deed, Journal, JournalEntry};

/// How many puzzles are ended before looks are counted.
pub(crate) const UNCOUNTED: usize = 3;

/// What was done at a level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Puzzles solved.
    pub solved: usize,
    /// Puzzles ended.
    pub of: usize,
    /// Puzzles ended at all levels.
    pub all: usize,
}

/// How a puzzle of this level is called in the journal.
fn name(level: Level) -> String {
    format!("puzzle-{}", level.key())
}

fn entry(level: Level, seed: u64, deed: Deed) -> JournalEntry {
    JournalEntry { lesson: name(level), hash: 0, step: seed.to_string(), deed }
}

/// An answer was given.
pub(super) fn answered(journal: &mut Journal, level: Level, seed: u64, answer: &Answer, grade: &Grade) {
    let first = !journal.answered(&name(level), &seed.to_string());
    journal.add(entry(level, seed, Deed::Answered { first, sure: false, answer: answer.key() }));
    match grade {
        Grade::Right => journal.add(entry(level, seed, Deed::Right(None))),
        Grade::Refuted(_) | Grade::Unlisted => journal.add(entry(level, seed, Deed::Wrong)),
        Grade::Possible { .. } => {}
    }
}

/// A puzzle ended.
pub(super) fn ended(journal: &mut Journal, level: Level, seed: u64, over: &Over) {
    let deed = match over.solved {
        true => Deed::Passed(format!("looks-{}-par-{}", over.count, over.par)),
        false => Deed::Skipped,
    };
    journal.add(entry(level, seed, deed));
}

/// What was done at a level. A puzzle counts once, as it ended first.
pub(crate) fn tally(journal: &Journal, level: Level) -> Tally {
    let name = name(level);
    let mut tally = Tally::default();
    let mut ended = BTreeSet::new();
    for entry in journal.entries().iter().filter(|entry| entry.lesson.starts_with("puzzle-")) {
        let solved = matches!(entry.deed, Deed::Passed(_));
        if (solved || entry.deed == Deed::Skipped) && ended.insert((&entry.lesson, &entry.step)) {
            tally.all += 1;
            if entry.lesson == name {
                tally.of += 1;
                tally.solved += usize::from(solved);
            }
        }
    }
    tally
}
