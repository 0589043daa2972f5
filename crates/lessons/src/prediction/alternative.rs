//! What there is to choose from, where a question is answered by choosing one of several.

use super::{Prediction, Sends};
use std::fmt;
use std::time::Duration;
use tcp_core::tcp::{ProfileName, State};
use tcp_course::scenes::Predicate;
use tcp_shell::tools::netstat;

/// One of several answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alternative<'a> {
    /// What it says.
    pub says: Says<'a>,
    /// It is the right one.
    pub right: bool,
    /// What shows that it is right, or refutes it, if it has a predicate for that.
    pub shown: Option<&'a Predicate>,
}

/// What an answer says. As text, it is in the words of a lesson's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says<'a> {
    /// These words.
    Words(&'a str),
    /// The rows have these states; empty, if there are no rows.
    Rows(&'a [State]),
    /// This is sent next; nothing, if it is missing.
    Next(Option<Sends>),
    /// It takes so long.
    Long(Duration),
}

impl Prediction {
    /// What there is to choose from in a profile, in an order that does not give away the right one. Nothing for a question
    /// about a pair, for which the states of both hosts are chosen.
    pub fn alternatives(&self, profile: ProfileName) -> Vec<Alternative<'_>> {
        let of = usize::from(profile == ProfileName::Linux);
        let right = |says| Alternative { says, right: true, shown: None };
        let wrong = |says, shown| Alternative { says, right: false, shown };
        match self {
            Prediction::Pair { .. } => Vec::new(),
            Prediction::Choice { .. } => {
                let chosen = self.choices_in(profile).map(|choice| Alternative {
                    says: Says::Words(&choice.text),
                    right: choice.right,
                    shown: Some(&choice.shown),
                });
                chosen.collect()
            }
            Prediction::Long { answer, wrong: others, .. } => {
                let mut all: Vec<_> = others.iter().map(|span| wrong(Says::Long(*span), None)).collect();
                all.push(right(Says::Long(answer[of])));
                all.sort_by_key(|it| if let Says::Long(span) = it.says { span } else { Duration::ZERO });
                all
            }
            Prediction::Rows(rows) => {
                let others = rows.wrong.iter().filter(|it| it.counts_in(profile));
                let mut all: Vec<_> =
                    others.map(|it| wrong(Says::Rows(&it.what), Some(&it.refuted))).collect();
                all.push(right(Says::Rows(&rows.answer[of])));
                all.sort_by_key(|it| {
                    if let Says::Rows(states) = it.says {
                        (states.len(), states.to_vec())
                    } else {
                        (0, vec![])
                    }
                });
                all
            }
            Prediction::Next(next) => {
                let others = next.wrong.iter().filter(|it| it.counts_in(profile));
                let mut all: Vec<_> =
                    others.map(|it| wrong(Says::Next(it.what), Some(&it.refuted))).collect();
                all.push(right(Says::Next(next.answer[of])));
                all.sort_by_key(|it| it.says.to_string());
                all
            }
        }
    }
}

impl fmt::Display for Says<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Says::Words(words) => f.write_str(words),
            Says::Rows([]) => f.write_str("none"),
            Says::Rows(states) => f.write_str(
                &states.iter().map(|state| netstat::state_name(*state)).collect::<Vec<_>>().join(" "),
            ),
            Says::Next(None) => f.write_str("nothing"),
            Says::Next(Some(Sends { host, segment })) => write!(f, "{} {}", host.name(), segment.name()),
            Says::Long(span) => write!(f, "{} s", span.as_secs_f64()),
        }
    }
}
