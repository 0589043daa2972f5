//! The real tools' words, letter for letter: what each wrong command prints, and how it ends.
//!
//! The texts were recorded on Linux 6.18 with netcat-openbsd 1.219, netcat-traditional 1.10-47, Ncat 7.93, net-tools
//! 2.10 and iptables 1.8.9. Both streams are compared as one.

use tcp_core::millis;
use tcp_core::net::HostId;
use tcp_core::tcp::ProfileName;
use tcp_shell::Lab;

/// A command on C_m after `before` (a host and a line each, a second apart), what it prints and its exit code; no
/// code means that it runs on.
type Case = (&'static [(HostId, &'static str)], &'static str, &'static str, Option<i32>);

use HostId::{Client, Server};

const TRY: &str = "Try `iptables -h' or 'iptables --help' for more information.\n";
const USAGE: &str = "usage: nc [-46CDdFhklNnrStUuvZz] [-I length] [-i interval] [-M ttl]\n\
    \t  [-m minttl] [-O length] [-P proxy_username] [-p source_port]\n\
    \t  [-q seconds] [-s sourceaddr] [-T keyword] [-V rtable] [-W recvlimit]\n\
    \t  [-w timeout] [-X proxy_protocol] [-x proxy_address[:port]]\n\
    \t  [destination] [port]\n";

const SERVES: &[(HostId, &str)] = &[(Server, "nc -lk 5555")];
const DROPS: &[(HostId, &str)] =
    &[(Server, "nc -lk 5555"), (Server, "iptables -A INPUT -p tcp --dport 5555 -j DROP")];
/// Port 6666 of C_m is in TIME_WAIT.
const WAITS: &[(HostId, &str)] =
    &[(Server, "nc -lk 5555"), (Client, "nc -p 6666 10.211.55.10 5555"), (Client, "killall nc")];

