//! The tools that print and end, as seen at a prompt.

mod counters;
mod date;
mod files;
mod host;
mod iptables;
mod iptables_matches;
mod netstat;
mod processes;
mod route;
mod ss;
mod sysctl;
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
