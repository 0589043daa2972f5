//! What the picture once said wrongly.

use super::*;
use tcp_core::net::Happened;

/// Both hosts' nodes.
fn pair(lab: &Lab) -> [NodeId; 2] {
    see(lab).hosts.map(|host| host.badge.node)
}

#[test]
fn a_connection_over_ipv6_is_between_the_hosts() {
    let mut lab = Trial::new(ProfileName::Linux);
    lab.types(TerminalId::ClientLower, "ip addr add fd00::2/64 dev eth0 nodad");
    lab.types(TerminalId::ServerLower, "ip addr add fd00::10/64 dev eth0 nodad");
    lab.types(TerminalId::ServerUpper, "nc -6 -n -v -l -k 8443");
    lab.types(TerminalId::ClientUpper, "nc -6 -v fd00::10 8443").waits_ms(100);
    assert_eq!(pair(&lab), [NodeId::Established, NodeId::Established]);
}

#[test]
fn what_a_host_says_to_itself_is_not_the_subject() {
    let mut lab = Trial::new(ProfileName::Article);
    lab.types(TerminalId::ServerUpper, "nc -l -k 5555");
    connect(&mut lab);
    lab.waits_ms(100).types(TerminalId::ServerLower, "nc 127.0.0.1 5555").waits_ms(100);
    assert_eq!(pair(&lab), [NodeId::Established, NodeId::Established]);
    assert_eq!(see(&lab).hosts[0].rows.iter().filter(|row| row.selected).count(), 1);
}

#[test]
fn a_gate_heeds_the_policy_of_its_chain() {
    let mut lab = lab();
    lab.types(TerminalId::ServerLower, "sudo iptables -P INPUT DROP");
    connect(&mut lab);
    wait(&mut lab, 2_000);
    let scene = see(&lab);
    let gate = &scene.wire.gates[2];
    assert_eq!((gate.shut, gate.stopped), (true, 2));
    assert_eq!(en::say(&gate.says), "S_m INPUT: its policy drops, 2 stopped");
    assert_eq!(scene.firewall.rules.len(), 1);
    assert_eq!(gate.rules, scene.firewall.rules);
    lab.types(TerminalId::ServerLower, "sudo iptables -I INPUT -p tcp --dport 5555 -j ACCEPT");
    assert!(see(&lab).wire.gates[2].shut);
}

#[test]
fn each_toggle_in_the_network_counts_for_itself() {
    let mut lab = lab();
    let counts = |lab: &Lab| {
        let look = Look { place: DropPlace::Network, ..Look::default() };
        scene(lab, &look).firewall.toggles.iter().map(|toggle| toggle.count).collect::<Vec<_>>()
    };
    toggle(&mut lab, Kind::Syn, DropPlace::Network);
    toggle(&mut lab, Kind::Data, DropPlace::Network);
    connect(&mut lab);
    wait(&mut lab, 2_000);
    assert_eq!(counts(&lab), [2, 0, 0, 0, 0, 0]);
    toggle(&mut lab, Kind::Syn, DropPlace::Network);
    toggle(&mut lab, Kind::Syn, DropPlace::Network);
    assert_eq!(counts(&lab), [0; 6]);
}

#[test]
fn the_last_line_is_the_last_that_changed_a_firewall() {
    let last = |lines: &[&str]| {
        let mut lab = lab();
        for line in lines {
            lab.types(TerminalId::ClientLower, line);
        }
        see(&lab).firewall.last_line.map_or_else(String::new, |line| line.to_string())
    };
    const APPENDED: &str = "sudo iptables --append OUTPUT -p tcp -j DROP";
    assert_eq!(last(&[]), "");
    assert_eq!(last(&[APPENDED]), APPENDED);
    assert_eq!(last(&["sudo iptables  -vI  OUTPUT -j DROP"]), "sudo iptables -vI OUTPUT -j DROP");
    assert_eq!(
        last(&[APPENDED, "sudo iptables -I OUTPUT --nonsense"]),
        APPENDED,
        "a refused line changes nothing"
    );
    assert_eq!(last(&[APPENDED, "echo iptables -I OUTPUT", "clear"]), APPENDED);
    assert_eq!(last(&[APPENDED, "sleep 1 && iptables -F"]), APPENDED, "not yet");
}

