//! A scene that is being played.

use super::{Pause, Scene, Watch};
use std::rc::Rc;
use tcp_core::net::Log;
use tcp_core::tcp::ProfileName;

/// The place of a pause at which nobody has waited.
const UNSEEN: u64 = u64::MAX;

/// A scene, and how far its session has come in it.
#[derive(Clone, Debug)]
pub struct Play {
    scene: Rc<Scene>,
    profile: ProfileName,
    watch: Watch,
    /// Number of pauses reached.
    reached: usize,
    /// Number of deeds after which each pause was reached.
    places: Vec<u64>,
    waits: bool,
}

impl Play {
    pub(crate) fn of(scene: Rc<Scene>, profile: ProfileName) -> Play {
        Play { scene, profile, watch: Watch::default(), reached: 0, places: Vec::new(), waits: false }
    }

    /// The same scene under another profile, before anything of it has been seen.
    pub(crate) fn under(&self, profile: ProfileName) -> Play {
        Play::of(Rc::clone(&self.scene), profile)
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

    /// Whether it waits at that pause.
    pub const fn waits(&self) -> bool {
        self.waits
    }

    pub(crate) const fn go_on(&mut self) {
        self.waits = false;
    }

    pub(crate) const fn wait(&mut self) {
        self.waits = true;
    }

    /// Reads what has happened by now, after this number of deeds. If a pause is reached, it waits; if none is, an
    /// earlier wait is over.
    pub(crate) fn follow(&mut self, log: &Log, deeds: u64) {
        self.waits = self.look(log);
        if self.waits {
            self.places.truncate(self.reached - 1);
            self.places.push(deeds);
        }
    }

    /// Takes up the session's place after it went elsewhere: back, to another moment, or to another course. It waits
    /// where it has waited before.
    pub(crate) fn resume(&mut self, log: &Log, deeds: u64) {
        (self.watch, self.reached) = (Watch::default(), 0);
        while self.look(log) {
            if self.places.len() < self.reached {
                self.places.push(UNSEEN);
            }
        }
        let last = self.reached.checked_sub(1).and_then(|last| self.places.get(last));
        self.waits = last == Some(&deeds);
    }

    /// Reads on to the next pause. Returns true if it is reached.
    fn look(&mut self, log: &Log) -> bool {
        let Some(Pause { when, times, .. }) = self.scene.pauses_in(self.profile).nth(self.reached) else {
            return false;
        };
        let reached = self.watch.look(log, when, *times);
        self.reached += usize::from(reached);
        reached
    }
}
