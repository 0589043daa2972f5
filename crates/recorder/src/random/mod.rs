//! `cargo xtask random`: random scenarios, recorded on the kernel of this machine and compared with the engine's replay.
//!
//! The scenarios depend on the seed alone. Their recordings are kept in `target/random/SEED`, where `--replay-only`
//! finds them again.

mod dice;
mod generate;
mod judge;
mod pool;
mod rate;
mod scenario;

use std::fs;
use std::path::PathBuf;

use judge::Judged;
use pool::Pool;
use scenario::Scenario;

use crate::trouble::Trouble;

/// How to call it.
pub(crate) const USAGE: &str = "\
usage: cargo xtask random --seed S --count N [--replay-only]

  records N random scenarios on this machine's own kernel, and compares
  --replay-only  compares the recordings that were kept, without the kernel";

/// Folder of the recordings, relative to the project.
const KEPT: &str = "target/random";
/// Recordings of a scenario that disagreed: the first one and those that show whether the kernel itself varies.
const TAKES: usize = 3;

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Options {
    seed: u64,
    count: u32,
    replay_only: bool,
}

impl Options {
    fn read(words: &[&str]) -> Option<Self> {
        let mut options = Self { seed: 0, count: 0, replay_only: false };
        let mut seed = None;
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match *word {
                "--seed" => seed = Some(words.next()?.parse().ok()?),
                "--count" => options.count = words.next()?.parse().ok()?,
                "--replay-only" => options.replay_only = true,
                _ => return None,
            }
        }
        options.seed = seed?;
        (options.count > 0).then_some(options)
    }

    /// Folder of this seed's recordings.
    fn folder(self) -> PathBuf {
        crate::root().join(KEPT).join(self.seed.to_string())
    }
}

/// Runs the command with its arguments.
pub(crate) fn run(words: &[&str]) -> Result<(), Trouble> {
    let options = Options::read(words).ok_or(Trouble::Usage(USAGE))?;
    let folder = options.folder();
    fs::create_dir_all(&folder).map_err(Trouble::file(&folder))?;
    let scenarios: Vec<Scenario> =
        (1..=options.count).map(|number| generate::scenario(options.seed, number)).collect();
    let pool = if options.replay_only { None } else { Some(Pool::open(&folder)?) };
    let judged = judge_all(&scenarios, &folder, pool.as_ref())?;
    print!("{}", rate::report(options.seed, &judged, &folder));
    Ok(())
}

/// Records every scenario, and those that disagree again; without a pool, reads what was kept.
fn judge_all(
    scenarios: &[Scenario],
    folder: &std::path::Path,
    pool: Option<&Pool>,
) -> Result<Vec<Judged>, Trouble> {
    let file = |scenario: &Scenario, take: usize| {
        let stem = if take == 1 { scenario.name.clone() } else { format!("{}-{take}", scenario.name) };
        folder.join(format!("{stem}.json"))
    };
    let mut judged: Vec<Judged> =
        scenarios.iter().map(|scenario| Judged { name: scenario.name.clone(), takes: Vec::new() }).collect();
    for take in 1..=TAKES {
        let wanted: Vec<usize> = (0..scenarios.len()).filter(|at| !judged[*at].is_settled()).collect();
        let files: Vec<PathBuf> = wanted.iter().map(|at| file(&scenarios[*at], take)).collect();
        if let Some(pool) = pool {
            let jobs: Vec<(&Scenario, PathBuf)> =
                wanted.iter().map(|at| &scenarios[*at]).zip(files.iter().cloned()).collect();
            pool.record_all(&jobs, &format!("recording {take}"))?;
        }
        let seen = judge::look_at(&files);
        for (at, (file, seen)) in wanted.into_iter().zip(files.into_iter().zip(seen)) {
            match seen {
                Some(seen) => judged[at].takes.push((file, seen)),
                // Kept recordings may be fewer: a scenario that agrees has only one.
                None if take > 1 => {}
                None => return Err(Trouble::Recording(format!("{}: nothing was kept", file.display()))),
            }
        }
    }
    Ok(judged)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_options_come_in_any_order() {
        let read = |line: &str| Options::read(&line.split(' ').collect::<Vec<_>>());
        let want = Options { seed: 8, count: 100, replay_only: true };
        assert_eq!(read("--count 100 --replay-only --seed 8"), Some(want));
        for line in
            ["--seed 8", "--seed x --count 1", "--count 1", "--seed 1 --count 0", "--seed 1 --count 1 --fast"]
        {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
