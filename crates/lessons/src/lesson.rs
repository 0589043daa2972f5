//! What a lesson is made of.

use crate::index::Group;
use crate::prediction::Prediction;
use std::time::Duration;
use tcp_core::tcp::ProfileName;
use tcp_course::scenes::Predicate;
use tcp_shell::TerminalId;

/// A lesson.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    /// Its name in addresses and in what is kept of a learner's progress.
    pub id: String,
    /// Its place among this program's lessons, counted from 1. One that somebody else wrote may have none.
    pub number: Option<u8>,
    /// The part of the list that it belongs to.
    pub group: Option<Group>,
    /// It belongs to the lessons that nobody should leave out.
    pub core: bool,
    /// Its title.
    pub title: String,
    /// What a learner is able to do afterwards.
    pub able: String,
    /// How long it takes.
    pub minutes: u8,
    /// The figures and exercise steps of the article that it shows.
    pub article: Vec<Shown>,
    /// What it begins with.
    pub start: Start,
    /// The anchor of a step: until its question is answered, and the answer compared, nothing is shown of what is between the
    /// hosts.
    pub closed: Option<String>,
    /// Lines that were typed before: who takes the lesson does not see them being typed.
    pub before: Vec<Typed>,
    /// Its steps.
    pub steps: Vec<Step>,
}

/// A part of the article, and the step that shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// `figure-5`, or `exercise-2a`.
    pub part: String,
    /// The step's anchor.
    pub step: String,
}

/// What a lesson begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// As the page does: S_m listens.
    Listening,
    /// Nothing has been typed.
    Nothing,
    /// The end of the scene with this id.
    Scene(String),
}

/// A step of a lesson.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The line of the file that it begins in, counted from 1.
    pub line: usize,
    /// Its anchor.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What is said, by paragraphs.
    pub prose: Vec<Vec<Span>>,
    /// What is to be predicted before the lines are typed.
    pub prediction: Option<Prediction>,
    /// The lines that bring it about.
    pub needed: Vec<Typed>,
    /// Lines that only show it.
    pub looks: Vec<Typed>,
    /// What must hold afterwards.
    pub check: Check,
    /// Lines that nearly bring it about.
    pub near_miss: Vec<Typed>,
    /// Other lines that bring it about.
    pub other_way: Vec<Typed>,
    /// Hints, the vaguest first. The last one, the needed lines, is not among them.
    pub hints: Vec<Vec<Span>>,
}

/// A piece of prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Words.
    Text(String),
    /// Words that matter.
    Strong(String),
    /// What a terminal or a table shows.
    Code(String),
    /// Words that lead to a step of this lesson, or to another lesson.
    Link {
        /// The step's anchor behind a `#`, or the lesson's id.
        to: String,
        /// The words.
        text: String,
    },
}

/// A line that is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The terminal.
    pub terminal: TerminalId,
    /// The line without its Enter; `^C`, `^D` and `^Z` are these keys.
    pub text: String,
}

/// What a step has brought about.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// Its name, unique in the lesson and never changed: what is kept of a learner's progress has it.
    pub name: String,
    /// All of them hold at one moment. Some hold in one profile only.
    pub predicates: Vec<(Option<ProfileName>, Predicate)>,
    /// How long after the lines that may take.
    pub within: Duration,
}

impl Check {
    /// The predicates that count in a profile.
    pub fn predicates_in(&self, profile: ProfileName) -> impl Iterator<Item = &Predicate> {
        let counts = move |of: &Option<ProfileName>| of.is_none_or(|of| of == profile);
        self.predicates.iter().filter(move |(of, _)| counts(of)).map(|(_, predicate)| predicate)
    }
}
