//! The messages that change the store.

use super::{Learn, Present};
use crate::settings::Settings;
use std::rc::Rc;
use tcp_core::Instant;
use tcp_core::net::{PacketId, SocketId};
use tcp_course::Action;
use tcp_course::scenes::{self, Goal};
use tcp_scene::words::Kind;
use tcp_scene::{DropPlace, Piece, Scope, View};
use tcp_shell::TerminalId;

/// A message: what was done, and where the playhead stood.
#[derive(Clone)]
pub(crate) struct Done {
    /// The moment at which it was done.
    pub at: Instant,
    /// What was done.
    pub intent: Intent,
}

/// What a person, or the clock, wants.
#[derive(Clone)]
pub(crate) enum Intent {
    /// Time passed, up to this moment.
    Pass(Instant),
    /// A line, Ctrl-C or Ctrl-D in a terminal.
    Act(Action),
    /// A line that a button types, at a prompt: never into a program.
    AtPrompt(Action),
    /// A host's third terminal is to be there.
    Open(TerminalId),
    /// Play or pause.
    PlayOrPause,
    /// To the next event; step by step, to the next fact.
    Step,
    /// To just before the last event, or fact.
    StepBack,
    /// Through all crossings to the next timer.
    Skip,
    /// A new session.
    Reset,
    /// Takes back what was done last.
    Undo,
    /// Does again what was undone last.
    Redo,
    /// Someone types in a terminal, or has stopped typing.
    Typing(bool),
    /// Somebody is in a terminal.
    Use {
        /// Which one.
        terminal: TerminalId,
        /// What they do there.
        hand: Hand,
    },
    /// The diagram is to show this connection.
    Select(SocketId),
    /// What can be done to this segment is to be shown; the clock stands meanwhile.
    Pick(Option<PacketId>),
    /// All that is known of this segment is to be shown.
    Inspect(PacketId),
    /// What is known of this piece of the diagram is to be shown, or nothing.
    LookAt(Option<Piece>),
    /// Plays the simplest way to this, in place of the session.
    Travel(Goal),
    /// Something that moves is to be chosen from: the clock stands until then.
    Halt(bool),
    /// To this moment, of the past or the future.
    GoTo(Instant),
    /// This is to stand between the hosts.
    Show(View),
    /// The ladder is to show these connections.
    Over(Scope),
    /// Toggles are to drop here.
    DropAt(DropPlace),
    /// A toggle is pressed at a place that its segment does not pass.
    Misses(Kind, DropPlace),
    /// Nothing is to be dropped any more.
    ClearRules,
    /// The page is presented, or not any more.
    Present(Present),
    /// Other settings.
    Set(Settings),
    /// Plays a scene, in place of the session.
    Play(Rc<scenes::Scene>),
    /// On from a pause of the scene.
    GoOn,
    /// The scene from its beginning.
    Again,
    /// The session without the scene.
    LeaveScene,
    /// Something about lessons.
    Learn(Box<Learn>),
    /// Something else is behind the `#` of the address.
    Arrive(String),
    /// Plays the session that was shared.
    PlayOffered,
    /// Leaves it.
    Decline,
    /// Puts a notice away.
    Dismiss,
    /// The page around the lab wants this: what is locked is locked for readers.
    ByHostPage(Box<Intent>),
}

/// What somebody does in a terminal. The focus alone passes through many, and moves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hand {
    /// The focus has come.
    Comes,
    /// It was pressed.
    Presses,
    /// They type. `tight`: below the picture it would be out of sight, and beside it there is room.
    Types {
        /// There is no room for it below the picture.
        tight: bool,
    },
}

impl Intent {
    /// It is done where the playhead is, wherever that is between two events. A step goes from event to event, and time
    /// passes by itself.
    pub(super) const fn is_at_a_moment(&self) -> bool {
        !matches!(self, Intent::Pass(_) | Intent::Step | Intent::StepBack | Intent::GoTo(_))
    }

    /// What has happened may be otherwise after it.
    pub(super) const fn may_change_the_past(&self) -> bool {
        match self {
            Intent::GoTo(_) | Intent::Skip => false,
            Intent::Set(_) => true,
            other => !other.leaves_the_moment(),
        }
    }

    /// It changes nothing of what has happened and how far that is seen.
    pub(super) const fn leaves_the_moment(&self) -> bool {
        match self {
            Intent::Act(_)
            | Intent::AtPrompt(_)
            | Intent::Skip
            | Intent::ClearRules
            | Intent::Reset
            | Intent::Undo
            | Intent::Redo
            | Intent::GoTo(_)
            | Intent::Play(_)
            | Intent::Travel(_)
            | Intent::Again
            | Intent::LeaveScene
            | Intent::PlayOffered => false,
            Intent::Learn(learn) => learn.leaves_the_session(),
            Intent::Pass(_)
            | Intent::PlayOrPause
            | Intent::Step
            | Intent::StepBack
            | Intent::Typing(_)
            | Intent::Open(_)
            | Intent::Use { .. }
            | Intent::Select(_)
            | Intent::Pick(_)
            | Intent::Inspect(_)
            | Intent::LookAt(_)
            | Intent::Halt(_)
            | Intent::DropAt(_)
            | Intent::Misses(..)
            | Intent::Show(_)
            | Intent::Over(_)
            | Intent::Present(_)
            | Intent::GoOn
            | Intent::Set(_)
            | Intent::Arrive(_)
            | Intent::Decline
            | Intent::ByHostPage(_)
            | Intent::Dismiss => true,
        }
    }
}
