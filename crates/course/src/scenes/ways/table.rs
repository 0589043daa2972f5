//! The ways. A test makes this file from what the search finds: `UPDATE_EXPECT=1 cargo test -p tcp-tests --test ways`.

use super::{Deed, Entry, NONE, Script};
use tcp_shell::TerminalId::{ClientLower, ClientUpper, Network, ServerLower, ServerUpper};

pub(super) static DEEDS: &[Deed] = &[
    Deed::Enter(ServerUpper, "app"),
    Deed::Input(ServerUpper, "s socket"),
    Deed::Input(ServerUpper, "s bind 0.0.0.0 5555"),
    Deed::Input(ServerUpper, "s listen 5"),
    Deed::Input(ServerUpper, "s accept c"),
    Deed::Enter(ClientUpper, "app"),
    Deed::Input(ClientUpper, "a socket"),
    Deed::Input(ClientUpper, "a connect 10.211.55.10 5555"),
    Deed::Enter(Network, "drop server A 0 -1"),
    Deed::Input(ClientUpper, "a shutdown WR"),
    Deed::Input(ServerUpper, "c shutdown WR"),
    Deed::Input(ClientUpper, "a linger 0"),
    Deed::Input(ClientUpper, "a close"),
    Deed::Enter(Network, "drop server FA"),
    Deed::Input(ServerUpper, "c linger 0"),
    Deed::Input(ServerUpper, "c close"),
    Deed::Enter(ServerLower, "sudo sysctl -w net.ipv4.tcp_keepalive_time=5"),
    Deed::Enter(ServerLower, "sudo sysctl -w net.ipv4.tcp_keepalive_probes=2"),
    Deed::Input(ServerUpper, "c keepalive"),
    Deed::Enter(Network, "drop client *"),
    Deed::CtrlC(ClientUpper),
    Deed::Enter(ServerLower, "sudo sysctl -w net.ipv4.tcp_retries2=3"),
    Deed::Enter(Network, "drop server A +"),
    Deed::Input(ServerUpper, "c send more"),
    Deed::Enter(Network, "drop server A"),
    Deed::Enter(Network, "drop server FA * 2"),
    Deed::Enter(ClientLower, "sudo sysctl -w net.ipv4.tcp_keepalive_time=5"),
    Deed::Enter(ClientLower, "sudo sysctl -w net.ipv4.tcp_keepalive_intvl=2"),
    Deed::Input(ClientUpper, "a keepalive"),
    Deed::Input(ClientUpper, "a send unread"),
    Deed::Enter(ServerUpper, "nc -lk 5555"),
    Deed::Input(ClientUpper, "a reuseaddr"),
    Deed::Input(ClientUpper, "a bind 0.0.0.0 40000"),
    Deed::Input(ClientUpper, "b socket"),
    Deed::Input(ClientUpper, "b reuseaddr"),
    Deed::Input(ClientUpper, "b bind 0.0.0.0 40000"),
    Deed::Input(ClientUpper, "b connect 10.211.55.10 5555"),
    Deed::Enter(Network, "drop server A + 1"),
    Deed::Input(ServerUpper, "c send image"),
    Deed::Input(ServerUpper, "c send last words"),
    Deed::Input(ServerUpper, "l socket"),
    Deed::Input(ServerUpper, "l bind 0.0.0.0 5555"),
    Deed::Input(ServerUpper, "l listen 5"),
    Deed::Input(ServerUpper, "l accept c"),
    Deed::Enter(ClientUpper, "nc 10.211.55.10 5555"),
    Deed::Enter(Network, "drop server A 0 1"),
    Deed::Input(ClientUpper, "s socket"),
    Deed::Input(ClientUpper, "s bind 0.0.0.0 5555"),
    Deed::Input(ClientUpper, "s listen 5"),
    Deed::Input(ClientUpper, "s accept c"),
    Deed::Enter(ServerUpper, "nc 10.211.55.2 5555"),
    Deed::Input(ServerUpper, "hello"),
    Deed::CtrlC(ServerUpper),
    Deed::Input(ClientUpper, "c close"),
    Deed::Input(ClientUpper, "hello"),
    Deed::Input(ServerUpper, "a socket"),
    Deed::Input(ServerUpper, "a connect 10.211.55.2 5555"),
    Deed::Input(ServerUpper, "a shutdown WR"),
    Deed::Input(ClientUpper, "c shutdown WR"),
    Deed::Enter(ServerLower, "sudo iptables -I INPUT -p tcp --dport 5555 --syn -j DROP"),
    Deed::Enter(ClientUpper, "nc -p 6666 10.211.55.10 5555"),
    Deed::Enter(ServerUpper, "nc -l 5555"),
    Deed::Input(ClientUpper, "a send x"),
    Deed::Enter(ClientUpper, "nc -l 5555"),
    Deed::Enter(Network, "delay 500"),
    Deed::Enter(Network, "drop server SA * 2"),
    Deed::Enter(ClientUpper, "nc -v -p 7002 10.211.55.10 7002"),
    Deed::Enter(ServerUpper, "nc -p 7002 10.211.55.2 7002"),
    Deed::Enter(ServerLower, "sudo iptables -I INPUT -p tcp --dport 7002 -j REJECT"),
    Deed::Enter(Network, "drop client A + -1"),
    Deed::Input(ClientUpper, "lost"),
    Deed::Enter(ClientLower, "sudo sysctl -w net.ipv4.tcp_retries2=2"),
    Deed::Enter(ClientUpper, "nc -p 7000 10.211.55.10 7000"),
    Deed::Enter(ServerUpper, "nc -p 7000 10.211.55.2 7000"),
    Deed::Enter(Network, "drop FIN from S_m"),
    Deed::Enter(Network, "drop FIN from C_m"),
    Deed::Enter(ClientUpper, "nc -lk 5555"),
    Deed::Enter(ServerUpper, "nc -p 6666 10.211.55.2 5555"),
    Deed::Enter(Network, "delay 400"),
    Deed::Enter(ClientUpper, "nc -v 10.211.55.10 5555"),
    Deed::Enter(Network, "drop client FA"),
    Deed::Enter(ServerLower, "sudo sysctl -w net.ipv4.tcp_max_tw_buckets=0"),
    Deed::Enter(ServerUpper, "nc -l -k 5555"),
    Deed::Enter(ClientLower, "sudo sysctl -w net.ipv4.tcp_max_tw_buckets=0"),
    Deed::Enter(Network, "duplicate client A"),
    Deed::Enter(ClientUpper, "nc -v -p 40000 10.211.55.10 5555"),
    Deed::Enter(ClientLower, "sudo ss -K dport = :5555"),
    Deed::Enter(ServerUpper, "nc -v -p 40000 10.211.55.2 5555"),
    Deed::Enter(ServerLower, "sudo ss -K dport = :5555"),
    Deed::Enter(Network, "duplicate SYN from C_m"),
    Deed::Enter(Network, "delay 1000"),
    Deed::Enter(Network, "drop server SA"),
    Deed::Enter(ServerLower, "sudo iptables -I OUTPUT -p tcp --sport 5555 --tcp-flags SYN,ACK,FIN,RST SYN,ACK -j DROP"),
    Deed::Enter(ClientLower, "sudo iptables -A OUTPUT -p tcp --dport 5555 --tcp-flags ALL ACK -j REJECT"),
    Deed::Enter(ServerLower, "sudo iptables -I INPUT -p tcp --dport 5555 -j REJECT --reject-with icmp-port-unreachable"),
    Deed::Enter(ClientUpper, "sudo httpd"),
    Deed::Enter(ServerUpper, "nc -z 10.211.55.2 80 & nc -z 10.211.55.2 80 & nc -z 10.211.55.2 80 & nc -z 10.211.55.2 80 & nc -z 10.211.55.2 80 & nc -z 10.211.55.2 80 & nc -z 10.211.55.2 80 & nc -z 10.211.55.2 80 & nc -z 10.211.55.2 80 & nc -z 10.211.55.2 80 &"),
    Deed::Enter(ServerUpper, "sudo httpd"),
    Deed::Enter(ClientUpper, "nc -z 10.211.55.10 80 & nc -z 10.211.55.10 80 & nc -z 10.211.55.10 80 & nc -z 10.211.55.10 80 & nc -z 10.211.55.10 80 & nc -z 10.211.55.10 80 & nc -z 10.211.55.10 80 & nc -z 10.211.55.10 80 & nc -z 10.211.55.10 80 & nc -z 10.211.55.10 80 &"),
];

