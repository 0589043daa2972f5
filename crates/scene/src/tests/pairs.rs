//! What a pair of states means, and that a card does not claim more than its end can know.

use super::*;
use tcp_testing::{ClientLower, ClientUpper, Network, ServerLower, ServerUpper};

/// Both states, and what they mean.
fn means(lab: &Lab) -> String {
    let scene = see(lab);
    let [client, server] = scene.hosts.each_ref().map(|host| host.badge.node.node().label());
    format!("C_m {client} · S_m {server}: {}", en::say(&scene.pair.says))
}

/// Plays lines, each a number of milliseconds after the one before, and compares what the pair then means.
fn check(profile: ProfileName, lines: &[(u64, TerminalId, &str)], then: u64, wanted: &str) {
    let mut lab = Trial::new(profile);
    lab.types(ServerUpper, "nc -l 5555");
    for (after, terminal, line) in lines {
        lab.waits_ms(*after);
        match *line {
            "^C" => lab.ctrl_c(*terminal),
            line => lab.types(*terminal, line),
        };
    }
    lab.waits_ms(then);
    assert_eq!(means(&lab), wanted, "{lines:?}");
}

const CONNECT: (u64, TerminalId, &str) = (10, ClientUpper, "nc 10.211.55.10 5555");
const ARTICLE: ProfileName = ProfileName::Article;
const LINUX: ProfileName = ProfileName::Linux;

#[test]
fn without_a_loss_the_pair_says_what_it_waits_for() {
    check(ARTICLE, &[], 10, "C_m CLOSED · S_m LISTEN: Nobody has asked for a connection yet; S_m listens.");
    check(
        ARTICLE,
        &[(10, ServerUpper, "^C")],
        10,
        "C_m CLOSED · S_m CLOSED: Nobody has asked for a connection yet, and nobody listens.",
    );
    check(
        ARTICLE,
        &[(10, ServerUpper, "^C"), (20, ClientUpper, "nc -l 5555")],
        10,
        "C_m LISTEN · S_m CLOSED: Nobody has asked for a connection yet; C_m listens.",
    );
    check(ARTICLE, &[CONNECT], 2, "C_m SYN_SENT · S_m LISTEN: Nothing is lost: SYN is on its way to S_m.");
    check(
        ARTICLE,
        &[CONNECT],
        7,
        "C_m SYN_SENT · S_m SYN_RECV: Nothing is lost: SYN|ACK is on its way to C_m.",
    );
    check(
        ARTICLE,
        &[CONNECT],
        12,
        "C_m ESTABLISHED · S_m SYN_RECV: Nothing is lost: ACK is on its way to S_m.",
    );
    check(
        ARTICLE,
        &[CONNECT],
        500,
        "C_m ESTABLISHED · S_m ESTABLISHED: Nothing is lost: both ends are connected.",
    );
    check(
        ARTICLE,
        &[CONNECT, (2, Network, "hold SYN from C_m")],
        500,
        "C_m SYN_SENT · S_m LISTEN: Nothing is lost: SYN is held on its way to S_m.",
    );
    check(
        ARTICLE,
        &[CONNECT, (2, Network, "hold SYN from C_m for 900ms")],
        500,
        "C_m SYN_SENT · S_m LISTEN: Nothing is lost: SYN is held on its way to S_m until 0.912 s.",
    );
    check(
        LINUX,
        &[CONNECT, (100, ClientUpper, "^C")],
        500,
        "C_m TIME_WAIT · S_m CLOSED: Nothing is lost: both have closed, and C_m waits 2MSL.",
    );
    check(
        ARTICLE,
        &[CONNECT, (100, ClientUpper, "^C")],
        500,
        "C_m TIME_WAIT · S_m CLOSED: Nothing is lost: both have closed, and C_m waits 2MSL.",
    );
    check(
        ARTICLE,
        &[CONNECT, (100, ClientUpper, "^C")],
        130_000,
        "C_m CLOSED · S_m CLOSED: Nothing is lost: the connection is over at both ends.",
    );
    check(
        LINUX,
        &[CONNECT, (100, ServerUpper, "^C")],
        500,
        "C_m CLOSE_WAIT · S_m FIN_WAIT_2: Nothing is lost: the program on C_m has not closed yet.",
    );
    check(
        LINUX,
        &[CONNECT, (100, ServerUpper, "^C")],
        70_000,
        "C_m CLOSE_WAIT · S_m CLOSED: Nothing is lost: the program on C_m has not closed. Its peer waits no more.",
    );
    check(
        ARTICLE,
        &[(10, ServerUpper, "^C"), CONNECT],
        500,
        "C_m CLOSED · S_m CLOSED: Nothing is lost: S_m refused the connection with a RST.",
    );
    check(
        ARTICLE,
        &[(10, ClientUpper, "nc 10.211.55.77 5555")],
        500,
        "C_m SYN_SENT · S_m LISTEN: No host has the address, so that no SYN leaves.",
    );
    check(
        LINUX,
        &[CONNECT, (100, ServerLower, "sudo ss -K sport = :5555")],
        500,
        "C_m CLOSED · S_m CLOSED: Nothing is lost: S_m ended the connection with a RST.",
    );
}