/// Exercise 2 g: the SYN|ACK is dropped where it is sent, and the half-open entry is forgotten at its first timer.
#[test]
fn a_syn_that_arrived_is_not_said_to_be_lost() {
    let mut lab = lab();
    toggle(&mut lab, Kind::SynAck, DropPlace::Sender);
    connect(&mut lab);
    wait(&mut lab, 1_500);
    while pair(&lab) != [NodeId::SynSent, NodeId::Listen] {
        wait(&mut lab, 100);
    }
    let scene = see(&lab);
    let why = scene.hosts[0].rows[0].why.as_ref().expect("it is flagged");
    assert_eq!(
        why.verdict.as_ref().map(en::say).expect("something is lost"),
        "SYN_SENT here and LISTEN there: the SYN|ACK does not get through"
    );
}

/// The third segment arrived, and found no room: nothing of it was lost.
#[test]
fn what_found_no_room_is_not_said_to_be_lost() {
    let mut lab = Trial::new(ProfileName::Linux);
    lab.types(TerminalId::ServerUpper, "app");
    for line in ["l socket", "l bind 0.0.0.0 5555", "l listen 1"] {
        lab.types(TerminalId::ServerUpper, line);
    }
    // The queue fills up between the third SYN and its third segment.
    const NC: &str = "nc -n 10.211.55.10 5555";
    lab.types(TerminalId::ClientUpper, "nc -n 10.211.55.10 5555 &").waits_ms(1_000);
    lab.types(TerminalId::Network, "delay 200").types(TerminalId::ClientUpper, "nc -n 10.211.55.10 5555 &");
    lab.waits_ms(30).types(TerminalId::ClientLower, NC).waits_ms(2_470);
    assert_eq!(pair(&lab), [NodeId::Established, NodeId::SynRecv]);
    assert!(see(&lab).hosts[1].rows.iter().any(|row| row.flagged));
    let whys = see(&lab).hosts.into_iter().flat_map(|host| host.rows).filter_map(|row| row.why);
    let verdicts = whys.filter_map(|why| why.verdict).chain([see(&lab).pair.says]);
    let lost = verdicts.filter(|verdict| en::say(verdict).contains("does not get through"));
    assert_eq!(lost.count(), 0);
}

/// The note below the badge of a host.
fn noted(lab: &Lab, host: usize) -> String {
    en::say(&see(lab).hosts[host].note)
}

#[test]
fn a_note_counts_the_fins_that_left() {
    let times = |n| match n {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        n => format!("{n} times"),
    };
    let places = [DropPlace::Sender, DropPlace::ClientInput, DropPlace::ServerInput, DropPlace::Network];
    let mut looked = 0;
    for (kind, place) in
        [Kind::Ack, Kind::Data, Kind::Fin].iter().flat_map(|k| places.map(|place| (*k, place)))
    {
        let mut lab = lab();
        connect(&mut lab);
        wait(&mut lab, 100);
        toggle(&mut lab, kind, place);
        lab.types(TerminalId::ClientUpper, "hello");
        lab.ctrl_c(TerminalId::ClientUpper);
        for _ in 0..40 {
            wait(&mut lab, 100);
            let closes = [NodeId::FinWait1, NodeId::LastAck];
            for host in (0..2).filter(|host| closes.contains(&see(&lab).hosts[*host].badge.node)) {
                let id = [HostId::Client, HostId::Server][host];
                let fins = lab.world().log().packets().filter(|packet| packet.from == id);
                let fins = fins.filter(|packet| packet.segment().is_some_and(|segment| segment.is_fin()));
                let (tried, sent) =
                    (fins.clone().count(), fins.filter(|fin| fin.departed().is_some()).count());
                let note = noted(&lab, host);
                let wanted = match (tried, sent) {
                    (0, _) => "Its FIN waits: ".to_owned(),
                    (tried, 0) => format!("Its FIN was tried {} and never left this host", times(tried)),
                    (_, sent) => format!("Its FIN was sent {}", times(sent)),
                };
                assert!(note.starts_with(&wanted), "{kind:?} at {place:?}: {wanted:?}, but {note:?}");
                looked += 1;
            }
        }
    }
    assert!(looked > 100, "only {looked} notes were looked at");
}

