//! The adversary of a lesson: it plays each step as it should be played, and as it should not.

use crate::judge::{Beginning, states};
use crate::lesson::{Lesson, Step, Typed};
use crate::play::{anchor, beginning, enter, first, go_to, moment, pass, play};
use crate::prediction::{Prediction, Says};
use std::fmt;
use std::time::Duration;
use tcp_core::net::HostId;
use tcp_core::tcp::{ProfileName, State};
use tcp_course::Session;
use tcp_course::scenes::Watch;
use tcp_shell::tools::netstat;

/// Something in which a lesson is not true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The line of the file that the step begins in.
    pub line: usize,
    /// The step's anchor.
    pub step: String,
    /// The profile in which it was played.
    pub profile: ProfileName,
    /// What was found.
    pub what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Finding { line, step, profile, what } = self;
        write!(f, "line {line}: {step}, in profile {}: {what}", profile.name())
    }
}

/// Plays a lesson in a profile, and returns all in which it is not true.
///
/// In each step, the needed lines pass the check; without any one of them it fails, as it does after the near miss; the
/// other way passes. The answer to the prediction is what happens, and a wrong one that is expected is refuted. Each step
/// begins where the one before was passed and the moment of its prediction was seen.
pub fn examine(lesson: &Lesson, profile: ProfileName) -> Vec<Finding> {
    let mut session = beginning(lesson, profile);
    let mut findings = Vec::new();
    for step in &lesson.steps {
        let mut finds = |what: String| {
            findings.push(Finding { line: step.line, step: step.id.clone(), profile, what });
        };
        let before = session.clone();
        let passed = |lines: &[Typed]| {
            let mut session = before.clone();
            play(&mut session, lines, &step.check, profile).then_some(session)
        };
        let without = |left_out: usize| {
            let kept = step.needed.iter().enumerate().filter(|(at, _)| *at != left_out);
            kept.map(|(_, line)| line.clone()).collect::<Vec<Typed>>()
        };
        for (at, line) in step.needed.iter().enumerate() {
            if passed(&without(at)).is_some() {
                finds(format!("the check passes without the needed line `{}`", line.text));
            }
        }
        if step.needed.is_empty() && passed(&[]).is_none() {
            finds("the check fails, and no line is needed".to_owned());
        }
        if !step.needed.is_empty() {
            for (what, lines, should) in
                [("near-miss", &step.near_miss, false), ("other-way", &step.other_way, true)]
            {
                if lines.is_empty() {
                    finds(format!("there is no block `{what}`"));
                } else if passed(lines).is_some() != should {
                    finds(format!("the check {} after the {what}", if should { "fails" } else { "passes" }));
                }
            }
        }
        if step.prediction.is_some() && Beginning::of(before.lab()).passes(&step.check, profile, before.lab())
        {
            finds("the check holds before the question is asked, so that it is not".to_owned());
        }
        if let Some(prediction) = &step.prediction {
            let mut played = before.clone();
            let begun = Beginning::of(played.lab());
            enter(&mut played, &step.needed);
            predicted(prediction, &mut played, &begun, profile).into_iter().for_each(&mut finds);
        }
        if !pass(&mut session, step, &step.needed, profile) {
            finds("the needed lines do not pass the check".to_owned());
            return findings;
        }
    }
    findings
}

/// The exercises of a lesson: predictions and checks that can go wrong.
pub fn exercises(lesson: &Lesson) -> usize {
    let in_step = |step: &Step| usize::from(step.prediction.is_some()) + usize::from(!step.needed.is_empty());
    lesson.steps.iter().map(in_step).sum()
}

/// What is not as the prediction says. The lines were typed.
fn predicted(
    prediction: &Prediction,
    session: &mut Session,
    begun: &Beginning,
    profile: ProfileName,
) -> Vec<String> {
    let of_profile = usize::from(profile == ProfileName::Linux);
    let mut found = Vec::new();
    let Some(at) = moment(prediction, session, begun) else { return vec![NEVER.to_owned()] };
    go_to(session, at);
    match prediction {
        Prediction::Pair { answer, wrong, .. } => {
            let there = [HostId::Client, HostId::Server]
                .map(|host| Watch::state(session.lab().world().log(), host).0);
            let name = |state: State| netstat::state_name(state);
            if there != answer[of_profile] {
                found.push(format!("the pair is {} with {}", name(there[0]), name(there[1])));
            }
            for wrong in wrong {
                let actual = there[usize::from(wrong.host == HostId::Server)];
                if actual == wrong.state {
                    found.push(format!(
                        "{} is in {}, which is no wrong answer",
                        wrong.host.name(),
                        name(actual)
                    ));
                } else if !begun.holds(&wrong.refuted, session.lab()) {
                    let (host, state) = (wrong.host.name(), name(wrong.state));
                    found.push(format!("nothing refutes that {host} is in {state}"));
                }
            }
        }
        Prediction::Choice { .. } => {
            for choice in prediction.choices_in(profile) {
                let shown = begun.holds(&choice.shown, session.lab());
                if !shown && choice.right {
                    found.push(format!("`{}` is not what happens", choice.text));
                } else if !shown {
                    found.push(format!("nothing refutes `{}`", choice.text));
                }
            }
        }
        Prediction::Long { from, to, answer, wrong, .. } => {
            let ends =
                anchor(from, session, begun).and_then(|from| Some(first(to, session, begun)?.since(from)));
            let Some(long) = ends else { return vec![NEVER.to_owned()] };
            let answer = answer[of_profile];
            if !agrees(long, answer) {
                found.push(format!("it takes {} s", long.as_secs_f64()));
            }
            for said in wrong.iter().filter(|said| agrees(long, **said)) {
                found.push(format!("{} s is no wrong answer", said.as_secs_f64()));
            }
        }
        Prediction::Rows(rows) => {
            let there = states(session.lab(), rows.host, rows.port);
            if there != rows.answer[of_profile] {
                found.push(format!("the rows are {}", Says::Rows(&there)));
            }
            for wrong in rows.wrong.iter().filter(|wrong| wrong.counts_in(profile)) {
                let says = Says::Rows(&wrong.what);
                if wrong.what == there {
                    found.push(format!("the rows are {says}, which is no wrong answer"));
                } else if !begun.holds(&wrong.refuted, session.lab()) {
                    found.push(format!("nothing refutes that the rows are {says}"));
                }
            }
        }
        Prediction::Next(next) => {
            let Some((_, sent)) = begun.next(next, session.lab()) else {
                return vec![NEVER.to_owned()];
            };
            if sent != next.answer[of_profile] {
                found.push(format!("sent next: {}", Says::Next(sent)));
            }
            for wrong in next.wrong.iter().filter(|wrong| wrong.counts_in(profile)) {
                let says = Says::Next(wrong.what);
                if wrong.what == sent {
                    found.push(format!("sent next: {says}, which is no wrong answer"));
                } else if !begun.holds(&wrong.refuted, session.lab()) {
                    found.push(format!("nothing refutes that next is sent: {says}"));
                }
            }
        }
    }
    found
}

/// As exactly as somebody can say how long it takes.
pub(crate) fn agrees(long: Duration, said: Duration) -> bool {
    long.abs_diff(said) <= (said / 20).max(Duration::from_millis(100))
}

const NEVER: &str = "what the prediction speaks of does not happen";
