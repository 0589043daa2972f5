//! Comments and documents are plain, idiomatic English: turns that were unlearned do not come back.

#![allow(clippy::unwrap_used, reason = "a test says what broke by failing")]

use std::fs;
use std::path::{Path, PathBuf};

/// Turns of phrase with what to write instead.
const TURNS: &[(&str, &str)] = &[
    ("whither", "where … to"),
    ("manieth", "numbered"),
    ("tell", "report, say, show"),
    ("tells", "reports, says, shows"),
    ("told", "reported, notified"),
    ("the own", "this host's"),
    ("behind the last", "after the last"),
    ("stands in", "is in"),
    ("stand in", "are in"),
    ("stands behind", "follows"),
    ("is none", "is not a, there is no"),
    ("are none", "are not, there are no"),
    ("so many", "as many"),
    ("anew", "again"),
    ("for ever", "forever, without end"),
];

/// Documentation of a single word, which makes no sense without the code beside it.
const LONE_WORDS: &[&str] = &["Which.", "Whose.", "Where.", "Who.", "When.", "Why.", "What.", "How."];

/// The turns in a text, in the order of the list.
fn turns(text: &str) -> Vec<&'static str> {
    let text = text.to_lowercase();
    let at_border = |at: usize| {
        let next = text.get(at..).and_then(|rest| rest.chars().next());
        next.is_none_or(|letter| !letter.is_alphanumeric())
    };
    let stands_alone = |at: usize, turn: &str| {
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        before.is_none_or(|letter| !letter.is_alphanumeric()) && at_border(at + turn.len())
    };
    let has = |turn: &str| text.match_indices(turn).any(|(at, _)| stands_alone(at, turn));
    TURNS.iter().map(|(turn, _)| *turn).filter(|turn| has(turn)).collect()
}

/// The part of a line of Rust that is a comment.
fn comment(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let at = if line.starts_with("//") { 0 } else { line.find(" // ")? };
    line.get(at..).map(|rest| rest.trim_start_matches(['/', '!', ' ']))
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    const SKIPPED: [&str; 7] = ["target", "dist", "node_modules", ".git", "traces", "corpus", "results"];
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if !path.is_dir() {
            found.push(path);
        } else if !SKIPPED.iter().any(|name| path.ends_with(name)) {
            files(&path, found);
        }
    }
}

#[test]
fn comments_and_documents_are_plain_english() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the project");
    let this = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/prose.rs");
    let mut all = Vec::new();
    files(root, &mut all);
    let mut found = Vec::new();
    let mut read = 0;
    for path in all.iter().filter(|path| **path != this) {
        let rust = path.extension().is_some_and(|ending| ending == "rs");
        let prose = path.extension().is_some_and(|ending| ending == "md");
        if !rust && !prose {
            continue;
        }
        read += 1;
        for (at, line) in fs::read_to_string(path).unwrap().lines().enumerate() {
            let Some(words) = (if rust { comment(line) } else { Some(line) }) else { continue };
            let lone = LONE_WORDS.iter().copied().filter(|word| rust && words == *word);
            for turn in turns(words).into_iter().chain(lone) {
                let place = path.strip_prefix(root).unwrap().display();
                found.push(format!("{place}:{}: {turn:?} in {words:?}", at + 1));
            }
        }
    }
    assert!(read > 200, "only {read} files were found");
    assert!(found.is_empty(), "{} turns to write more plainly:\n{}", found.len(), found.join("\n"));
}

#[test]
fn a_turn_is_found_and_a_word_that_holds_it_is_not() {
    assert_eq!(turns("It is told of the end."), ["told"]);
    assert_eq!(turns("a gold, retold, foretells"), Vec::<&str>::new());
    assert_eq!(turns("There IS NONE."), ["is none"]);
    assert_eq!(comment("let x = 1; // so many"), Some("so many"));
    assert_eq!(comment("    /// Which."), Some("Which."));
    assert_eq!(comment("let url = \"http://x\";"), None);
}
