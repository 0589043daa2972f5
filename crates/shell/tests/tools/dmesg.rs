//! What `dmesg` says of packets that a rule logs. The form of the lines is the kernel's (`nf_log_syslog.c`).

use crate::{Client, Server, Trial};
use expect_test::expect;
use tcp_shell::ProfileName;

#[test]
fn what_a_rule_logs_is_read_with_dmesg() {
    let mut trial = Trial::new(ProfileName::Linux);
    trial.starts(Server, "nc -l 5555");
    trial.transcript(
        Server,
        "iptables -A INPUT -p tcp --syn -j LOG --log-prefix 'syn: ' --log-tcp-options --log-tcp-sequence
         iptables -A OUTPUT -p tcp -j LOG --log-level info
         iptables -A INPUT -p tcp --dport 5556 -j REJECT
         iptables -A OUTPUT -p icmp -j LOG --log-prefix 'rejected '",
    );
    trial.waits_ms(1_000);
    trial.starts(Client, "nc 10.211.55.10 5555");
    trial.waits_ms(500);
    trial.starts(Client, "nc 10.211.55.10 5556");
    trial.waits_ms(500);
    let seen =
        trial.transcript(Server, "dmesg\ndmesg -T | tail -n 1\ndmesg -t -l info\ndmesg -l loud\ndmesg -q");
    expect![[r#"
        $ dmesg
        [    1.005000] syn: IN=eth0 OUT= MAC=00:1c:42:8e:17:0a:00:1c:42:3b:5d:02:08:00 SRC=10.211.55.2 DST=10.211.55.10 LEN=60 TOS=0x00 PREC=0x00 TTL=64 ID=2705 DF PROTO=TCP SPT=40128 DPT=5555 SEQ=1812762390 ACK=0 WINDOW=64240 RES=0x00 SYN URGP=0 OPT (020405B40402080A361BEBE1000000000103030A) 
        [    1.005000] IN= OUT=eth0 SRC=10.211.55.10 DST=10.211.55.2 LEN=60 TOS=0x00 PREC=0x00 TTL=64 ID=0 DF PROTO=TCP SPT=5555 DPT=40128 WINDOW=64240 RES=0x00 ACK SYN URGP=0 
        [    1.505000] syn: IN=eth0 OUT= MAC=00:1c:42:8e:17:0a:00:1c:42:3b:5d:02:08:00 SRC=10.211.55.2 DST=10.211.55.10 LEN=60 TOS=0x00 PREC=0x00 TTL=64 ID=14425 DF PROTO=TCP SPT=40130 DPT=5556 SEQ=2024787461 ACK=0 WINDOW=64240 RES=0x00 SYN URGP=0 OPT (020405B40402080A361BEDD5000000000103030A) 
        [    1.505000] rejected IN= OUT=eth0 SRC=10.211.55.10 DST=10.211.55.2 LEN=88 TOS=0x00 PREC=0xC0 TTL=64 ID=9853 PROTO=ICMP TYPE=3 CODE=3 [SRC=10.211.55.2 DST=10.211.55.10 LEN=60 TOS=0x00 PREC=0x00 TTL=64 ID=14425 DF PROTO=TCP SPT=40130 DPT=5556 WINDOW=64240 RES=0x00 SYN URGP=0 ] 
        $ dmesg -T | tail -n 1
        [Wed Dec  5 03:33:01 2018] rejected IN= OUT=eth0 SRC=10.211.55.10 DST=10.211.55.2 LEN=88 TOS=0x00 PREC=0xC0 TTL=64 ID=9853 PROTO=ICMP TYPE=3 CODE=3 [SRC=10.211.55.2 DST=10.211.55.10 LEN=60 TOS=0x00 PREC=0x00 TTL=64 ID=14425 DF PROTO=TCP SPT=40130 DPT=5556 WINDOW=64240 RES=0x00 SYN URGP=0 ] 
        $ dmesg -t -l info
        IN= OUT=eth0 SRC=10.211.55.10 DST=10.211.55.2 LEN=60 TOS=0x00 PREC=0x00 TTL=64 ID=0 DF PROTO=TCP SPT=5555 DPT=40128 WINDOW=64240 RES=0x00 ACK SYN URGP=0 
        $ dmesg -l loud
        dmesg: unknown level 'loud'
        [exit 1]
        $ dmesg -q
        dmesg: invalid option -- 'q'
        Try 'dmesg --help' for more information.
        [exit 1]
    "#]].assert_eq(&seen);
}

#[test]
fn a_flood_is_warned_of_once() {
    let mut trial = Trial::new(ProfileName::Linux);
    trial.transcript(Server, "sysctl -w net.core.somaxconn=1");
    trial.starts(Server, "nc -l 5555");
    trial.transcript(Client, "iptables -A INPUT -p tcp --tcp-flags SYN,ACK SYN,ACK -j DROP");
    for _ in 0..6 {
        trial.starts(Client, "nc 10.211.55.10 5555");
        trial.waits_ms(10);
    }
    let seen = trial.transcript(Server, "dmesg");
    expect![[r#"
        $ dmesg
        [    0.025000] TCP: request_sock_TCP: Possible SYN flooding on port 0.0.0.0:5555. Sending cookies.
    "#]]
    .assert_eq(&seen);
    assert_eq!(trial.transcript(Client, "dmesg"), "$ dmesg\n");
}

#[test]
fn the_student_needs_sudo() {
    let mut trial = Trial::student(ProfileName::Linux);
    let seen = trial.transcript(Client, "dmesg");
    assert!(
        seen.ends_with("dmesg: read kernel buffer failed: Operation not permitted\n[exit 1]\n"),
        "{seen}"
    );
}
