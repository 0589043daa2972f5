//! The page's store: one value, and the one function that changes it.
//!
//! [`Store::update`] touches no storage, randomness or DOM. The time comes with the message, and the answer says
//! whether anything changed. The session is large and moves in place, so the store is not copied; what the views are
//! drawn from is a [`Shown`].

mod asked;
mod intent;
mod learn;
mod lock;
mod looking;
mod passage;
mod play;
mod present;
mod shared;
mod shown;
mod steps;
mod terminals;
#[cfg(test)]
mod tests;

use crate::settings::Settings;
use std::rc::Rc;
use steps::Part;
use tcp_core::Instant;
use tcp_core::net::HostId;
use tcp_course::{Action, Link, Session};
use tcp_lessons::{Journal, Run};
use tcp_scene::Look;
use tcp_scene::address::Locks;
use tcp_scene::pace::{Leg, Pace};
use tcp_scene::timebar::{Ruler, TimeBar};
use tcp_scene::words::Sharing;
use tcp_shell::{Completion, TerminalId};
use yew::AttrValue;

pub(crate) use intent::{Done, Hand, Intent};
pub(crate) use learn::Learn;
pub(crate) use play::PlayView;
pub(crate) use present::Present;
pub(crate) use shared::Shared;
pub(crate) use shown::Shown;
pub(crate) use terminals::Front;
use terminals::closed_by;

/// The seed of the page's own sessions.
const SEED: u64 = 1;

/// What the page is about: the session, and how it is looked at.
pub(crate) struct Store {
    session: Session,
    settings: Settings,
    look: Look,
    /// The session before the scene, and the scene's after that was taken back.
    beside: play::Beside,
    /// Step by step, between two facts of one event.
    part: Option<Part>,
    /// Measures the time bar.
    ruler: Ruler,
    bar: TimeBar,
    /// When the next event after the session's end is due: known since the playhead was there.
    due: Option<Instant>,
    playing: bool,
    /// The clock stands only because something is looked at: the past, or a segment.
    looks_back: bool,
    /// All that is known of the picked segment is shown.
    inspects: bool,
    /// The scene goes on from its pauses by itself.
    auto: bool,
    typing: bool,
    front: Front,
    present: Present,
    /// The page was reloaded, and has the session that it had before.
    reloaded: bool,
    /// The lesson that somebody takes.
    run: Option<Run>,
    /// What was done in lessons.
    journal: Rc<Journal>,
    /// What readers may not change.
    locks: Locks,
    /// The network's console is open from the beginning.
    network: bool,
    /// A session that was shared, and waits to be played.
    offered: Option<Rc<Link>>,
    /// What is to be said of the address.
    notices: Vec<Sharing>,
    /// What is shown, in the words of the address.
    title: Option<AttrValue>,
    /// Counts the changes.
    turn: u32,
}

impl Store {
    /// The beginning of a page without an address.
    #[cfg(test)]
    pub(crate) fn new(settings: Settings) -> Store {
        Store::with_seed(settings, SEED)
    }

    /// The beginning: the server listens, and time goes on.
    fn with_seed(settings: Settings, seed: u64) -> Store {
        let session = Session::page(settings.profile, seed);
        Store {
            session,
            settings,
            look: Look::default(),
            beside: play::Beside::default(),
            part: None,
            ruler: Ruler::default(),
            bar: TimeBar::default(),
            due: None,
            playing: true,
            looks_back: false,
            inspects: false,
            auto: false,
            typing: false,
            front: Front::default(),
            present: Present::Off,
            reloaded: false,
            run: None,
            journal: Rc::default(),
            locks: Locks::default(),
            network: false,
            offered: None,
            notices: Vec::new(),
            title: None,
            turn: 0,
        }
    }

    /// Does what somebody or the clock wants. False if nothing changed.
    pub(crate) fn update(&mut self, Done { at, intent }: Done) -> bool {
        let (intent, by_reader) = match intent {
            Intent::ByHostPage(intent) => (*intent, false),
            intent => (intent, true),
        };
        if self.is_idle(&intent) {
            return false;
        }
        let no_prompt = self.finds_no_prompt(&intent);
        let intent = if let Intent::AtPrompt(action) = intent { Intent::Act(action) } else { intent };
        if let Some(lock) = self.lock_on(&intent).filter(|_| by_reader) {
            return self.says(Sharing::Locked(lock));
        }
        if let Some(host) = no_prompt {
            return self.says(Sharing::NoPrompt(host));
        }
        if intent.is_at_a_moment() && at > self.session.lab().now() {
            self.session.advance_to(at);
        }
        if !intent.leaves_the_moment() {
            self.part = None;
        }
        if matches!(intent, Intent::Act(_) | Intent::ClearRules | Intent::Reset) {
            self.forget_redo();
        }
        let picked = intent.may_change_the_past().then(|| self.picked());
        self.take(intent);
        self.watches();
        if let Some(before) = picked {
            self.keep_picked(before);
        }
        self.measure();
        self.turn += 1;
        true
    }

    /// Says this, unless it is there to be read. False if it is.
    fn says(&mut self, notice: Sharing) -> bool {
        let new = !self.notices.contains(&notice);
        if new {
            self.notices.push(notice);
            self.turn += 1;
        }
        new
    }

    /// How time goes on.
    fn leg(&self) -> Option<Leg> {
        match &self.run {
            Some(_) => self.lesson_leg(),
            None => passage::leg(&self.session, self.settings.pace, self.typing),
        }
    }

    /// The moment that is shown.
    pub(crate) fn now(&self) -> Instant {
        self.session.lab().now()
    }

