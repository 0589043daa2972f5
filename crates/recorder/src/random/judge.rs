//! What recordings of one scenario show: agreement, a fault of the engine, or a race in the kernel.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use tcp_oracle::Trace;
use tcp_oracle::verify::{self, Aspect, Verdict};

/// Comparison of one recording with its replay.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    /// The aspects that disagree, each with what disagrees.
    pub(super) against: Vec<(Aspect, Vec<String>)>,
    /// Why it could not be replayed at all; a panic is a reason.
    pub(super) refused: Option<String>,
}

impl Seen {
    /// Whether everything agrees.
    pub(super) fn agrees(&self) -> bool {
        self.against.is_empty() && self.refused.is_none()
    }

    /// The kinds of disagreement: what disagrees, without the numbers in it.
    pub(super) fn kinds(&self) -> BTreeSet<String> {
        let lines = self
            .against
            .iter()
            .flat_map(|(aspect, lines)| lines.iter().map(move |line| kind(aspect.name(), line)));
        lines.chain(self.refused.iter().map(|why| kind("refused", why))).collect()
    }

    fn has(&self, aspect: Aspect) -> bool {
        self.against.iter().any(|(own, _)| *own == aspect)
    }
}

/// Whether an aspect shows TCP itself, rather than what programs and tools print.
pub(super) const fn is_of_tcp(aspect: Aspect) -> bool {
    !matches!(aspect, Aspect::Programs | Aspect::Firewall)
}

/// A scenario with its recordings.
#[derive(Clone, Debug, Default)]
pub(super) struct Judged {
    /// Name of the scenario.
    pub(super) name: String,
    /// Its recordings, each with the comparison. A second exists only if the first disagreed.
    pub(super) takes: Vec<(PathBuf, Seen)>,
    /// For a fault, the smallest recording that was found to show it.
    pub(super) reduced: Option<PathBuf>,
    /// For a fault, the scenario that was reduced in its place because it shows the same.
    pub(super) same_as: Option<String>,
}

/// What became of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Verdicts {
    /// Everything agrees.
    Agrees,
    /// The kernel did once what the replay does, or varies in every aspect that disagreed.
    Race(Vec<Aspect>),
    /// The kernel does the same each time, and the replay does not, in these aspects.
    Fault(Vec<Aspect>),
}

impl Judged {
    /// Whether another recording could not change the verdict.
    pub(super) fn is_settled(&self) -> bool {
        self.takes.iter().any(|(_, seen)| seen.agrees())
    }

    /// What the first recording shows.
    pub(super) fn first(&self) -> Option<&Seen> {
        self.takes.first().map(|(_, seen)| seen)
    }

    /// The verdict on all recordings together.
    pub(super) fn verdict(&self) -> Verdicts {
        let Some(first) = self.first().filter(|seen| !seen.agrees()) else { return Verdicts::Agrees };
        let all: Vec<Aspect> = first.against.iter().map(|(aspect, _)| *aspect).collect();
        if self.takes.iter().any(|(_, seen)| seen.refused.is_some()) {
            return Verdicts::Fault(all);
        }
        // The kernel did once what the replay does.
        if self.is_settled() {
            return Verdicts::Race(all);
        }
        let constant: Vec<Aspect> = all.iter().copied().filter(|aspect| !self.varies(*aspect)).collect();
        if constant.is_empty() {
            return Verdicts::Race(all);
        }
        let in_every = |aspect: &Aspect| self.takes.iter().all(|(_, seen)| seen.has(*aspect));
        let always: Vec<Aspect> = constant.iter().copied().filter(in_every).collect();
        Verdicts::Fault(if always.is_empty() { constant } else { always })
    }

    /// The kinds of disagreement of a fault: those that every recording shows, or those of the first if no kind is in all.
    pub(super) fn kinds(&self) -> BTreeSet<String> {
        let Verdicts::Fault(aspects) = self.verdict() else { return BTreeSet::new() };
        // A difference in TCP itself is what explains the others.
        let of_tcp = aspects.iter().any(|aspect| is_of_tcp(*aspect));
        let aspects: Vec<Aspect> =
            aspects.into_iter().filter(|aspect| !of_tcp || is_of_tcp(*aspect)).collect();
        let of = |seen: &Seen| Seen {
            against: seen.against.iter().filter(|(aspect, _)| aspects.contains(aspect)).cloned().collect(),
            refused: seen.refused.clone(),
        };
        let mut all = self.takes.iter().map(|(_, seen)| of(seen).kinds());
        let first = all.next().unwrap_or_default();
        let every = all.fold(first.clone(), |every, other| every.intersection(&other).cloned().collect());
        if every.is_empty() { first } else { every }
    }

