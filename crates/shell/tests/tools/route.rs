//! Texts of the tools themselves, for the lab's addresses.

use crate::{Client, Trial, recorded};
use expect_test::expect;
use tcp_shell::ProfileName;

#[test]
fn interfaces_and_routes() {
    let mut trial = Trial::new(ProfileName::Linux);
    trial.starts(Client, "nc 10.211.55.10 5555");
    trial.waits_ms(100);
    let seen = trial.transcript(
        Client,
        "ip addr show
         ip -4 a show eth0
         ip addr show nope
         ip -br addr
         ip -o -4 addr
         ip link show lo
         ip route
         ip route get 10.211.55.10
         ip route get 94.130.104.144
         ip neigh
         ip ru
         ip netns exec x ip addr
         ip foo
         ip -foo
         ip addr foo
         ip addr add 1.2.3.4 dev eth0
         ip addr add foo dev eth0
         ip addr add fd00::2/64
         ip addr add fd00::2/64 dev eth7
         ip -6 addr
         ip addr add fd00::2/64 dev eth0 nodad
         ip addr add fd00::2/64 dev eth0
         ip -6 addr
         ip -o addr show eth0
         ip -br addr
         ifconfig
         ifconfig nope
         route -n
         netstat -rn
         hostname -I",
    );
    expect![[r#"
        $ ip addr show
        1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
            link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
            inet 127.0.0.1/8 scope host lo
               valid_lft forever preferred_lft forever
        2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000
            link/ether 00:1c:42:3b:5d:02 brd ff:ff:ff:ff:ff:ff
            inet 10.211.55.2/24 brd 10.211.55.255 scope global eth0
               valid_lft forever preferred_lft forever
        $ ip -4 a show eth0
        2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000
            inet 10.211.55.2/24 brd 10.211.55.255 scope global eth0
               valid_lft forever preferred_lft forever
        $ ip addr show nope
        Device "nope" does not exist.
        [exit 1]
        $ ip -br addr
        lo               UNKNOWN        127.0.0.1/8 
        eth0             UP             10.211.55.2/24 
        $ ip -o -4 addr
        1: lo    inet 127.0.0.1/8 scope host lo\       valid_lft forever preferred_lft forever
        2: eth0    inet 10.211.55.2/24 brd 10.211.55.255 scope global eth0\       valid_lft forever preferred_lft forever
        $ ip link show lo
        1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN mode DEFAULT group default qlen 1000
            link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
        $ ip route
        default via 10.211.55.1 dev eth0 
        10.211.55.0/24 dev eth0 proto kernel scope link src 10.211.55.2 
        $ ip route get 10.211.55.10
        10.211.55.10 dev eth0 src 10.211.55.2 uid 0 
            cache 
        $ ip route get 94.130.104.144
        94.130.104.144 via 10.211.55.1 dev eth0 src 10.211.55.2 uid 0 
            cache 
        $ ip neigh
        10.211.55.10 dev eth0 lladdr 00:1c:42:8e:17:0a REACHABLE 
        $ ip ru
        ip: this lab's ip does not have rule; it has address, link, route and neighbour
        [exit 1]
        $ ip netns exec x ip addr
        ip: this lab's ip does not have netns; it has address, link, route and neighbour
        [exit 1]
        $ ip foo
        Object "foo" is unknown, try "ip help".
        [exit 1]
        $ ip -foo
        Option "-foo" is unknown, try "ip -help".
        [exit 255]
        $ ip addr foo
        Command "foo" is unknown, try "ip address help".
        [exit 255]
        $ ip addr add 1.2.3.4 dev eth0
        $ ip addr add foo dev eth0
        Error: any valid prefix is expected rather than "foo".
        [exit 1]
        $ ip addr add fd00::2/64
        Not enough information: "dev" argument is required.
        [exit 1]
        $ ip addr add fd00::2/64 dev eth7
        Cannot find device "eth7"
        [exit 1]
        $ ip -6 addr
        $ ip addr add fd00::2/64 dev eth0 nodad
        $ ip addr add fd00::2/64 dev eth0
        Error: ipv6: address already assigned.
        [exit 2]
        $ ip -6 addr
        2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000
            inet6 fd00::2/64 scope global 
               valid_lft forever preferred_lft forever
        $ ip -o addr show eth0
        2: eth0    inet 10.211.55.2/24 brd 10.211.55.255 scope global eth0\       valid_lft forever preferred_lft forever
        2: eth0    inet 1.2.3.4/32 scope global eth0\       valid_lft forever preferred_lft forever
        2: eth0    inet6 fd00::2/64 scope global \       valid_lft forever preferred_lft forever
        $ ip -br addr
        lo               UNKNOWN        127.0.0.1/8 
        eth0             UP             10.211.55.2/24 1.2.3.4/32 fd00::2/64 
        $ ifconfig
        eth0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500
                inet 10.211.55.2  netmask 255.255.255.0  broadcast 10.211.55.255
                ether 00:1c:42:3b:5d:02  txqueuelen 1000  (Ethernet)
                RX packets 1  bytes 54 (54.0 B)
                RX errors 0  dropped 0  overruns 0  frame 0
                TX packets 1  bytes 74 (74.0 B)
                TX errors 0  dropped 0 overruns 0  carrier 0  collisions 0

        lo: flags=73<UP,LOOPBACK,RUNNING>  mtu 65536
                inet 127.0.0.1  netmask 255.0.0.0
                loop  txqueuelen 1000  (Local Loopback)
                RX packets 0  bytes 0 (0.0 B)
                RX errors 0  dropped 0  overruns 0  frame 0
                TX packets 0  bytes 0 (0.0 B)
                TX errors 0  dropped 0 overruns 0  carrier 0  collisions 0

        $ ifconfig nope
        nope: error fetching interface information: Device not found
        [exit 1]
        $ route -n
        Kernel IP routing table
        Destination     Gateway         Genmask         Flags Metric Ref    Use Iface
        0.0.0.0         10.211.55.1     0.0.0.0         UG    0      0        0 eth0
        10.211.55.0     0.0.0.0         255.255.255.0   U     0      0        0 eth0
        $ netstat -rn
        Kernel IP routing table
        Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface
        0.0.0.0         10.211.55.1     0.0.0.0         UG        0 0          0 eth0
        10.211.55.0     0.0.0.0         255.255.255.0   U         0 0          0 eth0
        $ hostname -I
        10.211.55.2 1.2.3.4 fd00::2 
    "#]].assert_eq(&seen);
}

/// Recorded of iproute2 6.1, net-tools 2.10 and `hostname` on a host with one interface, whose address is S_m's.
#[test]
fn what_the_real_tools_print_of_changes() {
    recorded(include_str!("link_changes.txt"));
}

/// A real machine could do these: no word of its tools says that this lab cannot.
#[test]
fn what_the_lab_cannot_change() {
    let seen = Trial::student(ProfileName::Linux).transcript(
        Client,
        "sudo ip link set eth0 mtu 1400
         ip link set eth0 mtu 1400
         sudo ip link set lo down
         sudo ip route add 10.1.0.0/16 via 10.211.55.1
         sudo ifconfig eth0 mtu 1400
         ifconfig eth0 mtu 1400
         sudo ifconfig lo down
         sudo route add -net 10.1.0.0/16 gw 10.211.55.1
         ip address set
         ip link s
         sudo iptables -A INPUT -m owner --uid-owner root -j DROP
         sudo iptables -A INPUT -m nothing -j DROP
         sudo iptables -A OUTPUT -j MASQUERADE",
    );
    expect![[r#"
        $ sudo ip link set eth0 mtu 1400
        ip: this lab cannot change that; man ip lists what it can
        [exit 2]
        $ ip link set eth0 mtu 1400
        RTNETLINK answers: Operation not permitted
        [exit 2]
        $ sudo ip link set lo down
        ip: this lab cannot change that; man ip lists what it can
        [exit 2]
        $ sudo ip route add 10.1.0.0/16 via 10.211.55.1
        ip: this lab cannot change that; man ip lists what it can
        [exit 2]
        $ sudo ifconfig eth0 mtu 1400
        ifconfig: in this lab it only takes eth0 up and down; near it: ip addr add
        [exit 255]
        $ ifconfig eth0 mtu 1400
        SIOCSIFADDR: Operation not permitted
        SIOCSIFFLAGS: Operation not permitted
        [exit 255]
        $ sudo ifconfig lo down
        ifconfig: lo stays up in this lab
        [exit 255]
        $ sudo route add -net 10.1.0.0/16 gw 10.211.55.1
        route: this lab has one route to give and take: default gw 10.211.55.1
        [exit 7]
        $ ip address set
        Command "set" is unknown, try "ip address help".
        [exit 255]
        $ ip link s
        Not enough information: "dev" argument is required.
        [exit 255]
        $ sudo iptables -A INPUT -m owner --uid-owner root -j DROP
        iptables: this lab's firewall has no match owner; man iptables lists those that it has
        [exit 3]
        $ sudo iptables -A INPUT -m nothing -j DROP
        iptables v1.8.9 (nf_tables): Couldn't load match `nothing':No such file or directory

        Try `iptables -h' or 'iptables --help' for more information.
        [exit 2]
        $ sudo iptables -A OUTPUT -j MASQUERADE
        iptables: this lab's firewall has no target MASQUERADE; it has ACCEPT, DROP, REJECT, LOG and RETURN
        [exit 3]
    "#]]
    .assert_eq(&seen);
}
