//! Lessons as a learner takes them: answers, the lines, and what is said of the answers.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what broke by failing")]

use std::fs;
use std::rc::Rc;
use tcp_core::net::HostId;
use tcp_core::tcp::{ProfileName, State};
use tcp_course::Session;
use tcp_lessons::{Deed, Journal, LESSONS, Lesson, Move, Prediction, Run, hash};
use tcp_scene::diagram::{NODES, NodeId};
use tcp_scene::words::{Message, en};

fn lesson(id: &str) -> (Rc<Lesson>, u32) {
    let text = fs::read_to_string(format!("content/en/{id}.md")).unwrap();
    (Rc::new(Lesson::read(&text).unwrap()), hash(&text))
}

/// Lets time pass until the lesson has something to be read, or nothing is due any more.
fn goes_on(run: &mut Run, session: &mut Session, journal: &mut Journal) {
    for _ in 0..2_000_000 {
        let now = session.lab().now();
        if let Some((_, action)) = run.next_line(now) {
            session.act(action);
        } else {
            let (event, due) = (session.next_event(), run.due(session));
            match (event, due) {
                (Some(event), Some(due)) if due < event => session.advance_to(due),
                (Some(_), _) => _ = session.step(),
                (None, Some(due)) => session.advance_to(due),
                (None, None) => return,
            }
        }
        if run.watch(session, journal) {
            return;
        }
    }
    panic!("it goes on for ever");
}

fn node(state: State) -> NodeId {
    NODES.iter().find(|node| node.state == state).unwrap().id
}

/// The moves that give an answer: the right one, or wrong ones by number.
fn answers(prediction: &Prediction, profile: ProfileName) -> Vec<(Vec<Move>, bool)> {
    let of_profile = usize::from(profile == ProfileName::Linux);
    match prediction {
        Prediction::Pair { answer, .. } => {
            let [client, server] = answer[of_profile];
            let pair = |client, server| {
                vec![Move::Place(HostId::Client, node(client)), Move::Place(HostId::Server, node(server))]
            };
            let others = |right: State| State::ALL.into_iter().filter(move |state| *state != right);
            let wrong = others(client).map(|client| (pair(client, server), false));
            let wrong = wrong.chain(others(server).map(|server| (pair(client, server), false)));
            [(pair(client, server), true)].into_iter().chain(wrong).collect()
        }
        _ => {
            let all = prediction.alternatives(profile).into_iter().enumerate();
            all.map(|(at, one)| (vec![Move::Choose(at)], one.right)).collect()
        }
    }
}