    /// What Tab makes of a line in a terminal.
    pub(crate) fn complete(&self, terminal: TerminalId, line: &str) -> Completion {
        self.session.lab().complete(terminal, line)
    }

    /// It would change nothing.
    fn is_idle(&self, intent: &Intent) -> bool {
        match intent {
            Intent::Typing(typing) => *typing == self.typing,
            Intent::Use { terminal, hand } => self.is_in_front(*terminal, *hand),
            Intent::StepBack => self.session.is_at_beginning(),
            Intent::GoTo(to) => self.part.is_none() && *to == self.session.lab().now(),
            Intent::Undo => !self.can_undo(),
            Intent::Redo => !self.can_redo(),
            Intent::ClearRules => self.scene().firewall.clear.is_empty(),
            Intent::Present(present) => *present == self.present,
            Intent::Decline => self.offered.is_none(),
            _ => false,
        }
    }

    fn take(&mut self, intent: Intent) {
        match intent {
            Intent::Pass(to) if self.run.is_some() => self.pass_in_lesson(to),
            Intent::Pass(to) if self.goes_by_steps() => self.pass_one_fact(to),
            Intent::Pass(to) => passage::pass(&mut self.session, to),
            Intent::Act(action) | Intent::AtPrompt(action) => {
                let closed = closed_by(&action);
                self.act(vec![action]);
                closed.into_iter().for_each(|terminal| self.closes(terminal));
            }
            Intent::Open(terminal) => {
                self.look.third[usize::from(terminal.host() == Some(HostId::Server))] = true;
                self.front.used(terminal);
            }
            Intent::ClearRules => {
                let lines = self.scene().firewall.clear;
                self.act(lines.into_iter().map(|(terminal, line)| Action::enter(terminal, &*line)).collect());
            }
            Intent::Misses(kind, place) => _ = self.says(Sharing::Misses(kind, place)),
            Intent::GoTo(to) => self.go_to(to),
            Intent::GoOn => self.go_on(),
            Intent::PlayOrPause if self.waits() && !self.goes_on() => self.go_on(),
            Intent::PlayOrPause => {
                self.playing = !self.playing;
                self.looks_back = false;
            }
            // A step is looked at; a jump goes on as before.
            Intent::Step | Intent::StepBack => {
                (self.playing, self.looks_back) = (false, false);
                match (intent, self.goes_by_steps()) {
                    (Intent::Step, true) => self.next_fact(),
                    (Intent::Step, false) => _ = self.session.step(),
                    (_, true) => self.previous_fact(),
                    (_, false) => _ = self.session.step_back(),
                }
            }
            Intent::Skip if self.run.is_some() => self.skip_in_lesson(),
            Intent::Skip => passage::skip(&mut self.session),
            Intent::Reset if self.run.is_some() => self.begin_step(0),
            Intent::Reset if self.session.has_left_scene() => self.begin_anew(),
            Intent::Reset => {
                self.session.restart();
                self.look.selected = None;
            }
            Intent::Play(scene) => {
                self.run = None;
                self.play(scene);
            }
            Intent::Learn(learn) => self.learn(*learn),
            Intent::Again => {
                self.session.restart();
                self.due = None;
                (self.playing, self.looks_back) = (true, false);
            }
            Intent::LeaveScene => self.session.leave_scene(),
            Intent::Undo => {
                self.undo();
                self.due = None;
                // What comes back is looked at before it goes on.
                self.looks();
            }
            Intent::Redo => {
                self.redo();
                self.due = None;
                self.looks();
            }
            Intent::Typing(typing) => self.typing = typing,
            Intent::Use { terminal, hand } => self.uses(terminal, hand),
            Intent::Select(socket) => self.look.selected = Some(socket),
            Intent::Pick(packet) => self.pick(packet),
            Intent::Inspect(packet) => self.inspect(packet),
            Intent::LookAt(piece) => self.look_at(piece),
            Intent::Travel(goal) => self.travel(goal),
            Intent::Halt(halt) => self.halt(halt),
            Intent::Show(view) => self.look.view = view,
            Intent::Over(scope) => self.look.scope = scope,
            Intent::DropAt(place) => self.look.place = place,
            Intent::Present(present) => self.present = present,
            Intent::Set(settings) => self.set(settings),
            Intent::Arrive(fragment) => self.arrive(&fragment),
            Intent::PlayOffered => self.play_offered(),
            Intent::Decline => self.offered = None,
            Intent::Dismiss => self.notices.clear(),
            Intent::ByHostPage(intent) => self.take(*intent),
        }
    }

    /// Does this at the playhead, as one act.
    fn act(&mut self, actions: Vec<Action>) {
        self.looks_on();
        self.acts_in_lesson();
        if self.goes_by_steps() {
            self.playing = false;
            self.in_parts(|store| store.session.act_all(actions));
        } else {
            self.session.act_all(actions);
        }
    }

    fn measure(&mut self) {
        if self.session.lab().now() >= self.session.end() {
            self.due = self.session.next_event();
        }
        self.bar = self.ruler.bar(&self.session, self.due);
    }

    /// Another profile plays the same lines once more, by its own rules. Whoever has gone step by step and chooses a pace
    /// at which time flows wants it to flow.
    fn set(&mut self, settings: Settings) {
        if settings.profile != self.settings.profile {
            self.part = None;
            if self.run.is_some() {
                self.lesson_under(settings.profile);
            } else {
                self.play_under(settings.profile);
            }
        }
        if self.goes_by_steps() && settings.pace != Pace::Steps {
            self.part = None;
            self.playing = true;
        }
        self.look.trails = settings.shows_trails();
        self.settings = settings;
    }
}
