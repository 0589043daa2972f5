//! Stories of corner cases: what happens when a segment is lost, or a program gives up, at a moment that hardly anyone
//! sees. Both ends are `app`, which makes the socket calls that are typed.

use crate::{ClientLower, ClientUpper, Network, ServerLower, ServerUpper, Story};
use tcp_core::millis;

/// Two programs with a connection: socket `a` on C_m is connected to `c` on S_m, where `s` listens.
fn connected(s: &mut Story) {
    listening(s);
    s.types(ClientUpper, "app");
    for line in ["a socket", "a connect 10.211.55.10 5555"] {
        s.types(ClientUpper, line);
    }
    s.waits_s(1);
}

fn listening(s: &mut Story) {
    s.types(ServerUpper, "app");
    for line in ["s socket", "s reuseaddr", "s bind 0.0.0.0 5555", "s listen 5", "s accept c"] {
        s.types(ServerUpper, line);
    }
}

/// Ends both programs, and waits until nothing is left of the connection.
fn cleared(s: &mut Story, heading: &str) {
    s.ctrl_c(ClientUpper);
    s.ctrl_c(ServerUpper);
    s.types(Network, "clear");
    s.waits_s(400);
    s.must_show(&[], &[]);
    s.heading(heading);
}

/// Opening: given up, cancelled, refused half-way.
pub(crate) fn opening() -> Story {
    let mut s = Story::article();
    s.heading("no answer to any SYN: given up after 127 s");
    s.types(ServerLower, "sudo iptables -I INPUT -p tcp --dport 5555 --syn -j DROP");
    s.types(ClientUpper, "nc -v 10.211.55.10 5555");
    s.waits_s(126);
    s.must_show(&["SYN_SENT"], &[]);
    s.waits_s(2);
    s.must_show(&[], &[]);
    assert_eq!(
        s.printed(ClientUpper),
        "nc: connect to 10.211.55.10 port 5555 (tcp) failed: Connection timed out\n"
    );
    s.heading("the program aborts while it waits: nothing is sent");
    s.types(ClientUpper, "app");
    for line in ["a socket", "a linger 0", "a connect 10.211.55.10 5555"] {
        s.types(ClientUpper, line);
    }
    s.waits_s(1);
    s.ctrl_c(ClientUpper);
    s.must_show(&[], &[]);
    s.types(ServerLower, "sudo iptables -F");

    s.heading("both ask at once, and one of them gives up before it knows");
    s.types(Network, "delay 500");
    s.types(ClientUpper, "nc -v -p 7000 10.211.55.10 7000");
    s.types(ServerUpper, "nc -p 7000 10.211.55.2 7000");
    s.waits(millis(400));
    s.ctrl_c(ServerUpper);
    s.waits(millis(200));
    s.must_show(&["SYN_RECV"], &[]);
    s.waits(millis(1500));
    s.must_show(&[], &[]);

    s.heading("both ask at once, and the answer is taken for a stray");
    s.types(ClientUpper, "nc -v -p 7001 10.211.55.10 7001");
    s.types(ServerUpper, "nc -p 7001 10.211.55.2 7001");
    s.waits(millis(600));
    s.must_show(&["SYN_RECV"], &["SYN_RECV"]);
    s.types(ServerLower, "sudo iptables -I INPUT -p tcp --dport 7001 -j REJECT --reject-with tcp-reset");
    s.waits_s(2);
    s.must_show(&[], &["SYN_RECV"]);
    s.types(ServerLower, "sudo iptables -F");
    s.waits_s(4);
    s.must_show(&[], &[]);

    s.heading("the same, and the firewall says so by ICMP");
    s.types(Network, "drop server SA * 2");
    s.types(ClientUpper, "nc -v -p 7002 10.211.55.10 7002");
    s.types(ServerUpper, "nc -p 7002 10.211.55.2 7002");
    s.waits(millis(600));
    s.types(ServerLower, "sudo iptables -I INPUT -p tcp --dport 7002 -j REJECT");
    s.waits(millis(900));
    s.must_show(&[], &["SYN_RECV"]);
    s.types(ServerLower, "sudo iptables -F");
    s.waits_s(4);
    s.must_show(&[], &[]);

    s.heading("the listener ends while the third segment is on its way");
    s.types(ServerUpper, "nc -l 5555");
    s.types(ClientUpper, "nc 10.211.55.10 5555");
    s.waits(millis(1200));
    s.must_show(&["ESTABLISHED"], &["LISTEN", "SYN_RECV"]);
    s.ctrl_c(ServerUpper);
    s.waits_s(2);
    s.must_show(&[], &[]);
    s
}

