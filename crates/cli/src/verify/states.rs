//! Connections, and the states that they went through.

use super::compare::{Aspect, Verdict, allowance, seconds};
use super::tolerance::BRIEF_MS;
use crate::outcome::{Outcome, Trajectories};
use std::collections::BTreeSet;

type States = [(f64, String)];

/// The same connections and listeners on both sides.
pub(super) fn connections(trace: &Outcome, replay: &Outcome) -> Verdict {
    let mut verdict = Verdict::new(Aspect::Connections);
    for (host, name) in names([&trace.state_trajectory, &replay.state_trajectory]) {
        let (one, other) = (of(trace, host, name), of(replay, host, name));
        let missing = |here: &States, where_: &str| {
            // What was there for a moment only may have escaped either side.
            let brief = (0..here.len()).all(|at| is_brief(here, at) || here.get(at).is_some_and(|s| s.1 == "CLOSED"));
            (!brief).then(|| format!("{host}: {name} is only in the {where_}"))
        };
        verdict.note(match (one, other) {
            (Some(one), None) => missing(one, "trace"),
            (None, Some(other)) => missing(other, "replay"),
            _ => None,
        });
    }
    verdict
}

/// The same states in the same order at the same times.
pub(super) fn states(trace: &Outcome, replay: &Outcome) -> Verdict {
    let mut verdict = Verdict::new(Aspect::States);
    for (host, name) in names([&trace.state_trajectory, &replay.state_trajectory]) {
        let (Some(one), Some(other)) = (of(trace, host, name), of(replay, host, name)) else { continue };
        let against = align(one, other);
        verdict.compared += one.len().saturating_sub(1);
        verdict.note(against.map(|why| format!("{host}: {name}: {why}\n      trace  {}\n      replay {}", told(one), told(other))));
    }
    verdict
}

fn of<'a>(outcome: &'a Outcome, host: &str, name: &str) -> Option<&'a States> {
    Some(outcome.state_trajectory.get(host)?.get(name)?.as_slice())
}

fn names<'a>(all: [&'a Trajectories; 2]) -> BTreeSet<(&'a str, &'a str)> {
    let by_host = all.into_iter().flat_map(|one| one.iter());
    by_host.flat_map(|(host, of_host)| of_host.keys().map(move |name| (host.as_str(), name.as_str()))).collect()
}

/// It was left again at once.
fn is_brief(states: &States, at: usize) -> bool {
    let (this, next) = (states.get(at), states.get(at + 1));
    this.zip(next).is_some_and(|((from, _), (to, _))| to - from < BRIEF_MS)
}

/// Pairs the states of both sides in their order; only brief ones may be left out. Says what stands in the way.
fn align(trace: &States, replay: &States) -> Option<String> {
    // `reached[i][j]`: the first i of one and j of the other can be paired.
    let mut reached = vec![vec![false; replay.len() + 1]; trace.len() + 1];
    let mut furthest = (0, 0);
    let set = |reached: &mut Vec<Vec<bool>>, i: usize, j: usize| {
        if let Some(cell) = reached.get_mut(i).and_then(|row| row.get_mut(j)) {
            *cell = true;
        }
    };
    set(&mut reached, 0, 0);
    for i in 0..=trace.len() {
        for j in 0..=replay.len() {
            if !reached.get(i).and_then(|row| row.get(j)).copied().unwrap_or(false) {
                continue;
            }
            if i + j > furthest.0 + furthest.1 {
                furthest = (i, j);
            }
            if pairs(trace, i, replay, j) {
                set(&mut reached, i + 1, j + 1);
            }
            if is_brief(trace, i) {
                set(&mut reached, i + 1, j);
            }
            if is_brief(replay, j) {
                set(&mut reached, i, j + 1);
            }
        }
    }
    if reached.get(trace.len()).and_then(|row| row.get(replay.len())).copied().unwrap_or(false) {
        return None;
    }
    let at = |states: &States, at: usize| {
        states.get(at).map_or("nothing more".to_owned(), |(t, state)| format!("{state} at {}", seconds(*t)))
    };
    let allowed = trace.get(furthest.0).map_or(0.0, |(t, _)| allowance(trace, *t));
    Some(format!(
        "trace has {}, replay {} (allowed {})",
        at(trace, furthest.0),
        at(replay, furthest.1),
        seconds(allowed)
    ))
}

fn pairs(trace: &States, i: usize, replay: &States, j: usize) -> bool {
    let both = trace.get(i).zip(replay.get(j));
    both.is_some_and(|((one, state), (other, same))| {
        state == same && (one - other).abs() <= allowance(trace, *one)
    })
}

fn told(states: &States) -> String {
    let one = |(t, state): &(f64, String)| format!("{state} {:.3}", t / 1000.0);
    states.iter().map(one).collect::<Vec<_>>().join(", ")
}
