//! `app`: the answers of its calls.

use expect_test::{Expect, expect};
use tcp_shell::{HostId, ProcessId, ProfileName};
use tcp_testing::Trial;

/// An `app` on each of the two hosts.
struct Apps {
    trial: Trial,
    client: ProcessId,
    server: ProcessId,
}

impl Apps {
    fn new() -> Apps {
        let mut trial = Trial::new(ProfileName::Linux);
        let client = trial.starts(HostId::Client, "app");
        let server = trial.starts(HostId::Server, "app");
        Apps { trial, client, server }
    }

    fn client(&mut self, line: &str) -> &mut Apps {
        self.trial.feeds(self.client, line).waits_ms(100);
        self
    }

    fn server(&mut self, line: &str) -> &mut Apps {
        self.trial.feeds(self.server, line).waits_ms(100);
        self
    }

    fn wait(&mut self, ms: u64) -> &mut Apps {
        self.trial.waits_ms(ms);
        self
    }

    /// A connection, `a` on both sides.
    fn connected() -> Apps {
        let mut apps = Apps::new();
        apps.server("l socket").server("l reuseaddr").server("l bind 0.0.0.0 5555").server("l listen 5");
        apps.server("l accept a").client("a socket").client("a connect S_m 5555");
        apps
    }

    fn check(&self, expected: Expect) {
        let [server, client] = [self.server, self.client].map(|app| self.trial.wrote(app));
        expected.assert_eq(&format!("{server}--\n{client}"));
    }
}

#[test]
fn a_half_close() {
    let mut apps = Apps::connected();
    apps.client("a send GET image").server("a recv 100").client("a shutdown WR").server("a recv 100");
    apps.client("a drain").server("a sendloop 1 3 image data").wait(3000).server("a close");
    apps.check(expect![[r#"
        l socket -> ok
        l reuseaddr -> ok
        l bind 0.0.0.0 5555 -> ok
        l listen 5 -> ok
        l accept a -> ok 10.211.55.2:40128 as a
        a recv 100 -> ok 10 b'GET image\n'
        a recv 100 -> ok 0 (end of file)
        a sendloop #1 -> ok
        a sendloop #2 -> ok
        a sendloop #3 -> ok
        a close -> ok
        --
        a socket -> ok
        a connect S_m 5555 -> ok local 10.211.55.2:40128
        a send GET image -> ok 10
        a shutdown WR -> ok
        a drain -> ok 33 bytes then end of file
    "#]]);
}

#[test]
fn a_reset() {
    let mut apps = Apps::connected();
    apps.client("a send unread").server("a linger 0").server("a close");
    apps.client("a recv 10").client("a send again").client("a recv 10").client("a soerror").client("a close");
    apps.check(expect![[r#"
        l socket -> ok
        l reuseaddr -> ok
        l bind 0.0.0.0 5555 -> ok
        l listen 5 -> ok
        l accept a -> ok 10.211.55.2:40128 as a
        a linger 0 -> ok
        a close -> ok
        --
        a socket -> ok
        a connect S_m 5555 -> ok local 10.211.55.2:40128
        a send unread -> ok 7
        a recv 10 -> ECONNRESET: Connection reset by peer
        a send again -> EPIPE: Broken pipe
        a recv 10 -> ok 0 (end of file)
        a soerror -> ok 0
        a close -> ok
    "#]]);
}

#[test]
fn calls_that_are_refused() {
    let mut apps = Apps::connected();
    apps.server("m socket")
        .server("m bind 0.0.0.0 5555")
        .server("m bind 1.2.3.4 1")
        .server("m connect S_m 9");
    apps.client("x recv 10")
        .client("a socket")
        .client("a recv much")
        .client("a dance")
        .client("a")
        .client("");
    apps.client("l socket").client("l accept b").client("a connect S_m 5555");
    // It fails with ENOTCONN, but the flag sticks: nothing can be sent later (trace v62).
    apps.client("e socket").client("e shutdown WR").client("e connect S_m 5555").client("e send early");
    apps.server("l shutdown WR");
    apps.check(expect![[r#"
        l socket -> ok
        l reuseaddr -> ok
        l bind 0.0.0.0 5555 -> ok
        l listen 5 -> ok
        l accept a -> ok 10.211.55.2:40128 as a
        m socket -> ok
        m bind 0.0.0.0 5555 -> EADDRINUSE: Address already in use
        m bind 1.2.3.4 1 -> EADDRNOTAVAIL: Cannot assign requested address
        m connect S_m 9 -> ECONNREFUSED: Connection refused
        l shutdown WR -> ok
        --
        a socket -> ok
        a connect S_m 5555 -> ok local 10.211.55.2:40128
        x recv 10 -> EBADF: Bad file descriptor
        a socket -> not understood: the name is taken
        a recv much -> not understood: not a number
        a dance -> not understood: no such call, or other arguments: man app
        a -> not understood: SOCKET CALL ARGS
        l socket -> ok
        l accept b -> EINVAL: Invalid argument
        a connect S_m 5555 -> EISCONN: Transport endpoint is already connected
        e socket -> ok
        e shutdown WR -> ENOTCONN: Transport endpoint is not connected
        e connect S_m 5555 -> ok local 10.211.55.2:40130
        e send early -> EPIPE: Broken pipe
    "#]]);
}

#[test]
fn lines_wait_while_a_call_blocks() {
    let mut apps = Apps::connected();
    apps.client("a recv 10").client("a send later").server("a send now").server("a recv 100");
    apps.check(expect![[r#"
        l socket -> ok
        l reuseaddr -> ok
        l bind 0.0.0.0 5555 -> ok
        l listen 5 -> ok
        l accept a -> ok 10.211.55.2:40128 as a
        a send now -> ok 4
        a recv 100 -> ok 6 b'later\n'
        --
        a socket -> ok
        a connect S_m 5555 -> ok local 10.211.55.2:40128
        a recv 10 -> ok 4 b'now\n'
        a send later -> ok 6
    "#]]);
    apps.trial.ends_input(apps.client).waits_ms(1000);
    assert!(apps.trial.ended(apps.client).is_some());
}

#[test]
fn a_sendloop_into_a_full_buffer_blocks_until_the_peer_reads() {
    let mut apps = Apps::connected();
    apps.client(&format!("a sendloop 0 400 {}", "x".repeat(999))).wait(60_000).client("a send more");
    // What this host's buffer takes: 262144 octets. The peer's has taken 64240 of them since, but a call that waits goes on
    // when a third is free.
    let wrote = |apps: &Apps| apps.trial.wrote(apps.client).lines().last().map(str::to_owned);
    assert_eq!(wrote(&apps).as_deref(), Some("a sendloop #262 -> ok"));
    apps.server("a drain").wait(5_000);
    assert_eq!(wrote(&apps).as_deref(), Some("a send more -> ok 5"));
    apps.client("a close").wait(1_000);
    let drained = apps.trial.wrote(apps.server).lines().last().map(str::to_owned);
    assert_eq!(drained.as_deref(), Some("a drain -> ok 400005 bytes then end of file"));
}

/// A program that shut its socket down, and has not closed it, still has its number; the socket in TIME_WAIT is nobody's.
#[test]
fn a_socket_in_time_wait_belongs_to_no_program() {
    let mut apps = Apps::connected();
    apps.client("a shutdown").server("a close").wait(1_000);
    for (tool, row) in [("netstat -natp", "TIME_WAIT   -  "), ("ss -tanp", "TIME-WAIT")] {
        let seen = apps.trial.transcript(HostId::Client, tool);
        assert!(seen.contains(row) && !seen.contains("app"), "{seen}");
    }
}