pub(super) static SCRIPTS: &[Script] = &[
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (500, 7), (1000, 8), (1500, 9), (1500, 10), (2000, 11), (2500, 12)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (500, 7), (1000, 9), (1500, 13), (2000, 10), (2500, 14), (3000, 15)]),
    Script::Lines(&[(500, 16), (1000, 17), (1500, 0), (2000, 1), (2500, 2), (3000, 3), (3500, 4), (4000, 5), (4500, 6), (5000, 7), (5500, 18), (6000, 9), (6500, 19)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (500, 7), (1000, 8), (1500, 9), (1500, 10), (2000, 20)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (500, 7), (1000, 9), (1500, 21), (2000, 22), (2500, 23)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (500, 7), (1000, 24), (1500, 25), (2000, 9), (2500, 10)]),
    Script::Lines(&[(500, 26), (1000, 27), (1500, 0), (2000, 1), (2500, 2), (3000, 3), (3500, 5), (4000, 6), (4500, 7), (5000, 28), (5500, 9), (6000, 19)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (500, 7), (1000, 29), (1500, 9), (2000, 15)]),
    Script::Lines(&[(0, 30), (0, 5), (0, 6), (0, 31), (0, 32), (500, 7), (1000, 12), (1500, 33), (2000, 34), (2500, 35), (3000, 36)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (500, 7), (1000, 9), (1500, 37), (2000, 38)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (500, 7), (1000, 9), (1500, 39), (1500, 10)]),
    Script::Lines(&[(500, 26), (1000, 27), (1500, 0), (2000, 1), (2500, 2), (3000, 3), (3500, 5), (4000, 6), (4500, 7), (5000, 28), (5500, 19)]),
    Script::Lines(&[(0, 0), (0, 40), (0, 41), (0, 42), (0, 43), (0, 5), (0, 6), (500, 7), (1000, 12), (1500, 15)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (500, 7), (1000, 9), (1500, 38)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 5), (0, 6), (500, 7), (1000, 9), (1500, 11), (2000, 12)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (500, 44), (1000, 10), (1000, 14), (1000, 15)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (500, 44), (1000, 10), (1500, 14), (2000, 15)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 5), (0, 6), (500, 7), (1000, 45), (1500, 9)]),
    Script::Lines(&[(0, 5), (0, 46), (0, 47), (0, 48), (0, 49), (500, 50), (1000, 51), (1500, 52), (2000, 53)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (500, 44), (1000, 54), (1500, 20), (2000, 15)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 5), (0, 6), (500, 7), (1000, 9), (1500, 52)]),
    Script::Lines(&[(0, 5), (0, 46), (0, 47), (0, 48), (0, 0), (0, 55), (500, 56), (1000, 57), (1500, 20)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (500, 44), (1000, 54), (1000, 10)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (500, 44), (1000, 10), (1500, 54)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (500, 44), (1000, 20), (1500, 10)]),
    Script::Lines(&[(0, 5), (0, 46), (0, 47), (0, 48), (0, 49), (500, 50), (1000, 52), (1500, 58)]),
    Script::Lines(&[(500, 59), (1000, 5), (1500, 6), (2000, 11), (2500, 7), (3000, 20)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (500, 44), (1000, 20)]),
    Script::Lines(&[(0, 30), (500, 60), (1000, 52), (1500, 20), (2000, 30), (2500, 60)]),
    Script::Lines(&[(0, 61), (0, 5), (0, 6), (500, 7), (1000, 52), (1500, 62)]),
    Script::Lines(&[(0, 61), (500, 44), (1000, 20), (1000, 51), (1000, 52), (1000, 63)]),
    Script::Lines(&[(0, 61), (500, 44), (1000, 54), (1000, 20), (1000, 52), (1000, 61)]),
    Script::Lines(&[(0, 63), (0, 0), (0, 55), (500, 56), (1000, 20)]),
    Script::Lines(&[(0, 64), (500, 65), (1000, 66), (1100, 67), (1600, 68)]),
    Script::Lines(&[(0, 61), (500, 44), (1000, 69), (1500, 70), (2000, 71)]),
    Script::OfScene("close-at-once"),
    Script::Lines(&[(0, 61), (500, 60), (1000, 52), (1500, 61), (2000, 60)]),
    Script::Lines(&[(0, 63), (500, 50), (510, 52), (510, 20), (510, 63)]),
    Script::Lines(&[(0, 61), (500, 44), (1000, 20), (1000, 51), (1000, 63)]),
    Script::Lines(&[(500, 72), (500, 73), (500, 20), (505, 72), (505, 52)]),
    Script::Lines(&[(500, 72), (500, 73), (1000, 20), (1000, 51), (1005, 72)]),
    Script::Lines(&[(500, 72), (500, 73), (1000, 20), (1500, 51), (1505, 72)]),
    Script::Lines(&[(500, 72), (500, 73), (1000, 20), (1000, 51), (1006, 72)]),
    Script::Lines(&[(500, 72), (500, 73), (1000, 20), (62432, 72), (62432, 52)]),
    Script::Lines(&[(0, 30), (500, 60), (1000, 52), (1500, 20), (2000, 60)]),
    Script::Lines(&[(0, 61), (500, 44), (510, 20), (510, 52), (510, 61)]),
    Script::Lines(&[(500, 72), (500, 73), (500, 52), (505, 20), (505, 73)]),
    Script::Lines(&[(500, 72), (500, 73), (1000, 20), (1000, 52), (1000, 74)]),
    Script::Lines(&[(0, 61), (500, 44), (1000, 54), (1000, 52), (1000, 61)]),
    Script::Lines(&[(500, 72), (500, 73), (1000, 52), (1000, 54), (1005, 73)]),
    Script::Lines(&[(500, 72), (500, 73), (1000, 52), (1500, 54), (1505, 73)]),
    Script::Lines(&[(500, 72), (500, 73), (1000, 20), (1000, 52), (1000, 75)]),
    Script::Lines(&[(0, 61), (500, 44), (1000, 54), (1000, 52), (1000, 20)]),
    Script::Lines(&[(0, 61), (500, 44), (1000, 52), (62917, 20), (62917, 61)]),
    Script::Lines(&[(500, 72), (500, 73), (1000, 52), (1000, 54), (1006, 73)]),
    Script::Lines(&[(500, 72), (500, 73), (1000, 52), (62432, 20), (62432, 73)]),
    Script::Lines(&[(0, 76), (500, 77), (1000, 20), (1500, 52), (2000, 77)]),
    Script::Lines(&[(500, 72), (500, 73), (1000, 52), (1000, 20)]),
    Script::Lines(&[(500, 72), (500, 73), (1000, 52), (1500, 20)]),
    Script::Lines(&[(0, 61), (500, 44), (1000, 52), (1500, 20)]),
    Script::Lines(&[(0, 61), (500, 44), (1000, 20), (1000, 52)]),
    Script::Lines(&[(500, 72), (500, 73), (1000, 52), (1005, 54)]),
    Script::OfScene("data-lost"),
    Script::Lines(&[(0, 61), (500, 44), (510, 54), (515, 52)]),
    Script::Lines(&[(0, 78), (500, 72), (600, 73), (1100, 20)]),
    Script::Lines(&[(0, 61), (500, 44), (1000, 64), (1500, 20)]),
    Script::Lines(&[(0, 61), (500, 79), (1000, 80), (1500, 20)]),
    Script::Lines(&[(500, 72), (500, 73), (500, 20), (510, 52)]),
    Script::Lines(&[(500, 81), (1000, 82), (1500, 44), (2000, 52)]),
    Script::Lines(&[(500, 83), (1000, 61), (1500, 44), (2000, 20)]),
    Script::Lines(&[(500, 84), (1000, 30), (1500, 44), (2000, 20)]),
    Script::Lines(&[(0, 61), (500, 44), (510, 20), (515, 52)]),
    Script::Lines(&[(0, 61), (500, 44), (500, 20), (500, 63)]),
    Script::Lines(&[(0, 63), (500, 50), (510, 20), (510, 63)]),
    Script::Lines(&[(0, 63), (500, 50), (1000, 20), (1500, 63)]),
    Script::Lines(&[(0, 30), (500, 85), (1000, 86), (1000, 85)]),
    Script::Lines(&[(0, 61), (500, 60), (1000, 52), (1500, 60)]),
    Script::Lines(&[(0, 64), (500, 73), (1000, 72), (1500, 61)]),
    Script::Lines(&[(500, 72), (500, 73), (500, 52), (500, 61)]),
    Script::Lines(&[(0, 61), (500, 44), (510, 52), (510, 61)]),
    Script::Lines(&[(0, 76), (500, 87), (1000, 88), (1000, 87)]),
    Script::Lines(&[(500, 72), (500, 73), (1000, 20), (1500, 52)]),
    Script::Lines(&[(0, 61), (500, 44), (1000, 52), (1500, 61)]),
    Script::Lines(&[(0, 61), (500, 44), (1000, 52), (1000, 20)]),
    Script::Lines(&[(500, 72), (500, 73), (1000, 52), (1005, 20)]),
    Script::Lines(&[(0, 63), (500, 77), (1000, 20), (1500, 77)]),
    Script::Lines(&[(0, 61), (500, 44), (1000, 51), (1000, 20)]),
    Script::Lines(&[(500, 72), (500, 73), (500, 20), (505, 52)]),
    Script::OfScene("time-wait"),
    Script::Lines(&[(500, 72), (500, 73), (505, 20)]),
    Script::OfScene("hello-both-ways"),
    Script::Lines(&[(0, 61), (0, 64), (500, 44)]),
    Script::Lines(&[(0, 61), (500, 44), (500, 89)]),
    Script::Lines(&[(0, 90), (500, 72), (1000, 73)]),
    Script::Lines(&[(0, 61), (500, 91), (1000, 44)]),
    Script::Lines(&[(0, 61), (500, 44), (500, 92)]),
    Script::Lines(&[(500, 72), (500, 73), (505, 52)]),
    Script::Lines(&[(0, 30), (500, 93), (1000, 79)]),
    Script::Lines(&[(500, 73), (500, 72), (500, 52)]),
    Script::Lines(&[(500, 73), (500, 72), (505, 20)]),
    Script::Lines(&[(0, 82), (500, 60)]),
    Script::Lines(&[(0, 64), (500, 44)]),
    Script::Lines(&[(0, 61), (500, 52)]),
    Script::Lines(&[(500, 44), (500, 20)]),
    Script::Lines(&[(500, 94), (1000, 79)]),
    Script::Lines(&[(500, 59), (1000, 79)]),
    Script::Lines(&[(0, 63), (0, 61)]),
    Script::Lines(&[(0, 63), (500, 73)]),
    Script::Lines(&[(500, 95), (1000, 96)]),
    Script::Lines(&[(500, 97), (1000, 98)]),
    Script::Lines(&[(500, 79)]),
    Script::OfScene("three-segments"),
    Script::OfScene("browser"),
    Script::OfScene("simultaneous-open"),
];

