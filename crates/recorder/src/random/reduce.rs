//! Reduces a scenario to the smallest that still shows its fault: parts are left out, and what is left is recorded again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use tcp_course::Millis;

use super::judge;
use super::pool::Pool;
use super::scenario::Scenario;
use crate::trouble::Trouble;

/// Rounds, in each of which every part is left out once.
const ROUNDS: usize = 6;
/// How long a scenario that was cut continues after its last step, in milliseconds.
const AFTERWARDS_MS: u64 = 300;
/// When the first step of a scenario happens that begins without a pause, in milliseconds.
const BEGINNING_MS: u64 = 100;

/// Something that can be left out.
#[derive(Clone, Debug, PartialEq)]
enum Part {
    /// A program and everything that is done to it.
    Program(String),
    /// A step that starts nothing, by its number.
    Step(usize),
    /// Everything after the step with this number.
    After(usize),
    /// A constant, by its number.
    Constant(usize),
    /// The relay's delay; the relay stays if it loses something.
    Delay,
    /// The time after the last step.
    Tail,
    /// The time before the first step.
    Pause,
}

/// The recording of the smallest scenario found that shows one of the `wanted` kinds of disagreement; `None` if it does
/// not show it again.
pub(super) fn reduce(
    pool: &Pool,
    scenario: &Scenario,
    wanted: &BTreeSet<String>,
    folder: &Path,
) -> Result<Option<PathBuf>, Trouble> {
    let reducer = Reducer { pool, name: &scenario.name, wanted, folder };
    let mut least = scenario.clone();
    for round in 0..ROUNDS {
        let units = units(&least, round);
        let alone: Vec<Scenario> = units.iter().map(|unit| without(&least, unit)).collect();
        let shown = reducer.show(&alone, round)?;
        let spare = units.into_iter().zip(shown).filter(|(_, shown)| *shown).map(|(unit, _)| unit);
        let spare: Vec<Vec<Part>> = spare.collect();
        if spare.is_empty() && round > 0 {
            break;
        }
        // Each can go alone; whether they can go together is seen by trying.
        let together: Vec<Scenario> = groups(&spare).iter().map(|group| without(&least, group)).collect();
        let shown = reducer.show(&together, round)?;
        let best = together.into_iter().zip(shown).filter(|(_, shown)| *shown).map(|(smaller, _)| smaller);
        match best.min_by_key(size) {
            Some(best) => least = best,
            None if round > 0 => break,
            None => {}
        }
    }
    let file = folder.join(format!("{}.json", scenario.name));
    pool.record(&least, &file)?;
    Ok(reducer.shows(&file).then_some(file))
}

struct Reducer<'a> {
    pool: &'a Pool,
    name: &'a str,
    /// The kinds of disagreement, of which one must be left.
    wanted: &'a BTreeSet<String>,
    folder: &'a Path,
}

impl Reducer<'_> {
    /// Records the scenarios, and returns which show the fault.
    fn show(&self, scenarios: &[Scenario], round: usize) -> Result<Vec<bool>, Trouble> {
        thread::scope(|scope| {
            let one = |(number, scenario): (usize, &Scenario)| {
                let file = self.folder.join(format!("{}-try-{round}-{number}.json", self.name));
                self.pool.record(scenario, &file)?;
                let shown = self.shows(&file);
                fs::remove_file(&file).map_err(Trouble::file(&file))?;
                Ok(shown)
            };
            let threads: Vec<_> =
                scenarios.iter().enumerate().map(|job| scope.spawn(move || one(job))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap_or(Err(Trouble::Interrupted))).collect()
        })
    }

    fn shows(&self, file: &Path) -> bool {
        judge::look(file).kinds().iter().any(|kind| self.wanted.contains(kind))
    }
}

/// Everything that can be left out of a scenario, the larger parts first.
fn parts(scenario: &Scenario) -> Vec<Part> {
    let steps = || scenario.steps.iter().enumerate();
    let started = steps().filter(|(_, step)| step.action == "start").filter_map(|(_, step)| step.id.clone());
    let mut parts: Vec<Part> = started.map(Part::Program).collect();
    let count = scenario.steps.len();
    parts.extend(
        [count / 4, count / 2, count * 3 / 4].into_iter().filter(|at| at + 1 < count).map(Part::After),
    );
    parts.extend(steps().filter(|(_, step)| step.action != "start").map(|(number, _)| Part::Step(number)));
    parts.extend((0..scenario.sysctls.len()).map(Part::Constant));
    if scenario.delay.is_some() {
        parts.push(Part::Delay);
    }
    if scenario.duration_ms > end(scenario) + AFTERWARDS_MS {
        parts.push(Part::Tail);
    }
    if begin(scenario) > 2 * BEGINNING_MS {
        parts.push(Part::Pause);
    }
    parts
}

/// What is left out in a round: large pieces first, then each part alone.
fn units(scenario: &Scenario, round: usize) -> Vec<Vec<Part>> {
    if round == 0 { coarse(scenario) } else { parts(scenario).into_iter().map(|part| vec![part]).collect() }
}

