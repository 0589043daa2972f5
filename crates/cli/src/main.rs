//! The `tcp-states` program: a recording, replayed without a browser.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program of the command line prints")]

mod args;
mod replay;

use std::process::ExitCode;

/// Bad input: one line that names file, field and reason.
const BAD_INPUT: u8 = 2;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let answer = args::parse(&words).and_then(|asked| match asked {
        args::Asked::Help => Ok(args::USAGE.to_owned()),
        args::Asked::Replay(options) => replay::replay(&options),
    });
    match answer {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("tcp-states: {why}");
            ExitCode::from(BAD_INPUT)
        }
    }
}
