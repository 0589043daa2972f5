use super::*;
use crate::{Action, Step, Sysctl};
use proptest::prelude::*;
use std::time::Duration;
use tcp_core::net::HostId;
use tcp_shell::{Signal, TerminalId, User};

fn recorded(profile: ProfileName, steps: Vec<(u64, Action)>) -> Recording {
    let steps = steps.into_iter().map(|(at, action)| Step { at: Instant::from_micros(at), action });
    Recording { steps: steps.collect(), ..Recording::new(profile, 1) }
}

/// SYN dropped, and a connection tried.
fn dropped() -> Recording {
    let rule = "sudo iptables -I OUTPUT -p tcp --dport 5555 --tcp-flags SYN,ACK,FIN,RST SYN -j DROP";
    recorded(
        ProfileName::Article,
        vec![
            (0, Action::enter(TerminalId::ServerUpper, "nc -l 5555")),
            (4_213_007, Action::enter(TerminalId::ClientLower, rule)),
            (9_120_331, Action::enter(TerminalId::ClientUpper, "nc 10.211.55.10 5555")),
        ],
    )
}

fn at(recording: &Recording, ms: u64) -> Link {
    let mut session = Session::of(recording);
    session.go_to(Instant::from_millis(ms));
    Link::of(&session)
}

/// The link, and the session that it opens, are those that were written.
fn check(link: &Link) -> String {
    let text = link.to_text().unwrap();
    let read = Link::from_text(&format!("https://lab.example/?pace=slow#{text}")).unwrap();
    assert_eq!(read, *link, "{text}");
    text
}

#[test]
fn a_short_session_is_a_short_link() {
    let text = check(&at(&dropped(), 12_000));
    assert!(text.len() <= 48, "{} characters: {text}", text.len());
}

#[test]
fn a_link_opens_the_session_at_its_moment() {
    let recording = dropped();
    for ms in [0, 9_125, 12_000, 80_000_000] {
        let link = at(&recording, ms);
        let (session, fidelity) = Link::from_text(&check(&link)).unwrap().open();
        let mut before = Session::of(&recording);
        before.go_to(Instant::from_millis(ms));
        assert_eq!(fidelity, Fidelity::Same);
        assert_eq!(session.digest(), before.digest());
        assert_eq!(session.recording(), recording);
    }
}

#[test]
fn a_link_may_be_between_two_things_of_one_moment() {
    let mut session = Session::new(ProfileName::Linux, 5);
    session.act(Action::enter(TerminalId::ServerUpper, "nc -l 5555"));
    for line in ["nc 10.211.55.10 5555", "hello", "hello"] {
        session.act(Action::enter(TerminalId::ClientUpper, line));
        session.act(Action::enter(TerminalId::ServerUpper, line));
    }
    let mut between = 0;
    while session.step() {
        let link = Link::of(&session);
        between += u32::from(link.moment.done.is_some());
        let (opened, fidelity) = Link::from_text(&check(&link)).unwrap().open();
        assert_eq!((opened.digest(), fidelity), (session.digest(), Fidelity::Same));
        assert_eq!((opened.moment(), opened.end()), (session.moment(), session.end()));
    }
    assert!(between > 0, "no two things have one moment");
}

#[test]
fn the_future_of_a_moment_in_the_past_is_kept() {
    let mut session = Session::of(&dropped());
    session.go_to(Instant::from_millis(20_000));
    session.go_to(Instant::from_millis(4_000));
    let (opened, _) = Link::from_text(&check(&Link::of(&session))).unwrap().open();
    assert_eq!((opened.lab().now(), opened.end()), (session.lab().now(), session.end()));
}

#[test]
fn what_was_typed_at_the_beginning_stays_after_it() {
    let mut session = Session::page(ProfileName::Article, 1);
    session.act(Action::enter(TerminalId::ClientUpper, "nc 10.211.55.10 5555"));
    let link = Link::of(&session);
    assert_eq!(link.before, 1);
    let (mut opened, _) = Link::from_text(&check(&link)).unwrap().open();
    while opened.step_back() {}
    assert_eq!(opened.digest(), Session::page(ProfileName::Article, 1).digest());
}