pub(super) static WAYS: &[[Entry; 2]] = &[
    [(32, 1, 0), (32, 1, 0)], // State(Client, Listen)
    [(110, 1, 500), (110, 1, 500)], // State(Client, SynSent)
    [(98, 2, 505), (98, 2, 505)], // State(Client, SynReceived)
    [(100, 2, 510), (100, 2, 510)], // State(Client, Established)
    [(30, 3, 1000), (30, 3, 1000)], // State(Client, FinWait1)
    [(32, 5, 1011), (40, 3, 1011)], // State(Client, FinWait2)
    [(53, 3, 1005), (53, 3, 1005)], // State(Client, CloseWait)
    [(57, 4, 1005), (57, 4, 1005)], // State(Client, Closing)
    [(53, 3, 1005), (58, 4, 1500)], // State(Client, LastAck)
    [(88, 3, 1010), (88, 3, 1010)], // State(Client, TimeWait)
    [(111, 0, 0), (111, 0, 0)], // State(Client, Closed)
    [(111, 1, 0), (111, 1, 0)], // State(Server, Listen)
    [(98, 1, 500), (98, 1, 500)], // State(Server, SynSent)
    [(100, 2, 505), (100, 2, 505)], // State(Server, SynReceived)
    [(100, 2, 515), (100, 2, 515)], // State(Server, Established)
    [(53, 3, 1000), (53, 3, 1000)], // State(Server, FinWait1)
    [(29, 5, 1011), (53, 3, 1011)], // State(Server, FinWait2)
    [(88, 3, 1005), (88, 3, 1005)], // State(Server, CloseWait)
    [(47, 4, 1005), (47, 4, 1005)], // State(Server, Closing)
    [(88, 3, 1005), (88, 3, 1005)], // State(Server, LastAck)
    [(53, 3, 1010), (59, 4, 1505)], // State(Server, TimeWait)
    [(113, 0, 0), (113, 0, 0)], // State(Server, Closed)
    [(111, 1, 0), (111, 1, 0)], // Row(0)
    [(110, 1, 500), (110, 1, 500)], // Row(1)
    [(100, 2, 505), (100, 2, 505)], // Row(2)
    [(NONE, 0, 0), (NONE, 0, 0)], // Row(3)
    [(72, 3, 515), (72, 3, 515)], // Row(4)
    [(39, 2, 505), (39, 2, 505)], // Row(5)
    [(112, 1, 510), (112, 1, 510)], // Row(6)
    [(101, 2, 1500), (39, 4, 524)], // Row(7)
    [(100, 2, 515), (100, 2, 515)], // Row(8)
    [(89, 3, 505), (89, 3, 505)], // Row(9)
    [(90, 3, 1005), (90, 3, 1005)], // Row(10)
    [(30, 3, 1000), (30, 3, 1000)], // Row(11)
    [(29, 5, 1011), (88, 3, 1010)], // Row(12)
    [(47, 4, 1005), (47, 4, 1005)], // Row(13)
    [(88, 3, 1010), (NONE, 0, 0)], // Row(14)
    [(12, 10, 1505), (88, 3, 1010)], // Row(15)
    [(60, 4, 1010), (60, 4, 1010)], // Row(16)
    [(30, 3, 121010), (30, 3, 62432)], // Row(17)
    [(88, 3, 1005), (88, 3, 1005)], // Row(18)
    [(61, 4, 1005), (50, 4, 1500)], // Row(19)
    [(13, 10, 1510), (22, 8, 1010)], // Row(20)
    [(88, 3, 1005), (88, 3, 1005)], // Row(21)
    [(88, 3, 1015), (88, 3, 1015)], // Row(22)
    [(110, 1, 505), (110, 1, 505)], // Row(23)
    [(102, 2, 500), (102, 2, 500)], // Row(24)
    [(NONE, 0, 0), (NONE, 0, 0)], // Row(25)
    [(103, 2, 500), (103, 2, 500)], // Row(26)
    [(26, 6, 3000), (26, 6, 3000)], // Row(27)
    [(110, 1, 510), (110, 1, 510)], // Row(28)
    [(104, 2, 1010), (104, 2, 1010)], // Row(29)
    [(105, 2, 128000), (105, 2, 136160)], // Row(30)
    [(91, 3, 2000), (92, 3, 506)], // Row(31)
    [(93, 3, 2000), (93, 3, 2016)], // Row(32)
    [(94, 3, 64005), (94, 3, 70624)], // Row(33)
    [(95, 3, 1505), (95, 3, 1536)], // Row(34)
    [(39, 3, 515), (39, 3, 515)], // Row(35)
    [(33, 5, 2600), (33, 5, 2600)], // Row(36)
    [(79, 3, 515), (79, 3, 515)], // Row(37)
    [(31, 3, 1000), (31, 3, 1000)], // Row(38)
    [(90, 3, 1010), (90, 3, 1010)], // Row(39)
    [(62, 4, 1210), (62, 4, 1216)], // Row(40)
    [(34, 5, 2970), (34, 5, 4960)], // Row(41)
    [(79, 3, 520), (79, 3, 520)], // Row(42)
    [(63, 4, 515), (63, 4, 515)], // Row(43)
    [(22, 8, 1005), (22, 8, 1005)], // Row(44)
    [(96, 3, 515), (96, 3, 515)], // Row(45)
    [(64, 4, 1500), (65, 4, 1716)], // Row(46)
    [(66, 4, 108810), (66, 4, 113632)], // Row(47)
    [(67, 4, 515), (67, 4, 515)], // Row(48)
    [(15, 9, 1000), (15, 9, 1000)], // Row(49)
    [(48, 4, 1005), (48, 4, 1005)], // Row(50)
    [(13, 10, 1505), (23, 8, 1505)], // Row(51)
    [(7, 11, 2005), (7, 11, 2005)], // Row(52)
    [(14, 10, 2000), (16, 9, 2000)], // Row(53)
    [(61, 4, 1010), (50, 4, 1505)], // Row(54)
    [(27, 6, 61011), (53, 3, 62432)], // Row(55)
    [(NONE, 0, 0), (68, 4, 2011)], // Row(56)
    [(35, 5, 2710), (35, 5, 2716)], // Row(57)
    [(35, 5, 2630), (35, 5, 2532)], // Row(58)
    [(3, 12, 108810), (3, 12, 113632)], // Row(59)
    [(31, 5, 1015), (31, 5, 1010)], // Row(60)
    [(0, 13, 2500), (0, 13, 2500)], // Row(61)
    [(65, 4, 2710), (65, 4, 2716)], // Row(62)
    [(36, 5, 2005), (28, 6, 2505)], // Row(63)
    [(69, 4, 2010), (69, 4, 2010)], // Row(64)
    [(70, 4, 2021), (70, 4, 2021)], // Row(65)
    [(8, 11, 3000), (8, 11, 3000)], // Row(66)
    [(17, 9, 1715), (17, 9, 1721)], // Row(67)
    [(9, 11, 2210), (9, 11, 2216)], // Row(68)
    [(4, 12, 5650), (4, 12, 5952)], // Row(69)
    [(29, 6, 1510), (48, 4, 1010)], // Row(70)
    [(71, 4, 515), (71, 4, 515)], // Row(71)
    [(22, 8, 1010), (10, 11, 1510)], // Row(72)
    [(64, 4, 1900), (5, 12, 2885)], // Row(73)
    [(97, 3, 1225), (97, 3, 1228)], // Row(74)
    [(97, 3, 108427), (97, 3, 111584)], // Row(75)
    [(48, 4, 1015), (30, 4, 1010)], // Row(76)
    [(1, 13, 3000), (1, 13, 3000)], // Row(77)
    [(11, 11, 28000), (11, 11, 28352)], // Row(78)
    [(6, 12, 28511), (6, 12, 28672)], // Row(79)
    [(2, 13, 161005), (2, 13, 162784)], // Row(80)
    [(106, 2, 0), (106, 2, 0)], // Pair([Listen, Listen])
    [(107, 2, 500), (107, 2, 500)], // Pair([Listen, SynSent])
    [(72, 4, 505), (72, 4, 505)], // Pair([Listen, SynReceived])
    [(73, 4, 515), (73, 4, 515)], // Pair([Listen, Established])
    [(37, 5, 515), (37, 5, 515)], // Pair([Listen, FinWait1])
    [(18, 9, 2000), (18, 9, 2000)], // Pair([Listen, FinWait2])
    [(38, 5, 1005), (74, 4, 62432)], // Pair([Listen, CloseWait])
    [(30, 6, 1005), (30, 6, 1005)], // Pair([Listen, Closing])
    [(38, 5, 1005), (38, 5, 1005)], // Pair([Listen, LastAck])
    [(108, 2, 1025), (108, 2, 1025)], // Pair([Listen, TimeWait])
    [(32, 1, 0), (32, 1, 0)], // Pair([Listen, Closed])
    [(100, 2, 500), (100, 2, 500)], // Pair([SynSent, Listen])
    [(39, 2, 500), (39, 2, 500)], // Pair([SynSent, SynSent])
    [(100, 2, 505), (100, 2, 505)], // Pair([SynSent, SynReceived])
    [(75, 4, 1000), (75, 4, 1000)], // Pair([SynSent, Established])
    [(39, 5, 505), (39, 5, 505)], // Pair([SynSent, FinWait1])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([SynSent, FinWait2])
    [(40, 5, 1005), (41, 5, 1505)], // Pair([SynSent, CloseWait])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([SynSent, Closing])
    [(42, 5, 1006), (43, 5, 62432)], // Pair([SynSent, LastAck])
    [(76, 4, 1500), (44, 5, 2000)], // Pair([SynSent, TimeWait])
    [(110, 1, 500), (110, 1, 500)], // Pair([SynSent, Closed])
    [(77, 4, 2000), (78, 4, 505)], // Pair([SynReceived, Listen])
    [(98, 2, 505), (98, 2, 505)], // Pair([SynReceived, SynSent])
    [(39, 2, 505), (39, 2, 505)], // Pair([SynReceived, SynReceived])
    [(98, 2, 510), (98, 2, 510)], // Pair([SynReceived, Established])
    [(96, 3, 505), (96, 3, 505)], // Pair([SynReceived, FinWait1])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([SynReceived, FinWait2])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([SynReceived, CloseWait])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([SynReceived, Closing])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([SynReceived, LastAck])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([SynReceived, TimeWait])
    [(98, 3, 505), (98, 3, 505)], // Pair([SynReceived, Closed])
    [(79, 4, 515), (79, 4, 515)], // Pair([Established, Listen])
    [(80, 4, 1000), (80, 4, 1000)], // Pair([Established, SynSent])
    [(100, 2, 510), (100, 2, 510)], // Pair([Established, SynReceived])
    [(100, 2, 515), (100, 2, 515)], // Pair([Established, Established])
    [(53, 3, 1000), (53, 3, 1000)], // Pair([Established, FinWait1])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([Established, FinWait2])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([Established, CloseWait])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([Established, Closing])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([Established, LastAck])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([Established, TimeWait])
    [(79, 3, 515), (79, 3, 515)], // Pair([Established, Closed])
    [(45, 5, 515), (45, 5, 515)], // Pair([FinWait1, Listen])
    [(46, 5, 505), (46, 5, 505)], // Pair([FinWait1, SynSent])
    [(99, 3, 505), (99, 3, 505)], // Pair([FinWait1, SynReceived])
    [(30, 3, 1000), (30, 3, 1000)], // Pair([FinWait1, Established])
    [(47, 4, 1000), (47, 4, 1000)], // Pair([FinWait1, FinWait1])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([FinWait1, FinWait2])
    [(88, 3, 1005), (88, 3, 1005)], // Pair([FinWait1, CloseWait])
    [(47, 4, 1005), (47, 4, 1005)], // Pair([FinWait1, Closing])
    [(88, 3, 1005), (88, 3, 1005)], // Pair([FinWait1, LastAck])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([FinWait1, TimeWait])
    [(46, 4, 505), (46, 4, 505)], // Pair([FinWait1, Closed])
    [(19, 9, 2000), (19, 9, 2000)], // Pair([FinWait2, Listen])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([FinWait2, SynSent])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([FinWait2, SynReceived])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([FinWait2, Established])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([FinWait2, FinWait1])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([FinWait2, FinWait2])
    [(32, 5, 1011), (40, 3, 1011)], // Pair([FinWait2, CloseWait])
    [(47, 5, 1010), (47, 5, 1010)], // Pair([FinWait2, Closing])
    [(24, 8, 1500), (81, 4, 1500)], // Pair([FinWait2, LastAck])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([FinWait2, TimeWait])
    [(20, 9, 1500), (20, 9, 1500)], // Pair([FinWait2, Closed])
    [(48, 5, 1005), (82, 4, 62432)], // Pair([CloseWait, Listen])
    [(49, 5, 1005), (50, 5, 1505)], // Pair([CloseWait, SynSent])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([CloseWait, SynReceived])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([CloseWait, Established])
    [(53, 3, 1005), (53, 3, 1005)], // Pair([CloseWait, FinWait1])
    [(29, 5, 1011), (53, 3, 1011)], // Pair([CloseWait, FinWait2])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([CloseWait, CloseWait])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([CloseWait, Closing])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([CloseWait, LastAck])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([CloseWait, TimeWait])
    [(48, 4, 1005), (53, 3, 62432)], // Pair([CloseWait, Closed])
    [(31, 6, 1005), (31, 6, 1005)], // Pair([Closing, Listen])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([Closing, SynSent])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([Closing, SynReceived])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([Closing, Established])
    [(57, 4, 1005), (57, 4, 1005)], // Pair([Closing, FinWait1])
    [(51, 5, 1010), (51, 5, 1010)], // Pair([Closing, FinWait2])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([Closing, CloseWait])
    [(60, 4, 1005), (60, 4, 1005)], // Pair([Closing, Closing])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([Closing, LastAck])
    [(83, 4, 1010), (83, 4, 1010)], // Pair([Closing, TimeWait])
    [(52, 5, 1005), (52, 5, 1005)], // Pair([Closing, Closed])
    [(48, 5, 1005), (53, 5, 62917)], // Pair([LastAck, Listen])
    [(54, 5, 1006), (55, 5, 62432)], // Pair([LastAck, SynSent])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([LastAck, SynReceived])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([LastAck, Established])
    [(53, 3, 1005), (84, 4, 1005)], // Pair([LastAck, FinWait1])
    [(25, 8, 1500), (59, 4, 1500)], // Pair([LastAck, FinWait2])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([LastAck, CloseWait])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([LastAck, Closing])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([LastAck, LastAck])
    [(53, 3, 1010), (59, 4, 1505)], // Pair([LastAck, TimeWait])
    [(48, 4, 1005), (53, 4, 62917)], // Pair([LastAck, Closed])
    [(109, 2, 1025), (109, 2, 1025)], // Pair([TimeWait, Listen])
    [(85, 4, 1500), (56, 5, 2000)], // Pair([TimeWait, SynSent])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([TimeWait, SynReceived])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([TimeWait, Established])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([TimeWait, FinWait1])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([TimeWait, FinWait2])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([TimeWait, CloseWait])
    [(60, 4, 1010), (60, 4, 1010)], // Pair([TimeWait, Closing])
    [(88, 3, 1010), (88, 3, 1010)], // Pair([TimeWait, LastAck])
    [(60, 4, 1010), (60, 4, 1010)], // Pair([TimeWait, TimeWait])
    [(88, 3, 1015), (88, 3, 1015)], // Pair([TimeWait, Closed])
    [(111, 1, 0), (111, 1, 0)], // Pair([Closed, Listen])
    [(98, 1, 500), (98, 1, 500)], // Pair([Closed, SynSent])
    [(72, 3, 505), (72, 3, 505)], // Pair([Closed, SynReceived])
    [(86, 4, 1005), (86, 4, 1005)], // Pair([Closed, Established])
    [(87, 4, 505), (87, 4, 505)], // Pair([Closed, FinWait1])
    [(21, 9, 1500), (21, 9, 1500)], // Pair([Closed, FinWait2])
    [(30, 4, 1005), (40, 3, 62432)], // Pair([Closed, CloseWait])
    [(30, 5, 1005), (30, 5, 1005)], // Pair([Closed, Closing])
    [(30, 4, 1005), (30, 4, 1005)], // Pair([Closed, LastAck])
    [(53, 3, 1015), (59, 4, 1510)], // Pair([Closed, TimeWait])
    [(113, 0, 0), (113, 0, 0)], // Pair([Closed, Closed])
];
