//! The three netcats, as one sees them at the terminals.

use expect_test::{Expect, expect};
use tcp_core::Instant;
use tcp_core::tcp::ProfileName;
use tcp_shell::{Lab, PrintedKind, TerminalId};

use TerminalId::{ClientLower, ClientUpper, ServerLower, ServerUpper};

/// What a user does, and when.
enum Do {
    Enter(TerminalId, &'static str),
    CtrlC(TerminalId),
    CtrlD(TerminalId),
    Wait(u64),
}
use Do::{CtrlC, CtrlD, Enter, Wait};

/// Plays the deeds, half a second apart, and shows all that stands in the terminals.
fn check(profile: ProfileName, deeds: &[Do], expected: Expect) {
    let mut lab = Lab::new(profile, 1);
    for deed in deeds {
        match deed {
            Enter(terminal, line) => lab.enter(*terminal, line),
            CtrlC(terminal) => lab.interrupt(*terminal),
            CtrlD(terminal) => lab.end_of_input(*terminal),
            Wait(ms) => lab.advance_to(lab.now() + tcp_core::millis(*ms)),
        }
        lab.advance_to(lab.now() + tcp_core::millis(500));
    }
    let mut shown = String::new();
    for id in TerminalId::ALL {
        let terminal = lab.terminal(id);
        if terminal.printed.is_empty() {
            continue;
        }
        shown.push_str(&format!("== {}\n", id.name()));
        for piece in &terminal.printed {
            let before = match piece.kind {
                PrintedKind::Command => format!("{} ", terminal.prompt()),
                PrintedKind::Input => "> ".to_owned(),
                _ => String::new(),
            };
            shown.push_str(&format!("{before}{}", piece.text));
        }
    }
    expected.assert_eq(&shown);
    assert!(lab.now() < Instant::NEVER);
}

#[test]
fn the_client_leaves() {
    let deeds = [
        Enter(ServerUpper, "nc -l 5555"),
        Enter(ClientUpper, "nc 10.211.55.10 5555"),
        Enter(ClientUpper, "hello"),
        Enter(ServerUpper, "hello yourself"),
        Enter(ClientLower, "netstat -nat"),
        Enter(ServerLower, "netstat -nat"),
        CtrlC(ClientUpper),
        Enter(ClientLower, "netstat -nat"),
        Enter(ServerLower, "netstat -nat"),
    ];
    check(
        ProfileName::Article,
        &deeds,
        expect![[r#"
        == client-upper
        C_m$ nc 10.211.55.10 5555
        > hello
        hello yourself
        ^C
        == client-lower
        C_m$ netstat -nat
        bash: netstat: command not found
        C_m$ netstat -nat
        bash: netstat: command not found
        == server-upper
        S_m$ nc -l 5555
        hello
        > hello yourself
        == server-lower
        S_m$ netstat -nat
        bash: netstat: command not found
        S_m$ netstat -nat
        bash: netstat: command not found
    "#]],
    );
}
