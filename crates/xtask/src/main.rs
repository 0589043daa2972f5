//! The two commands of the README, `cargo xtask serve` and `cargo xtask test`, and their parts.
//!
//! Every command installs what it needs and a fresh checkout lacks; what cannot be installed is named, with the command
//! that would install it ([`error::Error::Missing`]).
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line program speaks to a person")]

mod bench;
mod browser;
mod build;
mod count;
mod dist;
mod error;
mod measure;
mod process;
mod serve;
mod shots;
mod soak;
mod test;

use std::env;
use std::path::Path;
use std::process::ExitCode;

use build::{bindgen, seal};
use error::{Error, Result};

const USAGE: &str = "\
usage: cargo xtask COMMAND

  serve [--port N]     build the page and serve it at http://127.0.0.1:8080
  test [--no-browser]  run every check and every test
  build                build the page into dist/
  dist [--url URL]     build, and write into site/ what is to be published: the
                       page, all of it in one file, and the element that shows
                       it in other pages; with its address, also for oEmbed
  measure              build, weigh the page, and see how soon it is painted
  bench                measure the engine's speed against its floors
  shots                build, and write screenshots into tests/browser/shots/
  soak [SEEDS [OPERATIONS]]
                       random sessions, each compared with its own replay and
                       with its link, also in the page, and scenarios; then
                       hostile input, 42 minutes of it
  soak --page SEEDS ACTIONS
                       random sessions in the page alone, as `1-100 1000`
  record NAME|FILE [--into FOLDER]
                       run tests/variations/NAME.json on this machine's own kernel
  random --seed S --count N|--only N[,N...]
         [--no-reduction|--replay-only|--without-kernel] [--certify]
                       record random scenarios on this machine's own kernel,
                       and compare the engine with them

What is missing (trunk, the wasm32 target, npm packages, a browser) is
installed by the command that needs it.";

fn main() -> ExitCode {
    let mut args = env::args();
    let program = args.next().unwrap_or_default();
    let args: Vec<String> = args.collect();
    let outcome = if is_bindgen(&program) { bindgen::run(&args) } else { dispatch(&args) };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            if let Error::Tests { count, .. } = error {
                // The summary is printed last, even if it is bad news.
                println!("{count}");
            }
            ExitCode::FAILURE
        }
    }
}

/// Whether this program was called by the name of the wasm-bindgen tool, under which [`build::tools::link_bindgen`]
/// linked it.
fn is_bindgen(program: &str) -> bool {
    Path::new(program).file_stem().is_some_and(|stem| stem == bindgen::NAME)
}

fn dispatch(args: &[String]) -> Result<()> {
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["serve"] => serve::run(serve::DEFAULT_PORT),
        ["serve", "--port", port] => serve::run(parse_port(port)?),
        ["serve", option] if option.starts_with("--port=") => {
            serve::run(parse_port(option.trim_start_matches("--port="))?)
        }
        ["test"] => test::run_all(test::Scope::Everything),
        ["test", "--no-browser"] => test::run_all(test::Scope::NoBrowser),
        ["build"] => build::build().map(|_| ()),
        ["dist"] => dist::run(None),
        ["dist", "--url", url] => dist::run(Some(&dist::Url::parse(url)?)),
        ["dist", option] if option.starts_with("--url=") => {
            dist::run(Some(&dist::Url::parse(option.trim_start_matches("--url="))?))
        }
        ["measure"] => measure::run(),
        ["bench"] => bench::run_all(),
        ["shots"] => shots::run(),
        ["soak", "--page", seeds, actions] => {
            println!("{}", test::random_sessions(seeds, actions)?);
            Ok(())
        }
        ["soak", numbers @ ..] => soak::run_all(numbers),
        ["record", name] => record(&[name]),
        ["random", options @ ..] => record(&[&["random"], options].concat()),
        ["record", name, "--into", folder] => record(&[name, "--into", folder]),
        // Called by trunk after each build, see Trunk.toml.
        ["seal"] => seal::run(),
        // Called by `serve` beside the server.
        ["announce", port] => serve::announce(parse_port(port)?),
        [] | ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        _ => Err(Error::Usage(USAGE)),
    }
}

/// Runs the recorder, which is a program of its own: its dependencies need not be built to serve the page.
fn record(args: &[&str]) -> Result<()> {
    process::run(process::cargo().args(["run", "--quiet", "--package", "tcp-recorder", "--"]).args(args))
}

fn parse_port(text: &str) -> Result<u16> {
    match text.parse() {
        Ok(port) if port > 0 => Ok(port),
        _ => Err(Error::Port(text.to_owned())),
    }
}
