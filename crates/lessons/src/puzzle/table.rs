//! Which faults of a level are separated by what the level offers.
//!
//! Each offer sorts all faults of its level into groups that show the same; the groups have letters. The table is made by
//! playing all of them (`outcomes`), and a test holds it true.

use super::compare::{differs, will_differ};
use super::fault::Fault;
use super::groups;
use super::history::{Act, History, Watched, host_of};
use super::level::{Hides, Offer, horizon};
use std::collections::BTreeSet;
use tcp_core::Instant;
use tcp_core::net::HostId;
use tcp_course::Action;
use tcp_scene::words::puzzle::Level;

/// The faults of a level with the letters of their groups: those of netstat on C_m and on S_m, and of each offer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table(&'static [&'static str]);

/// How many columns are netstat's.
pub(crate) const PANELS: usize = 2;

impl Table {
    pub(crate) const fn of(level: Level) -> Table {
        Table(match level {
            Level::Pair => groups::PAIR,
            Level::Counters => groups::COUNTERS,
            Level::Time => groups::TIME,
            Level::Teardown => groups::TEARDOWN,
            Level::Applications => groups::APPLICATIONS,
            Level::Live => groups::LIVE,
            Level::Two => groups::TWO,
        })
    }

    /// The letter of a fault's group in a column.
    fn letter(self, fault: usize, column: usize) -> u8 {
        self.0.get(fault).and_then(|row| row.as_bytes().get(column)).copied().unwrap_or_default()
    }

    /// The faults that nothing offered separates from this one, with itself.
    pub(crate) fn class(self, fault: usize) -> Vec<usize> {
        let row = self.0.get(fault);
        (0..self.0.len()).filter(|other| self.0.get(*other) == row).collect()
    }

    /// Of these faults, those that a column does not separate from this one.
    fn like(self, fault: usize, column: usize, among: &[usize]) -> Vec<usize> {
        let same = |other: &&usize| self.letter(**other, column) == self.letter(fault, column);
        among.iter().filter(same).copied().collect()
    }

    /// To watch netstat on both hosts long enough separates some of these from others.
    pub(crate) fn waits(self, among: &[usize]) -> bool {
        let alike = |column: usize| {
            among.iter().all(|one| self.letter(*one, column) == self.letter(among[0], column))
        };
        !among.is_empty() && !(0..PANELS).all(alike)
    }

    /// The offer that leaves the fewest of these faults, whichever of them is there, and has the fewest lines; none if no
    /// offer separates any of them.
    pub(crate) fn cheapest(self, among: &[usize], offers: &[Offer]) -> Option<usize> {
        let worst = |offer: usize| {
            let left = |fault: &usize| self.like(*fault, PANELS + offer, among).len();
            among.iter().map(left).max().unwrap_or(0)
        };
        let best = (0..offers.len()).min_by_key(|at| (worst(*at), offers[*at].lines.len()))?;
        (worst(best) < among.len()).then_some(best)
    }

    /// A short way to the class of this fault: what is looked at beside both netstats, in turn. Of offers that leave as
    /// many faults, it takes the one with fewer lines.
    pub(crate) fn plan(self, fault: usize, offers: &[Offer]) -> Vec<usize> {
        let class = self.class(fault);
        let mut left: Vec<usize> = (0..self.0.len()).collect();
        for column in 0..PANELS {
            left = self.like(fault, column, &left);
        }
        let mut plan = Vec::new();
        while left.len() > class.len() {
            let cost = |at: &usize| (self.like(fault, PANELS + at, &left).len(), offers[*at].lines.len());
            let best = (0..offers.len()).min_by_key(cost);
            let Some(best) = best.filter(|it| !plan.contains(it)) else { break };
            left = self.like(fault, PANELS + best, &left);
            plan.push(best);
        }
        plan
    }
}

