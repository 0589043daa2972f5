use super::*;
use std::collections::BTreeMap;
use tcp_core::Instant;

const NONCE: &str = "00112233445566778899aabbccddeeff";
const HOST: &str = "https://course.example.edu";

/// A message, field by field.
type Object = BTreeMap<&'static str, Field>;

fn text(text: &str) -> Field {
    Field::Text(text.to_owned())
}

/// A message of this type as a host page would write it.
fn message(kind: &str, more: &[(&'static str, Field)]) -> Object {
    let always = [(MARK, Field::Number(VERSION)), ("nonce", text(NONCE)), ("type", text(kind))];
    always.into_iter().chain(more.iter().cloned()).collect()
}

fn ear() -> Ear {
    Ear::new(NONCE.to_owned())
}

/// What is heard of a message, in the course page, at the beginning of time.
fn heard(ear: &mut Ear, message: &Object) -> Option<Heard> {
    ear.hear(true, HOST, 0.0, &Field::Other, &|name| message.get(name).cloned().unwrap_or_default())
}

/// What a message asks for.
fn asked(message: &Object) -> Result<Request, Refusal> {
    match heard(&mut ear(), message) {
        Some(Heard::Request { request, .. }) => request,
        other => panic!("{message:?}: {other:?}"),
    }
}

#[test]
fn each_request_is_read() {
    let samples = [
        (message("load", &[("scene", text("syn-dropped"))]), Request::Load("syn-dropped".to_owned())),
        (message("load", &[("session", text("#1.x"))]), Request::SetSession("#1.x".to_owned())),
        (message("play", &[]), Request::Play),
        (message("pause", &[]), Request::Pause),
        (message("step", &[]), Request::Step),
        (message("seek", &[("at", Field::Number(1500.25))]), Request::Seek(Instant::from_micros(1_500_250))),
        (message("undo", &[]), Request::Undo),
        (message("reset", &[]), Request::Reset),
        (message("get-session", &[]), Request::GetSession),
        (message("set-session", &[("session", text("#1.x"))]), Request::SetSession("#1.x".to_owned())),
    ];
    for (kind, _) in REQUESTS {
        assert!(samples.iter().any(|(message, _)| message["type"] == text(kind)), "{kind} has no sample");
    }
    for (message, request) in samples {
        assert_eq!(asked(&message), Ok(request));
    }
}

#[test]
fn what_cannot_be_understood_is_refused_in_a_sentence() {
    let long = "x".repeat(50);
    for (message, says) in [
        (message("fly\n", &[]), "There is no request “fly”."),
        (message(&long, &[]), "There is no request “xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx”."),
        (message("grade", &[]), "The type “grade” is reserved for a later version."),
        (message("ok", &[("type", Field::Number(3.0))]), "The field “type” must be a text."),
        (message("load", &[]), "The field “scene” must be the name of a scene."),
        (message("load", &[("scene", Field::Number(1.0))]), "The field “scene” must be the name of a scene."),
        (message("load", &[("session", Field::Other)]), "The field “session” must be the text of a link."),
        (message("set-session", &[]), "The field “session” must be the text of a link."),
        (message("seek", &[]), "The field “at” must be a number of milliseconds, from 0 to 86400000."),
        (
            message("play", &[(MARK, Field::Number(2.0))]),
            "This lab understands version 1 of its messages, and no other.",
        ),
        (
            message("play", &[("id", Field::Other)]),
            "The field “id” must be a number, or a text of at most 64 characters.",
        ),
        (
            message("play", &[("id", text(&"x".repeat(65)))]),
            "The field “id” must be a number, or a text of at most 64 characters.",
        ),
    ] {
        assert_eq!(asked(&message).map_err(|refusal| refusal.to_string()), Err(says.to_owned()));
    }
    for at in [-1.0, 86_400_001.0, f64::NAN, f64::INFINITY] {
        assert!(asked(&message("seek", &[("at", Field::Number(at))])).is_err(), "{at}");
    }
}

#[test]
fn nothing_else_is_heard() {
    let right = message("play", &[]);
    let fields = |name: &str| right.get(name).cloned().unwrap_or_default();
    assert_eq!(ear().hear(false, HOST, 0.0, &Field::Other, &fields), None, "another window");
    for (what, wrong) in [
        ("no nonce", ("nonce", Field::Absent)),
        ("another nonce", ("nonce", text("00112233445566778899aabbccddeefe"))),
        ("a part of the nonce", ("nonce", text(""))),
        ("no version", (MARK, Field::Absent)),
        ("a version that is a text", (MARK, text("1"))),
        ("an earlier version", (MARK, Field::Number(0.0))),
        ("no number", (MARK, Field::Number(f64::NAN))),
    ] {
        assert_eq!(heard(&mut ear(), &message("play", &[wrong])), None, "{what}");
    }
    for strange in ["", "play", "slide:start ", r#"{"tcp-states":1,"type":"play"}"#] {
        assert_eq!(ear().hear(true, HOST, 0.0, &text(strange), &fields), None, "{strange}");
    }
}

#[test]
fn the_first_origin_is_the_only_one() {
    let right = message("play", &[]);
    let fields = |name: &str| right.get(name).cloned().unwrap_or_default();
    let mut ear = ear();
    assert_eq!(ear.target(), "*");
    // What is not accepted says nothing of the host page.
    let wrong = message("play", &[("nonce", text("x"))]);
    assert_eq!(heard(&mut ear, &wrong), None);
    assert_eq!(ear.target(), "*");
    assert!(heard(&mut ear, &right).is_some());
    assert_eq!(ear.target(), HOST);
    for other in ["https://evil.example", "null", "", "https://course.example.edu.evil.example"] {
        assert_eq!(ear.hear(true, other, 0.0, &Field::Other, &fields), None, "{other}");
        assert_eq!(ear.hear(true, other, 0.0, &text("slide:stop"), &fields), None, "{other}");
    }
    assert!(heard(&mut ear, &right).is_some());
}

#[test]
fn a_page_without_an_origin_is_answered_all_the_same() {
    for origin in ["null", "file://"] {
        let mut ear = ear();
        let right = message("play", &[]);
        let fields = |name: &str| right.get(name).cloned().unwrap_or_default();
        assert!(ear.hear(true, origin, 0.0, &Field::Other, &fields).is_some());
        assert_eq!(ear.target(), "*");
        assert_eq!(ear.hear(true, HOST, 0.0, &Field::Other, &fields), None, "{origin}");
    }
}

#[test]
fn thirty_messages_a_second_are_heard() {
    let right = message("step", &[]);
    let fields = |name: &str| right.get(name).cloned().unwrap_or_default();
    let mut ear = ear();
    let mut hears = |now: f64| ear.hear(true, HOST, now, &Field::Other, &fields).is_some();
    let first: Vec<bool> = (0..100).map(|at| hears(5000.0 + f64::from(at))).collect();
    assert_eq!(first.iter().filter(|heard| **heard).count(), 30);
    assert!(!hears(5999.0));
    assert!(hears(6000.0));
    // A clock that is set back stops nobody.
    assert!(hears(10.0));
    // Foreign messages take nobody's place.
    for _ in 0..1000 {
        assert_eq!(ear.hear(false, HOST, 10.0, &Field::Other, &fields), None);
    }
    assert!(ear.hear(true, HOST, 10.0, &Field::Other, &fields).is_some());
}

#[test]
fn slides_need_no_nonce() {
    let hears = |words: &str| ear().hear(true, "null", 0.0, &text(words), &|_| Field::Absent);
    assert_eq!(hears("slide:start"), Some(Heard::Slide { shown: true }));
    assert_eq!(hears("slide:stop"), Some(Heard::Slide { shown: false }));
}

#[test]
fn an_answer_repeats_the_id() {
    for id in [Field::Absent, Field::Number(7.0), text("a")] {
        let heard = heard(&mut ear(), &message("play", &[("id", id.clone())]));
        assert_eq!(heard, Some(Heard::Request { id, request: Ok(Request::Play) }));
    }
}

#[test]
fn heights_settle() {
    let mut heights = Heights::default();
    let mut says = |width, height, now| heights.is_news([width, height], now);
    assert!(says(600, 400, 0.0));
    assert!(!says(600, 400, 10.0));
    // A frame whose content is higher in one height, and lower in the other.
    let dance: Vec<bool> = (1..50).map(|turn| says(600, 400 + turn % 2 * 20, f64::from(turn))).collect();
    assert_eq!(dance.iter().filter(|said| **said).count(), 3, "420, 400, and 420 to stay");
    assert!(says(600, 500, 60.0), "what is higher is always said");
    assert!(!says(600, 480, 61.0));
    assert!(says(500, 480, 62.0), "another width is another matter");
    assert!(says(500, 470, 4000.0));
}

/// The messages that `docs/messages.md` describes, each below a heading with its type.
#[test]
fn each_message_is_documented_and_no_other() {
    let page = include_str!("../../../../docs/messages.md");
    let part = |title: &str| {
        let part = page.split("\n## ").find(|part| part.starts_with(title));
        part.unwrap_or_else(|| panic!("there is no part “{title}”"))
    };
    let under = |title: &str| {
        let kinds = part(title).lines().filter_map(|line| line.strip_prefix("### `")?.strip_suffix('`'));
        kinds.map(str::to_owned).collect::<Vec<String>>()
    };
    assert_eq!(
        under("What a host page asks for"),
        REQUESTS.iter().map(|(kind, _)| *kind).collect::<Vec<_>>()
    );
    assert_eq!(under("What the lab says"), SAID);
    for kind in RESERVED {
        assert!(page.contains(&format!("`{kind}`")), "{kind}");
    }
    let said = [
        Said::Ready,
        Said::Height(1),
        Said::State { states: ["CLOSED", "LISTEN"], at: Instant::START },
        Said::Pause { scene: String::new(), number: [1, 2], caption: String::new(), at: Instant::START },
        Said::Done { scene: String::new(), at: Instant::START },
        Said::Session(String::new()),
        Said::Passed,
        Said::Refused(Refusal::Version),
    ];
    assert_eq!(said.each_ref().map(Said::kind), SAID);
    for message in said {
        let kind = message.kind();
        let here =
            part("What the lab says").split("\n### ").find(|here| here.starts_with(&format!("`{kind}`")));
        let here = here.expect("it has a heading");
        for (field, _) in message.fields() {
            assert!(here.contains(&format!("\"{field}\":")), "the example of {kind} lacks {field}");
        }
    }
}
