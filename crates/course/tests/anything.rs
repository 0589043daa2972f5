//! Whatever is typed, wherever and whenever: nothing panics, nothing runs without end, and a replay gives the same.

use proptest::prelude::*;
use tcp_core::{Instant, millis};
use tcp_course::{Action, Recording, Session};
use tcp_shell::{ProfileName, TerminalId};

/// One thing that happens to a session.
#[derive(Clone, Debug)]
enum Deed {
    Act(Action),
    Step(u8),
    Advance(u32),
    Back(u8),
    GoTo(u32),
    Tab(TerminalId, String),
}

/// Most events in one case.
const MOST_EVENTS: usize = 20_000;

fn word() -> impl Strategy<Value = String> {
    let others = [
        "-c",
        "*",
        "0",
        "-q",
        "|",
        ";",
        "&&",
        "||",
        "&",
        "127.0.0.1",
        "S_m",
        "acc.digital",
        "5550-5560",
        "6666",
        "80",
        "1",
        "99999",
        "–l",
        "—dport",
        "“x”",
        "'",
        "\"",
        "\\",
        "$?",
        "#",
        "\n",
        "4001",
        "4002",
        "-9",
        "-STOP",
        "-CONT",
        "-INT",
        "a",
        "b",
        "socket",
        "reuseaddr",
        "bind",
        "0.0.0.0",
        "listen",
        "accept",
        "connect",
        "send",
        "sendloop",
        "recv",
        "drain",
        "shutdown",
        "WR",
        "linger",
        "soerror",
        "close",
        "net.ipv4.tcp_retries2=3",
        "net.ipv4.ip_local_port_range=40000 40003",
        "$(",
        "`",
        "$((",
        "))",
        "(",
        ")",
        "{",
        "}",
        "for",
        "in",
        "do",
        "done",
        "if",
        "then",
        "else",
        "fi",
        "while",
        "!",
        "time",
        "&",
        "|",
        ";",
        ">",
        "<",
        "2>&1",
        "$X",
        "X=1",
        "{1..9}",
        "*",
    ];
    let known: Vec<&str> = tcp_shell::known_words().into_iter().chain(others).collect();
    let known = prop::sample::select(known);
    prop_oneof![12 => known.prop_map(str::to_owned), 1 => any::<String>()]
}

fn line() -> impl Strategy<Value = String> {
    let ready = prop::sample::select(vec![
        "nc -l 5555",
        "nc -lk 5555",
        "nc 10.211.55.10 5555",
        "nc -v -p 6666 10.211.55.10 5555",
        "nc -l 5555 &",
        "app",
        "a socket",
        "a connect 10.211.55.10 5555",
        "a bind 0.0.0.0 5555",
        "a listen 1",
        "a accept b",
        "b sendloop 0.1 5 x",
        "b sendloop 0 300 x",
        "nc -z 10.211.55.10 5550-5600 5555",
        "sudo iptables -I OUTPUT -p tcp --dport 5555 --tcp-flags\nSYN,ACK,FIN,RST SYN -j DROP",
        "iptables -F",
        "killall nc",
        "drop server SA * 1",
        "delay 0",
        "duplicate client A",
        "for i in 1 2 3; do nc -z 10.211.55.10 5555; done",
        "while true; do netstat -nat | grep 5555; sleep 1; done",
        "while true; do :; done &",
        "for i in $(seq 1 9); do nc 10.211.55.10 5555 & done; wait",
        "(sleep 1; echo x) | nc 10.211.55.10 5555",
        "{ nc -l 5555; date; } | grep -c x > rows &",
        "nc -l 5555 | tee file | head -n 2",
        "yes | nc 10.211.55.10 5555",
        "timeout 2 watch -n 0.5 'nc -z 10.211.55.10 5555; date'",
        "time X=`cat file` && echo $X ${#X} $((X++)) {1..3}",
        "for i in 1 2",
        "do echo $i",
        "done",
        "if true; then",
        "fi",
        "jobs; fg",
        "bg; kill %1",
        "sh -c 'sh -c \"sleep 1; exit 3\"; break'",
    ]);
    prop_oneof![
        4 => ready.prop_map(str::to_owned),
        4 => prop::collection::vec(word(), 0..10).prop_map(|words| words.join(" ")),
        1 => any::<String>(),
        1 => "\\PC{0,60}",
    ]
}

fn deed() -> impl Strategy<Value = Deed> {
    let terminal = || prop::sample::select(TerminalId::ALL.to_vec());
    let action = prop_oneof![
        8 => (terminal(), line()).prop_map(|(terminal, line)| Action::enter(terminal, line)),
        2 => terminal().prop_map(Action::ctrl_c),
        1 => terminal().prop_map(Action::ctrl_d),
        1 => terminal().prop_map(Action::ctrl_z),
    ];
    prop_oneof![
        10 => action.prop_map(Deed::Act),
        4 => any::<u8>().prop_map(Deed::Step),
        3 => (0..3000u32).prop_map(Deed::Advance),
        1 => any::<u8>().prop_map(Deed::Back),
        1 => (0..20_000u32).prop_map(Deed::GoTo),
        1 => (terminal(), line()).prop_map(|(terminal, line)| Deed::Tab(terminal, line)),
    ]
}

/// Runs to `to`, but fails if there is no end of events.
fn run_to(session: &mut Session, to: Instant, events: &mut usize) {
    while session.next_event().is_some_and(|at| at <= to) {
        *events += 1;
        assert!(*events < MOST_EVENTS, "events without end at {}", session.lab().now());
        session.step();
    }
    session.advance_to(to);
}

fn live(profile: ProfileName, deeds: Vec<Deed>) -> Result<(), TestCaseError> {
    let mut session = Session::new(profile, 3);
    let mut events = 0;
    for deed in deeds {
        let now = session.lab().now();
        match deed {
            Deed::Act(action) => session.act(action),
            Deed::Step(count) => (0..count).for_each(|_| _ = session.step()),
            Deed::Advance(ms) => run_to(&mut session, now + millis(ms.into()), &mut events),
            Deed::Back(count) => (0..count % 8).for_each(|_| _ = session.step_back()),
            Deed::GoTo(ms) => {
                let to = Instant::from_millis(ms.into());
                if to > now {
                    run_to(&mut session, to, &mut events);
                } else {
                    session.go_to(to);
                }
            }
            Deed::Tab(terminal, line) => _ = session.lab().complete(terminal, &line),
        }
    }
    let end = session.end();
    session.go_to(end);
    let recording = session.recording();
    prop_assert_eq!(Recording::from_json(&recording.to_json()), Ok(recording.clone()));
    let mut again = Session::replay(&recording).expect("typed lines are refused by nobody");
    again.advance_to(end);
    prop_assert_eq!(again.digest(), session.digest());
    for id in TerminalId::ALL {
        prop_assert_eq!(&again.lab().terminal(id).printed, &session.lab().terminal(id).printed);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { ..ProptestConfig::default() })]

    #[test]
    fn anything_can_be_typed(
        profile in prop::sample::select(vec![ProfileName::Article, ProfileName::Linux]),
        deeds in prop::collection::vec(deed(), 1..40),
    ) {
        live(profile, deeds)?;
    }

    #[test]
    fn any_text_can_be_a_recording(text in any::<String>()) {
        let _ = Recording::from_json(&text);
    }
}
