//! The commands of a host.

use super::{Builtin, Command, Line, PLAIN, Run, Section, Unfinished, help};
use crate::output::{Output, Refusal};
use crate::program::{
    app, browser, endless, fetch, hping, httpd, nc, ncat, ping, sleep, tcpdump, telnet, traditional,
};
use crate::tools::{
    condition, date, dmesg, expr, files, filter, host, iptables, lsof, netstat, nstat, route, small, ss,
    sysctl, tc, words,
};
use Section::{Interfere, Observe, Programs};

/// Directory of most commands.
const USER: &str = "/usr/bin";
/// Directory of the administrator's commands.
const SYSTEM: &str = "/usr/sbin";

/// Options of a netcat that need an argument.
const NETCAT: Unfinished = Unfinished::After("-p -w -s -q -i");

/// All commands of a host: programs, tools that observe, tools that interfere, filters, small tools, and the shell's
/// built-ins.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "nc",
        aliases: &["nc.openbsd", "netcat"],
        place: USER,
        usage: "nc [-lkvnzdNC] [-p port] [-s addr] [-w sec] [-q sec] [-i sec] [host] port",
        page: "connect, or wait with -l; nc -h tells more",
        help: &[
            Line(Programs, "nc -l 5555", "wait for a connection on port 5555"),
            Line(Programs, "nc 10.211.55.10 5555", "connect to S_m; then type lines, they are sent"),
            Line(
                Programs,
                "nc -v, -p PORT, -k, -w SEC",
                "say what happens, own port, keep listening, patience",
            ),
        ],
        words_after: "-l -v -n -k -p -w -d -N -z 10.211.55.10 10.211.55.2 5555",
        unfinished: NETCAT,
        run: Run::Program(nc::begin),
        ..PLAIN
    },
    Command {
        name: "nc.traditional",
        place: USER,
        usage: "nc.traditional [-lvnzC] [-p port] [-s addr] [-w sec] [-q sec] [-i sec] [host] [ports]",
        page: "the original netcat; -l needs -p; -h tells more",
        help: &[Line(Programs, "nc.traditional, ncat", "two other netcats with other habits")],
        words_after: "-l -p -v -n -w 10.211.55.10 5555",
        unfinished: NETCAT,
        run: Run::Program(traditional::begin),
        ..PLAIN
    },
    Command {
        name: "ncat",
        place: USER,
        usage: "ncat [-lkvnzC] [-p port] [-s addr] [-w time] [-i time] [-m conns] [host] [port]",
        page: "the netcat of Nmap; -h lists its long options",
        words_after: "-l -k -p -v -n 10.211.55.10 5555",
        unfinished: NETCAT,
        run: Run::Program(ncat::begin),
        ..PLAIN
    },
    Command {
        name: "ping",
        place: USER,
        usage: "ping [-nqOD] [-c COUNT] [-i SEC] [-W SEC] [-w SEC] [-s OCTETS] HOST",
        page: "asks a host by ICMP echo whether it is there, until Ctrl-C",
        help: &[Line(Programs, "ping, telnet, curl, wget", "ask a host, or a server, in other ways")],
        words_after: "-c 4 10.211.55.10 10.211.55.2 acc.digital",
        run: Run::Program(ping::begin),
        ..PLAIN
    },
    Command {
        name: "hping3",
        place: SYSTEM,
        usage: "hping3 [-SAFRP] [-p [+]PORT] [-c COUNT] [-i uMICROSECONDS] [--flood] [-a SOURCE] [--rand-source] HOST",
        page: "sends segments that it makes itself, as a SYN flood does; needs sudo. --flood sends one in a millisecond here",
        words_after: "-S -p 5555 -c 1 -i u10000 --flood -a --rand-source 10.211.55.10",
        long_options: "flood rand-source",
        run: Run::Program(hping::begin),
        ..PLAIN
    },
    Command {
        name: "telnet",
        place: USER,
        usage: "telnet HOST [PORT]",
        page: "connects, sends what you type line by line and shows what comes; a line of ^] and then quit or close ends it",
        words_after: "10.211.55.10 5555",
        run: Run::Program(telnet::begin),
        ..PLAIN
    },
    Command {
        name: "curl",
        place: USER,
        usage: "curl [-svIif] [-o FILE] [-m SEC] [--connect-timeout SEC] [-w FORMAT] [-X METHOD] [-d DATA] [-H HEADER] URL",
        page: "asks a web server for a page and shows it; -v says what happens, -I asks for the head only, -s is silent. \
            There is no TLS: only http://",
        words_after: "-v -s -I -o -m --connect-timeout http://10.211.55.10 http://acc.digital",
        run: Run::Program(fetch::curl::begin),
        ..PLAIN
    },
    Command {
        name: "wget",
        place: USER,
        usage: "wget [-q] [-O FILE] [-T SEC] [-t TRIES] [--spider] URL",
        page: "saves a page in a file; -O - shows it",
        words_after: "-q -O - http://10.211.55.10 http://acc.digital",
        run: Run::Program(fetch::wget::begin),
        ..PLAIN
    },
    Command {
        name: "app",
        place: USER,
        usage: "app",
        page: "reads SOCKET CALL ARGS, with the calls socket, reuseaddr, bind, listen, accept, connect, send, recv, sendloop, drain, shutdown, linger, keepalive, keepidle, keepintvl, keepcnt, soerror, close",
        help: &[Line(Programs, "app", "one socket call a line, for example: a socket")],
        run: Run::Program(app::begin),
        ..PLAIN
    },
    Command {
        name: "firefox",
        aliases: &["chromium", "google-chrome", "xdg-open"],
        place: USER,
        usage: "firefox URL",
        page: "two connections to port 80 and four to port 443, until Ctrl-C",
        help: &[Line(Programs, "firefox http://acc.digital", "a browser with several connections")],
        words_after: "http://acc.digital",
        run: Run::Program(browser::begin),
        ..PLAIN
    },
    Command {
        name: "sleep",
        place: USER,
        usage: "sleep SECONDS",
        page: "waits",
        run: Run::Program(sleep::begin),
        ..PLAIN
    },
    Command {
        name: "httpd",
        place: SYSTEM,
        usage: "httpd",
        page: "a web server on ports 80 and 443 that reads and says nothing; these ports need sudo",
        run: Run::Program(httpd::begin),
        ..PLAIN
    },
    Command {
        name: "netstat",
        place: USER,
        usage: "netstat -nat[op]",
        page: "connections and their states; -o timers, -p programs, -l listeners only, -s counters, -i interfaces, -r routes, -c once a second",
        help: &[
            Line(Observe, "netstat -nat | grep 5555", "the connections and their states"),
            Line(Observe, "netstat -nato, ss -tano", "the same with timers"),
        ],
        words_after: "-nat -nato -natp -lnt -s -i",
        run: Run::Tool(netstat::run),
        ..PLAIN
    },
    Command {
        name: "ss",
        place: USER,
        usage: "ss -tan[opieK] [state STATE] [EXPRESSION]",
        page: "connections and their states, the newer netstat. EXPRESSION is as in '( dport = :5555 or src 10.211.55.2 )', with \
            and, or, not, and = != < > <= >= before a port; -K ends what it lists (sudo). -i shows rto, rtt, mss, cwnd, \
            octets and segments of each connection, and what is out. It has no pacing_rate, delivery_rate, delivered, busy, \
            rcv_space, rcv_ssthresh, reordering and dsack_dups: the lab does not keep them",
        words_after: "-tan -tano -ltn -s -ti -tnoi state established time-wait syn-sent syn-recv listening dport sport src dst",
        run: Run::Tool(ss::run),
        ..PLAIN
    },
    Command {
        name: "nstat",
        place: USER,
        usage: "nstat [-azsrnj] [PATTERN]",
        page: "what the kernel has counted since you last asked, by its own names; -a from the beginning, -z also what is 0, -s \
            without remembering, -r as if never asked, -n remembers only. PATTERN is as in 'TcpExt*'",
        words_after: "-az -s -r TcpRetransSegs TcpExtListenOverflows TcpExtListenDrops",
        run: Run::Tool(nstat::run),
        ..PLAIN
    },
    Command {
        name: "tcpdump",
        place: USER,
        usage: "tcpdump [-i any|eth0|lo] [-nvqSetAxX] [-c COUNT] [-l] [-w FILE] [-r FILE] [FILTER]",
        page: "what passes this host's interfaces, until Ctrl-C; needs sudo. It sees what OUTPUT let pass, and what comes in \
            before INPUT; no ARP. FILTER is as in pcap-filter(7): tcp port 5555 and not src host S_m. Not as on a real host: \
            identifications and the beginning of timestamps are made up, and checksums are never left to the card",
        help: &[Line(
            Observe,
            "sudo tcpdump -i any port 5555",
            "each segment as it passes this host; Ctrl-C ends it",
        )],
        words_after: "-i any eth0 lo -n -nn -v -S -c -A -X -w -r -l port 5555 host tcp icmp src dst and or not",
        long_options: "interface count version",
        unfinished: Unfinished::After("-i -c -w -r -s -Q"),
        run: Run::Program(tcpdump::begin),
        ..PLAIN
    },
    Command {
        name: "date",
        place: USER,
        usage: "date",
        page: "the host's date and time, in its zone",
        help: &[Line(Observe, "date; ip addr show; ps", "the host's clock, addresses, programs")],
        run: Run::Tool(date::run),
        ..PLAIN
    },
    Command {
        name: "ip",
        place: SYSTEM,
        usage: "ip addr [add|del ADDRESS/PREFIX dev eth0], ip link [set eth0 up|down], ip route, ip neigh",
        page: "the host's addresses, interfaces and routes; changes need sudo, and what goes down loses its default route",
        help: &[
            Line(Interfere, "sudo ip link set eth0 down", "unplug the host; up plugs it in again"),
            Line(Interfere, "sudo ip addr add ...", "one more address of this host, for nc -s; man ip"),
        ],
        words_after: "addr show route link set add del dev eth0 up down default via",
        run: Run::Tool(route::ip),
        ..PLAIN
    },
    Command {
        name: "ifconfig",
        place: USER,
        usage: "ifconfig [-a] [eth0|lo] [up|down]",
        page: "the host's interfaces and what went through them; up and down need sudo",
        run: Run::Tool(route::ifconfig),
        ..PLAIN
    },
    Command {
        name: "tc",
        place: SYSTEM,
        usage: "tc [-s] qdisc [show] [dev eth0|lo], tc qdisc add|change|replace dev eth0 root netem OPTIONS, tc qdisc del dev eth0 root",
        page: "netem delays (delay TIME [JITTER]), loses (loss PERCENT), duplicates and reorders what the host sends, before \
            tcpdump sees it; changes need sudo, and -s counts what was dropped. The network's console does the same on the wire",
        help: &[Line(
            Interfere,
            "sudo tc qdisc add ...",
            "delay or lose what leaves, before tcpdump; man tc",
        )],
        words_after: "qdisc show add change replace del dev eth0 lo root netem delay loss duplicate reorder limit -s",
        run: Run::Tool(tc::tc),
        ..PLAIN
    },
    Command {
        name: "route",
        place: USER,
        usage: "route [-n]",
        page: "where the host sends packets for which network",
        run: Run::Tool(route::route),
        ..PLAIN
    },
    Command {
        name: "ps",
        usage: "ps [-ef]",
        page: "your programs on this host; -e everybody's, -f with their users",
        run: Run::Builtin(Builtin::Ps),
        ..PLAIN
    },
    Command {
        name: "iptables",
        place: SYSTEM,
        usage: "iptables -I|-A|-D|-L|-S|-F|-Z|-P|-N|-X|-E CHAIN ...",
        page: "the firewall of this host; needs sudo, also to look. Matches (-m): tcp, udp, icmp, multiport, state, conntrack, \
            length, limit, connlimit, statistic, comment. Targets (-j): ACCEPT, DROP, REJECT, LOG, RETURN, own chains",
        help: &[
            Line(
                Interfere,
                "sudo iptables -I OUTPUT -p tcp --dport 5555 --tcp-flags SYN,ACK,FIN,RST SYN -j DROP",
                "",
            ),
            Line(Interfere, "sudo iptables -L OUTPUT -vn", "the rules, with how much each dropped"),
            Line(Interfere, "sudo iptables -D OUTPUT ...", "the same rule again, deleted (or -F: all)"),
        ],
        words_after: "-I -A -D -L -S -F -Z -P -N -X -E -p -s -d -j -m -n -v -vn --dport --sport --tcp-flags --line-numbers \
            --reject-with --limit --limit-burst --state --ctstate --comment --length --mode --every --packet --probability \
            --connlimit-above --log-prefix \
            state conntrack comment connlimit length limit statistic NEW ESTABLISHED RELATED INVALID nth random INPUT OUTPUT DROP REJECT ACCEPT RETURN LOG tcp SYN,ACK,FIN,RST SYN SYN,ACK ACK FIN RST \
            tcp-reset multiport 5555",
        long_options: "dport sport dports sports destination-port source-port tcp-flags syn reject-with \
            state ctstate comment length limit limit-burst mode probability every packet connlimit-above connlimit-upto \
            connlimit-mask connlimit-saddr connlimit-daddr tcp-option log-prefix log-level log-tcp-sequence log-tcp-options \
            log-ip-options log-uid line-numbers help version",
        unfinished: Unfinished::Rule(
            "-p -s -d -i -o -j -m --dport --sport --dports --sports --reject-with -t --tcp-flags --state --ctstate \
            --comment --length --icmp-type --limit --limit-burst --mode --probability --every --packet --connlimit-above \
            --connlimit-upto --connlimit-mask --tcp-option --log-prefix --log-level -N -E -g",
        ),
        run: Run::Tool(iptables::run),
        ..PLAIN
    },
    Command {
        name: "iptables-save",
        place: SYSTEM,
        usage: "iptables-save [-c]",
        page: "the firewall of this host as text; -c with counters; needs sudo",
        run: Run::Tool(iptables::save),
        ..PLAIN
    },
    Command {
        name: "iptables-restore",
        place: SYSTEM,
        usage: "iptables-restore [-n] [-t] [-v] [FILE]",
        page: "the firewall as iptables-save wrote it, all of it or nothing; -n adds to it; needs sudo",
        run: Run::Reader(iptables::restore),
        ..PLAIN
    },
    Command {
        name: "dmesg",
        place: USER,
        usage: "dmesg [-T] [-t] [-l LEVEL]",
        page: "what the kernel says: packets that a rule logs (iptables -j LOG), and a SYN flood; needs sudo",
        run: Run::Tool(dmesg::run),
        ..PLAIN
    },
    Command {
        name: "sysctl",
        place: SYSTEM,
        usage: "sysctl -a, sysctl NAME, sysctl -w NAME=VALUE",
        page: "constants of this host's TCP; -w needs sudo",
        help: &[Line(Interfere, "sysctl -a", "the constants of this host's TCP")],
        words_after: "-a -w net.ipv4.tcp_syn_retries net.ipv4.tcp_syn_linear_timeouts net.ipv4.tcp_synack_retries \
            net.ipv4.tcp_retries2 net.ipv4.tcp_orphan_retries net.ipv4.tcp_fin_timeout net.ipv4.tcp_keepalive_time \
            net.ipv4.tcp_keepalive_intvl net.ipv4.tcp_keepalive_probes \
            net.ipv4.tcp_syncookies net.ipv4.tcp_abort_on_overflow net.ipv4.tcp_max_syn_backlog net.ipv4.tcp_max_tw_buckets \
            net.ipv4.ip_local_port_range net.core.somaxconn",
        run: Run::Tool(sysctl::run),
        ..PLAIN
    },
    Command {
        name: "kill",
        place: USER,
        usage: "kill [-SIGNAL] PID|%JOB",
        page: "SIGTERM, or another of INT, KILL, STOP, CONT",
        help: &[Line(Interfere, "kill PID, killall nc", "end a program from another terminal")],
        run: Run::Builtin(Builtin::Kill),
        ..PLAIN
    },
    Command {
        name: "killall",
        usage: "killall [-SIGNAL] NAME",
        page: "all programs of that name on this host",
        run: Run::Builtin(Builtin::KillByName),
        ..PLAIN
    },
    Command {
        name: "pgrep",
        aliases: &["pkill"],
        place: USER,
        usage: "pgrep [-lafxcnoiv] [-u USER] PATTERN, pkill [-SIGNAL] [-fxnoie] PATTERN",
        page: "the programs whose names fit, -f whose lines do; -n the newest, -o the oldest, -x exactly; pkill signals them",
        words_after: "-l -a -f -x -n nc",
        run: Run::Builtin(Builtin::Pgrep),
        ..PLAIN
    },
    Command {
        name: "pidof",
        place: USER,
        usage: "pidof [-s] NAME",
        page: "the numbers of the programs of that name, the newest first",
        run: Run::Builtin(Builtin::Pidof),
        ..PLAIN
    },
    Command {
        name: "fuser",
        place: USER,
        usage: "fuser [-vuk] [-SIGNAL] PORT/tcp, fuser -n tcp PORT",
        page: "who holds a port; -v with names, -k kills them. Of others' programs it needs sudo to see them",
        words_after: "5555/tcp -v -k -n",
        run: Run::Builtin(Builtin::Fuser),
        ..PLAIN
    },
    Command {
        name: "lsof",
        place: USER,
        usage: "lsof [-i [4|6][tcp][@HOST][:PORT]] [-s tcp:STATE] [-p PID] [-c NAME] [-u USER] [-nPta]",
        page: "open files and sockets of programs; -n and -P numbers, -t only the programs' numbers, -a all conditions together. \
            Of others' programs it needs sudo to see them",
        help: &[Line(Observe, "lsof -i :5555", "who holds a port; also fuser, pgrep, ps")],
        words_after: "-i :5555 -iTCP -sTCP:LISTEN -nP -p -t",
        run: Run::Tool(lsof::run),
        ..PLAIN
    },
    Command {
        name: "grep",
        place: USER,
        usage: "COMMAND | grep [-v] [-i] [-E] PATTERN",
        page: "only the lines that fit",
        unfinished: Unfinished::WithoutOperand,
        run: Run::Filter(filter::grep),
        ..PLAIN
    },
    Command {
        name: "egrep",
        place: USER,
        usage: "COMMAND | egrep PATTERN",
        page: "the same as grep -E",
        run: Run::Filter(filter::egrep),
        ..PLAIN
    },
    Command {
        name: "fgrep",
        place: USER,
        usage: "COMMAND | fgrep TEXT",
        page: "the same as grep -F",
        run: Run::Filter(filter::fgrep),
        ..PLAIN
    },
    Command {
        name: "head",
        place: USER,
        usage: "COMMAND | head [-n LINES]",
        page: "the first lines",
        run: Run::Filter(filter::head),
        ..PLAIN
    },
    Command {
        name: "tail",
        place: USER,
        usage: "COMMAND | tail [-n LINES]",
        page: "the last lines",
        run: Run::Filter(filter::tail),
        ..PLAIN
    },
    Command {
        name: "awk",
        place: USER,
        usage: "COMMAND | awk [-F SEPARATOR] [-v NAME=VALUE] 'PROGRAM'",
        page: "counts and prints fields of lines, as in '{print $6}'",
        unfinished: Unfinished::WithoutOperand,
        run: Run::Filter(filter::awk),
        ..PLAIN
    },
    Command {
        name: "sort",
        place: USER,
        usage: "COMMAND | sort [-rnufbs] [-k FIELD[,FIELD]] [-t SEPARATOR]",
        page: "the lines in order, or by a field",
        run: Run::Filter(filter::sort),
        ..PLAIN
    },
    Command {
        name: "uniq",
        place: USER,
        usage: "COMMAND | uniq [-cdu]",
        page: "equal lines that follow each other once",
        run: Run::Filter(filter::uniq),
        ..PLAIN
    },
    Command {
        name: "cut",
        place: USER,
        usage: "COMMAND | cut -d SEPARATOR -f FIELDS",
        page: "some fields or letters of each line",
        run: Run::Filter(filter::cut),
        ..PLAIN
    },
    Command {
        name: "tr",
        place: USER,
        usage: "COMMAND | tr [-cds] LETTERS [LETTERS]",
        page: "other letters in place of some, or none",
        run: Run::Filter(filter::tr),
        ..PLAIN
    },
    Command {
        name: "sed",
        place: USER,
        usage: "COMMAND | sed [-nE] 's/PATTERN/TEXT/g'",
        page: "other text in place of what fits, or only some lines: -n 5p, 2d, /PATTERN/p",
        unfinished: Unfinished::WithoutOperand,
        run: Run::Filter(filter::sed),
        ..PLAIN
    },
    Command {
        name: "column",
        place: USER,
        usage: "COMMAND | column -t [-s LETTERS]",
        page: "the fields below each other",
        run: Run::Filter(filter::column),
        ..PLAIN
    },
    Command {
        name: "nl",
        place: USER,
        usage: "COMMAND | nl",
        page: "the lines with numbers",
        run: Run::Filter(filter::nl),
        ..PLAIN
    },
    Command {
        name: "less",
        place: USER,
        usage: "COMMAND | less",
        page: "all of it: the terminal can be scrolled",
        run: Run::Filter(filter::pager),
        ..PLAIN
    },
    Command {
        name: "more",
        place: USER,
        usage: "COMMAND | more",
        page: "all of it: the terminal can be scrolled",
        run: Run::Filter(filter::pager),
        ..PLAIN
    },
    Command {
        name: "wc",
        place: USER,
        usage: "COMMAND | wc [-lwcm]",
        page: "how many lines, words and octets",
        run: Run::Filter(filter::wc),
        ..PLAIN
    },
    Command {
        name: "cat",
        place: USER,
        usage: "cat [-nAET] /proc/sys/net/ipv4/NAME, or behind a pipe",
        page: "the lines as they are, or with what cannot be seen",
        run: Run::Filter(filter::cat),
        ..PLAIN
    },
    Command {
        name: "tee",
        place: USER,
        usage: "COMMAND | tee [-a] FILE",
        page: "the lines as they are, also into a file; -a at its end",
        run: Run::Reader(files::tee),
        ..PLAIN
    },
    Command {
        name: "hostname",
        place: USER,
        usage: "hostname [-I]",
        page: "the host's name, or its address",
        run: Run::Tool(host::hostname),
        ..PLAIN
    },
    Command {
        name: "uname",
        place: USER,
        usage: "uname [-a]",
        page: "the kernel that this host imitates",
        run: Run::Tool(host::uname),
        ..PLAIN
    },
    Command {
        name: "uptime",
        place: USER,
        usage: "uptime",
        page: "the time, and how long the host has run",
        run: Run::Tool(host::uptime),
        ..PLAIN
    },
    Command {
        name: "whoami",
        place: USER,
        usage: "whoami",
        page: "who types",
        run: Run::Tool(host::whoami),
        ..PLAIN
    },
    Command {
        name: "id",
        place: USER,
        usage: "id",
        page: "who types, and the groups",
        run: Run::Tool(host::id),
        ..PLAIN
    },
    Command {
        name: "pwd",
        place: USER,
        usage: "pwd",
        page: "the directory; there is no cd",
        run: Run::Tool(host::pwd),
        ..PLAIN
    },
    Command {
        name: "ls",
        place: USER,
        usage: "ls [-l] [NAME]",
        page: "the files of this host, which it keeps in memory",
        run: Run::Tool(files::ls),
        ..PLAIN
    },
    Command {
        name: "rm",
        place: USER,
        usage: "rm [-f] NAME",
        page: "removes files",
        run: Run::Tool(files::rm),
        ..PLAIN
    },
    Command {
        name: "which",
        place: USER,
        usage: "which NAME",
        page: "where the command's file would be",
        run: Run::Tool(help::which),
        ..PLAIN
    },
    Command {
        name: "help",
        usage: "help",
        page: "what can be typed here",
        run: Run::Tool(help::help),
        ..PLAIN
    },
    Command {
        name: "man",
        usage: "man NAME",
        page: "how to call a command, and what it does; man tcp is about TCP and its constants",
        words_after: "tcp",
        run: Run::Tool(help::man),
        ..PLAIN
    },
    Command {
        name: "clear",
        usage: "clear",
        page: "empties the screen",
        run: Run::Builtin(Builtin::Clear),
        ..PLAIN
    },
    Command {
        name: "history",
        usage: "history",
        page: "the lines typed here; !!, !ss, !5, !-2 and !$ bring one back",
        run: Run::Builtin(Builtin::History),
        ..PLAIN
    },
    Command {
        name: "jobs",
        usage: "jobs",
        page: "what runs behind this prompt",
        run: Run::Builtin(Builtin::Jobs),
        ..PLAIN
    },
    Command {
        name: "echo",
        place: USER,
        usage: "echo [-ne] WORDS",
        page: "prints them; -n without a line end, -e with \\n and \\t; echo $? is the exit code of the last command",
        run: Run::Tool(words::echo),
        ..PLAIN
    },
    Command {
        name: "printf",
        place: USER,
        usage: "printf FORMAT WORDS",
        page: "prints the words as the format says, as often as there are words for it",
        run: Run::Tool(words::printf),
        ..PLAIN
    },
    Command {
        name: "seq",
        place: USER,
        usage: "seq [FIRST [STEP]] LAST",
        page: "prints numbers",
        run: Run::Tool(words::seq),
        ..PLAIN
    },
    Command {
        name: "test",
        place: USER,
        usage: "test A -eq B, [ A = B ], [ -z A ]",
        page: "compares numbers, words and files; its exit code is the answer",
        run: Run::Tool(condition::test),
        ..PLAIN
    },
    Command {
        name: "[",
        place: USER,
        usage: "[ A -eq B ], [ A = B ], [ -z A ]",
        page: "compares numbers, words and files; its exit code is the answer",
        run: Run::Tool(condition::bracket),
        ..PLAIN
    },
    Command {
        name: "true",
        aliases: &[":"],
        usage: "true",
        page: "does nothing, with exit code 0",
        run: Run::Tool(|_, _| Ok(Output::default())),
        ..PLAIN
    },
    Command {
        name: "false",
        place: USER,
        usage: "false",
        page: "does nothing, with exit code 1",
        run: Run::Tool(|_, _| Err(Refusal::new("", 1))),
        ..PLAIN
    },
    Command {
        name: "exit",
        aliases: &["logout"],
        usage: "exit",
        page: "closes the host's third terminal; the other two stay open",
        run: Run::Builtin(Builtin::Exit),
        ..PLAIN
    },
    Command {
        name: "sudo",
        place: USER,
        usage: "sudo [-u USER] COMMAND",
        page: "runs COMMAND as root, without a password; sudo -l lists what you may do, sudo -h the options",
        words_after: "-u -l",
        run: Run::Builtin(Builtin::Sudo),
        ..PLAIN
    },
    Command {
        name: "sh",
        aliases: &["bash"],
        usage: "sh -c \"COMMANDS\"",
        page: "runs them",
        run: Run::Builtin(Builtin::Sh),
        ..PLAIN
    },
    Command {
        name: "fg",
        usage: "fg [%JOB]",
        page: "brings a job back to the foreground; Ctrl-Z stops it again",
        run: Run::Builtin(Builtin::Shell),
        ..PLAIN
    },
    Command {
        name: "bg",
        usage: "bg [%JOB]",
        page: "lets a stopped job go on behind the prompt",
        run: Run::Builtin(Builtin::Shell),
        ..PLAIN
    },
    Command {
        name: "wait",
        usage: "wait",
        page: "waits until all jobs have ended",
        run: Run::Builtin(Builtin::Shell),
        ..PLAIN
    },
    Command {
        name: "export",
        aliases: &["declare", "readonly"],
        usage: "export NAME=VALUE",
        page: "sets a variable",
        run: Run::Builtin(Builtin::Shell),
        ..PLAIN
    },
    Command {
        name: "unset",
        usage: "unset NAME",
        page: "forgets a variable",
        run: Run::Builtin(Builtin::Shell),
        ..PLAIN
    },
    Command {
        name: "eval",
        usage: "eval WORDS",
        page: "runs the words as a line",
        run: Run::Builtin(Builtin::Shell),
        ..PLAIN
    },
    Command {
        name: "read",
        usage: "COMMAND | while read LINE; do ... done",
        page: "takes a line of a pipe or a file into variables",
        run: Run::Builtin(Builtin::Shell),
        ..PLAIN
    },
    Command {
        name: "break",
        aliases: &["continue"],
        usage: "break [N], continue [N]",
        page: "leaves a loop, or goes on with its next round",
        run: Run::Builtin(Builtin::Shell),
        ..PLAIN
    },
    Command {
        name: "timeout",
        place: USER,
        usage: "timeout [-s SIGNAL] SECONDS COMMAND",
        page: "ends the command after that time; the exit code is then 124",
        run: Run::Builtin(Builtin::Shell),
        ..PLAIN
    },
    Command {
        name: "watch",
        place: USER,
        usage: "watch [-n SECONDS] [-t] COMMAND",
        page: "runs the command again and again, and shows what it prints in one place, until Ctrl-C",
        unfinished: Unfinished::WithoutOperand,
        run: Run::Builtin(Builtin::Shell),
        ..PLAIN
    },
    Command {
        name: "yes",
        place: USER,
        usage: "yes [WORDS] | nc HOST PORT",
        page: "writes y, or the words, without end",
        run: Run::Program(endless::begin),
        ..PLAIN
    },
    Command {
        name: "xargs",
        place: USER,
        usage: "COMMAND | xargs [-rt] [-n COUNT] [-L LINES] [-I MARK] [-d LETTER] [-0] COMMAND",
        page: "runs the command with the words that come through the pipe: pgrep nc | xargs kill",
        words_after: "kill -n1 -r -I{}",
        run: Run::Builtin(Builtin::Shell),
        ..PLAIN
    },
    Command {
        name: "touch",
        place: USER,
        usage: "touch FILE",
        page: "makes an empty file, if it is not there",
        run: Run::Tool(files::touch),
        ..PLAIN
    },
    Command {
        name: "tac",
        place: USER,
        usage: "COMMAND | tac",
        page: "the lines, the last one first",
        run: Run::Reader(small::tac),
        ..PLAIN
    },
    Command {
        name: "rev",
        place: USER,
        usage: "COMMAND | rev",
        page: "each line from its end to its beginning",
        run: Run::Reader(small::rev),
        ..PLAIN
    },
    Command {
        name: "paste",
        place: USER,
        usage: "paste [-s] [-d LETTERS] FILE|-",
        page: "lines side by side; -s one after the other in a line",
        run: Run::Reader(small::paste),
        ..PLAIN
    },
    Command {
        name: "basename",
        place: USER,
        usage: "basename NAME [SUFFIX]",
        page: "the last part of a path",
        run: Run::Tool(small::basename),
        ..PLAIN
    },
    Command {
        name: "dirname",
        place: USER,
        usage: "dirname NAME",
        page: "a path without its last part",
        run: Run::Tool(small::dirname),
        ..PLAIN
    },
    Command {
        name: "expr",
        place: USER,
        usage: "expr A + B, expr A \\> B",
        page: "computes and compares; $((A + B)) does so too",
        run: Run::Tool(expr::expr),
        ..PLAIN
    },
    Command {
        name: "dd",
        place: USER,
        usage: "dd if=/dev/zero|/dev/urandom|FILE of=FILE bs=SIZE count=BLOCKS [status=none]",
        page: "copies blocks; without of= into the pipe. It takes no time here",
        run: Run::Reader(small::dd),
        ..PLAIN
    },
    Command {
        name: "set",
        aliases: &["shift"],
        usage: "set -- WORDS, shift [COUNT]",
        page: "sets the arguments $1, $2 …, or drops the first; set alone lists the variables",
        run: Run::Builtin(Builtin::Shell),
        ..PLAIN
    },
    Command {
        name: "local",
        aliases: &["return"],
        usage: "local NAME=VALUE, return [STATUS]",
        page: "a variable of a function, NAME() { COMMANDS; }; and the end of one",
        run: Run::Builtin(Builtin::Shell),
        ..PLAIN
    },
    Command {
        name: "source",
        aliases: &["."],
        usage: "source FILE",
        page: "runs the lines of a file",
        run: Run::Builtin(Builtin::Shell),
        ..PLAIN
    },
    Command {
        name: "let",
        usage: "let NAME=EXPRESSION",
        page: "computes, as ((NAME=EXPRESSION)) does",
        run: Run::Builtin(Builtin::Shell),
        ..PLAIN
    },
    Command {
        name: "type",
        aliases: &["command"],
        usage: "type NAME, command -v NAME",
        page: "says what a word calls",
        run: Run::Builtin(Builtin::Shell),
        ..PLAIN
    },
    Command {
        name: "alias",
        aliases: &["unalias"],
        usage: "alias",
        page: "lists none: this shell has functions, NAME() { COMMANDS; }, instead",
        run: Run::Builtin(Builtin::Shell),
        ..PLAIN
    },
    Command {
        name: "env",
        aliases: &["printenv"],
        place: USER,
        usage: "env, printenv NAME",
        page: "the variables that programs have",
        run: Run::Builtin(Builtin::Shell),
        ..PLAIN
    },
];
