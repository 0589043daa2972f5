//! The README's certificate: with how many recordings of which kernel the program agrees. This is the only test that
//! compares them.
//!
//! `UPDATE_EXPECT=1 cargo test -p tcp-tests --test certificate` writes it. Otherwise the README must already say what
//! is true.

#![allow(clippy::unwrap_used, reason = "a test says what broke by failing")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tcp_oracle::verify;

const BEGIN: &str =
    "<!-- certificate: written by UPDATE_EXPECT=1 cargo test -p tcp-tests --test certificate -->\n";
const END: &str = "<!-- end of certificate -->";

/// Folders of recordings that are compared, and the minimum number in each.
const FOLDERS: [(&str, &str, usize); 3] = [
    ("traces", "the article's experiments", 65),
    ("traces/own", "variations", 75),
    ("traces/field", "what is typed in the field", 22),
];
/// The rates of random scenarios, as `cargo xtask random --certify` keeps them.
const RATES: &str = "traces/random/rates.json";

#[test]
fn the_certificate_in_the_readme_holds() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once(BEGIN).expect("the certificate's beginning is marked");
    let (shown, after) = rest.split_once(END).expect("the certificate's end is marked");
    let (rows, failures) = rows();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let wanted = certificate(&rows, &today());
        fs::write(&path, [before, BEGIN, &wanted, END, after].concat()).unwrap();
    } else {
        // The date of writing is the only thing that a test cannot know.
        let date =
            shown.rsplit_once(", on ").and_then(|(_, rest)| rest.split_once('.')).map(|(date, _)| date);
        let date = date.expect("the certificate has a date");
        assert!(date.len() == 10 && date.bytes().all(|b| b.is_ascii_digit() || b == b'-'), "{date}");
        assert_eq!(shown, certificate(&rows, date));
    }
}

/// A recording that does not agree is not hidden: it is kept in a folder of its own until it does.
#[test]
fn what_is_open_still_disagrees() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (folder, agreeing) in [("traces/open", "traces/own"), ("traces/field/open", "traces/field")] {
        let reasons = fs::read_to_string(root.join(folder).join("README.md")).unwrap();
        for file in traces(folder) {
            let report = verify::verify(std::slice::from_ref(&file)).unwrap();
            let name = file.file_stem().unwrap().to_string_lossy().into_owned();
            assert!(!report.agrees, "{name} agrees now: move it to {agreeing}");
            let number = name.split('-').next().unwrap();
            assert!(reasons.contains(number), "{name} has no reason in {folder}/README.md");
        }
    }
}

/// One line of the certificate, for a kernel and a set of recordings.
struct Row {
    kernel: String,
    tools: String,
    recordings: &'static str,
    agree: usize,
    all: usize,
}

/// The lines of the certificate, and the recordings that do not agree.
fn rows() -> (Vec<Row>, Vec<String>) {
    let mut rows = Vec::new();
    let mut failures = Vec::new();
    for (folder, recordings, least) in FOLDERS {
        let mut kernels: BTreeMap<(String, String), (usize, usize)> = BTreeMap::new();
        let files = traces(folder);
        assert!(files.len() >= least, "only {} in {folder}", files.len());
        let report = verify::verify(&files).unwrap();
        let all = format!("\n{0} of {0} traces agree\n", files.len());
        if !report.agrees || !report.text.ends_with(&all) {
            failures.push(report.text);
        }
        for file in &files {
            let trace: serde_json::Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
            let recorded = |name: &str| trace["recorded_on"][name].as_str().unwrap_or("?").to_owned();
            let tools = ["netcat", "net_tools", "iproute2", "iptables", "tcpdump"].map(recorded).join(", ");
            let (agree, all) = kernels.entry((recorded("kernel"), tools)).or_default();
            *agree += usize::from(report.agrees);
            *all += 1;
        }
        rows.extend(kernels.into_iter().map(|((kernel, tools), (agree, all))| Row {
            kernel,
            tools,
            recordings,
            agree,
            all,
        }));
    }
    (rows, failures)
}

fn traces(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .collect();
    files.sort();
    files
}

fn certificate(rows: &[Row], date: &str) -> String {
    let mut text = String::from("| kernel | recorded with | recordings | agree |\n|---|---|---|---|\n");
    for Row { kernel, tools, recordings, agree, all } in rows {
        text += &format!("| {kernel} | {tools} | {recordings} | {agree} of {all} |\n");
    }
    let releases: Vec<&str> = rows.iter().filter_map(|row| release(&row.kernel)).collect();
    let same = releases
        .first()
        .filter(|first| releases.len() == rows.len() && releases.iter().all(|one| one == *first));
    let kernel = same.map_or("the kernels above".to_owned(), |release| format!("Linux {release}"));
    text + &format!("\nCertified against {kernel} by `tcp-states verify`, on {date}.\n") + &random()
}

/// The rates of random scenarios, all seeds together.
fn random() -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(RATES);
    let runs: Vec<serde_json::Value> = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    let sum = |field: &str| runs.iter().map(|run| run[field].as_u64().unwrap()).sum::<u64>();
    let all = sum("scenarios");
    let share = |part: u64| format!("{}.{} %", part * 100 / all, part * 1000 / all % 10);
    let same = |field: &str| {
        let first = runs[0][field].as_str().unwrap();
        assert!(runs.iter().all(|run| run[field].as_str() == Some(first)), "one {field} for all runs");
        first
    };
    let seeds: Vec<String> = runs.iter().map(|run| run["seed"].to_string()).collect();
    format!(
        "\n{all} random scenarios (`cargo xtask random`, seeds {}) were recorded on {} on {}: {} show no fault, {} none of TCP\n\
         itself. In {} of them the kernel itself varies from recording to recording. What is left is\n\
         listed in `tests/traces/open`, with the smallest inputs that show it. What `tc` does is in no recording: the kernel\n\
         that was recorded has no netem.\n",
        seeds.join(", "),
        same("kernel"),
        same("date"),
        share(sum("no_fault")),
        share(sum("none_of_tcp")),
        share(sum("races"))
    )
}

/// The release of a kernel's name: 6.18 for `Linux 6.18.44`.
fn release(kernel: &str) -> Option<&str> {
    let version = kernel.strip_prefix("Linux ")?;
    let end = version.match_indices('.').nth(1).map_or(version.len(), |(at, _)| at);
    version.get(..end)
}

/// The date by the machine's clock, in UTC, for example `2026-01-31`.
fn today() -> String {
    let date = Command::new("date").args(["-u", "+%F"]).output().expect("there is a `date`");
    String::from_utf8_lossy(&date.stdout).trim_end().to_owned()
}
