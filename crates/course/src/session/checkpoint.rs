//! Checkpoints: clones of the lab on the way, so that going back does not begin at the beginning.

use tcp_core::Sorted;
use tcp_core::net::ProcessId;
use tcp_shell::Lab;

/// Deeds between two checkpoints, at least.
const INTERVAL: u64 = 64;
/// A long course has its checkpoints further apart: by this part of its length. A clone costs as much as the course is
/// long, so that all clones together cost no more than a few times the course.
const PART: u64 = 8;
/// Octets that all checkpoints together may hold, roughly.
const BUDGET: u64 = 40 << 20;

/// The lab after some deeds.
#[derive(Clone, Debug)]
pub(super) struct Checkpoint {
    /// Deeds done.
    pub(super) position: u64,
    /// Inputs done.
    pub(super) done: usize,
    /// The programs that a recording named.
    pub(super) named: Sorted<String, ProcessId>,
    pub(super) lab: Lab,
}

impl Checkpoint {
    fn weight(&self) -> u64 {
        self.lab.weight()
    }
}

/// Some checkpoints in their order. None is needed for the beginning, which can be made again.
#[derive(Clone, Debug, Default)]
pub(super) struct Checkpoints {
    later: Vec<Checkpoint>,
}

impl Checkpoints {
    /// Takes one at `position` if the last is long ago.
    pub(super) fn offer(&mut self, position: u64, take: impl FnOnce() -> Checkpoint) {
        let last = self.later.last().map_or(0, |checkpoint| checkpoint.position);
        if position >= last + INTERVAL.max(position / PART) {
            self.later.push(take());
            self.thin();
        }
    }

    /// Forgets those beyond `position`.
    pub(super) fn forget_after(&mut self, position: u64) {
        self.later.retain(|checkpoint| checkpoint.position <= position);
    }

    /// The latest that fits.
    pub(super) fn latest(&self, fits: impl Fn(&Checkpoint) -> bool) -> Option<&Checkpoint> {
        self.later.iter().rev().find(|checkpoint| fits(checkpoint))
    }

    /// Drops those that stand closest together until the rest is light enough; the last one stays.
    fn thin(&mut self) {
        while self.later.len() > 1 && self.later.iter().map(Checkpoint::weight).sum::<u64>() > BUDGET {
            let gap = |at: usize| {
                let before = at.checked_sub(1).map_or(0, |before| self.later[before].position);
                self.later[at + 1].position - before
            };
            let Some(closest) = (0..self.later.len() - 1).min_by_key(|at| gap(*at)) else {
                return;
            };
            self.later.remove(closest);
        }
    }
}
