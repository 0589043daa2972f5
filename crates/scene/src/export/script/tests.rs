//! What scripts are made of, and what gets into none.

use super::script;
use crate::words::Refusal;
use expect_test::{Expect, expect};
use tcp_core::Instant;
use tcp_core::tcp::ProfileName;
use tcp_course::{Action, Recording, Session, Step};
use tcp_shell::TerminalId::{ClientLower, ClientUpper, Network, ServerLower, ServerUpper};
use tcp_shell::{TerminalId, User};

/// The student's lines, one each 100 ms; `^C`, `^D` and `^Z` are keys.
fn session(lines: &[(TerminalId, &str)]) -> Session {
    let action = |terminal, line: &str| match line {
        "^C" => Action::ctrl_c(terminal),
        "^D" => Action::ctrl_d(terminal),
        "^Z" => Action::ctrl_z(terminal),
        line => Action::enter(terminal, line),
    };
    let steps = lines.iter().zip(1..).map(|((terminal, line), at)| Step {
        at: Instant::from_millis(100 * at),
        action: action(*terminal, line),
    });
    let recording = Recording { user: User::Student, ..Recording::new(ProfileName::Article, 1) };
    let mut session = Session::of(&Recording { steps: steps.collect(), ..recording });
    session.advance_to(Instant::from_millis(100 * (lines.len() as u64 + 1)));
    session
}

/// What was typed, as the script has it, without what only prints it.
fn check(lines: &[(TerminalId, &str)], expected: Expect) {
    let text = script(&session(lines)).expect("it is not refused");
    let (_, typed) = text.split_once("begun=${EPOCHREALTIME/./}\n").expect("it begins");
    let kept = typed.lines().filter(|line| !line.is_empty() && !line.starts_with("typed "));
    expected.assert_eq(&kept.map(|line| format!("{line}\n")).collect::<String>());
}

