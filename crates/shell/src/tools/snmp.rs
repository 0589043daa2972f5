//! What a kernel counts, by its own names: `nstat`, `/proc/net/snmp` and `/proc/net/netstat`.
//!
//! All names of Linux 6.18 are there. What this lab has not (fragments, UDP, fast open, the shortcuts for speed …) happens
//! 0 times here.

use std::fmt::Write;
use tcp_core::net::{HostId, World};
use tcp_core::tcp::Counter::{self, *};
use tcp_core::tcp::State;

/// Names of a group, and which file has it.
struct Group {
    name: &'static str,
    names: &'static str,
}

/// The groups of `/proc/net/snmp`.
const SNMP: [Group; 6] = [
    Group {
        name: "Ip",
        names: "Forwarding DefaultTTL InReceives InHdrErrors InAddrErrors ForwDatagrams InUnknownProtos InDiscards \
            InDelivers OutRequests OutDiscards OutNoRoutes ReasmTimeout ReasmReqds ReasmOKs ReasmFails FragOKs FragFails \
            FragCreates OutTransmits",
    },
    Group {
        name: "Icmp",
        names: "InMsgs InErrors InCsumErrors InDestUnreachs InTimeExcds InParmProbs InSrcQuenchs InRedirects InEchos \
            InEchoReps InTimestamps InTimestampReps InAddrMasks InAddrMaskReps OutMsgs OutErrors OutRateLimitGlobal \
            OutRateLimitHost OutDestUnreachs OutTimeExcds OutParmProbs OutSrcQuenchs OutRedirects OutEchos OutEchoReps \
            OutTimestamps OutTimestampReps OutAddrMasks OutAddrMaskReps",
    },
    // Only those of which there is one.
    Group { name: "IcmpMsg", names: "InType0 InType3 InType8 OutType0 OutType3 OutType8" },
    Group {
        name: "Tcp",
        names: "RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens PassiveOpens AttemptFails EstabResets CurrEstab InSegs \
            OutSegs RetransSegs InErrs OutRsts InCsumErrors",
    },
    Group { name: "Udp", names: UDP },
    Group { name: "UdpLite", names: UDP },
];

const UDP: &str =
    "InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors IgnoredMulti MemErrors";

/// The groups of `/proc/net/netstat`.
const NETSTAT: [Group; 2] = [
    Group {
        name: "TcpExt",
        names: "SyncookiesSent SyncookiesRecv SyncookiesFailed EmbryonicRsts PruneCalled RcvPruned OfoPruned \
            OutOfWindowIcmps LockDroppedIcmps ArpFilter TW TWRecycled TWKilled PAWSActive PAWSEstab BeyondWindow \
            TSEcrRejected PAWSOldAck PAWSTimewait DelayedACKs DelayedACKLocked DelayedACKLost ListenOverflows ListenDrops \
            TCPHPHits TCPPureAcks TCPHPAcks TCPRenoRecovery TCPSackRecovery TCPSACKReneging TCPSACKReorder TCPRenoReorder \
            TCPTSReorder TCPFullUndo TCPPartialUndo TCPDSACKUndo TCPLossUndo TCPLostRetransmit TCPRenoFailures \
            TCPSackFailures TCPLossFailures TCPFastRetrans TCPSlowStartRetrans TCPTimeouts TCPLossProbes \
            TCPLossProbeRecovery TCPRenoRecoveryFail TCPSackRecoveryFail TCPRcvCollapsed TCPBacklogCoalesce \
            TCPDSACKOldSent TCPDSACKOfoSent TCPDSACKRecv TCPDSACKOfoRecv TCPAbortOnData TCPAbortOnClose TCPAbortOnMemory \
            TCPAbortOnTimeout TCPAbortOnLinger TCPAbortFailed TCPMemoryPressures TCPMemoryPressuresChrono TCPSACKDiscard \
            TCPDSACKIgnoredOld TCPDSACKIgnoredNoUndo TCPSpuriousRTOs TCPMD5NotFound TCPMD5Unexpected TCPMD5Failure \
            TCPSackShifted TCPSackMerged TCPSackShiftFallback TCPBacklogDrop PFMemallocDrop TCPMinTTLDrop \
            TCPDeferAcceptDrop IPReversePathFilter TCPTimeWaitOverflow TCPReqQFullDoCookies TCPReqQFullDrop TCPRetransFail \
            TCPRcvCoalesce TCPOFOQueue TCPOFODrop TCPOFOMerge TCPChallengeACK TCPSYNChallenge TCPFastOpenActive \
            TCPFastOpenActiveFail TCPFastOpenPassive TCPFastOpenPassiveFail TCPFastOpenListenOverflow \
            TCPFastOpenCookieReqd TCPFastOpenBlackhole TCPSpuriousRtxHostQueues BusyPollRxPackets TCPAutoCorking \
            TCPFromZeroWindowAdv TCPToZeroWindowAdv TCPWantZeroWindowAdv TCPSynRetrans TCPOrigDataSent \
            TCPHystartTrainDetect TCPHystartTrainCwnd TCPHystartDelayDetect TCPHystartDelayCwnd TCPACKSkippedSynRecv \
            TCPACKSkippedPAWS TCPACKSkippedSeq TCPACKSkippedFinWait2 TCPACKSkippedTimeWait TCPACKSkippedChallenge \
            TCPWinProbe TCPKeepAlive TCPMTUPFail TCPMTUPSuccess TCPDelivered TCPDeliveredCE TCPAckCompressed \
            TCPZeroWindowDrop TCPRcvQDrop TCPWqueueTooBig TCPFastOpenPassiveAltKey TcpTimeoutRehash \
            TcpDuplicateDataRehash TCPDSACKRecvSegs TCPDSACKIgnoredDubious TCPMigrateReqSuccess TCPMigrateReqFailure \
            TCPPLBRehash TCPAORequired TCPAOBad TCPAOKeyNotFound TCPAOGood TCPAODroppedIcmps",
    },
    Group {
        name: "IpExt",
        names: "InNoRoutes InTruncatedPkts InMcastPkts OutMcastPkts InBcastPkts OutBcastPkts InOctets OutOctets \
            InMcastOctets OutMcastOctets InBcastOctets OutBcastOctets InCsumErrors InNoECTPkts InECT1Pkts InECT0Pkts \
            InCEPkts ReasmOverlaps",
    },
];

