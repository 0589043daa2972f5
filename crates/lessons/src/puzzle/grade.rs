//! What an answer is worth: decided by what was seen, and by what the level offers to see.

use super::Puzzle;
use super::claim::Answer;
use super::fault::Part;
use super::history::{TENTH, host_of};
use super::level::Hides;
use super::seen::{Seen, apart};
use super::suspect::{Out, Suspect};
use super::table::PANELS;
use std::rc::Rc;
use tcp_core::Instant;
use tcp_core::Order;
use tcp_core::net::HostId;
use tcp_scene::words::puzzle::Claim;

/// What an answer is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Grade {
    /// Every fault that is still possible lies in its class.
    Right,
    /// It may be, and others may be, too.
    Possible {
        /// All that fit, each claim once.
        fits: Vec<Fit>,
        /// To watch netstat for longer separates some of them from others, and is no further look.
        waits: bool,
        /// The cheapest of the level's offers that separates some of them from others.
        look: Option<usize>,
    },
    /// Something was seen that it would not have shown.
    Refuted(Refuted),
    /// The level hides nothing like it.
    Unlisted,
}

/// What an answer may say, and that fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    /// What is wrong; an empty list if nothing is.
    pub claims: Vec<Claim>,
    /// It is the answer.
    pub is_answer: bool,
}

/// What was seen that an answer would not have shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refuted {
    /// What the answer says is wrong.
    pub claims: Vec<Claim>,
    /// The number of the look, from 1; none if a program printed it that nobody had typed.
    pub look: Option<usize>,
    /// On which host.
    pub host: HostId,
    /// Since when they differ.
    pub at: Instant,
    /// What was there, and what would have been.
    pub would: Would,
}

/// What was there, and what would have been.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Would {
    /// The rows of netstat: their states, and as much else as it takes to see the difference.
    Netstat {
        /// What was there; none if nothing had changed.
        saw: Option<Vec<Rc<str>>>,
        /// What would have been.
        would: Option<Vec<Rc<str>>>,
    },
    /// The first lines of what was printed that are not the same. None if nothing is printed there.
    Printed {
        /// What was there.
        saw: Option<Rc<str>>,
        /// What would have been.
        would: Option<Rc<str>>,
    },
}

/// How a puzzle ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Over {
    /// By a right answer.
    pub solved: bool,
    /// What is wrong.
    pub truth: Vec<Part>,
    /// What an answer says of it.
    pub claims: Vec<Claim>,
    /// What neither the looks that were taken nor anything offered separates from it, each claim once.
    pub class: Vec<Vec<Claim>>,
    /// How many looks were taken.
    pub count: usize,
    /// How many a short way takes.
    pub par: usize,
    /// The offers of that way, after netstat on both hosts.
    pub plan: Vec<usize>,
}

impl Puzzle {
    /// What the answer is worth by what was seen until now. A right one ends the puzzle.
    pub fn answer(&mut self, answer: &Answer) -> Grade {
        let grade = self.judge(answer);
        if grade == Grade::Right {
            self.ends(true);
        }
        grade
    }

    /// The same, and the puzzle goes on.
    pub fn judge(&mut self, answer: &Answer) -> Grade {
        let end = self.end;
        self.go_to(end);
        self.settle();
        let class = self.table().class(self.truth);
        let left = self.left();
        match answer {
            Answer::CannotTell => {
                // Several looks together may have separated what each alone does not.
                let differ = self.claims_of(&left).len() > 1;
                let is_shown = left.iter().all(|fault| class.contains(fault));
                if differ && is_shown { Grade::Right } else { self.possible(&left, None) }
            }
            Answer::Wrong(claims) => {
                let mut claims = claims.clone();
                claims.order();
                let says = |fault: &usize| self.claims[*fault] == claims;
                if !left.iter().any(says) {
                    return self.refuted(&claims);
                }
                let is_shown = left.iter().all(|fault| class.contains(fault) || says(fault));
                if is_shown && class.iter().any(says) {
                    Grade::Right
                } else {
                    self.possible(&left, Some(&claims))
                }
            }
        }
    }

    /// All that what was seen does not exclude, with the truth.
    fn left(&self) -> Vec<usize> {
        let others = self.suspects.iter().filter(|it| it.excluded().is_none()).map(|it| it.fault);
        let mut left: Vec<usize> = others.chain([self.truth]).collect();
        left.order();
        left
    }

    /// What an answer may say and that fits what was seen until now, each claim once.
    pub fn fits(&mut self) -> Vec<Vec<Claim>> {
        let end = self.end;
        self.go_to(end);
        self.settle();
        self.remaining()
    }

