//! What is said of a segment is what the log says: with all six drops at all five places, and with netems of both hosts,
//! after every event of the first 70 s and half-way between events.

use std::collections::BTreeSet;
use tcp_core::Instant;
use tcp_core::net::firewall::ChainName;
use tcp_core::net::{Fact, Fate, Happened, Log, Packet, PacketId, Passage, Place};
use tcp_core::tcp::{ProfileName, Seq, State, Timer};
use tcp_scene::names::article_name;
use tcp_scene::words::{Check, Found, Inspection, Kind, Message, Origin, PacketName, en};
use tcp_scene::{DropPlace, Inspected, Look, scene};
use tcp_shell::{Lab, TerminalId};
use tcp_testing::{ClientUpper, Network, ServerLower, ServerUpper, Trial};
use tcp_tests::netems::with_netems;

const KINDS: [Kind; 6] = [Kind::Syn, Kind::SynAck, Kind::Ack, Kind::Data, Kind::Fin, Kind::Rst];
const PLACES: [DropPlace; 5] = [
    DropPlace::ClientOutput,
    DropPlace::ClientInput,
    DropPlace::ServerInput,
    DropPlace::ServerOutput,
    DropPlace::Network,
];

fn inspect(lab: &Lab, packet: PacketId) -> Inspected {
    let look = Look { picked: Some(packet), ..Look::default() };
    scene(lab, &look).inspected.expect("it has been sent")
}

fn inspection(message: &Message) -> Inspection {
    match message {
        Message::Inspection(says) => *says,
        other => panic!("{other:?} is not about a segment"),
    }
}

/// The checks and what was found.
fn checks(segment: &Inspected) -> Vec<(Check, Found)> {
    let all = segment.checks.iter().map(|check| inspection(&check.says));
    all.filter_map(
        |says| if let Inspection::Check(check, found) = says { Some((check, found)) } else { None },
    )
    .collect()
}

/// The facts that a packet's arrival caused, at that moment.
fn caused(log: &Log, passage: Passage<'_>) -> Vec<Fact> {
    let Fate::Arrived(arrival) = passage.fate() else { return Vec::new() };
    log.facts().filter(|fact| fact.cause == Some(arrival) && Some(fact.at) == log.at(arrival)).collect()
}

/// Place of a check in the order of RFC 9293 §3.10.7, in the states that have an order of their own and in the others.
fn order(check: Check, own: bool) -> usize {
    let all: [Check; 5] = if own {
        [Check::Firewall, Check::Ack, Check::Reset, Check::Syn, Check::Connection]
    } else {
        [Check::Firewall, Check::Connection, Check::Sequence, Check::Reset, Check::Syn]
    };
    match check {
        Check::Ack if !own => 5,
        Check::Data(_) => 6,
        Check::Fin => 7,
        check => all.iter().position(|other| *other == check).unwrap_or(9),
    }
}