#[test]
fn a_loss_is_named_with_its_place() {
    let drop = |terminal, line| [(10, terminal, line), CONNECT];
    let syn = "sudo iptables -A OUTPUT -p tcp --syn -j DROP";
    check(
        ARTICLE,
        &drop(ClientLower, syn),
        1_500,
        "C_m SYN_SENT · S_m LISTEN: C_m's SYN is lost: rule 1 in C_m OUTPUT dropped it. S_m knows nothing.",
    );
    check(
        ARTICLE,
        &drop(Network, "drop C_m S"),
        500,
        "C_m SYN_SENT · S_m LISTEN: C_m's SYN is lost in the network. Neither end can tell.",
    );
    check(
        ARTICLE,
        &drop(Network, "drop C_m S"),
        1_002,
        "C_m SYN_SENT · S_m LISTEN: C_m's SYN was lost in the network; another is on its way.",
    );
    check(
        ARTICLE,
        &drop(ServerLower, "sudo iptables -P OUTPUT DROP"),
        500,
        "C_m SYN_SENT · S_m SYN_RECV: The SYN|ACK is lost: the policy of S_m OUTPUT dropped it. C_m cannot tell.",
    );
    check(
        ARTICLE,
        &drop(ServerLower, "sudo iptables -A INPUT -p tcp -j REJECT"),
        500,
        "C_m CLOSED · S_m LISTEN: C_m's SYN was lost: rule 1 in S_m INPUT rejected it.",
    );
    let reset = "sudo iptables -A INPUT -p tcp -j REJECT --reject-with tcp-reset";
    check(
        ARTICLE,
        &drop(ServerLower, reset),
        500,
        "C_m CLOSED · S_m LISTEN: S_m's firewall rejected SYN with a RST: rule 1 in S_m INPUT.",
    );
    check(
        ARTICLE,
        &[CONNECT, (100, ServerLower, reset), (10, ClientUpper, "hello")],
        500,
        "C_m CLOSED · S_m ESTABLISHED: S_m's firewall rejected data 6 with a RST: rule 1 in S_m INPUT.",
    );
    let lost_reset = [CONNECT, (100, Network, "drop S_m R"), (1, Network, "drop S_m RA")];
    let killed = [&lost_reset[..], &[(10, ServerLower, "sudo ss -K sport = :5555")]].concat();
    check(
        LINUX,
        &killed,
        500,
        "C_m ESTABLISHED · S_m CLOSED: S_m's RST was lost in the network. Neither end can tell.",
    );
    let closed = [CONNECT, (100, Network, "drop C_m A * -1"), (10, ClientUpper, "^C")];
    check(
        ARTICLE,
        &closed,
        500,
        "C_m TIME_WAIT · S_m LAST_ACK: The ACK of the FIN is lost in the network. Neither end can tell.",
    );
}

#[test]
fn what_finds_no_room_is_not_lost() {
    let mut lab = Trial::new(LINUX);
    lab.types(ServerUpper, "app");
    for line in ["l socket", "l bind 0.0.0.0 5555", "l listen 0"] {
        lab.types(ServerUpper, line);
    }
    for _ in 0..3 {
        lab.types(ClientLower, "nc 10.211.55.10 5555 &").waits_ms(100);
    }
    expect!["C_m SYN_SENT · S_m LISTEN: Nothing is lost: S_m has no room in its queue and ignores SYN."]
        .assert_eq(&means(&lab));
}

#[test]
fn a_shut_window_loses_nothing() {
    let mut lab = Trial::new(LINUX);
    lab.types(ServerUpper, "app");
    for line in ["l socket", "l bind 0.0.0.0 5555", "l listen 1"] {
        lab.types(ServerUpper, line);
    }
    lab.types(ClientUpper, "nc -n 10.211.55.10 5555").waits_ms(100);
    for _ in 0..70 {
        lab.types(ClientUpper, &"x".repeat(999));
    }
    lab.waits_ms(3_000);
    expect!["C_m ESTABLISHED · S_m ESTABLISHED: Nothing is lost: the window of S_m is shut until its program reads."].assert_eq(&means(&lab));
}

