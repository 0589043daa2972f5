//! Blind diagnosis: a fault is hidden, and somebody who has both hosts and their tools says what is wrong, and where.
//!
//! Beside the lab with the hidden fault runs one with each other fault of the level, under the same lines. A fault is out
//! once something was seen that it would not have shown. What is true is decided by that alone: an answer is right when
//! every fault that is still possible lies in its class, the faults that nothing offered at this level separates from it.
//!
//! The same seed hides the same fault. Whoever wants can read it from the program: hiding is against accident, not
//! against intent.

mod claim;
mod compare;
mod fault;
mod grade;
mod groups;
mod history;
mod keep;
mod level;
mod opening;
mod say;
mod seen;
mod suspect;
mod table;

pub use claim::Answer;
pub use fault::{Fault, Lasts, Part, Reject};
pub use grade::{Fit, Grade, Over, Refuted, Would};
pub use keep::KeptError;
pub use level::{Hides, Offer};
pub use seen::{Looked, Marked, Seen};
pub use table::outcomes;
pub use tcp_scene::words::puzzle::{Claim, Level, Loss, Span, Spot, Trouble};

use history::{Act, Change, TENTH, Watched, recording, tenth_after};
use keep::Did;
use level::listed;
use seen::SeenLine;
use std::rc::Rc;
use std::time::Duration;
use suspect::Suspect;
use table::Table;
use tcp_core::Instant;
use tcp_course::{Action, Session};

/// A puzzle that somebody solves.
#[derive(Clone, Debug)]
pub struct Puzzle {
    level: Level,
    seed: u64,
    faults: Rc<[Fault]>,
    /// What an answer says of each.
    claims: Rc<[Vec<Claim>]>,
    /// The hidden one, counted from 0.
    truth: usize,
    /// The lab in which it is hidden.
    shown: Watched,
    /// All others that are still possible, or why not; made when they are first asked for.
    suspects: Vec<Suspect>,
    /// What was typed on the way to now, and to what was seen after it.
    acts: Vec<Act>,
    /// What undo took back of this way, the last first.
    undone: Vec<Act>,
    /// What was marked of this way after now, before an earlier moment was gone to.
    ahead: Vec<Marked>,
    /// Up to when that was seen.
    end: Instant,
    /// Up to when all that was seen on this way was compared.
    compared: Option<Instant>,
    /// All lines that were ever typed.
    lines: Vec<SeenLine>,
    /// Up to when netstat was ever watched.
    watched: Instant,
    /// What it showed by then, on either host.
    longest: [Vec<Change>; table::PANELS],
    /// All that was done.
    did: Vec<Did>,
    over: Option<Over>,
}

impl Puzzle {
    /// The longest that a step waits for something to change.
    const PATIENCE: Duration = Duration::from_secs(10);
    /// The latest moment: a day, as in a recording.
    const LAST: Instant = Instant::from_millis(86_400_000);

    /// The puzzle of this level that the seed chooses, at its beginning.
    pub fn new(level: Level, seed: u64) -> Puzzle {
        Puzzle::hiding(level, seed, Puzzle::hidden(level, seed))
    }

    /// Which of the level's faults a seed hides. In one puzzle of eight nothing is wrong.
    ///
    /// Of seeds below 100 000 000 it is a promise: a link hides the same fault in every version. Faults that come later are
    /// added to the end of a level's list, and are drawn by the next hundred million seeds.
    pub fn hidden(level: Level, seed: u64) -> usize {
        const SEEDS: u64 = 100_000_000;
        let lists = listed(level);
        let list = usize::try_from(seed / SEEDS).unwrap_or(usize::MAX).min(lists.len() - 1);
        let drawn = scattered(seed ^ scattered(level as u64 + 1));
        let others = lists[list] as u64 - 1;
        if drawn.is_multiple_of(8) { 0 } else { 1 + usize::try_from((drawn >> 8) % others).unwrap_or(0) }
    }

    /// A puzzle that hides this one of the level's faults, for tests; the last if there are fewer.
    pub fn hiding(level: Level, seed: u64, truth: usize) -> Puzzle {
        let faults = level.faults();
        let truth = truth.min(faults.len() - 1);
        Puzzle::of(level, seed, faults, truth)
    }

