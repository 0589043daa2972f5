//! Random sessions: whatever is done, in whatever order, a session equals its own replay.
//!
//! `cargo xtask soak` runs many, `tests/soak.rs` a few. The same seed always gives the same session.

mod mix;
mod repertoire;

use crate::chance::Chance;
use crate::laws;
pub use mix::{Kind, Mix};
use repertoire::{Beat, LINES, SCRIPTS};
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tcp_core::net::Happened;
use tcp_core::tcp::ProfileName;
use tcp_core::{Instant, millis};
use tcp_course::{Action, Recording, Session, Step};
use tcp_scene::{DropPlace, Look, scene};
use tcp_shell::TerminalId;

/// Operations between two comparisons with a replay.
const COMPARED: u64 = 25;
/// Number of facts after which a session starts again. One session in [`LONG`] is longer, so that it has checkpoints.
const FACTS: [usize; 2] = [2_000, 40_000];
const LONG: u64 = 4;
/// Virtual time after which a session starts again. A recording cannot be longer than a day.
const LATE: Instant = Instant::from_millis(40_000_000);

/// A failure: something that must not happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The seed of the session.
    pub seed: u64,
    /// How many operations had been done before it.
    pub operation: u64,
    /// What happened.
    pub what: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "seed {}, operation {}: {}", self.seed, self.operation, self.what)
    }
}

/// What the scripts type, as one would at the keyboard, each from the beginning.
pub(crate) fn scripts() -> impl Iterator<Item = Vec<Step>> {
    SCRIPTS.iter().map(|script| {
        let mut session = Session::new(ProfileName::Article, 1);
        for beat in *script {
            match *beat {
                Beat::Line(terminal, line) => session.act(Action::enter(terminal, line)),
                Beat::CtrlC(terminal) => session.act(Action::ctrl_c(terminal)),
                Beat::CtrlD(terminal) => session.act(Action::ctrl_d(terminal)),
                Beat::Wait(ms) => session.advance_to(session.lab().now() + millis(ms)),
            }
        }
        session.recording().steps
    })
}

/// Runs the session of `seed`.
pub fn run(seed: u64, operations: u64) -> Result<Mix, Failure> {
    let mut walk = Walk::new(seed);
    let mut done = 0;
    let all = catch_unwind(AssertUnwindSafe(|| {
        while done < operations {
            walk.operation();
            done += 1;
            if done % COMPARED == 0 || done == operations {
                walk.compare()?;
            }
        }
        Ok(())
    }));
    let failed = match all {
        Ok(Ok(())) => return Ok(walk.mix),
        Ok(Err(what)) => what,
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
            format!("panic: {}", text.unwrap_or("without words"))
        }
    };
    Err(Failure { seed, operation: done, what: failed })
}

/// A session, and what to do with it next.
struct Walk {
    session: Session,
    chance: Chance,
    /// Number of facts that it may have.
    most: usize,
    mix: Mix,
    /// The rest of the script that is being played, with the next beat last.
    script: Vec<Beat>,
    /// Whether the last operation took something back, so that there is something to redo.
    undone: bool,
}

impl Walk {
    fn new(seed: u64) -> Walk {
        let mut chance = Chance::new(seed);
        let profile = if chance.one_in(2) { ProfileName::Article } else { ProfileName::Linux };
        let session = Session::page(profile, seed);
        let most = FACTS[usize::from(chance.one_in(LONG))];
        Walk { session, most, chance, mix: Mix::default(), script: Vec::new(), undone: false }
    }

    /// Does one operation, and notes whether it changed the world.
    fn operation(&mut self) {
        let before = self.facts();
        let kind = self.choose();
        let changed = self.facts() != before;
        self.mix.add(kind, changed);
        self.take_rows(before);
    }

    /// How many facts there are at the playhead. Nothing happens without a fact.
    fn facts(&self) -> usize {
        self.session.lab().world().facts().len()
    }

    fn choose(&mut self) -> Kind {
        if self.facts() > self.most || self.session.lab().now() > LATE {
            return self.restart();
        }
        if std::mem::take(&mut self.undone) && self.chance.one_in(2) {
            return if self.chance.one_in(3) { self.undo() } else { self.redo() };
        }
        match self.chance.below(100) {
            0..62 => self.beat(),
            62..67 => self.line(),
            67..77 => self.click(),
            77..88 => self.step(),
            88..92 => self.seek(),
            92..97 => self.undo(),
            97 => self.redo(),
            98 => self.fork(),
            99 if self.chance.one_in(3) => self.restart(),
            _ => self.step_back(),
        }
    }