#[test]
fn a_note_counts_the_synacks_of_its_own_entry() {
    let mut lab = lab();
    toggle(&mut lab, Kind::SynAck, DropPlace::Sender);
    connect(&mut lab);
    let mut looked = 0;
    for _ in 0..300 {
        wait(&mut lab, 10);
        if see(&lab).hosts[1].badge.node != NodeId::SynRecv {
            continue;
        }
        // An entry that takes the place of one that was forgotten has another initial number.
        let packets = lab.world().log().packets().filter_map(|packet| packet.packet().segment());
        let numbers: Vec<_> =
            packets.filter(|segment| segment.is_syn() && segment.is_ack()).map(|it| it.seq).collect();
        let own = numbers.iter().filter(|seq| Some(*seq) == numbers.last()).count();
        let times = ["never", "once", "twice"][own];
        assert!(
            noted(&lab, 1).starts_with(&format!("Its SYN|ACK was tried {times} and")),
            "{own}: {}",
            noted(&lab, 1)
        );
        looked += 1;
    }
    assert!(looked > 100, "only {looked} notes were looked at");
}

#[test]
fn a_note_says_what_keeps_a_segment_in_its_host() {
    let notes = |line: &str| {
        let mut lab = lab();
        // A program whose SYN is rejected ends at once.
        let hosts = [TerminalId::ServerLower, TerminalId::ClientLower];
        for host in &hosts[..if line.ends_with("REJECT") { 1 } else { 2 }] {
            lab.types(*host, line);
        }
        connect(&mut lab);
        wait(&mut lab, 10);
        let client = noted(&lab, 0);
        lab.types(
            TerminalId::ClientLower,
            "sudo iptables -F; sudo iptables -P OUTPUT ACCEPT; sudo tc qdisc del dev eth0 root",
        );
        wait(&mut lab, 1_100);
        [client, noted(&lab, 1)]
    };
    let gives_up = "TCP gives up after 127 s.";
    for (line, kept) in [
        ("sudo iptables -P OUTPUT DROP", "its own firewall dropped it"),
        ("sudo iptables -A OUTPUT -p tcp -j REJECT", "its own firewall rejected it"),
        ("sudo tc qdisc add dev eth0 root netem loss 100%", "its own netem lost it"),
    ] {
        let [client, server] = notes(line);
        if !line.ends_with("REJECT") {
            assert_eq!(client, format!("SYN tried once, at most 7 times: {kept}; {gives_up}"));
        }
        assert_eq!(server, format!("Its SYN|ACK was tried once and never left this host: {kept}."));
    }
    let mut lab = lab();
    lab.types(TerminalId::ClientLower, "sudo iptables -P OUTPUT DROP");
    connect(&mut lab);
    lab.waits_ms(10).types(TerminalId::ClientLower, "sudo iptables -P OUTPUT ACCEPT");
    lab.types(TerminalId::ClientLower, "sudo tc qdisc add dev eth0 root netem loss 100%").waits_ms(1_100);
    assert_eq!(
        noted(&lab, 0),
        format!("SYN tried twice, at most 7 times: it never left this host; {gives_up}")
    );
    let [client, server] = notes("sudo tc qdisc add dev eth0 root netem delay 2s");
    assert_eq!(client, format!("SYN tried once, at most 7 times: it waits in its own netem; {gives_up}"));
    assert_eq!(server, "Its SYN|ACK waits in this host's netem.");
}

#[test]
fn a_fin_counts_as_sent_once_it_has_left_its_host() {
    let mut lab = lab();
    toggle(&mut lab, Kind::Fin, DropPlace::Sender);
    connect(&mut lab);
    wait(&mut lab, 100);
    lab.ctrl_c(TerminalId::ClientUpper);
    wait(&mut lab, 1);
    assert_eq!(
        noted(&lab, 0),
        "Its FIN was tried once and never left this host: its own firewall dropped it."
    );
    toggle(&mut lab, Kind::Fin, DropPlace::Sender);
    let departed = |lab: &Lab| {
        let fins =
            lab.world().log().departures().filter(|packet| packet.segment().is_some_and(|s| s.is_fin()));
        fins.filter(|packet| packet.from == HostId::Client).count()
    };
    let rounds = (0..1_000).find(|_| {
        lab.waits_ms(1);
        departed(&lab) > 0
    });
    assert!(rounds.is_some(), "the FIN is tried again");
    assert_eq!(noted(&lab, 0), "Its FIN was sent once and is not acknowledged yet.");
}