/// Takes a lesson with right answers. Before each of them, each wrong one is tried on a copy.
fn take(id: &str, profile: ProfileName) {
    let (lesson, hash) = lesson(id);
    let mut journal = Journal::default();
    let (mut run, mut session) = Run::begin(Rc::clone(&lesson), hash, 0, profile, &mut journal);
    for (at, step) in lesson.steps.iter().enumerate() {
        let place = format!("{id}#{} in {}", step.id, profile.name());
        assert_eq!(run.at(), at);
        // Before anything is done, it has been looked at.
        run.watch(&session, &mut journal);
        assert_eq!(run.asks(), step.prediction.is_some(), "{place}");
        // Only the cases have something closed, up to their question.
        let opens = lesson.closed.as_ref().and_then(|id| lesson.steps.iter().position(|it| it.id == *id));
        assert_eq!(run.is_closed(), opens.is_some_and(|opens| at <= opens), "{place}");
        assert_eq!(opens.is_some(), id.starts_with("case-"), "{place}");
        if run.is_closed() {
            let checks = run.view(&session, &journal).checks;
            let says =
                |said: &Message| en::say(said).contains("dropped") || en::say(said).contains("stopped");
            assert!(!checks.iter().any(|it| says(&it.claim)), "{place}: {checks:?}");
        }
        let all = step.prediction.as_ref().map(|it| answers(it, profile)).unwrap_or_default();
        for (moves, right) in &all {
            let (mut run, mut session, mut journal) = (run.clone(), session.clone(), journal.clone());
            for wish in moves {
                assert!(!run.does(*wish, &session, &mut journal));
            }
            assert!(run.does(Move::Compare, &session, &mut journal), "{place}: nothing is missing");
            while run.view(&session, &journal).explanation.is_none() {
                let before = session.lab().now();
                goes_on(&mut run, &mut session, &mut journal);
                let stands = session.lab().now() == before && session.next_event().is_none();
                assert!(
                    !stands || run.view(&session, &journal).explanation.is_some(),
                    "{place}: never compared"
                );
            }
            assert!(!run.is_closed(), "{place}: an answer opens what was closed");
            let explanation = run.view(&session, &journal).explanation.unwrap();
            assert!(!explanation.seen, "{place}: {moves:?} counts");
            assert_eq!(
                explanation.says.iter().all(|(_, right)| *right),
                *right,
                "{place}: {moves:?} {explanation:?}"
            );
            let deeds: Vec<&Deed> = journal.entries().iter().map(|entry| &entry.deed).collect();
            assert_eq!(deeds.contains(&&Deed::Wrong), !right, "{place}: {moves:?}");
            if !right {
                let shown = !explanation.facts.is_empty() || explanation.refuted.is_some();
                assert!(shown, "{place}: nothing refutes {moves:?}");
            }
        }
        let Some((moves, _)) = all.iter().find(|(_, right)| *right) else {
            run.does(Move::TypeAll, &session, &mut journal);
            until_done(&mut run, &mut session, &mut journal, &place);
            run.does(Move::Next, &session, &mut journal);
            continue;
        };
        moves.iter().chain([&Move::Compare]).for_each(|wish| _ = run.does(*wish, &session, &mut journal));
        until_done(&mut run, &mut session, &mut journal, &place);
        run.does(Move::Next, &session, &mut journal);
    }
    assert_eq!(journal.passed(id).len(), lesson.steps.len());
    assert!(!journal.entries().iter().any(|entry| entry.deed == Deed::Wrong));
}

#[test]
fn a_wrong_answer_is_refuted_with_the_reason() {
    let (lesson, hash) = lesson("drop-reject-nobody");
    let mut journal = Journal::default();
    let (mut run, mut session) = Run::begin(lesson, hash, 0, ProfileName::Article, &mut journal);
    let view = run.view(&session, &journal);
    let all = view.question.unwrap().alternatives;
    let wrong = all.iter().position(|it| en::say(it) == "S_m sends SYN|ACK").unwrap();
    run.does(Move::Choose(wrong), &session, &mut journal);
    run.does(Move::Compare, &session, &mut journal);
    while run.view(&session, &journal).explanation.is_none() {
        goes_on(&mut run, &mut session, &mut journal);
    }
    let refuted = run.view(&session, &journal).explanation.unwrap().refuted.unwrap();
    assert_eq!(en::say(&refuted), "S_m sends no SYN|ACK: only a listener answers like that.");
}

fn until_done(run: &mut Run, session: &mut Session, journal: &mut Journal, place: &str) {
    for _ in 0..1000 {
        if run.is_done() {
            return;
        }
        goes_on(run, session, journal);
    }
    panic!("{place} is never done: {:?}", run.view(session, journal).checks);
}

macro_rules! lessons {
    ($($name:ident),* $(,)?) => {
        $(#[test]
        fn $name() {
            for profile in [ProfileName::Article, ProfileName::Linux] {
                take(&stringify!($name).replace('_', "-"), profile);
            }
        })*

        #[test]
        fn all_lessons_are_taken() {
            let taken = [$(stringify!($name).replace('_', "-")),*];
            for entry in LESSONS {
                assert!(taken.iter().any(|id| id == entry.id), "{} is not", entry.id);
            }
        }
    };
}

lessons! {
    ack_dropped, backlog, case_live_connection, case_two_hosts, case_which_program, close_wait, closing, drop_reject_nobody, exercise_1, find_your_row, half_close, handshake, hello,
    live_connection, port_locked, ports_run_out, resets, retransmission, simultaneous_close, simultaneous_open,
    syn_dropped, synack_dropped, time_wait, wandering_segment,
}
