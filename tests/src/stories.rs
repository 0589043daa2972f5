//! The stories. Each is an experiment, as a reader of the article would do it at two keyboards, with what it must show.

use crate::corners;
use crate::errors;
use crate::kernel;
use crate::netems;
use crate::queues;
use crate::{ClientLower, ClientUpper, Network, ServerLower, ServerUpper, Story};
use tcp_core::millis;
use tcp_core::net::HostId;
use tcp_core::tcp::ProfileName;

/// A story's name, which is also that of its transcript, and the function that plays it.
pub type Named = (&'static str, fn() -> Story);

/// All stories.
pub const STORIES: &[Named] = &[
    ("exercise-1", exercise_1),
    ("exercise-2", exercise_2),
    ("exercise-3", exercise_3),
    ("figure-12-port-locked", figure_12),
    ("simultaneous-open-and-close", simultaneous_open_and_close),
    ("closed-in-syn-recv", closed_in_syn_recv),
    ("server-closes-today", server_closes_today),
    ("half-close", half_close),
    ("last-ack-lost", last_ack_lost),
    ("fin-lost", fin_lost),
    ("data-lost", data_lost),
    ("refused-and-rejected", refused_and_rejected),
    ("syn-ack-lost-further-on", syn_ack_lost_further_on),
    ("killed-with-unread-data", killed_with_unread_data),
    ("orphan-in-fin-wait-2", orphan_in_fin_wait_2),
    ("time-wait-replaced", time_wait_replaced),
    ("queue-of-accept-full", queues::accept_queue_full),
    ("queue-of-half-open-full", queues::cookies),
    ("queue-fills-between-syn-and-ack", queues::fills_between),
    ("queue-full-and-reset", queues::abort_on_overflow),
    ("two-listeners-on-one-port", queues::shared_port),
    ("both-families", queues::both_families),
    ("syn-timeouts", kernel::syn_timeouts),
    ("where-data-is-dropped", kernel::where_data_is_dropped),
    ("time-wait-begins-anew", kernel::time_wait_begins_anew),
    ("fin-wait-2-held-and-not", kernel::fin_wait_2_held_and_not),
    ("orphan-retries", kernel::orphan_retries),
    ("time-wait-has-no-room", kernel::time_wait_has_no_room),
    ("ports-run-out", kernel::ports_run_out),
    ("kill-9", kernel::kill_9),
    ("half-open-and-forgotten", kernel::half_open_and_forgotten),
    ("soft-errors", errors::soft_errors),
    ("own-syn-rejected", errors::own_syn_rejected),
    ("reset-after-fin", errors::reset_after_fin),
    ("same-port-again", errors::same_port_again),
    ("own-port-again", errors::own_port_again),
    ("corners-of-opening", corners::opening),
    ("corners-of-closing", corners::closing),
    ("corners-of-closing-at-once", corners::closing_at_once),
    ("corners-of-being-closed-upon", corners::closed_upon),
    ("netem", netems::netem),
    ("peer-cut-off", corners::peer_cut_off),
];

/// Exercise 1, a to i: a connection, from LISTEN to TIME_WAIT, closed by either end.
pub fn exercise_1() -> Story {
    let mut s = Story::article();
    s.heading("a: a server listens");
    s.types(ServerUpper, "nc –l 5555");
    s.heading("b: netstat shows it");
    s.types(ServerLower, "netstat –nat | grep 5555");
    s.must_show(&[], &["LISTEN"]);
    assert!(s.printed(ServerLower).contains("0.0.0.0:5555            0.0.0.0:*               LISTEN"));
    s.heading("c: a client connects");
    s.types(ServerLower, "ip addr show");
    assert!(s.printed(ServerLower).contains("inet 10.211.55.10/24"));
    s.types(ClientUpper, "nc 10.211.55.10 5555");
    s.waits_s(1);
    s.heading("d: ESTABLISHED on both, the addresses mirrored");
    s.types(ClientLower, "netstat –nat | grep 5555");
    s.types(ServerLower, "netstat –nat | grep 5555");
    s.must_show(&["ESTABLISHED"], &["LISTEN", "ESTABLISHED"]);
    s.heading("e: what is typed on one side appears on the other");
    s.types(ClientUpper, "hello");
    s.waits_s(1);
    assert_eq!(s.printed(ServerUpper), "hello\n");
    s.types(ServerUpper, "hello yourself");
    s.waits_s(1);
    assert_eq!(s.printed(ClientUpper), "hello yourself\n");
    s.must_show(&["ESTABLISHED"], &["LISTEN", "ESTABLISHED"]);
    s.heading("f: a browser opens a site");
    s.types(ClientLower, "firefox http://acc.digital &");
    s.waits_s(1);
    s.types(ClientLower, "netstat -nat | grep ESTABLISHED");
    let shown = s.printed(ClientLower);
    assert!(shown.contains("94.130.104.144:80 ") && shown.contains("94.130.104.144:443 "), "{shown}");
    s.types(ClientLower, "killall firefox");
    s.heading("g: Ctrl-C at the client");
    s.ctrl_c(ClientUpper);
    s.waits_s(1);
    s.types(ClientLower, "netstat -nat | grep 5555");
    s.types(ServerLower, "netstat -nat | grep 5555");
    assert_eq!(s.states_on(HostId::Server), Vec::<&str>::new());
    assert!(s.states_on(HostId::Client).contains(&"TIME_WAIT"));
    s.heading("h: after two minutes nothing is left");
    s.waits_s(118);
    assert!(s.states_on(HostId::Client).contains(&"TIME_WAIT"));
    s.waits_s(3);
    s.types(ClientLower, "netstat -nat | grep 5555");
    s.must_show(&[], &[]);
    s.heading("i: once more, and the server ends first");
    s.types(ServerUpper, "nc -l 5555");
    s.types(ClientUpper, "nc 10.211.55.10 5555");
    s.waits_s(1);
    s.types(ClientUpper, "hello");
    s.waits_s(1);
    s.must_show(&["ESTABLISHED"], &["LISTEN", "ESTABLISHED"]);
    s.ctrl_c(ServerUpper);
    s.waits_s(1);
    s.types(ClientLower, "netstat -nat | grep 5555");
    s.types(ServerLower, "netstat -nat | grep 5555");
    s.must_show(&[], &["TIME_WAIT"]);
    s
}

/// Exercise 2, a to i: the SYN is dropped, then the SYN|ACK.
pub fn exercise_2() -> Story {
    let mut s = Story::article();
    s.heading("a: C_m drops its own SYN");
    s.types(
        ClientLower,
        "sudo iptables -I OUTPUT -p tcp --dport 5555 --tcp-flags\nSYN,ACK,FIN,RST SYN -j DROP",
    );
    s.heading("b: server and client start");
    s.types(ServerUpper, "nc –l 5555");
    s.types(ClientUpper, "nc 10.211.55.10 5555");
    s.waits_s(4);
    s.heading("c, d: SYN_SENT and LISTEN");
    s.types(ClientLower, "netstat -nat | grep 5555");
    s.types(ServerLower, "netstat -nat | grep 5555");
    s.must_show(&["SYN_SENT"], &["LISTEN"]);
    s.heading("e: the count grows, the waits double");
    s.types(ClientLower, "sudo iptables -L OUTPUT –vn");
    assert!(s.printed(ClientLower).contains("    3   180 DROP"), "{}", s.printed(ClientLower));
    s.waits_s(12);
    s.types(ClientLower, "sudo iptables -L OUTPUT –vn");
    assert!(s.printed(ClientLower).contains("    5   300 DROP"), "{}", s.printed(ClientLower));
    s.must_show(&["SYN_SENT"], &["LISTEN"]);
    s.heading("f: the client stops, the rule goes");
    s.ctrl_c(ClientUpper);
    s.types(
        ClientLower,
        "sudo iptables -D OUTPUT -p tcp --dport 5555 --tcp-flags\nSYN,ACK,FIN,RST SYN -j DROP",
    );
    s.types(ClientLower, "sudo iptables -S OUTPUT");
    assert!(s.printed(ClientLower).ends_with("-P OUTPUT ACCEPT\n"));
    s.must_show(&[], &["LISTEN"]);
    s.heading("g: S_m drops its own SYN|ACK");
    s.types(
        ServerLower,
        "sudo iptables -I OUTPUT -p tcp --sport 5555 --tcp-flags\nSYN,ACK,FIN,RST SYN,ACK -j DROP",
    );
    s.heading("h: once more");
    s.types(ClientUpper, "nc 10.211.55.10 5555");
    s.waits(millis(500));
    s.heading("i: SYN_SENT and SYN_RECV");
    s.types(ClientLower, "netstat -nat | grep 5555");
    s.types(ServerLower, "netstat -nat | grep 5555");
    s.must_show(&["SYN_SENT"], &["LISTEN", "SYN_RECV"]);
    s.heading("i: SYN_RECV may vanish, and come again");
    s.waits(millis(2000));
    s.types(ServerLower, "netstat -nat | grep 5555");
    s.must_show(&["SYN_SENT"], &["LISTEN"]);
    s.waits(millis(1000));
    s.types(ServerLower, "netstat -nat | grep 5555");
    s.must_show(&["SYN_SENT"], &["LISTEN", "SYN_RECV"]);
    s
}

/// The third case: the ACK of the handshake is dropped.
pub fn exercise_3() -> Story {
    let mut s = Story::article();
    s.types(
        ClientLower,
        "sudo iptables -I OUTPUT -p tcp --dport 5555 --tcp-flags SYN,ACK,FIN,RST ACK -j DROP",
    );
    s.types(ServerUpper, "nc -l 5555");
    s.types(ClientUpper, "nc -v 10.211.55.10 5555");
    s.waits_s(2);
    s.heading("ESTABLISHED and SYN_RECV");
    s.types(ClientLower, "netstat -nat | grep 5555");
    s.types(ServerLower, "netstat -nat | grep 5555");
    s.must_show(&["ESTABLISHED"], &["LISTEN", "SYN_RECV"]);
    assert_eq!(s.printed(ClientUpper), "Connection to 10.211.55.10 5555 port [tcp/*] succeeded!\n");
    s.heading("the half-open entry ends; the client knows nothing of it");
    s.waits_s(65);
    s.must_show(&["ESTABLISHED"], &["LISTEN"]);
    s.heading("rule removed: the first data is answered with a reset");
    s.types(ClientLower, "sudo iptables -F");
    s.types(ClientUpper, "hello");
    s.waits_s(1);
    s.must_show(&[], &["LISTEN"]);
    s
}

/// Figure 12: a port in TIME_WAIT is locked against any use.
pub fn figure_12() -> Story {
    let mut s = Story::article();
    s.types(ServerUpper, "nc -l -k 5555");
    s.types(ClientUpper, "nc -p 6666 10.211.55.10 5555");
    s.waits_s(1);
    s.types(ClientUpper, "hello");
    s.waits_s(1);
    s.ctrl_c(ClientUpper);
    s.waits_s(1);
    s.must_show(&["TIME_WAIT"], &["LISTEN"]);
    for line in ["nc -p 6666 10.211.55.10 5555", "nc -p 6666 10.211.55.10 7777", "nc -l 6666"] {
        s.types(ClientUpper, line);
        s.waits_s(1);
    }
    assert_eq!(
        s.printed(ClientUpper),
        "nc: bind failed: Address already in use\n\
         nc: bind failed: Address already in use\n\
         nc: Address already in use\n"
    );
    s.waits_s(120);
    s.types(ClientUpper, "nc -p 6666 10.211.55.10 5555");
    s.waits_s(1);
    s.must_show(&["ESTABLISHED"], &["LISTEN", "ESTABLISHED"]);
    s
}

/// Both ends open at once, and both close at once: SYN_RECV is entered from SYN_SENT, and CLOSING occurs.
pub fn simultaneous_open_and_close() -> Story {
    let mut s = Story::article();
    s.types(Network, "delay 1000");
    s.types(ClientUpper, "nc -p 7000 10.211.55.10 7000");
    s.types(ServerUpper, "nc -p 7000 10.211.55.2 7000");
    s.waits(millis(500));
    s.must_show(&["SYN_SENT"], &["SYN_SENT"]);
    s.waits(millis(1000));
    s.must_show(&["SYN_RECV"], &["SYN_RECV"]);
    s.waits(millis(2000));
    s.must_show(&["ESTABLISHED"], &["ESTABLISHED"]);
    s.ctrl_c(ClientUpper);
    s.ctrl_c(ServerUpper);
    s.waits(millis(500));
    s.must_show(&["FIN_WAIT1"], &["FIN_WAIT1"]);
    s.waits(millis(1000));
    s.must_show(&["CLOSING"], &["CLOSING"]);
    s.waits(millis(1000));
    s.must_show(&["TIME_WAIT"], &["TIME_WAIT"]);
    s
}

/// One end closes before the handshake is complete: SYN_RECV → FIN_WAIT_1.
pub fn closed_in_syn_recv() -> Story {
    let mut s = Story::article();
    s.types(Network, "delay 400");
    s.types(ClientUpper, "nc -p 7000 10.211.55.10 7000");
    s.types(ServerUpper, "nc -p 7000 10.211.55.2 7000");
    s.waits(millis(500));
    s.must_show(&["SYN_RECV"], &["SYN_RECV"]);
    s.ctrl_c(ClientUpper);
    s.must_show(&["FIN_WAIT1"], &["SYN_RECV"]);
    s.waits_s(10);
    s.must_show(&["TIME_WAIT"], &[]);
    s
}

/// Profile `linux`: today's nc client waits for its keyboard when the server closes (trace 02g).
pub fn server_closes_today() -> Story {
    let mut s = Story::new(ProfileName::Linux);
    s.types(ServerUpper, "nc -l 5555");
    s.types(ClientUpper, "nc 10.211.55.10 5555");
    s.waits_s(1);
    s.ctrl_c(ServerUpper);
    s.waits_s(2);
    s.must_show(&["CLOSE_WAIT"], &["FIN_WAIT2"]);
    s.types(ClientUpper, "hello");
    s.waits_s(1);
    s.must_show(&[], &[]);
    s
}

/// One side has finished; the other goes on sending from CLOSE_WAIT (the article, L84).
pub fn half_close() -> Story {
    let mut s = Story::article();
    s.types(ServerUpper, "app");
    for line in ["s socket", "s bind 0.0.0.0 5555", "s listen 5", "s accept c"] {
        s.types(ServerUpper, line);
    }
    s.types(ClientUpper, "app");
    for line in ["a socket", "a connect 10.211.55.10 5555"] {
        s.types(ClientUpper, line);
    }
    s.waits_s(1);
    s.types(ClientUpper, "a send please");
    s.types(ClientUpper, "a shutdown WR");
    s.waits_s(1);
    s.must_show(&["FIN_WAIT2"], &["LISTEN", "CLOSE_WAIT"]);
    s.types(ServerUpper, "c recv 100");
    s.types(ServerUpper, "c send image");
    s.waits_s(1);
    s.types(ClientUpper, "a recv 100");
    s.must_show(&["FIN_WAIT2"], &["LISTEN", "CLOSE_WAIT"]);
    s.types(ServerUpper, "c close");
    s.waits_s(1);
    s.must_show(&["TIME_WAIT"], &["LISTEN"]);
    s
}

/// The last ACK is lost: LAST_ACK repeats its FIN, and TIME_WAIT answers (trace 13c).
pub fn last_ack_lost() -> Story {
    let mut s = Story::article();
    s.types(ServerUpper, "nc -l 5555");
    s.types(ClientUpper, "nc 10.211.55.10 5555");
    s.waits_s(1);
    s.types(Network, "drop client A 0 3");
    s.ctrl_c(ClientUpper);
    s.waits(millis(300));
    s.must_show(&["TIME_WAIT"], &["LAST_ACK"]);
    s.waits_s(3);
    s.must_show(&["TIME_WAIT"], &[]);
    s
}

/// The FIN is always lost: FIN_WAIT_1 for 107 s, then given up; the server never knows (trace 13a).
pub fn fin_lost() -> Story {
    let mut s = Story::article();
    s.types(ServerUpper, "nc -l 5555");
    s.types(ClientUpper, "nc 10.211.55.10 5555");
    s.waits_s(1);
    s.types(Network, "drop client FA * -1");
    s.ctrl_c(ClientUpper);
    s.waits_s(60);
    s.types(ClientLower, "netstat -nato | grep 5555");
    s.must_show(&["FIN_WAIT1"], &["LISTEN", "ESTABLISHED"]);
    s.waits_s(60);
    s.must_show(&[], &["LISTEN", "ESTABLISHED"]);
    s.heading("what the server sends now is answered by a reset");
    s.types(ServerUpper, "still there?");
    s.waits_s(1);
    s.must_show(&[], &[]);
    s
}

/// Data is lost: both ends stay ESTABLISHED, and the data is sent again and again.
pub fn data_lost() -> Story {
    let mut s = Story::article();
    s.types(ServerUpper, "nc -l 5555");
    s.types(ClientUpper, "nc 10.211.55.10 5555");
    s.waits_s(1);
    s.types(ServerLower, "sudo iptables -I INPUT -p tcp --dport 5555 --tcp-flags PSH PSH -j DROP");
    s.types(ClientUpper, "hello");
    s.waits_s(5);
    s.types(ClientLower, "netstat -nato | grep 5555");
    s.must_show(&["ESTABLISHED"], &["LISTEN", "ESTABLISHED"]);
    assert_eq!(s.printed(ServerUpper), "");
    s.types(ServerLower, "sudo iptables -F");
    s.waits_s(10);
    assert_eq!(s.printed(ServerUpper), "hello\n");
    s.heading("lost for ever: given up");
    s.types(ClientLower, "sudo sysctl -w net.ipv4.tcp_retries2=3");
    s.types(ServerLower, "sudo iptables -I INPUT -p tcp --dport 5555 --tcp-flags PSH PSH -j DROP");
    s.types(ClientUpper, "hello again");
    s.waits_s(20);
    s.must_show(&[], &["LISTEN", "ESTABLISHED"]);
    s
}

/// Nobody listens; a firewall rejects; there is no such host.
pub fn refused_and_rejected() -> Story {
    let mut s = Story::article();
    s.types(ClientUpper, "nc -v 10.211.55.10 5555");
    s.waits_s(1);
    s.types(ServerUpper, "nc -l 5555");
    for with in ["icmp-port-unreachable", "icmp-host-unreachable", "icmp-net-unreachable", "tcp-reset"] {
        s.types(
            ServerLower,
            &format!("sudo iptables -A INPUT -p tcp --dport 5555 -j REJECT --reject-with {with}"),
        );
        s.types(ClientUpper, "nc -v 10.211.55.10 5555");
        s.waits_s(1);
        s.types(ServerLower, "sudo iptables -F");
    }
    s.types(ClientUpper, "nc -v 10.211.55.77 5555");
    s.waits_s(4);
    s.types(ClientUpper, "nc -v 198.51.100.7 5555");
    let text = |reason| format!("nc: connect to 10.211.55.10 port 5555 (tcp) failed: {reason}\n");
    let refused = text("Connection refused");
    let expected = [
        refused.clone(),
        refused.clone(),
        text("No route to host"),
        text("Network is unreachable"),
        refused,
        "nc: connect to 10.211.55.77 port 5555 (tcp) failed: No route to host\n".to_owned(),
        "nc: connect to 198.51.100.7 port 5555 (tcp) failed: Network is unreachable\n".to_owned(),
    ];
    assert_eq!(s.printed(ClientUpper), expected.concat());
    s.must_show(&[], &["LISTEN"]);
    s
}

/// The SYN|ACK is dropped by the client's INPUT, not by the server: SYN_RECV stays, and outlives the client.
pub fn syn_ack_lost_further_on() -> Story {
    let mut s = Story::article();
    s.types(
        ClientLower,
        "sudo iptables -I INPUT -p tcp --sport 5555 --tcp-flags SYN,ACK,FIN,RST SYN,ACK -j DROP",
    );
    s.types(ServerUpper, "nc -l 5555");
    s.types(ClientUpper, "nc 10.211.55.10 5555");
    for _ in 0..5 {
        s.waits_s(1);
        s.must_show(&["SYN_SENT"], &["LISTEN", "SYN_RECV"]);
    }
    s.heading("the client loses patience: nothing is sent");
    s.ctrl_c(ClientUpper);
    s.waits_s(1);
    s.must_show(&[], &["LISTEN", "SYN_RECV"]);
    s.heading("the rule goes: the next SYN|ACK is answered with a reset");
    s.types(ClientLower, "sudo iptables -F");
    s.waits_s(10);
    s.must_show(&[], &["LISTEN"]);
    s
}

/// A program that dies with data unread sends RST, not FIN (trace 18a).
pub fn killed_with_unread_data() -> Story {
    let mut s = Story::article();
    s.types(ServerUpper, "app");
    for line in ["s socket", "s bind 0.0.0.0 5555", "s listen 5", "s accept c"] {
        s.types(ServerUpper, line);
    }
    s.types(ClientUpper, "nc 10.211.55.10 5555");
    s.waits_s(1);
    s.types(ClientUpper, "hello");
    s.waits_s(1);
    s.must_show(&["ESTABLISHED"], &["LISTEN", "ESTABLISHED"]);
    s.ctrl_c(ServerUpper);
    s.waits_s(1);
    s.must_show(&[], &[]);
    s
}

/// Nobody holds the socket and the peer never closes: FIN_WAIT_2 ends without TIME_WAIT (trace 14a).
pub fn orphan_in_fin_wait_2() -> Story {
    let mut s = Story::new(ProfileName::Linux);
    s.types(ServerUpper, "nc -l 5555");
    s.types(ClientUpper, "nc 10.211.55.10 5555");
    s.waits_s(1);
    s.ctrl_c(ServerUpper);
    s.waits_s(1);
    s.types(ServerLower, "netstat -nato | grep 5555");
    s.must_show(&["CLOSE_WAIT"], &["FIN_WAIT2"]);
    s.waits_s(62);
    s.must_show(&["CLOSE_WAIT"], &[]);
    s.ctrl_c(ClientUpper);
    s.waits_s(1);
    s.must_show(&[], &[]);
    s
}

/// A new SYN takes the place of a connection in TIME_WAIT on the server (trace 09c).
pub fn time_wait_replaced() -> Story {
    let mut s = Story::article();
    s.types(ServerUpper, "nc -l 5555");
    s.types(ClientUpper, "nc -p 6666 10.211.55.10 5555");
    s.waits_s(1);
    s.ctrl_c(ServerUpper);
    s.waits_s(1);
    s.must_show(&[], &["TIME_WAIT"]);
    s.types(ServerUpper, "nc -l 5555");
    s.types(ClientUpper, "nc -p 6666 10.211.55.10 5555");
    s.waits_s(1);
    s.must_show(&["ESTABLISHED"], &["LISTEN", "ESTABLISHED"]);
    s
}
