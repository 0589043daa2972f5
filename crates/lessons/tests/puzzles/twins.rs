//! Seeds that hide faults of one class, for a test of the page: what it shows of both must not differ by an octet.
//! `UPDATE_EXPECT=1 cargo test -p tcp-lessons --test puzzles` writes them.

use expect_test::expect_file;
use std::collections::BTreeMap;
use tcp_lessons::puzzle::{Hides, Level, Puzzle, outcomes};

/// The first seed that is looked at: nothing on the page is written so.
const FIRST: u64 = 900_000_001;

/// The number of the fault that a seed hides, as the page says it when a puzzle is over.
fn hidden(level: Level, seed: u64) -> Option<usize> {
    let mut puzzle = Puzzle::new(level, seed);
    puzzle.give_up();
    let truth = &puzzle.over()?.truth;
    level.faults().iter().position(|fault| fault.parts == *truth)
}

#[test]
fn twins_are_hidden_by_these_seeds() {
    let mut text = String::new();
    for level in Level::ALL {
        let rows = outcomes(level).expect("to be alike is mutual");
        let mut seeds = BTreeMap::new();
        let mut seed = FIRST;
        while seeds.len() < rows.len() && seed < FIRST + 5000 {
            hidden(level, seed).into_iter().for_each(|fault| _ = seeds.entry(fault).or_insert(seed));
            seed += 1;
        }
        for (one, row) in rows.iter().enumerate() {
            let next = (one + 1..rows.len()).find(|two| rows[*two] == *row);
            if let Some((one, two)) = next.and_then(|two| seeds.get(&one).zip(seeds.get(&two))) {
                text += &format!("{} {one} {two}\n", level.key());
            }
        }
    }
    expect_file!["../../../../tests/browser/twins.txt"].assert_eq(&text);
}
