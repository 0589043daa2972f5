//! Grading a puzzle after each of 60 lines, in every level.

use crate::error::Error;
use crate::figure::{Bar, Figure};
use std::time::Instant;
use tcp_core::millis;
use tcp_course::Action;
use tcp_lessons::puzzle::{Hides, Level, Puzzle};
use tcp_shell::TerminalId;

/// Lines of a session.
const LINES: usize = 60;

/// Runs of each session.
const RUNS: usize = 3;

/// A line that separates no fault from another, and one that does.
const TYPED: [&str; 2] = ["date", "netstat -s"];

/// Prints the slowest of all lines, in milliseconds.
pub(crate) fn print() {
    println!("grading {}", slowest());
}

/// Reads the figure from what [`print`] printed.
pub(crate) fn figure(how: &str, printed: &str) -> Result<Figure, Error> {
    let unreadable = || Error::Unreadable("the grading", printed.to_owned());
    let number = printed.trim().strip_prefix("grading ").ok_or_else(unreadable)?;
    let slowest: f64 = number.parse().map_err(|_| unreadable())?;
    let what = format!("(e) grading {how}: the slowest of {LINES} lines in each level");
    Ok(Figure::plain(what, slowest, "ms").with(Bar::at_most(50.0, 100.0)))
}

fn slowest() -> f64 {
    let sessions = Level::ALL.into_iter().flat_map(|level| {
        let last = level.faults().len() - 1;
        TYPED.into_iter().flat_map(move |line| [0, last / 2, last].map(|truth| fastest(level, truth, line)))
    });
    sessions.flatten().fold(0.0, f64::max)
}

/// The time of each line of a session, the shortest of several runs: other work of the machine only makes one longer.
fn fastest(level: Level, truth: usize, line: &str) -> Vec<f64> {
    let runs = (0..RUNS).map(|_| session(level, truth, line));
    runs.fold(vec![f64::MAX; LINES], |least, run| {
        least.into_iter().zip(run).map(|(one, two)| one.min(two)).collect()
    })
}

/// The time of each line of a session, the way of which is left and taken again in the middle.
fn session(level: Level, truth: usize, line: &str) -> Vec<f64> {
    let mut puzzle = Puzzle::hiding(level, 1, truth);
    let mut times = Vec::new();
    for number in 0..LINES {
        let before = puzzle.now();
        puzzle.pass(before + millis(1000));
        let started = Instant::now();
        puzzle.act(Action::enter(TerminalId::ClientLower, line));
        std::hint::black_box(puzzle.fits());
        times.push(started.elapsed().as_secs_f64() * 1000.0);
        if number == LINES / 2 {
            puzzle.undo();
        }
    }
    times
}
