//! What is to be predicted: the question, its answer, and what refutes the wrong ones.

mod alternative;
mod next;
mod rows;

pub use alternative::{Alternative, Says};
pub use next::{Next, Sends};
pub use rows::Rows;
pub(crate) use rows::in_order;

use crate::predicate::{event, predicate};
use crate::words::{Read, Words, by_profile};
use std::time::Duration;
use tcp_core::net::HostId;
use tcp_core::tcp::{ProfileName, State};
use tcp_course::scenes::{Event, Predicate};

/// A question about what the step's lines will bring about.
#[derive(Clone, Debug, PartialEq)]
pub enum Prediction {
    /// Which states do both hosts show at a moment?
    Pair {
        /// The question; one is made from the moment if it is missing.
        ask: Option<String>,
        /// The moment.
        moment: Moment,
        /// C_m's and S_m's state, in the article's profile and in Linux's.
        answer: [[State; 2]; 2],
        /// Wrong answers that are expected, and what refutes them.
        wrong: Vec<Wrong>,
    },
    /// Which of these is true at a moment?
    Choice {
        /// The question.
        ask: String,
        /// The moment.
        moment: Moment,
        /// What there is to choose from, in order. Some are there in one profile only.
        choices: Vec<(Option<ProfileName>, Choice)>,
    },
    /// How long is it from one event to another?
    Long {
        /// The question.
        ask: String,
        /// From this event.
        from: Event,
        /// To that one.
        to: Event,
        /// How long, in the article's profile and in Linux's.
        answer: [Duration; 2],
        /// Wrong answers.
        wrong: Vec<Duration>,
    },
    /// Which rows does netstat show at a moment?
    Rows(Rows),
    /// Which segment is sent next?
    Next(Next),
}

/// A moment of the step.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// So long after the event.
    pub after: Duration,
    /// The event.
    pub event: Event,
}

/// A wrong answer to a question about a pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Wrong {
    /// The host.
    pub host: HostId,
    /// The state in which it is not.
    pub state: State,
    /// What refutes it.
    pub refuted: Predicate,
    /// Why it is not so.
    pub because: Option<String>,
}

/// A wrong answer that is expected, and what refutes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Refuted<T> {
    /// The only profile in which it is there; both if it is missing.
    pub profile: Option<ProfileName>,
    /// The answer.
    pub what: T,
    /// What refutes it.
    pub refuted: Predicate,
    /// Why it is not so.
    pub because: Option<String>,
}

impl<T> Refuted<T> {
    /// It is there in this profile.
    pub fn counts_in(&self, profile: ProfileName) -> bool {
        self.profile.is_none_or(|only| only == profile)
    }
}

/// One of several answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Its text.
    pub text: String,
    /// It is the right one.
    pub right: bool,
    /// What shows that it is right, or refutes it.
    pub shown: Predicate,
    /// Why it is so.
    pub because: Option<String>,
}

