//! `cargo xtask soak`: tests that are too long for every day. Random sessions, natively and in the page, each compared
//! with its own replay and with what its link opens; the search for ways; captures in Wireshark's eyes; scripts on
//! the kernel; random scenarios; then hostile files, texts and messages, which take 52 minutes by themselves.

use std::fs;

use crate::error::{Error, Result};
use crate::process::{cargo, root, run};
use crate::test;

/// The fuzz targets: name, seconds for which hostile input is made, longest input, and where to begin.
const TARGETS: [(&str, u32, u32, &[&str]); 6] = [
    ("replay", 120, 65_536, &["seeds", "../tests/recordings", "../tests/traces", "-dict=words.dict"]),
    ("link", 600, 8_192, &[]),
    ("address", 600, 5_000, &[]),
    ("message", 600, 8_192, &["messages", "-dict=messages.dict"]),
    ("lesson", 600, 6_000, &["../crates/lessons/content/en"]),
    ("scene", 600, 65_536, &["../crates/course/scenes", "-dict=words.dict"]),
];

/// Sessions that are compared with what their links open.
const LINKS: &str = "10000";

/// Situations after which the search for ways ends, from each of its beginnings.
const SITUATIONS: &str = "15000";

/// Random sessions in the page: their seeds, and the actions in each.
const IN_THE_PAGE: [&str; 2] = ["1-100", "1000"];

/// Puzzles that are compared with the slow reference.
const PUZZLES: &str = "10000";
/// Scenarios of `cargo xtask random` that are played without a kernel.
const SCENARIOS: &str = "2000";

/// Runs all of them. `numbers` are the seeds and the total of operations, if they are not the usual ones.
pub(crate) fn run_all(numbers: &[&str]) -> Result<()> {
    // Optimised, with all checks on.
    let sessions =
        ["run", "--quiet", "--profile", "soak", "--package", "tcp-tests", "--bin", "tcp-soak", "--"];
    run(cargo().args(sessions).args(numbers))?;
    let links =
        ["run", "--quiet", "--profile", "soak", "--package", "tcp-tests", "--bin", "tcp-links", "--", LINKS];
    run(cargo().args(links))?;
    println!("the search for ways: a shorter one fails, and UPDATE_EXPECT=1 writes it down");
    let ways = ["test", "--quiet", "--profile", "soak", "--package", "tcp-tests", "--test", "ways"];
    run(cargo().args(ways).env("TCP_STATES_WAYS", SITUATIONS))?;
    println!("captures, as tshark reads them");
    let captures = ["test", "--quiet", "--profile", "soak", "--package", "tcp-tests", "--test", "captures"];
    run(cargo().args(captures).env("TCP_STATES_TSHARK", "1"))?;
    println!("scripts of sessions, run by the kernel");
    let scripts = ["test", "--quiet", "--profile", "soak", "--package", "tcp-tests", "--test", "scripts"];
    let mut scripts_of_both = cargo();
    scripts_of_both.args(scripts).args(["--test", "hostile_scripts"]).env("TCP_STATES_SCRIPTS", "all");
    run(scripts_of_both.env("TCP_STATES_PROGRAM", test::native_program()?))?;
    println!("{PUZZLES} puzzles, each graded as the slow reference grades it");
    let puzzles = ["test", "--quiet", "--profile", "soak", "--package", "tcp-lessons", "--test", "puzzles"];
    run(cargo().args(puzzles).env("TCP_STATES_PUZZLES", PUZZLES))?;
    let scenarios = ["run", "--quiet", "--profile", "soak", "--package", "tcp-recorder", "--", "random"];
    run(cargo().args(scenarios).args(["--seed", "1", "--count", SCENARIOS, "--without-kernel"]))?;
    let [seeds, actions] = IN_THE_PAGE;
    println!("{}", test::random_sessions(seeds, actions)?);
    if cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        TARGETS.iter().try_for_each(|(name, seconds, longest, begins)| fuzz(name, *seconds, *longest, begins))
    } else {
        println!("fuzz targets: only on Linux on x86_64");
        Ok(())
    }
}

/// Runs a fuzz target. They are in a workspace of their own, with the flags of their instrumentation.
fn fuzz(name: &str, seconds: u32, longest: u32, begins: &[&str]) -> Result<()> {
    let folder = root().join("fuzz");
    let corpus = folder.join("corpus").join(name);
    fs::create_dir_all(&corpus).map_err(Error::file(&corpus))?;
    println!("fuzz target {name}: {seconds} s");
    let mut fuzz = cargo();
    fuzz.current_dir(&folder)
        .args(["run", "--quiet", "--release", "--bin", name, "--"])
        .arg(&corpus)
        .args(begins);
    fuzz.args(["-timeout=20", "-rss_limit_mb=2048", "-print_final_stats=1", "-verbosity=0"]);
    run(fuzz.arg(format!("-max_len={longest}")).arg(format!("-max_total_time={seconds}")))
}
