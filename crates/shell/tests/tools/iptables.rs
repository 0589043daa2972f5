//! Texts of trace 19a-formats, or of the tool itself where the trace has none.

use crate::{Client, Trial};
use expect_test::{Expect, expect};
use tcp_shell::ProfileName;

fn check(lines: &str, expect: Expect) {
    expect.assert_eq(&Trial::new(ProfileName::Linux).transcript(Client, lines));
}

/// The rules of the trace.
const RULES: &str = "
    iptables -I OUTPUT -p tcp --dport 9999 --tcp-flags SYN,ACK,FIN,RST SYN -j DROP
    iptables -I OUTPUT -p tcp --dport 5555 --tcp-flags SYN,ACK,FIN,RST SYN -j DROP
    iptables -A OUTPUT -p tcp --sport 5555 --tcp-flags SYN,ACK,FIN,RST SYN,ACK -j DROP
    iptables -A INPUT -p tcp --dport 5555 -j REJECT
    iptables -A INPUT -p tcp --dport 5556 -j REJECT --reject-with tcp-reset
    iptables -A INPUT -s 10.211.55.10 -p tcp --syn -j DROP
    iptables -A INPUT -i eth0 -p icmp -j ACCEPT
    iptables -A OUTPUT -d 10.211.55.0/24 -j ACCEPT
    iptables -A OUTPUT ! -d 10.211.55.10 -p tcp --dport 80:90 -j DROP
    iptables -A OUTPUT -p tcp --tcp-flags ALL NONE -j DROP
    iptables -A OUTPUT -p tcp --tcp-flags FIN FIN -j LOG
    iptables -A OUTPUT -p tcp -m multiport --dports 1,2,3 -j DROP
";

