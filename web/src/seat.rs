//! The store of a puzzle's page: the puzzle, and how somebody solves it.
//!
//! The page is drawn from a [`SeatShown`], which has what [`tcp_scene::Seat`] shows and what the learner did. The puzzle
//! itself, with the lab in which the fault is hidden, is nowhere but here.

mod form;
mod past;
mod tally;

pub(crate) use form::{Choice, Form, Pick, What, Whole};
pub(crate) use tally::{Tally, UNCOUNTED, tally};

use crate::settings::Settings;
use crate::store::Front;
use past::Past;
use std::rc::Rc;
use std::time::Duration;
use tcp_core::Instant;
use tcp_core::net::HostId;
use tcp_course::{Action, Session};
use tcp_lessons::Journal;
use tcp_lessons::puzzle::{Claim, Grade, Hides, Level, Over, Puzzle, Refuted, Seen};
use tcp_scene::Seat;
use tcp_scene::timebar::TimeBar;
use tcp_shell::{Completion, TerminalId};

/// How time goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gait {
    /// To what can be seen next, and then it stops.
    Steps,
    /// As many virtual seconds in each.
    Times(u32),
}

impl Gait {
    /// In the order in which they are offered.
    pub(crate) const ALL: [Gait; 4] = [Gait::Steps, Gait::Times(1), Gait::Times(10), Gait::Times(60)];
}

/// What somebody wants.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Does {
    /// Types.
    Act(Action),
    /// Types what the level offers.
    Look(usize),
    /// A terminal is used.
    Use(TerminalId),
    /// A third one is opened.
    Open(TerminalId),
    /// Time has passed.
    Pass(Duration),
    PlayOrPause,
    Pace(Gait),
    Step,
    /// Goes to the mark before.
    Earlier,
    GoTo(Instant),
    Undo,
    Redo,
    Choose(Choice),
    Answer,
    /// Back to the question.
    Again,
    /// Shows the truth.
    Truth,
    Set(Settings),
    /// All of it is larger, for the back row.
    Present(bool),
}

/// What is shown.
#[derive(Clone, PartialEq)]
pub(crate) struct SeatShown {
    pub seat: Seat,
    /// Since when each host is in its state, as far as its netstat shows.
    pub since: [Instant; 2],
    pub level: Level,
    pub seed: u64,
    pub gait: Gait,
    pub playing: bool,
    /// Nothing changed in the last step.
    pub waited: bool,
    /// There is something to undo, and something to redo.
    pub can_undo: [bool; 2],
    pub seen: Rc<[Seen]>,
    /// What is known of the past; once it is over, all of it.
    pub bar: TimeBar,
    /// How many looks were taken.
    pub count: usize,
    pub form: Form,
    /// What came of the answer.
    pub told: Option<Rc<Grade>>,
    pub over: Option<Rc<Over>>,
    /// What fits all that was seen, and what does not, once it is over.
    pub fits: Rc<[Vec<Claim>]>,
    pub excluded: Rc<[Refuted]>,
    pub front: Front,
    /// The third terminals that are open.
    pub third: [bool; 2],
    pub tally: Tally,
    pub journal: Rc<Journal>,
    pub settings: Settings,
    pub presents: bool,
}

/// The store.
pub(crate) struct SeatStore {
    puzzle: Puzzle,
    gait: Gait,
    playing: bool,
    waited: bool,
    form: Form,
    told: Option<Rc<Grade>>,
    front: Front,
    third: [bool; 2],
    journal: Rc<Journal>,
    /// It was over when the page was loaded, and had been solved.
    was_solved: bool,
    past: Past,
    settings: Settings,
    presents: bool,
}

/// How a puzzle that is kept begins: it is open, solved, or its truth was shown.
const ENDS: [&str; 3] = ["open", "solved", "shown"];

impl SeatStore {
    /// The puzzle of an address, or as it was kept over a reload.
    pub(crate) fn new(level: Level, seed: u64, journal: Journal, kept: Option<&str>) -> SeatStore {
        let kept = kept.and_then(|kept| kept.split_once('\n'));
        let kept = kept.and_then(|(end, text)| Some((end, Puzzle::recall(text).ok()?)));
        let kept = kept.filter(|(_, puzzle)| (puzzle.level(), puzzle.seed()) == (level, seed));
        let (end, mut puzzle) = kept.unwrap_or_else(|| (ENDS[0], Puzzle::new(level, seed)));
        if end != ENDS[0] {
            puzzle.give_up();
        }
        let mut past = Past::default();
        past.follow(&puzzle, true);
        SeatStore {
            puzzle,
            past,
            settings: Settings::default(),
            presents: false,
            gait: Gait::Steps,
            playing: false,
            waited: false,
            form: Form::default(),
            told: None,
            front: Front::default(),
            third: [false; 2],
            journal: Rc::new(journal),
            was_solved: end == ENDS[1],
        }
    }

    /// With what somebody has set, and presented if the address asks for that.
    pub(crate) fn dressed(self, settings: Settings, presents: bool) -> SeatStore {
        SeatStore { settings, presents, ..self }
    }

    /// The moment that is shown.
    pub(crate) fn now(&self) -> Instant {
        self.puzzle.now()
    }

    /// What is kept over a reload: which puzzle, and the learner's own lines.
    pub(crate) fn kept(&self) -> String {
        let end = match self.puzzle.over() {
            None => ENDS[0],
            Some(over) if over.solved || self.was_solved => ENDS[1],
            Some(_) => ENDS[2],
        };
        format!("{end}\n{}", self.puzzle.kept())
    }