    /// The same, of what has been compared: all that was seen until it was last answered, or ended.
    pub fn remaining(&self) -> Vec<Vec<Claim>> {
        self.claims_of(&self.left())
    }

    /// Whether what was seen until now fits this one of the level's faults, for tests.
    pub fn may_be(&mut self, fault: usize) -> bool {
        let end = self.end;
        self.go_to(end);
        self.settle();
        self.left().contains(&fault)
    }

    /// What is excluded, and by which look: each claim once, if all faults of which it is said are excluded.
    pub fn excluded(&self) -> Vec<Refuted> {
        let left = self.remaining();
        let mut all: Vec<Vec<Claim>> = Vec::new();
        for suspect in self.suspects.iter().filter(|suspect| suspect.excluded().is_some()) {
            let claims = &self.claims[suspect.fault];
            if !left.contains(claims) && !all.contains(claims) {
                all.push(claims.clone());
            }
        }
        all.iter().filter_map(|claims| self.refutation(claims)).collect()
    }

    fn claims_of(&self, faults: &[usize]) -> Vec<Vec<Claim>> {
        let mut all: Vec<Vec<Claim>> = Vec::new();
        for fault in faults {
            let claims = &self.claims[*fault];
            if !all.contains(claims) {
                all.push(claims.clone());
            }
        }
        all
    }

    fn possible(&self, left: &[usize], answer: Option<&[Claim]>) -> Grade {
        let fit = |claims: Vec<Claim>| Fit { is_answer: answer == Some(claims.as_slice()), claims };
        let fits = self.claims_of(left).into_iter().map(fit).collect();
        let table = self.table();
        Grade::Possible { fits, waits: table.waits(left), look: table.cheapest(left, self.level.offers()) }
    }

    fn refuted(&self, claims: &[Claim]) -> Grade {
        self.refutation(claims).map_or(Grade::Unlisted, Grade::Refuted)
    }

    /// What excluded the last of those faults of which this is said: the one that fitted longest.
    fn refutation(&self, claims: &[Claim]) -> Option<Refuted> {
        let says = |fault: usize| self.claims[fault] == claims;
        // Of those that fitted equally long, the first is the simplest.
        let outs = self.suspects.iter().rev().filter(|it| says(it.fault)).filter_map(Suspect::excluded);
        let Out { look, differs, saw, before } = outs.max_by_key(|out| out.differs.at)?;
        let both = [saw.as_ref(), differs.would.as_ref()];
        let [saw, would] = both.map(|change| change.map(|it| &*it.shows));
        let would = if differs.place < PANELS {
            // What does not change is still what it was.
            let before = before.as_ref().map(|it| &*it.shows);
            let [saw, would] = apart(saw.or(before), would.or(before));
            Would::Netstat { saw, would }
        } else {
            printed(saw, would)
        };
        let (look, host) = (*look, host_of(differs.place));
        // What a line prints at once is said to be of the moment at which it was typed.
        let line = look.and_then(|look| self.lines.get(look.checked_sub(Seen::FIRST_LINE)?));
        let at = line.map(|line| line.at).filter(|at| *at + TENTH == differs.at).unwrap_or(differs.at);
        Some(Refuted { claims: claims.to_vec(), look, host, at, would })
    }

    pub(super) fn ends(&mut self, solved: bool) {
        if self.over.is_some() {
            return;
        }
        let fault = &self.faults[self.truth];
        let left = self.left();
        let class = self.table().class(self.truth).into_iter().filter(|fault| left.contains(fault));
        let class = self.claims_of(&class.collect::<Vec<_>>());
        let offers = self.level.offers();
        let plan = self.table().plan(self.truth, offers);
        let lines: usize = plan.iter().map(|offer| offers[*offer].lines.len()).sum();
        self.over = Some(Over {
            solved,
            truth: fault.parts.clone(),
            claims: self.claims[self.truth].clone(),
            class,
            count: self.count(),
            par: PANELS + lines,
            plan,
        });
    }
}

/// The first lines that are not the same.
fn printed(saw: Option<&str>, would: Option<&str>) -> Would {
    let (mut one, mut two) = (saw.unwrap_or_default().lines(), would.unwrap_or_default().lines());
    loop {
        let (saw, would) = (one.next(), two.next());
        if saw != would || saw.is_none() {
            return Would::Printed { saw: saw.map(Rc::from), would: would.map(Rc::from) };
        }
    }
}
