//! The constants of a host that no connection uses, as data.

use crate::tcp::{Profile, ProfileName};
use std::time::Duration;

/// Constants of one host: those of its sockets, and those of its TCP. `sysctl` changes them on that host only.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HostProfile {
    /// The profile that it started from.
    pub name: ProfileName,
    /// The constants of its TCP.
    pub tcp: Profile,
    /// `ip_local_port_range`, first and last. Default: 32768–60999.
    pub port_range: (u16, u16),
    /// `net.core.somaxconn`: bounds every backlog. Default: 4096 connections.
    pub somaxconn: u32,
    /// `tcp_abort_on_overflow`: answer with RST when the accept queue is full.
    pub abort_on_overflow: bool,
    /// `tcp_syncookies`: whether a listener answers without making an entry (trace 16g): 0 never, 1 if it has too many
    /// half-open connections, 2 always. Default: 1.
    pub syncookies: u32,
    /// The moment from which spans of 64 ms are counted: the options that a cookie answers are in the lowest six bits of its
    /// timestamp, which is the last such time before it is sent (variation v347). `None`: the timestamp is exact (article).
    pub cookie_clock: Option<Duration>,
    /// `tcp_max_syn_backlog`: without cookies, three quarters of it bound the half-open connections.
    /// Default: 1024 entries.
    pub max_syn_backlog: u32,
    /// `tcp_tw_reuse`: whether `connect()` may take the tuple of a connection in TIME-WAIT: 0 no, 1 yes, 2 on loopback.
    /// Default: 2.
    pub tw_reuse: u32,
    /// `tcp_max_tw_buckets`: bounds the connections in TIME-WAIT, and the orphans in FIN-WAIT-2; one more is forgotten at
    /// once (variation v69). Default: 65536.
    pub max_tw_buckets: u32,
    /// Number of ICMP errors that may go to one host at once; beyond that, one a second (`icmp_ratelimit`). Linux: 6;
    /// article: no limit.
    pub icmp_burst: u32,
}

impl HostProfile {
    /// The constants of the profile `name`.
    pub fn new(name: ProfileName) -> HostProfile {
        HostProfile {
            name,
            tcp: Profile::new(name),
            port_range: (32768, 60999),
            somaxconn: 4096,
            abort_on_overflow: false,
            syncookies: 1,
            cookie_clock: match name {
                ProfileName::Linux => Some(Duration::ZERO),
                ProfileName::Article => None,
            },
            max_syn_backlog: 1024,
            tw_reuse: 2,
            max_tw_buckets: 65536,
            icmp_burst: match name {
                ProfileName::Linux => 6,
                ProfileName::Article => u32::MAX,
            },
        }
    }
}
