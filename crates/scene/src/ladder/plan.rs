//! Which rows there are, before they have a place: what shares a row, and in which order they come.

use crate::model::{Corner, Ladder, Moment, Spot};
use tcp_core::Order;

/// What is on a row.
#[derive(Clone, Copy, Debug, PartialEq)]
enum What {
    /// The end of a state, by its place in [`Ladder::lives`].
    Ends(usize),
    /// The beginning of a state, likewise.
    Begins(usize),
    /// A corner of the way of a segment.
    Corner(usize, usize),
}

/// A row before it has a place.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) moment: Moment,
    /// The host whose it is: C_m's, S_m's, or nobody's.
    pub(super) side: Option<usize>,
    /// The segment that leaves.
    pub(super) leaves: Option<usize>,
    /// A segment arrives.
    arrives: bool,
    /// The states that begin.
    pub(super) begins: Vec<usize>,
    /// A state of this row's host changes.
    changes: bool,
}

/// Plans the rows of a ladder.
pub(super) fn plan(ladder: &Ladder) -> Planner<'_> {
    let mut planner = Planner::new(ladder);
    for (moment, what) in events(ladder) {
        planner.take(moment, what);
    }
    planner
}

fn events(ladder: &Ladder) -> Vec<(Moment, What)> {
    let mut all = Vec::new();
    for (at, life) in ladder.lives.iter().enumerate() {
        all.extend(life.to.map(|to| (to, What::Ends(at))));
        all.extend(life.from.map(|from| (from, What::Begins(at))));
    }
    for (at, rung) in ladder.rungs.iter().enumerate() {
        let corner = |(n, corner): (usize, &Corner)| (corner.at, What::Corner(at, n));
        all.extend(rung.way.iter().enumerate().map(corner));
    }
    // Stable: of one fact, ends come before beginnings.
    all.order_by_key(|(moment, _)| *moment);
    all
}

/// The rows of a ladder, and who is on which.
pub(super) struct Planner<'a> {
    ladder: &'a Ladder,
    pub(super) plans: Vec<Plan>,
    pub(super) corners: Vec<Vec<usize>>,
    /// Of each state, the rows at which it begins and ends.
    pub(super) lives: Vec<(Option<usize>, Option<usize>)>,
    /// The last row of each host.
    last: [Option<usize>; 2],
}

impl<'a> Planner<'a> {
    fn new(ladder: &'a Ladder) -> Planner<'a> {
        let corners = ladder.rungs.iter().map(|rung| vec![0; rung.way.len()]).collect();
        Planner {
            ladder,
            plans: Vec::new(),
            corners,
            lives: vec![(None, None); ladder.lives.len()],
            last: [None; 2],
        }
    }

    fn take(&mut self, moment: Moment, what: What) {
        match what {
            What::Ends(life) => self.lives[life].1 = Some(self.change(moment, life)),
            What::Begins(life) => {
                let row = self.change(moment, life);
                self.plans[row].begins.push(life);
                self.lives[life].0 = Some(row);
            }
            What::Corner(rung, 0) => self.corners[rung][0] = self.leave(moment, rung),
            What::Corner(rung, n) => {
                let receiver = usize::from(self.ladder.rungs[rung].from_client);
                let arrives = self.ladder.rungs[rung].way[n].spot == Spot::Receiver;
                let row = match self.stopped_at_once(moment, rung, n) {
                    Some(row) => row,
                    None => self.row(moment, arrives.then_some(receiver)),
                };
                self.plans[row].arrives |= arrives;
                self.corners[rung][n] = row;
            }
        }
    }

    /// The row on which a segment leaves, if its own host's firewall stops it.
    fn stopped_at_once(&self, moment: Moment, rung: usize, n: usize) -> Option<usize> {
        let row = *self.corners[rung].first()?;
        let here = self.ladder.rungs[rung].way[n].spot == Spot::SendersGate;
        (here && self.plans[row].moment.at == moment.at).then_some(row)
    }

    /// A state changes where the segment arrived that changes it, or on a row of its own.
    fn change(&mut self, moment: Moment, life: usize) -> usize {
        let side = usize::from(!self.ladder.lives[life].of_client);
        let same = self.last[side].filter(|row| {
            let plan = &self.plans[*row];
            let by_arrival = plan.moment.at == moment.at && plan.arrives && !plan.changes;
            plan.moment == moment || by_arrival
        });
        let row = same.unwrap_or_else(|| self.row(moment, Some(side)));
        // The other facts of this change are on this row, too.
        self.plans[row].moment = moment;
        self.plans[row].changes = true;
        row
    }

    /// A segment leaves where the state changes for which it is sent, or on a row of its own; what the network made leaves
    /// no host.
    fn leave(&mut self, moment: Moment, rung: usize) -> usize {
        let side = usize::from(!self.ladder.rungs[rung].from_client);
        if let Some(Corner { spot: Spot::Wire(_), .. }) = self.ladder.rungs[rung].way.first() {
            let row = self.row(moment, None);
            self.plans[row].leaves = Some(rung);
            return row;
        }
        let same = self.last[side].filter(|row| {
            let plan = &self.plans[*row];
            plan.moment.at == moment.at && plan.changes && !plan.arrives && plan.leaves.is_none()
        });
        let row = same.unwrap_or_else(|| self.row(moment, Some(side)));
        self.plans[row].leaves = Some(rung);
        row
    }

    fn row(&mut self, moment: Moment, side: Option<usize>) -> usize {
        let row = self.plans.len();
        let (leaves, arrives, begins, changes) = (None, false, Vec::new(), false);
        self.plans.push(Plan { moment, side, leaves, arrives, begins, changes });
        if let Some(side) = side {
            self.last[side] = Some(row);
        }
        row
    }
}