    /// Whether the recordings all disagree with each other in an aspect, so that there is nothing to agree with.
    ///
    /// Rows and listings were sampled at other moments in each recording, so that two recordings of them cannot be
    /// compared; they never vary in this sense.
    fn varies(&self, aspect: Aspect) -> bool {
        if self.takes.len() < 2 || matches!(aspect, Aspect::Rows | Aspect::Firewall) {
            return false;
        }
        let traces: Vec<Trace> = self.takes.iter().filter_map(|(file, _)| Trace::read(file).ok()).collect();
        let differ = |one: &Trace, other: &Trace| {
            let verdicts = verify::compare(&one.outcome, &other.outcome);
            verdicts.iter().any(|verdict| verdict.aspect == aspect && !verdict.agrees())
        };
        traces.iter().enumerate().all(|(at, one)| traces.iter().skip(at + 1).all(|other| differ(one, other)))
    }
}

/// The kind of a disagreement: its first line, with `#` in place of each number.
fn kind(aspect: &str, line: &str) -> String {
    let mut kind = format!("{aspect}:");
    for word in line.lines().next().unwrap_or_default().split_whitespace() {
        let letters = word.chars().map(|letter| if letter.is_ascii_digit() { '#' } else { letter });
        kind.push(' ');
        letters.for_each(|letter| {
            if letter != '#' || !kind.ends_with('#') {
                kind.push(letter);
            }
        });
    }
    kind
}

/// Compares each file with its replay, in order; `None` where there is no file.
pub(super) fn look_at(files: &[PathBuf]) -> Vec<Option<Seen>> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(file) = files.get(at) else { return done };
            done.push((at, file.is_file().then(|| look(file))));
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let mut all: Vec<(usize, Option<Seen>)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
    });
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, seen)| seen).collect()
}

/// Compares one recording with its replay. A panic of the engine is a fault like any other.
pub(super) fn look(file: &Path) -> Seen {
    let checked = thread::scope(|scope| scope.spawn(|| verify::check(file)).join());
    match checked {
        Ok(Ok(checked)) => {
            let against = checked.verdicts.into_iter().filter(|verdict| !verdict.agrees());
            Seen {
                against: against.map(|Verdict { aspect, against, .. }| (aspect, against)).collect(),
                refused: None,
            }
        }
        Ok(Err(problem)) => Seen { refused: Some(problem.to_string()), ..Seen::default() },
        Err(_) => {
            Seen { refused: Some(format!("{}: the replay panicked", file.display())), ..Seen::default() }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A scenario whose recordings disagree in these aspects; there are no files to compare with each other.
    fn judged(takes: &[&[Aspect]]) -> Judged {
        let seen = |aspects: &&[Aspect]| Seen {
            against: aspects.iter().map(|aspect| (*aspect, vec![String::new()])).collect(),
            refused: None,
        };
        let takes = takes.iter().map(|aspects| (PathBuf::new(), seen(aspects))).collect();
        Judged { takes, ..Judged::default() }
    }

    #[test]
    fn one_recording_that_agrees_makes_it_a_race() {
        let rows = [Aspect::Rows];
        assert_eq!(judged(&[&[]]).verdict(), Verdicts::Agrees);
        assert_eq!(judged(&[&rows, &rows, &[]]).verdict(), Verdicts::Race(rows.to_vec()));
    }

    #[test]
    fn what_every_recording_shows_is_a_fault() {
        let both = [Aspect::Rows, Aspect::Firewall];
        assert_eq!(judged(&[&both, &both[..1]]).verdict(), Verdicts::Fault(vec![Aspect::Rows]));
    }

    #[test]
    fn without_one_that_agrees_a_change_of_aspects_is_no_race() {
        let takes: [&[Aspect]; 2] = [&[Aspect::Rows], &[Aspect::Firewall]];
        assert_eq!(judged(&takes).verdict(), Verdicts::Fault(vec![Aspect::Rows]));
    }

    #[test]
    fn what_cannot_be_replayed_is_a_fault() {
        let mut one = judged(&[&[]]);
        one.takes[0].1.refused = Some("the replay panicked".to_owned());
        assert!(matches!(one.verdict(), Verdicts::Fault(_)));
    }
}
