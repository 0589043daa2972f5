//! Files in memory, and the tools that read, list and remove them.

use crate::{Client, Server, Trial};
use expect_test::expect;
use tcp_shell::ProfileName;
use tcp_testing::{ClientUpper, ServerUpper};

#[test]
fn files_of_a_host() {
    let seen = Trial::student(ProfileName::Linux).transcript(
        Server,
        "echo one | tee a.txt
         echo two | tee -a a.txt
         cat a.txt
         grep -c two a.txt
         wc -l a.txt
         echo a.txt | grep a.txt
         ls
         ls -l a.txt
         echo x | tee /etc/x
         echo x | sudo tee /etc/x
         cat /etc/x /etc nofile
         cat /proc/sys/net/ipv4
         echo 9 | tee /proc/sys/net/ipv4/tcp_retries2
         echo 9 | sudo tee /proc/sys/net/ipv4/tcp_retries2
         cat /proc/sys/net/ipv4/tcp_retries2
         rm a.txt nofile /etc/x
         ls /nowhere
         ls",
    );
    expect![[r#"
        $ echo one | tee a.txt
        one
        $ echo two | tee -a a.txt
        two
        $ cat a.txt
        one
        two
        $ grep -c two a.txt
        1
        $ wc -l a.txt
        2 a.txt
        $ echo a.txt | grep a.txt
        a.txt
        $ ls
        a.txt
        $ ls -l a.txt
        -rw-r--r-- 1 student student        8 a.txt
        $ echo x | tee /etc/x
        x
        tee: /etc/x: Permission denied
        [exit 1]
        $ echo x | sudo tee /etc/x
        x
        $ cat /etc/x /etc nofile
        x
        cat: /etc: Is a directory
        cat: nofile: No such file or directory
        [exit 1]
        $ cat /proc/sys/net/ipv4
        cat: /proc/sys/net/ipv4: Is a directory
        [exit 1]
        $ echo 9 | tee /proc/sys/net/ipv4/tcp_retries2
        9
        tee: /proc/sys/net/ipv4/tcp_retries2: Permission denied
        [exit 1]
        $ echo 9 | sudo tee /proc/sys/net/ipv4/tcp_retries2
        9
        $ cat /proc/sys/net/ipv4/tcp_retries2
        9
        $ rm a.txt nofile /etc/x
        rm: cannot remove 'nofile': No such file or directory
        rm: cannot remove '/etc/x': Permission denied
        [exit 1]
        $ ls /nowhere
        ls: cannot access '/nowhere': No such file or directory
        [exit 2]
        $ ls
    "#]]
    .assert_eq(&seen);
}

/// The forms of these files, and of `ip -s`, are those of Linux 6.18 and iproute2 6.1.
#[test]
fn files_that_a_host_makes_when_they_are_read() {
    let mut trial = Trial::student(ProfileName::Linux);
    trial
        .types(ServerUpper, "nc -l 5555")
        .waits_ms(100)
        .types(ClientUpper, "nc 10.211.55.10 5555")
        .waits_ms(500);
    trial.types(ClientUpper, "hello").waits_ms(500).ctrl_c(ClientUpper).waits_ms(500);
    let seen = trial.transcript(
        Client,
        "ls /etc /proc/net
         ls /proc/sys/net/ipv4 | grep syn
         ls -l /etc/hostname
         cat /etc/hostname
         grep http /etc/services
         cat /proc/net/sockstat
         cat /proc/net/dev
         ip -s link show eth0
         ip a s lo",
    );
    expect![[r#"
        $ ls /etc /proc/net
        /etc:
        hostname
        hosts
        services

        /proc/net:
        dev
        netstat
        snmp
        sockstat
        tcp
        $ ls /proc/sys/net/ipv4 | grep syn
        tcp_max_syn_backlog
        tcp_syn_linear_timeouts
        tcp_syn_retries
        tcp_synack_retries
        tcp_syncookies
        $ ls -l /etc/hostname
        -rw-r--r-- 1 root root        4 /etc/hostname
        $ cat /etc/hostname
        C_m
        $ grep http /etc/services
        http            80/tcp
        https           443/tcp
        http-alt        8080/tcp
        $ cat /proc/net/sockstat
        sockets: used 0
        TCP: inuse 0 orphan 0 tw 1 alloc 0 mem 0
        UDP: inuse 0 mem 0
        UDPLITE: inuse 0
        RAW: inuse 0
        FRAG: inuse 0 memory 0
        $ cat /proc/net/dev
        Inter-|   Receive                                                |  Transmit
         face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
            lo:       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0
          eth0:     206       3    0    0    0     0          0         0      344       5    0    0    0     0       0          0
        $ ip -s link show eth0
        2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP mode DEFAULT group default qlen 1000
            link/ether 00:1c:42:3b:5d:02 brd ff:ff:ff:ff:ff:ff
            RX:  bytes packets errors dropped  missed   mcast           
                   206       3       0       0       0       0 
            TX:  bytes packets errors dropped carrier collsns           
                   344       5       0       0       0       0 
        $ ip a s lo
        1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
            link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
            inet 127.0.0.1/8 scope host lo
               valid_lft forever preferred_lft forever
    "#]].assert_eq(&seen);
}
