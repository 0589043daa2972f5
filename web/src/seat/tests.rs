//! A puzzle, solved and not, as its page's store has it.

use super::*;
use tcp_core::net::HostId;
use tcp_course::Marked;
use tcp_lessons::puzzle::Spot;
use tcp_scene::timebar::Shows;
use tcp_scene::words::Kind;
use tcp_shell::TerminalId::{ClientLower, ServerThird};

fn store(level: Level, seed: u64) -> SeatStore {
    SeatStore::new(level, seed, Journal::default(), None)
}

/// A seed that hides what makes C_m and S_m stand so after 20 s.
fn with(level: Level, pair: [&str; 2]) -> SeatStore {
    let stands = |store: &SeatStore| {
        let hosts = store.shown().seat.hosts;
        hosts.map(|host| tcp_scene::names::article_name(host.state)) == pair
    };
    let mut found = (0..100).map(|seed| {
        let mut store = store(level, seed);
        (0..20).for_each(|_| _ = store.update(Does::Step));
        store
    });
    found.find(stands).expect("a seed hides it")
}

fn choose(store: &mut SeatStore, choices: &[Choice]) {
    choices.iter().for_each(|choice| _ = store.update(Does::Choose(*choice)));
}

const SYN: [Choice; 2] =
    [Choice::What(0, What::Segment(Kind::Syn, HostId::Client)), Choice::Spot(0, Spot::Network)];

#[test]
fn an_answer_needs_a_place() {
    let mut store = store(Level::Pair, 1);
    assert!(!store.update(Does::Answer), "nothing is chosen");
    choose(&mut store, &SYN[..1]);
    assert!(!store.update(Does::Answer), "no place is chosen");
    choose(&mut store, &[Choice::Whole(Whole::Nothing)]);
    assert_eq!(store.shown().form.picks, [Pick::default(); 2], "nothing else is chosen then");
    choose(&mut store, &SYN);
    assert!(store.shown().form.answer(Level::Pair).is_some());
}

#[test]
fn a_puzzle_is_solved_and_noted() {
    let solved = |seed| {
        let mut store = store(Level::Pair, seed);
        (0..20).for_each(|_| _ = store.update(Does::Step));
        choose(&mut store, &SYN);
        store.update(Does::Answer);
        (store.shown().told.as_deref() == Some(&Grade::Right)).then_some(store)
    };
    let mut store = (0..100).find_map(solved).expect("a seed hides that SYN is lost");
    let shown = store.shown();
    assert!(shown.over.is_some_and(|over| over.solved));
    assert_eq!(shown.tally, Tally { solved: 1, of: 1, all: 1 });
    let written = shown.journal.write();
    assert!(written.contains("answered first unsure syn:client:network\n"), "{written}");
    assert!(written.contains(" passed looks-2-par-2\n") && Journal::read(&written).is_ok(), "{written}");
    assert!(!store.update(Does::Answer), "it is over");
    assert!(store.opened().is_some());
}

#[test]
fn what_is_refuted_is_said_and_costs_nothing() {
    let mut store = with(Level::Pair, ["SYN_SENT", "LISTEN"]);
    choose(&mut store, &[Choice::Whole(Whole::Nothing)]);
    store.update(Does::Answer);
    assert!(
        matches!(store.shown().told.as_deref(), Some(Grade::Refuted(refuted)) if refuted.look == Some(1))
    );
    assert_eq!((store.shown().over, store.opened().is_some()), (None, false));
    store.update(Does::Again);
    assert_eq!(store.shown().told, None);
}

#[test]
fn the_journal_has_no_truth_before_the_end_and_none_after() {
    let mut store = store(Level::Counters, 5);
    store.update(Does::Step);
    store.update(Does::Look(0));
    assert_eq!(store.shown().journal.entries(), []);
    assert_eq!(store.shown().count, 3);
    store.update(Does::Truth);
    assert_eq!(store.shown().journal.write().lines().nth(1), Some("puzzle-counters 00000000 5 skipped"));
    assert_eq!(store.shown().tally, Tally { solved: 0, of: 1, all: 1 });
}

