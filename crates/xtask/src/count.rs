//! How many tests passed and failed, read from the runners' own summaries.

use std::fmt;
use std::ops::AddAssign;

use serde_json::Value;

/// What became of the tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    /// Tests that passed.
    pub(crate) passed: u64,
    /// Tests that failed, timed out, or did not start.
    pub(crate) failed: u64,
    /// Tests that need what this machine does not have, such as another browser.
    pub(crate) not_run: u64,
}

impl Count {
    /// Reads nextest's closing line:
    /// `     Summary [   0.005s] 5 tests run: 3 passed, 1 failed, 1 timed out, 2 skipped`.
    ///
    /// Returns `None` if there is no such line, as when the tests did not compile.
    pub(crate) fn from_nextest(output: &str) -> Option<Self> {
        output.lines().rev().find_map(|line| {
            let line = without_colour(line);
            let (_, outcomes) = line.trim_start().strip_prefix("Summary [")?.split_once("run:")?;
            Some(Self::from_outcomes(outcomes.split(',')))
        })
    }

    /// Adds up cargo test's closing lines, one for each test program:
    /// `test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; …`.
    pub(crate) fn from_cargo_test(output: &str) -> Option<Self> {
        let mut sum = None;
        for line in output.lines() {
            let line = without_colour(line);
            if let Some((_, outcomes)) =
                line.strip_prefix("test result: ").and_then(|rest| rest.split_once(". "))
            {
                *sum.get_or_insert_with(Self::default) += Self::from_outcomes(outcomes.split(';'));
            }
        }
        sum
    }

    /// Reads the `stats` of Playwright's JSON report.
    ///
    /// A flaky test, which failed and then passed, counts as failed; a skipped one as not run.
    pub(crate) fn from_playwright(report: &str) -> Option<Self> {
        let report: Value = serde_json::from_str(report).ok()?;
        let stats = |name: &str| report["stats"][name].as_u64();
        Some(Self {
            passed: stats("expected")?,
            failed: stats("unexpected")? + stats("flaky")?,
            not_run: stats("skipped")?,
        })
    }

    /// Reads outcomes such as `3 passed`, `1 timed out`, `2 skipped`: a number, then what happened to that number of
    /// tests.
    fn from_outcomes<'a>(outcomes: impl Iterator<Item = &'a str>) -> Self {
        let mut count = Self::default();
        for outcome in outcomes {
            let mut words = outcome.split_whitespace();
            let number = words.next().and_then(|number| number.parse::<u64>().ok());
            match (number, words.next()) {
                (Some(number), Some("passed")) => count.passed += number,
                // "2 failed", "1 timed out", "1 exec failed"
                (Some(number), Some("failed" | "timed" | "exec")) => count.failed += number,
                _ => {}
            }
        }
        count
    }
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.not_run += other.not_run;
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.not_run > 0 { write!(f, ", {} not run", self.not_run) } else { Ok(()) }
    }
}

/// The line without its terminal colours (`ESC [ … m`).
fn without_colour(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        rest = after.split_once('m').map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(passed: u64, failed: u64) -> Option<Count> {
        Some(Count { passed, failed, not_run: 0 })
    }

    #[test]
    fn nextest_all_well() {
        let output = "    Starting 3 tests\n     Summary [   0.005s] 3 tests run: 3 passed, 0 skipped\n";
        assert_eq!(Count::from_nextest(output), count(3, 0));
    }

    #[test]
    fn nextest_with_colours_and_every_kind_of_failure() {
        let output = "\u{1b}[32;1m     Summary\u{1b}[0m [   0.005s] \u{1b}[1m5\u{1b}[0m/9 tests run: \
             2 \u{1b}[32;1mpassed\u{1b}[0m (1 slow), 1 failed, 1 timed out, 1 exec failed, 2 skipped\n\
             error: test run failed";
        assert_eq!(Count::from_nextest(output), count(2, 3));
    }

    #[test]
    fn nothing_was_summed_up() {
        let output = "error[E0425]: cannot find value `x`";
        assert_eq!(Count::from_nextest(output), None);
        assert_eq!(Count::from_cargo_test(output), None);
        assert_eq!(Count::from_playwright(output), None);
    }

    #[test]
    fn cargo_test_sums_over_programs() {
        let output = "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured\n\
             \n\
             test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured\n";
        assert_eq!(Count::from_cargo_test(output), count(4, 2));
    }

    #[test]
    fn playwright_counts_a_flaky_test_as_failed_and_a_skipped_one_as_not_run() {
        let report = r#"{"stats": {"expected": 7, "unexpected": 1, "flaky": 1, "skipped": 2}}"#;
        assert_eq!(Count::from_playwright(report), Some(Count { passed: 7, failed: 2, not_run: 2 }));
    }

    #[test]
    fn the_closing_line() {
        let mut sum = Count::default();
        sum += Count { passed: 3, failed: 1, not_run: 0 };
        sum += Count { passed: 4, ..Count::default() };
        assert_eq!(sum.to_string(), "7 passed, 1 failed");
        sum += Count { not_run: 2, ..Count::default() };
        assert_eq!(sum.to_string(), "7 passed, 1 failed, 2 not run");
    }
}
