//! What an address asks for of the lessons, which its schema does not know.

use tcp_lessons::named;
use tcp_scene::address::{Address, LIST, Wrong};

/// Leaves out a lesson or a step that is not there, and says so. What is left can be opened.
pub(super) fn unknown(address: &mut Address) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    // The list of all is no lesson, and opens by itself.
    address.lesson.take_if(|id| id == LIST);
    let lesson = address.lesson.as_deref().and_then(named);
    if lesson.is_none() {
        wrong.extend(address.lesson.take().map(|value| Wrong::Value { name: "lesson", value }));
    }
    let steps = lesson.map_or(&[][..], |lesson| lesson.steps);
    let is_there = |step: &String| steps.iter().any(|(anchor, _)| anchor == step);
    let lost = address.step.take_if(|step| !is_there(step));
    // What is said of the lesson says enough.
    wrong.extend(lost.filter(|_| wrong.is_empty()).map(Wrong::Step));
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;
    use tcp_lessons::{LANGUAGES, LESSONS};
    use tcp_scene::address::parse;

    /// What is wrong in an address, and the lesson and step that are left.
    fn asked(query: &str) -> (Vec<Wrong>, Option<String>, Option<String>) {
        let (mut address, mut wrong) = parse(query);
        wrong.extend(unknown(&mut address));
        (wrong, address.lesson, address.step)
    }

    #[test]
    fn every_lesson_and_every_step_can_be_asked_for() {
        for lesson in LESSONS {
            for (step, _) in lesson.steps {
                let (wrong, id, anchor) = asked(&format!("?lesson={}&step={step}", lesson.id));
                assert_eq!((wrong, id.as_deref(), anchor.as_deref()), (vec![], Some(lesson.id), Some(*step)));
            }
        }
    }

    #[test]
    fn what_is_not_there_is_named_and_left_out() {
        assert_eq!(asked("?lesson=list"), (vec![], None, None), "the list is no lesson");
        let lesson = |value: &str| Wrong::Value { name: "lesson", value: value.to_owned() };
        let known = || Some("syn-dropped".to_owned());
        assert_eq!(asked("?lesson=no-such"), (vec![lesson("no-such")], None, None));
        assert_eq!(asked("?lesson=no-such&step=drop"), (vec![lesson("no-such")], None, None));
        let step = |anchor: &str| vec![Wrong::Step(anchor.to_owned())];
        assert_eq!(asked("?lesson=syn-dropped&step=no-such"), (step("no-such"), known(), None));
        assert_eq!(asked("?step=drop"), (step("drop"), None, None));
        assert_eq!(asked(""), (vec![], None, None));
    }

    #[test]
    fn every_language_of_lessons_can_be_asked_for() {
        for language in LANGUAGES {
            assert_eq!(parse(&format!("?lang={language}")).1, []);
        }
    }
}
