//! No file swallows the house: files stay short enough to be read, and the world stays the smallest part of the network.

#![allow(clippy::unwrap_used, reason = "a test says what broke by failing")]

use std::fs;
use std::path::{Path, PathBuf};

/// Lines that a file may have.
const MOST: usize = 400;
/// Lines of the world, which joins hosts, wire, clock and log and does nothing else.
const WORLD: (&str, usize) = ("crates/core/src/net/world.rs", 299);
/// Longer on purpose, because they are tables: one entry after the other.
const TABLES: &[&str] = &[
    "crates/shell/src/commands/host.rs",
    "crates/course/src/scenes/table.rs",
    "crates/course/src/scenes/ways/table.rs",
    "crates/lessons/src/index/table.rs",
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        let is_test = path.file_stem().is_some_and(|name| name == "tests" || name == "testing");
        if is_test || path.ends_with("target") || path.ends_with("node_modules") {
            continue;
        }
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs" || ending == "css" || ending == "mjs")
        {
            found.push(path);
        }
    }
}

#[test]
fn files_are_short() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the project");
    let mut files = Vec::new();
    for folder in ["crates", "web"] {
        sources(&root.join(folder), &mut files);
    }
    assert!(files.len() > 200, "only {} files were found", files.len());
    let mut long = Vec::new();
    for path in files {
        let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        let most = if name == WORLD.0 { WORLD.1 } else { MOST };
        if lines > most && !TABLES.contains(&name.as_str()) {
            long.push(format!("{name}: {lines} lines, at most {most}"));
        }
    }
    assert_eq!(long, Vec::<String>::new());
}

#[test]
fn the_world_keeps_its_fields_to_itself() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the project");
    let source = fs::read_to_string(root.join(WORLD.0)).unwrap();
    let body = source.split("pub struct World {").nth(1).and_then(|rest| rest.split("\n}").next()).unwrap();
    assert!(body.contains("log"), "the struct was found: {body}");
    let open: Vec<&str> = body.lines().filter(|line| line.trim_start().starts_with("pub")).collect();
    assert_eq!(open, Vec::<&str>::new());
}