/// Closing first: data and resets that cross the FIN.
pub(crate) fn closing() -> Story {
    let mut s = Story::article();
    s.types(Network, "delay 500");
    connected(&mut s);
    s.waits_s(2);
    s.heading("FIN_WAIT_1: the peer's data crosses our FIN; then it dies with our data unread");
    s.types(ClientUpper, "a send unread");
    s.types(ClientUpper, "a shutdown WR");
    s.types(ServerUpper, "c send late");
    s.waits(millis(700));
    s.must_show(&["FIN_WAIT1"], &["LISTEN", "CLOSE_WAIT"]);
    s.waits_s(1);
    s.must_show(&["FIN_WAIT2"], &["LISTEN", "CLOSE_WAIT"]);
    s.types(ServerUpper, "c close");
    s.waits_s(1);
    s.must_show(&[], &["LISTEN"]);

    cleared(&mut s, "FIN_WAIT_1: an ACK that covers the data but not the FIN");
    s.types(Network, "delay 100");
    connected(&mut s);
    s.types(Network, "drop client FA * 1");
    s.types(ClientUpper, "a send first");
    s.types(ClientUpper, "a shutdown WR");
    s.waits(millis(250));
    s.must_show(&["FIN_WAIT1"], &["LISTEN", "ESTABLISHED"]);
    s.heading("FIN_WAIT_1: aborted");
    s.types(ClientUpper, "a linger 0");
    s.types(ClientUpper, "a close");
    s.waits_s(1);
    s.must_show(&[], &["LISTEN"]);

    cleared(&mut s, "FIN_WAIT_1: data for a program that is gone");
    s.types(Network, "delay 500");
    connected(&mut s);
    s.waits_s(2);
    s.types(ServerUpper, "c send late");
    s.ctrl_c(ClientUpper);
    s.waits(millis(600));
    s.must_show(&[], &["LISTEN", "CLOSE_WAIT"]);
    s.waits_s(1);
    s.must_show(&[], &["LISTEN"]);

    cleared(&mut s, "FIN_WAIT_1: the peer has no such connection");
    s.types(Network, "delay 5");
    s.types(Network, "drop client A 0 -1");
    connected(&mut s);
    s.waits_s(70);
    s.must_show(&["ESTABLISHED"], &["LISTEN"]);
    s.ctrl_c(ClientUpper);
    s.waits_s(1);
    s.must_show(&[], &["LISTEN"]);

    cleared(&mut s, "FIN_WAIT_2: aborted");
    connected(&mut s);
    s.types(ClientUpper, "a shutdown WR");
    s.waits_s(1);
    s.must_show(&["FIN_WAIT2"], &["LISTEN", "CLOSE_WAIT"]);
    s.types(ClientUpper, "a linger 0");
    s.types(ClientUpper, "a close");
    s.waits_s(1);
    s.must_show(&[], &["LISTEN"]);

    cleared(&mut s, "TIME_WAIT: a second copy of the last ACK finds nobody, and its reset ends the wait");
    connected(&mut s);
    s.ctrl_c(ClientUpper);
    s.waits_s(1);
    s.must_show(&["FIN_WAIT2"], &["LISTEN", "CLOSE_WAIT"]);
    s.types(Network, "duplicate client A 0 1");
    s.types(ServerUpper, "c close");
    s.waits_s(1);
    s.must_show(&[], &["LISTEN"]);
    s
}

