//! A lesson that somebody takes: which step it is at, what was answered there, and what came of it.
//!
//! It types nothing and moves no clock: it says which line is next, when it wants to look again, and when the clock is to
//! stop.

mod answer;

use crate::journal::{Deed, Journal, JournalEntry};
use crate::judge::Beginning;
use crate::lesson::{Lesson, Step, Typed};
use crate::play::{BETWEEN_LINES, action, at_step, go_to};
use crate::prediction::Prediction;
pub(crate) use answer::{Answer, Draft, Outcome};
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;
use tcp_core::Instant;
use tcp_core::net::HostId;
use tcp_core::tcp::ProfileName;
use tcp_course::scenes::Event;
use tcp_course::{Action, Session};
use tcp_scene::diagram::NodeId;
use tcp_shell::TerminalId;

/// A lesson that somebody takes.
#[derive(Clone, Debug)]
pub struct Run {
    pub(crate) lesson: Rc<Lesson>,
    hash: u32,
    pub(crate) profile: ProfileName,
    pub(crate) step: usize,
    pub(crate) begun: Beginning,
    pub(crate) draft: Draft,
    /// The answer that was given in this visit.
    pub(crate) said: Option<Answer>,
    /// The step had run before the answer, or was answered before: the answer does not count.
    pub(crate) seen: bool,
    pub(crate) outcome: Option<Outcome>,
    pub(crate) passed: bool,
    pub(crate) hints: usize,
    /// Lines that are still to be typed.
    queue: VecDeque<Typed>,
    /// When the last of these was typed.
    typed: Option<Instant>,
}

/// What somebody wants in a lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// A host is expected in the state of this node.
    Place(HostId, NodeId),
    /// The state of this host is to be placed next.
    Turn(HostId),
    /// No host is to be placed next that was not anyway.
    PutBack,
    /// This answer of several is chosen.
    Choose(usize),
    /// Whoever answers is sure, or is not.
    Sure(bool),
    /// Keeps the answer, types the lines that are needed, and compares.
    Compare,
    /// Keeps the answer; the lines are typed by hand.
    ByHand,
    /// Types this one of the needed lines.
    Type(usize),
    /// Types this one of the lines that only show it.
    Look(usize),
    /// Types all needed lines that were not typed.
    TypeAll,
    /// A hint.
    Hint,
    /// To the next step.
    Next,
}

impl Run {
    /// Begins a step of a lesson: all steps before it are done as the lesson does them.
    pub fn begin(
        lesson: Rc<Lesson>,
        hash: u32,
        step: usize,
        profile: ProfileName,
        journal: &mut Journal,
    ) -> (Run, Session) {
        let step = step.min(lesson.steps.len().saturating_sub(1));
        let session = at_step(&lesson, step, profile);
        let begun = Beginning::of(session.lab());
        let mut run = Run::resume(lesson, hash, step, profile, begun);
        run.begins(&session, journal);
        (run, session)
    }

    /// Goes on with a step that began so, in a session that has gone on since.
    pub fn resume(lesson: Rc<Lesson>, hash: u32, step: usize, profile: ProfileName, begun: Beginning) -> Run {
        Run {
            lesson,
            hash,
            profile,
            step,
            begun,
            draft: Draft::default(),
            said: None,
            seen: false,
            outcome: None,
            passed: false,
            hints: 0,
            queue: VecDeque::new(),
            typed: None,
        }
    }

    /// The same at another step, or under another profile.
    pub fn begin_again(&self, step: usize, profile: ProfileName, journal: &mut Journal) -> (Run, Session) {
        Run::begin(Rc::clone(&self.lesson), self.hash, step, profile, journal)
    }

    /// The lesson.
    pub fn lesson(&self) -> &Rc<Lesson> {
        &self.lesson
    }

    /// The number of the step, counted from 0.
    pub fn at(&self) -> usize {
        self.step
    }

    /// It is the last step.
    pub fn is_last(&self) -> bool {
        self.step + 1 >= self.lesson.steps.len()
    }

    /// The question is open: the clock waits for an answer.
    pub fn asks(&self) -> bool {
        self.asked().is_some()
    }

    /// The open question.
    pub fn asked(&self) -> Option<&Prediction> {
        self.step().prediction.as_ref().filter(|_| self.said.is_none() && !self.passed)
    }

    /// What is between the hosts is closed: an answer that will open it was not compared yet.
    pub fn is_closed(&self) -> bool {
        let steps = &self.lesson.steps;
        let opens = self.lesson.closed.as_ref().and_then(|id| steps.iter().position(|step| step.id == *id));
        opens.is_some_and(|opens| self.step < opens || (self.step == opens && self.outcome.is_none()))
    }

    /// All that the step asks for was done.
    pub fn is_done(&self) -> bool {
        self.passed && (self.said.is_none() || self.outcome.is_some())
    }

