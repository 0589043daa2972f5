//! `iptables -p icmp --icmp-type`: the texts are those of iptables v1.8.9 (nf_tables).

use crate::{Client, Server};
use expect_test::expect;
use tcp_shell::ProfileName;
use tcp_testing::Trial;

#[test]
fn types_of_icmp() {
    let mut trial = Trial::new(ProfileName::Linux);
    let lines = [
        "-p icmp --icmp-type echo-request -j DROP",
        "-p icmp -m icmp --icmp-type 8 -j DROP",
        "-p icmp --icmp-type echo-reply",
        "-p icmp ! --icmp-type 3/1 -j ACCEPT",
        "-p icmp --icmp-type any",
        "-p icmp --icmp-type ping",
        "-p icmp --icmp-type destination-unreachable",
        "-p icmp --icmp-type port-unreachable",
        "-p icmp --icmp-type foo",
        "-p icmp --icmp-type",
        "-p tcp --icmp-type 8",
        "-p icmp --icmp-type 300",
        "-p icmp --icmp-type 8 --icmp-type 0",
        "-m icmp --icmp-type 8",
        "-p icmp -m icmp",
        "-p icmp --icmp-type 8/300",
        "-p icmp --icmp-type echo",
    ];
    let mut seen = String::new();
    for line in lines {
        let shown = trial.transcript(Server, &format!("iptables -A INPUT {line}"));
        seen += &shown.lines().take(2).map(|line| format!("{line}\n")).collect::<String>();
    }
    trial.starts(Client, "ping -c 1 -W 1 10.211.55.10");
    trial.waits_ms(2000);
    seen += &trial.transcript(Server, "iptables -S\niptables -L INPUT -vn\niptables -L INPUT\niptables -D INPUT -p icmp --icmp-type 8 -j DROP");
    expect![[r#"
        $ iptables -A INPUT -p icmp --icmp-type echo-request -j DROP
        $ iptables -A INPUT -p icmp -m icmp --icmp-type 8 -j DROP
        $ iptables -A INPUT -p icmp --icmp-type echo-reply
        $ iptables -A INPUT -p icmp ! --icmp-type 3/1 -j ACCEPT
        $ iptables -A INPUT -p icmp --icmp-type any
        $ iptables -A INPUT -p icmp --icmp-type ping
        $ iptables -A INPUT -p icmp --icmp-type destination-unreachable
        $ iptables -A INPUT -p icmp --icmp-type port-unreachable
        $ iptables -A INPUT -p icmp --icmp-type foo
        iptables v1.8.9 (nf_tables): Unknown ICMP type `foo'
        $ iptables -A INPUT -p icmp --icmp-type
        iptables v1.8.9 (nf_tables): option "--icmp-type" requires an argument
        $ iptables -A INPUT -p tcp --icmp-type 8
        iptables v1.8.9 (nf_tables): unknown option "--icmp-type"
        $ iptables -A INPUT -p icmp --icmp-type 300
        iptables v1.8.9 (nf_tables): Unknown ICMP type `300'
        $ iptables -A INPUT -p icmp --icmp-type 8 --icmp-type 0
        iptables v1.8.9 (nf_tables): icmp: option "--icmp-type" can only be used once.
        $ iptables -A INPUT -m icmp --icmp-type 8
        iptables v1.8.9 (nf_tables):  RULE_APPEND failed (Invalid argument): rule in chain INPUT
        $ iptables -A INPUT -p icmp -m icmp
        iptables v1.8.9 (nf_tables): icmp: option "--icmp-type" must be specified
        $ iptables -A INPUT -p icmp --icmp-type 8/300
        iptables v1.8.9 (nf_tables): Unknown ICMP code `8/300'
        $ iptables -A INPUT -p icmp --icmp-type echo
        iptables v1.8.9 (nf_tables): Ambiguous ICMP type `echo': `echo-reply' or `echo-request'?
        $ iptables -S
        -P INPUT ACCEPT
        -P FORWARD ACCEPT
        -P OUTPUT ACCEPT
        -A INPUT -p icmp -m icmp --icmp-type 8 -j DROP
        -A INPUT -p icmp -m icmp --icmp-type 8 -j DROP
        -A INPUT -p icmp -m icmp --icmp-type 0
        -A INPUT -p icmp -m icmp ! --icmp-type 3/1 -j ACCEPT
        -A INPUT -p icmp -m icmp --icmp-type any
        -A INPUT -p icmp -m icmp --icmp-type 8
        -A INPUT -p icmp -m icmp --icmp-type 3
        -A INPUT -p icmp -m icmp --icmp-type 3/3
        $ iptables -L INPUT -vn
        Chain INPUT (policy ACCEPT 0 packets, 0 bytes)
         pkts bytes target     prot opt in     out     source               destination         
            1    84 DROP       1    --  *      *       0.0.0.0/0            0.0.0.0/0            icmptype 8
            0     0 DROP       1    --  *      *       0.0.0.0/0            0.0.0.0/0            icmptype 8
            0     0            1    --  *      *       0.0.0.0/0            0.0.0.0/0            icmptype 0
            0     0 ACCEPT     1    --  *      *       0.0.0.0/0            0.0.0.0/0            icmp !type 3 code 1
            0     0            1    --  *      *       0.0.0.0/0            0.0.0.0/0            icmptype 255
            0     0            1    --  *      *       0.0.0.0/0            0.0.0.0/0            icmptype 8
            0     0            1    --  *      *       0.0.0.0/0            0.0.0.0/0            icmptype 3
            0     0            1    --  *      *       0.0.0.0/0            0.0.0.0/0            icmptype 3 code 3
        $ iptables -L INPUT
        Chain INPUT (policy ACCEPT)
        target     prot opt source               destination         
        DROP       icmp --  anywhere             anywhere             icmp echo-request
        DROP       icmp --  anywhere             anywhere             icmp echo-request
                   icmp --  anywhere             anywhere             icmp echo-reply
        ACCEPT     icmp --  anywhere             anywhere             icmp !host-unreachable
                   icmp --  anywhere             anywhere             icmp any
                   icmp --  anywhere             anywhere             icmp echo-request
                   icmp --  anywhere             anywhere             icmp destination-unreachable
                   icmp --  anywhere             anywhere             icmp port-unreachable
        $ iptables -D INPUT -p icmp --icmp-type 8 -j DROP
    "#]].assert_eq(&seen);
}
