//! What the views are drawn from.

use super::{Front, PlayView, Present, Store};
use crate::settings::Settings;
use crate::text;
use std::rc::Rc;
use tcp_course::Link;
use tcp_lessons::{Journal, LessonView};
use tcp_scene::address::Locks;
use tcp_scene::pace::Leg;
use tcp_scene::timebar::TimeBar;
use tcp_scene::words::Sharing;
use tcp_scene::{DropPlace, Scene, View};
use yew::AttrValue;

/// What the views are drawn from.
#[derive(Clone)]
pub(crate) struct Shown {
    /// What is visible of the session.
    pub scene: Rc<Scene>,
    /// How time goes on; `None` if nothing is due.
    pub leg: Option<Leg>,
    /// Time goes on.
    pub playing: bool,
    /// The time bar.
    pub bar: TimeBar,
    /// The moment that is predicted: where it is on the time bar, and in words.
    pub predicts: Option<(f64, AttrValue)>,
    /// There is a later moment on this course: acting now drops what came after the playhead.
    pub past: bool,
    /// No event lies before the playhead.
    pub at_beginning: bool,
    /// Something was done that can be taken back.
    pub can_undo: bool,
    /// Something was taken back that can be done again.
    pub can_redo: bool,
    /// The scene that is being played.
    pub play: Option<PlayView>,
    /// The lesson that somebody takes.
    pub lesson: Option<Rc<LessonView>>,
    /// What was done in lessons.
    pub journal: Rc<Journal>,
    /// Where toggles drop.
    pub place: DropPlace,
    /// The terminals that were used last.
    pub front: Front,
    /// Whether the page is presented.
    pub present: Present,
    /// What stands between the hosts.
    pub view: View,
    /// All that is known of the picked segment is shown.
    pub inspects: bool,
    /// What readers may not change.
    pub locks: Locks,
    /// The network's console is open from the beginning.
    pub network: bool,
    /// What was set.
    pub settings: Settings,
    /// A session that was shared, and waits to be played.
    pub offered: Option<Rc<Link>>,
    /// What is to be said of the address.
    pub notices: Vec<Sharing>,
    /// What is shown, in the words of the address.
    pub title: Option<AttrValue>,
    /// The store's count of changes.
    pub turn: u32,
}

impl PartialEq for Shown {
    fn eq(&self, other: &Shown) -> bool {
        self.turn == other.turn
    }
}

impl Shown {
    /// What is between the hosts is closed, until a question of the lesson is answered.
    pub(crate) fn is_closed(&self) -> bool {
        self.lesson.as_ref().is_some_and(|lesson| lesson.closed)
    }
}

impl Store {
    /// What the views are drawn from.
    pub(crate) fn shown(&self) -> Shown {
        let lesson = self.lesson_view();
        let closed = lesson.as_ref().is_some_and(|view| view.closed);
        let (scene, bar) = match closed {
            true => (self.scene().closed(), self.bar.clone().closed()),
            false => (self.scene(), self.bar.clone()),
        };
        let scene = Rc::new(scene);
        Shown {
            past: self.session.end() > scene.now,
            scene,
            leg: self.way_on().or_else(|| self.leg()),
            playing: self.playing,
            bar,
            at_beginning: self.session.is_at_beginning(),
            can_undo: self.can_undo(),
            can_redo: self.can_redo(),
            play: self.play_view(),
            predicts: lesson
                .as_ref()
                .and_then(|view| view.predicts.as_ref())
                .map(|it| (self.bar.ahead(it.at, it.after), text::say(&it.says))),
            lesson,
            journal: Rc::clone(&self.journal),
            place: self.look.place,
            front: self.front,
            present: self.present,
            view: if closed { View::Machine } else { self.look.view },
            inspects: self.inspects && !closed,
            locks: self.locks,
            network: self.network,
            settings: self.settings,
            offered: self.offered.clone(),
            notices: self.notices.clone(),
            title: self.title.clone(),
            turn: self.turn,
        }
    }
}
