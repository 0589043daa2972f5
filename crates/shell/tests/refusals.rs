//! Every wrong `nc` command of the kernel traces' table of exact texts, and some more: text and exit code.

use expect_test::{Expect, expect};
use tcp_core::millis;
use tcp_shell::{HostId, Lab, ProfileName};

/// Runs a command on C_m for a while, alone in the lab but for what `before` starts, and shows what it printed.
fn check_after(before: &[(HostId, &str)], cmd: &str, expected: Expect) {
    let mut lab = Lab::new(ProfileName::Linux, 1);
    for (host, line) in before {
        lab.spawn(*host, line);
        lab.advance_to(lab.now() + millis(100));
    }
    let process = lab.spawn(HostId::Client, cmd);
    lab.advance_to(lab.now() + millis(15_000));
    let process = lab.process(process).expect("it was started");
    let mut shown: String = process.output.iter().map(|written| written.text.as_str()).collect();
    match &process.exit {
        Some(exit) => shown.push_str(&format!(
            "[{} after {} ms]\n",
            exit.code,
            exit.at.since(process.start).as_millis()
        )),
        None => shown.push_str("[runs]\n"),
    }
    expected.assert_eq(&shown);
}

fn check(cmd: &str, expected: Expect) {
    check_after(&[], cmd, expected);
}

