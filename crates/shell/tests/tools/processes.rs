//! Who runs, and who holds which port: `pgrep`, `pidof`, `pkill`, `fuser`, `lsof`, `ps`. The texts are those of Debian's tools.

use crate::{Client, Server};
use expect_test::expect;
use tcp_shell::ProfileName;
use tcp_testing::{ServerLower, ServerUpper, Trial};

/// A trial in which S_m listens twice, once as root, and C_m is connected.
fn trial() -> Trial {
    let mut trial = Trial::student(ProfileName::Linux);
    trial.types(ServerUpper, "sudo nc -lk 5555 &").types(ServerUpper, "nc -l 6666");
    trial.types(ServerLower, "ncat -l 8080 &");
    trial.starts(Client, "nc -p 40000 10.211.55.10 5555");
    trial.waits_ms(500);
    trial
}

#[test]
fn processes_by_their_names() {
    let mut trial = trial();
    let seen = trial.transcript(
        Server,
        "ps
         ps -ef
         ps aux
         ps -C nc,ncat
         ps -fp 4002
         ps u -u root
         ps -C foo
         pgrep nc
         pgrep -l nc
         pgrep -a 'n(c|x)$'
         pgrep -fl 'nc -l'
         pgrep -x nc
         pgrep -n nc
         pgrep -o nc
         pgrep -c nc
         pgrep -c foo
         pgrep -u student nc
         pgrep -d, nc
         pgrep -vx nc
         pgrep foo
         pgrep
         pgrep a b
         pgrep -P 1 nc
         pgrep '('
         pidof nc
         pidof -s nc
         pidof foo
         pidof nc ncat
         pidof
         pkill
         pkill -n foo
         pkill -e -n nc
         pkill nc
         sudo pkill -9 -x nc
         pgrep -a .",
    );
    expect![[r#"
        $ ps
            PID TTY          TIME CMD
           4002 pts/0    00:00:00 nc
           4003 pts/1    00:00:00 ncat
        $ ps -ef
        UID          PID    PPID  C STIME TTY          TIME CMD
        root        4001    4000  0 03:33 pts/0    00:00:00 nc -lk 5555
        student     4002    4000  0 03:33 pts/0    00:00:00 nc -l 6666
        student     4003    4000  0 03:33 pts/1    00:00:00 ncat -l 8080
        $ ps aux
        USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND
        root        4001  0.0  0.0   3216  1640 pts/0    S    03:33   0:00 nc -lk 5555
        student     4002  0.0  0.0   3216  1640 pts/0    S+   03:33   0:00 nc -l 6666
        student     4003  0.0  0.0  13240  5132 pts/1    S    03:33   0:00 ncat -l 8080
        $ ps -C nc,ncat
            PID TTY          TIME CMD
           4001 pts/0    00:00:00 nc
           4002 pts/0    00:00:00 nc
           4003 pts/1    00:00:00 ncat
        $ ps -fp 4002
        UID          PID    PPID  C STIME TTY          TIME CMD
        student     4002    4000  0 03:33 pts/0    00:00:00 nc -l 6666
        $ ps u -u root
        USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND
        root        4001  0.0  0.0   3216  1640 pts/0    S    03:33   0:00 nc -lk 5555
        $ ps -C foo
            PID TTY          TIME CMD
        [exit 1]
        $ pgrep nc
        4001
        4002
        4003
        $ pgrep -l nc
        4001 nc
        4002 nc
        4003 ncat
        $ pgrep -a 'n(c|x)$'
        4001 nc -lk 5555
        4002 nc -l 6666
        $ pgrep -fl 'nc -l'
        4001 nc
        4002 nc
        $ pgrep -x nc
        4001
        4002
        $ pgrep -n nc
        4003
        $ pgrep -o nc
        4001
        $ pgrep -c nc
        3
        $ pgrep -c foo
        0
        [exit 1]
        $ pgrep -u student nc
        4002
        4003
        $ pgrep -d, nc
        4001,4002,4003
        $ pgrep -vx nc
        4003
        $ pgrep foo
        [exit 1]
        $ pgrep
        pgrep: no matching criteria specified
        Try `pgrep --help' for more information.
        [exit 2]
        $ pgrep a b
        pgrep: only one pattern can be provided
        Try `pgrep --help' for more information.
        [exit 2]
        $ pgrep -P 1 nc
        pgrep: this lab has no groups, sessions and pid files (-P).
        [exit 1]
        $ pgrep '('
        pgrep: Unmatched ( or \(
        [exit 2]
        $ pidof nc
        4002 4001
        $ pidof -s nc
        4002
        $ pidof foo
        [exit 1]
        $ pidof nc ncat
        4003 4002 4001
        $ pidof
        [exit 1]
        $ pkill
        pkill: no matching criteria specified
        Try `pkill --help' for more information.
        [exit 2]
        $ pkill -n foo
        [exit 1]
        $ pkill -e -n nc
        ncat killed (pid 4003)
        $ pkill nc
        pkill: killing pid 4001 failed: Operation not permitted
        $ sudo pkill -9 -x nc
        $ pgrep -a .
        [exit 1]
    "#]]
    .assert_eq(&seen);
    let usage = Trial::new(ProfileName::Linux).transcript(Client, "pgrep -Q\npkill --help\npidof -h");
    let lines = |text: &str| text.lines().take(8).collect::<Vec<_>>().join("\n");
    expect![[r#"
        $ pgrep -Q
        pgrep: invalid option -- 'Q'

        Usage:
         pgrep [options] <pattern>

        Options:
         -d, --delimiter <string>  specify output delimiter"#]]
    .assert_eq(&lines(&usage));
}

#[test]
fn who_holds_a_port() {
    let mut trial = trial();
    let mut seen = trial.transcript(
        Server,
        "lsof -i :5555
         sudo lsof -i :5555
         sudo lsof -nP -i :5555
         sudo lsof -iTCP -sTCP:LISTEN -P -n
         sudo lsof -i tcp:5555 -sTCP:ESTABLISHED
         sudo lsof -iTCP@10.211.55.2 -n
         sudo lsof -i4TCP:5555 -t
         sudo lsof -ti:5000-5999,http
         sudo lsof -i6
         sudo lsof -i udp
         lsof -a -p 4002 -i
         lsof -p 4002
         lsof -c nc -a -i -n
         sudo lsof -i :9999
         sudo lsof -u root -c foo
         lsof -p 99999
         fuser 5555/tcp
         sudo fuser 5555/tcp
         sudo fuser -v 5555/tcp
         sudo fuser -v -n tcp 5555 6666
         sudo fuser -n tcp 5555 9999
         sudo fuser -n tcp 5555 6666
         sudo fuser -u 5555/tcp
         sudo fuser -vu 5555,10.211.55.2/tcp
         sudo fuser -va 9999/tcp
         fuser 9999/tcp
         fuser foo/tcp
         fuser 5555
         fuser 5555/udp
         fuser -k -FOO 6666/tcp
         fuser -k -0 6666/tcp
         fuser -k http-alt/tcp
         sudo fuser -k -TERM 5555/tcp
         sudo ss -ltnp",
    );
    for line in [
        "lsof -i 5555",
        "lsof -i :abc",
        "lsof -iFOO:55",
        "lsof -i -sTCP:FOO",
        "lsof -i -sFOO:LISTEN",
        "lsof -p x",
        "fuser",
        "fuser -n foo 5",
        "fuser -Q 5/tcp",
    ] {
        let text = trial.transcript(Server, line);
        let lines: Vec<&str> = text.lines().take(3).collect();
        seen += &format!("{}\n", lines.join("\n"));
    }
    expect![[r#"
        $ lsof -i :5555
        [exit 1]
        $ sudo lsof -i :5555
        COMMAND  PID USER   FD   TYPE DEVICE SIZE/OFF NODE NAME
        nc      4001 root    3u  IPv4  20003      0t0  TCP *:5555 (LISTEN)
        nc      4001 root    4u  IPv4  20008      0t0  TCP S_m:5555->C_m:40000 (ESTABLISHED)
        $ sudo lsof -nP -i :5555
        COMMAND  PID USER   FD   TYPE DEVICE SIZE/OFF NODE NAME
        nc      4001 root    3u  IPv4  20003      0t0  TCP *:5555 (LISTEN)
        nc      4001 root    4u  IPv4  20008      0t0  TCP 10.211.55.10:5555->10.211.55.2:40000 (ESTABLISHED)
        $ sudo lsof -iTCP -sTCP:LISTEN -P -n
        COMMAND  PID    USER   FD   TYPE DEVICE SIZE/OFF NODE NAME
        nc      4001    root    3u  IPv4  20003      0t0  TCP *:5555 (LISTEN)
        nc      4002 student    3u  IPv4  20004      0t0  TCP *:6666 (LISTEN)
        ncat    4003 student    3u  IPv6  20005      0t0  TCP *:8080 (LISTEN)
        ncat    4003 student    4u  IPv4  20006      0t0  TCP *:8080 (LISTEN)
        $ sudo lsof -i tcp:5555 -sTCP:ESTABLISHED
        COMMAND  PID USER   FD   TYPE DEVICE SIZE/OFF NODE NAME
        nc      4001 root    4u  IPv4  20008      0t0  TCP S_m:5555->C_m:40000 (ESTABLISHED)
        $ sudo lsof -iTCP@10.211.55.2 -n
        COMMAND  PID USER   FD   TYPE DEVICE SIZE/OFF NODE NAME
        nc      4001 root    4u  IPv4  20008      0t0  TCP 10.211.55.10:5555->10.211.55.2:40000 (ESTABLISHED)
        $ sudo lsof -i4TCP:5555 -t
        4001
        $ sudo lsof -ti:5000-5999,http
        4001
        $ sudo lsof -i6
        COMMAND  PID    USER   FD   TYPE DEVICE SIZE/OFF NODE NAME
        ncat    4003 student    3u  IPv6  20005      0t0  TCP *:http-alt (LISTEN)
        $ sudo lsof -i udp
        [exit 1]
        $ lsof -a -p 4002 -i
        COMMAND  PID    USER   FD   TYPE DEVICE SIZE/OFF NODE NAME
        nc      4002 student    3u  IPv4  20004      0t0  TCP *:6666 (LISTEN)
        $ lsof -p 4002
        COMMAND  PID    USER   FD   TYPE DEVICE SIZE/OFF   NODE NAME
        nc      4002 student  cwd    DIR  254,1     4096 131073 /home/student
        nc      4002 student  rtd    DIR  254,1     4096      2 /
        nc      4002 student    0u   CHR  136,0      0t0      3 /dev/pts/0
        nc      4002 student    1u   CHR  136,0      0t0      3 /dev/pts/0
        nc      4002 student    2u   CHR  136,0      0t0      3 /dev/pts/0
        nc      4002 student    3u  IPv4  20004      0t0    TCP *:6666 (LISTEN)
        $ lsof -c nc -a -i -n
        COMMAND  PID    USER   FD   TYPE DEVICE SIZE/OFF NODE NAME
        nc      4002 student    3u  IPv4  20004      0t0  TCP *:6666 (LISTEN)
        ncat    4003 student    3u  IPv6  20005      0t0  TCP *:http-alt (LISTEN)
        ncat    4003 student    4u  IPv4  20006      0t0  TCP *:http-alt (LISTEN)
        $ sudo lsof -i :9999
        [exit 1]
        $ sudo lsof -u root -c foo
        COMMAND  PID USER   FD   TYPE DEVICE SIZE/OFF   NODE NAME
        nc      4001 root  cwd    DIR  254,1     4096 131073 /home/student
        nc      4001 root  rtd    DIR  254,1     4096      2 /
        nc      4001 root    0u   CHR  136,0      0t0      3 /dev/pts/0
        nc      4001 root    1u   CHR  136,0      0t0      3 /dev/pts/0
        nc      4001 root    2u   CHR  136,0      0t0      3 /dev/pts/0
        nc      4001 root    3u  IPv4  20003      0t0    TCP *:5555 (LISTEN)
        nc      4001 root    4u  IPv4  20008      0t0    TCP S_m:5555->C_m:40000 (ESTABLISHED)
        $ lsof -p 99999
        [exit 1]
        $ fuser 5555/tcp
        [exit 1]
        $ sudo fuser 5555/tcp
          4001
        5555/tcp:           $ sudo fuser -v 5555/tcp
                             USER        PID ACCESS COMMAND
        5555/tcp:            root       4001 F.... nc
        $ sudo fuser -v -n tcp 5555 6666
                             USER        PID ACCESS COMMAND
        5555/tcp:            root       4001 F.... nc
        6666/tcp:            student    4002 F.... nc
        $ sudo fuser -n tcp 5555 9999
          4001
        5555/tcp:           $ sudo fuser -n tcp 5555 6666
        5555/tcp:             4001
        6666/tcp:             4002
        $ sudo fuser -u 5555/tcp
          4001(root)
        5555/tcp:           $ sudo fuser -vu 5555,10.211.55.2/tcp
                             USER        PID ACCESS COMMAND
        5555,10.211.55.2/tcp: root       4001 F.... (root)nc
        $ sudo fuser -va 9999/tcp
                             USER        PID ACCESS COMMAND
        9999/tcp:
        [exit 1]
        $ fuser 9999/tcp
        [exit 1]
        $ fuser foo/tcp
        Cannot resolve local port foo: Servname not supported for ai_socktype
        [exit 1]
        $ fuser 5555
        Specified filename 5555 does not exist.
        [exit 1]
        $ fuser 5555/udp
        [exit 1]
        $ fuser -k -FOO 6666/tcp
        FOO: unknown signal; fuser -l lists signals.
        [exit 1]
        $ fuser -k -0 6666/tcp
          4002
        6666/tcp:           $ fuser -k http-alt/tcp
          4003
        http-alt/tcp:       $ sudo fuser -k -TERM 5555/tcp
          4001
        5555/tcp:           $ sudo ss -ltnp
        State Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
        $ lsof -i 5555
        lsof: unknown protocol name (5555) in: -i 5555
        lsof 4.95.0
        $ lsof -i :abc
        lsof: unknown service abc in: -i :abc
        lsof 4.95.0
        $ lsof -iFOO:55
        lsof: unknown protocol name (FOO) in: -i FOO:55
        lsof 4.95.0
        $ lsof -i -sTCP:FOO
        lsof: unknown TCP state name: FOO
        lsof 4.95.0
        $ lsof -i -sFOO:LISTEN
        lsof: unknown -s protocol: "FOO:LISTEN"
        lsof 4.95.0
        $ lsof -p x
        lsof: illegal process ID: x
        lsof 4.95.0
        $ fuser
        No process specification given
        Usage: fuser [-fIMuvw] [-a|-s] [-4|-6] [-c|-m|-n SPACE]
        $ fuser -n foo 5
        Invalid namespace name
        Usage: fuser [-fIMuvw] [-a|-s] [-4|-6] [-c|-m|-n SPACE]
        $ fuser -Q 5/tcp
        Q: unknown signal; fuser -l lists signals.
        [exit 1]
    "#]]
    .assert_eq(&seen);
}
