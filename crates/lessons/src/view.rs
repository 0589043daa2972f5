//! What is seen of a lesson that somebody takes, as data.

use crate::index;
use crate::journal::Journal;
use crate::lesson::{Lesson, Step, Typed};
use crate::prediction::{Alternative, Next, Prediction, Rows};
use crate::run::{Answer, Outcome, Run};
use std::rc::Rc;
use std::time::Duration;
use tcp_core::Instant;
use tcp_core::net::{FactId, HostId};
use tcp_core::tcp::State;
use tcp_course::Session;
use tcp_course::scenes::{Condition, Predicate, What};
use tcp_scene::diagram::NodeId;
use tcp_scene::names::article_name;
use tcp_scene::words::Message;
use tcp_scene::words::lesson::{self as words, Lesson as Says, Part};
use tcp_scene::{WhyLine, fact_line};

/// A step of a lesson, as it is seen.
#[derive(Clone, Debug, PartialEq)]
pub struct LessonView {
    /// The lesson, which has the texts.
    pub lesson: Rc<Lesson>,
    /// The number of the lesson in the list, if it is there.
    pub number: Option<usize>,
    /// The number of the step, counted from 0.
    pub at: usize,
    /// Which steps were passed, also on earlier visits.
    pub passed: Vec<bool>,
    /// The open question.
    pub question: Option<Question>,
    /// The moment that is predicted, until the answer is compared.
    pub predicts: Option<Predicts>,
    /// What came of the answer.
    pub explanation: Option<Explanation>,
    /// The lines that are needed, once they are no secret any more.
    pub lines: Vec<LineView>,
    /// Some that are needed are a secret still, and not typed yet.
    pub secret: bool,
    /// Lines that only show it.
    pub looks: Vec<LineView>,
    /// What must hold, and whether it does.
    pub checks: Vec<CheckView>,
    /// The step is done.
    pub done: bool,
    /// The check held.
    pub holds: bool,
    /// How many hints were given, and how many there are; the last is the lines.
    pub hints: (usize, usize),
    /// What is between the hosts is closed.
    pub closed: bool,
    /// The lesson has changed since something in it was passed.
    pub changed: bool,
    /// What was expected, for the diagram: C_m's, then S_m's.
    pub ghosts: [Option<NodeId>; 2],
    /// How the step began, as [`Beginning::write`](crate::Beginning::write) has it.
    pub begun: String,
    /// The host whose state is to be placed next on the diagram.
    pub places: Option<HostId>,
    /// The host that was picked up, to be placed.
    pub carried: Option<HostId>,
}

/// A question that waits for an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The question, in the catalogue's words or the lesson's.
    pub ask: Asked,
    /// Which states are placed, if both are asked for.
    pub pair: Option<[Option<NodeId>; 2]>,
    /// What there is to choose from.
    pub alternatives: Vec<Message>,
    /// Which of these is chosen.
    pub chosen: Option<usize>,
    /// Whoever answers is sure.
    pub sure: bool,
    /// Nothing of the answer is missing.
    pub ready: bool,
    /// To compare it, lines are typed; if not, time only goes on.
    pub types: bool,
}

/// The moment that is predicted.
#[derive(Clone, Debug, PartialEq)]
pub struct Predicts {
    /// In words.
    pub says: Message,
    /// When it is, if that is known.
    pub at: Option<Instant>,
    /// How long after its event it is.
    pub after: Duration,
}

/// A question's text.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// Made from the moment.
    Made(Message),
    /// The lesson's own.
    Written(String),
}

/// What came of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// What was expected and what is there, and whether that is the same.
    pub says: Vec<(Message, bool)>,
    /// The facts that decided what is wrong.
    pub facts: Vec<WhyLine>,
    /// What refutes the answer although it is no single fact.
    pub refuted: Option<Message>,
    /// The answer is kept, and does not count.
    pub seen: bool,
}

/// A line to type.
#[derive(Clone, Debug, PartialEq)]
pub struct LineView {
    /// The line and its terminal.
    pub line: Typed,
    /// It was typed since the step began.
    pub typed: bool,
}

/// Something that must hold.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckView {
    /// What it is.
    pub claim: Message,
    /// It holds.
    pub holds: bool,
    /// What holds only after a time: since when it has begun, and when it will be over.
    pub takes: Option<(Instant, Instant)>,
}

impl LessonView {
    /// The lesson's id, the step's anchor, and how it began: what is kept over a reload.
    pub fn place(&self) -> [String; 3] {
        [self.lesson.id.clone(), self.lesson.steps[self.at].id.clone(), self.begun.clone()]
    }
}

