//! Of journals that were written, not of texts.

use super::*;
use crate::journal::JournalEntry;

/// Does this in steps, which are counted from zero, of a lesson.
fn does(journal: &mut Journal, lesson: usize, steps: impl IntoIterator<Item = usize>, deeds: &[Deed]) {
    let entry = &LESSONS[lesson];
    for (step, deed) in steps.into_iter().flat_map(|step| deeds.iter().map(move |deed| (step, deed))) {
        let (lesson, step) = (entry.id.to_owned(), entry.steps[step].0.to_owned());
        journal.add(JournalEntry { lesson, hash: entry.hash, step, deed: deed.clone() });
    }
}

/// Does this in all steps of all lessons.
fn everywhere(journal: &mut Journal, deeds: &[Deed]) {
    for (lesson, entry) in LESSONS.iter().enumerate() {
        does(journal, lesson, 0..entry.steps.len(), deeds);
    }
}

fn passed() -> Vec<Deed> {
    vec![Deed::Begun, Deed::Passed("check".to_owned())]
}

fn at(lesson: usize, step: usize) -> Place {
    Place { lesson, step }
}

#[test]
fn nothing_is_done_at_first() {
    let journal = Journal::default();
    assert_eq!(totals(&journal), Totals::default());
    assert_eq!(place(&journal), at(0, 0));
    let fresh = Standing { passed: 0, begun: false, changed: false, done: false };
    assert!(LESSONS.iter().all(|lesson| standing(&journal, lesson) == fresh));
}

#[test]
fn it_goes_on_where_it_was_left() {
    let mut journal = Journal::default();
    does(&mut journal, 1, [2], &[Deed::Begun]);
    assert_eq!(place(&journal), at(1, 2));
    does(&mut journal, 1, [2], &passed());
    assert_eq!(place(&journal), at(1, 3), "the step after one that is passed");
    let last = LESSONS[1].steps.len();
    does(&mut journal, 1, 3..last, &passed());
    assert_eq!(place(&journal), at(1, 0), "what was left out");
    does(&mut journal, 1, 0..2, &passed());
    assert_eq!(place(&journal), at(2, 0), "the lesson after it");
    assert_eq!(step_in(&journal, &LESSONS[1]), 0, "once more");
    for (lesson, entry) in LESSONS.iter().enumerate().skip(2) {
        does(&mut journal, lesson, 0..entry.steps.len(), &passed());
    }
    assert_eq!(place(&journal), at(0, 0), "what is before it");
    does(&mut journal, 0, 0..LESSONS[0].steps.len(), &passed());
    assert_eq!(place(&journal), at(0, 0), "all is done");
    assert_eq!(totals(&journal).lessons, LESSONS.len());
}

#[test]
fn exercises_are_questions_and_tasks_and_each_counts_once() {
    let mut journal = Journal::default();
    let answer = Deed::Answered { first: true, sure: true, answer: "ESTABLISHED".to_owned() };
    everywhere(&mut journal, &[answer.clone(), answer]);
    let questions: usize = LESSONS.iter().map(|lesson| lesson.questions.len()).sum();
    assert_eq!(totals(&journal), Totals { exercises: questions, ..Totals::default() });
    everywhere(&mut journal, &passed());
    let all: usize = LESSONS.iter().map(|lesson| usize::from(lesson.exercises)).sum();
    assert_eq!(totals(&journal).exercises, all);
    assert_eq!(totals(&journal).core, LESSONS.iter().filter(|lesson| lesson.core).count());
}

#[test]
fn what_a_lesson_has_no_more_counts_for_nothing_and_a_change_is_seen() {
    let mut journal = Journal::default();
    let entry = |lesson: &str, step: &str, hash| JournalEntry {
        lesson: lesson.to_owned(),
        hash,
        step: step.to_owned(),
        deed: Deed::Passed("check".to_owned()),
    };
    journal.add(entry(LESSONS[0].id, "no-more", LESSONS[0].hash));
    journal.add(entry("no-more", "step", 0));
    assert_eq!(standing(&journal, &LESSONS[0]).passed, 0);
    assert!(!standing(&journal, &LESSONS[0]).changed);
    journal.add(entry(LESSONS[0].id, LESSONS[0].steps[0].0, 7));
    let changed =
        |journal: &Journal| (standing(journal, &LESSONS[0]).passed, standing(journal, &LESSONS[0]).changed);
    assert_eq!(changed(&journal), (1, true));
    journal.add(entry(LESSONS[0].id, LESSONS[0].steps[0].0, LESSONS[0].hash));
    assert_eq!(changed(&journal), (1, false), "it was done once more");
}
