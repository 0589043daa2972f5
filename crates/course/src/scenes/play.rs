//! A scene that is being played.

use super::{Pause, Scene, Watch};
use crate::Session;
use std::rc::Rc;
use tcp_core::Instant;
use tcp_core::tcp::ProfileName;

/// A scene with the place that its session has reached. It moves the session, and stops at each pause.
#[derive(Clone, Debug)]
pub struct Play {
    scene: Rc<Scene>,
    profile: ProfileName,
    watch: Watch,
    /// Number of pauses reached.
    reached: usize,
}

impl Play {
    /// A scene at its beginning, with its session: the lines of the scene are still to come.
    pub fn of(scene: Rc<Scene>, profile: ProfileName) -> (Play, Session) {
        let session = Session::of(&crate::Recording { profile, ..scene.recording.clone() });
        (Play { scene, profile, watch: Watch::default(), reached: 0 }, session)
    }

    /// The scene.
    pub const fn scene(&self) -> &Rc<Scene> {
        &self.scene
    }

    /// Number of pauses reached, and of all there are.
    pub fn progress(&self) -> (usize, usize) {
        (self.reached, self.scene.pauses_in(self.profile).count())
    }

    /// The pause that was reached last.
    pub fn pause(&self) -> Option<&Pause> {
        self.scene.pauses_in(self.profile).take(self.reached).last()
    }

    /// Moves the session forward, to the next pause at most. Returns true if a pause was reached.
    pub fn advance(&mut self, session: &mut Session, to: Instant) -> bool {
        while !self.look(session) {
            if session.next_event().is_none_or(|at| at > to) || !session.step() {
                session.advance_to(to);
                return false;
            }
        }
        true
    }

    /// Takes up the session's place after it went elsewhere: back, to another moment, or to another course.
    pub fn resume(&mut self, session: &Session) {
        (self.watch, self.reached) = (Watch::default(), 0);
        while self.look(session) {}
    }

    /// Another profile, with the session that plays it.
    pub fn under(&mut self, profile: ProfileName, session: &Session) {
        self.profile = profile;
        self.resume(session);
    }

    /// Reads what has happened. Returns true if a pause was reached.
    pub fn look(&mut self, session: &Session) -> bool {
        let log = session.lab().world().log();
        let Some(Pause { when, times, .. }) = self.scene.pauses_in(self.profile).nth(self.reached) else {
            return false;
        };
        let reached = self.watch.look(log, when, *times);
        self.reached += usize::from(reached);
        reached
    }
}
