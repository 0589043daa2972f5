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
    Deed::Enter(Network, "delay 100"),
    Deed::Enter(Network, "drop client FA * 1"),
    Deed::CtrlC(ClientUpper),
    Deed::Enter(ServerLower, "sudo sysctl -w net.ipv4.tcp_retries2=3"),
    Deed::Enter(Network, "drop server A +"),
    Deed::Input(ServerUpper, "c send more"),
    Deed::Enter(Network, "drop server A"),
    Deed::Enter(Network, "drop server FA * 2"),
    Deed::Input(ClientUpper, "a send unread"),
    Deed::Enter(Network, "drop client A 0 -1"),
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
    Deed::Input(ClientUpper, "s socket"),
    Deed::Input(ClientUpper, "s bind 0.0.0.0 5555"),
    Deed::Input(ClientUpper, "s listen 5"),
    Deed::Input(ClientUpper, "s accept c"),
    Deed::Input(ServerUpper, "a socket"),
    Deed::Input(ServerUpper, "a connect 10.211.55.2 5555"),
    Deed::Input(ServerUpper, "a send unread"),
    Deed::Input(ServerUpper, "a shutdown WR"),
    Deed::Input(ClientUpper, "c close"),
    Deed::Input(ClientUpper, "c shutdown WR"),
    Deed::Input(ServerUpper, "l socket"),
    Deed::Input(ServerUpper, "l bind 0.0.0.0 5555"),
    Deed::Input(ServerUpper, "l listen 5"),
    Deed::Input(ServerUpper, "l accept c"),
    Deed::Input(ServerUpper, "c send late"),
    Deed::Input(ClientUpper, "l socket"),
    Deed::Input(ClientUpper, "l bind 0.0.0.0 5555"),
    Deed::Input(ClientUpper, "l listen 5"),
    Deed::Input(ClientUpper, "l accept c"),
    Deed::Input(ServerUpper, "a close"),
    Deed::Enter(Network, "drop server A 0 1"),
    Deed::CtrlC(ServerUpper),
    Deed::Enter(ServerUpper, "nc 10.211.55.2 5555"),
    Deed::Enter(ClientUpper, "nc 10.211.55.10 5555"),
    Deed::Enter(ServerLower, "sudo iptables -I INPUT -p tcp --dport 5555 --syn -j DROP"),
    Deed::Enter(ServerUpper, "nc -l 5555"),
    Deed::Input(ClientUpper, "a send x"),
    Deed::Enter(ClientUpper, "nc -p 6666 10.211.55.10 5555"),
    Deed::Enter(ClientUpper, "nc -l 5555"),
    Deed::Enter(Network, "delay 500"),
    Deed::Enter(Network, "drop server SA * 2"),
    Deed::Enter(ClientUpper, "nc -v -p 7002 10.211.55.10 7002"),
    Deed::Enter(ServerUpper, "nc -p 7002 10.211.55.2 7002"),
    Deed::Enter(ServerLower, "sudo iptables -I INPUT -p tcp --dport 7002 -j REJECT"),
    Deed::Enter(Network, "drop client A + -1"),
    Deed::Input(ClientUpper, "lost"),
    Deed::Enter(ClientLower, "sudo sysctl -w net.ipv4.tcp_retries2=2"),
    Deed::Enter(Network, "drop client FA"),
    Deed::Enter(ClientLower, "killall -9 nc"),
    Deed::Input(ServerUpper, "are you there"),
    Deed::Enter(ClientUpper, "nc -lk 5555"),
    Deed::Enter(ServerUpper, "nc -p 6666 10.211.55.2 5555"),
    Deed::Input(ServerUpper, "hello"),
    Deed::Enter(ClientUpper, "nc -v -p 7001 10.211.55.10 7001"),
    Deed::Enter(ServerUpper, "nc -p 7001 10.211.55.2 7001"),
    Deed::Input(ClientUpper, "hello"),
    Deed::Enter(Network, "delay 400"),
    Deed::Enter(ClientUpper, "nc -p 7000 10.211.55.10 7000"),
    Deed::Enter(ServerUpper, "nc -p 7000 10.211.55.2 7000"),
    Deed::Enter(ClientUpper, "nc -v 10.211.55.10 5555"),
    Deed::Enter(ClientLower, "sudo iptables -I OUTPUT -p tcp --dport 5555 --tcp-flags SYN,ACK,FIN,RST ACK -j DROP"),
    Deed::Enter(ServerLower, "sudo sysctl -w net.ipv4.tcp_max_tw_buckets=0"),
    Deed::Enter(ServerUpper, "nc -l -k 5555"),
    Deed::Enter(ClientLower, "sudo sysctl -w net.ipv4.tcp_max_tw_buckets=0"),
    Deed::Enter(Network, "duplicate client A"),
    Deed::Enter(ServerLower, "sudo iptables -I OUTPUT -p tcp --dport 5555 --tcp-flags SYN,ACK,FIN,RST ACK -j DROP"),
    Deed::Enter(ClientUpper, "nc -v -p 40000 10.211.55.10 5555"),
    Deed::Enter(ClientLower, "sudo ss -K dport = :5555"),
    Deed::Enter(ServerUpper, "nc -v -p 40000 10.211.55.2 5555"),
    Deed::Enter(ServerLower, "sudo ss -K dport = :5555"),
    Deed::Enter(ServerLower, "sudo iptables -A OUTPUT -p tcp --dport 5555 --tcp-flags ALL ACK -j REJECT"),
    Deed::Enter(ServerUpper, "nc -v 10.211.55.2 5555"),
    Deed::Enter(ClientLower, "sudo iptables -A OUTPUT -p tcp --dport 5555 --tcp-flags ALL ACK -j REJECT"),
    Deed::Enter(Network, "duplicate SYN from C_m"),
    Deed::Enter(Network, "delay 1000"),
    Deed::Enter(Network, "drop server SA"),
    Deed::Enter(ServerLower, "sudo iptables -I OUTPUT -p tcp --sport 5555 --tcp-flags SYN,ACK,FIN,RST SYN,ACK -j DROP"),
    Deed::Enter(ClientUpper, "nc -l -k 5555"),
    Deed::Enter(ServerLower, "sudo iptables -I INPUT -p tcp --dport 5555 -j REJECT --reject-with icmp-port-unreachable"),
    Deed::Enter(ClientUpper, "sudo httpd"),
    Deed::Enter(ServerUpper, "nc -z 10.211.55.2 80 & nc -z 10.211.55.2 80 & nc -z 10.211.55.2 80 & nc -z 10.211.55.2 80 & nc -z 10.211.55.2 80 & nc -z 10.211.55.2 80 & nc -z 10.211.55.2 80 & nc -z 10.211.55.2 80 & nc -z 10.211.55.2 80 & nc -z 10.211.55.2 80 &"),
    Deed::Enter(ServerUpper, "sudo httpd"),
    Deed::Enter(ClientUpper, "nc -z 10.211.55.10 80 & nc -z 10.211.55.10 80 & nc -z 10.211.55.10 80 & nc -z 10.211.55.10 80 & nc -z 10.211.55.10 80 & nc -z 10.211.55.10 80 & nc -z 10.211.55.10 80 & nc -z 10.211.55.10 80 & nc -z 10.211.55.10 80 & nc -z 10.211.55.10 80 &"),
];

