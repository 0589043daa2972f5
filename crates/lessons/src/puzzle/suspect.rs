//! The other faults of a level: a lab with each, under the same lines, until something was seen that it would not have
//! shown.

use super::Puzzle;
use super::compare::{Differs, differs, tolerance, will_differ};
use super::fault::Fault;
use super::history::{Act, Change, History, TENTH, Watched, terminal_of};
use super::seen::{self, Seen};
use tcp_core::Instant;
use tcp_scene::words::puzzle::Level;

/// One of the other faults.
#[derive(Clone, Debug)]
pub(super) struct Suspect {
    /// Its number in the level.
    pub(super) fault: usize,
    /// The lab with it, on the way on which the shown one is; none if it has to be made again.
    watched: Option<Watched>,
    /// What it has not shown in time.
    pub(super) out: Option<Out>,
    /// What it will not show in time, if nobody does anything more.
    pub(super) soon: Option<Out>,
}

/// Why a fault is out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Out {
    /// The number of the look, from 1, if it was one.
    pub(super) look: Option<usize>,
    /// Where they differ.
    pub(super) differs: Differs,
    /// What was there.
    pub(super) saw: Option<Change>,
    /// What both showed before.
    pub(super) before: Option<Change>,
}

impl Suspect {
    const fn new(fault: usize) -> Suspect {
        Suspect { fault, watched: None, out: None, soon: None }
    }

    /// It is not what is there, as far as was seen.
    pub(super) fn excluded(&self) -> Option<&Out> {
        self.out.as_ref().or(self.soon.as_ref())
    }

    /// Nobody does anything more on this way: what it will not show, it has not shown.
    pub(super) fn leave_the_way(&mut self) {
        self.out = self.out.take().or(self.soon.take());
        self.watched = None;
    }

    /// The same is typed.
    pub(super) fn act(&mut self, act: &Act) {
        if let Some(watched) = &mut self.watched {
            watched.pass(act.at);
            watched.act(&act.action);
        }
    }

    /// The lab with the fault, after these acts, at this time.
    fn follow(&mut self, level: Level, fault: &Fault, acts: &[Act], now: Instant) -> &mut Watched {
        let watched = self.watched.get_or_insert_with(|| Watched::again(level, fault, acts, now));
        watched.pass(now);
        watched
    }
}

impl Puzzle {
    /// Leaves out every fault that would not have shown what was seen.
    pub(super) fn settle(&mut self) {
        let now = self.now();
        // In the past nothing new is seen.
        if now < self.end || self.compared == Some(now) {
            return;
        }
        self.compared = Some(now);
        if self.suspects.is_empty() {
            let others = (0..self.faults.len()).filter(|fault| *fault != self.truth);
            self.suspects = others.map(Suspect::new).collect();
        }
        let mut suspects = std::mem::take(&mut self.suspects);
        for suspect in suspects.iter_mut().filter(|suspect| suspect.out.is_none()) {
            suspect.soon = None;
            let fault = &self.faults[suspect.fault];
            let watched = suspect.follow(self.level, fault, &self.acts, now);
            let shown = &self.shown.history;
            let found = loop {
                let found = differs(shown, &watched.history, now);
                // What agrees with another moment is as good as the same, from now on.
                match found {
                    Some(differs) if self.listing_agrees(&differs, watched, fault) => {
                        let seen = &shown.places[differs.place];
                        watched.history.places[differs.place][differs.number] = seen[differs.number].clone();
                    }
                    found => break found,
                }
            };
            let out = |differs: Differs| {
                let seen = &shown.places[differs.place];
                let in_time = |change: &&Change| change.at <= differs.at + tolerance(differs.at);
                let saw = seen.get(differs.number).filter(in_time).cloned();
                let before = differs.number.checked_sub(1).and_then(|at| seen.get(at)).cloned();
                Out { look: self.look_of(&differs), differs, saw, before }
            };
            if let Some(differs) = found {
                suspect.out = Some(out(differs));
                suspect.watched = None;
            } else if let Some(differs) = will_differ(shown, &watched.history, |to| watched.ahead(to)) {
                suspect.soon = Some(out(differs));
            }
        }
        self.suspects = suspects;
    }

    /// A listing agrees if it is what the fault would have shown a little earlier or later.
    fn listing_agrees(&self, differs: &Differs, other: &Watched, fault: &Fault) -> bool {
        const LITTLE: u32 = 2;
        let Some(terminal) = terminal_of(differs.place) else { return false };
        let prints =
            |act: &Act| act.at + TENTH == differs.at && seen::terminal_of(&act.action) == Some(terminal);
        let Some(number) = self.acts.iter().position(prints) else { return false };
        let act = &self.acts[number];
        let there = |history: &History| {
            history.places[differs.place].get(differs.number).filter(|it| it.at == act.at + TENTH).cloned()
        };
        let Some((saw, _)) = there(&self.shown.history).zip(there(&other.history)) else { return false };
        // It is the same all the time if nothing happens.
        let is_last = number + 1 == self.acts.len();
        let is_quiet = other.busy.iter().all(|at| *at + LITTLE * TENTH < act.at || *at == Instant::START);
        let due = other.next_event().is_some_and(|at| at <= act.at + (LITTLE + 1) * TENTH);
        if is_last && is_quiet && !due {
            return false;
        }
        let before = &self.acts[..number];
        let free = before.last().map_or(Instant::START, |act| act.at + TENTH);
        let earlier = (1..=LITTLE).filter_map(|tenths| {
            let at = act.at.as_micros().checked_sub(u64::from(tenths) * 100_000)?;
            Some(Instant::from_micros(at))
        });
        let later = (1..=LITTLE).map(|tenths| act.at + tenths * TENTH);
        earlier.chain(later).filter(|at| *at >= free).any(|at| {
            let mut then = Watched::again(self.level, fault, before, at);
            then.act(&act.action);
            let shown = then.history.places[differs.place].get(differs.number);
            shown.is_some_and(|it| it.shows == saw.shows)
        })
    }

    /// The number of the look, from 1, that shows this. What the programs print that were there shows itself.
    fn look_of(&self, differs: &Differs) -> Option<usize> {
        let Some(terminal) = terminal_of(differs.place) else { return Some(1 + differs.place) };
        let typed = self.lines.iter().rposition(|line| line.terminal == terminal && line.at < differs.at);
        typed.map(|line| Seen::FIRST_LINE + line)
    }
}