    /// A lab with this fault, beside which no other runs, for tests: nothing can be answered in it.
    pub fn alone(level: Level, fault: Fault) -> Puzzle {
        Puzzle::of(level, 0, vec![fault], 0)
    }

    fn of(level: Level, seed: u64, faults: Vec<Fault>, truth: usize) -> Puzzle {
        Puzzle {
            level,
            seed,
            truth,
            shown: Watched::new(level, &faults[truth]),
            claims: faults.iter().map(|fault| fault.claims(level)).collect(),
            faults: faults.into(),
            suspects: Vec::new(),
            acts: Vec::new(),
            undone: Vec::new(),
            ahead: Vec::new(),
            end: Instant::START,
            compared: None,
            lines: Vec::new(),
            watched: Instant::START,
            longest: Default::default(),
            did: Vec::new(),
            over: None,
        }
    }

    /// The level.
    pub const fn level(&self) -> Level {
        self.level
    }

    /// The seed.
    pub const fn seed(&self) -> u64 {
        self.seed
    }

    /// The moment that is shown: always the end of a tenth of a second.
    pub fn now(&self) -> Instant {
        self.shown.now()
    }

    /// The latest moment that was seen on the way on which it is now.
    pub const fn end(&self) -> Instant {
        self.end
    }

    /// What the page shows of a puzzle, and all that it can.
    pub fn seat(&self) -> tcp_scene::Seat {
        tcp_scene::seat(self.shown.lab())
    }

    /// What Tab makes of a line.
    pub fn complete(&self, terminal: tcp_shell::TerminalId, line: &str) -> tcp_shell::Completion {
        self.shown.lab().complete(terminal, line)
    }

    /// Types something in a terminal of a host. It takes a tenth of a second.
    pub fn act(&mut self, action: Action) {
        let at = self.now();
        // Nobody sits anywhere else.
        let sits = seen::terminal_of(&action).is_some_and(|terminal| terminal.host().is_some());
        if at >= Puzzle::LAST || !sits {
            return;
        }
        if at < self.end {
            // What came later is not on this way.
            self.did.push(Did::Back(self.end, at));
            self.acts.retain(|act| act.at < at);
            self.ahead.clear();
            self.suspects.iter_mut().for_each(Suspect::leave_the_way);
        }
        let line = SeenLine::of(&action, at);
        // How much stood there before.
        let before =
            line.as_ref().map(|line| (line.terminal, self.shown.lab().terminal(line.terminal).printed.len()));
        self.lines.extend(line);
        self.undone.clear();
        let act = Act { at, action };
        self.did.push(Did::Act(act.clone()));
        self.types(act);
        if let (Some((terminal, before)), Some(last)) = (before, self.lines.last_mut()) {
            last.printed = seen::printed_since(self.shown.lab().terminal(terminal), before);
        }
    }

    /// Types it on this way, of which now is the end.
    fn types(&mut self, act: Act) {
        self.compared = None;
        self.shown.act(&act.action);
        self.suspects.iter_mut().for_each(|suspect| suspect.act(&act));
        self.acts.push(act);
        self.end = self.now();
        self.moved();
        self.settle();
    }

    /// Types the lines of something that the level offers, at its time if that has not passed. What shows something only at
    /// its time is typed there, in the past.
    pub fn look(&mut self, offer: usize) {
        let Some(offer) = self.level.offers().get(offer) else { return };
        if offer.goes_back && self.now() > offer.at {
            self.go_to(offer.at);
        }
        self.pass(offer.at);
        let mut at = self.now();
        for (terminal, line) in offer.lines {
            self.pass(at);
            self.act(Action::enter(*terminal, *line));
            at = at + Offer::BETWEEN;
        }
    }

    /// Lets time pass, up to the end of a tenth.
    pub fn pass(&mut self, to: Instant) {
        let to = tenth_after(to.min(Puzzle::LAST));
        while self.now() < to {
            let now = self.now();
            // In the past, what was typed then is typed again.
            match self.acts.iter().find(|act| act.at >= now && act.at < to) {
                Some(act) => {
                    let act = act.clone();
                    self.shown.pass(act.at);
                    self.shown.act(&act.action);
                }
                None => self.shown.pass(to),
            }
        }
        self.moved();
    }

