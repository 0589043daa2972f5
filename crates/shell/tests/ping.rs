//! ping at a prompt, in the words of iputils 20221126.

use expect_test::{Expect, expect};
use tcp_shell::ProfileName;
use tcp_testing::Do::{self, CtrlC, Enter, Wait};
use tcp_testing::{ClientLower, ClientUpper, Network, ServerUpper, Trial};

fn check(deeds: &[Do], expected: Expect) {
    let mut trial = Trial::student(ProfileName::Linux);
    for deed in deeds {
        trial.does(*deed).waits_ms(100);
    }
    expected.assert_eq(&trial.screens());
}

/// The real one printed three errors at once, 3.07 s after the first request, and then those of the next three seconds.
#[test]
fn what_waits_for_one_address_fails_together() {
    check(
        &[
            Enter(ClientUpper, "ping -c 6 10.211.55.77"),
            Wait(1000),
            Enter(ClientLower, "ip neigh"),
            Wait(1000),
            Enter(ClientLower, "ip neigh; nc -v -w 1 10.211.55.78 80"),
            Wait(2000),
            Enter(ClientLower, "ip neigh"),
            Wait(5000),
            Enter(ClientLower, "ip neigh"),
        ],
        expect![[r#"
            == client-upper
            C_m$ ping -c 6 10.211.55.77
            PING 10.211.55.77 (10.211.55.77) 56(84) bytes of data.
            From 10.211.55.2 icmp_seq=1 Destination Host Unreachable
            From 10.211.55.2 icmp_seq=2 Destination Host Unreachable
            From 10.211.55.2 icmp_seq=3 Destination Host Unreachable
            From 10.211.55.2 icmp_seq=4 Destination Host Unreachable
            From 10.211.55.2 icmp_seq=5 Destination Host Unreachable
            From 10.211.55.2 icmp_seq=6 Destination Host Unreachable

            --- 10.211.55.77 ping statistics ---
            6 packets transmitted, 0 received, +6 errors, 100% packet loss, time 5000ms
            pipe 4
            C_m$ _
            == client-lower
            C_m$ ip neigh
            10.211.55.77 dev eth0 INCOMPLETE 
            C_m$ ip neigh; nc -v -w 1 10.211.55.78 80
            10.211.55.77 dev eth0 INCOMPLETE 
            nc: connect to 10.211.55.78 port 80 (tcp) timed out: Operation now in progress
            C_m$ ip neigh
            10.211.55.77 dev eth0 INCOMPLETE 
            10.211.55.78 dev eth0 INCOMPLETE 
            C_m$ ip neigh
            10.211.55.77 dev eth0 FAILED 
            10.211.55.78 dev eth0 FAILED 
            C_m$ _
        "#]],
    );
}

#[test]
fn replies_and_their_times() {
    check(
        &[
            Enter(ClientLower, "sudo tcpdump -nn -i any icmp -c 4"),
            Enter(ClientUpper, "ping -c 2 10.211.55.10"),
            Wait(2000),
            Enter(ClientUpper, "ping -c 1 127.0.0.1"),
            Enter(ClientUpper, "ping S_m"),
            Wait(1000),
            CtrlC(ClientUpper),
            Enter(ClientUpper, "echo $?; ping -n -q -c 3 -i .2 -s 100 acc.digital"),
            Wait(1000),
            Enter(Network, "delay 750"),
            Enter(ClientUpper, "ping -c 4 S_m -n"),
            Wait(8000),
            Enter(Network, "delay 5"),
            Enter(ClientUpper, "ping -c 2 -D -s 8 S_m"),
            Wait(2000),
            Enter(Network, "duplicate client *"),
            Enter(ClientUpper, "ping -c 2 10.211.55.10"),
            Wait(2000),
            Enter(ClientLower, "netstat -s | grep -A 4 -i 'icmp'"),
            Enter(ServerUpper, "nstat -az 'Icmp*E*'"),
        ],
        expect![[r#"
            == client-upper
            C_m$ ping -c 2 10.211.55.10
            PING 10.211.55.10 (10.211.55.10) 56(84) bytes of data.
            64 bytes from 10.211.55.10: icmp_seq=1 ttl=64 time=10.0 ms
            64 bytes from 10.211.55.10: icmp_seq=2 ttl=64 time=10.0 ms

            --- 10.211.55.10 ping statistics ---
            2 packets transmitted, 2 received, 0% packet loss, time 1000ms
            rtt min/avg/max/mdev = 10.000/10.000/10.000/0.000 ms
            C_m$ ping -c 1 127.0.0.1
            PING 127.0.0.1 (127.0.0.1) 56(84) bytes of data.
            64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.000 ms

            --- 127.0.0.1 ping statistics ---
            1 packets transmitted, 1 received, 0% packet loss, time 0ms
            rtt min/avg/max/mdev = 0.000/0.000/0.000/0.000 ms
            C_m$ ping S_m
            PING S_m (10.211.55.10) 56(84) bytes of data.
            64 bytes from S_m (10.211.55.10): icmp_seq=1 ttl=64 time=10.0 ms
            64 bytes from S_m (10.211.55.10): icmp_seq=2 ttl=64 time=10.0 ms
            ^C
            --- S_m ping statistics ---
            2 packets transmitted, 2 received, 0% packet loss, time 1000ms
            rtt min/avg/max/mdev = 10.000/10.000/10.000/0.000 ms
            C_m$ echo $?; ping -n -q -c 3 -i .2 -s 100 acc.digital
            0
            PING acc.digital (94.130.104.144) 100(128) bytes of data.

            --- acc.digital ping statistics ---
            3 packets transmitted, 3 received, 0% packet loss, time 400ms
            rtt min/avg/max/mdev = 10.000/10.000/10.000/0.000 ms
            C_m$ ping -c 4 S_m -n
            PING S_m (10.211.55.10) 56(84) bytes of data.
            64 bytes from 10.211.55.10: icmp_seq=1 ttl=64 time=1500 ms
            64 bytes from 10.211.55.10: icmp_seq=2 ttl=64 time=1500 ms
            64 bytes from 10.211.55.10: icmp_seq=3 ttl=64 time=1500 ms
            64 bytes from 10.211.55.10: icmp_seq=4 ttl=64 time=1500 ms

            --- S_m ping statistics ---
            4 packets transmitted, 4 received, 0% packet loss, time 3000ms
            rtt min/avg/max/mdev = 1500.000/1500.000/1500.000/0.000 ms, pipe 2
            C_m$ ping -c 2 -D -s 8 S_m
            PING S_m (10.211.55.10) 8(36) bytes of data.
            [1544009593.310000] 16 bytes from S_m (10.211.55.10): icmp_seq=1 ttl=64 time=10.0 ms
            [1544009594.310000] 16 bytes from S_m (10.211.55.10): icmp_seq=2 ttl=64 time=10.0 ms

            --- S_m ping statistics ---
            2 packets transmitted, 2 received, 0% packet loss, time 1000ms
            rtt min/avg/max/mdev = 10.000/10.000/10.000/0.000 ms
            C_m$ ping -c 2 10.211.55.10
            PING 10.211.55.10 (10.211.55.10) 56(84) bytes of data.
            64 bytes from 10.211.55.10: icmp_seq=1 ttl=64 time=10.0 ms
            64 bytes from 10.211.55.10: icmp_seq=1 ttl=64 time=11.3 ms (DUP!)
            64 bytes from 10.211.55.10: icmp_seq=2 ttl=64 time=10.0 ms

            --- 10.211.55.10 ping statistics ---
            2 packets transmitted, 2 received, +1 duplicates, 0% packet loss, time 1000ms
            rtt min/avg/max/mdev = 10.000/10.000/10.000/0.000 ms
            C_m$ _
            == client-lower
            C_m$ sudo tcpdump -nn -i any icmp -c 4
            tcpdump: data link type LINUX_SLL2
            tcpdump: verbose output suppressed, use -v[v]... for full protocol decode
            listening on any, link-type LINUX_SLL2 (Linux cooked v2), snapshot length 262144 bytes
            17:03:00.100000 eth0  Out IP 10.211.55.2 > 10.211.55.10: ICMP echo request, id 2, seq 1, length 64
            17:03:00.110000 eth0  In  IP 10.211.55.10 > 10.211.55.2: ICMP echo reply, id 2, seq 1, length 64
            17:03:01.100000 eth0  Out IP 10.211.55.2 > 10.211.55.10: ICMP echo request, id 2, seq 2, length 64
            17:03:01.110000 eth0  In  IP 10.211.55.10 > 10.211.55.2: ICMP echo reply, id 2, seq 2, length 64
            4 packets captured
            4 packets received by filter
            0 packets dropped by kernel
            C_m$ netstat -s | grep -A 4 -i 'icmp'
            Icmp:
                19 ICMP messages received
                0 input ICMP message failed
                ICMP input histogram:
                    echo requests: 1
                    echo replies: 18
                17 ICMP messages sent
                0 ICMP messages failed
                ICMP output histogram:
                    echo requests: 16
                    echo replies: 1
            IcmpMsg:
                    InType0: 18
                    InType8: 1
                    OutType0: 1
                    OutType8: 16
            C_m$ _
            == server-upper
            S_m$ nstat -az 'Icmp*E*'
            #kernel
            IcmpInErrors                    0                  0.0
            IcmpInCsumErrors                0                  0.0
            IcmpInDestUnreachs              0                  0.0
            IcmpInTimeExcds                 0                  0.0
            IcmpInSrcQuenchs                0                  0.0
            IcmpInRedirects                 0                  0.0
            IcmpInEchos                     14                 0.0
            IcmpInEchoReps                  0                  0.0
            IcmpInTimestamps                0                  0.0
            IcmpInTimestampReps             0                  0.0
            IcmpInAddrMaskReps              0                  0.0
            IcmpOutErrors                   0                  0.0
            IcmpOutRateLimitGlobal          0                  0.0
            IcmpOutRateLimitHost            0                  0.0
            IcmpOutDestUnreachs             0                  0.0
            IcmpOutTimeExcds                0                  0.0
            IcmpOutSrcQuenchs               0                  0.0
            IcmpOutRedirects                0                  0.0
            IcmpOutEchos                    0                  0.0
            IcmpOutEchoReps                 14                 0.0
            IcmpOutTimestamps               0                  0.0
            IcmpOutTimestampReps            0                  0.0
            IcmpOutAddrMaskReps             0                  0.0
            IcmpMsgInType8                  14                 0.0
            IcmpMsgOutType0                 14                 0.0
            S_m$ _
            == network
            network$ delay 750
            network$ delay 5
            network$ duplicate client *
            network$ _
        "#]],
    );
}

#[test]
fn what_is_lost_and_what_is_refused() {
    check(
        &[
            Enter(ServerUpper, "sudo iptables -A INPUT -p icmp -j DROP"),
            Enter(ClientUpper, "ping -c 2 -W 1 10.211.55.10"),
            Wait(3000),
            Enter(ClientUpper, "ping -c 2 -O -i .3 -W 1 10.211.55.10"),
            Wait(3000),
            Enter(ClientUpper, "ping -c 1 -w 2 10.211.55.10"),
            Wait(3000),
            Enter(ServerUpper, "sudo iptables -F; sudo iptables -A INPUT -p icmp -j REJECT"),
            Enter(ClientUpper, "ping -c 2 S_m"),
            Wait(2000),
            Enter(
                ServerUpper,
                "sudo iptables -F; sudo iptables -A INPUT -p icmp -j REJECT --reject-with icmp-host-prohibited",
            ),
            Enter(ClientUpper, "ping -c 1 10.211.55.10; echo $?"),
            Enter(ServerUpper, "sudo iptables -L -vn | grep icmp; sudo iptables -F"),
            Enter(
                ClientUpper,
                "sudo iptables -P INPUT DROP; sudo iptables -A INPUT -m state --state ESTABLISHED -j ACCEPT",
            ),
            Enter(ClientUpper, "ping -c 1 10.211.55.10"),
            Enter(ServerUpper, "ping -c 1 -W 1 10.211.55.2"),
            Wait(2000),
            Enter(
                ClientUpper,
                "sudo iptables -F; sudo iptables -P INPUT ACCEPT; sudo iptables -A OUTPUT -p icmp -j DROP",
            ),
            Enter(ClientUpper, "ping -c 1 -W 1 10.211.55.10"),
            Wait(2000),
            Enter(ClientUpper, "sudo iptables -F; ping -c 4 10.211.55.77"),
            Wait(8000),
            Enter(Network, "drop client *"),
            Enter(ClientUpper, "ping -c 1 -W 1 S_m; echo $?"),
            Wait(2000),
            Enter(Network, "clear"),
            Enter(
                ClientUpper,
                "sudo ip link set eth0 down; ping -c 1 10.211.55.10; sudo ip link set eth0 up",
            ),
            Enter(ServerUpper, "sudo ip link set eth0 down"),
            Enter(ClientUpper, "ping -c 2 -W 1 10.211.55.10"),
            Wait(4000),
            Enter(
                ClientUpper,
                "ping; ping -c x S_m; ping -c 0 S_m; ping nosuch; ping 10.9.9.9; ping -Z; ping -i 0.001 S_m; ping -f S_m; echo $?",
            ),
        ],
        expect![[r#"
            == client-upper
            C_m$ ping -c 2 -W 1 10.211.55.10
            PING 10.211.55.10 (10.211.55.10) 56(84) bytes of data.

            --- 10.211.55.10 ping statistics ---
            2 packets transmitted, 0 received, 100% packet loss, time 1000ms

            C_m$ ping -c 2 -O -i .3 -W 1 10.211.55.10
            PING 10.211.55.10 (10.211.55.10) 56(84) bytes of data.
            no answer yet for icmp_seq=1

            --- 10.211.55.10 ping statistics ---
            2 packets transmitted, 0 received, 100% packet loss, time 300ms

            C_m$ ping -c 1 -w 2 10.211.55.10
            PING 10.211.55.10 (10.211.55.10) 56(84) bytes of data.

            --- 10.211.55.10 ping statistics ---
            2 packets transmitted, 0 received, 100% packet loss, time 1000ms

            C_m$ ping -c 2 S_m
            PING S_m (10.211.55.10) 56(84) bytes of data.
            From S_m (10.211.55.10) icmp_seq=1 Destination Port Unreachable
            From S_m (10.211.55.10) icmp_seq=2 Destination Port Unreachable

            --- S_m ping statistics ---
            2 packets transmitted, 0 received, +2 errors, 100% packet loss, time 1000ms

            C_m$ ping -c 1 10.211.55.10; echo $?
            PING 10.211.55.10 (10.211.55.10) 56(84) bytes of data.
            From 10.211.55.10 icmp_seq=1 Destination Host Prohibited

            --- 10.211.55.10 ping statistics ---
            1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms

            1
            C_m$ sudo iptables -P INPUT DROP; sudo iptables -A INPUT -m state --state ESTABLISHED -j ACCEPT
            C_m$ ping -c 1 10.211.55.10
            PING 10.211.55.10 (10.211.55.10) 56(84) bytes of data.
            64 bytes from 10.211.55.10: icmp_seq=1 ttl=64 time=10.0 ms

            --- 10.211.55.10 ping statistics ---
            1 packets transmitted, 1 received, 0% packet loss, time 0ms
            rtt min/avg/max/mdev = 10.000/10.000/10.000/0.000 ms
            C_m$ sudo iptables -F; sudo iptables -P INPUT ACCEPT; sudo iptables -A OUTPUT -p icmp -j DROP
            C_m$ ping -c 1 -W 1 10.211.55.10
            PING 10.211.55.10 (10.211.55.10) 56(84) bytes of data.

            --- 10.211.55.10 ping statistics ---
            1 packets transmitted, 0 received, 100% packet loss, time 0ms

            C_m$ sudo iptables -F; ping -c 4 10.211.55.77
            PING 10.211.55.77 (10.211.55.77) 56(84) bytes of data.
            From 10.211.55.2 icmp_seq=1 Destination Host Unreachable
            From 10.211.55.2 icmp_seq=2 Destination Host Unreachable
            From 10.211.55.2 icmp_seq=3 Destination Host Unreachable
            From 10.211.55.2 icmp_seq=4 Destination Host Unreachable

            --- 10.211.55.77 ping statistics ---
            4 packets transmitted, 0 received, +4 errors, 100% packet loss, time 3000ms
            pipe 4
            C_m$ ping -c 1 -W 1 S_m; echo $?
            PING S_m (10.211.55.10) 56(84) bytes of data.

            --- S_m ping statistics ---
            1 packets transmitted, 0 received, 100% packet loss, time 0ms

            1
            C_m$ sudo ip link set eth0 down; ping -c 1 10.211.55.10; sudo ip link set eth0 up
            ping: connect: Network is unreachable
            C_m$ ping -c 2 -W 1 10.211.55.10
            PING 10.211.55.10 (10.211.55.10) 56(84) bytes of data.

            --- 10.211.55.10 ping statistics ---
            2 packets transmitted, 0 received, 100% packet loss, time 1000ms

            C_m$ ping; ping -c x S_m; ping -c 0 S_m; ping nosuch; ping 10.9.9.9; ping -Z; ping -i 0.001 S_m; ping -f S_m; echo $?
            ping: usage error: Destination address required
            ping: invalid argument: 'x'
            ping: invalid argument: '0': out of range: 1 <= value <= 9223372036854775807
            ping: nosuch: Name or service not known
            ping: connect: Network is unreachable
            ping: invalid option -- 'Z'

            Usage
              ping [options] <destination>

            ping: cannot flood, minimal interval for user must be >= 2 ms, use -i 0.002 (or higher)
            ping: this lab's ping does not have -f.
            1
            C_m$ _
            == server-upper
            S_m$ sudo iptables -A INPUT -p icmp -j DROP
            S_m$ sudo iptables -F; sudo iptables -A INPUT -p icmp -j REJECT
            S_m$ sudo iptables -F; sudo iptables -A INPUT -p icmp -j REJECT --reject-with icmp-host-prohibited
            S_m$ sudo iptables -L -vn | grep icmp; sudo iptables -F
                1    84 REJECT     1    --  *      *       0.0.0.0/0            0.0.0.0/0            reject-with icmp-host-prohibited
            S_m$ ping -c 1 -W 1 10.211.55.2
            PING 10.211.55.2 (10.211.55.2) 56(84) bytes of data.

            --- 10.211.55.2 ping statistics ---
            1 packets transmitted, 0 received, 100% packet loss, time 0ms

            S_m$ sudo ip link set eth0 down
            S_m$ _
            == network
            network$ drop client *
            network$ clear
            network$ _
        "#]],
    );
}
