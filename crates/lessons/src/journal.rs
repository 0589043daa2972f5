//! What a learner did in the lessons, in order. Nothing in it is ever changed or taken back: not by an undo, not by going
//! back in time, not by beginning a step once more.
//!
//! As text it has a line for each entry: the lesson, the hash of its content, the step, and what was done.
//!
//! ```text
//! tcp-states journal 1
//! syn-dropped 5d1f03a2 drop begun
//! syn-dropped 5d1f03a2 drop answered first unsure C_m SYN_SENT | S_m SYN_RECV
//! syn-dropped 5d1f03a2 drop right C_m
//! syn-dropped 5d1f03a2 drop passed pair
//! ```

use std::collections::BTreeSet;
use std::fmt;
use tcp_core::net::HostId;

/// The first line of the text.
const FIRST: &str = "tcp-states journal 1";
/// Octets of a text.
const LONGEST: usize = 1 << 20;
/// Lines of a text.
const MOST: usize = 20_000;

/// What a learner did in the lessons.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journal {
    entries: Vec<JournalEntry>,
}

/// Something that was done in a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalEntry {
    /// The lesson's id.
    pub lesson: String,
    /// The hash of its content then.
    pub hash: u32,
    /// The step's anchor.
    pub step: String,
    /// What was done.
    pub deed: Deed,
}

/// What was done in a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// It was begun.
    Begun,
    /// Its question was answered.
    Answered {
        /// Before the step had run, and for the first time: this answer counts.
        first: bool,
        /// Whoever answered was sure.
        sure: bool,
        /// The answer.
        answer: String,
    },
    /// The answer turned out to be right; of two states, perhaps only that of one host.
    Right(Option<HostId>),
    /// The answer turned out to be wrong.
    Wrong,
    /// What was to be brought about was there, by the check's name.
    Passed(String),
    /// A hint was asked for.
    Hinted,
    /// It was left out.
    Skipped,
}

/// Why a text is no journal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JournalError {
    /// It begins otherwise.
    #[error("this is no journal of tcp-states: its first line must be `{FIRST}`")]
    First,
    /// It was written by a later version.
    #[error("this journal was written by a newer version of tcp-states")]
    Newer,
    /// It is too long.
    #[error("a journal has at most {MOST} lines and {LONGEST} octets")]
    Long,
    /// A line says nothing.
    #[error("line {0} is no entry")]
    Line(usize),
}

impl Journal {
    /// Reads a text.
    pub fn read(text: &str) -> Result<Journal, JournalError> {
        if text.len() > LONGEST || text.lines().count() > MOST {
            return Err(JournalError::Long);
        }
        let mut lines = text.lines().enumerate();
        match lines.next().map(|(_, first)| first) {
            Some(FIRST) => {}
            Some(first) if first.starts_with("tcp-states journal ") => return Err(JournalError::Newer),
            _ => return Err(JournalError::First),
        }
        let written = lines.filter(|(_, line)| !line.is_empty());
        let entries = written.map(|(at, line)| JournalEntry::read(line).ok_or(JournalError::Line(at + 1)));
        Ok(Journal { entries: entries.collect::<Result<_, _>>()? })
    }

    /// The text.
    pub fn write(&self) -> String {
        let entries = self.entries.iter().map(|entry| format!("{entry}\n"));
        [format!("{FIRST}\n")].into_iter().chain(entries).collect()
    }

    /// The entries, the oldest first.
    pub fn entries(&self) -> &[JournalEntry] {
        &self.entries
    }

    /// Adds an entry. One too many is left out: what is kept can be read again.
    pub fn add(&mut self, entry: JournalEntry) {
        if self.entries.len() + 1 < MOST {
            self.entries.push(entry);
        }
    }

    /// Adds what another journal has and this one has not.
    pub fn join(&mut self, other: &Journal) {
        let new: Vec<JournalEntry> =
            other.entries.iter().filter(|it| !self.entries.contains(it)).cloned().collect();
        new.into_iter().for_each(|entry| self.add(entry));
    }

