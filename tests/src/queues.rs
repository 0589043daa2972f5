//! Stories of a listener's two queues: connections that wait for accept(), and those that still have to finish the
//! handshake.

use crate::{ClientLower, ClientUpper, Network, ServerLower, ServerUpper, Story};
use tcp_core::millis;
use tcp_core::tcp::ProfileName;

/// A server that listens with this backlog, and accepts only when `accept` is typed.
fn listening(backlog: &str) -> Story {
    let mut s = Story::new(ProfileName::Linux);
    s.types(ServerUpper, "app");
    for line in ["l socket", "l reuseaddr", "l bind 0.0.0.0 5555", &format!("l listen {backlog}")] {
        s.types(ServerUpper, line);
    }
    s
}

/// One connection more than the backlog may wait to be accepted; a further SYN is not answered, and has no row (trace
/// 16a).
pub(crate) fn accept_queue_full() -> Story {
    let mut s = listening("1");
    for _ in 0..3 {
        s.types(ClientUpper, "nc -n -v 10.211.55.10 5555 &");
        s.waits(millis(400));
    }
    s.types(ClientLower, "netstat -nat");
    s.types(ServerLower, "netstat -nat");
    s.must_show(&["ESTABLISHED", "ESTABLISHED", "SYN_SENT"], &["LISTEN", "ESTABLISHED", "ESTABLISHED"]);
    assert!(s.printed(ServerLower).contains("tcp        2      0 0.0.0.0:5555"));
    s.heading("one is accepted: there is room for the next SYN that is repeated");
    s.waits_s(4);
    s.types(ServerUpper, "l accept a");
    s.must_show(&["ESTABLISHED", "ESTABLISHED", "SYN_SENT"], &["LISTEN", "ESTABLISHED", "ESTABLISHED"]);
    s.waits_s(2);
    s.must_show(&["ESTABLISHED"; 3], &["LISTEN", "ESTABLISHED", "ESTABLISHED", "ESTABLISHED"]);
    s
}

/// More handshakes are under way than the backlog allows: the server answers with a SYN cookie and keeps no row. The
/// row appears with the first segment after the SYN|ACK for which there is room: the ACK, or the data after it (trace
/// 16g).
pub(crate) fn cookies() -> Story {
    let mut s = listening("0");
    s.types(Network, "delay 200");
    s.types(ClientUpper, "nc -n -v 10.211.55.10 5555 &");
    s.waits(millis(40));
    s.types(ClientLower, "nc -n -v 10.211.55.10 5555");
    s.waits(millis(300));
    s.must_show(&["SYN_SENT", "SYN_SENT"], &["LISTEN", "SYN_RECV"]);
    s.waits(millis(500));
    s.must_show(&["ESTABLISHED", "ESTABLISHED"], &["LISTEN", "ESTABLISHED"]);
    assert_eq!(s.printed(ClientLower), "Connection to 10.211.55.10 5555 port [tcp/*] succeeded!\n");
    s.heading("what the second sends finds no room either");
    s.types(ClientLower, "hello");
    s.waits_s(4);
    s.must_show(&["ESTABLISHED", "ESTABLISHED"], &["LISTEN", "ESTABLISHED"]);
    s.heading("the first is accepted: the next repetition makes the second");
    s.types(ServerUpper, "l accept a");
    s.waits_s(3);
    s.types(ServerLower, "netstat -nat");
    s.must_show(&["ESTABLISHED", "ESTABLISHED"], &["LISTEN", "ESTABLISHED", "ESTABLISHED"]);
    assert!(s.printed(ServerLower).contains("tcp        6      0 10.211.55.10:5555"));
    s
}

/// The queue of accept() fills between a SYN and its ACK: the client is ESTABLISHED, the server stays in SYN_RECV and
/// goes on repeating its SYN|ACK (trace 16h).
pub(crate) fn fills_between() -> Story {
    let mut s = listening("1");
    s.types(ClientUpper, "nc -n -v 10.211.55.10 5555 &");
    s.waits_s(1);
    s.types(Network, "delay 200");
    s.types(ClientUpper, "nc -n -v 10.211.55.10 5555 &");
    s.waits(millis(30));
    s.types(ClientLower, "nc -n -v 10.211.55.10 5555");
    s.waits(millis(970));
    s.types(ServerLower, "netstat -nato");
    s.must_show(&["ESTABLISHED"; 3], &["LISTEN", "ESTABLISHED", "ESTABLISHED", "SYN_RECV"]);
    s.types(ClientLower, "hello");
    s.waits_s(5);
    s.must_show(&["ESTABLISHED"; 3], &["LISTEN", "ESTABLISHED", "ESTABLISHED", "SYN_RECV"]);
    s.heading("one is accepted: the data that comes again completes the handshake");
    s.types(ServerUpper, "l accept a");
    s.waits_s(8);
    s.must_show(&["ESTABLISHED"; 3], &["LISTEN", "ESTABLISHED", "ESTABLISHED", "ESTABLISHED"]);
    s
}

