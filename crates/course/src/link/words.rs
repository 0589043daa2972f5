//! Lines that the model has read before the first of a link: the lab's commands, as they are usually typed.
//!
//! They are part of the format. A line that is missing here only costs more; a change makes all links unreadable.

/// Lines of the network's console.
pub(super) const NETWORK: &str = "\
delay 5
delay 200
delay server 300
drop client A + -1
drop client FA
drop server SA 0 1
drop client S * 1
drop client A 0 -1
drop client A 0 3
drop server R * -1
drop server A 0 1
drop client FA * -1
drop client S * -1
undrop server R *
undrop client A 0
drop server SA * 1
drop client A + 1
drop 17
hold 11
release 3
duplicate 10
duplicate client A
send-segment --from client --flags RST --seq next-1
cable unplug
show
clear
";

/// Lines for a program.
pub(super) const TYPED: &str = "\
l socket
l reuseaddr
l bind 0.0.0.0 5555
l listen 5
l accept a
a socket
a connect 10.211.55.10 5555
a send hello
a recv 100
a sendloop 0.5 3 more
a shutdown WR
a linger 0
a soerror
a drain
a close
b socket
c send last words
b bind 0.0.0.0 6666
l listen 1
l accept b
b close
d keepalive 10 5 3
a send server-0
from the client
one
two
three
first
second
third
again
world
hello
GET / HTTP/1.0
";

/// Command lines.
pub(super) const COMMANDS: &str = "\
help
man nc
ps
jobs
history
date
ping S_m
sleep 2
fg
conntrack -L
ip addr add 10.211.55.3/24 dev eth0
ip link set eth0 down
ip route
ifconfig
firefox acc.digital
httpd
killall nc
killall -9 nc
kill -STOP 4002
kill -CONT 4001
kill -9 4001
echo done | nc 10.211.55.10 5555
nc -N 10.211.55.10 5555 < /dev/null
ncat -l --recv-only 5604
ncat -v -l 5555
ncat -lk 5556
ncat -v 10.211.55.10 5602
ncat --keep-open 10.211.55.10 5601
nc.traditional -l -p 5555
nc.traditional -n -lvp 6667
nc.traditional -v -n -w 2 10.211.55.10 5555
nc.traditional -vv -q 1 10.211.55.10 5601
nc.traditional -v -z 10.211.55.10 5600-5603
nc -zv 10.211.55.10 5550-5556
nc -l -q 0 5602
nc -lk 5606
nc -lv S_m 7001
nc -l 9000
nc -l 8086
nc -v -n 10.211.55.10 5600
nc -v -w 3 10.211.55.10 5555
nc -d 10.211.55.10 5555
nc -q 1 localhost 5604
nc -p 40000 10.211.55.10 5555
nc 10.211.55.10 5608
nc -p 6666 10.211.55.10 5555
nc -v 10.211.55.10 5555 &
nc -l -k 7777
nc -l 7000
ss -tan
ss -tn 'dst acc.digital or src localhost'
ss -K dport = :5555
netstat -s
netstat -at
netstat -natp
netstat -nato | grep 5555
netstat -nat | grep 5555
sysctl -a | grep tcp_ret
sysctl -w net.core.somaxconn=1
sysctl -w net.ipv4.ip_local_port_range=40000 40003
sysctl -w net.ipv4.tcp_abort_on_overflow=1
sysctl -w net.ipv4.tcp_fin_timeout=5
sysctl -w net.ipv4.tcp_keepalive_intvl=5
sysctl -w net.ipv4.tcp_keepalive_probes=3
sysctl -w net.ipv4.tcp_keepalive_time=10
sysctl -w net.ipv4.tcp_max_syn_backlog=4
sysctl -w net.ipv4.tcp_max_tw_buckets=1
sysctl -w net.ipv4.tcp_orphan_retries=4
sysctl -w net.ipv4.tcp_rto_max_ms=10000
sysctl -w net.ipv4.tcp_syncookies=2
sysctl -w net.ipv4.tcp_timestamps=0
sysctl -w net.ipv4.tcp_tw_reuse=1
sysctl -w net.ipv4.tcp_syn_retries=1
sysctl -w net.ipv4.tcp_synack_retries=2
sysctl -w net.ipv4.tcp_retries2=3
iptables -P INPUT DROP
iptables -S
iptables -L OUTPUT -vn --line-numbers
iptables -A OUTPUT -d C_m,localhost -p tcp --sport 5557 -j ACCEPT
iptables -A INPUT -p tcp --dport 5608 -j REJECT --reject-with icmp-host-prohibited
iptables -A OUTPUT -p tcp --dport 5555 -j REJECT --reject-with icmp-net-unreachable
iptables -I OUTPUT -p tcp --dport 8086 -j REJECT --reject-with tcp-reset
iptables -A INPUT -p tcp --dport 5555 --tcp-flags ALL ACK -j REJECT --reject-with icmp-port-unreachable
iptables -D INPUT -p tcp --tcp-flags FIN FIN -m multiport --sports 5555,8080 -j DROP
iptables -I OUTPUT -p tcp --dport 5555 --syn -j DROP
iptables -D OUTPUT -p tcp --dport 5555 --tcp-flags SYN,ACK,FIN,RST ACK -j DROP
sudo iptables -I OUTPUT -p tcp --sport 5555 --tcp-flags PSH PSH -j DROP
sudo iptables -D INPUT -p tcp --dport 5555 --tcp-flags FIN FIN -j DROP
sudo iptables -I INPUT -p tcp --sport 5555 --tcp-flags RST RST -j DROP
sudo iptables -I INPUT -p tcp --dport 5555 --tcp-flags SYN,ACK,FIN,RST ACK -j DROP
sudo iptables -I OUTPUT -p tcp --dport 5555 --tcp-flags SYN,ACK,FIN,RST SYN -j DROP
sudo iptables -I OUTPUT -p tcp --sport 5555 --tcp-flags SYN,ACK,FIN,RST SYN,ACK -j DROP
sudo iptables -D OUTPUT 1
sudo iptables -F INPUT
sudo iptables -F
iptables -F OUTPUT
app
clear
netstat -nato
netstat -nat
nc -lk 5555
nc -v 10.211.55.10 5555
nc 10.211.55.10 5555
nc -l 5555
";

/// Names of programs and constants.
pub(super) const NAMES: &str = "\
s
c
net.ipv4.tcp_retries2
";

/// Values of constants.
pub(super) const VALUES: &str = "\
1
";
