//! Texts of trace 19a-formats, less its IPv6 rows.

use super::options::Options;
use super::{Output, text};
use crate::files::Files;
use crate::names::Names;
use crate::tools::OnHost;
use crate::tools::testing::{trace_programs, trace_rows};
use crate::user::{Sudoers, User};
use expect_test::{Expect, expect};
use tcp_core::net::{HostId, World};
use tcp_core::tcp::ProfileName;

/// Runs lines on the rows of the trace.
fn check(lines: &str, expect: Expect) {
    let (rows, programs) = (trace_rows(), trace_programs());
    let mut world = World::new(ProfileName::Linux, 7);
    let mut files = Files::default();
    let here = OnHost {
        world: &mut world,
        files: &mut files,
        host: HostId::Client,
        user: User::Root,
        sudoers: Sudoers::All,
        names: Names::Unanswered,
        programs: &programs,
    };
    let mut seen = String::new();
    for line in lines.lines().map(str::trim) {
        let args: Vec<String> = line.split(' ').skip(1).map(str::to_owned).collect();
        seen += &format!("$ {line}\n");
        match Options::read(&args) {
            Ok(options) => seen += &text(&rows, &here, &options),
            Err(refusal) => {
                let output = Output::from(refusal);
                seen += &format!("{}{}[exit {}]\n", output.stdout, output.stderr, output.exit_code);
            }
        }
    }
    expect.assert_eq(&seen);
}

