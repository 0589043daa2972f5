//! A lab with the lines that made it: recorded, replayed, rewound.

use crate::lab::Lab;
use crate::recording::Recording;
use crate::terminal::TerminalId;
use tcp_core::Instant;
use tcp_core::tcp::ProfileName;

/// What a user can do at a terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// A line and Enter.
    Enter(String),
    /// Ctrl-C
    Interrupt,
    /// Ctrl-D
    EndOfInput,
}

/// What a user did, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// When.
    pub at: Instant,
    /// Where.
    pub terminal: TerminalId,
    /// What.
    pub action: Action,
}

/// A lab and its past. Going back and acting forks: what came later is dropped.
#[derive(Clone, Debug)]
pub struct Session {
    lab: Lab,
}

#[expect(unused_variables, clippy::todo, missing_docs, reason = "signatures first")]
impl Session {
    pub fn new(profile: ProfileName, seed: u64) -> Session {
        todo!()
    }
    /// Plays a recording to its end.
    pub fn replay(recording: &Recording) -> Session {
        todo!()
    }
    pub fn recording(&self) -> Recording {
        todo!()
    }
    /// The lab as it is at the playhead.
    pub fn lab(&self) -> &Lab {
        &self.lab
    }
    /// Does it now, at the playhead; if that lies in the past, the later inputs are dropped.
    pub fn act(&mut self, terminal: TerminalId, action: Action) {
        todo!()
    }
    /// Moves the playhead forward.
    pub fn advance_to(&mut self, to: Instant) {
        todo!()
    }
    /// When the next thing happens: an event of the lab, or an input that is still to come after a rewind.
    pub fn next_event(&self) -> Option<Instant> {
        todo!()
    }
    /// Moves the playhead to the next event and lets it happen. False if there is none.
    pub fn step(&mut self) -> bool {
        todo!()
    }
    /// Moves the playhead back to just before the last event that happened. False at the beginning.
    pub fn step_back(&mut self) -> bool {
        todo!()
    }
    /// Moves the playhead to any moment of the past or future.
    pub fn go_to(&mut self, to: Instant) {
        todo!()
    }
    /// The latest moment that was ever reached on this course.
    pub fn end(&self) -> Instant {
        todo!()
    }
    /// A short fingerprint of all facts: equal if and only if (but for chance) the facts are.
    pub fn digest(&self) -> String {
        todo!()
    }
}
