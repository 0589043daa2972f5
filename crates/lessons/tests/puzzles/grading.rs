//! Grades are those of the slow reference, and a guesser without looks is never right.

use crate::reference::{TENTH, Typed, Way, claims, left};
use std::collections::BTreeSet;
use tcp_core::Instant;
use tcp_course::Action;
use tcp_lessons::puzzle::{Answer, Claim, Grade, Hides, Level, Puzzle};
use tcp_shell::TerminalId;

/// Numbers from a seed.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % end
    }
}

const LINES: [(TerminalId, &str); 16] = [
    (TerminalId::ClientLower, "netstat -s"),
    (TerminalId::ServerLower, "netstat -s"),
    (TerminalId::ClientLower, "netstat -nat"),
    (TerminalId::ServerLower, "ss -tan"),
    (TerminalId::ClientUpper, "hello"),
    (TerminalId::ServerUpper, "hello"),
    (TerminalId::ClientLower, "nc -zv 10.211.55.10 5555"),
    (TerminalId::ClientLower, "nc -zv 10.211.55.10 5556"),
    (TerminalId::ClientLower, "ping -c 1 10.211.55.10"),
    (TerminalId::ServerLower, "ps aux"),
    (TerminalId::ServerLower, "sudo iptables -S"),
    (TerminalId::ServerThird, "ss -ltn"),
    (TerminalId::ClientThird, "sudo tcpdump -nn -i eth0 tcp"),
    (TerminalId::ServerThird, "sudo tcpdump -nn -i eth0 tcp"),
    (TerminalId::ServerThird, "nc -zv 10.211.55.2 5555"),
    (TerminalId::ClientThird, "ss -tan"),
];

/// A random session: lines, keys, pauses, and now and then back to an earlier moment. Returns the ways it took.
fn wander(puzzle: &mut Puzzle, draw: &mut Draw) -> Vec<Way> {
    let mut ways = Vec::new();
    let mut lines: Vec<Typed> = Vec::new();
    for _ in 0..1 + draw.below(7) {
        puzzle.pass(puzzle.now() + [1, 3, 10, 25, 80][draw.below(5)] * TENTH);
        if draw.below(5) == 0 {
            ways.push(Way { lines: lines.clone(), until: puzzle.now() });
            let tenths = usize::try_from(puzzle.now().as_micros() / 100_000).unwrap_or(0);
            let to = Instant::from_millis(100 * draw.below(tenths + 1) as u64);
            puzzle.go_to(to);
            lines.retain(|(at, _)| *at < to);
        }
        let action = match draw.below(8) {
            0 => Action::ctrl_c([TerminalId::ClientUpper, TerminalId::ServerUpper][draw.below(2)]),
            _ => {
                let (terminal, line) = LINES[draw.below(LINES.len())];
                Action::enter(terminal, line)
            }
        };
        lines.push((puzzle.now(), action.clone()));
        puzzle.act(action);
    }
    puzzle.pass(puzzle.now() + [10, 15, 25, 40][draw.below(4)] * TENTH);
    ways.push(Way { lines, until: puzzle.now() });
    ways
}

/// How many puzzles are compared; `cargo xtask soak` compares 10 000.
fn puzzles() -> u64 {
    std::env::var("TCP_STATES_PUZZLES").ok().and_then(|text| text.parse().ok()).unwrap_or(60)
}

#[test]
fn what_fits_is_what_the_slow_reference_says() {
    for seed in 0..puzzles() {
        let mut draw = Draw(seed);
        let level = Level::ALL[draw.below(Level::ALL.len())];
        let truth = draw.below(level.faults().len());
        let mut puzzle = Puzzle::hiding(level, seed, truth);
        let ways = wander(&mut puzzle, &mut draw);
        let fast: BTreeSet<_> = puzzle.fits().into_iter().collect();
        let slow = claims(level, &left(level, truth, &ways));
        assert_eq!(fast, slow, "seed {seed}: level {}, fault {truth}, ways {ways:#?}", level.key());
    }
}

/// All that can be answered: each claim alone, nothing, that it stays open, and what the level's faults say.
fn answers(level: Level) -> Vec<Answer> {
    let one = level.claims().into_iter().map(|claim| vec![claim]);
    let faults = level.faults().into_iter().map(move |fault| fault.claims(level));
    let mut claims: Vec<_> = one.chain(faults).collect();
    claims.sort_unstable();
    claims.dedup();
    claims.into_iter().map(Answer::Wrong).chain([Answer::CannotTell]).collect()
}

