//! A verdict says what the log says: with all six drops at all five places, and with netems of both hosts, after every
//! event of the first 70 s and half-way between events.

use expect_test::expect_file;
use std::collections::BTreeSet;
use std::fmt::Write;
use tcp_core::Instant;
use tcp_core::net::verdict::{Certainty, Evidence, Part, Verdict, verdicts};
use tcp_core::net::{Device, Endpoint, FactId, Fate, Happened, HostId, Log, Passage, Place};
use tcp_core::tcp::{ProfileName, Segment, Seq, State, Trigger};
use tcp_scene::words::{Kind, Meaning, Message, PacketName, Stopped, en};
use tcp_scene::{DropPlace, Look, scene, shows};
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

/// A packet between the two ends, and what the log says about it.
struct Seen<'a> {
    from: Endpoint,
    segment: &'a Segment,
    arrived: bool,
    stopped: Option<Place>,
}

impl Seen<'_> {
    /// The octets that it occupies, each with its part.
    fn octets(&self) -> impl Iterator<Item = (Seq, Part)> {
        let Segment { seq, .. } = *self.segment;
        let (syn, data) = (u32::from(self.segment.is_syn()), self.segment.data_len());
        let opens = if self.segment.is_ack() { Part::SynAck } else { Part::Syn };
        (0..self.segment.len()).map(move |at| {
            let what = match at {
                at if at < syn => opens,
                at if at < syn + data => Part::Data,
                _ => Part::Fin,
            };
            (seq + at, what)
        })
    }

    fn acknowledges(&self, octet: Seq) -> bool {
        self.segment.is_ack() && !self.segment.is_rst() && self.segment.ack.after(octet)
    }
}

/// The octets that were stopped and are still missing at the other end, oldest first: the sender, the part, and the
/// place where they were stopped.
fn missing(log: &Log, one: Endpoint, other: Endpoint) -> Vec<(Endpoint, Part, Place)> {
    let mut seen: Vec<Seen<'_>> = log
        .conversation(one, other)
        .filter_map(|passage| {
            let (arrived, stopped) = match passage.fate() {
                Fate::Arrived(_) => (true, None),
                Fate::Dropped(_, place) | Fate::Rejected(_, place) => (false, Some(place)),
                Fate::Lost(..) => (false, Some(Place::Network)),
                _ => (false, None),
            };
            Some(Seen { from: passage.src, segment: passage.packet().segment()?, arrived, stopped })
        })
        .collect();
    seen.reverse();
    let mut missing = Vec::new();
    if seen.iter().any(|packet| packet.segment.is_rst() && packet.arrived) {
        return missing;
    }
    let arrived = |from: Endpoint| seen.iter().filter(move |packet| packet.from == from && packet.arrived);
    for packet in &seen {
        let Some(place) = packet.stopped else { continue };
        let back = if packet.from == one { other } else { one };
        let mut lacks = |part| missing.push((packet.from, part, place));
        if packet.segment.is_rst() {
            lacks(Part::Rst);
            continue;
        }
        if seen.iter().any(|sent| sent.from == packet.from && sent.segment.is_rst()) {
            continue;
        }
        for (octet, part) in packet.octets() {
            let there = arrived(packet.from).any(|sent| sent.octets().any(|(other, _)| other == octet));
            if !there && !arrived(back).any(|sent| sent.acknowledges(octet)) {
                lacks(part);
            }
        }
        for (octet, part) in arrived(back).flat_map(Seen::octets) {
            if packet.acknowledges(octet) && !arrived(packet.from).any(|sent| sent.acknowledges(octet)) {
                lacks(match part {
                    _ if packet.segment.is_syn() => Part::SynAck,
                    _ if packet.segment.data_len() > 0 => Part::Data,
                    _ if packet.segment.is_fin() => Part::Fin,
                    Part::Syn | Part::SynAck => Part::AckOfSyn,
                    Part::Data => Part::AckOfData,
                    _ => Part::AckOfFin,
                });
            }
        }
    }
    missing
}

/// Each fact says what it is evidence of.
fn is_so(log: &Log, verdict: &Verdict) -> bool {
    let all = |facts: &[FactId], is: fn(&Happened) -> bool| {
        facts.iter().all(|fact| log.fact(*fact).is_some_and(|fact| is(&fact.what)))
    };
    let Evidence { sent, arrived, stopped } = &verdict.evidence;
    !stopped.is_empty()
        && sent.len() >= stopped.len()
        && all(sent, |what| matches!(what, Happened::Sent { .. }))
        && all(arrived, |what| matches!(what, Happened::Arrived { .. }))
        && all(stopped, |what| {
            matches!(what, Happened::Dropped { .. } | Happened::Rejected { .. } | Happened::Lost { .. })
        })
}

