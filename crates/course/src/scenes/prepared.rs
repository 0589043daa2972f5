//! A scene as the program itself has it: what its file says, so that the page need not read JSON.

use super::{Condition, Group, Pause, Scene, Text};
use crate::recording::{Action, Recording, Step};
use tcp_core::Instant;
use tcp_core::tcp::{ProfileName, State};
use tcp_shell::{TerminalId, User};

/// The fields of a [`Scene`].
pub(super) struct Prepared {
    pub(super) id: &'static str,
    pub(super) group: Group,
    pub(super) title: Words,
    pub(super) shows: Words,
    /// In microseconds.
    pub(super) lasts: [u64; 2],
    pub(super) profile: ProfileName,
    pub(super) seed: u64,
    /// When, in microseconds, and what is done.
    pub(super) steps: &'static [(u64, Deed)],
    pub(super) pauses: &'static [PreparedPause],
}

/// The fields of a [`Pause`].
pub(super) struct PreparedPause {
    pub(super) profile: Option<ProfileName>,
    pub(super) when: Condition,
    pub(super) times: u32,
    pub(super) pair: [State; 2],
    pub(super) caption: Words,
}

/// The fields of a [`Text`]: language and text.
pub(super) type Words = &'static [(&'static str, &'static str)];

/// What a step does. A scene is watched, so it types into terminals only, as the student.
#[derive(Clone, Copy)]
pub(super) enum Deed {
    /// [`Action::Enter`]
    Enter(TerminalId, &'static str),
    /// [`Action::Input`]
    Input(TerminalId, &'static str),
    /// [`Action::Interrupt`]
    CtrlC(TerminalId),
    /// [`Action::EndOfInput`]
    #[allow(dead_code, reason = "a scene may press Ctrl-D, but none does today")]
    CtrlD(TerminalId),
}

impl Prepared {
    /// The scene that its file describes.
    pub(super) fn scene(&self) -> Scene {
        let steps =
            self.steps.iter().map(|(at, deed)| Step { at: Instant::from_micros(*at), action: deed.action() });
        let pauses = self.pauses.iter().map(|pause| Pause {
            profile: pause.profile,
            when: pause.when.clone(),
            times: pause.times,
            pair: pause.pair,
            caption: text(pause.caption),
        });
        Scene {
            id: self.id.to_owned(),
            group: self.group,
            title: text(self.title),
            shows: text(self.shows),
            recording: Recording {
                user: User::Student,
                steps: steps.collect(),
                ..Recording::new(self.profile, self.seed)
            },
            pauses: pauses.collect(),
            lasts: self.lasts.map(Instant::from_micros),
            goal: None,
        }
    }
}

impl Deed {
    pub(super) fn action(self) -> Action {
        match self {
            Deed::Enter(terminal, line) => Action::enter(terminal, line),
            Deed::Input(terminal, line) => Action::Input { terminal, line: line.to_owned() },
            Deed::CtrlC(terminal) => Action::ctrl_c(terminal),
            Deed::CtrlD(terminal) => Action::ctrl_d(terminal),
        }
    }
}

fn text(words: Words) -> Text {
    Text(words.iter().map(|(language, text)| ((*language).to_owned(), (*text).to_owned())).collect())
}
