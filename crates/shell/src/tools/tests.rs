//! Every tool, with anything typed behind it.

use super::testing::Bench;
use super::{FILTERS, Machine, TOOLS, filter, run};
use expect_test::expect;
use proptest::prelude::*;
use tcp_core::net::HostId;
use tcp_core::tcp::ProfileName;

/// Words that options and operands are made of, so that more than the first check is reached.
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_line_makes_a_tool_panic(
        lines in prop::collection::vec((0..TOOLS.len(), prop::collection::vec(word(), 0..9)), 1..8),
        server in any::<bool>(),
    ) {
        let mut bench = Bench::new(ProfileName::Linux);
        for (tool, words) in lines {
            let name = TOOLS.get(tool).copied().unwrap_or_default().to_owned();
            let args: Vec<String> = std::iter::once(name).chain(words).collect();
            let host = if server { HostId::Server } else { HostId::Client };
            let mut machine = Machine { world: &mut bench.world, host, programs: &[] };
            prop_assert!(run(&args, &mut machine).is_some());
        }
    }

    #[test]
    fn no_line_makes_a_filter_panic(
        tool in 0..FILTERS.len(),
        words in prop::collection::vec(word(), 0..5),
        stdin in "(\\PC{0,20}\n){0,6}\\PC{0,5}",
    ) {
        let name = FILTERS.get(tool).copied().unwrap_or_default().to_owned();
        let args: Vec<String> = std::iter::once(name).chain(words).collect();
        prop_assert!(filter(&args, &stdin).is_some());
    }
}

#[test]
fn small_tools() {
    let mut bench = Bench::new(ProfileName::Linux);
    bench.host = HostId::Server;
    let seen = bench.transcript(
        "hostname
         hostname -I
         hostname other
         uname
         uname -a
         uname -rn
         uname -x
         uptime
         whoami
         id
         pwd
         which nc iptables nothing
         /usr/bin/whoami",
    );
    expect![[r#"
        $ hostname
        S_m
        $ hostname -I
        10.211.55.10 
        $ hostname other
        hostname: you must be root to change the host name
        [exit 1]
        $ uname
        Linux
        $ uname -a
        Linux S_m 6.18.0 #1 SMP PREEMPT_DYNAMIC x86_64 GNU/Linux
        $ uname -rn
        S_m 6.18.0
        $ uname -x
        uname: invalid option -- 'x'
        Try 'uname --help' for more information.
        [exit 1]
        $ uptime
         03:33:00 up 0 min,  2 users,  load average: 0.00, 0.00, 0.00
        $ whoami
        student
        $ id
        uid=1000(student) gid=1000(student) groups=1000(student),27(sudo)
        $ pwd
        /home/student
        $ which nc iptables nothing
        /usr/bin/nc
        /usr/sbin/iptables
        [exit 1]
        $ /usr/bin/whoami
        student
    "#]]
    .assert_eq(&seen);
    assert!(bench.run("nothing").is_none());
}