/// What is wrong with what is said of a packet.
fn wrong(lab: &Lab, id: PacketId) -> Vec<String> {
    let log = lab.world().log();
    let passage = log.packet(id).expect("it has been sent");
    let said = inspect(lab, id);
    let mut wrong = Vec::new();
    let mut check = |is: bool, what: &str| {
        if !is {
            wrong.push(format!("{}: {what}: {said:?}", lab.now()));
        }
    };
    // Fate and buttons.
    let fate = passage.fate();
    let on_wire = matches!(fate, Fate::OnItsWay(_) | Fate::Held(..));
    check(said.acts.iter().any(|act| act.enabled) == on_wire, "buttons");
    check(said.stopped == fate.stopped().is_some(), "stopped");
    let number = passage.number();
    let number = number.unwrap_or(0).to_string();
    check(said.acts.iter().all(|act| act.types.split(' ').nth(1) == Some(&number)), "number");
    // The header.
    let segment = passage.packet().segment();
    check(said.header.is_some() == segment.is_some(), "header or none");
    if let (Some(header), Some(segment)) = (&said.header, segment) {
        let first = |of: &Packet, from_src: bool| {
            let end = if from_src { of.src } else { of.dst };
            let until = log.packets().take_while(|it| it.id <= of.id).filter(|it| it.src == end);
            let syns = until.filter_map(|it| it.packet().segment().filter(|segment| segment.is_syn()));
            syns.last().map(|segment| segment.seq)
        };
        let is = |(relative, absolute): (Option<i32>, u32), number: Seq, base: Option<Seq>| {
            Seq(absolute) == number
                && relative.map(|by| base.unwrap_or_default() + by.cast_unsigned()) == base.map(|_| number)
        };
        check(is(header.seq, segment.seq, first(&passage, true)), "SEQ");
        check(header.ack.is_some() == segment.is_ack(), "ACK or none");
        check(header.ack.is_none_or(|ack| is(ack, segment.ack, first(&passage, false))), "ACK");
        check(header.ports == [passage.src.port, passage.dst.port], "ports");
        check(
            (header.flags, header.window, header.data) == (segment.flags, segment.window, segment.data_len()),
            "rest",
        );
    }
    // Why it was sent.
    let cause = passage.sent().and_then(|sent| log.fact(log.fact(sent)?.cause?));
    let Inspection::Origin(origin) = inspection(&said.origin) else { panic!("{:?}", said.origin) };
    let by_timer = cause
        .is_some_and(|cause| matches!(cause.what, Happened::TimerExpired { timer: Timer::Retransmit, .. }));
    match origin {
        Origin::Again { name, number, .. } => {
            let before = log.packets().find(|it| {
                it.src == passage.src
                    && it.packet().segment().is_some_and(|it| {
                        segment
                            .is_some_and(|segment| (it.seq, it.is_syn()) == (segment.seq, segment.is_syn()))
                            && !it.is_empty()
                    })
            });
            check(by_timer && passage.again > 0, "it was not sent again");
            check(
                before.is_some_and(|it| (PacketName::of(&it), it.number()) == (name, number)),
                "another one",
            );
        }
        Origin::Copy(host, _) => {
            check(passage.sent().is_none() && host == Some(passage.from), "it is no copy");
        }
        Origin::Caused(..) => check(cause.is_some(), "no cause"),
        other => check(false, &format!("{other:?}")),
    }
    // What the receiver checked.
    let facts = caused(log, passage);
    let discarded = facts.iter().find_map(|fact| match fact.what {
        Happened::Discarded { why, packet } if packet == id => Some(why),
        _ => None,
    });
    let made = checks(&said);
    let bad = |found: &Found| if let Found::Bad(why) = found { Some(*why) } else { None };
    check(made.iter().find_map(|(_, found)| bad(found)) == discarded, "another reason");
    check(made.iter().rev().skip(1).all(|(_, found)| !found.is_bad()), "a check after the last");
    let arrived = matches!(fate, Fate::Arrived(_));
    check(made.contains(&(Check::Firewall, Found::Good)) == arrived, "the firewall");
    let stopped = made.iter().any(|(_, found)| matches!(found, Found::Stopped(_)));
    let at_input = match fate {
        Fate::Dropped(_, place) | Fate::Rejected(_, place) => {
            matches!(place, Place::Chain(host, ChainName::Input, _) if Some(host) == passage.to)
        }
        _ => false,
    };
    check(stopped == at_input, "the receiver's firewall");
    let state = said.checked_by.as_ref().map(inspection);
    let state = state.and_then(|by| if let Inspection::CheckedBy(_, state) = by { state } else { None });
    let own = state == Some(State::SynSent);
    check(
        made.is_sorted_by_key(|(check, _)| {
            order(*check, own) + usize::from(state == Some(State::Listen) && *check == Check::Syn) * 5
        }),
        "the order",
    );
    let from = facts.iter().find_map(|fact| match fact.what {
        Happened::Moved { row, socket: Some(_) } => Some(row.from),
        _ => None,
    });
    check(from.is_none_or(|from| Some(from) == state), "another state");
    // What came of it.
    let effects: String = said.effects.iter().map(|effect| en::say(effect) + "\n").collect();
    for fact in &facts {
        if let Happened::Moved { row, socket: Some(_) } = fact.what
            && !row.is_loop()
            && !(row.from == State::SynReceived && matches!(row.to, State::Closed | State::Listen))
        {
            check(effects.contains(article_name(row.to)), "an edge is not named");
        }
    }
    let sentences = [&said.journey, &said.origin, &said.standing].into_iter().chain(&said.effects);
    for message in sentences.chain(said.checks.iter().map(|check| &check.says)) {
        let says = en::say(message);
        check((5..=190).contains(&says.chars().count()), &says);
    }
    wrong
}

fn drop(lab: &mut Trial, kind: Kind, place: DropPlace) {
    let bar = scene(lab, &Look { place, ..Look::default() }).firewall;
    let toggle = bar.toggles.iter().find(|toggle| toggle.kind == kind).expect("there is such a toggle");
    lab.types(toggle.terminal, &toggle.line);
}