#[test]
fn usage() {
    check(
        "nc",
        expect![[r#"
        usage: nc [-46CDdFhklNnrStUuvZz] [-I length] [-i interval] [-M ttl]
        	  [-m minttl] [-O length] [-P proxy_username] [-p source_port]
        	  [-q seconds] [-s sourceaddr] [-T keyword] [-V rtable] [-W recvlimit]
        	  [-w timeout] [-X proxy_protocol] [-x proxy_address[:port]]
        	  [destination] [port]
        [1 after 0 ms]
    "#]],
    );
    check(
        "nc -p 6666",
        expect![[r#"
        usage: nc [-46CDdFhklNnrStUuvZz] [-I length] [-i interval] [-M ttl]
        	  [-m minttl] [-O length] [-P proxy_username] [-p source_port]
        	  [-q seconds] [-s sourceaddr] [-T keyword] [-V rtable] [-W recvlimit]
        	  [-w timeout] [-X proxy_protocol] [-x proxy_address[:port]]
        	  [destination] [port]
        [1 after 0 ms]
    "#]],
    );
    check(
        "nc -l -s 1.2.3.4 5599",
        expect![[r#"
        usage: nc [-46CDdFhklNnrStUuvZz] [-I length] [-i interval] [-M ttl]
        	  [-m minttl] [-O length] [-P proxy_username] [-p source_port]
        	  [-q seconds] [-s sourceaddr] [-T keyword] [-V rtable] [-W recvlimit]
        	  [-w timeout] [-X proxy_protocol] [-x proxy_address[:port]]
        	  [destination] [port]
        [1 after 0 ms]
    "#]],
    );
    check(
        "nc -Q 10.211.55.10 5555",
        expect![[r#"
        nc: invalid option -- 'Q'
        usage: nc [-46CDdFhklNnrStUuvZz] [-I length] [-i interval] [-M ttl]
        	  [-m minttl] [-O length] [-P proxy_username] [-p source_port]
        	  [-q seconds] [-s sourceaddr] [-T keyword] [-V rtable] [-W recvlimit]
        	  [-w timeout] [-X proxy_protocol] [-x proxy_address[:port]]
        	  [destination] [port]
        [1 after 0 ms]
    "#]],
    );
    check(
        "nc -p",
        expect![[r#"
        nc: option requires an argument -- 'p'
        usage: nc [-46CDdFhklNnrStUuvZz] [-I length] [-i interval] [-M ttl]
        	  [-m minttl] [-O length] [-P proxy_username] [-p source_port]
        	  [-q seconds] [-s sourceaddr] [-T keyword] [-V rtable] [-W recvlimit]
        	  [-w timeout] [-X proxy_protocol] [-x proxy_address[:port]]
        	  [destination] [port]
        [1 after 0 ms]
    "#]],
    );
    check(
        "nc -h",
        expect![[r#"
        OpenBSD netcat (Debian patchlevel 1.219-1)
        usage: nc [-46CDdFhklNnrStUuvZz] [-I length] [-i interval] [-M ttl]
        	  [-m minttl] [-O length] [-P proxy_username] [-p source_port]
        	  [-q seconds] [-s sourceaddr] [-T keyword] [-V rtable] [-W recvlimit]
        	  [-w timeout] [-X proxy_protocol] [-x proxy_address[:port]]
        	  [destination] [port]
        	Command Summary:
        		-4		Use IPv4
        		-6		Use IPv6
        		-b		Allow broadcast
        		-C		Send CRLF as line-ending
        		-D		Enable the debug socket option
        		-d		Detach from stdin
        		-F		Pass socket fd
        		-h		This help text
        		-I length	TCP receive buffer length
        		-i interval	Delay interval for lines sent, ports scanned
        		-k		Keep inbound sockets open for multiple connects
        		-l		Listen mode, for inbound connects
        		-M ttl		Outgoing TTL / Hop Limit
        		-m minttl	Minimum incoming TTL / Hop Limit
        		-N		Shutdown the network socket after EOF on stdin
        		-n		Suppress name/port resolutions
        		-O length	TCP send buffer length
        		-P proxyuser	Username for proxy authentication
        		-p port		Specify local port for remote connects
        		-q secs		quit after EOF on stdin and delay of secs
        		-r		Randomize remote ports
        		-S		Enable the TCP MD5 signature option
        		-s sourceaddr	Local source address
        		-T keyword	TOS value
        		-t		Answer TELNET negotiation
        		-U		Use UNIX domain socket
        		-u		UDP mode
        		-V rtable	Specify alternate routing table
        		-v		Verbose
        		-W recvlimit	Terminate after receiving a number of packets
        		-w timeout	Timeout for connects and final net reads
        		-X proto	Proxy protocol: "4", "5" (SOCKS) or "connect"
        		-x addr[:port]	Specify proxy address and port
        		-Z		DCCP mode
        		-z		Zero-I/O mode [used for scanning]
        	Port numbers can be individual or ranges: lo-hi [inclusive]
        [0 after 0 ms]
    "#]],
    );
}

#[test]
fn ports() {
    check(
        "nc -l",
        expect![[r#"
        nc: missing port number
        [1 after 0 ms]
    "#]],
    );
    check(
        "nc 10.211.55.10",
        expect![[r#"
        nc: missing port number
        [1 after 0 ms]
    "#]],
    );
    check(
        "nc 10.211.55.10 99999",
        expect![[r#"
        nc: port number too large: 99999
        [1 after 0 ms]
    "#]],
    );
    check(
        "nc 10.211.55.10 abc",
        expect![[r#"
        nc: port number invalid: abc
        [1 after 0 ms]
    "#]],
    );
    check(
        "nc 10.211.55.10 0",
        expect![[r#"
        nc: port number too small: 0
        [1 after 0 ms]
    "#]],
    );
    check(
        "nc -l abc",
        expect![[r#"
        nc: getaddrinfo: Servname not supported for ai_socktype
        [1 after 0 ms]
    "#]],
    );
    check(
        "nc -l 99999",
        expect![[r#"
        [runs]
    "#]],
    );
    check(
        "nc -l 0",
        expect![[r#"
        [runs]
    "#]],
    );
    check(
        "nc -l -p 6670 -w 1",
        expect![[r#"
        [runs]
    "#]],
    );
}

#[test]
fn options_that_do_not_fit() {
    check(
        "nc -w abc 10.211.55.10 5555",
        expect![[r#"
        nc: timeout invalid: abc
        [1 after 0 ms]
    "#]],
    );
    check(
        "nc -q x 10.211.55.10 5555",
        expect![[r#"
        nc: quit timer invalid: x
        [1 after 0 ms]
    "#]],
    );
    check(
        "nc -l 5555 -k -z",
        expect![[r#"
        nc: cannot use -z and -l
        [1 after 0 ms]
    "#]],
    );
    check(
        "nc -k 10.211.55.10 5555",
        expect![[r#"
        nc: must use -l with -k
        [1 after 0 ms]
    "#]],
    );
    check(
        "nc -u 10.211.55.10 5555",
        expect![[r#"
            nc: -u (UDP) is not part of this lab, which has TCP only
            [1 after 0 ms]
        "#]],
    );
    check(
        "nc -6 -l 5555",
        expect![[r#"
            [runs]
        "#]],
    );
    check(
        "nc -x proxy 10.211.55.10 5555",
        expect![[r#"
            nc: a proxy is not part of this lab, which has TCP only
            [1 after 0 ms]
        "#]],
    );
}

#[test]
fn names() {
    check(
        "nc nosuchhost.invalid 5555",
        expect![[r#"
        nc: getaddrinfo for host "nosuchhost.invalid" port 5555: Temporary failure in name resolution
        [1 after 0 ms]
    "#]],
    );
    // Without a terminal the print's dash stays what it is.
    check(
        "nc –l 5555",
        expect![[r#"
        nc: getaddrinfo for host "–l" port 5555: Name or service not known
        [1 after 0 ms]
    "#]],
    );
    check(
        "nc fd00::10 5555",
        expect![[r#"
            [1 after 0 ms]
        "#]],
    );
}

#[test]
fn addresses_and_ports_that_are_taken() {
    check(
        "nc -s 1.2.3.4 10.211.55.10 5555",
        expect![[r#"
        nc: bind failed: Cannot assign requested address
        [1 after 0 ms]
    "#]],
    );
    check(
        "nc -l 1.2.3.4 5555",
        expect![[r#"
        nc: Cannot assign requested address
        [1 after 0 ms]
    "#]],
    );
    check_after(
        &[(HostId::Client, "ncat -l -k 22")],
        "nc -l 22",
        expect![[r#"
        nc: Address already in use
        [1 after 0 ms]
    "#]],
    );
    check_after(
        &[(HostId::Client, "ncat -l -k 22")],
        "nc -v -l 22",
        expect![[r#"
        nc: Address already in use
        [1 after 0 ms]
    "#]],
    );
    check_after(
        &[(HostId::Client, "nc -l 6666")],
        "nc -p 6666 10.211.55.10 5555",
        expect![[r#"
        nc: bind failed: Address already in use
        [1 after 0 ms]
    "#]],
    );
    check_after(
        &[(HostId::Client, "nc -l 6666")],
        "ncat -l 6666",
        expect![[r#"
        Ncat: bind to 0.0.0.0:6666: Address already in use. QUITTING.
        [2 after 0 ms]
    "#]],
    );
    check_after(
        &[(HostId::Client, "ncat -l 6666")],
        "nc.traditional -n -v -p 6666 10.211.55.10 5555",
        expect![[r#"
        retrying local 0.0.0.0:6666 : Address already in use
        retrying local 0.0.0.0:6666 : Address already in use
        retrying local 0.0.0.0:6666 : Address already in use
        retrying local 0.0.0.0:6666 : Address already in use
        Can't grab 0.0.0.0:6666 with bind
        [1 after 8000 ms]
    "#]],
    );
}

#[test]
fn connects_that_fail() {
    check(
        "nc -v 10.211.55.10 5555",
        expect![[r#"
        nc: connect to 10.211.55.10 port 5555 (tcp) failed: Connection refused
        [1 after 10 ms]
    "#]],
    );
    check(
        "nc 10.211.55.10 5555",
        expect![[r#"
        [1 after 10 ms]
    "#]],
    );
    check(
        "nc -z -v 10.211.55.10 5550-5553",
        expect![[r#"
        nc: connect to 10.211.55.10 port 5550 (tcp) failed: Connection refused
        nc: connect to 10.211.55.10 port 5551 (tcp) failed: Connection refused
        nc: connect to 10.211.55.10 port 5552 (tcp) failed: Connection refused
        nc: connect to 10.211.55.10 port 5553 (tcp) failed: Connection refused
        [1 after 40 ms]
    "#]],
    );
    check(
        "nc -v 10.211.55.77 5555",
        expect![[r#"
            nc: connect to 10.211.55.77 port 5555 (tcp) failed: No route to host
            [1 after 3132 ms]
        "#]],
    );
    check(
        "nc -v 198.51.100.7 5555",
        expect![[r#"
        nc: connect to 198.51.100.7 port 5555 (tcp) failed: Network is unreachable
        [1 after 0 ms]
    "#]],
    );
    check(
        "nc -v -w 2 10.211.55.78 5555",
        expect![[r#"
        nc: connect to 10.211.55.78 port 5555 (tcp) timed out: Operation now in progress
        [1 after 2000 ms]
    "#]],
    );
    check(
        "nc -v S_m 5555",
        expect![[r#"
        nc: connect to S_m (10.211.55.10) port 5555 (tcp) failed: Connection refused
        [1 after 10 ms]
    "#]],
    );
    check(
        "ncat 10.211.55.10 5555",
        expect![[r#"
        Ncat: Connection refused.
        [1 after 10 ms]
    "#]],
    );
    check(
        "ncat 10.211.55.77 5555",
        expect![[r#"
            Ncat: No route to host.
            [1 after 3132 ms]
        "#]],
    );
    check(
        "nc.traditional -v -n 10.211.55.10 5555",
        expect![[r#"
        (UNKNOWN) [10.211.55.10] 5555 (?) : Connection refused
        [1 after 10 ms]
    "#]],
    );
}

#[test]
fn connects_that_succeed() {
    let server = [(HostId::Server, "nc -lk 5556")];
    check_after(
        &server,
        "nc -zv 10.211.55.10 5556",
        expect![[r#"
        Connection to 10.211.55.10 5556 port [tcp/freeciv] succeeded!
        [0 after 10 ms]
    "#]],
    );
    check_after(
        &server,
        "nc -n -v 10.211.55.10 5556",
        expect![[r#"
        Connection to 10.211.55.10 5556 port [tcp/*] succeeded!
        [runs]
    "#]],
    );
    check_after(
        &server,
        "nc -v S_m 5556",
        expect![[r#"
        Connection to S_m (10.211.55.10) 5556 port [tcp/freeciv] succeeded!
        [runs]
    "#]],
    );
    check_after(
        &server,
        "nc -z -v 10.211.55.10 5555-5557",
        expect![[r#"
        nc: connect to 10.211.55.10 port 5555 (tcp) failed: Connection refused
        Connection to 10.211.55.10 5556 port [tcp/freeciv] succeeded!
        nc: connect to 10.211.55.10 port 5557 (tcp) failed: Connection refused
        [0 after 30 ms]
    "#]],
    );
}

#[test]
fn the_other_netcats() {
    check(
        "ncat",
        expect![[r#"
        Ncat: You must specify a host to connect to. QUITTING.
        [2 after 0 ms]
    "#]],
    );
    check(
        "ncat -k 10.211.55.10",
        expect![[r#"
        Ncat: -k, --keep-open must be used with -l, --listen. QUITTING.
        [2 after 0 ms]
    "#]],
    );
    check(
        "nc.traditional",
        expect![[r#"
        Cmd line: wrong
        [1 after 0 ms]
    "#]],
    );
    check(
        "nc.traditional -l 6671 -w 1",
        expect![[r#"
        no connection : Connection timed out
        [1 after 1000 ms]
    "#]],
    );
}
