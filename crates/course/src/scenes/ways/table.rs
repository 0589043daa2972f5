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
    Deed::CtrlC(ClientUpper),
    Deed::Enter(ServerLower, "sudo sysctl -w net.ipv4.tcp_retries2=3"),
    Deed::Enter(Network, "drop server A +"),
    Deed::Input(ServerUpper, "c send more"),
    Deed::Enter(Network, "drop server A"),
    Deed::Enter(Network, "drop server FA * 2"),
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
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (500, 7), (1000, 8), (1500, 9), (1500, 10), (2000, 16)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (500, 7), (1000, 9), (1500, 17), (2000, 18), (2500, 19)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (500, 7), (1000, 20), (1500, 21), (2000, 9), (2500, 10)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (500, 7), (1000, 22), (1500, 9), (2000, 15)]),
    Script::Lines(&[(0, 23), (0, 5), (0, 6), (0, 24), (0, 25), (500, 7), (1000, 12), (1500, 26), (2000, 27), (2500, 28), (3000, 29)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (500, 7), (1000, 9), (1500, 30), (2000, 31)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (500, 7), (1000, 9), (1500, 32), (1500, 10)]),
    Script::Lines(&[(0, 0), (0, 33), (0, 34), (0, 35), (0, 36), (0, 5), (0, 6), (500, 7), (1000, 12), (1500, 15)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (500, 7), (1000, 9), (1500, 31)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 5), (0, 6), (500, 7), (1000, 9), (1500, 11), (2000, 12)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (500, 37), (1000, 10), (1000, 14), (1000, 15)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (500, 37), (1000, 10), (1500, 14), (2000, 15)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 5), (0, 6), (500, 7), (1000, 38), (1500, 9)]),
    Script::Lines(&[(0, 5), (0, 39), (0, 40), (0, 41), (0, 42), (500, 43), (1000, 44), (1500, 45), (2000, 46)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (500, 37), (1000, 47), (1500, 16), (2000, 15)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 5), (0, 6), (500, 7), (1000, 9), (1500, 45)]),
    Script::Lines(&[(0, 5), (0, 39), (0, 40), (0, 41), (0, 0), (0, 48), (500, 49), (1000, 50), (1500, 16)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (500, 37), (1000, 47), (1000, 10)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (500, 37), (1000, 10), (1500, 47)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (500, 37), (1000, 16), (1500, 10)]),
    Script::Lines(&[(0, 5), (0, 39), (0, 40), (0, 41), (0, 42), (500, 43), (1000, 45), (1500, 51)]),
    Script::Lines(&[(500, 52), (1000, 5), (1500, 6), (2000, 11), (2500, 7), (3000, 16)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (500, 37), (1000, 16)]),
    Script::Lines(&[(0, 23), (500, 53), (1000, 45), (1500, 16), (2000, 23), (2500, 53)]),
    Script::Lines(&[(0, 54), (0, 5), (0, 6), (500, 7), (1000, 45), (1500, 55)]),
    Script::Lines(&[(0, 54), (500, 37), (1000, 16), (1000, 44), (1000, 45), (1000, 56)]),
    Script::Lines(&[(0, 54), (500, 37), (1000, 47), (1000, 16), (1000, 45), (1000, 54)]),
    Script::Lines(&[(0, 56), (0, 0), (0, 48), (500, 49), (1000, 16)]),
    Script::Lines(&[(0, 57), (500, 58), (1000, 59), (1100, 60), (1600, 61)]),
    Script::Lines(&[(0, 54), (500, 37), (1000, 62), (1500, 63), (2000, 64)]),
    Script::OfScene("close-at-once"),
    Script::Lines(&[(0, 54), (500, 53), (1000, 45), (1500, 54), (2000, 53)]),
    Script::Lines(&[(0, 56), (500, 43), (510, 45), (510, 16), (510, 56)]),
    Script::Lines(&[(0, 54), (500, 37), (1000, 16), (1000, 44), (1000, 56)]),
    Script::Lines(&[(500, 65), (500, 66), (500, 16), (505, 65), (505, 45)]),
    Script::Lines(&[(500, 65), (500, 66), (1000, 16), (1000, 44), (1005, 65)]),
    Script::Lines(&[(500, 65), (500, 66), (1000, 16), (1500, 44), (1505, 65)]),
    Script::Lines(&[(500, 65), (500, 66), (1000, 16), (1000, 44), (1006, 65)]),
    Script::Lines(&[(500, 65), (500, 66), (1000, 16), (62432, 65), (62432, 45)]),
    Script::Lines(&[(0, 23), (500, 53), (1000, 45), (1500, 16), (2000, 53)]),
    Script::Lines(&[(0, 54), (500, 37), (510, 16), (510, 45), (510, 54)]),
    Script::Lines(&[(500, 65), (500, 66), (500, 45), (505, 16), (505, 66)]),
    Script::Lines(&[(500, 65), (500, 66), (1000, 16), (1000, 45), (1000, 67)]),
    Script::Lines(&[(0, 54), (500, 37), (1000, 47), (1000, 45), (1000, 54)]),
    Script::Lines(&[(500, 65), (500, 66), (1000, 45), (1000, 47), (1005, 66)]),
    Script::Lines(&[(500, 65), (500, 66), (1000, 45), (1500, 47), (1505, 66)]),
    Script::Lines(&[(500, 65), (500, 66), (1000, 16), (1000, 45), (1000, 68)]),
    Script::Lines(&[(0, 54), (500, 37), (1000, 47), (1000, 45), (1000, 16)]),
    Script::Lines(&[(0, 54), (500, 37), (1000, 45), (62917, 16), (62917, 54)]),
    Script::Lines(&[(500, 65), (500, 66), (1000, 45), (1000, 47), (1006, 66)]),
    Script::Lines(&[(500, 65), (500, 66), (1000, 45), (62432, 16), (62432, 66)]),
    Script::Lines(&[(0, 69), (500, 70), (1000, 16), (1500, 45), (2000, 70)]),
    Script::Lines(&[(500, 65), (500, 66), (1000, 45), (1000, 16)]),
    Script::Lines(&[(500, 65), (500, 66), (1000, 45), (1500, 16)]),
    Script::Lines(&[(0, 54), (500, 37), (1000, 45), (1500, 16)]),
    Script::Lines(&[(0, 54), (500, 37), (1000, 16), (1000, 45)]),
    Script::Lines(&[(500, 65), (500, 66), (1000, 45), (1005, 47)]),
    Script::OfScene("data-lost"),
    Script::Lines(&[(0, 54), (500, 37), (510, 47), (515, 45)]),
    Script::Lines(&[(0, 71), (500, 65), (600, 66), (1100, 16)]),
    Script::Lines(&[(0, 54), (500, 37), (1000, 57), (1500, 16)]),
    Script::Lines(&[(0, 54), (500, 72), (1000, 73), (1500, 16)]),
    Script::Lines(&[(500, 65), (500, 66), (500, 16), (510, 45)]),
    Script::Lines(&[(0, 54), (500, 37), (1000, 45), (1500, 47)]),
    Script::Lines(&[(500, 74), (1000, 75), (1500, 37), (2000, 45)]),
    Script::Lines(&[(500, 76), (1000, 54), (1500, 37), (2000, 16)]),
    Script::Lines(&[(500, 77), (1000, 23), (1500, 37), (2000, 16)]),
    Script::Lines(&[(0, 54), (500, 37), (510, 16), (515, 45)]),
    Script::Lines(&[(0, 54), (500, 37), (500, 16), (500, 56)]),
    Script::Lines(&[(0, 56), (500, 43), (510, 16), (510, 56)]),
    Script::Lines(&[(0, 56), (500, 43), (1000, 16), (1500, 56)]),
    Script::Lines(&[(0, 23), (500, 78), (1000, 79), (1000, 78)]),
    Script::Lines(&[(0, 54), (500, 53), (1000, 45), (1500, 53)]),
    Script::Lines(&[(0, 57), (500, 66), (1000, 65), (1500, 54)]),
    Script::Lines(&[(500, 65), (500, 66), (500, 45), (500, 54)]),
    Script::Lines(&[(0, 54), (500, 37), (510, 45), (510, 54)]),
    Script::Lines(&[(0, 69), (500, 80), (1000, 81), (1000, 80)]),
    Script::Lines(&[(500, 65), (500, 66), (1000, 16), (1500, 45)]),
    Script::Lines(&[(0, 54), (500, 37), (1000, 45), (1500, 54)]),
    Script::Lines(&[(0, 54), (500, 37), (1000, 45), (1000, 16)]),
    Script::Lines(&[(500, 65), (500, 66), (1000, 45), (1005, 16)]),
    Script::Lines(&[(0, 56), (500, 70), (1000, 16), (1500, 70)]),
    Script::Lines(&[(0, 54), (500, 37), (1000, 44), (1000, 16)]),
    Script::Lines(&[(500, 65), (500, 66), (500, 16), (505, 45)]),
    Script::Lines(&[(0, 57), (500, 37), (1000, 54)]),
    Script::Lines(&[(500, 65), (500, 66), (505, 16)]),
    Script::Lines(&[(0, 54), (0, 57), (500, 37)]),
    Script::Lines(&[(0, 54), (500, 37), (500, 82)]),
    Script::Lines(&[(0, 83), (500, 65), (1000, 66)]),
    Script::Lines(&[(0, 54), (500, 84), (1000, 37)]),
    Script::Lines(&[(0, 54), (500, 37), (500, 85)]),
    Script::Lines(&[(500, 65), (500, 66), (505, 45)]),
    Script::Lines(&[(0, 23), (500, 86), (1000, 72)]),
    Script::Lines(&[(500, 66), (500, 65), (500, 45)]),
    Script::Lines(&[(500, 66), (500, 65), (505, 16)]),
    Script::Lines(&[(0, 75), (500, 53)]),
    Script::Lines(&[(0, 54), (500, 45)]),
    Script::Lines(&[(500, 37), (500, 16)]),
    Script::Lines(&[(500, 87), (1000, 72)]),
    Script::Lines(&[(500, 52), (1000, 72)]),
    Script::Lines(&[(0, 56), (0, 54)]),
    Script::Lines(&[(0, 56), (500, 66)]),
    Script::Lines(&[(500, 88), (1000, 89)]),
    Script::Lines(&[(500, 90), (1000, 91)]),
    Script::Lines(&[(500, 72)]),
    Script::OfScene("three-segments"),
    Script::OfScene("browser"),
    Script::OfScene("simultaneous-open"),
];