/// The same with `tcp_abort_on_overflow`: an ACK for which there is no room is answered with a reset. Without cookies,
/// a SYN beyond the backlog is not answered at all.
pub(crate) fn abort_on_overflow() -> Story {
    let mut s = listening("1");
    s.types(ServerLower, "sudo sysctl -w net.ipv4.tcp_abort_on_overflow=1 net.ipv4.tcp_syncookies=0");
    s.types(ClientUpper, "nc 10.211.55.10 5555 &");
    s.waits_s(1);
    s.types(Network, "delay 200");
    for _ in 0..3 {
        s.types(ClientUpper, "nc -n -v 10.211.55.10 5555 &");
        s.waits(millis(30));
    }
    s.waits(millis(250));
    s.must_show(
        &["ESTABLISHED", "SYN_SENT", "SYN_SENT", "SYN_SENT"],
        &["LISTEN", "ESTABLISHED", "SYN_RECV", "SYN_RECV"],
    );
    s.waits(millis(570));
    s.must_show(&["ESTABLISHED", "ESTABLISHED", "SYN_SENT"], &["LISTEN", "ESTABLISHED", "ESTABLISHED"]);
    s.types(ClientUpper, "");
    s
}

/// IPv6 beside IPv4: it has its own rows in netstat and ss, and one listener can take both (traces 19a, 19b).
pub(crate) fn both_families() -> Story {
    let mut s = Story::new(ProfileName::Linux);
    s.types(ClientLower, "sudo ip addr add fd00::2/64 dev eth0 nodad");
    s.types(ServerLower, "sudo ip addr add fd00::10/64 dev eth0 nodad");
    s.types(ServerUpper, "nc -6 -n -v -l -k 8443");
    s.types(ClientUpper, "nc -6 -v fd00::10 8443 &");
    s.waits_s(1);
    s.types(ClientUpper, "nc -v 10.211.55.10 8443");
    s.waits_s(1);
    s.types(ClientUpper, "hello");
    s.must_show(&["ESTABLISHED", "ESTABLISHED"], &["LISTEN", "ESTABLISHED", "ESTABLISHED"]);
    for line in ["netstat -nat", "ss -tan"] {
        s.types(ClientLower, line);
        s.types(ServerLower, line);
    }
    assert!(s.printed(ServerLower).contains("tcp6       0      0 fd00::10:8443           fd00::2:"));
    s.heading("what the rules of iptables do not see");
    s.types(ServerLower, "sudo iptables -P INPUT DROP");
    s.types(ClientLower, "nc -v fd00::10 8443");
    s.waits_s(1);
    assert!(s.printed(ClientLower).ends_with("Connection to fd00::10 8443 port [tcp/*] succeeded!\n"));
    s.heading("no such host, no such network, the other family");
    s.ctrl_c(ClientLower);
    for to in ["fd00::77", "2001:db8::1", "-4 fd00::10"] {
        s.types(ClientLower, &format!("nc -v {to} 5555"));
        s.waits_s(4);
    }
    let tail = "nc: connect to fd00::77 port 5555 (tcp) failed: No route to host\n\
         nc: connect to 2001:db8::1 port 5555 (tcp) failed: Network is unreachable\n\
         nc: getaddrinfo for host \"fd00::10\" port 5555: Address family for hostname not supported\n";
    assert!(s.printed(ClientLower).ends_with(tail), "{}", s.printed(ClientLower));
    s
}

/// Two `nc -l` share a port (trace 19b); each takes some of the connections.
pub(crate) fn shared_port() -> Story {
    let mut s = Story::new(ProfileName::Linux);
    s.types(ServerUpper, "nc -l -k 5555");
    s.types(ServerLower, "nc -l -k 5555");
    s.must_show(&[], &["LISTEN", "LISTEN"]);
    s.types(ClientUpper, "nc 10.211.55.10 5555");
    s.types(ClientLower, "nc 10.211.55.10 5555");
    s.waits_s(1);
    s.types(ClientUpper, "from one");
    s.types(ClientLower, "from the other");
    s.waits_s(1);
    let mut heard = [s.printed(ServerUpper), s.printed(ServerLower)];
    heard.sort();
    assert_eq!(heard, ["from one\n", "from the other\n"]);
    s.heading("a program that does not share it finds the port taken");
    s.ctrl_c(ServerLower);
    s.types(ServerLower, "ncat -4 -l 5555");
    assert!(s.printed(ServerLower).contains("Address already in use"));
    s
}