/// Differences between the verdicts at this moment and the log.
fn wrong(lab: &Lab) -> Vec<String> {
    let log = lab.world().log();
    let Some(opening) = log.opens().next() else { return Vec::new() };
    let (one, other) = (opening.src, opening.dst);
    let missing = missing(log, one, other);
    let found: Vec<Verdict> = verdicts(log, one, other);
    let stopped = || found.iter().filter(|verdict| verdict.certainty != Certainty::NotSent);
    let mut wrong = Vec::new();
    if stopped().next().is_none() && !missing.is_empty() {
        wrong.push(format!("nothing is said of {missing:?}"));
    }
    for verdict in stopped() {
        let same =
            |(from, part, _): &&(Endpoint, Part, Place)| (*from, *part) == (verdict.from, verdict.segment);
        let last = missing.iter().rfind(same).map(|(_, _, place)| *place);
        if last.is_none() || last != verdict.place || !is_so(log, verdict) {
            wrong.push(format!("{verdict:?} against {missing:?}"));
        }
    }
    wrong.extend(wrong_line(lab, &missing, (one, other)));
    wrong.extend(wrong_repetition(lab));
    wrong.into_iter().map(|text| format!("{}: {text}", lab.now())).collect()
}

/// What is wrong with the sentence on the pair of states: it names a loss if and only if the log has one, and the segment,
/// its sender and the place are those of the log.
fn wrong_line(
    lab: &Lab,
    missing: &[(Endpoint, Part, Place)],
    (one, other): (Endpoint, Endpoint),
) -> Vec<String> {
    let line = scene(lab, &Look::default()).pair;
    let Message::Meaning { meaning, before, .. } = line.says else {
        return vec!["it means nothing".to_owned()];
    };
    let says = en::say(&line.says);
    let mut wrong = Vec::new();
    let mut check = |is: bool, what: &str| {
        if !is {
            wrong.push(format!("{what}: {says:?}, {meaning:?} against {missing:?}"));
        }
    };
    check(says.chars().count() <= 85, "too long");
    check(line.lost == meaning.is_loss(), "a loss or none");
    let host = |end: Endpoint| if end.addr == one.addr { HostId::Client } else { HostId::Server };
    match meaning {
        Meaning::Lost(loss) | Meaning::UnderWay(loss) => {
            let same = |(from, part, _): &&(Endpoint, Part, Place)| {
                (host(*from), *part) == (loss.from, loss.segment)
            };
            let (last, place) = match missing.iter().rfind(same).map(|(_, _, place)| *place) {
                Some(Place::Chain(host, chain, Some(rule))) => (
                    Some(Stopped::Rule(rule.number, host, chain)),
                    format!("rule {} in {host} {}", rule.number, chain.name()),
                ),
                Some(Place::Chain(host, chain, None)) => {
                    (Some(Stopped::Policy(host, chain)), format!("the policy of {host} {}", chain.name()))
                }
                Some(Place::Network) => (Some(Stopped::Network), "in the network".to_owned()),
                Some(Place::Link(host)) => (Some(Stopped::Link(host)), format!("{host}'s eth0")),
                Some(Place::Lookup(host)) => (Some(Stopped::Lookup(host)), format!("{host} threw it away")),
                Some(Place::Qdisc(host, why)) => (Some(Stopped::Netem(host, why)), format!("{host}'s netem")),
                None => (None, String::new()),
            };
            check(last == Some(loss.at), "another place");
            check(says.contains(&place), "no place");
        }
        // The answer of the firewall ended it, so that nothing is missing any more.
        Meaning::Rejected(_) => check(missing.is_empty() && before, "nothing was rejected"),
        _ => {
            check(missing.is_empty(), "no loss is named");
            let was = |passage: Passage<'_>| passage.fate().stopped().is_some();
            let any = lab.world().log().conversation(one, other).any(was);
            check(before == any, "earlier losses");
        }
    }
    if let Meaning::OnItsWay { name, to, held } = meaning {
        let fits = |it: &Passage<'_>| PacketName::of(it) == name && it.to == Some(to);
        let travels = lab.world().log().in_flight().find(fits);
        check(travels.is_some(), "nothing is on its way");
        if let (Some(held), Some(_)) = (travels, held) {
            check(is_needed(log_of(lab), held), "what is held is not needed any more");
            let moves =
                |it: &Passage<'_>| !matches!(it.fate(), Fate::Held(..)) && is_needed(log_of(lab), *it);
            check(!log_of(lab).in_flight().any(|it| moves(&it)), "something else moves");
        }
    }
    if let Meaning::Queued { name, host, until } = meaning {
        let waits = |it: &Passage<'_>| {
            let fate = it.fate();
            PacketName::of(it) == name && matches!(fate, Fate::Queued(_, at) if at == until && at > lab.now())
        };
        let there = lab.world().host(host).qdisc(Device::Link).into_iter().flat_map(|netem| netem.waiting());
        let found = there.filter_map(|packet| log_of(lab).packet(packet.id)).any(|packet| waits(&packet));
        check(found, "nothing waits");
    }
    wrong
}