#[test]
fn counters_of_a_dropped_syn() {
    let mut trial = Trial::new(ProfileName::Linux);
    trial
        .transcript(Client, "iptables -I OUTPUT -p tcp --dport 9999 --tcp-flags SYN,ACK,FIN,RST SYN -j DROP");
    trial.starts(Client, "nc 10.211.55.10 9999");
    let seen = trial.transcript(
        Client,
        "iptables -L OUTPUT -vn
         /sbin/iptables -vnL OUTPUT --line-numbers
         iptables -L OUTPUT -n
         iptables -L OUTPUT -vnx
         iptables -L OUTPUT 1
         iptables -vS OUTPUT
         iptables -Z OUTPUT
         iptables -L OUTPUT 1 -vn
         iptables -D OUTPUT 1
         iptables -S OUTPUT",
    );
    expect![[r#"
        $ iptables -L OUTPUT -vn
        Chain OUTPUT (policy ACCEPT 0 packets, 0 bytes)
         pkts bytes target     prot opt in     out     source               destination         
            1    60 DROP       6    --  *      *       0.0.0.0/0            0.0.0.0/0            tcp dpt:9999 flags:0x17/0x02
        $ /sbin/iptables -vnL OUTPUT --line-numbers
        Chain OUTPUT (policy ACCEPT 0 packets, 0 bytes)
        num   pkts bytes target     prot opt in     out     source               destination         
        1        1    60 DROP       6    --  *      *       0.0.0.0/0            0.0.0.0/0            tcp dpt:9999 flags:0x17/0x02
        $ iptables -L OUTPUT -n
        Chain OUTPUT (policy ACCEPT)
        target     prot opt source               destination         
        DROP       6    --  0.0.0.0/0            0.0.0.0/0            tcp dpt:9999 flags:0x17/0x02
        $ iptables -L OUTPUT -vnx
        Chain OUTPUT (policy ACCEPT 0 packets, 0 bytes)
            pkts      bytes target     prot opt in     out     source               destination         
               1       60 DROP       6    --  *      *       0.0.0.0/0            0.0.0.0/0            tcp dpt:9999 flags:0x17/0x02
        $ iptables -L OUTPUT 1
        DROP       tcp  --  anywhere             anywhere             tcp dpt:9999 flags:FIN,SYN,RST,ACK/SYN
        $ iptables -vS OUTPUT
        -P OUTPUT ACCEPT -c 0 0
        -A OUTPUT -p tcp -m tcp --dport 9999 --tcp-flags FIN,SYN,RST,ACK SYN -c 1 60 -j DROP
        $ iptables -Z OUTPUT
        $ iptables -L OUTPUT 1 -vn
            0     0 DROP       6    --  *      *       0.0.0.0/0            0.0.0.0/0            tcp dpt:9999 flags:0x17/0x02
        $ iptables -D OUTPUT 1
        $ iptables -S OUTPUT
        -P OUTPUT ACCEPT
    "#]]
    .assert_eq(&seen);
}

#[test]
fn listings() {
    let mut trial = Trial::new(ProfileName::Linux);
    trial.transcript(Client, RULES);
    let seen = trial.transcript(
        Client,
        "iptables -L -vn
         iptables -S
         iptables -L",
    );
    expect![[r#"
        $ iptables -L -vn
        Chain INPUT (policy ACCEPT 0 packets, 0 bytes)
         pkts bytes target     prot opt in     out     source               destination         
            0     0 REJECT     6    --  *      *       0.0.0.0/0            0.0.0.0/0            tcp dpt:5555 reject-with icmp-port-unreachable
            0     0 REJECT     6    --  *      *       0.0.0.0/0            0.0.0.0/0            tcp dpt:5556 reject-with tcp-reset
            0     0 DROP       6    --  *      *       10.211.55.10         0.0.0.0/0            tcp flags:0x17/0x02
            0     0 ACCEPT     1    --  eth0   *       0.0.0.0/0            0.0.0.0/0           

        Chain FORWARD (policy ACCEPT 0 packets, 0 bytes)
         pkts bytes target     prot opt in     out     source               destination         

        Chain OUTPUT (policy ACCEPT 0 packets, 0 bytes)
         pkts bytes target     prot opt in     out     source               destination         
            0     0 DROP       6    --  *      *       0.0.0.0/0            0.0.0.0/0            tcp dpt:5555 flags:0x17/0x02
            0     0 DROP       6    --  *      *       0.0.0.0/0            0.0.0.0/0            tcp dpt:9999 flags:0x17/0x02
            0     0 DROP       6    --  *      *       0.0.0.0/0            0.0.0.0/0            tcp spt:5555 flags:0x17/0x12
            0     0 ACCEPT     0    --  *      *       0.0.0.0/0            10.211.55.0/24      
            0     0 DROP       6    --  *      *       0.0.0.0/0           !10.211.55.10         tcp dpts:80:90
            0     0 DROP       6    --  *      *       0.0.0.0/0            0.0.0.0/0            tcp flags:0x3F/0x00
            0     0 LOG        6    --  *      *       0.0.0.0/0            0.0.0.0/0            tcp flags:0x01/0x01 LOG flags 0 level 4
            0     0 DROP       6    --  *      *       0.0.0.0/0            0.0.0.0/0            multiport dports 1,2,3
        $ iptables -S
        -P INPUT ACCEPT
        -P FORWARD ACCEPT
        -P OUTPUT ACCEPT
        -A INPUT -p tcp -m tcp --dport 5555 -j REJECT --reject-with icmp-port-unreachable
        -A INPUT -p tcp -m tcp --dport 5556 -j REJECT --reject-with tcp-reset
        -A INPUT -s 10.211.55.10/32 -p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN -j DROP
        -A INPUT -i eth0 -p icmp -j ACCEPT
        -A OUTPUT -p tcp -m tcp --dport 5555 --tcp-flags FIN,SYN,RST,ACK SYN -j DROP
        -A OUTPUT -p tcp -m tcp --dport 9999 --tcp-flags FIN,SYN,RST,ACK SYN -j DROP
        -A OUTPUT -p tcp -m tcp --sport 5555 --tcp-flags FIN,SYN,RST,ACK SYN,ACK -j DROP
        -A OUTPUT -d 10.211.55.0/24 -j ACCEPT
        -A OUTPUT ! -d 10.211.55.10/32 -p tcp -m tcp --dport 80:90 -j DROP
        -A OUTPUT -p tcp -m tcp --tcp-flags FIN,SYN,RST,PSH,ACK,URG NONE -j DROP
        -A OUTPUT -p tcp -m tcp --tcp-flags FIN FIN -j LOG
        -A OUTPUT -p tcp -m multiport --dports 1,2,3 -j DROP
        $ iptables -L
        Chain INPUT (policy ACCEPT)
        target     prot opt source               destination         
        REJECT     tcp  --  anywhere             anywhere             tcp dpt:5555 reject-with icmp-port-unreachable
        REJECT     tcp  --  anywhere             anywhere             tcp dpt:freeciv reject-with tcp-reset
        DROP       tcp  --  S_m                  anywhere             tcp flags:FIN,SYN,RST,ACK/SYN
        ACCEPT     icmp --  anywhere             anywhere            

        Chain FORWARD (policy ACCEPT)
        target     prot opt source               destination         

        Chain OUTPUT (policy ACCEPT)
        target     prot opt source               destination         
        DROP       tcp  --  anywhere             anywhere             tcp dpt:5555 flags:FIN,SYN,RST,ACK/SYN
        DROP       tcp  --  anywhere             anywhere             tcp dpt:9999 flags:FIN,SYN,RST,ACK/SYN
        DROP       tcp  --  anywhere             anywhere             tcp spt:5555 flags:FIN,SYN,RST,ACK/SYN,ACK
        ACCEPT     all  --  anywhere             10.211.55.0/24      
        DROP       tcp  --  anywhere            !S_m                  tcp dpts:http:90
        DROP       tcp  --  anywhere             anywhere             tcp flags:FIN,SYN,RST,PSH,ACK,URG/NONE
        LOG        tcp  --  anywhere             anywhere             tcp flags:FIN/FIN LOG level warn
        DROP       tcp  --  anywhere             anywhere             multiport dports tcpmux,2,3
    "#]]
    .assert_eq(&seen);
}

#[test]
fn errors_of_the_trace() {
    check(
        "iptables -D OUTPUT -p tcp --dport 5555 --tcp-flags SYN,ACK,FIN,RST SYN -j DROP
         iptables -D OUTPUT 77
         iptables -P OUTPUT DROP
         iptables -L OUTPUT
         iptables -P OUTPUT ACCEPT
         iptables -I OUTPUT -p tcp --dport 99999 -j DROP
         iptables -I OUTPUT -p tcp --dport abc -j DROP
         iptables -I OUTPUT -p tcp --tcp-flags SYN,ACK,FOO SYN -j DROP
         iptables -I OUTPUT -p tcp --tcp-flags SYN,ACK -j DROP
         iptables -I OUTPUT --dport 5555 -j DROP
         iptables -I OUTPUT -p tcp --dport 5555 -j NOPE
         iptables -I NOPE -p tcp -j DROP
         iptables -I output -p tcp -j DROP
         iptables -I OUTPUT -p foo -j DROP
         iptables -I OUTPUT -p tcp --dport 5555 -j
         iptables
         iptables -X NOPE
         iptables --bogus
         iptables -L NOPE
         iptables -D OUTPUT
         iptables -I OUTPUT -s 999.1.1.1 -j DROP
         iptables -P OUTPUT REJECT
         iptables -I OUTPUT -p tcp --dport -j DROP
         iptables -I OUTPUT -p tcp --dport 5555 --tcp-flags SYN,ACK,FIN,RST SYN --j DROP
         iptables -L OUTPUT –vn
         iptables -I OUTPUT -p udp --dport 5555 --tcp-flags SYN SYN -j DROP
         iptables -F
         iptables -S",
        expect![[r#"
            $ iptables -D OUTPUT -p tcp --dport 5555 --tcp-flags SYN,ACK,FIN,RST SYN -j DROP
            iptables: Bad rule (does a matching rule exist in that chain?).
            [exit 1]
            $ iptables -D OUTPUT 77
            iptables: Index of deletion too big.
            [exit 1]
            $ iptables -P OUTPUT DROP
            $ iptables -L OUTPUT
            Chain OUTPUT (policy DROP)
            target     prot opt source               destination         
            $ iptables -P OUTPUT ACCEPT
            $ iptables -I OUTPUT -p tcp --dport 99999 -j DROP
            iptables v1.8.9 (nf_tables): invalid port/service `99999' specified
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -I OUTPUT -p tcp --dport abc -j DROP
            iptables v1.8.9 (nf_tables): invalid port/service `abc' specified
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -I OUTPUT -p tcp --tcp-flags SYN,ACK,FOO SYN -j DROP
            iptables v1.8.9 (nf_tables): Unknown TCP flag `FOO'
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -I OUTPUT -p tcp --tcp-flags SYN,ACK -j DROP
            iptables v1.8.9 (nf_tables): --tcp-flags requires two args.
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -I OUTPUT --dport 5555 -j DROP
            iptables v1.8.9 (nf_tables): unknown option "--dport"
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -I OUTPUT -p tcp --dport 5555 -j NOPE
            iptables v1.8.9 (nf_tables): Chain 'NOPE' does not exist
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -I NOPE -p tcp -j DROP
            iptables: No chain/target/match by that name.
            [exit 1]
            $ iptables -I output -p tcp -j DROP
            iptables: No chain/target/match by that name.
            [exit 1]
            $ iptables -I OUTPUT -p foo -j DROP
            iptables v1.8.9 (nf_tables): unknown protocol "foo" specified
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -I OUTPUT -p tcp --dport 5555 -j
            iptables v1.8.9 (nf_tables): option "-j" requires an argument
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables
            iptables v1.8.9 (nf_tables): no command specified
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -X NOPE
            iptables: No chain/target/match by that name.
            [exit 1]
            $ iptables --bogus
            iptables v1.8.9 (nf_tables): unknown option "--bogus"
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -L NOPE
            iptables v1.8.9 (nf_tables): chain `NOPE' in table `filter' is incompatible, use 'nft' tool.
            [exit 1]
            $ iptables -D OUTPUT
            iptables: Bad rule (does a matching rule exist in that chain?).
            [exit 1]
            $ iptables -I OUTPUT -s 999.1.1.1 -j DROP
            iptables v1.8.9 (nf_tables): host/network `999.1.1.1' not found
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -P OUTPUT REJECT
            iptables: Bad policy name. Run `dmesg' for more information.
            [exit 1]
            $ iptables -I OUTPUT -p tcp --dport -j DROP
            iptables v1.8.9 (nf_tables): invalid port/service `-j' specified
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -I OUTPUT -p tcp --dport 5555 --tcp-flags SYN,ACK,FIN,RST SYN --j DROP
            $ iptables -L OUTPUT –vn
            iptables v1.8.9 (nf_tables): Invalid rule number `–vn'
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -I OUTPUT -p udp --dport 5555 --tcp-flags SYN SYN -j DROP
            iptables v1.8.9 (nf_tables): unknown option "--tcp-flags"
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -F
            $ iptables -S
            -P INPUT ACCEPT
            -P FORWARD ACCEPT
            -P OUTPUT ACCEPT
        "#]],
    );
}

#[test]
fn errors_of_the_tool() {
    check(
        "iptables -A OUTPUT -j DROP
         iptables -I OUTPUT 3 -j DROP
         iptables -I OUTPUT 0 -j DROP
         iptables -R OUTPUT 2 -j DROP
         iptables -R OUTPUT -j DROP
         iptables -C OUTPUT -p tcp -j DROP
         iptables -P OUTPUT
         iptables -P NOPE DROP
         iptables -A -p tcp
         iptables -L -A OUTPUT
         iptables -N OUTPUT
         iptables -N mine
         iptables -X OUTPUT
         iptables -t nat -L
         iptables -m foo
         iptables ! -p all -A OUTPUT
         iptables ! -j DROP -A OUTPUT
         iptables ! ! -p tcp
         iptables -A OUTPUT !
         iptables -A OUTPUT -i eth0 -j DROP
         iptables -A OUTPUT -p tcp -p udp
         iptables -A OUTPUT -n -j DROP
         iptables -A OUTPUT --line-numbers -j DROP
         iptables -A OUTPUT -s 1.2.3.4/33
         iptables -A OUTPUT ! -s 1.2.3.4,5.6.7.8
         iptables -A OUTPUT -o averyveryverylongname
         iptables -A OUTPUT -p tcp --dport 90:80
         iptables -A OUTPUT -p tcp --dport 1 --dport 2
         iptables -A OUTPUT -m tcp --dport 5
         iptables -A OUTPUT -m multiport --dports 5
         iptables -A OUTPUT -p tcp -m multiport
         iptables -A OUTPUT -p tcp -m multiport --dports 1 --sports 2
         iptables -A OUTPUT -p tcp -m multiport --dports 5:1
         iptables -A OUTPUT -p tcp --syn --syn
         iptables -A OUTPUT -p tcp -j REJECT --reject-with bogus
         iptables -A OUTPUT -p udp -j REJECT --reject-with tcp-reset
         iptables -A OUTPUT -ptcp
         iptables -A OUTPUT -j ''
         iptables -A OUTPUT -c 5
         iptables -F OUTPUT 1
         iptables -- foo",
        expect![[r#"
            $ iptables -A OUTPUT -j DROP
            $ iptables -I OUTPUT 3 -j DROP
            iptables: Index of insertion too big.
            [exit 1]
            $ iptables -I OUTPUT 0 -j DROP
            iptables v1.8.9 (nf_tables): Invalid rule number `0'
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -R OUTPUT 2 -j DROP
            iptables: Index of replacement too big.
            [exit 1]
            $ iptables -R OUTPUT -j DROP
            iptables v1.8.9 (nf_tables): -R requires a rule number
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -C OUTPUT -p tcp -j DROP
            iptables: Bad rule (does a matching rule exist in that chain?).
            [exit 1]
            $ iptables -P OUTPUT
            iptables v1.8.9 (nf_tables): -P requires a chain and a policy
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -P NOPE DROP
            iptables: Bad built-in chain name.
            [exit 1]
            $ iptables -A -p tcp
            Bad argument `tcp'
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -L -A OUTPUT
            iptables v1.8.9 (nf_tables): Cannot use -A with -L
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -N OUTPUT
            iptables: Chain already exists.
            [exit 1]
            $ iptables -N mine
            $ iptables -X OUTPUT
            iptables v1.8.9 (nf_tables):  CHAIN_DEL failed (Device or resource busy): chain OUTPUT
            [exit 4]
            $ iptables -t nat -L
            iptables: this lab's firewall has no table nat; it has filter
            [exit 3]
            $ iptables -m foo
            iptables v1.8.9 (nf_tables): Couldn't load match `foo':No such file or directory

            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables ! -p all -A OUTPUT
            iptables v1.8.9 (nf_tables): rule would never match protocol
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables ! -j DROP -A OUTPUT
            iptables v1.8.9 (nf_tables): cannot have ! before -j
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables ! ! -p tcp
            iptables v1.8.9 (nf_tables): multiple consecutive ! not allowed
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -A OUTPUT !
            iptables v1.8.9 (nf_tables): nothing appropriate following !
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -A OUTPUT -i eth0 -j DROP
            iptables v1.8.9 (nf_tables): Can't use -i with OUTPUT

            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -A OUTPUT -p tcp -p udp
            iptables v1.8.9 (nf_tables): multiple -p flags not allowed
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -A OUTPUT -n -j DROP
            iptables v1.8.9 (nf_tables): Illegal option `-n' with this command
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -A OUTPUT --line-numbers -j DROP
            iptables v1.8.9 (nf_tables): Illegal option `-0' with this command
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -A OUTPUT -s 1.2.3.4/33
            iptables v1.8.9 (nf_tables): invalid mask `33' specified
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -A OUTPUT ! -s 1.2.3.4,5.6.7.8
            iptables v1.8.9 (nf_tables): ! not allowed with multiple source or destination IP addresses
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -A OUTPUT -o averyveryverylongname
            iptables v1.8.9 (nf_tables): interface name `averyveryverylongname' must be shorter than IFNAMSIZ (15)
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -A OUTPUT -p tcp --dport 90:80
            iptables v1.8.9 (nf_tables): invalid portrange (min > max)
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -A OUTPUT -p tcp --dport 1 --dport 2
            iptables v1.8.9 (nf_tables): Only one `--destination-port' allowed
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -A OUTPUT -m tcp --dport 5
            iptables v1.8.9 (nf_tables): TCP match requires '-p tcp'
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -A OUTPUT -m multiport --dports 5
            iptables v1.8.9 (nf_tables): multiport needs `-p tcp', `-p udp', `-p udplite', `-p sctp' or `-p dccp'
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -A OUTPUT -p tcp -m multiport
            iptables v1.8.9 (nf_tables): multiport expection an option
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -A OUTPUT -p tcp -m multiport --dports 1 --sports 2
            iptables v1.8.9 (nf_tables): multiport: option "--source-ports" cannot be used together with "--destination-ports".

            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -A OUTPUT -p tcp -m multiport --dports 5:1
            iptables v1.8.9 (nf_tables): invalid portrange specified
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -A OUTPUT -p tcp --syn --syn
            iptables v1.8.9 (nf_tables): Only one of `--syn' or `--tcp-flags'  allowed
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -A OUTPUT -p tcp -j REJECT --reject-with bogus
            iptables v1.8.9 (nf_tables): unknown reject type "bogus"
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -A OUTPUT -p udp -j REJECT --reject-with tcp-reset
            iptables v1.8.9 (nf_tables):  RULE_APPEND failed (Invalid argument): rule in chain OUTPUT
            [exit 4]
            $ iptables -A OUTPUT -ptcp
            iptables v1.8.9 (nf_tables): unknown protocol "-ptcp" specified
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -A OUTPUT -j ''
            iptables v1.8.9 (nf_tables): Invalid target name (too short)
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -A OUTPUT -c 5
            iptables v1.8.9 (nf_tables): -c requires packet and byte counter
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -F OUTPUT 1
            Bad argument `1'
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -- foo
            iptables v1.8.9 (nf_tables): unknown arguments found on commandline
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
        "#]],
    );
}

#[test]
fn words_in_many_forms() {
    check(
        "iptables -v -A OUTPUT ! -o lo -p TCP --dport http: -j ACCEPT
         iptables -v -A INPUT ! -s 10/8 -d 10.1.2.3/255.255.0.0 -p udp --sport domain -j REJECT
         iptables --append OUTPUT --src 1.1.1.1,2.2.2.2 --jump DROP
         iptables -A OUTPUT -p 6 ! --syn --destination-p 1:2
         iptables -A OUTPUT ! -p 47 -j ACCEPT
         iptables -A OUTPUT -p tcp -m multiport ! --dports 80,http:443 -j REJECT --reject-with host-prohib
         iptables -I OUTPUT 2 -p tcp --dport 0:65535 -s 0/0
         iptables -R OUTPUT 1 -j LOG
         iptables -v -C OUTPUT -j LOG
         iptables -S
         iptables -vL INPUT
         iptables -nL OUTPUT --line-numbers
         iptables -v -Z -L INPUT
         iptables -v -F
         iptables -V
         iptables ! -V",
        expect![[r#"
            $ iptables -v -A OUTPUT ! -o lo -p TCP --dport http: -j ACCEPT
            ACCEPT  tcp opt -- in * out !lo  0.0.0.0/0  -> 0.0.0.0/0   tcp dpts:80:65535
            $ iptables -v -A INPUT ! -s 10/8 -d 10.1.2.3/255.255.0.0 -p udp --sport domain -j REJECT
            REJECT  udp opt -- in * out * !10.0.0.0/8  -> 10.1.0.0/16   udp spt:53 reject-with icmp-port-unreachable
            $ iptables --append OUTPUT --src 1.1.1.1,2.2.2.2 --jump DROP
            $ iptables -A OUTPUT -p 6 ! --syn --destination-p 1:2
            $ iptables -A OUTPUT ! -p 47 -j ACCEPT
            $ iptables -A OUTPUT -p tcp -m multiport ! --dports 80,http:443 -j REJECT --reject-with host-prohib
            $ iptables -I OUTPUT 2 -p tcp --dport 0:65535 -s 0/0
            $ iptables -R OUTPUT 1 -j LOG
            $ iptables -v -C OUTPUT -j LOG
            LOG  all opt -- in * out *  0.0.0.0/0  -> 0.0.0.0/0   LOG flags 0 level 4
            $ iptables -S
            -P INPUT ACCEPT
            -P FORWARD ACCEPT
            -P OUTPUT ACCEPT
            -A INPUT ! -s 10.0.0.0/8 -d 10.1.0.0/16 -p udp -m udp --sport 53 -j REJECT --reject-with icmp-port-unreachable
            -A OUTPUT -j LOG
            -A OUTPUT -p tcp
            -A OUTPUT -s 1.1.1.1/32 -j DROP
            -A OUTPUT -s 2.2.2.2/32 -j DROP
            -A OUTPUT -p tcp -m tcp --dport 1:2 ! --tcp-flags FIN,SYN,RST,ACK SYN
            -A OUTPUT ! -p gre -j ACCEPT
            -A OUTPUT -p tcp -m multiport ! --dports 80,80:443 -j REJECT --reject-with icmp-host-prohibited
            $ iptables -vL INPUT
            Chain INPUT (policy ACCEPT 0 packets, 0 bytes)
             pkts bytes target     prot opt in     out     source               destination         
                0     0 REJECT     udp  --  any    any    !10.0.0.0/8           10.1.0.0/16          udp spt:domain reject-with icmp-port-unreachable
            $ iptables -nL OUTPUT --line-numbers
            Chain OUTPUT (policy ACCEPT)
            num  target     prot opt source               destination         
            1    LOG        0    --  0.0.0.0/0            0.0.0.0/0            LOG flags 0 level 4
            2               6    --  0.0.0.0/0            0.0.0.0/0           
            3    DROP       0    --  1.1.1.1              0.0.0.0/0           
            4    DROP       0    --  2.2.2.2              0.0.0.0/0           
            5               6    --  0.0.0.0/0            0.0.0.0/0            tcp dpts:1:2 flags:!0x17/0x02
            6    ACCEPT    !47   --  0.0.0.0/0            0.0.0.0/0           
            7    REJECT     6    --  0.0.0.0/0            0.0.0.0/0            multiport dports  !80,80:443 reject-with icmp-host-prohibited
            $ iptables -v -Z -L INPUT
            Chain INPUT (policy ACCEPT 0 packets, 0 bytes)
             pkts bytes target     prot opt in     out     source               destination         
                0     0 REJECT     udp  --  any    any    !10.0.0.0/8           10.1.0.0/16          udp spt:domain reject-with icmp-port-unreachable
            Zeroing chain `INPUT'
            $ iptables -v -F
            Flushing chain `INPUT'
            Flushing chain `FORWARD'
            Flushing chain `OUTPUT'
            $ iptables -V
            iptables v1.8.9 (nf_tables)
            $ iptables ! -V
            Not 1.8.9 (nf_tables) ;-)
        "#]],
    );
}

/// Matches are listed in the order in which they were named; rules that differ in it are two rules.
#[test]
fn multiport_keeps_its_place_before_or_after_the_protocols_own_match() {
    let mut trial = Trial::new(ProfileName::Linux);
    let seen = trial.transcript(
        Client,
        "iptables -A INPUT -p tcp -m multiport --sports 5555,8080 --tcp-flags FIN FIN -j DROP
         iptables -A INPUT -p tcp --tcp-flags FIN FIN -m multiport --sports 5555,8080 -j DROP
         iptables -L INPUT -n
         iptables -D INPUT -p tcp --tcp-flags FIN FIN -m multiport --sports 5555,8080 -j DROP
         iptables -S INPUT",
    );
    expect![[r#"
        $ iptables -A INPUT -p tcp -m multiport --sports 5555,8080 --tcp-flags FIN FIN -j DROP
        $ iptables -A INPUT -p tcp --tcp-flags FIN FIN -m multiport --sports 5555,8080 -j DROP
        $ iptables -L INPUT -n
        Chain INPUT (policy ACCEPT)
        target     prot opt source               destination         
        DROP       6    --  0.0.0.0/0            0.0.0.0/0            multiport sports 5555,8080 tcp flags:0x01/0x01
        DROP       6    --  0.0.0.0/0            0.0.0.0/0            tcp flags:0x01/0x01 multiport sports 5555,8080
        $ iptables -D INPUT -p tcp --tcp-flags FIN FIN -m multiport --sports 5555,8080 -j DROP
        $ iptables -S INPUT
        -P INPUT ACCEPT
        -A INPUT -p tcp -m multiport --sports 5555,8080 -m tcp --tcp-flags FIN FIN -j DROP
    "#]].assert_eq(&seen);
}
