//! Answers to predictions, and what is there when their moment has come.

use super::Run;
use crate::examine::agrees;
use crate::judge::states;
use crate::prediction::{Alternative, Prediction, Says};
use tcp_core::net::{FactId, HostId};
use tcp_core::tcp::State;
use tcp_course::Session;
use tcp_course::scenes::Watch;
use tcp_scene::deciding;
use tcp_scene::diagram::NodeId;

/// What is chosen, and not yet kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Draft {
    pub(crate) pair: [Option<NodeId>; 2],
    /// The host whose turn somebody has made it.
    pub(crate) turn: Option<HostId>,
    pub(crate) one: Option<usize>,
    pub(crate) sure: bool,
}

/// An answer to a prediction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// The states of C_m and S_m.
    Pair([State; 2]),
    /// One of several.
    One(usize),
}

/// What was there at the moment that a prediction is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The states of C_m and S_m, and the facts that decided that.
    Pair([(State, Option<FactId>); 2]),
    /// Which of several is true; `None` if what happened is nothing that the question is about. The fact that shows it.
    One(Option<usize>, Option<FactId>),
}

impl Run {
    /// The answer as the journal has it.
    pub(crate) fn text(&self, answer: Answer) -> String {
        match answer {
            Answer::Pair(states) => {
                let [client, server] = states.map(tcp_shell::tools::netstat::state_name);
                format!("C_m {client} | S_m {server}")
            }
            Answer::One(at) => self.alternatives().get(at).map(|it| it.says.to_string()).unwrap_or_default(),
        }
    }

    /// What is there at the moment of the prediction.
    pub(crate) fn there(&self, session: &Session) -> Outcome {
        let lab = session.lab();
        let all = self.alternatives();
        let place = |says: Says<'_>| all.iter().position(|it| it.says == says);
        let one = |right| {
            let chosen = if let Some(Answer::One(at)) = self.said { all.get(at) } else { None };
            // A wrong answer is refuted by its own fact.
            Outcome::One(right, chosen.and_then(|it| it.shown).and_then(|shown| self.begun.shows(shown, lab)))
        };
        match &self.step().prediction {
            Some(Prediction::Choice { .. }) => {
                let holds = |it: &Alternative<'_>| it.shown.is_some_and(|shown| self.begun.holds(shown, lab));
                one(all.iter().position(|it| it.right && holds(it)))
            }
            Some(Prediction::Rows(rows)) => one(place(Says::Rows(&states(lab, rows.host, rows.port)))),
            Some(Prediction::Next(next)) => {
                let sent = self.begun.next(next, lab);
                one(sent.and_then(|(_, sent)| place(Says::Next(sent))))
            }
            Some(Prediction::Long { from, to, .. }) => {
                let ends = self.begun.first(to, lab);
                let begins = self.begun.first_or_last(from, lab);
                let long = begins.zip(ends).map(|((_, from), (_, to))| to.since(from));
                let lasts = |says: Says<'_>| match (says, long) {
                    (Says::Long(said), Some(long)) => agrees(long, said),
                    _ => false,
                };
                Outcome::One(all.iter().position(|it| lasts(it.says)), ends.map(|(fact, _)| fact))
            }
            _ => Outcome::Pair([HostId::Client, HostId::Server].map(|host| {
                let state = Watch::state(lab.world().log(), host).0;
                (state, deciding(lab, host, self.begun.first_fact()))
            })),
        }
    }

    /// What there is to choose from.
    pub(crate) fn alternatives(&self) -> Vec<Alternative<'_>> {
        self.step().prediction.as_ref().map(|it| it.alternatives(self.profile)).unwrap_or_default()
    }
}
