//! What the scene says of an experiment.

mod closed;
mod counts;
mod crafts;
mod faults;
mod forecasts;
mod hints;
mod ladders;
mod netems;
mod pairs;
mod pieces;
mod rules;
mod seats;
mod whys;

use crate::diagram::NodeId;
use crate::model::Fate;
use crate::pace::{self, Pace};
use crate::words::{Button, Kind, Message, en};
use crate::{DropPlace, Look, Scene, scene};
use expect_test::{Expect, expect};
use std::fmt::Write;
use tcp_core::net::HostId;
use tcp_core::tcp::{ProfileName, State, Trigger};
use tcp_core::{Instant, millis};
use tcp_course::Action;
use tcp_shell::{Lab, TerminalId};
use tcp_testing::Trial;

fn lab() -> Trial {
    let mut lab = Trial::new(ProfileName::Article);
    lab.types(TerminalId::ServerUpper, "nc -l 5555");
    lab
}

fn see(lab: &Lab) -> Scene {
    scene(lab, &Look::default())
}

fn wait(lab: &mut Trial, ms: u64) {
    lab.waits_ms(ms);
}

/// Presses a button of the page: its line goes where it says.
fn press(lab: &mut Trial, action: &Action) {
    match action {
        Action::Enter { terminal, line } => lab.types(*terminal, line),
        Action::Interrupt { terminal } => lab.ctrl_c(*terminal),
        other => panic!("a button does not do {other:?}"),
    };
}

fn toggle(lab: &mut Trial, kind: Kind, place: DropPlace) {
    let bar = scene(lab, &Look { place, ..Look::default() }).firewall;
    let toggle = bar.toggles.iter().find(|toggle| toggle.kind == kind).expect("there is such a toggle");
    lab.types(toggle.terminal, &toggle.line);
}

fn connect(lab: &mut Trial) {
    let button = see(lab).hosts[0].buttons[0].clone();
    assert_eq!((&button.label, button.enabled), (&Message::Button(Button::Connect), true));
    press(lab, &button.action);
}

/// Badges, notes, the sentence, the wire and the reasons, as a reader would meet them.
fn check(lab: &Lab, expect: Expect) {
    let scene = see(lab);
    let mut text = String::new();
    for host in &scene.hosts {
        writeln!(text, "{} {}: {}", host.name, host.badge.node.node().label(), en::say(&host.note))
            .expect("a string takes all");
        for row in &host.rows {
            writeln!(text, "  {} {} {}", row.local, row.foreign, row.state).expect("a string takes all");
            let Some(why) = &row.why else { continue };
            for line in why.facts.iter().rev() {
                writeln!(text, "    {} {}", line.at, en::say(&line.text)).expect("a string takes all");
            }
            if let Some(verdict) = &why.verdict {
                writeln!(text, "    {} {}", scene.now, en::say(verdict)).expect("a string takes all");
            }
        }
    }
    for flight in &scene.wire.flights {
        writeln!(text, "wire: {} {:?} stopped={}", en::say(&flight.label), flight.fate, flight.stopped)
            .expect("a string takes all");
    }
    let says = scene.says.as_ref().map_or_else(String::new, en::say);
    writeln!(text, "{says} [{} dropped]", scene.firewall.dropped).expect("a string takes all");
    expect.assert_eq(&text);
}

