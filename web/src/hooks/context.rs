//! The contexts: where intents go, and where time stands.

use crate::playhead::Playhead;
use crate::state::{Course, Done, Intent, State};
use std::rc::Rc;
use tcp_course::Action;
use tcp_shell::TerminalId;
use yew::prelude::*;

/// Where intents go. It never changes, so whatever holds it is not drawn again because of it.
#[derive(Clone)]
pub(crate) struct Dispatch {
    /// Of the page's reducer.
    pub reducer: UseReducerDispatcher<State>,
    /// Intents are stamped with its moment.
    pub playhead: Playhead,
    /// To be called at each key in a terminal.
    pub typing: Callback<()>,
    /// The session, for what only asks it a question.
    pub course: Rc<Course>,
}

impl PartialEq for Dispatch {
    fn eq(&self, other: &Dispatch) -> bool {
        self.reducer == other.reducer && self.playhead == other.playhead
    }
}

impl Dispatch {
    /// Does it now.
    pub(crate) fn send(&self, intent: Intent) {
        self.reducer.dispatch(Done { at: self.playhead.now(), intent });
    }

    /// Does it at a terminal, now.
    pub(crate) fn act(&self, terminal: TerminalId, action: Action) {
        self.send(Intent::Act(terminal, action));
    }

    /// A handler that makes an intent of whatever happened.
    pub(crate) fn on<E: 'static>(&self, intent: impl Fn(E) -> Intent + 'static) -> Callback<E> {
        let dispatch = self.clone();
        Callback::from(move |event| dispatch.send(intent(event)))
    }
}

/// Where intents go.
#[hook]
pub(crate) fn use_dispatch() -> Dispatch {
    use_context().expect("the page stands inside its contexts")
}

/// Where time stands.
#[hook]
pub(crate) fn use_playhead() -> Playhead {
    use_dispatch().playhead
}
