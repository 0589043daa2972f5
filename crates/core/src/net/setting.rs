//! The constants of a host.

/// A constant of a host that `sysctl` may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// `net.ipv4.tcp_syn_retries`
    SynRetries(u32),
    /// `net.ipv4.tcp_syn_linear_timeouts`
    SynLinearTimeouts(u32),
    /// `net.ipv4.tcp_synack_retries`
    SynackRetries(u32),
    /// `net.ipv4.tcp_retries2`
    Retries2(u32),
    /// `net.ipv4.tcp_orphan_retries`
    OrphanRetries(u32),
    /// `net.ipv4.tcp_keepalive_time`, seconds
    KeepaliveTime(u32),
    /// `net.ipv4.tcp_keepalive_intvl`, seconds
    KeepaliveInterval(u32),
    /// `net.ipv4.tcp_keepalive_probes`
    KeepaliveProbes(u32),
    /// `net.ipv4.tcp_fin_timeout`, seconds
    FinTimeout(u32),
    /// `net.ipv4.tcp_rto_min_us`
    RtoMin(u32),
    /// `net.ipv4.tcp_rto_max_ms`
    RtoMax(u32),
    /// `net.ipv4.ip_local_port_range`
    PortRange(u16, u16),
    /// `net.core.somaxconn`
    Somaxconn(u32),
    /// `net.ipv4.tcp_abort_on_overflow`
    AbortOnOverflow(bool),
    /// `net.ipv4.tcp_syncookies`: 0 never, 1 when there are too many, 2 always
    Syncookies(u32),
    /// `net.ipv4.tcp_tw_reuse`
    TwReuse(u32),
    /// `net.ipv4.tcp_timestamps`
    Timestamps(bool),
    /// `net.ipv4.tcp_invalid_ratelimit`, in milliseconds
    InvalidRatelimit(u32),
    /// `net.ipv4.tcp_sack`
    Sack(bool),
    /// `net.ipv4.tcp_max_syn_backlog`
    MaxSynBacklog(u32),
    /// `net.ipv4.tcp_max_tw_buckets`
    MaxTwBuckets(u32),
}