#[test]
fn a_session_is_a_program_and_what_is_typed_into_it() {
    check(
        &[
            (ServerUpper, "nc -l 5555 > got.txt"),
            (
                ServerLower,
                "sudo iptables -I INPUT -p tcp --dport 5555 -m comment --comment \"it's\" -j ACCEPT",
            ),
            (ClientUpper, "nc 10.211.55.10 5555"),
            (ClientUpper, "hello; $(reboot)"),
            (ClientLower, "netstat -nat | grep '5555'"),
            (ClientUpper, "^Z"),
            (ClientUpper, "fg"),
            (ClientUpper, "^D"),
            (ServerLower, "killall nc"),
            (ClientLower, "sh -c 'nc -z S_m 80; ss -tan state time-wait' && echo done"),
        ],
        expect![[r#"
            at 0.100
            job1() { S_m "$nc" -l 5555 > got.txt; }
            begin job1 S_m
            at 0.200
            job2() { S_m iptables -I INPUT -p tcp --dport 5555 -m comment --comment 'it'\''s' -j ACCEPT; }
            run job2 S_m
            at 0.300
            job3() { C_m "$nc" 10.211.55.10 5555; }
            begin job3 C_m
            at 0.400
            enter job3 'hello; $(reboot)'
            at 0.500
            job4() { C_m netstat -nat | grep 5555; }
            run job4 C_m
            list C_m
            at 0.600
            send STOP job3
            at 0.700
            send CONT job3
            at 0.800
            end_input job3
            at 0.900
            send TERM job1
            at 1.000
            job5() { { C_m "$nc" -z S_m 80; C_m ss -tan state time-wait; } && echo done; }
            begin job5 C_m
            at 1.100
            list C_m
            list S_m
            finish
        "#]],
    );
}

#[test]
fn what_the_network_lost_the_router_loses() {
    check(
        &[
            (Network, "drop client S * 2"),
            (Network, "drop server SA 0"),
            (Network, "delay 20"),
            (Network, "undrop server SA 0"),
            (Network, "clear"),
        ],
        expect![[r#"
            at 0.100
            iptables -A FORWARD -s 10.211.55.2 -p tcp --tcp-flags SYN,ACK,FIN,RST SYN -j loss0
            at 0.200
            iptables -A FORWARD -s 10.211.55.10 -p tcp --tcp-flags SYN,ACK,FIN,RST SYN,ACK -j loss1
            at 0.300
            delay C_m 20.000
            delay S_m 20.000
            at 0.400
            iptables -D FORWARD -s 10.211.55.10 -p tcp --tcp-flags SYN,ACK,FIN,RST SYN,ACK -j loss1
            at 0.500
            iptables -D FORWARD -s 10.211.55.2 -p tcp --tcp-flags SYN,ACK,FIN,RST SYN -j loss0
            at 0.600
            list C_m
            list S_m
            finish
        "#]],
    );
}

#[test]
fn what_netem_delayed_and_lost_is_done_again() {
    let lines = [
        (ServerLower, "sudo tc qdisc add dev eth0 root netem loss 100%"),
        (ServerUpper, "nc -l 5555"),
        (ClientUpper, "nc 10.211.55.10 5555"),
        (ServerLower, "sudo tc qdisc change dev eth0 root netem delay 20ms limit 7"),
        (ServerLower, "tc qdisc show"),
        (ServerLower, "sudo tc qdisc del dev eth0 root; netstat -nat"),
    ];
    check(
        &lines,
        expect![[r#"
        at 0.100
        at 0.200
        job1() { S_m "$nc" -l 5555; }
        begin job1 S_m
        at 0.300
        job2() { C_m "$nc" 10.211.55.10 5555; }
        begin job2 C_m
        at 0.400
        queue S_m 20.000 7
        at 0.500
        # left out: 'tc qdisc show': tc is not on the list of tools
        at 0.600
        # left out: 'sudo tc qdisc del dev eth0 root; netstat -nat': tc is not on the list of tools
        queue S_m 0.000 1000
        at 0.700
        list C_m
        list S_m
        finish
    "#]],
    );
    let text = script(&session(&lines)).expect("it is not refused");
    for line in [
        "sieve chosen0 without",
        "lose chosen0 0",
        "iptables -A FORWARD -s 10.211.55.10 -p tcp --tcp-flags SYN,ACK,FIN,RST SYN,ACK -j chosen0",
    ] {
        assert!(text.contains(&format!("\n{line}\n")), "{line} is in {text}");
    }
}

#[test]
fn what_is_not_on_the_list_becomes_a_comment() {
    check(
        &[
            (ClientLower, "rm -rf /"),
            (ClientLower, "iptables -F"),
            (ClientLower, "nc -l 80"),
            (ClientLower, "nc 10.211.55.10 $PORT"),
            (ClientLower, "netstat -nat > /etc/passwd"),
            (ClientLower, "netstat -nat\r\n# left"),
            (ClientLower, "sudo iptables --modprobe=/bin/sh -L"),
            (ClientLower, "ncat -l 5555 -e /bin/sh"),
            (ClientLower, "grep root /etc/passwd"),
            (ClientLower, "app"),
            (ClientLower, "a socket"),
        ],
        expect![[r#"
            at 0.100
            # left out: 'rm -rf /': rm is not on the list of tools
            at 0.200
            # left out: 'iptables -F': it needs sudo
            at 0.300
            # left out: 'nc -l 80': it needs sudo
            at 0.400
            # left out: 'nc 10.211.55.10 $PORT': it has a variable or a substitution
            at 0.500
            # left out: 'netstat -nat > /etc/passwd': it redirects to a file elsewhere
            at 0.600
            job1() { C_m netstat -nat; }
            run job1 C_m
            list C_m
            at 0.700
            # left out: 'sudo iptables --modprobe=/bin/sh -L': iptables may not have --modprobe=/bin/sh
            at 0.800
            # left out: 'ncat -l 5555 -e /bin/sh': ncat may not have -e
            at 0.900
            # left out: 'grep root /etc/passwd': grep may not have /etc/passwd
            at 1.000
            # left out: app: app is not on the list of tools
            at 1.100
            # left out: 'a socket': its program is left out
            at 1.200
            list C_m
            list S_m
            finish
        "#]],
    );
}

#[test]
fn what_no_kernel_can_do_again_is_refused() {
    for (line, why) in [
        ((Network, "hold SYN 1"), Refusal::Held),
        ((Network, "send-segment --from client --flags RST"), Refusal::Forged),
        ((Network, "duplicate client S"), Refusal::Copied),
        ((Network, "reorder client S"), Refusal::Copied),
        ((ClientLower, "sudo tc qdisc replace dev eth0 root netem delay 10ms 5ms"), Refusal::Varied),
        ((ClientLower, "sudo tc qdisc replace dev eth0 root netem delay 10ms reorder 50%"), Refusal::Copied),
        ((Network, "drop client S * 201"), Refusal::Many),
        ((ClientLower, "sudo ip link set eth0 down"), Refusal::Cable),
        ((ClientLower, "nc -z acc.digital 80"), Refusal::Site),
    ] {
        // The SYN is still on its way when the last line is typed.
        let connect = (ClientUpper, "nc 10.211.55.10 5555");
        let lines = [(Network, "delay 150"), (ServerUpper, "nc -l 5555"), line, connect, line];
        assert_eq!(script(&session(&lines)), Err(why), "{line:?}");
    }
}

#[test]
fn the_same_session_makes_the_same_script() {
    let session = session(&[(ServerUpper, "nc -l 5555"), (ClientUpper, "nc 10.211.55.10 5555")]);
    let mut again = session.clone();
    again.go_to(Instant::START);
    again.go_to(session.lab().now());
    assert_eq!(script(&session), script(&again));
}
