//! Runs a recording on the kernel of this machine, and writes what happened as a trace: `cargo xtask record NAME`.
//!
//! The trace has the fields and spellings of those in `tests/traces`. Two network namespaces are the two hosts; the
//! machine's own network is not touched, and everything that was made is removed, also after an error or Ctrl-C. What a
//! killed recorder leaves behind, the next one removes.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line program speaks to a person")]
#![cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "elsewhere there is but one trouble"))]

mod random;
mod trouble;

#[cfg(target_os = "linux")]
mod app;
#[cfg(target_os = "linux")]
mod capture;
#[cfg(target_os = "linux")]
mod claim;
#[cfg(target_os = "linux")]
mod clock;
#[cfg(target_os = "linux")]
mod constants;
#[cfg(target_os = "linux")]
mod events;
#[cfg(target_os = "linux")]
mod frame;
#[cfg(target_os = "linux")]
mod host;
#[cfg(target_os = "linux")]
mod layout;
#[cfg(target_os = "linux")]
mod names;
#[cfg(target_os = "linux")]
mod needs;
#[cfg(target_os = "linux")]
mod netns;
#[cfg(target_os = "linux")]
mod packets;
#[cfg(target_os = "linux")]
mod plan;
#[cfg(target_os = "linux")]
mod programs;
#[cfg(target_os = "linux")]
mod relay;
#[cfg(target_os = "linux")]
mod rows;
#[cfg(target_os = "linux")]
mod samples;
#[cfg(target_os = "linux")]
mod session;
#[cfg(target_os = "linux")]
mod tool;
#[cfg(target_os = "linux")]
mod trace;
#[cfg(target_os = "linux")]
mod trajectory;
#[cfg(target_os = "linux")]
mod words;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use trouble::Trouble;

/// Folder of this project's own traces, relative to the project.
const TRACES: &str = "tests/traces/own";

/// The argument that starts this program as the `app` of a recording.
const APP: &str = "record-app";

const USAGE: &str = "\
usage: cargo xtask record NAME|FILE [--into FOLDER]

  runs tests/variations/NAME.json, or a file, on this machine's own kernel";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        // Started by a recording that runs this program as its `app`.
        [APP] => app(),
        ["random", options @ ..] => random::run(options),
        [name] if !name.starts_with('-') => run(name, &root().join(TRACES)),
        [name, "--into", folder] => run(name, Path::new(folder)),
        _ => Err(Trouble::Usage(USAGE)),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("error: cannot record: {trouble}");
            ExitCode::FAILURE
        }
    }
}

/// The folder of the project.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}

/// Records one recording: a name in `tests/variations`, or a file.
#[cfg(target_os = "linux")]
fn run(name: &str, folder: &Path) -> Result<(), Trouble> {
    use std::fs;

    let own = root().join("tests/variations").join(format!("{name}.json"));
    let elsewhere = Path::new(name);
    let file = if own.is_file() || !elsewhere.is_file() { own } else { elsewhere.to_owned() };
    let text = fs::read_to_string(&file).map_err(Trouble::file(&file))?;
    let plan = plan::Plan::parse(&text)?;
    needs::check(&plan)?;
    let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let seconds = plan.steps.last().map_or(0.0, |step| step.at / 1000.0);
    println!("recording {stem}: {} steps, {seconds:.0} s", plan.steps.len());
    let trace = session::record(&stem, &plan)?;
    fs::create_dir_all(folder).map_err(Trouble::file(folder))?;
    let file = folder.join(format!("{stem}.json"));
    fs::write(&file, trace).map_err(Trouble::file(&file))?;
    println!("written: {}", file.display());
    Ok(())
}

/// Recording needs Linux.
#[cfg(not(target_os = "linux"))]
fn run(_name: &str, _folder: &Path) -> Result<(), Trouble> {
    Err(Trouble::NotLinux)
}

/// Runs as the `app` of a recording.
#[cfg(target_os = "linux")]
fn app() -> Result<(), Trouble> {
    app::run();
    Ok(())
}

/// Recording needs Linux, so no recording can have started this.
#[cfg(not(target_os = "linux"))]
fn app() -> Result<(), Trouble> {
    Err(Trouble::NotLinux)
}