/// Large pieces of a scenario, for the first round: programs, the end, all looks, all that is typed into a program.
fn coarse(scenario: &Scenario) -> Vec<Vec<Part>> {
    let single =
        parts(scenario).into_iter().filter(|part| !matches!(part, Part::Step(_) | Part::Constant(_)));
    let mut units: Vec<Vec<Part>> = single.map(|part| vec![part]).collect();
    let mut kinds: BTreeMap<String, Vec<Part>> = BTreeMap::new();
    for (number, step) in scenario.steps.iter().enumerate() {
        let kind = match (step.action.as_str(), step.cmd.as_deref(), &step.id) {
            ("start", ..) => continue,
            ("run", Some(cmd), _) if !is_rule(cmd) => "looks".to_owned(),
            ("type", _, Some(id)) => format!("typed into {id}"),
            _ => continue,
        };
        kinds.entry(kind).or_default().push(Part::Step(number));
    }
    units.extend(kinds.into_values());
    units.push((0..scenario.sysctls.len()).map(Part::Constant).collect());
    units.retain(|unit| !unit.is_empty());
    units
}

/// Whether a command changes the firewall.
fn is_rule(cmd: &str) -> bool {
    let changes = |word: &str| ["-A", "-I", "-D", "-F", "-P"].contains(&word);
    cmd.split_whitespace().nth(1).is_some_and(changes)
}

/// All units together, and ever smaller groups of them that follow each other.
fn groups(units: &[Vec<Part>]) -> Vec<Vec<Part>> {
    let mut groups = Vec::new();
    for pieces in [1, 2, 4] {
        let length = units.len().div_ceil(pieces).max(1);
        groups.extend(units.chunks(length).map(<[_]>::concat));
    }
    // The largest alone, which comes first.
    groups.extend(units.first().cloned());
    groups.dedup();
    groups
}

/// The scenario without these parts.
fn without(scenario: &Scenario, parts: &[Part]) -> Scenario {
    let has = |part: Part| parts.contains(&part);
    let last =
        parts.iter().filter_map(|part| if let Part::After(at) = part { Some(*at) } else { None }).min();
    let gone = |number: usize, id: &Option<String>| {
        has(Part::Step(number))
            || last.is_some_and(|last| number > last)
            || id.as_ref().is_some_and(|id| has(Part::Program(id.clone())))
    };
    let steps = scenario.steps.iter().enumerate().filter(|(number, step)| !gone(*number, &step.id));
    let sysctls = scenario.sysctls.iter().enumerate().filter(|(number, _)| !has(Part::Constant(*number)));
    let mut smaller = Scenario {
        steps: steps.map(|(_, step)| step.clone()).collect(),
        sysctls: sysctls.map(|(_, set)| set.clone()).collect(),
        ..scenario.clone()
    };
    if has(Part::Delay) {
        let network = smaller.steps.iter().any(|step| step.host.as_deref() == Some("network"));
        smaller.delay = network.then_some(0);
    }
    if has(Part::Pause) {
        let pause = begin(&smaller).saturating_sub(BEGINNING_MS);
        for step in &mut smaller.steps {
            let at = step.t_ms.duration().saturating_sub(std::time::Duration::from_millis(pause));
            step.t_ms = Millis::from(at);
        }
        smaller.duration_ms = smaller.duration_ms.saturating_sub(pause);
    }
    if has(Part::Tail) || last.is_some() {
        smaller.duration_ms = end(&smaller) + AFTERWARDS_MS;
    }
    smaller
}

fn begin(scenario: &Scenario) -> u64 {
    millis(scenario.steps.first())
}

fn end(scenario: &Scenario) -> u64 {
    millis(scenario.steps.last())
}

fn millis(step: Option<&tcp_course::Line>) -> u64 {
    step.and_then(|step| u64::try_from(step.t_ms.duration().as_millis()).ok()).unwrap_or_default()
}

/// The fewer steps and constants, the smaller; then the shorter.
fn size(scenario: &Scenario) -> (usize, u64) {
    let delay = usize::from(scenario.delay.is_some_and(|delay| delay > 0));
    (scenario.steps.len() + scenario.sysctls.len() + delay, scenario.duration_ms)
}

#[cfg(test)]
mod tests {
    use super::super::generate;
    use super::*;
    use tcp_oracle::Trace;

    #[test]
    fn whatever_is_left_out_leaves_a_recording() {
        for number in 1..40 {
            let whole = generate::scenario(4, number);
            for unit in units(&whole, 0).into_iter().chain(units(&whole, 1)) {
                let smaller = without(&whole, &unit);
                assert!(size(&smaller) < size(&whole) || unit == [Part::Delay], "{unit:?}");
                let read = Trace::from_text(Path::new("x.json"), &smaller.text());
                assert!(read.is_ok(), "{unit:?}: {:?}", read.err());
            }
        }
    }

    #[test]
    fn without_all_its_parts_nothing_is_left() {
        let whole = generate::scenario(4, 2);
        let nothing = without(&whole, &parts(&whole));
        assert_eq!((nothing.steps.len(), nothing.sysctls.len()), (0, 0));
        assert_eq!(nothing.delay, None);
        assert!(nothing.duration_ms <= AFTERWARDS_MS);
    }
}
