//! Checkpoints: clones of the playhead on the way, so that going back does not begin at the beginning.

use super::playhead::Playhead;

/// Deeds between two checkpoints, at least.
const INTERVAL: u64 = 64;
/// A long course has its checkpoints further apart: by this part of its length. A clone costs as much as the course is
/// long, so that all clones together cost no more than a few times the course.
const PART: u64 = 8;
/// Octets that all checkpoints together may hold, roughly.
const BUDGET: u64 = 40 << 20;

/// Some checkpoints in their order. None is needed for the beginning, which can be made again.
#[derive(Clone, Debug, Default)]
pub(super) struct Checkpoints {
    later: Vec<Playhead>,
}

impl Checkpoints {
    /// Takes one if the last is long ago.
    pub(super) fn offer(&mut self, head: &Playhead) {
        let last = self.later.last().map_or(0, |checkpoint| checkpoint.deeds);
        if head.deeds >= last + INTERVAL.max(head.deeds / PART) {
            self.later.push(head.clone());
            self.thin();
        }
    }

    /// Forgets those after so many deeds.
    pub(super) fn forget_after(&mut self, deeds: u64) {
        self.later.retain(|checkpoint| checkpoint.deeds <= deeds);
    }

    /// The latest that fits.
    pub(super) fn latest(&self, fits: impl Fn(&Playhead) -> bool) -> Option<&Playhead> {
        self.later.iter().rev().find(|checkpoint| fits(checkpoint))
    }

    /// Drops those that are closest together until the rest is light enough; the last one stays.
    fn thin(&mut self) {
        while self.later.len() > 1
            && self.later.iter().map(|checkpoint| checkpoint.lab.weight()).sum::<u64>() > BUDGET
        {
            let gap = |at: usize| {
                let before = at.checked_sub(1).map_or(0, |before| self.later[before].deeds);
                self.later[at + 1].deeds - before
            };
            let Some(closest) = (0..self.later.len() - 1).min_by_key(|at| gap(*at)) else {
                return;
            };
            self.later.remove(closest);
        }
    }
}