impl Prediction {
    /// Reads a block of this kind, whose lines are numbered. Fails with the line's number and the reason.
    pub(crate) fn read(
        kind: &str,
        lines: &[(usize, &str)],
        at: usize,
    ) -> Result<Prediction, (usize, String)> {
        let ask = lines.iter().find_map(|(_, line)| line.strip_prefix("ask: ")).map(str::to_owned);
        let rest: Vec<(usize, &str)> =
            lines.iter().filter(|(_, line)| !line.starts_with("ask: ")).copied().collect();
        let asked = || ask.clone().ok_or((at, "a line `ask: …` is missing".to_owned()));
        let Some(((first_at, first), rest)) = rest.split_first() else {
            return Err((at, "a prediction is empty".to_owned()));
        };
        let of_first = |reason| (*first_at, reason);
        match kind {
            "pair" => {
                let moment = Moment::read(first).map_err(of_first)?;
                let (answers, wrong): (Vec<_>, Vec<_>) =
                    rest.iter().copied().partition(|(_, line)| !line.starts_with("if "));
                let answer = answers_of(&answers, at, pair)?;
                let wrong = each(&wrong, self::wrong)?;
                Ok(Prediction::Pair { ask, moment, answer, wrong })
            }
            "choice" => {
                let moment = Moment::read(first).map_err(of_first)?;
                let parts =
                    rest.iter().flat_map(|(at, line)| by_profile(line).into_iter().map(|part| (*at, part)));
                let choices = parts.map(|(at, (profile, part))| {
                    choice(part).map(|choice| (profile, choice)).map_err(|reason| (at, reason))
                });
                let choices = choices.collect::<Result<Vec<_>, _>>()?;
                let prediction = Prediction::Choice { ask: asked()?, moment, choices };
                for profile in [ProfileName::Article, ProfileName::Linux] {
                    let right = prediction.choices_in(profile).filter(|choice| choice.right).count();
                    if right != 1 || prediction.choices_in(profile).count() < 2 {
                        return Err((
                            at,
                            "a choice has two answers or more, of which one is right (+)".to_owned(),
                        ));
                    }
                }
                Ok(prediction)
            }
            "long" => {
                let (from, to) = events(first).map_err(of_first)?;
                let (wrong, answers): (Vec<_>, Vec<_>) =
                    rest.iter().copied().partition(|(_, line)| line.starts_with("not "));
                let answer = answers_of(&answers, at, span)?;
                let wrong = each(&wrong, |line| span(line.trim_start_matches("not ")))?;
                if wrong.is_empty() || wrong.iter().any(|span| answer.contains(span)) {
                    return Err((at, "wants wrong answers (`not 4 s`) that are wrong".to_owned()));
                }
                Ok(Prediction::Long { ask: asked()?, from, to, answer, wrong })
            }
            "rows" => Ok(Prediction::Rows(Rows::read(&Lines { at, ask, first: (*first_at, first), rest })?)),
            "next" => Ok(Prediction::Next(Next::read(&Lines { at, ask, first: (*first_at, first), rest })?)),
            other => Err((at, format!("`{other}` must be pair, rows, next, choice or long"))),
        }
    }
}

impl Prediction {
    /// What there is to choose from in a profile.
    pub fn choices_in(&self, profile: ProfileName) -> impl Iterator<Item = &Choice> {
        let choices: &[_] = if let Prediction::Choice { choices, .. } = self { choices } else { &[] };
        let is_there = move |of: &Option<ProfileName>| of.is_none_or(|of| of == profile);
        choices.iter().filter(move |(of, _)| is_there(of)).map(|(_, choice)| choice)
    }
}

impl Moment {
    /// `at 3 s after connect(C_m)`.
    fn read(line: &str) -> Read<Moment> {
        let mut words = Words::of(line);
        words.expects("at")?;
        let after = words.span()?;
        words.expects("after")?;
        Ok(Moment { after, event: event(&mut words)? })
    }
}

/// `from connect(C_m) to ended C_m`.
fn events(line: &str) -> Read<(Event, Event)> {
    let rest = line.strip_prefix("from ").ok_or("`from` is missing")?;
    let (from, to) = rest.split_once(" to ").ok_or("`to` is missing")?;
    Ok((event(&mut Words::of(from))?, event(&mut Words::of(to))?))
}

/// The lines of a block.
struct Lines<'a> {
    /// Where it begins.
    at: usize,
    /// Its question.
    ask: Option<String>,
    /// The first line that is no question.
    first: (usize, &'a str),
    /// Those after it.
    rest: &'a [(usize, &'a str)],
}

/// The answer in each profile, and the wrong ones.
type Answers<T, W> = ([T; 2], Vec<Refuted<W>>);

/// The answer in each profile, and the wrong answers that have lines with `if`.
fn of_profiles<T: Clone, W: PartialEq>(
    lines: &Lines<'_>,
    answer: fn(&str) -> Read<T>,
    wrong: fn(&str) -> Read<W>,
) -> Result<Answers<T, W>, (usize, String)> {
    let (answers, others): (Vec<_>, Vec<_>) = lines
        .rest
        .iter()
        .copied()
        .partition(|(_, line)| !by_profile(line).iter().any(|(_, part)| part.starts_with("if ")));
    let answers = answers_of(&answers, lines.at, answer)?;
    let parts = others.iter().flat_map(|(at, line)| by_profile(line).into_iter().map(|part| (*at, part)));
    let read = |part: &str| {
        let (choice, refuted) = part.split_once(": ").ok_or("`: ` and what refutes it are missing")?;
        let choice = choice.strip_prefix("if ").ok_or("a wrong answer begins with `if`")?;
        let (refuted, because) = with_reason(refuted)?;
        Ok((wrong(choice)?, refuted, because))
    };
    let others = parts.map(|(at, (profile, part))| {
        let (what, refuted, because) = read(part).map_err(|reason: String| (at, reason))?;
        Ok(Refuted { profile, what, refuted, because })
    });
    let others: Vec<Refuted<W>> = others.collect::<Result<_, (usize, String)>>()?;
    for profile in [ProfileName::Article, ProfileName::Linux] {
        let there: Vec<_> = others.iter().filter(|other| other.counts_in(profile)).collect();
        let twice = |(at, other): (usize, &&Refuted<W>)| there[..at].iter().any(|it| it.what == other.what);
        if there.is_empty() || there.iter().enumerate().any(twice) {
            return Err((lines.at, "wants wrong answers (`if …: …`), each once".to_owned()));
        }
    }
    Ok((answers, others))
}

