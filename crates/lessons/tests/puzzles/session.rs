//! A puzzle as somebody solves it: looks are counted, a way back costs nothing and takes nothing back, and what is kept
//! brings it back without what is hidden.

use crate::reference::TENTH;
use proptest::prelude::*;
use tcp_core::Instant;
use tcp_core::net::HostId;
use tcp_course::Action;
use tcp_lessons::puzzle::{
    Answer, Claim, Grade, Hides, Lasts, Level, Looked, Loss, Part, Puzzle, Span, Spot, Trouble, Would,
};
use tcp_scene::words::Kind;
use tcp_shell::TerminalId::{ClientLower, ClientUpper, Network, ServerLower};

/// The puzzle of this level with this fault alone.
fn hiding(level: Level, part: Part) -> Puzzle {
    let faults = level.faults();
    let at = faults.iter().position(|fault| fault.parts == [part]).expect("the level has it");
    Puzzle::hiding(level, 1, at)
}

const fn lost(segment: Kind, from: HostId, spot: Spot) -> Loss {
    Loss { segment, from, spot }
}

const SYN_ACK: HostId = HostId::Server;

fn states(puzzle: &Puzzle) -> [String; 2] {
    puzzle.seat().hosts.map(|host| {
        let rows: Vec<&str> = host.rows.iter().map(|row| row.state).collect();
        rows.join(" ")
    })
}

#[test]
fn a_lost_syn_ack_is_found_by_the_counters_of_the_host_that_did_not_get_it() {
    let truth = lost(Kind::SynAck, SYN_ACK, Spot::Network);
    let mut puzzle = hiding(Level::Counters, Part::Loss(truth, Lasts::Always));
    puzzle.pass(Instant::from_millis(8000));
    assert_eq!(states(&puzzle), ["SYN_SENT", "LISTEN SYN_RECV"]);

    // What was seen does not show at which end it was lost.
    let answer = Answer::Wrong(vec![Claim::Lost(truth, None)]);
    let Grade::Possible { fits, waits, look } = puzzle.answer(&answer) else { panic!("more than one fits") };
    assert!(!waits, "what both netstats show has been seen");
    let spots: Vec<_> = fits.iter().map(|fit| fit.claims.clone()).collect();
    assert!(spots.contains(&vec![Claim::Lost(lost(Kind::SynAck, SYN_ACK, Spot::Input), None)]), "{spots:?}");
    assert_eq!(fits.iter().filter(|fit| fit.is_answer).count(), 1);

    // The look that the grade names decides.
    puzzle.look(look.expect("a look decides"));
    let input = Answer::Wrong(vec![Claim::Lost(lost(Kind::SynAck, SYN_ACK, Spot::Input), None)]);
    let Grade::Refuted(refuted) = puzzle.answer(&input) else { panic!("the counters refute it") };
    assert_eq!((refuted.look, refuted.host), (Some(3), HostId::Client));
    assert!(matches!(refuted.would, Would::Printed { saw: Some(_), would: Some(_) }), "{refuted:?}");
    assert_eq!(puzzle.answer(&answer), Grade::Right);
    let over = puzzle.over().expect("it is solved");
    assert_eq!((over.solved, over.count, over.par), (true, 3, 3));
}

#[test]
fn in_the_first_level_where_a_syn_is_lost_cannot_be_seen() {
    let truth = lost(Kind::Syn, HostId::Client, Spot::Input);
    let mut puzzle = hiding(Level::Pair, Part::Loss(truth, Lasts::Always));
    let nothing_seen = puzzle.judge(&Answer::CannotTell);
    assert!(matches!(nothing_seen, Grade::Possible { waits: true, look: None, .. }), "{nothing_seen:?}");
    puzzle.pass(Instant::from_millis(20_000));
    assert_eq!(states(&puzzle), ["SYN_SENT", "LISTEN"]);
    assert_eq!(puzzle.judge(&Answer::CannotTell), Grade::Right);
    // The trap of this pair: SYN_RECV would have come and gone.
    let dropped = lost(Kind::SynAck, SYN_ACK, Spot::Output);
    let answer = Answer::Wrong(vec![Claim::Lost(dropped, None)]);
    let Grade::Refuted(refuted) = puzzle.judge(&answer) else { panic!("SYN_RECV was never there") };
    assert_eq!((refuted.look, refuted.at), (Some(2), Instant::from_millis(100)));
    let rows = |states: &[&str]| Some(states.iter().map(|state| (*state).into()).collect());
    let (saw, would) = (rows(&["LISTEN"]), rows(&["LISTEN", "SYN_RECV"]));
    assert_eq!(refuted.would, Would::Netstat { saw, would });
}

