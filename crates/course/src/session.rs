//! A lab with the lines that made it: recorded, replayed, rewound.
//!
//! The past is a list of inputs; everything else follows from it. A *deed* is one input or one event of the lab; the
//! playhead stands behind a number of deeds, at a time that the clock may have gone on to since the last of them.
//! Going anywhere is: take the nearest [checkpoint](checkpoint) before it and do the deeds again.

mod checkpoint;
mod digest;

use crate::recording::{Recording, Step, StepAction, Sysctl};
use checkpoint::{Checkpoint, Checkpoints};
use std::time::Duration;
use tcp_core::Instant;
use tcp_core::Sorted;
use tcp_core::net::{HostId, ProcessId};
use tcp_core::tcp::ProfileName;
use tcp_shell::{Lab, Signal, TerminalId};

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

/// What was done, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// When.
    pub at: Instant,
    /// What, as a recording has it.
    pub what: StepAction,
}

/// A lab and its past. Going back and acting forks: what came later is dropped.
#[derive(Clone, Debug)]
pub struct Session {
    /// The lab at the playhead.
    lab: Lab,
    /// The programs that were started by a recording's name for them, at the playhead.
    named: Sorted<String, ProcessId>,
    profile: ProfileName,
    seed: u64,
    delays: Vec<(HostId, Duration)>,
    sysctls: Vec<Sysctl>,
    /// All inputs of this course, in the order of time.
    inputs: Vec<Input>,
    /// How many of them are done at the playhead.
    done: usize,
    /// Deeds up to the playhead.
    position: u64,
    checkpoints: Checkpoints,
    end: Instant,
}

impl Session {
    /// A new lab, at time zero.
    pub fn new(profile: ProfileName, seed: u64) -> Session {
        Session::prepared(&Recording::new(profile, seed))
    }

    /// Plays a recording to its last step.
    pub fn replay(recording: &Recording) -> Session {
        let mut session = Session::loaded(recording);
        let last = session.inputs.last().map_or(Instant::START, |input| input.at);
        session.advance_to(last);
        session
    }

    /// A session at time zero that has a recording's steps before it.
    pub fn loaded(recording: &Recording) -> Session {
        let mut session = Session::prepared(recording);
        let input = |step: &Step| Input { at: step.at, what: step.action.clone() };
        // One that was made by hand need not be in order.
        for input in recording.steps.iter().map(input) {
            let place = session.inputs.partition_point(|other| other.at <= input.at);
            session.inputs.insert(place, input);
        }
        session
    }

    fn prepared(recording: &Recording) -> Session {
        let Recording { profile, seed, delays, sysctls, .. } = recording.clone();
        let mut session = Session {
            lab: Lab::new(profile, seed),
            named: Sorted::new(),
            profile,
            seed,
            delays,
            sysctls,
            inputs: Vec::new(),
            done: 0,
            position: 0,
            checkpoints: Checkpoints::default(),
            end: Instant::START,
        };
        session.lab = session.first().lab;
        session
    }

    /// The beginning, made again.
    fn first(&self) -> Checkpoint {
        let mut lab = Lab::new(self.profile, self.seed);
        for (from, delay) in &self.delays {
            lab.set_delay(*from, *delay);
        }
        for Sysctl { host, name, value } in &self.sysctls {
            // A constant that is not known here changes nothing.
            let _ = lab.configure(*host, name, value);
        }
        Checkpoint { position: 0, done: 0, named: Sorted::new(), lab }
    }

    /// The same inputs in the same moments under another profile, up to the playhead.
    pub fn under(&self, profile: ProfileName) -> Session {
        let mut session = Session::loaded(&Recording { profile, ..self.recording() });
        session.advance_to(self.lab.now());
        // What came later on this course is still to come.
        session.end = self.end;
        session
    }

    /// What makes this course again: all its inputs, those after the playhead too.
    pub fn recording(&self) -> Recording {
        let step = |input: &Input| Step { at: input.at, action: input.what.clone() };
        Recording {
            profile: self.profile,
            seed: self.seed,
            delays: self.delays.clone(),
            sysctls: self.sysctls.clone(),
            steps: self.inputs.iter().map(step).collect(),
        }
    }

    /// The lab as it is at the playhead.
    pub fn lab(&self) -> &Lab {
        &self.lab
    }

    /// All inputs of this course, in the order of time.
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// The process that a recording's `start` step named `id`, if it has been started by now.
    pub fn named_process(&self, id: &str) -> Option<ProcessId> {
        self.named.get(id).copied()
    }

    /// Does it now, at the playhead; if that lies in the past, the later inputs are dropped.
    pub fn act(&mut self, terminal: TerminalId, action: Action) {
        let in_program = self.lab.terminal(terminal).foreground.is_some();
        self.perform(match action {
            Action::Enter(line) if in_program => StepAction::Input { terminal, line },
            Action::Enter(line) => StepAction::Enter { terminal, line },
            Action::Interrupt => StepAction::Interrupt { terminal },
            Action::EndOfInput => StepAction::EndOfInput { terminal },
        });
    }