    /// A line is about to be typed. In the past of the step, it begins there.
    pub fn acts(&mut self, session: &Session) {
        if !self.begun.is_before(session.lab()) {
            self.begun = Beginning::of(session.lab());
        }
    }

    /// Does what somebody wants. True if the clock is to go on.
    pub fn does(&mut self, wish: Move, session: &Session, journal: &mut Journal) -> bool {
        match wish {
            Move::Place(host, node) => {
                self.draft.pair[usize::from(host == HostId::Server)] = Some(node);
                self.draft.turn = None;
            }
            Move::Turn(host) => self.draft.turn = Some(host),
            Move::PutBack => self.draft.turn = None,
            Move::Choose(at) => self.draft.one = Some(at),
            Move::Sure(sure) => self.draft.sure = sure,
            Move::Compare if self.keep(session, journal) => {
                self.type_all(session);
                return true;
            }
            Move::ByHand => return self.keep(session, journal),
            Move::Compare => {}
            Move::Type(at) => {
                self.queue.extend(self.step().needed.get(at).cloned());
                return true;
            }
            Move::Look(at) => {
                self.queue.extend(self.step().looks.get(at).cloned());
                return true;
            }
            Move::TypeAll => {
                self.type_all(session);
                return true;
            }
            Move::Hint => {
                self.hints = (self.hints + 1).min(self.step().hints.len() + 1);
                self.note(journal, Deed::Hinted);
            }
            Move::Next => self.next(session, journal),
        }
        false
    }

    /// The line that is to be typed now, and where.
    pub fn next_line(&mut self, now: Instant) -> Option<(TerminalId, Action)> {
        if self.typed.is_some_and(|typed| now < typed + BETWEEN_LINES) {
            return None;
        }
        let Typed { terminal, text } = self.queue.pop_front()?;
        self.typed = Some(now);
        Some((terminal, action(terminal, &text)))
    }

    /// When a line is to be typed, an answer compared, or something may hold only because time has passed.
    pub fn due(&self, session: &Session) -> Option<Instant> {
        let now = session.lab().now();
        let line = self.queue.front().map(|_| self.typed.map_or(now, |typed| typed + BETWEEN_LINES));
        let ripens = || {
            let check = self.step().check.predicates_in(self.profile);
            check.filter_map(|it| self.begun.ripens(it, session.lab())).min()
        };
        let settles = self.compared().and_then(|_| self.settles(session));
        let later = [self.moment(session), settles].map(|at| at.filter(|at| *at > now));
        let ripens = if self.passed { None } else { ripens() };
        [line.filter(|at| *at >= now), ripens].into_iter().chain(later).flatten().min()
    }

    /// Looks at what has happened. True if the clock is to stop, for something to be read.
    pub fn watch(&mut self, session: &Session, journal: &mut Journal) -> bool {
        if !self.begun.is_before(session.lab()) {
            return false;
        }
        let compared = self.compare(session, journal);
        let passes = !self.passed && self.begun.passes(&self.step().check, self.profile, session.lab());
        if passes {
            self.passed = true;
            let check = self.step().check.name.clone();
            self.note(journal, Deed::Passed(check));
        }
        compared || (passes && self.is_done())
    }

    pub(crate) fn step(&self) -> &Step {
        // There is one: a lesson has a step, and no other is begun.
        &self.lesson.steps[self.step]
    }

    /// The moment at which the answer is to be compared, if it is known.
    fn moment(&self, session: &Session) -> Option<Instant> {
        self.moment_of(self.compared()?, session)
    }

    /// The moment that the step's prediction is about, if it is known.
    pub(crate) fn moment_of(&self, prediction: &Prediction, session: &Session) -> Option<Instant> {
        let lab = session.lab();
        // What happened before counts only if the lines bring about none.
        let settled = || self.settles(session).is_some_and(|at| at <= lab.now());
        let anchor = |event: &Event| {
            let first = self.begun.first(event, lab);
            let before = || self.begun.first_or_last(event, lab).filter(|_| settled());
            first.or_else(before).map(|(_, at)| at)
        };
        match prediction {
            Prediction::Pair { moment, .. } | Prediction::Choice { moment, .. } => {
                anchor(&moment.event).map(|at| at + moment.after)
            }
            Prediction::Rows(rows) => anchor(&rows.moment.event).map(|at| at + rows.moment.after),
            Prediction::Next(next) => {
                let at = anchor(&next.event)?;
                let known = self.begun.next(next, lab).map(|(at, _)| at);
                Some(known.unwrap_or(at + next.within))
            }
            Prediction::Long { from, to, .. } => {
                self.begun.first_or_last(from, lab)?;
                self.begun.first(to, lab).map(|(_, at)| at)
            }
        }
    }

    /// The prediction, if its answer waits to be compared.
    fn compared(&self) -> Option<&Prediction> {
        self.step().prediction.as_ref().filter(|_| self.waits())
    }

    /// An answer was given, and waits to be compared.
    pub(crate) const fn waits(&self) -> bool {
        self.said.is_some() && self.outcome.is_none()
    }

