//! `cargo xtask random`: random scenarios, recorded on the kernel of this machine and compared with the engine's replay.
//!
//! The scenarios depend on the seed alone. Their recordings are kept in `target/random/SEED`, where `--replay-only`
//! finds them again.

mod certify;
mod dice;
mod generate;
mod judge;
mod play;
mod pool;
mod rate;
mod reduce;
mod scenario;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use judge::Judged;
use pool::Pool;
use scenario::Scenario;

use crate::events;
use crate::trouble::Trouble;

/// How to call it.
pub(crate) const USAGE: &str = "\
usage: cargo xtask random --seed S --count N|--only N[,N...] [HOW] [--certify]

  records N random scenarios on this machine's own kernel, compares the engine
  with them, and reduces what disagrees to the smallest that still does
  --only  takes the scenarios with these numbers instead of the first N
  HOW: --no-reduction    does not reduce
       --replay-only     compares the recordings that were kept
       --without-kernel  plays the scenarios with the engine alone
  --certify  keeps the rates for the README's certificate; not with --only";

/// Folder of the recordings, relative to the project.
const KEPT: &str = "target/random";
/// Recordings of a scenario that disagreed: the first one and those that show whether the kernel itself varies. Which of
/// two timers of one tick fires first is a matter of chance; that four more recordings all go the other way is rare.
const TAKES: usize = 5;

/// What was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Options {
    seed: u64,
    /// The numbers of the scenarios, each at least 1.
    numbers: Vec<u32>,
    how: How,
    certifies: bool,
}

/// What is done with the scenarios.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    /// Recorded and compared; what disagrees is reduced.
    Reduced,
    /// Recorded and compared.
    Recorded,
    /// Compared with the recordings that were kept.
    Replayed,
    /// Played with the engine alone.
    Played,
}

impl Options {
    fn read(words: &[&str]) -> Option<Self> {
        let mut options = Self { seed: 0, numbers: Vec::new(), how: How::Reduced, certifies: false };
        let (mut seed, mut count, mut only) = (None, None, None);
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match *word {
                "--seed" => seed = Some(words.next()?.parse().ok()?),
                "--count" => count = Some(words.next()?.parse().ok()?),
                "--only" => only = Some(numbers(words.next()?)?),
                "--no-reduction" => options.how = How::Recorded,
                "--replay-only" => options.how = How::Replayed,
                "--without-kernel" => options.how = How::Played,
                "--certify" => options.certifies = true,
                _ => return None,
            }
        }
        options.seed = seed?;
        // The rate of chosen scenarios says nothing about the seed.
        let chosen = only.is_some();
        options.numbers = match (count, only) {
            (Some(count), None) => (1..=count).collect(),
            (None, Some(only)) => only,
            _ => return None,
        };
        let unfit = options.numbers.is_empty() || (chosen && options.certifies);
        (!unfit).then_some(options)
    }

    /// Folder of this seed's recordings.
    fn folder(&self) -> PathBuf {
        crate::root().join(KEPT).join(self.seed.to_string())
    }
}

/// Reads `N[,N…]`: the numbers in order, each once.
fn numbers(text: &str) -> Option<Vec<u32>> {
    let numbers: Option<BTreeSet<u32>> = text.split(',').map(|number| number.parse().ok()).collect();
    numbers.filter(|numbers| !numbers.contains(&0)).map(|numbers| numbers.into_iter().collect())
}

