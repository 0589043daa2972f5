//! Constants that are changed, and listings at random moments.

use tcp_core::net::HostId;

use super::super::dice::Dice;
use super::script::Script;

const HOSTS: [HostId; 2] = [HostId::Client, HostId::Server];

/// Constants with the values that people try; more often tried ones come first and have the larger weight.
const CONSTANTS: [(u64, (&str, &[&str])); 15] = [
    (12, ("net.ipv4.tcp_syn_retries", &["1", "2", "3", "4", "6"])),
    (9, ("net.ipv4.tcp_synack_retries", &["1", "2", "3", "5"])),
    (14, ("net.ipv4.tcp_fin_timeout", &["1", "2", "3", "5", "10", "20", "30"])),
    (10, ("net.ipv4.tcp_orphan_retries", &["1", "2", "3", "5"])),
    (10, ("net.ipv4.tcp_retries2", &["2", "3", "4", "5", "8"])),
    (6, ("net.ipv4.tcp_syn_linear_timeouts", &["0", "1", "2"])),
    (8, ("net.ipv4.tcp_timestamps", &["0"])),
    (6, ("net.ipv4.tcp_syncookies", &["0", "2"])),
    (6, ("net.ipv4.tcp_abort_on_overflow", &["1"])),
    (6, ("net.ipv4.tcp_tw_reuse", &["0", "1"])),
    (4, ("net.ipv4.tcp_max_syn_backlog", &["2", "8", "64"])),
    (5, ("net.core.somaxconn", &["1", "2", "16"])),
    (2, ("net.ipv4.tcp_rto_max_ms", &["1000", "2000", "8000"])),
    (2, ("net.ipv4.tcp_rto_min_us", &["50000", "100000", "400000"])),
    (0, ("", &[])),
];

/// Constants that are set from the start; some more are set later, by a step.
pub(super) fn constants(script: &mut Script, dice: &mut Dice, span: u64) -> Vec<(HostId, String, String)> {
    let mut set: Vec<(HostId, String, String)> = Vec::new();
    for _ in 0..dice.weigh(&[(52, 0), (32, 1), (16, 2)]) {
        let (name, values) = dice.weigh(&CONSTANTS);
        let (host, value) = (dice.pick(&HOSTS), dice.pick(values));
        if dice.chance(20) {
            script.runs(dice.between(0, span), host, format!("sysctl -w {name}={value}"));
        } else if !set.iter().any(|(on, own, _)| *on == host && own == name) {
            set.push((host, name.to_owned(), value.to_owned()));
        }
    }
    set
}

/// Listings of both hosts.
pub(super) fn listings(script: &mut Script, dice: &mut Dice, ports: &[u16], span: u64) {
    let port = ports.first().copied().unwrap_or_default();
    for _ in 0..dice.weigh(&[(15, 1), (30, 2), (25, 3), (18, 4), (12, 5)]) {
        let (at, host) = (dice.between(500, span + 1_500), dice.pick(&HOSTS));
        let cmd = dice.weigh(&[
            (34, "netstat -nat"),
            (8, "netstat -nato"),
            (6, "netstat -natp"),
            (3, "netstat -tln"),
            (4, "netstat -s"),
            (10, "ss -tan"),
            (6, "ss -tano"),
            (4, "ss -tlnp"),
            (3, "ss -s"),
            (3, "ss -tan state established"),
            (5, "iptables -L -n"),
            (4, "iptables -L INPUT -vn"),
            (4, "iptables -L OUTPUT -vn"),
            (3, "iptables -S"),
            (3, "sysctl net.ipv4.tcp_fin_timeout"),
        ]);
        let cmd = if cmd == "netstat -nat" && dice.chance(25) {
            format!("sh -c 'netstat -nat | grep {port}'")
        } else {
            cmd.to_owned()
        };
        script.runs(at, host, cmd);
    }
}