/// The notes of both cards.
fn notes(lab: &Lab) -> String {
    see(lab).hosts.map(|host| en::say(&host.note)).join("\n")
}

#[test]
fn a_card_is_not_connected_to_nobody() {
    let mut lab = lab();
    connect(&mut lab);
    lab.waits_ms(100).types(Network, "drop C_m R").types(Network, "drop C_m RA");
    lab.types(ClientLower, "sudo ss -K dport = :5555").waits_ms(100);
    expect![[r#"
        C_m CLOSED · S_m ESTABLISHED: C_m's RST was lost in the network. Neither end can tell.
        Ended from outside, by ss -K: the peer is sent a RST.
        Connected at this end only: the other has no such connection."#]]
    .assert_eq(&format!("{}\n{}", means(&lab), notes(&lab)));
}

#[test]
fn a_card_whose_firewall_swallows_its_acks_says_so() {
    let swallows = |line: &str| {
        let mut lab = lab();
        connect(&mut lab);
        lab.waits_ms(100).types(ServerLower, line).types(ClientUpper, "hello").waits_ms(2_000);
        format!("{}\n{}", means(&lab), notes(&lab))
    };
    expect![[r#"
        C_m ESTABLISHED · S_m ESTABLISHED: The ACK of the data is lost: rule 1 in S_m OUTPUT dropped it. C_m cannot tell.
        Connected, but 6 octets are not acknowledged; tried 4 times.
        Connected, but its own firewall stops the ACK of the data."#]].assert_eq(&swallows("sudo iptables -A OUTPUT -p tcp -j DROP"));
    expect![[r#"
        C_m ESTABLISHED · S_m ESTABLISHED: C_m's data is lost: rule 1 in S_m INPUT dropped it. C_m cannot tell.
        Connected, but 6 octets are not acknowledged; tried 4 times.
        Connected, but its own firewall stops the data."#]].assert_eq(&swallows("sudo iptables -A INPUT -p tcp -j DROP"));
}

#[test]
fn a_firewall_that_rejects_is_named_at_the_other_end() {
    let ends = |line: &str, first: &str| {
        let mut lab = lab();
        if !first.is_empty() {
            connect(&mut lab);
            lab.waits_ms(100);
        }
        lab.types(ServerLower, line);
        match first {
            "" => connect(&mut lab),
            first => _ = lab.types(ClientUpper, first),
        }
        lab.waits_ms(500);
        let said = super::faults::said(&lab);
        assert!(said.iter().all(|says| !says.contains("or the link")), "{said:#?}");
        let since = said.iter().position(|says| says.contains("rejected")).unwrap_or_default();
        format!("{}\n{}", said[since..].join("\n"), notes(&lab))
    };
    expect![[r#"
        SYN was rejected by rule 1 in S_m INPUT; its sender is told.
        C_m enters CLOSED. S_m's firewall rejected SYN with an ICMP error: rule 1 in S_m INPUT.
        S_m's firewall rejected SYN with an ICMP error: rule 1 in S_m INPUT.
        nc -l 5555 runs here already, and waits for a SYN."#]]
    .assert_eq(&ends("sudo iptables -A INPUT -p tcp -j REJECT", ""));
    expect![[r#"
        SYN was rejected by rule 1 in S_m INPUT; its sender is told.
        S_m's firewall answers with RST|ACK.
        C_m enters CLOSED. S_m's firewall rejected SYN with a RST: rule 1 in S_m INPUT.
        S_m's firewall rejected SYN with a RST: rule 1 in S_m INPUT.
        nc -l 5555 runs here already, and waits for a SYN."#]]
    .assert_eq(&ends("sudo iptables -A INPUT -p tcp -j REJECT --reject-with tcp-reset", ""));
    expect![[r#"
        data 6 was rejected by rule 1 in S_m INPUT; its sender is told.
        S_m's firewall answers with RST.
        C_m enters CLOSED. S_m's firewall rejected data 6 with a RST: rule 1 in S_m INPUT.
        S_m's firewall rejected data 6 with a RST: rule 1 in S_m INPUT.
        Connected at this end only: the other has no such connection."#]]
    .assert_eq(&ends("sudo iptables -A INPUT -p tcp -j REJECT --reject-with tcp-reset", "hello"));
}
