//! `cargo xtask test`: every check and every test, the fast ones first.

mod plain;

use std::fs;
use std::io::{self, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::browser;
use crate::build::{self, tools};
use crate::count::Count;
use crate::dist;
use crate::error::{Error, Result};
use crate::process::{Stream, cargo, find, read_along, run, target_dir};

/// How much to test.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// All checks and tests.
    Everything,
    /// Everything but the release build and the tests in a browser.
    NoBrowser,
}

/// Runs all steps up to the first one that fails, and finally prints the number of tests that passed and failed.
pub(crate) fn run_all(scope: Scope) -> Result<()> {
    let started = Instant::now();
    let mut steps = Steps::default();
    steps.check("tools", install_tools)?;
    steps.check("format", || run(cargo().args(["fmt", "--all", "--check"])))?;
    steps.check("lints", || run(&mut clippy(&["--all-targets"])))?;
    steps.check("lints of the page", || {
        run(&mut clippy(&["--package", "tcp-web", "--target", "wasm32-unknown-unknown"]))
    })?;
    if find("cargo-deny").is_some() {
        let deny = ["deny", "--offline", "check", "licenses", "bans", "sources"];
        steps.check("licences and sources of dependencies", || run(cargo().args(deny)))?;
    }
    steps.tests("native tests", native_tests)?;
    steps.tests("documentation tests", doc_tests)?;
    if scope == Scope::Everything {
        steps.check("release build of the page", || build::build().map(|_| ()))?;
        steps.check("the same build by trunk alone", || plain::build(&build::folder()))?;
        steps.check("what is to be published", || dist::write(&build::folder(), &dist::folder(), None))?;
        browser::npm_packages(&browser::folder())?;
        let browser = browser::program()?;
        steps.not_run = browser::others();
        steps.tests("the page, served by trunk alone", || plain::serve(&browser, free_port()?))?;
        steps.check("tcp-states, natively and as WebAssembly", programs)?;
        steps.tests("browser tests", || browser_tests(&browser, &[]))?;
    }
    println!("\nall checks passed in {:.1} s", started.elapsed().as_secs_f64());
    for browser in &steps.not_run {
        println!("not run: {browser}");
    }
    println!("{}", steps.count);
    Ok(())
}

fn install_tools() -> Result<()> {
    tools::component("fmt", "rustup component add rustfmt")?;
    tools::component("clippy", "rustup component add clippy")?;
    tools::wasm_target()
}

fn clippy(which: &[&str]) -> Command {
    let mut clippy = cargo();
    clippy.args(["clippy", "--quiet"]).args(which).args(["--", "-D", "warnings"]);
    clippy
}

/// The native tests, among them two scripts of sessions, which the kernel runs where it lets us.
fn native_tests() -> Result<Count> {
    if find("cargo-nextest").is_some() {
        let mut tests = cargo();
        tests.env("TCP_STATES_SCRIPTS", "two").args(["nextest", "run", "--workspace", "--no-fail-fast"]);
        return counted(&mut tests, Stream::Err, "nextest", Count::from_nextest);
    }
    let mut tests = cargo();
    tests.env("TCP_STATES_SCRIPTS", "two").args(["test", "--workspace", "--all-targets", "--no-fail-fast"]);
    counted(&mut tests, Stream::Out, "cargo test", Count::from_cargo_test)
}

/// Runs the documentation tests, which nextest does not run. There may be no such tests.
fn doc_tests() -> Result<Count> {
    let mut tests = cargo();
    tests.args(["test", "--workspace", "--quiet", "--doc", "--no-fail-fast"]);
    let (output, outcome) = read_along(&mut tests, Stream::Out)?;
    let count = Count::from_cargo_test(&output).unwrap_or_default();
    outcome.map(|()| count).map_err(|reason| failed(reason, count))
}

/// Runs tests and reads the counts from their output.
fn counted(
    tests: &mut Command,
    stream: Stream,
    runner: &'static str,
    read: fn(&str) -> Option<Count>,
) -> Result<Count> {
    let (output, outcome) = read_along(tests, stream)?;
    let count = read(&output).unwrap_or_default();
    outcome.map_err(|reason| failed(reason, count))?;
    checked(runner, count)
}

/// Refuses a run in which a test failed, and one that ran no test.
fn checked(runner: &'static str, count: Count) -> Result<Count> {
    match count {
        Count { failed: 1.., .. } => Err(failed(Error::Failed { command: runner.to_owned() }, count)),
        Count { passed: 0, .. } => Err(Error::NoTests(runner)),
        _ => Ok(count),
    }
}

fn failed(reason: Error, count: Count) -> Error {
    Error::Tests { reason: Box::new(reason), count }
}

