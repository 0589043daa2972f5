//! Stories of errors: which call returns which error, and when (profile `linux`).

use crate::{ClientLower, ClientUpper, ServerLower, ServerUpper, Story};
use tcp_core::tcp::ProfileName;

/// Types lines into an `app`, a tenth of a second apart.
fn calls(s: &mut Story, lines: &[impl AsRef<str>]) {
    for line in lines {
        s.types(ClientUpper, line.as_ref());
        s.waits(tcp_core::millis(100));
    }
}

/// The handshake's ACK is rejected. A program that asks for SO_ERROR after its connect gets an error and closes, though
/// the connection stands; one whose connect blocks does not ask (traces k04, k05).
pub(crate) fn soft_errors() -> Story {
    let mut s = Story::new(ProfileName::Linux);
    s.types(ServerUpper, "nc -lk 5555");
    s.types(ClientLower, "sudo iptables -A OUTPUT -p tcp --dport 5555 --tcp-flags ALL ACK -j REJECT");
    s.types(ClientUpper, "nc -v 10.211.55.10 5555");
    s.waits_s(1);
    let refused = "nc: connect to 10.211.55.10 port 5555 (tcp) failed: Connection refused\n";
    assert_eq!(s.printed(ClientUpper), refused);
    s.must_show(&["TIME_WAIT"], &["LISTEN", "LAST_ACK"]);
    s.types(ClientUpper, "nc.traditional -n -v 10.211.55.10 5555");
    s.waits_s(1);
    assert!(s.printed(ClientUpper).ends_with("5555 (?) open\n"), "{}", s.printed(ClientUpper));
    s.must_show(&["TIME_WAIT", "ESTABLISHED"], &["LISTEN", "LAST_ACK", "SYN_RECV"]);
    s
}

/// The client's firewall rejects the SYN. A connect that does not block fails at once; one that blocks is busy when the first
/// error comes, and fails with the second a second later (trace m14).
pub(crate) fn own_syn_rejected() -> Story {
    let mut s = Story::new(ProfileName::Linux);
    s.types(ServerUpper, "nc -lk 5555");
    s.types(
        ClientLower,
        "sudo iptables -A OUTPUT -p tcp --dport 5555 --syn -j REJECT --reject-with icmp-host-unreachable",
    );
    s.types(ClientUpper, "nc -v 10.211.55.10 5555");
    s.waits_s(1);
    let failed = "nc: connect to 10.211.55.10 port 5555 (tcp) failed: No route to host\n";
    assert_eq!(s.printed(ClientUpper), failed);
    s.must_show(&[], &["LISTEN"]);
    s.types(ClientUpper, "app");
    calls(&mut s, &["a socket", "a connect 10.211.55.10 5555"]);
    s.must_show(&["SYN_SENT"], &["LISTEN"]);
    s.waits_s(1);
    s.must_show(&[], &["LISTEN"]);
    s.heading("the socket may connect again");
    s.types(ClientLower, "sudo iptables -F");
    calls(&mut s, &["a recv 10", "a send x", "a soerror", "a soerror", "a connect 10.211.55.10 5555"]);
    s.must_show(&["ESTABLISHED"], &["LISTEN", "ESTABLISHED"]);
    let shown = s.printed(ClientUpper);
    for answer in [
        "a connect 10.211.55.10 5555 -> EHOSTUNREACH: No route to host\n",
        "a recv 10 -> ENOTCONN: Transport endpoint is not connected\na send x -> EPIPE: Broken pipe\n",
        "a soerror -> ok EHOSTUNREACH: No route to host\na soerror -> ok 0\n",
        "a connect 10.211.55.10 5555 -> ok local 10.211.55.2:",
    ] {
        assert!(shown.contains(answer), "{answer} in {shown}");
    }
    s
}