impl Run {
    /// What is seen of it.
    pub fn view(&self, session: &Session, journal: &Journal) -> LessonView {
        let step = self.step();
        let passed = journal.passed(&self.lesson.id);
        let lines = |lines: &[Typed]| {
            let view = |line: &Typed| LineView { line: line.clone(), typed: self.was_typed(line, session) };
            lines.iter().map(view).collect::<Vec<_>>()
        };
        let of = step.hints.len() + usize::from(!step.needed.is_empty());
        let shows_lines = self.said.is_some() || (self.hints >= of && of > 0);
        let holds = |predicate: &Predicate| self.passed || self.begun.holds(predicate, session.lab());
        let check = |predicate: &Predicate| {
            let holds = holds(predicate);
            let takes = if holds { None } else { self.begun.takes(predicate, session.lab()) };
            CheckView { claim: claim(predicate.clone()), holds, takes }
        };
        let question = self.asks().then(|| self.question(step)).flatten();
        let (entry, closed) = (index::named(&self.lesson.id), self.is_closed());
        LessonView {
            number: entry
                .and_then(|entry| index::LESSONS.iter().position(|it| it.id == entry.id))
                .map(|at| at + 1),
            at: self.step,
            passed: self.lesson.steps.iter().map(|step| passed.contains(&*step.id)).collect(),
            explanation: self.outcome.as_ref().map(|outcome| self.explained(step, outcome, session)),
            lines: if shows_lines { lines(&step.needed) } else { Vec::new() },
            secret: !shows_lines && step.needed.iter().any(|line| !self.was_typed(line, session)),
            looks: if question.is_some() { Vec::new() } else { lines(&step.looks) },
            // That no time has to pass is nothing to look for. What has to hold may say what is closed.
            checks: step
                .check
                .predicates_in(self.profile)
                .filter(|it| **it != Predicate::Passed(Duration::ZERO))
                .filter(|it| !closed || matches!(it, Predicate::Passed(_)))
                .map(check)
                .collect(),
            done: self.is_done(),
            closed,
            holds: self.passed,
            hints: (self.hints.min(of), of),
            changed: entry.is_some_and(|entry| journal.has_changed(entry.id, entry.hash)),
            ghosts: self.draft.pair,
            begun: self.begun.write(),
            places: self.places(question.as_ref()),
            carried: self.draft.turn.filter(|_| question.as_ref().is_some_and(|it| it.pair.is_some())),
            question,
            predicts: self.predicts(session),
            lesson: Rc::clone(&self.lesson),
        }
    }

    /// The host that was pressed, or else the first without a state; once both have one, S_m: it is the one that misleads.
    fn places(&self, question: Option<&Question>) -> Option<HostId> {
        let pair = question?.pair?;
        let first = if pair[0].is_none() { HostId::Client } else { HostId::Server };
        Some(self.draft.turn.unwrap_or(first))
    }

    fn question(&self, step: &Step) -> Option<Question> {
        let says = |says| Asked::Made(Message::Lesson(says));
        let written = |ask: &Option<String>| ask.clone().map(Asked::Written);
        let ask = match step.prediction.as_ref()? {
            Prediction::Choice { ask, .. } | Prediction::Long { ask, .. } => Asked::Written(ask.clone()),
            Prediction::Pair { ask, moment, .. } => {
                let made = || says(Says::Where { after: moment.after, event: moment.event.clone() });
                written(ask).unwrap_or_else(made)
            }
            Prediction::Rows(Rows { ask, moment, host, port, .. }) => {
                let (after, event) = (moment.after, moment.event.clone());
                let made = || says(Says::Rows { host: *host, port: *port, after, event });
                written(ask).unwrap_or_else(made)
            }
            Prediction::Next(Next { ask, event, within, .. }) => {
                let made = || says(Says::Next { event: event.clone(), within: *within });
                written(ask).unwrap_or_else(made)
            }
        };
        let is_pair = matches!(step.prediction, Some(Prediction::Pair { .. }));
        Some(Question {
            ask,
            pair: is_pair.then_some(self.draft.pair),
            alternatives: self
                .alternatives()
                .iter()
                .map(|it| Message::Lesson(Says::Answer(answer(it.says))))
                .collect(),
            chosen: self.draft.one,
            sure: self.draft.sure,
            ready: self.chosen().is_some(),
            types: !step.needed.is_empty(),
        })
    }

