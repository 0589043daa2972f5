//! The three netcats, as seen at the terminals.

use expect_test::{Expect, expect};
use tcp_shell::{HostId, ProfileName, TerminalId};
use tcp_testing::Do::{self, CtrlC, CtrlD, Enter, Wait};
use tcp_testing::{ClientLower, ClientUpper, ServerLower, ServerUpper, Trial};

use ProfileName::{Article, Linux};

/// Performs the deeds half a second apart, and compares what is on the terminals, followed by the states on both hosts.
fn check(profile: ProfileName, deeds: &[Do], expected: Expect) {
    let mut trial = Trial::new(profile);
    for deed in deeds {
        trial.does(*deed).waits_ms(500);
    }
    let mut shown = trial.screens();
    for host in [HostId::Client, HostId::Server] {
        let rows = trial.world().sockets(host);
        let states: Vec<String> = rows.iter().map(|row| row.state.to_string()).collect();
        shown += &format!("{host}: {}\n", states.join(" "));
    }
    expected.assert_eq(&shown);
}

#[test]
fn the_client_leaves() {
    let deeds = [
        Enter(ServerUpper, "nc -l -n -v 5555"),
        Enter(ClientUpper, "nc -v 10.211.55.10 5555"),
        Enter(ClientUpper, "hello"),
        Enter(ServerUpper, "hello yourself"),
        CtrlC(ClientUpper),
    ];
    check(
        Article,
        &deeds,
        expect![[r#"
        == client-upper
        C_m$ nc -v 10.211.55.10 5555
        Connection to 10.211.55.10 5555 port [tcp/*] succeeded!
        > hello
        hello yourself
        ^C
        C_m$ _
        == server-upper
        S_m$ nc -l -n -v 5555
        Listening on 0.0.0.0 5555
        Connection received on 10.211.55.2 40128
        hello
        > hello yourself
        S_m$ _
        C_m: TIME-WAIT
        S_m: 
    "#]],
    );
}

#[test]
fn the_server_leaves_and_an_older_client_with_it() {
    let deeds =
        [Enter(ServerUpper, "nc -l 5555"), Enter(ClientUpper, "nc 10.211.55.10 5555"), CtrlC(ServerUpper)];
    check(
        Article,
        &deeds,
        expect![[r#"
        == client-upper
        C_m$ nc 10.211.55.10 5555
        C_m$ _
        == server-upper
        S_m$ nc -l 5555
        ^C
        S_m$ _
        C_m: 
        S_m: TIME-WAIT
    "#]],
    );
}

#[test]
fn the_server_leaves_and_today_s_client_waits_for_its_keyboard() {
    let leaves = || {
        vec![Enter(ServerUpper, "nc -l 5555"), Enter(ClientUpper, "nc 10.211.55.10 5555"), CtrlC(ServerUpper)]
    };
    check(
        Linux,
        &leaves(),
        expect![[r#"
        == client-upper
        C_m$ nc 10.211.55.10 5555
        == server-upper
        S_m$ nc -l 5555
        ^C
        S_m$ _
        C_m: CLOSE-WAIT
        S_m: FIN-WAIT-2
    "#]],
    );
    let mut types = leaves();
    types.push(Enter(ClientUpper, "anyone there?"));
    check(
        Linux,
        &types,
        expect![[r#"
        == client-upper
        C_m$ nc 10.211.55.10 5555
        > anyone there?
        C_m$ _
        == server-upper
        S_m$ nc -l 5555
        ^C
        S_m$ _
        C_m: 
        S_m: 
    "#]],
    );
    let mut ends_input = leaves();
    ends_input.push(CtrlD(ClientUpper));
    check(
        Linux,
        &ends_input,
        expect![[r#"
        == client-upper
        C_m$ nc 10.211.55.10 5555
        ^D
        C_m$ _
        == server-upper
        S_m$ nc -l 5555
        ^C
        S_m$ _
        C_m: 
        S_m: TIME-WAIT
    "#]],
    );
}

#[test]
fn the_end_of_input_alone_says_nothing_to_the_peer() {
    let deeds = [
        Enter(ServerUpper, "nc -l 5555"),
        Enter(ClientUpper, "nc 10.211.55.10 5555"),
        CtrlD(ClientUpper),
        Enter(ServerUpper, "still there?"),
    ];
    check(
        Linux,
        &deeds,
        expect![[r#"
        == client-upper
        C_m$ nc 10.211.55.10 5555
        ^D
        still there?
        == server-upper
        S_m$ nc -l 5555
        > still there?
        C_m: ESTABLISHED
        S_m: LISTEN ESTABLISHED
    "#]],
    );
}

#[test]
fn half_close_with_capital_n_ends_both() {
    let deeds =
        [Enter(ServerUpper, "nc -l 5555"), Enter(ClientUpper, "nc -N 10.211.55.10 5555"), CtrlD(ClientUpper)];
    check(
        Linux,
        &deeds,
        expect![[r#"
        == client-upper
        C_m$ nc -N 10.211.55.10 5555
        ^D
        C_m$ _
        == server-upper
        S_m$ nc -l 5555
        S_m$ _
        C_m: TIME-WAIT
        S_m: 
    "#]],
    );
}

#[test]
fn k_serves_one_after_the_other() {
    let deeds = [
        Enter(ServerUpper, "nc -lk 5555"),
        Enter(ClientUpper, "nc 10.211.55.10 5555"),
        Enter(ClientLower, "nc 10.211.55.10 5555"),
        Enter(ClientLower, "second"),
        Enter(ClientUpper, "first"),
        CtrlC(ClientUpper),
    ];
    check(
        Linux,
        &deeds,
        expect![[r#"
        == client-upper
        C_m$ nc 10.211.55.10 5555
        > first
        ^C
        C_m$ _
        == client-lower
        C_m$ nc 10.211.55.10 5555
        > second
        == server-upper
        S_m$ nc -lk 5555
        first
        second
        C_m: TIME-WAIT ESTABLISHED
        S_m: LISTEN ESTABLISHED
    "#]],
    );
}

#[test]
fn w_bounds_the_connect_and_the_silence() {
    let deeds = [
        Enter(ClientUpper, "nc -v -w 2 10.211.55.77 5555"),
        Wait(2000),
        Enter(ServerUpper, "nc -l 5555"),
        Enter(ClientUpper, "nc -v -w 2 10.211.55.10 5555"),
        Wait(1000),
        Enter(ClientUpper, "a"),
        Wait(500),
        Enter(ServerUpper, "b"),
        Wait(1800),
    ];
    check(
        Linux,
        &deeds,
        expect![[r#"
            == client-upper
            C_m$ nc -v -w 2 10.211.55.77 5555
            nc: connect to 10.211.55.77 port 5555 (tcp) timed out: Operation now in progress
            C_m$ nc -v -w 2 10.211.55.10 5555
            Connection to 10.211.55.10 5555 port [tcp/*] succeeded!
            > a
            b
            C_m$ _
            == server-upper
            S_m$ nc -l 5555
            a
            > b
            S_m$ _
            C_m: TIME-WAIT
            S_m: 
        "#]],
    );
}

#[test]
fn q_waits_after_the_end_of_both() {
    let deeds = [
        Enter(ServerUpper, "app"),
        Enter(ServerUpper, "l socket"),
        Enter(ServerUpper, "l bind 0.0.0.0 5555"),
        Enter(ServerUpper, "l listen 1"),
        Enter(ServerUpper, "l accept a"),
        Enter(ClientUpper, "echo hello | nc -q 1 10.211.55.10 5555; echo over $?"),
        Wait(3000),
        Enter(ServerUpper, "a close"),
        Wait(1000),
    ];
    check(
        Linux,
        &deeds[..8],
        expect![[r#"
        == client-upper
        C_m$ echo hello | nc -q 1 10.211.55.10 5555; echo over $?
        == server-upper
        S_m$ app
        > l socket
        l socket -> ok
        > l bind 0.0.0.0 5555
        l bind 0.0.0.0 5555 -> ok
        > l listen 1
        l listen 1 -> ok
        > l accept a
        l accept a -> ok 10.211.55.2:40128 as a
        > a close
        a close -> ok
        C_m: 
        S_m: LISTEN
    "#]],
    );
    check(
        Linux,
        &deeds,
        expect![[r#"
        == client-upper
        C_m$ echo hello | nc -q 1 10.211.55.10 5555; echo over $?
        over 0
        C_m$ _
        == server-upper
        S_m$ app
        > l socket
        l socket -> ok
        > l bind 0.0.0.0 5555
        l bind 0.0.0.0 5555 -> ok
        > l listen 1
        l listen 1 -> ok
        > l accept a
        l accept a -> ok 10.211.55.2:40128 as a
        > a close
        a close -> ok
        C_m: 
        S_m: LISTEN
    "#]],
    );
}

#[test]
fn a_server_with_q_ends_with_its_keyboard() {
    let deeds = [
        Enter(ServerUpper, "nc -lk -q 0 5555; echo over $?"),
        Enter(ClientUpper, "nc 10.211.55.10 5555"),
        Enter(ServerUpper, "hello"),
        CtrlD(ServerUpper),
    ];
    check(
        Linux,
        &deeds,
        expect![[r#"
        == client-upper
        C_m$ nc 10.211.55.10 5555
        hello
        == server-upper
        S_m$ nc -lk -q 0 5555; echo over $?
        > hello
        ^D
        over 0
        S_m$ _
        C_m: CLOSE-WAIT
        S_m: FIN-WAIT-2
    "#]],
    );
}

#[test]
fn i_sends_one_line_at_a_time() {
    let deeds = [
        Enter(ServerUpper, "nc -l 5555"),
        Enter(ClientUpper, "nc -i 2 -N 10.211.55.10 5555"),
        Enter(ClientUpper, "one"),
        Enter(ClientUpper, "two"),
        CtrlD(ClientUpper),
        Wait(3000),
    ];
    check(
        Linux,
        &deeds[..5],
        expect![[r#"
        == client-upper
        C_m$ nc -i 2 -N 10.211.55.10 5555
        > one
        > two
        ^D
        == server-upper
        S_m$ nc -l 5555
        one
        C_m: ESTABLISHED
        S_m: LISTEN ESTABLISHED
    "#]],
    );
    check(
        Linux,
        &deeds,
        expect![[r#"
            == client-upper
            C_m$ nc -i 2 -N 10.211.55.10 5555
            > one
            > two
            ^D
            C_m$ _
            == server-upper
            S_m$ nc -l 5555
            one
            two
            S_m$ _
            C_m: TIME-WAIT
            S_m: 
        "#]],
    );
}

#[test]
fn the_first_netcat_ends_with_its_peer() {
    let deeds = [
        Enter(ServerUpper, "nc.traditional -v -l -p 5555"),
        Enter(ClientUpper, "nc.traditional -v 10.211.55.10 5555"),
        Enter(ClientUpper, "hello"),
        CtrlC(ServerUpper),
    ];
    check(
        Linux,
        &deeds,
        expect![[r#"
        == client-upper
        C_m$ nc.traditional -v 10.211.55.10 5555
        S_m [10.211.55.10] 5555 (?) open
        > hello
        C_m$ _
        == server-upper
        S_m$ nc.traditional -v -l -p 5555
        listening on [any] 5555 ...
        connect to [10.211.55.10] from C_m [10.211.55.2] 40128
        hello
        ^C

        S_m$ _
        C_m: 
        S_m: TIME-WAIT
    "#]],
    );
}

#[test]
fn the_first_netcat_catches_two_signals() {
    let deeds = [
        Enter(ServerUpper, "nc.traditional -n -vv -l -p 5555; echo over $?"),
        Enter(ClientUpper, "nc.traditional -n -vv 10.211.55.10 5555; echo over $?"),
        Enter(ClientUpper, "hello"),
        Enter(ClientLower, "killall nc.traditional"),
    ];
    check(
        Linux,
        &deeds,
        expect![[r#"
        == client-upper
        C_m$ nc.traditional -n -vv 10.211.55.10 5555; echo over $?
        (UNKNOWN) [10.211.55.10] 5555 (?) open
        > hello
         sent 6, rcvd 0
        over 1
        C_m$ _
        == client-lower
        C_m$ killall nc.traditional
        C_m$ _
        == server-upper
        S_m$ nc.traditional -n -vv -l -p 5555; echo over $?
        listening on [any] 5555 ...
        connect to [10.211.55.10] from (UNKNOWN) [10.211.55.2] 40128
        hello
         sent 0, rcvd 6
        over 0
        S_m$ _
        C_m: TIME-WAIT
        S_m: 
    "#]],
    );
}

#[test]
fn the_first_netcat_says_what_was_refused_unless_it_scans() {
    let deeds = [
        Enter(ServerUpper, "nc.traditional -l -p 5557 10.211.55.9; echo over $?"),
        Enter(ClientUpper, "nc.traditional 10.211.55.10 5555; echo over $?"),
        Enter(ClientUpper, "nc.traditional -z S_m 5555; echo over $?"),
        Enter(ClientUpper, "nc.traditional -v -z S_m 5555-5557; echo over $?"),
        Enter(ClientUpper, "nc.traditional -vv -z 10.211.55.10 5556 5558; echo over $?"),
    ];
    check(
        Linux,
        &deeds,
        expect![[r#"
            == client-upper
            C_m$ nc.traditional 10.211.55.10 5555; echo over $?
            (UNKNOWN) [10.211.55.10] 5555 (?) : Connection refused
            over 1
            C_m$ nc.traditional -z S_m 5555; echo over $?
            over 1
            C_m$ nc.traditional -v -z S_m 5555-5557; echo over $?
            S_m [10.211.55.10] 5557 (?) open
            over 0
            C_m$ nc.traditional -vv -z 10.211.55.10 5556 5558; echo over $?
            S_m [10.211.55.10] 5556 (freeciv) : Connection refused
            S_m [10.211.55.10] 5558 (?) : Connection refused
             sent 0, rcvd 0
            over 0
            C_m$ _
            == server-upper
            S_m$ nc.traditional -l -p 5557 10.211.55.9; echo over $?
            invalid connection to [10.211.55.10] from (UNKNOWN) [10.211.55.2] 40132
            over 1
            S_m$ _
            C_m: TIME-WAIT
            S_m: 
        "#]],
    );
}

#[test]
fn the_first_netcat_sends_its_first_input_to_every_port() {
    let deeds = [
        Enter(ServerUpper, "nc -l 5556"),
        Enter(ServerLower, "nc -l 5555"),
        Enter(ClientUpper, "nc.traditional -n 10.211.55.10 5555-5556"),
        Enter(ClientUpper, "hello"),
        CtrlC(ServerUpper),
        Enter(ClientUpper, "unread"),
        CtrlC(ServerLower),
    ];
    check(
        Linux,
        &deeds,
        expect![[r#"
        == client-upper
        C_m$ nc.traditional -n 10.211.55.10 5555-5556
        > hello
        > unread
        C_m$ _
        == server-upper
        S_m$ nc -l 5556
        hello
        ^C
        S_m$ _
        == server-lower
        S_m$ nc -l 5555
        hello
        ^C
        S_m$ _
        C_m: 
        S_m: TIME-WAIT TIME-WAIT
    "#]],
    );
}

#[test]
fn w_of_the_first_netcat_ends_the_second_silence() {
    let deeds = [
        Enter(ServerUpper, "nc -lk 5555"),
        Enter(ClientUpper, "nc.traditional -n -vv -w 1 10.211.55.10 5555"),
        Wait(4000),
        Enter(ClientUpper, "still there"),
        CtrlD(ClientUpper),
        Wait(500),
        Enter(ServerUpper, "one"),
        Wait(1600),
    ];
    check(
        Linux,
        &deeds,
        expect![[r#"
        == client-upper
        C_m$ nc.traditional -n -vv -w 1 10.211.55.10 5555
        (UNKNOWN) [10.211.55.10] 5555 (?) open
        > still there
        ^D
        one
        net timeout
         sent 12, rcvd 4
        C_m$ _
        == server-upper
        S_m$ nc -lk 5555
        still there
        > one
        C_m: TIME-WAIT
        S_m: LISTEN
    "#]],
    );
}

#[test]
fn ncat_half_closes() {
    let deeds = [
        Enter(ServerUpper, "ncat -v -l 5555"),
        Enter(ClientUpper, "ncat -v 10.211.55.10 5555"),
        Enter(ClientUpper, "hello"),
        CtrlD(ClientUpper),
    ];
    check(
        Linux,
        &deeds,
        expect![[r#"
            == client-upper
            C_m$ ncat -v 10.211.55.10 5555
            Ncat: Version 7.93 ( https://nmap.org/ncat )
            Ncat: Connected to 10.211.55.10:5555.
            > hello
            ^D
            Ncat: 6 bytes sent, 0 bytes received in 1.01 seconds.
            C_m$ _
            == server-upper
            S_m$ ncat -v -l 5555
            Ncat: Version 7.93 ( https://nmap.org/ncat )
            Ncat: Listening on :::5555
            Ncat: Listening on 0.0.0.0:5555
            Ncat: Connection from 10.211.55.2.
            Ncat: Connection from 10.211.55.2:40128.
            hello
            S_m$ _
            C_m: TIME-WAIT
            S_m: 
        "#]],
    );
}

#[test]
fn ncat_stays_until_its_keyboard_ends_or_fails_twice() {
    let deeds = [
        Enter(ServerUpper, "nc -l 5555"),
        Enter(ServerLower, "nc -l 5556"),
        Enter(ClientUpper, "ncat 10.211.55.10 5555; echo over $?"),
        Enter(ClientLower, "ncat -v 10.211.55.10 5556; echo over $?"),
        CtrlC(ServerUpper),
        CtrlC(ServerLower),
        Enter(ClientUpper, "is answered by a reset"),
        Enter(ClientUpper, "fails"),
        CtrlD(ClientLower),
    ];
    check(
        Linux,
        &deeds,
        expect![[r#"
        == client-upper
        C_m$ ncat 10.211.55.10 5555; echo over $?
        > is answered by a reset
        > fails
        Ncat: Broken pipe.
        over 1
        C_m$ _
        == client-lower
        C_m$ ncat -v 10.211.55.10 5556; echo over $?
        Ncat: Version 7.93 ( https://nmap.org/ncat )
        Ncat: Connected to 10.211.55.10:5556.
        ^D
        Ncat: 0 bytes sent, 0 bytes received in 2.50 seconds.
        over 0
        C_m$ _
        == server-upper
        S_m$ nc -l 5555
        ^C
        S_m$ _
        == server-lower
        S_m$ nc -l 5556
        ^C
        S_m$ _
        C_m: 
        S_m: TIME-WAIT
    "#]],
    );
}

#[test]
fn ncat_reports_a_reset_as_a_client_alone() {
    let deeds = [
        Enter(ServerUpper, "ncat -l 5555; echo over $?"),
        Enter(ServerLower, "app"),
        Enter(ServerLower, "l socket"),
        Enter(ServerLower, "l bind 0.0.0.0 5556"),
        Enter(ServerLower, "l listen 1"),
        Enter(ClientLower, "app"),
        Enter(ClientLower, "a socket"),
        Enter(ClientLower, "a connect 10.211.55.10 5555"),
        Enter(ClientLower, "a linger 0"),
        Enter(ClientUpper, "ncat 10.211.55.10 5556; echo over $?"),
        Enter(ClientLower, "a close"),
        CtrlC(ServerLower),
    ];
    check(
        Linux,
        &deeds,
        expect![[r#"
        == client-upper
        C_m$ ncat 10.211.55.10 5556; echo over $?
        Ncat: Connection reset by peer.
        over 1
        C_m$ _
        == client-lower
        C_m$ app
        > a socket
        a socket -> ok
        > a connect 10.211.55.10 5555
        a connect 10.211.55.10 5555 -> ok local 10.211.55.2:40128
        > a linger 0
        a linger 0 -> ok
        > a close
        a close -> ok
        == server-upper
        S_m$ ncat -l 5555; echo over $?
        over 1
        S_m$ _
        == server-lower
        S_m$ app
        > l socket
        l socket -> ok
        > l bind 0.0.0.0 5556
        l bind 0.0.0.0 5556 -> ok
        > l listen 1
        l listen 1 -> ok
        ^C
        S_m$ _
        C_m: 
        S_m: 
    "#]],
    );
}

#[test]
fn ncat_times_its_silence() {
    let deeds = [
        Enter(ServerUpper, "ncat -l -i 1500ms 5555; echo over $?"),
        Wait(5000),
        Enter(ClientUpper, "ncat -i 2 10.211.55.10 5555; echo over $?"),
        CtrlD(ClientUpper),
        Wait(3000),
    ];
    check(
        Linux,
        &deeds,
        expect![[r#"
        == client-upper
        C_m$ ncat -i 2 10.211.55.10 5555; echo over $?
        ^D
        Ncat: Idle timeout expired (2000 ms).
        over 1
        C_m$ _
        == server-upper
        S_m$ ncat -l -i 1500ms 5555; echo over $?
        over 0
        S_m$ _
        C_m: TIME-WAIT
        S_m: 
    "#]],
    );
}

#[test]
fn ncat_goes_one_way_only() {
    let deeds = [
        Enter(ServerUpper, "ncat -lk --send-only 5555; echo over $?"),
        Enter(ClientUpper, "ncat --recv-only 10.211.55.10 5555; echo over $?"),
        Enter(ClientUpper, "unsent"),
        Enter(ServerUpper, "sent"),
        CtrlD(ServerUpper),
        Enter(ServerLower, "ncat -lk -v -m 1 5556"),
        Enter(ClientUpper, "ncat -C 10.211.55.10 5556"),
        Enter(ClientLower, "ncat --no-shutdown 10.211.55.10 5556"),
    ];
    check(
        Linux,
        &deeds,
        expect![[r#"
        == client-upper
        C_m$ ncat --recv-only 10.211.55.10 5555; echo over $?
        > unsent
        sent
        over 0
        C_m$ ncat -C 10.211.55.10 5556
        == client-lower
        C_m$ ncat --no-shutdown 10.211.55.10 5556
        == server-upper
        S_m$ ncat -lk --send-only 5555; echo over $?
        > sent
        ^D
        over 0
        S_m$ _
        == server-lower
        S_m$ ncat -lk -v -m 1 5556
        Ncat: Version 7.93 ( https://nmap.org/ncat )
        Ncat: Listening on :::5556
        Ncat: Listening on 0.0.0.0:5556
        Ncat: Connection from 10.211.55.2.
        Ncat: Connection from 10.211.55.2:40130.
        Ncat: Connection from 10.211.55.2.
        Ncat: Connection from 10.211.55.2:40132.
        Ncat: New connection denied: connection limit reached (1)
        C_m: ESTABLISHED CLOSE-WAIT
        S_m: LISTEN TIME-WAIT ESTABLISHED FIN-WAIT-2 LISTEN
    "#]],
    );
}

#[test]
fn ncat_serves_all_at_once() {
    let deeds = [
        Enter(ServerUpper, "ncat -l -k 5555"),
        Enter(ServerUpper, "early"),
        Enter(ClientUpper, "nc 10.211.55.10 5555"),
        Enter(ClientLower, "nc 10.211.55.10 5555"),
        Enter(ServerUpper, "to both"),
        Enter(ClientLower, "from the second"),
        CtrlC(ClientUpper),
    ];
    check(
        Linux,
        &deeds,
        expect![[r#"
            == client-upper
            C_m$ nc 10.211.55.10 5555
            early
            to both
            ^C
            C_m$ _
            == client-lower
            C_m$ nc 10.211.55.10 5555
            to both
            > from the second
            == server-upper
            S_m$ ncat -l -k 5555
            > early
            > to both
            from the second
            C_m: TIME-WAIT ESTABLISHED
            S_m: LISTEN ESTABLISHED LISTEN
        "#]],
    );
}

#[test]
fn jobs_run_in_the_background() {
    let deeds = [
        Enter(ServerUpper, "nc -l 5555 &"),
        Enter(ServerUpper, "ps; jobs"),
        Enter(ClientUpper, "nc 10.211.55.10 5555"),
        Enter(ClientUpper, "hello"),
        Enter(ServerUpper, "kill -9 4001; kill 4001"),
        Enter(ServerLower, "nc -l 6666"),
        Enter(ServerUpper, "killall nc"),
        Enter(ServerUpper, "killall nc"),
    ];
    check(
        Article,
        &deeds,
        expect![[r#"
        == client-upper
        C_m$ nc 10.211.55.10 5555
        > hello
        C_m$ _
        == server-upper
        S_m$ nc -l 5555 &
        [1] 4001
        S_m$ ps; jobs
            PID TTY          TIME CMD
           4001 pts/0    00:00:00 nc
        [1]+  Running                 nc -l 5555 &
        hello
        S_m$ kill -9 4001; kill 4001
        bash: kill: (4001) - No such process
        [1]+  Killed                  nc -l 5555
        S_m$ killall nc
        S_m$ killall nc
        nc: no process found
        S_m$ _
        == server-lower
        S_m$ nc -l 6666
        Terminated
        S_m$ _
        C_m: 
        S_m: TIME-WAIT
    "#]],
    );
}

#[test]
fn a_stopped_program_reacts_to_nothing() {
    let deeds = [
        Enter(ServerUpper, "nc -l 5555"),
        Enter(ServerLower, "kill -STOP 4001"),
        Enter(ClientUpper, "nc -v 10.211.55.10 5555"),
        Enter(ClientUpper, "hello"),
        Wait(1000),
        Enter(ServerLower, "kill -CONT 4001"),
    ];
    check(
        Linux,
        &deeds,
        expect![[r#"
        == client-upper
        C_m$ nc -v 10.211.55.10 5555
        Connection to 10.211.55.10 5555 port [tcp/*] succeeded!
        > hello
        == server-upper
        S_m$ nc -l 5555
        hello
        == server-lower
        S_m$ kill -STOP 4001
        S_m$ kill -CONT 4001
        S_m$ _
        C_m: ESTABLISHED
        S_m: LISTEN ESTABLISHED
    "#]],
    );
}

#[test]
fn a_browser_has_several_connections() {
    let deeds = [
        Enter(ClientUpper, "firefox http://acc.digital"),
        Enter(ClientLower, "firefox http://nowhere.example"),
        Enter(ServerUpper, "xdg-open http://10.211.55.2/"),
    ];
    check(
        Article,
        &deeds,
        expect![[r#"
        == client-upper
        C_m$ firefox http://acc.digital
        acc.digital is open, over 6 connections. Ctrl-C closes the browser.
        == client-lower
        C_m$ firefox http://nowhere.example
        firefox: nowhere.example: Name or service not known
        C_m$ _
        == server-upper
        S_m$ xdg-open http://10.211.55.2/
        xdg-open: unable to connect to 10.211.55.2: Connection refused
        S_m$ _
        C_m: ESTABLISHED ESTABLISHED ESTABLISHED ESTABLISHED ESTABLISHED ESTABLISHED
        S_m: 
    "#]],
    );
}

#[test]
fn the_shell_goes_on_when_a_program_ends() {
    let deeds = [
        Enter(ClientUpper, "nc 10.211.55.10 5555 || echo failed with $?; sleep 0.2 && echo rested"),
        Enter(ClientUpper, "sleep 100; echo never"),
        CtrlC(ClientUpper),
        Enter(ClientLower, "sh -c \"echo 'a b' ; false\" && echo no"),
        CtrlD(ClientLower),
        CtrlC(ClientLower),
        Enter(ClientLower, "exit; frob; ./x; A=1; echo $A"),
    ];
    check(
        Article,
        &deeds,
        expect![[r#"
            == client-upper
            C_m$ nc 10.211.55.10 5555 || echo failed with $?; sleep 0.2 && echo rested
            failed with 1
            rested
            C_m$ sleep 100; echo never
            ^C
            C_m$ _
            == client-lower
            C_m$ sh -c "echo 'a b' ; false" && echo no
            a b
            ^D
            This terminal stays open.
            ^C
            C_m$ exit; frob; ./x; A=1; echo $A
            This terminal stays open.
            bash: frob: command not found
            bash: ./x: No such file or directory
            1
            C_m$ _
            C_m: 
            S_m: 
        "#]],
    );
}

#[test]
fn a_pipe_into_a_program_that_goes_on_keeps_its_errors() {
    let deeds = [
        Enter(ServerUpper, "nc -l 5555"),
        Enter(ClientUpper, "date --foo | nc -N 10.211.55.10 5555"),
        Enter(ClientLower, "date --bar | sleep 100 &"),
    ];
    check(
        Article,
        &deeds,
        expect![[r#"
        == client-upper
        C_m$ date --foo | nc -N 10.211.55.10 5555
        date: unrecognized option '--foo'
        Try 'date --help' for more information.
        C_m$ _
        == client-lower
        C_m$ date --bar | sleep 100 &
        date: unrecognized option '--bar'
        Try 'date --help' for more information.
        [1] 4002
        C_m$ _
        == server-upper
        S_m$ nc -l 5555
        S_m$ _
        C_m: TIME-WAIT
        S_m: 
    "#]],
    );
}

#[test]
fn the_network_has_a_terminal() {
    let deeds = [
        Enter(TerminalId::Network, "delay 100; drop server SA * 2; duplicate C_m A; show"),
        Enter(TerminalId::Network, "drop nobody; dance; delay x"),
        Enter(TerminalId::Network, "clear; show"),
    ];
    check(
        Article,
        &deeds,
        expect![[r#"
            == network
            network$ delay 100; drop server SA * 2; duplicate C_m A; show
            delay client 100
            delay server 100
            drop server SA * 2
            duplicate client A * -1
            network$ drop nobody; dance; delay x
            drop: needs FROM FLAGS [LEN [COUNT]], for example: client S, or server SA * 1, or client 20%
            dance: command not found; help lists what the network understands
            delay: milliseconds x: a number from 0 to 3600000
            network$ clear; show
            delay client 100
            delay server 100
            network$ _
            C_m: 
            S_m: 
        "#]],
    );
}

#[test]
fn a_server_pastes_two_lines_into_its_program() {
    let deeds = [
        Enter(ServerUpper, "$ nc –l 5555\nhello"),
        Enter(ClientUpper, "nc 127.0.0.1 1; nc \\\n10.211.55.10 5555\nfrom\nthe client"),
    ];
    check(
        Article,
        &deeds,
        expect![[r#"
        == client-upper
        C_m$ nc 127.0.0.1 1; nc 10.211.55.10 5555
        > from
        > the client
        hello
        == server-upper
        S_m$ nc -l 5555
        > hello
        C_m: ESTABLISHED
        S_m: LISTEN ESTABLISHED
    "#]],
    );
}
