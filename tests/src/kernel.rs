//! Stories of profile `linux`: what the kernel's traces show and the article does not.

use crate::{ClientLower, ClientUpper, Network, ServerLower, ServerUpper, Story};
use tcp_core::tcp::ProfileName;

/// `nc` on both hosts, connected.
fn connected() -> Story {
    let mut s = Story::new(ProfileName::Linux);
    s.types(ServerUpper, "nc -l 5555");
    s.types(ClientUpper, "nc -v 10.211.55.10 5555");
    s.waits_s(1);
    s.must_show(&["ESTABLISHED"], &["LISTEN", "ESTABLISHED"]);
    s
}

/// A SYN is repeated four times at equal intervals and then at doubling ones, ten times in all; with
/// `tcp_syn_linear_timeouts=0`, six times at doubling intervals (traces 03a, 03b).
pub(crate) fn syn_timeouts() -> Story {
    let mut s = Story::new(ProfileName::Linux);
    let rule = "OUTPUT -p tcp --dport 5555 --tcp-flags SYN,ACK,FIN,RST SYN -j DROP";
    s.types(ClientLower, &format!("sudo iptables -I {rule}"));
    s.types(ServerUpper, "nc -l 5555");
    for (linear, early, count, ends) in
        [(4, "    6   360", "   11   660", 131), (0, "    3   180", "    7   420", 127)]
    {
        s.heading(&format!("tcp_syn_linear_timeouts={linear}"));
        s.types(ClientLower, &format!("sudo sysctl -w net.ipv4.tcp_syn_linear_timeouts={linear}"));
        s.types(ClientUpper, "nc -v 10.211.55.10 5555");
        s.waits_s(6);
        s.types(ClientLower, "sudo iptables -L OUTPUT -vn");
        assert!(s.printed(ClientLower).contains(&format!("{early} DROP")), "{}", s.printed(ClientLower));
        s.waits_s(ends - 7);
        s.must_show(&["SYN_SENT"], &["LISTEN"]);
        s.waits_s(6);
        s.must_show(&[], &["LISTEN"]);
        s.types(ClientLower, "sudo iptables -L OUTPUT -vn");
        assert!(s.printed(ClientLower).contains(&format!("{count} DROP")), "{}", s.printed(ClientLower));
        s.types(ClientLower, "sudo iptables -Z OUTPUT");
    }
    let failed = "nc: connect to 10.211.55.10 port 5555 (tcp) failed: Connection timed out\n";
    assert_eq!(s.printed(ClientUpper), failed.repeat(2));
    s
}

/// Data that this host's OUTPUT drops counts as not sent (timer `probe`). Data that is dropped further on is sent again
/// (timer `on`), and the loss probe is not counted (traces 17a, 17b).
pub(crate) fn where_data_is_dropped() -> Story {
    let mut s = connected();
    s.types(ClientLower, "sudo iptables -A OUTPUT -p tcp --dport 5555 --tcp-flags PSH PSH -j DROP");
    s.types(ClientUpper, "hello");
    s.waits_s(1);
    s.types(ClientLower, "netstat -nato");
    let shown = s.printed(ClientLower);
    assert!(shown.contains(" ESTABLISHED probe (") && shown.contains("/0/2)"), "{shown}");
    s.types(ClientLower, "sudo iptables -F");
    s.waits_s(2);
    assert_eq!(s.printed(ServerUpper), "hello\n");
    s.heading("further on");
    s.types(ServerLower, "sudo iptables -A INPUT -p tcp --dport 5555 --tcp-flags PSH PSH -j DROP");
    s.types(ClientUpper, "again");
    s.waits_s(1);
    s.types(ClientLower, "netstat -nato");
    let shown = s.printed(ClientLower);
    assert!(shown.contains(" ESTABLISHED on (") && shown.contains("/2/0)"), "{shown}");
    s
}

