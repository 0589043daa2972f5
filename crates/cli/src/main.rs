//! The `tcp-states` program.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program of the command line prints")]

use std::process::ExitCode;
use tcp_cli::args::{self, Asked};
use tcp_cli::{export, lesson, link, puzzle, replay, scenes};
use tcp_oracle::verify;

/// Exit code if a trace does not agree with its replay, or a link.
const DISAGREED: u8 = 1;
/// Exit code for bad input, which is reported in one line that names file, field and reason.
const BAD_INPUT: u8 = 2;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let answer = args::parse(&words).and_then(|asked| match asked {
        Asked::Help => Ok((args::USAGE.to_owned(), true)),
        Asked::Replay(options) => replay::replay(&options).map(|text| (text, true)),
        Asked::Export(options) => export::export(&options).map(|()| (String::new(), true)),
        Asked::Link(options) => link::link(&options).map(|(text, differs)| {
            if let Some(differs) = &differs {
                eprintln!("tcp-states: {differs}");
            }
            (text, differs.is_none())
        }),
        Asked::Lesson(files) => lesson::check(&files),
        Asked::Levels => Ok((puzzle::levels(), true)),
        Asked::Puzzle(options) => Ok((puzzle::puzzle(&options), true)),
        Asked::Scenes => Ok((scenes::list(), true)),
        Asked::Verify(files) => verify::verify(&files).map(|report| (report.text, report.agrees)),
    });
    match answer {
        Ok((text, well)) => {
            print!("{text}");
            if well { ExitCode::SUCCESS } else { ExitCode::from(DISAGREED) }
        }
        Err(why) => {
            eprintln!("tcp-states: {why}");
            ExitCode::from(BAD_INPUT)
        }
    }
}
