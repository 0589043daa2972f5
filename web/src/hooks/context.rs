//! The contexts: where intents go and time stands, and what is shown.

use super::typing::Typing;
use crate::playhead::Playhead;
use crate::store::{Done, Intent, Shared, Shown};
use tcp_core::Instant;
use tcp_course::Action;
use tcp_scene::export::{Export, Refusal};
use tcp_shell::{Completion, TerminalId};
use yew::prelude::*;

/// Where intents go. It never changes, so whatever holds it is not drawn again because of it.
#[derive(Clone, PartialEq)]
pub(crate) struct Dispatch {
    /// To the store.
    pub send: Callback<Done>,
    /// Completes a line in a terminal, as Tab does.
    pub complete: Callback<(TerminalId, String), Completion>,
    /// Shares the session as it is at a moment.
    pub share: Callback<Instant, Shared>,
    /// Makes what is saved of the session.
    pub export: Callback<Export, Result<Vec<u8>, Refusal>>,
    /// Called for each key in a terminal.
    pub typing: Typing,
    /// Intents are stamped with its moment.
    pub playhead: Playhead,
}

impl Dispatch {
    /// To the store behind `send`, at the beginning of time.
    pub(crate) fn new(
        send: Callback<Done>,
        complete: Callback<(TerminalId, String), Completion>,
        share: Callback<Instant, Shared>,
        export: Callback<Export, Result<Vec<u8>, Refusal>>,
    ) -> Dispatch {
        Dispatch { send, complete, share, export, typing: Typing::default(), playhead: Playhead::default() }
    }

    /// A key was pressed in a terminal.
    pub(crate) fn key(&self) {
        let dispatch = self.clone();
        self.typing.key(move |typing| dispatch.send(Intent::Typing(typing)));
    }

    /// Does it now.
    pub(crate) fn send(&self, intent: Intent) {
        self.send.emit(Done { at: self.playhead.now(), intent });
    }

    /// Shares the session as it is now.
    pub(crate) fn share(&self) -> Shared {
        self.share.emit(self.playhead.now())
    }

    /// Does it at its terminal, now.
    pub(crate) fn act(&self, action: Action) {
        self.send(Intent::Act(action));
    }

    /// A handler of presses, each of which does this. All buttons share its code.
    pub(crate) fn press(&self, intent: Intent) -> Callback<MouseEvent> {
        self.on(move |_: MouseEvent| intent.clone())
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
    use_context().expect("the page is inside its contexts")
}

/// What is shown.
#[hook]
pub(crate) fn use_shown() -> Shown {
    use_context().expect("the page is inside its contexts")
}

/// Where time stands, for those who listen: it changes each frame.
#[hook]
pub(crate) fn use_playhead() -> Playhead {
    use_dispatch().playhead
}
