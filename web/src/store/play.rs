//! A scene in place of the session.

use super::Store;
use std::mem::replace;
use std::rc::Rc;
use tcp_course::{Session, scenes};

/// What is seen of the scene that is being played.
#[derive(Clone, PartialEq)]
pub(crate) struct PlayView {
    /// Its id.
    pub id: Rc<str>,
    /// Its title.
    pub title: scenes::Text,
    /// What is said of the pause that was reached last.
    pub caption: Option<scenes::Text>,
    /// Number of pauses reached, and of all there are.
    pub progress: (usize, usize),
    /// It waits at that pause.
    pub waits: bool,
}

/// Sessions that one undo, or redo, brings back as a whole.
#[derive(Default)]
pub(super) struct Beside {
    before: Option<Session>,
    after: Option<Session>,
}

impl Store {
    /// What is seen of the scene.
    pub(super) fn play_view(&self) -> Option<PlayView> {
        let play = self.session.play()?;
        Some(PlayView {
            id: play.scene().id.as_str().into(),
            title: play.scene().title.clone(),
            caption: play.pause().map(|pause| pause.caption.clone()),
            progress: play.progress(),
            waits: self.waits(),
        })
    }

    /// The scene waits, and all that led there is seen.
    pub(super) fn waits(&self) -> bool {
        self.part.is_none() && self.session.waits()
    }

    /// Plays a scene from its beginning. One undo brings back the session before it.
    pub(super) fn play(&mut self, scene: Rc<scenes::Scene>) {
        let session = Session::scene(scene, self.settings.profile);
        self.beside = Beside { before: Some(replace(&mut self.session, session)), after: None };
        self.look.selected = None;
        self.due = None;
        (self.playing, self.looks_back) = (true, false);
    }

    /// On from a pause; the clock goes, even if it stood before.
    pub(super) fn go_on(&mut self) {
        if self.waits() {
            self.session.go_on();
            self.playing = true;
        }
    }

    pub(super) fn can_undo(&self) -> bool {
        self.session.can_undo() || self.beside.before.is_some()
    }

    pub(super) fn can_redo(&self) -> bool {
        self.session.can_redo() || self.beside.after.is_some()
    }

    /// What was done in this session comes first, then the session itself.
    pub(super) fn undo(&mut self) {
        if !self.session.undo()
            && let Some(before) = self.beside.before.take()
        {
            let before = self.in_profile(before);
            self.beside.after = Some(replace(&mut self.session, before));
        }
    }

    pub(super) fn redo(&mut self) {
        if !self.session.redo()
            && let Some(after) = self.beside.after.take()
        {
            let after = self.in_profile(after);
            self.beside.before = Some(replace(&mut self.session, after));
        }
    }

    /// Something else was done: what was taken back does not come again.
    pub(super) fn forget_redo(&mut self) {
        self.beside.after = None;
    }

    /// The profile may have been changed meanwhile.
    fn in_profile(&self, session: Session) -> Session {
        let profile = self.settings.profile;
        if session.recording().profile == profile { session } else { session.under(profile) }
    }
}