#[rustfmt::skip]
const NETCAT: &[Case] = &[
    (SERVES, "nc -v 10.211.55.10 5555", "Connection to 10.211.55.10 5555 port [tcp/*] succeeded!\n", None),
    (&[], "nc -n -v -l 5555", "Listening on 0.0.0.0 5555\n", None),
    (&[], "nc -v 10.211.55.10 5555", "nc: connect to 10.211.55.10 port 5555 (tcp) failed: Connection refused\n", Some(1)),
    (DROPS, "nc -v 10.211.55.10 5555", "nc: connect to 10.211.55.10 port 5555 (tcp) failed: Connection timed out\n", Some(1)),
    (DROPS, "nc -v -w 5 10.211.55.10 5555", "nc: connect to 10.211.55.10 port 5555 (tcp) timed out: Operation now in progress\n", Some(1)),
    (&[], "nc -v 10.211.55.77 5555", "nc: connect to 10.211.55.77 port 5555 (tcp) failed: No route to host\n", Some(1)),
    (&[], "nc -v 198.51.100.7 5555", "nc: connect to 198.51.100.7 port 5555 (tcp) failed: Network is unreachable\n", Some(1)),
    (&[(Client, "sysctl -w net.ipv4.ip_local_port_range=\"40000 40000\""), (Server, "nc -lk 5555"), (Client, "nc 10.211.55.10 5555")],
     "nc -v 10.211.55.10 5555", "nc: connect to 10.211.55.10 port 5555 (tcp) failed: Cannot assign requested address\n", Some(1)),
    (&[], "nc 10.211.55.10 5555", "", Some(1)),
    (DROPS, "nc 10.211.55.10 5555", "", Some(1)),
    (WAITS, "nc -p 6666 10.211.55.10 5555", "nc: bind failed: Address already in use\n", Some(1)),
    (WAITS, "nc -p 6666 10.211.55.10 7777", "nc: bind failed: Address already in use\n", Some(1)),
    (WAITS, "nc -l 6666", "nc: Address already in use\n", Some(1)),
    (&[], "nc -s 1.2.3.4 10.211.55.10 5555", "nc: bind failed: Cannot assign requested address\n", Some(1)),
    (WAITS, "nc.traditional -v -p 6666 10.211.55.10 5555",
     "retrying local 0.0.0.0:6666 : Address already in use\nretrying local 0.0.0.0:6666 : Address already in use\n\
      retrying local 0.0.0.0:6666 : Address already in use\nretrying local 0.0.0.0:6666 : Address already in use\n\
      Can't grab 0.0.0.0:6666 with bind\n", Some(1)),
    (WAITS, "ncat -l 6666", "Ncat: bind to 0.0.0.0:6666: Address already in use. QUITTING.\n", Some(2)),
    (WAITS, "ncat -p 6666 10.211.55.10 5555", "libnsock mksock_bind_addr(): Bind to 0.0.0.0:6666 failed (IOD #1): Address already in use (98)\n", None),
    (&[], "ncat 10.211.55.10 5555", "Ncat: Connection refused.\n", Some(1)),
    (&[], "nc.traditional -v -n 10.211.55.10 5555", "(UNKNOWN) [10.211.55.10] 5555 (?) : Connection refused\n", Some(1)),
    (&[], "nc", USAGE, Some(1)),
    (&[], "nc -l", "nc: missing port number\n", Some(1)),
    (&[], "nc 10.211.55.10", "nc: missing port number\n", Some(1)),
    (&[], "nc 10.211.55.10 99999", "nc: port number too large: 99999\n", Some(1)),
    (&[], "nc 10.211.55.10 abc", "nc: port number invalid: abc\n", Some(1)),
    (&[], "nc 10.211.55.10 0", "nc: port number too small: 0\n", Some(1)),
    (&[], "nc -l abc", "nc: getaddrinfo: Servname not supported for ai_socktype\n", Some(1)),
    (&[], "nc -l 99999", "", None),
    (SERVES, "nc -p 70000 10.211.55.10 5555", "", None),
    (&[], "nc -w abc 10.211.55.10 5555", "nc: timeout invalid: abc\n", Some(1)),
    (&[], "nc nosuchhost.invalid 5555", "nc: getaddrinfo for host \"nosuchhost.invalid\" port 5555: Temporary failure in name resolution\n", Some(1)),
    (&[], "nc –l 5555", "nc: getaddrinfo for host \"–l\" port 5555: Name or service not known\n", Some(1)),
];

#[rustfmt::skip]
const IPTABLES: &[(&str, &str, i32)] = &[
    ("iptables -L OUTPUT –vn", "iptables v1.8.9 (nf_tables): Invalid rule number `–vn'\n", 2),
    ("iptables -D OUTPUT -p tcp --dport 5555 -j DROP", "iptables: Bad rule (does a matching rule exist in that chain?).\n", 1),
    ("iptables -D OUTPUT 77", "iptables: Index of deletion too big.\n", 1),
    ("iptables -I OUTPUT -p tcp --dport 99999 -j DROP", "iptables v1.8.9 (nf_tables): invalid port/service `99999' specified\n", 2),
    ("iptables -I OUTPUT -p tcp --tcp-flags SYN,ACK,FOO SYN -j DROP", "iptables v1.8.9 (nf_tables): Unknown TCP flag `FOO'\n", 2),
    ("iptables -I OUTPUT -p tcp --tcp-flags SYN,ACK -j DROP", "iptables v1.8.9 (nf_tables): --tcp-flags requires two args.\n", 2),
    ("iptables -I OUTPUT --dport 5555 -j DROP", "iptables v1.8.9 (nf_tables): unknown option \"--dport\"\n", 2),
    ("iptables -I OUTPUT -p tcp --dport 5555 -j NOPE", "iptables v1.8.9 (nf_tables): Chain 'NOPE' does not exist\n", 2),
    ("iptables -I NOPE -p tcp -j DROP", "iptables: No chain/target/match by that name.\n", 1),
    ("iptables -I output -p tcp -j DROP", "iptables: No chain/target/match by that name.\n", 1),
    ("iptables -I OUTPUT -p foo -j DROP", "iptables v1.8.9 (nf_tables): unknown protocol \"foo\" specified\n", 2),
    ("iptables -P OUTPUT REJECT", "iptables: Bad policy name. Run `dmesg' for more information.\n", 1),
    ("iptables", "iptables v1.8.9 (nf_tables): no command specified\n", 2),
];