#[test]
fn at_the_start_the_server_listens() {
    check(
        &lab(),
        expect![[r#"
            C_m CLOSED: No connection yet: press Connect, or first let SYN be dropped.
            S_m LISTEN: nc -l 5555 runs here already, and waits for a SYN.
              0.0.0.0:5555 0.0.0.0:* LISTEN
            S_m enters LISTEN. The server waits to be asked. [0 dropped]
        "#]],
    );
}

#[test]
fn a_dropped_syn_explains_itself() {
    let mut lab = lab();
    toggle(&mut lab, Kind::Syn, DropPlace::Sender);
    connect(&mut lab);
    wait(&mut lab, 4000);
    check(
        &lab,
        expect![[r#"
            C_m SYN_SENT: SYN tried 3 times, at most 7 times: its own firewall dropped it; TCP gives up after 127 s.
              10.211.55.2:40128 10.211.55.10:5555 SYN_SENT
                0.000000 the program on C_m called connect()
                0.000000 SYN hit rule 1 in C_m OUTPUT. It never leaves the host
                1.000000 no answer came to C_m in time
                1.000000 SYN #2 hit rule 1 in C_m OUTPUT. It never leaves the host
                3.000000 no answer came to C_m in time
                3.000000 SYN #3 hit rule 1 in C_m OUTPUT. It never leaves the host
                4.000000 SYN_SENT here and LISTEN there: the SYN does not get through
            S_m LISTEN: nc -l 5555 runs here already, and waits for a SYN.
              0.0.0.0:5555 0.0.0.0:* LISTEN
            wire: SYN StoppedAt(0) stopped=true
            SYN #3 hit rule 1 in C_m OUTPUT. It never leaves the host. [3 dropped]
        "#]],
    );
}

#[test]
fn a_dropped_syn_ack_explains_itself_at_both_ends() {
    let mut lab = lab();
    toggle(&mut lab, Kind::SynAck, DropPlace::ClientInput);
    connect(&mut lab);
    wait(&mut lab, 2500);
    check(
        &lab,
        expect![[r#"
            C_m SYN_SENT: SYN sent twice, at most 7 times. Without an answer, TCP gives up after 127 s.
              10.211.55.2:40128 10.211.55.10:5555 SYN_SENT
                0.000000 the program on C_m called connect()
                0.000000 C_m sent SYN
                0.005000 SYN reached S_m
                0.005000 S_m sent SYN|ACK
                0.010000 SYN|ACK hit rule 1 in C_m INPUT. Nobody is told
                1.000000 no answer came to C_m in time
                1.000000 C_m sent SYN #2
                1.005000 SYN #2 reached S_m
                1.005000 S_m sent SYN|ACK #3
                1.010000 SYN|ACK #3 hit rule 1 in C_m INPUT. Nobody is told
                2.500000 SYN_SENT and SYN_RECV: the SYN|ACK does not get through
            S_m SYN_RECV: SYN|ACK sent 3 times: 2 of at most 6 on its own, the rest to a SYN that came again.
              0.0.0.0:5555 0.0.0.0:* LISTEN
              10.211.55.10:5555 10.211.55.2:40128 SYN_RECV
                0.000000 the program on C_m called connect()
                0.000000 C_m sent SYN
                0.005000 SYN reached S_m
                0.005000 S_m sent SYN|ACK
                0.010000 SYN|ACK hit rule 1 in C_m INPUT. Nobody is told
                1.000000 no answer came to C_m in time
                1.000000 C_m sent SYN #2
                1.005000 SYN #2 reached S_m
                1.005000 S_m sent SYN|ACK #3
                1.010000 SYN|ACK #3 hit rule 1 in C_m INPUT. Nobody is told
                2.500000 SYN_SENT and SYN_RECV: the SYN|ACK does not get through
            wire: SYN|ACK StoppedAt(1) stopped=true
            SYN|ACK #3 hit rule 1 in C_m INPUT. Nobody is told. [3 dropped]
        "#]],
    );
}

#[test]
fn closing_shows_close_wait_and_ends_in_time_wait() {
    let mut lab = lab();
    connect(&mut lab);
    wait(&mut lab, 100);
    lab.ctrl_c(TerminalId::ClientUpper);
    let mut seen = Vec::new();
    while lab.next_event().is_some_and(|at| at < Instant::from_millis(200)) {
        lab.steps();
        let scene = see(&lab);
        let pair = (scene.hosts[0].badge.node, scene.hosts[1].badge.node);
        if pair.1 == NodeId::CloseWait {
            let leg =
                pace::leg(&lab, lab.next_event(), Pace::Normal, false).expect("the program will notice");
            let on_screen = leg.until.since(lab.now()).as_secs_f64() / leg.rate;
            assert!(on_screen >= 1.0, "CLOSE_WAIT is seen for {on_screen} s only");
        }
        if seen.last() != Some(&pair) {
            seen.push(pair);
        }
    }
    let nodes: Vec<NodeId> = seen.iter().map(|(_, server)| *server).collect();
    assert!(nodes.contains(&NodeId::CloseWait) && nodes.contains(&NodeId::LastAck), "{seen:?}");
    assert_eq!(seen.last(), Some(&(NodeId::TimeWait, NodeId::End)));
    check(
        &lab,
        expect![[r#"
        C_m TIME_WAIT: Waits 120 s (2MSL), so that nothing of this connection can meet a new one.
          10.211.55.2:40128 10.211.55.10:5555 TIME_WAIT
        S_m CLOSED: The connection is closed at this end.
        S_m enters CLOSED. Our FIN is acknowledged: nothing is left. [0 dropped]
    "#]],
    );
}

#[test]
fn every_toggle_puts_its_rule_at_every_place_and_takes_it_back() {
    use DropPlace::{ClientInput, ClientOutput, Network, Sender, ServerInput, ServerOutput};
    for place in [Sender, ClientOutput, ClientInput, ServerInput, ServerOutput, Network] {
        for kind in [Kind::Syn, Kind::SynAck, Kind::Ack, Kind::Data, Kind::Fin, Kind::Rst] {
            let mut lab = lab();
            let on = |lab: &Lab| {
                let look = Look { place, ..Look::default() };
                let bar = scene(lab, &look).firewall;
                let toggle = bar.toggles.into_iter().find(|toggle| toggle.kind == kind);
                let misses = toggle.as_ref().is_some_and(|toggle| toggle.misses);
                let whats: Vec<Message> = bar.rules.into_iter().map(|rule| rule.what).collect();
                toggle.map(|toggle| (toggle.on, misses, whats))
            };
            let directed = match kind {
                Kind::Syn => matches!(place, ClientInput | ServerOutput),
                Kind::SynAck => matches!(place, ClientOutput | ServerInput),
                _ => false,
            };
            assert_eq!(on(&lab), Some((false, directed, vec![])), "{kind:?} at {place:?}");
            toggle(&mut lab, kind, place);
            assert_eq!(on(&lab), Some((true, false, vec![Message::Kind(kind)])), "{kind:?} at {place:?}");
            toggle(&mut lab, kind, place);
            assert_eq!(on(&lab), Some((false, directed, vec![])), "{kind:?} at {place:?}");
        }
    }
}

#[test]
fn a_rule_elsewhere_is_named() {
    let mut lab = lab();
    toggle(&mut lab, Kind::Syn, DropPlace::Sender);
    let look = Look { place: DropPlace::ServerInput, ..Look::default() };
    let toggle = scene(&lab, &look).firewall.toggles[0].clone();
    assert_eq!((toggle.on, toggle.elsewhere), (false, Some(DropPlace::ClientOutput)));
}

#[test]
fn what_is_lost_stands_half_way_once_it_is_there() {
    let mut lab = lab();
    toggle(&mut lab, Kind::Syn, DropPlace::Network);
    connect(&mut lab);
    let flight = |lab: &Lab| see(lab).wire.flights[0].clone();
    wait(&mut lab, 1);
    assert!(!flight(&lab).stopped);
    wait(&mut lab, 3);
    assert_eq!((flight(&lab).stopped, flight(&lab).fate), (true, crate::Fate::Lost));
}

#[test]
fn a_host_is_unplugged_at_the_wire_and_plugged_in_again() {
    let mut lab = lab();
    connect(&mut lab);
    wait(&mut lab, 100);
    let cable = |lab: &mut Trial, host: usize| {
        let act = see(lab).wire.cables[host].act.clone();
        press(lab, &act.action);
        en::say(&act.label)
    };
    assert_eq!(cable(&mut lab, 1), "Unplug S_m");
    let scene = see(&lab);
    assert_eq!(scene.wire.cables.each_ref().map(|cable| cable.plugged), [true, false]);
    assert_eq!(
        scene.says.as_ref().map(en::say).as_deref(),
        Some("S_m's eth0 is down: nothing leaves it, and nothing reaches it.")
    );
    lab.types(TerminalId::ClientUpper, "lost");
    wait(&mut lab, 20);
    let flight = see(&lab).wire.flights[0].clone();
    assert_eq!((flight.stopped, flight.fate), (true, crate::Fate::StoppedAt(2)), "before S_m's INPUT");
    assert!(
        en::say(&see(&lab).pair.says).contains("S_m's eth0 is down"),
        "{}",
        en::say(&see(&lab).pair.says)
    );
    lab.types(TerminalId::ServerUpper, "held");
    wait(&mut lab, 20);
    let own = see(&lab).wire.flights.iter().find(|flight| !flight.from_client).cloned().unwrap();
    assert_eq!((own.stopped, own.fate), (true, crate::Fate::StoppedAt(3)), "it never leaves S_m");
    assert_eq!(cable(&mut lab, 1), "Plug in S_m");
    wait(&mut lab, 3_000);
    assert!(see(&lab).wire.flights.iter().all(|flight| !flight.stopped), "both arrived");
}

#[test]
fn what_an_unplugged_host_sends_is_counted_there() {
    let mut lab = lab();
    connect(&mut lab);
    wait(&mut lab, 100);
    lab.types(TerminalId::ServerLower, "ip link set eth0 down");
    lab.types(TerminalId::ServerUpper, "held");
    wait(&mut lab, 500);
    let says = en::say(&see(&lab).pair.says);
    assert_eq!(says, "S_m's data is lost: S_m's eth0 is down. C_m knows nothing.");
}

#[test]
fn further_connections_are_counted() {
    let mut lab = Trial::new(ProfileName::Article);
    lab.types(TerminalId::ServerUpper, "nc -lk 5555");
    for _ in 0..2 {
        lab.types(TerminalId::ClientLower, "nc 10.211.55.10 5555 &");
        wait(&mut lab, 100);
    }
    let scene = see(&lab);
    let others: Vec<_> = scene.machine.others.iter().map(|o| (o.host, o.node, o.count)).collect();
    assert_eq!(
        others,
        [(HostId::Client, NodeId::Established, 1), (HostId::Server, NodeId::Established, 1)],
        "one is selected, the other counted"
    );
}

/// What is said of the other profile after some lines, under each profile.
fn said(lines: &[(u64, TerminalId, &str)], end: u64) -> [Option<(&'static str, &'static str)>; 2] {
    [ProfileName::Article, ProfileName::Linux].map(|profile| {
        let mut lab = Trial::new(profile);
        lab.types(TerminalId::ServerUpper, "nc -l 5555");
        for (at, terminal, line) in lines {
            lab.waits_until(Instant::from_millis(*at));
            match *line {
                "^C" => lab.ctrl_c(*terminal),
                line => lab.types(*terminal, line),
            };
        }
        lab.waits_until(Instant::from_millis(end));
        see(&lab).differs.map(|differs| (differs.other.name(), differs.heading()))
    })
}

const CONNECT: (u64, TerminalId, &str) = (100, TerminalId::ClientUpper, "nc 10.211.55.10 5555");

#[test]
fn nothing_is_said_while_the_profiles_agree() {
    assert_eq!(said(&[], 100), [None, None]);
    assert_eq!(said(&[CONNECT], 1000), [None, None]);
}

#[test]
fn a_syn_that_is_sent_again_differs() {
    let drop = (50, TerminalId::ClientLower, "sudo iptables -I OUTPUT -p tcp --dport 5555 -j DROP");
    assert_eq!(said(&[drop, CONNECT], 900), [None, None]);
    assert_eq!(said(&[drop, CONNECT], 1500), [Some(("linux", "syn")), Some(("article", "syn"))]);
}

#[test]
fn time_wait_differs() {
    let close = (1000, TerminalId::ClientUpper, "^C");
    assert_eq!(said(&[CONNECT, close], 2000), [Some(("linux", "time-wait")), Some(("article", "time-wait"))]);
}

#[test]
fn the_end_of_nc_differs_after_the_server_closed_first() {
    let close = (1000, TerminalId::ServerUpper, "^C");
    assert_eq!(said(&[CONNECT, close], 2000), [Some(("linux", "nc")), Some(("article", "nc"))]);
    // The server's end is forgotten after a minute; the client's nc still waits.
    let [_, linux] = said(&[CONNECT, close], 70_000);
    assert_eq!(linux, Some(("article", "nc")));
}

#[test]
fn data_that_is_sent_again_differs() {
    let drop = (500, TerminalId::ServerLower, "sudo iptables -I INPUT -p tcp --dport 5555 -j DROP");
    let hello = (1000, TerminalId::ClientUpper, "hello");
    assert_eq!(said(&[CONNECT, drop, hello], 2000), [Some(("linux", "data")), Some(("article", "data"))]);
}

#[test]
fn a_listener_of_ipv6_has_its_own_nobody() {
    let mut lab = lab();
    lab.types(TerminalId::ServerLower, "nc -6 -l 6666");
    let rows = see(&lab).hosts[1]
        .rows
        .iter()
        .map(|row| [&*row.local, " ", &*row.foreign].concat())
        .collect::<Vec<_>>();
    assert_eq!(rows, ["0.0.0.0:5555 0.0.0.0:*", ":::6666 :::*"]);
}

#[test]
fn a_segment_that_is_held_stays_where_it_is() {
    let mut lab = lab();
    lab.types(TerminalId::Network, "delay 100");
    lab.types(TerminalId::ClientUpper, "nc 10.211.55.10 5555");
    wait(&mut lab, 30);
    lab.types(TerminalId::Network, "hold SYN from C_m");
    for _ in 0..2 {
        let flight = see(&lab).wire.flights[0].clone();
        assert_eq!((flight.rests, flight.stopped), (Some(0.3), false));
        wait(&mut lab, 400);
    }
    lab.types(TerminalId::Network, "release 1");
    wait(&mut lab, 20);
    let flight = see(&lab).wire.flights[0].clone();
    assert_eq!((flight.rests, flight.arrives.since(flight.departed)), (None, millis(100)));
    assert_eq!(lab.now().since(flight.departed), millis(50));
    lab.types(TerminalId::Network, "drop 1");
    let flight = see(&lab).wire.flights[0].clone();
    assert_eq!((flight.rests, flight.stopped, flight.fate), (Some(0.5), true, Fate::Lost));
}