    /// When the lines, which were all typed, have done what they do at once.
    fn settles(&self, session: &Session) -> Option<Instant> {
        let all_typed = self.passed || self.step().needed.iter().all(|line| self.was_typed(line, session));
        let last = self.inputs(session).map(|input| input.at).next().unwrap_or(self.begun.at());
        let waits = if self.step().needed.is_empty() { Duration::ZERO } else { BETWEEN_LINES };
        all_typed.then(|| last + waits)
    }

    /// What was typed since the step began, the newest first.
    fn inputs<'a>(&self, session: &'a Session) -> impl Iterator<Item = &'a tcp_course::Step> + use<'a> {
        let (begun, now) = (self.begun.at(), session.lab().now());
        let since = session.inputs().iter().rev().take_while(move |input| input.at >= begun);
        since.filter(move |input| input.at <= now)
    }

    /// This line was typed since the step began.
    pub(crate) fn was_typed(&self, line: &Typed, session: &Session) -> bool {
        self.inputs(session).any(|input| match &input.action {
            Action::Enter { terminal, line: text } | Action::Input { terminal, line: text } => {
                *terminal == line.terminal && *text == line.text
            }
            other => *other == action(line.terminal, &line.text),
        })
    }

    fn type_all(&mut self, session: &Session) {
        let all = self.step().needed.iter();
        self.queue = all.filter(|line| !self.was_typed(line, session)).cloned().collect();
        self.typed = None;
    }

    /// Keeps the answer that was chosen. False if none was.
    fn keep(&mut self, session: &Session, journal: &mut Journal) -> bool {
        let Some(answer) = self.chosen() else { return false };
        self.said = Some(answer);
        let (id, anchor) = (&self.lesson.id, &self.step().id);
        self.seen =
            journal.answered(id, anchor) || self.moment(session).is_some_and(|at| at <= session.lab().now());
        let deed = Deed::Answered { first: !self.seen, sure: self.draft.sure, answer: self.text(answer) };
        self.note(journal, deed);
        true
    }

    /// What is chosen, if nothing of it is missing.
    pub(crate) fn chosen(&self) -> Option<Answer> {
        match self.step().prediction.as_ref()? {
            Prediction::Pair { .. } => match self.draft.pair {
                [Some(client), Some(server)] => {
                    Some(Answer::Pair([client, server].map(|node| node.node().state)))
                }
                _ => None,
            },
            _ => self.draft.one.map(Answer::One),
        }
    }

    /// Compares the answer with what is there, once its moment has come. True if it has.
    fn compare(&mut self, session: &Session, journal: &mut Journal) -> bool {
        let now = session.lab().now();
        let Some(moment) = self.moment(session).filter(|at| *at <= now) else { return false };
        let then = (moment < now).then(|| {
            let mut then = session.clone();
            go_to(&mut then, moment);
            then
        });
        let there = self.there(then.as_ref().unwrap_or(session));
        let deeds: Vec<Deed> = match (&there, self.said) {
            (Outcome::Pair(there), Some(Answer::Pair(said))) => {
                let is_right = |at: usize| there[at].0 == said[at];
                match (is_right(0), is_right(1)) {
                    (true, true) => vec![Deed::Right(None)],
                    (true, false) => vec![Deed::Right(Some(HostId::Client)), Deed::Wrong],
                    (false, true) => vec![Deed::Right(Some(HostId::Server)), Deed::Wrong],
                    (false, false) => vec![Deed::Wrong],
                }
            }
            // Who brought about something else was not wrong about this.
            (Outcome::One(None, _), _) => Vec::new(),
            (Outcome::One(right, _), Some(Answer::One(said))) if *right == Some(said) => {
                vec![Deed::Right(None)]
            }
            _ => vec![Deed::Wrong],
        };
        deeds.into_iter().for_each(|deed| self.note(journal, deed));
        self.outcome = Some(there);
        true
    }

    /// Goes to the next step, which begins here.
    fn next(&mut self, session: &Session, journal: &mut Journal) {
        if self.is_last() {
            return;
        }
        let begun = Beginning::of(session.lab());
        *self = Run::resume(Rc::clone(&self.lesson), self.hash, self.step + 1, self.profile, begun);
        self.begins(session, journal);
    }

    /// Writes down that a step begins. One that asks for nothing and needs nothing is to be read: it may be done by that.
    fn begins(&mut self, session: &Session, journal: &mut Journal) {
        self.note(journal, Deed::Begun);
        if self.step().prediction.is_none() && self.step().needed.is_empty() {
            self.watch(session, journal);
        }
    }

    /// Writes down that the step is left out.
    pub fn skips(&self, journal: &mut Journal) {
        self.note(journal, Deed::Skipped);
    }

    fn note(&self, journal: &mut Journal, deed: Deed) {
        let (lesson, step) = (self.lesson.id.clone(), self.step().id.clone());
        journal.add(JournalEntry { lesson, hash: self.hash, step, deed });
    }
}
