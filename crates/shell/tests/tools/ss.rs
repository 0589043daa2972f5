//! What ss prints on mistakes: the first two lines, and the exit code.

use crate::{Client, Server, Trial};
use expect_test::expect;
use tcp_shell::ProfileName;

#[test]
fn mistakes() {
    let short = |line: &str| {
        let seen = Trial::new(ProfileName::Linux).transcript(Client, line);
        let (shown, exit) = seen.trim_end().rsplit_once('\n').expect("a command, an error, an exit code");
        let shown: Vec<&str> = shown.lines().take(3).collect();
        format!("{}\n{exit}\n", shown.join("\n"))
    };
    let lines = [
        "ss foo",
        "ss -Q",
        "ss --foo",
        "ss state foo",
        "ss state",
        "ss -tn dport",
        "ss -tn dport = :abc",
        "ss -f foo",
        "ss -A foo",
        "ss -N foo",
        "ss -m",
    ];
    expect![[r#"
        $ ss foo
        Error: an inet prefix is expected rather than "foo".
        Cannot parse dst/src address.
        [exit 1]
        $ ss -Q
        ss: invalid option -- 'Q'
        Usage: ss [ OPTIONS ]
        [exit 255]
        $ ss --foo
        ss: unrecognized option '--foo'
        Usage: ss [ OPTIONS ]
        [exit 255]
        $ ss state foo
        ss: wrong state name: foo
        [exit 255]
        $ ss state
        Command line is not complete. Try option "help"
        [exit 255]
        $ ss -tn dport
        ss: bison bellows (while parsing filter): "syntax error!" Sorry.
        Usage: ss [ OPTIONS ]
        [exit 255]
        $ ss -tn dport = :abc
        Error: "abc" does not look like a port.
        Cannot parse dst/src address.
        [exit 1]
        $ ss -f foo
        ss: "foo" is invalid family
        Usage: ss [ OPTIONS ]
        [exit 255]
        $ ss -A foo
        ss: "foo" is illegal socket table id
        Usage: ss [ OPTIONS ]
        [exit 255]
        $ ss -N foo
        Cannot open network namespace "foo": No such file or directory
        [exit 1]
        $ ss -m
        ss: this lab does not have memory of sockets (-m).
        [exit 1]
    "#]]
    .assert_eq(&lines.map(short).concat());
}

#[test]
fn a_process_s_sockets_have_the_lowest_free_descriptors() {
    let mut trial = Trial::new(ProfileName::Linux);
    trial.starts(Server, "ncat -lk 5555");
    trial.starts(Server, "nc.traditional -l -p 5556");
    for port in [5555, 5555, 5556] {
        trial.starts(Client, &format!("nc 10.211.55.10 {port}"));
        trial.waits_ms(100);
    }
    expect![[r#"
        $ ss -tanpH
        LISTEN 0      10          0.0.0.0:5555     0.0.0.0:*     users:(("ncat",pid=4001,fd=4))          
        ESTAB  0      0      10.211.55.10:5555 10.211.55.2:40128 users:(("ncat",pid=4001,fd=5))          
        ESTAB  0      0      10.211.55.10:5555 10.211.55.2:40130 users:(("ncat",pid=4001,fd=6))          
        ESTAB  0      0      10.211.55.10:5556 10.211.55.2:40132 users:(("nc.traditional",pid=4002,fd=4))
        LISTEN 0      10             [::]:5555        [::]:*     users:(("ncat",pid=4001,fd=3))          
    "#]]
    .assert_eq(&trial.transcript(Server, "ss -tanpH"));
}

/// All counts are those that a kernel (Linux 6.18 with Reno) showed after the same lines; the spans follow from the delay.
#[test]
fn what_a_connection_knows_of_itself() {
    let mut trial = Trial::new(ProfileName::Linux);
    let server = trial.starts(Server, "nc -l 5555");
    let client = trial.starts(Client, "nc 10.211.55.10 5555");
    trial.waits_ms(500);
    let mut seen = trial.transcript(Client, "ss -ti") + &trial.transcript(Server, "ss -tia");
    trial.feeds(client, "hello").waits_ms(300).feeds(server, "world, hello").waits_ms(300);
    seen += &trial.transcript(Client, "ss -tin");
    seen += &trial.transcript(Server, "ss -tin");
    trial.transcript(Client, "iptables -I INPUT -p tcp --sport 5555 -j DROP");
    trial.feeds(client, "again").waits_ms(3000);
    seen += &trial.transcript(Client, "ss -tinoO");
    seen += &trial.transcript(Server, "ss -tino");
    trial.transcript(Client, "iptables -F");
    trial.waits_ms(3000);
    seen += &trial.transcript(Client, "ss -tino");
    trial.transcript(Client, "iptables -I OUTPUT -p tcp --dport 80 -j DROP");
    trial.starts(Client, "nc -p 1234 10.211.55.10 80");
    trial.waits_ms(6300);
    seen += &trial.transcript(Client, "ss -Htnoi state syn-sent\nss -m\nss -tb");
    expect![[r#"
        $ ss -ti
        State Recv-Q Send-Q Local Address:Port  Peer Address:PortProcess
        ESTAB 0      0        10.211.55.2:40128 10.211.55.10:5555
        	 reno wscale:10,10 rto:212 rtt:10/5 mss:1448 pmtu:1500 rcvmss:536 advmss:1448 cwnd:10 bytes_acked:1 segs_out:2 segs_in:1 send 11.6Mbps lastsnd:490 lastrcv:490 lastack:490 minrtt:10 snd_wnd:64240
        $ ss -tia
        State  Recv-Q Send-Q Local Address:Port Peer Address:Port Process        
        LISTEN 0      1            0.0.0.0:5555      0.0.0.0:*    
        	 reno cwnd:10
        ESTAB  0      0       10.211.55.10:5555  10.211.55.2:40128
        	 reno wscale:10,10 rto:212 rtt:10/5 mss:1448 pmtu:1500 rcvmss:536 advmss:1448 cwnd:10 segs_in:2 send 11.6Mbps lastsnd:485 lastrcv:485 lastack:485 minrtt:10 snd_wnd:64240
        $ ss -tin
        State Recv-Q Send-Q Local Address:Port  Peer Address:PortProcess
        ESTAB 0      0        10.211.55.2:40128 10.211.55.10:5555
        	 reno wscale:10,10 rto:212 rtt:10/3.75 ato:40 mss:1448 pmtu:1500 rcvmss:536 advmss:1448 cwnd:10 bytes_sent:6 bytes_acked:7 bytes_received:13 segs_out:4 segs_in:3 data_segs_out:1 data_segs_in:1 send 11584000bps lastsnd:600 lastrcv:295 lastack:295 minrtt:10 snd_wnd:64240
        $ ss -tin
        State Recv-Q Send-Q Local Address:Port Peer Address:Port Process
        ESTAB 0      0       10.211.55.10:5555  10.211.55.2:40128
        	 reno wscale:10,10 rto:212 rtt:10/3.75 ato:40 mss:1448 pmtu:1500 rcvmss:536 advmss:1448 cwnd:10 bytes_sent:13 bytes_acked:13 bytes_received:6 segs_out:2 segs_in:4 data_segs_out:1 data_segs_in:1 send 11584000bps lastsnd:300 lastrcv:595 lastack:290 minrtt:10 snd_wnd:64227
        $ ss -tinoO
        State Recv-Q Send-Q Local Address:Port  Peer Address:PortProcess
        ESTAB 0      6        10.211.55.2:40128 10.211.55.10:5555 timer:(on,444ms,3) ts sack reno wscale:10,10 rto:1696 backoff:3 rtt:10/3.75 ato:40 mss:1448 pmtu:1500 rcvmss:536 advmss:1448 cwnd:1 ssthresh:5 bytes_sent:36 bytes_retrans:24 bytes_acked:7 bytes_received:13 segs_out:9 segs_in:3 data_segs_out:6 data_segs_in:1 send 1158400bps lastsnd:1252 lastrcv:3295 lastack:3295 unacked:1 retrans:1/4 lost:1 minrtt:10 snd_wnd:64240
        $ ss -tino
        State Recv-Q Send-Q Local Address:Port Peer Address:Port Process
        ESTAB 0      0       10.211.55.10:5555  10.211.55.2:40128
        	 ts sack reno wscale:10,10 rto:212 rtt:10/3.75 ato:40 mss:1448 pmtu:1500 rcvmss:536 advmss:1448 cwnd:10 bytes_sent:13 bytes_acked:13 bytes_received:12 segs_out:7 segs_in:9 data_segs_out:1 data_segs_in:6 send 11584000bps lastsnd:3300 lastrcv:2995 lastack:1247 minrtt:10 snd_wnd:64240
        $ ss -tino
        State Recv-Q Send-Q Local Address:Port  Peer Address:PortProcess
        ESTAB 0      0        10.211.55.2:40128 10.211.55.10:5555
        	 ts sack reno wscale:10,10 rto:212 rtt:10/2.812 ato:40 mss:1448 pmtu:1500 rcvmss:536 advmss:1448 cwnd:3 ssthresh:5 bytes_sent:42 bytes_retrans:30 bytes_acked:13 bytes_received:13 segs_out:10 segs_in:4 data_segs_out:7 data_segs_in:1 send 3475200bps lastsnd:2524 lastrcv:6295 lastack:2514 retrans:0/5 minrtt:10 snd_wnd:64240
        $ ss -Htnoi state syn-sent
        0      1      10.211.55.2:1234 10.211.55.10:80 timer:(on,824ms,5)
        	 reno rto:2000 backoff:1 mss:524 pmtu:1500 rcvmss:88 advmss:1460 cwnd:1 ssthresh:5 segs_out:6 unacked:1 retrans:0/5 lost:1
        $ ss -m
        ss: this lab does not have memory of sockets (-m).
        [exit 1]
        $ ss -tb
        ss: this lab does not have filters in the kernel (-b).
        [exit 1]
    "#]].assert_eq(&seen);
}
