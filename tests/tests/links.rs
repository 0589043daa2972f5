//! Links: those of every format always open, and a session is what its link opens.

#![allow(clippy::unwrap_used, reason = "a test says what broke by failing")]

use std::fs;
use std::path::{Path, PathBuf};
use tcp_core::Instant;
use tcp_course::{ENGINE, Fidelity, Link, LinkError, Recording};
use tcp_tests::links::{Lengths, Lines};

/// Recordings in which the engine's behaviour is compared.
const CORPUS: [&str; 8] = [
    "recordings/exercise-1.json",
    "recordings/exercise-2.json",
    "recordings/exercise-3.json",
    "recordings/rough-network.json",
    "links/everything.json",
    "recordings/cable-out.json",
    "recordings/read-late.json",
    "recordings/repeated-after-end.json",
];

/// Sessions of each day; `cargo xtask soak` has more.
const SESSIONS: u64 = 60;

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(name: &str) -> String {
    fs::read_to_string(file(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A line of a file of links: the recording, the moment in milliseconds, the link. No line may ever be changed.
#[test]
fn golden_links_always_open() {
    let mut opened = 0;
    for line in read("links/golden.txt").lines() {
        let [name, ms, text] = line.split(' ').collect::<Vec<_>>().try_into().unwrap();
        let link = Link::from_text(text).unwrap_or_else(|error| panic!("{line}: {error}"));
        assert_eq!(link.recording, Recording::from_json(&read(name)).unwrap(), "{line}");
        assert_eq!(link.moment.at, Instant::from_millis(ms.parse().unwrap()), "{line}");
        let (session, _) = link.open();
        assert_eq!((session.lab().now(), session.recording()), (link.moment.at, link.recording), "{line}");
        opened += 1;
    }
    assert!(opened >= 6, "only {opened} links");
}

#[test]
fn a_golden_link_that_was_changed_does_not_open() {
    let golden = read("links/golden.txt");
    for line in golden.lines() {
        let mut changed = line.rsplit(' ').next().unwrap().to_owned();
        let other = if changed.as_bytes()[20] == b'a' { "b" } else { "a" };
        changed.replace_range(20..=20, other);
        assert_eq!(Link::from_text(&changed), Err(LinkError::Damaged), "{line}");
    }
}

/// Engine 4 had a lookup of the address for each packet: it let SYNs leave that are thrown away now.
#[test]
fn a_link_of_an_engine_that_did_otherwise_says_so() {
    let golden = read("links/golden.txt");
    let line = golden.lines().find(|line| line.starts_with("recordings/cable-out.json")).unwrap();
    let link = Link::from_text(line.rsplit(' ').next().unwrap()).unwrap();
    assert_eq!(link.open().1, Fidelity::OtherEngine(4));
}

/// Each line has the number of an engine, and the digests of what happens with it in the corpus.
#[test]
fn the_engine_has_another_number_when_something_else_happens() {
    let digests = CORPUS.map(|name| tcp_course::digest_of(&read(name)).unwrap());
    let now = format!("{ENGINE} {}", digests.join(" "));
    let engines = read("links/engines.txt");
    let lines: Vec<&str> = engines.lines().collect();
    assert!(
        lines.last() == Some(&now.as_str()),
        "Something else happens in a recording than with engine {ENGINE}. If that is wanted, raise `ENGINE` in \
         crates/course/src/link.rs by one, and add a line with that number to tests/links/engines.txt:\n{now}"
    );
    for (number, line) in lines.iter().enumerate() {
        assert!(line.starts_with(&format!("{} ", number + 1)), "{line}: the lines are numbered from 1");
    }
}

#[test]
fn sessions_of_real_lines_are_what_their_links_open() {
    let lines = Lines::collect();
    assert!(lines.count() > 5_000, "only {} lines", lines.count());
    let mut lengths = Lengths::default();
    for seed in 0..SESSIONS {
        match lines.run(seed) {
            Ok(other) => lengths.join(other),
            Err(failure) => panic!("{failure}"),
        }
    }
    assert!(lengths.steps > 5_000, "{lengths:?}");
}
