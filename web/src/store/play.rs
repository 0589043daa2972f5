//! A scene in place of the session.

use super::Store;
use std::mem::replace;
use std::rc::Rc;
use tcp_core::Instant;
use tcp_course::Session;
use tcp_course::scenes::{self, Goal, Play, Way};
use tcp_scene::address::At;
use tcp_scene::timebar::Ruler;
use tcp_scene::words::{Message, Trip};
use tcp_shell::ProfileName;

/// What is seen of the scene that is being played.
#[derive(Clone, PartialEq)]
pub(crate) struct PlayView {
    /// Its id.
    pub id: Rc<str>,
    /// Its title.
    pub title: Message,
    /// What is said of the pause that was reached last.
    pub caption: Option<Message>,
    /// Number of pauses reached, and of all there are.
    pub progress: (usize, usize),
    /// It waits at that pause.
    pub waits: bool,
    /// It will go on from there by itself.
    pub goes_on: bool,
}

/// Sessions that one undo, or redo, brings back as a whole, each under its profile; what comes next is last.
#[derive(Default)]
pub(super) struct Beside {
    before: Vec<Session>,
    after: Vec<Session>,
}

/// Sessions that are kept for an undo: each holds all that happened in it.
const KEPT: usize = 8;

impl Store {
    /// A scene is being played.
    pub(crate) fn plays(&self) -> bool {
        self.session.play().is_some()
    }

    /// What is seen of the scene.
    pub(super) fn play_view(&self) -> Option<PlayView> {
        let play = self.session.play()?;
        let goal = play.scene().goal;
        let at_pause = || play.pause().map(|pause| Message::Prepared(pause.caption.clone()));
        let on_way = |to| if play.progress().0 > 0 { Trip::There(to) } else { Trip::OnTheWay };
        Some(PlayView {
            id: play.scene().id.as_str().into(),
            title: goal.map_or_else(
                || Message::Prepared(play.scene().title.clone()),
                |to| Message::Trip(Trip::To(to)),
            ),
            caption: goal.map_or_else(at_pause, |to| Some(Message::Trip(on_way(to)))),
            progress: play.progress(),
            waits: self.waits(),
            goes_on: self.goes_on(),
        })
    }

    /// The scene will go on from this pause by itself.
    pub(super) fn goes_on(&self) -> bool {
        let at_end = self.session.play().is_none_or(|play| play.progress().0 == play.progress().1);
        self.auto && self.playing && !at_end && self.waits()
    }

    /// The scene waits, and all that led there is seen.
    pub(super) fn waits(&self) -> bool {
        self.part.is_none() && self.session.waits()
    }

    /// Plays a scene from its beginning. One undo brings back the session before it.
    pub(super) fn play(&mut self, scene: Rc<scenes::Scene>) {
        let session = Session::scene(scene, self.settings.profile);
        self.put(session);
        self.look.selected = None;
        self.due = None;
        (self.playing, self.looks_back, self.auto) = (true, false, false);
    }

    /// The lab as it begins: a scene that has been left does not begin again. One undo brings back what there was.
    pub(super) fn begin_anew(&mut self) {
        let seed = self.session.recording().seed;
        let session = Session::page(self.settings.profile, seed);
        self.put(session);
        self.look.selected = None;
        self.due = None;
        self.looks_back = false;
    }

    /// The same lines under another profile. One undo brings back the session and its own history; but who may not choose
    /// the profile cannot take it back, either.
    pub(super) fn play_under(&mut self, profile: ProfileName) {
        let session = self.session.under(profile);
        if self.locks.settings {
            self.beside = Beside::default();
            drop(self.exchange(session));
        } else {
            self.put(session);
        }
    }

    /// Goes on with another session. One undo brings back the one before, and no redo what was taken back in it.
    pub(super) fn put(&mut self, session: Session) {
        let mut before = self.exchange(session);
        before.forget_redo();
        self.forget_redo();
        self.beside.before.push(before);
        let surplus = self.beside.before.len().saturating_sub(KEPT);
        self.beside.before.drain(..surplus);
    }

    /// Goes on with another session, of which nothing was measured yet. Returns the one before.
    pub(super) fn exchange(&mut self, session: Session) -> Session {
        self.ruler = Ruler::default();
        replace(&mut self.session, session)
    }

    /// Plays the way to a goal, as a scene. Nothing changes where no way is known.
    pub(super) fn travel(&mut self, goal: Goal) {
        let profile = self.settings.profile;
        if let Some(way) = Way::to(goal, profile) {
            self.look.piece = None;
            self.run = None;
            self.play(Rc::new(way.into_scene(profile)));
        }
    }

    /// Opens a scene at its beginning. Nothing was done before it.
    pub(super) fn open(&mut self, scene: Rc<scenes::Scene>) {
        let session = Session::scene(scene, self.settings.profile);
        drop(self.exchange(session));
        self.measure();
    }

    /// Goes to a pause of the scene. False if it has no such pause.
    pub(super) fn seek_pause(&mut self, at: At) -> bool {
        let Some((_, of)) = self.session.play().map(Play::progress) else { return false };
        let to = match at {
            At::Pause(number) => number,
            At::End => of,
        };
        let there = |session: &Session| session.play().is_none_or(|play| play.progress().0 >= to);
        while to <= of && !there(&self.session) {
            self.session.go_on();
            if !self.session.step() {
                break;
            }
        }
        self.measure();
        to <= of
    }

    /// Takes up the place at which the scene was left.
    pub(super) fn seek_place(&mut self, at: Instant) {
        let mut pauses = 0;
        while self.session.lab().now() < at
            && self.session.play().is_some_and(|play| play.progress().1 >= pauses)
        {
            self.session.go_on();
            self.session.advance_to(at);
            pauses += 1;
        }
        (self.playing, self.looks_back) = (false, false);
        self.measure();
    }

    /// On from a pause; the clock goes, even if it stood before.
    pub(super) fn go_on(&mut self) {
        if self.waits() {
            self.session.go_on();
            self.playing = true;
        }
    }

    pub(super) fn can_undo(&self) -> bool {
        self.session.can_undo() || !self.beside.before.is_empty()
    }

    pub(super) fn can_redo(&self) -> bool {
        self.session.can_redo() || !self.beside.after.is_empty()
    }

    /// What was done in this session comes first, then the session itself.
    pub(super) fn undo(&mut self) {
        if !self.session.undo()
            && let Some(before) = self.beside.before.pop()
        {
            self.settings.profile = before.profile();
            let after = self.exchange(before);
            self.beside.after.push(after);
        }
    }

    pub(super) fn redo(&mut self) {
        if !self.session.redo()
            && let Some(after) = self.beside.after.pop()
        {
            self.settings.profile = after.profile();
            let before = self.exchange(after);
            self.beside.before.push(before);
        }
    }

    /// Something else was done: what was taken back does not come again.
    pub(super) fn forget_redo(&mut self) {
        self.beside.after.clear();
    }
}