const CONNECT: (u64, TerminalId, &str) = (100, ClientUpper, "nc 10.211.55.10 5555");
/// Three courses: both send and the client closes first; the server does; nobody listens.
const LIVES: [&[(u64, TerminalId, &str)]; 3] = [
    &[CONNECT, (1_000, ClientUpper, "hello"), (1_500, ServerUpper, "good day"), (10_000, ClientUpper, "^C")],
    &[CONNECT, (1_000, ServerUpper, "hello"), (9_000, ServerUpper, "^C"), (20_000, ClientUpper, "^C")],
    &[(50, ServerUpper, "^C"), CONNECT],
];

/// Plays one of them. Looks at the newest segments after every event and half-way to the next, and at all of them at the
/// end. Returns what the checks found.
fn play(
    profile: ProfileName,
    what: &str,
    begins: impl FnOnce(&mut Trial),
    life: &[(u64, TerminalId, &str)],
) -> BTreeSet<String> {
    let mut lab = Trial::new(profile);
    lab.types(ServerUpper, "nc -l 5555");
    begins(&mut lab);
    let mut found = Vec::new();
    let mut look = |lab: &Lab, most: usize| {
        let newest: Vec<PacketId> = lab.world().log().packets().rev().take(most).map(|it| it.id).collect();
        found.extend(newest.into_iter().flat_map(|packet| wrong(lab, packet)));
    };
    let ends = life.iter().map(|(at, ..)| *at).chain([70_000]);
    for (at, end) in ends.enumerate() {
        let end = Instant::from_millis(end);
        while let Some(next) = lab.next_event().filter(|next| *next <= end) {
            let half = lab.now() + next.since(lab.now()) / 2;
            lab.waits_until(half);
            look(&lab, 2);
            lab.steps();
            look(&lab, 2);
        }
        lab.waits_until(end);
        match life.get(at) {
            Some((_, terminal, "^C")) => lab.ctrl_c(*terminal),
            Some((_, terminal, line)) => lab.types(*terminal, line),
            None => &mut lab,
        };
        look(&lab, 2);
    }
    look(&lab, usize::MAX);
    let first = found.first().map_or("", String::as_str);
    assert!(found.is_empty(), "{} at {what} {profile:?} {life:?}\n{first}", found.len());
    let all: Vec<PacketId> = lab.world().log().packets().map(|it| it.id).collect();
    all.iter().flat_map(|packet| checks(&inspect(&lab, *packet))).map(|it| format!("{:?}", it.1)).collect()
}

#[test]
fn what_is_said_of_a_segment_is_what_the_log_says() {
    let mut found = BTreeSet::new();
    for kind in KINDS {
        for place in PLACES {
            for life in LIVES {
                for profile in [ProfileName::Article, ProfileName::Linux] {
                    let what = format!("{kind:?} {place:?}");
                    found.extend(play(profile, &what, |lab| drop(lab, kind, place), life));
                }
            }
        }
    }
    for (life, what) in with_netems(&LIVES) {
        found.extend(play(ProfileName::Linux, &what, |_| {}, &life));
    }
    for wanted in
        ["Good", "Absent", "Again", "Refused", "Bad(OutOfWindow)", "Stopped(Rule(1, Client, Input))"]
    {
        assert!(found.contains(wanted), "{wanted} was never found: {found:?}");
    }
}

/// All that is said of a segment, as a text.
fn told(lab: &Lab, number: u32) -> String {
    let packet = lab.world().log().departure(number).expect("it has departed").id;
    let said = inspect(lab, packet);
    let lines = [said.journey, said.origin].into_iter().chain(said.checked_by);
    let lines = lines.chain(said.checks.into_iter().map(|check| check.says)).chain(said.effects);
    let mut text: String = lines.map(|line| en::say(&line) + "\n").collect();
    text.push_str(&said.rfc.into_iter().flatten().collect::<Vec<_>>().join(", "));
    text
}

fn connected() -> Trial {
    let mut lab = Trial::new(ProfileName::Article);
    lab.types(ServerUpper, "nc -l 5555").types(ClientUpper, "nc 10.211.55.10 5555").waits_ms(100);
    lab
}