#[test]
fn answers_to_repeated_syns_are_counted() {
    let mut lab = lab();
    toggle(&mut lab, Kind::SynAck, DropPlace::Network);
    connect(&mut lab);
    wait(&mut lab, 8_000);
    let sent = lab
        .world()
        .log()
        .packets()
        .filter(|packet| packet.segment().is_some_and(|s| s.is_syn() && s.is_ack()));
    let (sent, note) = (sent.count(), noted(&lab, 1));
    assert!(note.starts_with(&format!("SYN|ACK sent {sent} times: ")), "{sent} were sent, but: {note}");
}

#[test]
fn the_end_of_a_listener_is_said() {
    let mut lab = lab();
    lab.ctrl_c(TerminalId::ServerUpper);
    let says = see(&lab).says.map(|says| en::say(&says)).unwrap_or_default();
    assert!(says.contains("stops listening"), "{says}");
}

/// All sentences so far.
pub(super) fn said(lab: &Lab) -> Vec<String> {
    let reports = lab.world().facts().filter_map(|fact| crate::report::sentence(lab.world(), &fact));
    reports.map(|report| en::say(&Message::Report(report))).collect()
}

/// Asserts that this sentence was said, and none with that in it.
fn said_not(lab: &Lab, wanted: &str, wrong: &str) {
    let said = said(lab);
    assert!(said.iter().any(|says| says == wanted), "{wanted:?} is not in {said:#?}");
    assert!(!said.iter().any(|says| says.contains(wrong)), "{wrong:?} is in {said:#?}");
}

const STOPPED: &str = "did not get through";
const LEFT_BEFORE: &str = "It had left before our answer could arrive";

#[test]
fn what_was_sent_again_too_early_is_not_said_to_be_unanswered() {
    let mut lab = lab();
    lab.types(TerminalId::Network, "delay 600");
    connect(&mut lab);
    wait(&mut lab, 1_700);
    let again = "S_m: The SYN came again: so does the answer. It had left before our answer could arrive.";
    said_not(&lab, again, STOPPED);

    let mut lab = self::lab();
    connect(&mut lab);
    wait(&mut lab, 100);
    lab.types(TerminalId::Network, "delay 600").ctrl_c(TerminalId::ClientUpper);
    wait(&mut lab, 4_000);
    let again = "C_m: The FIN came again: so does the last ACK, and the wait starts again. \
                 It had left before our answer could arrive.";
    said_not(&lab, again, STOPPED);
    let again = "S_m: The peer's FIN came again. It had left before our answer could arrive.";
    said_not(&lab, again, STOPPED);
}

#[test]
fn an_answer_that_was_stopped_is_said_to_be_stopped() {
    let mut lab = lab();
    toggle(&mut lab, Kind::SynAck, DropPlace::ClientInput);
    connect(&mut lab);
    wait(&mut lab, 1_500);
    let again = "S_m: The SYN came again: so does the answer. The answer before did not get through.";
    said_not(&lab, again, LEFT_BEFORE);

    let mut lab = self::lab();
    connect(&mut lab);
    wait(&mut lab, 100);
    toggle(&mut lab, Kind::Ack, DropPlace::Network);
    lab.ctrl_c(TerminalId::ClientUpper);
    wait(&mut lab, 2_000);
    let again = "C_m: The FIN came again: so does the last ACK, and the wait starts again. \
                 The answer before did not get through.";
    said_not(&lab, again, LEFT_BEFORE);
}