/// Something in it has not arrived in any other segment, and nobody has acknowledged it.
fn is_needed(log: &Log, packet: Passage<'_>) -> bool {
    let Some(segment) = packet.packet().segment() else { return true };
    let all: Vec<_> = log.conversation(packet.src, packet.dst).filter(|other| other.id > packet.id).collect();
    let octets = |segment: &Segment| (0..segment.len()).map(|at| segment.seq + at).collect::<Vec<_>>();
    let has = |octet: Seq| {
        all.iter().any(|other| {
            let other_is = other.packet().segment().expect("TCP is all that was sent");
            let arrived = other.src == packet.src && matches!(other.fate(), Fate::Arrived(_));
            let answered = other.src == packet.dst && other_is.is_ack() && other_is.ack.after(octet);
            answered || (arrived && octets(other_is).contains(&octet))
        })
    };
    let acknowledged = all.iter().any(|other| {
        let other_is = other.packet().segment().expect("TCP is all that was sent");
        let arrived = other.src == packet.src && matches!(other.fate(), Fate::Arrived(_));
        arrived && other_is.is_ack() && !segment.ack.after(other_is.ack)
    });
    segment.is_rst() || !octets(segment).into_iter().all(has) || (segment.is_empty() && !acknowledged)
}

/// What is wrong with the sentence on what came again: what it says of the answers before is what became of them before
/// it was sent again.
fn wrong_repetition(lab: &Lab) -> Vec<String> {
    let log = log_of(lab);
    let says = scene(lab, &Look::default()).says.as_ref().map(en::say).unwrap_or_default();
    let again = |what: &Happened| matches!(what, Happened::Moved { row, .. } if [Trigger::SynAgain, Trigger::FinAgain].contains(&row.trigger));
    let Some(fact) = log.facts().rev().find(|fact| again(&fact.what)) else { return Vec::new() };
    let arrived = fact.cause.and_then(|cause| log.fact(cause)).map(|cause| cause.what);
    let Some(Happened::Arrived { packet, .. }) = arrived else { return Vec::new() };
    let packet = log.packet(packet).expect("it arrived");
    let segment = packet.packet().segment().expect("it is one of TCP");
    let answers = || {
        log.conversation(packet.src, packet.dst).filter(|answer| {
            let acks = answer
                .packet()
                .segment()
                .is_some_and(|it| it.is_ack() && !(segment.seq + segment.len()).after(it.ack));
            answer.src == packet.dst && answer.sent().is_some_and(|sent| sent < fact.id) && acks
        })
    };
    let before = |fact: FactId| log.at(fact).is_some_and(|at| at < packet.made);
    let stopped = answers().any(|answer| answer.fate().stopped().is_some_and(before));
    let reached = answers().any(|answer| matches!(answer.fate(), Fate::Arrived(fact) if before(fact)));
    let left_before = says.contains("had left before our answer could arrive");
    let not_through = says.contains("The answer before did not get through");
    if (left_before && (stopped || reached)) || (not_through && !stopped) {
        return vec![format!("{says}: stopped before {stopped}, reached before {reached}")];
    }
    Vec::new()
}

/// Presses a toggle of the firewall card.
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

fn log_of(lab: &Lab) -> &Log {
    lab.world().log()
}

