//! The page's state, and the one function that changes it.

use crate::engine::Engine;
use crate::settings::Settings;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use tcp_core::Instant;
use tcp_core::net::SocketId;
use tcp_scene::pace::{self, Leg, Pace, Passing};
use tcp_scene::{DropPlace, Look, Scene, scene};
use tcp_shell::{Action, Completion, ProfileName, Session, TerminalId};
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
    /// The same by a button. Until the engine is there one press is enough: who presses again is impatient.
    Press(TerminalId, Action),
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
    /// The engine has come.
    Came(&'static Engine),
    /// It could not be fetched.
    Missed,
}

impl Intent {
    /// `later` is the same button once more.
    fn is_pressed_again(&self, later: &Intent) -> bool {
        match (self, later) {
            (Intent::Press(one, what), Intent::Press(other, again)) => one == other && what == again,
            _ => false,
        }
    }

    /// The session moves, for which it needs the engine.
    fn moves(&self) -> bool {
        matches!(
            self,
            Intent::Pass(_)
                | Intent::Act(..)
                | Intent::Press(..)
                | Intent::Step
                | Intent::StepBack
                | Intent::Skip
        )
    }
}

/// The session, and what moves it. It is one value, moved on in place: it holds all its past, and a copy for each
/// event would cost more than the event.
pub(crate) struct Course {
    session: RefCell<Session>,
    engine: Cell<Option<&'static Engine>>,
    fetching: Cell<bool>,
}

impl Course {
    fn new(session: Session) -> Course {
        Course { session: RefCell::new(session), engine: Cell::new(None), fetching: Cell::new(false) }
    }

    /// Moves the session; without the engine nothing does.
    fn with(&self, go: impl FnOnce(&Engine, &mut Session)) {
        if let Some(engine) = self.engine.get() {
            go(engine, &mut self.session.borrow_mut());
        }
    }

    /// True if it is time to fetch the engine, which is then under way.
    pub(crate) fn begin_fetching(&self) -> bool {
        self.engine.get().is_none() && !self.fetching.replace(true)
    }

    /// Tab; `None` while the engine is not there.
    pub(crate) fn complete(&self, terminal: TerminalId, line: &str) -> Option<Completion> {
        let engine = self.engine.get()?;
        Some((engine.complete)(self.session.borrow().lab(), terminal, line))
    }
}

/// All that the page shows.
#[derive(Clone)]
pub(crate) struct State {
    /// The lab and its past.
    pub course: Rc<Course>,
    /// What shall be done as soon as the engine is there, in this order.
    pub waiting: Vec<Done>,
    /// The engine could not be fetched.
    pub missed: bool,
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
            waiting: Vec::new(),
            missed: false,
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
        if done.intent.moves() && course.engine.get().is_none() {
            if self.waiting.iter().any(|waiting| waiting.intent.is_pressed_again(&done.intent)) {
                return false;
            }
            self.waiting.push(done);
            self.turn += 1;
            return true;
        }
        match done.intent {
            Intent::Pass(to) => course.with(|engine, session| (engine.advance_to)(session, to)),
            Intent::Typing(typing) if typing == self.typing => return false,
            // A step is looked at; a jump goes on as before.
            Intent::Step | Intent::StepBack => self.playing = false,
            _ => course.with(|engine, session| (engine.advance_to)(session, done.at)),
        }
        match done.intent {
            Intent::Pass(_) => {}
            Intent::Act(terminal, action) | Intent::Press(terminal, action) => {
                course.with(|engine, session| (engine.act)(session, terminal, action));
            }
            Intent::PlayOrPause => self.playing = !self.playing,
            Intent::Step => course.with(|engine, session| {
                (engine.step)(session);
            }),
            Intent::StepBack => course.with(|engine, session| {
                (engine.step_back)(session);
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
            Intent::Came(engine) => {
                course.engine.set(Some(engine));
                self.missed = false;
                for done in std::mem::take(&mut self.waiting) {
                    self.take(done);
                }
            }
            Intent::Missed => {
                course.fetching.set(false);
                // A reader who has done nothing yet misses nothing.
                self.missed = !self.waiting.is_empty();
            }
        }
        self.look_again();
        true
    }

    fn start_again(&mut self) {
        self.course.session.replace(beginning(self.settings));
        self.look.selected = None;
        self.waiting.clear();
        self.missed = false;
    }

    /// The same lines once more, by another profile's rules.
    fn play_under(&mut self, profile: ProfileName) {
        let session = match self.course.engine.get() {
            Some(engine) => (engine.under)(&self.course.session.borrow(), profile),
            // Nothing was done yet.
            None => beginning(self.settings),
        };
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

/// A session in which the server listens already.
fn beginning(settings: Settings) -> Session {
    Session::listening(settings.profile, SEED)
}

/// Through all crossings, and the next timer.
fn skip(engine: &Engine, session: &mut Session) {
    for _ in 0..SKIP_LIMIT {
        let lab = session.lab();
        let passing = pace::leg(lab, Pace::Auto, lab.now(), false).map(|leg| leg.what);
        if !(engine.step)(session) || passing != Some(Passing::Crossing) {
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
