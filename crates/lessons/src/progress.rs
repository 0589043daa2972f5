//! How far a learner is, by the journal: in one lesson, in all of them, and where to go on.

use crate::index::{Entry, LESSONS};
use crate::journal::{Deed, Journal};

/// How far a learner is in a lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Steps that were passed. A step that the lesson has no more does not count.
    pub passed: usize,
    /// A step was begun.
    pub begun: bool,
    /// The lesson has changed since a step of it was passed last.
    pub changed: bool,
    /// All steps were passed.
    pub done: bool,
}

/// How far a learner is in all lessons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Lessons that are done.
    pub lessons: usize,
    /// Those of them that nobody should leave out.
    pub core: usize,
    /// Questions that were answered, and tasks that were passed.
    pub exercises: usize,
}

/// Where to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The lesson's place in [`LESSONS`].
    pub lesson: usize,
    /// The step's place in the lesson.
    pub step: usize,
}

/// How far a learner is in a lesson.
pub fn standing(journal: &Journal, lesson: &Entry) -> Standing {
    let all = journal.passed(lesson.id);
    let entries = || journal.entries().iter().filter(|entry| entry.lesson == lesson.id);
    let as_it_is = |step: &str| {
        let mut here = entries().filter(|entry| entry.step == step && entry.hash == lesson.hash);
        here.any(|entry| matches!(entry.deed, Deed::Passed(_)))
    };
    let passed = || lesson.steps.iter().map(|(step, _)| *step).filter(|step| all.contains(step));
    Standing {
        passed: passed().count(),
        begun: entries().next().is_some(),
        changed: !passed().all(as_it_is),
        done: passed().count() == lesson.steps.len(),
    }
}

/// How far a learner is in all lessons.
pub fn totals(journal: &Journal) -> Totals {
    let mut totals = Totals::default();
    for lesson in LESSONS {
        let done = usize::from(standing(journal, lesson).done);
        totals.lessons += done;
        totals.core += done * usize::from(lesson.core);
        let passed = journal.passed(lesson.id);
        totals.exercises += lesson.tasks.iter().filter(|step| passed.contains(*step)).count();
        totals.exercises += lesson.questions.iter().filter(|step| journal.answered(lesson.id, step)).count();
    }
    totals
}

/// The step at which to go on in a lesson: the one that was begun last in it, or, if that is passed, the next one that is
/// not; the first if all are passed.
pub fn step_in(journal: &Journal, lesson: &Entry) -> usize {
    let passed = journal.passed(lesson.id);
    let begun = journal.entries().iter().rfind(|it| it.lesson == lesson.id && it.deed == Deed::Begun);
    let place = |step: &str| lesson.steps.iter().position(|(anchor, _)| *anchor == step);
    let from = begun.and_then(|begun| place(&begun.step)).unwrap_or(0);
    let round = (from..lesson.steps.len()).chain(0..from);
    round.into_iter().find(|at| !passed.contains(lesson.steps[*at].0)).unwrap_or(0)
}

/// Where to go on: in the lesson that was begun last, or, if that is done, in the next one that is not; at the very
/// beginning if all are.
pub fn place(journal: &Journal) -> Place {
    let at = |id: &str| LESSONS.iter().position(|lesson| lesson.id == id);
    let from = journal.last().and_then(|(lesson, _)| at(lesson)).unwrap_or(0);
    let mut round = (from..LESSONS.len()).chain(0..from);
    let lesson = round.find(|at| !standing(journal, &LESSONS[*at]).done).unwrap_or(0);
    Place { lesson, step: step_in(journal, &LESSONS[lesson]) }
}

#[cfg(test)]
mod tests;