/// Plays one of them, and checks the verdicts after every event and half-way to the next. Returns the parts that the
/// verdicts named.
fn play(
    profile: ProfileName,
    what: &str,
    begins: impl FnOnce(&mut Trial),
    life: &[(u64, TerminalId, &str)],
) -> BTreeSet<Part> {
    let mut lab = Trial::new(profile);
    lab.types(ServerUpper, "nc -l 5555");
    begins(&mut lab);
    let mut spoken = BTreeSet::new();
    let mut found = Vec::new();
    let mut look = |lab: &Lab| {
        found.extend(wrong(lab));
        let ends = lab.world().log().opens().next().map(|opening| (opening.src, opening.dst));
        let verdicts = ends.map_or_else(Vec::new, |(one, other)| verdicts(lab.world().log(), one, other));
        spoken.extend(verdicts.iter().map(|verdict| verdict.segment));
    };
    let ends = life.iter().map(|(at, ..)| *at).chain([70_000]);
    for (at, end) in ends.enumerate() {
        let end = Instant::from_millis(end);
        while let Some(next) = lab.next_event().filter(|next| *next <= end) {
            let half = lab.now() + next.since(lab.now()) / 2;
            lab.waits_until(half);
            look(&lab);
            lab.steps();
            look(&lab);
        }
        lab.waits_until(end);
        match life.get(at) {
            Some((_, terminal, "^C")) => lab.ctrl_c(*terminal),
            Some((_, terminal, line)) => lab.types(*terminal, line),
            None => &mut lab,
        };
        look(&lab);
    }
    assert!(
        found.is_empty(),
        "{what} {profile:?} {life:?}\n{}",
        found[..found.len().min(6)].join("\n").chars().take(4_000).collect::<String>()
    );
    spoken
}

#[test]
fn verdicts_are_what_the_log_says() {
    let mut spoken = BTreeSet::new();
    for kind in KINDS {
        for place in PLACES {
            for life in LIVES {
                for profile in [ProfileName::Article, ProfileName::Linux] {
                    let what = format!("{kind:?} at {place:?}");
                    spoken.extend(play(profile, &what, |lab| drop(lab, kind, place), life));
                }
            }
        }
    }
    use Part::{AckOfData, AckOfFin, AckOfSyn, Data, Fin, Rst, Syn, SynAck};
    assert_eq!(spoken, [Syn, SynAck, AckOfSyn, Data, AckOfData, Fin, AckOfFin, Rst].into_iter().collect());
}

#[test]
fn verdicts_on_netems_are_what_the_log_says() {
    let mut spoken = BTreeSet::new();
    for (life, what) in with_netems(&LIVES) {
        spoken.extend(play(ProfileName::Linux, &what, |_| {}, &life));
    }
    use Part::{AckOfData, AckOfFin, AckOfSyn, Data, Fin, Rst, Syn, SynAck};
    assert_eq!(spoken, [Syn, SynAck, AckOfSyn, Data, AckOfData, Fin, AckOfFin, Rst].into_iter().collect());
}

/// Whatever is held, where and whenever: the sentence is about the connection, not about what is not needed any more.
#[test]
fn what_is_held_is_not_the_verdict_when_it_is_not_needed() {
    const HOLDS: [(u64, &str); 6] = [
        (102, "hold SYN"),
        (107, "hold SYN|ACK"),
        (112, "hold ACK"),
        (1_002, "hold data"),
        (1_007, "hold ACK"),
        (10_002, "hold FIN"),
    ];
    for (at, hold) in HOLDS {
        for life in &LIVES[..2] {
            let mut life = life.to_vec();
            life.push((at, Network, hold));
            life.sort_by_key(|(at, ..)| *at);
            play(ProfileName::Article, hold, |_| {}, &life);
            for (kind, place) in KINDS.into_iter().flat_map(|kind| PLACES.map(|place| (kind, place))) {
                let what = format!("{hold} and {kind:?} at {place:?}");
                play(ProfileName::Linux, &what, |lab| drop(lab, kind, place), &life);
            }
        }
    }
}

