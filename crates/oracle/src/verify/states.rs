//! Connections, and the states that they went through.

use super::ports::address_of;
use super::tolerance::BRIEF_MS;
use super::verdict::{Aspect, Verdict, allowance, seconds};
use crate::outcome::{Outcome, Trajectories};
use std::collections::BTreeSet;

type States = [(f64, String)];

/// The same connections and listeners exist on both sides.
pub(super) fn connections(trace: &Outcome, replay: &Outcome) -> Verdict {
    let mut verdict = Verdict::new(Aspect::Connections);
    for (host, name) in names([&trace.state_trajectory, &replay.state_trajectory]) {
        let (one, other) = (of(trace, host, name), of(replay, host, name));
        let missing = |here: &States, where_: &str| {
            // A connection that existed for a moment only may be missing on either side.
            let brief =
                (0..here.len()).all(|at| is_brief(here, at) || here.get(at).is_some_and(|s| s.1 == "CLOSED"));
            (!brief).then(|| format!("{host}: {name} is only in the {where_}"))
        };
        verdict.note(match (one, other) {
            (Some(one), None) => missing(one, "trace"),
            // The replay goes on for a while after the trace ended (`check`).
            (None, Some(other)) if other.first().is_some_and(|(t, _)| *t > trace.duration_ms) => None,
            (None, Some(other)) => missing(other, "replay"),
            _ => None,
        });
    }
    verdict
}

/// The same states follow in the same order at the same times.
pub(super) fn states(trace: &Outcome, replay: &Outcome) -> Verdict {
    let mut verdict = Verdict::new(Aspect::States);
    for (host, name) in names([&trace.state_trajectory, &replay.state_trajectory]) {
        let (Some(one), Some(other)) = (of(trace, host, name), of(replay, host, name)) else { continue };
        let one = &still_there(one, trace, host, name);
        let against = align(one, other, trace.duration_ms);
        verdict.compared += one.len().saturating_sub(1);
        verdict.note(against.map(|why| {
            format!(
                "{host}: {name}: {why}\n      trace  {}\n      replay {}",
                described(one),
                described(other)
            )
        }));
    }
    verdict
}

/// A trace records CLOSED when an orphan moves into the kernel's small table of TIME-WAIT sockets, if it cannot
/// distinguish the two: CLOSED does not count if later samples of the same trace still show the row.
fn still_there(states: &States, trace: &Outcome, host: &str, name: &str) -> Vec<(f64, String)> {
    let Some((client, server)) = name.split_once(" - ") else { return states.to_vec() };
    // A connection of a host with itself has two rows; this end's begins with its own address.
    let with_itself = address_of(client) == address_of(server);
    let names_it = |row: &String| {
        let mut ends = row.split_whitespace().skip(3);
        let ends = (ends.next(), ends.next());
        ends == (Some(client), Some(server)) || !with_itself && ends == (Some(server), Some(client))
    };
    let shown = |from: f64, to: f64| {
        let between = |t: f64| t > from + BRIEF_MS && t < to;
        let samples = trace.samples.iter().filter(|sample| sample.host == host && between(sample.t_ms));
        samples.flat_map(|sample| &sample.netstat_nato).any(names_it)
    };
    let next = |at: usize| states.get(at + 1).map_or(f64::INFINITY, |(t, _)| *t);
    let kept =
        states.iter().enumerate().filter(|(at, (t, state))| state != "CLOSED" || !shown(*t, next(*at)));
    kept.map(|(_, state)| state.clone()).collect()
}

fn of<'a>(outcome: &'a Outcome, host: &str, name: &str) -> Option<&'a States> {
    Some(outcome.state_trajectory.get(host)?.get(name)?.as_slice())
}

fn names(all: [&Trajectories; 2]) -> BTreeSet<(&str, &str)> {
    let by_host = all.into_iter().flat_map(|one| one.iter());
    by_host
        .flat_map(|(host, of_host)| of_host.keys().map(move |name| (host.as_str(), name.as_str())))
        .collect()
}

/// Whether the state was left again at once.
fn is_brief(states: &States, at: usize) -> bool {
    let (this, next) = (states.get(at), states.get(at + 1));
    this.zip(next).is_some_and(|((from, _), (to, _))| to - from < BRIEF_MS)
}

/// Pairs the states of both sides in order; only brief states may be left out, and those of the replay that may come
/// after the end of the trace. Returns the first obstacle, if there is one.
fn align(trace: &States, replay: &States, end: f64) -> Option<String> {
    // `reached[i][j]`: the first i states of one side and the first j of the other can be paired.
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
                set(&mut reached, i + left_out(trace, i), j);
            }
            if is_brief(replay, j) {
                set(&mut reached, i, j + left_out(replay, j));
            }
            let late = replay.get(j).filter(|_| i == trace.len()).map(|(t, _)| *t);
            if late.is_some_and(|t| t + allowance(trace, t) > end) {
                set(&mut reached, i, replay.len());
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

/// How many states to leave out: a brief state, and also the one after it if that equals the one before, because then
/// no change was seen. Before the first state it is closed.
fn left_out(states: &States, at: usize) -> usize {
    let before = at.checked_sub(1).and_then(|at| states.get(at)).map_or("CLOSED", |(_, state)| state);
    if states.get(at + 1).is_some_and(|(_, after)| after == before) { 2 } else { 1 }
}

fn pairs(trace: &States, i: usize, replay: &States, j: usize) -> bool {
    let both = trace.get(i).zip(replay.get(j));
    both.is_some_and(|((one, state), (other, same))| {
        state == same && (one - other).abs() <= allowance(trace, *one)
    })
}

fn described(states: &States) -> String {
    let one = |(t, state): &(f64, String)| format!("{state} {:.3}", t / 1000.0);
    states.iter().map(one).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listener_for_a_moment_may_be_missing_before_one_that_lasts() {
        let states = |all: &[(f64, &str)]| all.iter().map(|(t, s)| (*t, (*s).to_owned())).collect::<Vec<_>>();
        let trace = states(&[(2515.0, "LISTEN")]);
        let replay = |until| states(&[(1010.0, "LISTEN"), (until, "CLOSED"), (2515.0, "LISTEN")]);
        assert_eq!(align(&trace, &replay(1010.0), 5000.0), None);
        assert!(align(&trace, &replay(1500.0), 5000.0).is_some(), "that one was there to be seen");
    }
}
