//! `netstat -s`: what a host's IP and TCP counted.
//!
//! Of the kernel's counters, those of `tcp_core::tcp::Counter` are shown. No packet header is predicted here, which is a
//! shortcut of the kernel's for long transfers.

use super::Options;
use std::fmt::Write;
use tcp_core::net::{Counters, HostId, IpCounters, World};
use tcp_core::tcp::Counter::{self, *};
use tcp_core::tcp::State;

/// The lines that are always shown, with the counter in place of `%`; `None` is 0.
const TCP: [(Option<Counter>, &str); 9] = [
    (Some(ActiveOpens), "% active connection openings"),
    (Some(PassiveOpens), "% passive connection openings"),
    (Some(AttemptFails), "% failed connection attempts"),
    (Some(EstabResets), "% connection resets received"),
    (Some(InSegs), "% segments received"),
    (Some(OutSegs), "% segments sent out"),
    (Some(RetransSegs), "% segments retransmitted"),
    (None, "% bad segments received"),
    (Some(OutRsts), "% resets sent"),
];

/// The lines of the second list, each shown if its counter is not 0. Of what has no sentence, the kernel's name is shown.
const MORE: [(Counter, &str); 42] = [
    (SyncookiesSent, "% SYN cookies sent"),
    (SyncookiesRecv, "% SYN cookies received"),
    (SyncookiesFailed, "% invalid SYN cookies received"),
    (EmbryonicRsts, "% resets received for embryonic SYN_RECV sockets"),
    (OutOfWindowIcmps, "% ICMP packets dropped because they were out-of-window"),
    (LockDroppedIcmps, "% ICMP packets dropped because socket was locked"),
    (Tw, "% TCP sockets finished time wait in fast timer"),
    (TwRecycled, "% time wait sockets recycled by time stamp"),
    (TwKilled, "% TCP sockets finished time wait in slow timer"),
    (DelayedAcks, "% delayed acks sent"),
    (DelayedAckLost, "Quick ack mode was activated % times"),
    (ListenOverflows, "% times the listen queue of a socket overflowed"),
    (ListenDrops, "% SYNs to LISTEN sockets dropped"),
    (PureAcks, "% acknowledgments not containing data payload received"),
    (HpAcks, "% predicted acknowledgments"),
    (SackRecovery, "TCPSackRecovery: %"),
    (LostRetransmit, "TCPLostRetransmit: %"),
    (FastRetrans, "% fast retransmits"),
    (SlowStartRetrans, "% retransmits in slow start"),
    (Timeouts, "TCPTimeouts: %"),
    (LossProbes, "TCPLossProbes: %"),
    (LossProbeRecovery, "TCPLossProbeRecovery: %"),
    (DsackOldSent, "TCPDSACKOldSent: %"),
    (DsackRecv, "TCPDSACKRecv: %"),
    (AbortOnData, "% connections reset due to unexpected data"),
    (AbortOnClose, "% connections reset due to early user close"),
    (AbortOnTimeout, "% connections aborted due to timeout"),
    (TimeWaitOverflow, "TCPTimeWaitOverflow: %"),
    (ReqQFullDoCookies, "TCPReqQFullDoCookies: %"),
    (ReqQFullDrop, "TCPReqQFullDrop: %"),
    (RetransFail, "TCPRetransFail: %"),
    (OfoQueue, "TCPOFOQueue: %"),
    (ChallengeAck, "TCPChallengeACK: %"),
    (SynChallenge, "TCPSYNChallenge: %"),
    (SpuriousRtxHostQueues, "TCPSpuriousRtxHostQueues: %"),
    (SynRetrans, "TCPSynRetrans: %"),
    (OrigDataSent, "TCPOrigDataSent: %"),
    (WinProbe, "TCPWinProbe: %"),
    (KeepAlive, "TCPKeepAlive: %"),
    (Delivered, "TCPDelivered: %"),
    (AckCompressed, "TCPAckCompressed: %"),
    (TimeoutRehash, "TcpTimeoutRehash: %"),
];

