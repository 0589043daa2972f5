//! A lab with the lines that made it: recorded, replayed, rewound.
//!
//! The past is a list of inputs; everything else follows from it. A *deed* is one input or one event of the lab; the
//! [playhead](playhead) stands after a number of deeds, at a time that may be later than the last of them because the
//! clock went on. To go anywhere, a session takes the nearest [checkpoint](checkpoint) before it and does the deeds
//! from there again.
//!
//! The steps that a recording has at time zero are done before the beginning: nothing lies before that, and no step
//! back, undo or restart goes there.

mod checkpoint;
mod circumstances;
mod digest;
mod moment;
mod playhead;
mod trail;
mod turn;

use crate::recording::{Action, LATEST, Recording, Step};
use crate::scenes::{Play, Scene};
use checkpoint::{Checkpoint, Checkpoints};
pub use circumstances::Circumstances;
pub use moment::Moment;
pub use playhead::{Deed, Refused};
use playhead::{Playhead, Preparation};
use std::rc::Rc;
use tcp_core::Instant;
use tcp_core::Order;
use tcp_core::net::ProcessId;
use tcp_core::tcp::ProfileName;
use tcp_shell::tools::Output;
use tcp_shell::{Lab, TerminalId, User};
use trail::Tail;
pub use trail::{Mark, Marked, Trail};
use turn::Turn;

/// A lab, its past, and its future after going back.
///
/// To go back and act makes a fork: the future is dropped, and one [`Session::undo`] brings it back. What a recording
/// has not done yet is no future in this sense, and stays.
#[derive(Clone, Debug)]
pub struct Session {
    preparation: Preparation,
    head: Playhead,
    /// All inputs of this course, ordered by time.
    inputs: Vec<Step>,
    /// How many of them are done before the beginning.
    before: usize,
    /// The inputs after the beginning with which the session was loaded: [`Session::restart`] begins with them again.
    loaded: Vec<Step>,
    checkpoints: Checkpoints,
    trail: Trail,
    end: Instant,
    undo: Vec<Turn>,
    redo: Vec<Turn>,
    /// The scene that is being played.
    play: Option<Play>,
    /// This was a scene, which has been left.
    left_scene: bool,
}

impl Session {
    /// A new lab at time zero, in which the student types.
    pub fn new(profile: ProfileName, seed: u64) -> Session {
        Session::begun(&by_student(profile, seed), Circumstances::default(), 0)
    }

    /// The page's beginning: a server listens in its upper terminal.
    pub fn page(profile: ProfileName, seed: u64) -> Session {
        let steps = Session::page_steps();
        Session::begun(&Recording { steps, ..by_student(profile, seed) }, Circumstances::default(), 1)
    }

    /// What is done before the page's beginning.
    pub fn page_steps() -> Vec<Step> {
        let action = Action::enter(TerminalId::ServerUpper, "nc -l 5555");
        vec![Step { at: Instant::START, action }]
    }

    /// A session at the beginning of a recording, all later steps of which are still to come.
    pub fn of(recording: &Recording) -> Session {
        let at_zero = recording.steps.iter().filter(|step| step.at == Instant::START).count();
        Session::begun(&in_order(recording), Circumstances::default(), at_zero)
    }

    /// A scene at its beginning: its lines are still to come, and time stops at each of its pauses.
    pub fn scene(scene: Rc<Scene>, profile: ProfileName) -> Session {
        let mut session = Session::of(&Recording { profile, ..scene.recording.clone() });
        session.play = Some(Play::of(scene, profile));
        session.follow();
        session
    }

    /// A session in which nothing has been done, not even the steps that a recording has at time zero, on a machine
    /// with known circumstances.
    pub fn among(recording: &Recording, circumstances: Circumstances) -> Session {
        Session::begun(&in_order(recording), circumstances, 0)
    }

    /// The steps of `recording` are ordered by time.
    fn begun(recording: &Recording, circumstances: Circumstances, before: usize) -> Session {
        let inputs = recording.steps.clone();
        let preparation = Preparation::of(recording, circumstances);
        let head = preparation.beginning(&inputs[..before]);
        Session {
            checkpoints: Checkpoints::new(&head),
            trail: Trail::after(head.lab.world().log()),
            head,
            loaded: inputs[before..].to_vec(),
            preparation,
            inputs,
            before,
            end: Instant::START,
            undo: Vec::new(),
            redo: Vec::new(),
            play: None,
            left_scene: false,
        }
    }

