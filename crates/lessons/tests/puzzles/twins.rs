//! Seeds that hide faults of one class, for a test of the page: what it shows of both must not differ by an octet.
//! `UPDATE_EXPECT=1 cargo test -p tcp-lessons --test puzzles` writes them.

use expect_test::expect_file;
use std::collections::BTreeMap;
use tcp_lessons::puzzle::{Level, Puzzle, outcomes};

/// The first seed that is looked at: nothing on the page is written so.
const FIRST: u64 = 900_000_001;

#[test]
fn twins_are_hidden_by_these_seeds() {
    let mut text = String::new();
    for level in Level::ALL {
        let rows = outcomes(level).expect("to be alike is mutual");
        let mut seeds = BTreeMap::new();
        let mut seed = FIRST;
        while seeds.len() < rows.len() && seed < FIRST + 5000 {
            seeds.entry(Puzzle::hidden(level, seed)).or_insert(seed);
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
