//! No crate has a circle of modules: of two modules with the same parent, at most one uses the other, directly or
//! through further modules. A parent and its child may use each other.

#![allow(clippy::unwrap_used, reason = "a test says what broke by failing")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A module's path from the crate's root.
type Module = Vec<String>;
/// For each parent, which child uses which others.
type Uses = BTreeMap<Module, BTreeMap<String, BTreeSet<String>>>;

/// The source folder of every crate.
fn parts() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let crates = fs::read_dir(root.join("crates")).unwrap().map(|entry| entry.unwrap().path());
    let mut parts: Vec<PathBuf> = crates.chain([root.join("web")]).map(|part| part.join("src")).collect();
    parts.sort();
    parts
}

/// Collects the modules of a crate with their code, leaving out tests.
fn modules(folder: &Path, of: &Module, into: &mut BTreeMap<Module, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        let inner: Module = of.iter().cloned().chain([stem.clone()]).collect();
        if ["tests", "testing"].contains(&stem.as_str()) {
            continue;
        }
        if path.is_dir() {
            modules(&path, &inner, into);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let own = if ["lib", "main", "mod"].contains(&stem.as_str()) { of.clone() } else { inner };
            into.entry(own).or_default().push_str(&code(&fs::read_to_string(&path).unwrap()));
        }
    }
}

/// The source up to its tests, without comments.
fn code(source: &str) -> String {
    let product = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    product.lines().filter_map(|line| line.split("//").next()).flat_map(|line| [line, "\n"]).collect()
}

/// Collects the paths that `source` begins with: `a::{b, c::d}` stands for `a::b` and `a::c::d`.
fn paths(source: &str, before: &Module, found: &mut Vec<Module>) -> usize {
    let mut path = before.clone();
    let mut at = 0;
    loop {
        let rest = &source[at..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut inside = at + 1;
            let mut next = group;
            while !next.is_empty() && !next.starts_with('}') {
                inside += paths(next, &path, found).max(1);
                next = &source[inside..];
            }
            return inside + 1;
        }
        let blank = rest.len() - rest.trim_start().len();
        let word: String = rest
            .trim_start()
            .chars()
            .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
            .collect();
        at += blank + word.len();
        if !word.is_empty() {
            path.push(word);
        }
        match source[at..].strip_prefix("::") {
            Some(_) => at += 2,
            None => break,
        }
    }
    if path.len() > before.len() {
        found.push(path);
    }
    at
}

/// The paths within its own crate that the module `own` names, from the root.
fn named(own: &Module, code: &str) -> Vec<Module> {
    let mut found = Vec::new();
    for start in ["crate::", "super::"] {
        for (at, _) in code.match_indices(start) {
            let first = !code[..at].ends_with(|letter: char| letter.is_alphanumeric() || letter == ':');
            if first {
                paths(&code[at..], &Vec::new(), &mut found);
            }
        }
    }
    let whole = |path: Module| {
        let up = path.iter().take_while(|word| *word == "super").count();
        let base = if up == 0 { &[][..] } else { &own[..own.len().saturating_sub(up)] };
        base.iter().cloned().chain(path.into_iter().skip(up.max(1))).collect()
    };
    found.into_iter().map(whole).collect()
}

fn uses(modules: &BTreeMap<Module, String>) -> Uses {
    let mut uses = Uses::new();
    for (own, code) in modules {
        for path in named(own, code) {
            let target = (0..=path.len()).rev().map(|len| path[..len].to_vec());
            let Some(target) = target.into_iter().find(|path| modules.contains_key(path)) else { continue };
            let common = own.iter().zip(&target).take_while(|(one, other)| one == other).count();
            if let (Some(one), Some(other)) = (own.get(common), target.get(common)) {
                let siblings = uses.entry(own[..common].to_vec()).or_default();
                siblings.entry(one.clone()).or_default().insert(other.clone());
            }
        }
    }
    uses
}

/// Pairs of siblings that reach each other.
fn circles(uses: &Uses) -> Vec<String> {
    let mut found = Vec::new();
    for (parent, siblings) in uses {
        for one in siblings.keys() {
            for other in reached(siblings, one) {
                if one < other && reached(siblings, other).contains(one) {
                    found.push(format!("{}: {one} and {other}", parent.join("::")));
                }
            }
        }
    }
    found
}

fn reached<'a>(siblings: &'a BTreeMap<String, BTreeSet<String>>, from: &'a String) -> BTreeSet<&'a String> {
    let mut reached = BTreeSet::new();
    let mut edge = vec![from];
    while let Some(one) = edge.pop() {
        edge.extend(siblings.get(one).into_iter().flatten().filter(|next| reached.insert(*next)));
    }
    reached
}

#[test]
fn no_crate_has_a_circle_of_modules() {
    let mut found = Vec::new();
    let mut read = 0;
    for part in parts() {
        let mut of_part = BTreeMap::new();
        modules(&part, &Vec::new(), &mut of_part);
        read += of_part.len();
        let name = part.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned();
        found.extend(circles(&uses(&of_part)).into_iter().map(|circle| format!("{name} {circle}")));
    }
    assert!(read > 150, "only {read} modules were found");
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn a_circle_is_found() {
    let modules = |sources: &[(&str, &str)]| -> BTreeMap<Module, String> {
        let module =
            |name: &str| name.split("::").filter(|word| !word.is_empty()).map(str::to_owned).collect();
        sources.iter().map(|(name, source)| (module(name), code(source))).collect()
    };
    let round = [
        ("", ""),
        ("a", "use crate::{b::B, c};"),
        ("b", ""),
        ("b::x", "fn f() { super::super::a::f() }"),
        ("c", ""),
    ];
    assert_eq!(circles(&uses(&modules(&round))), [": a and b"]);
    let over_a_third =
        [("a", "use super::b;"), ("b", "use crate::{\n    c::{d, e},\n};"), ("c", "use crate::a::A;")];
    assert_eq!(circles(&uses(&modules(&over_a_third))).len(), 3);
    let family =
        [("a", "use a::b::B;"), ("a::b", "use super::A; // use crate::c::C\nuse crate::c;"), ("c", "")];
    assert_eq!(circles(&uses(&modules(&family))), Vec::<String>::new());
}