/// Both ends close at once, and CLOSING lasts.
pub(crate) fn closing_at_once() -> Story {
    let mut s = Story::article();
    let both_close = |s: &mut Story| {
        connected(s);
        s.types(Network, "drop client A 0 -1");
        s.types(Network, "drop server A 0 -1");
        s.types(ClientUpper, "a shutdown WR");
        s.types(ServerUpper, "c shutdown WR");
        s.waits(millis(100));
        s.must_show(&["CLOSING"], &["LISTEN", "CLOSING"]);
    };
    s.heading("each FIN is repeated; its repetition is answered, and its ACK counts");
    both_close(&mut s);
    s.types(Network, "clear");
    s.waits_s(2);
    s.must_show(&["TIME_WAIT"], &["LISTEN", "TIME_WAIT"]);

    cleared(&mut s, "nobody ever acknowledges");
    both_close(&mut s);
    for line in ["drop client FA", "drop server FA"] {
        s.types(Network, line);
    }
    s.ctrl_c(ClientUpper);
    s.ctrl_c(ServerUpper);
    s.waits_s(60);
    s.must_show(&["CLOSING"], &["CLOSING"]);
    s.waits_s(60);
    s.must_show(&[], &[]);

    cleared(&mut s, "one of them aborts; the other's FIN is answered by a reset");
    both_close(&mut s);
    s.types(ClientUpper, "a linger 0");
    s.types(ClientUpper, "a close");
    s.must_show(&[], &["LISTEN", "CLOSING"]);
    s.types(Network, "clear");
    s.waits_s(2);
    s.must_show(&[], &["LISTEN"]);
    s
}