    /// What Tab makes of a line.
    pub(crate) fn complete(&self, terminal: TerminalId, line: &str) -> Completion {
        self.puzzle.complete(terminal, line)
    }

    /// The open lab at this moment, once the puzzle is over.
    pub(crate) fn opened(&self) -> Option<Session> {
        self.puzzle.over().map(|_| self.puzzle.opened())
    }

    /// Does it. False if nothing changed.
    pub(crate) fn update(&mut self, does: Does) -> bool {
        let goes_on =
            matches!(does, Does::Pass(_) | Does::Step | Does::PlayOrPause | Does::Earlier | Does::GoTo(_));
        let changed = self.does(does);
        self.past.follow(&self.puzzle, !goes_on);
        changed
    }

    fn does(&mut self, does: Does) -> bool {
        if matches!(
            does,
            Does::Act(_) | Does::Step | Does::PlayOrPause | Does::Undo | Does::Redo | Does::GoTo(_)
        ) {
            // It was said of what had been seen by then.
            self.told = None;
        }
        let stays = matches!(
            does,
            Does::Choose(_) | Does::Answer | Does::Again | Does::Use(_) | Does::Set(_) | Does::Present(_)
        );
        self.waited &= stays;
        match does {
            Does::Act(action) => self.puzzle.act(action),
            Does::Look(offer) => {
                self.uses(offer);
                self.puzzle.look(offer);
                self.told = None;
            }
            Does::Use(terminal) => {
                let before = self.front;
                self.front.used(terminal);
                return before != self.front;
            }
            Does::Open(terminal) => {
                self.third[usize::from(terminal.host() == Some(HostId::Server))] = true;
                self.front.used(terminal);
            }
            Does::Pass(span) if self.playing => {
                let before = self.puzzle.now();
                self.puzzle.pass(before + span);
                // The last moment there is.
                self.playing = self.puzzle.now() > before;
            }
            Does::Pass(_) => return false,
            Does::PlayOrPause if self.gait == Gait::Steps => self.waited = !self.puzzle.step(),
            Does::PlayOrPause => self.playing = !self.playing,
            Does::Pace(gait) => {
                self.gait = gait;
                self.playing &= gait != Gait::Steps;
            }
            Does::Step => {
                self.playing = false;
                self.waited = !self.puzzle.step();
            }
            Does::Earlier => {
                self.playing = false;
                let before = self.past.bar(&self.puzzle).before(self.puzzle.now());
                self.puzzle.go_to(before);
            }
            Does::GoTo(at) => {
                self.playing = false;
                self.puzzle.go_to(at);
            }
            Does::Undo => {
                self.playing = false;
                return self.puzzle.undo();
            }
            Does::Redo => {
                self.playing = false;
                return self.puzzle.redo();
            }
            Does::Set(settings) => self.settings = settings,
            Does::Present(on) => self.presents = on,
            Does::Choose(choice) => self.form.choose(choice),
            Does::Answer => return self.answer(),
            Does::Again => self.told = None,
            Does::Truth if self.puzzle.over().is_some() => return false,
            Does::Truth => {
                self.playing = false;
                self.puzzle.give_up();
                self.ended();
            }
        }
        true
    }

    /// Shows the terminal in which an offer types.
    fn uses(&mut self, offer: usize) {
        let lines = self.puzzle.level().offers().get(offer).map_or(&[][..], |offer| offer.lines);
        lines.iter().for_each(|(terminal, _)| self.front.used(*terminal));
    }

    fn answer(&mut self) -> bool {
        let Some(answer) = self.form.answer(self.puzzle.level()).filter(|_| self.puzzle.over().is_none())
        else {
            return false;
        };
        self.playing = false;
        let grade = self.puzzle.answer(&answer);
        let (level, seed) = (self.puzzle.level(), self.puzzle.seed());
        tally::answered(Rc::make_mut(&mut self.journal), level, seed, &answer, &grade);
        self.told = Some(Rc::new(grade));
        self.ended();
        true
    }

    /// Notes the end, if this is it.
    fn ended(&mut self) {
        if let Some(over) = self.puzzle.over() {
            tally::ended(Rc::make_mut(&mut self.journal), self.puzzle.level(), self.puzzle.seed(), over);
        }
    }

    /// What is shown.
    pub(crate) fn shown(&self) -> SeatShown {
        let seat = self.puzzle.seat();
        let seen = self.puzzle.seen();
        let since = [HostId::Client, HostId::Server].map(|host| self.puzzle.since(host));
        let over =
            self.puzzle.over().cloned().map(|over| Over { solved: over.solved || self.was_solved, ..over });
        let (fits, excluded) = match over {
            Some(_) => (self.puzzle.remaining(), self.puzzle.excluded()),
            None => (Vec::new(), Vec::new()),
        };
        SeatShown {
            seat,
            since,
            level: self.puzzle.level(),
            seed: self.puzzle.seed(),
            gait: self.gait,
            playing: self.playing,
            waited: self.waited,
            can_undo: self.puzzle.can_undo(),
            seen: seen.into(),
            bar: self.past.bar(&self.puzzle),
            count: self.puzzle.count(),
            form: self.form,
            told: self.told.clone(),
            over: over.map(Rc::new),
            fits: fits.into(),
            excluded: excluded.into(),
            front: self.front,
            third: self.third,
            tally: tally(&self.journal, self.puzzle.level()),
            journal: Rc::clone(&self.journal),
            settings: self.settings,
            presents: self.presents,
        }
    }
}

#[cfg(test)]
mod tests;