    /// Plays a recording to its last step. Fails with the first thing in it that does not exist here.
    pub fn replay(recording: &Recording) -> Result<Session, Refused> {
        let mut session = Session::of(recording);
        let last = session.inputs.last().map_or(Instant::START, |input| input.at);
        session.advance_to(last);
        session.head.refused.take().map_or(Ok(session), Err)
    }

    /// The same inputs at the same times under another profile, up to the playhead. Nothing can be undone in the
    /// result.
    pub fn under(&self, profile: ProfileName) -> Session {
        let recording = Recording { profile, ..self.recording() };
        // Inputs at time zero but after the beginning do not become part of it.
        let mut session = Session::begun(&recording, self.preparation.circumstances, self.before);
        session.loaded.clone_from(&self.loaded);
        session.play = self.play.as_ref().map(|play| play.under(profile));
        session.left_scene = self.left_scene;
        session.follow();
        session.pass_to(self.lab().now());
        // The later inputs of this course are still to come.
        session.end = self.end;
        session
    }

    /// How its hosts behave.
    pub fn profile(&self) -> ProfileName {
        self.preparation.profile
    }

    /// The recording that makes this course again: all its inputs, including those after the playhead.
    pub fn recording(&self) -> Recording {
        self.preparation.recording(self.inputs.clone())
    }

    /// The lab as it is at the playhead.
    pub fn lab(&self) -> &Lab {
        &self.head.lab
    }

    /// All inputs of this course, ordered by time.
    pub fn inputs(&self) -> &[Step] {
        &self.inputs
    }

    /// The latest moment that was reached on this course.
    pub fn end(&self) -> Instant {
        self.end
    }

    /// What is worth a mark of all that happened on this course, also after the playhead.
    pub fn trail(&self) -> &Trail {
        &self.trail
    }

    /// The processes that a recording's `start` steps named and that have been started by now.
    pub fn named_processes(&self) -> &[(String, ProcessId)] {
        &self.head.named
    }

    /// The first thing before the playhead that was refused because it does not exist here.
    pub fn refused(&self) -> Option<&Refused> {
        self.head.refused.as_ref()
    }

    /// A short fingerprint of what happened and of what exists now: hosts, wire, queue, terminals and processes. Two
    /// sessions have the same fingerprint if and only if all of these are equal, but for chance.
    pub fn digest(&self) -> String {
        digest::of_all(self.lab())
    }

    /// A short fingerprint of what happened alone, which other versions of this program also compute.
    pub fn digest_of_facts(&self) -> String {
        digest::of_facts(self.lab().world())
    }

    /// The scene that is being played.
    pub const fn play(&self) -> Option<&Play> {
        self.play.as_ref()
    }

    /// Whether time stands still at a pause of a scene, until [`Session::go_on`] or a step.
    pub fn waits(&self) -> bool {
        self.play.as_ref().is_some_and(Play::waits)
    }

    /// Ends the wait at a pause.
    pub fn go_on(&mut self) {
        if let Some(play) = &mut self.play {
            play.go_on();
        }
    }

    /// Ends the scene at the playhead: what comes after it is dropped, and nothing before can be undone.
    pub fn leave_scene(&mut self) {
        if self.play.take().is_some() {
            self.fork(self.up_to_here());
            self.undo.clear();
            self.left_scene = true;
        }
    }

    /// Whether this was a scene, which has been left.
    pub fn has_left_scene(&self) -> bool {
        self.left_scene
    }

    /// When the next thing happens: an event of the lab, or an input that is still to come. Nothing happens later than
    /// the latest time of a recording, and nothing at a pause of a scene.
    pub fn next_event(&self) -> Option<Instant> {
        self.due().filter(|_| !self.waits())
    }

    fn due(&self) -> Option<Instant> {
        let input = self.inputs.get(self.head.done).map(|input| input.at);
        let next = [self.lab().next_event(), input].into_iter().flatten().min();
        next.filter(|at| *at <= LATEST)
    }

    /// Acts at the playhead. If that lies in the past, the later inputs are dropped; inputs of a recording that the clock
    /// has not reached yet are still to come.
    ///
    /// A line that is entered while a program is in the foreground goes to that program.
    pub fn act(&mut self, action: Action) {
        self.act_all(vec![action]);
    }

