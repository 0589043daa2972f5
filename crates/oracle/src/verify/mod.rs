//! `tcp-states verify`: replays traces of a real kernel, and compares trace and replay aspect by aspect.

mod compare;
mod firewall;
mod ports;
mod programs;
mod races;
mod retransmissions;
mod rows;
mod secret;
mod segments;
mod states;
#[cfg(test)]
mod tests;
pub mod tolerance;
mod verdict;

pub use compare::compare;
pub use verdict::{Aspect, Verdict};

use crate::{Problem, Trace};
use races::RACES;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;
use tcp_course::Circumstances;

/// Number of disagreements printed for each aspect.
const SHOWN: usize = 6;

/// The result for all files.
#[derive(Clone, Debug)]
pub struct Report {
    /// A line for each aspect of each file, and a summary.
    pub text: String,
    /// Whether all files agree.
    pub agrees: bool,
}

/// Replays and compares each file.
pub fn verify(files: &[PathBuf]) -> Result<Report, Problem> {
    let mut text = String::new();
    let mut agreeing = 0;
    for (file, result) in files.iter().zip(compare_all(files)) {
        let checked = result?;
        agreeing += usize::from(checked.agrees());
        // Writing to a String cannot fail.
        let _ = write!(text, "{}", checked.lines(file));
    }
    let _ = writeln!(text, "{agreeing} of {} traces agree", files.len());
    Ok(Report { text, agrees: agreeing == files.len() })
}

/// Checks the files in order, on as many threads as there are processors.
fn compare_all(files: &[PathBuf]) -> Vec<Result<Checked, Problem>> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some((at, file)) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            files.get(at).map(|file| (at, file))
        } {
            done.push((at, check(file)));
        }
        done
    };
    let threads = thread::available_parallelism().map_or(1, usize::from).min(files.len());
    let mut all: Vec<_> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
    });
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, result)| result).collect()
}

/// The result for one file.
#[derive(Clone, Debug)]
pub struct Checked {
    /// One verdict for each aspect.
    pub verdicts: Vec<Verdict>,
    /// The race that was accepted in its second form, if any.
    pub race: Option<&'static str>,
}

impl Checked {
    /// Whether all aspects agree.
    pub fn agrees(&self) -> bool {
        self.verdicts.iter().all(Verdict::agrees)
    }

    fn lines(&self, file: &Path) -> String {
        let name = file.file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
        let mut text = String::new();
        for Verdict { aspect, compared, against } in &self.verdicts {
            let how = if against.is_empty() { "agrees" } else { "DISAGREES" };
            let _ = write!(text, "{name}: {}: {how} ({compared} compared)", aspect.name());
            let _ = writeln!(text, "{}", self.race.map(|race| format!("; race: {race}")).unwrap_or_default());
            for line in against.iter().take(SHOWN) {
                let _ = writeln!(text, "    {line}");
            }
            if against.len() > SHOWN {
                let _ = writeln!(text, "    and {} more", against.len() - SHOWN);
            }
        }
        text
    }
}

/// Replays and compares one file. A race, or another secret, is considered only if the first form disagrees; then the
/// other form must agree as a whole.
pub fn check(file: &Path) -> Result<Checked, Problem> {
    let trace = Trace::read(file)?;
    if trace.outcome.state_trajectory.is_empty() && trace.outcome.packets.is_empty() {
        return Err(Problem::with(file, "state_trajectory: is missing: there is nothing to compare"));
    }
    // A timer of the trace that fired just before its end may fire a little later here.
    let later = tolerance::MOMENT.over(trace.outcome.duration_ms);
    let until = trace.until + Duration::from_secs_f64(later / 1000.0);
    let replay = trace.play(until)?;
    let plain = compare(&trace.outcome, &replay);
    let race = RACES.iter().find(|race| race.trace == trace.outcome.name);
    let checked = Checked { verdicts: plain, race: None };
    match race {
        Some(race) if !checked.agrees() => {
            let other =
                compare(&trace.outcome, &trace.play_under(until, (race.other_form)(trace.circumstances))?);
            let other = Checked { verdicts: other, race: Some(race.seen) };
            Ok(if other.agrees() { other } else { checked })
        }
        None if !checked.agrees() && replay.shares_a_port => {
            for secret in secret::SECRETS {
                let circumstances = Circumstances { listener_secret: Some(secret), ..trace.circumstances };
                let other = compare(&trace.outcome, &trace.play_under(until, circumstances)?);
                if other.iter().all(Verdict::agrees) {
                    return Ok(Checked { verdicts: other, race: None });
                }
            }
            Ok(checked)
        }
        _ => Ok(checked),
    }
}