/// The peer closes first: CLOSE_WAIT and LAST_ACK when segments are lost.
pub(crate) fn closed_upon() -> Story {
    let mut s = Story::article();
    let half_closed = |s: &mut Story| {
        connected(s);
        s.types(ClientUpper, "a shutdown WR");
        s.waits(millis(100));
        s.must_show(&["FIN_WAIT2"], &["LISTEN", "CLOSE_WAIT"]);
    };
    s.heading("CLOSE_WAIT: our ACK was lost, the FIN comes again");
    connected(&mut s);
    s.types(Network, "drop server A 0 1");
    s.types(ClientUpper, "a shutdown WR");
    s.waits_s(1);
    s.must_show(&["FIN_WAIT2"], &["LISTEN", "CLOSE_WAIT"]);
    s.heading("CLOSE_WAIT: data is lost once, then for ever");
    s.types(Network, "drop server A + 1");
    s.types(ServerUpper, "c send image");
    s.waits_s(1);
    s.types(ClientUpper, "a recv 100");
    s.types(ServerLower, "sudo sysctl -w net.ipv4.tcp_retries2=3");
    s.types(Network, "drop server A +");
    s.types(ServerUpper, "c send more");
    s.waits_s(20);
    s.must_show(&["FIN_WAIT2"], &["LISTEN"]);

    cleared(&mut s, "CLOSE_WAIT: closed with data unread");
    connected(&mut s);
    s.types(ClientUpper, "a send unread");
    s.types(ClientUpper, "a shutdown WR");
    s.waits_s(1);
    s.types(ServerUpper, "c close");
    s.waits_s(1);
    s.must_show(&[], &["LISTEN"]);

    cleared(&mut s, "LAST_ACK: the peer's FIN comes again, and an ACK that covers the data only");
    connected(&mut s);
    s.types(Network, "drop server A 0");
    s.types(ClientUpper, "a shutdown WR");
    s.waits(millis(50));
    s.must_show(&["FIN_WAIT1"], &["LISTEN", "CLOSE_WAIT"]);
    s.types(Network, "drop server FA * 1");
    s.types(ServerUpper, "c send last words");
    s.types(ServerUpper, "c shutdown WR");
    s.waits(millis(400));
    s.types(Network, "clear");
    s.waits_s(3);
    s.must_show(&["TIME_WAIT"], &["LISTEN"]);

    cleared(&mut s, "LAST_ACK: nothing of ours gets through for a while, and the peer's FIN comes again");
    connected(&mut s);
    for line in ["drop server A", "drop server FA * 2"] {
        s.types(Network, line);
    }
    s.types(ClientUpper, "a shutdown WR");
    s.waits(millis(20));
    s.types(ServerUpper, "c shutdown WR");
    s.waits(millis(400));
    s.must_show(&["FIN_WAIT1"], &["LISTEN", "LAST_ACK"]);
    s.types(Network, "clear");
    s.waits_s(3);
    s.must_show(&["TIME_WAIT"], &["LISTEN"]);

    cleared(&mut s, "LAST_ACK: the FIN is always lost, and given up");
    half_closed(&mut s);
    s.types(Network, "drop server FA");
    s.types(ServerUpper, "c close");
    s.waits_s(60);
    s.must_show(&["FIN_WAIT2"], &["LISTEN", "LAST_ACK"]);
    s.waits_s(60);
    s.must_show(&["FIN_WAIT2"], &["LISTEN"]);

    cleared(&mut s, "LAST_ACK: the peer has forgotten the connection (trace 13e)");
    half_closed(&mut s);
    s.types(Network, "drop server FA * 2");
    s.types(ServerUpper, "c close");
    s.types(ClientLower, "sudo sysctl -w net.ipv4.tcp_fin_timeout=0");
    s.types(ClientUpper, "a linger 0");
    s.waits(millis(100));
    s.types(Network, "drop client RA * 1");
    s.types(ClientUpper, "a close");
    s.must_show(&[], &["LISTEN", "LAST_ACK"]);
    s.waits_s(3);
    s.must_show(&[], &["LISTEN"]);

    cleared(&mut s, "LAST_ACK: aborted");
    half_closed(&mut s);
    s.types(Network, "drop server FA");
    s.types(ServerUpper, "c shutdown WR");
    s.waits(millis(100));
    s.must_show(&["FIN_WAIT2"], &["LISTEN", "LAST_ACK"]);
    s.types(ServerUpper, "c linger 0");
    s.types(ServerUpper, "c close");
    s.must_show(&["FIN_WAIT2"], &["LISTEN"]);
    s
}

/// The peer is cut off while nothing is out: keep-alives find out, in each state in which a socket may wait for it.
pub(crate) fn peer_cut_off() -> Story {
    let mut s = Story::article();
    for host in [ClientLower, ServerLower] {
        s.types(host, "sudo sysctl -w net.ipv4.tcp_keepalive_time=5");
        s.types(host, "sudo sysctl -w net.ipv4.tcp_keepalive_intvl=2");
        s.types(host, "sudo sysctl -w net.ipv4.tcp_keepalive_probes=2");
    }
    s.heading("ESTABLISHED: a probe is answered, and then none is");
    connected(&mut s);
    s.types(ClientUpper, "a keepalive");
    s.waits_s(6);
    s.types(ClientLower, "netstat -nato");
    s.types(Network, "drop client *");
    s.types(ClientUpper, "a recv 100");
    s.waits_s(10);
    s.must_show(&[], &["LISTEN", "ESTABLISHED"]);

    cleared(&mut s, "FIN_WAIT_2 and CLOSE_WAIT: both ask, and neither hears the other");
    connected(&mut s);
    s.types(ClientUpper, "a keepalive");
    s.types(ServerUpper, "c keepalive");
    s.types(ClientUpper, "a shutdown WR");
    s.waits_s(1);
    s.must_show(&["FIN_WAIT2"], &["LISTEN", "CLOSE_WAIT"]);
    s.types(Network, "drop client *");
    s.types(Network, "drop server *");
    s.waits_s(12);
    s.must_show(&[], &["LISTEN"]);
    s
}
