//! What netstat and ss show of a connection.

use crate::{Client, Server, Trial, connected};
use expect_test::expect;
use tcp_shell::ProfileName;
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
