//! `--certify`: keeps the rates of a run, from which the README's certificate is written.
//!
//! A certificate is of one day and one kernel: what was kept of another is dropped.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde::{Deserialize, Serialize};
use tcp_oracle::Trace;

use super::judge::{Judged, Verdicts};
use super::rate;
use crate::trouble::Trouble;

/// The file of the rates, relative to the project.
const FILE: &str = "tests/traces/random/rates.json";

/// The rates of one run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Run {
    /// The seed of its scenarios.
    seed: u64,
    /// How many scenarios there were.
    scenarios: usize,
    /// How many show no fault.
    no_fault: usize,
    /// How many show no fault of TCP itself.
    none_of_tcp: usize,
    /// How many disagree because the kernel itself varies; they count as scenarios without a fault.
    races: usize,
    /// When it was certified, in UTC.
    date: String,
    /// The kernel that recorded them.
    kernel: String,
}

/// Keeps the rates of a run, in place of an earlier run with the same seed.
pub(super) fn keep(seed: u64, judged: &[Judged]) -> Result<(), Trouble> {
    let path = crate::root().join(FILE);
    let kept = fs::read_to_string(&path).unwrap_or_else(|_| "[]".to_owned());
    let kept: Vec<Run> =
        serde_json::from_str(&kept).map_err(|reason| Trouble::Recording(format!("{FILE}: {reason}")))?;
    let (no_fault, none_of_tcp) = rate::rates(judged);
    let races = judged.iter().filter(|one| matches!(one.verdict(), Verdicts::Race(_))).count();
    let run = Run {
        seed,
        scenarios: judged.len(),
        no_fault,
        none_of_tcp,
        races,
        date: today()?,
        kernel: kernel(judged)?,
    };
    let lines: Vec<String> = with(kept, run)
        .iter()
        .filter_map(|run| serde_json::to_string(run).ok())
        .map(|line| format!("  {line}"))
        .collect();
    fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).map_err(Trouble::file(&path))?;
    fs::write(&path, format!("[\n{}\n]\n", lines.join(",\n"))).map_err(Trouble::file(&path))?;
    println!("kept in {FILE}; UPDATE_EXPECT=1 cargo test -p tcp-tests --test certificate writes the README");
    Ok(())
}

/// The runs of the new one's day and kernel, by seed.
fn with(mut kept: Vec<Run>, run: Run) -> Vec<Run> {
    kept.retain(|old| old.seed != run.seed && (&old.date, &old.kernel) == (&run.date, &run.kernel));
    kept.push(run);
    kept.sort_by_key(|run| run.seed);
    kept
}

/// The kernel that the recordings name.
fn kernel(judged: &[Judged]) -> Result<String, Trouble> {
    let first = judged.iter().flat_map(|one| &one.takes).next();
    let trace = first.and_then(|(file, _)| Trace::read(file).ok());
    let kernel = trace.and_then(|trace| trace.outcome.recorded_on.get("kernel").cloned());
    kernel.ok_or_else(|| Trouble::Recording("no recording names its kernel".to_owned()))
}

/// The date by the machine's clock, in UTC, for example `2026-01-31`.
fn today() -> Result<String, Trouble> {
    let date =
        Command::new("date").args(["-u", "+%F"]).output().map_err(Trouble::system("cannot run date"))?;
    Ok(String::from_utf8_lossy(&date.stdout).trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(seed: u64, no_fault: usize, date: &str) -> Run {
        let (date, kernel) = (date.to_owned(), "Linux 6.18.44".to_owned());
        Run { seed, scenarios: 100, no_fault, none_of_tcp: 99, races: 2, date, kernel }
    }

    #[test]
    fn a_seed_is_kept_once_and_another_day_not_at_all() {
        let kept = vec![run(1, 90, "2026-01-30"), run(2, 91, "2026-01-31"), run(9, 92, "2026-01-31")];
        let new = run(2, 97, "2026-01-31");
        assert_eq!(with(kept, new.clone()), [new, run(9, 92, "2026-01-31")]);
    }
}