#[test]
fn a_handshake_is_explained() {
    let lab = connected();
    expect_test::expect![[r#"
        Number 1, from C_m to S_m: arrived.
        The program on C_m called connect(). connect() sends a SYN and waits for the answer.
        Checked by S_m in LISTEN
        Firewall, INPUT: lets it pass
        RST: not set
        ACK: not set
        SYN: set
        S_m enters SYN_RECV. A client asks; the server answers and waits for the third segment.
        S_m sent SYN|ACK.
        RFC 9293 §3.10.1, RFC 9293 §3.10.7.2

        Number 2, from S_m to C_m: arrived.
        SYN reached S_m. A client asks; the server answers and waits for the third segment.
        Checked by C_m in SYN_SENT
        Firewall, INPUT: lets it pass
        ACK: acknowledges what was sent
        RST: not set
        SYN: set
        C_m enters ESTABLISHED. The server answered; the client confirms and is connected.
        C_m sent ACK.
        RFC 9293 §3.10.7.2, RFC 9293 §3.10.7.3

        Number 3, from C_m to S_m: arrived.
        SYN|ACK reached C_m. The server answered; the client confirms and is connected.
        Checked by S_m in SYN_RECV
        Firewall, INPUT: lets it pass
        Sequence number: lies in the window
        RST: not set
        SYN: not set
        ACK: acknowledges what was sent
        S_m enters ESTABLISHED. The third segment arrived: both ends are connected.
        RFC 9293 §3.10.7.3, RFC 9293 §3.10.7.4"#]]
    .assert_eq(&[1, 2, 3].map(|number| told(&lab, number)).join("\n\n"));
}

#[test]
fn what_was_put_there_by_hand_is_not_said_to_be_sent() {
    let mut lab = connected();
    lab.types(Network, "send-segment --from server --flags RST --seq next+5000").waits_ms(50);
    lab.types(Network, "send-segment --from server --flags SYN").waits_ms(50);
    lab.types(ClientUpper, "hello").types(Network, "duplicate data").waits_ms(50);
    expect_test::expect![[r#"
        Number 4, from S_m to C_m: arrived.
        No host sent it: send-segment put it on the wire.
        Checked by C_m in ESTABLISHED
        Firewall, INPUT: lets it pass
        Sequence number: lies in the window
        RST: its sequence number is not the one expected
        C_m sent ACK.
        RFC 9293 §3.10.7.4

        Number 6, from S_m to C_m: arrived.
        No host sent it: send-segment put it on the wire.
        Checked by C_m in ESTABLISHED
        Firewall, INPUT: lets it pass
        Sequence number: lies in the window
        RST: not set
        SYN: a SYN has no place in an open connection
        C_m sent ACK.
        RFC 9293 §3.10.7.4

        Number 8, from C_m to S_m: arrived.
        The program on C_m called send(). Data is sent.
        Checked by S_m in ESTABLISHED
        Firewall, INPUT: lets it pass
        Sequence number: lies in the window
        RST: not set
        SYN: not set
        ACK: acknowledges what was sent
        Data: 6 octets
        S_m: Data came in order and is acknowledged.
        S_m sent ACK.
        RFC 9293 §3.10.2, RFC 9293 §3.10.7.4

        Number 9, from C_m to S_m: arrived.
        The network made a second one of number 8.
        Checked by S_m in ESTABLISHED
        Firewall, INPUT: lets it pass
        Sequence number: it lies outside the window
        S_m sent ACK.
        RFC 9293 §3.10.7.4"#]]
    .assert_eq(&[4, 6, 8, 9].map(|number| told(&lab, number)).join("\n\n"));
}

#[test]
fn what_a_firewall_rejects_is_explained() {
    let mut lab = Trial::new(ProfileName::Article);
    lab.types(ServerLower, "sudo iptables -A INPUT -p tcp -j REJECT")
        .types(ClientUpper, "nc 10.211.55.10 5555")
        .waits_ms(100);
    expect_test::expect![[r#"
        Number 1, from C_m to S_m: rejected: rule 1 in S_m INPUT.
        The program on C_m called connect(). connect() sends a SYN and waits for the answer.
        Checked by S_m
        Firewall, INPUT: rule 1 in S_m INPUT stops it
        S_m sent the ICMP error.
        RFC 9293 §3.10.1

        Number 2, from S_m to C_m: arrived.
        SYN was rejected by rule 1 in S_m INPUT; its sender is told.
        Checked by C_m in SYN_SENT
        Firewall, INPUT: lets it pass
        C_m enters CLOSED. S_m's firewall rejected SYN with an ICMP error: rule 1 in S_m INPUT.
    "#]]
    .assert_eq(&[1, 2].map(|number| told(&lab, number)).join("\n\n"));
}
