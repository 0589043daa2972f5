//! A lesson in the store: when the clock goes, what an undo brings back, and what it does not touch.

use super::*;
use crate::settings::Settings;
use crate::store::{Done, Intent};
use std::time::Duration;
use tcp_core::net::HostId;
use tcp_course::Action;
use tcp_scene::diagram::NodeId;
use tcp_scene::pace::Pace;
use tcp_shell::TerminalId::ClientLower;

struct Pupil(Store);

impl Pupil {
    fn takes(id: &str, settings: Settings) -> Pupil {
        let file = format!("{}/../crates/lessons/content/en/{id}.md", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(file).expect("the lesson is there");
        let lesson = Rc::new(Lesson::read(&text).expect("it can be read"));
        let mut pupil = Pupil(Store::new(settings));
        pupil.learns(Learn::Take { lesson, hash: tcp_lessons::hash(&text), step: None });
        pupil
    }

    fn does(&mut self, intent: Intent) -> bool {
        let at = self.0.now();
        self.0.update(Done { at, intent })
    }

    fn learns(&mut self, learn: Learn) {
        self.does(Intent::Learn(Box::new(learn)));
    }

    fn answers(&mut self, client: NodeId, server: NodeId) {
        self.learns(Learn::Do(Move::Place(HostId::Client, client)));
        self.learns(Learn::Do(Move::Place(HostId::Server, server)));
        self.learns(Learn::Do(Move::Compare));
    }

    /// Lets time flow until the clock stops or nothing is due.
    fn flows(&mut self) {
        for _ in 0..10_000 {
            let shown = self.0.shown();
            let Some(leg) = shown.leg.filter(|_| shown.playing) else { return };
            self.does(Intent::Pass(leg.until));
        }
        panic!("it never rests");
    }

    fn view(&self) -> Rc<LessonView> {
        self.0.shown().lesson.expect("a lesson is taken")
    }

    fn journal(&self) -> String {
        self.0.shown().journal.write()
    }
}

#[test]
fn the_clock_stands_until_the_answer_and_at_its_moment() {
    let mut pupil = Pupil::takes("syn-dropped", Settings::default());
    assert!(!pupil.0.shown().playing, "the clock waits");
    pupil.does(Intent::Act(Action::enter(ClientLower, "netstat -nat")));
    assert!(!pupil.0.shown().playing, "to look is no answer");
    pupil.answers(NodeId::SynSent, NodeId::Listen);
    assert!(pupil.0.shown().playing);
    pupil.flows();
    assert!(!pupil.0.shown().playing, "something is to be read");
    // The lines are 0.4 s apart, and the question was about 0.5 s after the second.
    assert_eq!(pupil.0.now(), Instant::START + Duration::from_millis(900));
    let view = pupil.view();
    assert!(
        view.done && view.explanation.as_ref().is_some_and(|said| said.says.iter().all(|(_, right)| *right))
    );
}

#[test]
fn a_press_on_a_host_makes_it_the_one_that_is_placed() {
    let mut pupil = Pupil::takes("syn-dropped", Settings::default());
    let places = |pupil: &Pupil| pupil.view().places.map(HostId::name);
    assert_eq!(places(&pupil), Some("C_m"));
    pupil.learns(Learn::Do(Move::Place(HostId::Client, NodeId::Listen)));
    assert_eq!(places(&pupil), Some("S_m"));
    pupil.learns(Learn::Do(Move::Turn(HostId::Client)));
    assert_eq!(places(&pupil), Some("C_m"));
    pupil.learns(Learn::Do(Move::Place(HostId::Client, NodeId::SynSent)));
    assert_eq!(places(&pupil), Some("S_m"));
    assert_eq!(pupil.view().ghosts, [Some(NodeId::SynSent), None]);
}

#[test]
fn a_host_that_was_picked_up_can_be_put_back() {
    let mut pupil = Pupil::takes("syn-dropped", Settings::default());
    let carried = |pupil: &Pupil| pupil.view().carried.map(HostId::name);
    assert_eq!(carried(&pupil), None);
    pupil.learns(Learn::Do(Move::Turn(HostId::Server)));
    assert_eq!(carried(&pupil), Some("S_m"));
    pupil.learns(Learn::Do(Move::PutBack));
    assert_eq!((carried(&pupil), pupil.view().places), (None, Some(HostId::Client)));
    pupil.learns(Learn::Do(Move::Turn(HostId::Server)));
    pupil.learns(Learn::Do(Move::Place(HostId::Server, NodeId::Listen)));
    assert_eq!((carried(&pupil), pupil.view().ghosts), (None, [None, Some(NodeId::Listen)]));
}

#[test]
fn the_moment_that_is_predicted_is_on_the_time_bar_until_it_has_come() {
    let says = |pupil: &Pupil| pupil.0.shown().predicts.map(|(_, says)| says.to_string());
    let mut pupil = Pupil::takes("syn-dropped", Settings::default());
    let (place, words) = pupil.0.shown().predicts.expect("a question is open");
    assert_eq!(&*words, "you predict this moment: 0.5 s after connect()");
    assert!(place > 0.05 && place < 0.5, "{place}");
    pupil.answers(NodeId::SynSent, NodeId::Listen);
    assert!(says(&pupil).is_some(), "the answer waits for it");
    pupil.flows();
    assert_eq!(says(&pupil), None);
    // What is known of it is not drawn as unknown: this one is about a connect() that was before the step.
    pupil.learns(Learn::Do(Move::Next));
    let known = pupil.0.shown().predicts.expect("the next question").0;
    assert!(known > pupil.0.shown().bar.scale.place(pupil.0.now()), "{known}");
    let mut pupil = Pupil::takes("retransmission", Settings::default());
    pupil.learns(Learn::Skip);
    pupil.learns(Learn::Skip);
    assert!(pupil.view().question.is_some());
    assert_eq!(says(&pupil), None, "when it is over is the answer");
    let mut pupil = Pupil::takes("drop-reject-nobody", Settings::default());
    assert_eq!(says(&pupil).as_deref(), Some("you predict the next segment after the SYN arrived at S_m"));
    pupil.learns(Learn::Leave);
    assert_eq!(says(&pupil), None);
}

#[test]
fn step_by_step_a_lesson_comes_to_the_same() {
    let mut pupil = Pupil::takes("syn-dropped", Settings { pace: Pace::Steps, ..Settings::default() });
    pupil.answers(NodeId::SynSent, NodeId::SynRecv);
    for _ in 0..100 {
        if pupil.view().done {
            break;
        }
        pupil.does(Intent::PlayOrPause);
        pupil.flows();
    }
    assert!(
        pupil.journal().contains(" right C_m\n") && pupil.journal().contains(" wrong\n"),
        "{}",
        pupil.journal()
    );
}

#[test]
fn a_skip_ends_where_something_is_to_be_read() {
    let mut pupil = Pupil::takes("syn-dropped", Settings::default());
    pupil.answers(NodeId::SynSent, NodeId::Listen);
    for _ in 0..10 {
        pupil.does(Intent::Skip);
    }
    // Later skips go on from there: nothing more is waited for.
    assert!(pupil.view().done);
    let says = pupil.view().explanation.clone().expect("it was compared").says;
    assert!(says.iter().all(|(_, right)| *right), "compared at its own moment");
    let mut pupil = Pupil::takes("syn-dropped", Settings::default());
    pupil.answers(NodeId::SynSent, NodeId::Listen);
    while pupil.view().explanation.is_none() {
        pupil.does(Intent::Skip);
    }
    assert_eq!(pupil.0.now(), Instant::START + Duration::from_millis(900), "no skip goes past it");
}

#[test]
fn no_wait_of_a_lesson_takes_long_on_the_screen() {
    let mut pupil = Pupil::takes("time-wait", Settings::default());
    let steps = pupil.view().lesson.steps.len();
    let mut longest = 0.0_f64;
    for _ in 1..steps {
        pupil.learns(Learn::Begin);
        let pair = pupil.view().question.as_ref().map(|asked| asked.pair.is_some());
        match pair {
            Some(true) => pupil.answers(NodeId::Established, NodeId::Established),
            Some(false) => {
                pupil.learns(Learn::Do(Move::Choose(0)));
                pupil.learns(Learn::Do(Move::Compare));
            }
            None => pupil.learns(Learn::Do(Move::TypeAll)),
        }
        for _ in 0..1000 {
            let shown = pupil.0.shown();
            let Some(leg) = shown.leg.filter(|_| shown.playing) else { break };
            longest = longest.max(leg.until.since(shown.scene.now).as_secs_f64() / leg.rate);
            pupil.does(Intent::Pass(leg.until));
        }
        pupil.learns(Learn::Skip);
    }
    assert!(longest > 0.5 && longest < 8.0, "{longest} s on the screen");
}

#[test]
fn no_undo_touches_the_journal_and_a_later_answer_does_not_count() {
    let mut pupil = Pupil::takes("syn-dropped", Settings::default());
    pupil.answers(NodeId::Established, NodeId::Established);
    pupil.flows();
    let first = pupil.journal();
    for _ in 0..5 {
        pupil.does(Intent::Undo);
    }
    assert_eq!(pupil.journal(), first);
    pupil.learns(Learn::Begin);
    pupil.answers(NodeId::SynSent, NodeId::Listen);
    pupil.flows();
    assert!(pupil.view().explanation.as_ref().is_some_and(|said| said.seen), "it was seen before");
    assert!(pupil.journal().starts_with(&first) && pupil.journal().contains(" answered again "));
}

#[test]
fn a_step_that_is_left_out_leaves_the_lab_as_the_next_one_begins() {
    let mut pupil = Pupil::takes("syn-dropped", Settings::default());
    pupil.learns(Learn::Skip);
    assert_eq!(pupil.view().at, 1);
    let hosts = &pupil.0.shown().scene.hosts;
    assert_eq!(hosts.each_ref().map(|host| host.badge.node.node().label()), ["SYN_SENT", "LISTEN"]);
    pupil.does(Intent::Undo);
    assert_eq!(pupil.0.now(), Instant::START, "one undo brings back what there was");
}

#[test]
fn who_goes_back_and_does_otherwise_is_judged_from_there() {
    let mut pupil = Pupil::takes("syn-dropped", Settings::default());
    pupil.answers(NodeId::SynSent, NodeId::Listen);
    pupil.flows();
    pupil.learns(Learn::Do(Move::Next));
    pupil.does(Intent::GoTo(Instant::START));
    pupil.does(Intent::Act(Action::enter(ClientLower, "netstat -nat")));
    assert!(!pupil.view().done);
    pupil.learns(Learn::Do(Move::TypeAll));
    pupil.flows();
    assert!(!pupil.view().done, "nothing of the step has happened here");
}

#[test]
fn another_profile_begins_the_step_again() {
    let mut pupil = Pupil::takes("retransmission", Settings::default());
    pupil.learns(Learn::Skip);
    let at = pupil.view().at;
    let settings = Settings { profile: ProfileName::Linux, ..Settings::default() };
    pupil.does(Intent::Set(settings));
    assert_eq!((pupil.view().at, pupil.0.shown().settings.profile), (at, ProfileName::Linux));
}

#[test]
fn a_lesson_goes_on_where_it_was_left_and_begins_anew_after_its_end() {
    let mut pupil = Pupil::takes("syn-dropped", Settings::default());
    pupil.learns(Learn::Skip);
    let lesson = Rc::clone(&pupil.view().lesson);
    let take = || Learn::Take { lesson: Rc::clone(&lesson), hash: 1, step: None };
    pupil.learns(Learn::Leave);
    assert!(pupil.0.shown().lesson.is_none());
    pupil.learns(take());
    assert_eq!(pupil.view().at, 1);
    pupil.learns(Learn::Take { lesson: Rc::clone(&lesson), hash: 1, step: Some("no-such".to_owned()) });
    assert_eq!((pupil.view().at, pupil.0.shown().notices.len()), (0, 1));
}

#[test]
fn a_scene_or_a_way_ends_the_lesson() {
    let mut pupil = Pupil::takes("syn-dropped", Settings::default());
    pupil.does(Intent::Play(Rc::new(tcp_course::scenes::built_in().remove(0))));
    assert!(pupil.0.shown().lesson.is_none());
}

/// What was undone as far as before the step is what the page has after a reload, with the lesson beside it.
#[test]
fn a_reload_keeps_the_session_that_an_undo_went_back_to() {
    let mut pupil = Pupil(Store::new(Settings::default()));
    pupil.does(Intent::Act(Action::enter(ClientLower, "netstat -nat")));
    let lesson = Pupil::takes("handshake", Settings::default()).view().lesson.clone();
    pupil.learns(Learn::Take { lesson: Rc::clone(&lesson), hash: 1, step: None });
    pupil.learns(Learn::Skip);
    pupil.learns(Learn::Skip);
    assert!(pupil.0.now() > Instant::START && pupil.0.shown().can_undo, "the third step begins later");
    while pupil.0.shown().can_undo {
        pupil.does(Intent::Undo);
        let [_, step, begun] = pupil.view().place();
        let now = pupil.0.now();
        let link = pupil.0.share(now).link.ok();
        let mut again = Pupil(Store::visited(Settings::default(), Default::default(), "", link.as_deref()));
        let (lesson, begun) = (Rc::clone(&lesson), Beginning::read(&begun).expect("it was written by us"));
        again.learns(Learn::Resume { lesson, hash: 1, step, begun });
        assert_eq!((again.0.now(), again.0.share(now).link.ok()), (now, link));
    }
}
