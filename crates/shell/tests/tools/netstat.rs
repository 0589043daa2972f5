//! What netstat and ss show of a connection.

use crate::{Client, Server, Trial, connected};
use expect_test::expect;
use tcp_shell::{ProcessId, ProfileName};
use tcp_testing::{ClientLower, ClientUpper};

#[test]
fn the_world_s_rows() {
    let mut trial = connected(ProfileName::Article);
    let client = trial.transcript(Client, "netstat -natp\nnetstat -st");
    let server = trial.transcript(Server, "netstat -nat\nnetstat -s\nss -tan");
    expect![[r#"
        $ netstat -natp
        Active Internet connections (servers and established)
        Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name    
        tcp        0      0 10.211.55.2:40128       10.211.55.10:5555       ESTABLISHED 4001/nc             
        $ netstat -st
        Tcp:
            1 active connection openings
            0 passive connection openings
            0 failed connection attempts
            0 connection resets received
            1 connections established
            1 segments received
            2 segments sent out
            0 segments retransmitted
            0 bad segments received
            0 resets sent
        UdpLite:
        TcpExt:
            0 packet headers predicted
            TCPDelivered: 1
        IpExt:
            InOctets: 60
            OutOctets: 112
            InNoECTPkts: 1
        MPTcpExt:
        $ netstat -nat
        Active Internet connections (servers and established)
        Proto Recv-Q Send-Q Local Address           Foreign Address         State      
        tcp        1      0 0.0.0.0:5555            0.0.0.0:*               LISTEN     
        tcp        0      0 10.211.55.10:5555       10.211.55.2:40128       ESTABLISHED
        $ netstat -s
        Ip:
            Forwarding: 2
            2 total packets received
            0 forwarded
            0 incoming packets discarded
            2 incoming packets delivered
            1 requests sent out
            OutTransmits: 1
        Icmp:
            0 ICMP messages received
            0 input ICMP message failed
            ICMP input histogram:
            0 ICMP messages sent
            0 ICMP messages failed
            ICMP output histogram:
        Tcp:
            0 active connection openings
            1 passive connection openings
            0 failed connection attempts
            0 connection resets received
            1 connections established
            2 segments received
            1 segments sent out
            0 segments retransmitted
            0 bad segments received
            0 resets sent
        Udp:
            0 packets received
            0 packets to unknown port received
            0 packet receive errors
            0 packets sent
            0 receive buffer errors
            0 send buffer errors
        UdpLite:
        TcpExt:
            0 packet headers predicted
            1 acknowledgments not containing data payload received
        IpExt:
            InOctets: 112
            OutOctets: 60
            InNoECTPkts: 2
        MPTcpExt:
        $ ss -tan
        State  Recv-Q Send-Q Local Address:Port Peer Address:Port Process
        LISTEN 1      1            0.0.0.0:5555      0.0.0.0:*           
        ESTAB  0      0       10.211.55.10:5555  10.211.55.2:40128       
    "#]]
    .assert_eq(&(client + &server));
}

#[test]
fn help_shows_its_last_lines_last() {
    let mut trial = Trial::new(ProfileName::Linux);
    trial.types(ClientUpper, "netstat --help").types(ClientLower, "netstat --help | head -n 1");
    let alone = trial.printed(ClientUpper);
    assert!(
        alone.starts_with("usage: ") && alone.ends_with("ddp (Appletalk DDP) x25 (CCITT X.25) \n"),
        "{alone}"
    );
    let piped = trial.printed(ClientLower);
    assert!(piped.starts_with("    inet (DARPA") && piped.ends_with("--version|-h|--help}\n"), "{piped}");
}

/// A listener with backlog 1 that accepts nobody has room for two; each further SYN finds none.
#[test]
fn a_full_queue_is_counted() {
    let mut trial = connected(ProfileName::Linux);
    for _ in 0..3 {
        trial.starts(Client, "nc -w 2 10.211.55.10 5555");
        trial.waits_ms(10);
    }
    trial.waits_ms(1500);
    let server = trial.transcript(Server, "netstat -s | grep -i listen");
    let client = trial.transcript(Client, "netstat -st | grep -E 'openings|Retrans|TCPTimeouts'");
    expect![[r#"
        $ netstat -s | grep -i listen
            4 times the listen queue of a socket overflowed
            4 SYNs to LISTEN sockets dropped
        $ netstat -st | grep -E 'openings|Retrans|TCPTimeouts'
            4 active connection openings
            0 passive connection openings
            TCPTimeouts: 2
            TCPSynRetrans: 2
    "#]]
    .assert_eq(&(server + &client));
}

/// A program that leaves data unread resets the connection; the peer's next line reaches nobody.
#[test]
fn resets_are_counted_with_their_reasons() {
    let mut trial = connected(ProfileName::Linux);
    let client = ProcessId(2);
    trial
        .feeds(client, "unread")
        .waits_ms(50)
        .feeds(ProcessId(1), "l accept a")
        .feeds(ProcessId(1), "a close");
    trial.waits_ms(50);
    expect![[r#"
        $ netstat -st | grep -E 'reset'
            1 connection resets received
            1 resets sent
            1 connections reset due to early user close
    "#]]
    .assert_eq(&trial.transcript(Server, "netstat -st | grep -E 'reset'"));
}

/// A host that may keep no entry in TIME-WAIT counts each that it would have kept.
#[test]
fn no_room_in_time_wait_is_counted() {
    let mut trial = Trial::new(ProfileName::Linux);
    trial.transcript(Client, "sysctl -w net.ipv4.tcp_max_tw_buckets=0");
    trial.starts(Server, "nc -lk 5555");
    for _ in 0..2 {
        let client = trial.starts(Client, "nc -N 10.211.55.10 5555");
        trial.waits_ms(100).ends_input(client).waits_ms(100);
    }
    expect![[r#"
        $ netstat -st | grep -E 'wait|Wait'
            TCPTimeWaitOverflow: 2
    "#]]
    .assert_eq(&trial.transcript(Client, "netstat -st | grep -E 'wait|Wait'"));
}

/// `-c` lists once a second, until Ctrl-C.
#[test]
fn again_and_again() {
    let mut trial = Trial::new(ProfileName::Linux);
    trial.types(ClientUpper, "netstat -ctn").waits_ms(1500);
    trial.starts(Client, "nc -p 40000 10.211.55.10 5555");
    trial.waits_ms(5).types(ClientUpper, "").waits_ms(1000).ctrl_c(ClientUpper).waits_ms(2000);
    trial.types(ClientUpper, "echo $?; netstat -s --continuous | head -n 1").waits_ms(100);
    expect![[r#"
        Active Internet connections (w/o servers)
        Proto Recv-Q Send-Q Local Address           Foreign Address         State      
        Active Internet connections (w/o servers)
        Proto Recv-Q Send-Q Local Address           Foreign Address         State      
        Active Internet connections (w/o servers)
        Proto Recv-Q Send-Q Local Address           Foreign Address         State      
        130
        Ip:
    "#]]
    .assert_eq(&trial.printed(ClientUpper));
}

/// What it refuses, or answers with its usage, is said once, `-c` or not.
#[test]
fn refused_once() {
    let mut trial = Trial::new(ProfileName::Linux);
    trial.types(ClientUpper, "netstat -natc -h | head -n 1").waits_ms(3000);
    trial.types(ClientUpper, "netstat -cM; echo $?").waits_ms(3000);
    expect![[r#"
            inet (DARPA Internet) inet6 (IPv6) ax25 (AMPR AX.25) 
            netrom (AMPR NET/ROM) rose (AMPR ROSE) ipx (Novell IPX) 
            ddp (Appletalk DDP) x25 (CCITT X.25) 
        usage: netstat [-vWeenNcCF] [<Af>] -r         netstat {-V|--version|-h|--help}
        netstat: no support for `ip_masquerade' on this system.
        1
    "#]]
    .assert_eq(&trial.printed(ClientUpper));
}