#[test]
fn the_clock_may_have_gone_on_since_the_last_event() {
    let mut session = Session::of(&dropped());
    session.go_to(Instant::from_micros(9_120_331));
    let later = Instant::from_millis(9_600);
    let (opened, fidelity) = Link::from_text(&check(&Link::at(&session, later))).unwrap().open();
    assert_eq!((opened.lab().now(), fidelity), (later, Fidelity::Same));
    session.go_to(later);
    assert_eq!(opened.digest(), session.digest());
    // The second SYN is due by then.
    assert_eq!(Link::at(&session, Instant::from_millis(20_000)), Link::of(&session));
}

#[test]
fn a_replay_that_differs_says_so() {
    let link = at(&dropped(), 12_000);
    let other = Link { digest: link.digest ^ 1, ..link.clone() };
    assert_eq!(Link::from_text(&check(&other)).unwrap().open().1, Fidelity::Different);
    let other = Link { digest: link.digest ^ 1, engine: ENGINE + 1, ..link.clone() };
    assert_eq!(Link::from_text(&check(&other)).unwrap().open().1, Fidelity::OtherEngine(ENGINE + 1));
    let same = Link { engine: ENGINE + 1, ..link };
    assert_eq!(Link::from_text(&check(&same)).unwrap().open().1, Fidelity::Same);
}

#[test]
fn every_change_of_a_letter_is_noticed() {
    let text = check(&at(&dropped(), 12_000));
    for place in 2..text.len() {
        let letter = if text.as_bytes()[place] == b'A' { "B" } else { "A" };
        let mut changed = text.clone();
        changed.replace_range(place..=place, letter);
        assert_eq!(Link::from_text(&changed), Err(LinkError::Damaged), "{changed}");
        assert_eq!(Link::from_text(&text[..place]), Err(LinkError::Damaged), "{place}");
    }
}

#[test]
fn what_is_no_link_is_named() {
    let long = format!("#1.{}", "A".repeat(LONGEST_LINK));
    for (text, error) in [
        ("", LinkError::Foreign),
        ("#", LinkError::Foreign),
        ("https://lab.example/", LinkError::Foreign),
        ("#introduction", LinkError::Foreign),
        ("#v1.2", LinkError::Foreign),
        ("#.AAAA", LinkError::Foreign),
        ("#99999999999999999999.AAAA", LinkError::Foreign),
        ("#3.AAAA", LinkError::Format(3)),
        ("#2.AAAA", LinkError::Damaged),
        ("#1.", LinkError::Damaged),
        ("#1.AAAA", LinkError::Damaged),
        ("#1.~~~~", LinkError::Damaged),
        (&long, LinkError::TooMuch),
    ] {
        assert_eq!(Link::from_text(text), Err(error), "{text:.40}");
    }
}

#[test]
fn a_session_that_is_too_long_is_refused() {
    let steps = |count| (0..count).map(|at| (at, Action::ctrl_c(TerminalId::ClientUpper))).collect();
    let link = |recording| Link { recording, ..Link::nothing() };
    assert!(link(recorded(ProfileName::Linux, steps(10_000))).to_text().is_ok());
    assert_eq!(link(recorded(ProfileName::Linux, steps(10_001))).to_text(), Err(LinkError::TooMuch));
    let texts = vec![(0, Action::enter(TerminalId::Network, "x".repeat(65_537)))];
    assert_eq!(link(recorded(ProfileName::Linux, texts)).to_text(), Err(LinkError::TooMuch));
    let nobody = Action::CtrlD { host: HostId::Client, id: "nobody".to_owned() };
    assert_eq!(link(recorded(ProfileName::Linux, vec![(0, nobody)])).to_text(), Err(LinkError::Damaged));
}

