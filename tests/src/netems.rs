//! Netem on the hosts: courses with one for a while, and a story.

use crate::Story;
use tcp_core::millis;
use tcp_core::tcp::ProfileName;
use tcp_shell::TerminalId::{self, ClientLower, ClientUpper, ServerLower, ServerUpper};

/// What a netem does, from when on, and until when.
const NETEMS: [(u64, &str, u64); 8] = [
    (10, "loss 100%", 20_000),
    (10, "loss 50% delay 100ms 50ms", 60_000),
    (900, "loss 40% 25%", 65_000),
    (10, "delay 300ms", 9_001),
    (10, "duplicate 50% loss 30%", 65_000),
    (8_500, "loss 100%", 40_000),
    (900, "limit 0", 1_600),
    (90, "limit 1 delay 40ms", 30_000),
];

/// Lines, each with its moment in milliseconds and its terminal.
pub type Life = Vec<(u64, TerminalId, &'static str)>;

/// All courses with all netems, on either host, each with what it has.
pub fn with_netems(lives: &[&[(u64, TerminalId, &'static str)]]) -> Vec<(Life, String)> {
    let mut all = Vec::new();
    for life in lives {
        for terminal in [ClientLower, ServerLower] {
            for (from, netem, until) in NETEMS {
                let set: &'static str = format!("tc qdisc add dev eth0 root netem {netem}").leak();
                let mut life = life.to_vec();
                life.extend([(from, terminal, set), (until, terminal, "tc qdisc del dev eth0 root")]);
                life.sort_by_key(|(at, ..)| *at);
                all.push((life, format!("{netem} at {terminal:?}")));
            }
        }
    }
    all
}

/// Netem comes before tcpdump, and the wire after it: a delay is seen when it is over, a loss is not seen at all, and what
/// is sent twice is seen twice.
pub(crate) fn netem() -> Story {
    let mut s = Story::new(ProfileName::Linux);
    s.types(ServerUpper, "nc -lk 5555");
    s.types(ClientLower, "sudo tcpdump -n -i eth0 &");
    s.heading("a delay of 100 ms makes a round trip of 110 ms");
    s.types(ClientLower, "sudo tc qdisc add dev eth0 root netem delay 100ms");
    s.types(ClientUpper, "ping -c 2 10.211.55.10");
    s.waits_s(2);
    s.types(ClientUpper, "nc 10.211.55.10 5555");
    s.waits(millis(105));
    s.must_show(&["SYN_SENT"], &["LISTEN", "SYN_RECV"]);
    s.waits_s(1);
    s.must_show(&["ESTABLISHED"], &["LISTEN", "ESTABLISHED"]);
    s.types(ClientLower, "ss -ti | grep -o ' rtt:[0-9]*'");
    s.heading("it is only for eth0");
    s.types(ClientLower, "ping -c 1 localhost");
    s.waits_s(1);
    s.heading("what is lost does not leave, so that tcpdump sees nothing");
    s.types(ClientLower, "sudo tc qdisc change dev eth0 root netem loss 100%");
    s.types(ClientUpper, "hello");
    s.waits_s(1);
    s.ctrl_c(ClientUpper);
    s.types(ClientUpper, "nc 10.211.55.10 5555");
    s.waits_s(1);
    s.must_show(&["FIN_WAIT1", "SYN_SENT"], &["LISTEN", "ESTABLISHED"]);
    s.types(ClientLower, "tc -s qdisc show dev eth0");
    s.heading("twice");
    s.types(ClientLower, "sudo tc qdisc replace dev eth0 root netem duplicate 100%");
    s.types(ClientLower, "ping -c 1 10.211.55.10");
    s.waits_s(1);
    s.types(ClientLower, "sudo tc qdisc del dev eth0 root");
    s.types(ClientLower, "tc qdisc");
    s
}
