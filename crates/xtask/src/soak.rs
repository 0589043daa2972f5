//! `cargo xtask soak`: tests that are too long for every day. Random sessions, each compared with its own replay; random
//! scenarios; then hostile files, for a while.

use std::fs;

use crate::error::{Error, Result};
use crate::process::{cargo, root, run};

/// Seconds for which hostile files are made.
const FUZZED: u32 = 120;

/// Scenarios of `cargo xtask random` that are played without a kernel.
const SCENARIOS: &str = "2000";

/// Runs all three. `numbers` are the seeds and the total of operations, if they are not the usual ones.
pub(crate) fn run_all(numbers: &[&str]) -> Result<()> {
    // Optimised, with all checks on.
    let sessions =
        ["run", "--quiet", "--profile", "soak", "--package", "tcp-tests", "--bin", "tcp-soak", "--"];
    run(cargo().args(sessions).args(numbers))?;
    let scenarios = ["run", "--quiet", "--profile", "soak", "--package", "tcp-recorder", "--", "random"];
    run(cargo().args(scenarios).args(["--seed", "1", "--count", SCENARIOS, "--without-kernel"]))?;
    if cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        fuzz()
    } else {
        println!("fuzz targets: only on Linux on x86_64");
        Ok(())
    }
}

/// Runs the fuzz target, which has a workspace of its own with the flags of its instrumentation.
fn fuzz() -> Result<()> {
    let folder = root().join("fuzz");
    let corpus = folder.join("corpus");
    fs::create_dir_all(&corpus).map_err(Error::file(&corpus))?;
    println!("fuzz target: {FUZZED} s");
    let files = ["corpus", "seeds", "../tests/recordings", "../tests/traces"];
    let limits =
        ["-dict=words.dict", "-max_len=65536", "-timeout=20", "-rss_limit_mb=2048", "-print_final_stats=1"];
    let mut fuzz = cargo();
    fuzz.current_dir(&folder).args(["run", "--quiet", "--release", "--"]).args(files).args(limits);
    run(fuzz.arg("-verbosity=0").arg(format!("-max_total_time={FUZZED}")))
}
