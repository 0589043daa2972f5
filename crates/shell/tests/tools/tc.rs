//! `tc`. What the real one of iproute2 6.1.0 refuses and prints is in `tc_words.txt`: it was recorded, with the answers of a
//! kernel that has netem made up, because the kernel at hand (Linux 6.18) has none. What the kernel itself says is in
//! `tc_kernel.txt`, recorded with `pfifo` in the place of netem: its name, its limit and the first automatic handle were
//! then rewritten, and the two transmit queues of a veth are the one that a card has here. What it prints of `fq_codel` was
//! recorded as the words were.

use crate::{Client, Server, Trial, recorded};
use expect_test::expect;
use tcp_shell::{ProfileName, TerminalId};

#[test]
fn tc_says_what_the_real_one_says() {
    recorded(include_str!("tc_words.txt"));
}

#[test]
fn tc_passes_on_what_the_kernel_says() {
    recorded(include_str!("tc_kernel.txt"));
}

#[test]
fn it_says_what_the_lab_has_not() {
    let mut trial = Trial::new(ProfileName::Linux);
    let seen = trial.transcript(
        Client,
        "tc qdisc add dev eth0 root netem delay 100ms 20ms distribution normal
         tc qdisc add dev eth0 root netem corrupt 1%
         tc qdisc add dev eth0 root netem rate 1mbit
         tc qdisc add dev eth0 root netem loss gemodel 1%
         tc qdisc add dev eth0 root netem loss state 1%
         tc qdisc add dev eth0 root netem slot 1ms
         tc qdisc add dev eth0 root netem loss 1% ecn
         tc qdisc add dev eth0 root tbf rate 1mbit burst 10k latency 10ms
         tc qdisc add dev eth0 parent 1:1 netem
         tc qdisc add dev eth0 ingress
         tc -j qdisc
         tc class add dev eth0
         tc monitor
         tc qdisc",
    );
    expect![[r#"
        $ tc qdisc add dev eth0 root netem delay 100ms 20ms distribution normal
        tc: this lab's netem varies its delay evenly, and has no distribution
        [exit 1]
        $ tc qdisc add dev eth0 root netem corrupt 1%
        tc: this lab's tc does not have netem's corrupt
        [exit 1]
        $ tc qdisc add dev eth0 root netem rate 1mbit
        tc: this lab's tc does not have netem's rate
        [exit 1]
        $ tc qdisc add dev eth0 root netem loss gemodel 1%
        tc: this lab's tc does not have netem's loss gemodel
        [exit 1]
        $ tc qdisc add dev eth0 root netem loss state 1%
        tc: this lab's tc does not have netem's loss state
        [exit 1]
        $ tc qdisc add dev eth0 root netem slot 1ms
        tc: this lab's tc does not have netem's slot
        [exit 1]
        $ tc qdisc add dev eth0 root netem loss 1% ecn
        tc: this lab's tc does not have netem's ecn
        [exit 1]
        $ tc qdisc add dev eth0 root tbf rate 1mbit burst 10k latency 10ms
        tc: this lab has no qdisc tbf, only netem
        [exit 1]
        $ tc qdisc add dev eth0 parent 1:1 netem
        tc: this lab's tc does not have parents of disciplines
        [exit 1]
        $ tc qdisc add dev eth0 ingress
        tc: this lab's tc does not have ingress
        [exit 1]
        $ tc -j qdisc
        tc: this lab's tc does not have -j
        [exit 1]
        $ tc class add dev eth0
        tc: this lab's tc does not have class
        [exit 1]
        $ tc monitor
        tc: this lab's tc does not have monitor
        [exit 1]
        $ tc qdisc
        qdisc noqueue 0: dev lo root refcnt 2 
        qdisc fq_codel 0: dev eth0 root refcnt 2 limit 10240p flows 1024 quantum 1514 target 5ms interval 100ms memory_limit 32Mb ecn drop_batch 64 
    "#]].assert_eq(&seen);
}

#[test]
fn a_student_may_only_look() {
    let mut trial = Trial::student(ProfileName::Linux);
    for line in [
        "tc qdisc show dev eth0",
        "tc qdisc add dev eth0 root netem delay 100ms",
        "tc qdisc add dev eth1 root netem delay 100ms",
        "tc qdisc del dev eth0 root",
        "sudo tc qdisc add dev eth0 root netem delay 100ms",
        "tc qdisc",
        "ip link show eth0",
    ] {
        trial.types(TerminalId::ClientLower, line);
    }
    expect![[r#"
        qdisc fq_codel 0: root refcnt 2 limit 10240p flows 1024 quantum 1514 target 5ms interval 100ms memory_limit 32Mb ecn drop_batch 64 
        RTNETLINK answers: Operation not permitted
        Cannot find device "eth1"
        RTNETLINK answers: Operation not permitted
        qdisc noqueue 0: dev lo root refcnt 2 
        qdisc netem 8001: dev eth0 root refcnt 2 limit 1000 delay 100ms
        2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc netem state UP mode DEFAULT group default qlen 1000
            link/ether 00:1c:42:3b:5d:02 brd ff:ff:ff:ff:ff:ff
    "#]].assert_eq(&trial.printed(TerminalId::ClientLower));
}

#[test]
fn statistics_count_what_left_and_what_was_dropped() {
    let mut trial = Trial::new(ProfileName::Linux);
    trial.starts(Server, "nc -lk 5555");
    let mut seen = trial.transcript(Client, "tc qdisc add dev eth0 root netem loss 100%");
    trial.starts(Client, "nc 10.211.55.10 5555");
    trial.waits_ms(4_000);
    seen += &trial.transcript(Client, "tc -s qdisc show dev eth0");
    seen += &trial.transcript(Client, "tc qdisc change dev eth0 root netem delay 500ms");
    trial.waits_ms(3_200);
    seen += &trial.transcript(Client, "tc -s qdisc show dev eth0");
    trial.waits_ms(5_000);
    seen += &trial.transcript(
        Client,
        "tc -s qdisc show dev eth0
         tc qdisc del dev eth0 root
         tc -s qdisc show",
    );
    expect![[r#"
        $ tc qdisc add dev eth0 root netem loss 100%
        $ tc -s qdisc show dev eth0
        qdisc netem 8001: root refcnt 2 limit 1000 loss 100%
         Sent 0 bytes 0 pkt (dropped 4, overlimits 0 requeues 0) 
         backlog 0b 0p requeues 0
        $ tc qdisc change dev eth0 root netem delay 500ms
        $ tc -s qdisc show dev eth0
        qdisc netem 8001: root refcnt 2 limit 1000 delay 500ms
         Sent 140 bytes 2 pkt (dropped 4, overlimits 0 requeues 0) 
         backlog 0b 0p requeues 0
        $ tc -s qdisc show dev eth0
        qdisc netem 8001: root refcnt 2 limit 1000 delay 500ms
         Sent 140 bytes 2 pkt (dropped 4, overlimits 0 requeues 0) 
         backlog 0b 0p requeues 0
        $ tc qdisc del dev eth0 root
        $ tc -s qdisc show
        qdisc noqueue 0: dev lo root refcnt 2 
         Sent 0 bytes 0 pkt (dropped 0, overlimits 0 requeues 0) 
         backlog 0b 0p requeues 0
        qdisc fq_codel 0: dev eth0 root refcnt 2 limit 10240p flows 1024 quantum 1514 target 5ms interval 100ms memory_limit 32Mb ecn drop_batch 64 
         Sent 0 bytes 0 pkt (dropped 0, overlimits 0 requeues 0) 
         backlog 0b 0p requeues 0
          maxpacket 0 drop_overlimit 0 new_flow_count 0 ecn_mark 0
          new_flows_len 0 old_flows_len 0
    "#]].assert_eq(&seen);
}
