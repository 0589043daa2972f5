//! A lesson that somebody takes. Its lines are typed as any others are, and the clock stops where it wants something read.

use super::Store;
use std::rc::Rc;
use tcp_core::Instant;
use tcp_lessons::{Beginning, Journal, Lesson, LessonView, Move, Prediction, Run};
use tcp_scene::address::Wrong;
use tcp_scene::pace::{self, Leg, Pace, Passing};
use tcp_scene::words::Sharing;
use tcp_shell::ProfileName;

/// What somebody wants of lessons.
#[derive(Clone)]
pub(crate) enum Learn {
    /// Takes a lesson, from a step on if one is named.
    Take {
        /// The lesson.
        lesson: Rc<Lesson>,
        /// The hash of its file.
        hash: u32,
        /// The step's anchor.
        step: Option<String>,
    },
    /// Goes on with a step in the session as it is, after the page was reloaded.
    Resume {
        /// The lesson.
        lesson: Rc<Lesson>,
        /// The hash of its file.
        hash: u32,
        /// The step's anchor.
        step: String,
        /// How the step began.
        begun: Beginning,
    },
    /// Something in the lesson.
    Do(Move),
    /// The step as it begins.
    Begin,
    /// The next step, as it begins, without this one.
    Skip,
    /// The open lab, as it is.
    Leave,
    /// The file of a lesson has not come.
    Missing,
    /// What was learnt elsewhere is added.
    Join(Rc<Journal>),
    /// What was learnt is forgotten.
    Forget,
}

impl Learn {
    /// The session stays as it is.
    pub(super) const fn leaves_the_session(&self) -> bool {
        !matches!(self, Learn::Take { .. } | Learn::Begin | Learn::Skip)
    }
}

impl Store {
    /// What was learnt on earlier visits.
    pub(crate) fn learnt(self, journal: Journal) -> Store {
        Store { journal: Rc::new(journal), ..self }
    }