    /// Acts several times at the same moment, as by one act: one undo takes all back.
    pub fn act_all(&mut self, actions: Vec<Action>) {
        let at = self.lab().now();
        let unseen = self.end <= at;
        let to_come = if unseen { self.inputs[self.head.done..].to_vec() } else { Vec::new() };
        let (due, later) = to_come.split_at(to_come.partition_point(|input| input.at <= at));
        let waits = self.waits();
        self.fork(self.up_to_here());
        self.inputs.extend_from_slice(due);
        for action in actions {
            // What is due at this very moment happens first, as it will when the course is played again.
            while self.due().is_some_and(|due| due <= at) && self.step() {}
            let action = self.to_foreground(action);
            self.inputs.push(Step { at, action });
            self.step();
        }
        self.inputs.extend_from_slice(later);
        if let Some(play) = self.play.as_mut().filter(|_| waits) {
            play.wait();
        }
    }

    /// A line goes to the program in the foreground of its terminal, if there is one.
    fn to_foreground(&self, action: Action) -> Action {
        match action {
            Action::Enter { terminal, line } if self.lab().terminal(terminal).foreground.is_some() => {
                Action::Input { terminal, line }
            }
            other => other,
        }
    }

    /// Runs a command as root that only looks, such as netstat, and is not part of the course.
    pub fn look(&mut self, host: tcp_core::net::HostId, line: &str) -> Output {
        self.head.lab.run_as(User::Root, Some(host), line)
    }

    /// Whether there is nothing before the playhead to which [`Session::step_back`] could go.
    pub fn is_at_beginning(&self) -> bool {
        self.head.deeds == 0 && self.lab().now() == Instant::START
    }

    /// Moves the playhead forward, to the next pause of a scene at most.
    pub fn advance_to(&mut self, to: Instant) {
        while self.next_event().is_some_and(|at| at <= to) && self.step() {}
        if !self.waits() {
            self.head.lab.advance_to(to.min(LATEST));
            self.end = self.end.max(self.lab().now());
        }
    }

    /// Moves the playhead to the next event and lets it happen. Returns false if no event is left.
    pub fn step(&mut self) -> bool {
        self.deed().is_some()
    }

    /// Does the same as [`Session::step`], and returns what was done.
    pub fn deed(&mut self) -> Option<Deed> {
        self.due()?;
        let deed = self.head.deed(&self.inputs)?;
        self.end = self.end.max(self.lab().now());
        self.trail.follow(self.head.lab.world().log());
        self.checkpoints.offer(&self.head);
        self.follow();
        Some(deed)
    }

    /// Lets the scene see what was done, and wait if it has reached a pause.
    fn follow(&mut self) {
        if let Some(play) = &mut self.play {
            play.follow(self.head.lab.world().log(), self.head.deeds);
        }
    }

    /// Lets the scene see where the session is after it went elsewhere.
    fn resume(&mut self) {
        if let Some(play) = &mut self.play {
            play.resume(self.head.lab.world().log(), self.head.deeds);
        }
    }

    /// Moves the playhead back to just before the last event that happened. Returns false if there is nothing before
    /// it.
    pub fn step_back(&mut self) -> bool {
        let now = self.lab().now();
        let went = match self.head.deeds.checked_sub(1) {
            Some(deeds) => {
                self.restore(|checkpoint| checkpoint.deeds <= deeds);
                while self.head.deeds < deeds && self.head.deed(&self.inputs).is_some() {}
                true
            }
            None => {
                self.restore(|_| false);
                now > Instant::START
            }
        };
        self.resume();
        went
    }

    /// Moves the playhead to any moment of the past or future.
    pub fn go_to(&mut self, to: Instant) {
        // When going forward, a checkpoint may be nearer than the playhead.
        let nearest = self.checkpoints.latest(|checkpoint| checkpoint.now() <= to);
        if to < self.lab().now() || nearest.deeds > self.head.deeds {
            self.head.restore(nearest);
        }
        self.resume();
        self.pass_to(to);
    }

    /// Moves the playhead forward, through the pauses of a scene.
    fn pass_to(&mut self, to: Instant) {
        self.advance_to(to);
        while self.waits() && self.lab().now() < to {
            self.go_on();
            self.advance_to(to);
        }
    }

    /// Goes back to the latest checkpoint that fits, or to the beginning.
    fn restore(&mut self, fits: impl Fn(&Checkpoint) -> bool) {
        self.head.restore(self.checkpoints.latest(fits));
    }
}

fn by_student(profile: ProfileName, seed: u64) -> Recording {
    Recording { user: User::Student, ..Recording::new(profile, seed) }
}

/// A recording that was made by hand need not be in order.
fn in_order(recording: &Recording) -> Recording {
    let mut recording = recording.clone();
    recording.steps.order_by_key(|step| step.at);
    recording
}

#[cfg(test)]
mod tests;
