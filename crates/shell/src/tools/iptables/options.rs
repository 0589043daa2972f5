//! The options that `iptables` knows, alone and with its extensions.

use crate::getopt::Long;

/// Letters, in getopt's format.
pub(super) const LETTERS: &str = "A:C:D:R:I:L::S::M:F::Z::N:X::E:P:Vh::o:p:s:d:j:i:fbvw::W::nt:m:xc:g:46";

/// Long options that need no extension.
pub(super) const LONGS: &[Long] = &[
    Long::with("append", 'A'),
    Long::with("delete", 'D'),
    Long::with("check", 'C'),
    Long::with("insert", 'I'),
    Long::with("replace", 'R'),
    Long::perhaps("list", 'L'),
    Long::perhaps("list-rules", 'S'),
    Long::perhaps("flush", 'F'),
    Long::perhaps("zero", 'Z'),
    Long::with("new-chain", 'N'),
    Long::perhaps("delete-chain", 'X'),
    Long::with("rename-chain", 'E'),
    Long::with("policy", 'P'),
    Long::with("source", 's'),
    Long::with("destination", 'd'),
    Long::with("src", 's'),
    Long::with("dst", 'd'),
    Long::with("protocol", 'p'),
    Long::with("in-interface", 'i'),
    Long::with("jump", 'j'),
    Long::with("table", 't'),
    Long::with("match", 'm'),
    Long::flag("numeric", 'n'),
    Long::with("out-interface", 'o'),
    Long::flag("verbose", 'v'),
    Long::perhaps("wait", 'w'),
    Long::perhaps("wait-interval", 'W'),
    Long::flag("exact", 'x'),
    Long::flag("fragments", 'f'),
    Long::flag("version", 'V'),
    Long::perhaps("help", 'h'),
    Long::flag("line-numbers", LINE_NUMBERS),
    Long::with("modprobe", 'M'),
    Long::with("set-counters", 'c'),
    Long::with("goto", 'g'),
    Long::flag("ipv4", '4'),
    Long::flag("ipv6", '6'),
];

/// `--line-numbers`; messages call it `-0`.
pub(super) const LINE_NUMBERS: char = '0';
/// `--source-port`
pub(super) const SOURCE_PORT: char = 'B';
/// `--destination-port`
pub(super) const DESTINATION_PORT: char = 'G';
/// `--syn`
pub(super) const SYN: char = 'H';
/// `--tcp-flags`
pub(super) const TCP_FLAGS: char = 'J';
/// `--source-ports`
pub(super) const SOURCE_PORTS: char = 'K';
/// `--destination-ports`
pub(super) const DESTINATION_PORTS: char = 'O';
/// `--reject-with`
pub(super) const REJECT_WITH: char = 'Q';
/// `--state`
pub(super) const STATE: char = '1';
/// `--ctstate`
pub(super) const CTSTATE: char = '2';
/// `--comment`
pub(super) const COMMENT: char = '3';
/// `--length`
pub(super) const LENGTH: char = '5';
/// `--limit`
pub(super) const LIMIT: char = 'y';
/// `--limit-burst`
pub(super) const LIMIT_BURST: char = 'z';
/// `--mode`
pub(super) const MODE: char = '7';
/// `--probability`
pub(super) const PROBABILITY: char = '8';
/// `--every`
pub(super) const EVERY: char = '9';
/// `--packet`
pub(super) const PACKET: char = 'u';
/// `--connlimit-above`
pub(super) const ABOVE: char = '!';
/// `--connlimit-upto`
pub(super) const UPTO: char = '"';
/// `--connlimit-mask`
pub(super) const MASK: char = '#';
/// `--connlimit-saddr`
pub(super) const BY_SOURCE: char = '$';
/// `--connlimit-daddr`
pub(super) const BY_DESTINATION: char = '%';
/// `--tcp-option`
pub(super) const TCP_OPTION: char = '&';
/// `--log-level`
pub(super) const LOG_LEVEL: char = '(';
/// `--log-prefix`
pub(super) const LOG_PREFIX: char = ')';
/// `--log-tcp-sequence`
pub(super) const LOG_SEQUENCE: char = '*';
/// `--log-tcp-options`
pub(super) const LOG_TCP_OPTIONS: char = '+';
/// `--log-ip-options`
pub(super) const LOG_IP_OPTIONS: char = ',';
/// `--log-uid`
pub(super) const LOG_UID: char = '/';
/// `--icmp-type`
pub(super) const ICMP_TYPE: char = '{';
/// Stands for options that are known, but beyond what the firewall here can do.
pub(super) const BEYOND: char = 'Y';

/// An extension: what `-p`, `-m` or `-j` loads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extension {
    /// `-p tcp`, `-m tcp`
    Tcp,
    /// `-p udp`, `-m udp`
    Udp,
    /// `-p icmp`, `-m icmp`
    Icmp,
    /// `-m multiport`
    Multiport,
    /// `-m state`
    State,
    /// `-m conntrack`
    Conntrack,
    /// `-m comment`
    Comment,
    /// `-m length`
    Length,
    /// `-m limit`
    Limit,
    /// `-m statistic`
    Statistic,
    /// `-m connlimit`
    Connlimit,
    /// `-j REJECT`
    Reject,
    /// `-j LOG`
    Log,
}