pub(super) static SCRIPTS: &[Script] = &[
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (500, 7), (1000, 8), (1500, 9), (1500, 10), (2000, 11), (2500, 12)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (500, 7), (1000, 9), (1500, 13), (2000, 10), (2500, 14), (3000, 15)]),
    Script::Lines(&[(0, 16), (0, 0), (0, 1), (0, 2), (0, 3), (0, 5), (0, 6), (500, 7), (1000, 17), (1500, 9), (2000, 11), (2100, 12)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (500, 7), (1000, 8), (1500, 9), (1500, 10), (2000, 18)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (500, 7), (1000, 9), (1500, 19), (2000, 20), (2500, 21)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (500, 7), (1000, 22), (1500, 23), (2000, 9), (2500, 10)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (500, 7), (1000, 24), (1500, 9), (2000, 15)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (500, 7), (1000, 25), (1500, 9), (1500, 10)]),
    Script::Lines(&[(0, 26), (0, 5), (0, 6), (0, 27), (0, 28), (500, 7), (1000, 12), (1500, 29), (2000, 30), (2500, 31), (3000, 32)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (500, 7), (1000, 9), (1500, 33), (2000, 34)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (500, 7), (1000, 9), (1500, 35), (1500, 10)]),
    Script::Lines(&[(0, 5), (0, 36), (0, 37), (0, 38), (0, 39), (0, 0), (0, 40), (500, 41), (1000, 42), (1500, 43), (2000, 44)]),
    Script::Lines(&[(0, 5), (0, 36), (0, 37), (0, 38), (0, 39), (0, 0), (0, 40), (500, 41), (1000, 8), (1500, 43), (1500, 45)]),
    Script::Lines(&[(0, 0), (0, 46), (0, 47), (0, 48), (0, 49), (0, 5), (0, 6), (500, 7), (1000, 12), (1500, 15)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (500, 7), (1000, 9), (1500, 34)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (500, 7), (1000, 9), (1000, 50)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 5), (0, 6), (500, 7), (1000, 9), (1500, 11), (2000, 12)]),
    Script::Lines(&[(0, 5), (0, 51), (0, 52), (0, 53), (0, 54), (0, 0), (0, 40), (500, 41), (1000, 55), (1500, 44)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 5), (0, 6), (500, 7), (1000, 56), (1500, 9)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 5), (0, 6), (500, 7), (1000, 9), (1500, 57)]),
    Script::Lines(&[(0, 5), (0, 36), (0, 37), (0, 38), (0, 0), (0, 40), (500, 41), (1000, 43), (1500, 18)]),
    Script::Lines(&[(0, 5), (0, 36), (0, 37), (0, 38), (0, 39), (500, 58), (1000, 44), (62917, 57)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (500, 59), (1000, 15), (62917, 18)]),
    Script::Lines(&[(500, 60), (1000, 5), (1500, 6), (2000, 11), (2500, 7), (3000, 18)]),
    Script::Lines(&[(0, 61), (0, 5), (0, 6), (500, 7), (1000, 57), (1500, 62)]),
    Script::Lines(&[(0, 0), (0, 1), (0, 2), (0, 3), (500, 59), (1000, 18)]),
    Script::Lines(&[(0, 26), (500, 63), (1000, 57), (1500, 18), (2000, 26), (2500, 63)]),
    Script::Lines(&[(0, 64), (0, 0), (0, 40), (500, 41), (1000, 18)]),
    Script::Lines(&[(0, 64), (100, 58), (1000, 65), (2000, 57), (2100, 18)]),
    Script::Lines(&[(0, 64), (500, 58), (1000, 65), (1500, 57), (1600, 18)]),
    Script::OfScene("close-at-once"),
    Script::Lines(&[(0, 61), (500, 59), (1000, 65), (1500, 18), (1600, 57)]),
    Script::Lines(&[(0, 65), (500, 66), (1000, 67), (1100, 68), (1600, 69)]),
    Script::Lines(&[(0, 61), (500, 59), (1000, 70), (1500, 71), (2000, 72)]),
    Script::Lines(&[(0, 61), (500, 59), (1000, 73), (1500, 74), (2000, 75)]),
    Script::Lines(&[(0, 61), (500, 63), (1000, 57), (1500, 61), (2000, 63)]),
    Script::OfScene("last-ack-lost-no-wait"),
    Script::Lines(&[(0, 26), (500, 63), (1000, 57), (1500, 18), (2000, 63)]),
    Script::Lines(&[(0, 76), (500, 77), (1000, 18), (1500, 57), (2000, 77)]),
    Script::Lines(&[(0, 61), (0, 65), (500, 59), (1000, 18)]),
    Script::Lines(&[(0, 61), (500, 59), (1000, 18), (1005, 78)]),
    Script::Lines(&[(0, 65), (500, 79), (600, 80), (700, 57)]),
    Script::OfScene("data-lost"),
    Script::Lines(&[(0, 61), (500, 59), (510, 81), (515, 57)]),
    Script::Lines(&[(0, 82), (500, 83), (600, 84), (1100, 18)]),
    Script::OfScene("fin-lost"),
    Script::Lines(&[(0, 61), (500, 85), (1000, 73), (1500, 18)]),
    Script::Lines(&[(0, 61), (500, 86), (1000, 59), (68000, 18)]),
    Script::Lines(&[(0, 61), (500, 59), (1000, 57), (1500, 81)]),
    Script::Lines(&[(500, 87), (1000, 88), (1500, 59), (2000, 57)]),
    Script::Lines(&[(500, 89), (1000, 61), (1500, 59), (2000, 18)]),
    Script::Lines(&[(500, 90), (1000, 26), (1500, 59), (2000, 18)]),
    Script::Lines(&[(0, 61), (500, 59), (510, 18), (515, 57)]),
    Script::Lines(&[(0, 61), (500, 59), (500, 18), (500, 64)]),
    Script::Lines(&[(0, 64), (500, 58), (510, 18), (510, 64)]),
    Script::Lines(&[(0, 64), (500, 91), (1000, 58), (68000, 57)]),
    Script::Lines(&[(0, 64), (500, 58), (1000, 18), (1500, 64)]),
    Script::Lines(&[(0, 26), (500, 92), (1000, 93), (1000, 92)]),
    Script::Lines(&[(0, 61), (500, 63), (1000, 57), (1500, 63)]),
    Script::Lines(&[(0, 64), (500, 58), (500, 57), (500, 61)]),
    Script::Lines(&[(0, 61), (500, 59), (510, 57), (510, 61)]),
    Script::Lines(&[(0, 76), (500, 94), (1000, 95), (1000, 94)]),
    Script::Lines(&[(0, 61), (500, 59), (1000, 18), (1000, 57)]),
    Script::Lines(&[(0, 61), (500, 59), (510, 18), (510, 57)]),
    Script::Lines(&[(0, 64), (500, 58), (1000, 18), (1500, 57)]),
    Script::Lines(&[(0, 61), (500, 59), (1000, 57), (1500, 61)]),
    Script::Lines(&[(0, 61), (500, 59), (1000, 57), (1500, 18)]),
    Script::Lines(&[(500, 87), (1000, 64), (1500, 58), (2000, 57)]),
    Script::Lines(&[(0, 64), (500, 77), (1000, 18), (1500, 77)]),
    Script::Lines(&[(0, 64), (500, 58), (510, 57), (510, 18)]),
    Script::Lines(&[(500, 84), (500, 83), (1000, 18)]),
    Script::Lines(&[(500, 83), (500, 84), (1000, 18)]),
    Script::Lines(&[(0, 76), (500, 96), (1000, 97)]),
    Script::Lines(&[(0, 26), (500, 98), (1000, 85)]),
    Script::Lines(&[(500, 83), (500, 84), (1000, 57)]),
    Script::OfScene("time-wait"),
    Script::Lines(&[(500, 83), (500, 84), (505, 18)]),
    Script::OfScene("hello-both-ways"),
    Script::Lines(&[(0, 61), (500, 59), (500, 99)]),
    Script::Lines(&[(0, 100), (500, 83), (1000, 84)]),
    Script::Lines(&[(500, 86), (1000, 61), (1500, 85)]),
    Script::Lines(&[(0, 61), (500, 101), (1000, 59)]),
    Script::Lines(&[(0, 61), (500, 59), (500, 102)]),
    Script::Lines(&[(500, 83), (500, 84), (505, 57)]),
    Script::Lines(&[(500, 84), (500, 83), (505, 18)]),
    Script::Lines(&[(500, 59), (500, 61), (500, 18)]),
    Script::Lines(&[(0, 64), (200, 58), (1000, 57)]),
    Script::Lines(&[(0, 88), (500, 63)]),
    Script::Lines(&[(0, 103), (500, 77)]),
    Script::Lines(&[(500, 60), (1000, 85)]),
    Script::Lines(&[(0, 61), (500, 57)]),
    Script::Lines(&[(500, 59), (500, 18)]),
    Script::Lines(&[(500, 104), (1000, 85)]),
    Script::Lines(&[(0, 64), (0, 61)]),
    Script::Lines(&[(0, 64), (500, 84)]),
    Script::Lines(&[(500, 105), (1000, 106)]),
    Script::Lines(&[(500, 107), (1000, 108)]),
    Script::Lines(&[(500, 85)]),
    Script::OfScene("three-segments"),
    Script::OfScene("browser"),
    Script::OfScene("simultaneous-open"),
];