#[test]
fn both_ends_are_connected_whatever_is_still_held() {
    let mut lab = Trial::new(ProfileName::Article);
    lab.types(ServerUpper, "nc -l 5555").types(ClientUpper, "nc 10.211.55.10 5555");
    lab.waits_ms(2).types(Network, "hold SYN");
    let says = |lab: &Lab| en::say(&scene(lab, &Look::default()).pair.says);
    assert_eq!(says(&lab), "Nothing is lost: SYN is held on its way to S_m.");
    lab.waits_ms(1_000);
    assert_eq!(says(&lab), "Nothing is lost: SYN #2 is on its way to S_m.");
    lab.waits_ms(5);
    assert_eq!(says(&lab), "Nothing is lost: SYN|ACK is on its way to C_m. SYN is still held.");
    lab.waits_ms(50);
    assert_eq!(says(&lab), "Nothing is lost: both ends are connected. SYN is still held.");
    lab.types(Network, "release 1");
    assert_eq!(says(&lab), "Nothing is lost: both ends are connected. SYN is still on its way.");
    lab.waits_ms(50);
    assert_eq!(says(&lab), "Nothing is lost: both ends are connected.");
}

/// While the verdict names a loss, the states are those of the table, as long as both ends have an entry or listen. And
/// what the table shows is seen.
#[test]
fn what_a_loss_shows_is_what_is_seen() {
    let mut seen: BTreeSet<(String, String)> = BTreeSet::new();
    for kind in KINDS {
        for place in PLACES {
            for life in LIVES {
                for profile in [ProfileName::Article, ProfileName::Linux] {
                    show(profile, |lab| drop(lab, kind, place), life, &mut seen);
                }
            }
        }
    }
    // The ACK of a FIN alone: what came before is not to be lost.
    let alone: [(u64, TerminalId, &str); 4] =
        [CONNECT, (1_000, Network, "drop client A 0"), (1_500, ServerUpper, "^C"), (30_000, Network, "show")];
    show(ProfileName::Linux, |_| {}, &alone, &mut seen);
    for (life, _) in with_netems(&LIVES) {
        show(ProfileName::Linux, |_| {}, &life, &mut seen);
    }
    let table = |rows: &'static [shows::Row]| {
        rows.iter().flat_map(|row| row.pairs.iter().map(move |pair| name(row, *pair)))
    };
    for shown in table(&shows::OPENING).chain(table(&shows::CLOSING)) {
        assert!(seen.contains(&shown), "{shown:?} is not seen: {seen:#?}");
    }
    let opening: BTreeSet<_> = table(&shows::OPENING).collect();
    let sent = seen.iter().filter(|(row, pair)| row.contains("Syn") && pair.starts_with("[SynSent"));
    assert!(sent.clone().count() > 3 && sent.into_iter().all(|it| opening.contains(it)), "{seen:#?}");
}

fn name(row: &shows::Row, pair: [State; 2]) -> (String, String) {
    (format!("{:?} {} {:?}", row.segment, row.by_first, row.at_sender), format!("{pair:?}"))
}

/// Plays a course, and collects what is seen with each loss that the table has.
fn show(
    profile: ProfileName,
    begins: impl FnOnce(&mut Trial),
    life: &[(u64, TerminalId, &str)],
    seen: &mut BTreeSet<(String, String)>,
) {
    let mut lab = Trial::new(profile);
    lab.types(ServerUpper, "nc -l 5555");
    begins(&mut lab);
    let mut look = |lab: &Lab| {
        let line = scene(lab, &Look::default());
        let Message::Meaning { meaning: Meaning::Lost(loss), .. } = line.pair.says else { return };
        let log = lab.world().log();
        let opening = log.opens().next().expect("somebody has asked");
        let Some((rows, first)) = shows::table(log, &loss, (opening.src, opening.dst)) else { return };
        let fits: Vec<&shows::Row> = rows.iter().filter(|row| row.is(&loss, first)).collect();
        assert!(fits.len() == 1, "{loss:?} is of one row");
        let state = |end: Endpoint, peer: Endpoint, host: HostId| {
            let rows = lab.world().sockets(host);
            let own = rows.iter().find(|row| (row.local, row.foreign) == (end, Some(peer)));
            own.or_else(|| rows.iter().find(|row| row.foreign.is_none())).map(|row| row.state)
        };
        let states = [
            state(opening.src, opening.dst, HostId::Client),
            state(opening.dst, opening.src, HostId::Server),
        ];
        if let [Some(client), Some(server)] = states {
            let pair = if first == HostId::Client { [client, server] } else { [server, client] };
            seen.insert(name(fits[0], pair));
            assert_eq!(line.pair.why.shows.iter().filter(|line| line.is).count(), 1);
        }
    };
    for (at, end) in life.iter().map(|(at, ..)| *at).chain([70_000]).enumerate() {
        while let Some(next) = lab.next_event().filter(|next| *next <= Instant::from_millis(end)) {
            lab.waits_until(lab.now() + next.since(lab.now()) / 2);
            look(&lab);
            lab.steps();
            look(&lab);
        }
        lab.waits_until(Instant::from_millis(end));
        match life.get(at) {
            Some((_, terminal, "^C")) => lab.ctrl_c(*terminal),
            Some((_, terminal, line)) => lab.types(*terminal, line),
            None => &mut lab,
        };
        look(&lab);
    }
}

