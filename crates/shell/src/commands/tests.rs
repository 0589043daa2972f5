//! Tests of the command table, and of every tool with arbitrary words after its name.

use super::{Command, PLACES, Run, base_name, console, find, help, host, names};
use crate::files::Files;
use crate::names::Names;
use crate::output::Done;
use crate::tools::OnHost;
use crate::user::{Sudoers, User};
use expect_test::expect;
use proptest::prelude::*;
use std::collections::BTreeSet;
use tcp_core::net::{HostId, World};
use tcp_core::tcp::ProfileName;

const HOST: Option<HostId> = Some(HostId::Client);

#[test]
fn no_word_begins_two_commands() {
    for table in [host::COMMANDS, console::COMMANDS] {
        let all: Vec<&str> = table.iter().flat_map(Command::names).collect();
        let once: BTreeSet<&str> = all.iter().copied().collect();
        assert_eq!(all.len(), once.len());
    }
}

#[test]
fn each_command_has_a_page_and_is_found_by_its_names() {
    for command in host::COMMANDS {
        assert!(!command.usage.is_empty() && !command.page.is_empty(), "{}", command.name);
        for name in command.names() {
            assert!(find(HOST, name).is_some_and(|found| found.name == command.name), "{name}");
            let path = format!("/usr/bin/{name}");
            assert_eq!(find(HOST, &path).is_some(), !command.place.is_empty(), "{path}");
        }
    }
}

#[test]
fn a_file_is_where_files_are() {
    for place in host::COMMANDS.iter().map(|command| command.place).filter(|place| !place.is_empty()) {
        assert!(PLACES.contains(&format!("{place}/").as_str()), "{place}");
    }
    assert_eq!(base_name("/usr/sbin/iptables"), "iptables");
    assert_eq!(base_name("/home/nc"), "/home/nc");
}

#[test]
fn the_console_has_filters_and_no_programs() {
    assert!(find(None, "grep").is_some() && find(None, "drop").is_some());
    assert!(find(None, "nc").is_none() && find(HOST, "drop").is_none());
    assert!(names(None).all(|name| find(None, name).is_some()));
}

