//! Loops, pipes, files and jobs around the programs of the network: lines that are typed in the field.

use expect_test::{Expect, expect};
use tcp_shell::TerminalId::{ClientLower, ClientUpper, ServerLower, ServerUpper};
use tcp_shell::{HostId, ProfileName, TerminalId};
use tcp_testing::Trial;

/// The screens after lines that are typed half a second apart; `^C`, `^Z` and `^D` are keys, and `@` only waits.
fn check(lines: &[(TerminalId, &str)], expected: Expect) {
    let mut trial = Trial::student(ProfileName::Linux);
    for (terminal, line) in lines {
        match *line {
            "^C" => trial.ctrl_c(*terminal),
            "^Z" => trial.ctrl_z(*terminal),
            "^D" => trial.ctrl_d(*terminal),
            "@" => &mut trial,
            line => trial.types(*terminal, line),
        }
        .waits_ms(500);
    }
    expected.assert_eq(&trial.screens());
}

#[test]
fn a_loop_observes_until_ctrl_c() {
    check(
        &[
            (ServerUpper, "nc -l 5555"),
            (ClientLower, "while true; do netstat -nat | grep 5555; sleep 1; done"),
            (ClientUpper, "nc 10.211.55.10 5555"),
            (ClientUpper, "@"),
            (ClientUpper, "^C"),
            (ClientUpper, "@"),
            (ClientLower, "^C"),
            (ClientLower, "echo $?"),
        ],
        expect![[r#"
            == client-upper
            C_m$ nc 10.211.55.10 5555
            ^C
            C_m$ _
            == client-lower
            C_m$ while true; do netstat -nat | grep 5555; sleep 1; done
            tcp        0      0 10.211.55.2:40128       10.211.55.10:5555       ESTABLISHED
            tcp        0      0 10.211.55.2:40128       10.211.55.10:5555       TIME_WAIT  
            ^C
            C_m$ echo $?
            130
            C_m$ _
            == server-upper
            S_m$ nc -l 5555
            S_m$ _
        "#]],
    );
}

#[test]
fn a_loop_scans() {
    check(
        &[
            (ServerUpper, "nc -k -l 5555"),
            (ClientUpper, "for i in 1 2 3; do nc -zv 10.211.55.10 5555; done"),
            (
                ClientUpper,
                "for p in 5554 5555; do nc -z 10.211.55.10 $p && echo $p open || echo $p shut; done",
            ),
            (ClientUpper, "until nc -z 10.211.55.10 5555; do sleep 1; done; echo there"),
            (ClientUpper, "for i in $(seq 1 5); do nc -z 10.211.55.10 5555 & done; wait"),
            (ClientUpper, "for i in $(seq 1 3); do nc 10.211.55.10 5555 & done"),
            (ClientUpper, "jobs"),
            (ClientUpper, "kill %1 %2 %3"),
        ],
        expect![[r#"
            == client-upper
            C_m$ for i in 1 2 3; do nc -zv 10.211.55.10 5555; done
            Connection to 10.211.55.10 5555 port [tcp/*] succeeded!
            Connection to 10.211.55.10 5555 port [tcp/*] succeeded!
            Connection to 10.211.55.10 5555 port [tcp/*] succeeded!
            C_m$ for p in 5554 5555; do nc -z 10.211.55.10 $p && echo $p open || echo $p shut; done
            5554 shut
            5555 open
            C_m$ until nc -z 10.211.55.10 5555; do sleep 1; done; echo there
            there
            C_m$ for i in $(seq 1 5); do nc -z 10.211.55.10 5555 & done; wait
            [1] 4007
            [2] 4008
            [3] 4009
            [4] 4010
            [5] 4011
            [1]   Done                    nc -z 10.211.55.10 5555
            [2]   Done                    nc -z 10.211.55.10 5555
            [3]   Done                    nc -z 10.211.55.10 5555
            [4]-  Done                    nc -z 10.211.55.10 5555
            [5]+  Done                    nc -z 10.211.55.10 5555
            C_m$ for i in $(seq 1 3); do nc 10.211.55.10 5555 & done
            [1] 4012
            [2] 4013
            [3] 4014
            C_m$ jobs
            [1]   Running                 nc 10.211.55.10 5555 &
            [2]-  Running                 nc 10.211.55.10 5555 &
            [3]+  Running                 nc 10.211.55.10 5555 &
            C_m$ kill %1 %2 %3
            [1]   Terminated              nc 10.211.55.10 5555
            [2]-  Terminated              nc 10.211.55.10 5555
            [3]+  Terminated              nc 10.211.55.10 5555
            C_m$ _
            == server-upper
            S_m$ nc -k -l 5555
        "#]],
    );
}

#[test]
fn a_file_goes_through_a_connection() {
    check(
        &[
            (ClientUpper, "for i in 1 2 3; do echo line $i; done > sent"),
            (ServerUpper, "nc -l 5555 > received"),
            (ClientUpper, "nc -N 10.211.55.10 5555 < sent"),
            (ServerUpper, "cat received; ls | cat"),
            (ServerUpper, "nc -l 5556 | grep -v 2 | tee log"),
            (ClientUpper, "cat sent | nc -N 10.211.55.10 5556"),
            (ServerUpper, "wc -l log"),
            (ServerUpper, "nc -l 5557 2>/dev/null >/dev/null"),
            (ClientUpper, "(echo in; sleep 1; echo two) | nc -N 10.211.55.10 5557"),
            (ClientUpper, "@"),
            (ClientUpper, "@"),
            (ClientUpper, "echo -ne 'GET /\\r\\n' | nc -N 10.211.55.10 5558; echo $?"),
            (ClientUpper, "FROB | nc -v 10.211.55.10 5558"),
            (ClientUpper, "echo 1 > /proc/sys/net/ipv4/tcp_syn_retries"),
            (
                ClientUpper,
                "sudo sh -c 'echo 1 > /proc/sys/net/ipv4/tcp_syn_retries'; cat /proc/sys/net/ipv4/tcp_syn_retries",
            ),
            (ClientUpper, "echo x > /dev/tcp/10.211.55.10/5555"),
            (ClientUpper, "exec 3<>/dev/tcp/10.211.55.10/5555"),
        ],
        expect![[r#"
            == client-upper
            C_m$ for i in 1 2 3; do echo line $i; done > sent
            C_m$ nc -N 10.211.55.10 5555 < sent
            C_m$ cat sent | nc -N 10.211.55.10 5556
            C_m$ (echo in; sleep 1; echo two) | nc -N 10.211.55.10 5557
            C_m$ echo -ne 'GET /\r\n' | nc -N 10.211.55.10 5558; echo $?
            1
            C_m$ FROB | nc -v 10.211.55.10 5558
            bash: FROB: command not found
            nc: connect to 10.211.55.10 port 5558 (tcp) failed: Connection refused
            C_m$ echo 1 > /proc/sys/net/ipv4/tcp_syn_retries
            bash: /proc/sys/net/ipv4/tcp_syn_retries: Permission denied
            C_m$ sudo sh -c 'echo 1 > /proc/sys/net/ipv4/tcp_syn_retries'; cat /proc/sys/net/ipv4/tcp_syn_retries
            1
            C_m$ echo x > /dev/tcp/10.211.55.10/5555
            this lab has no /dev/tcp/10.211.55.10/5555; near it: nc 10.211.55.10 5555
            C_m$ exec 3<>/dev/tcp/10.211.55.10/5555
            bash: other descriptors than 0, 1 and 2 are not part of this shell: <>
            C_m$ _
            == server-upper
            S_m$ nc -l 5555 > received
            S_m$ cat received; ls | cat
            line 1
            line 2
            line 3
            received
            S_m$ nc -l 5556 | grep -v 2 | tee log
            line 1
            line 3
            S_m$ wc -l log
            2 log
            S_m$ nc -l 5557 2>/dev/null >/dev/null
            S_m$ _
        "#]],
    );
}

#[test]
fn a_pipe_shows_what_comes_at_once_and_is_stopped_as_a_whole() {
    check(
        &[
            (ServerUpper, "nc -l 5555 | grep x"),
            (ClientUpper, "nc 10.211.55.10 5555"),
            (ClientUpper, "xylophone"),
            (ServerUpper, "^Z"),
            (ClientUpper, "box"),
            (ServerUpper, "jobs"),
            (ServerUpper, "ps"),
            (ServerUpper, "fg"),
            (ServerUpper, "^Z"),
            (ServerUpper, "bg"),
            (ClientUpper, "axe"),
            (ClientUpper, "no"),
            (ServerUpper, "kill %1"),
            (ServerUpper, ""),
        ],
        expect![[r#"
            == client-upper
            C_m$ nc 10.211.55.10 5555
            > xylophone
            > box
            > axe
            > no
            == server-upper
            S_m$ nc -l 5555 | grep x
            xylophone
            ^Z
            [1]+  Stopped                 nc -l 5555 | grep x
            S_m$ jobs
            [1]+  Stopped                 nc -l 5555 | grep x
            S_m$ ps
                PID TTY          TIME CMD
               4001 pts/0    00:00:00 nc
               4002 pts/0    00:00:00 grep
            S_m$ fg
            nc -l 5555 | grep x
            box
            ^Z
            [1]+  Stopped                 nc -l 5555 | grep x
            S_m$ bg
            [1]+ nc -l 5555 | grep x &
            axe
            S_m$ kill %1
            [1]+  Terminated              nc -l 5555 | grep x
            S_m$ 
            S_m$ _
        "#]],
    );
}

#[test]
fn time_and_timeout() {
    check(
        &[
            (ServerLower, "timeout 1 nc -l 5555; echo $?"),
            (ServerLower, "@"),
            (ServerLower, "@"),
            (ClientUpper, "time nc -z 10.211.55.10 5555"),
            (ClientUpper, "timeout 1 sh -c 'while true; do sleep 0.3; echo x; done'; echo $?"),
            (ClientUpper, "@"),
            (ClientUpper, "@"),
        ],
        expect![[r#"
            == client-upper
            C_m$ time nc -z 10.211.55.10 5555

            real	0m0.010s
            user	0m0.000s
            sys	0m0.000s
            C_m$ timeout 1 sh -c 'while true; do sleep 0.3; echo x; done'; echo $?
            x
            x
            x
            124
            C_m$ _
            == server-lower
            S_m$ timeout 1 nc -l 5555; echo $?
            124
            S_m$ _
        "#]],
    );
}

#[test]
fn a_loop_without_a_wait_ends_with_a_sentence() {
    check(
        &[
            (ClientUpper, "while true; do :; done; echo never"),
            (ClientUpper, "for ((;;)); do i=$((i+1)); done"),
            (ClientUpper, "while true; do :; done &"),
            (ClientUpper, "echo $i; while sleep 0; do :; done"),
            (ClientUpper, "true"),
        ],
        expect![[r#"
            == client-upper
            C_m$ while true; do :; done; echo never
            bash: this line has run 10000 commands at one moment, and would never end: a loop here needs a sleep
            C_m$ for ((;;)); do i=$((i+1)); done
            bash: this line has run 10000 commands at one moment, and would never end: a loop here needs a sleep
            C_m$ while true; do :; done &
            [1] 4001
            bash: this line has run 10000 commands at one moment, and would never end: a loop here needs a sleep
            [1]+  Exit 1                  while true; do :; done
            C_m$ echo $i; while sleep 0; do :; done
            4999
            bash: this line has run 10000 commands at one moment, and would never end: a loop here needs a sleep
            C_m$ true
            C_m$ _
        "#]],
    );
}

#[test]
fn without_an_end() {
    let mut trial = Trial::student(ProfileName::Linux);
    trial.types(ServerUpper, "nc -l 5555 > /dev/null").waits_ms(100);
    trial.types(ClientUpper, "yes | nc 10.211.55.10 5555").waits_ms(300);
    trial.types(ClientLower, "jobs; ps").ctrl_c(ClientUpper).waits_ms(300);
    assert_eq!(trial.states(HostId::Client), ["TIME_WAIT"]);
    trial.types(ServerUpper, "nc -l 5555 | wc -c").waits_ms(100);
    trial.types(ClientUpper, "head -c 100000 /dev/zero | nc -N 10.211.55.10 5555").waits_ms(2000);
    assert!(trial.printed(ServerUpper).ends_with("100000\n"), "{}", trial.printed(ServerUpper));
}

#[test]
fn watch_shows_a_frame_in_one_place() {
    let mut trial = Trial::student(ProfileName::Linux);
    trial.types(ServerLower, "watch -n 1 'netstat -nat | grep -c LISTEN'").waits_ms(100);
    let frame = |trial: &Trial| trial.frame(ServerLower).unwrap_or_default();
    expect![[r#"
        Every 1.0s: netstat -nat | grep -c LISTEN          S_m: Wed Dec  5 03:33:00 2018

        0
    "#]]
    .assert_eq(&frame(&trial));
    trial.types(ServerUpper, "nc -l 5555").waits_ms(1000);
    assert!(frame(&trial).ends_with("\n\n1\n"), "{}", frame(&trial));
    trial.ctrl_c(ServerLower);
    assert_eq!(trial.frame(ServerLower), None);
    assert_eq!(trial.printed(ServerLower), "");
}

#[test]
fn what_grows_without_end_is_given_up() {
    let mut trial = Trial::student(ProfileName::Linux);
    let cats = " | cat".repeat(15);
    let deep = (0..35).fold("sleep 1; echo through".to_owned(), |line, _| format!("({line}){cats}"));
    trial.types(ClientLower, &deep).waits_ms(2000);
    assert!(trial.printed(ClientLower).ends_with("through\n"), "{}", trial.printed(ClientLower));
    for line in [
        "x=aa; while true; do x=$x$x; done",
        "echo {1..20000}{1..20000}",
        "x=$(printf '%1000000s' x); echo $x$x$x",
        "for i in {1..300}; do (sleep 9999) & done > /dev/null",
        ":(){ :|:& };:",
        "f() { f; }; f",
        "f() { f | cat; }; f",
        "f() { f & f & }; f",
        "f() { (f); x=$(f); }; f",
        "sh -c \"$(printf 'true;%.0s' {1..900})\"",
    ] {
        trial.types(ClientUpper, line).waits_ms(100);
        trial.types(ClientUpper, "echo there").waits_ms(100);
        let shown = trial.printed(ClientUpper);
        let end = shown.get(shown.len().saturating_sub(100)..).unwrap_or_default();
        assert!(end.ends_with("there\n") || end.contains("this session is full"), "{line}: {end}");
        if end.contains("full") {
            trial = Trial::student(ProfileName::Linux);
        }
    }
}