fn action() -> impl Strategy<Value = Action> {
    let terminal = prop::sample::select(TerminalId::ALL.to_vec());
    let host = prop::sample::select(vec![HostId::Client, HostId::Server]);
    let signals = vec![Signal::Int, Signal::Term, Signal::Kill, Signal::Stop, Signal::Cont];
    let line = prop_oneof![any::<String>(), "[a-z\n]{0,9}", Just("nc -l 5555".to_owned())];
    let parts = (terminal, host, prop::sample::select(signals), line, 0..11_u8);
    parts.prop_map(|(terminal, host, signal, line, kind)| {
        let id = "s".to_owned();
        match kind {
            0 => Action::Enter { terminal, line },
            1 => Action::Input { terminal, line },
            2 => Action::Interrupt { terminal },
            3 => Action::EndOfInput { terminal },
            4 => Action::Start { host, id: line.clone(), cmd: line },
            5 => Action::Type { host, id, text: line },
            6 => Action::CtrlD { host, id },
            7 => Action::Signal { host, id, signal },
            8 => Action::Run { host, cmd: line },
            9 => Action::Suspend { terminal },
            _ => Action::Network { line },
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_recording_is_read_as_it_was_written(
        seed: u64,
        linux: bool,
        actions in prop::collection::vec((0..9_000_000_u64, action()), 0..30),
        student: bool,
        delay in 0..3_600_000_000_u64,
        name: String,
        value: String,
        done: Option<u32>,
    ) {
        let mut now = 0;
        let start = Action::Start { host: HostId::Server, id: "s".to_owned(), cmd: "app".to_owned() };
        let mut steps = vec![(0, start)];
        steps.extend(actions.into_iter().map(|(span, action)| {
            now += span;
            (now, action)
        }));
        let profile = if linux { ProfileName::Linux } else { ProfileName::Article };
        let user = if student { User::Student } else { User::Root };
        let recording = Recording {
            seed,
            user,
            delays: vec![(HostId::Client, Duration::from_micros(delay))],
            sysctls: vec![Sysctl { host: HostId::Server, name, value }],
            ..recorded(profile, steps)
        };
        let at = Instant::from_micros(now);
        check(&Link { recording, moment: Moment { at, done: done.map(u64::from) }, end: at, ..Link::nothing() });
    }

    #[test]
    fn any_octets_can_be_a_link(format in 1..=2, octets: Vec<u8>) {
        let text = format!("{format}.{}", base64::write(&[&checksum(&octets)[..], &octets].concat()));
        if let Ok(link) = Link::from_text(&text) {
            let read = Recording::from_json(&link.recording.to_json()).map(ordered);
            prop_assert_eq!(read, Ok(ordered(link.recording)));
        }
    }

    #[test]
    fn octets_are_read_as_they_were_written(octets: Vec<u8>) {
        prop_assert_eq!(base64::read(&base64::write(&octets)), Some(octets));
    }
}

/// The coder may end in zeros, which belong to the link.
#[test]
fn a_link_that_ends_in_zeros_opens() {
    let link = Link {
        moment: Moment { at: Instant::from_micros(208), done: None },
        end: Instant::from_micros(3_491_946_703),
        digest: 4_253_739,
        ..Link::nothing()
    };
    let text = link.to_text().expect("it is short");
    assert_eq!(Link::from_text(&text), Ok(link), "{text}");
}

/// A file has the hosts and their constants in an order of its own.
fn ordered(mut recording: Recording) -> Recording {
    recording.delays.sort();
    recording.sysctls.sort_by(|a, b| (a.host, &a.name).cmp(&(b.host, &b.name)));
    recording
}

#[test]
fn a_link_that_sets_a_delay_twice_is_damaged() {
    // The fuzz target found these octets: many delays of one host.
    let octets = [&[0xF6, 0xDD, 0xFE, 0x2F, 0x2F][..], &[0xFF; 17]].concat();
    let text = format!("1.{}", base64::write(&[&checksum(&octets)[..], &octets].concat()));
    assert_eq!(Link::from_text(&text), Err(LinkError::Damaged));
    let delays = [HostId::Server, HostId::Client].map(|host| (host, Duration::from_millis(5)));
    check(&Link {
        recording: Recording { delays: delays.into(), ..recorded(ProfileName::Linux, Vec::new()) },
        ..Link::nothing()
    });
}