/// Plays all faults of a level under all that it offers: the rows of its table.
///
/// Fails with two faults that are alike and not alike, if telling them apart depends on which of them is there.
pub fn outcomes(level: Level) -> Result<Vec<String>, String> {
    let faults = level.faults();
    let mut rows = vec![String::new(); faults.len()];
    let end = horizon(level);
    let base: Vec<Watched> = faults.iter().map(|fault| Watched::again(level, fault, &[], end)).collect();
    for host in [HostId::Client, HostId::Server] {
        let sights: Vec<Watched> = base.iter().map(|watched| only(watched, host)).collect();
        sort(&sights, end, &mut rows).map_err(|(a, b)| clash(level, &faults, a, b))?;
    }
    for offer in level.offers() {
        let end = offer.end();
        let play = |fault: &Fault| Watched::again(level, fault, &offer.acts(), end);
        let sights: Vec<Watched> = faults.iter().map(play).collect();
        sort(&sights, end, &mut rows).map_err(|(a, b)| clash(level, &faults, a, b))?;
    }
    Ok(rows)
}

impl Offer {
    /// What is typed, and when.
    pub(crate) fn acts(&self) -> Vec<Act> {
        let mut at = self.at;
        let mut acts = Vec::new();
        for (terminal, line) in self.lines {
            acts.push(Act { at, action: Action::enter(*terminal, *line) });
            at = at + Offer::BETWEEN;
        }
        acts
    }

    /// Until when it is watched.
    fn end(&self) -> Instant {
        let last = self.acts().last().map_or(self.at, |act| act.at);
        last + self.watch
    }
}

fn clash(level: Level, faults: &[Fault], one: usize, two: usize) -> String {
    format!("{}: {one} and {two} are alike only one way: {:?}, {:?}", level.key(), faults[one], faults[two])
}

/// What is seen of one host alone.
fn only(watched: &Watched, host: HostId) -> Watched {
    let mut watched = watched.clone();
    watched.hide(other_host(host));
    watched
}

const fn other_host(host: HostId) -> HostId {
    super::fault::other(host)
}

/// Adds the letter of its group to each row.
fn sort(sights: &[Watched], end: Instant, rows: &mut [String]) -> Result<(), (usize, usize)> {
    let tells = |one: usize, two: usize| {
        let (one, two) = (&sights[one], &sights[two]);
        differs(&one.history, &two.history, end).is_some()
            || will_differ(&one.history, &two.history, |to| two.ahead(to)).is_some()
    };
    let apart = |one: usize, two: usize| tells(one, two) || tells(two, one);
    let mut firsts: Vec<usize> = Vec::new();
    let mut letters = vec![0; sights.len()];
    for (at, letter) in letters.iter_mut().enumerate() {
        *letter = firsts.iter().position(|first| !apart(*first, at)).unwrap_or_else(|| {
            firsts.push(at);
            firsts.len() - 1
        });
    }
    let clashes = |one: usize, two: usize| apart(one, two) != (letters[one] != letters[two]);
    let numbers = || 0..sights.len();
    if let Some(pair) = numbers().flat_map(|a| numbers().map(move |b| (a, b))).find(|(a, b)| clashes(*a, *b))
    {
        return Err(pair);
    }
    const LETTERS: &[u8] =
        b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&()*+,-./:;<=>@[]^_{|}~";
    for (row, letter) in rows.iter_mut().zip(&letters) {
        row.push(LETTERS.get(*letter).copied().unwrap_or(b'?').into());
    }
    let used: BTreeSet<usize> = letters.into_iter().collect();
    if used.len() > LETTERS.len() { Err((0, 0)) } else { Ok(()) }
}

impl History {
    /// Forgets what was seen of a host.
    fn forget(&mut self, host: HostId) {
        for (place, seen) in self.places.iter_mut().enumerate() {
            if host_of(place) == host {
                seen.clear();
            }
        }
    }
}

impl Watched {
    /// Forgets what was seen of a host.
    fn hide(&mut self, host: HostId) {
        self.history.forget(host);
    }
}
