//! The tools that print and end, as seen at a prompt.

mod counters;
mod date;
mod dmesg;
mod files;
mod host;
mod iptables;
mod iptables_icmp;
mod iptables_matches;
mod netstat;
mod processes;
mod route;
mod ss;
mod sysctl;
mod tc;
mod users;

use tcp_shell::HostId::{Client, Server};
use tcp_shell::ProfileName;
use tcp_testing::Trial;

/// A trial in which C_m has just connected to a listener on S_m that does not accept.
fn connected(profile: ProfileName) -> Trial {
    let mut trial = Trial::new(profile);
    let server = trial.starts(Server, "app");
    for line in ["l socket", "l bind 0.0.0.0 5555", "l listen 1"] {
        trial.feeds(server, line);
    }
    trial.starts(Client, "nc 10.211.55.10 5555");
    trial.waits_ms(100);
    trial
}

/// Types the lines of a recording, with a moment after each, and compares what they print.
pub(crate) fn recorded(recorded: &str) {
    let lines: Vec<&str> = recorded.lines().filter_map(|line| line.strip_prefix("$ ")).collect();
    assert!(lines.len() > 25, "only {} lines", lines.len());
    let mut trial = Trial::new(ProfileName::Linux);
    let mut typed = |line: &&str| {
        let printed = trial.transcript(Server, line);
        trial.waits_ms(50);
        printed
    };
    let seen: String = lines.iter().map(&mut typed).collect();
    for (at, (seen, recorded)) in seen.lines().zip(recorded.lines()).enumerate() {
        assert_eq!(seen, recorded, "line {}", at + 1);
    }
    assert_eq!(seen.lines().count(), recorded.lines().count());
}
