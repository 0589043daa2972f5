//! hping3 at a prompt, in the words of the real one, and what its segments do.

use expect_test::expect;
use tcp_shell::ProfileName;
use tcp_testing::Do::{CtrlC, Enter, Wait};
use tcp_testing::{ClientLower, ClientUpper, ServerLower, ServerUpper, Trial};

#[test]
fn segments_that_it_makes_itself() {
    let mut trial = Trial::student(ProfileName::Linux);
    for deed in [
        Enter(ServerUpper, "nc -lk 5555"),
        Enter(ClientLower, "sudo tcpdump -nn -t -S -i eth0 -c 3 tcp"),
        Enter(ClientUpper, "hping3 -S -p 5555 -c 1 S_m; echo $?"),
        Enter(ClientUpper, "sudo hping3 -S -p 5555 -c 2 10.211.55.10"),
        Wait(2000),
        Enter(ClientUpper, "sudo hping3 -S -p 9 -c 1 S_m; echo $?"),
        Enter(ClientUpper, "sudo hping3 -A -p 5555 -c 1 10.211.55.10"),
        Enter(ClientUpper, "sudo hping3 -c 1 -q -p 9 10.211.55.10"),
        Enter(ClientUpper, "sudo hping3 -S -p ++5555 -c 2 -i u1000 10.211.55.10"),
        Enter(
            ClientUpper,
            "sudo hping3; sudo hping3 --foo S_m; sudo hping3 -1 S_m; sudo hping3 -S nosuch; sudo hping3 -S 10.9.9.9",
        ),
        Enter(ClientUpper, "sudo hping3 -S -p 5555 --flood --rand-source 10.211.55.10"),
        Wait(900),
        Enter(ServerLower, "ss -Htan state syn-recv | wc -l; netstat -s | grep -i cookies"),
        CtrlC(ClientUpper),
        Enter(
            ClientUpper,
            "sudo iptables -A OUTPUT -p tcp --dport 5555 -j DROP; sudo hping3 -S -p 5555 -c 1 -a 10.211.55.99 S_m",
        ),
        Wait(1000),
        Enter(ClientUpper, "sudo iptables -L OUTPUT -vn | grep 5555"),
    ] {
        trial.does(deed).waits_ms(100);
    }
    expect![[r#"
        == client-upper
        C_m$ hping3 -S -p 5555 -c 1 S_m; echo $?
        [open_sockraw] socket(): Operation not permitted
        [main] can't open raw socket
        1
        C_m$ sudo hping3 -S -p 5555 -c 2 10.211.55.10
        HPING 10.211.55.10 (eth0 10.211.55.10): S set, 40 headers + 0 data bytes
        len=44 ip=10.211.55.10 ttl=64 DF id=0 sport=5555 flags=SA seq=0 win=64240 rtt=10.0 ms
        len=44 ip=10.211.55.10 ttl=64 DF id=0 sport=5555 flags=SA seq=1 win=64240 rtt=10.0 ms

        --- 10.211.55.10 hping statistic ---
        2 packets transmitted, 2 packets received, 0% packet loss
        round-trip min/avg/max = 10.0/10.0/10.0 ms
        C_m$ sudo hping3 -S -p 9 -c 1 S_m; echo $?
        HPING S_m (eth0 10.211.55.10): S set, 40 headers + 0 data bytes
        len=40 ip=10.211.55.10 ttl=64 DF id=0 sport=9 flags=RA seq=0 win=0 rtt=10.0 ms

        --- S_m hping statistic ---
        1 packets transmitted, 1 packets received, 0% packet loss
        round-trip min/avg/max = 10.0/10.0/10.0 ms
        0
        C_m$ sudo hping3 -A -p 5555 -c 1 10.211.55.10
        HPING 10.211.55.10 (eth0 10.211.55.10): A set, 40 headers + 0 data bytes
        len=40 ip=10.211.55.10 ttl=64 DF id=0 sport=5555 flags=R seq=0 win=0 rtt=10.0 ms

        --- 10.211.55.10 hping statistic ---
        1 packets transmitted, 1 packets received, 0% packet loss
        round-trip min/avg/max = 10.0/10.0/10.0 ms
        C_m$ sudo hping3 -c 1 -q -p 9 10.211.55.10
        HPING 10.211.55.10 (eth0 10.211.55.10): NO FLAGS are set, 40 headers + 0 data bytes

        --- 10.211.55.10 hping statistic ---
        1 packets transmitted, 1 packets received, 0% packet loss
        round-trip min/avg/max = 10.0/10.0/10.0 ms
        C_m$ sudo hping3 -S -p ++5555 -c 2 -i u1000 10.211.55.10
        HPING 10.211.55.10 (eth0 10.211.55.10): S set, 40 headers + 0 data bytes
        len=44 ip=10.211.55.10 ttl=64 DF id=0 sport=5555 flags=SA seq=0 win=64240 rtt=10.0 ms
        len=40 ip=10.211.55.10 ttl=64 DF id=0 sport=5556 flags=RA seq=1 win=0 rtt=10.0 ms

        --- 10.211.55.10 hping statistic ---
        2 packets transmitted, 2 packets received, 0% packet loss
        round-trip min/avg/max = 10.0/10.0/10.0 ms
        C_m$ sudo hping3; sudo hping3 --foo S_m; sudo hping3 -1 S_m; sudo hping3 -S nosuch; sudo hping3 -S 10.9.9.9
        hping3: you must specify only one target host at a time
        hping3: unrecognized option `--foo'
        Try hping3 --help
        hping3: this lab's hping3 does not have -1.
        Unable to resolve 'nosuch'
        HPING 10.9.9.9 (eth0 10.9.9.9): S set, 40 headers + 0 data bytes
        [send_ip] sendto: Network is unreachable
        C_m$ sudo hping3 -S -p 5555 --flood --rand-source 10.211.55.10
        HPING 10.211.55.10 (eth0 10.211.55.10): S set, 40 headers + 0 data bytes
        hping in flood mode, no replies will be shown
        ^C
        --- 10.211.55.10 hping statistic ---
        1201 packets transmitted, 0 packets received, 100% packet loss
        round-trip min/avg/max = 0.0/0.0/0.0 ms
        C_m$ sudo iptables -A OUTPUT -p tcp --dport 5555 -j DROP; sudo hping3 -S -p 5555 -c 1 -a 10.211.55.99 S_m
        HPING S_m (eth0 10.211.55.10): S set, 40 headers + 0 data bytes

        --- S_m hping statistic ---
        1 packets transmitted, 0 packets received, 100% packet loss
        round-trip min/avg/max = 0.0/0.0/0.0 ms
        C_m$ sudo iptables -L OUTPUT -vn | grep 5555
            1    40 DROP       6    --  *      *       0.0.0.0/0            0.0.0.0/0            tcp dpt:5555
        C_m$ _
        == client-lower
        C_m$ sudo tcpdump -nn -t -S -i eth0 -c 3 tcp
        tcpdump: verbose output suppressed, use -v[v]... for full protocol decode
        listening on eth0, link-type EN10MB (Ethernet), snapshot length 262144 bytes
        IP 10.211.55.2.2368 > 10.211.55.10.5555: Flags [S], seq 706750073, win 512, length 0
        IP 10.211.55.10.5555 > 10.211.55.2.2368: Flags [S.], seq 3659151147, ack 706750074, win 64240, options [mss 1460], length 0
        IP 10.211.55.2.2368 > 10.211.55.10.5555: Flags [R], seq 706750074, win 0, length 0
        3 packets captured
        3 packets received by filter
        0 packets dropped by kernel
        C_m$ _
        == server-upper
        S_m$ nc -lk 5555
        == server-lower
        S_m$ ss -Htan state syn-recv | wc -l; netstat -s | grep -i cookies
        2
            1094 SYN cookies sent
            TCPReqQFullDoCookies: 1094
        S_m$ _
    "#]].assert_eq(&trial.screens());
}
