//! Random sessions of real lines: each is the session that its link opens.
//!
//! `cargo xtask soak` makes ten thousand, `tests/links.rs` a few. The same seed always gives the same session.

use crate::chance::Chance;
use crate::stories::STORIES;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use tcp_core::tcp::ProfileName;
use tcp_core::{Instant, micros};
use tcp_course::{Action, Fidelity, Link, Recording, Session, Step, scenes};
use tcp_oracle::Trace;
use tcp_shell::{TerminalId, User};

/// Characters that a link to a session of [`MOST_STEPS`] steps may have, from its `#` on.
pub const LONGEST: usize = 2_000;
/// Steps of a session, at most.
const MOST_STEPS: u64 = 200;
/// Longest time between two steps, in microseconds.
const LONGEST_PAUSE: u64 = 5_000_000;

/// What people do: all steps of the stories, traces, recordings and scenes.
#[derive(Debug)]
pub struct Lines(Vec<Action>);

/// How many characters links have.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lengths {
    /// Of the longest link.
    pub longest: usize,
    /// Of all links together.
    pub all: usize,
    /// Steps of all links together.
    pub steps: usize,
}

impl Lengths {
    /// Adds others.
    pub fn join(&mut self, other: Lengths) {
        self.longest = self.longest.max(other.longest);
        self.all += other.all;
        self.steps += other.steps;
    }
}

impl Lines {
    /// Collects them from this repository.
    pub fn collect() -> Lines {
        let mut files = Vec::new();
        let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
        for folder in ["recordings", "traces"] {
            collect(&tests.join(folder), &mut files);
        }
        files.sort();
        let of_files = files.iter().filter_map(|file| Trace::read(file).ok()).map(|trace| trace.recording);
        let of_stories = STORIES.iter().map(|(_, play)| play().session().recording());
        let of_scenes = scenes::built_in().into_iter().map(|scene| scene.recording);
        let all = of_files.chain(of_stories).chain(of_scenes).flat_map(|recording| recording.steps);
        Lines(all.map(|step| step.action).collect())
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Makes the session of `seed`, and a link of it, and compares.
    pub fn run(&self, seed: u64) -> Result<Lengths, String> {
        let failed = |what: &str| format!("seed {seed}: {what}");
        let mut chance = Chance::new(seed);
        let session = self.session(&mut chance, seed);
        let link = Link::of(&session);
        let text = link.to_text().map_err(|error| failed(&error.to_string()))?;
        let read = Link::from_text(&text).map_err(|error| failed(&error.to_string()))?;
        if read != link {
            return Err(failed("the link is another after it was written and read"));
        }
        let (opened, fidelity) = read.open();
        if fidelity != Fidelity::Same || opened.digest() != session.digest() {
            return Err(failed(&format!("another session: {fidelity:?}")));
        }
        let whole = |session: &Session| (session.recording(), session.moment(), session.end());
        if whole(&opened) != whole(&session) {
            return Err(failed("another recording or moment"));
        }
        // The `#` is a character, too.
        let longest = text.len() + 1;
        if longest > LONGEST {
            return Err(failed(&format!("{longest} characters")));
        }
        Ok(Lengths { longest, all: longest, steps: session.inputs().len() })
    }

    fn session(&self, chance: &mut Chance, seed: u64) -> Session {
        let profile = if chance.one_in(2) { ProfileName::Article } else { ProfileName::Linux };
        let count = if chance.one_in(2) { MOST_STEPS } else { chance.below(MOST_STEPS) };
        let mut now = Instant::START;
        let mut started = BTreeSet::new();
        let steps = (0..count).map(|_| {
            now = Instant::from_micros(now.as_micros() + chance.below(LONGEST_PAUSE));
            Step { at: now, action: known(chance.of(&self.0).clone(), &mut started) }
        });
        let recording = Recording { steps: steps.collect(), ..Recording::new(profile, seed) };
        let user = if chance.one_in(2) { User::Student } else { User::Root };
        let recording = Recording { user, ..recording };
        let mut session = Session::of(&recording);
        // Anywhere, now and then in the past, and now and then between two things of one moment.
        if chance.one_in(2) {
            session.go_to(Instant::from_micros(chance.below(micros(now.since(Instant::START)) + 1)));
            (0..chance.below(4)).for_each(|_| _ = session.step());
        } else {
            session.go_to(now);
        }
        if chance.one_in(4) {
            session.step_back();
        }
        session
    }
}

/// The action, or if it is for a program that was not started, one at a terminal.
fn known(action: Action, started: &mut BTreeSet<String>) -> Action {
    match action {
        Action::Start { ref id, .. } => {
            started.insert(id.clone());
            action
        }
        Action::Type { id, text, .. } if !started.contains(&id) => {
            Action::Input { terminal: TerminalId::ClientUpper, line: text }
        }
        Action::CtrlD { id, .. } if !started.contains(&id) => Action::ctrl_d(TerminalId::ClientUpper),
        Action::Signal { id, .. } if !started.contains(&id) => Action::ctrl_c(TerminalId::ClientUpper),
        action => action,
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "json") {
            files.push(path);
        }
    }
}