/// Starts each line of `before`, then `cmd` as a program without a terminal (so that nobody mends its dashes), and gives
/// what it printed and its exit code.
fn outcome(before: &[(HostId, &str)], cmd: &str) -> (String, Option<i32>) {
    let mut lab = Lab::new(ProfileName::Linux, 1);
    for (host, line) in before {
        lab.spawn(*host, line);
        lab.advance_to(lab.now() + millis(1000));
    }
    let id = lab.spawn(Client, cmd);
    // Longer than any program tries, and shorter than a connection waits in vain.
    lab.advance_to(lab.now() + millis(140_000));
    let process = lab.process(id).expect("it was started");
    let printed = process.output.iter().map(|written| written.text.as_str()).collect();
    (printed, process.exit.as_ref().map(|exit| exit.code))
}

#[test]
fn netcats_say_what_the_real_ones_say() {
    for (before, cmd, text, code) in NETCAT {
        assert_eq!(outcome(before, cmd), ((*text).to_owned(), *code), "{cmd}");
    }
}

#[test]
fn an_unknown_option_prints_the_usage() {
    let text = format!("nc: invalid option -- 'Q'\n{USAGE}");
    assert_eq!(outcome(&[], "nc -Q 10.211.55.10 5555"), (text, Some(1)));
}

#[test]
fn each_reject_reads_as_its_errno() {
    for (with, error) in [
        ("tcp-reset", "Connection refused"),
        ("icmp-port-unreachable", "Connection refused"),
        ("icmp-host-unreachable", "No route to host"),
        ("icmp-admin-prohibited", "No route to host"),
        ("icmp-net-unreachable", "Network is unreachable"),
        ("icmp-proto-unreachable", "Protocol not available"),
    ] {
        let rule = format!("iptables -A INPUT -p tcp --dport 5555 -j REJECT --reject-with {with}");
        let text = format!("nc: connect to 10.211.55.10 port 5555 (tcp) failed: {error}\n");
        let before: &[(HostId, &str)] = &[(Server, "nc -lk 5555"), (Server, &rule)];
        assert_eq!(outcome(before, "nc -v 10.211.55.10 5555"), (text, Some(1)), "{with}");
    }
}

#[test]
fn iptables_says_what_the_real_one_says() {
    for (cmd, text, code) in IPTABLES {
        let text = if *code == 2 { format!("{text}{TRY}") } else { (*text).to_owned() };
        assert_eq!(outcome(&[], cmd), (text, Some(*code)), "{cmd}");
    }
}

#[test]
fn netstat_ignores_a_word_it_takes_for_a_family() {
    let (text, code) = outcome(SERVES, "netstat –nat");
    assert!(text.starts_with("Active Internet connections (w/o servers)\n"), "{text}");
    assert_eq!(code, Some(0));
}

#[test]
fn a_connection_that_is_reset_ends_nc_in_silence() {
    let mut lab = Lab::new(ProfileName::Linux, 1);
    let server = lab.spawn(Server, "nc -l 5555");
    let client = lab.spawn(Client, "nc 10.211.55.10 5555");
    lab.advance_to(millis_from_start(1000));
    lab.signal(server, tcp_shell::Signal::Int);
    lab.advance_to(millis_from_start(2000));
    lab.type_into(client, "hello");
    lab.advance_to(millis_from_start(3000));
    let process = lab.process(client).expect("it was started");
    assert!(process.output.is_empty(), "{:?}", process.output);
    assert_eq!(process.exit.as_ref().map(|exit| exit.code), Some(0));
}

fn millis_from_start(ms: u64) -> tcp_core::Instant {
    tcp_core::Instant::from_millis(ms)
}
