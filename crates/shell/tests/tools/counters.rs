//! What a kernel has counted, as `nstat`, `netstat -i` and the files of `/proc/net` show it.

use crate::{Client, Server};
use expect_test::expect;
use tcp_shell::ProfileName;
use tcp_testing::Trial;

/// The numbers are those of a kernel (Linux 6.18) after the same lines.
#[test]
fn nstat_shows_what_is_new() {
    let mut trial = Trial::new(ProfileName::Linux);
    trial.starts(Client, "nc -z 127.0.0.1 9");
    trial.waits_ms(10);
    let mut seen =
        trial.transcript(Client, "nstat\nnstat\nnstat -s\nnstat -az 'TcpExt*[rR]e?s' *Opens\nls -a /tmp");
    trial.starts(Client, "nc -z 127.0.0.1 9");
    trial.waits_ms(10);
    seen += &trial.transcript(
        Client,
        "nstat -s tcp[a-b]* '*OPENS'\nnstat -j 'Tcp*'\nnstat TcpActiveOpens\nnstat -r TcpActiveOpens\nnstat -n\nnstat -d 1\nnstat -V",
    );
    expect![[r#"
        $ nstat
        #kernel
        IpInReceives                    2                  0.0
        IpInDelivers                    2                  0.0
        IpOutRequests                   2                  0.0
        IpOutTransmits                  2                  0.0
        TcpActiveOpens                  1                  0.0
        TcpAttemptFails                 1                  0.0
        TcpInSegs                       2                  0.0
        TcpOutSegs                      2                  0.0
        TcpOutRsts                      1                  0.0
        IpExtInOctets                   100                0.0
        IpExtOutOctets                  100                0.0
        IpExtInNoECTPkts                2                  0.0
        $ nstat
        #kernel
        $ nstat -s
        #kernel
        $ nstat -az 'TcpExt*[rR]e?s' *Opens
        #kernel
        TcpActiveOpens                  1                  0.0
        TcpPassiveOpens                 0                  0.0
        $ ls -a /tmp
        .nstat.u0
        $ nstat -s tcp[a-b]* '*OPENS'
        #kernel
        TcpActiveOpens                  1                  0.0
        TcpAttemptFails                 1                  0.0
        $ nstat -j 'Tcp*'
        {"kernel":{"TcpActiveOpens":1,"TcpAttemptFails":1,"TcpInSegs":2,"TcpOutSegs":2,"TcpOutRsts":1}}
        $ nstat TcpActiveOpens
        #kernel
        $ nstat -r TcpActiveOpens
        #kernel
        TcpActiveOpens                  2                  0.0
        $ nstat -n
        $ nstat -d 1
        nstat: this lab does not have its daemon (-d, -t).
        [exit 1]
        $ nstat -V
        nstat utility, iproute2-6.1.0
    "#]]
    .assert_eq(&seen);
}

#[test]
fn interfaces_and_files() {
    let mut trial = Trial::new(ProfileName::Linux);
    trial.starts(Client, "nc -z 127.0.0.1 9");
    trial.starts(Server, "nc -lk 5555");
    trial.starts(Client, "nc -p 40000 10.211.55.10 5555");
    trial.waits_ms(600);
    let mut seen = trial.transcript(Client, "netstat -i\nnetstat -ie\ncat /proc/net/tcp\ncat /proc/net/snmp");
    let second = trial.starts(Client, "nc -N -p 40001 10.211.55.10 5555");
    trial.ends_input(second);
    trial.transcript(Server, "iptables -A INPUT -p tcp --dport 81 -j DROP");
    trial.starts(Client, "nc -p 1235 10.211.55.10 81");
    trial.waits_ms(1500);
    seen += &trial.transcript(Client, "cat /proc/net/tcp\nnetstat -g");
    seen += &trial.transcript(Server, "cat /proc/net/tcp\ncat /proc/net/netstat\ncat /proc/net/arp");
    expect![[r#"
        $ netstat -i
        Kernel Interface table
        Iface             MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg
        eth0             1500        1      0      0 0             2      0      0      0 BMRU
        lo              65536        2      0      0 0             2      0      0      0 LRU
        $ netstat -ie
        Kernel Interface table
        eth0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500
                inet 10.211.55.2  netmask 255.255.255.0  broadcast 10.211.55.255
                ether 00:1c:42:3b:5d:02  txqueuelen 1000  (Ethernet)
                RX packets 1  bytes 74 (74.0 B)
                RX errors 0  dropped 0  overruns 0  frame 0
                TX packets 2  bytes 140 (140.0 B)
                TX errors 0  dropped 0 overruns 0  carrier 0  collisions 0

        lo: flags=73<UP,LOOPBACK,RUNNING>  mtu 65536
                inet 127.0.0.1  netmask 255.0.0.0
                loop  txqueuelen 1000  (Local Loopback)
                RX packets 2  bytes 100 (100.0 B)
                RX errors 0  dropped 0  overruns 0  frame 0
                TX packets 2  bytes 100 (100.0 B)
                TX errors 0  dropped 0 overruns 0  carrier 0  collisions 0

        $ cat /proc/net/tcp
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode                                                     
           0: 0237D30A:9C40 0A37D30A:15B3 01 00000000:00000000 00:00000000 00000000     0        0 20005 1 00000000fbbee87e 21 0 0 10 -1                     
        $ cat /proc/net/snmp
        Ip: Forwarding DefaultTTL InReceives InHdrErrors InAddrErrors ForwDatagrams InUnknownProtos InDiscards InDelivers OutRequests OutDiscards OutNoRoutes ReasmTimeout ReasmReqds ReasmOKs ReasmFails FragOKs FragFails FragCreates OutTransmits
        Ip: 2 64 3 0 0 0 0 0 3 4 0 0 0 0 0 0 0 0 0 4
        Icmp: InMsgs InErrors InCsumErrors InDestUnreachs InTimeExcds InParmProbs InSrcQuenchs InRedirects InEchos InEchoReps InTimestamps InTimestampReps InAddrMasks InAddrMaskReps OutMsgs OutErrors OutRateLimitGlobal OutRateLimitHost OutDestUnreachs OutTimeExcds OutParmProbs OutSrcQuenchs OutRedirects OutEchos OutEchoReps OutTimestamps OutTimestampReps OutAddrMasks OutAddrMaskReps
        Icmp: 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
        Tcp: RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens PassiveOpens AttemptFails EstabResets CurrEstab InSegs OutSegs RetransSegs InErrs OutRsts InCsumErrors
        Tcp: 1 200 120000 -1 2 0 1 0 1 3 4 0 0 1 0
        Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors IgnoredMulti MemErrors
        Udp: 0 0 0 0 0 0 0 0 0
        UdpLite: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors IgnoredMulti MemErrors
        UdpLite: 0 0 0 0 0 0 0 0 0
        $ cat /proc/net/tcp
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode                                                     
           0: 0237D30A:9C40 0A37D30A:15B3 01 00000000:00000000 00:00000000 00000000     0        0 20005 1 00000000fbbee87e 21 0 0 10 -1                     
           1: 0237D30A:9C41 0A37D30A:15B3 05 00000000:00000000 00:00000000 00000000     0        0 20007 1 00000000fa53e0a8 21 0 0 10 -1                     
           2: 0237D30A:04D3 0A37D30A:0051 02 00000001:00000000 01:00000035 00000001     0        0 20008 2 00000000799e5cbd 100 0 0 1 5                      
        $ netstat -g
        netstat: this lab does not have multicast groups (-g).
        [exit 1]
        $ cat /proc/net/tcp
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode                                                     
           0: 00000000:15B3 00000000:0000 0A 00000000:00000001 00:00000000 00000000     0        0 20004 2 000000007c746c69 100 0 0 10 0                     
           1: 0A37D30A:15B3 0237D30A:9C40 01 00000000:00000000 00:00000000 00000000     0        0 20006 1 000000007b096493 21 0 0 10 -1                     
           2: 0A37D30A:15B3 0237D30A:9C41 08 00000000:00000001 00:00000000 00000000     0        0 0 1 00000000f8e8d8d2 21 4 0 10 -1                         
        $ cat /proc/net/netstat
        TcpExt: SyncookiesSent SyncookiesRecv SyncookiesFailed EmbryonicRsts PruneCalled RcvPruned OfoPruned OutOfWindowIcmps LockDroppedIcmps ArpFilter TW TWRecycled TWKilled PAWSActive PAWSEstab BeyondWindow TSEcrRejected PAWSOldAck PAWSTimewait DelayedACKs DelayedACKLocked DelayedACKLost ListenOverflows ListenDrops TCPHPHits TCPPureAcks TCPHPAcks TCPRenoRecovery TCPSackRecovery TCPSACKReneging TCPSACKReorder TCPRenoReorder TCPTSReorder TCPFullUndo TCPPartialUndo TCPDSACKUndo TCPLossUndo TCPLostRetransmit TCPRenoFailures TCPSackFailures TCPLossFailures TCPFastRetrans TCPSlowStartRetrans TCPTimeouts TCPLossProbes TCPLossProbeRecovery TCPRenoRecoveryFail TCPSackRecoveryFail TCPRcvCollapsed TCPBacklogCoalesce TCPDSACKOldSent TCPDSACKOfoSent TCPDSACKRecv TCPDSACKOfoRecv TCPAbortOnData TCPAbortOnClose TCPAbortOnMemory TCPAbortOnTimeout TCPAbortOnLinger TCPAbortFailed TCPMemoryPressures TCPMemoryPressuresChrono TCPSACKDiscard TCPDSACKIgnoredOld TCPDSACKIgnoredNoUndo TCPSpuriousRTOs TCPMD5NotFound TCPMD5Unexpected TCPMD5Failure TCPSackShifted TCPSackMerged TCPSackShiftFallback TCPBacklogDrop PFMemallocDrop TCPMinTTLDrop TCPDeferAcceptDrop IPReversePathFilter TCPTimeWaitOverflow TCPReqQFullDoCookies TCPReqQFullDrop TCPRetransFail TCPRcvCoalesce TCPOFOQueue TCPOFODrop TCPOFOMerge TCPChallengeACK TCPSYNChallenge TCPFastOpenActive TCPFastOpenActiveFail TCPFastOpenPassive TCPFastOpenPassiveFail TCPFastOpenListenOverflow TCPFastOpenCookieReqd TCPFastOpenBlackhole TCPSpuriousRtxHostQueues BusyPollRxPackets TCPAutoCorking TCPFromZeroWindowAdv TCPToZeroWindowAdv TCPWantZeroWindowAdv TCPSynRetrans TCPOrigDataSent TCPHystartTrainDetect TCPHystartTrainCwnd TCPHystartDelayDetect TCPHystartDelayCwnd TCPACKSkippedSynRecv TCPACKSkippedPAWS TCPACKSkippedSeq TCPACKSkippedFinWait2 TCPACKSkippedTimeWait TCPACKSkippedChallenge TCPWinProbe TCPKeepAlive TCPMTUPFail TCPMTUPSuccess TCPDelivered TCPDeliveredCE TCPAckCompressed TCPZeroWindowDrop TCPRcvQDrop TCPWqueueTooBig TCPFastOpenPassiveAltKey TcpTimeoutRehash TcpDuplicateDataRehash TCPDSACKRecvSegs TCPDSACKIgnoredDubious TCPMigrateReqSuccess TCPMigrateReqFailure TCPPLBRehash TCPAORequired TCPAOBad TCPAOKeyNotFound TCPAOGood TCPAODroppedIcmps
        TcpExt: 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 0 0 0 0 0 2 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
        IpExt: InNoRoutes InTruncatedPkts InMcastPkts OutMcastPkts InBcastPkts OutBcastPkts InOctets OutOctets InMcastOctets OutMcastOctets InBcastOctets OutBcastOctets InCsumErrors InNoECTPkts InECT1Pkts InECT0Pkts InCEPkts ReasmOverlaps
        IpExt: 0 0 0 0 0 0 396 172 0 0 0 0 0 7 0 0 0 0
        $ cat /proc/net/arp
        cat: /proc/net/arp: No such file or directory
        [exit 1]
    "#]].assert_eq(&seen);
}
