//! The constants that a trace lists: those that the engine has, and those whose value it takes for granted.

use tcp_course::Sysctl;
use tcp_shell::Lab;

/// Constants that cannot be set here, with the values under which a kernel behaves as the engine does.
const FIXED: [(&str, &[&str]); 6] = [
    // Only asks for another route.
    ("net.ipv4.tcp_retries1", &["*"]),
    // Nothing here sends so much that the window of congestion would show.
    ("net.ipv4.tcp_congestion_control", &["*"]),
    ("net.ipv4.tcp_max_tw_buckets", &["*"]),
    ("net.ipv4.tcp_sack", &["*"]),
    // 2 is: if the peer asks, and no peer does.
    ("net.ipv4.tcp_ecn", &["0", "2"]),
    ("net.ipv4.tcp_rfc1337", &["0"]),
];

/// Sets a constant, or says why it cannot be had.
pub(super) fn configure(lab: &mut Lab, sysctl: &Sysctl) -> Result<(), String> {
    if let Some((_, values)) = FIXED.iter().find(|(name, _)| *name == sysctl.name) {
        let taken = values.iter().any(|value| *value == "*" || *value == sysctl.value);
        return if taken { Ok(()) } else { Err(format!("{} is not imitated", sysctl.value)) };
    }
    let output = lab.configure(sysctl.host, &sysctl.name, &sysctl.value);
    if output.exit_code == 0 { Ok(()) } else { Err(output.stderr.trim_end().to_owned()) }
}
