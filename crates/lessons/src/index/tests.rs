//! The table of lessons is what their files say.

use super::{Entry, LESSONS, hash, named};
use crate::{Lesson, Step, exercises};
use expect_test::expect_file;
use std::fs;
use std::path::{Path, PathBuf};

const HEADER: &str = "\
//! The lessons, in the order in which they are taught. A test makes this file from those in `crates/lessons/content/en`,
//! where they are edited: `UPDATE_EXPECT=1 cargo test -p tcp-lessons`.

use super::{Entry, Group};

";

/// Where the lessons are, by language.
fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content")
}

/// Every lesson with its file, by number.
fn files() -> Vec<(Lesson, String)> {
    let paths =
        fs::read_dir(content().join("en")).expect("a folder").map(|entry| entry.expect("a file").path());
    let texts = paths.map(|path| fs::read_to_string(path).expect("a text"));
    let mut files: Vec<_> = texts.map(|text| (Lesson::read(&text).expect("a lesson"), text)).collect();
    files.sort_by_key(|(lesson, _)| lesson.number);
    files
}

fn row((lesson, text): &(Lesson, String)) -> String {
    let Lesson {
        id,
        number: _,
        group,
        core,
        title,
        able,
        minutes,
        article,
        start: _,
        before: _,
        steps,
        closed: _,
    } = lesson;
    let group = group.unwrap_or_else(|| panic!("{id}: a lesson of this program has a group"));
    let article: Vec<_> = article.iter().map(|shown| (&shown.part, &shown.step)).collect();
    let those = |asks: fn(&Step) -> bool| {
        steps.iter().filter(|step| asks(step)).map(|step| &step.id).collect::<Vec<_>>()
    };
    let questions = those(|step| step.prediction.is_some());
    let tasks = those(|step| !step.needed.is_empty());
    assert_eq!(questions.len() + tasks.len(), exercises(lesson), "{id}");
    let steps: Vec<_> = steps.iter().map(|step| (&step.id, &step.title)).collect();
    format!(
        "    Entry {{
        id: {id:?},
        title: {title:?},
        able: {able:?},
        minutes: {minutes},
        core: {core},
        group: Group::{group:?},
        article: &{article:?},
        steps: &{steps:?},
        questions: &{questions:?},
        tasks: &{tasks:?},
        exercises: {},
        hash: {:#x},
    }},\n",
        exercises(lesson),
        hash(text)
    )
}

#[test]
fn the_table_is_made_of_the_files() {
    let folders =
        fs::read_dir(content()).expect("a folder").map(|entry| entry.expect("a folder").file_name());
    let mut languages: Vec<String> = folders.map(|name| name.to_string_lossy().into_owned()).collect();
    languages.sort();
    let rows: String = files().iter().map(row).collect();
    let table = format!(
        "{HEADER}/// The languages in which there are lessons, in English all of them.
pub const LANGUAGES: &[&str] = &{languages:?};

/// The lessons of this program, in the order in which they are taught.
pub const LESSONS: &[Entry] = &[
{rows}];
"
    );
    expect_file!["table.rs"].assert_eq(&table);
}

#[test]
fn the_lessons_are_numbered_from_one_and_stand_in_the_order_of_the_groups() {
    let files = files();
    let numbers: Vec<Option<u8>> = files.iter().map(|(lesson, _)| lesson.number).collect();
    assert_eq!(numbers, (1..).map(Some).take(files.len()).collect::<Vec<_>>());
    assert!(files.is_sorted_by_key(|(lesson, _)| lesson.group));
}

#[test]
fn the_lessons_that_nobody_should_leave_out_take_about_ninety_minutes() {
    let core = LESSONS.iter().filter(|lesson| lesson.core);
    let minutes: u32 = core.map(|lesson| u32::from(lesson.minutes)).sum();
    assert!((80..=100).contains(&minutes), "{minutes} minutes");
}

#[test]
fn a_lesson_is_found_by_its_id() {
    assert_eq!(named("handshake"), LESSONS.first());
    assert_eq!(named("handshakes"), None::<&Entry>);
}

#[test]
fn the_sum_is_fnv_1a() {
    // From the test vectors of draft-eastlake-fnv.
    assert_eq!([hash(""), hash("a"), hash("foobar")], [0x811c_9dc5, 0xe40c_292c, 0xbf9c_f968]);
}
