//! How soon the page is painted and usable: Lighthouse's mobile profile, several times.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::Value;

use super::verdict;
use crate::error::{Error, Result};
use crate::process::{command, root, start_error};

const RUNS: usize = 5;

/// Milliseconds by which the largest paint must have happened, in every run.
const LCP_MS: f64 = 1000.0;
/// Milliseconds for which the page may not answer, as the median.
const TBT_MS: f64 = 150.0;
/// Least score for performance, as the median.
const PERFORMANCE: f64 = 95.0;
/// Least score for accessibility, in every run.
const ACCESSIBILITY: f64 = 100.0;

/// The folder of the package that contains Lighthouse.
pub(super) fn folder() -> PathBuf {
    root().join("tests/lighthouse")
}

/// The result of one run.
struct Run {
    lcp: f64,
    cls: f64,
    tbt: f64,
    performance: f64,
    accessibility: f64,
}

/// Runs Lighthouse, prints each run and the medians. Returns whether the page keeps its limits.
pub(super) fn run(browser: &Path, dist: &Path) -> Result<bool> {
    let runs = measured(browser, dist)?;
    println!(
        "\n{:<12} {:>9} {:>9} {:>9} {:>12} {:>14}",
        "lighthouse", "LCP ms", "CLS", "TBT ms", "performance", "accessibility"
    );
    for (at, run) in runs.iter().enumerate() {
        print(&format!("run {}", at + 1), run);
    }
    let median = |part: fn(&Run) -> f64| median(runs.iter().map(part).collect());
    let middle = Run {
        lcp: median(|run| run.lcp),
        cls: median(|run| run.cls),
        tbt: median(|run| run.tbt),
        performance: median(|run| run.performance),
        accessibility: median(|run| run.accessibility),
    };
    print("median", &middle);
    let each = |keeps: fn(&Run) -> bool| runs.iter().all(keeps);
    let kept = [
        verdict("CLS is 0 in each run", each(|run| run.cls == 0.0)),
        verdict(&format!("LCP is at most {LCP_MS} ms in each run"), each(|run| run.lcp <= LCP_MS)),
        verdict(&format!("TBT is at most {TBT_MS} ms, as the median"), middle.tbt <= TBT_MS),
        verdict(
            &format!("performance is at least {PERFORMANCE}, as the median"),
            middle.performance >= PERFORMANCE,
        ),
        verdict(
            &format!("accessibility is {ACCESSIBILITY} in each run"),
            each(|run| run.accessibility >= ACCESSIBILITY),
        ),
    ];
    Ok(kept.iter().all(|kept| *kept))
}

fn print(name: &str, run: &Run) {
    let Run { lcp, cls, tbt, performance, accessibility } = run;
    println!("{name:<12} {lcp:>9.0} {cls:>9.4} {tbt:>9.0} {performance:>12} {accessibility:>14}");
}

/// The median of an odd number of values.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The runs, read from the lines that run.mjs prints.
fn measured(browser: &Path, dist: &Path) -> Result<Vec<Run>> {
    let mut node = command("node");
    node.current_dir(folder()).env("TCP_STATES_BROWSER", browser);
    node.arg("run.mjs").arg(dist).arg(RUNS.to_string()).stderr(Stdio::inherit());
    let output = node.output().map_err(|reason| start_error(&node, reason))?;
    let lines = String::from_utf8_lossy(&output.stdout);
    let runs: Option<Vec<Run>> = lines.lines().map(parse).collect();
    runs.filter(|runs| runs.len() == RUNS)
        .ok_or_else(|| Error::Unreadable { tool: "lighthouse", reason: format!("`{lines}`") })
}

fn parse(line: &str) -> Option<Run> {
    let run: Value = serde_json::from_str(line).ok()?;
    let number = |name: &str| run[name].as_f64();
    Some(Run {
        lcp: number("lcp")?,
        cls: number("cls")?,
        tbt: number("tbt")?,
        performance: number("performance")?,
        accessibility: number("accessibility")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_whole_or_not_at_all() {
        let line = r#"{"lcp":812.5,"cls":0,"tbt":90,"performance":97,"accessibility":100}"#;
        assert_eq!(parse(line).map(|run| [run.lcp, run.cls, run.accessibility]), Some([812.5, 0.0, 100.0]));
        assert!(parse(r#"{"lcp":812.5}"#).is_none());
    }

    #[test]
    fn the_median_is_the_one_in_the_middle() {
        assert!((median(vec![9.0, 1.0, 5.0, 3.0, 7.0]) - 5.0).abs() < f64::EPSILON);
    }
}
