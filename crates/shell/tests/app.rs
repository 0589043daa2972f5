//! `app`: the answers of its calls.

use expect_test::{Expect, expect};
use tcp_core::millis;
use tcp_shell::{HostId, Lab, ProcessId, ProfileName};

/// An `app` on each host.
struct Bench {
    lab: Lab,
    client: ProcessId,
    server: ProcessId,
}

impl Bench {
    fn new() -> Bench {
        let mut lab = Lab::new(ProfileName::Linux, 1);
        let client = lab.spawn(HostId::Client, "app");
        let server = lab.spawn(HostId::Server, "app");
        Bench { lab, client, server }
    }

    fn client(&mut self, line: &str) -> &mut Bench {
        self.lab.type_into(self.client, line);
        self.wait(100)
    }

    fn server(&mut self, line: &str) -> &mut Bench {
        self.lab.type_into(self.server, line);
        self.wait(100)
    }

    fn wait(&mut self, ms: u64) -> &mut Bench {
        self.lab.advance_to(self.lab.now() + millis(ms));
        self
    }

    /// A connection, `a` on both sides.
    fn connected() -> Bench {
        let mut bench = Bench::new();
        bench.server("l socket").server("l reuseaddr").server("l bind 0.0.0.0 5555").server("l listen 5");
        bench.server("l accept a").client("a socket").client("a connect S_m 5555");
        bench
    }

    fn check(&self, expected: Expect) {
        let output = |id| -> String {
            let process = self.lab.process(id).expect("it was started");
            process.output.iter().map(|written| written.text.as_str()).collect()
        };
        expected.assert_eq(&format!("{}--\n{}", output(self.server), output(self.client)));
    }
}

#[test]
fn a_half_close() {
    let mut bench = Bench::connected();
    bench.client("a send GET image").server("a recv 100").client("a shutdown WR").server("a recv 100");
    bench.client("a drain").server("a sendloop 1 3 image data").wait(3000).server("a close");
    bench.check(expect![[r#"
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
    let mut bench = Bench::connected();
    bench.client("a send unread").server("a linger 0").server("a close");
    bench
        .client("a recv 10")
        .client("a send again")
        .client("a recv 10")
        .client("a soerror")
        .client("a close");
    bench.check(expect![[r#"
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
    let mut bench = Bench::connected();
    bench
        .server("m socket")
        .server("m bind 0.0.0.0 5555")
        .server("m bind 1.2.3.4 1")
        .server("m connect S_m 9");
    bench
        .client("x recv 10")
        .client("a socket")
        .client("a recv much")
        .client("a dance")
        .client("a")
        .client("");
    bench.client("l socket").client("l accept b").client("a connect S_m 5555");
    // Refused, and yet it ends what can be sent (trace v62).
    bench.client("e socket").client("e shutdown WR").client("e connect S_m 5555").client("e send early");
    bench.server("l shutdown WR");
    bench.check(expect![[r#"
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
    let mut bench = Bench::connected();
    bench.client("a recv 10").client("a send later").server("a send now").server("a recv 100");
    bench.check(expect![[r#"
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
    bench.lab.end_input(bench.client);
    bench.wait(1000);
    assert!(bench.lab.process(bench.client).is_some_and(|process| process.exit.is_some()));
}
