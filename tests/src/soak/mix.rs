//! What a run did, and whether it covered enough.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Display, Formatter};
use tcp_core::tcp::{Row, State, TABLE, Trigger};

/// Minimum share of operations that change the world, in per cent.
const CHANGING: u64 = 40;
/// Minimum share of seeks that go back, in per cent.
const BACK: u64 = 10;

/// A kind of operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A line, Ctrl-C or Ctrl-D in a terminal.
    Line,
    /// A button, which types a line.
    Click,
    /// A step to the next event, or back before the last.
    Step,
    /// A jump to a moment.
    Seek,
    /// Taking back the last input.
    Undo,
    /// Doing again what was taken back.
    Redo,
    /// Going back and doing something else.
    Fork,
    /// Starting again.
    Restart,
}

/// What was done, by kind of operation, and which rows were taken.
#[derive(Clone, Debug, Default)]
pub struct Mix {
    /// By kind: the number of operations, and how many of them changed the world.
    operations: BTreeMap<Kind, (u64, u64)>,
    seeks: u64,
    back: u64,
    comparisons: u64,
    rows: BTreeSet<(State, Trigger)>,
}

impl Mix {
    pub(super) fn add(&mut self, kind: Kind, changed: bool) {
        let (all, changing) = self.operations.entry(kind).or_default();
        *all += 1;
        *changing += u64::from(changed);
    }

    pub(super) fn seek(&mut self, back: bool) {
        self.seeks += 1;
        self.back += u64::from(back);
    }

    pub(super) const fn compared(&mut self) {
        self.comparisons += 1;
    }

    pub(super) fn take(&mut self, row: &Row) {
        self.rows.insert((row.from, row.trigger));
    }

    /// Adds the counts of another session.
    pub fn join(&mut self, other: &Mix) {
        for (kind, (all, changing)) in &other.operations {
            let own = self.operations.entry(*kind).or_default();
            (own.0, own.1) = (own.0 + all, own.1 + changing);
        }
        self.seeks += other.seeks;
        self.back += other.back;
        self.comparisons += other.comparisons;
        self.rows.extend(&other.rows);
    }

    /// What the run lacks to be meaningful. Empty if it lacks nothing.
    pub fn wanting(&self) -> Vec<String> {
        let (all, changing) = self.total();
        let mut wanting = Vec::new();
        if changing * 100 < all * CHANGING {
            wanting.push(format!("fewer than {CHANGING} % of the operations change the world"));
        }
        if self.back * 100 < self.seeks * BACK {
            wanting.push(format!("fewer than {BACK} % of the seeks go back"));
        }
        let taken: BTreeSet<Trigger> = self.rows.iter().map(|(_, trigger)| *trigger).collect();
        for trigger in Trigger::ALL {
            if !taken.contains(&trigger) {
                wanting.push(format!("{trigger:?} was not taken"));
            }
        }
        wanting
    }

    fn total(&self) -> (u64, u64) {
        let sum = |(all, changing): (u64, u64), of: &(u64, u64)| (all + of.0, changing + of.1);
        self.operations.values().fold((0, 0), sum)
    }
}

impl Display for Mix {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (all, changing) = self.total();
        let share = |part: u64, of: u64| 100.0 * part as f64 / of.max(1) as f64;
        writeln!(f, "{:<10} {:>10} {:>8} {:>20}", "operation", "count", "share", "changes the world")?;
        for (kind, (count, changes)) in &self.operations {
            let name = format!("{kind:?}").to_lowercase();
            let (of_all, of_kind) = (share(*count, all), share(*changes, *count));
            writeln!(f, "{name:<10} {count:>10} {of_all:>6.1} % {of_kind:>18.1} %")?;
        }
        writeln!(f, "{:<10} {all:>10} {:>6.1} % {:>18.1} %", "all", 100.0, share(changing, all))?;
        writeln!(f, "seeks that go back: {:.1} % of {}", share(self.back, self.seeks), self.seeks)?;
        let triggers: BTreeSet<Trigger> = self.rows.iter().map(|(_, trigger)| *trigger).collect();
        writeln!(f, "triggers taken: {} of {}", triggers.len(), Trigger::ALL.len())?;
        writeln!(f, "rows taken: {} of {}", self.rows.len(), TABLE.len())?;
        write!(f, "compared with a replay: {} times", self.comparisons)
    }
}
