//! The page's state, and the one function that changes it.

use crate::settings::Settings;
use std::cell::RefCell;
use std::rc::Rc;
use tcp_core::Instant;
use tcp_core::net::SocketId;
use tcp_course::{Action, Recording, Session};
use tcp_scene::pace::{self, Leg, Pace, Passing};
use tcp_scene::{DropPlace, Look, Scene, scene};
use tcp_shell::{Completion, ProfileName, TerminalId};
use yew::Reducible;

/// The seed of the page's own sessions.
const SEED: u64 = 1;
/// How many events "skip" goes through at most: a session that never rests must not hang the page.
const SKIP_LIMIT: usize = 2000;

/// What was done, and where the playhead stood.
#[derive(Clone)]
pub(crate) struct Done {
    /// The moment at which it was done.
    pub at: Instant,
    /// What.
    pub intent: Intent,
}

/// What a person, or the clock, wants.
#[derive(Clone)]
pub(crate) enum Intent {
    /// Time passed, up to this moment.
    Pass(Instant),
    /// A line, Ctrl-C or Ctrl-D in a terminal.
    Act(TerminalId, Action),
    /// Play or pause.
    PlayOrPause,
    /// To the next event.
    Step,
    /// To just before the last event.
    StepBack,
    /// Through all crossings to the next timer.
    Skip,
    /// A new session.
    Reset,
    /// Someone types in a terminal, or has stopped typing.
    Typing(bool),
    /// The diagram is to show this connection.
    Select(SocketId),
    /// Toggles are to drop here.
    DropAt(DropPlace),
    /// Other settings.
    Set(Settings),
}

/// The session. It is one value, moved on in place: it holds all its past, and a copy for each event would cost more
/// than the event.
pub(crate) struct Course {
    session: RefCell<Session>,
}

impl Course {
    fn new(session: Session) -> Course {
        Course { session: RefCell::new(session) }
    }

    /// Moves the session.
    fn with(&self, go: impl FnOnce(&mut Session)) {
        go(&mut self.session.borrow_mut());
    }

    /// Tab.
    pub(crate) fn complete(&self, terminal: TerminalId, line: &str) -> Completion {
        self.session.borrow().lab().complete(terminal, line)
    }
}

/// All that the page shows.
#[derive(Clone)]
pub(crate) struct State {
    /// The lab and its past.
    pub course: Rc<Course>,
    /// What is visible of it.
    pub scene: Rc<Scene>,
    /// How time goes on; `None` if nothing is due.
    pub leg: Option<Leg>,
    /// Time goes on.
    pub playing: bool,
    /// Someone types right now.
    pub typing: bool,
    /// What is looked at.
    pub look: Look,
    /// What was set.
    pub settings: Settings,
    /// Counts the changes.
    pub turn: u32,
}

impl PartialEq for State {
    /// By the count of changes: the reducer gives the same state back if nothing changed.
    fn eq(&self, other: &State) -> bool {
        self.turn == other.turn
    }
}

impl Reducible for State {
    type Action = Done;

    fn reduce(self: Rc<State>, done: Done) -> Rc<State> {
        let mut next = State::clone(&self);
        if next.take(done) { Rc::new(next) } else { self }
    }
}

impl State {
    /// The beginning: the server listens, and time goes on.
    pub(crate) fn new(settings: Settings) -> State {
        let look = Look::default();
        let session = beginning(settings);
        let scene = Rc::new(scene(session.lab(), &look));
        let mut state = State {
            course: Rc::new(Course::new(session)),
            scene,
            leg: None,
            playing: true,
            typing: false,
            look,
            settings,
            turn: 0,
        };
        state.look_again();
        state
    }

    /// There is a later moment on this course: acting now drops what came after the playhead.
    pub(crate) fn is_past(&self) -> bool {
        self.course.session.borrow().end() > self.scene.now
    }

    /// False if nothing changed.
    fn take(&mut self, done: Done) -> bool {
        let course = Rc::clone(&self.course);
        match done.intent {
            Intent::Pass(to) => course.with(|session| session.advance_to(to)),
            Intent::Typing(typing) if typing == self.typing => return false,
            // A step is looked at; a jump goes on as before.
            Intent::Step | Intent::StepBack => self.playing = false,
            _ => course.with(|session| session.advance_to(done.at)),
        }
        match done.intent {
            Intent::Pass(_) => {}
            Intent::Act(terminal, action) => {
                course.with(|session| session.act(terminal, action));
            }
            Intent::PlayOrPause => self.playing = !self.playing,
            Intent::Step => course.with(|session| {
                session.step();
            }),
            Intent::StepBack => course.with(|session| {
                session.step_back();
            }),
            Intent::Skip => course.with(skip),
            Intent::Reset => {
                self.start_again();
                self.playing = true;
            }
            Intent::Typing(typing) => self.typing = typing,
            Intent::Select(socket) => self.look.selected = Some(socket),
            Intent::DropAt(place) => self.look.place = place,
            Intent::Set(settings) => {
                let other_profile = settings.profile != self.settings.profile;
                self.settings = settings;
                if other_profile {
                    self.play_under(settings.profile);
                }
            }
        }
        self.look_again();
        true
    }

    fn start_again(&mut self) {
        self.course.session.replace(beginning(self.settings));
        self.look.selected = None;
    }

    /// The same lines once more, by another profile's rules.
    fn play_under(&mut self, profile: ProfileName) {
        let session = self.course.session.borrow().under(profile);
        self.course.session.replace(session);
    }

    /// Computes anew what follows from the session.
    fn look_again(&mut self) {
        self.turn += 1;
        let session = self.course.session.borrow();
        self.scene = Rc::new(scene(session.lab(), &self.look));
        self.leg = leg(&session, self.settings.pace, self.typing);
    }
}

/// A session in which the server listens already: one line was typed, at time zero.
fn beginning(settings: Settings) -> Session {
    Session::of(&Recording::page_beginning(settings.profile, SEED))
}

/// Through all crossings, and the next timer.
fn skip(session: &mut Session) {
    for _ in 0..SKIP_LIMIT {
        let lab = session.lab();
        let passing = pace::leg(lab, Pace::Auto, lab.now(), false).map(|leg| leg.what);
        if !session.step() || passing != Some(Passing::Crossing) {
            return;
        }
    }
}

/// How time goes on: what the lab has before it, and inputs that are still to come after a rewind.
fn leg(session: &Session, pace: Pace, typing: bool) -> Option<Leg> {
    let lab = session.lab();
    let coming = session.next_event();
    let leg = pace::leg(lab, pace, lab.now(), typing);
    match (leg, coming) {
        (Some(leg), Some(coming)) => Some(Leg { until: leg.until.min(coming), ..leg }),
        (Some(leg), None) => Some(leg),
        (None, Some(until)) => {
            let rate = match pace {
                Pace::Fixed(rate) => rate,
                Pace::Auto => until.since(lab.now()).as_secs_f64().max(1.0),
            };
            Some(Leg { until, rate, what: Passing::Waiting })
        }
        (None, None) => None,
    }
}