/// The end of the stream stays the end, also if a reset follows: the error is for `send` or SO_ERROR, whichever asks first.
pub(crate) fn reset_after_fin() -> Story {
    let mut s = Story::new(ProfileName::Linux);
    for (first, after) in [
        ("a send y", "a send y -> EPIPE: Broken pipe\na soerror -> ok 0\n"),
        ("a soerror", "a soerror -> ok EPIPE: Broken pipe\na soerror -> ok 0\n"),
    ] {
        s.types(ServerUpper, "nc -l 5555");
        s.types(ClientUpper, "app");
        calls(&mut s, &["a socket", "a connect 10.211.55.10 5555"]);
        s.ctrl_c(ServerUpper);
        s.must_show(&["ESTABLISHED"], &["FIN_WAIT1"]);
        s.waits_s(1);
        calls(&mut s, &["a send x"]);
        s.must_show(&[], &[]);
        calls(&mut s, &["a recv 10", first, "a soerror", "a recv 10", "a close"]);
        let shown = s.printed(ClientUpper);
        let end = format!("a recv 10 -> ok 0 (end of file)\n{after}a recv 10 -> ok 0 (end of file)\n");
        assert!(shown.contains(&end), "{end} in {shown}");
        s.ctrl_c(ClientUpper);
    }
    s.heading("a reset alone is an error once, and then the end");
    s.types(ServerUpper, "nc -l 5555");
    s.types(ClientUpper, "app");
    calls(&mut s, &["a socket", "a connect 10.211.55.10 5555", "a send x"]);
    s.types(ServerLower, "sudo ss -K sport = :5555");
    s.waits_s(1);
    calls(&mut s, &["a recv 10", "a recv 10", "a send y"]);
    let end = "a recv 10 -> ECONNRESET: Connection reset by peer\na recv 10 -> ok 0 (end of file)\n\
               a send y -> EPIPE: Broken pipe\n";
    assert!(s.printed(ClientUpper).ends_with(end), "{}", s.printed(ClientUpper));
    s
}

/// A client forgets its connection without a word, and connects again from the same port. The server's end acknowledges
/// the SYN as a segment that has no place, the client resets what it does not know, and its SYN goes again at once. If
/// the reset is held back, the next SYN within half a second is not even answered (`tcp_invalid_ratelimit`).
pub(crate) fn same_port_again() -> Story {
    let mut s = Story::new(ProfileName::Linux);
    let held = "sudo iptables -A OUTPUT -p tcp --tcp-flags RST RST -j DROP";
    s.types(ServerUpper, "nc -lk 5555");
    s.types(ClientUpper, "nc -v -p 40000 10.211.55.10 5555");
    s.waits_s(1);
    s.types(ClientLower, held);
    s.types(ClientLower, "sudo ss -K dport = :5555");
    s.must_show(&[], &["LISTEN", "ESTABLISHED"]);
    s.types(ClientLower, "sudo iptables -F");
    s.types(ClientUpper, "nc -v -p 40000 10.211.55.10 5555");
    s.waits(tcp_core::millis(40));
    s.must_show(&["ESTABLISHED"], &["LISTEN", "ESTABLISHED"]);
    s.heading("the reset is held back");
    s.types(ClientLower, held);
    s.types(ClientLower, "sudo ss -K dport = :5555");
    s.types(ClientLower, "sudo iptables -Z");
    s.types(ClientUpper, "nc -v -p 40000 10.211.55.10 5555");
    for (resets, wait) in [(1, 500), (2, 1000), (3, 1000)] {
        s.waits(tcp_core::millis(wait));
        s.types(ClientLower, "sudo iptables -L OUTPUT -vn");
        let count = format!("{resets:5} {:5} DROP", 40 * resets);
        assert!(s.printed(ClientLower).contains(&count), "{count} in {}", s.printed(ClientLower));
    }
    s.must_show(&["SYN_SENT"], &["LISTEN", "ESTABLISHED"]);
    s
}

/// A port in the client's own TIME_WAIT is taken again by a program that asks for it, if timestamps distinguish the two
/// connections; without them `bind` allows it, and `connect` does not.
pub(crate) fn own_port_again() -> Story {
    let mut s = Story::new(ProfileName::Linux);
    s.types(ServerUpper, "nc -lk 5555");
    s.types(ClientUpper, "app");
    for (timestamps, answer) in
        [(1, "ok local 10.211.55.2:40000"), (0, "EADDRNOTAVAIL: Cannot assign requested address")]
    {
        s.types(ClientLower, &format!("sudo sysctl -w net.ipv4.tcp_timestamps={timestamps}"));
        for name in ["a", "b"] {
            calls(
                &mut s,
                &["socket", "reuseaddr", "bind 0.0.0.0 40000"].map(|call| format!("{name} {call}")),
            );
            calls(&mut s, &[format!("{name} connect 10.211.55.10 5555")]);
            if name == "b" {
                let shown = s.printed(ClientUpper);
                assert!(shown.ends_with(&format!("b connect 10.211.55.10 5555 -> {answer}\n")), "{shown}");
            }
            calls(&mut s, &[format!("{name} close")]);
        }
        s.waits_s(65);
    }
    s
}
