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
            "C_m: SYN tried twice, at most 7 times: its own firewall dropped it; TCP gives up after 127 s.",
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

/// The chain as it is shown: what is folded is one line.
fn shown(why: &Why) -> Vec<String> {
    let mut lines = said(why);
    let folded = why.fold.len();
    lines.splice(why.fold.clone(), (folded > 0).then(|| en::say(&Message::LeftOut(folded))));
    lines
}

#[test]
fn a_long_chain_folds_its_middle_and_never_its_beginning() {
    let mut lab = lab();
    toggle(&mut lab, Kind::Syn, DropPlace::Sender);
    connect(&mut lab);
    wait(&mut lab, 70_000);
    let why = why(&lab);
    assert!(!why.goes_on);
    expect![[r#"
        63.000000 SYN #7 hit rule 1 in C_m OUTPUT. It never leaves the host
        63.000000 no answer came to C_m in time
        31.000000 SYN #6 hit rule 1 in C_m OUTPUT. It never leaves the host
        31.000000 no answer came to C_m in time
        15.000000 SYN #5 hit rule 1 in C_m OUTPUT. It never leaves the host
        15.000000 no answer came to C_m in time
        7.000000 SYN #4 hit rule 1 in C_m OUTPUT. It never leaves the host
        7.000000 no answer came to C_m in time
        … 4 more facts between
        0.000000 SYN hit rule 1 in C_m OUTPUT. It never leaves the host
        0.000000 the program on C_m called connect()
        0.000000 S_m enters LISTEN. The server waits to be asked
        0.000000 the program on S_m called listen()"#]]
    .assert_eq(&shown(&why).join("\n"));
}

/// Whatever is dropped, where and for how long: the first of the chain is a call, the first loss is not folded, and what
/// is folded is more than a line.
#[test]
fn no_chain_is_cut_at_its_beginning() {
    let places =
        [DropPlace::ClientOutput, DropPlace::ClientInput, DropPlace::ServerInput, DropPlace::ServerOutput];
    let (mut folded, mut looked) = (0, 0);
    for (kind, place) in [Kind::Syn, Kind::SynAck, Kind::Ack, Kind::Data, Kind::Fin, Kind::Rst]
        .into_iter()
        .flat_map(|kind| places.map(|place| (kind, place)))
    {
        let mut lab = lab();
        toggle(&mut lab, kind, place);
        connect(&mut lab);
        wait(&mut lab, 1_000);
        lab.types(TerminalId::ClientUpper, "hello");
        for ms in [100, 1_000, 3_000, 9_000, 20_000] {
            wait(&mut lab, ms);
            let why = why(&lab);
            let lines = said(&why);
            let what = format!("{kind:?} at {place:?}: {lines:#?}");
            assert!(why.goes_on || lines.last().is_some_and(|line| line.contains(" called ")), "{what}");
            let first = lines.iter().rposition(|line| line.contains(" hit "));
            assert!(first.is_none_or(|at| !why.fold.contains(&at) || lines.len() - at > 8), "{what}");
            assert_ne!(why.fold.len(), 1, "{what}");
            assert!(why.fold.is_empty() || why.fold.len() + 12 <= lines.len(), "{what}");
            // A segment that its own firewall drops is not said to be sent.
            let sent = lines.windows(2).any(|two| {
                two[0].contains("OUTPUT. It never leaves")
                    && two[1].contains(" sent ")
                    && two[0].contains(&two[1][two[1].find(" sent ").expect("it has it") + 6..])
            });
            assert!(!sent, "{what}");
            folded += usize::from(!why.fold.is_empty());
            looked += 1;
        }
    }
    assert!(folded > 20 && looked > 100, "{folded} of {looked}");
}

/// Each round of a loss that comes again and again has the same lines.
#[test]
fn each_repetition_has_the_same_lines() {
    let mut lab = lab();
    toggle(&mut lab, Kind::Ack, DropPlace::Sender);
    connect(&mut lab);
    wait(&mut lab, 4_000);
    expect![[r#"
        3.010000 ACK hit rule 1 in C_m OUTPUT. It never leaves the host
        3.010000 SYN|ACK #3 reached C_m
        3.005000 S_m sent SYN|ACK #3
        3.005000 no answer came to S_m in time
        1.010000 ACK hit rule 1 in C_m OUTPUT. It never leaves the host
        1.010000 SYN|ACK #2 reached C_m
        … 2 more facts between
        0.010000 ACK hit rule 1 in C_m OUTPUT. It never leaves the host
        0.010000 SYN|ACK reached C_m
        0.005000 S_m sent SYN|ACK
        0.005000 SYN reached S_m
        0.000000 C_m sent SYN
        0.000000 the program on C_m called connect()"#]]
    .assert_eq(&shown(&why(&lab)).join("\n"));
}

#[test]
fn a_segment_made_by_hand_is_said_to_be_the_cause() {
    let mut lab = lab();
    connect(&mut lab);
    wait(&mut lab, 15);
    lab.types(TerminalId::Network, "send-segment --from client --to server --flags RST --seq next");
    wait(&mut lab, 10);
    let why = why(&lab);
    assert_eq!(
        said(&why)[..3],
        [
            "0.020000 S_m enters CLOSED. A RST that was made by hand came: C_m never sent it",
            "0.020000 RST reached S_m",
            "0.015000 somebody put RST on the wire by hand, as if C_m had sent it",
        ]
    );
    assert_eq!(
        then(&why),
        ["C_m: Connected at this end only: the other has no such connection."],
        "S_m waits for nothing"
    );
    assert_eq!(en::say(&see(&lab).hosts[1].note), "A RST that was made by hand came: C_m never sent it.");
    lab.types(TerminalId::Network, "send-segment --from server --to client --flags RST --seq next");
    wait(&mut lab, 10);
    let says = en::say(&see(&lab).pair.says);
    assert!(says.contains("made by hand"), "{says}");
}

#[test]
fn what_is_held_has_its_place_in_the_chain() {
    let mut lab = lab();
    connect(&mut lab);
    wait(&mut lab, 2);
    lab.types(TerminalId::Network, "hold SYN");
    wait(&mut lab, 500);
    assert_eq!(
        said(&why(&lab))[..3],
        [
            "0.002000 SYN was held on its way",
            "0.000000 C_m sent SYN",
            "0.000000 the program on C_m called connect()",
        ]
    );
    lab.types(TerminalId::Network, "release 1");
    wait(&mut lab, 10);
    let facts = said(&why(&lab)).join("\n");
    assert!(
        facts.contains("0.502000 SYN was released and went on\n0.002000 SYN was held on its way"),
        "{facts}"
    );
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

#[test]
fn what_had_no_effect_is_the_newest_of_the_facts() {
    let newest = |lab: &Lab| said(&why(lab)).into_iter().take(3).collect::<Vec<_>>();
    let mut lab = lab();
    connect(&mut lab);
    wait(&mut lab, 100);
    lab.types(tcp_testing::Network, "send-segment --from server --to client --flags RST --seq next-5");
    wait(&mut lab, 6);
    assert_eq!(
        newest(&lab),
        [
            "0.105000 RST has no effect at C_m: it lies outside the window",
            "0.105000 RST reached C_m",
            "0.100000 somebody put RST on the wire by hand, as if S_m had sent it",
        ]
    );
    // A call that failed, of which no state is left.
    lab.types(tcp_testing::ClientLower, "nc -s 192.0.2.1 10.211.55.10 5555");
    wait(&mut lab, 1);
    assert!(
        newest(&lab)[0].ends_with(" C_m: bind() fails: Cannot assign requested address"),
        "{:?}",
        newest(&lab)
    );
    // Once something else has happened, that is the newest.
    lab.types(tcp_testing::ClientUpper, "hello");
    wait(&mut lab, 100);
    assert!(!newest(&lab).iter().any(|line| line.contains("fails")), "{:?}", newest(&lab));
}

#[test]
fn what_is_on_its_way_was_sent() {
    let mut lab = lab();
    toggle(&mut lab, Kind::Syn, DropPlace::Network);
    connect(&mut lab);
    wait(&mut lab, 1_002);
    assert_eq!(said(&why(&lab))[0], "1.000000 C_m sent SYN #2");
}