/// The counters of TCP by their names in these groups.
const COUNTERS: [(&str, Counter); 50] = [
    ("ActiveOpens", ActiveOpens),
    ("PassiveOpens", PassiveOpens),
    ("AttemptFails", AttemptFails),
    ("EstabResets", EstabResets),
    ("InSegs", InSegs),
    ("OutSegs", OutSegs),
    ("RetransSegs", RetransSegs),
    ("OutRsts", OutRsts),
    ("SyncookiesSent", SyncookiesSent),
    ("SyncookiesRecv", SyncookiesRecv),
    ("SyncookiesFailed", SyncookiesFailed),
    ("EmbryonicRsts", EmbryonicRsts),
    ("OutOfWindowIcmps", OutOfWindowIcmps),
    ("LockDroppedIcmps", LockDroppedIcmps),
    ("TW", Tw),
    ("TWRecycled", TwRecycled),
    ("TWKilled", TwKilled),
    ("DelayedACKs", DelayedAcks),
    ("DelayedACKLost", DelayedAckLost),
    ("ListenOverflows", ListenOverflows),
    ("ListenDrops", ListenDrops),
    ("TCPPureAcks", PureAcks),
    ("TCPHPAcks", HpAcks),
    ("TCPSackRecovery", SackRecovery),
    ("TCPLostRetransmit", LostRetransmit),
    ("TCPFastRetrans", FastRetrans),
    ("TCPSlowStartRetrans", SlowStartRetrans),
    ("TCPTimeouts", Timeouts),
    ("TCPLossProbes", LossProbes),
    ("TCPLossProbeRecovery", LossProbeRecovery),
    ("TCPDSACKOldSent", DsackOldSent),
    ("TCPDSACKRecv", DsackRecv),
    ("TCPAbortOnData", AbortOnData),
    ("TCPAbortOnClose", AbortOnClose),
    ("TCPAbortOnTimeout", AbortOnTimeout),
    ("TCPTimeWaitOverflow", TimeWaitOverflow),
    ("TCPReqQFullDoCookies", ReqQFullDoCookies),
    ("TCPReqQFullDrop", ReqQFullDrop),
    ("TCPRetransFail", RetransFail),
    ("TCPOFOQueue", OfoQueue),
    ("TCPChallengeACK", ChallengeAck),
    ("TCPSYNChallenge", SynChallenge),
    ("TCPSpuriousRtxHostQueues", SpuriousRtxHostQueues),
    ("TCPSynRetrans", SynRetrans),
    ("TCPOrigDataSent", OrigDataSent),
    ("TCPWinProbe", WinProbe),
    ("TCPKeepAlive", KeepAlive),
    ("TCPDelivered", Delivered),
    ("TCPAckCompressed", AckCompressed),
    ("TcpTimeoutRehash", TimeoutRehash),
];

