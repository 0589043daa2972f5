//! What a kernel counts of TCP over all its connections, for `netstat -s`.

/// A counter of the kernel's, by its own name, in the order of `/proc/net/snmp` and `/proc/net/netstat`.
///
/// Left out: the counters of the kernel's shortcuts for speed (`TCPHPHits`, `TCPRcvCoalesce` …), which do not exist here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Counter {
    /// Connections from SYN-SENT on.
    ActiveOpens,
    /// Handshakes that a listener completed.
    PassiveOpens,
    /// Handshakes that the peer or a time-out ended; not those that the program gave up.
    AttemptFails,
    /// Connections that went from ESTABLISHED or CLOSE-WAIT to CLOSED at once.
    EstabResets,
    /// Segments that came.
    InSegs,
    /// Segments that were handed down for the first time.
    OutSegs,
    /// Segments that were sent again.
    RetransSegs,
    /// Resets that were sent.
    OutRsts,
    /// SYN cookies sent.
    SyncookiesSent,
    /// SYN cookies that came back.
    SyncookiesRecv,
    /// Acknowledgements to a listener that were no cookie, soon after cookies had been sent.
    SyncookiesFailed,
    /// Half-open entries that a reset removed.
    EmbryonicRsts,
    /// ICMP errors about something that is not out.
    OutOfWindowIcmps,
    /// ICMP errors that found a socket in use by a call.
    LockDroppedIcmps,
    /// Entries made for TIME-WAIT, or for an orphan in FIN-WAIT-2.
    Tw,
    /// Such entries that a new connection of this host replaced.
    TwRecycled,
    /// Such entries that last four seconds or less.
    TwKilled,
    /// Acknowledgements that waited for their timer.
    DelayedAcks,
    /// Segments that had been received before: their acknowledgements were lost, or late.
    DelayedAckLost,
    /// Handshakes for which `accept()` had no room.
    ListenOverflows,
    /// SYNs, and ends of handshakes, that a listener dropped.
    ListenDrops,
    /// Acknowledgements without data.
    PureAcks,
    /// Acknowledgements that the kernel had predicted: they acknowledge something and change no window.
    HpAcks,
    /// Times that holes were found by what had arrived after them.
    SackRecovery,
    /// Segments that were lost after they had been sent again.
    LostRetransmit,
    /// Segments sent again because of a hole.
    FastRetrans,
    /// Segments sent again after a time-out, for an acknowledgement.
    SlowStartRetrans,
    /// Times that the retransmission timer ran out.
    Timeouts,
    /// Loss probes sent.
    LossProbes,
    /// Losses that a loss probe repaired.
    LossProbeRecovery,
    /// Repetitions reported to their sender.
    DsackOldSent,
    /// Repetitions reported by the peer.
    DsackRecv,
    /// Connections reset because of data that nobody could read, or closed with a linger time of zero.
    AbortOnData,
    /// Connections reset because their program left data unread.
    AbortOnClose,
    /// Connections given up after too many time-outs.
    AbortOnTimeout,
    /// Connections for whose TIME-WAIT there was no room.
    TimeWaitOverflow,
    /// SYNs that found too many half-open connections, with cookies.
    ReqQFullDoCookies,
    /// SYNs that found too many half-open connections, without cookies.
    ReqQFullDrop,
    /// Repetitions that this host's firewall stopped.
    RetransFail,
    /// Segments that came before their turn.
    OfoQueue,
    /// Challenges: acknowledgements of resets and SYNs that may be forged.
    ChallengeAck,
    /// SYNs among them.
    SynChallenge,
    /// Repetitions that were left out because the first was still waiting for the link.
    SpuriousRtxHostQueues,
    /// SYNs and SYN|ACKs sent again.
    SynRetrans,
    /// Segments with data or a FIN, sent for the first time.
    OrigDataSent,
    /// Probes of a shut window.
    WinProbe,
    /// Probes of a connection on which nothing came.
    KeepAlive,
    /// Segments of which it is known that they arrived.
    Delivered,
    /// Acknowledgements of what came beyond a hole that were spared, because a later one says the same.
    AckCompressed,
    /// Times that another way through the network was tried, after a time-out.
    TimeoutRehash,
}

impl Counter {
    /// Number of counters.
    pub const COUNT: usize = Counter::TimeoutRehash as usize + 1;
}