    /// The steps of a lesson that were passed.
    pub fn passed<'a>(&'a self, lesson: &'a str) -> BTreeSet<&'a str> {
        let mut steps = BTreeSet::new();
        for entry in self.of(lesson).filter(|entry| matches!(entry.deed, Deed::Passed(_))) {
            steps.insert(&*entry.step);
        }
        steps
    }

    /// The question of a step was answered before.
    pub fn answered(&self, lesson: &str, step: &str) -> bool {
        self.of(lesson).any(|entry| entry.step == step && matches!(entry.deed, Deed::Answered { .. }))
    }

    /// The lesson and the step that were begun last.
    pub fn last(&self) -> Option<(&str, &str)> {
        let last = self.entries.iter().rfind(|entry| entry.deed == Deed::Begun)?;
        Some((&last.lesson, &last.step))
    }

    /// The step of a lesson that was begun last.
    pub fn last_of<'a>(&'a self, lesson: &'a str) -> Option<&'a str> {
        self.of(lesson).filter(|entry| entry.deed == Deed::Begun).last().map(|entry| &*entry.step)
    }

    /// Something was passed in a lesson whose content was another.
    pub fn has_changed(&self, lesson: &str, hash: u32) -> bool {
        let passed = |entry: &JournalEntry| matches!(entry.deed, Deed::Passed(_));
        self.of(lesson).any(|entry| passed(entry) && entry.hash != hash)
    }

    fn of<'a>(&'a self, lesson: &'a str) -> impl Iterator<Item = &'a JournalEntry> {
        self.entries.iter().filter(move |entry| entry.lesson == lesson)
    }
}

impl JournalEntry {
    fn read(line: &str) -> Option<JournalEntry> {
        let mut words = line.splitn(5, ' ');
        let (lesson, hash, step, deed) = (words.next()?, words.next()?, words.next()?, words.next()?);
        let hash = u32::from_str_radix(hash, 16).ok()?;
        let deed = match (deed, words.next()) {
            ("begun", None) => Deed::Begun,
            ("answered", Some(rest)) => {
                let mut words = rest.splitn(3, ' ');
                let first = one_of(words.next()?, ["again", "first"])?;
                let sure = one_of(words.next()?, ["unsure", "sure"])?;
                Deed::Answered { first, sure, answer: words.next()?.to_owned() }
            }
            ("right", None) => Deed::Right(None),
            ("right", Some(host)) => Deed::Right(Some(crate::words::host(host)?)),
            ("wrong", None) => Deed::Wrong,
            ("passed", Some(check)) => Deed::Passed(check.to_owned()),
            ("hinted", None) => Deed::Hinted,
            ("skipped", None) => Deed::Skipped,
            _ => return None,
        };
        let is_name =
            |word: &str| !word.is_empty() && word.chars().all(|it| it.is_ascii_alphanumeric() || it == '-');
        let names = is_name(lesson) && is_name(step);
        names.then(|| JournalEntry { lesson: lesson.to_owned(), hash, step: step.to_owned(), deed })
    }
}

/// Whether a word is the second of both.
fn one_of(word: &str, both: [&str; 2]) -> Option<bool> {
    both.iter().position(|it| *it == word).map(|at| at == 1)
}

impl fmt::Display for JournalEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let JournalEntry { lesson, hash, step, deed } = self;
        write!(f, "{lesson} {hash:08x} {step} ")?;
        match deed {
            Deed::Begun => f.write_str("begun"),
            Deed::Answered { first, sure, answer } => {
                let (first, sure) =
                    (if *first { "first" } else { "again" }, if *sure { "sure" } else { "unsure" });
                write!(f, "answered {first} {sure} {answer}")
            }
            Deed::Right(None) => f.write_str("right"),
            Deed::Right(Some(host)) => write!(f, "right {}", host.name()),
            Deed::Wrong => f.write_str("wrong"),
            Deed::Passed(check) => write!(f, "passed {check}"),
            Deed::Hinted => f.write_str("hinted"),
            Deed::Skipped => f.write_str("skipped"),
        }
    }
}
