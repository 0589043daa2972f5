//! What the student may do, and what only root may: in the words of the tools, as Debian's say them to an unprivileged
//! user.

use crate::{Client, Server};
use expect_test::{Expect, expect};
use tcp_shell::TerminalId::ServerThird;
use tcp_shell::{ProfileName, Sudoers};
use tcp_testing::{ClientUpper, Network, ServerLower, ServerUpper, Trial};

/// Lines that the student runs on S_m.
fn check(lines: &str, expected: Expect) {
    expected.assert_eq(&Trial::student(ProfileName::Linux).transcript(Server, lines));
}

#[test]
fn what_changes_the_host_is_for_root() {
    check(
        "iptables -L
         iptables -I OUTPUT -p tcp --dport 5555 -j DROP
         iptables -I OUTPUT -p foo
         iptables -V
         sudo iptables -P INPUT DROP
         sudo iptables -S
         sysctl -w net.ipv4.tcp_retries2=5 net.core.somaxconn=nonsense
         sysctl net.ipv4.tcp_retries2
         sysctl -w net.ipv4.nothing=1
         sudo sysctl -w net.ipv4.tcp_retries2=5
         ip addr add fd00::10/64 dev eth0
         ip link set eth0 down
         ip route add default via 10.211.55.1
         ip addr show dev eth1
         sudo ip addr add fd00::10/64 dev eth0
         sudo ip link set eth0 down
         ifconfig eth0 down
         ifconfig eth0 10.211.55.9
         route add default gw 10.211.55.1
         hostname other
         sudo hostname other",
        expect![[r#"
            $ iptables -L
            iptables v1.8.9 (nf_tables): Could not fetch rule set generation id: Permission denied (you must be root)
            [exit 4]
            $ iptables -I OUTPUT -p tcp --dport 5555 -j DROP
            iptables v1.8.9 (nf_tables): Could not fetch rule set generation id: Permission denied (you must be root)
            [exit 4]
            $ iptables -I OUTPUT -p foo
            iptables v1.8.9 (nf_tables): unknown protocol "foo" specified
            Try `iptables -h' or 'iptables --help' for more information.
            [exit 2]
            $ iptables -V
            iptables v1.8.9 (nf_tables)
            $ sudo iptables -P INPUT DROP
            $ sudo iptables -S
            -P INPUT DROP
            -P FORWARD ACCEPT
            -P OUTPUT ACCEPT
            $ sysctl -w net.ipv4.tcp_retries2=5 net.core.somaxconn=nonsense
            sysctl: permission denied on key "net.ipv4.tcp_retries2"
            sysctl: permission denied on key "net.core.somaxconn"
            [exit 1]
            $ sysctl net.ipv4.tcp_retries2
            net.ipv4.tcp_retries2 = 15
            $ sysctl -w net.ipv4.nothing=1
            sysctl: cannot stat /proc/sys/net/ipv4/nothing: No such file or directory
            [exit 1]
            $ sudo sysctl -w net.ipv4.tcp_retries2=5
            net.ipv4.tcp_retries2 = 5
            $ ip addr add fd00::10/64 dev eth0
            RTNETLINK answers: Operation not permitted
            [exit 2]
            $ ip link set eth0 down
            RTNETLINK answers: Operation not permitted
            [exit 2]
            $ ip route add default via 10.211.55.1
            RTNETLINK answers: Operation not permitted
            [exit 2]
            $ ip addr show dev eth1
            Device "eth1" does not exist.
            [exit 1]
            $ sudo ip addr add fd00::10/64 dev eth0
            $ sudo ip link set eth0 down
            $ ifconfig eth0 down
            SIOCSIFFLAGS: Operation not permitted
            [exit 255]
            $ ifconfig eth0 10.211.55.9
            SIOCSIFADDR: Operation not permitted
            SIOCSIFFLAGS: Operation not permitted
            [exit 255]
            $ route add default gw 10.211.55.1
            SIOCADDRT: Operation not permitted
            [exit 7]
            $ hostname other
            hostname: you must be root to change the host name
            [exit 1]
            $ sudo hostname other
            hostname: the hosts of this lab keep their names
            [exit 1]
        "#]],
    );
}

#[test]
fn a_port_below_1024_is_for_root() {
    let mut trial = Trial::student(ProfileName::Linux);
    for line in [
        "nc -l 80",
        "nc -l -6 1023",
        "nc -v -p 80 10.211.55.10 5555",
        "nc.traditional -l -p 80",
        "ncat -l 80",
        "ncat -p 80 10.211.55.10 5555",
        "httpd",
        "sudo -u student nc -l 83",
        "nc -l 1024 &",
        "sudo nc -l 80 &",
        "sudo sh -c 'nc.traditional -l -p 81 & ncat -l 82 &'",
        "netstat -lnte",
        "app",
        "a socket",
        "a bind 0.0.0.0 443",
        "a bind 0.0.0.0 0",
    ] {
        trial.types(ClientUpper, line).waits_ms(50);
    }
    expect![[r#"
        == client-upper
        C_m$ nc -l 80
        nc: Permission denied
        C_m$ nc -l -6 1023
        nc: Permission denied
        C_m$ nc -v -p 80 10.211.55.10 5555
        nc: bind failed: Permission denied
        C_m$ nc.traditional -l -p 80
        Can't grab 0.0.0.0:80 with bind : Permission denied
        C_m$ ncat -l 80
        Ncat: bind to :::80: Permission denied. QUITTING.
        C_m$ ncat -p 80 10.211.55.10 5555
        libnsock mksock_bind_addr(): Bind to 0.0.0.0:80 failed (IOD #1): Permission denied (13)
        Ncat: Connection refused.
        C_m$ httpd
        httpd: could not bind to address 0.0.0.0:80: Permission denied
        C_m$ sudo -u student nc -l 83
        nc: Permission denied
        C_m$ nc -l 1024 &
        [1] 4009
        C_m$ sudo nc -l 80 &
        [2] 4010
        C_m$ sudo sh -c 'nc.traditional -l -p 81 & ncat -l 82 &'
        [3] 4011
        [4] 4012
        C_m$ netstat -lnte
        Active Internet connections (only servers)
        Proto Recv-Q Send-Q Local Address           Foreign Address         State       User       Inode     
        tcp        0      0 0.0.0.0:1024            0.0.0.0:*               LISTEN      1000       20011     
        tcp        0      0 0.0.0.0:80              0.0.0.0:*               LISTEN      0          20012     
        tcp        0      0 0.0.0.0:81              0.0.0.0:*               LISTEN      0          20013     
        tcp        0      0 0.0.0.0:82              0.0.0.0:*               LISTEN      0          20015     
        tcp6       0      0 :::82                   :::*                    LISTEN      0          20014     
        C_m$ app
        > a socket
        a socket -> ok
        > a bind 0.0.0.0 443
        a bind 0.0.0.0 443 -> EACCES: Permission denied
        > a bind 0.0.0.0 0
        a bind 0.0.0.0 0 -> ok
    "#]]
    .assert_eq(&trial.screens());
}

#[test]
fn the_programs_of_others_can_neither_be_seen_nor_signalled() {
    let mut trial = Trial::student(ProfileName::Linux);
    trial.types(ServerUpper, "sudo nc -l 5555");
    trial.types(ClientUpper, "nc 10.211.55.10 5555").waits_ms(100);
    expect![[r#"
        $ netstat -natp
        Active Internet connections (servers and established)
        Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name    
        tcp        0      0 0.0.0.0:5555            0.0.0.0:*               LISTEN      -                   
        tcp        0      0 10.211.55.10:5555       10.211.55.2:40128       ESTABLISHED -                   
        (Not all processes could be identified, non-owned process info
         will not be shown, you would have to be root to see it all.)
        $ sudo netstat -natp
        Active Internet connections (servers and established)
        Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name    
        tcp        0      0 0.0.0.0:5555            0.0.0.0:*               LISTEN      4001/nc             
        tcp        0      0 10.211.55.10:5555       10.211.55.2:40128       ESTABLISHED 4001/nc             
        $ ss -tnpe
        State Recv-Q Send-Q Local Address:Port Peer Address:Port Process
        ESTAB 0      0       10.211.55.10:5555  10.211.55.2:40128 ino:20005 sk:6 <->
        $ sudo ss -tnpe
        State Recv-Q Send-Q Local Address:Port Peer Address:Port Process
        ESTAB 0      0       10.211.55.10:5555  10.211.55.2:40128 users:(("nc",pid=4001,fd=4)) ino:20005 sk:6 <->
        $ ss -K dport = :40000
        Netid State Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
        $ ss -tK state established
        Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
        SOCK_DESTROY answers: Operation not permitted
        $ ps
            PID TTY          TIME CMD
        $ ps -ef
        UID          PID    PPID  C STIME TTY          TIME CMD
        root        4001    4000  0 03:33 pts/0    00:00:00 nc -l 5555
        $ sudo ps
            PID TTY          TIME CMD
           4001 pts/0    00:00:00 nc
        $ kill 4001
        bash: kill: (4001) - Operation not permitted
        [exit 1]
        $ kill -0 4001
        bash: kill: (4001) - Operation not permitted
        [exit 1]
        $ sudo kill -0 4001
        $ sudo kill 4444 %1
        kill: (4444): No such process
        kill: failed to parse argument: '%1'
        [exit 1]
        $ killall nc
        nc(4001): Operation not permitted
        nc: no process found
        [exit 1]
        $ pkill nc
        pkill: killing pid 4001 failed: Operation not permitted
        [exit 1]
        $ nc -l 6666 &
        $ killall nc
        nc(4001): Operation not permitted
        $ sudo kill 4001
        $ ps -e
            PID TTY          TIME CMD
    "#]].assert_eq(&trial.transcript(
        Server,
        "netstat -natp
         sudo netstat -natp
         ss -tnpe
         sudo ss -tnpe
         ss -K dport = :40000
         ss -tK state established
         ps
         ps -ef
         sudo ps
         kill 4001
         kill -0 4001
         sudo kill -0 4001
         sudo kill 4444 %1
         killall nc
         pkill nc
         nc -l 6666 &
         killall nc
         sudo kill 4001
         ps -e",
    ));
    assert_eq!(trial.printed(ServerUpper), "Terminated\n");
}

#[test]
fn who_runs_what() {
    check(
        "whoami; sudo whoami; id -u; sudo id; sudo -u student id
         sudo sh -c 'whoami; sudo -u student whoami' && whoami
         echo 5 | sudo cat
         sudo sudo whoami
         sudo false
         sudo -k; sudo -v; sudo -n whoami
         sudo -l
         sudo -s
         sudo su
         sudo cd /root
         sudo jobs",
        expect![[r#"
            $ whoami; sudo whoami; id -u; sudo id; sudo -u student id
            student
            root
            1000
            uid=0(root) gid=0(root) groups=0(root)
            uid=1000(student) gid=1000(student) groups=1000(student),27(sudo)
            $ sudo sh -c 'whoami; sudo -u student whoami' && whoami
            root
            student
            student
            $ echo 5 | sudo cat
            5
            $ sudo sudo whoami
            root
            $ sudo false
            [exit 1]
            $ sudo -k; sudo -v; sudo -n whoami
            root
            $ sudo -l
            Matching Defaults entries for student on S_m:
                env_reset, mail_badpass,
                secure_path=/usr/local/sbin\:/usr/local/bin\:/usr/sbin\:/usr/bin\:/sbin\:/bin,
                use_pty

            User student may run the following commands on S_m:
                (ALL : ALL) NOPASSWD: ALL
            $ sudo -s
            sudo: this terminal's only shell is the student's; put sudo before each command
            [exit 1]
            $ sudo su
            sudo: this terminal's only shell is the student's; put sudo before each command
            [exit 1]
            $ sudo cd /root
            sudo: cd: command not found
            sudo: "cd" is a shell built-in command, it cannot be run directly.
            sudo: the -s option may be used to run a privileged shell.
            sudo: the -D option may be used to run a command in a specific directory.
            [exit 1]
            $ sudo jobs
            sudo: jobs: command not found
            [exit 1]
        "#]],
    );
}

#[test]
fn what_a_tool_remarks_stands_before_its_table() {
    let mut trial = Trial::student(ProfileName::Linux);
    trial.types(ServerUpper, "sudo nc -l 80 &").types(ServerUpper, "netstat -lntp");
    trial.types(ServerUpper, "kill 4001").types(ServerUpper, "kill %1").types(ServerUpper, "");
    expect![[r#"
        [1] 4001
        (Not all processes could be identified, non-owned process info
         will not be shown, you would have to be root to see it all.)
        Active Internet connections (only servers)
        Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name    
        tcp        0      0 0.0.0.0:80              0.0.0.0:*               LISTEN      -                   
        bash: kill: (4001) - Operation not permitted
        [1]+  Terminated              sudo nc -l 80
    "#]]
    .assert_eq(&trial.printed(ServerUpper));
}

/// The network's console has no users, and Ctrl-C reaches what `sudo` runs in the foreground.
#[test]
fn the_console_and_the_keyboard_need_no_permission() {
    let mut trial = Trial::student(ProfileName::Linux);
    trial.types(Network, "delay 7").types(ServerUpper, "sudo nc -l 80").ctrl_c(ServerUpper);
    trial
        .types(ServerUpper, "echo $?; nc -l 80")
        .types(ServerLower, "sudo nc -l 80; whoami")
        .ctrl_c(ServerLower);
    expect![[r#"
        == server-upper
        S_m$ sudo nc -l 80
        ^C
        S_m$ echo $?; nc -l 80
        130
        nc: Permission denied
        S_m$ _
        == server-lower
        S_m$ sudo nc -l 80; whoami
        ^C
        S_m$ _
        == network
        network$ delay 7
        network$ _
    "#]]
    .assert_eq(&trial.screens());
}

/// Where root types, everything is as it was before there were users.
#[test]
fn root_needs_no_sudo() {
    expect![[r#"
        $ whoami; sudo whoami
        root
        root
        $ nc -l 80 &
        $ iptables -P INPUT DROP
        $ sysctl -w net.ipv4.tcp_retries2=5
        net.ipv4.tcp_retries2 = 5
        $ netstat -lntpe
        Active Internet connections (only servers)
        Proto Recv-Q Send-Q Local Address           Foreign Address         State       User       Inode      PID/Program name    
        tcp        0      0 0.0.0.0:80              0.0.0.0:*               LISTEN      0          20003      4001/nc             
        $ kill 4001
    "#]].assert_eq(&Trial::new(ProfileName::Linux).transcript(
        Client,
        "whoami; sudo whoami
         nc -l 80 &
         iptables -P INPUT DROP
         sysctl -w net.ipv4.tcp_retries2=5
         netstat -lntpe
         kill 4001",
    ));
}

/// What a terminal shows of lines that the student types there, a second apart.
fn types(sudoers: Sudoers, lines: &[&str]) -> (Trial, String) {
    let mut trial = Trial::student_among(ProfileName::Linux, sudoers);
    for line in lines {
        trial.types(ServerLower, line).waits_ms(1000);
    }
    let text = trial.screens();
    (trial, text)
}

#[test]
fn a_terminal_has_no_sudo_where_the_file_names_root_alone() {
    let lines = ["id", "sudo iptables -S", "iptables -S", "sudo -l", "timeout 1 sudo -n dmesg", "ufw status"];
    let (mut trial, text) = types(Sudoers::Nobody, &lines);
    expect![[r#"
        == server-lower
        S_m$ id
        uid=1000(student) gid=1000(student) groups=1000(student)
        S_m$ sudo iptables -S
        student is not in the sudoers file.
        S_m$ iptables -S
        iptables v1.8.9 (nf_tables): Could not fetch rule set generation id: Permission denied (you must be root)
        S_m$ sudo -l
        Sorry, user student may not run sudo on S_m.
        S_m$ timeout 1 sudo -n dmesg
        student is not in the sudoers file.
        S_m$ ufw status
        this lab has no ufw; near it: iptables
        S_m$ _
    "#]].assert_eq(&text);
    // What has no terminal is not asked.
    let rule = "sudo iptables -I OUTPUT -p tcp --sport 5555 -j DROP";
    expect![[r#"
        $ sudo iptables -I OUTPUT -p tcp --sport 5555 -j DROP
        $ sudo iptables -S OUTPUT
        -P OUTPUT ACCEPT
        -A OUTPUT -p tcp -m tcp --sport 5555 -j DROP
        $ id
        uid=1000(student) gid=1000(student) groups=1000(student),27(sudo)
    "#]]
    .assert_eq(&trial.transcript(Server, &format!("{rule}\nsudo iptables -S OUTPUT\nid")));
}

#[test]
fn a_shell_below_has_what_its_terminal_has() {
    let lines = [
        "(sudo iptables -F)",
        "sh -c 'sudo iptables -F'",
        "for i in 1; do sudo iptables -F; done",
        "echo $(sudo iptables -F 2>&1)",
        "sudo iptables -F | cat",
        "A=1 sudo iptables -F",
    ];
    let (_, text) = types(Sudoers::Nobody, &lines);
    assert_eq!(text.matches("student is not in the sudoers file.").count(), lines.len(), "{text}");
    // A loop goes on when its terminal is closed, and may do no more than before.
    let mut trial = Trial::student_among(ProfileName::Linux, Sudoers::Nobody);
    trial
        .types(ServerThird, "while sleep 1; do sudo iptables -P INPUT DROP; done &")
        .types(ServerThird, "exit");
    trial.waits_ms(5000);
    assert!(
        trial.transcript(Server, "sudo iptables -S").starts_with("$ sudo iptables -S\n-P INPUT ACCEPT\n")
    );
}

#[test]
fn one_command_may_be_allowed() {
    let lines = ["sudo iptables -S", "sudo -l", "sudo tcpdump -c 1 -ni eth0", "tcpdump -c 1 -ni eth0"];
    let (_, text) = types(Sudoers::Tcpdump, &lines);
    expect![[r#"
        == server-lower
        S_m$ sudo iptables -S
        Sorry, user student is not allowed to execute '/usr/sbin/iptables -S' as root on S_m.
        S_m$ sudo -l
        Matching Defaults entries for student on S_m:
            env_reset, mail_badpass,
            secure_path=/usr/local/sbin\:/usr/local/bin\:/usr/sbin\:/usr/bin\:/sbin\:/bin,
            use_pty, !authenticate

        User student may run the following commands on S_m:
            (root) NOPASSWD: /usr/bin/tcpdump
        S_m$ sudo tcpdump -c 1 -ni eth0
        tcpdump: verbose output suppressed, use -v[v]... for full protocol decode
        listening on eth0, link-type EN10MB (Ethernet), snapshot length 262144 bytes
        > tcpdump -c 1 -ni eth0
    "#]]
    .assert_eq(&text);
}

#[test]
fn nothing_offers_a_sudo_that_would_be_refused() {
    let helps = |sudoers| types(sudoers, &["help"]).1.lines().filter(|line| line.contains("sudo ")).count();
    assert_eq!([Sudoers::All, Sudoers::Tcpdump, Sudoers::Nobody].map(helps), [7, 1, 0]);
    let tab = |sudoers| types(sudoers, &[]).0.complete(ServerLower, "sud").line;
    assert_eq!((tab(Sudoers::All), tab(Sudoers::Nobody)), ("sudo ".to_owned(), "sud".to_owned()));
}