    /// Plays the next beat of a script.
    fn beat(&mut self) -> Kind {
        if self.script.is_empty() {
            let script = self.chance.of(SCRIPTS);
            self.script = script.iter().rev().copied().collect();
        }
        match self.script.pop() {
            Some(Beat::Line(terminal, line)) => self.types(terminal, line),
            Some(Beat::CtrlC(terminal)) => self.session.act(Action::ctrl_c(terminal)),
            Some(Beat::CtrlD(terminal)) => self.session.act(Action::ctrl_d(terminal)),
            Some(Beat::Wait(ms)) => return self.go_to(self.session.lab().now() + millis(ms)),
            None => {}
        }
        Kind::Line
    }

    /// Types a random line in a random terminal, or presses Ctrl-C or Ctrl-D there.
    fn line(&mut self) -> Kind {
        let terminal = *self.chance.of(&TerminalId::ALL);
        match self.chance.below(8) {
            0 => self.session.act(Action::ctrl_c(terminal)),
            1 => self.session.act(Action::ctrl_d(terminal)),
            _ => {
                let line = *self.chance.of(&LINES);
                self.types(terminal, line);
            }
        }
        Kind::Line
    }

    /// Presses a button of the page, which types its line.
    fn click(&mut self) -> Kind {
        let look = Look { place: *self.chance.of(&DropPlace::ALL), ..Look::default() };
        let scene = scene(self.session.lab(), &look);
        if self.chance.one_in(3) {
            let toggle = self.chance.of(&scene.firewall.toggles);
            self.types(toggle.terminal, &toggle.line);
        } else {
            let buttons = scene.hosts.iter().flat_map(|host| &host.buttons);
            let buttons: Vec<_> = buttons.filter(|button| button.enabled).collect();
            let button = self.chance.of(&buttons);
            self.session.act(button.action.clone());
        }
        Kind::Click
    }

    fn step(&mut self) -> Kind {
        self.session.step();
        Kind::Step
    }

    fn step_back(&mut self) -> Kind {
        self.session.step_back();
        Kind::Step
    }

    /// Goes to a random moment, more often in the past than not.
    fn seek(&mut self) -> Kind {
        let (now, end) = (self.session.lab().now().as_micros(), self.session.end().as_micros());
        let last = if self.chance.one_in(4) { end } else { now };
        let to = self.chance.below(last + 1);
        self.go_to(Instant::from_micros(to))
    }

    fn go_to(&mut self, to: Instant) -> Kind {
        self.mix.seek(to < self.session.lab().now());
        self.session.go_to(to);
        Kind::Seek
    }

    fn undo(&mut self) -> Kind {
        self.undone = self.session.undo();
        Kind::Undo
    }

    fn redo(&mut self) -> Kind {
        self.undone = self.session.redo();
        Kind::Redo
    }

    /// Goes back, and does something else there.
    fn fork(&mut self) -> Kind {
        self.seek();
        self.line();
        Kind::Fork
    }

    /// Starts again. An undo leads back.
    fn restart(&mut self) -> Kind {
        self.script.clear();
        self.session.restart();
        Kind::Restart
    }

    fn types(&mut self, terminal: TerminalId, line: &str) {
        self.session.act(Action::enter(terminal, line));
    }

    /// Notes the rows of the table that were taken since there were `before` facts.
    fn take_rows(&mut self, before: usize) {
        let facts = self.session.lab().world().facts();
        for fact in facts.skip(before) {
            if let Happened::Moved { row, .. } = fact.what {
                self.mix.take(row);
            }
        }
    }

    /// Compares the session with the replay of its recording.
    fn compare(&mut self) -> Result<(), String> {
        // A replay also runs what is due at this very moment.
        let now = self.session.lab().now();
        self.session.go_to(now);
        let recording = self.session.recording();
        let read = Recording::from_json(&recording.to_json()).map_err(|error| error.to_string())?;
        if read != recording {
            return Err("the recording is another after it was written and read".to_owned());
        }
        let mut again = Session::of(&read);
        again.go_to(now);
        self.mix.compared();
        if let Some(broken) = laws::broken(self.session.lab().world().log()) {
            return Err(broken);
        }
        if again.digest() != self.session.digest() {
            return Err(format!("at {now} the replay is another; recording: {}", recording.to_json()));
        }
        Ok(())
    }
}