    /// How long something lasts is no moment: only its end would be, and that is the answer.
    fn predicts(&self, session: &Session) -> Option<Predicts> {
        let prediction = self.step().prediction.as_ref().filter(|_| self.asks() || self.waits())?;
        let (says, at, after) = match prediction {
            Prediction::Pair { moment, .. }
            | Prediction::Choice { moment, .. }
            | Prediction::Rows(Rows { moment, .. }) => {
                let says = Says::At { after: moment.after, event: moment.event.clone() };
                (says, self.moment_of(prediction, session), moment.after)
            }
            Prediction::Next(next) => (Says::SentAfter(next.event.clone()), None, Duration::ZERO),
            Prediction::Long { .. } => return None,
        };
        Some(Predicts { says: Message::Lesson(says), at, after })
    }

    fn explained(&self, step: &Step, outcome: &Outcome, session: &Session) -> Explanation {
        let lab = session.lab();
        let mut explanation =
            Explanation { says: Vec::new(), facts: Vec::new(), refuted: None, seen: self.seen };
        let shows = |fact: &Option<FactId>| fact.and_then(|fact| fact_line(lab, fact));
        match (outcome, self.said) {
            (Outcome::Pair(there), Some(Answer::Pair(said))) => {
                for (host, ((is, fact), expected)) in
                    [HostId::Client, HostId::Server].into_iter().zip(there.iter().zip(said))
                {
                    let right = *is == expected;
                    // Also where the answer was right: that is why.
                    let shown = shows(fact);
                    if !right {
                        let is_not = || {
                            Predicate::Never(What {
                                condition: Condition::Enters { host, state: expected },
                                at: Some(host),
                            })
                        };
                        let refuted = refuted(step, host, expected)
                            .or_else(|| shown.is_none().then(|| shows_that(is_not(), None)));
                        explanation.refuted = refuted.or(explanation.refuted);
                    }
                    let new = shown.filter(|line| !explanation.facts.contains(line));
                    explanation.facts.extend(new);
                    let says = if right {
                        Says::AsSaid(host, *is)
                    } else {
                        Says::Expected { host, expected, is: *is }
                    };
                    // What was wrong is said first.
                    let wrong = explanation.says.iter().filter(|(_, right)| !right).count();
                    let place = if right { explanation.says.len() } else { wrong };
                    explanation.says.insert(place, (Message::Lesson(says), right));
                }
            }
            (Outcome::One(None, _), _) => explanation.says.push((Message::Lesson(Says::Other), false)),
            (Outcome::One(Some(right), fact), Some(Answer::One(said))) => {
                let all = self.alternatives();
                let text = |at: usize| all.get(at).map_or(words::Answer::Nothing, |it| answer(it.says));
                if *right == said {
                    explanation.says.push((Message::Lesson(Says::Right), true));
                } else {
                    explanation.says.push((Message::Lesson(Says::Said(text(said))), false));
                }
                explanation.says.push((Message::Lesson(Says::Is(text(*right))), true));
                explanation.facts.extend(shows(fact));
                let chosen = all.get(said).filter(|_| *right != said);
                // A reason is said also where a fact is shown.
                let says = |it: &&Alternative<'_>| it.because.is_some() || explanation.facts.is_empty();
                let chosen = chosen.filter(says);
                explanation.refuted = chosen.and_then(|it| Some(shows_that(it.shown?.clone(), it.because)));
            }
            _ => {}
        }
        explanation
    }
}

/// What refutes that a host is in this state, where the lesson expects that somebody says so.
fn refuted(step: &Step, host: HostId, state: State) -> Option<Message> {
    let Some(Prediction::Pair { wrong, .. }) = &step.prediction else { return None };
    let wrong = wrong.iter().find(|wrong| wrong.host == host && wrong.state == state)?;
    Some(shows_that(wrong.refuted.clone(), wrong.because.as_deref()))
}

/// As a sentence, with the reason.
fn shows_that(predicate: Predicate, because: Option<&str>) -> Message {
    Message::Lesson(Says::Shows(predicate, because.map(str::to_owned)))
}

const fn claim(predicate: Predicate) -> Message {
    Message::Lesson(Says::Claim(predicate))
}

/// An answer, for the catalogue.
fn answer(says: crate::prediction::Says<'_>) -> words::Answer {
    use crate::prediction::Says;
    match says {
        Says::Words(words) => words::Answer::Written(words.to_owned()),
        Says::Rows([]) => words::Answer::NoRows,
        Says::Rows(states) => {
            let names: Vec<&str> = states.iter().map(|state| article_name(*state)).collect();
            words::Answer::Written(names.join(", "))
        }
        Says::Next(None) => words::Answer::Nothing,
        Says::Next(Some(sends)) => words::Answer::Sends(sends.host, sends.segment),
        Says::Long(span) => words::Answer::Lasts(span),
    }
}

/// What stands on a part of the panel.
pub fn part(part: Part) -> Message {
    Message::Lesson(Says::Part(part))
}
