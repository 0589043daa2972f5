//! What the page says of the lessons before one is taken, in English.

use crate::words::{Lessons, Unreadable};

pub(super) fn lessons(lessons: Lessons) -> String {
    let fixed = match lessons {
        Lessons::Lessons => "Lessons",
        Lessons::OpenLab => "Open lab",
        Lessons::About => {
            "You predict, it runs, the facts decide. Afterwards you can say from two lines of netstat which segment was \
             lost, and where."
        }
        Lessons::Core => "core",
        Lessons::CoreTakes { lessons, minutes } => {
            let about = (minutes + 5) / 10 * 10;
            return format!("{lessons} lessons, about {about} minutes; the rest as you like.");
        }
        Lessons::Done { done, of, core, of_core } => {
            return format!("{done} of {of} done, {core} of the {of_core} core");
        }
        Lessons::Exercises { done, of } => return format!("{done} of {of} exercises"),
        Lessons::Begin => "Begin",
        Lessons::Continue => "Continue",
        Lessons::Place { number, title, step } => return format!("{number} · {title}, step {step}"),
        Lessons::SetUp => "Setting up",
        Lessons::Data => "Refusals, data, closing",
        Lessons::After => "TIME_WAIT, live trouble, rare cases",
        Lessons::Minutes(minutes) => return format!("{minutes} min"),
        Lessons::IsDone => "✓ done",
        Lessons::StepsDone { done, of } => return format!("{done} of {of} steps"),
        Lessons::Changed => "changed since",
        Lessons::Text(text) => text,
        Lessons::Map => "The map",
        Lessons::MapAsks { figures, steps } => {
            return format!("{figures} figures and {steps} exercise steps of the article: where?");
        }
        Lessons::Figure(number) => return format!("Figure {number}"),
        Lessons::Exercise(step) => return format!("Exercise {step}"),
        Lessons::Step { number, lesson, title } => return format!("{number} · {lesson}: {title}"),
        Lessons::Progress => "Your progress",
        Lessons::ProgressKept => {
            "It is kept in this browser and is sent to nobody. Save it as a file to take it to another computer."
        }
        Lessons::ProgressLost => {
            "It lasts as long as this page is open: nothing is kept here. Save it as a file to go on later."
        }
        Lessons::Save => "Save as a file",
        Lessons::Open => "Open a file",
        Lessons::Delete => "Delete",
        Lessons::DeleteAsks => "Delete all progress in this browser? A file that you have saved stays.",
        Lessons::DeleteAll => "Delete all",
        Lessons::Keep => "Keep it",
        Lessons::Deleted => "Your progress is deleted.",
        Lessons::Added(0) => "All that is in the file was here already.",
        Lessons::Added(1) => "One entry was added.",
        Lessons::Added(count) => return format!("{count} entries were added."),
        Lessons::Refused(why) => return refused(why),
    };
    fixed.to_owned()
}

fn refused(why: Unreadable) -> String {
    match why {
        Unreadable::Foreign => "This file is not a learner’s progress in tcp-states.".to_owned(),
        Unreadable::Newer => {
            "A later version of tcp-states wrote this file: this one cannot read it.".to_owned()
        }
        Unreadable::Long => "This file is too long for a learner’s progress in tcp-states.".to_owned(),
        Unreadable::Line(line) => format!("This file is damaged in line {line}: nothing of it was added."),
    }
}