    /// What the lesson that somebody takes asks: for both states, for something else, or for nothing.
    pub(crate) fn lesson_asks(&self) -> Option<&'static str> {
        self.run.as_ref().map(|run| match run.asked() {
            Some(Prediction::Pair { .. }) => "pair",
            Some(_) => "other",
            None => "nothing",
        })
    }

    /// The lesson closes what is between its hosts.
    pub(crate) fn is_closed(&self) -> bool {
        self.run.as_ref().is_some_and(Run::is_closed)
    }

    /// What is seen of the lesson.
    pub(super) fn lesson_view(&self) -> Option<Rc<LessonView>> {
        self.run.as_ref().map(|run| Rc::new(run.view(&self.session, &self.journal)))
    }

    /// Does what is wanted of lessons.
    pub(super) fn learn(&mut self, learn: Learn) {
        match learn {
            Learn::Take { lesson, hash, step } => {
                let step = step.or_else(|| self.left_at(&lesson));
                let at = step.map(|step| lesson.steps.iter().position(|it| it.id == step).ok_or(step));
                let at = at.transpose().unwrap_or_else(|step| {
                    self.notices.push(Sharing::Ignored(vec![Wrong::Step(step)]));
                    None
                });
                let journal = Rc::make_mut(&mut self.journal);
                let (run, session) =
                    Run::begin(lesson, hash, at.unwrap_or(0), self.settings.profile, journal);
                self.takes(run, session);
            }
            Learn::Resume { lesson, hash, step, begun } => {
                let at = lesson.steps.iter().position(|it| it.id == step);
                match at.filter(|_| self.reloaded || begun.is_before(self.session.lab())) {
                    Some(at) => {
                        self.run = Some(Run::resume(lesson, hash, at, self.settings.profile, begun));
                        (self.playing, self.looks_back) = (false, false);
                    }
                    // The session was not kept, and this is not the one in which the step began.
                    None => self.learn(Learn::Take { lesson, hash, step: at.map(|_| step) }),
                }
            }
            Learn::Do(wish) => self.does(wish),
            Learn::Begin => self.begin_step(0),
            Learn::Skip => {
                if let Some(run) = &self.run {
                    run.skips(Rc::make_mut(&mut self.journal));
                }
                self.begin_step(1);
            }
            Learn::Leave => self.run = None,
            Learn::Missing => self.notices.push(Sharing::NoLesson),
            Learn::Join(other) => Rc::make_mut(&mut self.journal).join(&other),
            Learn::Forget => self.journal = Rc::default(),
        }
    }

    /// The step at which the reader left a lesson, unless that was its end.
    fn left_at(&self, lesson: &Lesson) -> Option<String> {
        let last = self.journal.last_of(&lesson.id)?;
        let is_over = lesson.steps.last().is_some_and(|it| it.id == last)
            && self.journal.passed(&lesson.id).contains(last);
        Some(last.to_owned()).filter(|step| !is_over && lesson.steps.iter().any(|it| it.id == *step))
    }

    /// A step further on than this one, or this one again, as it begins.
    pub(super) fn begin_step(&mut self, further: usize) {
        let Some(run) = &self.run else { return };
        let journal = Rc::make_mut(&mut self.journal);
        let (run, session) = run.begin_again(run.at() + further, self.settings.profile, journal);
        self.takes(run, session);
    }

    /// One undo brings back the session before.
    fn takes(&mut self, run: Run, session: tcp_course::Session) {
        self.put(session);
        self.run = Some(run);
        self.look.selected = None;
        self.look.piece = None;
        self.due = None;
        (self.playing, self.looks_back, self.auto) = (false, false, false);
    }

    fn does(&mut self, wish: Move) {
        let Some(run) = &mut self.run else { return };
        let goes_on = run.does(wish, &self.session, Rc::make_mut(&mut self.journal));
        if goes_on {
            (self.playing, self.looks_back) = (true, false);
        } else if wish == Move::Next {
            (self.playing, self.looks_back) = (false, false);
        }
    }

    /// A lesson is taken under the profile that is set.
    pub(super) fn lesson_under(&mut self, profile: ProfileName) {
        self.settings.profile = profile;
        self.begin_step(0);
    }

    /// Something is about to be done at the playhead. The clock goes on for it, unless an answer is waited for, or all of the
    /// step is done.
    pub(super) fn acts_in_lesson(&mut self) {
        if let Some(run) = &mut self.run {
            run.acts(&self.session);
            self.playing |= !run.asks() && !run.is_done();
        }
    }

    /// Looks whether the step has come to something that is to be read: then the clock stops. False if not.
    pub(super) fn watches(&mut self) -> bool {
        let Some(run) = &mut self.run else { return false };
        let stops = run.watch(&self.session, Rc::make_mut(&mut self.journal));
        self.playing &= !stops;
        stops
    }

    /// Moves on through all crossings to the next timer, or up to where there is something to be read.
    pub(super) fn skip_in_lesson(&mut self) {
        /// A session that never rests must not hang the page.
        const MOST: usize = 2000;
        for _ in 0..MOST {
            let Some(leg) = self.lesson_leg() else { return };
            let before = std::mem::replace(&mut self.playing, true);
            self.pass_in_lesson(leg.until);
            let stopped = !self.playing;
            self.playing = before && !stopped;
            if stopped || leg.what != Passing::Crossing {
                return;
            }
        }
    }

    /// Lets time pass up to a moment, or up to where there is something to be read.
    pub(super) fn pass_in_lesson(&mut self, to: Instant) {
        while !self.watches() {
            if self.types_line() {
                continue;
            }
            let (event, due) = (self.session.next_event(), self.due_in_lesson());
            match [event, due].into_iter().flatten().min().filter(|at| *at <= to) {
                _ if self.part.is_some() => return self.pass_one_fact(to),
                Some(at) if event == Some(at) && self.goes_by_steps() => return self.pass_one_fact(to),
                Some(at) if event == Some(at) => _ = self.session.step(),
                Some(at) => self.session.advance_to(at),
                None => {
                    let last = self.lesson_leg().map(|leg| leg.until);
                    last.into_iter().for_each(|last| self.session.advance_to(to.min(last)));
                    self.watches();
                    return;
                }
            }
        }
    }

    /// Types the line that the lesson has next. False if none is due.
    fn types_line(&mut self) -> bool {
        let now = self.session.lab().now();
        let line = self.run.as_mut().and_then(|run| run.next_line(now));
        let types = line.is_some();
        if let Some((terminal, action)) = line {
            self.front.used(terminal);
            self.session.act(action);
        }
        types
    }

    /// When the lesson wants to look again.
    fn due_in_lesson(&self) -> Option<Instant> {
        self.run.as_ref().and_then(|run| run.due(&self.session))
    }

    /// How time goes on, also to what only the lesson waits for.
    pub(super) fn lesson_leg(&self) -> Option<Leg> {
        /// Seconds of the screen that a wait takes at most, whatever it is about: the step has said what is waited for.
        const LONGEST_WAIT: f64 = 6.0;
        let event = [self.session.next_event(), self.due_in_lesson()].into_iter().flatten().min();
        let leg = pace::leg(self.session.lab(), event, self.settings.pace, self.typing)?;
        let is_true = matches!(self.settings.pace, Pace::True(_));
        if leg.what != Passing::Counting || is_true || self.typing {
            return Some(leg);
        }
        let left = event.unwrap_or(leg.until).since(self.session.lab().now()).as_secs_f64();
        Some(Leg { rate: leg.rate.max(left / LONGEST_WAIT), ..leg })
    }
}

#[cfg(test)]
mod tests;