    /// Does any step now, as [`Session::act`] does those of a terminal.
    pub fn perform(&mut self, what: StepAction) {
        let now = self.lab.now();
        self.inputs.truncate(self.done);
        self.checkpoints.forget_after(self.position);
        // What is due at this very moment happens first: so it will when the course is played again.
        self.advance_to(now);
        self.end = now;
        self.inputs.push(Input { at: now, what });
        self.step();
    }

    /// Moves the playhead forward.
    pub fn advance_to(&mut self, to: Instant) {
        while self.next_event().is_some_and(|at| at <= to) && self.step() {}
        self.lab.advance_to(to);
        self.end = self.end.max(self.lab.now());
    }

    /// When the next thing happens: an event of the lab, or an input that is still to come after a rewind.
    pub fn next_event(&self) -> Option<Instant> {
        let input = self.inputs.get(self.done).map(|input| input.at);
        [self.lab.next_event(), input].into_iter().flatten().min()
    }

    /// Moves the playhead to the next event and lets it happen. False if there is none.
    pub fn step(&mut self) -> bool {
        if !self.deed() {
            return false;
        }
        self.end = self.end.max(self.lab.now());
        self.checkpoints.offer(self.position, || Checkpoint {
            position: self.position,
            done: self.done,
            named: self.named.clone(),
            lab: self.lab.clone(),
        });
        true
    }

    /// Moves the playhead back to just before the last event that happened. False at the beginning.
    pub fn step_back(&mut self) -> bool {
        let Some(target) = self.position.checked_sub(1) else {
            let moved = self.lab.now() > Instant::START;
            self.restore(|_| false);
            return moved;
        };
        self.restore(|checkpoint| checkpoint.position <= target);
        while self.position < target && self.deed() {}
        true
    }

    /// Moves the playhead to any moment of the past or future.
    pub fn go_to(&mut self, to: Instant) {
        if to < self.lab.now() {
            self.restore(|checkpoint| checkpoint.lab.now() <= to);
        }
        self.advance_to(to);
    }

    /// The latest moment that was ever reached on this course.
    pub fn end(&self) -> Instant {
        self.end
    }

    /// A short fingerprint of all facts: equal if and only if (but for chance) the facts are.
    pub fn digest(&self) -> String {
        digest::digest(self.lab.world())
    }

    /// Does the next deed: an event before an input of the same time.
    fn deed(&mut self) -> bool {
        let input = self.inputs.get(self.done);
        match (self.lab.next_event(), input) {
            (None, None) => return false,
            (Some(event), Some(input)) if input.at < event => self.input(),
            (None, Some(_)) => self.input(),
            (Some(_), _) => {
                self.lab.step();
            }
        }
        self.position += 1;
        true
    }

    fn input(&mut self) {
        let Some(Input { at, what }) = self.inputs.get(self.done).cloned() else {
            return;
        };
        self.done += 1;
        self.lab.advance_to(at.max(self.lab.now()));
        match what {
            StepAction::Enter { terminal, line } | StepAction::Input { terminal, line } => {
                self.lab.enter(terminal, &line);
            }
            StepAction::Interrupt { terminal } => self.lab.interrupt(terminal),
            StepAction::EndOfInput { terminal } => self.lab.end_of_input(terminal),
            StepAction::Start { host, id, cmd } => {
                let process = self.lab.spawn(host, &cmd);
                self.named.insert(id, process);
            }
            StepAction::Type { id, text, .. } => self.tell_named(&id, |lab, id| lab.type_into(id, &text)),
            StepAction::CtrlD { id, .. } => self.tell_named(&id, Lab::end_input),
            StepAction::Signal { id, signal, .. } => self.signal(&id, signal),
            StepAction::Run { host, cmd } => {
                let _ = self.lab.run(host, &cmd);
            }
            StepAction::Network { line } => {
                let _ = self.lab.run_on_network(&line);
            }
        }
    }

    fn signal(&mut self, id: &str, signal: Signal) {
        self.tell_named(id, |lab, id| lab.signal(id, signal));
    }

    fn tell_named(&mut self, id: &str, act: impl FnOnce(&mut Lab, ProcessId)) {
        if let Some(process) = self.named.get(id) {
            act(&mut self.lab, *process);
        }
    }

    /// Goes back to the latest checkpoint that fits, or to the beginning.
    fn restore(&mut self, fits: impl Fn(&Checkpoint) -> bool) {
        let latest = self.checkpoints.latest(fits).cloned();
        let Checkpoint { position, done, named, lab } = latest.unwrap_or_else(|| self.first());
        (self.position, self.done, self.named, self.lab) = (position, done, named, lab);
    }
}

#[cfg(test)]
mod tests;
