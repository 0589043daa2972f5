//! Courses with a netem on one of the hosts, for a while.

use tcp_shell::TerminalId::{self, ClientLower, ServerLower};

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

/// What is typed, when, and where.
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