    /// Lets time pass until something can be seen, or for a while if nothing can. True if something was.
    pub fn step(&mut self) -> bool {
        let (before, until) = (self.shown.history.len(), self.now() + Puzzle::PATIENCE);
        while self.now() < until && self.now() < Puzzle::LAST && self.shown.history.len() == before {
            // Nothing is seen before something happens.
            let next = self.shown.next_event().map_or(until, tenth_after).min(until);
            let acts = self.acts.iter().map(|act| act.at + TENTH).find(|at| *at > self.now());
            let least = self.now() + TENTH;
            self.pass(next.min(acts.unwrap_or(until)).max(least));
        }
        self.shown.history.len() > before
    }

    /// Goes to an earlier moment, or to a later one that was seen. What was seen stays seen.
    pub fn go_to(&mut self, to: Instant) {
        let to = tenth_after(to).min(self.end);
        if to < self.now() {
            self.settle();
            self.ahead =
                self.marks().into_iter().filter(|mark| mark.look.is_none() && mark.at > to).collect();
            let before: Vec<Act> = self.acts.iter().filter(|act| act.at < to).cloned().collect();
            self.shown = Watched::again(self.level, &self.faults[self.truth], &before, to);
        } else {
            self.pass(to);
        }
    }

    /// Takes back the last line of this way: goes to when it was typed, and forgets what came after. It stays counted.
    /// False if nothing was typed.
    pub fn undo(&mut self) -> bool {
        let now = self.now();
        let Some(last) = self.acts.iter().rfind(|act| act.at < now).cloned() else { return false };
        self.did.push(Did::Undo(now));
        self.leave_at(last.at);
        self.undone.push(last);
        true
    }

    /// Types again what undo took back last, when it was typed; that is no further look. False if there is nothing.
    pub fn redo(&mut self) -> bool {
        let Some(act) = self.undone.pop() else { return false };
        self.did.push(Did::Redo(self.now()));
        self.leave_at(act.at);
        self.types(act);
        true
    }

    /// Whether there is something to undo, and something to redo.
    pub fn can_undo(&self) -> [bool; 2] {
        let now = self.now();
        [self.acts.iter().any(|act| act.at < now), !self.undone.is_empty()]
    }

    /// Goes back to a moment of this way, and forgets what came after.
    fn leave_at(&mut self, at: Instant) {
        self.go_to(at);
        self.acts.retain(|act| act.at < at);
        self.ahead.clear();
        (self.end, self.compared) = (at, None);
        self.suspects.iter_mut().for_each(Suspect::leave_the_way);
    }

    /// How many looks were taken: netstat on either host is one each, for as long as it was watched, and each line is one.
    pub fn count(&self) -> usize {
        table::PANELS + self.lines.len()
    }

    /// Ends the puzzle without an answer.
    pub fn give_up(&mut self) {
        let end = self.end;
        self.go_to(end);
        self.settle();
        self.ends(false);
    }

    /// How it ended, if it has.
    pub const fn over(&self) -> Option<&Over> {
        self.over.as_ref()
    }

    /// The open lab at this moment, with everything visible. Lines that `sudo` refused are left out: there it does not.
    pub fn opened(&self) -> Session {
        self.opened_at(self.now())
    }

    /// The same at another moment of this way.
    pub fn opened_at(&self, at: Instant) -> Session {
        let runs = |act: &&Act| !seen::is_refused(&act.action, self.level.captures());
        let acts: Vec<Act> = self.acts.iter().filter(|act| act.at < at).filter(runs).cloned().collect();
        let mut session = Session::of(&recording(self.level, &self.faults[self.truth], &acts));
        session.advance_to(at);
        session
    }

    /// Time has passed, or something was typed.
    fn moved(&mut self) {
        self.end = self.end.max(self.now());
        if self.now() >= self.watched {
            self.watched = self.now();
            self.longest = std::array::from_fn(|place| self.shown.history.places[place].clone());
        }
    }

    const fn table(&self) -> Table {
        Table::of(self.level)
    }
}

/// Scatters the bits of a number (the finalizer of SplitMix64).
const fn scattered(mut z: u64) -> u64 {
    z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