#[test]
fn the_article_s_table() {
    check(
        "netstat -nat",
        expect![[r#"
            $ netstat -nat
            Active Internet connections (servers and established)
            Proto Recv-Q Send-Q Local Address           Foreign Address         State      
            tcp        0      0 127.0.0.1:631           0.0.0.0:*               LISTEN     
            tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN     
            tcp        0      0 10.211.55.2:51484       10.211.55.10:80         TIME_WAIT  
            tcp        0      0 10.211.55.2:51578       10.211.55.10:80         ESTABLISHED
            tcp        0      0 10.211.55.2:51522       10.211.55.10:443        ESTABLISHED
            tcp        0      0 10.211.55.2:51524       10.211.55.10:443        ESTABLISHED
            tcp        0      0 10.211.55.2:51534       10.211.55.10:443        FIN_WAIT2  
            tcp        0      1 10.211.55.2:51522       10.211.55.10:9999       SYN_SENT   
            tcp        0      0 10.211.55.2:51566       10.211.55.10:5555       TIME_WAIT  
            tcp6       0      0 :::22                   :::*                    LISTEN     
            tcp6       0      0 fd00::2:51566           fd00::10:8443           ESTABLISHED
        "#]],
    );
}

#[test]
fn timers() {
    check(
        "netstat -nato",
        expect![[r#"
            $ netstat -nato
            Active Internet connections (servers and established)
            Proto Recv-Q Send-Q Local Address           Foreign Address         State       Timer
            tcp        0      0 127.0.0.1:631           0.0.0.0:*               LISTEN      off (0.00/0/0)
            tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN      off (0.00/0/0)
            tcp        0      0 10.211.55.2:51484       10.211.55.10:80         TIME_WAIT   timewait (59.09/0/0)
            tcp        0      0 10.211.55.2:51578       10.211.55.10:80         ESTABLISHED off (0.00/0/0)
            tcp        0      0 10.211.55.2:51522       10.211.55.10:443        ESTABLISHED off (0.00/0/0)
            tcp        0      0 10.211.55.2:51524       10.211.55.10:443        ESTABLISHED off (0.00/0/0)
            tcp        0      0 10.211.55.2:51534       10.211.55.10:443        FIN_WAIT2   timewait (59.09/0/0)
            tcp        0      1 10.211.55.2:51522       10.211.55.10:9999       SYN_SENT    on (0.49/0/0)
            tcp        0      0 10.211.55.2:51566       10.211.55.10:5555       TIME_WAIT   timewait (59.09/0/0)
            tcp6       0      0 :::22                   :::*                    LISTEN      off (0.00/0/0)
            tcp6       0      0 fd00::2:51566           fd00::10:8443           ESTABLISHED off (0.00/0/0)
        "#]],
    );
}

#[test]
fn programs() {
    check(
        "netstat -natp",
        expect![[r#"
            $ netstat -natp
            Active Internet connections (servers and established)
            Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name    
            tcp        0      0 127.0.0.1:631           0.0.0.0:*               LISTEN      15747/nc            
            tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN      15753/ncat          
            tcp        0      0 10.211.55.2:51484       10.211.55.10:80         TIME_WAIT   -                   
            tcp        0      0 10.211.55.2:51578       10.211.55.10:80         ESTABLISHED 15827/nc            
            tcp        0      0 10.211.55.2:51522       10.211.55.10:443        ESTABLISHED 15860/nc            
            tcp        0      0 10.211.55.2:51524       10.211.55.10:443        ESTABLISHED 15878/nc            
            tcp        0      0 10.211.55.2:51534       10.211.55.10:443        FIN_WAIT2   -                   
            tcp        0      1 10.211.55.2:51522       10.211.55.10:9999       SYN_SENT    16081/nc            
            tcp        0      0 10.211.55.2:51566       10.211.55.10:5555       TIME_WAIT   -                   
            tcp6       0      0 :::22                   :::*                    LISTEN      15753/ncat          
            tcp6       0      0 fd00::2:51566           fd00::10:8443           ESTABLISHED 15922/nc            
        "#]],
    );
}

#[test]
fn users_and_all_columns() {
    check(
        "netstat -naoe -t
         netstat -ateop",
        expect![[r#"
            $ netstat -naoe -t
            Active Internet connections (servers and established)
            Proto Recv-Q Send-Q Local Address           Foreign Address         State       User       Inode      Timer
            tcp        0      0 127.0.0.1:631           0.0.0.0:*               LISTEN      0          20001      off (0.00/0/0)
            tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN      0          20002      off (0.00/0/0)
            tcp        0      0 10.211.55.2:51484       10.211.55.10:80         TIME_WAIT   0          0          timewait (59.09/0/0)
            tcp        0      0 10.211.55.2:51578       10.211.55.10:80         ESTABLISHED 0          20004      off (0.00/0/0)
            tcp        0      0 10.211.55.2:51522       10.211.55.10:443        ESTABLISHED 0          20005      off (0.00/0/0)
            tcp        0      0 10.211.55.2:51524       10.211.55.10:443        ESTABLISHED 0          20006      off (0.00/0/0)
            tcp        0      0 10.211.55.2:51534       10.211.55.10:443        FIN_WAIT2   0          0          timewait (59.09/0/0)
            tcp        0      1 10.211.55.2:51522       10.211.55.10:9999       SYN_SENT    0          20008      on (0.49/0/0)
            tcp        0      0 10.211.55.2:51566       10.211.55.10:5555       TIME_WAIT   0          0          timewait (59.09/0/0)
            tcp6       0      0 :::22                   :::*                    LISTEN      0          20002      off (0.00/0/0)
            tcp6       0      0 fd00::2:51566           fd00::10:8443           ESTABLISHED 0          20011      off (0.00/0/0)
            $ netstat -ateop
            Active Internet connections (servers and established)
            Proto Recv-Q Send-Q Local Address           Foreign Address         State       User       Inode      PID/Program name     Timer
            tcp        0      0 localhost:ipp           0.0.0.0:*               LISTEN      root       20001      15747/nc             off (0.00/0/0)
            tcp        0      0 0.0.0.0:ssh             0.0.0.0:*               LISTEN      root       20002      15753/ncat           off (0.00/0/0)
            tcp        0      0 10.211.55.2:51484       10.211.55.10:http       TIME_WAIT   root       0          -                    timewait (59.09/0/0)
            tcp        0      0 10.211.55.2:51578       10.211.55.10:http       ESTABLISHED root       20004      15827/nc             off (0.00/0/0)
            tcp        0      0 10.211.55.2:51522       10.211.55.10:https      ESTABLISHED root       20005      15860/nc             off (0.00/0/0)
            tcp        0      0 10.211.55.2:51524       10.211.55.10:https      ESTABLISHED root       20006      15878/nc             off (0.00/0/0)
            tcp        0      0 10.211.55.2:51534       10.211.55.10:https      FIN_WAIT2   root       0          -                    timewait (59.09/0/0)
            tcp        0      1 10.211.55.2:51522       10.211.55.10:9999       SYN_SENT    root       20008      16081/nc             on (0.49/0/0)
            tcp        0      0 10.211.55.2:51566       10.211.55.10:5555       TIME_WAIT   root       0          -                    timewait (59.09/0/0)
            tcp6       0      0 [::]:ssh                [::]:*                  LISTEN      root       20002      15753/ncat           off (0.00/0/0)
            tcp6       0      0 fd00::2:51566           fd00::10:8443           ESTABLISHED root       20011      15922/nc             off (0.00/0/0)
        "#]],
    );
}

#[test]
fn names_of_ports() {
    check(
        "netstat -at",
        expect![[r#"
            $ netstat -at
            Active Internet connections (servers and established)
            Proto Recv-Q Send-Q Local Address           Foreign Address         State      
            tcp        0      0 localhost:ipp           0.0.0.0:*               LISTEN     
            tcp        0      0 0.0.0.0:ssh             0.0.0.0:*               LISTEN     
            tcp        0      0 10.211.55.2:51484       10.211.55.10:http       TIME_WAIT  
            tcp        0      0 10.211.55.2:51578       10.211.55.10:http       ESTABLISHED
            tcp        0      0 10.211.55.2:51522       10.211.55.10:https      ESTABLISHED
            tcp        0      0 10.211.55.2:51524       10.211.55.10:https      ESTABLISHED
            tcp        0      0 10.211.55.2:51534       10.211.55.10:https      FIN_WAIT2  
            tcp        0      1 10.211.55.2:51522       10.211.55.10:9999       SYN_SENT   
            tcp        0      0 10.211.55.2:51566       10.211.55.10:5555       TIME_WAIT  
            tcp6       0      0 [::]:ssh                [::]:*                  LISTEN     
            tcp6       0      0 fd00::2:51566           fd00::10:8443           ESTABLISHED
        "#]],
    );
}

#[test]
fn choices_of_rows() {
    check(
        "netstat -tn
         netstat -lnt
         netstat -ant4
         netstat -nat6
         netstat -u
         netstat -an
         netstat -xp
         netstat --tcp --all --numeric-ports",
        expect![[r#"
            $ netstat -tn
            Active Internet connections (w/o servers)
            Proto Recv-Q Send-Q Local Address           Foreign Address         State      
            tcp        0      0 10.211.55.2:51484       10.211.55.10:80         TIME_WAIT  
            tcp        0      0 10.211.55.2:51578       10.211.55.10:80         ESTABLISHED
            tcp        0      0 10.211.55.2:51522       10.211.55.10:443        ESTABLISHED
            tcp        0      0 10.211.55.2:51524       10.211.55.10:443        ESTABLISHED
            tcp        0      0 10.211.55.2:51534       10.211.55.10:443        FIN_WAIT2  
            tcp        0      1 10.211.55.2:51522       10.211.55.10:9999       SYN_SENT   
            tcp        0      0 10.211.55.2:51566       10.211.55.10:5555       TIME_WAIT  
            tcp6       0      0 fd00::2:51566           fd00::10:8443           ESTABLISHED
            $ netstat -lnt
            Active Internet connections (only servers)
            Proto Recv-Q Send-Q Local Address           Foreign Address         State      
            tcp        0      0 127.0.0.1:631           0.0.0.0:*               LISTEN     
            tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN     
            tcp6       0      0 :::22                   :::*                    LISTEN     
            $ netstat -ant4
            Active Internet connections (servers and established)
            Proto Recv-Q Send-Q Local Address           Foreign Address         State      
            tcp        0      0 127.0.0.1:631           0.0.0.0:*               LISTEN     
            tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN     
            tcp        0      0 10.211.55.2:51484       10.211.55.10:80         TIME_WAIT  
            tcp        0      0 10.211.55.2:51578       10.211.55.10:80         ESTABLISHED
            tcp        0      0 10.211.55.2:51522       10.211.55.10:443        ESTABLISHED
            tcp        0      0 10.211.55.2:51524       10.211.55.10:443        ESTABLISHED
            tcp        0      0 10.211.55.2:51534       10.211.55.10:443        FIN_WAIT2  
            tcp        0      1 10.211.55.2:51522       10.211.55.10:9999       SYN_SENT   
            tcp        0      0 10.211.55.2:51566       10.211.55.10:5555       TIME_WAIT  
            $ netstat -nat6
            Active Internet connections (servers and established)
            Proto Recv-Q Send-Q Local Address           Foreign Address         State      
            tcp6       0      0 :::22                   :::*                    LISTEN     
            tcp6       0      0 fd00::2:51566           fd00::10:8443           ESTABLISHED
            $ netstat -u
            Active Internet connections (w/o servers)
            Proto Recv-Q Send-Q Local Address           Foreign Address         State      
            $ netstat -an
            Active Internet connections (servers and established)
            Proto Recv-Q Send-Q Local Address           Foreign Address         State      
            tcp        0      0 127.0.0.1:631           0.0.0.0:*               LISTEN     
            tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN     
            tcp        0      0 10.211.55.2:51484       10.211.55.10:80         TIME_WAIT  
            tcp        0      0 10.211.55.2:51578       10.211.55.10:80         ESTABLISHED
            tcp        0      0 10.211.55.2:51522       10.211.55.10:443        ESTABLISHED
            tcp        0      0 10.211.55.2:51524       10.211.55.10:443        ESTABLISHED
            tcp        0      0 10.211.55.2:51534       10.211.55.10:443        FIN_WAIT2  
            tcp        0      1 10.211.55.2:51522       10.211.55.10:9999       SYN_SENT   
            tcp        0      0 10.211.55.2:51566       10.211.55.10:5555       TIME_WAIT  
            tcp6       0      0 :::22                   :::*                    LISTEN     
            tcp6       0      0 fd00::2:51566           fd00::10:8443           ESTABLISHED
            Active UNIX domain sockets (servers and established)
            Proto RefCnt Flags       Type       State         I-Node   Path
            $ netstat -xp
            Active UNIX domain sockets (w/o servers)
            Proto RefCnt Flags       Type       State         I-Node   PID/Program name     Path
            $ netstat --tcp --all --numeric-ports
            Active Internet connections (servers and established)
            Proto Recv-Q Send-Q Local Address           Foreign Address         State      
            tcp        0      0 localhost:631           0.0.0.0:*               LISTEN     
            tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN     
            tcp        0      0 10.211.55.2:51484       10.211.55.10:80         TIME_WAIT  
            tcp        0      0 10.211.55.2:51578       10.211.55.10:80         ESTABLISHED
            tcp        0      0 10.211.55.2:51522       10.211.55.10:443        ESTABLISHED
            tcp        0      0 10.211.55.2:51524       10.211.55.10:443        ESTABLISHED
            tcp        0      0 10.211.55.2:51534       10.211.55.10:443        FIN_WAIT2  
            tcp        0      1 10.211.55.2:51522       10.211.55.10:9999       SYN_SENT   
            tcp        0      0 10.211.55.2:51566       10.211.55.10:5555       TIME_WAIT  
            tcp6       0      0 [::]:22                 [::]:*                  LISTEN     
            tcp6       0      0 fd00::2:51566           fd00::10:8443           ESTABLISHED
        "#]],
    );
}

#[test]
fn a_typographic_dash_is_a_word_that_is_ignored() {
    check(
        "netstat –nat",
        expect![[r#"
            $ netstat –nat
            Active Internet connections (w/o servers)
            Proto Recv-Q Send-Q Local Address           Foreign Address         State      
            tcp        0      0 10.211.55.2:51484       10.211.55.10:http       TIME_WAIT  
            tcp        0      0 10.211.55.2:51578       10.211.55.10:http       ESTABLISHED
            tcp        0      0 10.211.55.2:51522       10.211.55.10:https      ESTABLISHED
            tcp        0      0 10.211.55.2:51524       10.211.55.10:https      ESTABLISHED
            tcp        0      0 10.211.55.2:51534       10.211.55.10:https      FIN_WAIT2  
            tcp        0      1 10.211.55.2:51522       10.211.55.10:9999       SYN_SENT   
            tcp        0      0 10.211.55.2:51566       10.211.55.10:5555       TIME_WAIT  
            tcp6       0      0 fd00::2:51566           fd00::10:8443           ESTABLISHED
            Active UNIX domain sockets (w/o servers)
            Proto RefCnt Flags       Type       State         I-Node   Path
        "#]],
    );
}

#[test]
fn mistakes() {
    check(
        "netstat -Q
         netstat --num
         netstat -A foo
         netstat -M
         netstat -g",
        expect![[r#"
            $ netstat -Q
            netstat: invalid option -- 'Q'
            usage: netstat [-vWeenNcCF] [<Af>] -r         netstat {-V|--version|-h|--help}
                   netstat [-vWnNcaeol] [<Socket> ...]
                   netstat { [-vWeenNac] -i | [-cnNe] -M | -s [-6tuw] }

                    -r, --route              display routing table
                    -i, --interfaces         display interface table
                    -g, --groups             display multicast group memberships
                    -s, --statistics         display networking statistics (like SNMP)
                    -M, --masquerade         display masqueraded connections

                    -v, --verbose            be verbose
                    -W, --wide               don't truncate IP addresses
                    -n, --numeric            don't resolve names
                    --numeric-hosts          don't resolve host names
                    --numeric-ports          don't resolve port names
                    --numeric-users          don't resolve user names
                    -N, --symbolic           resolve hardware names
                    -e, --extend             display other/more information
                    -p, --programs           display PID/Program name for sockets
                    -o, --timers             display timers
                    -c, --continuous         continuous listing

                    -l, --listening          display listening server sockets
                    -a, --all                display all sockets (default: connected)
                    -F, --fib                display Forwarding Information Base (default)
                    -C, --cache              display routing cache instead of FIB
                    -Z, --context            display SELinux security context for sockets

              <Socket>={-t|--tcp} {-u|--udp} {-U|--udplite} {-S|--sctp} {-w|--raw}
                       {-x|--unix} --ax25 --ipx --netrom
              <AF>=Use '-6|-4' or '-A <af>' or '--<af>'; default: inet
              List of possible address families (which support routing):
                inet (DARPA Internet) inet6 (IPv6) ax25 (AMPR AX.25) 
                netrom (AMPR NET/ROM) rose (AMPR ROSE) ipx (Novell IPX) 
                ddp (Appletalk DDP) x25 (CCITT X.25) 
            [exit 3]
            $ netstat --num
            netstat: option '--num' is ambiguous; possibilities: '--numeric' '--numeric-hosts' '--numeric-ports' '--numeric-users'
            usage: netstat [-vWeenNcCF] [<Af>] -r         netstat {-V|--version|-h|--help}
                   netstat [-vWnNcaeol] [<Socket> ...]
                   netstat { [-vWeenNac] -i | [-cnNe] -M | -s [-6tuw] }

                    -r, --route              display routing table
                    -i, --interfaces         display interface table
                    -g, --groups             display multicast group memberships
                    -s, --statistics         display networking statistics (like SNMP)
                    -M, --masquerade         display masqueraded connections

                    -v, --verbose            be verbose
                    -W, --wide               don't truncate IP addresses
                    -n, --numeric            don't resolve names
                    --numeric-hosts          don't resolve host names
                    --numeric-ports          don't resolve port names
                    --numeric-users          don't resolve user names
                    -N, --symbolic           resolve hardware names
                    -e, --extend             display other/more information
                    -p, --programs           display PID/Program name for sockets
                    -o, --timers             display timers
                    -c, --continuous         continuous listing

                    -l, --listening          display listening server sockets
                    -a, --all                display all sockets (default: connected)
                    -F, --fib                display Forwarding Information Base (default)
                    -C, --cache              display routing cache instead of FIB
                    -Z, --context            display SELinux security context for sockets

              <Socket>={-t|--tcp} {-u|--udp} {-U|--udplite} {-S|--sctp} {-w|--raw}
                       {-x|--unix} --ax25 --ipx --netrom
              <AF>=Use '-6|-4' or '-A <af>' or '--<af>'; default: inet
              List of possible address families (which support routing):
                inet (DARPA Internet) inet6 (IPv6) ax25 (AMPR AX.25) 
                netrom (AMPR NET/ROM) rose (AMPR ROSE) ipx (Novell IPX) 
                ddp (Appletalk DDP) x25 (CCITT X.25) 
            [exit 3]
            $ netstat -A foo
            Unknown address family `foo'.
            [exit 1]
            $ netstat -M
            netstat: no support for `ip_masquerade' on this system.
            [exit 1]
            $ netstat -g
            netstat: this lab does not have multicast groups (-g).
            [exit 1]
        "#]],
    );
}