pub(super) static WAYS: &[[Entry; 2]] = &[
    [(27, 1, 0), (27, 1, 0)], // State(Client, Listen)
    [(97, 1, 500), (97, 1, 500)], // State(Client, SynSent)
    [(29, 2, 505), (29, 2, 505)], // State(Client, SynReceived)
    [(87, 2, 510), (87, 2, 510)], // State(Client, Established)
    [(70, 3, 1000), (70, 3, 1000)], // State(Client, FinWait1)
    [(27, 5, 1011), (71, 3, 1011)], // State(Client, FinWait2)
    [(48, 3, 1005), (48, 3, 1005)], // State(Client, CloseWait)
    [(28, 5, 2500), (29, 5, 2000)], // State(Client, Closing)
    [(48, 3, 1005), (72, 3, 1015)], // State(Client, LastAck)
    [(56, 3, 1010), (73, 3, 1020)], // State(Client, TimeWait)
    [(98, 0, 0), (98, 0, 0)], // State(Client, Closed)
    [(98, 1, 0), (98, 1, 0)], // State(Server, Listen)
    [(70, 1, 500), (70, 1, 500)], // State(Server, SynSent)
    [(87, 2, 505), (87, 2, 505)], // State(Server, SynReceived)
    [(88, 2, 510), (88, 2, 510)], // State(Server, Established)
    [(74, 3, 1000), (74, 3, 1000)], // State(Server, FinWait1)
    [(24, 5, 1011), (48, 3, 1011)], // State(Server, FinWait2)
    [(75, 3, 1005), (75, 3, 1005)], // State(Server, CloseWait)
    [(30, 5, 2500), (31, 5, 2000)], // State(Server, Closing)
    [(56, 3, 1005), (73, 3, 1015)], // State(Server, LastAck)
    [(48, 3, 1010), (72, 3, 1020)], // State(Server, TimeWait)
    [(100, 0, 0), (100, 0, 0)], // State(Server, Closed)
    [(98, 1, 0), (98, 1, 0)], // Row(0)
    [(97, 1, 500), (97, 1, 500)], // Row(1)
    [(87, 2, 505), (87, 2, 505)], // Row(2)
    [(NONE, 0, 0), (NONE, 0, 0)], // Row(3)
    [(39, 4, 2000), (39, 4, 2000)], // Row(4)
    [(71, 2, 505), (71, 2, 505)], // Row(5)
    [(99, 1, 510), (99, 1, 510)], // Row(6)
    [(89, 2, 2000), (89, 2, 2016)], // Row(7)
    [(87, 2, 515), (87, 2, 515)], // Row(8)
    [(76, 3, 505), (76, 3, 505)], // Row(9)
    [(77, 3, 1005), (77, 3, 1005)], // Row(10)
    [(73, 3, 1010), (73, 3, 1010)], // Row(11)
    [(24, 5, 1011), (73, 3, 1020)], // Row(12)
    [(30, 5, 2500), (30, 5, 2500)], // Row(13)
    [(73, 3, 1020), (NONE, 0, 0)], // Row(14)
    [(13, 10, 1505), (73, 3, 1020)], // Row(15)
    [(30, 5, 3000), (30, 5, 3000)], // Row(16)
    [(40, 3, 121010), (40, 3, 62432)], // Row(17)
    [(73, 3, 1015), (73, 3, 1015)], // Row(18)
    [(40, 4, 1005), (40, 4, 1005)], // Row(19)
    [(14, 10, 1510), (14, 10, 1510)], // Row(20)
    [(73, 3, 1015), (73, 3, 1015)], // Row(21)
    [(75, 3, 1015), (75, 3, 1015)], // Row(22)
    [(97, 1, 505), (97, 1, 505)], // Row(23)
    [(90, 2, 500), (90, 2, 500)], // Row(24)
    [(NONE, 0, 0), (NONE, 0, 0)], // Row(25)
    [(91, 2, 500), (91, 2, 500)], // Row(26)
    [(23, 6, 3000), (23, 6, 3000)], // Row(27)
    [(97, 1, 510), (97, 1, 510)], // Row(28)
    [(92, 2, 1010), (92, 2, 1010)], // Row(29)
    [(89, 2, 128000), (89, 2, 136160)], // Row(30)
    [(78, 3, 506), (78, 3, 506)], // Row(31)
    [(79, 3, 2000), (80, 3, 2528)], // Row(32)
    [(81, 3, 64005), (81, 3, 70624)], // Row(33)
    [(82, 3, 1505), (82, 3, 1536)], // Row(34)
    [(41, 4, 2100), (41, 4, 2100)], // Row(35)
    [(32, 5, 2600), (32, 5, 2600)], // Row(36)
    [(60, 3, 515), (60, 3, 515)], // Row(37)
    [(77, 3, 1000), (77, 3, 1000)], // Row(38)
    [(77, 3, 1010), (77, 3, 1010)], // Row(39)
    [(42, 4, 1210), (42, 4, 1216)], // Row(40)
    [(33, 5, 2970), (33, 5, 4960)], // Row(41)
    [(60, 3, 520), (60, 3, 520)], // Row(42)
    [(43, 4, 515), (43, 4, 515)], // Row(43)
    [(15, 10, 1005), (15, 10, 1005)], // Row(44)
    [(44, 4, 1800), (44, 4, 1800)], // Row(45)
    [(44, 4, 1500), (45, 4, 1216)], // Row(46)
    [(46, 4, 108810), (46, 4, 113632)], // Row(47)
    [(47, 4, 68010), (47, 4, 68010)], // Row(48)
    [(2, 12, 2100), (2, 12, 2100)], // Row(49)
    [(34, 5, 2005), (34, 5, 2005)], // Row(50)
    [(14, 10, 1505), (14, 10, 1505)], // Row(51)
    [(6, 11, 2005), (6, 11, 2005)], // Row(52)
    [(16, 10, 2000), (16, 10, 2000)], // Row(53)
    [(24, 6, 1505), (48, 4, 1505)], // Row(54)
    [(25, 6, 61011), (48, 3, 62432)], // Row(55)
    [(NONE, 0, 0), (49, 4, 2011)], // Row(56)
    [(30, 5, 2710), (30, 5, 2716)], // Row(57)
    [(30, 5, 2630), (30, 5, 2532)], // Row(58)
    [(3, 12, 108810), (3, 12, 113632)], // Row(59)
    [(7, 11, 336340), (7, 11, 224234)], // Row(60)
    [(0, 13, 2500), (0, 13, 2500)], // Row(61)
    [(73, 3, 1230), (73, 3, 1233)], // Row(62)
    [(35, 5, 2005), (26, 6, 2505)], // Row(63)
    [(50, 4, 2010), (50, 4, 2010)], // Row(64)
    [(51, 4, 2021), (51, 4, 2021)], // Row(65)
    [(8, 11, 3000), (8, 11, 3000)], // Row(66)
    [(18, 9, 1715), (18, 9, 1721)], // Row(67)
    [(9, 11, 2210), (9, 11, 2216)], // Row(68)
    [(4, 12, 5650), (4, 12, 5952)], // Row(69)
    [(24, 6, 1510), (48, 4, 1510)], // Row(70)
    [(52, 4, 515), (52, 4, 515)], // Row(71)
    [(10, 11, 1510), (10, 11, 1510)], // Row(72)
    [(44, 4, 1900), (5, 12, 2885)], // Row(73)
    [(73, 3, 1225), (73, 3, 1228)], // Row(74)
    [(73, 3, 108427), (73, 3, 111584)], // Row(75)
    [(36, 5, 1225), (36, 5, 1230)], // Row(76)
    [(1, 13, 3000), (1, 13, 3000)], // Row(77)
    [(93, 2, 0), (93, 2, 0)], // Pair([Listen, Listen])
    [(94, 2, 500), (94, 2, 500)], // Pair([Listen, SynSent])
    [(53, 4, 505), (53, 4, 505)], // Pair([Listen, SynReceived])
    [(54, 4, 515), (54, 4, 515)], // Pair([Listen, Established])
    [(55, 4, 68000), (55, 4, 68000)], // Pair([Listen, FinWait1])
    [(11, 11, 2000), (11, 11, 2000)], // Pair([Listen, FinWait2])
    [(NONE, 0, 0), (56, 4, 62432)], // Pair([Listen, CloseWait])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([Listen, Closing])
    [(NONE, 0, 0), (21, 8, 62917)], // Pair([Listen, LastAck])
    [(95, 2, 1025), (95, 2, 1025)], // Pair([Listen, TimeWait])
    [(27, 1, 0), (27, 1, 0)], // Pair([Listen, Closed])
    [(87, 2, 500), (87, 2, 500)], // Pair([SynSent, Listen])
    [(71, 2, 500), (71, 2, 500)], // Pair([SynSent, SynSent])
    [(87, 2, 505), (87, 2, 505)], // Pair([SynSent, SynReceived])
    [(57, 4, 1000), (57, 4, 1000)], // Pair([SynSent, Established])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([SynSent, FinWait1])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([SynSent, FinWait2])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([SynSent, CloseWait])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([SynSent, Closing])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([SynSent, LastAck])
    [(58, 4, 1500), (37, 5, 2000)], // Pair([SynSent, TimeWait])
    [(97, 1, 500), (97, 1, 500)], // Pair([SynSent, Closed])
    [(59, 4, 505), (59, 4, 505)], // Pair([SynReceived, Listen])
    [(29, 2, 505), (29, 2, 505)], // Pair([SynReceived, SynSent])
    [(71, 2, 505), (71, 2, 505)], // Pair([SynReceived, SynReceived])
    [(29, 2, 510), (29, 2, 510)], // Pair([SynReceived, Established])
    [(83, 3, 505), (83, 3, 505)], // Pair([SynReceived, FinWait1])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([SynReceived, FinWait2])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([SynReceived, CloseWait])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([SynReceived, Closing])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([SynReceived, LastAck])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([SynReceived, TimeWait])
    [(59, 3, 505), (59, 3, 505)], // Pair([SynReceived, Closed])
    [(60, 4, 515), (60, 4, 515)], // Pair([Established, Listen])
    [(61, 4, 1000), (61, 4, 1000)], // Pair([Established, SynSent])
    [(87, 2, 510), (87, 2, 510)], // Pair([Established, SynReceived])
    [(87, 2, 515), (87, 2, 515)], // Pair([Established, Established])
    [(74, 3, 1000), (74, 3, 1000)], // Pair([Established, FinWait1])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([Established, FinWait2])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([Established, CloseWait])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([Established, Closing])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([Established, LastAck])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([Established, TimeWait])
    [(60, 3, 515), (60, 3, 515)], // Pair([Established, Closed])
    [(47, 4, 68000), (47, 4, 68000)], // Pair([FinWait1, Listen])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([FinWait1, SynSent])
    [(84, 3, 505), (84, 3, 505)], // Pair([FinWait1, SynReceived])
    [(75, 3, 1000), (75, 3, 1000)], // Pair([FinWait1, Established])
    [(62, 4, 1000), (62, 4, 1000)], // Pair([FinWait1, FinWait1])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([FinWait1, FinWait2])
    [(75, 3, 1005), (75, 3, 1005)], // Pair([FinWait1, CloseWait])
    [(30, 5, 2500), (31, 5, 2000)], // Pair([FinWait1, Closing])
    [(56, 3, 1005), (73, 3, 1015)], // Pair([FinWait1, LastAck])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([FinWait1, TimeWait])
    [(63, 4, 515), (63, 4, 515)], // Pair([FinWait1, Closed])
    [(6, 11, 2000), (6, 11, 2000)], // Pair([FinWait2, Listen])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([FinWait2, SynSent])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([FinWait2, SynReceived])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([FinWait2, Established])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([FinWait2, FinWait1])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([FinWait2, FinWait2])
    [(27, 5, 1011), (71, 3, 1011)], // Pair([FinWait2, CloseWait])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([FinWait2, Closing])
    [(13, 10, 1500), (64, 4, 1500)], // Pair([FinWait2, LastAck])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([FinWait2, TimeWait])
    [(19, 9, 1500), (19, 9, 1500)], // Pair([FinWait2, Closed])
    [(NONE, 0, 0), (65, 4, 62432)], // Pair([CloseWait, Listen])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([CloseWait, SynSent])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([CloseWait, SynReceived])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([CloseWait, Established])
    [(48, 3, 1005), (48, 3, 1005)], // Pair([CloseWait, FinWait1])
    [(24, 5, 1011), (48, 3, 1011)], // Pair([CloseWait, FinWait2])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([CloseWait, CloseWait])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([CloseWait, Closing])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([CloseWait, LastAck])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([CloseWait, TimeWait])
    [(24, 5, 61011), (48, 3, 62432)], // Pair([CloseWait, Closed])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([Closing, Listen])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([Closing, SynSent])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([Closing, SynReceived])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([Closing, Established])
    [(28, 5, 2500), (29, 5, 2000)], // Pair([Closing, FinWait1])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([Closing, FinWait2])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([Closing, CloseWait])
    [(30, 5, 2600), (30, 5, 2600)], // Pair([Closing, Closing])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([Closing, LastAck])
    [(28, 5, 3000), (29, 5, 2500)], // Pair([Closing, TimeWait])
    [(12, 11, 336335), (12, 11, 175072)], // Pair([Closing, Closed])
    [(NONE, 0, 0), (22, 8, 62917)], // Pair([LastAck, Listen])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([LastAck, SynSent])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([LastAck, SynReceived])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([LastAck, Established])
    [(48, 3, 1005), (72, 3, 1015)], // Pair([LastAck, FinWait1])
    [(17, 10, 1500), (66, 4, 1500)], // Pair([LastAck, FinWait2])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([LastAck, CloseWait])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([LastAck, Closing])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([LastAck, LastAck])
    [(48, 3, 1010), (72, 3, 1020)], // Pair([LastAck, TimeWait])
    [(49, 4, 2010), (67, 4, 2010)], // Pair([LastAck, Closed])
    [(96, 2, 1025), (96, 2, 1025)], // Pair([TimeWait, Listen])
    [(68, 4, 1500), (38, 5, 2000)], // Pair([TimeWait, SynSent])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([TimeWait, SynReceived])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([TimeWait, Established])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([TimeWait, FinWait1])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([TimeWait, FinWait2])
    [(NONE, 0, 0), (NONE, 0, 0)], // Pair([TimeWait, CloseWait])
    [(30, 5, 3000), (31, 5, 2500)], // Pair([TimeWait, Closing])
    [(56, 3, 1010), (73, 3, 1020)], // Pair([TimeWait, LastAck])
    [(30, 5, 3100), (30, 5, 3100)], // Pair([TimeWait, TimeWait])
    [(75, 3, 1015), (75, 3, 1015)], // Pair([TimeWait, Closed])
    [(98, 1, 0), (98, 1, 0)], // Pair([Closed, Listen])
    [(70, 1, 500), (70, 1, 500)], // Pair([Closed, SynSent])
    [(85, 3, 505), (85, 3, 505)], // Pair([Closed, SynReceived])
    [(54, 3, 515), (54, 3, 515)], // Pair([Closed, Established])
    [(69, 4, 515), (69, 4, 515)], // Pair([Closed, FinWait1])
    [(20, 9, 1500), (20, 9, 1500)], // Pair([Closed, FinWait2])
    [(27, 5, 61011), (71, 3, 62432)], // Pair([Closed, CloseWait])
    [(7, 11, 336335), (7, 11, 175072)], // Pair([Closed, Closing])
    [(50, 4, 2010), (50, 4, 2010)], // Pair([Closed, LastAck])
    [(48, 3, 1015), (86, 3, 1015)], // Pair([Closed, TimeWait])
    [(100, 0, 0), (100, 0, 0)], // Pair([Closed, Closed])
];