#[test]
fn a_syn_that_its_own_firewall_rejected_is_said_to_be_rejected() {
    for with in ["", " --reject-with tcp-reset"] {
        let mut lab = lab();
        lab.types(TerminalId::ClientLower, &format!("sudo iptables -A OUTPUT -p tcp --syn -j REJECT{with}"));
        connect(&mut lab);
        wait(&mut lab, 100);
        let why = "Its own firewall rejected the SYN: rule 1 in C_m OUTPUT.";
        assert_eq!(noted(&lab, 0), why);
        said_not(&lab, &format!("C_m enters CLOSED. {why}"), "The program ends before");
    }
}

/// `app` at C_m, connected to `app` at S_m.
fn apps() -> Trial {
    let mut lab = Trial::new(ProfileName::Linux);
    lab.types(TerminalId::ServerUpper, "app").types(TerminalId::ClientUpper, "app");
    for line in ["l socket", "l bind 0.0.0.0 5555", "l listen 5"] {
        lab.types(TerminalId::ServerUpper, line);
    }
    for line in ["a socket", "a connect 10.211.55.10 5555"] {
        lab.types(TerminalId::ClientUpper, line);
    }
    lab.waits_ms(100);
    lab
}

#[test]
fn what_aborted_a_connection_is_said() {
    let ends = |host, terminal, lines: &[&str]| {
        let mut lab = apps();
        for line in lines {
            lab.types(terminal, line).waits_ms(100);
        }
        noted(&lab, host)
    };
    assert_eq!(
        ends(0, TerminalId::ClientUpper, &["a linger 0", "a close"]),
        "Closed with SO_LINGER at 0: the peer is sent a RST."
    );
    assert_eq!(
        ends(0, TerminalId::ClientLower, &["sudo ss -K dport = :5555"]),
        "Ended from outside, by ss -K: the peer is sent a RST."
    );
    assert_eq!(
        ends(1, TerminalId::ServerUpper, &["l close"]),
        "Its listener ended before accept(): the peer is sent a RST."
    );
    let mut lab = apps();
    lab.types(TerminalId::ServerUpper, "l accept a").types(TerminalId::ServerUpper, "a send hello");
    lab.waits_ms(100).types(TerminalId::ClientUpper, "a close").waits_ms(100);
    assert_eq!(noted(&lab, 0), "Closed with data unread: the peer is sent a RST.");
}

#[test]
fn only_a_program_that_holds_the_socket_is_half_closed() {
    let held = "C_m enters FIN_WAIT_2. The peer knows that we are done; it may go on sending.";
    let orphan = "C_m enters FIN_WAIT_2. The peer knows that we are done. No program holds the socket: \
                  data is answered by a RST.";
    for (line, wanted, wrong) in [("a shutdown", held, orphan), ("a close", orphan, held)] {
        let mut lab = apps();
        lab.types(TerminalId::ClientUpper, line).waits_ms(100);
        said_not(&lab, wanted, wrong);
    }
}

#[test]
fn a_syn_that_never_left_is_not_sent_again() {
    let mut lab = lab();
    lab.types(TerminalId::ClientUpper, "nc 10.211.55.99 5555").waits_ms(2_500);
    said_not(&lab, "C_m: No host answers for that address: no SYN leaves.", "No answer in time");
}

#[test]
fn a_syn_to_a_host_without_its_cable_never_leaves() {
    let mut lab = lab();
    lab.types(TerminalId::ServerUpper, "nc -l 5555").waits_ms(100);
    lab.types(TerminalId::ServerLower, "ip link set eth0 down").waits_ms(100);
    lab.types(TerminalId::ClientUpper, "nc 10.211.55.10 5555").waits_ms(10);
    let down = "S_m's eth0 is down: nobody answers for its address, and nothing leaves for it.";
    let meaning = |lab: &Trial| en::say(&see(lab).pair.says);
    // While the link asks, at the first retry, and when it has given up on all.
    for ms in [10, 1_500, 4_000, 8_000] {
        lab.waits_until(Instant::from_millis(200 + ms));
        assert!(meaning(&lab).ends_with(down), "after {ms} ms: {}", meaning(&lab));
    }
    said_not(&lab, "C_m: No host answers for that address: no SYN leaves.", "No answer in time");
    lab.types(TerminalId::ServerLower, "ip link set eth0 up").waits_ms(100);
    let up = "Nobody has answered for S_m's address, and nothing has left for it.";
    assert!(meaning(&lab).ends_with(up), "{}", meaning(&lab));
    lab.types(TerminalId::ClientUpper, "nc 10.211.55.10 5555").waits_ms(100);
    assert!(!meaning(&lab).contains("answer"), "{}", meaning(&lab));
}

