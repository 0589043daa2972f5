//! What is saved is whole, and says what has happened.

use super::*;
use crate::words::en;
use expect_test::expect;
use std::rc::Rc;
use tcp_core::tcp::ProfileName;
use tcp_course::Action;
use tcp_course::scenes::built_in;
use tcp_shell::{Key, Lab, TerminalId};

fn played(id: &str, millis: u64) -> Session {
    let scene = built_in().into_iter().find(|scene| scene.id == id).expect("a scene");
    let mut session = Session::scene(Rc::new(scene), ProfileName::Article);
    let until = Instant::from_millis(millis);
    session.go_on();
    while session.next_event().is_some_and(|at| at <= until) && session.step() {
        session.go_on();
    }
    session
}

fn saved(export: Export, session: &Session) -> String {
    let octets = export.of(session, &Look::default(), en::say).expect("it is not refused");
    String::from_utf8_lossy(&octets).into_owned()
}

#[test]
fn the_table_is_in_the_order_of_its_names() {
    for (at, export) in Export::all().enumerate() {
        assert_eq!(export as usize, at);
        assert_eq!(Export::named(export.name()), Some(export));
        assert!(export.file().contains('.') && !saved(export, &played("syn-dropped", 600)).is_empty());
    }
}

#[test]
fn a_drawing_has_its_style_and_ends_what_it_begins() {
    let session = played("synack-dropped", 3_100);
    for export in Export::all().filter(|export| export.is_drawing()) {
        let svg = saved(export, &session);
        assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\"") && svg.ends_with("</svg>\n"));
        let style = svg.replace("&quot;", "\"");
        for colour in ["--active-open: light-dark(#0161e2", "--stop: var(", "[data-phase=\"established\"]"] {
            assert!(style.contains(colour), "{export:?} has {colour}");
        }
        let mut open = Vec::new();
        for piece in svg.split('<').skip(1) {
            let (tag, _) = piece.split_once('>').expect("a tag ends");
            let name = tag.split([' ', '/']).next().unwrap_or_default();
            match tag.strip_prefix('/') {
                Some(closed) => assert_eq!(open.pop(), Some(closed), "{export:?}"),
                None if tag.ends_with('/') => {}
                None => open.push(name),
            }
        }
        assert_eq!(open, Vec::<&str>::new());
    }
    let ladder = saved(Export::Ladder, &session);
    assert!(ladder.contains("SYN|ACK #2") && ladder.contains("SYN_RECV") && ladder.contains("class=\"now\""));
}

#[test]
fn mermaid_has_segments_and_states_in_order() {
    expect![[r#"
        sequenceDiagram
            participant C_m
            participant S_m
            Note over C_m: SYN_SENT
            C_m->>S_m: SYN seq 0
            Note over S_m: SYN_RECV
            S_m-xC_m: SYN|ACK seq 0 ack 1 (dropped: rule 1 in S_m OUTPUT)
            C_m->>S_m: SYN #35;2 seq 0
            S_m-xC_m: SYN|ACK #35;2 seq 0 ack 1 (dropped: rule 1 in S_m OUTPUT)
            Note over S_m: LISTEN
            Note over S_m: SYN_RECV
            S_m-xC_m: SYN|ACK seq 0 ack 1 (dropped: rule 1 in S_m OUTPUT)
    "#]]
    .assert_eq(&saved(Export::Mermaid, &played("synack-dropped", 2_005)));
}

/// The page's session, connected, with a line of the network's console typed after that; then as many steps.
fn crafted(line: &str, steps: usize) -> Session {
    let mut session = Session::page(ProfileName::Article, 1);
    session.act(Action::enter(TerminalId::ClientUpper, "nc 10.211.55.10 5555"));
    while session.step() {}
    session.act(Action::enter(TerminalId::Network, line));
    for _ in 0..steps {
        session.step();
    }
    session
}

#[test]
fn what_no_host_sent_is_said_to_be_made_by_hand() {
    let session = crafted("send-segment --from server --to client --flags RST --seq next-5", 9);
    let mermaid = saved(Export::Mermaid, &session);
    assert!(
        mermaid.ends_with(
            "C_m->>S_m: ACK seq 1 ack 1\n    Note over S_m: ESTABLISHED\n    S_m->>C_m: RST by hand seq -4\n"
        ),
        "{mermaid}"
    );
    // On the drawing, and in what is read aloud of it.
    assert_eq!(saved(Export::Ladder, &session).matches("by hand").count(), 2);
    assert!(saved(Export::Capture, &session).contains("by hand"));
}

#[test]
fn the_end_of_a_connection_is_drawn() {
    let reset = crafted("send-segment --from server --to client --flags RST --seq next", 9);
    let mermaid = saved(Export::Mermaid, &reset);
    assert!(mermaid.ends_with("    S_m->>C_m: RST by hand seq 1\n    Note over C_m: CLOSED\n"), "{mermaid}");
    assert!(saved(Export::Ladder, &reset).contains(">CLOSED<"));
    // A half-open entry that is forgotten leaves the listener.
    let forgotten = played("synack-dropped", 2_005);
    assert!(!saved(Export::Mermaid, &forgotten).contains("CLOSED"));
    assert!(!saved(Export::Ladder, &forgotten).contains(">CLOSED<"));
}

#[test]
fn a_long_diagram_in_mermaid_says_how_much_came_before() {
    // Each end answers what it takes for a mistake of the other, without end.
    let session = crafted("send-segment --from client --to server --ack next-70000 --data hello", 300);
    let mermaid = saved(Export::Mermaid, &session);
    let third = mermaid.lines().nth(3).unwrap_or_default();
    assert!(
        third.starts_with("    Note over C_m,S_m: … ") && third.ends_with(" earlier segments"),
        "{third}"
    );
    assert!(!saved(Export::Mermaid, &crafted("help", 1)).contains("earlier"));
}

#[test]
fn a_transcript_is_in_the_order_of_typing_also_at_the_beginning() {
    let text = saved(Export::Transcript, &crafted("help", 1));
    let lines: Vec<&str> = text.lines().take(2).collect();
    assert!(
        lines[0].ends_with("S_m$ nc -l 5555") && lines[1].ends_with("C_m$ nc 10.211.55.10 5555"),
        "{text}"
    );
}

#[test]
fn a_transcript_has_what_was_typed_and_printed() {
    let text = saved(Export::Transcript, &played("whole-connection", 3_000));
    assert!(text.contains("nc -l 5555") && text.contains("hello"), "{text}");
}

#[test]
fn a_transcript_ends_a_line_where_the_program_did() {
    let mut lab = Lab::new(ProfileName::Linux, 1);
    let mut transcript = Transcript::new();
    for line in ["echo -n a; echo b", "printf 'c'", "echo d"] {
        lab.press(TerminalId::ClientLower, Key::Enter(line));
        transcript.follow(&lab);
    }
    let seen: Vec<&str> = transcript
        .text()
        .lines()
        .filter_map(|line| line.split_once("client-lower "))
        .map(|(_, line)| line)
        .collect();
    assert_eq!(seen, ["C_m$ echo -n a; echo b", "ab", "C_m$ printf 'c'", "c", "C_m$ echo d", "d"]);
}