#[test]
fn what_a_fault_will_not_show_in_time_is_out_at_once() {
    let truth = lost(Kind::Syn, HostId::Client, Spot::Network);
    let mut puzzle = hiding(Level::Time, Part::Loss(truth, Lasts::Once));
    while !states(&puzzle)[0].contains("ESTABLISHED") {
        puzzle.pass(puzzle.now() + TENTH);
    }
    let said = |span| vec![Claim::Lost(truth, Some(span))];
    let fits = puzzle.fits();
    assert!(fits.contains(&said(Span::Once)), "{fits:?}");
    assert!(!fits.contains(&said(Span::Always)) && !fits.contains(&said(Span::While)), "{fits:?}");
}

#[test]
fn a_healthy_pair_is_seen_to_be_healthy() {
    let mut puzzle = Puzzle::hiding(Level::Applications, 1, 0);
    assert_ne!(puzzle.judge(&Answer::Wrong(Vec::new())), Grade::Right);
    puzzle.pass(Instant::from_millis(20_000));
    // Nobody has been refused yet: whether that is heard is not known.
    let Grade::Possible { fits, look, .. } = puzzle.judge(&Answer::Wrong(Vec::new())) else {
        panic!("RST may be lost")
    };
    let resets = [Spot::Output, Spot::Network, Spot::Input].map(|spot| lost(Kind::Rst, HostId::Server, spot));
    let resets = resets.map(|loss| vec![Claim::Lost(loss, None)]);
    assert_eq!(fits.iter().filter(|fit| resets.contains(&fit.claims)).count(), fits.len() - 1, "{fits:?}");
    puzzle.look(look.expect("a look decides"));
    puzzle.pass(Instant::from_millis(30_000));
    assert_eq!(puzzle.answer(&Answer::Wrong(Vec::new())), Grade::Right);
    assert!(puzzle.over().expect("it is solved").truth.is_empty());
}

#[test]
fn what_shows_something_only_at_its_time_is_typed_then() {
    let at = Level::Teardown.offers().iter().position(|offer| offer.goes_back).expect("a capture goes back");
    let offer = Level::Teardown.offers()[at];
    let mut puzzle = Puzzle::hiding(Level::Teardown, 1, 1);
    puzzle.pass(Instant::from_millis(20_000));
    puzzle.look(at);
    assert_eq!(puzzle.now(), offer.at + TENTH);
    assert_eq!((puzzle.count(), puzzle.seen()[2].from), (3, offer.at));
    // What came later was seen, and stays so.
    let netstat = &puzzle.seen()[0];
    let Looked::Netstat(changes) = &netstat.what else { panic!("the first look is netstat") };
    assert_eq!(netstat.to, Instant::from_millis(20_000));
    assert!(changes.last().is_some_and(|(at, _)| *at > puzzle.now()), "{changes:?}");
    assert!(puzzle.since(HostId::Client) < puzzle.now());
}

#[test]
fn a_short_way_counts_its_lines() {
    let mut puzzle = Puzzle::hiding(Level::Applications, 1, 0);
    puzzle.give_up();
    let over = puzzle.over().expect("it was given up").clone();
    let lines = over.plan.iter().map(|offer| Level::Applications.offers()[*offer].lines.len());
    assert_eq!(over.par, 2 + lines.sum::<usize>());
}

#[test]
fn what_a_level_does_not_hide_is_not_possible() {
    let mut puzzle = Puzzle::hiding(Level::Pair, 1, 0);
    let answer = Answer::Wrong(vec![Claim::Trouble(Trouble::NeverReads)]);
    assert_eq!(puzzle.answer(&answer), Grade::Unlisted);
}

#[test]
fn each_line_is_a_look_and_undo_takes_none_back() {
    let mut puzzle = Puzzle::new(Level::Counters, 7);
    assert_eq!(puzzle.count(), 2);
    puzzle.pass(Instant::from_millis(5000));
    puzzle.act(Action::enter(ClientLower, "netstat -s"));
    puzzle.act(Action::ctrl_c(ClientUpper));
    assert_eq!(puzzle.count(), 3, "a key is no look");
    assert_eq!(puzzle.now(), Instant::from_millis(5200), "each takes a tenth of a second");

    assert!(puzzle.undo());
    assert!(puzzle.undo());
    assert_eq!((puzzle.count(), puzzle.now()), (3, Instant::from_millis(5000)));
    assert!(!puzzle.undo(), "nothing else was typed");
    puzzle.pass(Instant::from_millis(6000));
    assert!(puzzle.marks().iter().all(|mark| mark.look.is_none()), "it is not typed again");
    let seen = puzzle.seen();
    let Looked::Line { text, printed, .. } = &seen[2].what else { panic!("{seen:?}") };
    assert_eq!(&**text, "netstat -s");
    // With what it printed, although that was taken back.
    assert_eq!(&*printed[0], "Ip:");
    assert!(printed.iter().any(|line| line.ends_with("total packets received")), "{printed:?}");
}

