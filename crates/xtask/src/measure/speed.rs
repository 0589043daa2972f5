//! How quickly the page works once it is there: what it does in a frame, until it answers a press or a key, and until it
//! shows another moment.

use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

use super::verdict;
use crate::browser;
use crate::error::{Error, Result};
use crate::process::{cargo, output_of, start_error};

/// A session of 20 000 refused connections, of which each leaves six facts and more; a test counts them.
const LONG: &str = "tests/recordings/port-scan.json";
/// Its end, in milliseconds.
const ENDS_MS: &str = "45000";

/// What is measured, as `speed.mjs` prints it, in its order: how it begins, the share of the times that count, and how
/// many milliseconds these may take.
const LIMITS: [(&str, f64, f64); 3] =
    [("a frame with 40 segments", 0.99, 6.0), ("an interaction", 0.98, 60.0), ("another moment", 0.99, 30.0)];

/// What was measured, and all its times in milliseconds, the shortest first.
struct Measured {
    what: String,
    ms: Vec<f64>,
}

/// Measures, and prints each result beside its limit. Returns whether the page keeps them.
pub(super) fn run(browser: &Path, site: &Path) -> Result<bool> {
    let results = measured(browser, site)?;
    println!("\n{:<44} {:>7} {:>9} {:>9} {:>9}", "milliseconds", "number", "median", "p98", "p99");
    for Measured { what, ms } in &results {
        let [median, p98, p99] = [0.5, 0.98, 0.99].map(|share| within(ms, share));
        println!("{what:<44} {:>7} {median:>9.1} {p98:>9.1} {p99:>9.1}", ms.len());
    }
    let keeps = |(Measured { what, ms }, (_, share, limit)): (&Measured, &(&str, f64, f64))| {
        verdict(&format!("{what}: {:.0} % within {limit} ms", share * 100.0), within(ms, *share) <= *limit)
    };
    // Each is printed.
    let kept: Vec<bool> = results.iter().zip(&LIMITS).map(keeps).collect();
    Ok(kept.iter().all(|kept| *kept))
}

/// The time within which this share of them lies. They are sorted.
fn within(ms: &[f64], share: f64) -> f64 {
    let at = ms.iter().enumerate().find(|(at, _)| (at + 1) as f64 >= share * ms.len() as f64);
    at.map_or(f64::NAN, |(_, ms)| *ms)
}

fn measured(browser: &Path, site: &Path) -> Result<Vec<Measured>> {
    let link = ["run", "--quiet", "--package", "tcp-cli", "--", "link", LONG, "--until", ENDS_MS];
    let unreadable = |reason| Error::Unreadable { tool: "speed.mjs", reason };
    let link =
        output_of(cargo().args(link)).ok_or_else(|| unreadable(format!("there is no link to {LONG}")))?;
    let mut node = browser::node(browser, site);
    node.arg("speed.mjs").arg(site).arg(link.trim()).stderr(Stdio::inherit());
    let output = node.output().map_err(|reason| start_error(&node, reason))?;
    let lines = String::from_utf8_lossy(&output.stdout);
    let results: Option<Vec<Measured>> = lines.lines().map(parse).collect();
    let all = |results: &Vec<Measured>| {
        results.len() == LIMITS.len()
            && results.iter().zip(&LIMITS).all(|(result, (what, ..))| result.what.starts_with(what))
    };
    results.filter(all).ok_or_else(|| unreadable(format!("`{lines}`")))
}

fn parse(line: &str) -> Option<Measured> {
    let result: Value = serde_json::from_str(line).ok()?;
    let mut ms: Vec<f64> = result["ms"].as_array()?.iter().map(Value::as_f64).collect::<Option<_>>()?;
    ms.sort_by(f64::total_cmp);
    Some(Measured { what: result["what"].as_str()?.to_owned(), ms })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_the_times_lies_within_the_longest_of_it() {
        let line = r#"{"what":"an interaction","ms":[3,1,2,40]}"#;
        let Some(Measured { what, ms }) = parse(line) else { panic!("it can be read") };
        assert_eq!(what, "an interaction");
        let shares = [0.5, 0.75, 0.98, 1.0].map(|share| within(&ms, share));
        assert!(shares.iter().zip([2.0, 3.0, 40.0, 40.0]).all(|(it, was)| (it - was).abs() < f64::EPSILON));
        assert!(within(&[], 0.5).is_nan());
        assert!(parse(r#"{"what":"an interaction"}"#).is_none());
    }
}
