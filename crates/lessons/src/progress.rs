//! How far a learner is, by the journal: in one lesson, in all of them, and where to go on.

use crate::index::{Entry, LESSONS};
use crate::journal::Journal;

/// How far a learner is in a lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Steps that were passed. A step that the lesson has no more does not count.
    pub passed: usize,
    /// A step was begun.
    pub begun: bool,
    /// The lesson has changed since a step of it was passed.
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
    let passed = journal.passed(lesson.id);
    let passed = lesson.steps.iter().filter(|(step, _)| passed.contains(step)).count();
    Standing {
        passed,
        begun: journal.entries().iter().any(|entry| entry.lesson == lesson.id),
        changed: journal.has_changed(lesson.id, lesson.hash),
        done: passed == lesson.steps.len(),
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

/// Where to go on: at the step that was begun last, or, if that is passed, at the next one that is not, in the same lesson
/// or the next; at the very beginning if all is done.
pub fn place(journal: &Journal) -> Place {
    let begun = journal.last().and_then(|(lesson, step)| {
        let lesson = LESSONS.iter().position(|entry| entry.id == lesson)?;
        Some(Place { lesson, step: LESSONS[lesson].steps.iter().position(|(anchor, _)| *anchor == step)? })
    });
    let from = begun.unwrap_or(Place { lesson: 0, step: 0 });
    // The rest of its lesson, the lessons after it, those before it, and the beginning of its own.
    let round = (0..=LESSONS.len()).flat_map(|further| {
        let lesson = (from.lesson + further) % LESSONS.len();
        let first = if further == 0 { from.step } else { 0 };
        (first..LESSONS[lesson].steps.len()).map(move |step| Place { lesson, step })
    });
    let open = |place: &Place| {
        let lesson = &LESSONS[place.lesson];
        !journal.passed(lesson.id).contains(lesson.steps[place.step].0)
    };
    round.into_iter().find(open).unwrap_or(Place { lesson: 0, step: 0 })
}

#[cfg(test)]
mod tests;
