//! Why a pair of states is what it is.

use super::*;
use crate::Why;

fn why(lab: &Lab) -> Why {
    let pair = see(lab).pair;
    assert_eq!(pair.why.verdict.as_ref(), Some(&pair.says), "the verdict comes first");
    assert!(pair.why.facts.is_sorted_by(|a, b| a.at >= b.at), "the newest fact comes first");
    pair.why
}

fn said(why: &Why) -> Vec<String> {
    why.facts.iter().map(|line| format!("{} {}", line.at, en::say(&line.text))).collect()
}

fn then(why: &Why) -> Vec<String> {
    why.then.iter().map(|(host, text)| format!("{host}: {}", en::say(text))).collect()
}

#[test]
fn the_chain_leads_from_the_last_loss_to_the_call() {
    let mut lab = lab();
    toggle(&mut lab, Kind::Syn, DropPlace::Sender);
    connect(&mut lab);
    wait(&mut lab, 1_500);
    let why = why(&lab);
    assert_eq!(
        said(&why),
        [
            "1.000000 SYN #2 hit rule 1 in C_m OUTPUT. It never leaves the host",
            "1.000000 no answer came to C_m in time",
            "0.000000 SYN hit rule 1 in C_m OUTPUT. It never leaves the host",
            "0.000000 the program on C_m called connect()",
            "0.000000 S_m enters LISTEN. The server waits to be asked",
            "0.000000 the program on S_m called listen()",
        ]
    );
    assert_eq!(
        then(&why),
        [
            "C_m: SYN sent twice, at most 7 times. Without an answer, TCP gives up after 127 s.",
            "S_m: Waiting on port 5555 to be asked.",
        ]
    );
}

#[test]
fn a_program_that_has_not_closed_is_named() {
    let mut lab = Trial::new(ProfileName::Article);
    lab.types(TerminalId::ServerUpper, "app");
    for line in ["l socket", "l bind 0.0.0.0 5555", "l listen 1", "l accept c"] {
        lab.types(TerminalId::ServerUpper, line);
    }
    connect(&mut lab);
    wait(&mut lab, 100);
    lab.ctrl_c(TerminalId::ClientUpper);
    wait(&mut lab, 1_000);
    assert_eq!(see(&lab).hosts[1].badge.node, NodeId::CloseWait);
    let pid = lab.processes().iter().find(|it| it.cmd == "app").expect("it runs").pid;
    let named = format!("S_m: app, pid {pid} on S_m, has not closed the connection.");
    assert!(then(&why(&lab)).contains(&named), "{:?} lacks {named}", then(&why(&lab)));
}

#[test]
fn what_led_to_the_end_is_told_when_the_connection_is_gone() {
    let mut lab = lab();
    connect(&mut lab);
    wait(&mut lab, 100);
    lab.ctrl_c(TerminalId::ClientUpper);
    wait(&mut lab, 300_000);
    assert_eq!(see(&lab).hosts[0].rows.len(), 0);
    let facts = said(&why(&lab));
    assert!(facts.iter().any(|fact| fact.contains("C_m enters CLOSED")), "{facts:?}");
    assert!(facts.last().is_some_and(|fact| fact.contains("called")), "{facts:?}");
}

#[test]
fn a_long_chain_says_how_much_of_it_is_left_out() {
    let mut lab = lab();
    toggle(&mut lab, Kind::SynAck, DropPlace::Network);
    connect(&mut lab);
    wait(&mut lab, 40_000);
    let why = why(&lab);
    assert_eq!(why.facts.len(), 12);
    assert!(why.left_out > 0);
    assert!(!why.goes_on);
    let first = said(&why).pop().expect("there are twelve");
    assert_eq!(first, "0.000000 the program on C_m called connect()");
}

/// A window that stays shut is asked for again and again, each time because of the time before.
#[test]
fn a_chain_that_goes_back_too_far_says_so() {
    let mut lab = Trial::new(ProfileName::Linux);
    lab.types(TerminalId::ServerUpper, "app");
    for line in ["l socket", "l bind 0.0.0.0 5555", "l listen 1"] {
        lab.types(TerminalId::ServerUpper, line);
    }
    lab.types(TerminalId::ClientUpper, "app");
    for line in ["a socket", "a connect 10.211.55.10 5555"] {
        lab.types(TerminalId::ClientUpper, line).waits_ms(100);
    }
    lab.types(TerminalId::ServerUpper, "l accept c");
    lab.types(TerminalId::ClientUpper, &format!("a sendloop 0 400 {}", "x".repeat(1000))).waits_ms(60_000);
    assert!(!why(&lab).goes_on, "{:?}", said(&why(&lab)));
    lab.waits_ms(6 * 3_600_000);
    assert!(why(&lab).goes_on, "{:?}", said(&why(&lab)));
}
