mod table;

use super::*;
use crate::Session;
use expect_test::{Expect, expect};
use std::rc::Rc;
use tcp_shell::TerminalId;

/// A scene with this pause, or with this in place of its pauses.
fn with_pause(pause: &str) -> String {
    format!(
        r#"{{"version":1,"id":"x","group":"set-up","title":{{"en":"t"}},"shows":{{"en":"s"}},
            "lasts_ms":{{"article":0,"linux":0}},"recording":{{"version":1,"profile":"article","steps":[]}},
            "pauses":[{pause}]}}"#
    )
}

fn check(pause: &str, expected: Expect) {
    let shown = match Scene::from_json(&with_pause(pause)) {
        Ok(scene) => format!("{:?}", scene.pauses[0].when),
        Err(error) => error.to_string(),
    };
    expected.assert_eq(&shown);
}

fn check_when(when: &str, expected: Expect) {
    check(&format!(r#"{{"when":{when},"pair":["CLOSED","CLOSED"],"caption":{{"en":"c"}}}}"#), expected);
}

#[test]
fn conditions() {
    check_when(r#""start""#, expect!["Start"]);
    check_when(
        r#"{"stopped":{"segment":"SYN|ACK","from":"server","at":"client INPUT"}}"#,
        expect![
            "Stopped(Segments { segment: SynAck, from: Some(Server), at: Some(ClientInput), window: None })"
        ],
    );
    check_when(
        r#"{"rows":{"client":["TIME_WAIT","LISTEN"]}}"#,
        expect!["Rows { client: Some([Listen, TimeWait]), server: None }"],
    );
}

#[test]
fn what_is_wrong_is_named() {
    check_when(
        r#""later""#,
        expect![
            "pauses[0].when: unknown variant `later`, expected one of `start`, `departed`, `stopped`, `arrive"
        ],
    );
    check_when(
        r#"{"enters":{"host":"site","state":"LISTEN"}}"#,
        expect!["pauses[0].when.enters.host: must be client or server"],
    );
    check_when(
        r#"{"enters":{"host":"client","state":"FIN_WAIT_1"}}"#,
        expect!["pauses[0].when.enters.state: must be a state as netstat writes it"],
    );
    check_when(r#"{"enters":{"host":"client"}}"#, expect!["pauses[0].when.enters.state: is missing"]);
    check_when(
        r#"{"stopped":{"segment":"SIN"}}"#,
        expect!["pauses[0].when.stopped.segment: must be SYN, SYN|ACK, ACK, data, FIN, RST or ICMP"],
    );
    check_when(
        r#"{"stopped":{"segment":"SYN","to":"client"}}"#,
        expect!["pauses[0].when.stopped.to: is not known"],
    );
    check_when(
        r#"{"stopped":{"segment":"SYN","at":"moon"}}"#,
        expect![
            "pauses[0].when.stopped.at: unknown variant `moon`, expected one of `client OUTPUT`, `client INPUT`, `server"
        ],
    );
    check("", expect!["pauses: must have one in each profile"]);
    check(
        r#"{"when":"start","pair":["CLOSED"],"caption":{"en":"c"}}"#,
        expect!["pauses[0].pair: invalid length 1, expected an array of length 2"],
    );
    check(
        r#"{"when":"start","pair":["CLOSED","CLOSED"],"caption":{"de":"c"}}"#,
        expect!["pauses[0].caption: must have a text in en"],
    );
    check(
        r#"{"when":"start","pair":["CLOSED","CLOSED"],"caption":{"en":"c"},"profile":"linux"}"#,
        expect!["pauses: must have one in each profile"],
    );
    let error = |json: &str| Scene::from_json(json).map(|scene| scene.id).map_err(|error| error.to_string());
    let whole = with_pause(r#"{"when":"start","pair":["CLOSED","CLOSED"],"caption":{"en":"c"}}"#);
    assert_eq!(error(&whole), Ok("x".to_owned()));
    for (from, to, says) in [
        (r#""steps":[]"#, r#""steps":[{"t_ms":1,"action":"dance"}]"#, "recording.steps[0].host: is missing"),
        (r#""steps":[]"#, r#""steps":7"#, "recording.steps: invalid type: integer `7`, expected a sequence"),
        (r#""id":"x""#, r#""id":"X Y""#, "id: must be 1 to 40 lower-case letters, digits and hyphens"),
        (r#""set-up""#, r#""moon""#, "group: unknown variant `moon`"),
    ] {
        let said = error(&whole.replace(from, to)).unwrap_err();
        assert!(said.starts_with(says), "{said}");
    }
}

/// A handshake whose first two SYN are lost.
const LOST: &str = r#"{"version":1,"id":"x","group":"set-up","title":{"en":"t"},"shows":{"en":"s"},
    "lasts_ms":{"article":0,"linux":0},"recording":{"version":1,"profile":"article","steps":[
     {"t_ms":0,"terminal":"server-upper","action":"run","cmd":"nc -l 5555"},
     {"t_ms":0,"terminal":"network","action":"run","cmd":"drop client S * 2"},
     {"t_ms":10,"terminal":"client-upper","action":"run","cmd":"nc 10.211.55.10 5555"},
     {"t_ms":9000,"terminal":"client-upper","action":"ctrl-c"}]},
    "pauses":[
     {"when":{"stopped":{"segment":"SYN","at":"network"}},"times":2,"pair":["SYN_SENT","LISTEN"],"caption":{"en":"c"}},
     {"when":{"arrived":{"segment":"ACK"}},"pair":["ESTABLISHED","ESTABLISHED"],"caption":{"en":"c"}},
     {"when":"ended","pair":["CLOSED","CLOSED"],"caption":{"en":"c"}}]}"#;

fn scene() -> Session {
    Session::scene(Rc::new(Scene::from_json(LOST).expect("a scene")), ProfileName::Article)
}

const FAR: Instant = Instant::from_millis(1_000_000);

fn goes_on(session: &mut Session) {
    session.go_on();
    session.advance_to(FAR);
}

fn progress(session: &Session) -> (usize, usize) {
    session.play().expect("a scene").progress()
}

#[test]
fn time_stops_at_each_pause() {
    let mut session = scene();
    let mut stops = Vec::new();
    session.advance_to(FAR);
    while session.waits() {
        assert_eq!(session.next_event(), None);
        stops.push((session.lab().now().as_micros() / 1000, progress(&session)));
        goes_on(&mut session);
    }
    assert_eq!(stops, [(1012, (1, 3)), (3025, (2, 3)), (129_010, (3, 3))]);
    assert_eq!(session.lab().now(), FAR);
}

#[test]
fn going_back_brings_back_the_pauses_ahead() {
    let mut session = scene();
    session.advance_to(FAR);
    goes_on(&mut session);
    let there = session.lab().now();
    session.step_back();
    assert_eq!((progress(&session), session.waits()), ((1, 3), false));
    session.advance_to(FAR);
    assert_eq!((session.lab().now(), progress(&session), session.waits()), (there, (2, 3), true));
    session.step();
    assert!(!session.waits(), "a step goes on");
    session.step_back();
    assert!(session.waits(), "it waits again where it waited");
}

#[test]
fn going_to_a_moment_is_not_stopped_by_pauses() {
    let mut session = scene();
    session.go_to(Instant::from_millis(5000));
    assert_eq!(
        (session.lab().now(), progress(&session), session.waits()),
        (Instant::from_millis(5000), (2, 3), false)
    );
    session.restart();
    assert_eq!(progress(&session), (0, 3));
}

#[test]
fn whoever_acts_at_a_pause_does_not_end_the_scene() {
    let mut session = scene();
    session.advance_to(FAR);
    session.act(crate::Action::enter(TerminalId::ClientLower, "netstat -nat"));
    assert!(session.waits());
    goes_on(&mut session);
    goes_on(&mut session);
    assert_eq!((progress(&session), session.waits()), ((3, 3), true));
    assert!(session.undo());
    assert_eq!((progress(&session), session.waits()), ((1, 3), true));
}

#[test]
fn whoever_leaves_a_scene_keeps_the_session() {
    let mut session = scene();
    session.advance_to(FAR);
    let now = session.lab().now();
    session.leave_scene();
    assert!(session.play().is_none());
    assert_eq!(session.lab().now(), now);
    session.advance_to(FAR);
    assert_eq!(session.inputs().len(), 3, "Ctrl-C was still to come");
    assert!(!session.undo());
}

#[test]
fn another_profile_has_its_own_pauses() {
    let mut session = scene();
    session.advance_to(FAR);
    let linux = session.under(ProfileName::Linux);
    assert_eq!(
        (progress(&linux), linux.lab().now()),
        ((0, 3), session.lab().now()),
        "its second SYN comes later"
    );
}