/// Gives every answer. A right one must leave nothing but its class: what no offer of the level separates from the truth, and
/// what the answer says too.
fn guess(puzzle: &mut Puzzle, class: &[Vec<Claim>], truth: usize, seen: &str) -> usize {
    let (level, fits) = (puzzle.level(), puzzle.fits());
    let right = answers(level).into_iter().filter(|answer| puzzle.judge(answer) == Grade::Right);
    let right: Vec<Answer> = right.collect();
    for answer in &right {
        let is_class = |claims: &Vec<_>| class.contains(claims) || *answer == Answer::Wrong(claims.clone());
        assert!(
            fits.iter().all(is_class),
            "{} {truth}, {seen}: {answer:?} is right, but {fits:?} fit",
            level.key()
        );
    }
    right.len()
}

/// What an answer may say of the faults that no offer of the level separates from this one.
fn class(level: Level, truth: usize) -> Vec<Vec<Claim>> {
    let mut over = Puzzle::hiding(level, 1, truth);
    over.give_up();
    over.over().expect("it was given up").class.clone()
}

/// The faults that are tried: all of them, and where they are many and no soak is wanted, every third.
fn tried(level: Level) -> impl Iterator<Item = usize> {
    let all = level.faults().len();
    (0..all).step_by(if all > 100 && puzzles() <= 60 { 3 } else { 1 })
}

#[test]
fn whoever_has_seen_nothing_is_never_right() {
    for level in Level::ALL {
        for truth in tried(level) {
            let mut puzzle = Puzzle::hiding(level, 1, truth);
            let right = guess(&mut puzzle, &class(level, truth), truth, "before anything is seen");
            // Who can see at once that no program listens needs no more.
            let is_seen = puzzle.fits().len() == 1;
            assert_eq!(right > 0, is_seen, "{} {truth}: {right} answers are right at once", level.key());
        }
    }
}

#[test]
fn after_each_offer_only_what_was_shown_is_right() {
    for level in Level::ALL {
        for truth in tried(level) {
            let class = class(level, truth);
            let mut puzzle = Puzzle::hiding(level, 1, truth);
            for offer in 0..level.offers().len() {
                puzzle.go_to(Instant::START);
                puzzle.look(offer);
                guess(&mut puzzle, &class, truth, &format!("after offer {offer}"));
            }
        }
    }
}

#[test]
fn every_puzzle_is_solved_by_all_that_its_level_offers_and_by_its_plan() {
    for level in Level::ALL {
        // Longer than anything is watched for the table, and what may come late.
        let watch = if matches!(level, Level::Time | Level::Teardown) { 1600 } else { 400 };
        let faults = level.faults();
        for truth in tried(level) {
            let fault = &faults[truth];
            let all: Vec<usize> = (0..level.offers().len()).collect();
            let plan = {
                let mut puzzle = Puzzle::hiding(level, 1, truth);
                puzzle.give_up();
                puzzle.over().expect("it was given up").plan.clone()
            };
            // All that is offered takes long: for every third fault.
            let all = Some(("all", all)).filter(|_| truth % 3 == level as usize % 3);
            for (name, looks) in all.into_iter().chain([("plan", plan)]) {
                let mut puzzle = Puzzle::hiding(level, 1, truth);
                puzzle.pass(Instant::START + watch * TENTH);
                for offer in &looks {
                    puzzle.go_to(Instant::START);
                    puzzle.look(*offer);
                    puzzle.pass(puzzle.now() + TENTH * watch);
                }
                let answer = Answer::Wrong(fault.claims(level));
                let grade = puzzle.answer(&answer);
                assert_eq!(grade, Grade::Right, "{} {truth} by {name}: {answer:?}", level.key());
                let over = puzzle.over().expect("it is solved");
                let lines: usize = looks.iter().map(|offer| level.offers()[*offer].lines.len()).sum();
                assert_eq!(over.count, 2 + lines);
            }
        }
    }
}

/// Links are shared, so what the seeds below 100 000 000 hide stays as it is: faults are added to the end of a level's list,
/// and a list of seeds to `listed`. This digest does not change.
#[test]
fn what_a_seed_hides_is_for_ever() {
    let mut digest = 0xcbf2_9ce4_8422_2325_u64;
    for level in Level::ALL {
        let faults = level.faults();
        for seed in (0..1000).map(|number| number * 99_991) {
            let truth = format!("{:?}", faults[Puzzle::hidden(level, seed)]);
            let add = |digest: u64, octet| (digest ^ u64::from(octet)).wrapping_mul(0x0100_0000_01b3);
            digest = truth.bytes().fold(digest, add);
        }
    }
    expect_test::expect!["9332196c2a8e0834"].assert_eq(&format!("{digest:016x}"));
}

#[test]
fn seeds_choose_every_fault_and_often_none() {
    for level in Level::ALL {
        let chosen: Vec<usize> = (0..1000).map(|seed| Puzzle::hidden(level, seed)).collect();
        let healthy = chosen.iter().filter(|fault| **fault == 0).count();
        assert!((80..180).contains(&healthy), "{}: {healthy} of 1000 are healthy", level.key());
        let chosen: BTreeSet<usize> = chosen.into_iter().collect();
        assert_eq!(chosen.len(), level.faults().len(), "{}", level.key());
    }
}
