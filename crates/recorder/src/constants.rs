//! Constants of the hosts, as `sysctl` names them: those that every trace sets, those of a plan, and those that a trace
//! lists.

use std::io;
use std::ops::RangeInclusive;
use std::process;

use crate::claim::Claim;
use crate::host::Host;
use crate::netns::{Namespace, Network};
use crate::plan::Plan;
use crate::trouble::Trouble;

const PORTS: &str = "net.ipv4.ip_local_port_range";

/// A range of ephemeral ports that no other recorder uses. Tracefs sees the ports of all recorders at once, and does
/// not show their namespaces.
#[derive(Debug)]
pub(crate) struct Ports {
    first: u16,
    _claim: Claim,
}

impl Ports {
    /// Claims the first free hundred ports above 42000, searching from a place that depends on the process.
    pub(crate) fn claim() -> Result<Self, Trouble> {
        let own = u16::try_from(process::id() % 100).unwrap_or_default();
        let mut blocks = (0..100).map(|block| 42_000 + 100 * ((block + own) % 100));
        let claimed =
            blocks.find_map(|first| Some(Self { first, _claim: Claim::try_on(&format!("ports-{first}"))? }));
        let none =
            || Trouble::system("cannot claim ports")(io::Error::other("a hundred recorders run already"));
        claimed.ok_or_else(none)
    }
}

/// Applies the settings of all traces, then those of the plan. Returns the range of ephemeral ports.
pub(crate) fn set(
    network: &Network,
    plan: &Plan,
    ports: &Ports,
    notes: &mut Vec<String>,
) -> Result<RangeInclusive<u16>, Trouble> {
    let mut range = format!("{} {}", ports.first, ports.first + 99);
    for host in Host::BOTH {
        let namespace = network.host(host);
        let all = [
            ("net.ipv4.tcp_congestion_control", "reno"),
            // Without a value, these two follow from the size of the table of connections.
            ("net.ipv4.tcp_max_syn_backlog", "1024"),
            ("net.ipv4.tcp_max_tw_buckets", "65536"),
            (PORTS, &range),
        ];
        for (name, value) in all {
            namespace.set_sysctl(name, value).map_err(Trouble::system(format!("cannot set {name}")))?;
        }
        for (_, name, value) in plan.sysctls.iter().filter(|(own, ..)| *own == host) {
            match namespace.set_sysctl(name, value) {
                Ok(()) if name == PORTS => range.clone_from(value),
                Ok(()) => {}
                Err(reason) => notes.push(format!("{name} = {value} could not be set: {reason}")),
            }
        }
    }
    let bounds: Vec<u16> = range.split_whitespace().filter_map(|bound| bound.parse().ok()).collect();
    match bounds.as_slice() {
        [first, last] => Ok(*first..=*last),
        _ => Err(Trouble::Recording(format!("{PORTS}: `{range}` is no range"))),
    }
}

/// The constants of a host that the traces list, as far as this kernel has them.
pub(crate) fn listed(namespace: &Namespace) -> Vec<(String, String)> {
    const NAMES: [&str; 21] = [
        "net.ipv4.tcp_syn_retries",
        "net.ipv4.tcp_syn_linear_timeouts",
        "net.ipv4.tcp_synack_retries",
        "net.ipv4.tcp_syncookies",
        "net.ipv4.tcp_max_syn_backlog",
        "net.ipv4.tcp_abort_on_overflow",
        "net.ipv4.tcp_fin_timeout",
        "net.ipv4.tcp_orphan_retries",
        "net.ipv4.tcp_retries1",
        "net.ipv4.tcp_retries2",
        "net.ipv4.tcp_tw_reuse",
        "net.ipv4.tcp_timestamps",
        "net.ipv4.tcp_sack",
        "net.ipv4.tcp_rto_min_us",
        "net.ipv4.tcp_rto_max_ms",
        "net.ipv4.tcp_ecn",
        "net.ipv4.tcp_congestion_control",
        "net.ipv4.ip_local_port_range",
        "net.ipv4.tcp_rfc1337",
        "net.ipv4.tcp_max_tw_buckets",
        "net.core.somaxconn",
    ];
    let read = |name: &str| Some((name.to_owned(), namespace.sysctl(name).ok()?));
    NAMES.into_iter().filter_map(read).collect()
}