#[test]
fn help_lists_the_usual_lines() {
    let mut world = World::new(ProfileName::Linux, 7);
    let mut files = Files::default();
    let mut here = OnHost {
        world: &mut world,
        files: &mut files,
        host: HostId::Client,
        user: User::Root,
        sudoers: Sudoers::All,
        names: Names::File,
        programs: &[],
    };
    let output = help::help(&[], &mut here).expect("it always helps");
    expect![[r#"
        Programs (Ctrl-C ends one, Ctrl-D ends its input):
          nc -l 5555                    wait for a connection on port 5555
          nc 10.211.55.10 5555          connect to S_m; then type lines, they are sent
          nc -v, -p PORT, -k, -w SEC    say what happens, own port, keep listening, patience
          nc.traditional, ncat          two other netcats with other habits
          ping, telnet, curl, wget      ask a host, or a server, in other ways
          app                           one socket call a line, for example: a socket
          firefox http://acc.digital    a browser with several connections
        To observe:
          netstat -nat | grep 5555      the connections and their states
          netstat -nato, ss -tano       the same with timers
          sudo tcpdump -i any port 5555 each segment as it passes this host; Ctrl-C ends it
          date; ip addr show; ps        the host's clock, addresses, programs
          lsof -i :5555                 who holds a port; also fuser, pgrep, ps
        To interfere:
          sudo ip link set eth0 down    unplug the host; up plugs it in again
          sudo ip addr add ...          one more address of this host, for nc -s; man ip
          sudo tc qdisc add ...         delay or lose what leaves, before tcpdump; man tc
          sudo iptables -I OUTPUT -p tcp --dport 5555 --tcp-flags SYN,ACK,FIN,RST SYN -j DROP
          sudo iptables -L OUTPUT -vn   the rules, with how much each dropped
          sudo iptables -D OUTPUT ...   the same rule again, deleted (or -F: all)
          sysctl -a                     the constants of this host's TCP
          kill PID, killall nc          end a program from another terminal
        The shell knows ; && || | & quotes, for, while, if, case, functions, $VARIABLES, $(COMMAND), > and <,
        Ctrl-Z with fg and bg, history, clear, Tab and man COMMAND.
    "#]]
    .assert_eq(&output.stdout);
    // What a line does begins in a column of its own.
    for line in output.stdout.lines().filter(|line| line.starts_with("  ") && !line.ends_with("-j DROP")) {
        assert_eq!(line.chars().nth(31), Some(' '), "{line}");
    }
    let output = help::help_of_network(&[], &mut world).expect("it always helps");
    expect![[r#"
        Between the hosts, behind both firewalls:
          drop FROM FLAGS [LEN [COUNT]]       lose segments, for example: drop server SA
          drop FROM [FLAGS [LEN]] SHARE       lose a share: drop client 20%
          drop N | KIND [N] [from HOST]       lose one that is on the wire
          undrop FROM FLAGS [LEN]             drop them no longer
          reorder FROM FLAGS [LEN [COUNT]]    let them take twice as long, so that others overtake
          unreorder, unduplicate              no longer; also with SHARE, as drop
          duplicate FROM FLAGS [LEN [COUNT]]  deliver them twice
          duplicate N | KIND [N] [from HOST]  let a second one of it follow
          hold N | KIND [N] [from HOST]       stop it where it is
          hold N | KIND … for SPAN            for 3s, 3.5s or 500ms; then it goes on
          release N | KIND [N] [from HOST]    let it go on
          send-segment …                      put one there by hand; --help says how
          delay [FROM] MS                     one way, for example: delay 400
          show                                what is set
          clear                               lose, duplicate and reorder nothing any more
        FROM is client or server. FLAGS are exactly these of S, A, F and R, or *.
        LEN is 0 (empty), + (with data) or * (any). COUNT is how many, -1 for ever.
        SHARE is a percentage, such as 20%; the session's seed decides which segments. 0% ends it.
    "#]]
    .assert_eq(&output.stdout);
}

/// Words of which options and operands are made, so that random lines get past the first check.
const WORDS: [&str; 72] = [
    "-A",
    "-I",
    "-D",
    "-C",
    "-R",
    "-L",
    "-S",
    "-F",
    "-Z",
    "-P",
    "-N",
    "-X",
    "-E",
    "-p",
    "-s",
    "-d",
    "-i",
    "-o",
    "-j",
    "-m",
    "-v",
    "-n",
    "-x",
    "-c",
    "-w",
    "-t",
    "-e",
    "-a",
    "-l",
    "-4",
    "-6",
    "!",
    "--",
    "-",
    "--dport",
    "--sport",
    "--tcp-flags",
    "--syn",
    "--dports",
    "--reject-with",
    "--line-numbers",
    "OUTPUT",
    "INPUT",
    "tcp",
    "udp",
    "icmp",
    "multiport",
    "DROP",
    "REJECT",
    "LOG",
    "ACCEPT",
    "SYN,ACK,FIN,RST",
    "SYN",
    "1",
    "99999",
    "80:90",
    "http,5555",
    "10.211.55.2/24",
    "0/0",
    "state",
    "time-wait",
    "(",
    ")",
    "or",
    "not",
    "dport",
    "=",
    ":80",
    "addr",
    "show",
    "net.ipv4.tcp_fin_timeout=5",
    "+%F%",
];

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::sample::select(WORDS.to_vec()).prop_map(str::to_owned),
        2 => "-{0,2}[a-zA-Z0-9=]{0,6}",
        2 => "\\PC{0,12}",
        1 => "[\\[\\]\\\\(){}*+?.^$|0-9,a-]{0,12}",
    ]
}

type Tool = fn(&[String], &mut OnHost<'_>) -> Done;

fn tools() -> Vec<Tool> {
    let tool = |command: &Command| if let Run::Tool(run) = command.run { Some(run) } else { None };
    host::COMMANDS.iter().filter_map(tool).collect()
}

type Filter = fn(&[String], &str) -> Done;

fn filters() -> Vec<Filter> {
    let filter = |command: &Command| if let Run::Filter(run) = command.run { Some(run) } else { None };
    host::COMMANDS.iter().filter_map(filter).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_line_makes_a_tool_panic(
        lines in prop::collection::vec((prop::sample::select(tools()), prop::collection::vec(word(), 0..9)), 1..8),
        server in any::<bool>(),
    ) {
        let (mut world, mut files) = (World::new(ProfileName::Linux, 7), Files::default());
        for (run, args) in lines {
            let host = if server { HostId::Server } else { HostId::Client };
            let _ = run(&args, &mut OnHost { world: &mut world, files: &mut files, host, user: User::Root, sudoers: Sudoers::All, names: Names::File, programs: &[] });
        }
    }

    #[test]
    fn no_line_makes_a_filter_panic(
        run in prop::sample::select(filters()),
        args in prop::collection::vec(word(), 0..5),
        stdin in "(\\PC{0,20}\n){0,6}\\PC{0,5}",
    ) {
        let _ = run(&args, &stdin);
    }
}