/// The text of `netstat -s`; with `-t`, without IP.
pub(super) fn text(world: &World, host: HostId, options: &Options) -> String {
    let is_open = |state| matches!(state, State::Established | State::CloseWait);
    let established = world.sockets(host).iter().filter(|row| is_open(row.state)).count();
    let counters = world.host(host).counters();
    let mut out = String::new();
    let all = options.is_everything();
    if all {
        internet(&mut out, &counters.ip);
    }
    messages(&mut out, &counters.ip, if all { "        " } else { "    " });
    if all || options.tcp {
        transport(&mut out, counters, established);
    }
    if all || options.others {
        out += "Udp:\n    0 packets received\n    0 packets to unknown port received\n    0 packet receive errors\n    \
                0 packets sent\n    0 receive buffer errors\n    0 send buffer errors\n";
    }
    out += "UdpLite:\n";
    if all || options.tcp {
        out += "TcpExt:\n";
        for (counter, line) in MORE {
            if counter == PureAcks {
                out += "    0 packet headers predicted\n";
            }
            if counters.get(counter) > 0 {
                row(&mut out, line, counters.get(counter));
            }
        }
    }
    let IpCounters { octets_received, octets_sent, received, .. } = counters.ip;
    out += "IpExt:\n";
    for (line, count) in
        [("InOctets: %", octets_received), ("OutOctets: %", octets_sent), ("InNoECTPkts: %", received)]
    {
        if count > 0 {
            row(&mut out, line, count);
        }
    }
    out + "MPTcpExt:\n"
}

/// Whether a line of `netstat -s` shows a counter of TCP that does not depend on whether an acknowledgement went alone, or
/// an error found a call under way: in a trace, these are races. IP and ICMP also count other activity of a real machine.
pub fn is_exact(line: &str) -> bool {
    let counted = |text: &str| {
        let (before, after) = text.split_once('%').unwrap_or((text, ""));
        let number = line.trim().strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
        number.is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
    };
    let races = [InSegs, OutSegs, PureAcks, HpAcks, DelayedAcks, AckCompressed, LockDroppedIcmps];
    let of_tcp = TCP.iter().filter_map(|(counter, text)| Some(((*counter)?, *text)));
    of_tcp.chain(MORE).any(|(counter, text)| !races.contains(&counter) && counted(text))
        || counted("% connections established")
}

fn row(out: &mut String, line: &str, count: u32) {
    let (before, after) = line.split_once('%').unwrap_or((line, ""));
    // Writing to a string cannot fail.
    let _ = writeln!(out, "    {before}{count}{after}");
}

fn internet(out: &mut String, ip: &IpCounters) {
    let IpCounters { received, delivered, requests, transmits, no_routes, icmp_received, icmp_sent, .. } = ip;
    let _ = write!(
        out,
        "Ip:\n    Forwarding: 2\n    {received} total packets received\n    0 forwarded\n    0 incoming packets \
         discarded\n    {delivered} incoming packets delivered\n    {requests} requests sent out\n"
    );
    if *no_routes > 0 {
        row(out, "% dropped because of missing route", *no_routes);
    }
    if *transmits > 0 {
        row(out, "OutTransmits: %", *transmits);
    }
    out.push_str("Icmp:\n");
    let [came, sent] = ip.errors();
    let [asked, answered, asks, answers] = ip.echoes;
    let ways = [
        (*icmp_received, "received", "input ICMP message", "input", [came, asked, answered]),
        (*icmp_sent, "sent", "ICMP messages", "output", [sent, asks, answers]),
    ];
    for (count, way, failed, what, kinds) in ways {
        let _ = writeln!(
            out,
            "    {count} ICMP messages {way}\n    0 {failed} failed\n    ICMP {what} histogram:"
        );
        for (name, count) in
            ["destination unreachable", "echo requests", "echo replies"].into_iter().zip(kinds)
        {
            if count > 0 {
                let _ = writeln!(out, "        {name}: {count}");
            }
        }
    }
}

/// ICMP by type.
fn messages(out: &mut String, ip: &IpCounters, indent: &str) {
    if ip.icmp_received + ip.icmp_sent > 0 {
        out.push_str("IcmpMsg:\n");
    }
    let [came, sent] = ip.errors();
    let [asked, answered, asks, answers] = ip.echoes;
    for (way, kinds) in
        [("In", [(0, answered), (3, came), (8, asked)]), ("Out", [(0, answers), (3, sent), (8, asks)])]
    {
        for (kind, count) in kinds.into_iter().filter(|(_, count)| *count > 0) {
            let _ = writeln!(out, "{indent}{way}Type{kind}: {count}");
        }
    }
}

fn transport(out: &mut String, counters: &Counters, established: usize) {
    out.push_str("Tcp:\n");
    for (counter, line) in TCP {
        if counter == Some(InSegs) {
            let _ = writeln!(out, "    {established} connections established");
        }
        row(out, line, counter.map_or(0, |counter| counters.get(counter)));
    }
}