/// One number: its group, its name in it, and its value.
pub(super) type Number = (&'static str, &'static str, i64);

/// All numbers of a host, in the kernel's order.
pub(super) fn numbers(world: &World, host: HostId) -> Vec<Number> {
    SNMP.iter().chain(&NETSTAT).flat_map(|group| of_group(world, host, group)).collect()
}

fn of_group(world: &World, host: HostId, group: &'static Group) -> Vec<Number> {
    let here = world.host(host);
    let (counters, tcp) = (here.counters(), &here.profile().tcp);
    let ip = &counters.ip;
    let open = |state| matches!(state, State::Established | State::CloseWait);
    let value = |name: &str| match (group.name, name) {
        ("Ip", "Forwarding") => 2,
        ("Ip", "DefaultTTL") => 64,
        ("Ip", "InReceives") => ip.received.into(),
        ("Ip", "InDelivers") => ip.delivered.into(),
        ("Ip", "OutRequests") => ip.requests.into(),
        ("Ip", "OutNoRoutes") => ip.no_routes.into(),
        ("Ip", "OutTransmits") => ip.transmits.into(),
        ("Icmp", "InMsgs") => ip.icmp_received.into(),
        ("Icmp", "OutMsgs") => ip.icmp_sent.into(),
        ("Icmp", "InDestUnreachs") | ("IcmpMsg", "InType3") => ip.errors()[0].into(),
        ("Icmp", "OutDestUnreachs") | ("IcmpMsg", "OutType3") => ip.errors()[1].into(),
        ("Icmp", "InEchos") | ("IcmpMsg", "InType8") => ip.echoes[0].into(),
        ("Icmp", "InEchoReps") | ("IcmpMsg", "InType0") => ip.echoes[1].into(),
        ("Icmp", "OutEchos") | ("IcmpMsg", "OutType8") => ip.echoes[2].into(),
        ("Icmp", "OutEchoReps") | ("IcmpMsg", "OutType0") => ip.echoes[3].into(),
        ("Tcp", "RtoAlgorithm") => 1,
        ("Tcp", "RtoMin") => i64::try_from(tcp.rto_min.as_millis()).unwrap_or(i64::MAX),
        ("Tcp", "RtoMax") => 120_000,
        ("Tcp", "MaxConn") => -1,
        ("Tcp", "CurrEstab") => {
            let count = world.sockets(host).iter().filter(|row| open(row.state)).count();
            i64::try_from(count).unwrap_or(i64::MAX)
        }
        ("Tcp" | "TcpExt", name) => {
            let counter = COUNTERS.iter().find(|(known, _)| *known == name);
            counter.map_or(0, |(_, counter)| counters.get(*counter).into())
        }
        ("IpExt", "InOctets") => ip.octets_received.into(),
        ("IpExt", "OutOctets") => ip.octets_sent.into(),
        ("IpExt", "InNoECTPkts") => ip.received.into(),
        _ => 0,
    };
    let numbers = group.names.split_whitespace().map(|name| (group.name, name, value(name)));
    numbers.filter(|(group, _, value)| *group != "IcmpMsg" || *value > 0).collect()
}

/// The text of `/proc/net/snmp`.
pub(super) fn snmp(world: &World, host: HostId) -> String {
    file(world, host, &SNMP)
}

/// The text of `/proc/net/netstat`.
pub(super) fn netstat(world: &World, host: HostId) -> String {
    file(world, host, &NETSTAT)
}

fn file(world: &World, host: HostId, groups: &'static [Group]) -> String {
    let mut out = String::new();
    for group in groups {
        let numbers = of_group(world, host, group);
        if numbers.is_empty() {
            continue;
        }
        let (mut names, mut values) = (String::new(), String::new());
        for (_, name, value) in numbers {
            // Writing to a string cannot fail.
            let _ = write!(names, " {name}");
            let _ = write!(values, " {value}");
        }
        out += &format!("{0}:{names}\n{0}:{values}\n", group.name);
    }
    out
}
