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
    /// Why it is wrong.
    pub because: Option<&'a str>,
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
        let right = |says| Alternative { says, right: true, shown: None, because: None };
        let wrong = |says, shown, because| Alternative { says, right: false, shown, because };
        match self {
            Prediction::Pair { .. } => Vec::new(),
            Prediction::Choice { .. } => {
                let chosen = self.choices_in(profile).map(|choice| Alternative {
                    says: Says::Words(&choice.text),
                    right: choice.right,
                    shown: Some(&choice.shown),
                    because: choice.because.as_deref(),
                });
                chosen.collect()
            }
            Prediction::Long { answer, wrong: others, .. } => {
                let others = others.iter().map(|span| wrong(Says::Long(*span), None, None));
                in_order(right(Says::Long(answer[of])), others)
            }
            Prediction::Rows(rows) => {
                let others = rows.wrong.iter().filter(|it| it.counts_in(profile));
                let others =
                    others.map(|it| wrong(Says::Rows(&it.what), Some(&it.refuted), it.because.as_deref()));
                in_order(right(Says::Rows(&rows.answer[of])), others)
            }
            Prediction::Next(next) => {
                let others = next.wrong.iter().filter(|it| it.counts_in(profile));
                let others =
                    others.map(|it| wrong(Says::Next(it.what), Some(&it.refuted), it.because.as_deref()));
                in_order(right(Says::Next(next.answer[of])), others)
            }
        }
    }
}

/// Puts the right answer among the wrong ones, in an order of what they say.
fn in_order<'a>(
    right: Alternative<'a>,
    wrong: impl Iterator<Item = Alternative<'a>>,
) -> Vec<Alternative<'a>> {
    let rank = |it: &Alternative<'_>| match it.says {
        Says::Long(span) => (span, String::new()),
        // Fewer rows first.
        Says::Rows(states) => (Duration::from_secs(states.len() as u64), it.says.to_string()),
        Says::Next(_) | Says::Words(_) => (Duration::ZERO, it.says.to_string()),
    };
    let mut all = vec![right];
    // There are a handful: std's sorting would add two kB to the page.
    for one in wrong {
        let place = all.iter().position(|other| rank(&one) < rank(other)).unwrap_or(all.len());
        all.insert(place, one);
    }
    all
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
