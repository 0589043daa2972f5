//! Puzzles, and their adversaries: a slow reference, a blind guesser, a peeper.

#[path = "puzzles/coverage.rs"]
mod coverage;
#[path = "puzzles/grading.rs"]
mod grading;
#[path = "puzzles/peeper.rs"]
mod peeper;
#[path = "puzzles/reference.rs"]
mod reference;
#[path = "puzzles/session.rs"]
mod session;
#[path = "puzzles/table.rs"]
mod table;
#[path = "puzzles/twins.rs"]
mod twins;
