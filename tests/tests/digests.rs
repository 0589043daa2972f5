//! The same recording gives the same facts natively and in WebAssembly.
//!
//! This test writes and checks `digests.txt`; a browser test asks the page, with the very module that is shipped, for
//! the same digests.

#![allow(clippy::unwrap_used, reason = "a test says what broke by failing")]

use expect_test::expect_file;
use std::fs;
use std::path::Path;

#[test]
fn recordings_give_the_same_facts_as_ever() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = fs::read_dir(tests.join("recordings")).unwrap();
    let mut names: Vec<String> =
        folder.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert!(names.len() >= 4, "{names:?}");
    let line = |name: &String| {
        let file = format!("recordings/{name}");
        let json = fs::read_to_string(tests.join(&file)).unwrap();
        format!("{} {file}\n", tcp_course::digest_of(&json).unwrap())
    };
    let lines: Vec<String> = names.iter().map(line).collect();
    expect_file!["../digests.txt"].assert_eq(&lines.concat());
}

#[test]
fn another_seed_or_another_line_gives_another_digest() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let json = fs::read_to_string(tests.join("recordings/exercise-1.json")).unwrap();
    let digest = |json: &str| tcp_course::digest_of(json).unwrap();
    assert_eq!(digest(&json), digest(&json));
    assert_ne!(digest(&json), digest(&json.replace("\"seed\": 1", "\"seed\": 2")));
    assert_ne!(digest(&json), digest(&json.replace("hello", "hallo, world")));
}