/// The last ACK is lost for ten seconds: each repeated FIN restarts the 60 s of TIME_WAIT (trace 13c).
pub(crate) fn time_wait_begins_anew() -> Story {
    let mut s = connected();
    s.types(Network, "drop client A 0");
    s.ctrl_c(ClientUpper);
    s.waits_s(10);
    s.must_show(&["TIME_WAIT"], &["LAST_ACK"]);
    s.types(Network, "clear");
    s.waits_s(52);
    s.must_show(&["TIME_WAIT"], &[]);
    s.waits_s(20);
    s.must_show(&[], &[]);
    s
}

/// FIN_WAIT2 lasts while a program holds the socket (trace 14b), and for `tcp_fin_timeout` when no program does (trace
/// 14c).
pub(crate) fn fin_wait_2_held_and_not() -> Story {
    let mut s = Story::new(ProfileName::Linux);
    s.types(ServerUpper, "app");
    for line in ["l socket", "l bind 0.0.0.0 5555", "l listen 5", "l accept c"] {
        s.types(ServerUpper, line);
    }
    s.types(ClientUpper, "app");
    for line in ["a socket", "a connect 10.211.55.10 5555", "a shutdown WR"] {
        s.types(ClientUpper, line);
        s.waits_s(1);
    }
    s.types(ClientLower, "sudo sysctl -w net.ipv4.tcp_fin_timeout=15");
    s.waits_s(100);
    s.types(ClientLower, "netstat -nato");
    s.must_show(&["FIN_WAIT2"], &["LISTEN", "CLOSE_WAIT"]);
    s.heading("the program lets it go");
    s.types(ClientUpper, "a close");
    s.waits_s(14);
    s.types(ClientLower, "netstat -nato");
    s.must_show(&["FIN_WAIT2"], &["LISTEN", "CLOSE_WAIT"]);
    s.waits_s(3);
    s.must_show(&[], &["LISTEN", "CLOSE_WAIT"]);
    s.heading("what the server still sends is answered by a reset");
    s.types(ServerUpper, "c send late");
    s.waits_s(1);
    s.types(ServerUpper, "c send later");
    s.must_show(&[], &["LISTEN"]);
    assert!(s.printed(ServerUpper).ends_with("c send later -> EPIPE: Broken pipe\n"));
    s
}

/// How long an orphan keeps trying: `tcp_orphan_retries` (trace 13a has its default, which means 8).
pub(crate) fn orphan_retries() -> Story {
    let mut s = connected();
    s.types(ClientLower, "sudo sysctl -w net.ipv4.tcp_orphan_retries=2");
    s.types(Network, "drop client FA");
    s.ctrl_c(ClientUpper);
    s.waits_s(2);
    s.must_show(&["FIN_WAIT1"], &["LISTEN", "ESTABLISHED"]);
    s.waits_s(3);
    s.must_show(&[], &["LISTEN", "ESTABLISHED"]);
    s
}

/// `tcp_max_tw_buckets` bounds the entries that wait: one more is forgotten at once, in TIME_WAIT and as an orphan
/// (variation v69).
pub(crate) fn time_wait_has_no_room() -> Story {
    let mut s = Story::new(ProfileName::Linux);
    s.types(ClientLower, "sudo sysctl -w net.ipv4.tcp_max_tw_buckets=1");
    s.types(ServerLower, "sudo sysctl -w net.ipv4.tcp_max_tw_buckets=0");
    s.types(ServerUpper, "nc -l -k 5555");
    for _ in 0..2 {
        s.types(ClientUpper, "nc 10.211.55.10 5555");
        s.waits_s(1);
        s.ctrl_c(ClientUpper);
        s.waits_s(1);
        s.must_show(&["TIME_WAIT"], &["LISTEN"]);
    }
    s.heading("an orphan whose peer goes on");
    s.types(ClientUpper, "nc 10.211.55.10 5555");
    s.waits_s(1);
    s.ctrl_c(ServerUpper);
    s.waits_s(1);
    s.must_show(&["TIME_WAIT", "CLOSE_WAIT"], &[]);
    s
}

