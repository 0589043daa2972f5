//! `docs/lessons.md` lists the lessons, and maps each figure and exercise step of the article to the steps that show it.

use expect_test::expect_file;
use std::fmt::Write;
use tcp_lessons::LESSONS;

const HEAD: &str = "\
# The lessons

The button “Lessons” of the lab opens a list of these lessons. Each is a few steps long: you predict, it runs, and the facts say
who was right. The core should not be left out; it takes about an hour and a half. A link on this page opens the lesson, and so does
`?lesson=syn-dropped` in the [page's address](address.md).

| number | lesson | what you are able to do afterwards | minutes | core |
|--:|---|---|--:|---|
";

const MAP: &str = "
## Where the article's figures and exercises are

";

/// The figures and the exercise steps of the article: the beginning of their names here, and what they are called.
const PARTS: [(&str, &str, usize); 2] = [("figure-", "Figure", 12), ("exercise-", "Exercise", 18)];

/// A figure's number, or an exercise step's number and letter: `1a` is after `1`, and `10` after `9`.
fn place(name: &str) -> (usize, String) {
    let digits = name.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(name.len());
    (name[..digits].parse().unwrap_or_default(), name[digits..].to_owned())
}

fn document() -> String {
    let mut page = HEAD.to_owned();
    for (at, lesson) in LESSONS.iter().enumerate() {
        let core = if lesson.core { "yes" } else { "" };
        let (id, title, minutes) = (lesson.id, lesson.title, lesson.minutes);
        let able = lesson.able.replace('|', "\\|");
        _ = writeln!(page, "| {} | [{title}](../?lesson={id}) | {able} | {minutes} | {core} |", at + 1);
    }
    page.push_str(MAP);
    for (prefix, called, count) in PARTS {
        let all = LESSONS.iter().flat_map(|lesson| lesson.article);
        let mut names: Vec<&str> = all.filter_map(|(part, _)| part.strip_prefix(prefix)).collect();
        names.sort_by_key(|name| place(name));
        names.dedup();
        assert_eq!(names.len(), count, "{names:?}");
        _ = writeln!(page, "| {} | lesson and step |\n|---|---|", called.to_lowercase());
        for name in names {
            let shows = |at: usize| {
                let lesson = &LESSONS[at];
                let here = lesson.article.iter().filter(|(part, _)| part.strip_prefix(prefix) == Some(name));
                here.map(move |(_, step)| {
                    let (_, title) = lesson.steps.iter().find(|(anchor, _)| anchor == step).expect("a step");
                    let id = lesson.id;
                    format!("{} · {}: [{title}](../?lesson={id}&step={step})", at + 1, lesson.title)
                })
            };
            let links: Vec<String> = (0..LESSONS.len()).flat_map(shows).collect();
            _ = writeln!(page, "| {called} {name} | {} |", links.join("<br>"));
        }
        page.push('\n');
    }
    page.trim_end().to_owned() + "\n"
}

/// A mismatch is mended by `UPDATE_EXPECT=1 cargo test -p tcp-lessons`.
#[test]
fn the_map_is_that_of_the_lessons() {
    expect_file!["../../../docs/lessons.md"].assert_eq(&document());
}
