//! `cargo xtask bench`: how fast the engine is, as a table of figures with goals, floors and verdicts.
//!
//! Everything is built with the page's own profile. The bulk transfer is measured beside smoltcp in the same run and on
//! the same machine, natively and, if a WebAssembly build of this program is given, under Node. A measurement that
//! needs a process of its own (for its peak of memory, or for other machine code) is this same program, run with the
//! name of the measurement.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line program speaks to a person")]
#![allow(clippy::disallowed_types, reason = "a benchmark reads the real clock")]

mod bulk;
mod child;
mod error;
mod figure;
mod grading;
mod picture;
mod seek;
mod storm;

use error::Error;
use figure::Table;
use std::env;
use std::process;

const USAGE: &str = "\
usage: tcp-bench [--wasm FILE]     all figures; FILE is this program as wasm32-wasip1
       tcp-bench bulk [engine|smoltcp]
                                   the bulk transfers alone, as numbers
       tcp-bench storm SECONDS     the storm alone, as numbers
       tcp-bench grading           the grading of puzzles alone, as a number
       tcp-bench seek | picture    one of the others";

fn main() {
    let args: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let code = match dispatch(&words) {
        Ok(true) => 0,
        Ok(false) => 1,
        Err(error) => {
            eprintln!("error: {error}");
            2
        }
    };
    // Not by returning: Node 20 crashes when a long run returns to it from WebAssembly.
    process::exit(code)
}

/// Runs the measurement that was asked for. Returns whether every floor held.
fn dispatch(words: &[&str]) -> Result<bool, Error> {
    match words {
        [] => all(None),
        ["--wasm", file] => all(Some(file)),
        ["bulk"] => bulk::print(None).map(|()| true),
        ["bulk", side] => bulk::print(Some(side)).map(|()| true),
        ["storm", seconds] => storm::print(seconds.parse().map_err(|_| Error::Usage(USAGE))?).map(|()| true),
        ["grading"] => {
            grading::print();
            Ok(true)
        }
        ["seek"] => only(|table| table.add(seek::figure()?)),
        ["picture"] => only(|table| table.add(picture::figure()?)),
        _ => Err(Error::Usage(USAGE)),
    }
}

fn all(wasm: Option<&str>) -> Result<bool, Error> {
    only(|table| {
        table.add_all(bulk::figures("natively", &child::native(&["bulk"])?)?)?;
        if let Some(file) = wasm {
            table.add_all(bulk::figures("in WebAssembly", &child::wasm(file, &["bulk"])?)?)?;
        }
        table.add_all(storm::figures()?)?;
        table.add(seek::figure()?)?;
        table.add(picture::figure()?)?;
        table.add(grading::figure("natively", &child::native(&["grading"])?)?)?;
        if let Some(file) = wasm {
            table.add(grading::figure("in WebAssembly", &child::wasm(file, &["grading"])?)?)?;
        }
        Ok(())
    })
}

fn only(measure: impl FnOnce(&mut Table) -> Result<(), Error>) -> Result<bool, Error> {
    let mut table = Table::begin();
    measure(&mut table)?;
    Ok(table.end())
}
