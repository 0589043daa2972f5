use super::*;
use crate::Scene;
use crate::words::en;
use expect_test::{Expect, expect};
use std::fmt::Write;
use tcp_core::tcp::ProfileName;
use tcp_testing::{ClientUpper, ServerLower, ServerUpper, Trial};

/// Goes on fact by fact for a number of events, as who goes step by step sees it.
fn check(lab: &mut Trial, events: usize, expect: Expect) {
    let look = Look::default();
    let mut text = String::new();
    for _ in 0..events {
        let (before, from) =
            (crate::scene(lab, &look), FactId(u32::try_from(lab.world().log().len()).unwrap()));
        lab.steps();
        let mut seen: Vec<Scene> = stops(lab.world(), from)
            .into_iter()
            .map(|at| scene_between(&before, lab, &look, from, at))
            .collect();
        seen.push(crate::scene(lab, &look));
        writeln!(text, "{}", lab.now()).unwrap();
        for scene in seen {
            assert_eq!(scene.now, lab.now());
            let pair = scene.hosts.each_ref().map(|host| host.badge.node.node().label());
            let says = scene.says.as_ref().map(en::say).unwrap_or_default();
            let wire: Vec<String> = scene.wire.flights.iter().map(|flight| en::say(&flight.label)).collect();
            let (wire, dropped) = (wire.join(", "), scene.firewall.dropped);
            writeln!(text, "  {} {}: {says} [{wire}] {dropped} dropped", pair[0], pair[1]).unwrap();
        }
    }
    expect.assert_eq(&text);
}

#[test]
fn a_dropped_answer_and_the_entry_that_is_forgotten_for_it_are_two() {
    let mut lab = Trial::new(ProfileName::Article);
    lab.types(ServerUpper, "nc -l 5555");
    lab.types(ServerLower, "sudo iptables -I OUTPUT -p tcp --sport 5555 -j DROP");
    lab.types(ClientUpper, "nc 10.211.55.10 5555");
    check(
        &mut lab,
        4,
        expect![[r#"
        0.005000
          SYN_SENT SYN_RECV: S_m enters SYN_RECV. A client asks; the server answers and waits for the third segment. [SYN] 0 dropped
          SYN_SENT SYN_RECV: SYN|ACK hit rule 1 in S_m OUTPUT. It never leaves the host. [SYN|ACK] 1 dropped
        1.000000
          SYN_SENT SYN_RECV: C_m: No answer in time: the same SYN again. [SYN|ACK, SYN] 1 dropped
        1.005000
          SYN_SENT SYN_RECV: S_m: No third segment in time: the same SYN|ACK again. [SYN|ACK, SYN] 1 dropped
          SYN_SENT SYN_RECV: SYN|ACK #2 hit rule 1 in S_m OUTPUT. It never leaves the host. [SYN|ACK] 2 dropped
          SYN_SENT LISTEN: S_m forgets the half-open connection. The host's own firewall refused the SYN|ACK: the entry is forgotten at its first timer. [SYN|ACK] 2 dropped
        1.005000
          SYN_SENT SYN_RECV: S_m enters SYN_RECV. A client asks; the server answers and waits for the third segment. [SYN|ACK] 2 dropped
          SYN_SENT SYN_RECV: SYN|ACK hit rule 1 in S_m OUTPUT. It never leaves the host. [SYN|ACK] 3 dropped
    "#]],
    );
}

#[test]
fn an_answer_waits_in_a_netem_after_it_was_made() {
    let mut lab = Trial::new(ProfileName::Linux);
    lab.types(ServerUpper, "nc -l 5555");
    lab.types(ServerLower, "tc qdisc add dev eth0 root netem delay 100ms");
    lab.types(ClientUpper, "nc 10.211.55.10 5555");
    check(
        &mut lab,
        3,
        expect![[r#"
        0.005000
          SYN_SENT SYN_RECV: S_m enters SYN_RECV. A client asks; the server answers and waits for the third segment. [SYN] 0 dropped
          SYN_SENT SYN_RECV: SYN|ACK waits in S_m's netem until 0.105 s. [SYN|ACK] 0 dropped
        0.105000
          SYN_SENT SYN_RECV: SYN|ACK waits in S_m's netem until 0.105 s. [SYN|ACK] 0 dropped
        0.110000
          ESTABLISHED SYN_RECV: C_m enters ESTABLISHED. The server answered; the client confirms and is connected. [ACK] 0 dropped
    "#]],
    );
}