impl Extension {
    /// The extension that a match of that name loads.
    pub(super) fn of_match(name: &str) -> Option<Extension> {
        match name {
            "tcp" => Some(Extension::Tcp),
            "udp" => Some(Extension::Udp),
            "icmp" => Some(Extension::Icmp),
            "multiport" => Some(Extension::Multiport),
            "state" => Some(Extension::State),
            "conntrack" => Some(Extension::Conntrack),
            "comment" => Some(Extension::Comment),
            "length" => Some(Extension::Length),
            "limit" => Some(Extension::Limit),
            "statistic" => Some(Extension::Statistic),
            "connlimit" => Some(Extension::Connlimit),
            _ => None,
        }
    }

    /// The extension's long options.
    pub(super) const fn longs(self) -> &'static [Long] {
        match self {
            Extension::Tcp => TCP,
            Extension::Udp => UDP,
            Extension::Icmp => ICMP,
            Extension::Multiport => MULTIPORT,
            Extension::State => STATES,
            Extension::Conntrack => CONNTRACK,
            Extension::Comment => COMMENTS,
            Extension::Length => LENGTHS,
            Extension::Limit => LIMITS,
            Extension::Statistic => STATISTIC,
            Extension::Connlimit => CONNLIMIT,
            Extension::Reject => REJECT,
            Extension::Log => LOG,
        }
    }
}

const TCP: &[Long] = &[
    Long::with("source-port", SOURCE_PORT),
    Long::with("sport", SOURCE_PORT),
    Long::with("destination-port", DESTINATION_PORT),
    Long::with("dport", DESTINATION_PORT),
    Long::flag("syn", SYN),
    Long::with("tcp-flags", TCP_FLAGS),
    Long::with("tcp-option", TCP_OPTION),
];

const UDP: &[Long] = &[
    Long::with("source-port", SOURCE_PORT),
    Long::with("sport", SOURCE_PORT),
    Long::with("destination-port", DESTINATION_PORT),
    Long::with("dport", DESTINATION_PORT),
];

const ICMP: &[Long] = &[Long::with("icmp-type", ICMP_TYPE)];

const MULTIPORT: &[Long] = &[
    Long::with("source-ports", SOURCE_PORTS),
    Long::with("sports", SOURCE_PORTS),
    Long::with("destination-ports", DESTINATION_PORTS),
    Long::with("dports", DESTINATION_PORTS),
    Long::with("ports", BEYOND),
];

const STATES: &[Long] = &[Long::with("state", STATE)];

const CONNTRACK: &[Long] = &[
    Long::with("ctstate", CTSTATE),
    Long::with("ctproto", BEYOND),
    Long::with("ctorigsrc", BEYOND),
    Long::with("ctorigdst", BEYOND),
    Long::with("ctreplsrc", BEYOND),
    Long::with("ctrepldst", BEYOND),
    Long::with("ctorigsrcport", BEYOND),
    Long::with("ctorigdstport", BEYOND),
    Long::with("ctreplsrcport", BEYOND),
    Long::with("ctrepldstport", BEYOND),
    Long::with("ctstatus", BEYOND),
    Long::with("ctexpire", BEYOND),
    Long::with("ctdir", BEYOND),
];

const COMMENTS: &[Long] = &[Long::with("comment", COMMENT)];

const LENGTHS: &[Long] = &[Long::with("length", LENGTH)];

const LIMITS: &[Long] = &[Long::with("limit", LIMIT), Long::with("limit-burst", LIMIT_BURST)];

const STATISTIC: &[Long] = &[
    Long::with("mode", MODE),
    Long::with("probability", PROBABILITY),
    Long::with("every", EVERY),
    Long::with("packet", PACKET),
];

const CONNLIMIT: &[Long] = &[
    Long::with("connlimit-above", ABOVE),
    Long::with("connlimit-upto", UPTO),
    Long::with("connlimit-mask", MASK),
    Long::flag("connlimit-saddr", BY_SOURCE),
    Long::flag("connlimit-daddr", BY_DESTINATION),
];

const REJECT: &[Long] = &[Long::with("reject-with", REJECT_WITH)];

const LOG: &[Long] = &[
    Long::with("log-level", LOG_LEVEL),
    Long::with("log-prefix", LOG_PREFIX),
    Long::flag("log-tcp-sequence", LOG_SEQUENCE),
    Long::flag("log-tcp-options", LOG_TCP_OPTIONS),
    Long::flag("log-ip-options", LOG_IP_OPTIONS),
    Long::flag("log-uid", LOG_UID),
    Long::flag("log-macdecode", BEYOND),
];

/// Matches that iptables 1.8.9 brings, and this lab does not.
pub(super) const OTHER_MATCHES: &str = "addrtype ah bpf cgroup cluster connbytes connlabel connmark cpu dccp devgroup dscp ecn esp \
    hashlimit helper ipcomp iprange ipvs mac mark nfacct osf owner physdev pkttype policy quota rateest realm recent \
    rpfilter sctp set socket string tcpmss time tos ttl u32";

/// The same of targets.
pub(super) const OTHER_TARGETS: &str = "AUDIT CHECKSUM CLASSIFY CLUSTERIP CONNMARK CONNSECMARK CT DNAT DSCP ECN HMARK IDLETIMER LED MARK \
    MASQUERADE NETMAP NFLOG NFQUEUE NOTRACK RATEEST REDIRECT SECMARK SET SNAT SYNPROXY TCPMSS TCPOPTSTRIP TEE TOS TPROXY TTL ULOG";

/// Whether one of these words is `name`.
pub(super) fn is_in(names: &str, name: &str) -> bool {
    names.split_whitespace().any(|other| other == name)
}