/// The ephemeral ports run out for one destination but not for another (trace 20a). After TIME_WAIT they are free
/// again.
pub(crate) fn ports_run_out() -> Story {
    let mut s = Story::new(ProfileName::Linux);
    s.types(ClientLower, "sudo sysctl -w net.ipv4.ip_local_port_range=\"50000 50003\"");
    s.types(ServerUpper, "nc -l -k 5555");
    s.types(ServerLower, "nc -l -k 7777");
    for _ in 0..4 {
        s.types(ClientUpper, "nc 10.211.55.10 5555");
        s.waits_s(1);
        s.ctrl_c(ClientUpper);
    }
    s.waits_s(1);
    s.must_show(&["TIME_WAIT"; 4], &["LISTEN", "LISTEN"]);
    s.types(ClientUpper, "nc -v 10.211.55.10 5555");
    s.types(ClientUpper, "nc -v 10.211.55.10 7777");
    s.waits_s(1);
    let said = "nc: connect to 10.211.55.10 port 5555 (tcp) failed: Cannot assign requested address\n\
                Connection to 10.211.55.10 7777 port [tcp/*] succeeded!\n";
    assert_eq!(s.printed(ClientUpper), said);
    s.ctrl_c(ClientUpper);
    s.heading("tcp_tw_reuse: a port that waits for more than a second may be had");
    s.types(ClientLower, "sudo sysctl -w net.ipv4.tcp_tw_reuse=1");
    s.types(ClientUpper, "nc -v 10.211.55.10 5555");
    s.waits_s(1);
    assert!(s.printed(ClientUpper).ends_with("5555 port [tcp/*] succeeded!\n"));
    s.ctrl_c(ClientUpper);
    s.types(ClientLower, "sudo sysctl -w net.ipv4.tcp_tw_reuse=0");
    s.types(ClientUpper, "nc -v 10.211.55.10 5555");
    assert!(s.printed(ClientUpper).ends_with("Cannot assign requested address\n"));
    s.heading("or the wait is over");
    s.waits_s(65);
    s.types(ClientUpper, "nc -v 10.211.55.10 5555");
    s.waits_s(1);
    assert!(s.printed(ClientUpper).ends_with("5555 port [tcp/*] succeeded!\n"));
    s
}

/// SIGKILL does the same as Ctrl-C, unless some data was not read: then it causes a reset (traces 18f, 18e).
pub(crate) fn kill_9() -> Story {
    let mut s = connected();
    s.types(ServerLower, "killall -9 nc");
    s.waits_s(1);
    s.must_show(&["CLOSE_WAIT"], &["FIN_WAIT2"]);
    s.ctrl_c(ClientUpper);
    s.waits_s(65);
    s.must_show(&[], &[]);
    s.heading("a line came that was not read");
    s.types(ServerUpper, "nc -l 5555");
    s.types(ClientUpper, "nc -v 10.211.55.10 5555");
    s.waits_s(1);
    s.types(ServerLower, "killall -STOP nc");
    s.types(ClientUpper, "hello");
    s.waits_s(1);
    s.types(ServerLower, "netstat -nat");
    s.types(ServerLower, "killall -9 nc");
    s.waits_s(1);
    s.must_show(&[], &[]);
    s
}

/// A client that gives up leaves the server's half-open entry alone; a SYN|ACK that gets through is then answered with
/// a reset. Without a reset, the entry is forgotten after a minute (trace 04g).
pub(crate) fn half_open_and_forgotten() -> Story {
    let mut s = Story::new(ProfileName::Linux);
    s.types(ServerUpper, "nc -l 5555");
    s.types(Network, "drop server SA");
    s.types(ClientUpper, "nc 10.211.55.10 5555");
    s.waits_s(3);
    s.ctrl_c(ClientUpper);
    s.must_show(&[], &["LISTEN", "SYN_RECV"]);
    s.waits_s(58);
    s.must_show(&[], &["LISTEN", "SYN_RECV"]);
    s.waits_s(12);
    s.must_show(&[], &["LISTEN"]);
    s
}