/// The answer in each profile: one line for both, or one for each.
fn answers_of<T: Clone>(
    lines: &[(usize, &str)],
    at: usize,
    read: fn(&str) -> Read<T>,
) -> Result<[T; 2], (usize, String)> {
    let mut found = [None, None];
    for (at, line) in lines {
        for (profile, part) in by_profile(line) {
            let answer = read(part).map_err(|reason| (*at, reason))?;
            for place in [ProfileName::Article, ProfileName::Linux] {
                let own = &mut found[usize::from(place == ProfileName::Linux)];
                if profile.is_none_or(|profile| profile == place) && own.replace(answer.clone()).is_some() {
                    return Err((*at, "a second answer".to_owned()));
                }
            }
        }
    }
    match found {
        [Some(article), Some(linux)] => Ok([article, linux]),
        _ => Err((at, "the answer is missing".to_owned())),
    }
}

fn each<T>(lines: &[(usize, &str)], read: impl Fn(&str) -> Read<T>) -> Result<Vec<T>, (usize, String)> {
    lines.iter().map(|(at, line)| read(line).map_err(|reason| (*at, reason))).collect()
}

/// `C_m SYN_SENT | S_m LISTEN`.
fn pair(line: &str) -> Read<[State; 2]> {
    let mut words = Words::of(line);
    words.expects("C_m")?;
    let client = words.state()?;
    words.expects("|")?;
    words.expects("S_m")?;
    let server = words.state()?;
    words.ends()?;
    Ok([client, server])
}

fn span(line: &str) -> Read<Duration> {
    let mut words = Words::of(line);
    let span = words.span()?;
    words.ends()?;
    Ok(span)
}

/// `if S_m SYN_RECV: no arrived SYN at S_m`.
fn wrong(line: &str) -> Read<Wrong> {
    let (choice, refuted) = line.split_once(": ").ok_or("`: ` and what refutes it are missing")?;
    let mut words = Words::of(choice);
    words.expects("if")?;
    let (host, state) = (words.host()?, words.state()?);
    words.ends()?;
    let (refuted, because) = with_reason(refuted)?;
    Ok(Wrong { host, state, refuted, because })
}

/// `no sent ACK by S_m because its kernel has no such connection`: what shows something, and perhaps why it is so.
fn with_reason(text: &str) -> Read<(Predicate, Option<String>)> {
    /// Octets of a reason.
    const LONGEST: usize = 160;
    let Some((shown, because)) = text.split_once(" because ") else { return Ok((predicate(text)?, None)) };
    if because.len() > LONGEST || because.ends_with('.') || because.trim().is_empty() {
        return Err(
            "after `because` comes part of a sentence, of 160 octets at most, without a stop".to_owned()
        );
    }
    Ok((predicate(shown)?, Some(because.trim().to_owned())))
}

/// `+ It is sent again. | sent SYN by C_m >= 2`, or `- It is gone for good. | sent SYN by C_m >= 2`.
fn choice(line: &str) -> Read<Choice> {
    let right = line.starts_with("+ ");
    let rest = line.strip_prefix(['+', '-']).and_then(|rest| rest.strip_prefix(' '));
    let rest = rest.ok_or("an answer begins with + (right) or - (wrong)")?;
    let (text, shown) = rest.rsplit_once(" | ").ok_or("` | ` and what shows or refutes it are missing")?;
    let (shown, because) = with_reason(shown)?;
    Ok(Choice { text: text.trim().to_owned(), right, shown, because })
}