pub(super) static WAYS: &[[Entry; 2]] = &[
    [(29, 1, 0), (29, 1, 0)], // State(Client, Listen)
    [(106, 1, 500), (106, 1, 500)], // State(Client, SynSent)
    [(95, 2, 505), (95, 2, 505)], // State(Client, SynReceived)
    [(97, 2, 510), (97, 2, 510)], // State(Client, Established)
    [(37, 3, 1000), (37, 3, 1000)], // State(Client, FinWait1)
    [(29, 5, 1011), (37, 3, 1011)], // State(Client, FinWait2)
    [(50, 3, 1005), (50, 3, 1005)], // State(Client, CloseWait)
    [(54, 4, 1005), (54, 4, 1005)], // State(Client, Closing)
    [(50, 3, 1005), (55, 4, 1500)], // State(Client, LastAck)
    [(27, 3, 1010), (27, 3, 1010)], // State(Client, TimeWait)
    [(107, 0, 0), (107, 0, 0)], // State(Client, Closed)
    [(107, 1, 0), (107, 1, 0)], // State(Server, Listen)
    [(95, 1, 500), (95, 1, 500)], // State(Server, SynSent)
    [(97, 2, 505), (97, 2, 505)], // State(Server, SynReceived)
    [(97, 2, 515), (97, 2, 515)], // State(Server, Established)
    [(46, 3, 1000), (46, 3, 1000)], // State(Server, FinWait1)
    [(26, 5, 1011), (50, 3, 1011)], // State(Server, FinWait2)
    [(27, 3, 1005), (27, 3, 1005)], // State(Server, CloseWait)
    [(44, 4, 1005), (44, 4, 1005)], // State(Server, Closing)
    [(27, 3, 1005), (27, 3, 1005)], // State(Server, LastAck)
    [(50, 3, 1010), (56, 4, 1505)], // State(Server, TimeWait)
    [(109, 0, 0), (109, 0, 0)], // State(Server, Closed)
    [(107, 1, 0), (107, 1, 0)], // Row(0)
    [(106, 1, 500), (106, 1, 500)], // Row(1)
    [(97, 2, 505), (97, 2, 505)], // Row(2)
    [(NONE, 0, 0), (NONE, 0, 0)], // Row(3)
    [(86, 3, 3000), (70, 3, 515)], // Row(4)
    [(36, 2, 505), (36, 2, 505)], // Row(5)
    [(108, 1, 510), (108, 1, 510)], // Row(6)
    [(86, 2, 1500), (36, 4, 524)], // Row(7)
    [(97, 2, 515), (97, 2, 515)], // Row(8)
    [(87, 3, 505), (87, 3, 505)], // Row(9)
    [(28, 3, 1005), (28, 3, 1005)], // Row(10)
    [(27, 3, 1000), (27, 3, 1000)], // Row(11)
    [(26, 5, 1011), (27, 3, 1010)], // Row(12)
    [(44, 4, 1005), (44, 4, 1005)], // Row(13)
    [(27, 3, 1010), (NONE, 0, 0)], // Row(14)
    [(9, 10, 1505), (27, 3, 1010)], // Row(15)
    [(57, 4, 1010), (57, 4, 1010)], // Row(16)
    [(27, 3, 121010), (27, 3, 62432)], // Row(17)
    [(27, 3, 1005), (27, 3, 1005)], // Row(18)
    [(58, 4, 1005), (47, 4, 1500)], // Row(19)
    [(10, 10, 1510), (19, 8, 1010)], // Row(20)
    [(27, 3, 1005), (27, 3, 1005)], // Row(21)
    [(27, 3, 1015), (27, 3, 1015)], // Row(22)
    [(106, 1, 505), (106, 1, 505)], // Row(23)
    [(98, 2, 500), (98, 2, 500)], // Row(24)
    [(NONE, 0, 0), (NONE, 0, 0)], // Row(25)
    [(99, 2, 500), (99, 2, 500)], // Row(26)
    [(23, 6, 3000), (23, 6, 3000)], // Row(27)
    [(106, 1, 510), (106, 1, 510)], // Row(28)
    [(100, 2, 1010), (100, 2, 1010)], // Row(29)
    [(101, 2, 128000), (101, 2, 136160)], // Row(30)
    [(88, 3, 2000), (89, 3, 506)], // Row(31)
    [(90, 3, 2000), (90, 3, 2016)], // Row(32)
    [(91, 3, 64005), (91, 3, 70624)], // Row(33)
    [(92, 3, 1505), (92, 3, 1536)], // Row(34)
    [(36, 3, 515), (36, 3, 515)], // Row(35)
    [(30, 5, 2600), (30, 5, 2600)], // Row(36)
    [(77, 3, 515), (77, 3, 515)], // Row(37)
    [(28, 3, 1000), (28, 3, 1000)], // Row(38)
    [(28, 3, 1010), (28, 3, 1010)], // Row(39)
    [(59, 4, 1210), (59, 4, 1216)], // Row(40)
    [(31, 5, 2970), (31, 5, 4960)], // Row(41)
    [(77, 3, 520), (77, 3, 520)], // Row(42)
    [(60, 4, 515), (60, 4, 515)], // Row(43)
    [(19, 8, 1005), (19, 8, 1005)], // Row(44)
    [(93, 3, 515), (93, 3, 515)], // Row(45)
    [(61, 4, 1500), (62, 4, 1716)], // Row(46)
    [(63, 4, 108810), (63, 4, 113632)], // Row(47)
    [(64, 4, 515), (64, 4, 515)], // Row(48)
    [(12, 9, 1000), (12, 9, 1000)], // Row(49)
    [(45, 4, 1005), (45, 4, 1005)], // Row(50)
    [(10, 10, 1505), (20, 8, 1505)], // Row(51)
    [(5, 11, 2005), (5, 11, 2005)], // Row(52)
    [(11, 10, 2000), (13, 9, 2000)], // Row(53)
    [(58, 4, 1010), (65, 4, 1505)], // Row(54)
    [(24, 6, 61011), (50, 3, 62432)], // Row(55)
    [(NONE, 0, 0), (66, 4, 2011)], // Row(56)
    [(32, 5, 2710), (32, 5, 2716)], // Row(57)
    [(32, 5, 2630), (32, 5, 2532)], // Row(58)
    [(2, 12, 108810), (2, 12, 113632)], // Row(59)
    [(28, 5, 1015), (28, 5, 1010)], // Row(60)
    [(0, 13, 2500), (0, 13, 2500)], // Row(61)
    [(62, 4, 2710), (62, 4, 2716)], // Row(62)
    [(33, 5, 2005), (25, 6, 2505)], // Row(63)
    [(67, 4, 2010), (67, 4, 2010)], // Row(64)
    [(68, 4, 2021), (68, 4, 2021)], // Row(65)
    [(6, 11, 3000), (6, 11, 3000)], // Row(66)
    [(14, 9, 1715), (14, 9, 1721)], // Row(67)
    [(7, 11, 2210), (7, 11, 2216)], // Row(68)
    [(3, 12, 5650), (3, 12, 5952)], // Row(69)
    [(26, 6, 1510), (45, 4, 1010)], // Row(70)
    [(69, 4, 515), (69, 4, 515)], // Row(71)
    [(19, 8, 1010), (8, 11, 1510)], // Row(72)
    [(61, 4, 1900), (4, 12, 2885)], // Row(73)
    [(94, 3, 1225), (94, 3, 1228)], // Row(74)
    [(94, 3, 108427), (94, 3, 111584)], // Row(75)
    [(45, 4, 1015), (27, 4, 1010)], // Row(76)
    [(1, 13, 3000), (1, 13, 3000)], // Row(77)
    [(102, 2, 0), (102, 2, 0)], // Pair([Listen, Listen])
    [(103, 2, 500), (103, 2, 500)], // Pair([Listen, SynSent])
    [(70, 4, 505), (70, 4, 505)], // Pair([Listen, SynReceived])
    [(71, 4, 515), (71, 4, 515)], // Pair([Listen, Established])
    [(34, 5, 515), (34, 5, 515)], // Pair([Listen, FinWait1])
    [(15, 9, 2000), (15, 9, 2000)], // Pair([Listen, FinWait2])
    [(35, 5, 1005), (72, 4, 62432)], // Pair([Listen, CloseWait])
    [(27, 6, 1005), (27, 6, 1005)], // Pair([Listen, Closing])
    [(35, 5, 1005), (35, 5, 1005)], // Pair([Listen, LastAck])
    [(104, 2, 1025), (104, 2, 1025)], // Pair([Listen, TimeWait])
    [(29, 1, 0), (29, 1, 0)], // Pair([Listen, Closed])
    [(97, 2, 500), (97, 2, 500)], // Pair([SynSent, Listen])
    [(36, 2, 500), (36, 2, 500)], // Pair([SynSent, SynSent])
    [(97, 2, 505), (97, 2, 505)], // Pair([SynSent, SynReceived])
    [(73, 4, 1000), (73, 4, 1000)], // Pair([SynSent, Established])
    [(36, 5, 505), (36, 5, 505)], // Pair([SynSent, FinWait1])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([SynSent, FinWait2])
    [(37, 5, 1005), (38, 5, 1505)], // Pair([SynSent, CloseWait])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([SynSent, Closing])
    [(39, 5, 1006), (40, 5, 62432)], // Pair([SynSent, LastAck])
    [(74, 4, 1500), (41, 5, 2000)], // Pair([SynSent, TimeWait])
    [(106, 1, 500), (106, 1, 500)], // Pair([SynSent, Closed])
    [(75, 4, 2000), (76, 4, 505)], // Pair([SynReceived, Listen])
    [(95, 2, 505), (95, 2, 505)], // Pair([SynReceived, SynSent])
    [(36, 2, 505), (36, 2, 505)], // Pair([SynReceived, SynReceived])
    [(95, 2, 510), (95, 2, 510)], // Pair([SynReceived, Established])
    [(93, 3, 505), (93, 3, 505)], // Pair([SynReceived, FinWait1])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([SynReceived, FinWait2])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([SynReceived, CloseWait])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([SynReceived, Closing])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([SynReceived, LastAck])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([SynReceived, TimeWait])
    [(95, 3, 505), (95, 3, 505)], // Pair([SynReceived, Closed])
    [(77, 4, 515), (77, 4, 515)], // Pair([Established, Listen])
    [(78, 4, 1000), (78, 4, 1000)], // Pair([Established, SynSent])
    [(97, 2, 510), (97, 2, 510)], // Pair([Established, SynReceived])
    [(97, 2, 515), (97, 2, 515)], // Pair([Established, Established])
    [(46, 3, 1000), (46, 3, 1000)], // Pair([Established, FinWait1])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([Established, FinWait2])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([Established, CloseWait])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([Established, Closing])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([Established, LastAck])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([Established, TimeWait])
    [(77, 3, 515), (77, 3, 515)], // Pair([Established, Closed])
    [(42, 5, 515), (42, 5, 515)], // Pair([FinWait1, Listen])
    [(43, 5, 505), (43, 5, 505)], // Pair([FinWait1, SynSent])
    [(96, 3, 505), (96, 3, 505)], // Pair([FinWait1, SynReceived])
    [(37, 3, 1000), (37, 3, 1000)], // Pair([FinWait1, Established])
    [(44, 4, 1000), (44, 4, 1000)], // Pair([FinWait1, FinWait1])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([FinWait1, FinWait2])
    [(27, 3, 1005), (27, 3, 1005)], // Pair([FinWait1, CloseWait])
    [(44, 4, 1005), (44, 4, 1005)], // Pair([FinWait1, Closing])
    [(27, 3, 1005), (27, 3, 1005)], // Pair([FinWait1, LastAck])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([FinWait1, TimeWait])
    [(43, 4, 505), (43, 4, 505)], // Pair([FinWait1, Closed])
    [(16, 9, 2000), (16, 9, 2000)], // Pair([FinWait2, Listen])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([FinWait2, SynSent])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([FinWait2, SynReceived])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([FinWait2, Established])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([FinWait2, FinWait1])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([FinWait2, FinWait2])
    [(29, 5, 1011), (37, 3, 1011)], // Pair([FinWait2, CloseWait])
    [(44, 5, 1010), (44, 5, 1010)], // Pair([FinWait2, Closing])
    [(21, 8, 1500), (79, 4, 1500)], // Pair([FinWait2, LastAck])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([FinWait2, TimeWait])
    [(17, 9, 1500), (17, 9, 1500)], // Pair([FinWait2, Closed])
    [(45, 5, 1005), (80, 4, 62432)], // Pair([CloseWait, Listen])
    [(46, 5, 1005), (47, 5, 1505)], // Pair([CloseWait, SynSent])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([CloseWait, SynReceived])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([CloseWait, Established])
    [(50, 3, 1005), (50, 3, 1005)], // Pair([CloseWait, FinWait1])
    [(26, 5, 1011), (50, 3, 1011)], // Pair([CloseWait, FinWait2])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([CloseWait, CloseWait])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([CloseWait, Closing])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([CloseWait, LastAck])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([CloseWait, TimeWait])
    [(45, 4, 1005), (50, 3, 62432)], // Pair([CloseWait, Closed])
    [(28, 6, 1005), (28, 6, 1005)], // Pair([Closing, Listen])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([Closing, SynSent])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([Closing, SynReceived])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([Closing, Established])
    [(54, 4, 1005), (54, 4, 1005)], // Pair([Closing, FinWait1])
    [(48, 5, 1010), (48, 5, 1010)], // Pair([Closing, FinWait2])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([Closing, CloseWait])
    [(57, 4, 1005), (57, 4, 1005)], // Pair([Closing, Closing])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([Closing, LastAck])
    [(81, 4, 1010), (81, 4, 1010)], // Pair([Closing, TimeWait])
    [(49, 5, 1005), (49, 5, 1005)], // Pair([Closing, Closed])
    [(45, 5, 1005), (50, 5, 62917)], // Pair([LastAck, Listen])
    [(51, 5, 1006), (52, 5, 62432)], // Pair([LastAck, SynSent])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([LastAck, SynReceived])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([LastAck, Established])
    [(50, 3, 1005), (82, 4, 1005)], // Pair([LastAck, FinWait1])
    [(22, 8, 1500), (56, 4, 1500)], // Pair([LastAck, FinWait2])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([LastAck, CloseWait])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([LastAck, Closing])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([LastAck, LastAck])
    [(50, 3, 1010), (56, 4, 1505)], // Pair([LastAck, TimeWait])
    [(45, 4, 1005), (50, 4, 62917)], // Pair([LastAck, Closed])
    [(105, 2, 1025), (105, 2, 1025)], // Pair([TimeWait, Listen])
    [(83, 4, 1500), (53, 5, 2000)], // Pair([TimeWait, SynSent])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([TimeWait, SynReceived])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([TimeWait, Established])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([TimeWait, FinWait1])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([TimeWait, FinWait2])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([TimeWait, CloseWait])
    [(57, 4, 1010), (57, 4, 1010)], // Pair([TimeWait, Closing])
    [(27, 3, 1010), (27, 3, 1010)], // Pair([TimeWait, LastAck])
    [(57, 4, 1010), (57, 4, 1010)], // Pair([TimeWait, TimeWait])
    [(27, 3, 1015), (27, 3, 1015)], // Pair([TimeWait, Closed])
    [(107, 1, 0), (107, 1, 0)], // Pair([Closed, Listen])
    [(95, 1, 500), (95, 1, 500)], // Pair([Closed, SynSent])
    [(70, 3, 505), (70, 3, 505)], // Pair([Closed, SynReceived])
    [(84, 4, 1005), (84, 4, 1005)], // Pair([Closed, Established])
    [(85, 4, 505), (85, 4, 505)], // Pair([Closed, FinWait1])
    [(18, 9, 1500), (18, 9, 1500)], // Pair([Closed, FinWait2])
    [(27, 4, 1005), (37, 3, 62432)], // Pair([Closed, CloseWait])
    [(27, 5, 1005), (27, 5, 1005)], // Pair([Closed, Closing])
    [(27, 4, 1005), (27, 4, 1005)], // Pair([Closed, LastAck])
    [(50, 3, 1015), (56, 4, 1510)], // Pair([Closed, TimeWait])
    [(109, 0, 0), (109, 0, 0)], // Pair([Closed, Closed])
];
