//! What is said of recordings elsewhere is true of them: those that the page of facts (`web/assets/kernel.html`) names
//! exist, and the long one is long.

#![allow(clippy::unwrap_used, reason = "a test says what broke by failing")]

use std::fs;
use std::path::Path;
use tcp_core::{Instant, millis};
use tcp_course::{Recording, Session};

#[test]
fn every_recording_that_the_page_of_facts_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("../web/assets/kernel.html")).unwrap();
    let files: Vec<String> = fs::read_dir(root.join("traces"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    let names =
        page.split("<code>").skip(1).filter_map(|rest| rest.split_once("</code>")).map(|(name, _)| name);
    let traces: Vec<&str> =
        names.filter(|name| name.len() == 3 && name.starts_with(|c: char| c.is_ascii_digit())).collect();
    assert!(traces.len() > 15, "found {traces:?}");
    for name in traces {
        assert!(files.iter().any(|file| file.starts_with(&format!("{name}-"))), "no recording {name}");
    }
}

/// `cargo xtask measure` goes to moments of it.
#[test]
fn the_long_recording_has_a_hundred_thousand_facts() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("recordings/port-scan.json");
    let recording = Recording::from_json(&fs::read_to_string(file).unwrap()).unwrap();
    let mut session = Session::replay(&recording).unwrap();
    session.advance_to(Instant::START + millis(45_000));
    let facts = session.lab().world().facts().len();
    assert!(facts >= 100_000, "{facts}");
}
