//! Checkpoints: the playhead at earlier moments, so that going back need not begin at the beginning.
//!
//! The cost of one depends on the size of the lab, not on the length of its past: all checkpoints share the log, and
//! each knows how long it was.

use super::playhead::{Playhead, Refused};
use tcp_core::Instant;
use tcp_core::net::ProcessId;
use tcp_shell::LabCheckpoint;

/// Work between two checkpoints, in steps of about a nanosecond: the most that a seek must do again.
const WORK: u64 = 250_000;
/// Work to add for each octet of a checkpoint, so that taking checkpoints costs less than the work between them.
const WORK_AN_OCTET: u64 = 1;
/// Octets that all checkpoints together may hold, approximately.
const BUDGET: u64 = 40 << 20;

/// A playhead at some moment, without the log.
#[derive(Clone, Debug)]
pub(super) struct Checkpoint {
    lab: LabCheckpoint,
    named: Vec<(String, ProcessId)>,
    refused: Option<Refused>,
    done: usize,
    pub(super) deeds: u64,
    last: (Instant, u64),
    work: u64,
    facts: usize,
}

impl Checkpoint {
    /// The time at which the checkpoint was taken.
    pub(super) const fn now(&self) -> Instant {
        self.lab.now()
    }
}

impl Playhead {
    fn checkpoint(&self) -> Checkpoint {
        let Playhead { lab, named, refused, done, deeds, last } = self;
        Checkpoint {
            lab: lab.checkpoint(),
            named: named.clone(),
            refused: refused.clone(),
            done: *done,
            deeds: *deeds,
            last: *last,
            work: lab.work(),
            facts: lab.world().log().len(),
        }
    }

    /// Goes back, or forward again, to a checkpoint of the same course.
    pub(super) fn restore(&mut self, to: &Checkpoint) {
        self.lab.restore(&to.lab);
        self.named.clone_from(&to.named);
        self.refused.clone_from(&to.refused);
        (self.done, self.deeds, self.last) = (to.done, to.deeds, to.last);
    }
}

/// Some checkpoints of one course.
#[derive(Clone, Debug)]
pub(super) struct Checkpoints {
    beginning: Checkpoint,
    /// Those after the beginning, ordered by time.
    later: Vec<Checkpoint>,
}

impl Checkpoints {
    /// The checkpoints of a course that begins at `beginning`.
    pub(super) fn new(beginning: &Playhead) -> Checkpoints {
        Checkpoints { beginning: beginning.checkpoint(), later: Vec::new() }
    }

    /// Number of facts before the beginning.
    pub(super) const fn beginning_facts(&self) -> usize {
        self.beginning.facts
    }

    /// Takes a checkpoint if much was done since the last one.
    pub(super) fn offer(&mut self, head: &Playhead) {
        let last = self.later.last().unwrap_or(&self.beginning);
        let wanted = WORK.max(WORK_AN_OCTET * last.lab.weight());
        if head.deeds > last.deeds && head.lab.work() >= last.work + wanted {
            self.later.push(head.checkpoint());
            self.thin();
        }
    }

    /// Forgets the checkpoints after this number of deeds.
    pub(super) fn forget_after(&mut self, deeds: u64) {
        self.later.retain(|checkpoint| checkpoint.deeds <= deeds);
    }

    /// The latest checkpoint that fits, or the beginning.
    pub(super) fn latest(&self, fits: impl Fn(&Checkpoint) -> bool) -> &Checkpoint {
        self.later.iter().rev().find(|checkpoint| fits(checkpoint)).unwrap_or(&self.beginning)
    }

    /// Drops the checkpoints that are closest together until the rest is small enough; the last one stays.
    fn thin(&mut self) {
        while self.later.len() > 1
            && self.later.iter().map(|checkpoint| checkpoint.lab.weight()).sum::<u64>() > BUDGET
        {
            let gap = |at: usize| {
                let before = at.checked_sub(1).map_or(self.beginning.work, |before| self.later[before].work);
                self.later[at + 1].work - before
            };
            let Some(closest) = (0..self.later.len() - 1).min_by_key(|at| gap(*at)) else {
                return;
            };
            self.later.remove(closest);
        }
    }
}