#[test]
fn a_reload_keeps_the_puzzle_and_its_end() {
    let mut store = store(Level::Counters, 7);
    store.update(Does::Pace(Gait::Times(10)));
    store.update(Does::PlayOrPause);
    store.update(Does::Pass(Duration::from_secs(2)));
    store.update(Does::Act(Action::enter(ClientLower, "netstat -nat")));
    store.update(Does::Earlier);
    let again = |store: &SeatStore| {
        SeatStore::new(Level::Counters, 7, Journal::default(), Some(&store.kept())).shown()
    };
    let (before, after) = (store.shown(), again(&store));
    assert_eq!((&before.seat, &before.bar.signs, &before.seen), (&after.seat, &after.bar.signs, &after.seen));
    assert!(before.seat.now > Instant::START && after.over.is_none());
    assert!(!store.kept().contains("DROP"), "{}", store.kept());
    store.update(Does::Truth);
    assert_eq!(
        again(&store).over.map(|over| over.truth.clone()),
        store.shown().over.map(|over| over.truth.clone())
    );
    // Of another puzzle nothing is taken over.
    let other = SeatStore::new(Level::Counters, 8, Journal::default(), Some(&store.kept()));
    assert_eq!(other.shown().seat.now, Instant::START);
}

#[test]
fn the_bar_has_what_was_seen_and_is_filled_in_when_it_is_over() {
    let facts = |store: &SeatStore| {
        let signs = store.shown().bar.signs;
        signs.iter().filter(|sign| matches!(sign.what, Shows::Happened(_))).count()
    };
    let looks = |store: &SeatStore| {
        let signs = store.shown().bar.signs;
        signs.iter().filter(|sign| matches!(sign.what, Shows::Typed(..))).count()
    };
    let mut store = with(Level::Counters, ["SYN_SENT", "LISTEN"]);
    store.update(Does::Look(0));
    assert_eq!((facts(&store), looks(&store)), (0, 1));
    store.update(Does::Earlier);
    assert!(store.shown().seat.now < store.shown().bar.end, "the mark before");
    assert_eq!(looks(&store), 1, "what was seen stays marked");
    store.update(Does::Truth);
    let end = store.shown().bar.end;
    assert_eq!(store.shown().seat.now, end);
    let stopped = Shows::Happened(Marked::Stopped);
    assert!(store.shown().bar.signs.iter().any(|sign| sign.what == stopped) && looks(&store) == 1);
    // Any moment can be gone to, and what happens from then on is marked, too.
    store.update(Does::GoTo(Instant::from_millis(1000)));
    assert_eq!((store.shown().seat.now, store.shown().bar.end), (Instant::from_millis(1000), end));
    let before = facts(&store);
    store.update(Does::GoTo(end));
    (0..20).for_each(|_| _ = store.update(Does::Step));
    assert!(facts(&store) > before);
    store.update(Does::Undo);
    assert_eq!((looks(&store), store.shown().can_undo), (0, [false, true]));
    store.update(Does::Redo);
    assert_eq!((looks(&store), store.shown().count), (1, 3));
}

#[test]
fn time_goes_in_tenths_and_only_while_it_plays() {
    let mut store = store(Level::Pair, 3);
    assert!(!store.update(Does::Pass(Duration::from_millis(100))));
    store.update(Does::Pace(Gait::Times(1)));
    store.update(Does::PlayOrPause);
    assert!(store.update(Does::Pass(Duration::from_millis(100))));
    assert_eq!(store.shown().seat.now, Instant::from_millis(100));
    store.update(Does::Pace(Gait::Steps));
    assert!(!store.shown().playing);
    store.update(Does::Open(ServerThird));
    assert_eq!((store.shown().third, store.shown().front.last), ([false, true], ServerThird));
}