#[test]
fn what_was_taken_back_is_typed_again_and_is_no_further_look() {
    let mut puzzle = Puzzle::new(Level::Counters, 7);
    puzzle.pass(Instant::from_millis(5000));
    assert!(!puzzle.redo(), "nothing was taken back");
    puzzle.act(Action::enter(ClientLower, "netstat -s"));
    puzzle.act(Action::enter(ClientLower, "ss -tan"));
    let (seat, marks) = (puzzle.seat(), puzzle.marks());
    let looks: Vec<_> = marks.iter().filter_map(|mark| mark.look).collect();
    assert_eq!(looks, [3, 4]);
    assert_eq!(puzzle.can_undo(), [true, false]);
    assert!(puzzle.undo() && puzzle.undo());
    assert_eq!(puzzle.can_undo(), [false, true]);
    puzzle.pass(Instant::from_millis(7000));
    assert!(puzzle.redo() && puzzle.redo() && !puzzle.redo());
    assert_eq!((puzzle.seat(), puzzle.marks(), puzzle.count()), (seat, marks, 4));
    assert_eq!(puzzle.now(), Instant::from_millis(5200), "when it was typed");
    let again = Puzzle::recall(&puzzle.kept()).expect("it was kept");
    assert_eq!((again.seat(), again.marks(), again.kept()), (puzzle.seat(), puzzle.marks(), puzzle.kept()));
    puzzle.undo();
    puzzle.act(Action::enter(ClientLower, "date"));
    assert!(!puzzle.redo(), "another way was taken");
}

#[test]
fn what_was_seen_on_a_way_that_was_left_stays_seen() {
    let truth = lost(Kind::Data, HostId::Client, Spot::Network);
    let mut puzzle = hiding(Level::Live, Part::Loss(truth, Lasts::Always));
    puzzle.pass(Instant::from_millis(8000));
    puzzle.act(Action::enter(ServerLower, "netstat -s"));
    let before = puzzle.fits();
    puzzle.go_to(Instant::from_millis(1000));
    puzzle.act(Action::enter(ClientLower, "date"));
    assert_eq!(puzzle.end(), Instant::from_millis(1100));
    assert!(puzzle.marks().iter().all(|mark| mark.at <= puzzle.end()));
    assert_eq!(puzzle.fits(), before);
}

#[test]
fn in_the_past_the_same_happens_again() {
    let mut puzzle = Puzzle::hiding(Level::Live, 1, 3);
    puzzle.pass(Instant::from_millis(4000));
    puzzle.act(Action::enter(ClientUpper, "once more"));
    puzzle.pass(Instant::from_millis(9000));
    let (seat, marks) = (puzzle.seat(), puzzle.marks());
    puzzle.go_to(Instant::from_millis(500));
    assert_ne!(puzzle.seat(), seat);
    assert_eq!(puzzle.marks(), marks, "what was seen stays marked");
    puzzle.pass(Instant::from_millis(9000));
    assert_eq!((puzzle.seat(), puzzle.marks()), (seat, marks));
}

#[test]
fn a_step_ends_at_a_change_or_after_ten_seconds() {
    let mut puzzle = Puzzle::hiding(Level::Pair, 1, 0);
    puzzle.step();
    assert_eq!(puzzle.now(), Instant::from_millis(100));
    assert_eq!(states(&puzzle), ["ESTABLISHED", "LISTEN ESTABLISHED"]);
    puzzle.step();
    assert_eq!(puzzle.now(), Instant::from_millis(10_100));
}

#[test]
fn nothing_is_typed_where_nobody_sits() {
    let mut puzzle = Puzzle::new(Level::Live, 3);
    puzzle.act(Action::enter(Network, "show"));
    puzzle.act(Action::Run { host: HostId::Server, cmd: "sudo iptables -S".to_owned() });
    assert_eq!((puzzle.count(), puzzle.now()), (2, Instant::START));
}

#[test]
fn what_shows_the_fault_is_refused_as_sudo_refuses() {
    let mut puzzle = Puzzle::new(Level::Pair, 3);
    for line in ["sudo iptables -S", "iptables -S", "sudo tcpdump", "sudo dmesg", "dmesg"] {
        puzzle.act(Action::enter(ServerLower, line));
    }
    let seat = puzzle.seat();
    let printed: Vec<&str> = seat.terminals[4].lines.iter().map(|line| line.text()).collect();
    let printed = printed.join("\n");
    assert!(!printed.contains("-A INPUT") && !printed.contains("-P INPUT"), "{printed}");
    assert_eq!(printed.matches("student is not in the sudoers file").count(), 3, "{printed}");
}

