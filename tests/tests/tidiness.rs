//! The structure stays as it was drawn: imports go one way, and each layer touches only what it may.

#![allow(clippy::unwrap_used, reason = "a test says what broke by failing")]

use std::fs;
use std::path::{Path, PathBuf};

/// Each part with the parts that it may use. Any other arrow would run back.
const ARROWS: &[(&str, &[&str])] = &[
    ("crates/core", &[]),
    ("crates/shell", &["tcp_core"]),
    ("crates/course", &["tcp_core", "tcp_shell"]),
    ("crates/scene", &["tcp_core", "tcp_shell", "tcp_course"]),
    ("crates/lessons", &["tcp_core", "tcp_shell", "tcp_course", "tcp_scene"]),
    ("crates/oracle", &["tcp_core", "tcp_shell", "tcp_course"]),
    ("crates/recorder", &["tcp_core", "tcp_shell", "tcp_course", "tcp_oracle"]),
    ("crates/bench", &["tcp_core", "tcp_shell", "tcp_course", "tcp_scene", "tcp_lessons"]),
    (
        "crates/cli",
        &["tcp_core", "tcp_shell", "tcp_course", "tcp_scene", "tcp_lessons", "tcp_oracle", "tcp_cli"],
    ),
    ("crates/testing", &["tcp_core", "tcp_shell"]),
    ("crates/xtask", &[]),
    ("web", &["tcp_core", "tcp_shell", "tcp_course", "tcp_scene", "tcp_lessons"]),
];

const PARTS: &[&str] = &[
    "tcp_core",
    "tcp_shell",
    "tcp_course",
    "tcp_scene",
    "tcp_lessons",
    "tcp_oracle",
    "tcp_cli",
    "tcp_testing",
    "tcp_web",
];

/// Uses of other parts, in a path or a `use`, that no arrow above allows.
fn breaches(part: &str, source: &str, allowed: &[&str]) -> Vec<String> {
    let code = source.lines().map(|line| line.split("//").next().unwrap_or(""));
    let names = |line: &str, name: &str| {
        line.match_indices(name)
            .any(|(at, _)| line.get(at + name.len()..).is_some_and(|rest| rest.starts_with("::")))
    };
    let mut found = Vec::new();
    for line in code {
        for other in PARTS.iter().filter(|p| !allowed.contains(p)) {
            if names(line, other) {
                found.push(format!("{part} uses {other}: {}", line.trim()));
            }
        }
        if part == "web" && line.contains("tcp_core::tcp") {
            found.push(format!("web touches tcp_core::tcp: {}", line.trim()));
        }
    }
    found
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the project").to_owned()
}

fn sources(dir: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

#[test]
fn imports_go_one_way() {
    let mut found = Vec::new();
    let mut read = 0;
    for (part, allowed) in ARROWS {
        for file in sources(&root().join(part).join("src")) {
            read += 1;
            // Only tests may use the harness.
            let inside = file.strip_prefix(root()).unwrap();
            let is_test = inside.iter().any(|name| name.to_string_lossy().starts_with("tests"));
            let harness: &[&str] = if is_test { &["tcp_testing"] } else { &[] };
            let allowed: Vec<&str> = allowed.iter().chain(harness).copied().collect();
            found.extend(breaches(part, &fs::read_to_string(&file).unwrap(), &allowed));
        }
    }
    assert!(read > 40, "only {read} files were found");
    assert_eq!(found, Vec::<String>::new());
}

/// Names of the browser's crates, and of types that change behind a shared reference.
const BROWSER: [&str; 4] = ["web_sys", "wasm_bindgen", "gloo_", "js_sys"];
const INTERIOR: [&str; 4] = ["RefCell", "Cell<", "Mutex", "OnceCell"];

/// Lines of a part of the page that use one of these names.
fn uses(part: &str, names: &[&str]) -> Vec<String> {
    let files = sources(&root().join("web/src").join(part));
    assert!(!files.is_empty(), "{part} has no files");
    let mut found = Vec::new();
    for file in files {
        let source = fs::read_to_string(&file).unwrap();
        let code = source.lines().map(|line| line.split("//").next().unwrap_or(""));
        found.extend(
            code.filter(|line| names.iter().any(|name| line.contains(name)))
                .map(|line| format!("{}: {}", file.display(), line.trim())),
        );
    }
    found
}

#[test]
fn the_browser_is_touched_by_hooks_and_views_alone() {
    let all = uses("", &["web_sys"]);
    let outside: Vec<&String> =
        all.iter().filter(|line| !line.contains("/src/hooks/") && !line.contains("/src/ui/")).collect();
    assert!(outside.is_empty() && !all.is_empty(), "{outside:#?}");
}

#[test]
fn the_store_is_plain_data() {
    assert_eq!(uses("store", &BROWSER), Vec::<String>::new());
    assert_eq!(uses("store", &INTERIOR), Vec::<String>::new());
}

#[test]
fn what_draws_a_puzzle_reaches_nothing_that_is_hidden() {
    let ways =
        ["Scene", "Session", "Lab", "World", "Log", "SeatStore", "puzzle::Puzzle;", "Puzzle,", "use_shown"];
    let found: Vec<String> = uses("ui/seat", &ways);
    let words: Vec<&String> = found.iter().filter(|line| !line.contains("Part::Open")).collect();
    assert_eq!(words, Vec::<&String>::new());
    assert!(!uses("ui/seat", &["SeatShown"]).is_empty());
}

#[test]
fn the_protocol_knows_no_network() {
    let mut found = Vec::new();
    for file in sources(&root().join("crates/core/src/tcp")) {
        let source = fs::read_to_string(&file).unwrap();
        if source.contains("crate::net") || source.contains("super::super") {
            found.push(file);
        }
    }
    assert_eq!(found, Vec::<PathBuf>::new());
}

#[test]
fn the_core_has_no_dependency() {
    let manifest = fs::read_to_string(root().join("crates/core/Cargo.toml")).unwrap();
    let run_time = manifest.split("[dependencies]").nth(1).and_then(|rest| rest.split("\n[").next()).unwrap();
    assert_eq!(run_time.trim(), "");
}

/// An edit of the engine must not cause a rebuild of what serves the page.
#[test]
fn xtask_is_built_of_no_other_part() {
    let manifest = fs::read_to_string(root().join("crates/xtask/Cargo.toml")).unwrap();
    let names = |line: &&str| line.starts_with("tcp-") || line.contains("path = ");
    assert_eq!(manifest.lines().find(names), None);
}

#[test]
fn an_arrow_that_runs_back_is_found() {
    let source = "use tcp_shell::Lab;\n// tcp_web::App is only mentioned\nlet x = tcp_scene::scene(lab);";
    let found = breaches("crates/core", source, &[]);
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(breaches("web", "use tcp_core::tcp::State;", &["tcp_core"]).len(), 1);
    assert_eq!(breaches("crates/scene", "use tcp_shell::Lab;", &["tcp_shell"]), Vec::<String>::new());
}