/// What has been stopped ten seconds after the client connected, sent and closed, and who can know it.
#[test]
fn each_end_knows_what_it_can() {
    let mut text = String::new();
    for kind in KINDS {
        for place in PLACES {
            let mut lab = Trial::new(ProfileName::Article);
            lab.types(ServerUpper, "nc -l 5555");
            drop(&mut lab, kind, place);
            lab.types(ClientUpper, "nc 10.211.55.10 5555").waits_ms(1_000);
            lab.types(ClientUpper, "hello").waits_ms(1_000).ctrl_c(ClientUpper).waits_ms(8_000);
            let log = lab.world().log();
            let opening = log.opens().next().expect("the client has asked");
            writeln!(text, "{kind:?} at {place:?}").expect("a string takes all");
            for verdict in verdicts(log, opening.src, opening.dst) {
                let Verdict { undertaking, from, segment, certainty, evidence, sender, receiver, .. } =
                    verdict;
                let [sent, stopped] = [evidence.sent.len(), evidence.stopped.len()];
                let line = format!("{undertaking:?}: {segment:?} of {} {certainty:?}", from.addr);
                let line = format!("{line}, {sent} sent, {stopped} stopped: {sender:?}, {receiver:?}");
                writeln!(text, "  {line}").expect("a string takes all");
            }
        }
    }
    expect_file!["../snapshots/verdicts.txt"].assert_eq(&text);
}

/// The verdicts on the newest connection, by what does not get through.
fn parts(lab: &Lab) -> Vec<Part> {
    let log = lab.world().log();
    let opening = log.opens().next().expect("somebody has asked");
    verdicts(log, opening.src, opening.dst).iter().map(|verdict| verdict.segment).collect()
}

#[test]
fn an_older_attempt_between_the_same_ends_counts_no_more() {
    let mut lab = Trial::new(ProfileName::Article);
    lab.types(ServerUpper, "nc -l 5555");
    drop(&mut lab, Kind::Syn, DropPlace::ClientOutput);
    lab.types(ClientUpper, "nc -p 7000 10.211.55.10 5555").waits_ms(1_500);
    assert_eq!(parts(&lab), [Part::Syn]);
    lab.ctrl_c(ClientUpper);
    drop(&mut lab, Kind::Syn, DropPlace::ClientOutput);
    lab.types(ClientUpper, "nc -p 7000 10.211.55.10 5555").waits_ms(1_500);
    assert_eq!(parts(&lab), []);
}

/// The old entry answers a new SYN with an ACK, and sends its SYN|ACK again after that.
#[test]
fn a_segment_from_before_the_first_one_of_an_attempt_is_counted() {
    let mut lab = Trial::new(ProfileName::Linux);
    lab.types(ServerUpper, "nc -lk 5555").types(Network, "drop server SA * 2").waits_ms(10);
    lab.types(ClientUpper, "nc -p 6666 10.211.55.10 5555").waits_ms(500);
    // The reset that would end the entry is not let through.
    lab.types(Network, "drop client R").types(Network, "drop client RA").types(Network, "drop client A");
    lab.ctrl_c(ClientUpper).waits_ms(100);
    lab.types(ClientUpper, "nc -p 6666 10.211.55.10 5555");
    for _ in 0..200 {
        scene(&lab, &Look::default());
        if !lab.steps() {
            break;
        }
    }
}

#[test]
fn both_syns_of_a_simultaneous_opening_are_judged() {
    let mut lab = Trial::new(ProfileName::Article);
    drop(&mut lab, Kind::Syn, DropPlace::ClientOutput);
    lab.types(ServerLower, "sudo iptables -I OUTPUT -p tcp --tcp-flags SYN,ACK SYN -j DROP");
    lab.types(ClientUpper, "nc -p 5555 10.211.55.10 5555");
    lab.types(ServerUpper, "nc -p 5555 10.211.55.2 5555").waits_ms(500);
    assert_eq!(parts(&lab), [Part::Syn, Part::Syn]);
}
