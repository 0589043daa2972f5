//! While what was seen fits two faults, nothing that the page gets of them may differ by an octet.

use crate::reference::TENTH;
use tcp_course::Action;
use tcp_lessons::puzzle::{Hides, Level, Puzzle, outcomes};
use tcp_shell::TerminalId::{ClientUpper, ServerUpper};

/// Pairs of faults of one class.
fn pairs(level: Level) -> Vec<(usize, usize)> {
    let rows = outcomes(level).expect("to be alike is mutual");
    let all = || 0..rows.len();
    all()
        .flat_map(|one| all().map(move |two| (one, two)))
        .filter(|(a, b)| a < b && rows[*a] == rows[*b])
        .collect()
}

/// Waits and what the level offers, as a seed chooses.
fn script(level: Level, seed: usize) -> Vec<Step> {
    let waits = [Step::Wait(1), Step::Wait(7), Step::Wait(33), Step::Change, Step::Back(12), Step::Undo];
    let offers = (0..level.offers().len()).map(Step::Look);
    // In the level without offers only the programs that are there can be spoken to.
    let keys = [Step::Key(Action::ctrl_c(ClientUpper)), Step::Key(Action::enter(ServerUpper, "hello"))];
    let keys = keys.into_iter().filter(|_| level == Level::Pair && seed.is_multiple_of(2));
    let all: Vec<Step> = waits.into_iter().chain(offers).chain(keys).collect();
    (0..12).map(|at| all[(seed * 7 + at * (seed % 5 + 3) + at * at) % all.len()].clone()).collect()
}

#[derive(Clone, Debug)]
enum Step {
    /// This number of tenths.
    Wait(u32),
    /// To the next change.
    Change,
    Look(usize),
    Key(Action),
    /// By this number of tenths.
    Back(u32),
    Undo,
}

fn take(puzzle: &mut Puzzle, step: &Step) {
    match step {
        Step::Wait(tenths) => puzzle.pass(puzzle.now() + *tenths * TENTH),
        Step::Change => _ = puzzle.step(),
        Step::Look(offer) => puzzle.look(*offer),
        Step::Key(action) => puzzle.act(action.clone()),
        Step::Back(tenths) => {
            let before = puzzle.now().since(tcp_core::Instant::START).saturating_sub(*tenths * TENTH);
            puzzle.go_to(tcp_core::Instant::START + before);
        }
        Step::Undo => _ = puzzle.undo(),
    }
}

#[test]
fn two_faults_of_one_class_look_the_same() {
    let mut compared = 0;
    for level in Level::ALL {
        for (one, two) in pairs(level) {
            for seed in 0..9 {
                let (mut a, mut b) = (Puzzle::hiding(level, 1, one), Puzzle::hiding(level, 1, two));
                for step in script(level, seed) {
                    take(&mut a, &step);
                    take(&mut b, &step);
                    // Several looks together may separate what each alone does not.
                    let at = a.now();
                    if !a.may_be(two) {
                        break;
                    }
                    a.go_to(at);
                    let place = format!("{} {one} and {two}, script {seed}, after {step:?}", level.key());
                    assert_eq!(a.seat(), b.seat(), "{place}");
                    assert_eq!((a.seen(), a.marks(), a.count()), (b.seen(), b.marks(), b.count()), "{place}");
                    assert_eq!((a.now(), a.end(), a.kept()), (b.now(), b.end(), b.kept()), "{place}");
                }
                compared += 1;
            }
        }
    }
    assert!(compared >= 200, "only {compared} pairs under a script were compared");
}