/// Runs the command with its arguments.
pub(crate) fn run(words: &[&str]) -> Result<(), Trouble> {
    let options = Options::read(words).ok_or(Trouble::Usage(USAGE))?;
    let scenarios: Vec<Scenario> =
        options.numbers.iter().map(|number| generate::scenario(options.seed, *number)).collect();
    if options.how == How::Played {
        println!("{} random scenarios played, {} segments", scenarios.len(), play::all(&scenarios)?);
        return Ok(());
    }
    let folder = options.folder();
    fs::create_dir_all(&folder).map_err(Trouble::file(&folder))?;
    let pool = match options.how {
        How::Replayed => None,
        _ if !events::are_reported() => return Err(Trouble::NoTracefs),
        _ => Some(Pool::open(&folder)?),
    };
    let mut judged = judge_all(&scenarios, &folder, pool.as_ref())?;
    let reduced = folder.join("reduced");
    match &pool {
        Some(pool) if options.how == How::Reduced => reduce_all(pool, &scenarios, &mut judged, &reduced)?,
        _ => {
            for one in &mut judged {
                let file = reduced.join(format!("{}.json", one.name));
                one.reduced = file.is_file().then_some(file);
            }
        }
    }
    print!("{}", rate::report(options.seed, &judged, &folder));
    if options.certifies { certify::keep(options.seed, &judged) } else { Ok(()) }
}

/// Records every scenario, and those that disagree again; without a pool, reads what was kept.
fn judge_all(scenarios: &[Scenario], folder: &Path, pool: Option<&Pool>) -> Result<Vec<Judged>, Trouble> {
    let file = |scenario: &Scenario, take: usize| {
        let stem = if take == 1 { scenario.name.clone() } else { format!("{}-{take}", scenario.name) };
        folder.join(format!("{stem}.json"))
    };
    let mut judged: Vec<Judged> = scenarios
        .iter()
        .map(|scenario| Judged { name: scenario.name.clone(), ..Judged::default() })
        .collect();
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

/// Reduces the faults, one of each kind: the shortest scenario that shows it.
fn reduce_all(
    pool: &Pool,
    scenarios: &[Scenario],
    judged: &mut [Judged],
    folder: &Path,
) -> Result<(), Trouble> {
    fs::create_dir_all(folder).map_err(Trouble::file(folder))?;
    for one in judged.iter() {
        // What an earlier run reduced is another run's result.
        let _ = fs::remove_file(folder.join(format!("{}.json", one.name)));
    }
    let mut order: Vec<usize> = (0..judged.len()).collect();
    order.sort_by_key(|at| scenarios[*at].duration_ms);
    let mut chosen: Vec<(usize, BTreeSet<String>)> = Vec::new();
    for at in order {
        let kinds = judged[at].kinds();
        if kinds.is_empty() {
            continue;
        }
        match chosen.iter().find(|(_, other)| !other.is_disjoint(&kinds)) {
            Some((other, _)) => judged[at].same_as = Some(judged[*other].name.clone()),
            None => chosen.push((at, kinds)),
        }
    }
    eprintln!("reducing {} scenarios", chosen.len());
    let reduced: Vec<Result<Option<PathBuf>, Trouble>> = thread::scope(|scope| {
        let one =
            |(at, kinds): &(usize, BTreeSet<String>)| reduce::reduce(pool, &scenarios[*at], kinds, folder);
        let threads: Vec<_> = chosen.iter().map(|job| scope.spawn(move || one(job))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or(Err(Trouble::Interrupted))).collect()
    });
    for ((at, _), file) in chosen.iter().zip(reduced) {
        judged[*at].reduced = file?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<Options> {
        Options::read(&line.split(' ').collect::<Vec<_>>())
    }

    #[test]
    fn the_options_come_in_any_order() {
        let want = Options { seed: 8, numbers: vec![1, 2, 3], how: How::Replayed, certifies: false };
        assert_eq!(read("--count 3 --replay-only --seed 8"), Some(want));
        for line in
            ["--seed 8", "--seed x --count 1", "--count 1", "--seed 1 --count 0", "--seed 1 --count 1 --fast"]
        {
            assert_eq!(read(line), None, "{line}");
        }
    }

    #[test]
    fn single_scenarios_can_be_chosen() {
        let chosen = |line: &str| read(line).map(|options| options.numbers);
        assert_eq!(chosen("--only 98,5 --seed 8"), Some(vec![5, 98]));
        assert_eq!(chosen("--seed 8 --only 7,7"), Some(vec![7]));
        for line in ["--only 0", "--only 1,", "--only x", "--only 1 --count 9", "--only 1 --certify"] {
            assert_eq!(chosen(&format!("--seed 8 {line}")), None, "{line}");
        }
    }
}