/// Builds the program `tcp-states`: as WebAssembly for the test of digests, natively for that of random sessions.
fn programs() -> Result<()> {
    tools::target(tools::WASI)?;
    run(cargo().args(["build", "--quiet", "--package", "tcp-cli", "--target", tools::WASI]))?;
    native_program().map(|_| ())
}

/// Builds the program natively, and returns its file.
pub(crate) fn native_program() -> Result<PathBuf> {
    run(cargo().args(["build", "--quiet", "--package", "tcp-cli"]))?;
    Ok(target_dir().join("debug/tcp-states"))
}

/// Random sessions in the page: those of these seeds, as `1-100`, each with this number of actions.
pub(crate) fn random_sessions(seeds: &str, actions: &str) -> Result<Count> {
    native_program()?;
    build::build()?;
    browser::npm_packages(&browser::folder())?;
    // Playwright hands its environment on to the tests.
    browser_tests(&browser::program()?, &[("TCP_STATES_SEEDS", seeds), ("TCP_STATES_ACTIONS", actions)])
}

/// Runs Playwright's tests over the finished build, on a port of its own: all, or the random sessions that these
/// variables of the environment choose.
fn browser_tests(browser: &Path, random: &[(&str, &str)]) -> Result<Count> {
    let port = free_port()?.to_string();
    let named: &[&str] = if random.is_empty() { &[] } else { &["random"] };
    playwright(browser, named, &[&[("TCP_STATES_PORT", port.as_str())], random].concat())
}

/// Runs Playwright's tests in the files with these names, or all if there are no names, with more variables of the
/// environment.
fn playwright(browser: &Path, named: &[&str], variables: &[(&str, &str)]) -> Result<Count> {
    let report = target_dir().join("playwright.json");
    // The report of an earlier run must not count for this one.
    let _ = fs::remove_file(&report);
    let mut tests = browser::node(browser, &build::folder());
    tests
        .args(["node_modules/@playwright/test/cli.js", "test"])
        .args(named)
        .envs(variables.iter().copied())
        .env("TCP_STATES_PROGRAM", target_dir().join("debug/tcp-states"))
        .env("TCP_STATES_WASM", target_dir().join(tools::WASI).join("debug/tcp-states.wasm"))
        .env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report);
    let outcome = run(&mut tests);
    let count = fs::read_to_string(&report).ok().and_then(|report| Count::from_playwright(&report));
    outcome.map_err(|reason| failed(reason, count.unwrap_or_default()))?;
    checked("Playwright", count.unwrap_or_default())
}

/// A free port, so that several checkouts can be tested at the same time.
fn free_port() -> Result<u16> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|reason| Error::PortRefused(0, reason))
}

/// The counts of the steps so far.
#[derive(Default)]
struct Steps {
    count: Count,
    /// The browsers that this machine does not have, and why.
    not_run: Vec<String>,
}

impl Steps {
    /// Runs a step that has no tests of its own.
    fn check(&mut self, heading: &str, step: impl FnOnce() -> Result<()>) -> Result<()> {
        self.tests(heading, || step().map(|()| Count::default()))
    }

    /// Runs a step whose tests count. An error carries the count up to that point.
    fn tests(&mut self, heading: &str, step: impl FnOnce() -> Result<Count>) -> Result<()> {
        println!("== {heading}");
        // The tools' own output comes after its heading, even into a pipe.
        let _ = io::stdout().flush();
        let started = Instant::now();
        let outcome = step();
        let seconds = started.elapsed().as_secs_f64();
        match outcome {
            Ok(count) => {
                println!("   {heading}: ok ({seconds:.1} s)");
                self.count += count;
                Ok(())
            }
            Err(error) => {
                println!("   {heading}: FAILED ({seconds:.1} s)");
                let reason = match error {
                    Error::Tests { reason, count } => {
                        self.count += count;
                        reason
                    }
                    other => Box::new(other),
                };
                Err(Error::Tests { reason, count: self.count })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(passed: u64, failed: u64) -> Count {
        Count { passed, failed, not_run: 0 }
    }

    #[test]
    fn a_failing_step_reports_the_tests_before_it() {
        let mut steps = Steps::default();
        steps.tests("first", || Ok(count(3, 0))).unwrap();
        let error = steps.tests("second", || Err(failed(Error::NoTests("x"), count(1, 2)))).unwrap_err();
        assert!(matches!(error, Error::Tests { count: Count { passed: 4, failed: 2, .. }, .. }));
    }

    #[test]
    fn no_test_executed_is_an_error() {
        assert!(checked("x", Count::default()).is_err());
        assert!(checked("x", count(1, 0)).is_ok());
        assert!(checked("x", count(1, 1)).is_err());
    }
}
