//! Every recording that the page of facts (`web/assets/kernel.html`) names exists.

#![allow(clippy::unwrap_used, reason = "a test says what broke by failing")]

use std::fs;
use std::path::Path;

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
