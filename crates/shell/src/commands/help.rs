//! What `help` and `man` print.

use crate::tools::Output;

/// `help` on a host.
pub(crate) const HOST: &str = "\
Programs (Ctrl-C ends one, Ctrl-D ends its input):
  nc -l 5555                    wait for a connection on port 5555
  nc 10.211.55.10 5555          connect to S_m; then type lines, they are sent
  nc -v, -p PORT, -k, -w SEC    say what happens, own port, keep listening, patience
  nc.traditional, ncat          two other netcats with other habits
  app                           one socket call a line, for example: a socket
  firefox http://acc.digital    a browser with several connections
To observe:
  netstat -nat | grep 5555      the connections and their states
  netstat -nato, ss -tano       the same with timers
  date; ip addr show; ps        the host's clock, addresses, programs
To interfere:
  sudo iptables -I OUTPUT -p tcp --dport 5555 --tcp-flags SYN,ACK,FIN,RST SYN -j DROP
  sudo iptables -L OUTPUT -vn   the rules, with how much each dropped
  sudo iptables -D OUTPUT ...   the same rule again, deleted (or -F: all)
  sysctl -a                     the constants of this host's TCP
  kill PID, killall nc          end a program from another terminal
The shell knows ; && || | & quotes, history, clear, Tab and man COMMAND.
";

/// `help` on the network.
pub(crate) const NETWORK: &str = "\
Between the hosts, behind both firewalls:
  drop FROM FLAGS [LEN [COUNT]]       lose segments, for example: drop server SA
  undrop FROM FLAGS [LEN]             drop them no longer
  duplicate FROM FLAGS [LEN [COUNT]]  deliver them twice
  delay [FROM] MS                     one way, for example: delay 400
  show                                what is set
  clear                               lose and duplicate nothing any more
FROM is client or server. FLAGS are exactly these of S, A, F and R, or *.
LEN is 0 (empty), + (with data) or * (any). COUNT is how many, -1 for ever.
";

/// One line on each command.
const PAGES: [(&str, &str); 21] = [
    (
        "nc",
        "nc [-lkvnzdNC] [-p port] [-s addr] [-w sec] [-q sec] [host] port: connect, or wait with -l; nc -h tells more",
    ),
    (
        "nc.traditional",
        "nc.traditional [-lvnz] [-p port] [-w sec] [host] [port]: the original netcat; -l needs -p",
    ),
    ("ncat", "ncat [-lkvn] [-p port] [-w sec] [host] [port]: the netcat of Nmap"),
    (
        "app",
        "app: reads SOCKET CALL ARGS, with the calls socket, reuseaddr, bind, listen, accept, connect, send, recv, sendloop, drain, shutdown, linger, soerror, close",
    ),
    ("firefox", "firefox URL: two connections to port 80 and four to port 443, until Ctrl-C"),
    ("sleep", "sleep SECONDS: waits"),
    ("iptables", "iptables -I|-A|-D|-L|-S|-F|-Z|-P CHAIN ...: the firewall of this host"),
    ("netstat", "netstat -nat[op]: connections and their states; -o timers, -p programs, -l listeners only"),
    ("ss", "ss -tan[o]: connections and their states, the newer netstat"),
    ("date", "date: the host's date and time, in its zone"),
    ("ip", "ip addr show: the host's addresses"),
    ("sysctl", "sysctl -a, sysctl NAME, sysctl -w NAME=VALUE: constants of this host's TCP"),
    ("grep", "COMMAND | grep [-v] [-i] [-E] PATTERN: only the lines that fit"),
    ("kill", "kill [-SIGNAL] PID|%JOB: SIGTERM, or another of INT, KILL, STOP, CONT"),
    ("killall", "killall [-SIGNAL] NAME: all programs of that name on this host"),
    ("ps", "ps: the programs that run on this host"),
    ("clear", "clear: empties the screen"),
    ("history", "history: the lines typed here"),
    ("sudo", "sudo COMMAND: the same as COMMAND, you may do everything here"),
    ("echo", "echo WORDS: prints them; echo $? is the exit code of the last command"),
    ("sh", "sh -c \"COMMANDS\": runs them"),
];

/// `man NAME`
pub(crate) fn man(args: &[String]) -> Output {
    let Some(name) = args.iter().find(|word| !word.bytes().all(|b| b.is_ascii_digit() || b == b'-')) else {
        return Output::err("What manual page do you want?\nFor example, try 'man nc'.\n", 1);
    };
    let page = PAGES.iter().find(|(known, _)| known == name);
    page.map_or_else(
        || Output::err(format!("No manual entry for {name}\n"), 16),
        |(_, text)| Output::ok(format!("{text}\n")),
    )
}
