//! A lesson's lines, played on a session.

use crate::judge::Beginning;
use crate::lesson::{Check, Lesson, Start, Step, Typed};
use crate::prediction::{Prediction, Rows};
use std::time::Duration;
use tcp_core::Instant;
use tcp_core::tcp::ProfileName;
use tcp_course::scenes::Event;
use tcp_course::{Action, Recording, Session, scenes};
use tcp_shell::TerminalId;

/// Between two lines that a person types.
pub(crate) const BETWEEN_LINES: Duration = Duration::from_millis(400);
/// A check is tried again after so long, even if nothing happens.
const BETWEEN_LOOKS: Duration = Duration::from_millis(200);

/// What a lesson begins with.
pub(crate) fn beginning(lesson: &Lesson, profile: ProfileName) -> Session {
    let session = at_start(&lesson.start, profile);
    if lesson.before.is_empty() {
        return session;
    }
    let Recording { mut steps, .. } = session.recording();
    let at = session.lab().now();
    let typed = lesson.before.iter().map(|Typed { terminal, text }| action(*terminal, text));
    steps.extend(typed.map(|action| tcp_course::Step { at, action }));
    let mut session = Session::of(&Recording { steps, ..session.recording() });
    session.advance_to(at);
    session
}

fn at_start(start: &Start, profile: ProfileName) -> Session {
    /// Any will do: nothing in a lesson may depend on it.
    const SEED: u64 = 1;
    match start {
        Start::Listening => Session::page(profile, SEED),
        Start::Nothing => Session::new(profile, SEED),
        Start::Scene(id) => {
            let Some(scene) = scenes::named(id) else { return Session::new(profile, SEED) };
            let end = scene.lasts_in(profile);
            let Recording { steps, .. } = &scene.recording;
            // What comes after the end is no part of the scene.
            let steps = steps.iter().filter(|step| step.at <= end).cloned().collect();
            let mut session = Session::of(&Recording { profile, steps, ..scene.recording.clone() });
            session.advance_to(end);
            session
        }
    }
}

/// Types the lines, and goes on until the check passes. False if it does not in its time.
pub(crate) fn play(session: &mut Session, lines: &[Typed], check: &Check, profile: ProfileName) -> bool {
    let begun = Beginning::of(session.lab());
    enter(session, lines);
    let until = session.lab().now() + check.within;
    loop {
        if begun.passes(check, profile, session.lab()) {
            return true;
        }
        let now = session.lab().now();
        if now >= until {
            return false;
        }
        let next = session.next_event().unwrap_or(until).min(now + BETWEEN_LOOKS).min(until);
        session.advance_to(next.max(now));
        // What is due at this very moment happens one by one: a check may hold between two of them.
        if next <= now {
            session.step();
        }
    }
}

/// Types the lines one after another.
pub(crate) fn enter(session: &mut Session, lines: &[Typed]) {
    for Typed { terminal, text } in lines {
        session.act(action(*terminal, text));
        let then = session.lab().now() + BETWEEN_LINES;
        session.advance_to(then);
    }
}

/// What the line does: `^C` is a key, and any other line ends with Enter.
pub(crate) fn action(terminal: TerminalId, text: &str) -> Action {
    match text {
        "^C" => Action::ctrl_c(terminal),
        "^D" => Action::ctrl_d(terminal),
        "^Z" => Action::ctrl_z(terminal),
        line => Action::enter(terminal, line),
    }
}

/// Does a step as the lesson does it: types its lines, and goes on until its check has passed and the moment of its
/// prediction has come. False if the check does not pass in its time.
pub(crate) fn pass(session: &mut Session, step: &Step, lines: &[Typed], profile: ProfileName) -> bool {
    let begun = Beginning::of(session.lab());
    if !play(session, lines, &step.check, profile) {
        return false;
    }
    let moment = step.prediction.as_ref().and_then(|prediction| moment(prediction, session, &begun));
    moment.filter(|at| *at > session.lab().now()).into_iter().for_each(|at| session.advance_to(at));
    true
}

/// The moment that a prediction is about; waits for it.
pub(crate) fn moment(prediction: &Prediction, session: &mut Session, begun: &Beginning) -> Option<Instant> {
    match prediction {
        Prediction::Pair { moment, .. } | Prediction::Choice { moment, .. } => {
            anchor(&moment.event, session, begun).map(|at| at + moment.after)
        }
        Prediction::Long { from, to, .. } => {
            anchor(from, session, begun)?;
            first(to, session, begun)
        }
        Prediction::Rows(Rows { moment, .. }) => {
            anchor(&moment.event, session, begun).map(|at| at + moment.after)
        }
        Prediction::Next(next) => {
            let until = anchor(&next.event, session, begun)? + next.within;
            session.advance_to(until.max(session.lab().now()));
            begun.next(next, session.lab()).map(|(at, _)| at)
        }
    }
}

/// The session in which a step begins: all before it were done as the lesson does them.
pub(crate) fn at_step(lesson: &Lesson, step: usize, profile: ProfileName) -> Session {
    let mut session = beginning(lesson, profile);
    for step in lesson.steps.iter().take(step) {
        pass(&mut session, step, &step.needed, profile);
    }
    session.prepared();
    session
}

/// Goes to a moment, which may have passed while the lines were typed.
pub(crate) fn go_to(session: &mut Session, to: Instant) {
    if to < session.lab().now() { session.go_to(to) } else { session.advance_to(to) }
}

/// The moment of such an event: the first since the step began or else the last before, if there is one; else waits for it.
pub(crate) fn anchor(event: &Event, session: &mut Session, begun: &Beginning) -> Option<Instant> {
    let known = begun.first_or_last(event, session.lab()).map(|(_, at)| at);
    known.or_else(|| first(event, session, begun))
}

/// The first such event since the step began; waits for it.
pub(crate) fn first(event: &Event, session: &mut Session, begun: &Beginning) -> Option<Instant> {
    /// Longer than any timer of a connection.
    const PATIENCE: Duration = Duration::from_secs(1200);
    let until = session.lab().now() + PATIENCE;
    loop {
        if let Some((_, at)) = begun.first(event, session.lab()) {
            return Some(at);
        }
        let next = session.next_event().filter(|next| *next <= until)?;
        session.advance_to(next);
    }
}