#[test]
fn the_lab_opens_where_the_puzzle_was() {
    for (level, truth) in Level::ALL.into_iter().flat_map(|level| [1, 5, 11].map(|truth| (level, truth))) {
        let mut puzzle = Puzzle::hiding(level, 1, truth);
        puzzle.pass(Instant::from_millis(9000));
        puzzle.act(Action::enter(ClientLower, "sudo iptables -S"));
        puzzle.act(Action::enter(ClientLower, "netstat -nat"));
        puzzle.pass(Instant::from_millis(15_000));
        let session = puzzle.opened();
        assert_eq!(session.lab().now(), puzzle.now());
        let rows = tcp_scene::seat(session.lab()).hosts;
        assert_eq!(rows, puzzle.seat().hosts, "{} {truth}", level.key());
        assert!(!session.inputs().iter().any(|step| {
            matches!(&step.action, Action::Enter { terminal: ClientLower, line } if line.contains("sudo"))
        }));
    }
}

#[test]
fn what_is_kept_brings_the_puzzle_back() {
    let mut puzzle = Puzzle::new(Level::Counters, 20_261_128);
    puzzle.pass(Instant::from_millis(8000));
    puzzle.act(Action::enter(ClientLower, "echo 'a\\b'\necho c"));
    puzzle.act(Action::ctrl_c(ClientUpper));
    puzzle.pass(Instant::from_millis(12_000));
    puzzle.undo();
    puzzle.act(Action::enter(ServerLower, "netstat -s"));
    puzzle.pass(Instant::from_millis(15_000));
    puzzle.go_to(Instant::from_millis(10_000));
    puzzle.act(Action::enter(ServerLower, "ss -tan"));
    puzzle.pass(Instant::from_millis(11_000));
    puzzle.go_to(Instant::from_millis(9000));
    let mut again = Puzzle::recall(&puzzle.kept()).expect("it was kept");
    assert_eq!(again.kept(), puzzle.kept());
    assert_eq!((again.seat(), again.seen(), again.marks()), (puzzle.seat(), puzzle.seen(), puzzle.marks()));
    assert_eq!((again.now(), again.end(), again.fits()), (puzzle.now(), puzzle.end(), puzzle.fits()));
}

#[test]
fn what_was_not_kept_is_refused_with_its_line() {
    let refused = |text: &str| Puzzle::recall(text).expect_err("it is refused").to_string();
    assert_eq!(refused(""), "line 1: needs `puzzle 1 LEVEL SEED`");
    assert_eq!(refused("puzzle 2 pair 1"), "line 1: needs `puzzle 1 LEVEL SEED`");
    let needs = "needs TENTHS, TENTHS undo, TENTHS redo, TENTHS back TENTHS, or TENTHS TERMINAL KEY TEXT";
    assert_eq!(refused("puzzle 1 pair 1\n5 client-upper shout hello"), format!("line 2: {needs}"));
    assert_eq!(refused("puzzle 1 pair 1\n5 network enter show"), format!("line 2: {needs}"));
    assert_eq!(refused("puzzle 1 pair 1\n1 now 1\n99999999999 undo"), format!("line 3: {needs}"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_that_is_kept_panics(text in "(puzzle 1 pair 1\n)?([0-9]{1,3} (undo|back [0-9]{1,3}|now [0-9]{1,3}|(client|server)-(upper|lower) (enter|input|ctrl-c|ctrl-d|ctrl-z) [ -~]{0,20})\n){0,6}.{0,9}") {
        let _ = Puzzle::recall(&text).map(|puzzle| puzzle.kept());
    }
}

#[test]
fn every_answer_that_is_refuted_is_refuted_by_a_difference() {
    for level in Level::ALL {
        let truths = 0..level.faults().len();
        for truth in truths.step_by(5) {
            let mut puzzle = Puzzle::hiding(level, 1, truth);
            puzzle.pass(puzzle.now() + 300 * TENTH);
            for offer in 0..level.offers().len() {
                puzzle.look(offer);
            }
            let _ = puzzle.fits();
            let looks = puzzle.seen().len();
            for refuted in puzzle.excluded() {
                assert!(refuted.look.is_none_or(|look| (1..=looks).contains(&look)), "{refuted:?}");
                assert!(refuted.at <= puzzle.seen()[0].to + TENTH, "{refuted:?}");
                let differ = match &refuted.would {
                    Would::Netstat { saw, would } => saw != would,
                    Would::Printed { saw, would } => saw != would,
                };
                assert!(differ, "{} {truth}: {refuted:?}", level.key());
            }
        }
    }
}
