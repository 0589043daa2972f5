//! The engine has no special cases for the traces of a real kernel. That it does what they show is tested in
//! `certificate.rs`.

#![allow(clippy::unwrap_used, reason = "a test says what broke by failing")]

use std::fs;
use std::path::{Path, PathBuf};

fn traces() -> Vec<PathBuf> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("traces");
    let files = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    let mut traces: Vec<PathBuf> =
        files.filter(|file| file.extension().is_some_and(|end| end == "json")).collect();
    traces.sort();
    traces
}

/// A special case would have to name its trace, so no source does.
#[test]
fn no_trace_is_named_outside_the_list_of_races() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let stems: Vec<String> =
        traces().iter().map(|trace| trace.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    let mut folders = vec![root.join("crates")];
    let mut read = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if name.ends_with(".rs") && name != "races.rs" && name != "tests.rs" {
                read += 1;
                let source = fs::read_to_string(&path).unwrap();
                let code: Vec<&str> =
                    source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
                let named = stems.iter().find(|stem| code.iter().any(|line| line.contains(stem.as_str())));
                assert_eq!(named, None, "in {}", path.display());
            }
        }
    }
    assert!(read > 100, "only {read} files were read");
}