#[test]
fn data_that_waits_for_an_answer_is_not_on_its_way() {
    let mut lab = lab();
    lab.types(TerminalId::ServerUpper, "nc -l 5555").waits_ms(100);
    lab.types(TerminalId::ClientUpper, "nc 10.211.55.10 5555").waits_ms(100);
    lab.types(TerminalId::ServerLower, "ip link set eth0 down").waits_ms(100);
    lab.types(TerminalId::ClientUpper, "hello").waits_ms(100);
    let lost = "C_m's data is lost: S_m's eth0 is down. Neither end can tell.";
    // Known, asked about, given up, and asked for again and again.
    for seconds in 1..150 {
        lab.waits_until(Instant::from_millis(1_000 * seconds));
        let says = en::say(&see(&lab).pair.says);
        let flies = lab.world().log().in_flight().next().is_some();
        assert!(flies || says.contains(lost), "after {seconds} s: {says}");
    }
    let failed = |what: &Happened| matches!(what, Happened::NobodyThere { .. });
    assert!(lab.world().facts().any(|fact| failed(&fact.what)));
}

#[test]
fn segments_of_several_connections_are_told_apart_by_port() {
    let mut lab = Trial::new(ProfileName::Article);
    lab.types(TerminalId::ServerUpper, "nc -lk 5555");
    let ports = |lab: &Lab| see(lab).wire.flights.iter().map(|flight| flight.port).collect::<Vec<_>>();
    lab.types(TerminalId::ClientLower, "nc -p 7001 10.211.55.10 5555 &").waits_ms(6);
    assert_eq!(ports(&lab), [None], "there is only one");
    lab.types(TerminalId::ClientLower, "nc -p 7002 10.211.55.10 5555 &").waits_ms(1);
    assert_eq!(ports(&lab), [Some(7001), Some(7002)], "the SYN|ACK of one, and the SYN of the other");
    lab.waits_ms(200);
    assert_eq!(ports(&lab), []);
}

/// The timer's and those that answer a repeated SYN: no two have one name, and the last number is how often it was sent.
#[test]
fn numbers_in_names_agree_with_the_counts() {
    let mut lab = lab();
    toggle(&mut lab, Kind::SynAck, DropPlace::ClientInput);
    connect(&mut lab);
    for _ in 0..40 {
        wait(&mut lab, 250);
        let names: Vec<String> = lab
            .world()
            .log()
            .packets()
            .filter(|packet| packet.from == HostId::Server)
            .map(|packet| en::say(&Message::Name(crate::words::PacketName::of(&packet))))
            .collect();
        let wanted = (1..=names.len()).map(|nth| match nth {
            1 => "SYN|ACK".to_owned(),
            nth => format!("SYN|ACK #{nth}"),
        });
        assert_eq!(names, wanted.collect::<Vec<_>>());
        let note = noted(&lab, 1);
        let count = if names.len() == 1 {
            "once".to_owned()
        } else if names.len() == 2 {
            "twice".to_owned()
        } else {
            format!("{} times", names.len())
        };
        assert!(note.contains(&format!("SYN|ACK sent {count}")), "{note} of {names:?}");
    }
}

/// A copy is where the original is, and has its name.
#[test]
fn a_copy_begins_where_the_original_is() {
    let mut lab = lab();
    wait(&mut lab, 100);
    connect(&mut lab);
    wait(&mut lab, 2);
    lab.types(TerminalId::Network, "duplicate 1");
    let flights = see(&lab).wire.flights;
    let part = |flight: &crate::model::Flight| {
        let whole = flight.arrives.since(flight.departed).as_secs_f64();
        lab.now().since(flight.departed).as_secs_f64() / whole
    };
    assert_eq!(flights.len(), 2);
    assert!(
        (part(&flights[0]) - 0.4).abs() < 0.001 && (part(&flights[1]) - 0.4).abs() < 0.001,
        "{flights:?}"
    );
    assert_eq!(flights[0].label, flights[1].label);
}
